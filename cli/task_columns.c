/* Columns of one table: which kind each is, and what the person calls it. */
#include "task_columns.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "task_column_kinds.h"
#include "task_fields.h"
#include "task_style.h"

#include <string.h>

struct task_columns {
	size_t count;
	struct view_column *views; /* ended by one without a heading */
	const struct task_column_kind **kinds;
	char **names;
	char **labels; /* of custom fields that have one; else NULL */
};

static void set_column(struct task_columns *columns, size_t index, const char *name, enum task_dates dates)
{
	const struct task_column_kind *named = task_column_kind_find(name);
	const struct task_column_kind *kind =
		named->is_time && dates == TASK_DATES_RELATIVE ? &task_column_kind_relative : named;

	columns->names[index] = memory_strdup(name);
	columns->kinds[index] = kind;
	columns->views[index] =
		(struct view_column){ .heading = named->heading ? named->heading : columns->names[index],
			.align = kind->align,
			.is_kept = kind->is_kept,
			.wraps = kind->wraps,
			.least = kind->least,
			.shrinks = named->shrinks };
}

/* Two columns of one date: the one says when, and the other how much time is left. */
static void part_headings(struct task_columns *columns)
{
	bool has_due = false;

	for (size_t i = 0; i < columns->count; i++)
		has_due = has_due || strcmp(columns->names[i], "due") == 0;
	for (size_t i = 0; has_due && i < columns->count; i++)
		if (strcmp(columns->names[i], "due.relative") == 0)
			columns->views[i].heading = "Left";
}

struct task_columns *task_columns_new(const char *const *names, size_t count, enum task_dates dates)
{
	struct task_columns *columns = memory_array(1, sizeof(*columns));

	columns->count = count;
	columns->views = memory_array(count + 1, sizeof(*columns->views));
	columns->kinds = memory_array(count + 1, sizeof(*columns->kinds));
	columns->names = memory_array(count + 1, sizeof(*columns->names));
	columns->labels = memory_array(count + 1, sizeof(*columns->labels));
	for (size_t i = 0; i < count; i++)
		set_column(columns, i, names[i], dates);
	part_headings(columns);
	return columns;
}

void task_columns_free(struct task_columns *columns)
{
	if (!columns)
		return;
	for (size_t i = 0; i < columns->count; i++) {
		free(columns->names[i]);
		free(columns->labels[i]);
	}
	free(columns->names);
	free(columns->labels);
	free(columns->kinds);
	free(columns->views);
	free(columns);
}

bool task_columns_have_customs(const struct task_columns *columns)
{
	for (size_t i = 0; i < columns->count; i++)
		if (columns->kinds[i]->is_custom)
			return true;
	return false;
}

void task_columns_describe(struct task_columns *columns, const char *name, const char *label, bool is_number)
{
	for (size_t i = 0; i < columns->count; i++) {
		if (!columns->kinds[i]->is_custom || strcmp(columns->names[i], name) != 0)
			continue;
		if (label && !columns->labels[i])
			columns->labels[i] = memory_strdup(label);
		columns->views[i].heading = columns->labels[i] ? columns->labels[i] : columns->names[i];
		columns->views[i].align = is_number ? VIEW_RIGHT : VIEW_LEFT;
	}
}

const struct view_column *task_columns_view(const struct task_columns *columns)
{
	return columns->views;
}

static const char *member_of(const struct task_columns *columns, size_t index)
{
	const char *member = columns->kinds[index]->member;

	return member ? member : columns->names[index];
}

static void add_cell(const struct task_columns *columns, size_t index, struct view_table *table, const json_t *task,
	int64_t now, const struct theme *theme)
{
	const struct task_column_kind *kind = columns->kinds[index];
	const char *member = member_of(columns, index);
	struct buffer cell;

	buffer_init(&cell);
	kind->append(&cell, task, member, now);
	view_table_add_styled(table, buffer_text(&cell), theme_begin(theme, task_style_cell(task, member, now)));
	buffer_deinit(&cell);
}

void task_columns_add_row(const struct task_columns *columns, struct view_table *table, const json_t *task, int64_t now,
	const struct theme *theme)
{
	enum theme_role role = task_style_row(task, now);

	view_table_begin_row(table, role);
	for (size_t i = 0; i < columns->count; i++) {
		if (columns->kinds[i]->add && role != ROLE_ENDED)
			columns->kinds[i]->add(table, task, member_of(columns, i), theme);
		else
			add_cell(columns, i, table, task, now, theme);
	}
}

/* --- for programs --- */

/* The field behind a column, as --format names it. The caller frees. */
static char *field_of(const struct task_columns *columns, size_t index)
{
	const char *member = member_of(columns, index);
	bool is_custom = columns->kinds[index]->is_custom;
	char *name = memory_require(malloc(strlen(TASK_FIELD_CUSTOM) + strlen(member) + 1));

	(void)stpcpy(stpcpy(name, is_custom ? TASK_FIELD_CUSTOM : ""), member);
	return name;
}

void task_columns_add_headings(const struct task_columns *columns, struct rows *rows)
{
	for (size_t i = 0; i < columns->count; i++) {
		AUTO_FREE char *field = field_of(columns, i);

		rows_add_heading(rows, field);
	}
	rows_end(rows);
}

void task_columns_add_cells(const struct task_columns *columns, struct rows *rows, const json_t *task)
{
	for (size_t i = 0; i < columns->count; i++) {
		AUTO_FREE char *field = field_of(columns, i);

		task_field_add_cell(rows, task, field);
	}
	rows_end(rows);
}
