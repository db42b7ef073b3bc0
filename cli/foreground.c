/* Signals and modes are all that two programs on one terminal can take from each other. */
#include "foreground.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHELL_SIGNS "|&;<>()$`\\\"' \t\n*?[#~=%"

void foreground_enter(struct foreground *foreground, int terminal)
{
	const struct sigaction ignored = { .sa_handler = SIG_IGN };

	foreground->terminal = tcgetattr(terminal, &foreground->modes) == 0 ? terminal : -1;
	(void)sigaction(SIGINT, &ignored, &foreground->interrupt);
	(void)sigaction(SIGQUIT, &ignored, &foreground->quit);
	(void)sigaction(SIGPIPE, &ignored, &foreground->pipe);
}

static void give_signals_back(const struct foreground *foreground)
{
	(void)sigaction(SIGINT, &foreground->interrupt, NULL);
	(void)sigaction(SIGQUIT, &foreground->quit, NULL);
	(void)sigaction(SIGPIPE, &foreground->pipe, NULL);
}

void foreground_become(const struct foreground *foreground)
{
	give_signals_back(foreground);
	(void)unsetenv("TASKCTL_TOKEN");
}

int foreground_wait(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : FOREGROUND_BY_SIGNAL + WTERMSIG(status);
}

void foreground_leave(const struct foreground *foreground)
{
	give_signals_back(foreground);
	if (foreground->terminal >= 0)
		(void)tcsetattr(foreground->terminal, TCSADRAIN, &foreground->modes);
}

bool foreground_wants_shell(const char *command)
{
	return strpbrk(command, SHELL_SIGNS);
}
