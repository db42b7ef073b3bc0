/* The tables of all families, and the way from argv to an exit status. */
#include "command.h"

#include "commands/families.h"
#include "common/cleanup.h"
#include "common/text.h"
#include "invocation.h"
#include "task_print.h"
#include "usage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct command *const command_tables[] = {
	account_commands,
	task_commands,
	task_change_commands,
	daemon_commands,
	help_commands,
	NULL,
};

const struct command *command_find(const char *name)
{
	for (const struct command *const *table = command_tables; *table; table++)
		for (const struct command *command = *table; command->name; command++)
			if (strcmp(command->name, name) == 0)
				return command;
	return NULL;
}

static const char *find_nearest(const char *name)
{
	const char *names[64] = { NULL };
	size_t count = 0;

	for (const struct command *const *table = command_tables; *table; table++)
		for (const struct command *command = *table; command->name && count + 1 < COUNT_OF(names); command++)
			names[count++] = command->name;
	return text_nearest(name, names);
}

enum error command_refuse_unknown(const char *name, struct trouble *trouble)
{
	const char *nearest = find_nearest(name);

	if (nearest)
		return trouble_usage(trouble, "there is no command `%s`; did you mean `%s`?", name, nearest);
	(void)trouble_usage(trouble, "there is no command `%s`", name);
	trouble_advise(trouble, "all of them: taskctl help");
	return ERROR_INVALID_PARAMS;
}

/* --- running --- */

static enum error run_command(struct invocation *invocation, struct trouble *trouble)
{
	const struct command *command = invocation->command;
	enum error error = task_print_check(&invocation->arguments, trouble);

	if (!error && !command->is_offline)
		error = invocation_open(invocation, command->launch, trouble);
	if (!error)
		error = command->run(invocation, trouble);
	invocation_compare_versions(invocation);
	return error;
}

static enum error parse_and_run(struct invocation *invocation, int argc, char **argv, int verb, struct trouble *trouble)
{
	char name[64];
	enum error error;

	invocation->command = command_find(argv[verb]);
	if (!invocation->command)
		return command_refuse_unknown(argv[verb], trouble);
	(void)snprintf(name, sizeof(name), "taskctl %s", argv[verb]);
	argv[verb] = name; /* what getopt puts before its messages */
	error = arguments_parse_command(invocation->command, argc - verb, argv + verb, &invocation->arguments, trouble);
	if (error)
		return error;
	if (invocation->arguments.wants_help) {
		usage_print_command(stdout, invocation->command);
		return ERROR_NONE;
	}
	return run_command(invocation, trouble);
}

static enum error run(struct invocation *invocation, int argc, char **argv, struct trouble *trouble)
{
	int verb = argc;
	enum error error = arguments_parse_global(argc, argv, &invocation->arguments, &verb, trouble);

	if (error)
		return error;
	if (verb < argc && !invocation->arguments.wants_version)
		return parse_and_run(invocation, argc, argv, verb, trouble);
	if (invocation->arguments.wants_version) {
		(void)puts("taskctl " TASKCTL_VERSION);
		return ERROR_NONE;
	}
	usage_print_overview(invocation->arguments.wants_help ? stdout : stderr);
	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	return invocation->arguments.wants_help ? ERROR_NONE : ERROR_INVALID_PARAMS;
}

/* A full disk behind stdout shows only now. */
static enum error finish_output(enum error error, struct trouble *trouble)
{
	bool has_failed = fflush(stdout) || ferror(stdout);

	if (!has_failed || error)
		return error;
	return trouble_set(trouble, ERROR_STORAGE, "cannot write the output: %s", strerror(errno));
}

int command_run(int argc, char **argv)
{
	struct invocation invocation;
	struct trouble trouble = { .exit_status = 0 };
	int status = 0;

	invocation_init(&invocation);
	if (finish_output(run(&invocation, argc, argv, &trouble), &trouble))
		status = trouble_report(&trouble);
	invocation_deinit(&invocation);
	return status;
}
