/* A table says for each name what its heading is and how its cell is written. */
#include "task_columns.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "relative_time.h"
#include "report.h"
#include "task_fields.h"

#include <string.h>

/* How a column looks, and what its cells are made of. */
struct column_kind {
	const char *name;
	const char *heading;
	const char *member; /* of the task; NULL: the one that has the name */
	enum view_align align;
	bool is_kept;
	size_t least;
	unsigned shrinks;

	void (*append)(struct buffer *out, const json_t *task, const char *member, int64_t now);
};

struct task_columns {
	size_t count;
	struct view_column *views; /* ended by one without a heading */
	const struct column_kind **kinds;
	char **names;
	char **labels; /* of custom fields that have one; else NULL */
};

/* --- cells --- */

static const char *text_of(const json_t *task, const char *member)
{
	return json_string_value(json_object_get(task, member));
}

static void append_field(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	(void)now;
	task_field_append(out, task, member);
}

static void append_custom(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	(void)now;
	task_custom_append(out, task, member);
}

static void append_time(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	(void)now;
	report_append_time(out, text_of(task, member));
}

static void append_day_begin(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	(void)now;
	report_append_day(out, text_of(task, member), REPORT_DAY_BEGIN);
}

static void append_day_end(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	(void)now;
	report_append_day(out, text_of(task, member), REPORT_DAY_END);
}

static void append_until(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	int64_t seconds;

	if (relative_time_parse(text_of(task, member), &seconds))
		relative_time_append(out, seconds - now);
}

static void append_since(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	int64_t seconds;

	if (relative_time_parse(text_of(task, member), &seconds))
		relative_time_append(out, now - seconds);
}

static void append_count(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	size_t count = json_array_size(json_object_get(task, member));

	(void)now;
	if (count)
		buffer_printf(out, "%zu", count);
}

/* Two decimals, so that the points stand below each other. */
static void append_urgency(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	const json_t *value = json_object_get(task, member);

	(void)now;
	if (json_is_number(value))
		buffer_printf(out, "%.2f", json_number_value(value));
}

/* Work that has ended, and what runs. */
static void append_spent(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	int64_t spent = json_integer_value(json_object_get(task, member));
	int64_t started;

	if (relative_time_parse(text_of(task, "started"), &started) && started < now)
		spent += now - started;
	if (spent)
		relative_time_append_spent(out, spent);
}

/* What a person wants to know beyond "pending". */
static void append_status(struct buffer *out, const json_t *task, const char *member, int64_t now)
{
	const char *status = text_of(task, member);

	(void)now;
	if (json_is_true(json_object_get(task, "waiting")))
		buffer_append_text(out, "waiting");
	else if (text_of(task, "started"))
		buffer_append_text(out, "started");
	else if (json_is_true(json_object_get(task, "blocked")))
		buffer_append_text(out, "blocked");
	else if (status && strcmp(status, "pending") != 0)
		task_field_append(out, task, member);
}

/* --- the table --- */

#define TIME_COLUMN      .least = 16, .append = append_time
#define DAY_BEGIN_COLUMN .least = 16, .append = append_day_begin
#define DAY_END_COLUMN   .least = 16, .append = append_day_end

