/* Replies stored for idempotency keys, in the transaction of the write that they answer. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

#define REPLAY_DIGEST_SIZE 32u

struct replay {
	unsigned char digest[REPLAY_DIGEST_SIZE]; /* of method and parameters, without token and key */
	const char *result;                       /* the result's JSON */
	size_t result_length;
};

/* ERROR_NOT_FOUND when there is none younger than `not_before` (seconds since the epoch). */
enum error replay_store_find(struct db *db, int64_t account_id, const char *method, const char *key, int64_t not_before,
	struct arena *arena, struct replay *ret_replay);
/* Replaces an expired one. */
enum error replay_store_save(struct db *db, int64_t account_id, const char *method, const char *key,
	const struct replay *replay, int64_t now);
enum error replay_store_prune(struct db *db, int64_t not_before, int64_t limit, int64_t *ret_count);

extern const struct db_statement replay_store_statements[]; /* ends with a row that has no name */
