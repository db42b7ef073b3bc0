/* What a filter asks of the database: status, ids, and the rarest of what indexes know. */
#include "store/task_plan.h"

#include "store/task_ids.h"
#include "store/task_resolve.h"

#include <string.h>

#define ORDERED_SAMPLE 256  /* rows counted of what gives the order of ids: with more it is common */
#define SORTED_SAMPLE  4096 /* rows that may be sorted for a page */
#define PARTS_LEAVES   64   /* conditions of a text that may be written once for each status */

/* What stands for a number that is not known: the higher, the less it is liked. */
#define COMMON_ORDERED INT64_C(1000000)
#define COMMON_SORTED  INT64_C(2000000)
#define UNWANTED       INT64_MAX

#define EVERY_STATUS 0xfu

enum { COUNT_LABEL };

struct planning {
	struct db *db;
	enum task_plan_want want;
	struct arena *arena;
	unsigned statuses; /* a bit for each that may be found */
	struct task_plan plan;
};

/* --- conditions --- */

static size_t count_conditions(const struct filter *filter)
{
	return filter->kind == FILTER_AND ? count_conditions(filter->left) + count_conditions(filter->right) : 1;
}

static size_t count_leaves(const struct filter *filter)
{
	if (!filter->left)
		return 1;
	return count_leaves(filter->left) + (filter->right ? count_leaves(filter->right) : 0);
}

static void add_conditions(struct task_plan *plan, const struct filter *filter)
{
	if (filter->kind == FILTER_AND) {
		add_conditions(plan, filter->left);
		add_conditions(plan, filter->right);
	} else if (filter->kind != FILTER_ALL) {
		plan->conditions[plan->condition_count++] = filter;
	}
}

static enum error collect(struct planning *planning, const struct filter *filter)
{
	struct task_plan *plan = &planning->plan;
	const struct filter *scope = NULL;
	enum error error;

	if (!filter_names_scope(filter))
		scope = filter_default_scope(plan->now, planning->arena);
	error = task_resolve(planning->db,
		&(struct task_resolve){ .account_id = plan->account_id, .now = plan->now, .filter = filter },
		planning->arena, &filter, &plan->coefficients);
	if (error)
		return error;
	plan->conditions = arena_array(planning->arena,
		count_conditions(filter) + (scope ? count_conditions(scope) : 0), sizeof(struct filter *));
	if (scope)
		add_conditions(plan, scope);
	add_conditions(plan, filter);
	return ERROR_NONE;
}

/* --- statuses --- */

static unsigned statuses_of(const struct filter *filter)
{
	switch (filter->kind) {
	case FILTER_STATUS:
		return 1u << (unsigned)filter->status;
	case FILTER_AND:
		return statuses_of(filter->left) & statuses_of(filter->right);
	case FILTER_OR:
		return statuses_of(filter->left) | statuses_of(filter->right);
	case FILTER_NOT:
		return filter->left->kind == FILTER_STATUS ? EVERY_STATUS & ~statuses_of(filter->left) : EVERY_STATUS;
	case FILTER_RANGE:
		return filter->field == FILTER_URGENCY ? 1u << TASK_PENDING : EVERY_STATUS;
	case FILTER_ALL:
	case FILTER_XOR:
	case FILTER_PROJECT:
	case FILTER_TAG:
	case FILTER_REFS:
	case FILTER_LATEST:
	case FILTER_ANY:
	case FILTER_NUMBER:
	case FILTER_TEXT:
		return EVERY_STATUS;
	}
	return EVERY_STATUS;
}

static void find_statuses(struct planning *planning)
{
	const struct task_plan *plan = &planning->plan;

	planning->statuses = EVERY_STATUS;
	for (size_t i = 0; i < plan->condition_count; i++)
		planning->statuses &= statuses_of(plan->conditions[i]);
}

/* Whether the index that is gone by has the tasks of each status apart. */
static bool is_by_status(enum task_plan_way way)
{
	return way == TASK_PLAN_BY_STATUS || way == TASK_PLAN_BY_LABEL || way == TASK_PLAN_BY_MARK ||
	       way == TASK_PLAN_BY_PRIORITY || way == TASK_PLAN_BY_DUE || way == TASK_PLAN_BY_BRANCHES;
}

static void set_parts(struct planning *planning)
{
	struct task_plan *plan = &planning->plan;
	bool is_whole =
		!is_by_status(plan->way) || (plan->way == TASK_PLAN_BY_STATUS && planning->statuses == EVERY_STATUS);

	plan->part_count = 0;
	if (is_whole && planning->statuses) {
		plan->parts[plan->part_count++] = TASK_PLAN_ANY_STATUS;
		return;
	}
	for (int status = 0; task_status_names[status]; status++)
		if (planning->statuses & (1u << (unsigned)status))
			plan->parts[plan->part_count++] = status;
}

