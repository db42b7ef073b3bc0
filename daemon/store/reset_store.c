/* One-time codes in the database. */
#include "store/reset_store.h"

enum { PUT, FIND, TAKE_TRY, TAKE_NOTHING, REMOVE, PRUNE };

enum find_column { HASH, CREATED_AT, EXPIRES_AT, TRIES_LEFT };

enum error reset_store_put(struct db *db, int64_t account_id, const struct reset_code *code)
{
	struct db_query *query = db_query(db, &reset_store_statements[PUT]);

	db_bind_int64(query, 1, account_id);
	db_bind_blob(query, 2, code->hash, code->hash_length);
	db_bind_int64(query, 3, code->created_at);
	db_bind_int64(query, 4, code->expires_at);
	db_bind_int64(query, 5, code->tries_left);
	return db_run(query, NULL);
}

static struct reset_code read_code(const struct db_query *query, struct arena *arena)
{
	struct reset_code code = {
		.created_at = db_int64(query, CREATED_AT),
		.expires_at = db_int64(query, EXPIRES_AT),
		.tries_left = db_int64(query, TRIES_LEFT),
	};
	const void *hash = db_blob(query, HASH, &code.hash_length);

	code.hash = (const unsigned char *)arena_strndup(arena, hash, code.hash_length);
	return code;
}

enum error reset_store_find(struct db *db, int64_t account_id, struct arena *arena, struct reset_code *ret_code)
{
	struct db_query *query = db_query(db, &reset_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	error = db_step_one(query);
	if (!error)
		*ret_code = read_code(query, arena);
	db_finish(query);
	return error;
}

enum error reset_store_take_try(struct db *db, int64_t account_id)
{
	struct db_query *query = db_query(db, &reset_store_statements[TAKE_TRY]);
	int64_t changed = 0;
	enum error error;

	db_bind_int64(query, 1, account_id);
	error = db_run(query, &changed);
	if (error || changed)
		return error;
	return db_run(db_query(db, &reset_store_statements[TAKE_NOTHING]), NULL);
}

enum error reset_store_remove(struct db *db, int64_t account_id)
{
	struct db_query *query = db_query(db, &reset_store_statements[REMOVE]);

	db_bind_int64(query, 1, account_id);
	return db_run(query, NULL);
}

enum error reset_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &reset_store_statements[PRUNE]);

	db_bind_int64(query, 1, now);
	db_bind_int64(query, 2, limit);
	return db_run(query, ret_count);
}

const struct db_statement reset_store_statements[] = {
	[PUT] = { .name = "reset_put",
		.sql = "INSERT INTO reset_code (account_id, hash, created_at, expires_at, tries_left) "
		       "VALUES ($1, $2, $3, $4, $5) "
		       "ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, "
		       "  created_at = excluded.created_at, expires_at = excluded.expires_at, "
		       "  tries_left = excluded.tries_left" },
	[FIND] = { .name = "reset_find",
		.sql = "SELECT hash, created_at, expires_at, tries_left FROM reset_code WHERE account_id = $1",
		.columns = (const char *const[]){ [HASH] = "hash",
			[CREATED_AT] = "created_at",
			[EXPIRES_AT] = "expires_at",
			[TRIES_LEFT] = "tries_left",
			NULL } },
	[TAKE_TRY] = { .name = "reset_take_try",
		.sql = "UPDATE reset_code SET tries_left = tries_left - 1 WHERE account_id = $1" },
	[TAKE_NOTHING] = { .name = "reset_take_nothing",
		.sql = "UPDATE commit_probe SET count = count + 1 WHERE id = 1" },
	[REMOVE] = { .name = "reset_remove", .sql = "DELETE FROM reset_code WHERE account_id = $1" },
	[PRUNE] = { .name = "reset_prune",
		.sql = "DELETE FROM reset_code WHERE account_id IN ("
		       "  SELECT account_id FROM reset_code WHERE expires_at <= $1 LIMIT $2)" },
	{ 0 },
};
