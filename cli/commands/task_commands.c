/* Tasks: adding and looking. */
#include "commands/families.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "invocation.h"
#include "option_groups.h"
#include "task_print.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

#define PAGE_LIMIT 1000

/* --- add --- */

/* What clears a field has nothing to clear here, and tags are all that there will be. */
static enum error make_task(json_t *changes, struct trouble *trouble)
{
	static const char *const clearable[] = { "note", "project", "priority", "due", "wait" };
	json_t *tags = json_object_get(changes, "add_tags");

	if (json_object_get(changes, "remove_tags"))
		return trouble_usage(trouble, "a new task has no tag to take off");
	if (json_is_null(json_object_get(changes, "title")) || !json_object_get(changes, "title")) {
		(void)trouble_usage(trouble, "what is to be done? The title is missing");
		trouble_advise(trouble, "for example: taskctl add \"Buy milk\" +shop");
		return ERROR_INVALID_PARAMS;
	}
	for (size_t i = 0; i < COUNT_OF(clearable); i++)
		if (json_is_null(json_object_get(changes, clearable[i])))
			(void)json_object_del(changes, clearable[i]);
	if (tags)
		(void)json_object_set(changes, "tags", tags);
	(void)json_object_del(changes, "add_tags");
	return ERROR_NONE;
}

/* Without the control characters that a title cannot have anyway, but a message may. */
static void say_added(const struct invocation *invocation, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");
	struct buffer line;

	buffer_init(&line);
	if (invocation->arguments.is_dry_run)
		buffer_append_text(&line, "Would add: ");
	else
		buffer_printf(&line, "Added task %" JSON_INTEGER_FORMAT ": ",
			json_integer_value(json_object_get(task, "id")));
	terminal_clean(&line, json_string_value(title), json_string_length(title));
	(void)puts(buffer_text(&line));
	buffer_deinit(&line);
}

static void print_added(const struct invocation *invocation, const json_t *task)
{
	if (task_print_form(&invocation->arguments) == TASK_PRINT_TABLE)
		say_added(invocation, task);
	else
		task_print_details(invocation, task);
}

static enum error run_add(struct invocation *invocation, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	json_auto_t *result = NULL;
	enum error error =
		quick_words_read_changes(arguments->words.items, arguments->words.count, arguments->changes, trouble);

	if (!error)
		error = make_task(arguments->changes, trouble);
	if (!error && arguments->is_dry_run)
		(void)json_object_set_new(arguments->changes, "dry_run", json_true());
	if (!error)
		error = invocation_change(invocation, "task.add", arguments->changes, &result, trouble);
	if (!error)
		print_added(invocation, json_object_get(result, "task"));
	return error;
}

/* --- list --- */

static void read_filter(const struct arguments *arguments, struct buffer *filter)
{
	AUTO_FREE char *words = quick_words_read_filter(arguments->words.items, arguments->words.count);

	if (arguments->filter)
		buffer_append_text(filter, arguments->filter);
	if (words[0] && filter->length)
		buffer_append_char(filter, ' ');
	buffer_append_text(filter, words);
	if (arguments->wants_all)
		buffer_append_text(filter, filter->length ? " status:all" : "status:all");
}

static enum error print_pages(
	struct invocation *invocation, json_t *params, struct task_list_printer *printer, struct trouble *trouble)
{
	int64_t limit = invocation->arguments.limit;

	for (;;) {
		json_auto_t *page = NULL;
		json_t *cursor;
		int64_t left = limit ? limit - (int64_t)printer->count : PAGE_LIMIT;
		enum error error;

		(void)json_object_set_new(params, "limit", json_integer(left < PAGE_LIMIT ? left : PAGE_LIMIT));
		error = invocation_call(invocation, "task.list", params, &page, trouble);
		if (error)
			return error;
		task_list_print_page(printer, json_object_get(page, "tasks"));
		cursor = json_object_get(page, "next_cursor");
		if (!cursor || (limit && (int64_t)printer->count >= limit))
			return ERROR_NONE;
		(void)json_object_del(params, "filter");
		(void)json_object_set(params, "cursor", cursor);
	}
}

