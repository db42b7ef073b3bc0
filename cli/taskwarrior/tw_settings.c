/* Settings as programs around Taskwarrior read them: what the table has, reports, fields and contexts of the account.
 */
#include "active_context.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_report.h"
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTING_WIDTH 32u /* of names, where values stand beside them */
#define NAME_SIZE     64u /* of a field's, with its NUL */

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static void put(json_t *values, const char *kind, const char *name, const char *what, const char *value)
{
	struct buffer key;

	buffer_init(&key);
	buffer_printf(&key, "%s.%s.%s", kind, name, what);
	(void)json_object_set_new(values, buffer_text(&key), json_string(value));
	buffer_deinit(&key);
}

/* --- where they come from --- */

static void put_usual(json_t *values)
{
	const struct tw_setting *setting;

	for (size_t i = 0; (setting = tw_rc_usual(i)); i++)
		(void)json_object_set_new(values, setting->name, json_string(setting->value));
}

static void put_aliases(json_t *values)
{
	const struct tw_alias *alias;
	struct buffer name;

	for (size_t i = 0; (alias = tw_command_alias(i)); i++) {
		buffer_init(&name);
		buffer_printf(&name, "alias.%s", alias->name);
		(void)json_object_set_new(values, buffer_text(&name), json_string(alias->command));
		buffer_deinit(&name);
	}
}

static void put_reports(json_t *values)
{
	const struct tw_report *report;

	for (size_t i = 0; (report = tw_report_at(i)); i++) {
		put(values, "report", report->name, "columns", report->columns);
		put(values, "report", report->name, "description", report->description);
		put(values, "report", report->name, "filter", report->filter);
		put(values, "report", report->name, "labels", report->labels);
		put(values, "report", report->name, "sort", report->sort);
	}
}

static const char *their_type(const char *type)
{
	return strcmp(type, "number") == 0 ? "numeric" : type;
}

static void put_fields(json_t *values, const json_t *fields)
{
	const json_t *field;
	size_t index;

	json_array_foreach (fields, index, field) {
		const char *name = text_of(field, "name");
		const char *label = text_of(field, "label");
		const json_t *choice;
		size_t at;
		struct buffer choices;

		put(values, "uda", name, "type", their_type(text_of(field, "type")));
		put(values, "uda", name, "label", label[0] ? label : name);
		buffer_init(&choices);
		json_array_foreach (json_object_get(field, "choices"), at, choice)
			buffer_printf(&choices, "%s%s", at ? "," : "", json_string_value(choice));
		if (choices.length)
			put(values, "uda", name, "values", buffer_text(&choices));
		buffer_deinit(&choices);
	}
}

static void put_contexts(json_t *values, const json_t *contexts)
{
	const json_t *context;
	size_t index;

	json_array_foreach (contexts, index, context) {
		put(values, "context", text_of(context, "name"), "read", text_of(context, "read_filter"));
		put(values, "context", text_of(context, "name"), "write", "");
	}
}

static enum error put_active(struct tw *tw, json_t *values, struct trouble *trouble)
{
	AUTO_FREE char *name = NULL;
	enum error error = active_context_find(tw->invocation, &name, trouble);

	if (!error && name)
		(void)json_object_set_new(values, "context", json_string(name));
	return error;
}

/* All of them; what the line says goes over what holds otherwise. */
static enum error collect(struct tw *tw, json_t *values, struct trouble *trouble)
{
	json_auto_t *contexts = NULL;
	enum error error = tw_load_fields(tw, trouble);

	if (!error)
		error = invocation_collect(
			tw->invocation, CALLER_ACCOUNT, "context.list", "contexts", &contexts, trouble);
	if (!error)
		error = put_active(tw, values, trouble);
	if (error)
		return error;
	put_usual(values);
	put_aliases(values);
	put_reports(values);
	put_fields(values, tw->fields);
	put_contexts(values, contexts);
	(void)json_object_update(values, tw->line.rc.said);
	return ERROR_NONE;
}

enum error tw_append_setting(struct tw *tw, const char *name, struct buffer *out, struct trouble *trouble)
{
	const char *value = tw_rc_get(&tw->line.rc, name);
	json_auto_t *values = NULL;
	enum error error;

	if (value) {
		buffer_append_text(out, value);
		return ERROR_NONE;
	}
	values = json_object();
	error = collect(tw, values, trouble);
	if (!error)
		buffer_append_text(out, text_of(values, name));
	return error;
}

