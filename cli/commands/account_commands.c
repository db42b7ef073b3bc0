/* Accounts and who is logged in: signup, login, logout, whoami, token. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "credentials_input.h"
#include "invocation.h"
#include "option_groups.h"
#include "terminal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* The daemon's object for --json, else a sentence for people, on stderr, unless --quiet. */
static void print_object(const json_t *object)
{
	AUTO_FREE char *text = memory_require(json_dumps(object, JSON_COMPACT));

	(void)puts(text);
}

__attribute__((format(printf, 2, 3))) static void say(const struct invocation *invocation, const char *format, ...)
{
	va_list arguments;

	if (invocation->arguments.is_quiet || invocation->arguments.is_json)
		return;
	va_start(arguments, format);
	(void)vfprintf(stderr, format, arguments);
	va_end(arguments);
}

static enum error refuse_words(const struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (!words->count)
		return ERROR_NONE;
	(void)trouble_usage(
		trouble, "`%s` takes no words, and here is `%s`", invocation->command->name, words->items[0].text);
	trouble_advise(trouble, "see: taskctl help %s", invocation->command->name);
	return ERROR_INVALID_PARAMS;
}

/* --- signup, login --- */

/* The folder is known to be writable before a password travels. */
static enum error log_in(
	struct invocation *invocation, const json_t *params, json_t **ret_login, struct trouble *trouble)
{
	json_auto_t *login = NULL;
	enum error error = credentials_begin(&invocation->credentials, trouble);

	if (!error)
		error = client_call(&invocation->client, "auth.login", params, CLIENT_REPEATABLE, &login, trouble);
	if (!error)
		error = session_tokens_keep(&invocation->tokens, login, trouble);
	credentials_abandon(&invocation->credentials);
	if (!error)
		*ret_login = json_incref(login);
	return error;
}

static void warn_of_given_token(const struct invocation *invocation)
{
	if (invocation->tokens.given)
		trouble_warn("TASKCTL_TOKEN is set and wins over this login; unset it to use the login");
}

static enum error run_signup(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *account = NULL;
	json_auto_t *login = NULL;
	enum error error = refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read(&invocation->arguments, PASSWORD_TWICE, &params, trouble);
	if (!error)
		error = client_call(&invocation->client, "account.signup", params, CLIENT_ONCE, &account, trouble);
	if (error == ERROR_CONFLICT)
		trouble_advise(trouble, "log in: taskctl login --email %s",
			json_string_value(json_object_get(params, "email")));
	if (!error) {
		error = log_in(invocation, params, &login, trouble);
		if (error)
			trouble_warn("the account was made, but the login did not work:");
	}
	credentials_input_wipe(params);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		print_object(account);
	say(invocation, "Welcome. You are logged in as %s.\n", json_string_value(json_object_get(account, "email")));
	warn_of_given_token(invocation);
	return ERROR_NONE;
}

static enum error run_login(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *login = NULL;
	const json_t *account;
	enum error error = refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read(&invocation->arguments, PASSWORD_ONCE, &params, trouble);
	if (!error)
		error = log_in(invocation, params, &login, trouble);
	credentials_input_wipe(params);
	if (error)
		return error;
	account = json_object_get(login, "account");
	if (invocation->arguments.is_json)
		print_object(account);
	say(invocation, "Logged in as %s.\n", json_string_value(json_object_get(account, "email")));
	warn_of_given_token(invocation);
	return ERROR_NONE;
}

/* --- logout --- */

static enum error forget_session(struct invocation *invocation, const char *session_id, struct trouble *trouble)
{
	enum error error = credentials_begin(&invocation->credentials, trouble);

	if (error)
		return error;
	credentials_remove_session(&invocation->credentials, session_id);
	return credentials_commit(&invocation->credentials, trouble);
}

/* A session that is over already is as good as ended. */
static enum error end_session(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "auth.logout", NULL, &result, trouble);

	if (error == ERROR_UNAUTHENTICATED && !invocation->tokens.given)
		return ERROR_NONE;
	return error;
}

