/* One page after the other, until the last one or the limit. */
#include "task_pages.h"

#include "common/cleanup.h"

static void go_on_behind(json_t *params, json_t *cursor)
{
	static const char *const held[] = { "query", "filter", "sort", "context" };

	for (size_t i = 0; i < COUNT_OF(held); i++)
		(void)json_object_del(params, held[i]);
	(void)json_object_set(params, "cursor", cursor);
}

static enum error print_pages(struct task_list_printer *printer, struct invocation *invocation, const char *method,
	json_t *params, int64_t limit, struct trouble *trouble)
{
	for (;;) {
		json_auto_t *page = NULL;
		json_t *cursor;
		int64_t left = limit ? limit - (int64_t)printer->count : TASK_PAGES_LIMIT;
		enum error error;

		(void)json_object_set_new(
			params, "limit", json_integer(left < TASK_PAGES_LIMIT ? left : TASK_PAGES_LIMIT));
		error = invocation_call(invocation, method, params, &page, trouble);
		if (error)
			return error;
		task_list_print_page(printer, json_object_get(page, "tasks"));
		cursor = json_object_get(page, "next_cursor");
		if (!cursor || (limit && (int64_t)printer->count >= limit))
			return ERROR_NONE;
		go_on_behind(params, cursor);
	}
}

enum error task_pages_print_with(struct task_list_printer *printer, struct invocation *invocation, const char *method,
	json_t *params, int64_t limit, size_t *ret_count, struct trouble *trouble)
{
	enum error error = print_pages(printer, invocation, method, params, limit, trouble);

	if (error)
		task_list_print_abandon(printer);
	else
		*ret_count = task_list_print_end(printer);
	return error;
}

enum error task_pages_print(
	struct invocation *invocation, const char *method, json_t *params, size_t *ret_count, struct trouble *trouble)
{
	struct task_list_printer printer;

	task_list_print_begin(&printer, invocation);
	return task_pages_print_with(
		&printer, invocation, method, params, invocation->arguments.limit, ret_count, trouble);
}
