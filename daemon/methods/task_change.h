/* One act over a selection of tasks, and its answer. */
#pragma once

#include "methods/doubts.h"
#include "methods/task_edit.h"
#include "methods/task_parts.h"
#include "methods/task_patch.h"
#include "methods/task_selection.h"

#define TASK_CHANGE_SHOWN 100 /* tasks in the answer at most; it also ends at TASK_CHANGE_BYTES */
#define TASK_CHANGE_BYTES ((size_t)512 * 1024)

struct task_act {
	const char *action; /* as the history names it */
	/* A change of state; NULL: a change of fields, by the patch or by `apply`. */
	enum error (*transition)(struct task *task, int64_t now, struct refusal *refusal);
	const struct task_patch *patch;
	/* Leaves `modified` and `version` alone. Refusing ends the whole act. What it puts into the task lives in the
	 * arena or longer. */
	enum error (*apply)(const void *context, struct task *task, struct arena *arena, struct refusal *refusal);
	const void *apply_context;
	const struct doubts *doubts; /* go into the answer; NULL: none */
	const char *series_advice;   /* a template is refused with these words; NULL: it is a task like others */
	/* How it is written, when not by task_edit_save: the tasks are gone then, or `after` is another one. */
	enum error (*save)(struct task_edit *edit, struct task_change *changes, size_t count);
	/* The same for a rehearsal; NULL: such an act is not tried. */
	enum error (*try)(struct task_edit *edit, struct task_change *changes, size_t count);
	enum task_parts_rule parts; /* of a transition */
	const char *parts_word;     /* what a client says for following it, where the rule is TASK_PARTS_ASK */
};

/* ERROR_CONFLICT, field "if_revision": tasks of the account have changed since the revision that is given. */
enum error task_change_check_revision(struct request *request, const struct integer_param *if_revision);

/*
 * Do it, or with dry_run say what it would do, and write {"tasks":[…],"count":N,"revision":R}. Named tasks that the act
 * does not fit are a conflict, and nothing is changed; those that a filter finds are passed over and not counted. A
 * patch that changes nothing in a task leaves its row alone, and counts. Parts that follow count as well. The tasks are
 * shown as they are at the end, when all of them have been changed; a rehearsal looks at each batch by itself.
 */
enum error task_change_run(struct request *request, const struct selection_params *params, const struct task_act *act);
