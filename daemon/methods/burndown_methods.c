/* How the open tasks become fewer. */
#include "methods/chart_scope.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "methods/task_filter.h"
#include "store/time_store.h"
#include "tasks/burndown.h"

#include <string.h>

#define FIRST_SPANS 64u

/* The work of all tasks, which is gone along as the tasks are: both in the order of ids. */
struct work {
	struct arena *arena;
	struct time_span *spans;
	size_t count;
	size_t capacity;
	size_t at; /* the first span of a task that was not seen yet */
};

struct charting {
	struct burndown burndown;
	struct work work;
};

/* --- reading --- */

static enum error on_span(void *context, const struct time_span *span)
{
	struct work *work = context;

	if (work->count == work->capacity) {
		size_t capacity = work->capacity ? 2 * work->capacity : FIRST_SPANS;
		struct time_span *spans = arena_array(work->arena, capacity, sizeof(*spans));

		if (work->count)
			memcpy(spans, work->spans, work->count * sizeof(*spans));
		work->spans = spans;
		work->capacity = capacity;
	}
	work->spans[work->count++] = *span;
	return ERROR_NONE;
}

static enum error on_task(void *context, const struct task *task)
{
	struct charting *charting = context;
	struct work *work = &charting->work;
	size_t first;

	while (work->at < work->count && work->spans[work->at].task_id < task->id)
		work->at++;
	first = work->at;
	while (work->at < work->count && work->spans[work->at].task_id == task->id)
		work->at++;
	burndown_add(&charting->burndown, task, &work->spans[first], work->at - first);
	return ERROR_NONE;
}

static enum error fill(struct request *request, const struct chart_scope_params *params, struct charting *charting)
{
	static const char *const fields[] = { "started", "completed", "deleted", "created", "recur", NULL };
	struct task_query query;
	enum error error = chart_scope_read(request, params, &query);

	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	charting->work.arena = request->arena;
	error = time_store_each_by_task(
		request->db, request->who.account_id, charting->burndown.begin, on_span, &charting->work);
	if (!error)
		error = task_filter_explain(
			request, task_query_each_part(request->db, &query, fields, request->arena, on_task, charting));
	burndown_finish(&charting->burndown);
	return error;
}

/* --- the answer --- */

static void write_period(struct json_writer *result, int64_t first_day, const struct burndown_count *count)
{
	json_writer_begin_object(result);
	chart_write_day(result, "begin", first_day);
	json_writer_member_integer(result, "pending", count->pending);
	json_writer_member_integer(result, "started", count->started);
	json_writer_member_integer(result, "done", count->done);
	json_writer_end_object(result);
}

static void write_rate(struct json_writer *result, const struct burndown_rate *rate)
{
	json_writer_key(result, "rate");
	json_writer_begin_object(result);
	chart_write_rate(result, "added", rate->added);
	chart_write_rate(result, "done", rate->done);
	chart_write_rate(result, "deleted", rate->deleted);
	chart_write_rate(result, "net", rate->net);
	json_writer_end_object(result);
}

static void write_burndown(struct json_writer *result, const struct chart_span *span, const struct burndown *burndown)
{
	size_t first = span->is_open ? burndown->first : 0;
	struct burndown_rate rate = burndown_rate(burndown, first);
	int64_t estimate;

	json_writer_begin_object(result);
	json_writer_member_text(result, "unit", period_unit_names[span->unit]);
	json_writer_key(result, "periods");
	json_writer_begin_array(result);
	for (size_t i = first; i < burndown->count; i++)
		write_period(result, span->periods.days[i], &burndown->counts[i]);
	json_writer_end_array(result);
	write_rate(result, &rate);
	if (burndown_estimate(burndown, &rate, &estimate))
		chart_write_day(result, "estimate", calendar_day_of(estimate + zone_offset(span->zone, estimate)));
	json_writer_end_object(result);
}

static enum error task_burndown(struct request *request, const struct chart_span_params *params)
{
	struct charting charting = { 0 };
	struct chart_span span;
	enum error error = chart_span_read(request, params, PERIOD_MONTH, &span);

	if (error)
		return error;
	burndown_init(&charting.burndown, &span.periods, request->now, request->arena);
	error = fill(request, &params->scope, &charting);
	if (!error)
		write_burndown(&request->result, &span, &charting.burndown);
	return error;
}

METHOD_HANDLER(task_burndown, struct chart_span_params)

const struct method burndown_methods[] = {
	{ .name = "task.burndown",
		.summary = "Count the tasks that were pending, started and done at the end of each period",
		TASK_READ,
		.params = chart_span_params,
		.params_size = sizeof(struct chart_span_params),
		.handle = task_burndown_handler },
	{ 0 },
};
