/* Reports: the built-in ones by their names, and one's own. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "invocation.h"
#include "named.h"
#include "option_groups.h"
#include "report.h"
#include "task_columns.h"
#include "task_report.h"

#include <string.h>

/* --- running --- */

static void drop_first(struct word_list *words)
{
	words->count--;
	memmove(words->items, words->items + 1, words->count * sizeof(*words->items));
}

/* Of what a report is: of tasks, or of what a command of that name shows, such as projects. */
static const struct command *find_command(const json_t *report)
{
	const char *kind = json_string_value(json_object_get(report, "kind"));
	const struct command *command = kind ? command_find(kind) : NULL;

	return command && command->words == COMMAND_FILTER ? command : NULL;
}

static enum error run_by_name(struct invocation *invocation, const char *name, size_t first, struct trouble *trouble)
{
	json_auto_t *report = NULL;
	const struct command *command;
	enum error error = task_report_fetch(invocation, name, &report, trouble);

	if (error)
		return error;
	command = find_command(report);
	if (!command)
		return task_report_run(invocation, report, first, trouble);
	if (first)
		drop_first(&invocation->arguments.words);
	return command->run(invocation, trouble);
}

static enum error run_named(struct invocation *invocation, struct trouble *trouble)
{
	return run_by_name(invocation, invocation->command->name, 0, trouble);
}

/* --- list, show --- */

static const struct view_column list_columns[] = {
	{ .heading = "Report", .is_kept = true },
	{ .heading = "Title", .wraps = true, .least = 12, .shrinks = 2 },
	{ .heading = "Filter", .wraps = true, .least = 12, .shrinks = 1 },
	{ .heading = NULL },
};

static const struct report_field list_fields[] = {
	{ .heading = "Report", .name = "name" },
	{ .heading = "Title", .name = "title" },
	{ .heading = "Filter", .name = "filter" },
	{ 0 },
};

static const struct report_list reports_list = {
	.columns = list_columns,
	.fields = list_fields,
	.id = "name",
	.nothing = "There are no reports.",
};

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *reports = NULL;
	enum error error = invocation_collect(invocation, CALLER_ACCOUNT, "report.list", "reports", &reports, trouble);

	if (!error)
		report_objects(invocation, &reports_list, reports);
	return error;
}

static enum error run_report(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;

	if (!words->count)
		return run_list(invocation, trouble);
	return run_by_name(invocation, words->items[0].text, 1, trouble);
}

static const struct report_field show_fields[] = {
	{ .heading = "Report", .name = "name" },
	{ .heading = "Title", .name = "title" },
	{ .heading = "Columns", .name = "columns" },
	{ .heading = "Sorted by", .name = "sort" },
	{ .heading = "Filter", .name = "filter" },
	{ .heading = "Limit", .name = "limit" },
	{ 0 },
};

static enum error run_show(struct invocation *invocation, struct trouble *trouble)
{
	const char *name = NULL;
	json_auto_t *report = NULL;
	enum error error = invocation_take_word(invocation, "report", &name, trouble);

	if (!error)
		error = task_report_fetch(invocation, name, &report, trouble);
	if (error)
		return error;
	if (invocation->arguments.is_json)
		report_json(report);
	else
		report_details(invocation, show_fields, report);
	return ERROR_NONE;
}

/* --- define, delete --- */

#define COLUMNS_USUAL "id,priority,due.relative,project,tags,title"

static json_t *split_columns(const char *text)
{
	json_t *columns = json_array();

	for (;;) {
		size_t length = strcspn(text, ",");

		(void)json_array_append_new(columns, json_stringn(text, length));
		if (!text[length])
			return columns;
		text += length + 1;
	}
}

/* The first word is the name, and the others are the filter. */
static enum error read_definition(const struct invocation *invocation, json_t **ret_params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	const struct word_list *words = &arguments->words;
	AUTO_FREE char *filter = NULL;

	if (!words->count) {
		(void)trouble_usage(trouble, "the name of the report is missing");
		trouble_advise(trouble, "for example: taskctl report define week due.before:eow --sort due+");
		return ERROR_INVALID_PARAMS;
	}
	filter = quick_words_read_filter(words->items + 1, words->count - 1);
	if (arguments->filter && filter[0])
		return trouble_usage(trouble, "the filter is given twice, by words and by --filter");
	*ret_params = json_pack("{s:s, s:s, s:s*, s:s*, s:o*, s:o*}", "name", words->items[0].text, "filter",
		arguments->filter ? arguments->filter : filter, "title", arguments->heading, "sort", arguments->sort,
		"columns", split_columns(arguments->columns ? arguments->columns : COLUMNS_USUAL), "limit",
		arguments->limit ? json_integer(arguments->limit) : NULL);
	return *ret_params ? ERROR_NONE : trouble_usage(trouble, "the definition is not UTF-8");
}

