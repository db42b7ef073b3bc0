/* Time that was worked. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "invocation.h"
#include "option_groups.h"
#include "picture/bar.h"
#include "relative_time.h"
#include "report.h"
#include "selection.h"
#include "svg_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BAR_WIDTH 20

/* What a sheet has for each row beside the time, which comes last. */
struct sheet {
	const char *by;
	const struct view_column *columns;
	const char *members[4]; /* ends with NULL */
};

#define SPENT_COLUMN                                                                                                   \
	{ .heading = "Spent", .align = VIEW_RIGHT, .is_kept = true }, { .heading = "Share", .shrinks = 3 },            \
	{                                                                                                              \
		.heading = NULL                                                                                        \
	}

static const struct view_column task_columns[] = {
	{ .heading = "ID", .align = VIEW_RIGHT },
	{ .heading = "Project", .least = 8, .shrinks = 1 },
	{ .heading = "Title", .is_kept = true, .wraps = true, .least = 16, .shrinks = 2 },
	SPENT_COLUMN,
};
static const struct view_column project_columns[] = {
	{ .heading = "Project", .is_kept = true, .least = 12, .shrinks = 1 },
	SPENT_COLUMN,
};
static const struct view_column day_columns[] = {
	{ .heading = "Day", .is_kept = true },
	SPENT_COLUMN,
};

static const struct sheet sheets[] = {
	{ .by = "task", .columns = task_columns, .members = { "id", "project", "title" } },
	{ .by = "project", .columns = project_columns, .members = { "project" } },
	{ .by = "day", .columns = day_columns, .members = { "day" } },
};

static const struct sheet *find_sheet(const char *by)
{
	for (size_t i = 0; i < COUNT_OF(sheets); i++)
		if (strcmp(sheets[i].by, by) == 0)
			return &sheets[i];
	return NULL;
}

/* --- asking --- */

static enum error put_text(json_t *params, const char *name, const char *text, struct trouble *trouble)
{
	if (!text || !text[0])
		return ERROR_NONE;
	if (json_object_set_new(params, name, json_string(text)))
		return trouble_usage(trouble, "the %s is not UTF-8", name);
	return ERROR_NONE;
}

static enum error read_params(
	const struct arguments *arguments, const char *by, json_t *params, struct trouble *trouble)
{
	enum error error = selection_put_filter(arguments, params, trouble);

	if (!error)
		error = put_text(params, "from", arguments->from, trouble);
	if (!error)
		error = put_text(params, "to", arguments->to, trouble);
	return error ? error : put_text(params, "by", by, trouble);
}

/* All pages as one answer: its rows are those of all of them. */
static enum error fetch(struct invocation *invocation, json_t *params, json_t **ret_result, struct trouble *trouble)
{
	json_auto_t *whole = NULL;

	for (;;) {
		json_auto_t *page = NULL;
		json_t *cursor;
		enum error error = invocation_call(invocation, "task.time", params, &page, trouble);

		if (error)
			return error;
		cursor = json_object_get(page, "next_cursor");
		if (cursor)
			(void)json_object_set(params, "cursor", cursor);
		if (!whole)
			whole = json_incref(page);
		else
			(void)json_array_extend(json_object_get(whole, "rows"), json_object_get(page, "rows"));
		if (!cursor)
			break;
	}
	(void)json_object_del(whole, "next_cursor");
	*ret_result = json_incref(whole);
	return ERROR_NONE;
}

/* --- showing --- */

static void add_spent_cell(struct view_table *table, const json_t *seconds)
{
	struct buffer cell;

	buffer_init(&cell);
	relative_time_append_spent(&cell, json_integer_value(seconds));
	view_table_add_cell(table, buffer_text(&cell));
	buffer_deinit(&cell);
}

/* A project without a name has a word for it. */
static void add_member_cell(struct view_table *table, const struct sheet *sheet, const json_t *row, const char *name)
{
	bool is_nameless = !sheet->members[1] && !json_object_get(row, name);
	struct buffer cell;

	buffer_init(&cell);
	report_append_member(&cell, row, name);
	view_table_add_cell(table, is_nameless ? "(none)" : buffer_text(&cell));
	buffer_deinit(&cell);
}

/* What the bars and the picture are drawn by. */
struct look {
	int64_t longest;
	bool has_bars; /* rows for programs have none */
	struct theme theme;
};

static void find_look(const struct invocation *invocation, const json_t *rows, struct look *ret_look)
{
	const json_t *row;
	size_t index;

	*ret_look = (struct look){ .has_bars = !report_has_rows(invocation) };
	invocation_find_theme(invocation, stdout, &ret_look->theme);
	json_array_foreach (rows, index, row)
		if (json_integer_value(json_object_get(row, "seconds")) > ret_look->longest)
			ret_look->longest = json_integer_value(json_object_get(row, "seconds"));
}

static void add_bar_cell(struct view_table *table, const struct look *look, const json_t *seconds)
{
	struct buffer bar;

	if (!look->has_bars)
		return;
	buffer_init(&bar);
	bar_append(&bar, json_integer_value(seconds), look->longest, BAR_WIDTH, BAR_NOTHING);
	view_table_add_styled(table, buffer_text(&bar), theme_begin(&look->theme, ROLE_BAR_STARTED));
	buffer_deinit(&bar);
}

