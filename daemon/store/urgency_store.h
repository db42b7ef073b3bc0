/* The coefficients of accounts, and the phases of urgency that stand in the rows of tasks. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/urgency.h"

/* What the account goes by; one look-up. In the arena. */
enum error urgency_store_read(
	struct db *db, int64_t account_id, struct arena *arena, struct urgency_coefficients *ret_coefficients);

/* What it has set by itself, in the order of names. In the arena. */
enum error urgency_store_list(struct db *db, int64_t account_id, struct arena *arena,
	const struct urgency_coefficient **ret_own, size_t *ret_count);

/* ERROR_CONFLICT: it would be more than URGENCY_OWN_LIMIT. */
enum error urgency_store_set(struct db *db, int64_t account_id, const struct urgency_coefficient *coefficient);
/* Back to the default; ERROR_NOT_FOUND: it was not set. */
enum error urgency_store_unset(struct db *db, int64_t account_id, const char *name);

#define URGENCY_STORE_BATCH 256 /* tasks that are read before they are written */

/*
 * Write the phases of the next URGENCY_STORE_BATCH pending tasks behind the id `*after_id`, which goes on to the last
 * of them. ret_is_end: no more are behind it.
 */
enum error urgency_store_classify(struct db *db, int64_t account_id, const struct urgency_coefficients *coefficients,
	int64_t now, int64_t *after_id, bool *ret_is_end);

/*
 * Phases are written anew some minutes after they have ended, and as they were at that moment: to a list that somebody
 * began since then and goes through page by page, every task is where it was. What has ended, lists compute themselves.
 */
#define URGENCY_STORE_LAG 300 /* seconds */

/*
 * Write those phases anew, of all accounts, that had ended at `moment`, as they were then, of `limit` tasks or a few
 * more.
 */
enum error urgency_store_refresh(struct db *db, int64_t moment, int64_t limit, int64_t *ret_count);

extern const struct db_statement urgency_store_statements[]; /* ends with a row that has no name */
