/* A task that Taskwarrior has exported. */
#include "methods/taskwarrior.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "methods/import_values.h"
#include "tasks/custom_field.h"
#include "tasks/series.h"

#include <stdlib.h>
#include <string.h>

#define IMASK_LIMIT 1000000

/* An item on its way, and what only the whole of it can tell. */
struct reading {
	struct import_reader *reader;
	struct import_item *item;
	struct task_value *custom; /* room for one of each member */
	int64_t end;               /* when it was completed or deleted */
	const char *parent;        /* the template of an instance */
	const char *mask;
};

typedef enum error (*member_reader)(struct reading *reading, const char *name, const json_t *value);

/* --- texts --- */

/* One line: what a terminal would obey, and the feeds that Taskwarrior allows, become spaces. */
static char *read_line(struct reading *reading, const char *name, const char *text)
{
	char *line = arena_strdup(reading->reader->arena, text);
	size_t length = strlen(line);
	bool is_changed = false;

	for (size_t i = 0; i < length; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == '\x7f') {
			line[i] = ' ';
			is_changed = true;
		}
	if (is_changed)
		import_item_warn(reading->reader, reading->item, "control characters in %s became spaces", name);
	return line;
}

static enum error read_text(struct reading *reading, const char *name, const json_t *value, char **ret_line)
{
	const char *text;
	enum error error = import_value_text(reading->reader, name, value, &text);

	if (!error)
		*ret_line = read_line(reading, name, text);
	return error;
}

/* What is longer than a title may be goes on in the note. */
static enum error read_description(struct reading *reading, const char *name, const json_t *value)
{
	struct task *task = &reading->item->task;
	char *line;
	enum error error = read_text(reading, name, value, &line);

	if (error)
		return error;
	if (strlen(line) > TASK_TITLE_LIMIT) {
		task->note = arena_strdup(reading->reader->arena, line);
		line[text_whole_length(line, TASK_TITLE_LIMIT)] = '\0';
		import_item_warn(reading->reader, reading->item,
			"description is longer than %u bytes; the whole of it is in the note", TASK_TITLE_LIMIT);
	}
	task->title = line;
	return ERROR_NONE;
}

static enum error read_note(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_text(reading->reader, name, value, &reading->item->task.note);
}

static enum error read_project(struct reading *reading, const char *name, const json_t *value)
{
	char *project = NULL;
	enum error error = read_text(reading, name, value, &project);

	if (!error && project[0])
		reading->item->task.project = project;
	return error;
}

static enum error read_priority(struct reading *reading, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);

	(void)name;
	if (text && !text[0])
		return ERROR_NONE;
	return task_parse_priority(text ? text : "", &reading->item->task.priority, reading->reader->refusal);
}

/* --- states and times --- */

static enum error read_status(struct reading *reading, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);

	(void)name;
	if (text && !strcmp(text, "waiting"))
		return ERROR_NONE; /* pending, with a wait */
	return task_parse_status(text ? text : "", &reading->item->task.status, reading->reader->refusal);
}

static enum error read_end(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_time(reading->reader, name, value, DATE_DAY_START, &reading->end);
}

static const struct {
	const char *name;
	size_t offset;
	enum date_edge edge;
} times[] = {
	{ "due", offsetof(struct task, due), DATE_DAY_END },
	{ "entry", offsetof(struct task, created), DATE_DAY_START },
	{ "modified", offsetof(struct task, modified), DATE_DAY_START },
	{ "scheduled", offsetof(struct task, scheduled), DATE_DAY_START },
	{ "start", offsetof(struct task, started), DATE_DAY_START },
	{ "until", offsetof(struct task, until), DATE_DAY_END },
	{ "wait", offsetof(struct task, wait), DATE_DAY_START },
};

static enum error read_time(struct reading *reading, const char *name, const json_t *value)
{
	for (size_t i = 0; i < COUNT_OF(times); i++)
		if (!strcmp(times[i].name, name))
			return import_value_time(reading->reader, name, value, times[i].edge,
				(int64_t *)(void *)((char *)&reading->item->task + times[i].offset));
	return ERROR_INTERNAL;
}

/* --- lists --- */

/* "a,b" as an array: older versions wrote lists that way. */
static json_t *split(const json_t *value)
{
	json_t *array = json_array();
	const char *text = json_string_value(value);

	while (*text) {
		size_t length = strcspn(text, ",");

		if (length)
			(void)json_array_append_new(array, json_stringn(text, length));
		text += length + (text[length] == ',');
	}
	return array;
}

