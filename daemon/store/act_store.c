/* The acts of people. */
#include "store/act_store.h"

enum { FIND, NEWEST_DONE, SET_NEWEST_DONE, UNDONE, REDONE, FIND_UNDONE, STEP_OF, IS_KEPT };

enum find_column { AT, ACTION, PREVIOUS, IS_UNDONE };

enum error act_store_find(struct db *db, int64_t account_id, int64_t step, struct arena *arena, struct act *ret_act)
{
	struct db_query *query = db_query(db, &act_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, step);
	error = db_step_one(query);
	if (!error)
		*ret_act = (struct act){ .step = step,
			.at = db_int64(query, AT),
			.action = arena_strdup(arena, db_text(query, ACTION, NULL)),
			.previous = db_int64(query, PREVIOUS),
			.is_a_persons = !db_is_null(query, PREVIOUS),
			.is_undone = db_int64(query, IS_UNDONE) != 0 };
	db_finish(query);
	return error;
}

enum error act_store_newest_done(struct db *db, int64_t account_id, int64_t *ret_step)
{
	struct db_query *query = db_query(db, &act_store_statements[NEWEST_DONE]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_step);
}

/* A statement about one step, and a number that goes with it. */
static enum error run(struct db *db, int statement, int64_t account_id, int64_t step, int64_t number)
{
	struct db_query *query = db_query(db, &act_store_statements[statement]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, step);
	if (number)
		db_bind_int64(query, 3, number);
	return db_run(query, NULL);
}

enum error act_store_set_newest_done(struct db *db, int64_t account_id, int64_t step)
{
	return run(db, SET_NEWEST_DONE, account_id, step, 0);
}

enum error act_store_undone(struct db *db, int64_t account_id, int64_t step, int64_t by)
{
	return run(db, UNDONE, account_id, step, by);
}

enum error act_store_redone(struct db *db, int64_t account_id, int64_t step)
{
	return run(db, REDONE, account_id, step, 0);
}

enum error act_store_find_undone(struct db *db, int64_t account_id, size_t limit, int64_t *ret_steps, size_t *ret_count)
{
	struct db_query *query = db_query(db, &act_store_statements[FIND_UNDONE]);
	size_t count = 0;
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, (int64_t)limit);
	while (db_next(query, &error))
		ret_steps[count++] = db_int64(query, 0);
	db_finish(query);
	if (!error)
		*ret_count = count;
	return error;
}

/* The step of a revision; of one that was not given yet a step that is none. */
static enum error step_of(struct db *db, int64_t account_id, int64_t revision, int64_t *ret_step)
{
	struct db_query *query = db_query(db, &act_store_statements[STEP_OF]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, revision);
	error = db_read_integer(query, ret_step);
	if (error != ERROR_NOT_FOUND)
		return error;
	*ret_step = INT64_MAX;
	return ERROR_NONE;
}

/*
 * The entries of a step follow each other, so the end is found by doubling the stride and then halving the gap: an act
 * on ten thousand tasks costs two dozen looks.
 */
enum error act_store_end(struct db *db, int64_t account_id, int64_t step, int64_t *ret_end)
{
	int64_t inside = step, outside = 0, stride = 1;
	enum error error = ERROR_NONE;

	while (!error && outside - inside != 1) {
		int64_t looked_at = outside ? inside + (outside - inside) / 2 : inside + stride;
		int64_t found = 0;

		error = step_of(db, account_id, looked_at, &found);
		if (found == step)
			inside = looked_at;
		else
			outside = looked_at;
		stride *= 2;
	}
	*ret_end = outside;
	return error;
}

enum error act_store_is_stripped(struct db *db, int64_t account_id, int64_t step, int64_t end, bool *ret_is_stripped)
{
	struct db_query *query = db_query(db, &act_store_statements[IS_KEPT]);
	int64_t is_kept = 0;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, step);
	db_bind_int64(query, 3, end);
	error = db_read_integer(query, &is_kept);
	if (!error)
		*ret_is_stripped = !is_kept;
	return error;
}

const struct db_statement act_store_statements[] = {
	[FIND] = { .name = "act_find",
		.sql = "SELECT at, action, previous, "
		       "EXISTS (SELECT 1 FROM history_undone AS undone "
		       "WHERE undone.account_id = $1 AND undone.step = $2) AS is_undone "
		       "FROM history WHERE account_id = $1 AND revision = $2 AND step = $2",
		.columns = (const char *const[]){ [AT] = "at",
			[ACTION] = "action",
			[PREVIOUS] = "previous",
			[IS_UNDONE] = "is_undone",
			NULL } },
	[NEWEST_DONE] = { .name = "act_newest_done",
		.sql = "SELECT done_act FROM account_counter WHERE account_id = $1",
		.columns = (const char *const[]){ "done_act", NULL } },
	[SET_NEWEST_DONE] = { .name = "act_set_newest_done",
		.sql = "UPDATE account_counter SET done_act = $2 WHERE account_id = $1" },
	[UNDONE] = { .name = "act_undone",
		.sql = "INSERT INTO history_undone (account_id, step, by_step) VALUES ($1, $2, $3)" },
	[REDONE] = { .name = "act_redone", .sql = "DELETE FROM history_undone WHERE account_id = $1 AND step = $2" },
	[FIND_UNDONE] = { .name = "act_find_undone",
		.sql = "SELECT step FROM history_undone WHERE account_id = $1 "
		       "AND by_step > (SELECT newest_act FROM account_counter WHERE account_id = $1) "
		       "ORDER BY by_step DESC, step LIMIT $2",
		.columns = (const char *const[]){ "step", NULL } },
	[STEP_OF] = { .name = "act_step_of",
		.sql = "SELECT step FROM history WHERE account_id = $1 AND revision = $2",
		.columns = (const char *const[]){ "step", NULL } },
	[IS_KEPT] = { .name = "act_is_kept",
		.sql = "SELECT EXISTS (SELECT 1 FROM history "
		       "WHERE account_id = $1 AND revision >= $2 AND revision < $3 "
		       "AND (before IS NOT NULL OR after IS NOT NULL)) AS is_kept",
		.columns = (const char *const[]){ "is_kept", NULL } },
	{ 0 },
};
