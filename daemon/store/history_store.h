/* The record of every change to a task: who, when, before, after; gapless revisions per account. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

#include <stdbool.h>

struct history_entry {
	int64_t account_id;
	int64_t revision;   /* gapless per account */
	int64_t step;       /* the revision that opened this act: what one undo takes back */
	bool is_act;        /* it opens an act of a person's (see act_store.h) … */
	int64_t previous;   /* … before which this one was the newest done; not read */
	int64_t at;         /* seconds since the epoch */
	const char *actor;  /* the id of a session or of a personal token, or "taskd" */
	const char *action; /* "add", "modify", "start", "stop", "done", "delete", "restore", … */
	int64_t task_id;
	const char *before; /* JSON of the fields that changed, as they were; NULL for a new task */
	size_t before_length;
	const char *after; /* JSON of the fields that changed, as they are now; NULL for a task that went. Both are NULL
			    once the task is purged */
	size_t after_length;
	/* As read. */
	const char *actor_name; /* the session's client, or the token's name; NULL: it has none, or has ended */
	bool is_undone;         /* the act is */
};

enum error history_store_add(struct db *db, const struct history_entry *entry);

/* Called for each entry in the order of revisions; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*history_store_row)(void *context, const struct history_entry *entry);

struct history_range {
	int64_t account_id;
	int64_t task_id;       /* 0: of every task */
	int64_t after, before; /* revisions, neither of them included; before 0: to the end */
	bool is_newest_first;
	int64_t limit;
};

enum error history_store_list(
	struct db *db, const struct history_range *range, history_store_row on_row, void *context);

/* Entries of the account behind `after_revision`, at most `limit`. task_id 0: of every task. */
enum error history_store_each(struct db *db, int64_t account_id, int64_t task_id, int64_t after_revision, int64_t limit,
	history_store_row on_row, void *context);

/* Forget entries from before `not_before`, at most `limit` of them: an account's oldest, so that the others stay
 * gapless.
 */
enum error history_store_prune(struct db *db, int64_t not_before, int64_t limit);

/* Keep of a task that it was changed, by whom and when, and nothing of what was in it. */
enum error history_store_strip(struct db *db, int64_t account_id, int64_t task_id);

extern const struct db_statement history_store_statements[]; /* ends with a row that has no name */
