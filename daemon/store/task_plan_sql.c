/* A plan as the text of a statement. */
#include "store/task_plan.h"
#include "store/task_predicate.h"

static struct task_predicate predicate_of(const struct task_plan *plan, struct db_values *values, struct buffer *sql)
{
	return (struct task_predicate){
		.sql = sql, .values = values, .arena = plan->arena, .now = plan->now, .coefficients = plan->coefficients
	};
}

/* CROSS JOIN keeps SQLite from going the other way round. */
static void write_label(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	buffer_printf(sql,
		" FROM task_label AS found CROSS JOIN task"
		" WHERE found.account_id = $1 AND found.label = $%u AND found.status = '%s' AND found.task_id > $2"
		" AND task.key = found.task_key AND task.account_id = $1",
		db_values_add_text(values, plan->label), task_status_names[part]);
}

static void write_depends(const struct task_plan *plan, struct db_values *values, struct buffer *sql)
{
	buffer_printf(sql,
		" FROM task_dependency AS found CROSS JOIN task"
		" WHERE found.account_id = $1 AND found.on_id = $%u AND found.task_id > $2"
		" AND task.account_id = $1 AND task.id = found.task_id",
		db_values_add_int64(values, plan->by->refs[0].id));
}

static void write_field(const struct task_plan *plan, const char *column, struct db_values *values, struct buffer *sql)
{
	buffer_printf(sql, " FROM task WHERE task.account_id = $1 AND %s = $%u AND %s > $2", column,
		db_values_add_int64(values, plan->by->refs[0].id), task_plan_id(plan));
}

/* Said as the index says it: SQLite knows nothing of what a parameter will be. */
static void write_mark(const struct task_plan *plan, int part, struct buffer *sql)
{
	buffer_printf(sql, " FROM task WHERE task.account_id = $1 AND task.status = '%s' AND %s AND task.id > $2",
		task_status_names[part], plan->mark);
}

/* The index is of tasks that have one, and is said as with a mark. */
static void write_priority(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	buffer_printf(sql,
		" FROM task WHERE task.account_id = $1 AND task.status = '%s' AND task.priority > 0"
		" AND task.priority = $%u AND task.id > $2",
		task_status_names[part], db_values_add_int64(values, plan->by->first));
}

static void write_range(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	const struct task_predicate predicate = predicate_of(plan, values, sql);

	buffer_append_text(sql, " FROM task WHERE task.account_id = $1");
	if (part != TASK_PLAN_ANY_STATUS)
		buffer_printf(sql, " AND task.status = '%s'", task_status_names[part]);
	buffer_append_text(sql, " AND ");
	task_predicate_write_range(&predicate, plan->by);
	buffer_printf(sql, " AND %s > $2", task_plan_id(plan));
}

static void write_all(const struct task_plan *plan, int part, struct buffer *sql)
{
	buffer_printf(sql, " FROM task WHERE task.account_id = $1 AND %s %s $2", task_plan_id(plan),
		plan->way == TASK_PLAN_BY_IDS ? "=" : ">");
	if (part != TASK_PLAN_ANY_STATUS)
		buffer_printf(sql, " AND task.status = '%s'", task_status_names[part]);
}

static void write_way(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql);

/* Each task once, whichever branches have found it. */
static void write_branches(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	buffer_append_text(sql, " FROM (");
	for (size_t i = 0; i < plan->branch_count; i++) {
		buffer_append_text(sql, i ? " UNION SELECT task.key" : "SELECT task.key AS key");
		write_way(&plan->branches[i], part, values, sql);
	}
	buffer_printf(sql,
		") AS found CROSS JOIN task WHERE task.key = found.key AND task.account_id = $1"
		" AND task.status = '%s' AND %s > $2",
		task_status_names[part], task_plan_id(plan));
}

static void write_way(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	switch (plan->way) {
	case TASK_PLAN_BY_STATUS:
	case TASK_PLAN_BY_IDS:
	case TASK_PLAN_BY_ORDER:
		write_all(plan, part, sql);
		return;
	case TASK_PLAN_BY_LABEL:
		write_label(plan, part, values, sql);
		return;
	case TASK_PLAN_BY_MARK:
		write_mark(plan, part, sql);
		return;
	case TASK_PLAN_BY_PRIORITY:
		write_priority(plan, part, values, sql);
		return;
	case TASK_PLAN_BY_DEPENDS:
		write_depends(plan, values, sql);
		return;
	case TASK_PLAN_BY_PARENT:
		write_field(plan, "task.parent", values, sql);
		return;
	case TASK_PLAN_BY_SERIES:
		write_field(plan, "task.series", values, sql);
		return;
	case TASK_PLAN_BY_DUE:
	case TASK_PLAN_BY_STARTED:
		write_range(plan, part, values, sql);
		return;
	case TASK_PLAN_BY_BRANCHES:
		write_branches(plan, part, values, sql);
		return;
	}
}

bool task_plan_is_sorted(enum task_plan_way way)
{
	return way >= TASK_PLAN_BY_DUE;
}

/* The plus keeps SQLite from an index that has the order of ids and nothing else. */
const char *task_plan_id(const struct task_plan *plan)
{
	if (plan->way == TASK_PLAN_BY_LABEL || plan->way == TASK_PLAN_BY_DEPENDS)
		return "found.task_id";
	return task_plan_is_sorted(plan->way) ? "+task.id" : "task.id";
}

/* That there is some, and nothing more. */
static bool is_mark(const struct filter *filter)
{
	return filter->kind == FILTER_ANY || (filter->field != FILTER_SCHEDULED && filter->field != FILTER_UNTIL &&
						     filter->first == 1 && filter->last == INT64_MAX);
}

/* Whether the source has said it already. */
static bool is_written(const struct task_plan *plan, int part, const struct filter *filter)
{
	if (filter->kind == FILTER_STATUS)
		return part != TASK_PLAN_ANY_STATUS;
	if (plan->way == TASK_PLAN_BY_IDS && filter->kind == FILTER_REFS)
		return filter->field == FILTER_ID;
	if (plan->way == TASK_PLAN_BY_BRANCHES)
		return false;
	return filter == plan->by && (plan->way != TASK_PLAN_BY_MARK || is_mark(filter));
}

void task_plan_write_source(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql)
{
	const struct task_predicate predicate = predicate_of(plan, values, sql);

	write_way(plan, part, values, sql);
	for (size_t i = 0; i < plan->condition_count; i++) {
		if (is_written(plan, part, plan->conditions[i]))
			continue;
		buffer_append_text(sql, " AND ");
		task_predicate_write(&predicate, plan->conditions[i]);
	}
}

enum error task_plan_count(struct db *db, const struct task_plan *plan, int part, int64_t limit, int64_t *ret_count)
{
	static const char *const columns[] = { "count", NULL };
	struct db_values values;
	struct buffer sql;
	struct db_query *query;
	enum error error;

	db_values_init(&values, plan->arena);
	(void)db_values_add_int64(&values, plan->account_id);
	(void)db_values_reserve(&values);
	buffer_init(&sql);
	buffer_append_text(&sql, "SELECT COUNT(*) AS count FROM (SELECT 1 AS one");
	write_way(plan, part, &values, &sql);
	buffer_printf(&sql, " LIMIT $%u) AS sample", db_values_add_int64(&values, limit));
	query = db_query_text(db, "task_plan_count", buffer_text(&sql), columns);
	db_values_bind(&values, query);
	db_bind_int64(query, 2, 0);
	error = db_read_integer(query, ret_count);
	buffer_deinit(&sql);
	return error;
}
