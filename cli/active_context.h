/* The context that is active: kept in the client's folder for each account that is logged in. */
#pragma once

#include "invocation.h"

#include <jansson.h>

/*
 * Its name, which the caller frees; NULL: none. TASKCTL_CONTEXT says it, where "none" and nothing mean none; else what
 * was chosen for the account. A token of the environment has no account that is known here, so that scripts which are
 * handed one are in no context unless they say so.
 */
enum error active_context_find(struct invocation *invocation, char **ret_name, struct trouble *trouble);

/* Choose the one for the account that is logged in; NULL: none from now on. */
enum error active_context_choose(struct invocation *invocation, const char *name, struct trouble *trouble);

/* The definition of a context of this name, as a new reference. ERROR_NOT_FOUND, with the nearest. */
enum error active_context_fetch(
	struct invocation *invocation, const char *name, json_t **ret_context, struct trouble *trouble);

/* Name the active context in `params`, where there is one: the daemon then fills in what a new task gets there. */
enum error active_context_name(
	struct invocation *invocation, json_t *params, bool *ret_is_active, struct trouble *trouble);

/* The same for what lists tasks, and say so on stderr unless --quiet. */
enum error active_context_apply(struct invocation *invocation, json_t *params, struct trouble *trouble);

/* After a call with these params: a context that has been deleted since is told how to leave. */
void active_context_advise(enum error error, const json_t *params, struct trouble *trouble);

/*
 * For what changes the tasks of a filter, and for what lists them without knowing of contexts: confine the filter in
 * `params` to the active context, so that nothing is changed that a list did not show. Where `params` has none it stays
 * as it is.
 */
enum error active_context_confine(struct invocation *invocation, json_t *params, struct trouble *trouble);
