/* What a newcomer may want to know next. */
#include "hints.h"

#include "common/cleanup.h"
#include "file_read.h"
#include "report.h"
#include "task_print.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define TOLD_NAME  "hints-told"
#define TOLD_LIMIT 4096 /* bytes: more than all names together */

/* --- which --- */

static bool is_told(const char *name, const char *told)
{
	size_t length = strlen(name);

	while (*told) {
		size_t line = strcspn(told, "\n");

		if (line == length && memcmp(told, name, length) == 0)
			return true;
		told += line + (told[line] == '\n');
	}
	return false;
}

const struct hint *hints_find(const char *command, const char *told)
{
	for (const struct hint *hint = hints_table; hint->name; hint++)
		if (strcmp(hint->command, command) == 0 && !is_told(hint->name, told))
			return hint;
	return NULL;
}

/* --- telling --- */

static bool is_for_a_person(const struct invocation *invocation)
{
	return invocation->preferences.hints == HINTS_ON && invocation->paths.config[0] &&
	       !invocation->arguments.wants_help && !invocation->command->is_hidden &&
	       !invocation->arguments.is_quiet && task_print_form(&invocation->arguments) == TASK_PRINT_TABLE &&
	       isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
}

static bool note_told(int fd, const char *name)
{
	char line[64];
	int length = snprintf(line, sizeof(line), "%s\n", name);

	return write(fd, line, (size_t)length) == length;
}

static void tell(int fd, const char *told, const struct invocation *invocation)
{
	const struct hint *hint = hints_find(invocation->command->name, told);

	if (!hint || !note_told(fd, hint->name))
		return;
	report_say(invocation, "Hint: %s", hint->text);
	if (!told[0])
		report_say(invocation, "Each hint comes once. To have none: taskctl config set hints off");
}

void hints_tell(const struct invocation *invocation)
{
	char path[PATH_MAX + sizeof("/" TOLD_NAME)];
	AUTO_CLOSE int fd = -1;
	struct buffer told;

	if (!invocation->command || !is_for_a_person(invocation) || !hints_find(invocation->command->name, ""))
		return;
	(void)snprintf(path, sizeof(path), "%s/" TOLD_NAME, invocation->paths.config);
	fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	buffer_init(&told);
	if (file_read_all(fd, TOLD_LIMIT, &told))
		tell(fd, buffer_text(&told), invocation);
	buffer_deinit(&told);
}

/* --- the table --- */

const struct hint hints_table[] = {
	{ "first-task", "signup", "the first task: taskctl add \"Buy milk\" due:tomorrow +shop" },
	{ "what-next", "login", "what there is to do, the most urgent first: taskctl next" },
	{ "one-line", "add", "project, tags, priority and dates go into the same line: taskctl help add" },
	{ "dates", "add", "due:fri, due:eom, due:tomorrow+2h: what a date may be is in taskctl help dates" },
	{ "filters", "list",
		"terms narrow a list: taskctl list +shop due.before:eow; all of them: taskctl help filters" },
	{ "reports", "list", "other views are next, ready, overdue, and yours: taskctl report" },
	{ "urgency", "next", "why a task is urgent: taskctl show ID" },
	{ "undo", "done", "any change can be taken back, in its order: taskctl history, taskctl undo" },
	{ "several", "modify", "many at once, with a look at them first: taskctl modify -f project:home +weekend" },
	{ "scripts", "export", "scripts have their own page: taskctl help scripting" },
	{ "context", "projects", "to stay within a project for a while: taskctl context set work project:work" },
	{ "aliases", "report", "a command of your own: taskctl alias set today 'list due:today'" },
	{ NULL, NULL, NULL },
};
