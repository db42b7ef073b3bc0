/* The end of tasks: what is due to go, and what goes with a task that goes for good. */
#pragma once

#include "store/task_store.h"

/* Deleted within [since, before), the oldest first; at most `limit` of them into ret_places. */
enum error task_bin_find_old(struct db *db, int64_t since, int64_t before, size_t limit,
	struct task_in_account *ret_places, size_t *ret_count);

/* Pending ones whose `until` lies before that moment, likewise. */
enum error task_bin_find_expired(
	struct db *db, int64_t before, size_t limit, struct task_in_account *ret_places, size_t *ret_count);

/* The tasks that name this one as their parent or depend on it, behind `after_id` in the order of ids. */
enum error task_bin_find_referrers(struct db *db, int64_t account_id, int64_t id, int64_t after_id, size_t limit,
	int64_t *ret_ids, size_t *ret_count);

/* The row and all that hangs on it: labels, values, dependencies, times. The history is another's. */
enum error task_bin_remove(struct db *db, int64_t account_id, const struct task *task);

extern const struct db_statement task_bin_statements[]; /* ends with a row that has no name */
