/* The account's sessions, wherever they were opened: listing and ending them. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "invocation.h"
#include "login.h"
#include "report.h"

#include <string.h>

#define ID_SHOWN 8 /* digits in the table; 4 are enough to name one */

/* --- session list --- */

static const struct view_column list_columns[] = {
	{ .heading = "This", .is_kept = true },
	{ .heading = "ID", .is_kept = true },
	{ .heading = "Client", .least = 8, .shrinks = 3 },
	{ .heading = "UID", .align = VIEW_RIGHT, .shrinks = 1 },
	{ .heading = "Opened", .shrinks = 2 },
	{ .heading = "Last used" },
	{ .heading = "Until", .shrinks = 4 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "This", .name = "mark" },
	{ .heading = "ID", .name = "id", .most = ID_SHOWN },
	{ .heading = "Client", .name = "client" },
	{ .heading = "UID", .name = "uid" },
	{ .heading = "Opened", .name = "created_at", .is_time = true },
	{ .heading = "Last used", .name = "last_used_at", .is_time = true },
	{ .heading = "Until", .name = "expires_at", .is_time = true },
	{ 0 },
};

static const struct report_list session_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "id",
	.mark = "is_current",
	.nothing = "There is no session.",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call(invocation, "session.list", NULL, &result, trouble);
	if (!error)
		report_objects(invocation, &session_list, json_object_get(result, "sessions"));
	return error;
}

/* --- session revoke --- */

static enum error read_selection(const struct invocation *invocation, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	const char *id;
	enum error error;

	if (arguments->words.count + arguments->wants_others + arguments->wants_all > 1 &&
		(arguments->wants_others || arguments->wants_all)) {
		(void)trouble_usage(trouble, "an ID, --others and --all exclude each other");
		return ERROR_INVALID_PARAMS;
	}
	if (arguments->wants_others || arguments->wants_all) {
		*ret_params = json_pack("{s:b}", arguments->wants_all ? "all" : "others", true);
		return ERROR_NONE;
	}
	error = invocation_take_word(invocation, "ID", &id, trouble);
	if (!error)
		*ret_params = json_pack("{s:s}", "id", id);
	return error;
}

/* The login that has just ended is no use any more. */
static enum error forget_own(struct invocation *invocation, const json_t *params, struct trouble *trouble)
{
	const char *id = json_string_value(json_object_get(params, "id"));
	AUTO_FREE char *session_id = NULL;
	struct profile profile;

	if (invocation->tokens.given || json_object_get(params, "others") ||
		session_tokens_find(&invocation->tokens, &profile, trouble) || !profile.session_id ||
		(id && strncmp(profile.session_id, id, strlen(id)) != 0))
		return ERROR_NONE;
	session_id = memory_strdup(profile.session_id);
	return login_forget(invocation, session_id, trouble);
}

static enum error run_revoke(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	json_int_t count;
	enum error error = read_selection(invocation, &params, trouble);

	if (!error)
		error = invocation_call(invocation, "session.revoke", params, &result, trouble);
	if (error == ERROR_NOT_FOUND)
		trouble_advise(trouble, "those that there are: taskctl session list");
	if (!error)
		error = forget_own(invocation, params, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	count = json_integer_value(json_object_get(result, "count"));
	report_say(invocation, "%lld session%s ended.", (long long)count, count == 1 ? "" : "s");
	return ERROR_NONE;
}

static const struct argp_option revoke_option_table[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "every session, this one as well" },
	{ .name = "others", .key = ARGUMENT_OTHERS, .doc = "every session but this one" },
	{ 0 },
};

static const struct argp_option *const revoke_options[] = { revoke_option_table, NULL };

static const struct command_example revoke_examples[] = {
	{ "session revoke --others", "end all but the one that is used here" },
	{ NULL, NULL },
};

const struct command session_commands[] = {
	{ .name = "session list",
		.summary = "List your sessions, here and elsewhere",
		.usage = "",
		.details = "The one that is used here is marked.",
		.run = run_list },
	{ .name = "session revoke",
		.summary = "End sessions: one, all others, or all",
		.usage = "ID | --others | --all",
		.details = "ID is that of session list, or its beginning: 4 characters at least.",
		.words = COMMAND_NAMES,
		.options = revoke_options,
		.examples = revoke_examples,
		.run = run_revoke },
	{ .name = NULL },
};
