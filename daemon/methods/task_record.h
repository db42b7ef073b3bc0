/* A task, or what changed in it, as the JSON that the history keeps; and back. */
#pragma once

#include "common/buffer.h"
#include "tasks/task.h"

/* In place of what is in `out`: the fields of `task`, of those that people change, in which it differs from `other`. */
void task_record_write_difference(struct buffer *out, const struct task *task, const struct task *other);

/* The same, of a task that comes or goes: its uuid, `created`, its status, and all that is not empty. */
void task_record_write_new(struct buffer *out, const struct task *task);
/* With its version, so that it can go on from there. */
void task_record_write_removed(struct buffer *out, const struct task *task);

/*
 * Put the fields that `json` names into `task`; the others stay. False: no such text was written by the above. What is
 * put there lives in the arena.
 */
bool task_record_apply(const char *json, size_t length, struct arena *arena, struct task *task);
