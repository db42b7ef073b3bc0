/* The parts of tasks that are completed or deleted, and the parts of those. */
#pragma once

#include "rpc/request.h"
#include "tasks/id_table.h"
#include "tasks/task.h"

#define TASK_PARTS_LOOP_LIMIT 1000u /* tasks that are looked at on the loop; more defer the request */

/* What becomes of them. */
enum task_parts_rule {
	TASK_PARTS_STAY,     /* they are not looked at */
	TASK_PARTS_ASK,      /* where any is open, the client must say */
	TASK_PARTS_COMPLETE, /* those that are open are completed as well */
	TASK_PARTS_DELETE,   /* all that are not deleted yet are deleted as well */
};

/*
 * The parts of `roots`, and theirs, that a rule is about: with TASK_PARTS_DELETE all that are not deleted, else those
 * that are pending. Those in `chosen` (sorted) are not among them; whichever of these has parts is a root as well. Each
 * task is looked at once.
 */
enum error task_parts_find(struct request *request, const struct id_list *roots, const struct id_list *chosen,
	enum task_parts_rule rule, struct id_list *ret_parts);

/* ERROR_CONFLICT, field "children", saying how many there are and the first of them. `followed` is the word for it. */
enum error task_parts_refuse(
	struct request *request, const struct id_list *roots, const struct id_list *parts, const char *followed);
