/* How urgent tasks are, as SQL over a row of task. */
#pragma once

#include "common/buffer.h"
#include "store/db_values.h"
#include "tasks/urgency.h"

/* "(…)": the line that the row's phase is, at `now`, in billionths. */
void urgency_sql_write_rank(
	struct buffer *sql, struct db_values *values, const struct urgency_coefficients *coefficients, int64_t now);
