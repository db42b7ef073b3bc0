/* The one place through which every change of a task goes: the row and its history entry, in one transaction. */
#pragma once

#include "common/buffer.h"
#include "rpc/request.h"
#include "tasks/task.h"

/* One act, such as `task.done` over a selection: all its entries share a step, which one undo takes back. */
struct task_edit {
	struct request *request;
	const char *action;   /* as the history names it: "modify", "done", … */
	bool is_reversal;     /* takes acts back, or does them again: no act by itself, as little as a purge */
	int64_t step;         /* 0: nothing has changed yet */
	int64_t revision;     /* of the newest entry; 0 likewise */
	int64_t previous;     /* the act that was the newest done one before it; see act_store.h */
	int64_t derived;      /* tasks whose counts have changed with others, so far */
	bool concerns_series; /* which has to go on: an instance is closed, a template is back (see series_edit.h) */
	struct buffer before, after;
};

void task_edit_init(struct task_edit *edit, struct request *request, const char *action);
void task_edit_deinit(struct task_edit *edit);

/* For task_purge alone: take so many revisions, and record for each that a task went, without a word of it. */
enum error task_edit_count_up(struct task_edit *edit, int64_t revisions);
enum error task_edit_record_purged(struct task_edit *edit, int64_t task_id);

struct task_change {
	struct task before; /* id 0: there was none; it is given back with the id and uuid that it had */
	struct task after;  /* the same id; its version has grown if anything changed. id 0: there is none any more */
};

/*
 * Write the changes in which something did change, and the counts of all tasks that have to do with them; those of
 * `after` follow. ERROR_CONFLICT where tasks would need themselves (see task_links.h): nothing is written.
 */
enum error task_edit_save(struct task_edit *edit, struct task_change *changes, size_t count);
/* The same as far as it can be told without writing anything. */
enum error task_edit_try(struct task_edit *edit, struct task_change *changes, size_t count);

/* Give a new task its id and uuid and write it, as a part of the act. `created`, `modified` and `version` are set here,
 * too. */
enum error task_edit_insert(struct task_edit *edit, struct task *task);
/* The same, and write nothing; there is no id and no uuid. */
enum error task_edit_foresee(struct request *request, struct task *task);
