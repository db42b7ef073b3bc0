/* A task as clients see it. */
#include "methods/task_view.h"

#include "methods/task_urgency.h"
#include "tasks/custom_value.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_text(struct json_writer *writer, const char *key, const char *text)
{
	if (text)
		json_writer_member_text(writer, key, text);
}

static void write_time(struct json_writer *writer, const char *key, int64_t seconds)
{
	if (seconds != TASK_NO_TIME)
		json_writer_member_time(writer, key, seconds);
}

void task_view_write_tags(struct json_writer *writer, const struct task *task)
{
	json_writer_begin_array(writer);
	for (size_t i = 0; i < task->tag_count; i++)
		json_writer_text(writer, task->tags[i]);
	json_writer_end_array(writer);
}

void task_view_write_annotations(struct json_writer *writer, const struct task *task)
{
	json_writer_begin_array(writer);
	for (size_t i = 0; i < task->annotation_count; i++) {
		json_writer_begin_object(writer);
		json_writer_member_time(writer, "at", task->annotations[i].at);
		json_writer_member_text(writer, "text", task->annotations[i].text);
		json_writer_end_object(writer);
	}
	json_writer_end_array(writer);
}

static void write_recurrence(struct json_writer *writer, const struct task *task)
{
	json_writer_member_text(writer, "recur", task->recur);
	write_text(writer, "recur_from", task->recur_from);
	if (task->recur_count != TASK_NO_TIME)
		json_writer_member_integer(writer, "recur_count", task->recur_count);
	write_text(writer, "recur_zone", task->recur_zone);
}

void task_view_write_depends(struct json_writer *writer, const struct task *task)
{
	json_writer_begin_array(writer);
	for (size_t i = 0; i < task->depend_count; i++)
		json_writer_integer(writer, task->depends[i]);
	json_writer_end_array(writer);
}

static void write_relations(struct json_writer *writer, const struct task *task)
{
	if (task->parent)
		json_writer_member_integer(writer, "parent", task->parent);
	if (task->children) {
		json_writer_key(writer, "children");
		json_writer_begin_object(writer);
		json_writer_member_integer(writer, "total", task->children);
		json_writer_member_integer(writer, "open", task->open_children);
		json_writer_end_object(writer);
	}
	if (task->depend_count) {
		json_writer_key(writer, "depends");
		task_view_write_depends(writer, task);
	}
	if (task_is_blocked(task))
		json_writer_member_boolean(writer, "blocked", true);
	if (task_is_blocking(task))
		json_writer_member_boolean(writer, "blocking", true);
	if (task->annotation_count) {
		json_writer_key(writer, "annotations");
		task_view_write_annotations(writer, task);
	}
}

/* --- custom fields --- */

/* A value that is not what its field's type says is text: its field was deleted, and it came back by an undo. */
static void write_value(struct json_writer *writer, const struct custom_field *field, const char *value)
{
	int64_t seconds;

	if (field && field->type == CUSTOM_NUMBER && custom_value_is_number(value))
		json_writer_raw(writer, value, strlen(value));
	else if (field && field->type == CUSTOM_DATE && custom_value_seconds(value, &seconds))
		json_writer_time(writer, seconds);
	else
		json_writer_text(writer, value);
}

void task_view_write_values(struct json_writer *writer, const struct task *task, const struct custom_field_list *fields)
{
	json_writer_begin_object(writer);
	for (size_t i = 0; i < task->custom_count; i++) {
		const char *name = task->custom[i].name;

		json_writer_key(writer, name);
		write_value(writer, fields ? custom_field_find(fields, name) : NULL, task->custom[i].value);
	}
	json_writer_end_object(writer);
}

static enum error load_fields(struct task_view *view)
{
	struct request *request = view->request;
	enum error error = ERROR_NONE;

	if (!view->has_fields)
		error = custom_field_store_load(request->db, request->who.account_id, request->arena, &view->fields);
	view->has_fields = !error;
	return error;
}

