/* A task as clients see it. */
#include "methods/task_view.h"

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

void task_view_write(struct json_writer *writer, const struct task *task, int64_t now)
{
	json_writer_begin_object(writer);
	if (task->id) {
		json_writer_member_integer(writer, "id", task->id);
		json_writer_member_text(writer, "uuid", task->uuid);
	}
	json_writer_member_text(writer, "title", task->title);
	write_text(writer, "note", task->note);
	json_writer_member_text(writer, "status", task_status_names[task->status]);
	if (task_is_waiting(task, now))
		json_writer_member_boolean(writer, "waiting", true);
	write_text(writer, "project", task->project);
	json_writer_key(writer, "tags");
	task_view_write_tags(writer, task);
	if (task->priority != TASK_PRIORITY_NONE)
		json_writer_member_text(writer, "priority", task_priority_names[task->priority]);
	write_time(writer, "due", task->due);
	write_time(writer, "wait", task->wait);
	write_time(writer, "started", task->started);
	write_time(writer, "completed", task->completed);
	write_time(writer, "deleted", task->deleted);
	json_writer_member_time(writer, "created", task->created);
	json_writer_member_time(writer, "modified", task->modified);
	json_writer_member_integer(writer, "version", task->version);
	json_writer_end_object(writer);
}
