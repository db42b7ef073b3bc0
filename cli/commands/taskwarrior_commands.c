/* Taskwarrior's command line, for those who come from there. */
#include "commands/families.h"

#include "common/memory.h"
#include "invocation.h"
#include "taskwarrior/tw.h"

static enum error run_tw(struct invocation *invocation, struct trouble *trouble)
{
	const struct word_list *words = &invocation->arguments.words;
	const char **arguments = arena_array(&invocation->arena, words->count, sizeof(*arguments));
	size_t count = words->count;

	for (size_t i = 0; i < count; i++)
		arguments[i] = words->items[i].text;
	return tw_run(invocation, arguments, count, trouble);
}

static const struct command_example tw_examples[] = {
	{ "tw add Buy milk project:home +shop due:tomorrow", "as task add" },
	{ "tw +shop due.before:eow list", "the filter, then the command" },
	{ "tw rc.confirmation=off 3 done", "with a setting for this line" },
	{ NULL, NULL },
};

const struct command taskwarrior_commands[] = {
	{ .name = "tw",
		.summary = "Understand a command line of Taskwarrior's",
		.usage = "[FILTER…] [COMMAND] [MODIFICATION…]",
		.details = "All words are Taskwarrior's, its options too. A link to taskctl that is called `task` does "
			   "the same. See taskctl-taskwarrior(7).",
		.words = COMMAND_RAW,
		.examples = tw_examples,
		.run = run_tw },
	{ .name = NULL },
};
