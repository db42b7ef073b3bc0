/* One parser for the global options and those of the verb, since global ones may stand behind it too. */
#include "arguments.h"

#include "change_words.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "option_near.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* What argp hands through. */
struct parse {
	const struct command *command; /* NULL: the global options before the verb */
	struct arguments *arguments;
	int verb; /* its index, once it is found */
	struct trouble *trouble;
};

void arguments_init(struct arguments *arguments)
{
	*arguments = (struct arguments){ .password_fd = -1, .changes = json_object(), .scopes = json_array() };
}

void arguments_deinit(struct arguments *arguments)
{
	json_decref(arguments->changes);
	json_decref(arguments->scopes);
	free(arguments->read_ids);
	word_list_deinit(&arguments->words);
	word_list_deinit(&arguments->writes);
}

/* --- options with a value to check --- */

static enum error set_password_fd(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	int64_t number;

	if (!text_parse_integer(text, 0, 65535, &number))
		return trouble_usage(trouble, "--password-fd wants the number of an open descriptor, not `%s`", text);
	arguments->password_fd = (int)number;
	return ERROR_NONE;
}

static enum error set_limit(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	if (!text_parse_integer(text, 1, INT32_MAX, &arguments->limit))
		return trouble_usage(trouble, "--limit wants a number from 1 on, not `%s`", text);
	return ERROR_NONE;
}

static const struct {
	char unit;
	int64_t seconds;
} durations[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 } };

static bool read_duration(const char *text, int64_t *ret_seconds)
{
	size_t length = strlen(text);
	char number[16] = "";
	int64_t count;

	if (length > 1 && length < sizeof(number))
		memcpy(number, text, length - 1);
	for (size_t i = 0; number[0] && i < COUNT_OF(durations); i++) {
		if (durations[i].unit != text[length - 1] || !text_parse_integer(number, 1, 1000000000, &count))
			continue;
		*ret_seconds = count * durations[i].seconds;
		return true;
	}
	return false;
}

static enum error set_expires(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	if (read_duration(text, &arguments->expires_in))
		return ERROR_NONE;
	return trouble_usage(trouble, "--expires wants a time such as 90d, 12h, 30m, 600s or 4w, not `%s`", text);
}

static enum error set_timeout(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	if (read_duration(text, &arguments->timeout))
		return ERROR_NONE;
	return trouble_usage(trouble, "--timeout wants a time such as 30s, 10m or 2h, not `%s`", text);
}

static enum error add_scopes(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	if (!text_is_utf8(text, strlen(text)))
		return trouble_usage(trouble, "the scope is not UTF-8");
	for (;;) {
		size_t length = strcspn(text, ",");

		(void)json_array_append_new(arguments->scopes, json_stringn(text, length));
		if (!text[length])
			return ERROR_NONE;
		text += length + 1;
	}
}

static enum error add_write(const char *text, struct arguments *arguments, struct trouble *trouble)
{
	(void)trouble;
	word_list_add(&arguments->writes, text, false);
	return ERROR_NONE;
}

static const struct {
	enum argument_key key;
	enum error (*set)(const char *text, struct arguments *arguments, struct trouble *trouble);
} setters[] = {
	{ ARGUMENT_PASSWORD_FD, set_password_fd },
	{ ARGUMENT_LIMIT, set_limit },
	{ ARGUMENT_EXPIRES, set_expires },
	{ ARGUMENT_SCOPE, add_scopes },
	{ ARGUMENT_TIMEOUT, set_timeout },
	{ ARGUMENT_WRITE, add_write },
};

static const struct {
	enum argument_key key;
	const char *attribute;
} change_keys[] = {
	{ ARGUMENT_TITLE, "title" },
	{ ARGUMENT_NOTE, "note" },
	{ ARGUMENT_PROJECT, "project" },
	{ ARGUMENT_TAG, "tag" },
	{ ARGUMENT_UNTAG, "untag" },
	{ ARGUMENT_PRIORITY, "priority" },
	{ ARGUMENT_DUE, "due" },
	{ ARGUMENT_WAIT, "wait" },
	{ ARGUMENT_SCHEDULED, "scheduled" },
	{ ARGUMENT_UNTIL, "until" },
	{ ARGUMENT_DEPENDS, "depends" },
	{ ARGUMENT_PARENT, "parent" },
	{ ARGUMENT_RECUR, "recur" },
	{ ARGUMENT_RECUR_FROM, "recur-from" },
	{ ARGUMENT_RECUR_COUNT, "recur-count" },
	{ ARGUMENT_SET, "set" },
};

static const char *find_attribute(int key)
{
	for (size_t i = 0; i < COUNT_OF(change_keys); i++)
		if ((int)change_keys[i].key == key)
			return change_keys[i].attribute;
	return NULL;
}

