/* The rules of tasks, for one that comes from outside. */
#include "methods/import_item.h"

#include "auth/secret.h"
#include "common/text.h"
#include "tasks/annotation.h"
#include "tasks/custom_field.h"
#include "tasks/series.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define WARNING_SIZE 256

void import_item_warn(struct import_reader *reader, struct import_item *item, const char *format, ...)
{
	char text[WARNING_SIZE];
	va_list arguments;

	if (item->warning_count == IMPORT_WARNINGS_LIMIT)
		return;
	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	item->warnings[item->warning_count++] =
		arena_strndup(reader->arena, text, text_whole_length(text, strlen(text)));
}

/* --- texts --- */

typedef enum error (*text_check)(const char *text, size_t length, struct refusal *refusal);

static enum error check_text(struct import_reader *reader, const char *text, text_check check)
{
	return text ? check(text, strlen(text), reader->refusal) : ERROR_NONE;
}

static enum error check_texts(struct import_reader *reader, const struct task *task)
{
	enum error error;

	if (!task->title)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "title", "title is missing");
	error = check_text(reader, task->title, task_check_title);
	if (!error)
		error = check_text(reader, task->note, task_check_note);
	if (!error)
		error = check_text(reader, task->project, task_check_project);
	for (size_t i = 0; !error && i < task->tag_count; i++)
		error = check_text(reader, task->tags[i], task_check_tag);
	if (!error && task->tag_count > TASK_TAGS_LIMIT)
		return refuse(
			reader->refusal, ERROR_INVALID_PARAMS, "tags", "tags holds more than %u tags", TASK_TAGS_LIMIT);
	return error;
}

static enum error check_line(struct import_reader *reader, const char *field, const char *text, size_t limit)
{
	size_t length = strlen(text);

	if (!length || length > limit || text_has_control(text, length, ""))
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, field,
			"%s must be one line of 1 to %zu bytes, without control characters", field, limit);
	return ERROR_NONE;
}

static enum error check_lists(struct import_reader *reader, const struct task *task)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < task->annotation_count; i++)
		error = check_text(reader, task->annotations[i].text, annotation_check);
	if (!error && task->custom_count > TASK_CUSTOM_LIMIT)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "fields", "fields holds more than %u values",
			TASK_CUSTOM_LIMIT);
	for (size_t i = 0; !error && i < task->custom_count; i++) {
		error = custom_field_check_name(task->custom[i].name, reader->refusal);
		if (!error)
			error = check_line(reader, task->custom[i].name, task->custom[i].value, TASK_CUSTOM_TEXT_LIMIT);
	}
	return error;
}

/* --- states and times --- */

/* When it became what it is, where only that is known. */
static int64_t time_of_end(const struct import_reader *reader, const struct task *task)
{
	if (task->modified != TASK_NO_TIME)
		return task->modified;
	return task->created != TASK_NO_TIME ? task->created : reader->now;
}

/* A task that has ended is stopped as well. */
static void end_work(struct task *task, int64_t at)
{
	if (task->started == TASK_NO_TIME)
		return;
	if (at > task->started)
		task->spent += at - task->started;
	task->started = TASK_NO_TIME;
}

static enum error settle_state(struct import_reader *reader, struct task *task)
{
	bool is_open = task->status == TASK_PENDING || task->status == TASK_RECURRING;

	if (is_open && (task->completed != TASK_NO_TIME || task->deleted != TASK_NO_TIME))
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "status",
			"a %s task is neither completed nor deleted at a time", task_status_names[task->status]);
	if (task->status == TASK_COMPLETED && task->completed == TASK_NO_TIME)
		task->completed = time_of_end(reader, task);
	if (task->status == TASK_DELETED && task->deleted == TASK_NO_TIME)
		task->deleted = time_of_end(reader, task);
	if (task->status != TASK_PENDING)
		end_work(task, task->completed != TASK_NO_TIME ? task->completed : task->deleted);
	if (task->created == TASK_NO_TIME)
		task->created = reader->now;
	return ERROR_NONE;
}

/* --- recurrence --- */

static enum error settle_rule(struct import_reader *reader, struct task *task)
{
	char canonical[RECURRENCE_TEXT_SIZE];
	struct recurrence recurrence;
	enum error error = recurrence_parse(task->recur, strlen(task->recur), "recur", &recurrence, reader->refusal);

	if (error)
		return error;
	recurrence_format(&recurrence, canonical);
	task->recur = arena_strdup(reader->arena, canonical);
	return ERROR_NONE;
}

static enum error settle_from(struct import_reader *reader, struct task *task)
{
	if (!task->recur_from)
		task->recur_from = series_from_names[SERIES_FROM_DUE];
	for (size_t i = 0; series_from_names[i]; i++)
		if (!strcmp(series_from_names[i], task->recur_from))
			return ERROR_NONE;
	return refuse(reader->refusal, ERROR_INVALID_PARAMS, "recur_from", "recur_from must be due or completion");
}

static enum error settle_template(struct import_reader *reader, struct import_item *item)
{
	struct task *task = &item->task;
	const struct zone *zone;
	enum error error = settle_rule(reader, task);

	if (!error)
		error = settle_from(reader, task);
	if (!error)
		error = zone_set_find(reader->zones, task->recur_zone, reader->arena, &zone, reader->refusal);
	if (error)
		return error;
	if (item->relatives.series)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "series",
			"a task that comes again by a rule of its own was made from no other one");
	return series_check(task, zone, reader->refusal);
}

static enum error settle_series(struct import_reader *reader, struct import_item *item)
{
	const struct task *task = &item->task;

	if (task->recur && task->status != TASK_PENDING)
		return settle_template(reader, item);
	if (task->status == TASK_RECURRING)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "recur",
			"recur is missing: a recurring task is the template of a series");
	if (task->recur || task->recur_from || task->recur_zone || task->recur_count != TASK_NO_TIME)
		return refuse(reader->refusal, ERROR_INVALID_PARAMS, "recur",
			"recur is for the template of a series, whose status is recurring");
	return ERROR_NONE;
}

enum error import_item_settle(struct import_reader *reader, struct import_item *item)
{
	enum error error = check_texts(reader, &item->task);

	if (!error)
		error = check_lists(reader, &item->task);
	if (!error)
		error = settle_state(reader, &item->task);
	if (!error)
		error = settle_series(reader, item);
	if (!error && !item->task.uuid[0])
		secret_uuid(item->task.uuid);
	return error;
}
