/* Help, made from the tables. */
#include "commands/families.h"

#include "invocation.h"
#include "option_groups.h"
#include "usage.h"

#include <stdio.h>

static const struct argp_option list_option[] = {
	{ .name = "list", .key = ARGUMENT_LIST, .doc = "names and summaries alone, for completion" },
	{ 0 },
};

/* Its name is one word or two. */
static enum error explain_one(const struct arguments *arguments, struct trouble *trouble)
{
	const struct word_list *words = &arguments->words;
	const char *first = words->items[0].text;
	char name[128];
	const struct command *command;

	(void)snprintf(name, sizeof(name), "%s%s%s", first, words->count > 1 ? " " : "",
		words->count > 1 ? words->items[1].text : "");
	command = command_find(name);
	if (!command && words->count == 1 && command_has_second_words(first)) {
		usage_print_second_words(stdout, first);
		return ERROR_NONE;
	}
	if (!command)
		return command_refuse_unknown(name, trouble);
	(arguments->wants_list ? usage_list_options : usage_print_command)(stdout, command);
	return ERROR_NONE;
}

static enum error run_help(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;

	if (arguments->words.count)
		return explain_one(arguments, trouble);
	(arguments->wants_list ? usage_list_commands : usage_print_overview)(stdout);
	return ERROR_NONE;
}

static const struct argp_option *const help_options[] = { list_option, NULL };

const struct command help_commands[] = {
	{ .name = "help",
		.summary = "Say what the commands are, or what one does",
		.usage = "[COMMAND]",
		.words = COMMAND_NAMES,
		.options = help_options,
		.is_offline = true,
		.run = run_help },
	{ .name = NULL },
};