/* A long text for each of several statuses would be too long. */
static void limit_parts(struct planning *planning)
{
	struct task_plan *plan = &planning->plan;
	size_t leaves = 0;

	for (size_t i = 0; i < plan->condition_count; i++)
		leaves += count_leaves(plan->conditions[i]);
	if (plan->part_count < 2 || leaves <= PARTS_LEAVES)
		return;
	plan->way = TASK_PLAN_BY_STATUS;
	plan->by = NULL;
	plan->parts[0] = TASK_PLAN_ANY_STATUS;
	plan->part_count = 1;
}

/* --- ways --- */

/* The label that a condition asks for; NULL: none. */
static const char *label_of(const struct filter *filter, struct arena *arena)
{
	if (filter->kind == FILTER_TAG)
		return arena_printf(arena, "+%s", filter->text);
	if (filter->kind == FILTER_PROJECT)
		return arena_printf(arena, ":%s", filter->text);
	if (filter->kind == FILTER_NOT && filter->left->kind == FILTER_ANY && filter->left->field == FILTER_IN_PROJECT)
		return ":";
	return NULL;
}

/* Whether a condition is of tasks alone that are marked. */
static bool asks_for_mark(const struct filter *filter, bool is_count)
{
	if (filter->kind == FILTER_RANGE)
		return !is_count || filter->first > 0;
	return filter->kind == FILTER_ANY && !is_count;
}

