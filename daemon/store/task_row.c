/* A task as a row. */
#include "store/task_row.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "store/task_row_lists.h"

#include <inttypes.h>
#include <string.h>

#define COLUMN_NAME(number, name, type, role) #name,

const char *const task_row_columns[] = { "id", TASK_FIELDS(COLUMN_NAME) NULL };
const char *const task_row_shown_columns[] = { "id", TASK_SHOWN_FIELDS(COLUMN_NAME) NULL };

void task_row_room_init(struct task_row_room *room)
{
	arena_init(&room->arena);
}

void task_row_room_deinit(struct task_row_room *room)
{
	arena_deinit(&room->arena);
}

/* --- binding --- */

static size_t join_tags(const struct task *task, struct task_row_room *room)
{
	size_t length = 0;

	for (size_t i = 0; i < task->tag_count; i++) {
		size_t tag_length = strlen(task->tags[i]);

		if (i)
			room->text[length++] = ' ';
		memcpy(room->text + length, task->tags[i], tag_length);
		length += tag_length;
	}
	return length;
}

void task_row_bind_field(struct db_query *query, unsigned number, const struct task_field *field,
	const struct task *task, struct task_row_room *room)
{
	int64_t integer;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		db_bind_text(query, number, task_field_text(field, task));
		return;
	case TASK_FIELD_UUID:
		db_bind_text(query, number, task->uuid);
		return;
	case TASK_FIELD_INTEGER:
		db_bind_int64(query, number, task_field_integer(field, task));
		return;
	case TASK_FIELD_TIME:
	case TASK_FIELD_COUNT:
		integer = task_field_integer(field, task);
		db_bind_optional_int64(query, number, integer != TASK_NO_TIME, integer);
		return;
	case TASK_FIELD_REFERENCE:
		integer = task_field_integer(field, task);
		db_bind_optional_int64(query, number, integer != 0, integer);
		return;
	case TASK_FIELD_STATUS:
		db_bind_text(query, number, task_status_names[task->status]);
		return;
	case TASK_FIELD_PRIORITY:
		db_bind_int64(query, number, (int64_t)task->priority);
		return;
	case TASK_FIELD_TAGS:
		db_bind_text_length(query, number, room->text, join_tags(task, room));
		return;
	case TASK_FIELD_DEPENDS:
		db_bind_text(query, number, task_row_write_depends(task, &room->arena));
		return;
	case TASK_FIELD_ANNOTATIONS:
		db_bind_text(query, number, task_row_write_annotations(task, &room->arena));
		return;
	case TASK_FIELD_CUSTOM:
		db_bind_text(query, number, task_row_write_custom(task, &room->arena));
		return;
	}
}

#define COLUMN_PARAMETER(number, name, type, role) (number),

void task_row_bind(struct db_query *query, const struct task *task, struct task_row_room *room)
{
	static const unsigned numbers[] = { TASK_FIELDS(COLUMN_PARAMETER) };

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		task_row_bind_field(query, numbers[i], &task_fields[i], task, room);
}

/* --- reading --- */

static bool read_uuid(const struct db_query *query, unsigned number, struct task *task)
{
	size_t length;
	const char *uuid = db_text(query, number, &length);

	if (length != TASK_UUID_LENGTH)
		return false;
	memcpy(task->uuid, uuid, length + 1);
	return true;
}

static bool read_status(const struct db_query *query, unsigned number, struct task *task)
{
	const char *status = db_text(query, number, NULL);

	return status && !task_parse_status(status, &task->status, NULL);
}

static bool read_priority(const struct db_query *query, unsigned number, struct task *task)
{
	int64_t priority = db_int64(query, number);

	if (priority < TASK_PRIORITY_NONE || priority > TASK_PRIORITY_HIGH)
		return false;
	task->priority = (enum task_priority)priority;
	return true;
}

static bool split_tags(struct task_row_room *room, size_t length, struct task *task)
{
	char *tag = room->text;

	task->tags = room->tags;
	task->tag_count = 0;
	while (tag < room->text + length) {
		size_t tag_length = strcspn(tag, " ");

		if (task->tag_count == TASK_TAGS_LIMIT)
			return false;
		room->tags[task->tag_count++] = tag;
		tag[tag_length] = '\0';
		tag += tag_length + 1;
	}
	return true;
}

static bool read_tags(const struct db_query *query, unsigned number, struct task_row_room *room, struct task *task)
{
	size_t length;
	const char *text = db_text(query, number, &length);

	if (!text || length >= sizeof(room->text))
		return false;
	memcpy(room->text, text, length + 1);
	return split_tags(room, length, task);
}