static json_t *list_of(const json_t *value)
{
	return json_is_string(value) ? split(value) : json_incref((json_t *)(uintptr_t)value);
}

static enum error read_tags(struct reading *reading, const char *name, const json_t *value)
{
	json_auto_t *list = list_of(value);
	size_t count = json_array_size(list);
	const char **tags = arena_array(reading->reader->arena, count, sizeof(*tags));
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		error = import_value_text(reading->reader, name, json_array_get(list, i), &tags[i]);
	if (error)
		return error;
	reading->item->task.tags = tags;
	reading->item->task.tag_count = task_sort_tags(tags, count);
	return ERROR_NONE;
}

static enum error read_depends(struct reading *reading, const char *name, const json_t *value)
{
	json_auto_t *list = list_of(value);

	return import_value_uuids(reading->reader, name, list, TASK_DEPENDS_LIMIT, &reading->item->relatives.depends,
		&reading->item->task.depend_count);
}

/* Empty ones there are, and they say nothing. */
static json_t *clean_annotations(struct reading *reading, const json_t *value)
{
	json_t *clean = json_array();
	const json_t *item;
	size_t index;

	json_array_foreach ((json_t *)(uintptr_t)value, index, item) {
		const char *text = json_string_value(json_object_get(item, "description"));

		if (text && text[0])
			(void)json_array_append_new(
				clean, json_pack("{s:O?, s:s}", "entry", json_object_get(item, "entry"), "description",
					       read_line(reading, "annotations", text)));
		else if (!text)
			(void)json_array_append(clean, (json_t *)(uintptr_t)item);
	}
	return clean;
}

static enum error read_annotations(struct reading *reading, const char *name, const json_t *value)
{
	json_auto_t *clean = clean_annotations(reading, value);

	(void)name;
	return import_value_annotations(reading->reader, clean, "entry", "description", &reading->item->task);
}

/* --- recurrence --- */

static enum error read_uuid(struct reading *reading, const char *name, const json_t *value)
{
	const char *uuid;
	enum error error = import_value_uuid(reading->reader, name, value, &uuid);

	if (!error)
		memcpy(reading->item->task.uuid, uuid, TASK_UUID_LENGTH + 1);
	return error;
}

static enum error read_parent(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_uuid(reading->reader, name, value, &reading->parent);
}

static enum error read_partof(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_uuid(reading->reader, name, value, &reading->item->relatives.parent);
}

static enum error read_recur(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_text(reading->reader, name, value, &reading->item->task.recur);
}

static enum error read_rtype(struct reading *reading, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);

	(void)name;
	if (text && !strcmp(text, "chained"))
		reading->item->task.recur_from = series_from_names[SERIES_FROM_COMPLETION];
	return ERROR_NONE;
}

static enum error read_mask(struct reading *reading, const char *name, const json_t *value)
{
	return import_value_text(reading->reader, name, value, &reading->mask);
}

/* Some versions wrote it as text, and some as 3.000000. */
static enum error read_imask(struct reading *reading, const char *name, const json_t *value)
{
	double number = json_is_string(value) ? strtod(json_string_value(value), NULL) : json_number_value(value);

	if (!(number >= 0 && number <= IMASK_LIMIT))
		return refuse(reading->reader->refusal, ERROR_INVALID_PARAMS, name, "imask must be a number from 0");
	reading->item->task.occurrence = (int64_t)number;
	return ERROR_NONE;
}

static enum error read_nothing(struct reading *reading, const char *name, const json_t *value)
{
	(void)reading;
	(void)name;
	(void)value;
	return ERROR_NONE;
}

/* --- custom fields --- */

/* Small letters, digits and _; what still is none, or means something else, gets x_ in front. */
static const char *custom_name(struct reading *reading, const char *name)
{
	char *custom = arena_printf(reading->reader->arena, "x_%.*s", (int)TASK_CUSTOM_NAME_LIMIT - 2, name);

	for (char *at = custom; *at; at++) {
		*at = text_ascii_lower(*at);
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", *at))
			*at = '_';
	}
	if (!custom_field_check_name(name, NULL))
		return arena_strdup(reading->reader->arena, name);
	if (!custom_field_check_name(custom + 2, NULL))
		custom += 2;
	import_item_warn(reading->reader, reading->item, "%.64s is called %s here", name, custom);
	return custom;
}

