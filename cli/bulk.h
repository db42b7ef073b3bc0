/* Changes of selected tasks: three or more at once are asked about first. */
#pragma once

#include "invocation.h"

/* What a command does to tasks. */
struct bulk_act {
	const char *command;
	const char *method;
	const char *infinitive; /* "Complete", for the question */
	const char *past;       /* "Completed", for what was done */
	const char
		*children; /* what the method's parameter of this name says for "do it to the open children as well" */
	bool makes_new;    /* what the method answers are new tasks */
	bool ends_series;  /* a series that is among the tasks ends with it */
	bool is_light;     /* the next command reverses it, so that how to take it back is said for many tasks alone */
	bool is_final;     /* nothing takes it back, so that it is asked about even for one task, and this is said */
};

/*
 * Do it and print what was done, and how to take it back. `params` has the selection and what the method
 * takes; it stays the caller's. Where --yes is not given, what may be three tasks or more is tried first by a dry run;
 * the change then carries the revision that the person saw, so that it is refused when anything has changed in between.
 * A task with open children is a question, unless --with-children or --keep-children answers it.
 * ERROR_NOT_FOUND when nothing matches. EXIT_INTERRUPTED when the answer was no.
 */
enum error bulk_run(struct invocation *invocation, const struct bulk_act *act, json_t *params, struct trouble *trouble);
