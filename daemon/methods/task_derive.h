/*
 * The counts of blockers, dependents and children in the rows of tasks, which follow from other tasks. Each change is
 * noted once its own row, and what it depends on, are written; the counts are then grown in the rows by SQL, never
 * written from a struct task, which may be older than a change of the same batch. The work is one step for each link of
 * a task that changes. Counts are no change of a task: neither its version nor its history knows of them.
 *
 * blockers: pending tasks that it depends on; dependents: pending tasks that depend on it; children: its parts that are
 * pending or completed; open_children: those that are pending.
 */
#pragma once

#include "methods/task_edit.h"
#include "store/task_relation.h"

#define TASK_DERIVE_LOOP_LIMIT 1000 /* rows whose counts are written on the loop; more defer the request */

struct task_growth {
	int64_t id;
	struct task_counts counts;
};

struct task_derive {
	struct request *request;
	struct task_growth *growths; /* in the order of coming, then sorted by id and summed up */
	size_t count;
	size_t capacity;
	bool is_summed_up;
};

void task_derive_init(struct task_derive *derive, struct request *request);
void task_derive_deinit(struct task_derive *derive);

/* Of a task that is new there is no `before`, of one that is gone no `after`. */
enum error task_derive_note(struct task_derive *derive, const struct task *before, const struct task *after);

/* Write the counts of all tasks that are touched by what was noted. */
enum error task_derive_save(struct task_derive *derive);

/* What the counts of this task have become, or would become without task_derive_save: in the struct. After notes. */
void task_derive_adopt(struct task_derive *derive, struct task *task);
