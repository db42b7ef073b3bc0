/* The work on tasks. */
#include "store/task_time.h"

enum { LENGTHEN, REMOVE_EMPTY };

/* Add seconds to the row of that beginning, which is made where it is missing; a negative number takes them off. */
static enum error lengthen(struct db *db, int64_t account_id, int64_t task_id, int64_t started, int64_t seconds)
{
	struct db_query *query = db_query(db, &task_time_statements[LENGTHEN]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, task_id);
	db_bind_int64(query, 3, started);
	db_bind_int64(query, 4, seconds);
	return db_run(query, NULL);
}

static enum error remove_empty(struct db *db, int64_t account_id, int64_t task_id, int64_t started)
{
	struct db_query *query = db_query(db, &task_time_statements[REMOVE_EMPTY]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, task_id);
	db_bind_int64(query, 3, started);
	return db_run(query, NULL);
}

enum error task_time_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after)
{
	int64_t seconds = after->spent - before->spent;
	enum error error;

	if (seconds > 0 && task_is_started(before) && !task_is_started(after))
		return lengthen(db, account_id, after->id, before->started, seconds);
	if (seconds >= 0 || task_is_started(before) || !task_is_started(after))
		return ERROR_NONE;
	error = lengthen(db, account_id, after->id, after->started, seconds);
	return error ? error : remove_empty(db, account_id, after->id, after->started);
}

const struct db_statement task_time_statements[] = {
	[LENGTHEN] = { .name = "task_time_lengthen",
		.sql = "INSERT INTO task_time (account_id, task_id, started, stopped) VALUES ($1, $2, $3, $3 + $4) "
		       "ON CONFLICT (account_id, started, task_id) DO UPDATE SET stopped = task_time.stopped + $4" },
	[REMOVE_EMPTY] = { .name = "task_time_remove_empty",
		.sql = "DELETE FROM task_time "
		       "WHERE account_id = $1 AND task_id = $2 AND started = $3 AND stopped <= started" },
	{ 0 },
};
