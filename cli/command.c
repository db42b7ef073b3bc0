/* The tables of all families, and the way from argv to an exit status. */
#include "command.h"

#include "aliases.h"
#include "commands/families.h"
#include "common/buffer.h"
#include "common/text.h"
#include "hints.h"
#include "id_input.h"
#include "invocation.h"
#include "next_command.h"
#include "task_print.h"
#include "usage.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define NAME_SIZE  64
#define NAMES_MOST 160

const struct command_family command_families[] = {
	{ "Tasks", task_commands },
	{ "Searching", search_commands },
	{ "Changing tasks", task_change_commands },
	{ "What tasks say", writing_commands },
	{ "Remarks on tasks", annotation_commands },
	{ "Taking back", undo_commands },
	{ "What has changed", history_commands },
	{ "Tasks that come again", series_commands },
	{ "Reports", report_commands },
	{ "What is urgent", urgency_commands },
	{ "Projects and tags", label_commands },
	{ "Time", time_commands },
	{ "The calendar", calendar_commands },
	{ "How far projects are", summary_commands },
	{ "How far all of it is", picture_commands },
	{ "In scripts", script_commands },
	{ "Contexts", context_commands },
	{ "Fields of your own", field_commands },
	{ "To and from other programs", trade_commands },
	{ "Coming from Taskwarrior", taskwarrior_commands },
	{ "Logging in", account_commands },
	{ "Logins on this machine", auth_commands },
	{ "Your account", account_change_commands },
	{ "What is kept about you", account_read_commands },
	{ "Your sessions", session_commands },
	{ "Your tokens", token_commands },
	{ "Settings", config_commands },
	{ "Commands of your own", alias_commands },
	{ "The daemon", daemon_commands },
	{ "For whoever runs the daemon", operator_commands },
	{ "Backups", backup_commands },
	{ "Completion", completion_commands },
	{ "Help", help_commands },
	{ NULL, NULL },
};

const struct command *command_at(size_t index)
{
	for (const struct command_family *family = command_families; family->commands; family++)
		for (const struct command *command = family->commands; command->name; command++)
			if (!index--)
				return command;
	return NULL;
}

const struct command *command_find(const char *name)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

bool command_belongs_to(const struct command *command, const char *word)
{
	size_t length = strlen(word);

	return strncmp(command->name, word, length) == 0 && command->name[length] == ' ';
}

bool command_has_second_words(const char *word)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (command_belongs_to(command, word))
			return true;
	return false;
}

/* --- what there is not --- */

static const char *find_nearest(const char *name)
{
	const char *names[NAMES_MOST] = { NULL };
	const struct command *command;
	size_t count = 0;

	for (size_t i = 0; (command = command_at(i)) && count + 1 < NAMES_MOST; i++)
		if (!command->is_hidden)
			names[count++] = command->name;
	return text_nearest(name, names);
}

static void append_second_words(struct buffer *out, const char *word)
{
	const struct command *command;

	for (size_t i = 0; (command = command_at(i)); i++)
		if (command_belongs_to(command, word))
			buffer_printf(out, "%s%s", out->length ? ", " : "", command->name + strlen(word) + 1);
}

static void advise_commands(const char *name, struct trouble *trouble)
{
	char word[NAME_SIZE];
	struct buffer words;

	(void)snprintf(word, sizeof(word), "%.*s", (int)strcspn(name, " "), name);
	buffer_init(&words);
	append_second_words(&words, word);
	if (words.length)
		trouble_advise(trouble, "behind `%s` goes one of: %s", word, buffer_text(&words));
	else
		trouble_advise(trouble, "all of them: taskctl help");
	buffer_deinit(&words);
}

enum error command_refuse_unknown(const char *name, struct trouble *trouble)
{
	const char *nearest = find_nearest(name);

	if (nearest)
		return trouble_usage(trouble, "there is no command `%s`; did you mean `%s`?", name, nearest);
	(void)trouble_usage(trouble, "there is no command `%s`", name);
	advise_commands(name, trouble);
	return ERROR_INVALID_PARAMS;
}

/* --- which one is meant --- */

/* A family's name alone is its list, unless it is a command itself or help is wanted about all of them. */
static const struct command *find_alone(const char *first, const struct arguments *arguments)
{
	const struct command *command = command_find(first);
	char name[NAME_SIZE];

	if (command || arguments->wants_help)
		return command;
	(void)snprintf(name, sizeof(name), "%s list", first);
	return command_find(name);
}

