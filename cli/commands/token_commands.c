/* Tokens for scripts and other programs. */
#include "commands/families.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "credentials_input.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

#define TOKEN_LIMIT        4096 /* as the daemon's */
#define ID_BEGINNING_LEAST 4    /* of an id, where a name does not match */

/* --- a fresh access token --- */

static enum error fresh_token(struct invocation *invocation, const char **ret_token, struct trouble *trouble)
{
	struct profile profile;
	enum error error;

	if (invocation->tokens.given)
		return session_tokens_get(&invocation->tokens, ret_token, trouble);
	error = session_tokens_find(&invocation->tokens, &profile, trouble);
	if (error)
		return error;
	return session_tokens_renew(&invocation->tokens, profile.access_token, ret_token, trouble);
}

static enum error run_token(struct invocation *invocation, struct trouble *trouble)
{
	struct profile profile;
	const char *token = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = fresh_token(invocation, &token, trouble);
	if (error)
		return error;
	if (!invocation->arguments.is_json) {
		(void)puts(token);
	} else {
		json_auto_t *object = json_pack("{s:s}", "access_token", token);

		if (!invocation->tokens.given &&
			session_tokens_find(&invocation->tokens, &profile, trouble) == ERROR_NONE)
			(void)json_object_set_new(object, "expires_at", json_integer(profile.access_expires_at));
		report_json(object);
	}
	return ERROR_NONE;
}

/* --- token create --- */

static enum error read_create(const struct invocation *invocation, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (error)
		return error;
	if (!arguments->name) {
		(void)trouble_usage(trouble, "what is the token for? The name is missing");
		trouble_advise(trouble, "for example: taskctl token create --name backup --scope tasks:read");
		return ERROR_INVALID_PARAMS;
	}
	error = credentials_input_read_secrets(arguments, secrets_login, ret_params, trouble);
	if (error)
		return error;
	(void)json_object_set_new(*ret_params, "name", json_string(arguments->name));
	(void)json_object_set_new(*ret_params, "scopes",
		json_array_size(arguments->scopes) ? json_incref(arguments->scopes)
						   : json_pack("[s, s]", "tasks:read", "tasks:write"));
	if (arguments->expires_in)
		(void)json_object_set_new(*ret_params, "expires_in", json_integer(arguments->expires_in));
	return ERROR_NONE;
}

static void print_created(const struct invocation *invocation, const json_t *token)
{
	struct buffer until;

	if (invocation->arguments.is_json) {
		report_json(token);
		return;
	}
	(void)puts(json_string_value(json_object_get(token, "token")));
	buffer_init(&until);
	report_append_time(&until, json_string_value(json_object_get(token, "expires_at")));
	report_say(invocation, "Keep it: it is not shown again. It holds until %s.", buffer_text(&until));
	buffer_deinit(&until);
}

static enum error run_create(struct invocation *invocation, struct trouble *trouble)
{
	json_t *params = NULL;
	json_auto_t *token = NULL;
	enum error error = read_create(invocation, &params, trouble);

	if (!error)
		error = invocation_call(invocation, "token.create", params, &token, trouble);
	if (error == ERROR_CONFLICT)
		trouble_advise(trouble, "revoke it: taskctl token revoke %s", invocation->arguments.name);
	credentials_input_wipe(params);
	if (!error)
		print_created(invocation, token);
	return error;
}

/* --- token list --- */

static const struct view_column list_columns[] = {
	{ .heading = "ID", .is_kept = true, .shrinks = 2 },
	{ .heading = "Name", .is_kept = true, .least = 8, .shrinks = 4 },
	{ .heading = "Scopes", .least = 10, .shrinks = 3 },
	{ .heading = "Made", .shrinks = 1 },
	{ .heading = "Last used", .shrinks = 3 },
	{ .heading = "Until", .is_kept = true },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "ID", .name = "id", .most = 8 },
	{ .heading = "Name", .name = "name" },
	{ .heading = "Scopes", .name = "scopes" },
	{ .heading = "Made", .name = "created_at", .is_time = true },
	{ .heading = "Last used", .name = "last_used_at", .is_time = true },
	{ .heading = "Until", .name = "expires_at", .is_time = true },
	{ 0 },
};

