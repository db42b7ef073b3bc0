/* What the pictures of many tasks have in common: which tasks, and the periods up to now. */
#pragma once

#include "methods/task_context.h"
#include "rpc/params.h"
#include "rpc/request.h"
#include "store/task_query.h"
#include "tasks/period.h"

#define CHART_PERIODS_LIMIT 400

struct chart_scope_params {
	struct text_param filter;
	struct text_param context;
};

/* The rows of a params table whose struct begins with a struct chart_scope_params. */
#define CHART_SCOPE_PARAMS                                                                                             \
	{ .name = "filter",                                                                                            \
		.summary = "Of which tasks, of every status unless it names one",                                      \
		.type = PARAM_TEXT,                                                                                    \
		.offset = offsetof(struct chart_scope_params, filter),                                                 \
		.maximum = FILTER_TEXT_LIMIT },                                                                        \
		TASK_CONTEXT_PARAM(struct chart_scope_params)

/* The tasks that are meant: of every status unless one is named, or ids; a context narrows them as in task.list. */
enum error chart_scope_read(
	struct request *request, const struct chart_scope_params *params, struct task_query *ret_query);

/*
 * Those tasks, with these fields of each (see task_query_each_part). What goes through all of them takes long, and so
 * runs in the pool.
 */
enum error chart_scope_each(struct request *request, const struct chart_scope_params *params, const char *const *fields,
	task_query_row on_row, void *context);

/* Whether any condition is given. */
bool chart_scope_is_narrow(const struct chart_scope_params *params);

struct chart_span_params {
	struct chart_scope_params scope;
	struct text_param unit;
	struct integer_param periods;
};

/* Those of task.activity and task.burndown. */
extern const struct param chart_span_params[];

struct chart_span {
	enum period_unit unit;
	const struct zone *zone;
	struct periods periods; /* the last of them holds now */
	bool is_open;           /* how many was not said, so that those before the first event are left out */
};

/* ERROR_INVALID_PARAMS, field "unit" (which may be up to `largest`), "timezone" or "week_start". In the arena. */
enum error chart_span_read(struct request *request, const struct chart_span_params *params, enum period_unit largest,
	struct chart_span *ret_span);

/* The member `key`: a number, to thousandths. */
void chart_write_rate(struct json_writer *writer, const char *key, double rate);
/* The same: a day as its date. */
void chart_write_day(struct json_writer *writer, const char *key, int64_t day);
