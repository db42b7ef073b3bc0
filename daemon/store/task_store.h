/* Tasks in the database, one at a time. Every change goes through task_edit (methods/), which records it as well. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/task.h"

/*
 * Give the next id and the next revision of the account in one go: `ids` new task ids (0 or more), ret_first_id the
 * first of them; `revisions` new revisions, ret_first_revision the first.
 */
enum error task_store_count_up(struct db *db, int64_t account_id, int64_t ids, int64_t revisions, int64_t *ret_first_id,
	int64_t *ret_first_revision);
/* The account's newest revision, 0 before the first change. */
enum error task_store_revision(struct db *db, int64_t account_id, int64_t *ret_revision);

enum error task_store_insert(struct db *db, int64_t account_id, const struct task *task);
/* Write `after` over `before` (same id); tags only as far as they differ. */
enum error task_store_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after);

/*
 * ERROR_NOT_FOUND with the same words for another account's task as for one that never was. ERROR_CONFLICT for a uuid
 * prefix that several tasks share. Texts are copied to the arena.
 */
enum error task_store_find(struct db *db, int64_t account_id, const struct task_ref *ref, struct arena *arena,
	struct task *ret_task, struct refusal *refusal);

/* Uuids with a prefix are those from it up to this one, which is without. */
void task_store_uuid_end(const char *prefix, char ret_end[TASK_UUID_LENGTH + 1]);

extern const struct db_statement task_store_statements[]; /* ends with a row that has no name */
