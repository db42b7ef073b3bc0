/* The record of every change to a task. */
#include "store/history_store.h"

enum { ADD, EACH, EACH_OF_TASK };

enum each_column { REVISION, STEP, AT, ACTOR, ACTION, TASK_ID, BEFORE, AFTER };

enum error history_store_add(struct db *db, const struct history_entry *entry)
{
	struct db_query *query = db_query(db, &history_store_statements[ADD]);

	db_bind_int64(query, 1, entry->account_id);
	db_bind_int64(query, 2, entry->revision);
	db_bind_int64(query, 3, entry->step);
	db_bind_int64(query, 4, entry->at);
	db_bind_text(query, 5, entry->actor);
	db_bind_text(query, 6, entry->action);
	db_bind_int64(query, 7, entry->task_id);
	db_bind_text_length(query, 8, entry->before, entry->before_length);
	db_bind_text_length(query, 9, entry->after, entry->after_length);
	return db_run(query, NULL);
}

static struct history_entry read_entry(const struct db_query *query, int64_t account_id)
{
	struct history_entry entry = {
		.account_id = account_id,
		.revision = db_int64(query, REVISION),
		.step = db_int64(query, STEP),
		.at = db_int64(query, AT),
		.actor = db_text(query, ACTOR, NULL),
		.action = db_text(query, ACTION, NULL),
		.task_id = db_int64(query, TASK_ID),
	};

	entry.before = db_text(query, BEFORE, &entry.before_length);
	entry.after = db_text(query, AFTER, &entry.after_length);
	return entry;
}

enum error history_store_each(struct db *db, int64_t account_id, int64_t task_id, int64_t after_revision, int64_t limit,
	history_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &history_store_statements[task_id ? EACH_OF_TASK : EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, after_revision);
	db_bind_int64(query, 3, limit);
	if (task_id)
		db_bind_int64(query, 4, task_id);
	while (db_next(query, &error)) {
		struct history_entry entry = read_entry(query, account_id);

		error = on_row(context, &entry);
	}
	db_finish(query);
	return error;
}

#define HISTORY_COLUMNS "revision, step, at, actor, action, task_id, before, after"

static const char *const each_columns[] = { [REVISION] = "revision",
	[STEP] = "step",
	[AT] = "at",
	[ACTOR] = "actor",
	[ACTION] = "action",
	[TASK_ID] = "task_id",
	[BEFORE] = "before",
	[AFTER] = "after",
	NULL };

const struct db_statement history_store_statements[] = {
	[ADD] = { .name = "history_add",
		.sql = "INSERT INTO history (account_id, " HISTORY_COLUMNS ") "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" },
	[EACH] = { .name = "history_each",
		.sql = "SELECT " HISTORY_COLUMNS " FROM history "
		       "WHERE account_id = $1 AND revision > $2 "
		       "ORDER BY revision LIMIT $3",
		.columns = each_columns },
	[EACH_OF_TASK] = { .name = "history_each_of_task",
		.sql = "SELECT " HISTORY_COLUMNS " FROM history "
		       "WHERE account_id = $1 AND task_id = $4 AND revision > $2 "
		       "ORDER BY revision LIMIT $3",
		.columns = each_columns },
	{ 0 },
};