/* --- argp --- */

static enum error take_checked_option(int key, const char *text, const struct parse *parse)
{
	const char *attribute = find_attribute(key);

	for (size_t i = 0; i < COUNT_OF(setters); i++)
		if ((int)setters[i].key == key)
			return setters[i].set(text, parse->arguments, parse->trouble);
	return attribute ? change_words_set(parse->arguments->changes, attribute, text, parse->trouble)
			 : ERROR_UNKNOWN_METHOD;
}

#define PLACE(argument, field)                                                                                         \
	{                                                                                                              \
		.key = (argument), .offset = offsetof(struct arguments, field)                                         \
	}

struct place {
	enum argument_key key;
	size_t offset;
};

static const struct place flags[] = {
	PLACE(ARGUMENT_ALL, wants_all),
	PLACE(ARGUMENT_CSV, is_csv),
	PLACE(ARGUMENT_DRY_RUN, is_dry_run),
	PLACE(ARGUMENT_HELP, wants_help),
	PLACE(ARGUMENT_JSON, is_json),
	PLACE(ARGUMENT_KEEP_CHILDREN, keeps_children),
	PLACE(ARGUMENT_LIST, wants_list),
	PLACE(ARGUMENT_NO_PAGER, has_no_pager),
	PLACE(ARGUMENT_OTHERS, wants_others),
	PLACE(ARGUMENT_PARTIAL, is_partial),
	PLACE(ARGUMENT_PATIENT, is_patient),
	PLACE(ARGUMENT_PLAIN, is_plain),
	PLACE(ARGUMENT_QUIET, is_quiet),
	PLACE(ARGUMENT_REVOKE_OLD, wants_old_revoked),
	PLACE(ARGUMENT_VERSION, wants_version),
	PLACE(ARGUMENT_WITH_CHILDREN, wants_children),
	PLACE(ARGUMENT_YES, is_confirmed),
	PLACE(ARGUMENT_VERBATIM, is_verbatim),
	PLACE(ARGUMENT_CHART, wants_chart),
};

static const struct place texts[] = {
	PLACE(ARGUMENT_ACCOUNT, account),
	PLACE(ARGUMENT_BY, by),
	PLACE(ARGUMENT_CHOICES, choices),
	PLACE(ARGUMENT_COLOR, color),
	PLACE(ARGUMENT_COLUMNS, columns),
	PLACE(ARGUMENT_EMAIL, email),
	PLACE(ARGUMENT_FILTER, filter),
	PLACE(ARGUMENT_FORMAT, format),
	PLACE(ARGUMENT_FROM, from),
	PLACE(ARGUMENT_HEADING, heading),
	PLACE(ARGUMENT_LABEL, label),
	PLACE(ARGUMENT_NAME, name),
	PLACE(ARGUMENT_ON_CONFLICT, on_conflict),
	PLACE(ARGUMENT_OUTPUT, output),
	PLACE(ARGUMENT_SOCKET, socket),
	PLACE(ARGUMENT_SORT, sort),
	PLACE(ARGUMENT_SVG, svg),
	PLACE(ARGUMENT_TO, to),
};

static void *find_place(const struct place *places, size_t count, int key, struct arguments *arguments)
{
	for (size_t i = 0; i < count; i++)
		if ((int)places[i].key == key)
			return (char *)arguments + places[i].offset;
	return NULL;
}

static bool set_flag(int key, struct arguments *arguments)
{
	bool *flag = find_place(flags, COUNT_OF(flags), key, arguments);

	if (flag)
		*flag = true;
	return flag;
}

static bool set_text(int key, const char *text, struct arguments *arguments)
{
	const char **place = find_place(texts, COUNT_OF(texts), key, arguments);

	if (place)
		*place = text;
	return place;
}

static enum error take_option(int key, const char *text, const struct parse *parse)
{
	if (key == ARGUMENT_JSON)
		parse->arguments->json_fields = text;
	if (key == ARGUMENT_PASSWORD_STDIN) {
		parse->arguments->password_fd = 0;
		return ERROR_NONE;
	}
	if (set_flag(key, parse->arguments) || set_text(key, text, parse->arguments))
		return ERROR_NONE;
	return take_checked_option(key, text, parse);
}

static bool is_for_tags(const struct command *command)
{
	return command && (command->words == COMMAND_TERMS || command->words == COMMAND_FILTER ||
				  command->words == COMMAND_CHANGES);
}

/*
 * getopt would read -work as -w -o -r -k. argp goes on from state->next, so what is a word by its looks is taken
 * before getopt sees it; behind "--" it comes as a word anyway.
 */
