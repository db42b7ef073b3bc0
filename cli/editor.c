/* A shell starts it, since $EDITOR may have options, and quotes. */
#include "editor.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define SHELL         "/bin/sh"
#define NOT_FOUND     127 /* of a shell (POSIX.1-2017, XCU 2.8.2) */
#define EDITOR_USUAL  "vi"
#define COMMAND_BYTES 4096
#define SHELL_SIGNS   "|&;<>()$`\\\"'*?[#~=%\n"
#define BY_SIGNAL     128 /* and its number: as a shell says it */

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

/* No program that we start sees the token. */
static void become_editor(const char *command, const char *path)
{
	(void)unsetenv("TASKCTL_TOKEN");
	(void)execl(SHELL, SHELL, "-c", command, SHELL, path, (char *)NULL);
	_exit(NOT_FOUND);
}

static int wait_for(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : BY_SIGNAL + WTERMSIG(status);
}

/* What system(3) does: the terminal's signals are for whoever has the screen. */
static int run_shell(const char *command, const char *path)
{
	const struct sigaction ignored = { .sa_handler = SIG_IGN };
	struct sigaction interrupt;
	struct sigaction quit;
	pid_t child;
	int status;

	(void)sigaction(SIGINT, &ignored, &interrupt);
	(void)sigaction(SIGQUIT, &ignored, &quit);
	child = fork();
	if (child == 0) {
		(void)sigaction(SIGINT, &interrupt, NULL);
		(void)sigaction(SIGQUIT, &quit, NULL);
		become_editor(command, path);
	}
	status = child < 0 ? -1 : wait_for(child);
	(void)sigaction(SIGINT, &interrupt, NULL);
	(void)sigaction(SIGQUIT, &quit, NULL);
	return status;
}

static enum error refuse_status(int status, const char *editor, struct trouble *trouble)
{
	if (status == NOT_FOUND)
		(void)trouble_usage(trouble, "there is no editor `%s`", editor);
	else if (status == BY_SIGNAL + SIGINT || status == BY_SIGNAL + SIGQUIT)
		(void)trouble_usage(trouble, "the editor `%s` was interrupted", editor);
	else
		(void)trouble_usage(trouble, "the editor `%s` failed", editor);
	if (status == BY_SIGNAL + SIGINT || status == BY_SIGNAL + SIGQUIT)
		trouble->exit_status = EXIT_INTERRUPTED;
	trouble_advise(trouble, "nothing was changed; another editor is chosen by the variable EDITOR");
	return ERROR_INVALID_PARAMS;
}

/* What is words alone the shell makes room for, so that it is not interrupted in the place of the editor. */
static bool make_command(const char *editor, char ret_command[COMMAND_BYTES])
{
	const char *exec = strpbrk(editor, SHELL_SIGNS) ? "" : "exec ";

	return snprintf(ret_command, COMMAND_BYTES, "%s%s \"$1\"", exec, editor) < COMMAND_BYTES;
}

enum error editor_run(const char *path, struct trouble *trouble)
{
	const char *editor = find_editor();
	char command[COMMAND_BYTES];
	struct termios terminal;
	bool is_terminal = tcgetattr(STDIN_FILENO, &terminal) == 0;
	int status;

	if (!make_command(editor, command))
		return trouble_usage(trouble, "the name of the editor is too long");
	(void)fflush(NULL);
	status = run_shell(command, path);
	if (status == 0)
		return ERROR_NONE;
	if (is_terminal)
		(void)tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal);
	return refuse_status(status, editor, trouble);
}