static enum error run_define(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = NULL;
	enum error error = read_definition(invocation, &params, trouble);

	return error ? error : named_change(invocation, "report.set", params, "Defined report", trouble);
}

static enum error run_delete(struct invocation *invocation, struct trouble *trouble)
{
	return named_delete(invocation, "report.delete", "report", "report define", trouble);
}

/* --- the table --- */

static const struct argp_option define_option_table[] = {
	{ .name = "columns",
		.key = ARGUMENT_COLUMNS,
		.arg = "NAMES",
		.doc = "its columns, joined by commas: id,due.relative,title" },
	{ .name = "filter", .key = ARGUMENT_FILTER, .arg = "FILTER", .doc = "the tasks that it lists" },
	{ .name = "title", .key = ARGUMENT_HEADING, .arg = "TEXT", .doc = "what stands above it" },
	{ 0 },
};

static const struct argp_option *const run_options[] = {
	option_group_filter,
	option_group_limit,
	option_group_sort,
	NULL,
};
static const struct argp_option *const define_options[] = {
	define_option_table,
	option_group_limit,
	option_group_sort,
	NULL,
};

static const struct command_example report_examples[] = {
	{ "report next project:home", "a report, and a filter on top of its own" },
	{ NULL, NULL },
};

static const struct command_example define_examples[] = {
	{ "report define week due.before:eow --columns id,due.relative,project,title --sort due+",
		"then: taskctl report week" },
	{ NULL, NULL },
};

static const struct command_example next_examples[] = {
	{ "next", "the most urgent tasks" },
	{ "next -office --limit 5", "five of them, none for the office" },
	{ NULL, NULL },
};

#define BUILT_IN .usage = "[FILTER…] [-f FILTER]", .words = COMMAND_TERMS, .options = run_options, .run = run_named

const struct command report_commands[] = {
	{ .name = "next",
		.summary = "List what to do next: the most urgent first",
		BUILT_IN,
		.examples = next_examples },
	{ .name = "ready", .summary = "List what can be done now: neither waiting nor blocked", BUILT_IN },
	{ .name = "waiting", .summary = "List what is out of sight until later", BUILT_IN },
	{ .name = "blocked", .summary = "List what waits for other tasks", BUILT_IN },
	{ .name = "blocking", .summary = "List what other tasks wait for", BUILT_IN },
	{ .name = "active", .summary = "List what is being worked on", BUILT_IN },
	{ .name = "overdue", .summary = "List what should be done already", BUILT_IN },
	{ .name = "completed", .summary = "List what is done, the latest first", BUILT_IN },
	{ .name = "recurring", .summary = "List what comes again", BUILT_IN },
	{ .name = "all", .summary = "List tasks whatever their status", BUILT_IN },
	{ .name = "report",
		.summary = "Run a report of your own or a built-in one, or list them",
		.usage = "[NAME [FILTER…] [-f FILTER]]",
		.words = COMMAND_TERMS,
		.options = run_options,
		.examples = report_examples,
		.run = run_report },
	{ .name = "report list", .summary = "List the reports that there are", .usage = "", .run = run_list },
	{ .name = "report show",
		.summary = "Show how a report is defined",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.run = run_show },
	{ .name = "report define",
		.summary = "Define a report, or change it",
		.usage = "NAME [FILTER…] [--columns NAMES] [--sort ORDER] [--limit N] [--title TEXT]",
		.words = COMMAND_FILTER,
		.options = define_options,
		.examples = define_examples,
		.run = run_define },
	{ .name = "report delete",
		.summary = "Delete a report of yours",
		.usage = "NAME",
		.words = COMMAND_NAMES,
		.run = run_delete },
	{ .name = NULL },
};
