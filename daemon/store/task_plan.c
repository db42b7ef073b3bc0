/* What a filter asks of the database: status, labels, ids. */
#include "store/task_plan.h"

#include "store/task_store.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_SAMPLE 256 /* rows counted of a label to find the rarest: one with more is common */

enum { COUNT_LABEL, IDS_BY_UUID };

struct planning {
	struct db *db;
	int64_t account_id;
	struct arena *arena;
	struct task_plan plan;
};

/* --- status --- */

static void want_status(struct task_plan *plan, enum task_status status)
{
	plan->statuses &= TASK_PLAN_STATUS(status);
}

static void want_wait(struct task_plan *plan, enum task_plan_wait wait)
{
	want_status(plan, TASK_PENDING);
	if (plan->wait != TASK_PLAN_WAIT_ANY && plan->wait != wait)
		plan->statuses = 0;
	plan->wait = wait;
}

/* --- labels --- */

static size_t count_terms(const struct filter *filter)
{
	return filter->kind == FILTER_AND ? count_terms(filter->left) + count_terms(filter->right) : 1;
}

static void add_label(struct planning *planning, const char *prefix, const struct filter *filter)
{
	planning->plan.labels[planning->plan.label_count++] = (struct task_plan_label){
		.label = arena_printf(planning->arena, "%s%s", prefix, filter->text),
		.is_wanted = filter->kind != FILTER_NO_TAG,
	};
}

/* Of the first status that is looked for: each status is an index of its own. */
static enum error count_label(const struct planning *planning, const char *label, int64_t *ret_count)
{
	struct db_query *query = db_query(planning->db, &task_plan_statements[COUNT_LABEL]);
	int status = __builtin_ctz(planning->plan.statuses);
	enum error error;

	db_bind_int64(query, 1, planning->account_id);
	db_bind_text(query, 2, label);
	db_bind_text(query, 3, task_status_names[status]);
	db_bind_int64(query, 4, LABEL_SAMPLE);
	error = db_step_one(query);
	if (!error)
		*ret_count = db_int64(query, 0);
	db_finish(query);
	return error;
}

static enum error choose_rarest(struct planning *planning)
{
	struct task_plan *plan = &planning->plan;
	int64_t least = INT64_MAX;

	for (size_t i = 0; i < plan->label_count; i++) {
		int64_t count;
		enum error error;

		if (!plan->labels[i].is_wanted)
			continue;
		error = count_label(planning, plan->labels[i].label, &count);
		if (error)
			return error;
		if (count < least)
			plan->driver = i;
		least = count < least ? count : least;
	}
	return ERROR_NONE;
}

static enum error choose_driver(struct planning *planning)
{
	struct task_plan *plan = &planning->plan;
	size_t wanted = 0;

	plan->driver = plan->label_count;
	for (size_t i = 0; i < plan->label_count; i++) {
		if (!plan->labels[i].is_wanted)
			continue;
		plan->driver = i;
		wanted++;
	}
	return wanted > 1 && plan->statuses && !plan->has_ids ? choose_rarest(planning) : ERROR_NONE;
}

/* --- ids --- */

static int compare_ids(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a > *b) - (*a < *b);
}

static size_t sort_ids(int64_t *ids, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(ids, count, sizeof(*ids), compare_ids);
	for (size_t i = 0; i < count; i++)
		if (!kept || ids[i] != ids[kept - 1])
			ids[kept++] = ids[i];
	return kept;
}

struct id_list {
	struct arena *arena;
	int64_t *ids;
	size_t count;
	size_t capacity;
};

static void add_id(struct id_list *list, int64_t id)
{
	if (list->count == list->capacity) {
		int64_t *ids = arena_array(list->arena, 2 * list->capacity, sizeof(*ids));

		memcpy(ids, list->ids, list->count * sizeof(*ids));
		list->ids = ids;
		list->capacity *= 2;
	}
	list->ids[list->count++] = id;
}

/* A prefix that several tasks share means all of them here. */
static enum error add_ids_by_uuid(const struct planning *planning, const char *prefix, struct id_list *list)
{
	struct db_query *query = db_query(planning->db, &task_plan_statements[IDS_BY_UUID]);
	char end[TASK_UUID_LENGTH + 1];
	bool has_row = true;
	enum error error = ERROR_NONE;

