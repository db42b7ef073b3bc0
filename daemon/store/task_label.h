/*
 * The labels by which tasks are found: `+TAG` for each tag; `:PROJECT` for the project and each one above it; `:` where
 * there is none. Table task_label holds a row for each, with the task's status, in the order of ids, and says where the
 * task's row lies: so a page of any tag, project and status costs as much as the page, however many tasks there are.
 */
#pragma once

#include "store/db.h"
#include "tasks/task.h"

#define TASK_LABEL_LIMIT (TASK_PROJECT_LIMIT + 1) /* bytes */

/* `key`: of the task's row. */
enum error task_label_add_all(struct db *db, int64_t account_id, int64_t key, const struct task *task);
enum error task_label_remove_all(struct db *db, int64_t account_id, int64_t key, const struct task *task);
/* Only as far as they differ. */
__attribute__((nonnull)) enum error task_label_update(
	struct db *db, int64_t account_id, int64_t key, const struct task *before, const struct task *after);

extern const struct db_statement task_label_statements[]; /* ends with a row that has no name */
