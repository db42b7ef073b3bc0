/* Changing one's own account: password, email, its end, and the way back in by a code. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "credentials_input.h"
#include "invocation.h"
#include "login.h"
#include "option_groups.h"
#include "prompt.h"
#include "report.h"

#include <string.h>
#include <strings.h>

static const char *email_of(const json_t *login)
{
	return json_string_value(json_object_get(json_object_get(login, "account"), "email"));
}

static void print_account(const struct invocation *invocation, const json_t *login)
{
	if (invocation->arguments.is_json)
		report_json(json_object_get(login, "account"));
}

static enum error advise_wrong_password(enum error error, struct trouble *trouble)
{
	if (error == ERROR_FORBIDDEN && strcmp(trouble->refusal.field, "password") == 0)
		trouble_advise(trouble, "forgotten? Whoever runs the daemon has a code for you: "
					"taskctl daemon reset-code");
	return error;
}

/* --- account password --- */

static enum error run_password(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *login = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read_secrets(
			&invocation->arguments, secrets_change_password, &params, trouble);
	if (!error)
		error = login_replace(invocation, "account.change_password", params, &login, trouble);
	credentials_input_wipe(params);
	if (error)
		return advise_wrong_password(error, trouble);
	print_account(invocation, login);
	report_say(invocation, "The password of %s is changed. Every other session and every token has ended.",
		email_of(login));
	if (invocation->tokens.given)
		trouble_warn("the session of %s has ended as well; log in: taskctl login --email %s",
			invocation->tokens.given_by, email_of(login));
	return ERROR_NONE;
}

/* --- account reset --- */

static enum error run_reset(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *login = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = credentials_input_read(&invocation->arguments, secrets_reset, &params, trouble);
	if (!error)
		error = login_open(invocation, "account.reset_password", params, &login, trouble);
	credentials_input_wipe(params);
	if (error == ERROR_UNAUTHENTICATED)
		trouble_advise(trouble, "a code holds for an hour and five tries; another one: "
					"taskctl daemon reset-code EMAIL");
	if (error)
		return error;
	print_account(invocation, login);
	report_say(invocation, "The new password is set. You are logged in as %s.", email_of(login));
	session_tokens_warn_of_environment(&invocation->tokens);
	return ERROR_NONE;
}

/* --- account email --- */

/* The login goes on under the new email; where that cannot be written it is still good under the old one. */
static void rename_login(struct invocation *invocation, const char *email)
{
	struct credentials *credentials = &invocation->credentials;
	struct trouble trouble;
	struct profile profile;
	enum error error;

	if (invocation->tokens.given)
		return;
	error = credentials_begin(credentials, &trouble);
	if (!error && credentials_find(credentials, invocation->tokens.email, &profile)) {
		AUTO_FREE char *before = memory_strdup(profile.email);
		struct profile renamed = profile;

		renamed.email = email;
		credentials_replace(credentials, before, &renamed);
		error = credentials_commit(credentials, &trouble);
	}
	credentials_abandon(credentials);
	if (error)
		trouble_warn("the login is still kept under the old email: %s", trouble.refusal.message);
}

static enum error run_email(struct invocation *invocation, struct trouble *trouble)
{
	const char *email = NULL;
	json_t *params = NULL;
	json_auto_t *account = NULL;
	enum error error = invocation_take_word(invocation, "EMAIL", &email, trouble);

	if (!error)
		error = credentials_input_read_secrets(&invocation->arguments, secrets_login, &params, trouble);
	if (!error) {
		(void)json_object_set_new(params, "email", json_string(email));
		error = invocation_call(invocation, "account.change_email", params, &account, trouble);
	}
	credentials_input_wipe(params);
	if (error)
		return advise_wrong_password(error, trouble);
	rename_login(invocation, json_string_value(json_object_get(account, "email")));
	if (invocation->arguments.is_json)
		report_json(account);
	report_say(invocation, "Your email is %s now.", json_string_value(json_object_get(account, "email")));
	return ERROR_NONE;
}

/* --- account delete --- */

/* Whose account would go: the daemon knows it also where the token came from the environment. */
static enum error find_email(struct invocation *invocation, char **ret_email, struct trouble *trouble)
{
	json_auto_t *account = NULL;
	const char *email;
	enum error error = invocation_call(invocation, "account.me", NULL, &account, trouble);

