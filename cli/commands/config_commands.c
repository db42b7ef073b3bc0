/* The client's own settings: nothing of them is on the daemon. */
#include "commands/families.h"

#include "aliases.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/settings_file.h"
#include "common/text.h"
#include "invocation.h"
#include "preferences_edit.h"
#include "preferences_file.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

#define NAME_SIZE  256
#define NAMES_MOST 32

/* A setting by its name; of those by names of the user's own with the name behind the dot. */
struct place {
	const char *name;
	const struct setting *setting;
	const char *key; /* NULL: it is no pair */
};

/* --- names --- */

static void explain_unknown(const char *name, struct trouble *trouble)
{
	const char *names[NAMES_MOST + 1] = { NULL };
	const char *nearest;

	for (size_t i = 0; i < NAMES_MOST && preferences_table[i].name; i++)
		names[i] = preferences_table[i].name;
	nearest = text_nearest(name, names);
	if (nearest)
		(void)trouble_usage(trouble, "there is no setting `%s`; did you mean `%s`?", name, nearest);
	else
		(void)trouble_usage(trouble, "there is no setting `%s`", name);
	trouble_advise(trouble, "all of them: taskctl config list");
}

static enum error find_place(const char *name, struct place *ret_place, struct trouble *trouble)
{
	const char *dot = strchr(name, '.');
	char base[NAME_SIZE];
	const struct setting *setting;

	(void)snprintf(base, sizeof(base), "%.*s", dot ? (int)(dot - name) : (int)strlen(name), name);
	setting = preferences_find(base);
	if (!setting || (dot && setting->type != SETTING_PAIRS)) {
		explain_unknown(name, trouble);
		return ERROR_INVALID_PARAMS;
	}
	if (setting->type == SETTING_PAIRS && !dot) {
		(void)trouble_usage(trouble, "`%s` wants a name of its own behind it: %s.NAME", name, name);
		return ERROR_INVALID_PARAMS;
	}
	*ret_place = (struct place){ .name = name, .setting = setting, .key = dot ? dot + 1 : NULL };
	return ERROR_NONE;
}

static const struct setting_pairs *pairs_of(const struct preferences *preferences, const struct setting *setting)
{
	return (const void *)((const char *)preferences + setting->offset);
}

/* --- values --- */

/* The value as text; NULL: there is none. The caller frees. */
static char *value_of(const struct preferences *preferences, const struct place *place)
{
	const struct setting_pair *pair;
	char text[PATH_MAX];

	if (place->key) {
		pair = setting_pairs_find(pairs_of(preferences, place->setting), place->key);
		return pair ? memory_strdup(pair->value) : NULL;
	}
	if (place->setting->type == SETTING_TEXT || place->setting->type == SETTING_PATH) {
		const char *held = *(char *const *)(const void *)((const char *)preferences + place->setting->offset);

		return held && held[0] ? memory_strdup(held) : NULL;
	}
	settings_format(place->setting, preferences, text, sizeof(text));
	return memory_strdup(text);
}

/* The variable that goes over the file; NULL: none is set. */
static const char *find_variable(const struct place *place, char *ret_name, size_t size)
{
	const char *value;

	if (place->key)
		return NULL;
	settings_variable_name(PREFERENCES_PREFIX, place->setting->name, ret_name, size);
	value = getenv(ret_name);
	return value && value[0] ? ret_name : NULL;
}

static const char *origin_of(const struct place *place, const struct buffer *text)
{
	char variable[NAME_SIZE];

	if (find_variable(place, variable, sizeof(variable)))
		return "environment";
	return settings_text_has(text, place->name) ? "file" : "default";
}

static json_t *describe(const struct preferences *preferences, const struct place *place, const struct buffer *text)
{
	AUTO_FREE char *value = value_of(preferences, place);
	json_t *object = json_pack("{s:s, s:s, s:s}", "name", place->name, "from", origin_of(place, text), "summary",
		place->setting->summary);

	if (value)
		(void)json_object_set_new(object, "value", json_string(value));
	return object;
}

/* --- list, get --- */

