/* A shell starts it, since $EDITOR may have options, and quotes. */
#include "editor.h"

#include "foreground.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define SHELL         "/bin/sh"
#define EDITOR_USUAL  "vi"
#define COMMAND_BYTES 4096
#define INTERRUPTED   (FOREGROUND_BY_SIGNAL + SIGINT)
#define QUIT          (FOREGROUND_BY_SIGNAL + SIGQUIT)

/* NULL: nobody said which. */
static const char *find_said(void)
{
	static const char *const variables[] = { "VISUAL", "EDITOR", NULL };

	for (const char *const *name = variables; *name; name++) {
		const char *value = getenv(*name);

		if (value && value[0])
			return value;
	}
	return NULL;
}

static const char *find_editor(void)
{
	const char *said = find_said();

	return said ? said : EDITOR_USUAL;
}

enum error editor_check(struct trouble *trouble)
{
	if (find_said() || isatty(STDIN_FILENO))
		return ERROR_NONE;
	(void)trouble_usage(trouble, "there is no editor to open");
	trouble_advise(trouble, "say which by the variable EDITOR; without one: taskctl modify, taskctl note");
	return ERROR_INVALID_PARAMS;
}

static int run_shell(const struct foreground *foreground, const char *command, const char *path)
{
	pid_t child = fork();

	if (child)
		return child < 0 ? -1 : foreground_wait(child);
	foreground_become(foreground);
	(void)execl(SHELL, SHELL, "-c", command, SHELL, path, (char *)NULL);
	_exit(FOREGROUND_NOT_FOUND);
}

static enum error refuse_status(int status, const char *editor, struct trouble *trouble)
{
	if (status == FOREGROUND_NOT_FOUND)
		(void)trouble_usage(trouble, "there is no editor `%s`", editor);
	else if (status == INTERRUPTED || status == QUIT)
		(void)trouble_usage(trouble, "the editor `%s` was interrupted", editor);
	else
		(void)trouble_usage(trouble, "the editor `%s` failed", editor);
	if (status == INTERRUPTED || status == QUIT)
		trouble->exit_status = EXIT_INTERRUPTED;
	trouble_advise(trouble, "nothing was changed; another editor is chosen by the variable EDITOR");
	return ERROR_INVALID_PARAMS;
}

/* What is words alone the shell makes room for, so that it is not interrupted in the place of the editor. */
static bool make_command(const char *editor, char ret_command[COMMAND_BYTES])
{
	const char *exec = foreground_wants_shell(editor) ? "" : "exec ";

	return snprintf(ret_command, COMMAND_BYTES, "%s%s \"$1\"", exec, editor) < COMMAND_BYTES;
}

enum error editor_run(const char *path, struct trouble *trouble)
{
	const char *editor = find_editor();
	char command[COMMAND_BYTES];
	struct foreground foreground;
	int status;

	if (!make_command(editor, command))
		return trouble_usage(trouble, "the name of the editor is too long");
	(void)fflush(NULL);
	foreground_enter(&foreground, STDIN_FILENO);
	status = run_shell(&foreground, command, path);
	foreground_leave(&foreground);
	return status ? refuse_status(status, editor, trouble) : ERROR_NONE;
}