	if (error)
		return error;
	email = json_string_value(json_object_get(account, "email"));
	*ret_email = memory_strdup(email ? email : "");
	return ERROR_NONE;
}

static enum error ask_for_email(const char *email, struct trouble *trouble)
{
	char question[512];
	struct buffer answer;
	bool is_right;
	enum error error;

	trouble_warn("this deletes the account %s with all its tasks, for good", email);
	(void)snprintf(question, sizeof(question), "Type %s to go on: ", email);
	buffer_init(&answer);
	error = prompt_line(question, PROMPT_ECHO, &answer, trouble);
	is_right = !error && strcasecmp(buffer_text(&answer), email) == 0;
	buffer_deinit(&answer);
	if (error || is_right)
		return error;
	(void)trouble_set(trouble, ERROR_CONFLICT, "nothing was deleted");
	trouble->exit_status = EXIT_INTERRUPTED;
	return ERROR_CONFLICT;
}

static enum error confirm_delete(const struct invocation *invocation, const char *email, struct trouble *trouble)
{
	if (invocation->arguments.is_confirmed)
		return ERROR_NONE;
	if (prompt_is_possible())
		return ask_for_email(email, trouble);
	(void)trouble_usage(trouble, "this would delete the account %s for good, and nobody can be asked", email);
	trouble_advise(trouble, "if that is what you want, add --yes; to keep a copy: taskctl account export");
	return ERROR_INVALID_PARAMS;
}

static enum error delete_account(struct invocation *invocation, json_t **ret_result, struct trouble *trouble)
{
	json_t *params = NULL;
	enum error error = credentials_input_read_secrets(&invocation->arguments, secrets_login, &params, trouble);

	if (!error)
		error = invocation_call(invocation, "account.delete", params, ret_result, trouble);
	credentials_input_wipe(params);
	return advise_wrong_password(error, trouble);
}

static enum error forget_deleted(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_FREE char *session_id = NULL;
	struct profile profile;

	if (invocation->tokens.given || session_tokens_find(&invocation->tokens, &profile, trouble))
		return ERROR_NONE;
	session_id = memory_strdup(profile.session_id ? profile.session_id : "");
	return login_forget(invocation, session_id, trouble);
}

static enum error run_delete(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_FREE char *email = NULL;
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = find_email(invocation, &email, trouble);
	if (!error)
		error = confirm_delete(invocation, email, trouble);
	if (!error)
		error = delete_account(invocation, &result, trouble);
	if (!error)
		error = forget_deleted(invocation, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "The account %s is deleted.", email);
	login_say_who_is_left(invocation);
	return ERROR_NONE;
}

/* --- the table --- */

static const struct argp_option *const password_options[] = {
	option_group_session_name,
	option_group_password,
	NULL,
};

static const struct argp_option *const email_options[] = { option_group_password, NULL };

static const struct argp_option *const delete_options[] = { option_group_password, option_group_certain, NULL };

static const struct argp_option *const reset_options[] = {
	option_group_email,
	option_group_session_name,
	option_group_password,
	NULL,
};

const struct command account_change_commands[] = {
	{ .name = "account password",
		.summary = "Change your password",
		.usage = "[--name NAME] [--password-stdin | --password-fd N]",
		.details = "Every other session and every token ends. Without a terminal the first line is the current "
			   "password, the second the new one.",
		.options = password_options,
		.run = run_password },
	{ .name = "account email",
		.summary = "Change the email of your account",
		.usage = "EMAIL [--password-stdin | --password-fd N]",
		.words = COMMAND_NAMES,
		.options = email_options,
		.run = run_email },
	{ .name = "account reset",
		.summary = "Set a new password by a code, and log in",
		.usage = "[--email EMAIL] [--name NAME] [--password-stdin | --password-fd N]",
		.details = "Whoever runs the daemon makes the code: taskctl daemon reset-code. It holds for an hour. "
			   "Every session and every token ends. Without a terminal the first line is the code, the "
			   "second the new password.",
		.options = reset_options,
		.run = run_reset },
	{ .name = "account delete",
		.summary = "Delete your account with all its tasks, for good",
		.usage = "[--yes] [--password-stdin | --password-fd N]",
		.details = "On a terminal it asks for the email; elsewhere it wants --yes.",
		.options = delete_options,
		.run = run_delete },
	{ .name = NULL },
};
