/* The logins that are kept on this machine: which there are, which one is active, and whether it holds. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "invocation.h"
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void set_time(json_t *object, const char *name, int64_t seconds)
{
	char text[TEXT_TIME_SIZE];

	if (!seconds)
		return;
	text_format_time(seconds, text);
	(void)json_object_set_new(object, name, json_string(text));
}

/* --- auth list --- */

static const struct view_column list_columns[] = {
	{ .heading = "Active", .is_kept = true },
	{ .heading = "Email", .is_kept = true, .least = 12, .shrinks = 2 },
	{ .heading = "Login until" },
	{ .heading = "Daemon", .least = 12, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Active", .name = "mark" },
	{ .heading = "Email", .name = "email" },
	{ .heading = "Login until", .name = "login_expires_at", .is_time = true },
	{ .heading = "Daemon", .name = "socket" },
	{ 0 },
};

static json_t *describe_login(const struct credentials *credentials, const struct profile *profile)
{
	json_t *object = json_pack("{s:s, s:b, s:I, s:s?, s:s?, s:s?}", "email", profile->email, "is_active",
		credentials_is_active(credentials, profile->email), "id", (json_int_t)profile->user_id, "session_id",
		profile->session_id, "socket", profile->socket, "instance", profile->instance);

	set_time(object, "login_expires_at", profile->refresh_expires_at);
	return object;
}

static json_t *describe_logins(const struct credentials *credentials)
{
	json_t *logins = json_array();
	struct profile profile;

	for (size_t i = 0; credentials_find_at(credentials, i, &profile); i++)
		(void)json_array_append_new(logins, describe_login(credentials, &profile));
	return logins;
}

static const struct report_list login_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "email",
	.mark = "is_active",
	.nothing = "Nobody is logged in here.",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *logins = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_read(&invocation->credentials, trouble);
	if (error)
		return error;
	logins = describe_logins(&invocation->credentials);
	report_objects(invocation, &login_list, logins);
	return ERROR_NONE;
}

/* --- auth switch --- */

static enum error activate(struct invocation *invocation, const char *email, struct trouble *trouble)
{
	struct credentials *credentials = &invocation->credentials;
	struct profile profile;
	enum error error = credentials_begin(credentials, trouble);

	if (error)
		return error;
	if (!credentials_find(credentials, email, &profile)) {
		credentials_abandon(credentials);
		return session_tokens_refuse_unknown(credentials, email, trouble);
	}
	credentials_activate(credentials, profile.email);
	return credentials_commit(credentials, trouble);
}

static enum error run_switch(struct invocation *invocation, struct trouble *trouble)
{
	const char *email = NULL;
	struct profile profile;
	enum error error = invocation_take_word(invocation, "EMAIL", &email, trouble);

	if (!error)
		error = activate(invocation, email, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json && credentials_find_active(&invocation->credentials, &profile)) {
		json_auto_t *login = describe_login(&invocation->credentials, &profile);

		report_json(login);
	}
	report_say(invocation, "The active login is %s now.", email);
	session_tokens_warn_of_environment(&invocation->tokens);
	return ERROR_NONE;
}

/* --- auth status --- */

static const struct report_field status_fields[] = {
	{ .heading = "Account", .name = "email" },
	{ .heading = "Valid", .name = "valid" },
	{ .heading = "Active", .name = "is_active" },
	{ .heading = "Daemon", .name = "socket" },
	{ .heading = "Token from", .name = "token_from" },
	{ .heading = "Kept in", .name = "file" },
	{ .heading = "File mode", .name = "mode" },
	{ .heading = "Token", .name = "token_name" },
	{ .heading = "Scopes", .name = "scopes" },
	{ .heading = "Access until", .name = "access_expires_at", .is_time = true },
	{ .heading = "Login until", .name = "login_expires_at", .is_time = true },
	{ .heading = "Account by", .name = "account_from" },
	{ 0 },
};

static void describe_file(const struct credentials *credentials, json_t *object)
{
	char path[sizeof(credentials->folder) + 32];
	char mode[8];
	struct stat found;

	credentials_path(credentials, path, sizeof(path));
	(void)json_object_set_new(object, "file", json_string(path));
	if (stat(path, &found))
		return;
	(void)snprintf(mode, sizeof(mode), "%04o", (unsigned)found.st_mode & 07777);
	(void)json_object_set_new(object, "mode", json_string(mode));
}

