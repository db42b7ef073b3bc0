/* One parser for the global options and those of the verb, since global ones may stand behind it too. */
#include "arguments.h"

#include "common/memory.h"
#include "common/text.h"

#include <errno.h>
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
	*arguments = (struct arguments){ .password_fd = -1, .changes = json_object() };
}

void arguments_deinit(struct arguments *arguments)
{
	json_decref(arguments->changes);
	word_list_deinit(&arguments->words);
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
};

static const char *find_attribute(int key)
{
	for (size_t i = 0; i < sizeof(change_keys) / sizeof(change_keys[0]); i++)
		if ((int)change_keys[i].key == key)
			return change_keys[i].attribute;
	return NULL;
}

/* --- argp --- */

static enum error take_checked_option(int key, const char *text, const struct parse *parse)
{
	const char *attribute = find_attribute(key);

	if (key == ARGUMENT_PASSWORD_FD)
		return set_password_fd(text, parse->arguments, parse->trouble);
	if (key == ARGUMENT_LIMIT)
		return set_limit(text, parse->arguments, parse->trouble);
	return attribute ? quick_words_set(parse->arguments->changes, attribute, text, parse->trouble)
			 : ERROR_UNKNOWN_METHOD;
}

static bool set_flag(int key, struct arguments *arguments)
{
	const struct {
		enum argument_key key;
		bool *place;
	} flags[] = {
		{ ARGUMENT_QUIET, &arguments->is_quiet },
		{ ARGUMENT_DRY_RUN, &arguments->is_dry_run },
		{ ARGUMENT_YES, &arguments->is_confirmed },
		{ ARGUMENT_HELP, &arguments->wants_help },
		{ ARGUMENT_VERSION, &arguments->wants_version },
		{ ARGUMENT_JSON, &arguments->is_json },
		{ ARGUMENT_ALL, &arguments->wants_all },
		{ ARGUMENT_LIST, &arguments->wants_list },
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		if ((int)flags[i].key == key) {
			*flags[i].place = true;
			return true;
		}
	}
	return false;
}

static bool set_text(int key, const char *text, struct arguments *arguments)
{
	const struct {
		enum argument_key key;
		const char **place;
	} texts[] = {
		{ ARGUMENT_SOCKET, &arguments->socket },
		{ ARGUMENT_COLOR, &arguments->color },
		{ ARGUMENT_FORMAT, &arguments->format },
		{ ARGUMENT_EMAIL, &arguments->email },
		{ ARGUMENT_FILTER, &arguments->filter },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if ((int)texts[i].key == key) {
			*texts[i].place = text;
			return true;
		}
	}
	return false;
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
	return command && (command->words == COMMAND_TERMS || command->words == COMMAND_CHANGES);
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
	else if (key > ARGUMENT_WAIT)
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

/* The verb's groups and the global ones in one table, as argp wants them. The caller frees. */
static struct argp_option *join_options(const struct command *command)
{
	size_t count = count_options(command_global_options);
	struct argp_option *joined = memory_array(count + 1, sizeof(*joined));

	memcpy(joined, command_global_options, count * sizeof(*joined));
	for (const struct argp_option *const *group = command ? command->options : NULL; group && *group; group++) {
		size_t more = count_options(*group);

		joined = memory_resize(joined, count + more + 1, sizeof(*joined));
		memcpy(joined + count, *group, (more + 1) * sizeof(*joined));
		count += more;
	}
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

enum error arguments_parse_global(
	int argc, char **argv, struct arguments *arguments, int *ret_verb, struct trouble *trouble)
{
	struct parse request = { .arguments = arguments, .verb = argc, .trouble = trouble };
	enum error error;

	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	error = parse(&request, argc, argv);
	if (error) {
		trouble_advise(trouble, "see: taskctl help");
		return error;
	}
	*ret_verb = request.verb;
	return ERROR_NONE;
}

enum error arguments_parse_command(
	const struct command *command, int argc, char **argv, struct arguments *arguments, struct trouble *trouble)
{
	struct parse request = { .command = command, .arguments = arguments, .trouble = trouble };
	enum error error;

	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	error = parse(&request, argc, argv);
	if (error && !trouble->advice[0])
		trouble_advise(trouble, "see: taskctl help %s", command->name);
	return error;
}
