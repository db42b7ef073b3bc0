/*
 * The index of the words of all tasks. Rows whose words are not in it yet (new ones, and those whose title, note or
 * annotations have changed) are put there later, by a job; until then they are looked through.
 */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/search_query.h"

/* Bring the words of one more row into the index. ret_was_any false: there was none. */
enum error search_store_index_one(struct db *db, bool *ret_was_any);
enum error search_store_is_complete(struct db *db, bool *ret_is_complete);

/*
 * Before a task's row is removed: its words leave the index. Without it they are found no more either, but stay until
 * the next scrubbing. ERROR_NOT_FOUND.
 */
enum error search_store_forget(struct db *db, int64_t account_id, int64_t id);

/*
 * What has the words. Among an account's tasks a higher key is a newer one. The index may know words that a task does
 * not have any more: what it gives is a task only if search_store_confirm says so.
 */
struct search_store_hit {
	int64_t key, score; /* as search_match_score */
	int64_t id;         /* of the task; 0: still to be confirmed */
};

/* In no order. Not ERROR_NONE stops. */
typedef enum error (*search_store_on_hit)(void *context, const struct search_store_hit *hit);

/*
 * All tasks of the account that have what is asked for, whatever their status. Long in a large account: FTS5 looks at
 * no clock while it steps over words.
 */
enum error search_store_each(struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena,
	search_store_on_hit on_hit, void *context);
/* The hit's id; 0: it is no task, or one that comes as another hit. */
enum error search_store_confirm(struct db *db, int64_t account_id, const struct search_store_hit *hit, int64_t *ret_id);
/* The highest key of a task of the account that is older than this one, which need not be there any more; 0: none. */
enum error search_store_key_before(struct db *db, int64_t account_id, int64_t id, int64_t *ret_key);

extern const struct db_statement search_store_statements[]; /* ends with a row that has no name */