static enum error read_custom(struct reading *reading, const char *name, const json_t *value)
{
	struct task *task = &reading->item->task;
	struct task_value *custom = &reading->custom[task->custom_count];
	enum error error;

	if (json_is_string(value) && !json_string_length(value))
		return ERROR_NONE;
	custom->name = custom_name(reading, name);
	error = import_value_custom(reading->reader, custom->name, value, &custom->value);
	if (error)
		return error;
	if (json_is_string(value))
		custom->value = read_line(reading, name, custom->value);
	task->custom_count++;
	return ERROR_NONE;
}

static int compare_names(const void *left, const void *right)
{
	const struct task_value *a = left;
	const struct task_value *b = right;

	return strcmp(a->name, b->name);
}

/* Two names may have become the same. */
static void settle_custom(struct reading *reading)
{
	struct task *task = &reading->item->task;
	size_t kept = 0;

	task->custom = reading->custom;
	if (task->custom_count)
		qsort(reading->custom, task->custom_count, sizeof(*reading->custom), compare_names);
	for (size_t i = 0; i < task->custom_count; i++)
		if (kept && !strcmp(reading->custom[kept - 1].name, reading->custom[i].name))
			import_item_warn(reading->reader, reading->item, "%s stands there twice; one was left out",
				reading->custom[i].name);
		else
			reading->custom[kept++] = reading->custom[i];
	task->custom_count = kept;
}

/* --- the whole --- */

static const struct {
	const char *name;
	member_reader read;
} members[] = {
	{ "annotations", read_annotations },
	{ "depends", read_depends },
	{ "description", read_description },
	{ "due", read_time },
	{ "end", read_end },
	{ "entry", read_time },
	{ "id", read_nothing },
	{ "imask", read_imask },
	{ "mask", read_mask },
	{ "modified", read_time },
	{ "note", read_note },
	{ "parent", read_parent },
	{ "partof", read_partof },
	{ "priority", read_priority },
	{ "project", read_project },
	{ "recur", read_recur },
	{ "rtype", read_rtype },
	{ "scheduled", read_time },
	{ "start", read_time },
	{ "status", read_status },
	{ "tags", read_tags },
	{ "until", read_time },
	{ "urgency", read_nothing },
	{ "uuid", read_uuid },
	{ "wait", read_time },
};

static enum error read_member(struct reading *reading, const char *name, const json_t *value)
{
	for (size_t i = 0; i < COUNT_OF(members); i++)
		if (!strcmp(members[i].name, name))
			return members[i].read(reading, name, value);
	return read_custom(reading, name, value);
}

static void settle_series(struct reading *reading)
{
	struct task *task = &reading->item->task;

	if (reading->parent) {
		reading->item->relatives.series = reading->parent;
		task->recur = NULL; /* its template has it */
		task->recur_from = NULL;
		return;
	}
	task->occurrence = TASK_NO_TIME;
	if (!task->recur || task->status == TASK_PENDING) {
		task->recur = NULL;
		task->recur_from = NULL;
	} else if (reading->mask && reading->mask[0]) {
		task->occurrence = (int64_t)strlen(reading->mask) - 1;
	}
}

static void settle_end(struct reading *reading)
{
	struct task *task = &reading->item->task;

	if (task->status == TASK_COMPLETED)
		task->completed = reading->end;
	if (task->status == TASK_DELETED)
		task->deleted = reading->end;
}

enum error taskwarrior_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item)
{
	json_t *root = (json_t *)(uintptr_t)object;
	struct reading reading = { .reader = reader,
		.item = ret_item,
		.custom = arena_array(reader->arena, json_object_size(object), sizeof(*reading.custom)),
		.end = TASK_NO_TIME };
	enum error error = ERROR_NONE;

	*ret_item = (struct import_item){ .task = task_empty };
	ret_item->task.created = TASK_NO_TIME;
	ret_item->task.modified = TASK_NO_TIME;
	for (void *place = json_object_iter(root); !error && place; place = json_object_iter_next(root, place))
		if (!json_is_null(json_object_iter_value(place)))
			error = read_member(&reading, json_object_iter_key(place), json_object_iter_value(place));
	if (error)
		return error;
	settle_custom(&reading);
	settle_series(&reading);
	settle_end(&reading);
	return ERROR_NONE;
}
