/* Orders as SQL over a row of task. */
#pragma once

#include "common/buffer.h"
#include "store/db_values.h"
#include "tasks/task_sort.h"

/* What an order is written into. */
struct task_order_sql {
	struct buffer *sql;
	struct db_values *values;
	const struct task_sort *sort;
	const struct urgency_coefficients *coefficients;
	int64_t now;
};

/* " ORDER BY …" by its keys. */
void task_order_sql_write(const struct task_order_sql *order);
/* " AND …": what stands behind the place. */
void task_order_sql_write_after(const struct task_order_sql *order, const struct task_place *place);
/* " AND …": whose phase of urgency holds, so that the row's is the one to go by. */
void task_order_sql_write_fresh(const struct task_order_sql *order);
