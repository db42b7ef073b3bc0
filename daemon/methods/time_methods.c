/* How long was worked, by task, project or day. */
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/services.h"
#include "methods/task_scope.h"
#include "methods/week_start.h"
#include "store/task_query.h"
#include "store/time_store.h"
#include "tasks/date.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_IDS 256u

struct task_time_params {
	struct text_param from;
	struct text_param to;
	struct text_param by;
	struct text_param filter;
	struct page_params page;
};

static const struct param task_time_params[] = {
	{ .name = "from",
		.summary = "From when on; a day from its start",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_time_params, from),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "to",
		.summary = "Up to when; a day to its end; without it, now",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_time_params, to),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "by",
		.summary = "task, project or day; task unless said",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_time_params, by) },
	{ .name = "filter",
		.summary = "Of which tasks, of every status unless it names one",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_time_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	{ .name = "limit",
		.summary = "Rows at most, 1000 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct task_time_params, page.limit),
		.minimum = 1,
		.maximum = PAGE_LIMIT_MAXIMUM },
	{ .name = "cursor",
		.summary = "Where to go on: the next_cursor of the page before",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_time_params, page.cursor),
		.minimum = 1,
		.maximum = 32 },
	{ 0 },
};

/* Ids that a filter has found, ascending. */
struct id_set {
	struct arena *arena;
	int64_t *ids;
	size_t count;
	size_t capacity;
};

/* A timesheet on its way. */
struct sheet {
	struct request *request;
	enum time_sheet_by by;
	const struct zone *zone;
	int64_t from, before;        /* INT64_MIN: from the beginning */
	const struct id_set *wanted; /* NULL: all tasks */
	struct time_sheet *times;
};

static const char *const by_names[] = {
	[TIME_SHEET_BY_TASK] = "task", [TIME_SHEET_BY_PROJECT] = "project", [TIME_SHEET_BY_DAY] = "day", NULL
};

/* --- what is asked --- */

static enum error read_by(struct request *request, const struct text_param *by, enum time_sheet_by *ret_by)
{
	*ret_by = TIME_SHEET_BY_TASK;
	if (by->presence != PARAM_GIVEN)
		return ERROR_NONE;
	for (size_t i = 0; by_names[i]; i++)
		if (!strcmp(by_names[i], by->text)) {
			*ret_by = (enum time_sheet_by)i;
			return ERROR_NONE;
		}
	return request_refuse(request, ERROR_INVALID_PARAMS, "by", "by is task, project or day");
}

static enum error read_span(struct request *request, const struct zone *zone, const struct text_param *text,
	const char *field, struct date_span *ret_span)
{
	struct date_context context = { .now = request->now, .zone = zone };
	enum error error = week_start_read(request, &context.week_start);

	return error ? error : date_parse_span(text->text, text->length, &context, field, ret_span, &request->refusal);
}

/* A day is meant to its end, which is one second behind its last. */
static enum error read_bounds(struct request *request, const struct task_time_params *params, struct sheet *sheet)
{
	struct date_span from = { .first = INT64_MIN };
	struct date_span to = { .first = request->now, .last = request->now };
	enum error error = ERROR_NONE;

	if (params->from.presence == PARAM_GIVEN)
		error = read_span(request, sheet->zone, &params->from, "from", &from);
	if (!error && params->to.presence == PARAM_GIVEN)
		error = read_span(request, sheet->zone, &params->to, "to", &to);
	if (!error && from.first > to.last)
		return request_refuse(request, ERROR_INVALID_PARAMS, "to", "to lies before from");
	sheet->from = from.first;
	sheet->before = to.last + (to.first != to.last);
	return error;
}

/* --- which tasks --- */

static enum error keep_id(void *context, const struct task *task)
{
	struct id_set *set = context;

	if (set->count == set->capacity) {
		int64_t *ids = arena_array(set->arena, 2 * set->capacity, sizeof(*ids));

		memcpy(ids, set->ids, set->count * sizeof(*ids));
		set->ids = ids;
		set->capacity *= 2;
	}
	set->ids[set->count++] = task->id;
	return ERROR_NONE;
}

static int compare_ids(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a > *b) - (*a < *b);
}

static enum error find_wanted(struct request *request, const struct text_param *filter, struct sheet *sheet)
{
	struct task_query query = { .account_id = request->who.account_id, .now = request->now };
	struct id_set *set = arena_alloc(request->arena, sizeof(*set));
	enum error error;

	if (filter->presence != PARAM_GIVEN)
		return ERROR_NONE;
	*set = (struct id_set){ .arena = request->arena, .capacity = FIRST_IDS };
	set->ids = arena_array(request->arena, set->capacity, sizeof(*set->ids));
	error = task_scope_every_status(request, filter, &query.filter);
	if (!error)
		error = task_filter_explain(
			request, task_query_each(request->db, &query, request->arena, keep_id, set));
	if (!error)
		sheet->wanted = set;
	return error;
}

