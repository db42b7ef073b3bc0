/* The ids that a filter names: what it finds is among them. */
#pragma once

#include "common/arena.h"
#include "tasks/filter.h"

struct task_ids {
	struct arena *arena;
	bool is_known; /* else any task may be meant */
	int64_t *ids;  /* ascending, without duplicates */
	size_t count;
};

/* Keep those for which the condition may hold; its FILTER_REFS ascend (see task_resolve.h). */
void task_ids_restrict(struct task_ids *ids, const struct filter *filter);
