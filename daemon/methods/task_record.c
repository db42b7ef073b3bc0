/* A task as JSON: for each type of field how it is written, and how it is read. */
#include "methods/task_record.h"

#include "common/json_writer.h"
#include "common/text.h"
#include "methods/task_view.h"
#include "tasks/calendar.h"
#include "tasks/task_field.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* --- writing --- */

static void write_text(struct json_writer *writer, const char *text)
{
	if (text)
		json_writer_text(writer, text);
	else
		json_writer_null(writer);
}

static void write_time(struct json_writer *writer, int64_t seconds)
{
	if (seconds != TASK_NO_TIME)
		json_writer_time(writer, seconds);
	else
		json_writer_null(writer);
}

static void write_integer(struct json_writer *writer, bool is_given, int64_t value)
{
	if (is_given)
		json_writer_integer(writer, value);
	else
		json_writer_null(writer);
}

static void write_custom(struct json_writer *writer, const struct task *task)
{
	json_writer_begin_object(writer);
	for (size_t i = 0; i < task->custom_count; i++)
		json_writer_member_text(writer, task->custom[i].name, task->custom[i].value);
	json_writer_end_object(writer);
}

static void write_field(struct json_writer *writer, const struct task_field *field, const struct task *task)
{
	json_writer_key(writer, field->name);
	switch (field->type) {
	case TASK_FIELD_TEXT:
		write_text(writer, task_field_text(field, task));
		return;
	case TASK_FIELD_UUID:
		write_text(writer, task->uuid);
		return;
	case TASK_FIELD_INTEGER:
		json_writer_integer(writer, task_field_integer(field, task));
		return;
	case TASK_FIELD_TIME:
		write_time(writer, task_field_integer(field, task));
		return;
	case TASK_FIELD_COUNT:
		write_integer(writer, task_field_integer(field, task) != TASK_NO_TIME, task_field_integer(field, task));
		return;
	case TASK_FIELD_REFERENCE:
		write_integer(writer, task_field_integer(field, task) != 0, task_field_integer(field, task));
		return;
	case TASK_FIELD_STATUS:
		json_writer_text(writer, task_status_names[task->status]);
		return;
	case TASK_FIELD_PRIORITY:
		write_text(writer, task->priority == TASK_PRIORITY_NONE ? NULL : task_priority_names[task->priority]);
		return;
	case TASK_FIELD_TAGS:
		task_view_write_tags(writer, task);
		return;
	case TASK_FIELD_DEPENDS:
		task_view_write_depends(writer, task);
		return;
	case TASK_FIELD_ANNOTATIONS:
		task_view_write_annotations(writer, task);
		return;
	case TASK_FIELD_CUSTOM:
		write_custom(writer, task);
		return;
	}
}

void task_record_write_difference(struct buffer *out, const struct task *task, const struct task *other)
{
	struct json_writer writer;

	buffer_truncate(out, 0);
	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && task_field_differs(field, task, other))
			write_field(&writer, field, task);
	json_writer_end_object(&writer);
}

static void write_whole(struct json_writer *writer, const struct task *task)
{
	json_writer_member_text(writer, "uuid", task->uuid);
	json_writer_member_time(writer, "created", task->created);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN &&
			(field->type == TASK_FIELD_STATUS || task_field_differs(field, task, &task_empty)))
			write_field(writer, field, task);
}

void task_record_write_new(struct buffer *out, const struct task *task)
{
	struct json_writer writer;

	buffer_truncate(out, 0);
	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	write_whole(&writer, task);
	json_writer_end_object(&writer);
}

void task_record_write_removed(struct buffer *out, const struct task *task)
{
	struct json_writer writer;

	buffer_truncate(out, 0);
	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	write_whole(&writer, task);
	json_writer_member_integer(&writer, "version", task->version);
	json_writer_end_object(&writer);
}

/* --- reading --- */

/* Text without a NUL, in the arena; NULL: this is none. */
static const char *read_text(const json_t *value, struct arena *arena)
{
	const char *text = json_string_value(value);

	if (!text || strlen(text) != json_string_length(value))
		return NULL;
	return arena_strdup(arena, text);
}

static int64_t two_digits(const char *text)
{
	return (text[0] - '0') * 10 + text[1] - '0';
}

static int64_t seconds_of(const char *text)
{
	int64_t day = calendar_day((int)(two_digits(text) * 100 + two_digits(text + 2)), (int)two_digits(text + 5),
		(int)two_digits(text + 8));

	return day * CALENDAR_DAY_SECONDS + two_digits(text + 11) * 3600 + two_digits(text + 14) * 60 +
	       two_digits(text + 17);
}

