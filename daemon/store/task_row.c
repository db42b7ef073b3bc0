/* A task as a row. */
#include "store/task_row.h"

#include "common/cleanup.h"
#include "common/log.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define TASK_COLUMN_ROW(number, name, type) { #name, TASK_COLUMN_##type, offsetof(struct task, name) },

const struct task_column task_columns[] = { TASK_COLUMNS(TASK_COLUMN_ROW){ 0 } };

#define TASK_COLUMN_NAME(number, name, type) #name,

const char *const task_row_columns[] = { "id", TASK_COLUMNS(TASK_COLUMN_NAME) NULL };

static const void *member(const struct task_column *column, const struct task *task)
{
	return (const char *)task + column->offset;
}

static const char *text_of(const struct task_column *column, const struct task *task)
{
	return *(const char *const *)member(column, task);
}

static int64_t integer_of(const struct task_column *column, const struct task *task)
{
	return *(const int64_t *)member(column, task);
}

/* --- comparing --- */

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool is_same_tags(const struct task *a, const struct task *b)
{
	if (a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (strcmp(a->tags[i], b->tags[i]) != 0)
			return false;
	return true;
}

bool task_column_differs(const struct task_column *column, const struct task *a, const struct task *b)
{
	switch (column->type) {
	case TASK_COLUMN_TEXT:
		return !is_same_text(text_of(column, a), text_of(column, b));
	case TASK_COLUMN_UUID:
		return strcmp(a->uuid, b->uuid) != 0;
	case TASK_COLUMN_INTEGER:
	case TASK_COLUMN_TIME:
		return integer_of(column, a) != integer_of(column, b);
	case TASK_COLUMN_STATUS:
		return a->status != b->status;
	case TASK_COLUMN_PRIORITY:
		return a->priority != b->priority;
	case TASK_COLUMN_TAGS:
		return !is_same_tags(a, b);
	}
	return true;
}

/* --- binding --- */

static size_t join_tags(const struct task *task, struct task_row_tags *room)
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

void task_row_bind_column(struct db_query *query, unsigned number, const struct task_column *column,
	const struct task *task, struct task_row_tags *room)
{
	switch (column->type) {
	case TASK_COLUMN_TEXT:
		db_bind_text(query, number, text_of(column, task));
		return;
	case TASK_COLUMN_UUID:
		db_bind_text(query, number, task->uuid);
		return;
	case TASK_COLUMN_INTEGER:
		db_bind_int64(query, number, integer_of(column, task));
		return;
	case TASK_COLUMN_TIME:
		db_bind_optional_int64(
			query, number, integer_of(column, task) != TASK_NO_TIME, integer_of(column, task));
		return;
	case TASK_COLUMN_STATUS:
		db_bind_text(query, number, task_status_names[task->status]);
		return;
	case TASK_COLUMN_PRIORITY:
		db_bind_int64(query, number, (int64_t)task->priority);
		return;
	case TASK_COLUMN_TAGS:
		db_bind_text_length(query, number, room->text, join_tags(task, room));
		return;
	}
}

#define TASK_COLUMN_PARAMETER(number, name, type) (number),

void task_row_bind(struct db_query *query, const struct task *task, struct task_row_tags *room)
{
	static const unsigned numbers[] = { TASK_COLUMNS(TASK_COLUMN_PARAMETER) };

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		task_row_bind_column(query, numbers[i], &task_columns[i], task, room);
}

/* --- reading --- */

static void read_text(const struct db_query *query, unsigned number, void *place)
{
	*(const char **)place = db_text(query, number, NULL);
}

static void read_time(const struct db_query *query, unsigned number, void *place)
{
	*(int64_t *)place = db_is_null(query, number) ? TASK_NO_TIME : db_int64(query, number);
}

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

static bool split_tags(struct task_row_tags *room, size_t length, struct task *task)
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

static bool read_tags(const struct db_query *query, unsigned number, struct task_row_tags *room, struct task *task)
{
	size_t length;
	const char *text = db_text(query, number, &length);

	if (!text || length >= sizeof(room->text))
		return false;
	memcpy(room->text, text, length + 1);
	return split_tags(room, length, task);
}

static bool read_column(const struct db_query *query, unsigned number, const struct task_column *column,
	struct task_row_tags *room, struct task *task)
{
	void *place = (char *)task + column->offset;

	switch (column->type) {
	case TASK_COLUMN_TEXT:
		read_text(query, number, place);
		return true;
	case TASK_COLUMN_INTEGER:
		*(int64_t *)place = db_int64(query, number);
		return true;
	case TASK_COLUMN_TIME:
		read_time(query, number, place);
		return true;
	case TASK_COLUMN_UUID:
		return read_uuid(query, number, task);
	case TASK_COLUMN_STATUS:
		return read_status(query, number, task);
	case TASK_COLUMN_PRIORITY:
		return read_priority(query, number, task);
	case TASK_COLUMN_TAGS:
		return read_tags(query, number, room, task);
	}
	return false;
}

enum error task_row_read(const struct db_query *query, struct task_row_tags *room, struct task *ret_task)
{
	*ret_task = task_empty;
	ret_task->id = db_int64(query, 0);
	for (unsigned i = 0; task_columns[i].name; i++) {
		if (read_column(query, i + 1, &task_columns[i], room, ret_task))
			continue;
		log_error("database: task %" PRId64 " has a damaged %s", ret_task->id, task_columns[i].name);
		return ERROR_STORAGE;
	}
	return ERROR_NONE;
}
