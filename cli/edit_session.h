/* A task in an editor, from its text to the change of it. */
#pragma once

#include "invocation.h"

#include <jansson.h>

/*
 * Edit the task and change it, once, if it has not been changed by others since it was shown: ERROR_CONFLICT, field
 * "if_version". What the daemon does not take is shown above the text, and on a terminal the editor opened again, until
 * nothing is changed any more. Whatever ends it without a change, a text that somebody worked on stays in a file, which
 * the trouble names. Takes the id over.
 */
enum error edit_session_run(struct invocation *invocation, json_t *id, struct trouble *trouble);
