/* The end of tasks. */
#include "store/task_bin.h"

#include "store/task_store.h"

enum { FIND_OLD, FIND_EXPIRED, FIND_REFERRERS, REMOVE_TIMES };

enum place_column { ACCOUNT_ID, ID };

/* --- what is due to go --- */

static enum error read_places(struct db_query *query, struct task_in_account *ret_places, size_t *ret_count)
{
	size_t count = 0;
	enum error error = ERROR_NONE;

	while (db_next(query, &error))
		ret_places[count++] = (struct task_in_account){ db_int64(query, ACCOUNT_ID), db_int64(query, ID) };
	db_finish(query);
	if (!error)
		*ret_count = count;
	return error;
}

enum error task_bin_find_old(struct db *db, int64_t since, int64_t before, size_t limit,
	struct task_in_account *ret_places, size_t *ret_count)
{
	struct db_query *query = db_query(db, &task_bin_statements[FIND_OLD]);

	db_bind_int64(query, 1, since);
	db_bind_int64(query, 2, before);
	db_bind_int64(query, 3, (int64_t)limit);
	return read_places(query, ret_places, ret_count);
}

enum error task_bin_find_expired(
	struct db *db, int64_t before, size_t limit, struct task_in_account *ret_places, size_t *ret_count)
{
	struct db_query *query = db_query(db, &task_bin_statements[FIND_EXPIRED]);

	db_bind_int64(query, 1, before);
	db_bind_int64(query, 2, (int64_t)limit);
	return read_places(query, ret_places, ret_count);
}

enum error task_bin_find_referrers(struct db *db, int64_t account_id, int64_t id, int64_t after_id, size_t limit,
	int64_t *ret_ids, size_t *ret_count)
{
	struct db_query *query = db_query(db, &task_bin_statements[FIND_REFERRERS]);
	size_t count = 0;
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	db_bind_int64(query, 3, after_id);
	db_bind_int64(query, 4, (int64_t)limit);
	while (db_next(query, &error))
		ret_ids[count++] = db_int64(query, 0);
	db_finish(query);
	if (!error)
		*ret_count = count;
	return error;
}

/* --- going --- */

enum error task_bin_remove(struct db *db, int64_t account_id, const struct task *task)
{
	struct db_query *query;
	enum error error = task_store_remove(db, account_id, task);

	if (error)
		return error;
	query = db_query(db, &task_bin_statements[REMOVE_TIMES]);
	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, task->id);
	return db_run(query, NULL);
}

#define PLACE_COLUMNS                                                                                                  \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		[ACCOUNT_ID] = "account_id", [ID] = "id", NULL                                                         \
	}

const struct db_statement task_bin_statements[] = {
	[FIND_OLD] = { .name = "task_find_old",
		.sql = "SELECT account_id, id FROM task "
		       "WHERE status = 'deleted' AND deleted >= $1 AND deleted < $2 "
		       "ORDER BY deleted LIMIT $3",
		.columns = PLACE_COLUMNS },
	[FIND_EXPIRED] = { .name = "task_find_expired",
		.sql = "SELECT account_id, id FROM task "
		       "WHERE status = 'pending' AND until < $1 "
		       "ORDER BY until LIMIT $2",
		.columns = PLACE_COLUMNS },
	[FIND_REFERRERS] = { .name = "task_find_referrers",
		.sql = "SELECT id FROM task WHERE account_id = $1 AND parent = $2 AND id > $3 "
		       "UNION "
		       "SELECT task_id FROM task_dependency WHERE account_id = $1 AND on_id = $2 AND task_id > $3 "
		       "ORDER BY id LIMIT $4",
		.columns = (const char *const[]){ "id", NULL } },
	[REMOVE_TIMES] = { .name = "task_remove_times",
		.sql = "DELETE FROM task_time WHERE account_id = $1 AND task_id = $2" },
	{ 0 },
};
