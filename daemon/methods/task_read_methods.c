/* Tasks: looking at one, listing, counting. */
#include "methods/methods.h"
#include "methods/task_context.h"
#include "methods/task_cursor.h"
#include "methods/task_scope.h"
#include "methods/task_selection.h"
#include "methods/task_urgency.h"
#include "methods/task_view.h"
#include "store/task_order.h"
#include "store/task_query.h"

#include <stddef.h>

#define LIST_LIMIT_DEFAULT 100
#define LIST_LIMIT_MAXIMUM 1000
#define PAGE_BYTES         ((size_t)512 * 1024)

/* --- task.get --- */

struct task_get_params {
	struct text_param id;
	struct boolean_param explain;
};

static const struct param task_get_params[] = {
	{ .name = "id",
		.summary = "The task: its number, or its uuid or the first 8 or more digits of it",
		.type = PARAM_REF,
		.offset = offsetof(struct task_get_params, id),
		.need = PARAM_REQUIRED },
	{ .name = "explain",
		.summary = "Also the terms that its urgency is the sum of",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_get_params, explain) },
	{ 0 },
};

static void write_term(struct json_writer *result, const struct urgency_part *part)
{
	json_writer_begin_object(result);
	json_writer_member_text(result, "name", part->name);
	json_writer_key(result, "factor");
	json_writer_real(result, part->factor);
	json_writer_key(result, "coefficient");
	json_writer_real(result, part->coefficient);
	json_writer_key(result, "product");
	json_writer_real(result, part->product);
	json_writer_end_object(result);
}

static enum error write_terms(struct request *request, const struct task *task)
{
	const struct urgency_coefficients *coefficients;
	const struct urgency_part *parts;
	enum error error = task_urgency_find(request, &coefficients);
	size_t count;

	if (error)
		return error;
	count = urgency_explain(task, coefficients, request->now, request->arena, &parts);
	json_writer_key(&request->result, "urgency_terms");
	json_writer_begin_array(&request->result);
	for (size_t i = 0; i < count; i++)
		write_term(&request->result, &parts[i]);
	json_writer_end_array(&request->result);
	return ERROR_NONE;
}

enum explanation { PLAIN, EXPLAINED };

static enum error write_shown(struct request *request, const struct task *task, enum explanation explanation)
{
	enum error error;

	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "task");
	error = task_view_show(request, task);
	if (!error && explanation == EXPLAINED)
		error = write_terms(request, task);
	json_writer_end_object(&request->result);
	return error;
}

static enum error task_get(struct request *request, const struct task_get_params *params)
{
	struct task task;
	enum error error = task_selection_find(request, params->id.text, "id", request->arena, &task);

	if (!error)
		error = write_shown(request, &task, params->explain.value ? EXPLAINED : PLAIN);
	return error;
}

/* --- task.list, task.count --- */

struct task_list_params {
	struct text_param filter;
	struct text_param context;
	struct text_param sort;
	struct integer_param limit;
	struct text_param cursor;
};

static const struct param task_list_params[] = {
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_list_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	TASK_CONTEXT_PARAM(struct task_list_params),
	{ .name = "sort",
		.summary = "In which order, such as urgency- or due+,priority-; by id unless said",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_list_params, sort),
		.minimum = 1,
		.maximum = TASK_SORT_TEXT_LIMIT },
	{ .name = "limit",
		.summary = "Tasks of a page at most, 100 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct task_list_params, limit),
		.minimum = 1,
		.maximum = LIST_LIMIT_MAXIMUM },
	{ .name = "cursor",
		.summary = "Go on behind a page: its next_cursor",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_list_params, cursor),
		.maximum = TASK_CURSOR_LIMIT },
	{ 0 },
};

struct task_count_params {
	struct text_param filter;
	struct text_param context;
};

static const struct param task_count_params[] = {
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_count_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	TASK_CONTEXT_PARAM(struct task_count_params),
	{ 0 },
};

/* A page that is being written. */
struct page {
	struct request *request;
	struct task_view view;
	size_t start; /* in the reply */
	const struct urgency_coefficients *coefficients;
	int64_t room;            /* tasks that it may still take */
	struct task_cursor next; /* behind what is on it */
	bool is_full;            /* and there is more */
};

static void note_last(struct page *page, const struct task *task)
{
	struct task_cursor *next = &page->next;
	struct task_place place;

	next->after_id = task->id;
	if (!next->sort)
		return;
	task_sort_find_place(&next->order, task, page->coefficients, next->now, &place);
	next->after = task_place_copy(&next->order, &place, page->request->arena);
}

static enum error on_page_row(void *context, const struct task *task)
{
	struct page *page = context;
	struct json_writer *result = &page->request->result;

	if (page->room == 0 || result->out->length - page->start >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_TOO_LARGE; /* ends the query; write_page knows */
	}
	page->room--;
	note_last(page, task);
	return task_view_write(&page->view, task);
}

