/* What the pictures of many tasks have in common. */
#include "methods/chart_scope.h"

#include "methods/services.h"
#include "methods/task_filter.h"
#include "methods/task_scope.h"
#include "methods/week_start.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define RATE_STEPS 1000.0 /* of one */

const struct param chart_span_params[] = {
	{ .name = "unit",
		.summary = "day, week, month or, of an activity, year",
		.type = PARAM_TEXT,
		.offset = offsetof(struct chart_span_params, unit),
		.need = PARAM_REQUIRED },
	{ .name = "periods",
		.summary = "How many up to now; without it those from the first task on, at most 400",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct chart_span_params, periods),
		.minimum = 1,
		.maximum = CHART_PERIODS_LIMIT },
	CHART_SCOPE_PARAMS,
	{ 0 },
};

bool chart_scope_is_narrow(const struct chart_scope_params *params)
{
	return params->filter.length || params->context.presence == PARAM_GIVEN;
}

enum error chart_scope_read(
	struct request *request, const struct chart_scope_params *params, struct task_query *ret_query)
{
	const struct filter *filter;
	const char *context;
	enum error error = task_context_read_filter(request, &params->context, &context);

	if (!error)
		error = task_scope_narrow(request, context, params->filter.length ? params->filter.text : "",
			params->filter.length, request->now, &filter);
	if (error)
		return error;
	*ret_query = (struct task_query){ .account_id = request->who.account_id,
		.now = request->now,
		.filter = filter_names_scope(filter) ? filter : task_scope_whole(request->arena, filter) };
	return ERROR_NONE;
}

enum error chart_scope_each(struct request *request, const struct chart_scope_params *params, const char *const *fields,
	task_query_row on_row, void *context)
{
	struct task_query query;
	enum error error = chart_scope_read(request, params, &query);

	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return task_filter_explain(
		request, task_query_each_part(request->db, &query, fields, request->arena, on_row, context));
}

static enum error read_unit(
	struct request *request, const struct text_param *text, enum period_unit largest, enum period_unit *ret_unit)
{
	for (size_t unit = 0; unit <= (size_t)largest; unit++)
		if (!strcmp(period_unit_names[unit], text->text)) {
			*ret_unit = (enum period_unit)unit;
			return ERROR_NONE;
		}
	return request_refuse(request, ERROR_INVALID_PARAMS, "unit", "unit is day, week%s",
		largest == PERIOD_YEAR ? ", month or year" : " or month");
}

enum error chart_span_read(struct request *request, const struct chart_span_params *params, enum period_unit largest,
	struct chart_span *ret_span)
{
	bool is_open = params->periods.presence != PARAM_GIVEN;
	int64_t count = is_open ? CHART_PERIODS_LIMIT : params->periods.value;
	const struct zone *zone;
	enum weekday week_start;
	enum period_unit unit = PERIOD_DAY;
	int64_t last;
	enum error error = read_unit(request, &params->unit, largest, &unit);

	if (!error)
		error = week_start_read(request, &week_start);
	if (!error)
		error = zone_set_find(
			request->services->zones, request->timezone, request->arena, &zone, &request->refusal);
	if (error)
		return error;
	last = period_first_day(unit, week_start, calendar_day_of(request->now + zone_offset(zone, request->now)));
	*ret_span = (struct chart_span){ .unit = unit, .zone = zone, .is_open = is_open };
	periods_make(unit, period_step(unit, last, 1 - count), (size_t)count, zone, request->arena, &ret_span->periods);
	return ERROR_NONE;
}

void chart_write_rate(struct json_writer *writer, const char *key, double rate)
{
	json_writer_key(writer, key);
	json_writer_real(writer, round(rate * RATE_STEPS) / RATE_STEPS);
}

void chart_write_day(struct json_writer *writer, const char *key, int64_t day)
{
	struct calendar_date date = calendar_date(day);
	char text[32];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year, date.month, date.day);
	json_writer_member_text(writer, key, text);
}
