/* Facts about the store itself: its UUID, and numbers that it keeps. */
#pragma once

#include "store/db.h"

/* The store's own UUID, 36 characters: the instance that tokens are issued for. */
enum error meta_store_uuid(struct db *db, char ret_uuid[37]);
/* When the database is made, and when it becomes another one by being restored. */
enum error meta_store_set_uuid(struct db *db, const char *uuid);

/* Something was deleted of which bytes are still on the disk (see db_scrub). */
enum error meta_store_scrub_is_pending(struct db *db, bool *ret_is_pending);
enum error meta_store_set_scrub_pending(struct db *db, bool is_pending);

/* The time by which old rows are pruned, which does not believe the leaps of a clock (see prune_clock.h). */
#define META_PRUNE_CLOCK "prune_clock"

/* A number by its name; 0 where none is kept. */
enum error meta_store_integer(struct db *db, const char *name, int64_t *ret_value);
enum error meta_store_set_integer(struct db *db, const char *name, int64_t value);

extern const struct db_statement meta_store_statements[]; /* ends with a row that has no name */
