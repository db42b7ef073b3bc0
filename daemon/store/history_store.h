/* The record of every change to a task: who, when, before, after; gapless revisions per account. */
#pragma once

#include "common/arena.h"
#include "store/db.h"

struct history_entry {
	int64_t account_id;
	int64_t revision;   /* gapless per account */
	int64_t step;       /* the revision that opened this act: what one undo takes back */
	int64_t at;         /* seconds since the epoch */
	const char *actor;  /* the session's id */
	const char *action; /* "add", "modify", "start", "stop", "done", "delete", "restore" */
	int64_t task_id;
	const char *before; /* JSON of the fields that changed, as they were; NULL for a new task */
	size_t before_length;
	const char *after; /* JSON of the fields that changed, as they are now */
	size_t after_length;
};

enum error history_store_add(struct db *db, const struct history_entry *entry);

/* Called for each entry in the order of revisions; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*history_store_row)(void *context, const struct history_entry *entry);

/* Entries of the account behind `after_revision`, at most `limit`. task_id 0: of every task. */
enum error history_store_each(struct db *db, int64_t account_id, int64_t task_id, int64_t after_revision, int64_t limit,
	history_store_row on_row, void *context);

extern const struct db_statement history_store_statements[]; /* ends with a row that has no name */
