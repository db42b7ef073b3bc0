/* Columns of tables of tasks, by the names that reports have for them. */
#pragma once

#include "rows.h"
#include "task_column_kinds.h"
#include "trouble.h"
#include "view.h"

#include <jansson.h>
#include <stdint.h>

struct task_columns;

/* What the columns of dates show: the local minute, or how long until then. */
enum task_dates { TASK_DATES_ABSOLUTE, TASK_DATES_RELATIVE };

/* Columns by their names, which are copied. Free with task_columns_free. */
struct task_columns *task_columns_new(const char *const *names, size_t count, enum task_dates dates);
void task_columns_free(struct task_columns *columns);

bool task_columns_have_customs(const struct task_columns *columns);
/* What is known of a custom field, also behind task_columns_view: its label, NULL for none, and that it is a number. */
void task_columns_describe(struct task_columns *columns, const char *name, const char *label, bool is_number);

/* What view_table_new takes, borrowed: the columns must live as long as the table. */
const struct view_column *task_columns_view(const struct task_columns *columns);

/* One task as a row. Times are local ones; `now` is what ages and distances are counted from. */
void task_columns_add_row(const struct task_columns *columns, struct view_table *table, const json_t *task, int64_t now,
	const struct theme *theme);

/*
 * Headings and a task as rows for programs: each column is the field that it shows, by the field's name, with the text
 * that --format has for it, and never left out. Times are in UTC.
 */
void task_columns_add_headings(const struct task_columns *columns, struct rows *rows);
void task_columns_add_cells(const struct task_columns *columns, struct rows *rows, const json_t *task);
