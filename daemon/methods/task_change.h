/* One act over a selection of tasks, and its answer. */
#pragma once

#include "methods/task_patch.h"
#include "methods/task_selection.h"

#define TASK_CHANGE_SHOWN 100 /* tasks in the answer at most; it also ends at TASK_CHANGE_BYTES */
#define TASK_CHANGE_BYTES ((size_t)512 * 1024)

struct task_act {
	const char *action; /* as the history names it */
	/* A change of state; NULL: a change of fields, by the patch. */
	enum error (*transition)(struct task *task, int64_t now, struct refusal *refusal);
	const struct task_patch *patch;
};

/*
 * Do it, or with dry_run say what it would do, and write {"tasks":[…],"count":N,"revision":R}. Named tasks that the act
 * does not fit are a conflict, and nothing is changed; those that a filter finds are passed over and not counted. A
 * patch that changes nothing in a task leaves its row alone, and counts.
 */
enum error task_change_run(struct request *request, const struct selection_params *params, const struct task_act *act);
