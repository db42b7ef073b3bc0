/* One-time codes for a new password, at most one for each account. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct reset_code {
	const unsigned char *hash;
	size_t hash_length;
	int64_t created_at;
	int64_t expires_at;
	int64_t tries_left;
};

/* In place of the one that is there. */
enum error reset_store_put(struct db *db, int64_t account_id, const struct reset_code *code);
/* ERROR_NOT_FOUND. Copied to the arena. */
enum error reset_store_find(struct db *db, int64_t account_id, struct arena *arena, struct reset_code *ret_code);
/* A try was wrong. Where there is no code something else is written, so that both take as long. */
enum error reset_store_take_try(struct db *db, int64_t account_id);
enum error reset_store_remove(struct db *db, int64_t account_id);
enum error reset_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count);

extern const struct db_statement reset_store_statements[]; /* ends with a row that has no name */