static const struct report_list token_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "id",
	.nothing = "There is no token.",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_call(invocation, "token.list", NULL, &result, trouble);
	if (!error)
		report_objects(invocation, &token_list, json_object_get(result, "tokens"));
	return error;
}

/* --- token revoke --- */

static enum error revoke_by(struct invocation *invocation, const char *member, const char *text, json_t **ret_result,
	struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s?}", member, text);

	return invocation_call(invocation, "token.revoke", params, ret_result, trouble);
}

/* A name goes first: it is whole, where an id is a beginning. */
static enum error revoke_one(
	struct invocation *invocation, const char *word, json_t **ret_result, struct trouble *trouble)
{
	enum error error = revoke_by(invocation, "name", word, ret_result, trouble);

	if (error == ERROR_NOT_FOUND && strlen(word) >= ID_BEGINNING_LEAST)
		error = revoke_by(invocation, "id", word, ret_result, trouble);
	if (error == ERROR_NOT_FOUND)
		trouble_advise(trouble, "those that there are: taskctl token list");
	return error;
}

static enum error revoke_selected(struct invocation *invocation, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	const char *word = NULL;
	enum error error;

	if (!invocation->arguments.wants_all) {
		error = invocation_take_word(invocation, "ID or NAME", &word, trouble);
		return error ? error : revoke_one(invocation, word, ret_result, trouble);
	}
	error = invocation_refuse_words(invocation, trouble);
	params = json_pack("{s:b}", "all", true);
	return error ? error : invocation_call(invocation, "token.revoke", params, ret_result, trouble);
}

static enum error run_revoke(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *result = NULL;
	json_int_t count;
	enum error error = revoke_selected(invocation, &result, trouble);

	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(result);
	count = json_integer_value(json_object_get(result, "count"));
	report_say(invocation, "%lld token%s revoked.", (long long)count, count == 1 ? "" : "s");
	return ERROR_NONE;
}

/* --- token inspect --- */

static const struct report_field inspect_fields[] = {
	{ .heading = "Active", .name = "active" },
	{ .heading = "Kind", .name = "token_type" },
	{ .heading = "Account", .name = "username" },
	{ .heading = "Account id", .name = "sub" },
	{ .heading = "Name", .name = "name" },
	{ .heading = "Scopes", .name = "scope" },
	{ .heading = "Session", .name = "sid" },
	{ .heading = "Token id", .name = "jti" },
	{ .heading = "Issuer", .name = "iss" },
	{ .heading = "Audience", .name = "aud" },
	{ .heading = "Issued", .name = "iat", .is_time = true },
	{ .heading = "Until", .name = "exp", .is_time = true },
	{ 0 },
};

static enum error read_standard_input(char ret_token[TOKEN_LIMIT + 2], struct trouble *trouble)
{
	size_t length = fread(ret_token, 1, TOKEN_LIMIT + 1, stdin);

	ret_token[length] = '\0';
	ret_token[strcspn(ret_token, "\r\n")] = '\0';
	return ret_token[0] ? ERROR_NONE : trouble_usage(trouble, "there is no token on standard input");
}

/* Never from argv, which others can read. */
static enum error find_token(struct invocation *invocation, char ret_token[TOKEN_LIMIT + 2], struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char *token = NULL;
	enum error error;

	if (words->count == 1 && strcmp(words->items[0].text, "-") == 0)
		return read_standard_input(ret_token, trouble);
	if (words->count) {
		(void)trouble_usage(trouble, "a token is not taken from the command line, where others can read it");
		trouble_advise(trouble, "give it on standard input: taskctl token inspect - <FILE");
		return ERROR_INVALID_PARAMS;
	}
	error = session_tokens_get(&invocation->tokens, &token, trouble);
	if (!error)
		(void)snprintf(ret_token, TOKEN_LIMIT + 2, "%s", token);
	return error;
}

/* RFC 7662 has seconds, people have calendars. */
static void spell_time(json_t *findings, const char *name)
{
	const json_t *seconds = json_object_get(findings, name);
	char text[TEXT_TIME_SIZE];

	if (!json_is_integer(seconds))
		return;
	text_format_time(json_integer_value(seconds), text);
	(void)json_object_set_new(findings, name, json_string(text));
}

