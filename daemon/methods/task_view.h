/* A task as clients see it. */
#pragma once

#include "common/json_writer.h"
#include "tasks/task.h"

/* The TASK object. What a task has not is left out; `tags` is always there, and `waiting` only when true at `now`.
 * One that is only tried, whose id is 0, has neither id nor uuid. */
void task_view_write(struct json_writer *writer, const struct task *task, int64_t now);

/* The array of its tags alone. */
void task_view_write_tags(struct json_writer *writer, const struct task *task);
