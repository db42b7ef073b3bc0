/* The schema as an append-only table of steps, each in a transaction of its own. */
#pragma once

#include "store/db.h"

/*
 * Bring the database to the newest schema. A newer one than this program knows is refused untouched (ERROR_STORAGE
 * with words for the operator). Killed in the middle, it goes on at the next start.
 * A new database gets its UUID (v4, from `uuid`, 36 characters) here. ret_is_new: nobody has ever signed up, so that
 * what is made only together with a new database may still be made, also after a start that was cut short.
 */
enum error migrations_apply(struct db *db, const char *uuid, bool *ret_is_new, struct refusal *refusal);

/* The same up to `version` and no further: how the databases of older programs look. */
enum error migrations_apply_until(struct db *db, int64_t version, const char *uuid, struct refusal *refusal);

/* The newest version that this program knows, and the one that the database has (0: empty). */
int64_t migrations_newest(void);
enum error migrations_current(struct db *db, int64_t *ret_version);
