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

static enum error run_help(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
	const struct command *command;

	if (!arguments->words.count) {
		(arguments->wants_list ? usage_list_commands : usage_print_overview)(stdout);
		return ERROR_NONE;
	}
	command = command_find(arguments->words.items[0].text);
	if (!command)
		return command_refuse_unknown(arguments->words.items[0].text, trouble);
	(arguments->wants_list ? usage_list_options : usage_print_command)(stdout, command);
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
