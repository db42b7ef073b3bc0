/* Orders as SQL. NULL stands last, which no dialect does by itself in both directions. */
#include "store/task_order_sql.h"

#include "store/urgency_sql.h"

static void write_value(const struct task_order_sql *order, const struct task_sort_attribute *attribute)
{
	switch (attribute->type) {
	case TASK_SORT_URGENCY:
		urgency_sql_write_rank(order->sql, order->values, order->coefficients, order->now);
		return;
	case TASK_SORT_PRIORITY:
		buffer_append_text(order->sql, "nullif(task.priority, 0)");
		return;
	case TASK_SORT_ID:
	case TASK_SORT_INTEGER:
	case TASK_SORT_TEXT:
		buffer_printf(order->sql, "task.%s", attribute->name);
		return;
	}
}

static bool is_nullable(const struct task_sort_attribute *attribute)
{
	return attribute->type != TASK_SORT_ID && attribute->type != TASK_SORT_URGENCY;
}

void task_order_sql_write(const struct task_order_sql *order)
{
	const char *separator = " ORDER BY ";

	for (size_t i = 0; i < order->sort->count; i++) {
		const struct task_sort_key *key = &order->sort->keys[i];

		buffer_append_text(order->sql, separator);
		separator = ", ";
		if (is_nullable(key->attribute)) {
			write_value(order, key->attribute);
			buffer_append_text(order->sql, " IS NULL, ");
		}
		write_value(order, key->attribute);
		if (key->is_descending)
			buffer_append_text(order->sql, " DESC");
	}
}

/* --- behind a place --- */

static unsigned add_value(const struct task_order_sql *order, const struct task_place *place, size_t i)
{
	if (place->values[i].text)
		return db_values_add_text(order->values, place->values[i].text);
	return db_values_add_int64(order->values, place->values[i].integer);
}

static void write_equal(const struct task_order_sql *order, const struct task_place *place, size_t i)
{
	write_value(order, order->sort->keys[i].attribute);
	if (place->values[i].is_none)
		buffer_append_text(order->sql, " IS NULL");
	else
		buffer_printf(order->sql, " = $%u", add_value(order, place, i));
}

/* Behind what has no value stands nothing that has one. */
static void write_behind(const struct task_order_sql *order, const struct task_place *place, size_t i)
{
	const struct task_sort_key *key = &order->sort->keys[i];

	if (place->values[i].is_none) {
		buffer_append_text(order->sql, "1 = 0");
		return;
	}
	buffer_append_text(order->sql, "(");
	write_value(order, key->attribute);
	buffer_printf(order->sql, " %s $%u", key->is_descending ? "<" : ">", add_value(order, place, i));
	if (is_nullable(key->attribute)) {
		buffer_append_text(order->sql, " OR ");
		write_value(order, key->attribute);
		buffer_append_text(order->sql, " IS NULL");
	}
	buffer_append_text(order->sql, ")");
}

/* (behind by the first key) OR (equal by it AND behind by the second) OR … */
void task_order_sql_write_after(const struct task_order_sql *order, const struct task_place *place)
{
	for (size_t last = 0; last < order->sort->count; last++) {
		buffer_append_text(order->sql, last ? " OR (" : " AND ((");
		for (size_t i = 0; i < last; i++) {
			write_equal(order, place, i);
			buffer_append_text(order->sql, " AND ");
		}
		write_behind(order, place, last);
		buffer_append_text(order->sql, ")");
	}
	buffer_append_text(order->sql, ")");
}

void task_order_sql_write_fresh(const struct task_order_sql *order)
{
	buffer_printf(order->sql, " AND (task.urgency_change IS NULL OR task.urgency_change > $%u)",
		db_values_add_int64(order->values, order->now));
}
