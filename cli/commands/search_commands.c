/* Searching tasks by their words. */
#include "commands/families.h"

#include "active_context.h"
#include "invocation.h"
#include "option_groups.h"
#include "task_pages.h"
#include "task_print.h"

#include <stdio.h>

/* Words are the daemon's to read: what stands in one argument may be several. */
static void join_words(const struct arguments *arguments, struct buffer *query)
{
	for (size_t i = 0; i < arguments->words.count; i++)
		buffer_printf(query, "%s%s", i ? " " : "", arguments->words.items[i].text);
}

static void join_filter(const struct arguments *arguments, struct buffer *filter)
{
	if (arguments->filter)
		buffer_append_text(filter, arguments->filter);
	if (arguments->wants_all)
		buffer_append_text(filter, filter->length ? " status:all" : "status:all");
}

static void say_empty(const struct invocation *invocation)
{
	if (task_print_form(&invocation->arguments) != TASK_PRINT_TABLE)
		return;
	(void)fflush(stdout);
	(void)fputs(invocation->arguments.wants_all ? "No task has that.\n"
						    : "No task has that. Look among all of them: --all\n",
		stderr);
}

static enum error search(struct invocation *invocation, const char *query, const char *filter, struct trouble *trouble)
{
	json_auto_t *params = json_pack("{s:s, s:s}", "query", query, "filter", filter);
	size_t count = 0;
	enum error error;

	if (!params)
		return trouble_usage(trouble, "the words or the filter are not UTF-8");
	error = active_context_apply(invocation, params, trouble);
	if (!error)
		error = task_pages_print(invocation, "task.search", params, &count, trouble);
	active_context_advise(error, params, trouble);
	if (!error && !count)
		say_empty(invocation);
	return error;
}

static enum error run_search(struct invocation *invocation, struct trouble *trouble)
{
	struct buffer query, filter;
	enum error error;

	if (!invocation->arguments.words.count) {
		(void)trouble_usage(trouble, "which words? Name them: taskctl search milk");
		trouble_advise(trouble, "see: taskctl help search");
		return ERROR_INVALID_PARAMS;
	}
	buffer_init(&query);
	buffer_init(&filter);
	join_words(&invocation->arguments, &query);
	join_filter(&invocation->arguments, &filter);
	error = search(invocation, buffer_text(&query), buffer_text(&filter), trouble);
	buffer_deinit(&query);
	buffer_deinit(&filter);
	return error;
}

static const struct argp_option *const search_options[] = { option_group_filter, option_group_reading, NULL };

static const struct command_example search_examples[] = {
	{ "search milk", "also in milkshake: the last word may be half typed" },
	{ "search buy 'mil*' -soy", "all words, the beginning of one, and one that must not occur" },
	{ "search '\"whole grain\"' --all", "words one behind the other, among all tasks" },
	{ "search -f project:home rent", "of what a filter finds" },
	{ NULL, NULL },
};

const struct command search_commands[] = {
	{ .name = "search",
		.summary = "Search titles, notes and annotations, the best first",
		.usage = "WORD… [-f FILTER]",
		.details = "Finds the pending tasks that are not waiting, unless you say otherwise, and that have all "
			   "words.\n"
			   "Case and accents make no difference. WORD* is how a word begins, -WORD must not occur,\n"
			   "and \"WORDS\" in double quotes stand one behind the other.",
		.words = COMMAND_TERMS,
		.options = search_options,
		.examples = search_examples,
		.run = run_search },
	{ .name = NULL },
};