static const struct view_column list_columns[] = {
	{ .heading = "Setting", .is_kept = true },
	{ .heading = "Value", .is_kept = true, .wraps = true, .least = 12, .shrinks = 2 },
	{ .heading = "From", .shrinks = 3 },
	{ .heading = "What it is", .wraps = true, .least = 20, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Setting", .name = "name" },
	{ .heading = "Value", .name = "value" },
	{ .heading = "From", .name = "from" },
	{ .heading = "What it is", .name = "summary" },
	{ 0 },
};

static const struct report_list settings_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.nothing = "There are no settings.",
};

static void describe_pairs(json_t *objects, const struct preferences *preferences, const struct setting *setting,
	const struct buffer *text)
{
	const struct setting_pairs *pairs = pairs_of(preferences, setting);
	char name[NAME_SIZE];

	for (size_t i = 0; i < pairs->count; i++) {
		const struct place place = { .name = name, .setting = setting, .key = pairs->items[i].key };

		(void)snprintf(name, sizeof(name), "%s.%s", setting->name, place.key);
		(void)json_array_append_new(objects, describe(preferences, &place, text));
	}
}

static json_t *describe_all(const struct preferences *preferences, const struct buffer *text)
{
	json_t *objects = json_array();

	for (const struct setting *setting = preferences_table; setting->name; setting++) {
		const struct place place = { .name = setting->name, .setting = setting };

		if (setting->type == SETTING_PAIRS)
			describe_pairs(objects, preferences, setting, text);
		else
			(void)json_array_append_new(objects, describe(preferences, &place, text));
	}
	return objects;
}

/* The settings in force, and the file's own text. */
static enum error load(struct invocation *invocation, struct buffer *text, struct trouble *trouble)
{
	enum error error = invocation_load_preferences(invocation, trouble);

	return error ? error : preferences_file_read(&invocation->paths, text, trouble);
}

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	struct buffer text;
	enum error error = invocation_refuse_words(invocation, trouble);

	buffer_init(&text);
	if (!error)
		error = load(invocation, &text, trouble);
	if (!error) {
		json_auto_t *objects = describe_all(&invocation->preferences, &text);

		report_objects(invocation, &settings_list, objects);
	}
	buffer_deinit(&text);
	return error;
}

static void print_place(const struct invocation *invocation, const struct place *place, const struct buffer *text)
{
	json_auto_t *object = describe(&invocation->preferences, place, text);
	const char *value = json_string_value(json_object_get(object, "value"));

	if (invocation->arguments.is_json)
		report_json(object);
	else if (value)
		(void)puts(value);
}

static enum error run_get(struct invocation *invocation, struct trouble *trouble)
{
	AUTO_FREE char *value = NULL;
	const char *name;
	struct place place = { .name = NULL };
	struct buffer text;
	enum error error = invocation_take_word(invocation, "setting", &name, trouble);

	buffer_init(&text);
	if (!error)
		error = find_place(name, &place, trouble);
	if (!error)
		error = load(invocation, &text, trouble);
	if (!error)
		value = value_of(&invocation->preferences, &place);
	if (!error && !value)
		error = trouble_set(trouble, ERROR_NOT_FOUND, "`%s` is not set", name);
	if (!error)
		print_place(invocation, &place, &text);
	buffer_deinit(&text);
	return error;
}

/* --- set, unset --- */

static enum error check_pair(const struct place *place, const char *value, struct trouble *trouble)
{
	struct buffer reason;
	enum error error = ERROR_NONE;

	buffer_init(&reason);
	if (!place->setting->check_pair(place->key, value, &reason)) {
		error = trouble_usage(trouble, "%s", buffer_text(&reason));
		trouble_advise(trouble, "what there is: man taskctl-config");
	}
	buffer_deinit(&reason);
	return error;
}

static enum error check_value(
	struct invocation *invocation, const struct place *place, const char *value, struct trouble *trouble)
{
	struct preferences *preferences = &invocation->preferences;
	struct refusal refusal;

	if (!value[strspn(value, " \t")]) {
		(void)trouble_usage(trouble, "the value of `%s` is empty", place->name);
		trouble_advise(trouble, "to go back to what it is by itself: taskctl config unset %s", place->name);
		return ERROR_INVALID_PARAMS;
	}
	if (place->setting->check_pair)
		return check_pair(place, value, trouble);
	if (place->key)
		return alias_check(preferences, place->key, value, trouble);
	if (strcmp(place->name, "default_command") == 0)
		return alias_check_words(preferences, value, trouble);
	if (settings_set(preferences_table, "config set", place->name, value, preferences, &refusal))
		return trouble_refused(trouble, &refusal);
	return ERROR_NONE;
}

