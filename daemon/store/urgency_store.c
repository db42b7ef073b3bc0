/* Coefficients, and the phases that follow from them. */
#include "store/urgency_store.h"

#include "store/task_row.h"

enum { LIST, SET, UNSET, COUNT, PENDING, ENDED, NEXT_ACCOUNT, WRITE_PHASE };

enum coefficient_column { NAME, VALUE };

/* --- coefficients --- */

enum error urgency_store_list(struct db *db, int64_t account_id, struct arena *arena,
	const struct urgency_coefficient **ret_own, size_t *ret_count)
{
	struct db_query *query = db_query(db, &urgency_store_statements[LIST]);
	struct urgency_coefficient *own = NULL;
	size_t count = 0;
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, URGENCY_OWN_LIMIT);
	while (db_next(query, &error)) {
		if (!own)
			own = arena_array(arena, URGENCY_OWN_LIMIT, sizeof(*own));
		own[count++] = (struct urgency_coefficient){ .name = arena_strdup(arena, db_text(query, NAME, NULL)),
			.value = db_int64(query, VALUE) };
	}
	db_finish(query);
	*ret_own = own;
	*ret_count = count;
	return error;
}

enum error urgency_store_read(
	struct db *db, int64_t account_id, struct arena *arena, struct urgency_coefficients *ret_coefficients)
{
	const struct urgency_coefficient *own;
	size_t count;
	enum error error = urgency_store_list(db, account_id, arena, &own, &count);

	if (error)
		return error;
	*ret_coefficients = urgency_defaults;
	if (count)
		urgency_coefficients_make(own, count, arena, ret_coefficients);
	return ERROR_NONE;
}

enum error urgency_store_set(struct db *db, int64_t account_id, const struct urgency_coefficient *coefficient)
{
	struct db_query *query = db_query(db, &urgency_store_statements[SET]);
	int64_t count;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, coefficient->name);
	db_bind_int64(query, 3, coefficient->value);
	error = db_run(query, NULL);
	if (error)
		return error;
	query = db_query(db, &urgency_store_statements[COUNT]);
	db_bind_int64(query, 1, account_id);
	error = db_read_integer(query, &count);
	if (error)
		return error;
	return count > URGENCY_OWN_LIMIT ? ERROR_CONFLICT : ERROR_NONE;
}

enum error urgency_store_unset(struct db *db, int64_t account_id, const char *name)
{
	struct db_query *query = db_query(db, &urgency_store_statements[UNSET]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

/* --- phases --- */

/* Tasks that were read, so that nothing is written while a query runs. */
struct batch {
	struct {
		int64_t id;
		struct urgency_phase phase;
		bool has_changed;
	} items[URGENCY_STORE_BATCH];
	size_t count;
};

static bool is_phase_of(const struct urgency_phase *phase, const struct task *task)
{
	return phase->class == task->urgency_class && phase->intercept == task->urgency_intercept &&
	       phase->change == task->urgency_change;
}

static enum error read_batch(
	struct db_query *query, const struct urgency_coefficients *coefficients, int64_t now, struct batch *batch)
{
	struct task_row_room room;
	enum error error = ERROR_NONE;

	batch->count = 0;
	task_row_room_init(&room);
	while (batch->count < URGENCY_STORE_BATCH && db_next(query, &error)) {
		struct task task;
		struct urgency_phase phase;

		error = task_row_read(query, &room, &task);
		if (error)
			break;
		phase = urgency_phase_of(&task, coefficients, now);
		batch->items[batch->count].id = task.id;
		batch->items[batch->count].phase = phase;
		batch->items[batch->count++].has_changed = !is_phase_of(&phase, &task);
	}
	task_row_room_deinit(&room);
	db_finish(query);
	return error;
}

static enum error write_phase(struct db *db, int64_t account_id, int64_t id, const struct urgency_phase *phase)
{
	struct db_query *query = db_query(db, &urgency_store_statements[WRITE_PHASE]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	db_bind_int64(query, 3, phase->class);
	db_bind_int64(query, 4, phase->intercept);
	db_bind_optional_int64(query, 5, phase->change != TASK_NO_TIME, phase->change);
	return db_run(query, NULL);
}

static enum error write_batch(struct db *db, int64_t account_id, const struct batch *batch)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < batch->count; i++)
		if (batch->items[i].has_changed)
			error = write_phase(db, account_id, batch->items[i].id, &batch->items[i].phase);
	return error;
}

enum error urgency_store_classify(struct db *db, int64_t account_id, const struct urgency_coefficients *coefficients,
	int64_t now, int64_t *after_id, bool *ret_is_end)
{
	struct db_query *query = db_query(db, &urgency_store_statements[PENDING]);
	struct batch batch;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, *after_id);
	db_bind_int64(query, 3, URGENCY_STORE_BATCH);
	error = read_batch(query, coefficients, now, &batch);
	if (!error)
		error = write_batch(db, account_id, &batch);
	if (error)
		return error;
	*ret_is_end = batch.count < URGENCY_STORE_BATCH;
	if (batch.count)
		*after_id = batch.items[batch.count - 1].id;
	return ERROR_NONE;
}

