/* Tasks as lines of JSON that another store can read. */
#include "methods/task_line.h"

#include "methods/task_view.h"
#include "tasks/task_field.h"

static void write_text(struct json_writer *writer, const char *name, const char *text)
{
	if (text)
		json_writer_member_text(writer, name, text);
}

static void write_time(struct json_writer *writer, const char *name, int64_t seconds)
{
	if (seconds != TASK_NO_TIME)
		json_writer_member_time(writer, name, seconds);
}

static void write_integer(struct json_writer *writer, const char *name, bool is_given, int64_t value)
{
	if (is_given)
		json_writer_member_integer(writer, name, value);
}

static void write_tags(struct json_writer *writer, const struct task *task)
{
	if (!task->tag_count)
		return;
	json_writer_key(writer, "tags");
	task_view_write_tags(writer, task);
}

static void write_depends(struct json_writer *writer, const struct task *task, const struct task_relatives *relatives)
{
	if (!task->depend_count)
		return;
	json_writer_key(writer, "depends");
	json_writer_begin_array(writer);
	for (size_t i = 0; i < task->depend_count; i++)
		json_writer_text(writer, relatives->depends[i]);
	json_writer_end_array(writer);
}

static void write_annotations(struct json_writer *writer, const struct task *task)
{
	if (!task->annotation_count)
		return;
	json_writer_key(writer, "annotations");
	task_view_write_annotations(writer, task);
}

static void write_custom(struct json_writer *writer, const struct task *task, const struct custom_field_list *fields)
{
	if (!task->custom_count)
		return;
	json_writer_key(writer, "fields");
	task_view_write_values(writer, task, fields);
}

static void write_field(struct json_writer *writer, const struct task_field *field, const struct task *task,
	const struct task_relatives *relatives)
{
	switch (field->type) {
	case TASK_FIELD_TEXT:
		write_text(writer, field->name, task_field_text(field, task));
		return;
	case TASK_FIELD_INTEGER:
		write_integer(
			writer, field->name, task_field_integer(field, task) != 0, task_field_integer(field, task));
		return;
	case TASK_FIELD_TIME:
		write_time(writer, field->name, task_field_integer(field, task));
		return;
	case TASK_FIELD_COUNT:
		write_integer(writer, field->name, task_field_integer(field, task) != TASK_NO_TIME,
			task_field_integer(field, task));
		return;
	case TASK_FIELD_PRIORITY:
		write_text(writer, field->name,
			task->priority == TASK_PRIORITY_NONE ? NULL : task_priority_names[task->priority]);
		return;
	case TASK_FIELD_TAGS:
		write_tags(writer, task);
		return;
	case TASK_FIELD_REFERENCE:
		write_text(writer, field->name,
			field->offset == offsetof(struct task, parent) ? relatives->parent : relatives->series);
		return;
	case TASK_FIELD_DEPENDS:
		write_depends(writer, task, relatives);
		return;
	case TASK_FIELD_ANNOTATIONS:
		write_annotations(writer, task);
		return;
	case TASK_FIELD_CUSTOM: /* has another name */
	case TASK_FIELD_UUID:
	case TASK_FIELD_STATUS:
		return; /* stand at the front */
	}
}

void task_line_write(struct json_writer *writer, const struct task *task, const struct task_relatives *relatives,
	const struct custom_field_list *fields)
{
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "uuid", task->uuid);
	json_writer_member_text(writer, "title", task->title);
	json_writer_member_text(writer, "status", task_status_names[task->status]);
	json_writer_member_time(writer, "created", task->created);
	write_time(writer, "modified", task->modified);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && field->offset != offsetof(struct task, title))
			write_field(writer, field, task, relatives);
	write_custom(writer, task, fields);
	json_writer_end_object(writer);
}