static enum error find_tasks(struct page *page, const struct task_cursor *cursor, const struct filter *filter)
{
	struct request *request = page->request;
	const struct task_query query = { .account_id = request->who.account_id,
		.now = cursor->now,
		.filter = filter,
		.after_id = cursor->after_id,
		.limit = page->room + 1,
		.want = TASK_QUERY_SHOWN };
	const struct task_order order = { .account_id = request->who.account_id,
		.now = cursor->now,
		.filter = filter,
		.sort = &cursor->order,
		.coefficients = page->coefficients,
		.after = cursor->after_id ? &cursor->after : NULL,
		.limit = page->room + 1 };

	if (cursor->sort)
		return task_order_each(request->db, &order, request->arena, on_page_row, page);
	return task_query_each(request->db, &query, request->arena, on_page_row, page);
}

static enum error write_page(
	struct request *request, const struct task_cursor *cursor, const struct filter *filter, int64_t limit)
{
	struct json_writer *result = &request->result;
	struct page page = { .request = request, .start = result->out->length, .room = limit, .next = *cursor };
	enum error error = task_urgency_find(request, &page.coefficients);

	if (error)
		return error;
	task_view_init(&page.view, request, cursor->now);
	json_writer_begin_object(result);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
	error = find_tasks(&page, cursor, filter);
	if (error && !page.is_full)
		return task_filter_explain(request, error);
	json_writer_end_array(result);
	if (page.is_full)
		json_writer_member_text(result, "next_cursor", task_cursor_write(&page.next, request->arena));
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error read_sort(struct request *request, const struct text_param *sort, struct task_cursor *cursor)
{
	enum error error;

	if (sort->presence != PARAM_GIVEN)
		return ERROR_NONE;
	error = task_sort_parse(sort->text, sort->length, &cursor->order, &request->refusal);
	/* By id is what a list is without it. */
	if (error || (cursor->order.count == 1 && !cursor->order.keys[0].is_descending))
		return error;
	cursor->sort = sort->text;
	cursor->sort_length = sort->length;
	return ERROR_NONE;
}

static enum error open_cursor(
	struct request *request, const struct task_list_params *params, struct task_cursor *cursor)
{
	enum error error = read_sort(request, &params->sort, cursor);

	return error ? error : task_context_read_filter(request, &params->context, &cursor->context);
}

static enum error read_cursor(
	struct request *request, const struct task_list_params *params, struct task_cursor *ret_cursor)
{
	if (params->cursor.presence == PARAM_ABSENT) {
		*ret_cursor = (struct task_cursor){ .filter = params->filter.length ? params->filter.text : "",
			.filter_length = params->filter.length,
			.now = request->now };
		return open_cursor(request, params, ret_cursor);
	}
	if (params->context.presence != PARAM_ABSENT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "context",
			"cursor already holds the context of its list; give one of them");
	if (params->sort.presence != PARAM_ABSENT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "sort",
			"cursor already holds the order of its list; give one of them");
	if (params->filter.presence != PARAM_ABSENT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "filter",
			"cursor already holds the filter of its list; give one of them");
	return task_cursor_parse(
		params->cursor.text, params->cursor.length, request->arena, ret_cursor, &request->refusal);
}

static enum error task_list(struct request *request, const struct task_list_params *params)
{
	int64_t limit = params->limit.presence == PARAM_GIVEN ? params->limit.value : LIST_LIMIT_DEFAULT;
	const struct filter *filter;
	struct task_cursor cursor = { 0 };
	enum error error = read_cursor(request, params, &cursor);

	if (!error)
		error = task_scope_narrow(
			request, cursor.context, cursor.filter, cursor.filter_length, cursor.now, &filter);
	return error ? error : write_page(request, &cursor, filter, limit);
}

static enum error task_count(struct request *request, const struct task_count_params *params)
{
	struct task_query query = { .account_id = request->who.account_id, .now = request->now };
	const char *context;
	int64_t count;
	enum error error = task_context_read_filter(request, &params->context, &context);

	if (!error)
		error = task_scope_narrow(request, context, params->filter.length ? params->filter.text : "",
			params->filter.length, request->now, &query.filter);
	if (!error)
		error = task_filter_explain(request, task_query_count(request->db, &query, request->arena, &count));
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_member_integer(&request->result, "count", count);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(task_get, struct task_get_params)
METHOD_HANDLER(task_list, struct task_list_params)
METHOD_HANDLER(task_count, struct task_count_params)

/* What all of them have in common. */
#define TASK_READ .access = ACCESS_ACCOUNT, .scope = SCOPE_TASKS_READ, .store = STORE_READ

const struct method task_read_methods[] = {
	{ .name = "task.get",
		.summary = "Show a task",
		TASK_READ,
		.params = task_get_params,
		.params_size = sizeof(struct task_get_params),
		.handle = task_get_handler },
	{ .name = "task.list",
		.summary = "List tasks, page by page",
		TASK_READ,
		.params = task_list_params,
		.params_size = sizeof(struct task_list_params),
		.handle = task_list_handler },
	{ .name = "task.count",
		.summary = "Count tasks",
		TASK_READ,
		.params = task_count_params,
		.params_size = sizeof(struct task_count_params),
		.handle = task_count_handler },
	{ 0 },
};
