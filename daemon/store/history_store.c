/* The record of every change to a task. */
#include "store/history_store.h"

enum { ADD, LIST, LIST_NEWEST, LIST_OF_TASK, LIST_NEWEST_OF_TASK, FIND_OLD, AGES, FORGET, FORGET_UNDONE, STRIP };

enum list_column { REVISION, STEP, AT, ACTOR, ACTION, TASK_ID, BEFORE, AFTER, ACTOR_NAME, IS_UNDONE };

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
	db_bind_optional_int64(query, 10, entry->is_act, entry->previous);
	return db_run(query, NULL);
}

/* --- looking --- */

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
		.actor_name = db_text(query, ACTOR_NAME, NULL),
		.is_undone = db_int64(query, IS_UNDONE) != 0,
	};

	entry.before = db_text(query, BEFORE, &entry.before_length);
	entry.after = db_text(query, AFTER, &entry.after_length);
	return entry;
}

enum error history_store_list(struct db *db, const struct history_range *range, history_store_row on_row, void *context)
{
	int statement = range->is_newest_first ? LIST_NEWEST : LIST;
	struct db_query *query;
	enum error error = ERROR_NONE;

	if (range->task_id)
		statement += LIST_OF_TASK - LIST;
	query = db_query(db, &history_store_statements[statement]);
	db_bind_int64(query, 1, range->account_id);
	db_bind_int64(query, 2, range->after);
	db_bind_int64(query, 3, range->before ? range->before : INT64_MAX);
	db_bind_int64(query, 4, range->limit);
	if (range->task_id)
		db_bind_int64(query, 5, range->task_id);
	while (db_next(query, &error)) {
		struct history_entry entry = read_entry(query, range->account_id);

		error = on_row(context, &entry);
	}
	db_finish(query);
	return error;
}

enum error history_store_each(struct db *db, int64_t account_id, int64_t task_id, int64_t after_revision, int64_t limit,
	history_store_row on_row, void *context)
{
	return history_store_list(db,
		&(struct history_range){
			.account_id = account_id, .task_id = task_id, .after = after_revision, .limit = limit },
		on_row, context);
}

/* --- forgetting --- */

/* The first account behind `after_account` whose oldest entry is old; 0: there is none. */
static enum error find_old(struct db *db, int64_t after_account, int64_t not_before, int64_t *ret_account)
{
	struct db_query *query = db_query(db, &history_store_statements[FIND_OLD]);
	enum error error;

	db_bind_int64(query, 1, after_account);
	db_bind_int64(query, 2, not_before);
	error = db_read_integer(query, ret_account);
	if (error != ERROR_NOT_FOUND)
		return error;
	*ret_account = 0;
	return ERROR_NONE;
}

/* How far the account's oldest entries are all old: the last of at most `limit`, and how many those are. */
static enum error find_last_old(
	struct db *db, int64_t account_id, int64_t not_before, int64_t limit, int64_t *ret_revision, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &history_store_statements[AGES]);
	enum error error = ERROR_NONE;

	*ret_revision = *ret_count = 0;
	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, limit);
	while (db_next(query, &error) && db_int64(query, 1) < not_before) {
		*ret_revision = db_int64(query, 0);
		++*ret_count;
	}
	db_finish(query);
	return error;
}

static enum error forget(struct db *db, int statement, int64_t account_id, int64_t until)
{
	struct db_query *query = db_query(db, &history_store_statements[statement]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, until);
	return db_run(query, NULL);
}

static enum error prune_account(
	struct db *db, int64_t account_id, int64_t not_before, int64_t limit, int64_t *ret_count)
{
	int64_t revision;
	enum error error = find_last_old(db, account_id, not_before, limit, &revision, ret_count);

	if (!error)
		error = forget(db, FORGET, account_id, revision);
	return error ? error : forget(db, FORGET_UNDONE, account_id, revision);
}

