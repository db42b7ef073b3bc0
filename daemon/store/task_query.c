/*
 * Filters as SQL. Every way of finding goes along one index in the order of ids, so that a page ends where it is full:
 * ids one after another; a label with a status; a status; or all. A label without a status is four of those, merged.
 */
#include "store/task_query.h"

#include "common/buffer.h"
#include "store/task_plan.h"
#include "store/task_row.h"

#include <inttypes.h>

#define ANY_STATUS (-1)

/* The numbers of the parameters. The labels' follow. */
enum { ACCOUNT = 1, ID, FIRST_LABEL };

enum result { RESULT_ROWS, RESULT_COUNT };

struct compiler {
	struct db *db;
	const struct task_query *query;
	struct task_plan plan;
	enum result result;
	unsigned now; /* the numbers of the last parameters, in use where there is a wait or a limit */
	unsigned limit;
	struct buffer sql;
};

static const char *const count_columns[] = { "count", NULL };

/* --- text --- */

static bool is_by_label(const struct compiler *compiler)
{
	return !compiler->plan.has_ids && compiler->plan.driver < compiler->plan.label_count;
}

static unsigned label_number(size_t index)
{
	return FIRST_LABEL + (unsigned)index;
}

/* The ids are the label's where one is gone by: then its index gives their order. */
static void write_result(struct compiler *compiler)
{
	if (compiler->result == RESULT_COUNT)
		buffer_append_text(&compiler->sql, "SELECT COUNT(*) AS count");
	else if (is_by_label(compiler))
		buffer_append_text(&compiler->sql, "SELECT found.task_id AS id" TASK_ROW_SELECTED);
	else
		buffer_append_text(&compiler->sql, "SELECT task.id AS id" TASK_ROW_SELECTED);
}

/* CROSS JOIN keeps SQLite from going the other way round. */
static void write_label_source(struct compiler *compiler, int status)
{
	buffer_printf(&compiler->sql,
		" FROM task_label AS found CROSS JOIN task"
		" WHERE found.account_id = $%u AND found.label = $%u AND found.status = '%s' AND found.task_id > $%u"
		" AND task.key = found.task_key AND task.account_id = $%u",
		ACCOUNT, label_number(compiler->plan.driver), task_status_names[status], ID, ACCOUNT);
}

static void write_task_source(struct compiler *compiler, int status)
{
	buffer_printf(&compiler->sql, " FROM task WHERE task.account_id = $%u AND task.id %s $%u", ACCOUNT,
		compiler->plan.has_ids ? "=" : ">", ID);
	if (status != ANY_STATUS)
		buffer_printf(&compiler->sql, " AND task.status = '%s'", task_status_names[status]);
}

static void write_wait(struct compiler *compiler)
{
	switch (compiler->plan.wait) {
	case TASK_PLAN_WAIT_ANY:
		return;
	case TASK_PLAN_WAIT_OVER:
		buffer_printf(&compiler->sql, " AND (task.wait IS NULL OR task.wait <= $%u)", compiler->now);
		return;
	case TASK_PLAN_WAIT_AHEAD:
		buffer_printf(&compiler->sql, " AND task.wait > $%u", compiler->now);
		return;
	}
}

static void write_tag(struct compiler *compiler, const struct task_plan_label *label, unsigned number)
{
	buffer_printf(&compiler->sql,
		" AND replace(' ' || task.tags || ' ', ' ' || substr($%u, 2) || ' ', '') %s ' ' || task.tags || ' '",
		number, label->is_wanted ? "<>" : "=");
}

/* The project, or one below it: what begins with "home." stands before "home/". None is "", with nothing below. */
static void write_project(struct compiler *compiler, unsigned number)
{
	buffer_printf(&compiler->sql,
		" AND (coalesce(task.project, '') = substr($%u, 2)"
		" OR (task.project > substr($%u, 2) || '.' AND task.project < substr($%u, 2) || '/'))",
		number, number, number);
}

/* Of the task's row, which is at hand: the index of labels costs more for each task than its words do. */
static void write_other_labels(struct compiler *compiler)
{
	const struct task_plan *plan = &compiler->plan;

	for (size_t i = 0; i < plan->label_count; i++) {
		if (is_by_label(compiler) && i == plan->driver)
			continue;
		if (plan->labels[i].label[0] == '+')
			write_tag(compiler, &plan->labels[i], label_number(i));
		else
			write_project(compiler, label_number(i));
	}
}

static void write_select(struct compiler *compiler, int status)
{
	write_result(compiler);
	if (is_by_label(compiler))
		write_label_source(compiler, status);
	else
		write_task_source(compiler, status);
	write_wait(compiler);
	write_other_labels(compiler);
}

static bool wants_every_status(const struct compiler *compiler)
{
	return compiler->plan.statuses == TASK_PLAN_STATUSES;
}

