/* Tasks: changing, one or many. */
#include "commands/families.h"

#include "bulk.h"
#include "change_words.h"
#include "common/cleanup.h"
#include "invocation.h"
#include "option_groups.h"
#include "report.h"
#include "selection.h"

#include <string.h>

/* What differs between the commands: the method, and its words for people. */
static const struct bulk_act acts[] = {
	{ .command = "modify", .method = "task.modify", .infinitive = "Change", .past = "Changed" },
	{ .command = "duplicate",
		.method = "task.duplicate",
		.infinitive = "Duplicate",
		.past = "Added",
		.makes_new = true,
		.is_light = true },
	{ .command = "start", .method = "task.start", .infinitive = "Start", .past = "Started", .is_light = true },
	{ .command = "stop", .method = "task.stop", .infinitive = "Stop", .past = "Stopped", .is_light = true },
	{ .command = "done",
		.method = "task.done",
		.infinitive = "Complete",
		.past = "Completed",
		.children = "complete" },
	{ .command = "delete",
		.method = "task.delete",
		.infinitive = "Delete",
		.past = "Deleted",
		.children = "delete",
		.ends_series = true },
	{ .command = "restore",
		.method = "task.restore",
		.infinitive = "Restore",
		.past = "Restored",
		.is_light = true },
	{ .command = "purge",
		.method = "task.purge",
		.infinitive = "Remove for good",
		.past = "Removed for good",
		.is_final = true },
};

static const struct bulk_act *find_act(const char *command)
{
	const struct bulk_act *act = acts;

	while (strcmp(act->command, command) != 0)
		act++;
	return act;
}

/* start, stop, done, delete, restore, purge: ids, and nothing behind them. */
static enum error run_state_change(struct invocation *invocation, struct trouble *trouble)
{
	json_auto_t *params = json_object();
	enum error error = selection_read_all(invocation, params, trouble);

	return error ? error : bulk_run(invocation, find_act(invocation->command->name), params, trouble);
}

/* IDS, or --filter and then a number is text, and behind them changes. */
static enum error read_changes(struct invocation *invocation, size_t *ret_ids, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	const struct word_list *words = &arguments->words;

	*ret_ids = arguments->filter ? 0 : quick_words_count_ids(words->items, words->count);
	return change_words_read(words->items + *ret_ids, words->count - *ret_ids, arguments->changes, trouble);
}

/* A rule belongs to a series, not to one task of it. */
static enum error refuse_recurrence(const json_t *changes, struct trouble *trouble)
{
	if (!json_object_get(changes, "recur"))
		return ERROR_NONE;
	(void)trouble_usage(trouble, "how often a task comes again is a matter of its series");
	trouble_advise(trouble, "to change it: taskctl series modify ID recur:RULE; which there are: taskctl series");
	return ERROR_INVALID_PARAMS;
}

static enum error run_modify(struct invocation *invocation, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	size_t ids;
	enum error error = read_changes(invocation, &ids, trouble);

	if (!error && !json_object_size(arguments->changes))
		error = trouble_usage(trouble, "what is to change? For example: taskctl modify 3 pri:H +shop");
	if (!error)
		error = refuse_recurrence(arguments->changes, trouble);
	if (!error)
		error = selection_read(invocation, ids, arguments->changes, trouble);
	if (!error)
		error = bulk_run(invocation, find_act("modify"), arguments->changes, trouble);
	if (!error)
		report_doubt(invocation, arguments->words.items + ids, arguments->words.count - ids);
	return error;
}

static enum error run_duplicate(struct invocation *invocation, struct trouble *trouble)
{
	json_t *changes = invocation->arguments.changes;
	size_t ids;
	enum error error = read_changes(invocation, &ids, trouble);

	if (!error && json_object_get(changes, "recur")) {
		error = trouble_usage(trouble, "a duplicate is one task, and does not come again by itself");
		trouble_advise(trouble, "for one that does: taskctl add TITLE recur:RULE");
	}
	if (!error)
		error = selection_read(invocation, ids, changes, trouble);
	return error ? error : bulk_run(invocation, find_act("duplicate"), changes, trouble);
}

static const struct argp_option *const state_options[] = { option_group_filter, option_group_confirming, NULL };
static const struct argp_option *const closing_options[] = {
	option_group_filter,
	option_group_children,
	option_group_confirming,
	NULL,
};
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

static const struct command_example duplicate_examples[] = {
	{ "duplicate 3", "once more, as it is" },
	{ "duplicate 3 \"Buy bread\" due:tomorrow -urgent", "with changes" },
	{ "duplicate -q 3", "prints the id of the new one alone" },
	{ NULL, NULL },
};

static const struct command_example done_examples[] = {
	{ "done 3", "one task" },
	{ "done 3-7,9 --yes", "several; three or more want --yes where nobody can be asked" },
	{ "done -f project:book --dry-run", "only show what would be completed" },
	{ NULL, NULL },
};

static const struct command_example purge_examples[] = {
	{ "delete 3 && taskctl purge 3 --yes", "into the bin, and out of it for good" },
	{ NULL, NULL },
};

#define STATE_USAGE "IDS | -f FILTER"

#define CHANGES_USAGE                                                                                                   \
	"(IDS | -f FILTER) [TITLE…] [project:NAME] [pri:H|M|L] [due:TIME] [wait:TIME] [scheduled:TIME] [until:TIME] " \
	"[depends:IDS] [parent:ID] [+TAG…] [-TAG…]"

const struct command task_change_commands[] = {
	{ .name = "modify",
		.summary = "Change tasks",
		.usage = CHANGES_USAGE,
		.details = "Words that are none of these are a new title. Nothing behind a colon clears, and "
			   "depends:-3 takes one off.",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = modify_options,
		.examples = modify_examples,
		.run = run_modify },
	{ .name = "duplicate",
		.summary = "Add tasks like others",
		.usage = CHANGES_USAGE,
		.details = "The new ones are pending, and have all that the others have, with the changes. Their "
			   "parts, the time spent on them and the series they are of stay behind.",
		.words = COMMAND_CHANGES,
		.takes_ids = true,
		.options = modify_options,
		.examples = duplicate_examples,
		.run = run_duplicate },
	{ .name = "start",
		.summary = "Start working on tasks",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = state_options,
		.run = run_state_change },
	{ .name = "stop",
		.summary = "Stop working on tasks",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = state_options,
		.run = run_state_change },
	{ .name = "done",
		.summary = "Complete tasks",
		.usage = STATE_USAGE,
		.details = "A task with open children is a question on a terminal, and wants --with-children or "
			   "--keep-children elsewhere.",
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = closing_options,
		.examples = done_examples,
		.run = run_state_change },
	{ .name = "delete",
		.summary = "Put tasks into the bin",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = closing_options,
		.run = run_state_change },
	{ .name = "restore",
		.summary = "Make deleted or completed tasks pending again",
		.usage = STATE_USAGE,
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = state_options,
		.run = run_state_change },
	{ .name = "purge",
		.summary = "Remove deleted tasks for good, out of the bin",
		.usage = STATE_USAGE,
		.details = "Nothing brings them back, so that it asks even for one, and wants --yes where nobody can "
			   "be asked.",
		.words = COMMAND_IDS,
		.takes_ids = true,
		.options = state_options,
		.examples = purge_examples,
		.run = run_state_change },
	{ .name = NULL },
};
