/* What series need beyond single tasks. */
#include "store/series_store.h"

#include "store/task_row.h"

enum { FIND_INSTANCE, SET_NEXT, EACH_DUE, EACH_OF_ACCOUNT, EACH_INSTANCE };

enum each_due_column { ACCOUNT_ID, TEMPLATE_ID };

static enum error read_instance(struct db_query *query, struct arena *arena, struct task *ret_task)
{
	struct task_row_room room;
	struct task task;
	enum error error = db_step_one(query);

	if (error)
		return error;
	task_row_room_init(&room);
	error = task_row_read(query, &room, &task);
	if (!error)
		task_copy(&task, arena, ret_task);
	task_row_room_deinit(&room);
	return error;
}

enum error series_store_find_instance(struct db *db, int64_t account_id, int64_t series, int64_t occurrence,
	struct arena *arena, struct task *ret_task)
{
	struct db_query *query = db_query(db, &series_store_statements[FIND_INSTANCE]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, series);
	db_bind_int64(query, 3, occurrence);
	error = read_instance(query, arena, ret_task);
	db_finish(query);
	return error;
}

enum error series_store_set_next(struct db *db, int64_t account_id, int64_t template_id, int64_t at)
{
	struct db_query *query = db_query(db, &series_store_statements[SET_NEXT]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, template_id);
	db_bind_optional_int64(query, 3, at != TASK_NO_TIME, at);
	return db_run(query, NULL);
}

static enum error read_rows(struct db_query *query, struct task_in_account *ret_rows, size_t *ret_count)
{
	enum error error = ERROR_NONE;

	*ret_count = 0;
	while (db_next(query, &error))
		ret_rows[(*ret_count)++] = (struct task_in_account){ .account_id = db_int64(query, ACCOUNT_ID),
			.id = db_int64(query, TEMPLATE_ID) };
	db_finish(query);
	return error;
}

enum error series_store_each_due(
	struct db *db, int64_t now, size_t limit, struct task_in_account *ret_rows, size_t *ret_count)
{
	struct db_query *query = db_query(db, &series_store_statements[EACH_DUE]);

	db_bind_int64(query, 1, now);
	db_bind_int64(query, 2, (int64_t)limit);
	return read_rows(query, ret_rows, ret_count);
}

enum error series_store_each_of_account(struct db *db, int64_t account_id, int64_t now, size_t limit,
	struct task_in_account *ret_rows, size_t *ret_count)
{
	struct db_query *query = db_query(db, &series_store_statements[EACH_OF_ACCOUNT]);

	db_bind_int64(query, 1, now);
	db_bind_int64(query, 2, (int64_t)limit);
	db_bind_int64(query, 3, account_id);
	return read_rows(query, ret_rows, ret_count);
}

static const char *const each_due_columns[] = { [ACCOUNT_ID] = "account_id", [TEMPLATE_ID] = "id", NULL };

enum instance_column { OCCURRENCE, STATUS };

enum error series_store_each_instance(
	struct db *db, int64_t account_id, int64_t series, series_store_instance on_instance, void *context)
{
	struct db_query *query = db_query(db, &series_store_statements[EACH_INSTANCE]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, series);
	while (db_next(query, &error)) {
		enum task_status status;

		error = task_parse_status(db_text(query, STATUS, NULL), &status, NULL) ? ERROR_STORAGE : ERROR_NONE;
		if (!error)
			error = on_instance(context, db_int64(query, OCCURRENCE), status);
	}
	db_finish(query);
	return error;
}

const struct db_statement series_store_statements[] = {
	[FIND_INSTANCE] = { .name = "series_find_instance",
		.sql = "SELECT task.id" TASK_ROW_SELECTED " FROM task "
		       "WHERE account_id = $1 AND series = $2 AND occurrence = $3",
		.columns = task_row_columns },
	[SET_NEXT] = { .name = "series_set_next",
		.sql = "UPDATE task SET recur_next = $3 WHERE account_id = $1 AND id = $2 AND status = 'recurring'" },
	[EACH_DUE] = { .name = "series_each_due",
		.sql = "SELECT account_id, id FROM task WHERE recur_next <= $1 AND status = 'recurring' ORDER BY "
		       "recur_next LIMIT $2",
		.columns = each_due_columns },
	[EACH_OF_ACCOUNT] = { .name = "series_each_of_account",
		.sql = "SELECT account_id, id FROM task "
		       "WHERE recur_next <= $1 AND status = 'recurring' AND account_id = $3 "
		       "ORDER BY recur_next LIMIT $2",
		.columns = each_due_columns },
	[EACH_INSTANCE] = { .name = "series_each_instance",
		.sql = "SELECT occurrence, status FROM task "
		       "WHERE account_id = $1 AND series = $2 AND occurrence >= 0 "
		       "ORDER BY occurrence",
		.columns = (const char *const[]){ [OCCURRENCE] = "occurrence", [STATUS] = "status", NULL } },
	{ 0 },
};
