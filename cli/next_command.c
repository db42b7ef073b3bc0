/* What to type next. */
#include "next_command.h"

#include "common/cleanup.h"

#include <stdio.h>
#include <string.h>

/* --- methods that a message names --- */

/* The daemon speaks to programs. */
static const struct {
	const char *method;
	const char *command;
} names[] = {
	{ "context.delete", "taskctl context delete" },
	{ "report.delete", "taskctl report delete" },
	{ "field.define", "taskctl field define" },
	{ "history.redo", "taskctl redo" },
	{ "series.modify", "taskctl series modify" },
};

static void replace_first(char *message, size_t size, const char *method, const char *command)
{
	char made[REFUSAL_MESSAGE_SIZE];
	const char *found = strstr(message, method);

	if (!found)
		return;
	(void)snprintf(
		made, sizeof(made), "%.*s`%s`%s", (int)(found - message), message, command, found + strlen(method));
	(void)snprintf(message, size, "%s", made);
}

static void name_commands(struct refusal *refusal)
{
	for (size_t i = 0; i < COUNT_OF(names); i++)
		replace_first(refusal->message, sizeof(refusal->message), names[i].method, names[i].command);
}

/* --- by the field --- */

static const struct {
	const char *field;
	const char *next;
} by_field[] = {
	{ "filter", "what a filter may be: taskctl help filters" },
	{ "due", "what a date may be: taskctl help dates" },
	{ "wait", "what a date may be: taskctl help dates" },
	{ "scheduled", "what a date may be: taskctl help dates" },
	{ "until", "what a date may be: taskctl help dates" },
	{ "recur", "what it may be: taskctl help recurrence" },
	{ "timezone", "about time zones: man taskctl-dates" },
	{ "context", "which there are: taskctl context list" },
	{ "report", "which there are: taskctl report list" },
};

static const char *find_by_field(const char *field)
{
	for (size_t i = 0; i < COUNT_OF(by_field); i++)
		if (strcmp(by_field[i].field, field) == 0)
			return by_field[i].next;
	return NULL;
}

/* --- by the error and the command --- */

static void set_next(struct trouble *trouble, const char *what, const char *command)
{
	(void)snprintf(trouble->next, sizeof(trouble->next), "%s: taskctl %s", what, command);
}

static void name_help(const struct command *command, struct trouble *trouble)
{
	char line[96] = "help";

	if (command)
		(void)snprintf(line, sizeof(line), "help %s", command->name);
	set_next(trouble, command ? "how it goes" : "all commands", line);
}

/* Commands with a list beside them, of things of one kind: "token revoke" and "token list". */
static bool has_list(const struct command *command, char *ret_list, size_t size)
{
	int length = (int)strcspn(command->name, " ");

	(void)snprintf(ret_list, size, "%.*s list", length, command->name);
	return command->name[length] && command_find(ret_list);
}

/* Projects and tags have theirs under other names. */
static const struct {
	const char *family;
	const char *list;
} lists[] = {
	{ "project ", "projects --all" },
	{ "tag ", "tags --all" },
};

static void name_list(const struct command *command, struct trouble *trouble)
{
	char list[64];

	if (!command || strncmp(trouble->refusal.message, "there is no task ", 17) == 0 || command->takes_ids) {
		set_next(trouble, "which there are", "list --all");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (strncmp(command->name, lists[i].family, strlen(lists[i].family)) == 0) {
			set_next(trouble, "which there are", lists[i].list);
			return;
		}
	if (has_list(command, list, sizeof(list)))
		set_next(trouble, "which there are", list);
	else
		name_help(command, trouble);
}

static void name_history(const struct command *command, struct trouble *trouble)
{
	if (command && (command->takes_ids || command->words == COMMAND_CHANGES))
		set_next(trouble, "what has happened", "history");
	else
		name_help(command, trouble);
}

static void name_login(const struct command *command, struct trouble *trouble)
{
	(void)command;
	set_next(trouble, "to log in", "login");
}

static void name_identity(const struct command *command, struct trouble *trouble)
{
	(void)command;
	set_next(trouble, "who you are", "whoami");
}

static void name_status(const struct command *command, struct trouble *trouble)
{
	(void)command;
	set_next(trouble, "how the daemon is", "daemon status");
}

static void (*const by_error[ERROR_COUNT])(const struct command *command, struct trouble *trouble) = {
	[ERROR_PARSE] = name_status,
	[ERROR_INVALID_REQUEST] = name_status,
	[ERROR_UNKNOWN_METHOD] = name_status,
	[ERROR_INVALID_PARAMS] = name_help,
	[ERROR_INTERNAL] = name_status,
	[ERROR_UNAUTHENTICATED] = name_login,
	[ERROR_FORBIDDEN] = name_identity,
	[ERROR_NOT_FOUND] = name_list,
	[ERROR_CONFLICT] = name_history,
	[ERROR_GONE] = name_history,
	[ERROR_TOO_LARGE] = name_help,
	[ERROR_RATE_LIMITED] = name_status,
	[ERROR_UNAVAILABLE] = name_status,
	[ERROR_DEADLINE] = name_status,
	[ERROR_STORAGE] = name_status,
};

/* --- whether there is need --- */

/* A command's line, or a page of the manual. */
static bool names_command(const char *text)
{
	const char *page = strstr(text, "taskctl-");

	if (page && strchr(page, '('))
		return true;
	return strstr(text, "taskctl ") || strstr(text, "taskd ") || strstr(text, "man taskctl");
}

void next_command_advise(const struct command *command, struct trouble *trouble)
{
	struct refusal *refusal = &trouble->refusal;
	const char *next;

	if (command && (command->is_hidden || strcmp(command->name, "help") == 0))
		command = NULL;
	name_commands(refusal);
	if (trouble->exit_status == EXIT_INTERRUPTED || refusal->error == ERROR_NONE ||
		names_command(refusal->message) || names_command(trouble->advice) ||
		(!refusal->message[0] && !trouble->advice[0]))
		return;
	next = refusal->error == ERROR_INVALID_PARAMS ? find_by_field(refusal->field) : NULL;
	if (next)
		(void)snprintf(trouble->next, sizeof(trouble->next), "%s", next);
	else
		by_error[refusal->error](command, trouble);
}
