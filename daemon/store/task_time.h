/*
 * The work on tasks, a row for each time that it was begun and has ended. The rows follow from what happens to a task's
 * `started` and `spent`, so that whatever takes a change back takes them back as well.
 */
#pragma once

#include "store/db.h"
#include "tasks/task.h"

/*
 * `started` goes from T to none and `spent` grows by D seconds: the row (T, T + D) is added. The other way round it is
 * removed. Work that was begun twice in the same second, by a clock that was set back, is one row of both lengths.
 */
enum error task_time_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after);

extern const struct db_statement task_time_statements[]; /* ends with a row that has no name */
