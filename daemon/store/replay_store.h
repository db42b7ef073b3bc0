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
/* One as it is kept; texts are valid during the call. */
struct replay_entry {
	const char *method, *key;
	int64_t created_at; /* seconds since the epoch */
	const char *result;
	size_t result_length;
};

typedef enum error (*replay_store_row)(void *context, const struct replay_entry *entry);

/* The account's, behind the first `skipped` of them, at most `limit`, in an order of their own. */
enum error replay_store_each(
	struct db *db, int64_t account_id, int64_t skipped, int64_t limit, replay_store_row on_row, void *context);

/* Replaces an expired one. */
enum error replay_store_save(struct db *db, int64_t account_id, const char *method, const char *key,
	const struct replay *replay, int64_t now);
enum error replay_store_prune(struct db *db, int64_t not_before, int64_t limit, int64_t *ret_count);

extern const struct db_statement replay_store_statements[]; /* ends with a row that has no name */
