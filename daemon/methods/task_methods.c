/* Tasks: adding, looking, changing. */
#include "methods/methods.h"
#include "methods/task_change.h"
#include "methods/task_cursor.h"
#include "methods/task_edit.h"
#include "methods/task_patch.h"
#include "methods/task_selection.h"
#include "methods/task_view.h"
#include "store/task_query.h"

#include <stddef.h>

#define LIST_LIMIT_DEFAULT 100
#define LIST_LIMIT_MAXIMUM 1000
#define PAGE_BYTES         ((size_t)512 * 1024)

/* --- task.add --- */

struct task_add_params {
	struct task_fields fields;
	struct boolean_param dry_run;
};

static const struct param task_add_params[] = {
	{ .name = "title",
		.summary = "What is to be done, one line",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.title),
		.need = PARAM_REQUIRED },
	{ .name = "note",
		.summary = "More about it, in Markdown",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.note) },
	{ .name = "project",
		.summary = "The project that it belongs to, dotted: home.garden",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.project) },
	{ .name = "tags",
		.summary = "Its tags",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct task_add_params, fields.tags) },
	{ .name = "priority",
		.summary = "H, M or L",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.priority) },
	{ .name = "due",
		.summary = "When it must be done",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.due),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "wait",
		.summary = "Until when it stays out of sight",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.wait),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "dry_run",
		.summary = "Add nothing, and answer with the task as it would be, without id and uuid",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_add_params, dry_run) },
	{ 0 },
};

static void write_task(struct request *request, const struct task *task)
{
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "task");
	task_view_write(&request->result, task, request->now);
	json_writer_end_object(&request->result);
}

static enum error task_add(struct request *request, const struct task_add_params *params)
{
	struct task task = task_empty;
	struct task_patch patch;
	enum error error = task_patch_read(request, &params->fields, &patch);

	task.created = request->now; /* a date may start from it */
	task.modified = request->now;
	if (!error)
		error = task_patch_apply(&patch, &task, request->arena, &request->refusal);
	if (!error && params->dry_run.value)
		task_edit_foresee(request, &task);
	else if (!error)
		error = task_edit_add(request, &task);
	if (!error)
		write_task(request, &task);
	return error;
}

/* --- task.get --- */

struct task_get_params {
	struct text_param id;
};

static const struct param task_get_params[] = {
	{ .name = "id",
		.summary = "The task: its number, or its uuid or the first 8 or more digits of it",
		.type = PARAM_REF,
		.offset = offsetof(struct task_get_params, id),
		.need = PARAM_REQUIRED },
	{ 0 },
};

static enum error task_get(struct request *request, const struct task_get_params *params)
{
	struct task task;
	enum error error = task_selection_find(request, params->id.text, "id", request->arena, &task);

	if (!error)
		write_task(request, &task);
	return error;
}

/* --- task.list, task.count --- */

struct task_list_params {
	struct text_param filter;
	struct integer_param limit;
	struct text_param cursor;
};

static const struct param task_list_params[] = {
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_list_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
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
};

static const struct param task_count_params[] = {
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_count_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	{ 0 },
};

/* A page that is being written. */
struct page {
	struct json_writer *result;
	size_t start; /* in the reply */
	int64_t now;
	int64_t room; /* tasks that it may still take */
	int64_t last_id;
	bool is_full; /* and there is more */
};

static enum error on_page_row(void *context, const struct task *task)
{
	struct page *page = context;

	if (page->room == 0 || page->result->out->length - page->start >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_TOO_LARGE; /* ends the query; write_page knows */
	}
	task_view_write(page->result, task, page->now);
	page->room--;
	page->last_id = task->id;
	return ERROR_NONE;
}

static enum error write_page(
	struct request *request, const struct task_cursor *cursor, const struct filter *filter, int64_t limit)
{
	struct json_writer *result = &request->result;
	struct page page = { .result = result, .start = result->out->length, .now = cursor->now, .room = limit };
	struct task_query query = { .account_id = request->who.account_id,
		.now = cursor->now,
		.filter = filter,
		.after_id = cursor->after_id,
		.limit = limit + 1 };
	struct task_cursor next = *cursor;
	enum error error;

	json_writer_begin_object(result);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
	error = task_query_each(request->db, &query, request->arena, on_page_row, &page);
	if (error && !page.is_full)
		return error;
	json_writer_end_array(result);
	next.after_id = page.last_id;
	if (page.is_full)
		json_writer_member_text(result, "next_cursor", task_cursor_write(&next, request->arena));
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error read_cursor(
	struct request *request, const struct task_list_params *params, struct task_cursor *ret_cursor)
{
	if (params->cursor.presence == PARAM_ABSENT) {
		*ret_cursor = (struct task_cursor){ .filter = params->filter.length ? params->filter.text : "",
			.filter_length = params->filter.length,
			.now = request->now };
		return ERROR_NONE;
	}
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
		error = filter_parse(cursor.filter, cursor.filter_length, request->arena, &filter, &request->refusal);
	return error ? error : write_page(request, &cursor, filter, limit);
}

static enum error task_count(struct request *request, const struct task_count_params *params)
{
	struct task_query query = { .account_id = request->who.account_id, .now = request->now };
	int64_t count;
	enum error error = filter_parse(params->filter.length ? params->filter.text : "", params->filter.length,
		request->arena, &query.filter, &request->refusal);

