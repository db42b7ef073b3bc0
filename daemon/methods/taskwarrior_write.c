/* A task as Taskwarrior imports it. */
#include "methods/taskwarrior.h"

#include "common/text.h"
#include "tasks/custom_value.h"
#include "tasks/recurrence.h"
#include "tasks/series.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define URGENCY_STEPS 100000.0 /* of 1; what is less changes with each second */

static void write_text(struct json_writer *writer, const char *name, const char *text)
{
	if (text)
		json_writer_member_text(writer, name, text);
}

/* 20261123T140000Z: the basic form of what we write. */
static void write_time_value(struct json_writer *writer, int64_t seconds)
{
	char extended[TEXT_TIME_SIZE], basic[TEXT_TIME_SIZE];
	size_t length = 0;

	text_format_time(seconds, extended);
	for (size_t i = 0; extended[i]; i++)
		if (extended[i] != '-' && extended[i] != ':')
			basic[length++] = extended[i];
	json_writer_string(writer, basic, length);
}

static void write_time(struct json_writer *writer, const char *name, int64_t seconds)
{
	if (seconds == TASK_NO_TIME)
		return;
	json_writer_key(writer, name);
	write_time_value(writer, seconds);
}

static void write_times(struct json_writer *writer, const struct task *task)
{
	int64_t end = task->status == TASK_DELETED ? task->deleted : task->completed;

	write_time(writer, "entry", task->created);
	write_time(writer, "modified", task->modified);
	write_time(writer, "due", task->due);
	write_time(writer, "wait", task->wait);
	write_time(writer, "scheduled", task->scheduled);
	write_time(writer, "until", task->until);
	write_time(writer, "start", task->started);
	write_time(writer, "end", end);
}

static void write_texts(struct json_writer *writer, const char *name, const char *const *texts, size_t count)
{
	if (!count)
		return;
	json_writer_key(writer, name);
	json_writer_begin_array(writer);
	for (size_t i = 0; i < count; i++)
		json_writer_text(writer, texts[i]);
	json_writer_end_array(writer);
}

static void write_annotations(struct json_writer *writer, const struct task *task)
{
	if (!task->annotation_count)
		return;
	json_writer_key(writer, "annotations");
	json_writer_begin_array(writer);
	for (size_t i = 0; i < task->annotation_count; i++) {
		json_writer_begin_object(writer);
		write_time(writer, "entry", task->annotations[i].at);
		json_writer_member_text(writer, "description", task->annotations[i].text);
		json_writer_end_object(writer);
	}
	json_writer_end_array(writer);
}

/* --- recurrence --- */

bool taskwarrior_has_rule(const char *recur)
{
	struct recurrence recurrence;

	return !recurrence_parse(recur, strlen(recur), "recur", &recurrence, NULL) &&
	       recurrence.kind != RECURRENCE_RULE;
}

static const char *rtype_of(const struct task *template)
{
	return template->recur_from && !strcmp(template->recur_from, series_from_names[SERIES_FROM_COMPLETION])
		       ? "chained"
		       : "periodic";
}

static void write_series(struct json_writer *writer, const struct task *task, const struct taskwarrior_context *context)
{
	if (task->recur) {
		json_writer_member_text(writer, "recur", task->recur);
		json_writer_member_text(writer, "rtype", rtype_of(task));
		write_text(writer, "mask", context->mask);
	} else if (context->relatives->series && context->recur) {
		json_writer_member_text(writer, "parent", context->relatives->series);
		json_writer_member_text(writer, "recur", context->recur);
		json_writer_member_text(writer, "rtype", "periodic");
		if (task->occurrence != TASK_NO_TIME)
			json_writer_member_integer(writer, "imask", task->occurrence);
	}
}

/* --- custom fields --- */

static void write_value(struct json_writer *writer, const struct custom_field *field, const char *value)
{
	int64_t seconds;

	if (field && field->type == CUSTOM_NUMBER && custom_value_is_number(value))
		json_writer_raw(writer, value, strlen(value));
	else if (field && field->type == CUSTOM_DATE && custom_value_seconds(value, &seconds))
		write_time_value(writer, seconds);
	else
		json_writer_text(writer, value);
}

static void write_custom(struct json_writer *writer, const struct task *task, const struct custom_field_list *fields)
{
	for (size_t i = 0; i < task->custom_count; i++) {
		json_writer_key(writer, task->custom[i].name);
		write_value(writer, custom_field_find(fields, task->custom[i].name), task->custom[i].value);
	}
}

/* --- what it reckons itself --- */

/* A number of its own for what is open, and none for what is not. */
static void write_id(struct json_writer *writer, const struct task *task)
{
	bool is_over = task->status == TASK_COMPLETED || task->status == TASK_DELETED;

	json_writer_member_integer(writer, "id", is_over ? 0 : task->id);
}

static void write_urgency(
	struct json_writer *writer, const struct task *task, const struct taskwarrior_context *context)
{
	double urgency = task->status == TASK_PENDING ? urgency_of(task, context->coefficients, context->now) : 0;
	char text[32];

	(void)snprintf(text, sizeof(text), "%.6g", nearbyint(urgency * URGENCY_STEPS) / URGENCY_STEPS);
	json_writer_key(writer, "urgency");
	json_writer_raw(writer, text, strlen(text));
}

void taskwarrior_write(struct json_writer *writer, const struct task *task, const struct taskwarrior_context *context)
{
	const struct task_relatives *relatives = context->relatives;

	json_writer_begin_object(writer);
	write_id(writer, task);
	json_writer_member_text(writer, "uuid", task->uuid);
	json_writer_member_text(writer, "description", task->title);
	json_writer_member_text(writer, "status", task_status_names[task->status]); /* "waiting" is from before 2.6 */
	write_text(writer, "project", task->project);
	if (task->priority != TASK_PRIORITY_NONE)
		json_writer_member_text(writer, "priority", task_priority_names[task->priority]);
	write_times(writer, task);
	write_texts(writer, "tags", task->tags, task->tag_count);
	write_texts(writer, "depends", relatives->depends, task->depend_count);
	write_series(writer, task, context);
	write_annotations(writer, task);
	write_custom(writer, task, context->fields);
	write_text(writer, "partof", relatives->parent);
	write_text(writer, "note", task->note);
	write_urgency(writer, task, context);
	json_writer_end_object(writer);
}
