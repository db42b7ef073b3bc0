/* What falls on each day. */
#include "methods/chart_scope.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "methods/week_start.h"
#include "store/day_store.h"
#include "tasks/date.h"

#include <stddef.h>

#define CALENDAR_YEARS      5
#define CALENDAR_DAYS_LIMIT (INT64_C(366) * CALENDAR_YEARS)

struct task_calendar_params {
	struct chart_scope_params scope;
	struct text_param from;
	struct text_param to;
};

static const struct param task_calendar_params[] = {
	{ .name = "from",
		.summary = "The first day",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_calendar_params, from),
		.need = PARAM_REQUIRED,
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "to",
		.summary = "The last day, at most 5 years behind the first",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_calendar_params, to),
		.need = PARAM_REQUIRED,
		.maximum = DATE_TEXT_LIMIT },
	CHART_SCOPE_PARAMS,
	{ 0 },
};

/* --- which days --- */

static enum error read_day(struct request *request, const struct date_context *context, const struct text_param *text,
	const char *field, int64_t *ret_day)
{
	struct date_span span;
	enum error error = date_parse_span(text->text, text->length, context, field, &span, &request->refusal);

	if (!error)
		*ret_day = calendar_day_of(span.first + zone_offset(context->zone, span.first));
	return error;
}

static enum error make_days(
	struct request *request, const struct zone *zone, int64_t from, int64_t to, struct periods *ret_days)
{
	if (to < from)
		return request_refuse(request, ERROR_INVALID_PARAMS, "to", "to lies before from");
	if (to - from >= CALENDAR_DAYS_LIMIT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "to",
			"a calendar has at most %d years; ask for the others by another call", CALENDAR_YEARS);
	periods_make(PERIOD_DAY, from, (size_t)(to - from + 1), zone, request->arena, ret_days);
	return ERROR_NONE;
}

static enum error read_days(
	struct request *request, const struct task_calendar_params *params, struct periods *ret_days)
{
	struct date_context context = { .now = request->now };
	int64_t from, to;
	enum error error = zone_set_find(
		request->services->zones, request->timezone, request->arena, &context.zone, &request->refusal);

	if (!error)
		error = week_start_read(request, &context.week_start);
	if (!error)
		error = read_day(request, &context, &params->from, "from", &from);
	if (!error)
		error = read_day(request, &context, &params->to, "to", &to);
	return error ? error : make_days(request, context.zone, from, to, ret_days);
}

/* --- what falls on them --- */

static enum error on_event(void *context, enum day_event event, int64_t moment)
{
	day_sheet_note(context, event, moment);
	return ERROR_NONE;
}

static enum error on_task(void *context, const struct task *task)
{
	day_sheet_add(context, task);
	return ERROR_NONE;
}

/* A filter may have to look at every task. */
static enum error fill_filtered(
	struct request *request, const struct chart_scope_params *params, struct day_sheet *sheet)
{
	static const char *const fields[] = { "status", "due", "wait", "scheduled", "completed", NULL };

	return chart_scope_each(request, params, fields, on_task, sheet);
}

static enum error fill(struct request *request, const struct chart_scope_params *params, struct day_sheet *sheet)
{
	const struct periods *days = sheet->days;

	if (chart_scope_is_narrow(params))
		return fill_filtered(request, params, sheet);
	return day_store_each(
		request->db, request->who.account_id, days->begins[0], days->begins[days->count], on_event, sheet);
}

/* --- the answer --- */

static void write_day(struct json_writer *result, int64_t day, const struct day_counts *counts)
{
	json_writer_begin_object(result);
	chart_write_day(result, "date", day);
	json_writer_member_integer(result, "due", counts->due);
	json_writer_member_integer(result, "overdue", counts->overdue);
	json_writer_member_integer(result, "scheduled", counts->scheduled);
	json_writer_member_integer(result, "waiting", counts->waiting);
	json_writer_member_integer(result, "done", counts->done);
	json_writer_end_object(result);
}

static void write_sheet(struct json_writer *result, const struct day_sheet *sheet)
{
	const struct periods *days = sheet->days;

	json_writer_begin_object(result);
	chart_write_day(result, "from", days->days[0]);
	chart_write_day(result, "to", days->days[days->count - 1]);
	json_writer_key(result, "days");
	json_writer_begin_array(result);
	for (size_t i = 0; i < days->count; i++)
		if (!day_is_empty(&sheet->counts[i]))
			write_day(result, days->days[i], &sheet->counts[i]);
	json_writer_end_array(result);
	json_writer_end_object(result);
}

static enum error task_calendar(struct request *request, const struct task_calendar_params *params)
{
	struct day_sheet sheet;
	struct periods days;
	enum error error = read_days(request, params, &days);

	if (error)
		return error;
	day_sheet_init(&sheet, &days, request->now, request->arena);
	error = fill(request, &params->scope, &sheet);
	if (!error)
		write_sheet(&request->result, &sheet);
	return error;
}

METHOD_HANDLER(task_calendar, struct task_calendar_params)

const struct method calendar_methods[] = {
	{ .name = "task.calendar",
		.summary = "Say what is due, scheduled, waited for and done on each day",
		TASK_READ,
		.params = task_calendar_params,
		.params_size = sizeof(struct task_calendar_params),
		.handle = task_calendar_handler },
	{ 0 },
};