	if (!error)
		error = task_query_count(request->db, &query, request->arena, &count);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_member_integer(&request->result, "count", count);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- task.modify --- */

struct task_modify_params {
	struct selection_params selection;
	struct task_fields fields;
};

static const struct param task_modify_params[] = {
	TASK_SELECTION_PARAMS(struct task_modify_params),
	{ .name = "title",
		.summary = "What is to be done, one line",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.title) },
	{ .name = "note",
		.summary = "More about it, in Markdown; null for none",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.note),
		.null = PARAM_NULLABLE },
	{ .name = "project",
		.summary = "The project that it belongs to, dotted; null for none",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.project),
		.null = PARAM_NULLABLE },
	{ .name = "tags",
		.summary = "Tags in place of all that it has; null for none",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct task_modify_params, fields.tags),
		.null = PARAM_NULLABLE },
	{ .name = "add_tags",
		.summary = "Tags to add",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct task_modify_params, fields.add_tags),
		.minimum = 1 },
	{ .name = "remove_tags",
		.summary = "Tags to remove",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct task_modify_params, fields.remove_tags),
		.minimum = 1 },
	{ .name = "priority",
		.summary = "H, M or L; null for none",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.priority),
		.null = PARAM_NULLABLE },
	{ .name = "due",
		.summary = "When it must be done; null for never",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.due),
		.null = PARAM_NULLABLE,
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "wait",
		.summary = "Until when it stays out of sight; null for no longer",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_modify_params, fields.wait),
		.null = PARAM_NULLABLE,
		.maximum = DATE_TEXT_LIMIT },
	{ 0 },
};

static enum error task_modify(struct request *request, const struct task_modify_params *params)
{
	struct task_patch patch;
	struct task_act act = { .action = "modify", .patch = &patch };
	enum error error = task_patch_read(request, &params->fields, &patch);

	if (error)
		return error;
	if (task_patch_is_empty(&patch))
		return request_refuse(request, ERROR_INVALID_PARAMS, "title",
			"there is nothing to change; give at least one field, such as title or due");
	return task_change_run(request, &params->selection, &act);
}

/* --- changes of state --- */

struct task_state_params {
	struct selection_params selection;
};

static const struct param task_state_params[] = {
	TASK_SELECTION_PARAMS(struct task_state_params),
	{ 0 },
};

static enum error task_start_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "start", .transition = task_start });
}

static enum error task_stop_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "stop", .transition = task_stop });
}

static enum error task_complete_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "done", .transition = task_complete });
}

static enum error task_delete_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "delete", .transition = task_delete });
}

static enum error task_restore_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "restore", .transition = task_restore });
}

METHOD_HANDLER(task_add, struct task_add_params)
METHOD_HANDLER(task_get, struct task_get_params)
METHOD_HANDLER(task_list, struct task_list_params)
METHOD_HANDLER(task_count, struct task_count_params)
METHOD_HANDLER(task_modify, struct task_modify_params)
METHOD_HANDLER(task_start_selected, struct task_state_params)
METHOD_HANDLER(task_stop_selected, struct task_state_params)
METHOD_HANDLER(task_complete_selected, struct task_state_params)
METHOD_HANDLER(task_delete_selected, struct task_state_params)
METHOD_HANDLER(task_restore_selected, struct task_state_params)

/* What all reads, and all writes, have in common. */
#define TASK_READ  .access = ACCESS_ACCOUNT, .scope = SCOPE_TASKS_READ, .store = STORE_READ
#define TASK_WRITE .access = ACCESS_ACCOUNT, .scope = SCOPE_TASKS_WRITE, .store = STORE_WRITE, .is_idempotent = true

const struct method task_methods[] = {
	{ .name = "task.add",
		.summary = "Add a task",
		TASK_WRITE,
		.params = task_add_params,
		.params_size = sizeof(struct task_add_params),
		.handle = task_add_handler },
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
	{ .name = "task.modify",
		.summary = "Change fields of tasks",
		TASK_WRITE,
		.params = task_modify_params,
		.params_size = sizeof(struct task_modify_params),
		.handle = task_modify_handler },
	{ .name = "task.start",
		.summary = "Say that tasks are being worked on",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_start_selected_handler },
	{ .name = "task.stop",
		.summary = "Say that tasks are no longer being worked on",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_stop_selected_handler },
	{ .name = "task.done",
		.summary = "Complete tasks",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_complete_selected_handler },
	{ .name = "task.delete",
		.summary = "Put tasks into the bin",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_delete_selected_handler },
	{ .name = "task.restore",
		.summary = "Make completed or deleted tasks pending again",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_restore_selected_handler },
	{ 0 },
};
