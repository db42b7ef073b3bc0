/*
 * What a task needs before it can be done: the tasks that it depends on, and those that are parts of it. Nothing may
 * need itself, whichever way round; so a part may not wait for what it is a part of.
 */
#pragma once

#include "common/error.h"
#include "tasks/id_table.h"
#include "tasks/task.h"

#define DEPENDENCY_DEPTH_LIMIT 16u /* of parts of parts */

/* Given by whoever knows the tasks. Each function adds to `ids`, or sets *ret_parent (0: none). */
struct dependency_graph {
	void *context;
	enum error (*depends)(void *context, int64_t id, struct id_list *ids);
	enum error (*parts)(void *context, int64_t id, struct id_list *ids);
	enum error (*parent)(void *context, int64_t id, int64_t *ret_parent);
	size_t limit; /* edges that a call may follow; one more is ERROR_TOO_LARGE */
};

/*
 * Look for a task among those that `starts` need, and these themselves, that needs itself. Each edge is followed once.
 * ret_cycle: the way from it back to it, so that its first id is also its last; empty when there is none.
 */
enum error dependency_find_cycle(const struct dependency_graph *graph, const int64_t *starts, size_t count,
	struct arena *arena, struct id_list *ret_cycle);

/* ERROR_CONFLICT with `field` and the way; id 0 is a task that is only being added. */
enum error dependency_refuse_cycle(const struct id_list *cycle, const char *field, struct refusal *refusal);

/*
 * How many levels of parts there are through this task: those above it and those below it. More than
 * DEPENDENCY_DEPTH_LIMIT are not counted. What is a part of itself is none of its business.
 */
enum error dependency_depth(const struct dependency_graph *graph, int64_t id, struct arena *arena, unsigned *ret_depth);
