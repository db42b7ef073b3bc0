/* An account's tasks in a few numbers. */
#include "methods/chart_scope.h"
#include "methods/methods.h"
#include "store/task_relation.h"
#include "tasks/task_chain.h"
#include "tasks/task_stats.h"

#include <stddef.h>

static const struct param task_stats_params[] = { CHART_SCOPE_PARAMS, { 0 } };

static const struct stats_member {
	const char *name;
	size_t offset; /* in struct task_stats */
} members[] = {
	{ "pending", offsetof(struct task_stats, pending) },
	{ "waiting", offsetof(struct task_stats, waiting) },
	{ "completed", offsetof(struct task_stats, completed) },
	{ "deleted", offsetof(struct task_stats, deleted) },
	{ "series", offsetof(struct task_stats, series) },
	{ "active", offsetof(struct task_stats, active) },
	{ "overdue", offsetof(struct task_stats, overdue) },
	{ "blocked", offsetof(struct task_stats, blocked) },
	{ "blocking", offsetof(struct task_stats, blocking) },
	{ "tagged", offsetof(struct task_stats, tagged) },
	{ "annotated", offsetof(struct task_stats, annotated) },
	{ "annotations", offsetof(struct task_stats, annotations) },
	{ "projects", offsetof(struct task_stats, projects) },
	{ "tags", offsetof(struct task_stats, tags) },
	{ "spent", offsetof(struct task_stats, spent) },
	{ NULL, 0 },
};

/* --- counting --- */

static enum error on_task(void *context, const struct task *task)
{
	task_stats_add(context, task);
	return ERROR_NONE;
}

/* What depends on what, of the tasks that were counted. */
struct links {
	const struct id_list *tasks;
	struct id_list from, on;
};

static enum error on_link(void *context, int64_t id, int64_t on_id)
{
	struct links *links = context;
	const struct id_list *tasks = links->tasks;

	if (id_is_in(id, tasks->ids, tasks->count) && id_is_in(on_id, tasks->ids, tasks->count)) {
		id_list_add(&links->from, id);
		id_list_add(&links->on, on_id);
	}
	return ERROR_NONE;
}

static enum error find_longest_chain(struct request *request, struct task_stats *stats, size_t *ret_longest)
{
	struct links links = { .tasks = &stats->chain };
	enum error error = ERROR_NONE;

	id_list_init(&links.from, request->arena);
	id_list_init(&links.on, request->arena);
	id_list_sort(&stats->chain);
	if (stats->chain.count)
		error = task_relation_each(request->db, request->who.account_id, on_link, &links);
	if (!error)
		*ret_longest = task_chain_longest(&stats->chain, &links.from, &links.on, request->arena);
	return error;
}

/* --- the answer --- */

static void write_counts(struct json_writer *result, const struct task_stats *stats, size_t longest_chain)
{
	json_writer_member_integer(result, "total", task_stats_total(stats));
	for (const struct stats_member *member = members; member->name; member++)
		json_writer_member_integer(
			result, member->name, *(const int64_t *)((const char *)stats + member->offset));
	json_writer_member_integer(result, "longest_chain", (int64_t)longest_chain);
}

static void write_times(struct json_writer *result, const struct task_stats *stats)
{
	double days = task_stats_days(stats);
	int64_t open = stats->pending + stats->waiting;

	if (stats->oldest == TASK_NO_TIME)
		return;
	json_writer_member_time(result, "oldest", stats->oldest);
	json_writer_member_time(result, "newest", stats->newest);
	chart_write_rate(result, "added_per_day", (double)task_stats_total(stats) / days);
	chart_write_rate(result, "done_per_day", (double)stats->completed / days);
	chart_write_rate(result, "deleted_per_day", (double)stats->deleted / days);
	if (open)
		json_writer_member_integer(result, "average_age", stats->age_sum / open);
	if (stats->completed)
		json_writer_member_integer(result, "average_completion", stats->completion_sum / stats->completed);
}

static enum error task_stats(struct request *request, const struct chart_scope_params *params)
{
	struct task_stats stats;
	size_t longest;
	enum error error;

	task_stats_init(&stats, request->now, request->arena);
	error = chart_scope_each(request, params, task_stats_fields, on_task, &stats);
	if (!error)
		error = find_longest_chain(request, &stats, &longest);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	write_counts(&request->result, &stats, longest);
	write_times(&request->result, &stats);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(task_stats, struct chart_scope_params)

const struct method stats_methods[] = {
	{ .name = "task.stats",
		.summary = "Give the tasks in a few numbers",
		TASK_READ,
		.params = task_stats_params,
		.params_size = sizeof(struct chart_scope_params),
		.handle = task_stats_handler },
	{ 0 },
};