/* --- phases that have ended --- */

static enum error refresh_batch(struct db *db, int64_t account_id, const struct urgency_coefficients *coefficients,
	int64_t moment, size_t *ret_count)
{
	struct db_query *query = db_query(db, &urgency_store_statements[ENDED]);
	struct batch batch;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, moment);
	db_bind_int64(query, 3, URGENCY_STORE_BATCH);
	error = read_batch(query, coefficients, moment, &batch);
	*ret_count = batch.count;
	return error ? error : write_batch(db, account_id, &batch);
}

static enum error refresh_account(struct db *db, int64_t account_id, int64_t moment, int64_t limit, int64_t *count)
{
	struct urgency_coefficients coefficients;
	size_t refreshed = 0;
	struct arena arena;
	enum error error;

	arena_init(&arena);
	error = urgency_store_read(db, account_id, &arena, &coefficients);
	do {
		if (!error)
			error = refresh_batch(db, account_id, &coefficients, moment, &refreshed);
		*count += (int64_t)refreshed;
	} while (!error && refreshed == URGENCY_STORE_BATCH && *count < limit);
	arena_deinit(&arena);
	return error;
}

/* Of an account behind `after_id` in which some phase ends at some time; ERROR_NOT_FOUND at the end. */
static enum error next_account(struct db *db, int64_t after_id, int64_t *ret_account_id)
{
	struct db_query *query = db_query(db, &urgency_store_statements[NEXT_ACCOUNT]);

	db_bind_int64(query, 1, after_id);
	return db_read_integer(query, ret_account_id);
}

enum error urgency_store_refresh(struct db *db, int64_t moment, int64_t limit, int64_t *ret_count)
{
	int64_t account_id = 0;
	int64_t count = 0;
	enum error error = next_account(db, account_id, &account_id);

	while (!error && count < limit) {
		error = refresh_account(db, account_id, moment, limit, &count);
		if (!error)
			error = next_account(db, account_id, &account_id);
	}
	if (error && error != ERROR_NOT_FOUND)
		return error;
	*ret_count = count;
	return ERROR_NONE;
}

const struct db_statement urgency_store_statements[] = {
	[LIST] = { .name = "urgency_list",
		.sql = "SELECT name, value FROM urgency_coefficient WHERE account_id = $1 ORDER BY name LIMIT $2",
		.columns = (const char *const[]){ [NAME] = "name", [VALUE] = "value", NULL } },
	[SET] = { .name = "urgency_set",
		.sql = "INSERT INTO urgency_coefficient (account_id, name, value) VALUES ($1, $2, $3) "
		       "ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value" },
	[UNSET] = { .name = "urgency_unset",
		.sql = "DELETE FROM urgency_coefficient WHERE account_id = $1 AND name = $2" },
	[COUNT] = { .name = "urgency_count",
		.sql = "SELECT COUNT(*) AS count FROM urgency_coefficient WHERE account_id = $1",
		.columns = (const char *const[]){ "count", NULL } },
	[PENDING] = { .name = "urgency_pending",
		.sql = "SELECT task.id AS id" TASK_ROW_SELECTED " FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND id > $2 ORDER BY id LIMIT $3",
		.columns = task_row_columns },
	[ENDED] = { .name = "urgency_ended",
		.sql = "SELECT task.id AS id" TASK_ROW_SELECTED " FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND urgency_change <= $2 "
		       "ORDER BY urgency_change LIMIT $3",
		.columns = task_row_columns },
	[NEXT_ACCOUNT] = { .name = "urgency_next_account",
		.sql = "SELECT account_id FROM task "
		       "WHERE account_id > $1 AND status = 'pending' AND urgency_change IS NOT NULL "
		       "ORDER BY account_id LIMIT 1",
		.columns = (const char *const[]){ "account_id", NULL } },
	[WRITE_PHASE] = { .name = "urgency_write_phase",
		.sql = "UPDATE task SET urgency_class = $3, urgency_intercept = $4, urgency_change = $5 "
		       "WHERE account_id = $1 AND id = $2" },
	{ 0 },
};