static void print_findings(const struct invocation *invocation, json_t *findings)
{
	if (invocation->arguments.is_json) {
		report_json(findings);
		return;
	}
	if (invocation->arguments.is_quiet)
		return;
	spell_time(findings, "iat");
	spell_time(findings, "exp");
	report_details(invocation, inspect_fields, findings);
}

static enum error run_inspect(struct invocation *invocation, struct trouble *trouble)
{
	char token[TOKEN_LIMIT + 2] = "";
	json_auto_t *params = NULL;
	json_auto_t *findings = NULL;
	enum error error = find_token(invocation, token, trouble);

	if (!error) {
		params = json_pack("{s:s}", "token", token);
		if (!params)
			error = trouble_usage(trouble, "the token is not UTF-8");
	}
	if (!error)
		error = client_call(
			&invocation->client, "auth.introspect", params, CLIENT_REPEATABLE, &findings, trouble);
	explicit_bzero(token, sizeof(token));
	if (error)
		return error;
	print_findings(invocation, findings);
	if (json_is_true(json_object_get(findings, "active")))
		return ERROR_NONE;
	return trouble_set(trouble, ERROR_UNAUTHENTICATED, "the token is not valid");
}

/* --- the table --- */

static const struct argp_option create_option_table[] = {
	{ .name = "expires",
		.key = ARGUMENT_EXPIRES,
		.arg = "TIME",
		.doc = "how long it holds, such as 90d (which it is by itself), 12h or 30m" },
	{ .name = "name", .key = ARGUMENT_NAME, .arg = "NAME", .doc = "what it is for" },
	{ .name = "scope",
		.key = ARGUMENT_SCOPE,
		.arg = "SCOPE",
		.doc = "what it may do: tasks:read, tasks:write; may be given again; both when none is" },
	{ 0 },
};

static const struct argp_option *const create_options[] = { create_option_table, option_group_password, NULL };

static const struct argp_option revoke_option_table[] = {
	{ .name = "all", .key = ARGUMENT_ALL, .doc = "every token of the account" },
	{ 0 },
};

static const struct argp_option *const revoke_options[] = { revoke_option_table, NULL };

static const struct command_example inspect_examples[] = {
	{ "token inspect", "the token that is used here" },
	{ "token | taskctl token inspect -", "one that comes on standard input" },
	{ NULL, NULL },
};

static const struct command_example token_examples[] = {
	{ "token", "a token for a script, as TASKCTL_TOKEN" },
	{ NULL, NULL },
};

const struct command token_commands[] = {
	{ .name = "token",
		.summary = "Print a fresh access token, for a script",
		.usage = "",
		.details = "It is good for half an hour unless the daemon is set otherwise. Whoever has it is you for "
			   "so long.",
		.examples = token_examples,
		.run = run_token },
	{ .name = "token create",
		.summary = "Make a personal token, which holds until it ends or is revoked",
		.usage = "--name NAME [--scope SCOPE] [--expires TIME] [--password-stdin | --password-fd N]",
		.details =
			"It is printed this once. It asks for your password, and can do no more than its scopes say: "
			"never anything about the account.",
		.options = create_options,
		.run = run_create },
	{ .name = "token list", .summary = "List your personal tokens", .usage = "", .run = run_list },
	{ .name = "token revoke",
		.summary = "End personal tokens, by their names or ids",
		.usage = "NAME | ID | --all",
		.details = "ID is that of token list, or its beginning: 4 characters at least. Put -- before a name "
			   "that begins with a dash.",
		.words = COMMAND_NAMES,
		.options = revoke_options,
		.run = run_revoke },
	{ .name = "token inspect",
		.summary = "Say what a token is, and whether it is valid",
		.usage = "[-]",
		.details = "The token of TASKCTL_TOKEN or of the login; with - the one on standard input. One that is "
			   "not valid is exit status 4.",
		.words = COMMAND_NAMES,
		.examples = inspect_examples,
		.run = run_inspect },
	{ .name = NULL },
};
