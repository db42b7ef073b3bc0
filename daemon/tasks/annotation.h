/* Remarks on a task, each with its time. */
#pragma once

#include "tasks/task.h"

/* ERROR_INVALID_PARAMS, field "text": one line, not empty, at most TASK_ANNOTATION_LIMIT bytes. */
enum error annotation_check(const char *text, size_t length, struct refusal *refusal);

/*
 * Add one, behind all that are not later. `text` is borrowed, the list is in the arena; `modified` and `version` stay.
 * ERROR_CONFLICT, field "text": the task has TASK_ANNOTATIONS_LIMIT of them.
 */
enum error annotation_add(
	struct task *task, const char *text, int64_t now, struct arena *arena, struct refusal *refusal);

/*
 * Take away the one whose text this is or, where there is none, the one that this is a part of. ERROR_CONFLICT, field
 * "text", when there is none or more than one.
 */
enum error annotation_remove(struct task *task, const char *text, struct arena *arena, struct refusal *refusal);
