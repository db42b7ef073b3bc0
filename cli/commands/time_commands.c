/* Time that was worked. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"
#include "relative_time.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

/* What a sheet has for each row beside the time, which comes last. */
struct sheet {
	const char *by;
	const struct view_column *columns;
	const char *members[4]; /* ends with NULL */
};

#define SPENT_COLUMN                                                                                                   \
	{ .heading = "Spent", .align = VIEW_RIGHT, .is_kept = true },                                                  \
	{                                                                                                              \
		.heading = NULL                                                                                        \
	}

static const struct view_column task_columns[] = {
	{ .heading = "ID", .align = VIEW_RIGHT },
	{ .heading = "Project", .least = 8, .shrinks = 1 },
	{ .heading = "Title", .is_kept = true, .least = 16, .shrinks = 2 },
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
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);
	enum error error = ERROR_NONE;

	if (arguments->filter && words[0])
		return trouble_usage(trouble, "the filter is given twice, by words and by --filter");
	error = put_text(params, "filter", arguments->filter ? arguments->filter : words, trouble);
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

static void add_row(struct view_table *table, const struct sheet *sheet, const json_t *row)
{
	view_table_begin_row(table, VIEW_PLAIN);
	for (size_t i = 0; sheet->members[i]; i++)
		add_member_cell(table, sheet, row, sheet->members[i]);
	add_spent_cell(table, json_object_get(row, "seconds"));
}

static void add_total(struct view_table *table, const struct sheet *sheet, const json_t *result)
{
	view_table_begin_row(table, VIEW_HEADING);
	for (size_t i = 0; sheet->members[i]; i++)
		view_table_add_cell(table, sheet->members[i + 1] ? "" : "Total");
	add_spent_cell(table, json_object_get(result, "total"));
}

static void print_sheet(const struct invocation *invocation, const struct sheet *sheet, const json_t *result)
{
	AUTO_TABLE struct view_table *table = view_table_new(sheet->columns);
	const json_t *rows = json_object_get(result, "rows");
	const json_t *row;
	size_t index;

	if (!json_array_size(rows)) {
		report_say(invocation, "No work is on record there. To begin: taskctl start 3");
		return;
	}
	json_array_foreach (rows, index, row)
		add_row(table, sheet, row);
	add_total(table, sheet, result);
	report_table(invocation, table);
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

static const struct argp_option *const timesheet_options[] = { option_group_filter, timesheet_option_table, NULL };

static const struct command_example timesheet_examples[] = {
	{ "timesheet --from today", "what today went into" },
	{ "timesheet --by day project:book", "how long each day, for a book" },
	{ NULL, NULL },
};

const struct command time_commands[] = {
	{ .name = "timesheet",
		.summary = "Sum up the time between start and stop",
		.usage = "[FILTER…] [-f FILTER] [--from TIME] [--to TIME] [--by task|project|day]",
		.words = COMMAND_FILTER,
		.options = timesheet_options,
		.examples = timesheet_examples,
		.run = run_timesheet },
	{ .name = NULL },
};
