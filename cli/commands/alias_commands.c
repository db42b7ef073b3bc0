/* Commands of the user's own, kept in the settings file as alias.NAME. */
#include "commands/families.h"

#include "aliases.h"
#include "invocation.h"
#include "preferences_file.h"
#include "report.h"
#include "shell_words.h"

#include <stdio.h>

#define SETTING_SIZE (SETTING_KEY_LIMIT + 16)

static const struct view_column list_columns[] = {
	{ .heading = "Alias", .is_kept = true },
	{ .heading = "Stands for", .is_kept = true, .wraps = true, .least = 12, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Alias", .name = "name" },
	{ .heading = "Stands for", .name = "words" },
	{ 0 },
};

static const struct report_list aliases_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.nothing = "There are no aliases. Make one: taskctl alias set today 'list due:today'",
};

static json_t *describe(const char *name, const char *words)
{
	return json_pack("{s:s, s:s}", "name", name, "words", words);
}

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	const struct setting_pairs *pairs = &invocation->preferences.aliases;
	json_auto_t *objects = json_array();
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_load_preferences(invocation, trouble);
	if (error)
		return error;
	for (size_t i = 0; i < pairs->count; i++)
		(void)json_array_append_new(objects, describe(pairs->items[i].key, pairs->items[i].value));
	report_objects(invocation, &aliases_list, objects);
	return ERROR_NONE;
}

static enum error put(struct invocation *invocation, const char *name, const char *words, struct trouble *trouble)
{
	char setting[SETTING_SIZE];

	(void)snprintf(setting, sizeof(setting), "alias.%s", name);
	return preferences_file_put(&invocation->paths, setting, words, trouble);
}

static void print_set(const struct invocation *invocation, const char *name, const char *words)
{
	json_auto_t *object = describe(name, words);

	if (invocation->arguments.is_json)
		report_json(object);
	report_say(invocation, "From now on `taskctl %s` is `taskctl %s`.", name, words);
}

static enum error run_set(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *given = &invocation->arguments.words;
	enum error error;

	if (given->count != 2) {
		(void)trouble_usage(trouble, given->count < 2 ? "a name and what it stands for are wanted"
							      : "what it stands for is one argument, in quotes");
		trouble_advise(trouble, "for example: taskctl alias set today 'list due:today'");
		return ERROR_INVALID_PARAMS;
	}
	error = invocation_load_preferences(invocation, trouble);
	if (!error)
		error = alias_check(&invocation->preferences, given->items[0].text, given->items[1].text, trouble);
	if (!error)
		error = put(invocation, given->items[0].text, given->items[1].text, trouble);
	if (!error)
		print_set(invocation, given->items[0].text, given->items[1].text);
	return error;
}

static enum error refuse_unknown(const struct preferences *preferences, const char *name, struct trouble *trouble)
{
	const char *nearest = alias_nearest(preferences, name);

	if (nearest)
		return trouble_set(
			trouble, ERROR_NOT_FOUND, "there is no alias `%s`; did you mean `%s`?", name, nearest);
	(void)trouble_set(trouble, ERROR_NOT_FOUND, "there is no alias `%s`", name);
	trouble_advise(trouble, "which there are: taskctl alias list");
	return ERROR_NOT_FOUND;
}

static void say_deleted(const struct invocation *invocation, const char *name, const char *words)
{
	struct buffer quoted;

	buffer_init(&quoted);
	shell_words_quote(&quoted, words);
	report_say(invocation, "Deleted alias %s. To have it back: taskctl alias set %s %s", name, name,
		buffer_text(&quoted));
	buffer_deinit(&quoted);
}

static enum error run_delete(struct invocation *invocation, struct trouble *trouble)
{
	const struct setting_pair *pair = NULL;
	json_auto_t *object = NULL;
	const char *name;
	enum error error = invocation_take_word(invocation, "alias", &name, trouble);

	if (!error)
		error = invocation_load_preferences(invocation, trouble);
	if (error)
		return error;
	pair = setting_pairs_find(&invocation->preferences.aliases, name);
	if (!pair)
		return refuse_unknown(&invocation->preferences, name, trouble);
	error = put(invocation, name, NULL, trouble);
	if (error)
		return error;
	object = describe(name, pair->value);
	if (invocation->arguments.is_json)
		report_json(object);
	say_deleted(invocation, name, pair->value);
	return ERROR_NONE;
}

/* --- the table --- */

static const struct command_example set_examples[] = {
	{ "alias set today 'list due:today'", "from now on: taskctl today" },
	{ "alias set shop 'list project:home +shop'", "more words may follow it: taskctl shop pri:H" },
	{ NULL, NULL },
};

const struct command alias_commands[] = {
	{ .name = "alias list",
		.summary = "List the commands of your own",
		.usage = "",
		.is_offline = true,
		.run = run_list },
	{ .name = "alias set",
		.summary = "Make a command of your own, or change it",
		.usage = "NAME WORDS",
		.details =
			"The words begin with a command, or with another alias, and are split as a shell splits them: "
			"inside of quotes white space is kept. No alias hides a command.",
		.words = COMMAND_NAMES,
		.examples = set_examples,
		.is_offline = true,
		.run = run_set },
	{ .name = "alias delete",
		.summary = "Delete a command of your own",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.is_offline = true,
		.run = run_delete },
	{ .name = NULL },
};