static const struct column_kind kinds[] = {
	{ .name = "id", .heading = "ID", .align = VIEW_RIGHT, .is_kept = true, .append = append_field },
	{ .name = "uuid", .heading = "UUID", .least = 8, .shrinks = 1, .append = append_field },
	{ .name = "status", .heading = "Status", .least = 9, .shrinks = 4, .append = append_status },
	{ .name = "priority", .heading = "Pri", .least = 3, .shrinks = 5, .append = append_field },
	{ .name = "due", .heading = "Due", .shrinks = 3, DAY_END_COLUMN },
	{ .name = "due.relative",
		.heading = "Due",
		.member = "due",
		.align = VIEW_RIGHT,
		.shrinks = 3,
		.append = append_until },
	{ .name = "wait", .heading = "Wait", .shrinks = 2, DAY_BEGIN_COLUMN },
	{ .name = "scheduled", .heading = "Scheduled", .shrinks = 2, DAY_BEGIN_COLUMN },
	{ .name = "until", .heading = "Until", .shrinks = 2, DAY_END_COLUMN },
	{ .name = "started", .heading = "Started", .shrinks = 2, TIME_COLUMN },
	{ .name = "created", .heading = "Created", .shrinks = 1, TIME_COLUMN },
	{ .name = "modified", .heading = "Modified", .shrinks = 1, TIME_COLUMN },
	{ .name = "completed", .heading = "Completed", .shrinks = 2, TIME_COLUMN },
	{ .name = "deleted", .heading = "Deleted", .shrinks = 2, TIME_COLUMN },
	{ .name = "age",
		.heading = "Age",
		.member = "created",
		.align = VIEW_RIGHT,
		.shrinks = 1,
		.append = append_since },
	{ .name = "project", .heading = "Project", .least = 8, .shrinks = 2, .append = append_field },
	{ .name = "tags", .heading = "Tags", .least = 6, .shrinks = 1, .append = append_field },
	{ .name = "depends", .heading = "Depends", .least = 7, .shrinks = 2, .append = append_field },
	{ .name = "parent", .heading = "Parent", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "children", .heading = "Children", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "series", .heading = "Series", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "recur", .heading = "Recur", .least = 8, .shrinks = 2, .append = append_field },
	{ .name = "annotations", .heading = "Notes", .align = VIEW_RIGHT, .shrinks = 1, .append = append_count },
	{ .name = "spent", .heading = "Spent", .align = VIEW_RIGHT, .shrinks = 2, .append = append_spent },
	{ .name = "urgency", .heading = "Urg", .align = VIEW_RIGHT, .shrinks = 5, .append = append_urgency },
	{ .name = "note", .heading = "Note", .least = 8, .shrinks = 1, .append = append_field },
	{ .name = "title", .heading = "Title", .is_kept = true, .least = 16, .shrinks = 6, .append = append_field },
};

/* In the place of a date's, where dates are relative. */
static const struct column_kind relative_kind = { .align = VIEW_RIGHT, .append = append_until };

static const struct column_kind custom_kind = { .least = 4, .shrinks = 1, .append = append_custom };

const char *const *task_column_names(void)
{
	static const char *names[COUNT_OF(kinds) + 1];

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		names[i] = kinds[i].name;
	return names;
}

static const struct column_kind *find_kind(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return &custom_kind;
}

/* --- columns of one table --- */

static bool is_time(const struct column_kind *kind)
{
	return kind->append == append_time || kind->append == append_day_begin || kind->append == append_day_end;
}

static void set_column(struct task_columns *columns, size_t index, const char *name, enum task_dates dates)
{
	const struct column_kind *named = find_kind(name);
	const struct column_kind *kind = is_time(named) && dates == TASK_DATES_RELATIVE ? &relative_kind : named;

	columns->names[index] = memory_strdup(name);
	columns->kinds[index] = kind;
	columns->views[index] =
		(struct view_column){ .heading = named->heading ? named->heading : columns->names[index],
			.align = kind->align,
			.is_kept = kind->is_kept,
			.least = kind->least,
			.shrinks = named->shrinks };
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
		if (columns->kinds[i] == &custom_kind)
			return true;
	return false;
}

void task_columns_describe(struct task_columns *columns, const char *name, const char *label, bool is_number)
{
	for (size_t i = 0; i < columns->count; i++) {
		if (columns->kinds[i] != &custom_kind || strcmp(columns->names[i], name) != 0)
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

void task_columns_add_row(const struct task_columns *columns, struct view_table *table, enum view_style style,
	const json_t *task, int64_t now)
{
	view_table_begin_row(table, style);
	for (size_t i = 0; i < columns->count; i++) {
		struct buffer cell;

		buffer_init(&cell);
		columns->kinds[i]->append(&cell, task, member_of(columns, i), now);
		view_table_add_cell(table, buffer_text(&cell));
		buffer_deinit(&cell);
	}
}

/* --- for programs --- */

/* The field behind a column, as --format names it. The caller frees. */
static char *field_of(const struct task_columns *columns, size_t index)
{
	const char *member = member_of(columns, index);
	bool is_custom = columns->kinds[index] == &custom_kind;
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
