/*
 * Searching tasks by their words. The words give all tasks that have them, best first; the filter is asked about so
 * many of them as a page takes.
 */
#include "common/cleanup.h"
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/search_cursor.h"
#include "methods/task_context.h"
#include "methods/task_cursor.h"
#include "methods/task_scope.h"
#include "methods/task_view.h"
#include "store/search_store.h"
#include "store/task_query.h"
#include "store/task_store.h"

#include <stddef.h>

#define BATCH_LIMIT 256u /* tasks that the filter is asked about at a time */

struct task_search_params {
	struct text_param query;
	struct text_param filter;
	struct text_param context;
	struct integer_param limit;
	struct text_param cursor;
};

static const struct param task_search_params[] = {
	{ .name = "query",
		.summary = "Words that must all occur: \"…\" a phrase, -word one that must not, word* its beginning",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_search_params, query),
		.maximum = SEARCH_TEXT_LIMIT },
	{ .name = "filter",
		.summary = "Which tasks; without it those that are pending and not waiting",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_search_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	TASK_CONTEXT_PARAM(struct task_search_params),
	{ .name = "limit",
		.summary = "Tasks of a page at most, 100 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct task_search_params, limit),
		.minimum = 1,
		.maximum = PAGE_LIMIT_MAXIMUM },
	{ .name = "cursor",
		.summary = "Go on behind a page: its next_cursor",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_search_params, cursor),
		.maximum = TASK_CURSOR_LIMIT },
	{ 0 },
};

/* --- what is found by its words --- */

struct gathering {
	bool goes_on;
	struct search_store_hit
		after;       /* where it goes on: key is the highest that is behind the last one of the score */
	struct buffer *hits; /* of struct search_store_hit */
};

/* The better first, and the newer of equals. */
static int compare_hits(const void *left, const void *right)
{
	const struct search_store_hit *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->key > b->key ? -1 : a->key < b->key;
}

static enum error gather_hit(void *context, const struct search_store_hit *hit)
{
	const struct gathering *gathering = context;

	if (!gathering->goes_on || compare_hits(&gathering->after, hit) <= 0)
		buffer_append(gathering->hits, hit, sizeof(*hit));
	return ERROR_NONE;
}

static enum error gather(struct request *request, const struct search_cursor *cursor, const struct search_query *query,
	struct buffer *hits)
{
	struct gathering gathering = { .goes_on = cursor->id > 0, .after.score = cursor->score, .hits = hits };
	int64_t account_id = request->who.account_id;
	enum error error = ERROR_NONE;

	if (cursor->id)
		error = search_store_key_before(request->db, account_id, cursor->id, &gathering.after.key);
	if (!error)
		error = search_store_each(request->db, account_id, query, request->arena, gather_hit, &gathering);
	if (!error && hits->length)
		qsort(hits->data, hits->length / sizeof(struct search_store_hit), sizeof(struct search_store_hit),
			compare_hits);
	return error;
}

/* --- what the filter leaves of it --- */

struct batch {
	int64_t found[BATCH_LIMIT]; /* best first */
	int64_t left[BATCH_LIMIT];  /* ascending */
	size_t count, left_count;
};

static int compare_ids(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return a < b ? -1 : a > b;
}

static enum error keep_task(void *context, const struct task *task)
{
	struct batch *batch = context;

	batch->left[batch->left_count++] = task->id;
	return ERROR_NONE;
}

static enum error confirm(
	struct request *request, const struct search_store_hit *hits, size_t count, struct batch *batch)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		error = search_store_confirm(request->db, request->who.account_id, &hits[i], &batch->found[i]);
	return error;
}

/* The tasks that were found, as a part of a filter: unlike ids that are written there they leave its scope as it is. */
static void name_found(struct request *request, struct batch *batch, struct filter *ret_filter)
{
	struct task_ref *refs = arena_array(request->arena, batch->count, sizeof(*refs));

	*ret_filter = (struct filter){ .kind = FILTER_REFS, .field = FILTER_ID, .refs = refs };
	for (size_t i = 0; i < batch->count; i++)
		if (batch->found[i])
			refs[ret_filter->ref_count++].id = batch->found[i];
}

static enum error ask_filter(struct request *request, const struct filter *filter, int64_t now, struct batch *batch)
{
	struct filter found;
	const struct filter both = { .kind = FILTER_AND, .left = filter, .right = &found };
	const struct task_query query = { .account_id = request->who.account_id, .now = now, .filter = &both };
	enum error error;

	name_found(request, batch, &found);
	if (!found.ref_count)
		return ERROR_NONE;
	error = task_query_each(request->db, &query, request->arena, keep_task, batch);
	qsort(batch->left, batch->left_count, sizeof(batch->left[0]), compare_ids);
	return task_filter_explain(request, error);
}

static bool passed(const struct batch *batch, int64_t id)
{
	return bsearch(&id, batch->left, batch->left_count, sizeof(id), compare_ids) != NULL;
}