	task_store_uuid_end(prefix, end);
	db_bind_int64(query, 1, planning->account_id);
	db_bind_text(query, 2, prefix);
	db_bind_text(query, 3, end);
	while (!error && has_row) {
		error = db_step(query, &has_row);
		if (!error && has_row)
			add_id(list, db_int64(query, 0));
	}
	db_finish(query);
	return error;
}

static size_t intersect(int64_t *ids, size_t count, const int64_t *others, size_t other_count)
{
	size_t kept = 0;
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		while (at < other_count && others[at] < ids[i])
			at++;
		if (at < other_count && others[at] == ids[i])
			ids[kept++] = ids[i];
	}
	return kept;
}

static enum error want_ids(struct planning *planning, const struct filter *filter)
{
	struct task_plan *plan = &planning->plan;
	struct id_list list = { .arena = planning->arena, .capacity = filter->ref_count + 1 };

	list.ids = arena_array(planning->arena, list.capacity, sizeof(*list.ids));
	for (size_t i = 0; i < filter->ref_count; i++) {
		const struct task_ref *ref = &filter->refs[i];
		enum error error = ERROR_NONE;

		if (ref->id)
			add_id(&list, ref->id);
		else
			error = add_ids_by_uuid(planning, ref->uuid, &list);
		if (error)
			return error;
	}
	list.count = sort_ids(list.ids, list.count);
	if (plan->has_ids)
		list.count = intersect(list.ids, list.count, plan->ids, plan->id_count);
	plan->has_ids = true;
	plan->ids = list.ids;
	plan->id_count = list.count;
	return ERROR_NONE;
}

/* --- the whole --- */

static enum error want(struct planning *planning, const struct filter *filter)
{
	enum error error;

	switch (filter->kind) {
	case FILTER_ALL:
		return ERROR_NONE;
	case FILTER_AND:
		error = want(planning, filter->left);
		return error ? error : want(planning, filter->right);
	case FILTER_PROJECT:
		add_label(planning, ":", filter);
		return ERROR_NONE;
	case FILTER_TAG:
	case FILTER_NO_TAG:
		add_label(planning, "+", filter);
		return ERROR_NONE;
	case FILTER_STATUS:
		if (filter->status == TASK_PENDING)
			want_wait(&planning->plan, TASK_PLAN_WAIT_OVER);
		else
			want_status(&planning->plan, filter->status);
		return ERROR_NONE;
	case FILTER_WAITING:
		want_wait(&planning->plan, TASK_PLAN_WAIT_AHEAD);
		return ERROR_NONE;
	case FILTER_IDS:
		return want_ids(planning, filter);
	}
	return ERROR_INTERNAL;
}

enum error task_plan_make(
	struct db *db, int64_t account_id, const struct filter *filter, struct arena *arena, struct task_plan *ret_plan)
{
	struct planning planning = { .db = db, .account_id = account_id, .arena = arena };
	struct task_plan *plan = &planning.plan;
	enum error error;

	plan->statuses = TASK_PLAN_STATUSES;
	plan->labels = arena_array(arena, count_terms(filter), sizeof(*plan->labels));
	if (!filter_names_scope(filter))
		want_wait(plan, TASK_PLAN_WAIT_OVER);
	error = want(&planning, filter);
	if (!error)
		error = choose_driver(&planning);
	if (!error)
		*ret_plan = *plan;
	return error;
}

const struct db_statement task_plan_statements[] = {
	[COUNT_LABEL] = { .name = "task_count_label",
		.sql = "SELECT COUNT(*) AS count FROM ("
		       "  SELECT task_id FROM task_label "
		       "  WHERE account_id = $1 AND label = $2 AND status = $3 LIMIT $4) AS sample",
		.columns = (const char *const[]){ "count", NULL } },
	[IDS_BY_UUID] = { .name = "task_ids_by_uuid",
		.sql = "SELECT id FROM task WHERE account_id = $1 AND uuid >= $2 AND uuid < $3",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