static void warn_of_variable(const struct place *place)
{
	char variable[NAME_SIZE];

	if (find_variable(place, variable, sizeof(variable)))
		trouble_warn("%s is set, and goes over it", variable);
}

static enum error print_changed(
	struct invocation *invocation, const struct place *place, const char *value, struct trouble *trouble)
{
	struct buffer text;
	enum error error;

	buffer_init(&text);
	error = load(invocation, &text, trouble);
	if (!error && invocation->arguments.is_json)
		print_place(invocation, place, &text);
	buffer_deinit(&text);
	if (value)
		report_say(invocation, "Set %s to %s.", place->name, value);
	else
		report_say(invocation, "Unset %s.", place->name);
	warn_of_variable(place);
	return error;
}

static enum error change(struct invocation *invocation, const char *name, const char *value, struct trouble *trouble)
{
	struct place place = { .name = NULL };
	enum error error = find_place(name, &place, trouble);

	if (!error && value)
		error = invocation_load_preferences(invocation, trouble);
	if (!error && value)
		error = check_value(invocation, &place, value, trouble);
	if (!error)
		error = paths_find(&invocation->paths, trouble);
	if (!error)
		error = preferences_file_put(&invocation->paths, name, value, trouble);
	return error ? error : print_changed(invocation, &place, value, trouble);
}

static enum error run_set(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (words->count == 2)
		return change(invocation, words->items[0].text, words->items[1].text, trouble);
	(void)trouble_usage(trouble, words->count < 2 ? "a setting and its value are wanted"
						      : "a value of several words is one argument, in quotes");
	trouble_advise(trouble, "for example: taskctl config set default_command 'next +work'");
	return ERROR_INVALID_PARAMS;
}

static enum error run_unset(struct invocation *invocation, struct trouble *trouble)
{
	const char *name;
	enum error error = invocation_take_word(invocation, "setting", &name, trouble);

	return error ? error : change(invocation, name, NULL, trouble);
}

/* --- edit --- */

static enum error run_edit(struct invocation *invocation, struct trouble *trouble)
{
	enum preferences_edit_end end = PREFERENCES_AS_THEY_WERE;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = paths_find(&invocation->paths, trouble);
	if (!error)
		error = preferences_edit(&invocation->paths, &end, trouble);
	if (!error)
		report_say(invocation,
			end == PREFERENCES_CHANGED ? "The settings are changed." : "The settings are as they were.");
	return error;
}

/* --- the table --- */

static const struct command_example get_examples[] = {
	{ "config get color", "never, if that is how it is set" },
	{ NULL, NULL },
};

static const struct command_example set_examples[] = {
	{ "config set default_command 'next +work'", "what taskctl alone does" },
	{ "config set week_start sunday", "sow, eow and the like go by it" },
	{ NULL, NULL },
};

const struct command config_commands[] = {
	{ .name = "config list",
		.summary = "List the settings of taskctl, and where each comes from",
		.usage = "",
		.is_offline = true,
		.run = run_list },
	{ .name = "config get",
		.summary = "Print a setting, as it is in force",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.examples = get_examples,
		.is_offline = true,
		.run = run_get },
	{ .name = "config set",
		.summary = "Change a setting in the file",
		.usage = "NAME VALUE",
		.details = "The file's other lines stay as they are. man taskctl-config has all settings.",
		.words = COMMAND_NAMES,
		.examples = set_examples,
		.is_offline = true,
		.run = run_set },
	{ .name = "config unset",
		.summary = "Take a setting out of the file, so that it is what it is by itself",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.is_offline = true,
		.run = run_unset },
	{ .name = "config edit",
		.summary = "Edit the settings file in your editor",
		.usage = "",
		.details = "That of VISUAL or EDITOR. What cannot be read afterwards is not taken over, and not lost.",
		.is_offline = true,
		.run = run_edit },
	{ .name = NULL },
};