/* --- the page --- */

struct page {
	struct task_view view;
	size_t start; /* in the reply */
	int64_t room; /* tasks that it may still take */
	struct search_cursor *next;
	bool is_full; /* and there is more */
};

static enum error write_task(struct request *request, struct page *page, int64_t id, int64_t score)
{
	struct task_ref ref = { .id = id };
	struct task task;
	enum error error;

	if (page->room == 0 || request->result.out->length - page->start >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_NONE;
	}
	error = task_store_find(request->db, request->who.account_id, &ref, request->arena, &task, &request->refusal);
	if (error)
		return error;
	page->room--;
	page->next->score = score;
	page->next->id = id;
	return task_view_write(&page->view, &task);
}

static enum error write_batch(struct request *request, const struct filter *filter, struct page *page,
	const struct search_store_hit *hits, size_t count)
{
	struct batch batch = { .count = count };
	enum error error = confirm(request, hits, count, &batch);

	if (!error)
		error = ask_filter(request, filter, page->next->now, &batch);
	for (size_t i = 0; !error && !page->is_full && i < count; i++)
		if (passed(&batch, batch.found[i]))
			error = write_task(request, page, batch.found[i], hits[i].score);
	return error;
}

static enum error write_hits(
	struct request *request, const struct filter *filter, struct page *page, const struct buffer *hits)
{
	const struct search_store_hit *all = (const struct search_store_hit *)(const void *)hits->data;
	size_t count = hits->length / sizeof(*all);
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && !page->is_full && i < count; i += BATCH_LIMIT)
		error = write_batch(request, filter, page, all + i, count - i < BATCH_LIMIT ? count - i : BATCH_LIMIT);
	return error;
}

static enum error write_page(struct request *request, struct search_cursor *cursor, const struct filter *filter,
	const struct buffer *hits, int64_t limit)
{
	struct json_writer *result = &request->result;
	struct page page = { .start = result->out->length, .room = limit, .next = cursor };
	enum error error;

	task_view_init(&page.view, request, cursor->now);
	json_writer_begin_object(result);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
	error = write_hits(request, filter, &page, hits);
	json_writer_end_array(result);
	if (page.is_full)
		json_writer_member_text(result, "next_cursor", search_cursor_write(cursor, request->arena));
	json_writer_end_object(result);
	return error;
}

/* --- the method --- */

static enum error read_cursor(
	struct request *request, const struct task_search_params *params, struct search_cursor *ret_cursor)
{
	if (params->cursor.presence == PARAM_GIVEN) {
		if (params->query.presence != PARAM_ABSENT || params->filter.presence != PARAM_ABSENT ||
			params->context.presence != PARAM_ABSENT)
			return request_refuse(request, ERROR_INVALID_PARAMS, "cursor",
				"cursor already holds the query, the filter and the context of its search; give either "
				"it or them");
		return search_cursor_parse(
			params->cursor.text, params->cursor.length, request->arena, ret_cursor, &request->refusal);
	}
	if (params->query.presence == PARAM_ABSENT)
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "query", "query is missing; give the words to look for");
	*ret_cursor = (struct search_cursor){ .query = params->query.text,
		.query_length = params->query.length,
		.filter = params->filter.length ? params->filter.text : "",
		.filter_length = params->filter.length,
		.now = request->now };
	return task_context_read_filter(request, &params->context, &ret_cursor->context);
}

static enum error search(struct request *request, struct search_cursor *cursor, const struct search_query *query,
	const struct filter *filter, int64_t limit)
{
	struct buffer hits;
	enum error error;

	buffer_init(&hits);
	error = gather(request, cursor, query, &hits);
	if (!error)
		error = write_page(request, cursor, filter, &hits, limit);
	buffer_deinit(&hits);
	return error;
}

/* In the pool: how long words take to be found is seen only when they are, and the index looks at no clock meanwhile.
 */
static enum error task_search(struct request *request, const struct task_search_params *params)
{
	int64_t limit = params->limit.presence == PARAM_GIVEN ? params->limit.value : PAGE_LIMIT_DEFAULT;
	struct search_cursor cursor = { 0 };
	struct search_query query = { 0 };
	const struct filter *filter;
	enum error error = read_cursor(request, params, &cursor);

	if (!error)
		error = search_query_parse(
			cursor.query, cursor.query_length, request->arena, &query, &request->refusal);
	if (!error)
		error = task_scope_narrow(
			request, cursor.context, cursor.filter, cursor.filter_length, cursor.now, &filter);
	if (error)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return search(request, &cursor, &query, filter, limit);
}

METHOD_HANDLER(task_search, struct task_search_params)

const struct method search_methods[] = {
	{ .name = "task.search",
		.summary = "Search the titles, notes and annotations of tasks, best first, page by page",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = task_search_params,
		.params_size = sizeof(struct task_search_params),
		.handle = task_search_handler },
	{ 0 },
};
