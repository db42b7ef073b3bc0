/* Series: tasks that come again. */
#include "commands/families.h"

#include "bulk.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "task_print.h"
#include "terminal.h"

#include <stdio.h>
#include <string.h>

/* --- list --- */

static const char *const columns[] = { "id", "recur", "priority", "due", "until", "project", "tags", "title" };

static enum error run_list(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *series = NULL;
	struct task_list_printer printer;
	enum error error = invocation_refuse_words(invocation, trouble);

	if (!error)
		error = invocation_collect(invocation, CALLER_ACCOUNT, "series.list", "series", &series, trouble);
	if (error)
		return error;
	task_list_print_begin_columns(&printer, invocation, columns, COUNT_OF(columns));
	task_list_print_page(&printer, series);
	if (!task_list_print_end(&printer) && task_print_form(&invocation->arguments) == TASK_PRINT_TABLE)
		report_say(
			invocation, "Nothing comes again. To begin: taskctl add Water the plants due:sat recur:weekly");
	return ERROR_NONE;
}

/* --- modify, skip --- */

/* The first word is the id of the series, or of one of its tasks. */
static enum error read_id(const struct invocation *invocation, json_t *params, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char *text = words->count ? words->items[0].text : "";

	if (!words->count || !quick_words_is_item(text, strlen(text)) || quick_words_is_range(text, strlen(text))) {
		(void)trouble_usage(trouble, "which series? Name it by its id or that of one of its tasks");
		trouble_advise(trouble, "which there are: taskctl series list");
		return ERROR_INVALID_PARAMS;
	}
	(void)json_object_set_new(params, "id", quick_words_item(text, strlen(text)));
	return ERROR_NONE;
}

static void say_task(const char *what, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");
	struct buffer line;

	if (!task)
		return;
	buffer_init(&line);
	buffer_printf(&line, "%s %" JSON_INTEGER_FORMAT ": ", what, json_integer_value(json_object_get(task, "id")));
	terminal_clean(&line, json_string_value(title), json_string_length(title));
	if (json_object_get(task, "due"))
		buffer_append_text(&line, ", due ");
	report_append_day(&line, json_string_value(json_object_get(task, "due")), REPORT_DAY_END);
	(void)puts(buffer_text(&line));
	buffer_deinit(&line);
}

static void print_change(const struct invocation *invocation, const json_t *result)
{
	if (invocation->arguments.is_json)
		report_json(result);
	if (invocation->arguments.is_json || invocation->arguments.is_quiet)
		return;
	say_task("Changed series", json_object_get(result, "series"));
	say_task("Skipped task", json_object_get(result, "skipped"));
	say_task(json_object_get(result, "skipped") ? "The next is task" : "Changed task",
		json_object_get(result, "task"));
	report_undo(invocation);
}

static enum error run_modify(struct invocation *invocation, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	json_auto_t *result = NULL;
	enum error error = read_id(invocation, arguments->changes, trouble);

	if (!error)
		error = change_words_read(
			arguments->words.items + 1, arguments->words.count - 1, arguments->changes, trouble);
	if (!error && json_object_size(arguments->changes) == 1)
		error = trouble_usage(trouble, "what is to change? For example: taskctl series modify 3 recur:2wk");
	if (!error)
		error = invocation_change(invocation, "series.modify", arguments->changes, &result, trouble);
	if (error)
		return error;
	print_change(invocation, result);
	report_doubt(invocation, arguments->words.items + 1, arguments->words.count - 1);
	return ERROR_NONE;
}

static enum error run_skip(struct invocation *invocation, struct trouble *trouble)
{
	const char *word = NULL;
	json_auto_t *params = json_object();
	json_auto_t *result = NULL;
	enum error error = invocation_take_word(invocation, "series", &word, trouble);

	if (!error)
		error = read_id(invocation, params, trouble);
	if (!error)
		error = invocation_change(invocation, "series.skip", params, &result, trouble);
	if (!error)
		print_change(invocation, result);
	return error;
}

/* --- the table --- */

static const struct argp_option *const modify_options[] = {
	option_group_title,
	option_group_fields,
	option_group_recurring,
	option_group_untag,
	NULL,
};

const struct command series_commands[] = {
	{ .name = "series list", .summary = "List the series of tasks that come again", .usage = "", .run = run_list },
	{ .name = "series modify",
		.summary = "Change a series, and the task of it that is open",
		.usage = "ID [TITLE…] [recur:RULE] [due:TIME] [project:NAME] [pri:H|M|L] [+TAG…] [-TAG…]",
		.details =
			"ID is that of the series or of one of its tasks. To change one task alone: taskctl modify. To "
			"end a series: taskctl delete ID, with its own.",
		.words = COMMAND_CHANGES,
		.options = modify_options,
		.run = run_modify },
	{ .name = "series skip",
		.summary = "Leave out the task of a series that is open, and go on with the next",
		.usage = "ID",
		.words = COMMAND_NAMES,
		.run = run_skip },
	{ .name = NULL },
};
