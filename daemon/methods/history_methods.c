/* What has happened to the tasks of an account, a page at a time. */
#include "methods/history_view.h"
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/task_selection.h"

#include <stddef.h>
#include <string.h>

#define PAGE_BYTES ((size_t)512 * 1024)

struct history_list_params {
	struct text_param id;
	struct integer_param after;
	struct integer_param limit;
	struct boolean_param newest_first;
};

static const struct param history_list_params[] = {
	{ .name = "id",
		.summary = "Of this task alone, also one that is gone: its number, or its uuid or the beginning of it",
		.type = PARAM_REF,
		.offset = offsetof(struct history_list_params, id) },
	{ .name = "after",
		.summary = "Go on behind this revision",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct history_list_params, after) },
	{ .name = "limit",
		.summary = "Entries of a page at most, 100 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct history_list_params, limit),
		.minimum = 1,
		.maximum = PAGE_LIMIT_MAXIMUM },
	{ .name = "newest_first",
		.summary = "From the newest back",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct history_list_params, newest_first) },
	{ 0 },
};

/* A page that is being written. */
struct entry_page {
	struct json_writer *result;
	size_t start; /* in the reply */
	int64_t room; /* entries that it may still take */
	int64_t last; /* revision of the last one; 0: none yet */
	bool is_full; /* and there is more */
};

static enum error on_entry(void *context, const struct history_entry *entry)
{
	struct entry_page *page = context;

	if (page->room == 0 || page->result->out->length - page->start >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_TOO_LARGE; /* ends the query; write_page knows */
	}
	history_view_write(page->result, entry);
	page->room--;
	page->last = entry->revision;
	return ERROR_NONE;
}

/* What is gone has a history under its number. */
static enum error find_task_id(struct request *request, const struct text_param *id, int64_t *ret_id, bool *ret_is_gone)
{
	struct task_ref ref;
	struct task task;
	enum error error = task_selection_find(request, id->text, "id", request->arena, &task);

	*ret_is_gone = error == ERROR_NOT_FOUND && !task_ref_parse(id->text, id->length, &ref, NULL) && ref.id;
	if (!error || *ret_is_gone)
		*ret_id = error ? ref.id : task.id;
	return *ret_is_gone ? ERROR_NONE : error;
}

static enum error write_page(struct request *request, const struct history_range *range, struct entry_page *page)
{
	struct json_writer *result = &request->result;
	enum error error;

	page->result = result;
	page->start = result->out->length;
	json_writer_begin_object(result);
	json_writer_key(result, "entries");
	json_writer_begin_array(result);
	error = history_store_list(request->db, range, on_entry, page);
	if (error && !page->is_full)
		return error;
	json_writer_end_array(result);
	if (page->is_full)
		json_writer_member_integer(result, "next_after", page->last);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error history_list(struct request *request, const struct history_list_params *params)
{
	int64_t limit = params->limit.presence == PARAM_GIVEN ? params->limit.value : PAGE_LIMIT_DEFAULT;
	struct history_range range = {
		.account_id = request->who.account_id, .is_newest_first = params->newest_first.value, .limit = limit + 1
	};
	struct entry_page page = { .room = limit };
	bool is_gone = false;
	enum error error = ERROR_NONE;

	if (params->newest_first.value)
		range.before = params->after.value;
	else
		range.after = params->after.value;
	if (params->id.presence == PARAM_GIVEN)
		error = find_task_id(request, &params->id, &range.task_id, &is_gone);
	if (!error)
		error = write_page(request, &range, &page);
	if (!error && is_gone && !page.last && !params->after.value)
		return ERROR_NOT_FOUND; /* in the words of whoever looked for it */
	return error;
}

METHOD_HANDLER(history_list, struct history_list_params)

const struct method history_methods[] = {
	{ .name = "history.list",
		.summary = "What was changed, when and by whom",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = history_list_params,
		.params_size = sizeof(struct history_list_params),
		.handle = history_list_handler },
	{ 0 },
};
