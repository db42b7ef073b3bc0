/* The uuids of the tasks that a task refers to. */
#pragma once

#include "common/arena.h"
#include "methods/task_line.h"
#include "store/db.h"

/* What is found lives in the arena. One that is not there any more is left out, and so `task` is given another list. */
enum error task_relatives_find(struct db *db, int64_t account_id, struct arena *arena, struct task *task,
	struct task_relatives *ret_relatives);
