/* Help, made from the tables. */
#include "commands/families.h"

#include "help_topics.h"
#include "invocation.h"
#include "option_groups.h"
#include "usage.h"

#include <stdio.h>
#include <string.h>

static const struct argp_option list_option[] = {
	{ .name = "list", .key = ARGUMENT_LIST, .doc = "names and summaries alone, for completion" },
	{ 0 },
};

/* Settings that cannot be read are no reason to explain nothing. */
static const struct setting_pair *find_alias(struct invocation *invocation, const char *name)
{
	if (invocation_load_preferences(invocation, NULL))
		return NULL;
	return setting_pairs_find(&invocation->preferences.aliases, name);
}

/* What is no command. */
static enum error explain_other(struct invocation *invocation, const char *name, struct trouble *trouble)
{
	const struct help_topic *topic = help_topic_find(name);
	const struct setting_pair *alias = topic ? NULL : find_alias(invocation, name);
	const char *nearest = help_topic_nearest(name);

	if (topic)
		usage_print_topic(stdout, topic);
	else if (alias)
		usage_print_alias(stdout, name, alias->value);
	else if (nearest)
		return trouble_usage(trouble, "there is no command `%s`; did you mean the topic `%s`?", name, nearest);
	else
		return command_refuse_unknown(name, trouble);
	return ERROR_NONE;
}

/* Its name is one word or two. */
static enum error explain_one(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;
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
	if (strcmp(name, "commands") == 0)
		usage_print_commands(stdout);
	else if (!command)
		return explain_other(invocation, name, trouble);
	else
		(arguments->wants_list ? usage_list_options : usage_print_command)(stdout, command);
	return ERROR_NONE;
}

static enum error run_help(struct invocation *invocation, struct trouble *trouble)
{
	const struct arguments *arguments = &invocation->arguments;

	if (arguments->words.count)
		return explain_one(invocation, trouble);
	(arguments->wants_list ? usage_list_commands : usage_print_overview)(stdout);
	return ERROR_NONE;
}

static const struct argp_option *const help_options[] = { list_option, NULL };

const struct command help_commands[] = {
	{ .name = "help",
		.summary = "Say what the commands are, or what one does, or about a topic",
		.usage = "[COMMAND | commands | dates | filters | recurrence | scripting | settings]",
		.words = COMMAND_NAMES,
		.options = help_options,
		.is_offline = true,
		.run = run_help },
	{ .name = NULL },
};
