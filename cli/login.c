/* No lock is held while the daemon wants us to wait, and a token is renewed before the credentials are edited. */
#include "login.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "report.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* "taskctl (pts/3)": what tells one terminal's session from another's. */
static void name_session(const struct invocation *invocation, json_t *params)
{
	static const char devices[] = "/dev/";
	char terminal[64];
	char name[96] = "taskctl";

	if (!invocation->arguments.name && ttyname_r(STDERR_FILENO, terminal, sizeof(terminal)) == 0)
		(void)snprintf(name, sizeof(name), "taskctl (%.40s)",
			strncmp(terminal, devices, strlen(devices)) == 0 ? terminal + strlen(devices) : terminal);
	(void)json_object_set_new(
		params, "client", json_string(invocation->arguments.name ? invocation->arguments.name : name));
}

static enum error open_once(struct invocation *invocation, const char *method, const json_t *params, json_t **ret_login,
	struct trouble *trouble)
{
	json_auto_t *login = NULL;
	enum error error = credentials_begin(&invocation->credentials, trouble);

	if (!error)
		error = client_call_now(&invocation->client, method, params, CLIENT_REPEATABLE, &login, trouble);
	if (!error)
		error = session_tokens_keep(&invocation->tokens, login, trouble);
	credentials_abandon(&invocation->credentials);
	if (!error)
		*ret_login = json_incref(login);
	return error;
}

enum error login_open(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_login, struct trouble *trouble)
{
	enum error error;

	name_session(invocation, params);
	do
		error = open_once(invocation, method, params, ret_login, trouble);
	while (client_wait(&invocation->client, error, trouble));
	return error;
}

/* --- in place of another --- */

static enum error replace_once(struct invocation *invocation, const char *method, json_t *params, const char *token,
	json_t **ret_login, struct trouble *trouble)
{
	json_auto_t *login = NULL;
	enum error error = credentials_begin(&invocation->credentials, trouble);

	(void)json_object_set_new(params, "access_token", json_string(token));
	if (!error)
		error = client_call_now(&invocation->client, method, params, CLIENT_ONCE, &login, trouble);
	if (!error)
		error = session_tokens_keep_instead(&invocation->tokens, login, trouble);
	credentials_abandon(&invocation->credentials);
	if (!error)
		*ret_login = json_incref(login);
	return error;
}

static enum error replace_or_renew(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_login, struct trouble *trouble)
{
	const char *token = NULL;
	enum error error = session_tokens_get(&invocation->tokens, &token, trouble);

	if (error)
		return error;
	error = replace_once(invocation, method, params, token, ret_login, trouble);
	if (error != ERROR_UNAUTHENTICATED)
		return error;
	error = session_tokens_renew(&invocation->tokens, token, &token, trouble);
	return error ? error : replace_once(invocation, method, params, token, ret_login, trouble);
}

enum error login_replace(
	struct invocation *invocation, const char *method, json_t *params, json_t **ret_login, struct trouble *trouble)
{
	enum error error;

	name_session(invocation, params);
	if (invocation->tokens.given)
		return invocation_call(invocation, method, params, ret_login, trouble);
	do
		error = replace_or_renew(invocation, method, params, ret_login, trouble);
	while (client_wait(&invocation->client, error, trouble));
	return error;
}

/* --- the end of one --- */

enum error login_forget(struct invocation *invocation, const char *session_id, struct trouble *trouble)
{
	enum error error = credentials_begin(&invocation->credentials, trouble);

	if (error)
		return error;
	credentials_remove_session(&invocation->credentials, session_id);
	return credentials_commit(&invocation->credentials, trouble);
}

void login_say_who_is_left(const struct invocation *invocation)
{
	struct profile profile;

	if (credentials_find_active(&invocation->credentials, &profile))
		report_say(invocation, "The active login is %s.", profile.email);
	else if (credentials_find_at(&invocation->credentials, 0, &profile))
		report_say(invocation, "No login is active now; choose one: taskctl auth switch %s", profile.email);
}