/* What an index of some tasks has in common, which it says word for word; NULL: none. */
static const char *mark_of(const struct filter *filter)
{
	static const struct {
		enum filter_field field;
		bool is_count;
		const char *mark;
	} marks[] = {
		{ FILTER_BLOCKERS, true, "task.blockers > 0" },
		{ FILTER_DEPENDENTS, true, "task.dependents > 0" },
		{ FILTER_CHILDREN, true, "task.children > 0" },
		{ FILTER_PARENT, false, "(task.parent IS NOT NULL) = 1" },
		{ FILTER_SCHEDULED, false, "(task.scheduled IS NOT NULL) = 1" },
		{ FILTER_UNTIL, false, "(task.until IS NOT NULL) = 1" },
		{ FILTER_ANNOTATIONS, false, "(task.annotations IS NOT NULL) = 1" },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (filter->field == marks[i].field && asks_for_mark(filter, marks[i].is_count))
			return marks[i].mark;
	return NULL;
}

/* The index that serves a condition of one field. TASK_PLAN_BY_STATUS: none. */
static enum task_plan_way way_of(const struct filter *filter)
{
	static const struct {
		enum filter_field field;
		bool is_range;
		enum task_plan_way way;
	} ways[] = {
		{ FILTER_PARENT, false, TASK_PLAN_BY_PARENT },
		{ FILTER_DEPENDS, false, TASK_PLAN_BY_DEPENDS },
		{ FILTER_SERIES, false, TASK_PLAN_BY_SERIES },
		{ FILTER_DUE, true, TASK_PLAN_BY_DUE },
		{ FILTER_STARTED, true, TASK_PLAN_BY_STARTED },
	};
	bool is_one = filter->kind == FILTER_REFS && filter->ref_count == 1;
	bool is_range = filter->kind == FILTER_RANGE || filter->kind == FILTER_ANY;

	if (filter->kind == FILTER_RANGE && filter->field == FILTER_PRIORITY && filter->first == filter->last &&
		filter->first > TASK_PRIORITY_NONE)
		return TASK_PLAN_BY_PRIORITY;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (filter->field == ways[i].field && (ways[i].is_range ? is_range : is_one))
			return ways[i].way;
	return TASK_PLAN_BY_STATUS;
}

bool task_plan_try(const struct task_plan *plan, const struct filter *filter, struct task_plan *ret_plan)
{
	*ret_plan = *plan;
	ret_plan->by = filter;
	ret_plan->label = label_of(filter, plan->arena);
	ret_plan->mark = mark_of(filter);
	ret_plan->way = ret_plan->label ? TASK_PLAN_BY_LABEL : ret_plan->mark ? TASK_PLAN_BY_MARK : way_of(filter);
	return ret_plan->way != TASK_PLAN_BY_STATUS;
}

/* --- choosing --- */

/* Of the first status that is looked for: each status is an index of its own. */
static enum error count_label(const struct planning *planning, const struct task_plan *plan, int64_t *ret_count)
{
	struct db_query *query = db_query(planning->db, &task_plan_statements[COUNT_LABEL]);

	db_bind_int64(query, 1, plan->account_id);
	db_bind_text(query, 2, plan->label);
	db_bind_text(query, 3, task_status_names[__builtin_ctz(planning->statuses)]);
	db_bind_int64(query, 4, ORDERED_SAMPLE);
	return db_read_integer(query, ret_count);
}

/* How many tasks would be looked at, as far as that is known. */
static enum error weigh(const struct planning *planning, const struct task_plan *plan, int64_t *ret_weight)
{
	int64_t limit = task_plan_is_sorted(plan->way) ? SORTED_SAMPLE : ORDERED_SAMPLE;
	int part = is_by_status(plan->way) ? __builtin_ctz(planning->statuses) : TASK_PLAN_ANY_STATUS;
	enum error error = plan->label ? count_label(planning, plan, ret_weight)
				       : task_plan_count(planning->db, plan, part, limit, ret_weight);

	if (error || *ret_weight < limit)
		return error;
	if (!task_plan_is_sorted(plan->way))
		*ret_weight = COMMON_ORDERED;
	else
		*ret_weight = planning->want == TASK_PLAN_ALL ? COMMON_SORTED : UNWANTED;
	return ERROR_NONE;
}

static enum error weigh_branches(
	const struct planning *planning, const struct filter *filter, struct task_plan *ret_plan, int64_t *ret_weight)
{
	int status = __builtin_ctz(planning->statuses);
	enum error error = task_plan_try_branches(
		planning->db, &planning->plan, filter, status, SORTED_SAMPLE, ret_plan, ret_weight);

	if (!error && *ret_weight == SORTED_SAMPLE)
		*ret_weight = UNWANTED;
	return error;
}

/* The only way that gives the order of ids is taken without looking. */
static enum error weigh_condition(const struct planning *planning, const struct filter *filter, bool is_only,
	struct task_plan *ret_plan, int64_t *ret_weight)
{
	if (filter->kind == FILTER_OR)
		return weigh_branches(planning, filter, ret_plan, ret_weight);
	*ret_weight = UNWANTED;
	if (!task_plan_try(&planning->plan, filter, ret_plan))
		return ERROR_NONE;
	if (!is_only || task_plan_is_sorted(ret_plan->way))
		return weigh(planning, ret_plan, ret_weight);
	*ret_weight = COMMON_ORDERED;
	return ERROR_NONE;
}

static bool is_only_way(const struct task_plan *plan)
{
	struct task_plan other;
	size_t count = 0;

	for (size_t i = 0; i < plan->condition_count; i++)
		count += plan->conditions[i]->kind == FILTER_OR || task_plan_try(plan, plan->conditions[i], &other);
	return count < 2;
}

/* Of several the rarest. */
static enum error choose_way(struct planning *planning)
{
	struct task_plan best = planning->plan;
	bool is_only = is_only_way(&best);
	int64_t least = UNWANTED;
	struct task_plan plan;

	for (size_t i = 0; i < planning->plan.condition_count; i++) {
		int64_t weight;
		enum error error = weigh_condition(planning, planning->plan.conditions[i], is_only, &plan, &weight);

		if (error)
			return error;
		if (weight < least)
			best = plan;
		least = weight < least ? weight : least;
	}
	planning->plan = best;
	return ERROR_NONE;
}

/* --- the whole --- */

static void find_ids(struct planning *planning)
{
	struct task_plan *plan = &planning->plan;
	struct task_ids ids = { .arena = planning->arena };

	for (size_t i = 0; i < plan->condition_count; i++)
		task_ids_restrict(&ids, plan->conditions[i]);
	if (!ids.is_known)
		return;
	plan->way = TASK_PLAN_BY_IDS;
	plan->ids = ids.ids;
	plan->id_count = ids.count;
}

enum error task_plan_make(struct db *db, int64_t account_id, int64_t now, const struct filter *filter,
	enum task_plan_want want, struct arena *arena, struct task_plan *ret_plan)
{
	struct planning planning = { .db = db, .want = want, .arena = arena };
	enum error error;

	planning.plan = (struct task_plan){ .account_id = account_id, .now = now, .arena = arena };
	error = collect(&planning, filter);
	if (error)
		return error;
	find_statuses(&planning);
	find_ids(&planning);
	if (planning.plan.way != TASK_PLAN_BY_IDS && planning.statuses)
		error = choose_way(&planning);
	set_parts(&planning);
	limit_parts(&planning);
	*ret_plan = planning.plan;
	return error;
}

const struct db_statement task_plan_statements[] = {
	[COUNT_LABEL] = { .name = "task_count_label",
		.sql = "SELECT COUNT(*) AS count FROM ("
		       "  SELECT task_id FROM task_label "
		       "  WHERE account_id = $1 AND label = $2 AND status = $3 LIMIT $4) AS sample",
		.columns = (const char *const[]){ "count", NULL } },
	{ 0 },
};
