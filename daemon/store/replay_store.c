/* Replies stored for idempotency keys. */
#include "store/replay_store.h"

#include <string.h>

enum { FIND, EACH, SAVE, PRUNE };

enum find_column { DIGEST, RESULT };

enum each_column { METHOD, KEY, CREATED_AT, EACH_RESULT };

static enum error read_replay(const struct db_query *query, struct arena *arena, struct replay *ret_replay)
{
	size_t digest_length;
	const void *digest = db_blob(query, DIGEST, &digest_length);
	const char *result = db_text(query, RESULT, &ret_replay->result_length);

	if (digest_length != REPLAY_DIGEST_SIZE)
		return ERROR_INTERNAL;
	memcpy(ret_replay->digest, digest, REPLAY_DIGEST_SIZE);
	ret_replay->result = arena_strndup(arena, result, ret_replay->result_length);
	return ERROR_NONE;
}

enum error replay_store_find(struct db *db, int64_t account_id, const char *method, const char *key, int64_t not_before,
	struct arena *arena, struct replay *ret_replay)
{
	struct db_query *query = db_query(db, &replay_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, method);
	db_bind_text(query, 3, key);
	db_bind_int64(query, 4, not_before);
	error = db_step_one(query);
	if (!error)
		error = read_replay(query, arena, ret_replay);
	db_finish(query);
	return error;
}

static struct replay_entry read_entry(const struct db_query *query)
{
	struct replay_entry entry = {
		.method = db_text(query, METHOD, NULL),
		.key = db_text(query, KEY, NULL),
		.created_at = db_int64(query, CREATED_AT),
	};

	entry.result = db_text(query, EACH_RESULT, &entry.result_length);
	return entry;
}

enum error replay_store_each(
	struct db *db, int64_t account_id, int64_t skipped, int64_t limit, replay_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &replay_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, limit);
	db_bind_int64(query, 3, skipped);
	while (db_next(query, &error)) {
		struct replay_entry entry = read_entry(query);

		error = on_row(context, &entry);
	}
	db_finish(query);
	return error;
}

enum error replay_store_save(struct db *db, int64_t account_id, const char *method, const char *key,
	const struct replay *replay, int64_t now)
{
	struct db_query *query = db_query(db, &replay_store_statements[SAVE]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, method);
	db_bind_text(query, 3, key);
	db_bind_int64(query, 4, now);
	db_bind_blob(query, 5, replay->digest, REPLAY_DIGEST_SIZE);
	db_bind_text_length(query, 6, replay->result, replay->result_length);
	return db_run(query, NULL);
}

enum error replay_store_prune(struct db *db, int64_t not_before, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &replay_store_statements[PRUNE]);

	db_bind_int64(query, 1, not_before);
	db_bind_int64(query, 2, limit);
	return db_run(query, ret_count);
}

const struct db_statement replay_store_statements[] = {
	[FIND] = { .name = "replay_find",
		.sql = "SELECT digest, result FROM replay "
		       "WHERE account_id = $1 AND method = $2 AND idempotency_key = $3 AND created_at >= $4",
		.columns = (const char *const[]){ [DIGEST] = "digest", [RESULT] = "result", NULL } },
	[EACH] = { .name = "replay_each",
		.sql = "SELECT method, idempotency_key, created_at, result FROM replay "
		       "WHERE account_id = $1 "
		       "ORDER BY method, idempotency_key LIMIT $2 OFFSET $3",
		.columns = (const char *const[]){ [METHOD] = "method",
			[KEY] = "idempotency_key",
			[CREATED_AT] = "created_at",
			[EACH_RESULT] = "result",
			NULL } },
	[SAVE] = { .name = "replay_save",
		.sql = "INSERT INTO replay (account_id, method, idempotency_key, created_at, digest, result) "
		       "VALUES ($1, $2, $3, $4, $5, $6) "
		       "ON CONFLICT (account_id, method, idempotency_key) "
		       "DO UPDATE SET created_at = $4, digest = $5, result = $6" },
	[PRUNE] = { .name = "replay_prune",
		.sql = "DELETE FROM replay WHERE (account_id, method, idempotency_key) IN ("
		       "  SELECT account_id, method, idempotency_key FROM replay "
		       "  WHERE created_at < $1 ORDER BY created_at LIMIT $2)" },
	{ 0 },
};
