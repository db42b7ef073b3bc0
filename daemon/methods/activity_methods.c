/* What was done in each period. */
#include "tasks/activity.h"

#include "methods/chart_scope.h"
#include "methods/methods.h"

static enum error on_task(void *context, const struct task *task)
{
	activity_add(context, task);
	return ERROR_NONE;
}

static enum error fill(struct request *request, const struct chart_scope_params *params, struct activity *activity)
{
	static const char *const fields[] = { "created", "completed", "deleted", "recur", NULL };

	return chart_scope_each(request, params, fields, on_task, activity);
}

static void write_period(struct json_writer *result, int64_t first_day, const struct activity_count *count)
{
	json_writer_begin_object(result);
	chart_write_day(result, "begin", first_day);
	json_writer_member_integer(result, "added", count->added);
	json_writer_member_integer(result, "done", count->done);
	json_writer_member_integer(result, "deleted", count->deleted);
	json_writer_end_object(result);
}

static void write_activity(struct json_writer *result, const struct chart_span *span, const struct activity *activity)
{
	json_writer_begin_object(result);
	json_writer_member_text(result, "unit", period_unit_names[span->unit]);
	json_writer_key(result, "periods");
	json_writer_begin_array(result);
	for (size_t i = span->is_open ? activity->first : 0; i < span->periods.count; i++)
		write_period(result, span->periods.days[i], &activity->counts[i]);
	json_writer_end_array(result);
	json_writer_end_object(result);
}

static enum error task_activity(struct request *request, const struct chart_span_params *params)
{
	struct activity activity;
	struct chart_span span;
	enum error error = chart_span_read(request, params, PERIOD_YEAR, &span);

	if (error)
		return error;
	activity_init(&activity, &span.periods, request->arena);
	error = fill(request, &params->scope, &activity);
	if (!error)
		write_activity(&request->result, &span, &activity);
	return error;
}

METHOD_HANDLER(task_activity, struct chart_span_params)

const struct method activity_methods[] = {
	{ .name = "task.activity",
		.summary = "Count the tasks that were added, completed and deleted in each period",
		TASK_READ,
		.params = chart_span_params,
		.params_size = sizeof(struct chart_span_params),
		.handle = task_activity_handler },
	{ 0 },
};
