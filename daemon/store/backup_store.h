/* Copies of the store, and the mark by which a copy knows that it is one. */
#pragma once

#include "store/db.h"

/*
 * A copy at `path` without sessions, tokens, codes and stored replies: nothing in it opens anything, and it is marked.
 * See db_backup.
 */
enum error backup_store_make(struct db *db, const char *path, int64_t now, int64_t *ret_bytes);

/* Put such a copy, or a raw one, in the place of the store in `folder`, marked. See db_restore. */
enum error backup_store_restore(
	const struct db_driver *driver, const char *folder, const char *path, int64_t now, struct refusal *refusal);

/* Whether the store is a copy that has not been started since. */
enum error backup_store_is_marked(struct db *db, bool *ret_is_marked);

/*
 * Make a copy a store of its own: another UUID, so that tokens of the original are not its own; no sessions, tokens,
 * codes and stored replies; no mark. In a transaction of its own.
 */
enum error backup_store_renew(struct db *db, const char *uuid);
