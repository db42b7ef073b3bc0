/* Tasks in the database, one at a time. Every change goes through task_edit (methods/), which records it as well. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/task.h"

/* A task of any account: jobs look at all of them at once. */
struct task_in_account {
	int64_t account_id;
	int64_t id;
};

/*
 * Give the next id and the next revision of the account in one go: `ids` new task ids (0 or more), ret_first_id the
 * first of them; `revisions` new revisions, ret_first_revision the first.
 */
enum error task_store_count_up(struct db *db, int64_t account_id, int64_t ids, int64_t revisions, int64_t *ret_first_id,
	int64_t *ret_first_revision);
/* The same for the first revisions of an act of a person's (see act_store.h). ret_previous: the newest done one before
 * it, 0 where there is none. */
enum error task_store_begin_act(struct db *db, int64_t account_id, int64_t ids, int64_t revisions,
	int64_t *ret_first_id, int64_t *ret_first_revision, int64_t *ret_previous);
/* The account's newest revision, 0 before the first change. */
enum error task_store_revision(struct db *db, int64_t account_id, int64_t *ret_revision);

enum error task_store_insert(struct db *db, int64_t account_id, const struct task *task);
/* Write `after` over `before` (same id), its labels, dependencies and values only as far as they differ. */
enum error task_store_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after);
/* The row, as if it had never been. */
enum error task_store_remove(struct db *db, int64_t account_id, const struct task *task);
/* A task that names this one, as its parent, its template or what it depends on. ERROR_NOT_FOUND: none does. */
enum error task_store_find_referrer(struct db *db, int64_t account_id, int64_t id, int64_t *ret_id);

/*
 * ERROR_NOT_FOUND with the same words for another account's task as for one that never was. ERROR_CONFLICT for a uuid
 * prefix that several tasks share. Texts are copied to the arena.
 */
enum error task_store_find(struct db *db, int64_t account_id, const struct task_ref *ref, struct arena *arena,
	struct task *ret_task, struct refusal *refusal);

/* Uuids with a prefix are those from it up to this one, which is without. */
void task_store_uuid_end(const char *prefix, char ret_end[TASK_UUID_LENGTH + 1]);

extern const struct db_statement task_store_statements[]; /* ends with a row that has no name */
