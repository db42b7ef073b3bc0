/* A table says for each name what its heading is and how its cell is written. */
#include "task_column_kinds.h"

#include "common/cleanup.h"
#include "relative_time.h"
#include "report.h"
#include "task_fields.h"

#include <string.h>

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

/* Each tag in its own style, the commas between them in the row's. */
static void add_tags(struct view_table *table, const json_t *task, const char *member, const struct theme *theme)
{
	const json_t *tag;
	size_t index;

	view_table_add_cell(table, "");
	json_array_foreach (json_object_get(task, member), index, tag) {
		const char *name = json_string_value(tag);
		char code[STYLE_CODE_SIZE];

		if (index)
			view_table_extend_cell(table, ",", "");
		theme_find_tag(theme, name ? name : "", code);
		view_table_extend_cell(table, name ? name : "", code);
	}
}

static void add_project(struct view_table *table, const json_t *task, const char *member, const struct theme *theme)
{
	const char *project = text_of(task, member);
	char code[STYLE_CODE_SIZE];

	theme_find_project(theme, project ? project : "", code);
	view_table_add_styled(table, project ? project : "", code);
}

/* --- the table --- */

#define TIME_COLUMN      .is_time = true, .least = 16, .append = append_time
#define DAY_BEGIN_COLUMN .is_time = true, .least = 16, .append = append_day_begin
#define DAY_END_COLUMN   .is_time = true, .least = 16, .append = append_day_end

static const struct task_column_kind kinds[] = {
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
	{ .name = "project",
		.heading = "Project",
		.least = 8,
		.shrinks = 2,
		.append = append_field,
		.add = add_project },
	{ .name = "tags", .heading = "Tags", .least = 6, .shrinks = 1, .append = append_field, .add = add_tags },
	{ .name = "depends", .heading = "Depends", .least = 7, .shrinks = 2, .append = append_field },
	{ .name = "parent", .heading = "Parent", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "children", .heading = "Children", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "series", .heading = "Series", .align = VIEW_RIGHT, .shrinks = 2, .append = append_field },
	{ .name = "recur", .heading = "Recur", .least = 8, .shrinks = 2, .append = append_field },
	{ .name = "annotations", .heading = "Notes", .align = VIEW_RIGHT, .shrinks = 1, .append = append_count },
	{ .name = "spent", .heading = "Spent", .align = VIEW_RIGHT, .shrinks = 2, .append = append_spent },
	{ .name = "urgency", .heading = "Urg", .align = VIEW_RIGHT, .shrinks = 5, .append = append_urgency },
	{ .name = "note", .heading = "Note", .wraps = true, .least = 8, .shrinks = 1, .append = append_field },
	{ .name = "title",
		.heading = "Title",
		.is_kept = true,
		.wraps = true,
		.least = 16,
		.shrinks = 6,
		.append = append_field },
};

const struct task_column_kind task_column_kind_relative = { .align = VIEW_RIGHT, .append = append_until };

static const struct task_column_kind custom_kind = {
	.is_custom = true, .wraps = true, .least = 4, .shrinks = 1, .append = append_custom
};

const char *const *task_column_names(void)
{
	static const char *names[COUNT_OF(kinds) + 1];

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		names[i] = kinds[i].name;
	return names;
}

const struct task_column_kind *task_column_kind_find(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	return &custom_kind;
}
