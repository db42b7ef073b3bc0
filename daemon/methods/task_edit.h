/* The one place through which every change of a task goes: the row and its history entry, in one transaction. */
#pragma once

#include "common/buffer.h"
#include "rpc/request.h"
#include "tasks/task.h"

/* One act, such as `task.done` over a selection: all its entries share a step, which one undo takes back. */
struct task_edit {
	struct request *request;
	const char *action; /* as the history names it: "modify", "done", … */
	int64_t step;       /* 0: nothing has changed yet */
	int64_t revision;   /* of the newest entry; 0 likewise */
	struct buffer before, after;
};

void task_edit_init(struct task_edit *edit, struct request *request, const char *action);
void task_edit_deinit(struct task_edit *edit);

struct task_change {
	struct task before;
	struct task after; /* the same id; its version has grown if anything changed */
};

/* Whether a field that the history keeps differs. Version and time of modification follow others, they are none. */
bool task_edit_differs(const struct task *before, const struct task *after);

/* Write the changes in which something did change. */
enum error task_edit_save(struct task_edit *edit, const struct task_change *changes, size_t count);

/* Set `created`, `modified` and `version` of a new task, and write nothing. */
void task_edit_foresee(const struct request *request, struct task *task);

/* Give a new task its id and uuid and write it. `created`, `modified` and `version` are set here, too. */
enum error task_edit_add(struct request *request, struct task *task);
