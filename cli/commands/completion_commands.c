/* Completion: the shells' scripts, and what these ask at every tab. */
#include "commands/families.h"

#include "completion.h"
#include "completion_scripts.h"
#include "completion_values.h"
#include "invocation.h"

#include <stdio.h>
#include <string.h>

static enum error refuse_shell(const char *name, struct trouble *trouble)
{
	(void)trouble_usage(trouble, "there is no completion for `%s`", name);
	trouble_advise(trouble, "there is one for bash, fish and zsh");
	return ERROR_INVALID_PARAMS;
}

static enum error run_completion(struct invocation *invocation, struct trouble *trouble)
{
	const char *shell = NULL;
	enum error error = invocation_take_word(invocation, "shell", &shell, trouble);

	if (error)
		return error;
	for (const struct completion_script *script = completion_scripts; script->shell; script++) {
		if (strcmp(script->shell, shell) != 0)
			continue;
		(void)fputs(script->text, stdout);
		return ERROR_NONE;
	}
	return refuse_shell(shell, trouble);
}

/* Nothing is ever wrong here: a person at the keyboard has asked for nothing yet. */
static enum error run_complete(struct invocation *invocation, struct trouble *trouble)
{
	struct completion completion;

	(void)trouble;
	if (!invocation->arguments.words.count)
		return ERROR_NONE;
	completion_decide(&completion, &invocation->arguments.words);
	completion_values_print(invocation, &completion);
	return ERROR_NONE;
}

static const struct command_example completion_examples[] = {
	{ "completion bash > ~/taskctl.bash", "then `. ~/taskctl.bash` in ~/.bashrc" },
	{ NULL, NULL },
};

const struct command completion_commands[] = {
	{ .name = "completion",
		.summary = "Print the completion script of a shell",
		.usage = "bash|fish|zsh",
		.details = "Where taskctl is installed by a package the shells find it by themselves.",
		.words = COMMAND_NAMES,
		.examples = completion_examples,
		.is_offline = true,
		.run = run_completion },
	{ .name = "complete",
		.summary = "List what can stand where the last word is, for the scripts of completion",
		.usage = "-- WORD…",
		.words = COMMAND_NAMES,
		.is_hidden = true,
		.is_offline = true,
		.run = run_complete },
	{ .name = NULL },
};