static const char *account_origin(const struct invocation *invocation)
{
	if (invocation->arguments.account)
		return "--account";
	return invocation->tokens.wanted ? "TASKCTL_ACCOUNT" : NULL;
}

static void describe_kept(struct invocation *invocation, json_t *object)
{
	struct profile profile;
	struct trouble ignored;

	(void)json_object_set_new(object, "token_from", json_string("login"));
	describe_file(&invocation->credentials, object);
	if (account_origin(invocation))
		(void)json_object_set_new(object, "account_from", json_string(account_origin(invocation)));
	if (session_tokens_find(&invocation->tokens, &profile, &ignored))
		return;
	(void)json_object_set_new(object, "email", json_string(profile.email));
	(void)json_object_set_new(
		object, "is_active", json_boolean(credentials_is_active(&invocation->credentials, profile.email)));
	set_time(object, "access_expires_at", profile.access_expires_at);
	set_time(object, "login_expires_at", profile.refresh_expires_at);
}

static void set_from(json_t *object, const char *name, const json_t *source, const char *source_name)
{
	json_t *value = json_object_get(source, source_name);

	if (value)
		(void)json_object_set(object, name, value);
}

/* What the daemon says of the token that was used: it is right where the cache may be old. */
static void describe_account(const struct invocation *invocation, const json_t *account, json_t *object)
{
	const json_t *session = json_object_get(account, "session");
	const json_t *token = json_object_get(account, "token");

	set_from(object, "email", account, "email");
	set_from(object, "id", account, "id");
	set_from(object, "session_id", session, "id");
	if (invocation->tokens.given)
		set_from(object, "access_expires_at", session, "expires_at");
	set_from(object, "token_id", token, "id");
	set_from(object, "token_name", token, "name");
	set_from(object, "scopes", token, "scopes");
	set_from(object, "access_expires_at", token, "expires_at");
	(void)json_object_set_new(object, "instance", json_string(invocation->client.identity.instance));
}

static json_t *describe_status(struct invocation *invocation, const json_t *account)
{
	json_t *object = json_object();

	if (invocation->tokens.given)
		(void)json_object_set_new(object, "token_from", json_string(invocation->tokens.given_by));
	else
		describe_kept(invocation, object);
	if (invocation->client.connected.socket[0])
		(void)json_object_set_new(object, "socket", json_string(invocation->client.connected.socket));
	(void)json_object_set_new(object, "valid", json_boolean(account != NULL));
	if (account)
		describe_account(invocation, account, object);
	return object;
}

/* What is known is shown even where the token does not hold. */
static enum error run_status(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *account = NULL;
	json_auto_t *status = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (error)
		return error;
	error = invocation_call(invocation, "account.me", NULL, &account, trouble);
	if (error && error != ERROR_UNAUTHENTICATED)
		return error;
	status = describe_status(invocation, account);
	if (invocation->arguments.is_json)
		report_json(status);
	else if (!invocation->arguments.is_quiet)
		report_details(invocation, status_fields, status);
	return error;
}

static const struct command_example switch_examples[] = {
	{ "auth switch ann@example.com", "the commands that follow are hers" },
	{ NULL, NULL },
};

const struct command auth_commands[] = {
	{ .name = "auth list",
		.summary = "List the accounts that are logged in here",
		.usage = "",
		.details = "The active one is marked: it is meant where neither --account nor TASKCTL_ACCOUNT names "
			   "another.",
		.launch = LAUNCH_NEVER,
		.run = run_list },
	{ .name = "auth switch",
		.summary = "Make another login the active one",
		.usage = "EMAIL",
		.words = COMMAND_NAMES,
		.launch = LAUNCH_NEVER,
		.examples = switch_examples,
		.run = run_switch },
	{ .name = "auth status",
		.summary = "Say who you are, where, and for how long; fails when the token is not valid",
		.usage = "",
		.details = "It never shows the token itself.",
		.run = run_status },
	{ .name = NULL },
};