static enum error on_span(void *context, const struct time_span *span)
{
	struct sheet *sheet = context;
	const struct id_set *wanted = sheet->wanted;

	if (!wanted || bsearch(&span->task_id, wanted->ids, wanted->count, sizeof(*wanted->ids), compare_ids))
		time_sheet_add(sheet->times, span);
	return ERROR_NONE;
}

static enum error fill(struct request *request, struct sheet *sheet)
{
	int64_t account_id = request->who.account_id;
	enum time_store_projects projects =
		sheet->by == TIME_SHEET_BY_PROJECT ? TIME_STORE_WITH_PROJECTS : TIME_STORE_WITHOUT_PROJECTS;
	enum error error;

	sheet->times = time_sheet_new(request->arena, sheet->by, sheet->zone, sheet->from, sheet->before);
	error = time_store_each(request->db, account_id, sheet->from, sheet->before, projects, on_span, sheet);
	return error ? error : time_store_each_running(request->db, account_id, request->now, on_span, sheet);
}

/* --- the answer --- */

static enum error write_task(struct request *request, const struct time_row *row)
{
	struct json_writer *result = &request->result;
	struct time_task task;
	enum error error =
		time_store_find_task(request->db, request->who.account_id, row->number, request->arena, &task);

	if (error)
		return error;
	json_writer_member_integer(result, "id", row->number);
	json_writer_member_text(result, "title", task.title);
	if (task.project)
		json_writer_member_text(result, "project", task.project);
	return ERROR_NONE;
}

static void write_day(struct json_writer *result, int64_t day)
{
	struct calendar_date date = calendar_date(day);
	char text[32];

	(void)snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year, date.month, date.day);
	json_writer_member_text(result, "day", text);
}

static enum error write_row(struct request *request, enum time_sheet_by by, const struct time_row *row)
{
	enum error error = ERROR_NONE;

	json_writer_begin_object(&request->result);
	switch (by) {
	case TIME_SHEET_BY_TASK:
		error = write_task(request, row);
		break;
	case TIME_SHEET_BY_PROJECT:
		if (row->project)
			json_writer_member_text(&request->result, "project", row->project);
		break;
	case TIME_SHEET_BY_DAY:
		write_day(&request->result, row->number);
		break;
	}
	json_writer_member_integer(&request->result, "seconds", row->seconds);
	json_writer_end_object(&request->result);
	return error;
}

static enum error write_rows(struct sheet *sheet, int64_t limit, int64_t position, int64_t *ret_next)
{
	size_t count;
	const struct time_row *rows = time_sheet_rows(sheet->times, &count);
	int64_t end = position + limit < (int64_t)count ? position + limit : (int64_t)count;
	enum error error = ERROR_NONE;

	for (int64_t i = position; !error && i < end; i++)
		error = write_row(sheet->request, sheet->by, &rows[i]);
	*ret_next = end < (int64_t)count ? end : 0;
	return error;
}

static enum error write_sheet(struct sheet *sheet, int64_t limit, int64_t position)
{
	struct json_writer *result = &sheet->request->result;
	int64_t next = 0;
	enum error error;

	json_writer_begin_object(result);
	if (sheet->from != INT64_MIN)
		json_writer_member_time(result, "from", sheet->from);
	json_writer_member_time(result, "to", sheet->before);
	json_writer_member_text(result, "by", by_names[sheet->by]);
	json_writer_member_integer(result, "total", time_sheet_total(sheet->times));
	json_writer_key(result, "rows");
	json_writer_begin_array(result);
	error = write_rows(sheet, limit, position, &next);
	json_writer_end_array(result);
	if (next)
		page_write_next(result, next);
	json_writer_end_object(result);
	return error;
}

static enum error task_time(struct request *request, const struct task_time_params *params)
{
	struct sheet sheet = { .request = request };
	int64_t limit, position;
	enum error error = page_read(request, &params->page, &limit, &position);

	if (!error)
		error = read_by(request, &params->by, &sheet.by);
	if (!error)
		error = zone_set_find(
			request->services->zones, request->timezone, request->arena, &sheet.zone, &request->refusal);
	if (!error)
		error = read_bounds(request, params, &sheet);
	if (!error)
		error = find_wanted(request, &params->filter, &sheet);
	if (!error)
		error = fill(request, &sheet);
	if (error)
		return error;
	return write_sheet(&sheet, params->page.limit.presence == PARAM_GIVEN ? limit : PAGE_LIMIT_MAXIMUM, position);
}

METHOD_HANDLER(task_time, struct task_time_params)

const struct method time_methods[] = {
	{ .name = "task.time",
		.summary = "Say how long was worked, by task, project or day",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = task_time_params,
		.params_size = sizeof(struct task_time_params),
		.handle = task_time_handler },
	{ 0 },
};
