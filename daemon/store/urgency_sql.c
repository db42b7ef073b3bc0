/* The lines of classes. */
#include "store/urgency_sql.h"

void urgency_sql_write_rank(
	struct buffer *sql, struct db_values *values, const struct urgency_coefficients *coefficients, int64_t now)
{
	buffer_append_text(sql, "(task.urgency_intercept + CASE task.urgency_class");
	for (int64_t class = 1; class < URGENCY_CLASS_COUNT; class ++)
		buffer_printf(sql, " WHEN %d THEN $%u", (int)class,
			db_values_add_int64(values, urgency_rise(class, coefficients, now)));
	buffer_append_text(sql, " ELSE 0 END)");
}