static void add_row(struct view_table *table, const struct sheet *sheet, const struct look *look, const json_t *row)
{
	view_table_begin_row(table, ROLE_PLAIN);
	for (size_t i = 0; sheet->members[i]; i++)
		add_member_cell(table, sheet, row, sheet->members[i]);
	add_spent_cell(table, json_object_get(row, "seconds"));
	add_bar_cell(table, look, json_object_get(row, "seconds"));
}

static void add_total(struct view_table *table, const struct sheet *sheet, const json_t *result)
{
	view_table_begin_row(table, ROLE_TITLE);
	for (size_t i = 0; sheet->members[i]; i++)
		view_table_add_cell(table, sheet->members[i + 1] ? "" : "Total");
	add_spent_cell(table, json_object_get(result, "total"));
}

static void print_sheet(const struct invocation *invocation, const struct sheet *sheet, const json_t *result)
{
	AUTO_TABLE struct view_table *table = view_table_new(sheet->columns);
	const json_t *rows = json_object_get(result, "rows");
	struct look look;
	const json_t *row;
	size_t index;

	if (!json_array_size(rows)) {
		report_say(invocation, "No work is on record there. To begin: taskctl start 3");
		return;
	}
	find_look(invocation, rows, &look);
	json_array_foreach (rows, index, row)
		add_row(table, sheet, &look, row);
	add_total(table, sheet, result);
	report_table(invocation, table);
}

/* --- as a picture --- */

/* The last member names the row. */
static char *label_of(const struct sheet *sheet, const json_t *row)
{
	size_t last = 0;
	struct buffer text;
	char *label;

	while (sheet->members[last + 1])
		last++;
	buffer_init(&text);
	report_append_member(&text, row, sheet->members[last]);
	label = memory_strdup(text.length ? buffer_text(&text) : "(none)");
	buffer_deinit(&text);
	return label;
}

static char *spent_of(const json_t *object, const char *name)
{
	struct buffer text;
	char *spent;

	buffer_init(&text);
	relative_time_append_spent(&text, json_integer_value(json_object_get(object, name)));
	spent = memory_strdup(buffer_text(&text));
	buffer_deinit(&text);
	return spent;
}

static enum error write_svg(
	const struct invocation *invocation, const struct sheet *sheet, const json_t *result, struct trouble *trouble)
{
	const json_t *rows = json_object_get(result, "rows");
	size_t count = json_array_size(rows);
	struct bar_chart_row *bars = memory_array(count, sizeof(*bars));
	AUTO_FREE char *total = spent_of(result, "total");
	const struct bar_chart chart = {
		.title = "Time spent", .description = total, .class_name = "started", .rows = bars, .count = count
	};
	struct look look;
	enum error error;

	find_look(invocation, rows, &look);
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		int64_t seconds = json_integer_value(json_object_get(row, "seconds"));

		bars[i] = (struct bar_chart_row){ .label = label_of(sheet, row),
			.text = spent_of(row, "seconds"),
			.share = look.longest ? (double)seconds / (double)look.longest : 0 };
	}
	error = svg_file_write_bars(invocation, &chart, trouble);
	for (size_t i = 0; i < count; i++) {
		free((char *)(uintptr_t)bars[i].label);
		free((char *)(uintptr_t)bars[i].text);
	}
	free(bars);
	return error;
}

static enum error run_timesheet(struct invocation *invocation, struct trouble *trouble)
{
	const char *by = invocation->arguments.by ? invocation->arguments.by : "task";
	const struct sheet *sheet = find_sheet(by);
	json_auto_t *params = json_object();
	json_auto_t *result = NULL;
	enum error error;

	if (!sheet)
		return trouble_usage(trouble, "--by wants task, project or day, not `%s`", by);
	error = read_params(&invocation->arguments, by, params, trouble);
	if (!error)
		error = fetch(invocation, params, &result, trouble);
	if (error)
		return error;
	if (invocation->arguments.svg)
		return write_svg(invocation, sheet, result, trouble);
	if (invocation->arguments.is_json)
		report_json(result);
	else if (!invocation->arguments.is_quiet)
		print_sheet(invocation, sheet, result);
	return ERROR_NONE;
}

/* --- the table --- */

static const struct argp_option timesheet_option_table[] = {
	{ .name = "by", .key = ARGUMENT_BY, .arg = "task|project|day", .doc = "what the time is summed up by" },
	{ .name = "from", .key = ARGUMENT_FROM, .arg = "TIME", .doc = "from then on" },
	{ .name = "to", .key = ARGUMENT_TO, .arg = "TIME", .doc = "until then; a day is meant to its end" },
	{ 0 },
};

static const struct argp_option *const timesheet_options[] = { option_group_filter, timesheet_option_table,
	option_group_svg, NULL };

static const struct command_example timesheet_examples[] = {
	{ "timesheet --from today", "what today went into" },
	{ "timesheet --by day project:book", "how long each day, for a book" },
	{ NULL, NULL },
};

const struct command time_commands[] = {
	{ .name = "timesheet",
		.summary = "Sum up the time between start and stop",
		.usage = "[FILTER…] [-f FILTER] [--from TIME] [--to TIME] [--by task|project|day] [--svg FILE]",
		.words = COMMAND_FILTER,
		.options = timesheet_options,
		.examples = timesheet_examples,
		.run = run_timesheet },
	{ .name = NULL },
};
