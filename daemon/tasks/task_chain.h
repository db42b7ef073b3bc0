/* How long chains of tasks are, each of which depends on the one behind it. */
#pragma once

#include "tasks/id_table.h"

/*
 * The tasks of the longest one; 0: none depends on another. `tasks`: ids, ascending and without duplicates. `from` and
 * `on` are as long as each other: from->ids[i] depends on on->ids[i], both are among the tasks, and `from` ascends.
 * What would depend on itself is passed over. What is made on the way lives in the arena.
 */
size_t task_chain_longest(
	const struct id_list *tasks, const struct id_list *from, const struct id_list *on, struct arena *arena);