static enum error write_custom(struct task_view *view, const struct task *task)
{
	struct json_writer *writer = &view->request->result;
	enum error error = task->custom_count ? load_fields(view) : ERROR_NONE;

	if (error || !task->custom_count)
		return error;
	json_writer_key(writer, "fields");
	task_view_write_values(writer, task, &view->fields);
	return ERROR_NONE;
}

/* --- urgency --- */

/* Thousandths as a decimal without trailing zeros, written from behind. By hand: it is in every task of every list. */
static void write_thousandths(struct json_writer *writer, int64_t value)
{
	uint64_t rest = (uint64_t)imaxabs(value);
	char text[32];
	char *start = text + sizeof(text);
	bool is_written = false;

	for (int place = 0; place < 4 || rest; place++, rest /= 10) {
		if (place == 3 && is_written)
			*--start = '.';
		is_written = is_written || place >= 3 || rest % 10;
		if (is_written)
			*--start = (char)('0' + rest % 10);
	}
	if (value < 0)
		*--start = '-';
	json_writer_raw(writer, start, (size_t)(text + sizeof(text) - start));
}

/* Three decimals: more would change with each second. */
static void write_urgency(struct json_writer *writer, double urgency)
{
	json_writer_key(writer, "urgency");
	write_thousandths(writer, llround(urgency * 1000));
}

static enum error show_urgency(struct task_view *view, const struct task *task)
{
	enum error error = ERROR_NONE;

	if (task->status != TASK_PENDING || view->leaves_urgency_out)
		return ERROR_NONE;
	if (!view->coefficients)
		error = task_urgency_find(view->request, &view->coefficients);
	if (!error)
		write_urgency(&view->request->result, urgency_of(task, view->coefficients, view->now));
	return error;
}

/* --- the whole --- */

void task_view_init(struct task_view *view, struct request *request, int64_t now)
{
	*view = (struct task_view){ .request = request, .now = now };
}

static void write_times(struct json_writer *writer, const struct task *task)
{
	write_time(writer, "due", task->due);
	write_time(writer, "wait", task->wait);
	write_time(writer, "scheduled", task->scheduled);
	write_time(writer, "until", task->until);
	write_time(writer, "started", task->started);
	write_time(writer, "completed", task->completed);
	write_time(writer, "deleted", task->deleted);
	if (task->spent)
		json_writer_member_integer(writer, "spent", task->spent);
}

enum error task_view_write(struct task_view *view, const struct task *task)
{
	struct json_writer *writer = &view->request->result;
	enum error error;

	json_writer_begin_object(writer);
	if (task->id) {
		json_writer_member_integer(writer, "id", task->id);
		json_writer_member_text(writer, "uuid", task->uuid);
	}
	json_writer_member_text(writer, "title", task->title);
	write_text(writer, "note", task->note);
	json_writer_member_text(writer, "status", task_status_names[task->status]);
	if (task_is_waiting(task, view->now))
		json_writer_member_boolean(writer, "waiting", true);
	write_text(writer, "project", task->project);
	json_writer_key(writer, "tags");
	task_view_write_tags(writer, task);
	if (task->priority != TASK_PRIORITY_NONE)
		json_writer_member_text(writer, "priority", task_priority_names[task->priority]);
	if (task->series)
		json_writer_member_integer(writer, "series", task->series);
	if (task->recur)
		write_recurrence(writer, task);
	write_times(writer, task);
	write_relations(writer, task);
	error = write_custom(view, task);
	if (!error)
		error = show_urgency(view, task);
	json_writer_member_time(writer, "created", task->created);
	json_writer_member_time(writer, "modified", task->modified);
	json_writer_member_integer(writer, "version", task->version);
	json_writer_end_object(writer);
	return error;
}

enum error task_view_show(struct request *request, const struct task *task)
{
	struct task_view view;

	task_view_init(&view, request, request->now);
	return task_view_write(&view, task);
}
