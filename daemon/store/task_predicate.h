/* Conditions of a filter as SQL over a row of task: true or false, never NULL, so that NOT and XOR mean what they say.
 */
#pragma once

#include "common/buffer.h"
#include "store/db_values.h"
#include "tasks/filter.h"
#include "tasks/urgency_coefficient.h"

/*
 * What a condition is written into. Parameter 1 is the account's id. `now` counts work that runs, and is when tasks are
 * as urgent as asked. The filter is one of task_resolve: of FILTER_REFS the ids alone are looked at, which ascend;
 * FILTER_LATEST cannot be written.
 */
struct task_predicate {
	struct buffer *sql;
	struct db_values *values;
	struct arena *arena;
	int64_t now;
	const struct urgency_coefficients *coefficients; /* NULL: nothing is asked of urgency */
};

void task_predicate_write(const struct task_predicate *predicate, const struct filter *filter);

/* The comparisons of a FILTER_RANGE or FILTER_ANY of a column of task, joined by AND, so that an index can serve. */
void task_predicate_write_range(const struct task_predicate *predicate, const struct filter *filter);
