/* An item of an import in the own format (see task_line.h). */
#include "methods/import_values.h"

#include "tasks/task_field.h"

#include <stdlib.h>
#include <string.h>

#define COUNT_LIMIT ((INT64_C(1) << 53) - 1)

static enum error read_status(struct import_reader *reader, const json_t *value, struct task *task)
{
	const char *text = json_string_value(value);

	return task_parse_status(text ? text : "", &task->status, reader->refusal);
}

static enum error read_priority(struct import_reader *reader, const json_t *value, struct task *task)
{
	const char *text = json_string_value(value);

	return task_parse_priority(text ? text : "", &task->priority, reader->refusal);
}

static enum error read_tags(struct import_reader *reader, const json_t *value, struct task *task)
{
	size_t count = json_array_size(value);
	const char **tags = arena_array(reader->arena, count, sizeof(*tags));
	enum error error = ERROR_NONE;

	if (!json_is_array(value))
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "tags", "tags must be a list of texts");
	for (size_t i = 0; !error && i < count; i++)
		error = import_value_text(reader, "tags", json_array_get(value, i), &tags[i]);
	if (error)
		return error;
	task->tags = tags;
	task->tag_count = task_sort_tags(tags, count);
	return ERROR_NONE;
}

static int compare_names(const void *left, const void *right)
{
	const struct task_value *a = left;
	const struct task_value *b = right;

	return strcmp(a->name, b->name);
}

static enum error read_custom(struct import_reader *reader, const json_t *object, struct task *task)
{
	size_t count = 0;
	struct task_value *custom = arena_array(reader->arena, json_object_size(object), sizeof(*custom));
	void *place = json_object_iter((json_t *)(uintptr_t)object);
	enum error error = ERROR_NONE;

	if (!json_is_object(object))
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "fields", "fields must be an object");
	for (; !error && place; place = json_object_iter_next((json_t *)(uintptr_t)object, place), count++) {
		custom[count].name = arena_strdup(reader->arena, json_object_iter_key(place));
		error = import_value_custom(
			reader, custom[count].name, json_object_iter_value(place), &custom[count].value);
	}
	if (count)
		qsort(custom, count, sizeof(*custom), compare_names);
	task->custom = custom;
	task->custom_count = count;
	return error;
}

static enum date_edge edge_of(const char *name)
{
	return strcmp(name, "due") == 0 || strcmp(name, "until") == 0 ? DATE_DAY_END : DATE_DAY_START;
}

static enum error read_field(
	struct import_reader *reader, const struct task_field *field, const json_t *value, struct import_item *item)
{
	struct task *task = &item->task;
	void *place = (char *)task + field->offset;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		return import_value_text(reader, field->name, value, place);
	case TASK_FIELD_INTEGER:
	case TASK_FIELD_COUNT:
		return import_value_integer(reader, field->name, value, 0, COUNT_LIMIT, place);
	case TASK_FIELD_TIME:
		return import_value_time(reader, field->name, value, edge_of(field->name), place);
	case TASK_FIELD_REFERENCE:
		return import_value_uuid(reader, field->name, value,
			field->offset == offsetof(struct task, parent) ? &item->relatives.parent
								       : &item->relatives.series);
	case TASK_FIELD_STATUS:
		return read_status(reader, value, task);
	case TASK_FIELD_PRIORITY:
		return read_priority(reader, value, task);
	case TASK_FIELD_TAGS:
		return read_tags(reader, value, task);
	case TASK_FIELD_DEPENDS:
		return import_value_uuids(
			reader, field->name, value, TASK_DEPENDS_LIMIT, &item->relatives.depends, &task->depend_count);
	case TASK_FIELD_ANNOTATIONS:
		return import_value_annotations(reader, value, "at", "text", task);
	case TASK_FIELD_CUSTOM:
	case TASK_FIELD_UUID:
		break; /* have other names */
	}
	return ERROR_NONE;
}

static const struct task_field *find_field(const char *name)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && field->type != TASK_FIELD_CUSTOM && !strcmp(field->name, name))
			return field;
	return NULL;
}

static enum error read_uuid(struct import_reader *reader, const json_t *value, struct task *task)
{
	const char *uuid;
	enum error error = import_value_uuid(reader, "uuid", value, &uuid);

	if (!error)
		memcpy(task->uuid, uuid, TASK_UUID_LENGTH + 1);
	return error;
}

static enum error read_member(
	struct import_reader *reader, const char *name, const json_t *value, struct import_item *item)
{
	const struct task_field *field;

	if (!strcmp(name, "uuid"))
		return read_uuid(reader, value, &item->task);
	if (!strcmp(name, "created"))
		return import_value_time(reader, name, value, DATE_DAY_START, &item->task.created);
	if (!strcmp(name, "modified"))
		return import_value_time(reader, name, value, DATE_DAY_START, &item->task.modified);
	if (!strcmp(name, "fields"))
		return read_custom(reader, value, &item->task);
	field = find_field(name);
	if (field)
		return read_field(reader, field, value, item);
	return refuse(reader->refusal, ERROR_INVALID_PARAMS, name, "a task has no member `%.64s`", name);
}

enum error import_line_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item)
{
	json_t *root = (json_t *)(uintptr_t)object;
	enum error error = ERROR_NONE;

	*ret_item = (struct import_item){ .task = task_empty };
	ret_item->task.created = TASK_NO_TIME;
	ret_item->task.modified = TASK_NO_TIME;
	for (void *place = json_object_iter(root); !error && place; place = json_object_iter_next(root, place))
		if (!json_is_null(json_object_iter_value(place)))
			error = read_member(
				reader, json_object_iter_key(place), json_object_iter_value(place), ret_item);
	return error;
}
