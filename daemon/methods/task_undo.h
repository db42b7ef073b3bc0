/*
 * Taking acts back, and doing them again: what an act changed is set to what it was before, as a change like any other.
 * Nothing is done to a field that is not as the act has left it.
 */
#pragma once

#include "methods/task_edit.h"
#include "rpc/request.h"

#include <stddef.h>

#define TASK_UNDO_BATCH 200u /* changes in hand at once, and the most that are made on the loop */
#define TASK_UNDO_SHOWN 100u /* tasks that are remembered */

enum task_undo_direction { TASK_UNDO, TASK_REDO };

/* Several acts on their way back, or forth, as one step. */
struct task_undo {
	struct request *request;
	enum task_undo_direction direction;
	const char *field;     /* which parameter a refusal names */
	struct task_edit edit; /* its step is 0 while nothing was changed */
	int64_t change_count;
	int64_t shown[TASK_UNDO_SHOWN]; /* the first tasks that were changed, each once */
	size_t shown_count;
	int64_t also_open[TASK_UNDO_SHOWN]; /* instances beside others of their series that are open again */
	size_t also_open_count;

	/* The act that is at hand, batch by batch. */
	int64_t step;
	int64_t position; /* the revision of the last entry that was looked at */
	bool has_more;
	struct arena arena; /* of the batch */
	struct task_change *changes;
	size_t count;
};

void task_undo_init(
	struct task_undo *undo, struct request *request, enum task_undo_direction direction, const char *field);
void task_undo_deinit(struct task_undo *undo);

/* Show the task in the answer, unless it is already, or there are many. */
void task_undo_remember(struct task_undo *undo, int64_t id);

/*
 * Reverse the act whose entries are the revisions from `step` up to `end`, which is without. ERROR_CONFLICT, saying
 * what stands in the way: a field that was changed since, a task that is gone, a task that refers to one that would go.
 */
enum error task_undo_act(struct task_undo *undo, int64_t step, int64_t end);