static void say_empty(const struct invocation *invocation, const char *filter)
{
	if (task_print_form(&invocation->arguments) != TASK_PRINT_TABLE)
		return;
	(void)fflush(stdout);
	(void)fputs(filter[0] ? "No task matches.\n" : "Nothing to do. Add a task: taskctl add \"Buy milk\"\n", stderr);
}

static enum error list_tasks(struct invocation *invocation, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s}", "filter", filter);
	struct task_list_printer printer;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the filter is not UTF-8");
	task_list_print_begin(&printer, invocation);
	error = print_pages(invocation, params, &printer, trouble);
	if (error)
		task_list_print_abandon(&printer);
	else if (task_list_print_end(&printer) == 0)
		say_empty(invocation, filter);
	return error;
}

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	struct buffer filter;
	enum error error;

	buffer_init(&filter);
	read_filter(&invocation->arguments, &filter);
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

static enum error show_one(struct invocation *invocation, json_t *id, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:o}", "id", id);
	json_auto_t *result = NULL;
	enum error error = invocation_call(invocation, "task.get", params, &result, trouble);

	if (!error)
		task_print_details(invocation, json_object_get(result, "task"));
	return error;
}

static void print_many(const struct invocation *invocation, const json_t *tasks)
{
	bool is_table = task_print_form(&invocation->arguments) == TASK_PRINT_TABLE;
	struct task_list_printer printer;

	if (!is_table) {
		task_list_print_begin(&printer, invocation);
		task_list_print_page(&printer, tasks);
		(void)task_list_print_end(&printer);
		return;
	}
	for (size_t i = 0; i < json_array_size(tasks); i++) {
		if (i)
			(void)putchar('\n');
		task_print_details(invocation, json_array_get(tasks, i));
	}
}

static enum error show_many(struct invocation *invocation, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:i}", "filter", filter, "limit", PAGE_LIMIT);
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
	read_filter(arguments, &filter);
	error = show_many(invocation, buffer_text(&filter), trouble);
	buffer_deinit(&filter);
	return error;
}

static const struct argp_option *const add_options[] = {
	option_group_title,
	option_group_fields,
	option_group_trying,
	NULL,
};
static const struct argp_option *const list_options[] = { option_group_filter, option_group_reading, NULL };
static const struct argp_option *const show_options[] = { option_group_filter, NULL };

static const struct command_example add_examples[] = {
	{ "add \"Buy milk\" project:home +shop pri:H", "quick words say the rest" },
	{ "add Pay the rent due:2026-12-01T09:00:00Z", "words that are none of these are the title" },
	{ "add -q -- \"$title\"", "any text as the title; prints the id alone" },
	{ NULL, NULL },
};

static const struct command_example list_examples[] = {
	{ "list", "what is to be done" },
	{ "list project:home -shop", "in a project, without a tag" },
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
		.usage = "TITLE… [project:NAME] [pri:H|M|L] [due:TIME] [wait:TIME] [+TAG…]",
		.details = "An argument with white space in it is title, whatever it looks like, and so is all behind "
			   "--.\n"
			   "Times are like 2026-11-23T14:00:00Z.",
		.words = COMMAND_CHANGES,
		.options = add_options,
		.examples = add_examples,
		.run = run_add },
	{ .name = "list",
		.summary = "List tasks: the pending ones that are not waiting, unless you say otherwise",
		.usage = "[IDS | FILTER…] [-f FILTER]",
		.details = "Terms that all must hold: project:NAME, +TAG, -TAG, ids, and\n"
			   "status:pending|waiting|completed|deleted|all.",
		.words = COMMAND_TERMS,
		.options = list_options,
		.examples = list_examples,
		.run = run_list },
	{ .name = "show",
		.summary = "Show everything about a task",
		.usage = "IDS | FILTER… | -f FILTER",
		.words = COMMAND_TERMS,
		.options = show_options,
		.examples = show_examples,
		.run = run_show },
	{ .name = NULL },
};
