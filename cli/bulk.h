/* Changes of selected tasks: three or more at once are asked about first. */
#pragma once

#include "invocation.h"

/* What a command does to tasks. */
struct bulk_act {
	const char *command;
	const char *method;
	const char *infinitive; /* "Complete", for the question */
	const char *past;       /* "Completed", for what was done */
	const char *undo;       /* the command that takes it back; NULL: nothing so simple */
};

/*
 * Do it and print what was done. `params` has the selection and what the method takes; it stays the caller's.
 * Where --yes is not given, what may be three tasks or more is tried first by a dry run; the change then carries the
 * revision that the person saw, so that it is refused when anything has changed in between.
 * ERROR_NOT_FOUND when nothing matches. EXIT_INTERRUPTED when the answer was no.
 */
enum error bulk_run(struct invocation *invocation, const struct bulk_act *act, json_t *params, struct trouble *trouble);
