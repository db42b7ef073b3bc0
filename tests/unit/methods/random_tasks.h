/* Tasks with anything in their fields, of those that people change; from a seed, so that what failed fails again. */
#pragma once

#include "common/arena.h"
#include "tasks/task.h"

#include <stdint.h>

struct random_tasks {
	uint64_t state;
	int64_t now; /* times lie around it */
};

/* At least 0 and below `end`. */
uint32_t random_below(struct random_tasks *random, uint32_t end);

/* Another value for some of the fields; references are ids below `task->id`. What is new lives in the arena. */
void random_change(struct random_tasks *random, struct task *task, struct arena *arena);
