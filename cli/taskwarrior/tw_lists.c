/* What scripts and completions ask: how many, which ids, which uuids, which projects and tags. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "task_fields.h"
#include "taskwarrior/tw.h"
#include "taskwarrior/tw_attribute.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static bool is_over(const json_t *task)
{
	return strcmp(text_of(task, "status"), "completed") == 0 || strcmp(text_of(task, "status"), "deleted") == 0;
}

/* --- count --- */

enum error tw_run_count(struct tw *tw, struct trouble *trouble)
{
	AUTO_FREE char *filter = NULL;
	json_auto_t *params = NULL;
	json_auto_t *result = NULL;
	enum error error = tw_filter_of_line(tw, &filter, trouble);

	if (error)
		return error;
	params = json_pack("{s:s}", "filter", filter);
	error = invocation_call(tw->invocation, "task.count", params, &result, trouble);
	if (!error)
		(void)printf("%" JSON_INTEGER_FORMAT "\n", json_integer_value(json_object_get(result, "count")));
	return error;
}

/* --- ids --- */

/* Those that are open, ascending as the daemon lists them. */
static json_t *open_ids(const json_t *tasks)
{
	json_t *ids = json_array();
	const json_t *task;
	size_t index;

	json_array_foreach (tasks, index, task)
		if (!is_over(task))
			(void)json_array_append(ids, json_object_get(task, "id"));
	return ids;
}

/* "1-3 5": neighbours as a range. */
static void append_ranges(struct buffer *out, const json_t *ids)
{
	size_t count = json_array_size(ids);

	for (size_t i = 0; i < count;) {
		json_int_t first = json_integer_value(json_array_get(ids, i));
		json_int_t last = first;

		while (++i < count && json_integer_value(json_array_get(ids, i)) == last + 1)
			last++;
		buffer_printf(out, "%s%" JSON_INTEGER_FORMAT, out->length ? " " : "", first);
		if (last > first)
			buffer_printf(out, "-%" JSON_INTEGER_FORMAT, last);
	}
}

enum error tw_run_ids(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *tasks = NULL;
	json_auto_t *ids = NULL;
	struct buffer out;
	enum error error = tw_find_tasks(tw, &tasks, trouble);

	if (error)
		return error;
	ids = open_ids(tasks);
	buffer_init(&out);
	append_ranges(&out, ids);
	(void)puts(buffer_text(&out));
	buffer_deinit(&out);
	return ERROR_NONE;
}

static enum error print_each(
	struct tw *tw, void (*print)(const json_t *task), bool has_ended_ones, struct trouble *trouble)
{
	json_auto_t *tasks = NULL;
	const json_t *task;
	size_t index;
	enum error error = tw_find_tasks(tw, &tasks, trouble);

	json_array_foreach (tasks, index, task)
		if (has_ended_ones || !is_over(task))
			print(task);
	return error;
}

static void print_cleaned(const char *text)
{
	struct buffer out;

	buffer_init(&out);
	terminal_clean(&out, text, strlen(text));
	(void)puts(buffer_text(&out));
	buffer_deinit(&out);
}

static void print_id(const json_t *task)
{
	(void)printf("%" JSON_INTEGER_FORMAT "\n", json_integer_value(json_object_get(task, "id")));
}

static void print_uuid(const json_t *task)
{
	(void)puts(text_of(task, "uuid"));
}

static void print_zsh_id(const json_t *task)
{
	(void)printf("%" JSON_INTEGER_FORMAT ":", json_integer_value(json_object_get(task, "id")));
	print_cleaned(text_of(task, "title"));
}

static void print_zsh_uuid(const json_t *task)
{
	(void)printf("%s:", text_of(task, "uuid"));
	print_cleaned(text_of(task, "title"));
}

static void print_urgency(const json_t *task)
{
	double urgency = json_number_value(json_object_get(task, "urgency"));

	if (is_over(task))
		(void)printf("task %s urgency %.3g\n", text_of(task, "uuid"), urgency);
	else
		(void)printf("task %" JSON_INTEGER_FORMAT " urgency %.3g\n",
			json_integer_value(json_object_get(task, "id")), urgency);
}

enum error tw_run_id_list(struct tw *tw, struct trouble *trouble)
{
	return print_each(tw, print_id, false, trouble);
}

enum error tw_run_uuid_list(struct tw *tw, struct trouble *trouble)
{
	return print_each(tw, print_uuid, true, trouble);
}

enum error tw_run_zsh_ids(struct tw *tw, struct trouble *trouble)
{
	return print_each(tw, print_zsh_id, false, trouble);
}

