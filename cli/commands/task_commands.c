/* Tasks: adding and looking. */
#include "commands/families.h"

#include "active_context.h"
#include "add_lines.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "doubts.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "selection.h"
#include "task_pages.h"
#include "task_print.h"

#include <stdio.h>
#include <string.h>

/* --- add --- */

static enum error make_task(json_t *changes, struct trouble *trouble)
{
	if (json_is_null(json_object_get(changes, "title")) || !json_object_get(changes, "title")) {
		(void)trouble_usage(trouble, "what is to be done? The title is missing");
		trouble_advise(trouble, "for example: taskctl add \"Buy milk\" +shop");
		return ERROR_INVALID_PARAMS;
	}
	return change_words_make_new(changes, trouble);
}

static void print_added(const struct invocation *invocation, const json_t *task)
{
	if (task_print_form(&invocation->arguments) == TASK_PRINT_TABLE)
		task_print_added(invocation, task);
	else
		task_print_details(invocation, task);
}

static enum error add_one(struct invocation *invocation, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	json_auto_t *result = NULL;
	bool in_context = false;
	enum error error =
		change_words_read(arguments->words.items, arguments->words.count, arguments->changes, trouble);

	if (!error)
		error = make_task(arguments->changes, trouble);
	if (!error)
		error = active_context_name(invocation, arguments->changes, &in_context, trouble);
	if (!error && arguments->is_dry_run)
		(void)json_object_set_new(arguments->changes, "dry_run", json_true());
	if (!error)
		error = invocation_change(invocation, "task.add", arguments->changes, &result, trouble);
	active_context_advise(error, arguments->changes, trouble);
	if (error)
		return error;
	print_added(invocation, json_object_get(result, "task"));
	report_doubt(invocation, arguments->words.items, arguments->words.count);
	doubts_say(invocation, result, arguments->words.items, arguments->words.count);
	if (in_context)
		report_say(invocation, "In context %s.",
			json_string_value(json_object_get(arguments->changes, "context")));
	return ERROR_NONE;
}

static enum error run_add(struct invocation *invocation, struct trouble *trouble)
{
	if (add_lines_are_wanted(&invocation->arguments))
		return add_lines_run(invocation, trouble);
	return add_one(invocation, trouble);
}

/* --- list --- */

static void say_empty(struct invocation *invocation, const char *filter)
{
	if (filter[0])
		doubts_say_nothing_found(invocation, filter);
	else if (task_print_form(&invocation->arguments) == TASK_PRINT_TABLE)
		report_say(invocation, "Nothing to do. Add a task: taskctl add \"Buy milk\"");
}

static enum error list_tasks(struct invocation *invocation, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:s*}", "filter", filter, "sort", invocation->arguments.sort);
	enum error error = ERROR_NONE;
	size_t count = 0;

	if (!params)
		return trouble_usage(trouble, "the filter, or what to sort by, is not UTF-8");
	if (!selection_names_tasks(&invocation->arguments))
		error = active_context_apply(invocation, params, trouble);
	if (!error)
		error = task_pages_print(invocation, "task.list", params, &count, trouble);
	active_context_advise(error, params, trouble);
	if (!error && !count)
		say_empty(invocation, filter);
	return error;
}

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	struct buffer filter;
	enum error error;

	buffer_init(&filter);
	selection_read_filter(&invocation->arguments, &filter);
	error = list_tasks(invocation, buffer_text(&filter), trouble);
	buffer_deinit(&filter);
	return error;
}

/* --- show --- */

static enum error refuse_no_selection(const struct invocation *invocation, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "which task? Name it: taskctl %s 3", invocation->command->name);
	trouble_advise(trouble, "see: taskctl help %s", invocation->command->name);
	return ERROR_INVALID_PARAMS;
}

/* One id that is a number or a uuid, and nothing else: a task that must be there. */
static json_t *single_id(const struct arguments *arguments)
{
	const struct word_list *words = &arguments->words;
	const char *text = words->count == 1 && !arguments->filter ? words->items[0].text : NULL;

	if (!text || !quick_words_is_ids(&words->items[0]) || strchr(text, ',') ||
		quick_words_is_range(text, strlen(text)))
		return NULL;
	return quick_words_item(text, strlen(text));
}

static const struct view_column term_columns[] = {
	{ .heading = "Urgency by", .is_kept = true, .least = 10, .shrinks = 1 },
	{ .heading = "Factor", .align = VIEW_RIGHT },
	{ .heading = "Weight", .align = VIEW_RIGHT },
	{ .heading = "Adds", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = NULL },
};

static void add_number_cell(struct view_table *table, const json_t *number)
{
	char text[32];

	(void)snprintf(text, sizeof(text), "%.3f", json_number_value(number));
	view_table_add_cell(table, text);
}

/* What the urgency is the sum of: each term is a factor times a weight. */
static void append_terms(const struct invocation *invocation, const json_t *terms, struct buffer *out)
{
	AUTO_TABLE struct view_table *table = view_table_new(term_columns);
	const json_t *term;
	size_t i;

	if (!json_array_size(terms))
		return;
	json_array_foreach (terms, i, term) {
		const char *name = json_string_value(json_object_get(term, "name"));

		view_table_begin_row(table, ROLE_PLAIN);
		view_table_add_cell(table, name ? name : "");
		add_number_cell(table, json_object_get(term, "factor"));
		add_number_cell(table, json_object_get(term, "coefficient"));
		add_number_cell(table, json_object_get(term, "product"));
	}
	buffer_append_char(out, '\n');
	report_append_table(invocation, table, out);
}