/* One SELECT, or one for each status where a label has all of them. */
static void write_selects(struct compiler *compiler)
{
	const char *separator = "";

	if (wants_every_status(compiler) && !is_by_label(compiler)) {
		write_select(compiler, ANY_STATUS);
		return;
	}
	for (int status = 0; task_status_names[status]; status++) {
		if (!(compiler->plan.statuses & TASK_PLAN_STATUS(status)))
			continue;
		buffer_append_text(&compiler->sql, separator);
		write_select(compiler, status);
		separator = " UNION ALL ";
	}
}

static const char *compile(struct compiler *compiler)
{
	compiler->now = label_number(compiler->plan.label_count);
	compiler->limit = compiler->now + (compiler->plan.wait != TASK_PLAN_WAIT_ANY);
	write_selects(compiler);
	if (compiler->result == RESULT_ROWS && !compiler->plan.has_ids) {
		buffer_append_text(&compiler->sql, " ORDER BY id");
		if (compiler->query->limit)
			buffer_printf(&compiler->sql, " LIMIT $%u", compiler->limit);
	}
	return buffer_text(&compiler->sql);
}

/* --- running --- */

static void bind(const struct compiler *compiler, struct db_query *rows, int64_t id)
{
	const struct task_plan *plan = &compiler->plan;

	db_bind_int64(rows, ACCOUNT, compiler->query->account_id);
	db_bind_int64(rows, ID, id);
	for (size_t i = 0; i < plan->label_count; i++)
		db_bind_text(rows, label_number(i), plan->labels[i].label);
	if (plan->wait != TASK_PLAN_WAIT_ANY)
		db_bind_int64(rows, compiler->now, compiler->query->now);
	if (compiler->result == RESULT_ROWS && !plan->has_ids && compiler->query->limit)
		db_bind_int64(rows, compiler->limit, compiler->query->limit);
}

struct visit {
	struct task_row_tags room;
	task_query_row on_row;
	void *context;
	int64_t count;
};

static enum error visit_row(struct visit *visit, const struct db_query *rows)
{
	struct task task;
	enum error error = task_row_read(rows, &visit->room, &task);

	if (error)
		return error;
	visit->count++;
	return visit->on_row(visit->context, &task);
}

static enum error add_count(struct visit *visit, const struct db_query *rows)
{
	visit->count += db_int64(rows, 0);
	return ERROR_NONE;
}

static enum error run(const struct compiler *compiler, const char *sql, int64_t id, struct visit *visit)
{
	bool is_count = compiler->result == RESULT_COUNT;
	struct db_query *rows =
		db_query_text(compiler->db, "task_query", sql, is_count ? count_columns : task_row_columns);
	bool has_row = true;
	enum error error = ERROR_NONE;

	bind(compiler, rows, id);
	while (!error && has_row) {
		error = db_step(rows, &has_row);
		if (!error && has_row)
			error = is_count ? add_count(visit, rows) : visit_row(visit, rows);
	}
	db_finish(rows);
	return error;
}

static enum error run_by_ids(const struct compiler *compiler, const char *sql, struct visit *visit)
{
	const struct task_plan *plan = &compiler->plan;
	int64_t limit = compiler->query->limit;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < plan->id_count && (!limit || visit->count < limit); i++)
		if (plan->ids[i] > compiler->query->after_id)
			error = run(compiler, sql, plan->ids[i], visit);
	return error;
}

static enum error compile_and_run(struct compiler *compiler, struct arena *arena, struct visit *visit)
{
	const struct task_query *query = compiler->query;
	const char *sql;
	enum error error = task_plan_make(compiler->db, query->account_id, query->filter, arena, &compiler->plan);

	if (error || !compiler->plan.statuses)
		return error;
	sql = compile(compiler);
	if (compiler->plan.has_ids)
		return run_by_ids(compiler, sql, visit);
	return run(compiler, sql, query->after_id, visit);
}

static enum error task_query_run(struct compiler *compiler, struct arena *arena, struct visit *visit)
{
	enum error error;

	buffer_init(&compiler->sql);
	error = compile_and_run(compiler, arena, visit);
	buffer_deinit(&compiler->sql);
	return error;
}

enum error task_query_each(
	struct db *db, const struct task_query *query, struct arena *arena, task_query_row on_row, void *context)
{
	struct compiler compiler = { .db = db, .query = query, .result = RESULT_ROWS };
	struct visit visit = { .on_row = on_row, .context = context };

	return task_query_run(&compiler, arena, &visit);
}

enum error task_query_count(struct db *db, const struct task_query *query, struct arena *arena, int64_t *ret_count)
{
	struct task_query all = *query;
	struct compiler compiler = { .db = db, .query = &all, .result = RESULT_COUNT };
	struct visit visit = { .count = 0 };
	enum error error;

	all.limit = 0; /* a page's; every task is counted */
	error = task_query_run(&compiler, arena, &visit);
	if (!error)
		*ret_count = visit.count;
	return error;
}
