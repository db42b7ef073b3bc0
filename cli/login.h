/* Calls whose answer is a session, which is kept. */
#pragma once

#include "invocation.h"

/*
 * A call that needs no token (auth.login, account.reset_password). The session becomes the active login. The folder is
 * known to be writable before a password travels. Adds to `params` what the session is called. The result is a new
 * reference.
 */
enum error login_open(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_login, struct trouble *trouble);

/*
 * The same for account.change_password, which ends the session that asks: the new one takes its place. With a token of
 * the environment nothing is kept.
 */
enum error login_replace(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_login, struct trouble *trouble);

/* Forget the login whose session this is, and no other. */
enum error login_forget(struct invocation *invocation, const char *session_id, struct trouble *trouble);

/* Which login is active, or what a person would type next where none is. */
void login_say_who_is_left(const struct invocation *invocation);