static void page_one(const struct invocation *invocation, const json_t *result)
{
	struct buffer out;

	buffer_init(&out);
	task_print_append_details(invocation, json_object_get(result, "task"), &out);
	append_terms(invocation, json_object_get(result, "urgency_terms"), &out);
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static enum error show_one(struct invocation *invocation, json_t *id, struct trouble *trouble)
{
	bool is_for_people = task_print_form(&invocation->arguments) == TASK_PRINT_TABLE;
	json_auto_t *params = json_pack("{s:o, s:b}", "id", id, "explain", is_for_people);
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "task.get", params, &result, trouble);

	if (error)
		return error;
	if (is_for_people)
		page_one(invocation, result);
	else
		task_print_details(invocation, json_object_get(result, "task"));
	return ERROR_NONE;
}

static void print_many(const struct invocation *invocation, const json_t *tasks)
{
	bool is_table = task_print_form(&invocation->arguments) == TASK_PRINT_TABLE;
	struct task_list_printer printer;
	struct buffer out;

	if (!is_table) {
		task_list_print_begin(&printer, invocation);
		task_list_print_page(&printer, tasks);
		(void)task_list_print_end(&printer);
		return;
	}
	buffer_init(&out);
	for (size_t i = 0; i < json_array_size(tasks); i++) {
		if (i)
			buffer_append_char(&out, '\n');
		task_print_append_details(invocation, json_array_get(tasks, i), &out);
	}
	report_page(invocation, &out);
	buffer_deinit(&out);
}

static enum error show_many(struct invocation *invocation, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:i}", "filter", filter, "limit", TASK_PAGES_LIMIT);
	json_auto_t *page = NULL;
	const json_t *tasks;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	error = invocation_call(invocation, "task.list", params, &page, trouble);
	if (error)
		return error;
	tasks = json_object_get(page, "tasks");
	if (!json_array_size(tasks))
		return trouble_set(trouble, ERROR_NOT_FOUND, "no task matches");
	print_many(invocation, tasks);
	if (json_object_get(page, "next_cursor"))
		trouble_warn("these are the first %zu; more match", json_array_size(tasks));
	return ERROR_NONE;
}

static enum error run_show(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	json_t *id = single_id(arguments);
	struct buffer filter;
	enum error error;

	if (id)
		return show_one(invocation, id, trouble);
	if (!arguments->words.count && !arguments->filter)
		return refuse_no_selection(invocation, trouble);
	buffer_init(&filter);
	selection_read_filter(arguments, &filter);
	error = show_many(invocation, buffer_text(&filter), trouble);
	buffer_deinit(&filter);
	return error;
}

static const struct argp_option *const add_options[] = {
	option_group_title,
	option_group_fields,
	option_group_recurring,
	option_group_trying,
	option_group_lines,
	NULL,
};
static const struct argp_option *const list_options[] = { option_group_filter, option_group_reading, option_group_sort,
	NULL };
static const struct argp_option *const show_options[] = { option_group_filter, NULL };

static const struct command_example add_examples[] = {
	{ "add - project:home < ideas.txt", "a task for each line" },
	{ "add \"Buy milk\" project:home +shop pri:H", "quick words say the rest" },
	{ "add Pay the rent due:eom wait:due-1wk", "words that are none of these are the title" },
	{ "add Water the plants due:sat recur:weekly", "a series, and its first task" },
	{ "add -q -- \"$title\"", "any text as the title; prints the id alone" },
	{ NULL, NULL },
};

static const struct command_example list_examples[] = {
	{ "list", "what is to be done" },
	{ "list project:home -shop", "in a project, without a tag" },
	{ "list 'due<eow and (+shop or /milk/)'", "whatever the filter language can say" },
	{ "list --sort urgency- --limit 10", "the most urgent ones" },
	{ "list --all --json=id,title,status", "objects for a script" },
	{ "list --format '{id} {title}' +shop", "lines of your own making" },
	{ NULL, NULL },
};

static const struct command_example show_examples[] = {
	{ "show 3", "everything about one task" },
	{ "show --json 6f1c2b9e", "by the first digits of its uuid" },
	{ NULL, NULL },
};

const struct command task_commands[] = {
	{ .name = "add",
		.summary = "Add a task",
		.usage = "(TITLE… | -) [project:NAME] [pri:H|M|L] [due:TIME] [wait:TIME] [scheduled:TIME] [until:TIME] "
			 "[recur:RULE] [depends:IDS] [parent:ID] [+TAG…]",
		.details = "An argument with white space in it is title, whatever it looks like, and so is all behind "
			   "--. "
			   "Times are like tomorrow, fri 17:00 or 2026-11-23; see taskctl-dates(7).\n\n"
			   "A dash adds a task for each line of standard input, a thousand lines in a step; what is "
			   "said behind it holds for all of them.",
		.words = COMMAND_CHANGES,
		.options = add_options,
		.examples = add_examples,
		.run = run_add },
	{ .name = "list",
		.summary = "List tasks: the pending ones that are not waiting, unless you say otherwise",
		.usage = "[IDS | FILTER…] [-f FILTER]",
		.details =
			"Terms such as project:home, +shop, -work, pri:H, due.before:eow, +OVERDUE, /words/ and ids,\n"
			"joined by and, or, xor, not and parentheses; taskctl-filter(7) has them all.",
		.words = COMMAND_TERMS,
		.takes_ids = true,
		.options = list_options,
		.examples = list_examples,
		.run = run_list },
	{ .name = "show",
		.summary = "Show everything about a task",
		.usage = "IDS | FILTER… | -f FILTER",
		.words = COMMAND_TERMS,
		.takes_ids = true,
		.options = show_options,
		.examples = show_examples,
		.run = run_show },
	{ .name = NULL },
};
