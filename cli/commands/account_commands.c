/* Who is logged in: signup, login, logout, whoami. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "credentials_input.h"
#include "invocation.h"
#include "login.h"
#include "option_groups.h"
#include "report.h"

#include <stdio.h>

/* --- signup, login --- */

static enum error run_signup(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *account = NULL;
	json_auto_t *login = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read(&invocation->arguments, secrets_signup, &params, trouble);
	if (!error)
		error = client_call(&invocation->client, "account.signup", params, CLIENT_ONCE, &account, trouble);
	if (error == ERROR_CONFLICT)
		trouble_advise(trouble, "log in: taskctl login --email %s",
			json_string_value(json_object_get(params, "email")));
	if (!error) {
		error = login_open(invocation, "auth.login", params, &login, trouble);
		if (error)
			trouble_warn("the account was made, but the login did not work:");
	}
	credentials_input_wipe(params);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(account);
	report_say(
		invocation, "Welcome. You are logged in as %s.", json_string_value(json_object_get(account, "email")));
	session_tokens_warn_of_environment(&invocation->tokens);
	return ERROR_NONE;
}

static enum error run_login(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *login = NULL;
	const json_t *account;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read(&invocation->arguments, secrets_login, &params, trouble);
	if (!error)
		error = login_open(invocation, "auth.login", params, &login, trouble);
	credentials_input_wipe(params);
	if (error)
		return error;
	account = json_object_get(login, "account");
	if (invocation->arguments.is_json)
		report_json(account);
	report_say(invocation, "Logged in as %s.", json_string_value(json_object_get(account, "email")));
	session_tokens_warn_of_environment(&invocation->tokens);
	return ERROR_NONE;
}

/* --- logout --- */

/* Sessions that are over already are as good as ended. */
static enum error end_sessions(struct invocation *invocation, struct trouble *trouble)
{
	bool are_all = invocation->arguments.wants_all;
	json_auto_t *params = are_all ? json_pack("{s:b}", "all", true) : json_object();
	json_auto_t *result = NULL;
	enum error error =
		invocation_call(invocation, are_all ? "session.revoke" : "auth.logout", params, &result, trouble);

	if (error == ERROR_UNAUTHENTICATED && !invocation->tokens.given && !are_all)
		return ERROR_NONE;
	if (!error && invocation->arguments.is_json)
		report_json(result);
	return error;
}

static enum error log_out_profile(struct invocation *invocation, const struct profile *profile, struct trouble *trouble)
{
	AUTO_FREE char *session_id = memory_strdup(profile->session_id ? profile->session_id : "");
	AUTO_FREE char *email = memory_strdup(profile->email);
	enum error error = end_sessions(invocation, trouble);

	if (!error)
		error = login_forget(invocation, session_id, trouble);
	if (error)
		return error;
	if (invocation->arguments.wants_all)
		report_say(invocation, "Every session of %s has ended.", email);
	else
		report_say(invocation, "%s is logged out.", email);
	login_say_who_is_left(invocation);
	return ERROR_NONE;
}

static enum error log_out_given(struct invocation *invocation, struct trouble *trouble)
{
	enum error error = end_sessions(invocation, trouble);

	if (!error)
		report_say(invocation, "The session of %s has ended.", invocation->tokens.given_by);
	return error;
}

/* That nobody is logged in is as good as a logout, unless somebody was named. */
static enum error run_logout(struct invocation *invocation, struct trouble *trouble)
{
	struct profile profile;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (error)
		return error;
	if (invocation->tokens.given)
		return log_out_given(invocation, trouble);
	error = session_tokens_find(&invocation->tokens, &profile, trouble);
	if (error == ERROR_UNAUTHENTICATED && !invocation->tokens.wanted) {
		report_say(invocation, "Nobody was logged in.");
		login_say_who_is_left(invocation);
		return ERROR_NONE;
	}
	return error ? error : log_out_profile(invocation, &profile, trouble);
}

/* --- whoami --- */

static enum error run_whoami(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *account = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call(invocation, "account.me", NULL, &account, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(account);
	else if (!invocation->arguments.is_quiet)
		(void)puts(json_string_value(json_object_get(account, "email")));
	return ERROR_NONE;
}

static const struct argp_option *const login_options[] = {
	option_group_email,
	option_group_session_name,
	option_group_password,
	NULL,
};

static const struct argp_option all_option[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "end every session of the account, wherever it is" },
	{ 0 },
};

static const struct argp_option *const logout_options[] = { all_option, NULL };

static const struct command_example signup_examples[] = {
	{ "signup --email ann@example.com", "ask for a password on the terminal" },
	{ "signup --email ann@example.com --password-stdin <FILE", "take it from a file" },
	{ NULL, NULL },
};

const struct command account_commands[] = {
	{ .name = "signup",
		.summary = "Make an account, and log in",
		.usage = "[--email EMAIL] [--name NAME] [--password-stdin | --password-fd N]",
		.details = "What is not given is asked for on the terminal. A password has 8 to 1024 bytes.",
		.options = login_options,
		.examples = signup_examples,
		.run = run_signup },
	{ .name = "login",
		.summary = "Log in; the token is kept and renewed by itself",
		.usage = "[--email EMAIL] [--name NAME] [--password-stdin | --password-fd N]",
		.details = "What is not given is asked for on the terminal.",
		.options = login_options,
		.run = run_login },
	{ .name = "logout",
		.summary = "End the session, and forget its tokens",
		.usage = "[--all]",
		.options = logout_options,
		.run = run_logout },
	{ .name = "whoami",
		.summary = "Print the email of whoever is logged in; fails when the token is not valid",
		.usage = "",
		.run = run_whoami },
	{ .name = NULL },
};
