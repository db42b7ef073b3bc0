/* The statements behind a list in an order: each gives whole rows, in the order, of those that stand behind a place. */
#pragma once

#include "store/task_order.h"
#include "store/task_plan.h"
#include "store/task_stream.h"

/* The tasks of a class of urgency whose phase holds, along its index. The plan goes by the order. */
void task_legs_of_class(const struct task_order *order, const struct task_plan *plan, int class, struct arena *arena,
	struct task_stream *stream);

/* Those with a due date along its index, then those without one. The plan goes by the order, of one status. */
void task_legs_by_due(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream);

/* By any order, sorted; without those whose phase of urgency has ended, where urgency is a part of the order. */
void task_legs_sorted(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream);

/* Those whose phase has ended, in no order. */
void task_legs_ended(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream);