typedef bool (*list_reader)(const char *text, struct arena *arena, struct task *task);

static bool read_list(
	const struct db_query *query, unsigned number, list_reader read, struct task_row_room *room, struct task *task)
{
	const char *text = db_text(query, number, NULL);

	return !text || read(text, &room->arena, task);
}

static bool read_field(const struct db_query *query, unsigned number, const struct task_field *field,
	struct task_row_room *room, struct task *task)
{
	void *place = (char *)task + field->offset;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		*(const char **)place = db_text(query, number, NULL);
		return true;
	case TASK_FIELD_INTEGER:
	case TASK_FIELD_REFERENCE:
		*(int64_t *)place = db_int64(query, number);
		return true;
	case TASK_FIELD_TIME:
	case TASK_FIELD_COUNT:
		*(int64_t *)place = db_is_null(query, number) ? TASK_NO_TIME : db_int64(query, number);
		return true;
	case TASK_FIELD_UUID:
		return read_uuid(query, number, task);
	case TASK_FIELD_STATUS:
		return read_status(query, number, task);
	case TASK_FIELD_PRIORITY:
		return read_priority(query, number, task);
	case TASK_FIELD_TAGS:
		return read_tags(query, number, room, task);
	case TASK_FIELD_DEPENDS:
		return read_list(query, number, task_row_read_depends, room, task);
	case TASK_FIELD_ANNOTATIONS:
		return read_list(query, number, task_row_read_annotations, room, task);
	case TASK_FIELD_CUSTOM:
		return read_list(query, number, task_row_read_custom, room, task);
	}
	return false;
}

static void begin_reading(const struct db_query *query, struct task_row_room *room, struct task *ret_task)
{
	*ret_task = task_empty;
	ret_task->id = db_int64(query, 0);
	if (room->arena.block)
		arena_reset(&room->arena);
}

static enum error report_damage(const struct task *task, const struct task_field *field)
{
	log_error("database: task %" PRId64 " has a damaged %s", task->id, field->name);
	return ERROR_STORAGE;
}

static enum error read_fields(
	const struct db_query *query, size_t count, struct task_row_room *room, struct task *ret_task)
{
	begin_reading(query, room, ret_task);
	for (unsigned i = 0; i < count; i++)
		if (!read_field(query, i + 1, &task_fields[i], room, ret_task))
			return report_damage(ret_task, &task_fields[i]);
	return ERROR_NONE;
}

/* Columns but the id and the NULL behind the last. */
#define FIELDS_OF(columns) (COUNT_OF(columns) - 2)

enum error task_row_read(const struct db_query *query, struct task_row_room *room, struct task *ret_task)
{
	return read_fields(query, FIELDS_OF(task_row_columns), room, ret_task);
}

enum error task_row_read_shown(const struct db_query *query, struct task_row_room *room, struct task *ret_task)
{
	return read_fields(query, FIELDS_OF(task_row_shown_columns), room, ret_task);
}

/* --- a part of a row --- */

static const struct task_field *find_field(const char *name)
{
	const struct task_field *field = task_fields;

	while (strcmp(field->name, name) != 0)
		field++;
	return field;
}

void task_row_part_init(struct task_row_part *part, const char *const *names, struct arena *arena)
{
	size_t count = 0;
	const char **columns;

	while (names[count])
		count++;
	columns = arena_array(arena, count + 2, sizeof(*columns));
	*part = (struct task_row_part){
		.columns = columns, .fields = arena_array(arena, count, sizeof(struct task_field *)), .count = count
	};
	columns[0] = "id";
	for (size_t i = 0; i < count; i++) {
		columns[i + 1] = names[i];
		part->fields[i] = find_field(names[i]);
	}
}

void task_row_part_write(const struct task_row_part *part, struct buffer *sql)
{
	for (size_t i = 0; i < part->count; i++)
		buffer_printf(sql, ", task.%s", part->fields[i]->name);
}

enum error task_row_part_read(const struct task_row_part *part, const struct db_query *query,
	struct task_row_room *room, struct task *ret_task)
{
	begin_reading(query, room, ret_task);
	for (unsigned i = 0; i < part->count; i++)
		if (!read_field(query, i + 1, part->fields[i], room, ret_task))
			return report_damage(ret_task, part->fields[i]);
	return ERROR_NONE;
}