/* What stands behind may be a word of the command that the first one names: "report next". */
static enum error select_first(
	const char *first, const char *name, const struct command **ret_command, struct trouble *trouble)
{
	const struct command *command = command_find(first);

	if (!command || command->words == COMMAND_NO_WORDS)
		return command_refuse_unknown(name, trouble);
	*ret_command = command;
	return ERROR_NONE;
}

/* The second word is looked for as the verb is: behind the global options. */
static enum error select_second(int argc, char **argv, int *verb, struct arguments *arguments,
	const struct command **ret_command, struct trouble *trouble)
{
	const char *first = argv[*verb];
	char name[NAME_SIZE];
	int behind = argc - *verb;
	enum error error = arguments_parse_global(argc - *verb, argv + *verb, arguments, &behind, trouble);

	if (error)
		return error;
	if (*verb + behind == argc) {
		*ret_command = find_alone(first, arguments);
		return ERROR_NONE;
	}
	(void)snprintf(name, sizeof(name), "%s %s", first, argv[*verb + behind]);
	*ret_command = command_find(name);
	if (!*ret_command)
		return select_first(first, name, ret_command, trouble);
	*verb += behind;
	return ERROR_NONE;
}

enum error command_select(int argc, char **argv, int *verb, struct arguments *arguments,
	const struct command **ret_command, struct trouble *trouble)
{
	if (command_has_second_words(argv[*verb]))
		return select_second(argc, argv, verb, arguments, ret_command, trouble);
	*ret_command = command_find(argv[*verb]);
	return *ret_command ? ERROR_NONE : command_refuse_unknown(argv[*verb], trouble);
}

/* --- running --- */

static enum error run_command(struct invocation *invocation, struct trouble *trouble)
{
	const struct command *command = invocation->command;
	enum error error = task_print_check(&invocation->arguments, trouble);

	if (!error && command->takes_ids)
		error = id_input_read(&invocation->arguments, command->words, stdin, trouble);
	if (!error && !command->is_offline)
		error = invocation_open(invocation, command->launch, trouble);
	if (!error)
		error = command->run(invocation, trouble);
	if (!command->is_hidden)
		invocation_compare_versions(invocation);
	return error;
}

/* A usage error that has been printed already. */
static enum error refuse_printed(struct trouble *trouble)
{
	*trouble = (struct trouble){ .refusal.error = ERROR_INVALID_PARAMS };
	return ERROR_INVALID_PARAMS;
}

static enum error name_second_words(const struct invocation *invocation, const char *word, struct trouble *trouble)
{
	usage_print_second_words(invocation->arguments.wants_help ? stdout : stderr, word);
	return invocation->arguments.wants_help ? ERROR_NONE : refuse_printed(trouble);
}

enum error command_delegate(struct invocation *invocation, int argc, char **argv, struct trouble *trouble)
{
	struct arguments *arguments = &invocation->arguments;
	int verb = 0;
	enum error error;

	word_list_deinit(&arguments->words);
	error = command_select(argc, argv, &verb, arguments, &invocation->command, trouble);
	if (!error && !invocation->command)
		error = command_refuse_unknown(argv[0], trouble);
	if (!error)
		error = arguments_parse_command(invocation->command, argc - verb, argv + verb, arguments, trouble);
	if (!error)
		error = task_print_check(arguments, trouble);
	return error ? error : invocation->command->run(invocation, trouble);
}

static enum error parse_and_run(struct invocation *invocation, int argc, char **argv, int verb, struct trouble *trouble)
{
	const char *word = argv[verb];
	char name[NAME_SIZE + 8];
	enum error error = command_select(argc, argv, &verb, &invocation->arguments, &invocation->command, trouble);

	if (error)
		return error;
	if (!invocation->command)
		return name_second_words(invocation, word, trouble);
	(void)snprintf(name, sizeof(name), "taskctl %s", invocation->command->name);
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

/* --- words that stand for others --- */

/* Where there is no home folder there are no settings, and nothing is wrong with that yet. */
static enum error load_preferences(struct invocation *invocation, struct trouble *trouble)
{
	return paths_find(&invocation->paths, NULL) ? ERROR_NONE : invocation_load_preferences(invocation, trouble);
}

static enum error put_default(
	struct invocation *invocation, int verb, struct command_line *line, struct trouble *trouble)
{
	enum error error = load_preferences(invocation, trouble);
	const char *words = invocation->preferences.default_command;

