/* Lists of projects or tags with their counts. */
#include "methods/label_list.h"

#include "methods/task_scope.h"
#include "store/label_store.h"
#include "store/task_query.h"

#include <stddef.h>
#include <string.h>

#define LIST_BYTES ((size_t)512 * 1024) /* a page ends with the name that goes beyond them */

const struct param label_list_params[] = {
	{ .name = "filter",
		.summary = "Count the tasks that it finds, of every status unless it names one",
		.type = PARAM_TEXT,
		.offset = offsetof(struct label_list_params, filter),
		.maximum = FILTER_TEXT_LIMIT },
	{ .name = "all",
		.summary = "Those too that no pending task has",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct label_list_params, all) },
	{ .name = "ages",
		.summary = "Say the average age of the pending tasks, too",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct label_list_params, ages) },
	{ .name = "names",
		.summary = "Names alone, without counts: as quick among many tasks as among few",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct label_list_params, names) },
	{ .name = "limit",
		.summary = "How many at most, 1000 unless said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct label_list_params, page.limit),
		.minimum = 1,
		.maximum = PAGE_LIMIT_MAXIMUM },
	{ .name = "cursor",
		.summary = "Where to go on: the next_cursor of the page before",
		.type = PARAM_TEXT,
		.offset = offsetof(struct label_list_params, page.cursor),
		.minimum = 1,
		.maximum = 32 },
	{ 0 },
};

const struct label_kind label_kind_project = { LABEL_PROJECT, "project", "projects", true };
const struct label_kind label_kind_tag = { LABEL_TAG, "tag", "tags", false };

/* --- counting --- */

struct tallying {
	struct label_tally *tally;
	const struct label_kind *kind;
	int64_t now;
};

static void count_task(const struct tallying *tallying, const struct task *task, const char *name, size_t length)
{
	struct label_count *count = label_tally_at(tallying->tally, name, length);

	label_count_add(count, task->status, 1);
	count->waiting += task_is_waiting(task, tallying->now);
	if (task->status == TASK_PENDING)
		count->created_sum += task->created;
}

static void count_projects(const struct tallying *tallying, const struct task *task)
{
	const char *project = task->project ? task->project : "";
	size_t length = 0;

	do {
		length += strcspn(project + length, ".");
		count_task(tallying, task, project, length);
	} while (project[length++]);
}

static enum error on_task(void *context, const struct task *task)
{
	const struct tallying *tallying = context;

	if (tallying->kind->kind == LABEL_PROJECT)
		count_projects(tallying, task);
	for (size_t i = 0; tallying->kind->kind == LABEL_TAG && i < task->tag_count; i++)
		count_task(tallying, task, task->tags[i], strlen(task->tags[i]));
	return ERROR_NONE;
}

static enum error tally_filtered(
	struct request *request, const struct text_param *filter, const struct tallying *tallying)
{
	struct task_query query = { .account_id = request->who.account_id, .now = request->now };
	struct tallying context = *tallying;
	enum error error = task_scope_every_status(request, filter, &query.filter);

	if (error)
		return error;
	return task_filter_explain(request, task_query_each(request->db, &query, request->arena, on_task, &context));
}

static enum error tally_all(
	struct request *request, const struct label_list_params *params, const struct tallying *tallying)
{
	int64_t account_id = request->who.account_id;
	char kind = tallying->kind->kind;
	enum error error;

	if (params->names.value)
		return label_store_tally_names(request->db, account_id, kind, tallying->tally);
	error = label_store_tally(request->db, account_id, kind, request->now, tallying->tally);

	if (!error && params->ages.value)
		error = label_store_tally_ages(request->db, account_id, kind, tallying->tally);
	return error;
}

/* --- writing --- */

static void write_counts(
	struct request *request, const struct label_list_params *params, const struct label_count *count)
{
	struct json_writer *result = &request->result;

	if (params->names.value)
		return;
	json_writer_member_integer(result, "pending", count->pending - count->waiting);
	json_writer_member_integer(result, "waiting", count->waiting);
	json_writer_member_integer(result, "completed", count->completed);
	json_writer_member_integer(result, "deleted", count->deleted);
	if (params->ages.value && count->pending)
		json_writer_member_integer(result, "average_age", request->now - count->created_sum / count->pending);
}

static bool is_listed(
	const struct label_list_params *params, const struct label_kind *kind, const struct label_count *count)
{
	if (kind->counts_the_rest && !*count->name)
		return false;
	return params->all.value ? count->pending + count->completed + count->deleted > 0 : count->pending > 0;
}

/* A page's position is how many rows lie before it. */
struct place {
	int64_t limit;
	int64_t position;
};

static int64_t write_rows(struct request *request, const struct label_list_params *params,
	const struct label_kind *kind, struct label_tally *tally, struct place place)
{
	struct json_writer *result = &request->result;
	size_t start = result->out->length;
	size_t count;
	const struct label_count *counts = label_tally_sort(tally, &count);
	int64_t at = 0;

	for (size_t i = 0; i < count; i++) {
		if (!is_listed(params, kind, &counts[i]) || at++ < place.position)
			continue;
		if (at > place.position + place.limit || result->out->length - start >= LIST_BYTES)
			return at - 1;
		json_writer_begin_object(result);
		json_writer_member_text(result, kind->name, counts[i].name);
		write_counts(request, params, &counts[i]);
		json_writer_end_object(result);
	}
	return 0;
}

static void write_list(struct request *request, const struct label_list_params *params, const struct label_kind *kind,
	struct label_tally *tally, struct place place)
{
	struct json_writer *result = &request->result;
	int64_t next;

	json_writer_begin_object(result);
	json_writer_key(result, kind->list);
	json_writer_begin_array(result);
	next = write_rows(request, params, kind, tally, place);
	json_writer_end_array(result);
	if (kind->counts_the_rest && !params->names.value) {
		json_writer_key(result, "none");
		json_writer_begin_object(result);
		write_counts(request, params, label_tally_at(tally, "", 0));
		json_writer_end_object(result);
	}
	if (next)
		page_write_next(result, next);
	json_writer_end_object(result);
}

enum error label_list_run(
	struct request *request, const struct label_list_params *params, const struct label_kind *kind)
{
	const struct tallying tallying = {
		.tally = label_tally_new(request->arena), .kind = kind, .now = request->now
	};
	struct place place;
	enum error error = page_read(request, &params->page, &place.limit, &place.position);

	if (error)
		return error;
	if (params->page.limit.presence != PARAM_GIVEN)
		place.limit = PAGE_LIMIT_MAXIMUM;
	error = params->filter.presence == PARAM_GIVEN ? tally_filtered(request, &params->filter, &tallying)
						       : tally_all(request, params, &tallying);
	if (!error)
		write_list(request, params, kind, tallying.tally, place);
	return error;
}
