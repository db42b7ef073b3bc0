/*
 * The lists of a task as the text of a column, NULL for an empty one: ids with spaces between them; a line "SECONDS
 * TEXT" for each annotation; a line "NAME VALUE" for each value of a custom field. None of them holds a line feed.
 */
#pragma once

#include "common/arena.h"
#include "tasks/task.h"

const char *task_row_write_depends(const struct task *task, struct arena *arena);
const char *task_row_write_annotations(const struct task *task, struct arena *arena);
const char *task_row_write_custom(const struct task *task, struct arena *arena);

/* False: this is no text that was written by the above. What is read lives in the arena. */
bool task_row_read_depends(const char *text, struct arena *arena, struct task *task);
bool task_row_read_annotations(const char *text, struct arena *arena, struct task *task);
bool task_row_read_custom(const char *text, struct arena *arena, struct task *task);
