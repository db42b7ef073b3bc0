/* What a newcomer may want to know next, said once each, and only to a person. */
#pragma once

#include "invocation.h"

/* A table of them ends with a NULL name. */
struct hint {
	const char *name;    /* by which it is remembered; never given to another */
	const char *command; /* behind which it is said */
	const char *text;
};

extern const struct hint hints_table[];

/* The first of this command that is not among the names, one a line, that were told before; NULL: none is left. */
const struct hint *hints_find(const char *command, const char *told);

/*
 * Behind a command that went well, at most one on stderr: where the three standard streams are a terminal, for none of
 * the forms that programs read, and unless the setting `hints` is off. What was told is in the file hints-told beside
 * the settings; one that cannot be noted there is not told, so that none ever comes twice.
 */
void hints_tell(const struct invocation *invocation);
