/* Tasks as text for another program, page by page: the daemon writes it, and the client copies it. */
#include "common/cleanup.h"
#include "methods/export_formats.h"
#include "methods/methods.h"
#include "methods/task_cursor.h"
#include "methods/task_filter.h"
#include "store/task_query.h"

#include <stddef.h>

#define PAGE_BYTES ((size_t)512 * 1024) /* of text; a page ends with the task that goes over it */
#define LONG_BYTES ((size_t)32 * 1024)  /* what has so many is taken to become a whole page */

struct task_export_params {
	struct text_param format;
	struct text_param filter;
	struct text_param cursor;
};

static const struct param task_export_params[] = {
	{ .name = "format",
		.summary = "Of the text: jsonl, which alone keeps everything, taskwarrior, taskwarrior-lines or ical",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_export_params, format),
		.maximum = 32 },
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_export_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	{ .name = "cursor",
		.summary = "Go on behind a page: its next_cursor",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_export_params, cursor),
		.maximum = TASK_CURSOR_LIMIT },
	{ 0 },
};

/* A page that is being written. */
struct export_page {
	struct export_writer export;
	const struct export_format *format;
	struct buffer text;         /* of a task */
	struct json_writer *result; /* into which it goes, as a part of a string */
	size_t bytes;               /* of text that went there */
	bool is_first;              /* of its export */
	bool is_full;               /* and there is more */
	int64_t last_id;
	int64_t count;
};

static void init_page(struct export_page *page, struct request *request, const struct export_format *format,
	const struct task_cursor *cursor)
{
	*page = (struct export_page){ .export = { .request = request },
		.format = format,
		.result = &request->result,
		.is_first = !cursor->after_id };
	buffer_init(&page->text);
	arena_init(&page->export.arena);
}

static void deinit_page(struct export_page *page)
{
	arena_deinit(&page->export.arena);
	buffer_deinit(&page->text);
}

/* Room for a page is made once: growing would copy what there is, and wipe what it leaves behind, again and again. */
static void make_room(const struct export_page *page, size_t more)
{
	if (page->bytes < LONG_BYTES && page->bytes + more >= LONG_BYTES)
		(void)buffer_reserve(page->result->out, PAGE_BYTES + PAGE_BYTES / 2);
}

static void put_text(struct export_page *page)
{
	size_t length = page->text.length;

	if (!length)
		return;
	make_room(page, length);
	json_writer_string_piece(page->result, page->text.data, length);
	page->bytes += length;
	buffer_truncate(&page->text, 0);
}

static void begin_page(struct export_page *page)
{
	json_writer_init(&page->export.writer, &page->text);
	if (page->is_first && page->format->begin)
		page->format->begin(&page->export);
	put_text(page);
}

static enum error write_task(struct export_page *page, struct task *task)
{
	bool is_written;
	enum error error;

	buffer_append_text(&page->text, page->count || !page->is_first ? page->format->between : page->format->before);
	json_writer_init(&page->export.writer, &page->text);
	error = page->format->write(&page->export, task, &is_written);
	if (error || !is_written)
		buffer_truncate(&page->text, 0);
	else
		page->count++;
	put_text(page);
	if (page->export.arena.block)
		arena_reset(&page->export.arena);
	return error;
}

static enum error on_task(void *context, const struct task *task)
{
	struct export_page *page = context;
	struct task copy = *task;

	if (page->bytes >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_TOO_LARGE; /* ends the query; write_tasks knows */
	}
	page->last_id = task->id;
	return write_task(page, &copy);
}

/* An export without a task is what stands before and behind them. */
static void end_page(struct export_page *page)
{
	if (page->is_full)
		return;
	if (page->is_first && !page->count)
		buffer_append_text(&page->text, page->format->before);
	if (!page->is_first || page->count || page->format->before[0])
		buffer_append_text(&page->text, page->format->after);
	put_text(page);
}

static enum error write_tasks(struct export_page *page, const struct task_cursor *cursor, const struct filter *filter)
{
	struct request *request = page->export.request;
	const struct task_query query = { .account_id = request->who.account_id,
		.now = cursor->now,
		.filter = filter,
		.after_id = cursor->after_id };
	enum error error =
		custom_field_store_load(request->db, request->who.account_id, request->arena, &page->export.fields);

	if (error)
		return error;
	begin_page(page);
	error = task_query_each(request->db, &query, request->arena, on_task, page);
	if (error && !page->is_full)
		return task_filter_explain(request, error);
	end_page(page);
	return ERROR_NONE;
}

static void end_result(struct request *request, struct export_page *page, const struct task_cursor *cursor)
{
	struct json_writer *result = page->result;
	struct task_cursor next = *cursor;

	json_writer_member_integer(result, "count", page->count);
	if (page->export.left_out)
		json_writer_member_integer(result, "left_out", page->export.left_out);
	next.after_id = page->last_id;
	if (page->is_full)
		json_writer_member_text(result, "next_cursor", task_cursor_write(&next, request->arena));
	json_writer_end_object(result);
}

/* The text comes first, so that a client that knows that can take it from the line without reading the rest. */
static enum error write_page(struct request *request, const struct export_format *format,
	const struct task_cursor *cursor, const struct filter *filter)
{
	CLEANUP(deinit_page) struct export_page page;
	enum error error;

	init_page(&page, request, format, cursor);
	json_writer_begin_object(page.result);
	json_writer_key(page.result, "text");
	json_writer_begin_string(page.result);
	error = write_tasks(&page, cursor, filter);
	json_writer_end_string(page.result);
	if (!error)
		end_result(request, &page, cursor);
	return error;
}

static enum error read_cursor(
	struct request *request, const struct task_export_params *params, struct task_cursor *ret_cursor)
{
	const struct text_param *filter = &params->filter;

	if (params->cursor.presence == PARAM_ABSENT) {
		*ret_cursor = (struct task_cursor){ .filter = filter->length ? filter->text : "",
			.filter_length = filter->length,
			.now = request->now };
		return ERROR_NONE;
	}
	if (filter->presence != PARAM_ABSENT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "filter",
			"cursor already holds the filter of its export; give one of them");
	return task_cursor_parse(
		params->cursor.text, params->cursor.length, request->arena, ret_cursor, &request->refusal);
}

/* A page is many times the budget of the loop, so the pool has it at once. */
static enum error task_export(struct request *request, const struct task_export_params *params)
{
	const struct export_format *format;
	struct task_cursor cursor = { 0 };
	const struct filter *filter;
	enum error error = export_format_find(request, params->format.text, &format);

	if (!error)
		error = read_cursor(request, params, &cursor);
	if (!error)
		error = task_filter_parse(request, cursor.filter, cursor.filter_length, cursor.now, &filter);
	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return write_page(request, format, &cursor, filter);
}

METHOD_HANDLER(task_export, struct task_export_params)

const struct method export_task_methods[] = {
	{ .name = "task.export",
		.summary = "Give tasks as text for another program, page by page",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = task_export_params,
		.params_size = sizeof(struct task_export_params),
		.handle = task_export_handler },
	{ 0 },
};