enum error history_store_prune(struct db *db, int64_t not_before, int64_t limit)
{
	int64_t account_id = 0;
	enum error error = find_old(db, 0, not_before, &account_id);

	while (!error && account_id && limit > 0) {
		int64_t count = 0;

		error = prune_account(db, account_id, not_before, limit, &count);
		limit -= count;
		if (!error)
			error = find_old(db, account_id, not_before, &account_id);
	}
	return error;
}

enum error history_store_strip(struct db *db, int64_t account_id, int64_t task_id)
{
	struct db_query *query = db_query(db, &history_store_statements[STRIP]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, task_id);
	return db_run(query, NULL);
}

#define HISTORY_COLUMNS "revision, step, at, actor, action, task_id, before, after"

/* An id is a session's or a token's, and random: no other row has it. */
#define LIST_SELECT                                                                                                    \
	"SELECT " HISTORY_COLUMNS ", "                                                                                 \
	"coalesce((SELECT client FROM session WHERE session.id = history.actor), "                                     \
	"(SELECT name FROM token WHERE token.id = history.actor)) AS actor_name, "                                     \
	"EXISTS (SELECT 1 FROM history_undone AS undone "                                                              \
	"WHERE undone.account_id = history.account_id AND undone.step = history.step) AS is_undone "                   \
	"FROM history "                                                                                                \
	"WHERE account_id = $1 AND revision > $2 AND revision < $3 "

static const char *const list_columns[] = { [REVISION] = "revision",
	[STEP] = "step",
	[AT] = "at",
	[ACTOR] = "actor",
	[ACTION] = "action",
	[TASK_ID] = "task_id",
	[BEFORE] = "before",
	[AFTER] = "after",
	[ACTOR_NAME] = "actor_name",
	[IS_UNDONE] = "is_undone",
	NULL };

const struct db_statement history_store_statements[] = {
	[ADD] = { .name = "history_add",
		.sql = "INSERT INTO history (account_id, " HISTORY_COLUMNS ", previous) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" },
	[LIST] = { .name = "history_list", .sql = LIST_SELECT "ORDER BY revision LIMIT $4", .columns = list_columns },
	[LIST_NEWEST] = { .name = "history_list_newest",
		.sql = LIST_SELECT "ORDER BY revision DESC LIMIT $4",
		.columns = list_columns },
	[LIST_OF_TASK] = { .name = "history_list_of_task",
		.sql = LIST_SELECT "AND task_id = $5 ORDER BY revision LIMIT $4",
		.columns = list_columns },
	[LIST_NEWEST_OF_TASK] = { .name = "history_list_newest_of_task",
		.sql = LIST_SELECT "AND task_id = $5 ORDER BY revision DESC LIMIT $4",
		.columns = list_columns },
	[FIND_OLD] = { .name = "history_find_old",
		.sql = "SELECT account_id FROM account_counter "
		       "WHERE account_id > $1 AND (SELECT at FROM history "
		       "WHERE history.account_id = account_counter.account_id ORDER BY revision LIMIT 1) < $2 "
		       "ORDER BY account_id LIMIT 1",
		.columns = (const char *const[]){ "account_id", NULL } },
	[AGES] = { .name = "history_ages",
		.sql = "SELECT revision, at FROM history WHERE account_id = $1 ORDER BY revision LIMIT $2",
		.columns = (const char *const[]){ "revision", "at", NULL } },
	[FORGET] = { .name = "history_forget_until",
		.sql = "DELETE FROM history WHERE account_id = $1 AND revision <= $2" },
	[FORGET_UNDONE] = { .name = "history_forget_undone",
		.sql = "DELETE FROM history_undone WHERE account_id = $1 AND step <= $2" },
	[STRIP] = { .name = "history_strip",
		.sql = "UPDATE history SET before = NULL, after = NULL WHERE account_id = $1 AND task_id = $2" },
	{ 0 },
};
