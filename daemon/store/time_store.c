/* When tasks were worked on. */
#include "store/time_store.h"

enum { EACH, EACH_WITH_PROJECT, EACH_BY_TASK, EACH_RUNNING, LIST, FIND_TASK };

enum time_column { TASK_ID, STARTED, STOPPED, PROJECT };

enum task_column { TITLE, TASK_PROJECT };

static enum error visit(struct db_query *query, time_store_row on_row, void *context)
{
	enum error error = ERROR_NONE;

	while (db_next(query, &error)) {
		const struct time_span span = { .task_id = db_int64(query, TASK_ID),
			.started = db_int64(query, STARTED),
			.stopped = db_int64(query, STOPPED),
			.project = db_text(query, PROJECT, NULL) };

		error = on_row(context, &span);
	}
	db_finish(query);
	return error;
}

enum error time_store_each(struct db *db, int64_t account_id, int64_t from, int64_t before,
	enum time_store_projects projects, time_store_row on_row, void *context)
{
	int statement = projects == TIME_STORE_WITH_PROJECTS ? EACH_WITH_PROJECT : EACH;
	struct db_query *query = db_query(db, &time_store_statements[statement]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, from);
	db_bind_int64(query, 3, before);
	return visit(query, on_row, context);
}

enum error time_store_each_by_task(
	struct db *db, int64_t account_id, int64_t from, time_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &time_store_statements[EACH_BY_TASK]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, from);
	return visit(query, on_row, context);
}

enum error time_store_each_running(struct db *db, int64_t account_id, int64_t now, time_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &time_store_statements[EACH_RUNNING]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, now);
	return visit(query, on_row, context);
}

enum error time_store_list(
	struct db *db, int64_t account_id, int64_t skipped, int64_t limit, time_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &time_store_statements[LIST]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, limit);
	db_bind_int64(query, 3, skipped);
	return visit(query, on_row, context);
}

enum error time_store_find_task(
	struct db *db, int64_t account_id, int64_t id, struct arena *arena, struct time_task *ret_task)
{
	struct db_query *query = db_query(db, &time_store_statements[FIND_TASK]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	error = db_step_one(query);
	if (!error) {
		const char *project = db_text(query, TASK_PROJECT, NULL);

		*ret_task = (struct time_task){ .title = arena_strdup(arena, db_text(query, TITLE, NULL)),
			.project = project ? arena_strdup(arena, project) : NULL };
	}
	db_finish(query);
	return error;
}

static const char *const time_columns[] = {
	[TASK_ID] = "task_id", [STARTED] = "started", [STOPPED] = "stopped", [PROJECT] = "project", NULL
};

const struct db_statement time_store_statements[] = {
	[EACH] = { .name = "time_each",
		.sql = "SELECT task_id, started, stopped, NULL AS project FROM task_time "
		       "WHERE account_id = $1 AND stopped > $2 AND started < $3 "
		       "ORDER BY started",
		.columns = time_columns },
	[EACH_WITH_PROJECT] = { .name = "time_each_with_project",
		.sql = "SELECT work.task_id AS task_id, work.started AS started, work.stopped AS stopped, "
		       "  task.project AS project "
		       "FROM task_time AS work CROSS JOIN task "
		       "WHERE work.account_id = $1 AND work.stopped > $2 AND work.started < $3 "
		       "AND task.account_id = $1 AND task.id = work.task_id "
		       "ORDER BY work.started",
		.columns = time_columns },
	[EACH_BY_TASK] = { .name = "time_each_by_task",
		.sql = "SELECT task_id, started, stopped, NULL AS project FROM task_time "
		       "WHERE account_id = $1 AND stopped > $2 "
		       "ORDER BY task_id, started",
		.columns = time_columns },
	[EACH_RUNNING] = { .name = "time_each_running",
		.sql = "SELECT id AS task_id, started, $2 AS stopped, project FROM task "
		       "WHERE account_id = $1 AND started < $2 "
		       "ORDER BY started",
		.columns = time_columns },
	[LIST] = { .name = "time_list",
		.sql = "SELECT task_id, started, stopped, NULL AS project FROM task_time "
		       "WHERE account_id = $1 "
		       "ORDER BY started, task_id LIMIT $2 OFFSET $3",
		.columns = time_columns },
	[FIND_TASK] = { .name = "time_find_task",
		.sql = "SELECT title, project FROM task WHERE account_id = $1 AND id = $2",
		.columns = (const char *const[]){ [TITLE] = "title", [TASK_PROJECT] = "project", NULL } },
	{ 0 },
};