static void take_untag_words(struct argp_state *state, const struct parse *parse)
{
	int next = state->next ? state->next : 1; /* 0: getopt has not begun yet */

	if (!is_for_tags(parse->command) || state->quoted)
		return;
	for (; next < state->argc && quick_words_is_untag(state->argv[next]); state->next = ++next)
		word_list_add(&parse->arguments->words, state->argv[next], false);
}

static void take_word(const char *text, struct argp_state *state, struct parse *parse)
{
	if (parse->command) {
		word_list_add(&parse->arguments->words, text, state->quoted > 0);
		return;
	}
	parse->verb = state->next - 1;
	state->next = state->argc;
}

static error_t on_argument(int key, char *text, struct argp_state *state)
{
	struct parse *parse = state->input;
	enum error error;

	if (key == ARGP_KEY_INIT)
		state->err_stream = NULL; /* getopt says what is wrong; the advice is ours */
	else if (key == ARGP_KEY_ARG)
		take_word(text, state, parse);
	else if (key >= ARGUMENT_KEYS_END)
		return ARGP_ERR_UNKNOWN; /* argp's own events */
	else {
		error = take_option(key, text, parse);
		if (error)
			return error == ERROR_UNKNOWN_METHOD ? ARGP_ERR_UNKNOWN : EINVAL;
	}
	take_untag_words(state, parse);
	return 0;
}

static size_t count_options(const struct argp_option *options)
{
	size_t count = 0;

	while (options[count].name)
		count++;
	return count;
}

static bool has_option(const struct argp_option *options, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(options[i].name, name) == 0)
			return true;
	return false;
}

static size_t append_options(struct argp_option *joined, size_t count, const struct argp_option *options)
{
	for (; options->name; options++)
		if (!has_option(joined, count, options->name))
			joined[count++] = *options;
	return count;
}

/*
 * The verb's groups and the global options in one table, as argp wants them. The verb's go first: `add --wait TIME` is
 * no global --wait. The caller frees.
 */
static struct argp_option *join_options(const struct command *command)
{
	const struct argp_option *const none = NULL;
	const struct argp_option *const *groups = command && command->options ? command->options : &none;
	size_t most = count_options(command_global_options);
	size_t count = 0;
	struct argp_option *joined;

	for (size_t i = 0; groups[i]; i++)
		most += count_options(groups[i]);
	joined = memory_array(most + 1, sizeof(*joined));
	for (size_t i = 0; groups[i]; i++)
		count = append_options(joined, count, groups[i]);
	(void)append_options(joined, count, command_global_options);
	return joined;
}

static enum error parse(struct parse *parse, int argc, char **argv)
{
	struct argp_option *options = join_options(parse->command);
	const struct argp argp = { .options = options, .parser = on_argument };
	error_t failure = argp_parse(&argp, argc, argv, ARGP_IN_ORDER | ARGP_NO_EXIT | ARGP_NO_HELP, NULL, parse);

	free(options);
	return failure ? ERROR_INVALID_PARAMS : ERROR_NONE;
}

/* Where getopt has said what is the matter, it has not said what was meant. */
static void advise_options(const struct command *command, int argc, char **argv, struct trouble *trouble)
{
	const char *near = trouble->refusal.message[0] ? NULL : option_near_find(command, argc, argv);

	trouble_advise(trouble, "%s%s%ssee: taskctl help%s%s", near ? "did you mean --" : "", near ? near : "",
		near ? "? For all of them " : "", command ? " " : "", command ? command->name : "");
}

enum error arguments_parse_global(
	int argc, char **argv, struct arguments *arguments, int *ret_verb, struct trouble *trouble)
{
	struct parse request = { .arguments = arguments, .verb = argc, .trouble = trouble };
	char name[] = "taskctl"; /* what getopt puts before its messages, however the program was called */
	char *called = argv[0];
	enum error error;

	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	argv[0] = name;
	error = parse(&request, argc, argv);
	argv[0] = called;
	if (error) {
		advise_options(NULL, argc, argv, trouble);
		return error;
	}
	*ret_verb = request.verb;
	return ERROR_NONE;
}

/* Words of another program: whatever looks like an option is one of its own, but for --help alone. */
static void take_raw(int argc, char **argv, struct arguments *arguments)
{
	arguments->wants_help = argc == 2 && strcmp(argv[1], "--help") == 0;
	for (int i = 1; i < argc; i++)
		word_list_add(&arguments->words, argv[i], false);
}

enum error arguments_parse_command(
	const struct command *command, int argc, char **argv, struct arguments *arguments, struct trouble *trouble)
{
	struct parse request = { .command = command, .arguments = arguments, .trouble = trouble };
	enum error error;

	if (command->words == COMMAND_RAW) {
		take_raw(argc, argv, arguments);
		return ERROR_NONE;
	}
	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	error = parse(&request, argc, argv);
	if (error && !trouble->advice[0])
		advise_options(command, argc, argv, trouble);
	return error;
}
