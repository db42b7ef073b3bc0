/* For whoever runs the daemon: the accounts of others, the keys, and whether the store is sound. */
#include "commands/families.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"

#include <stdio.h>

static const char *member(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

/* --- daemon accounts --- */

static const struct view_column account_columns[] = {
	{ .heading = "ID", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Email", .is_kept = true, .least = 12, .shrinks = 4 },
	{ .heading = "State", .is_kept = true },
	{ .heading = "Made", .shrinks = 1 },
	{ .heading = "Last used", .shrinks = 3 },
	{ .heading = "Sessions", .align = VIEW_RIGHT, .shrinks = 2 },
	{ .heading = "Tokens", .align = VIEW_RIGHT, .shrinks = 2 },
	{ .heading = "Tasks", .align = VIEW_RIGHT },
	{ .heading = NULL },
};

static const struct report_field account_fields[] = {
	{ .heading = "ID", .name = "id" },
	{ .heading = "Email", .name = "email" },
	{ .heading = "State", .name = "state" },
	{ .heading = "Made", .name = "created_at", .is_time = true },
	{ .heading = "Last used", .name = "last_used_at", .is_time = true },
	{ .heading = "Sessions", .name = "sessions" },
	{ .heading = "Tokens", .name = "tokens" },
	{ .heading = "Tasks", .name = "tasks" },
	{ 0 },
};

static const struct report_list account_list = {
	.columns = account_columns,
	.fields = account_fields,
	.id = "email",
	.nothing = "There is no account.",
};

static enum error run_accounts(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *accounts = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_collect(
			invocation, CALLER_OPERATOR, "system.accounts", "accounts", &accounts, trouble);
	if (!error)
		report_objects(invocation, &account_list, accounts);
	return error;
}

/* --- one account --- */

/* A call that takes an email. What it did is not known when its answer is lost, so it is made once. */
static enum error call_for_account(
	struct invocation *invocation, const char *method, json_t **ret_result, struct trouble *trouble)
{
	const char *email = NULL;
	json_auto_t *params = NULL;
	enum error error = invocation_take_word(invocation, "EMAIL", &email, trouble);

	if (error)
		return error;
	params = json_pack("{s:s}", "email", email);
	if (!params)
		return trouble_usage(trouble, "the email is not UTF-8");
	error = invocation_call_operator(invocation, method, params, CLIENT_ONCE, ret_result, trouble);
	if (error == ERROR_NOT_FOUND)
		trouble_advise(trouble, "those that there are: taskctl daemon accounts");
	if (error == ERROR_CONFLICT)
		trouble_advise(trouble, "to let its owner in: taskctl daemon reset-code %s", email);
	return error;
}

static void print_code(const struct invocation *invocation, const json_t *result)
{
	struct buffer until;

	if (invocation->arguments.is_json) {
		report_json(result);
		return;
	}
	(void)puts(member(result, "code"));
	buffer_init(&until);
	report_append_time(&until, member(result, "expires_at"));
	report_say(invocation, "Give it to %s. It holds until %s, for: taskctl account reset --email %s",
		member(result, "email"), buffer_text(&until), member(result, "email"));
	buffer_deinit(&until);
}

static enum error run_add_account(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = call_for_account(invocation, "system.add_account", &result, trouble);

	if (!error)
		print_code(invocation, result);
	return error;
}

static enum error run_reset_code(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = call_for_account(invocation, "system.reset_code", &result, trouble);

	if (!error)
		print_code(invocation, result);
	return error;
}

static enum error run_disable(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	json_int_t sessions;
	enum error error = call_for_account(invocation, "system.disable_account", &result, trouble);

	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	sessions = json_integer_value(json_object_get(result, "sessions"));
	report_say(invocation, "%s is kept out; %lld session%s ended. Let it in again: taskctl daemon enable %s",
		member(result, "email"), (long long)sessions, sessions == 1 ? "" : "s", member(result, "email"));
	return ERROR_NONE;
}

static enum error run_enable(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = call_for_account(invocation, "system.enable_account", &result, trouble);

	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "%s may log in again.", member(result, "email"));
	return ERROR_NONE;
}

/* --- the store --- */

static enum error run_rotate_keys(struct invocation *invocation, struct trouble *trouble)
{
	bool revokes = invocation->arguments.wants_old_revoked;
	json_auto_t *params = revokes ? json_pack("{s:b}", "revoke_old", true) : json_object();
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call_operator(
			invocation, "system.rotate_keys", params, CLIENT_ONCE, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	report_say(invocation, "New tokens are signed with the key %s (%s). %s", member(result, "kid"),
		member(result, "algorithm"),
		revokes ? "Tokens that an older one signed are refused."
			: "Tokens that were signed before stay valid.");
	return ERROR_NONE;
}

static void print_findings(const struct invocation *invocation, const json_t *findings)
{
	const json_t *finding;
	size_t index;

	if (invocation->arguments.is_quiet)
		return;
	json_array_foreach (findings, index, finding)
		(void)puts(json_string_value(finding));
}

static enum error run_check(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call_operator(invocation, "system.check", NULL, CLIENT_REPEATABLE, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	else
		print_findings(invocation, json_object_get(result, "findings"));
	if (json_is_true(json_object_get(result, "ok"))) {
		report_say(invocation, "The store is sound.");
		return ERROR_NONE;
	}
	(void)trouble_set(trouble, ERROR_STORAGE, "the store is damaged");
	trouble_advise(trouble, "go back to a backup: taskctl daemon restore FILE");
	return ERROR_STORAGE;
}

static enum error run_log(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *entries = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_collect(invocation, CALLER_OPERATOR, "system.log", "entries", &entries, trouble);
	if (!error)
		report_objects(invocation, &report_log, entries);
	return error;
}

/* --- the table --- */

static const struct argp_option *const page_options[] = { option_group_limit, NULL };

static const struct argp_option rotate_option_table[] = {
	{ .name = "revoke-old", .key = ARGUMENT_REVOKE_OLD, .doc = "refuse tokens that an older key signed, at once" },
	{ 0 },
};

static const struct argp_option *const rotate_options[] = { rotate_option_table, NULL };

static const struct command_example rotate_examples[] = {
	{ "daemon rotate-keys", "every few months, or never; nobody notices" },
	{ NULL, NULL },
};

static const struct command_example check_examples[] = {
	{ "daemon check", "whether the database is whole" },
	{ NULL, NULL },
};

const struct command operator_commands[] = {
	{ .name = "daemon accounts",
		.summary = "List the accounts, and how much each has",
		.usage = "[--limit N]",
		.options = page_options,
		.run = run_accounts },
	{ .name = "daemon add-account",
		.summary = "Make an account, and print the code by which its owner sets the password",
		.usage = "EMAIL",
		.words = COMMAND_NAMES,
		.run = run_add_account },
	{ .name = "daemon disable",
		.summary = "Keep an account out, and end its sessions",
		.usage = "EMAIL",
		.words = COMMAND_NAMES,
		.run = run_disable },
	{ .name = "daemon enable",
		.summary = "Let an account in again",
		.usage = "EMAIL",
		.words = COMMAND_NAMES,
		.run = run_enable },
	{ .name = "daemon reset-code",
		.summary = "Print a code by which an account's owner sets a new password",
		.usage = "EMAIL",
		.details = "It holds for an hour, and takes the place of an older one.",
		.words = COMMAND_NAMES,
		.run = run_reset_code },
	{ .name = "daemon rotate-keys",
		.summary = "Sign new tokens with a new key",
		.usage = "[--revoke-old]",
		.options = rotate_options,
		.examples = rotate_examples,
		.run = run_rotate_keys },
	{ .name = "daemon check",
		.summary = "Look whether the database is sound",
		.usage = "",
		.examples = check_examples,
		.run = run_check },
	{ .name = "daemon log",
		.summary = "Show what happened to the store as a whole, newest first",
		.usage = "[--limit N]",
		.options = page_options,
		.run = run_log },
	{ .name = NULL },
};