	return error || !words ? error : alias_insert(words, &invocation->arena, verb, verb, line, trouble);
}

/* What is near an alias, and near no command. */
static enum error suggest_alias(const struct invocation *invocation, const char *word, struct trouble *trouble)
{
	const char *nearest = alias_nearest(&invocation->preferences, word);

	if (!nearest || find_nearest(word))
		return ERROR_NONE;
	return trouble_usage(trouble, "there is no command `%s`; did you mean your alias `%s`?", word, nearest);
}

/* The verb alone may be an alias; where there is none, the settings may have one. */
static enum error complete_line(
	struct invocation *invocation, int verb, struct command_line *line, struct trouble *trouble)
{
	enum error error = verb < line->argc ? ERROR_NONE : put_default(invocation, verb, line, trouble);

	if (error || verb == line->argc || alias_is_taken(line->argv[verb]))
		return error;
	error = load_preferences(invocation, trouble);
	if (!error)
		error = alias_expand(&invocation->preferences, &invocation->arena, verb, line, trouble);
	if (!error && !alias_is_taken(line->argv[verb]))
		error = suggest_alias(invocation, line->argv[verb], trouble);
	return error;
}

static enum error run_line(struct invocation *invocation, int verb, struct command_line *line, struct trouble *trouble)
{
	enum error error = ERROR_NONE;

	if (verb < line->argc || !invocation->arguments.wants_help)
		error = complete_line(invocation, verb, line, trouble);
	if (error)
		return error;
	if (verb < line->argc)
		return parse_and_run(invocation, line->argc, line->argv, verb, trouble);
	usage_print_overview(invocation->arguments.wants_help ? stdout : stderr);
	return invocation->arguments.wants_help ? ERROR_NONE : refuse_printed(trouble);
}

static enum error run(struct invocation *invocation, int argc, char **argv, struct trouble *trouble)
{
	struct command_line line = { .argc = argc, .argv = argv };
	int verb = argc;
	enum error error = arguments_parse_global(argc, argv, &invocation->arguments, &verb, trouble);

	if (error)
		return error;
	if (!invocation->arguments.wants_version)
		return run_line(invocation, verb, &line, trouble);
	(void)puts("taskctl " TASKCTL_VERSION);
	return ERROR_NONE;
}

/* A full disk behind stdout shows only now. */
static enum error finish_output(enum error error, struct trouble *trouble)
{
	bool has_failed = fflush(stdout) || ferror(stdout);

	if (!has_failed || error)
		return error;
	return trouble_set(trouble, ERROR_STORAGE, "cannot write the output: %s", strerror(errno));
}

/* --- another name --- */

#define OTHER_NAME "task"
#define OTHER_VERB "tw"

static bool is_other_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return path && strcmp(slash ? slash + 1 : path, OTHER_NAME) == 0;
}

/* The verb that the other name stands for goes before all words. */
static void put_verb(struct invocation *invocation, struct command_line *line)
{
	char **argv = arena_array(&invocation->arena, (size_t)line->argc + 2, sizeof(*argv));

	argv[0] = line->argv[0];
	argv[1] = arena_strdup(&invocation->arena, OTHER_VERB);
	memcpy(argv + 2, line->argv + 1, (size_t)line->argc * sizeof(*argv)); /* the NULL as well */
	*line = (struct command_line){ .argc = line->argc + 1, .argv = argv };
}

int command_run(int argc, char **argv)
{
	struct command_line line = { .argc = argc, .argv = argv };
	struct invocation invocation;
	struct trouble trouble = { .exit_status = 0 };
	int status = 0;

	invocation_init(&invocation);
	if (is_other_name(argv[0]))
		put_verb(&invocation, &line);
	if (finish_output(run(&invocation, line.argc, line.argv, &trouble), &trouble)) {
		next_command_advise(invocation.command, &trouble);
		status = trouble_report(&trouble);
	} else {
		hints_tell(&invocation);
	}
	invocation_deinit(&invocation);
	return status;
}