/* --- how they are shown --- */

static int compare_names(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

static void print_pair(const char *name, const char *between, const char *value)
{
	struct buffer line;

	buffer_init(&line);
	terminal_clean(&line, name, strlen(name));
	buffer_append_text(&line, between);
	terminal_clean(&line, value, strlen(value));
	(void)puts(buffer_text(&line));
	buffer_deinit(&line);
}

static void print_name(const char *name, const char *value)
{
	(void)value;
	print_pair(name, "", "");
}

static void print_assignment(const char *name, const char *value)
{
	print_pair(name, "=", value);
}

static void print_row(const char *name, const char *value)
{
	char padding[SETTING_WIDTH + 1];
	size_t length = strlen(name);

	(void)snprintf(padding, sizeof(padding), "%*s", length < SETTING_WIDTH ? (int)(SETTING_WIDTH - length) : 1, "");
	print_pair(name, padding, value);
}

typedef void print_function(const char *name, const char *value);

/* In the order of their names; those that have `part` in theirs. Gives how many there were. */
static size_t print_settings(const json_t *values, const char *part, print_function *print)
{
	size_t count = json_object_size(values);
	AUTO_FREE const char **names = memory_array(count, sizeof(*names));
	const char *name;
	json_t *value;
	size_t at = 0;
	size_t shown = 0;

	json_object_foreach ((json_t *)(uintptr_t)values, name, value)
		names[at++] = name;
	qsort(names, count, sizeof(*names), compare_names);
	for (size_t i = 0; i < count; i++)
		if (strstr(names[i], part)) {
			print(names[i], text_of(values, names[i]));
			shown++;
		}
	return shown;
}

static enum error print_all(
	struct tw *tw, const char *part, print_function *print, size_t *ret_count, struct trouble *trouble)
{
	json_auto_t *values = json_object();
	enum error error = collect(tw, values, trouble);

	if (!error)
		*ret_count = print_settings(values, part, print);
	return error;
}

/* --- the commands --- */

enum error tw_run_settings(struct tw *tw, struct trouble *trouble)
{
	size_t count;

	return print_all(tw, "", print_assignment, &count, trouble);
}

enum error tw_run_setting_names(struct tw *tw, struct trouble *trouble)
{
	size_t count;

	return print_all(tw, "", print_name, &count, trouble);
}

enum error tw_run_show(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	bool is_all = !words->count || strcmp(words->items[0].text, "all") == 0;
	size_t count = 0;
	enum error error;

	if (tw_rc_says(&tw->line.rc, "label")) {
		(void)putchar('\n');
		print_row("Config Variable", "Value");
	}
	error = print_all(tw, is_all ? "" : words->items[0].text, print_row, &count, trouble);
	if (error || count)
		return error;
	tw_note(tw, "No matching configuration variables.");
	return tw_fail(trouble);
}

/* --- config --- */

/* uda.NAME.type makes a field of one's own; ret_type is the daemon's word for it. False: it is something else. */
static bool names_field(const struct word_list *words, char ret_name[NAME_SIZE], const char **ret_type)
{
	static const struct {
		const char *theirs, *ours;
	} types[] = { { "numeric", "number" }, { "string", "string" }, { "date", "date" }, { "duration", "duration" } };
	int end = 0;

	if (words->count != 2 || sscanf(words->items[0].text, "uda.%63[^.].type%n", ret_name, &end) != 1 || !end ||
		words->items[0].text[end])
		return false;
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (strcmp(types[i].theirs, words->items[1].text) == 0)
			*ret_type = types[i].ours;
	return *ret_type;
}

enum error tw_run_config(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	char name[NAME_SIZE];
	const char *type = NULL;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error;

	if (!names_field(words, name, &type)) {
		(void)trouble_usage(trouble, "there is no .taskrc here that could be changed");
		trouble_advise(trouble, "settings: taskctl config list; for one line: task rc.NAME=VALUE …; "
					"fields of your own: task config uda.NAME.type numeric");
		return ERROR_INVALID_PARAMS;
	}
	params = json_pack("{s:s, s:s}", "name", name, "type", type);
	if (!params)
		return trouble_usage(trouble, "the name is not UTF-8");
	error = invocation_change(tw->invocation, "field.define", params, &result, trouble);
	if (!error)
		tw_say(tw, "affected", "Defined the attribute %s.", name);
	return error;
}