static enum error run_logout(struct invocation *invocation, struct trouble *trouble)
{
	struct profile profile;
	AUTO_FREE char *session_id = NULL;
	AUTO_FREE char *email = NULL;
	enum error error = refuse_words(invocation, trouble);

	if (!error && !invocation->tokens.given)
		error = credentials_read(&invocation->credentials, trouble);
	if (error)
		return error;
	if (invocation->tokens.given) {
		error = end_session(invocation, trouble);
		if (!error)
			say(invocation, "The session of TASKCTL_TOKEN has ended.\n");
		return error;
	}
	if (!credentials_find_active(&invocation->credentials, &profile) || !profile.session_id) {
		say(invocation, "Nobody was logged in.\n");
		return ERROR_NONE;
	}
	session_id = memory_strdup(profile.session_id);
	email = memory_strdup(profile.email);
	error = end_session(invocation, trouble);
	if (!error)
		error = forget_session(invocation, session_id, trouble);
	if (!error)
		say(invocation, "%s is logged out.\n", email);
	return error;
}

/* --- whoami, token --- */

static enum error run_whoami(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *account = NULL;
	enum error error = refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call(invocation, "account.me", NULL, &account, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		print_object(account);
	else if (!invocation->arguments.is_quiet)
		(void)puts(json_string_value(json_object_get(account, "email")));
	return ERROR_NONE;
}

static enum error fresh_token(struct invocation *invocation, const char **ret_token, struct trouble *trouble)
{
	struct profile profile;
	enum error error;

	if (invocation->tokens.given)
		return session_tokens_get(&invocation->tokens, ret_token, trouble);
	error = credentials_read(&invocation->credentials, trouble);
	if (error)
		return error;
	if (!credentials_find_active(&invocation->credentials, &profile))
		return session_tokens_get(&invocation->tokens, ret_token, trouble);
	return session_tokens_renew(&invocation->tokens, profile.access_token, ret_token, trouble);
}

static enum error run_token(struct invocation *invocation, struct trouble *trouble)
{
	struct profile profile;
	const char *token = NULL;
	enum error error = refuse_words(invocation, trouble);

	if (!error)
		error = fresh_token(invocation, &token, trouble);
	if (error)
		return error;
	if (!invocation->arguments.is_json) {
		(void)puts(token);
	} else {
		json_auto_t *object = json_pack("{s:s}", "access_token", token);

		if (!invocation->tokens.given && credentials_find_active(&invocation->credentials, &profile))
			(void)json_object_set_new(object, "expires_at", json_integer(profile.access_expires_at));
		print_object(object);
	}
	return ERROR_NONE;
}

static const struct argp_option *const account_options[] = { option_group_account, NULL };

static const struct command_example signup_examples[] = {
	{ "signup --email ann@example.com", "ask for a password on the terminal" },
	{ "signup --email ann@example.com --password-stdin <FILE", "take it from a file" },
	{ NULL, NULL },
};

static const struct command_example token_examples[] = {
	{ "token", "a token for a script, as TASKCTL_TOKEN" },
	{ NULL, NULL },
};

const struct command account_commands[] = {
	{ .name = "signup",
		.summary = "Make an account, and log in",
		.usage = "[--email EMAIL] [--password-stdin | --password-fd N]",
		.details = "What is not given is asked for on the terminal. A password has 8 to 1024 bytes.",
		.options = account_options,
		.examples = signup_examples,
		.run = run_signup },
	{ .name = "login",
		.summary = "Log in; the token is kept and renewed by itself",
		.usage = "[--email EMAIL] [--password-stdin | --password-fd N]",
		.details = "What is not given is asked for on the terminal.",
		.options = account_options,
		.run = run_login },
	{ .name = "logout", .summary = "End the session, and forget its tokens", .usage = "", .run = run_logout },
	{ .name = "whoami",
		.summary = "Print the email of whoever is logged in; fails when the token is not valid",
		.usage = "",
		.run = run_whoami },
	{ .name = "token",
		.summary = "Print a fresh access token, for a script",
		.usage = "",
		.details = "It is good for half an hour unless the daemon is set otherwise. Whoever has it is you for "
			   "so long.",
		.examples = token_examples,
		.run = run_token },
	{ .name = NULL },
};
