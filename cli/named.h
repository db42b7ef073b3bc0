/* What an account keeps by a name of its own, such as a report or a field: changed, and done away with. */
#pragma once

#include "invocation.h"
#include "trouble.h"

#include <jansson.h>

/* Call the method, and say what became of the one that `params` names: "Defined field cost." */
enum error named_change(
	struct invocation *invocation, const char *method, json_t *params, const char *done, struct trouble *trouble);

/* The same with the only word of the command as its name; `what` is what such a thing is called, and `again` the
 * command that makes one, for it is not among what undo takes back. */
enum error named_delete(struct invocation *invocation, const char *method, const char *what, const char *again,
	struct trouble *trouble);
