/* Tasks: changing, one or many. */
#include "commands/families.h"

#include "bulk.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"

#include <string.h>

/* What differs between the commands: the method, and its words for people. */
static const struct bulk_act acts[] = {
	{ .command = "modify", .method = "task.modify", .infinitive = "Change", .past = "Changed" },
	{ .command = "start", .method = "task.start", .infinitive = "Start", .past = "Started" },
	{ .command = "stop", .method = "task.stop", .infinitive = "Stop", .past = "Stopped" },
	{ .command = "done", .method = "task.done", .infinitive = "Complete", .past = "Completed" },
	{ .command = "delete", .method = "task.delete", .infinitive = "Delete", .past = "Deleted", .undo = "restore" },
	{ .command = "restore", .method = "task.restore", .infinitive = "Restore", .past = "Restored" },
};

static const struct bulk_act *find_act(const char *command)
{
	const struct bulk_act *act = acts;

	while (strcmp(act->command, command) != 0)
		act++;
	return act;
}

static enum error refuse_selection(const struct invocation *invocation, struct trouble *trouble, const char *reason)
{
	const char *name = invocation->command->name;

	(void)trouble_usage(trouble, "%s", reason);
	trouble_advise(trouble, "say which: taskctl %s 3, or taskctl %s -f project:home", name, name);
	return ERROR_INVALID_PARAMS;
}

/* Ids or a filter, one of them; never "all" by itself. */
static enum error read_selection(
	const struct invocation *invocation, size_t ids, json_t *params, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	json_t *filter;

	if (!ids && !arguments->filter)
		return refuse_selection(invocation, trouble, "which tasks? There is neither an id nor a filter");
	if (ids && arguments->filter)
		return refuse_selection(invocation, trouble, "ids and --filter exclude each other");
	if (ids) {
		quick_words_read_selection(arguments->words.items, ids, params);
		return ERROR_NONE;
	}
	filter = json_string(arguments->filter);
	if (!filter)
		return trouble_usage(trouble, "the filter is not UTF-8");
	(void)json_object_set_new(params, "filter", filter);
	return ERROR_NONE;
}

/* start, stop, done, delete, restore: ids, and nothing behind them. */
static enum error run_state_change(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	size_t ids = quick_words_count_ids(words->items, words->count);
	json_auto_t *params = json_object();
	enum error error;

	if (ids < words->count) {
		(void)trouble_usage(
			trouble, "`%s` is no id: those are like 3, 3-7,9 or 6f1c2b9e", words->items[ids].text);
		trouble_advise(trouble, "for a filter: taskctl %s -f FILTER", invocation->command->name);
		return ERROR_INVALID_PARAMS;
	}
	error = read_selection(invocation, ids, params, trouble);
	return error ? error : bulk_run(invocation, find_act(invocation->command->name), params, trouble);
}

static enum error run_modify(struct invocation *invocation, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	size_t ids = quick_words_count_ids(arguments->words.items, arguments->words.count);
	enum error error;

	if (arguments->filter)
		ids = 0; /* then a number is text */
	error = quick_words_read_changes(
		arguments->words.items + ids, arguments->words.count - ids, arguments->changes, trouble);
	if (!error && !json_object_size(arguments->changes))
		error = trouble_usage(trouble, "what is to change? For example: taskctl modify 3 pri:H +shop");
	if (!error)
		error = read_selection(invocation, ids, arguments->changes, trouble);
	return error ? error : bulk_run(invocation, find_act("modify"), arguments->changes, trouble);
}

static const struct argp_option *const state_options[] = { option_group_filter, option_group_confirming, NULL };
static const struct argp_option *const modify_options[] = {
	option_group_filter,
	option_group_title,
	option_group_fields,
	option_group_untag,
	option_group_confirming,
	NULL,
};

static const struct command_example modify_examples[] = {
	{ "modify 3 pri:H +urgent", "one task" },
	{ "modify 3 due: -urgent", "nothing behind the colon clears" },
	{ "modify -f project:home project:house --yes", "all that a filter finds" },
	{ NULL, NULL },
};

static const struct command_example done_examples[] = {
	{ "done 3", "one task" },
	{ "done 3-7,9 --yes", "several; three or more want --yes where nobody can be asked" },
	{ "done -f project:book --dry-run", "only show what would be completed" },
	{ NULL, NULL },
};

#define STATE_USAGE "IDS | -f FILTER"

const struct command task_change_commands[] = {
	{ .name = "modify",
		.summary = "Change tasks",
		.usage = "(IDS | -f FILTER) [TITLE…] [project:NAME] [pri:H|M|L] [due:TIME] [wait:TIME] [+TAG…] [-TAG…]",
		.details = "Words that are none of these are a new title. Nothing behind a colon clears.",
		.words = COMMAND_CHANGES,
		.options = modify_options,
		.examples = modify_examples,
		.run = run_modify },
	{ .name = "start",
		.summary = "Start working on tasks",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.options = state_options,
		.run = run_state_change },
	{ .name = "stop",
		.summary = "Stop working on tasks",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.options = state_options,
		.run = run_state_change },
	{ .name = "done",
		.summary = "Complete tasks",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.options = state_options,
		.examples = done_examples,
		.run = run_state_change },
	{ .name = "delete",
		.summary = "Put tasks into the bin",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.options = state_options,
		.run = run_state_change },
	{ .name = "restore",
		.summary = "Make deleted or completed tasks pending again",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.options = state_options,
		.run = run_state_change },
	{ .name = NULL },
};
