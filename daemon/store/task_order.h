/*
 * Lists in other orders than that of ids. By urgency (most urgent first) and by due the order is along indexes, so that
 * a page costs what is on it, however many tasks there are: by urgency the heads of its classes are merged, and with
 * them those few tasks whose phase has ended. Other orders look at all tasks of the filter, as do all where the filter
 * has an index that leaves few.
 */
#pragma once

#include "store/task_query.h"
#include "tasks/task_sort.h"

struct task_order {
	int64_t account_id;
	int64_t now; /* of which urgency and waiting are */
	const struct filter *filter;
	const struct task_sort *sort;
	const struct urgency_coefficients *coefficients;
	const struct task_place *after; /* where the page before ended; NULL: at the start */
	int64_t limit;                  /* rows at most, at least 1 */
};

/* Each row in that order, as task_query_each gives them. */
enum error task_order_each(
	struct db *db, const struct task_order *order, struct arena *arena, task_query_row on_row, void *context);

extern const struct db_statement task_order_statements[]; /* ends with a row that has no name */
