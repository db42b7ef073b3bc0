/* The one place through which every change of a task goes. */
#include "methods/task_edit.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "methods/task_view.h"
#include "store/history_store.h"
#include "store/task_store.h"

#include <stddef.h>
#include <string.h>

enum field_type { FIELD_TEXT, FIELD_TIME, FIELD_STATUS, FIELD_PRIORITY, FIELD_TAGS };

struct field {
	const char *name;
	enum field_type type;
	size_t offset; /* of a text or a time, in struct task */
};

/* What the history keeps of a task. */
static const struct field fields[] = {
	{ "title", FIELD_TEXT, offsetof(struct task, title) },
	{ "note", FIELD_TEXT, offsetof(struct task, note) },
	{ "status", FIELD_STATUS, 0 },
	{ "project", FIELD_TEXT, offsetof(struct task, project) },
	{ "tags", FIELD_TAGS, 0 },
	{ "priority", FIELD_PRIORITY, 0 },
	{ "due", FIELD_TIME, offsetof(struct task, due) },
	{ "wait", FIELD_TIME, offsetof(struct task, wait) },
	{ "started", FIELD_TIME, offsetof(struct task, started) },
	{ "completed", FIELD_TIME, offsetof(struct task, completed) },
	{ "deleted", FIELD_TIME, offsetof(struct task, deleted) },
};

static const char *text_of(const struct field *field, const struct task *task)
{
	return *(const char *const *)(const void *)((const char *)task + field->offset);
}

static int64_t time_of(const struct field *field, const struct task *task)
{
	return *(const int64_t *)(const void *)((const char *)task + field->offset);
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool has_same_tags(const struct task *a, const struct task *b)
{
	if (a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (strcmp(a->tags[i], b->tags[i]) != 0)
			return false;
	return true;
}

static bool field_differs(const struct field *field, const struct task *a, const struct task *b)
{
	switch (field->type) {
	case FIELD_TEXT:
		return !is_same_text(text_of(field, a), text_of(field, b));
	case FIELD_TIME:
		return time_of(field, a) != time_of(field, b);
	case FIELD_STATUS:
		return a->status != b->status;
	case FIELD_PRIORITY:
		return a->priority != b->priority;
	case FIELD_TAGS:
		return !has_same_tags(a, b);
	}
	return false;
}

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

static void write_field(struct json_writer *writer, const struct field *field, const struct task *task)
{
	json_writer_key(writer, field->name);
	switch (field->type) {
	case FIELD_TEXT:
		write_text(writer, text_of(field, task));
		return;
	case FIELD_TIME:
		write_time(writer, time_of(field, task));
		return;
	case FIELD_STATUS:
		json_writer_text(writer, task_status_names[task->status]);
		return;
	case FIELD_PRIORITY:
		write_text(writer, task->priority == TASK_PRIORITY_NONE ? NULL : task_priority_names[task->priority]);
		return;
	case FIELD_TAGS:
		task_view_write_tags(writer, task);
		return;
	}
}

/* The fields of `task` in which it differs from `other`. */
static void write_difference(struct buffer *out, const struct task *task, const struct task *other)
{
	struct json_writer writer;

	buffer_truncate(out, 0);
	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (field_differs(&fields[i], task, other))
			write_field(&writer, &fields[i], task);
	json_writer_end_object(&writer);
}

/* A new task: what names it, its status, and all that is not empty. */
static void write_new(struct buffer *out, const struct task *task)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	json_writer_member_text(&writer, "uuid", task->uuid);
	json_writer_member_time(&writer, "created", task->created);
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (fields[i].type == FIELD_STATUS || field_differs(&fields[i], task, &task_empty))
			write_field(&writer, &fields[i], task);
	json_writer_end_object(&writer);
}

bool task_edit_differs(const struct task *before, const struct task *after)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (field_differs(&fields[i], before, after))
			return true;
	return false;
}

void task_edit_init(struct task_edit *edit, struct request *request, const char *action)
{
	*edit = (struct task_edit){ .request = request, .action = action };
	buffer_init(&edit->before);
	buffer_init(&edit->after);
}

void task_edit_deinit(struct task_edit *edit)
{
	buffer_deinit(&edit->before);
	buffer_deinit(&edit->after);
}

static bool is_changed(const struct task_change *change)
{
	return change->before.version != change->after.version;
}

static enum error save_change(struct task_edit *edit, const struct task_change *change)
{
	struct request *request = edit->request;
	struct history_entry entry = { .account_id = request->who.account_id,
		.revision = ++edit->revision,
		.step = edit->step,
		.at = request->now,
		.actor = request->who.actor,
		.action = edit->action,
		.task_id = change->after.id };
	enum error error = task_store_update(request->db, request->who.account_id, &change->before, &change->after);

	if (error)
		return error;
	write_difference(&edit->before, &change->before, &change->after);
	write_difference(&edit->after, &change->after, &change->before);
	entry.before = edit->before.data;
	entry.before_length = edit->before.length;
	entry.after = edit->after.data;
	entry.after_length = edit->after.length;
	return history_store_add(request->db, &entry);
}

static enum error count_up(struct task_edit *edit, int64_t revisions)
{
	int64_t first_id, first_revision;
	enum error error = task_store_count_up(
		edit->request->db, edit->request->who.account_id, 0, revisions, &first_id, &first_revision);

	if (error)
		return error;
	edit->revision = first_revision - 1;
	if (!edit->step)
		edit->step = first_revision;
	return ERROR_NONE;
}

enum error task_edit_save(struct task_edit *edit, const struct task_change *changes, size_t count)
{
	int64_t changed = 0;
	enum error error;

	for (size_t i = 0; i < count; i++)
		changed += is_changed(&changes[i]);
	if (!changed)
		return ERROR_NONE;
	error = count_up(edit, changed);
	for (size_t i = 0; !error && i < count; i++)
		if (is_changed(&changes[i]))
			error = save_change(edit, &changes[i]);
	return error;
}

static enum error record_new(struct request *request, const struct task *task, int64_t revision)
{
	struct history_entry entry = { .account_id = request->who.account_id,
		.revision = revision,
		.step = revision,
		.at = request->now,
		.actor = request->who.actor,
		.action = "add",
		.task_id = task->id };
	struct buffer after;
	enum error error;

	buffer_init(&after);
	write_new(&after, task);
	entry.after = after.data;
	entry.after_length = after.length;
	error = history_store_add(request->db, &entry);
	buffer_deinit(&after);
	return error;
}

void task_edit_foresee(const struct request *request, struct task *task)
{
	task->created = request->now;
	task->modified = request->now;
	task->version = 1;
}

enum error task_edit_add(struct request *request, struct task *task)
{
	int64_t account_id = request->who.account_id;
	int64_t revision;
	enum error error = task_store_count_up(request->db, account_id, 1, 1, &task->id, &revision);

	if (error)
		return error;
	secret_uuid(task->uuid);
	task_edit_foresee(request, task);
	error = task_store_insert(request->db, account_id, task);
	return error ? error : record_new(request, task, revision);
}