enum error tw_run_zsh_uuids(struct tw *tw, struct trouble *trouble)
{
	return print_each(tw, print_zsh_uuid, true, trouble);
}

enum error tw_run_urgency(struct tw *tw, struct trouble *trouble)
{
	return print_each(tw, print_urgency, true, trouble);
}

enum error tw_run_uuids(struct tw *tw, struct trouble *trouble)
{
	json_auto_t *tasks = NULL;
	const json_t *task;
	size_t index;
	enum error error = tw_find_tasks(tw, &tasks, trouble);

	if (error)
		return error;
	json_array_foreach (tasks, index, task)
		(void)printf("%s%s", index ? " " : "", text_of(task, "uuid"));
	(void)putchar('\n');
	return ERROR_NONE;
}

/* --- values --- */

static int compare_texts(const void *one, const void *other)
{
	return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* Each once, in order. */
static void print_sorted(const json_t *values)
{
	size_t count = json_array_size(values);
	AUTO_FREE const char **texts = memory_array(count, sizeof(*texts));

	for (size_t i = 0; i < count; i++)
		texts[i] = json_string_value(json_array_get(values, i));
	qsort(texts, count, sizeof(*texts), compare_texts);
	for (size_t i = 0; i < count; i++)
		if (texts[i][0] && (!i || strcmp(texts[i], texts[i - 1]) != 0))
			print_cleaned(texts[i]);
}

static void add_value(json_t *values, const json_t *task, const char *member)
{
	const json_t *value = task_field_value(task, member);
	struct buffer text;
	json_t *item;
	size_t index;

	if (json_is_array(value)) {
		json_array_foreach ((json_t *)(uintptr_t)value, index, item)
			(void)json_array_append(values, item);
		return;
	}
	buffer_init(&text);
	task_field_append(&text, task, member);
	(void)json_array_append_new(values, json_string(buffer_text(&text)));
	buffer_deinit(&text);
}

static enum error print_values(struct tw *tw, const char *member, struct trouble *trouble)
{
	json_auto_t *tasks = NULL;
	json_auto_t *values = json_array();
	const json_t *task;
	size_t index;
	enum error error = tw_find_tasks(tw, &tasks, trouble);

	if (error)
		return error;
	json_array_foreach (tasks, index, task)
		add_value(values, task, member);
	print_sorted(values);
	return ERROR_NONE;
}

/* The attribute stands behind the command, and with it more of the filter may. */
enum error tw_run_unique(struct tw *tw, struct trouble *trouble)
{
	const struct word_list *words = &tw->line.words;
	const struct tw_attribute *attribute;
	struct buffer field;
	enum error error;

	if (!words->count)
		return trouble_usage(trouble, "An attribute must be specified.  See 'task _columns'.");
	attribute = tw_attribute_find(words->items[0].text, strlen(words->items[0].text));
	if (attribute && !attribute->member)
		return ERROR_NONE;
	for (size_t i = 1; i < words->count; i++)
		word_list_add(&tw->line.filter, words->items[i].text, words->items[i].is_literal);
	buffer_init(&field);
	buffer_printf(&field, TASK_FIELD_CUSTOM "%s", words->items[0].text);
	error = print_values(tw, attribute ? attribute->member : buffer_text(&field), trouble);
	buffer_deinit(&field);
	return error;
}

/* --- labels --- */

static void print_names(const json_t *objects, const char *member)
{
	const json_t *object;
	size_t index;

	json_array_foreach (objects, index, object)
		if (*text_of(object, member))
			print_cleaned(text_of(object, member));
}

static enum error print_labels(
	struct tw *tw, const char *method, const char *name, const char *member, struct trouble *trouble)
{
	json_auto_t *objects = NULL;
	enum error error = invocation_collect(tw->invocation, CALLER_ACCOUNT, method, name, &objects, trouble);

	if (!error)
		print_names(objects, member);
	return error;
}

enum error tw_run_projects(struct tw *tw, struct trouble *trouble)
{
	return print_labels(tw, "project.list", "projects", "project", trouble);
}

enum error tw_run_tags(struct tw *tw, struct trouble *trouble)
{
	return print_labels(tw, "tag.list", "tags", "tag", trouble);
}

enum error tw_run_contexts(struct tw *tw, struct trouble *trouble)
{
	return print_labels(tw, "context.list", "contexts", "name", trouble);
}

enum error tw_run_udas(struct tw *tw, struct trouble *trouble)
{
	enum error error = tw_load_fields(tw, trouble);

	if (error)
		return error;
	print_names(tw->fields, "name");
	(void)puts("priority");
	return ERROR_NONE;
}
