/* The formats in which tasks are exported. */
#include "methods/export_formats.h"

#include "common/cleanup.h"
#include "methods/field_view.h"
#include "methods/task_relatives.h"
#include "methods/task_urgency.h"
#include "methods/taskwarrior.h"
#include "store/series_store.h"
#include "store/task_store.h"

#include <string.h>

/* --- the own one --- */

static void begin_lines(struct export_writer *export)
{
	struct json_writer *writer = &export->writer;

	json_writer_begin_object(writer);
	json_writer_member_integer(writer, "taskctl", TASK_LINE_VERSION);
	if (export->fields.count) {
		json_writer_key(writer, "fields");
		json_writer_begin_array(writer);
		for (size_t i = 0; i < export->fields.count; i++)
			field_view_write(writer, &export->fields.fields[i]);
		json_writer_end_array(writer);
	}
	json_writer_end_object(writer);
	buffer_append_char(writer->out, '\n');
}

static enum error write_line(struct export_writer *export, struct task *task, bool *ret_is_written)
{
	struct request *request = export->request;
	struct task_relatives relatives;
	enum error error = task_relatives_find(request->db, request->who.account_id, &export->arena, task, &relatives);

	*ret_is_written = !error;
	if (!error)
		task_line_write(&export->writer, task, &relatives, &export->fields);
	return error;
}

/* --- Taskwarrior's --- */

#define MASK_LIMIT 100000

struct mask {
	char *signs;
	int64_t length;
};

static enum error set_sign(void *context, int64_t occurrence, enum task_status status)
{
	static const char signs[] = { [TASK_PENDING] = '-', [TASK_COMPLETED] = '+', [TASK_DELETED] = 'X' };
	struct mask *mask = context;

	if (occurrence < mask->length && status != TASK_RECURRING)
		mask->signs[occurrence] = signs[status];
	return ERROR_NONE;
}

/* Instances that were missed are as good as deleted. */
static enum error find_mask(struct export_writer *export, const struct task *template, const char **ret_mask)
{
	struct request *request = export->request;
	struct mask mask = { .length = template->occurrence == TASK_NO_TIME ? 0 : template->occurrence + 1 };

	*ret_mask = NULL;
	if (!mask.length || mask.length > MASK_LIMIT)
		return ERROR_NONE;
	mask.signs = arena_alloc(&export->arena, (size_t)mask.length + 1);
	memset(mask.signs, 'X', (size_t)mask.length);
	*ret_mask = mask.signs;
	return series_store_each_instance(request->db, request->who.account_id, template->id, set_sign, &mask);
}

/* The rule of an instance's series; NULL: it has none, or one that Taskwarrior does not know. */
static enum error find_rule(struct export_writer *export, int64_t series, const char **ret_recur)
{
	struct request *request = export->request;
	const struct task_ref ref = { .id = series };
	struct task template = task_empty;
	enum error error = ERROR_NONE;

	if (export->series != series)
		error = task_store_find(request->db, request->who.account_id, &ref, &export->arena, &template, NULL);
	if (error && error != ERROR_NOT_FOUND)
		return error;
	if (export->series != series)
		export->recur = template.recur && taskwarrior_has_rule(template.recur)
					? arena_strdup(request->arena, template.recur)
					: NULL;
	export->series = series;
	*ret_recur = export->recur;
	return ERROR_NONE;
}

static enum error write_taskwarrior(struct export_writer *export, struct task *task, bool *ret_is_written)
{
	struct request *request = export->request;
	struct task_relatives relatives;
	struct taskwarrior_context context = {
		.relatives = &relatives, .fields = &export->fields, .now = request->now
	};
	enum error error = task_urgency_find(request, &context.coefficients);

	*ret_is_written = !task->recur || taskwarrior_has_rule(task->recur);
	export->left_out += !*ret_is_written;
	if (error || !*ret_is_written)
		return error;
	error = task_relatives_find(request->db, request->who.account_id, &export->arena, task, &relatives);
	if (!error && task->recur)
		error = find_mask(export, task, &context.mask);
	if (!error && task->series)
		error = find_rule(export, task->series, &context.recur);
	if (!error)
		taskwarrior_write(&export->writer, task, &context);
	return error;
}

/* --- the table --- */

static const struct export_format formats[] = {
	{ .name = "jsonl", .begin = begin_lines, .before = "", .between = "\n", .after = "\n", .write = write_line },
	{ .name = "taskwarrior", .before = "[\n", .between = ",\n", .after = "\n]\n", .write = write_taskwarrior },
	{ .name = "taskwarrior-lines", .before = "", .between = "\n", .after = "\n", .write = write_taskwarrior },
	{ .name = "ical",
		.begin = export_ical_begin,
		.before = "CALSCALE:GREGORIAN\r\n",
		.between = "",
		.after = "END:VCALENDAR\r\n",
		.write = export_ical_write },
};

enum error export_format_find(struct request *request, const char *name, const struct export_format **ret_format)
{
	for (size_t i = 0; i < COUNT_OF(formats); i++)
		if (!name || !strcmp(name, formats[i].name)) {
			*ret_format = &formats[i];
			return ERROR_NONE;
		}
	return request_refuse(request, ERROR_INVALID_PARAMS, "format",
		"format must be jsonl, taskwarrior, taskwarrior-lines or ical");
}