/* A time as it is written, and no other form: what was read is written again and compared. */
static bool read_time(const json_t *value, int64_t *ret_seconds)
{
	static const char form[] = "0000-00-00T00:00:00Z";
	const char *text = json_string_value(value);
	char again[TEXT_TIME_SIZE];

	if (!text || json_string_length(value) != sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
			return false;
	if (two_digits(text + 5) < 1 || two_digits(text + 5) > 12)
		return false;
	*ret_seconds = seconds_of(text);
	text_format_time(*ret_seconds, again);
	return !strcmp(text, again);
}

static bool read_integer(const json_t *value, int64_t *ret_integer)
{
	*ret_integer = json_integer_value(value);
	return json_is_integer(value);
}

/* `none` for null. */
static bool read_optional_integer(const json_t *value, int64_t none, int64_t *ret_integer)
{
	if (!json_is_null(value))
		return read_integer(value, ret_integer);
	*ret_integer = none;
	return true;
}

static bool read_uuid(const json_t *value, struct task *task)
{
	if (!json_is_string(value) || json_string_length(value) != TASK_UUID_LENGTH)
		return false;
	memcpy(task->uuid, json_string_value(value), TASK_UUID_LENGTH + 1);
	return true;
}

static bool read_status(const json_t *value, struct task *task)
{
	const char *text = json_string_value(value);

	return text && !task_parse_status(text, &task->status, NULL);
}

static bool read_priority(const json_t *value, struct task *task)
{
	const char *text = json_string_value(value);

	task->priority = TASK_PRIORITY_NONE;
	return json_is_null(value) || (text && !task_parse_priority(text, &task->priority, NULL));
}

static bool read_tags(const json_t *value, struct arena *arena, struct task *task)
{
	size_t count = json_array_size(value);
	const char **tags = arena_array(arena, count, sizeof(*tags));

	for (size_t i = 0; i < count; i++) {
		tags[i] = read_text(json_array_get(value, i), arena);
		if (!tags[i])
			return false;
	}
	task->tags = tags;
	task->tag_count = count;
	return json_is_array(value) && count <= TASK_TAGS_LIMIT && task_sort_tags(tags, count) == count;
}

static bool read_depends(const json_t *value, struct arena *arena, struct task *task)
{
	size_t count = json_array_size(value);
	int64_t *depends = arena_array(arena, count, sizeof(*depends));

	for (size_t i = 0; i < count; i++)
		if (!read_integer(json_array_get(value, i), &depends[i]) || (i && depends[i] <= depends[i - 1]))
			return false;
	task->depends = depends;
	task->depend_count = count;
	return json_is_array(value) && count <= TASK_DEPENDS_LIMIT;
}

static bool read_annotations(const json_t *value, struct arena *arena, struct task *task)
{
	size_t count = json_array_size(value);
	struct task_annotation *annotations = arena_array(arena, count, sizeof(*annotations));

	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(value, i);

		annotations[i].text = read_text(json_object_get(item, "text"), arena);
		if (!annotations[i].text || !read_time(json_object_get(item, "at"), &annotations[i].at) ||
			json_object_size(item) != 2)
			return false;
	}
	task->annotations = annotations;
	task->annotation_count = count;
	return json_is_array(value) && count <= TASK_ANNOTATIONS_LIMIT;
}

static int compare_names(const void *left, const void *right)
{
	const struct task_value *a = left;
	const struct task_value *b = right;

	return strcmp(a->name, b->name);
}

/* An object has no order of its own; a task's values have. */
static bool read_custom(const json_t *value, struct arena *arena, struct task *task)
{
	size_t count = json_object_size(value);
	struct task_value *custom = arena_array(arena, count, sizeof(*custom));
	void *place = json_object_iter((json_t *)(uintptr_t)value);

	for (size_t i = 0; i < count; i++) {
		custom[i].name = arena_strdup(arena, json_object_iter_key(place));
		custom[i].value = read_text(json_object_iter_value(place), arena);
		if (!custom[i].value)
			return false;
		place = json_object_iter_next((json_t *)(uintptr_t)value, place);
	}
	if (count)
		qsort(custom, count, sizeof(*custom), compare_names);
	task->custom = custom;
	task->custom_count = count;
	return json_is_object(value) && count <= TASK_CUSTOM_LIMIT;
}

static bool read_field(const json_t *value, const struct task_field *field, struct arena *arena, struct task *task)
{
	void *place = (char *)task + field->offset;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		*(const char **)place = read_text(value, arena);
		return json_is_null(value) || *(const char **)place;
	case TASK_FIELD_UUID:
		return read_uuid(value, task);
	case TASK_FIELD_INTEGER:
		return read_integer(value, place);
	case TASK_FIELD_TIME:
		*(int64_t *)place = TASK_NO_TIME;
		return json_is_null(value) || read_time(value, place);
	case TASK_FIELD_COUNT:
		return read_optional_integer(value, TASK_NO_TIME, place);
	case TASK_FIELD_REFERENCE:
		return read_optional_integer(value, 0, place);
	case TASK_FIELD_STATUS:
		return read_status(value, task);
	case TASK_FIELD_PRIORITY:
		return read_priority(value, task);
	case TASK_FIELD_TAGS:
		return read_tags(value, arena, task);
	case TASK_FIELD_DEPENDS:
		return read_depends(value, arena, task);
	case TASK_FIELD_ANNOTATIONS:
		return read_annotations(value, arena, task);
	case TASK_FIELD_CUSTOM:
		return read_custom(value, arena, task);
	}
	return false;
}

/* The members that the above wrote: `created` is an integer in its row, and a time here. */
static bool read_member(const char *name, const json_t *value, struct arena *arena, struct task *task)
{
	if (!strcmp(name, "created"))
		return read_time(value, &task->created);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (!strcmp(name, field->name))
			return field->role != TASK_FIELD_DERIVED && read_field(value, field, arena, task);
	return false;
}

bool task_record_apply(const char *json, size_t length, struct arena *arena, struct task *task)
{
	json_t *root = json_loadb(json, length, JSON_REJECT_DUPLICATES, NULL);
	bool is_sound = json_is_object(root);

	for (void *place = json_object_iter(root); is_sound && place; place = json_object_iter_next(root, place))
		is_sound = read_member(json_object_iter_key(place), json_object_iter_value(place), arena, task);
	json_decref(root);
	return is_sound;
}
