/*
 * Filters as SQL. Where it can be, finding goes along one index in the order of ids, so that a page ends where it is
 * full (see task_plan.h). What an index has for each status apart is one SELECT for each, merged.
 */
#include "store/task_query.h"

#include "common/buffer.h"
#include "store/task_plan.h"
#include "store/task_row.h"

#include <inttypes.h>

/* The numbers of the first parameters. */
enum { ACCOUNT = 1, ID };

/* What comes out of a statement. The first of them are those of enum task_query_want. */
enum result { RESULT_WHOLE = TASK_QUERY_WHOLE, RESULT_SHOWN = TASK_QUERY_SHOWN, RESULT_PART, RESULT_COUNT };

struct compiler {
	struct db *db;
	const struct task_query *query;
	struct task_plan plan;
	enum result result;
	const struct task_row_part *part; /* of each row, for RESULT_PART */
	struct db_values values;
	struct buffer sql;
};

static const char *const count_columns[] = { "count", NULL };

/* --- text --- */

/* What follows the id. */
static void write_fields(struct compiler *compiler)
{
	if (compiler->result == RESULT_PART)
		task_row_part_write(compiler->part, &compiler->sql);
	else
		buffer_append_text(
			&compiler->sql, compiler->result == RESULT_SHOWN ? TASK_ROW_SHOWN : TASK_ROW_SELECTED);
}

static void write_select(struct compiler *compiler, int part)
{
	buffer_append_text(&compiler->sql, "SELECT ");
	if (compiler->result == RESULT_COUNT) {
		buffer_append_text(&compiler->sql, "COUNT(*) AS count");
	} else {
		buffer_append_text(&compiler->sql, task_plan_id(&compiler->plan));
		buffer_append_text(&compiler->sql, " AS id");
		write_fields(compiler);
	}
	task_plan_write_source(&compiler->plan, part, &compiler->values, &compiler->sql);
}

static const char *compile(struct compiler *compiler)
{
	const struct task_plan *plan = &compiler->plan;
	int64_t limit = compiler->query->limit;

	(void)db_values_add_int64(&compiler->values, plan->account_id);
	(void)db_values_reserve(&compiler->values);
	for (size_t i = 0; i < plan->part_count; i++) {
		buffer_append_text(&compiler->sql, i ? " UNION ALL " : "");
		write_select(compiler, plan->parts[i]);
	}
	if (compiler->result != RESULT_COUNT && plan->way != TASK_PLAN_BY_IDS) {
		buffer_append_text(&compiler->sql, " ORDER BY id");
		if (limit)
			buffer_printf(&compiler->sql, " LIMIT $%u", db_values_add_int64(&compiler->values, limit));
	}
	return buffer_text(&compiler->sql);
}

/* --- running --- */

struct visit {
	const struct task_row_part *part;
	struct task_row_room room;
	task_query_row on_row;
	void *context;
	int64_t count;
};

static enum error read_row(
	struct visit *visit, enum result result, const struct db_query *rows, struct task *ret_task)
{
	switch (result) {
	case RESULT_PART:
		return task_row_part_read(visit->part, rows, &visit->room, ret_task);
	case RESULT_SHOWN:
		return task_row_read_shown(rows, &visit->room, ret_task);
	case RESULT_WHOLE:
	case RESULT_COUNT:
		break;
	}
	return task_row_read(rows, &visit->room, ret_task);
}

static enum error visit_row(struct visit *visit, enum result result, const struct db_query *rows)
{
	struct task task;
	enum error error = read_row(visit, result, rows, &task);

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

static const char *const *columns_of(const struct compiler *compiler)
{
	switch (compiler->result) {
	case RESULT_PART:
		return compiler->part->columns;
	case RESULT_SHOWN:
		return task_row_shown_columns;
	case RESULT_COUNT:
		return count_columns;
	case RESULT_WHOLE:
		break;
	}
	return task_row_columns;
}

static enum error run(const struct compiler *compiler, const char *sql, int64_t id, struct visit *visit)
{
	enum result result = compiler->result;
	struct db_query *rows = db_query_text(compiler->db, "task_query", sql, columns_of(compiler));
	enum error error = ERROR_NONE;

	db_values_bind(&compiler->values, rows);
	db_bind_int64(rows, ID, id);
	while (db_next(rows, &error))
		error = result == RESULT_COUNT ? add_count(visit, rows) : visit_row(visit, result, rows);
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
	enum task_plan_want want = query->limit && compiler->result != RESULT_COUNT ? TASK_PLAN_PAGE : TASK_PLAN_ALL;
	const char *sql;
	enum error error = task_plan_make(
		compiler->db, query->account_id, query->now, query->filter, want, arena, &compiler->plan);

	if (error || !compiler->plan.part_count)
		return error;
	db_values_init(&compiler->values, arena);
	sql = compile(compiler);
	if (compiler->plan.way == TASK_PLAN_BY_IDS)
		return run_by_ids(compiler, sql, visit);
	return run(compiler, sql, query->after_id, visit);
}

static enum error task_query_run(struct compiler *compiler, struct arena *arena, struct visit *visit)
{
	enum error error;

	buffer_init(&compiler->sql);
	task_row_room_init(&visit->room);
	error = compile_and_run(compiler, arena, visit);
	task_row_room_deinit(&visit->room);
	buffer_deinit(&compiler->sql);
	return error;
}

enum error task_query_each(
	struct db *db, const struct task_query *query, struct arena *arena, task_query_row on_row, void *context)
{
	struct compiler compiler = { .db = db, .query = query, .result = (enum result)query->want };
	struct visit visit = { .on_row = on_row, .context = context };

	return task_query_run(&compiler, arena, &visit);
}

enum error task_query_each_part(struct db *db, const struct task_query *query, const char *const *fields,
	struct arena *arena, task_query_row on_row, void *context)
{
	struct task_row_part part;
	struct compiler compiler = { .db = db, .query = query, .result = RESULT_PART, .part = &part };
	struct visit visit = { .on_row = on_row, .context = context, .part = &part };

	task_row_part_init(&part, fields, arena);
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
