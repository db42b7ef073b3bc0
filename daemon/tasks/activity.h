/* What was done to tasks in each of some periods: added, completed, deleted. */
#pragma once

#include "tasks/period.h"
#include "tasks/task.h"

struct activity_count {
	int64_t added, done, deleted;
};

struct activity {
	const struct periods *periods; /* borrowed */
	struct activity_count *counts; /* of each period, in the arena */
	size_t first;                  /* the first period in which anything was done; the last one, if nothing was */
};

/* `periods` has at least one. */
void activity_init(struct activity *activity, const struct periods *periods, struct arena *arena);

/* Of the task its created, completed, deleted and recur are looked at; the template of a series is no task. */
void activity_add(struct activity *activity, const struct task *task);
