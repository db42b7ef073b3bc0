/*
 * Runs a command on a terminal of its own and talks to it: on_terminal COLUMNS COMMAND… <SCRIPT.
 *
 * A line of the script is "wait TEXT", until the terminal has shown the text (behind what was waited for before), or
 * "send TEXT", in which \r and \c stand for Return and Ctrl-C. At the script's end the command is left to end. What the
 * terminal showed goes to stdout; the exit status is the command's, 128 + N for a signal, and 99 when a text never
 * came.
 */
#include "common/buffer.h"
#include "common/memory.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE_MS  60000
#define NEVER_STATUS 99

struct session {
	int fd;
	pid_t child;
	struct buffer shown;
	size_t seen; /* of shown: what was waited for */
};

/* False at the end of what the terminal shows. */
static bool read_more(struct session *session)
{
	struct pollfd readable = { .fd = session->fd, .events = POLLIN };
	ssize_t length;

	if (poll(&readable, 1, PATIENCE_MS) != 1)
		return false;
	length = read(session->fd, buffer_reserve(&session->shown, 4096), 4096);
	if (length <= 0)
		return false;
	session->shown.length += (size_t)length;
	return true;
}

static bool wait_for(struct session *session, const char *text)
{
	size_t length = strlen(text);

	for (;;) {
		const char *start = session->shown.data + session->seen;
		const char *found = session->shown.length > session->seen
					    ? memmem(start, session->shown.length - session->seen, text, length)
					    : NULL;

		if (found) {
			session->seen = (size_t)(found - session->shown.data) + length;
			return true;
		}
		if (!read_more(session))
			return false;
	}
}

static bool send_text(const struct session *session, const char *text)
{
	for (; *text; text++) {
		char byte = *text;

		if (byte == '\\' && (text[1] == 'r' || text[1] == 'c'))
			byte = *++text == 'r' ? '\r' : '\003';
		if (write(session->fd, &byte, 1) != 1)
			return false;
	}
	return true;
}

static bool follow(struct session *session, const char *line)
{
	if (strncmp(line, "wait ", 5) == 0)
		return wait_for(session, line + 5);
	return strncmp(line, "send ", 5) == 0 && send_text(session, line + 5);
}

static bool follow_script(struct session *session)
{
	char line[1024];

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (follow(session, line))
			continue;
		(void)fprintf(stderr, "on_terminal: this never happened: %s\n", line);
		return false;
	}
	return true;
}

static int end(struct session *session, bool is_good)
{
	int status = 0;

	while (is_good && read_more(session))
		continue;
	if (!is_good)
		(void)kill(session->child, SIGKILL);
	(void)close(session->fd);
	while (waitpid(session->child, &status, 0) < 0 && errno == EINTR)
		continue;
	(void)fwrite(session->shown.data, 1, session->shown.length, stdout);
	buffer_deinit(&session->shown);
	if (!is_good)
		return NEVER_STATUS;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct winsize size = { .ws_row = 24 };
	struct session session = { .fd = -1 };

	if (argc < 3)
		return NEVER_STATUS;
	size.ws_col = (unsigned short)strtoul(argv[1], NULL, 10);
	session.child = forkpty(&session.fd, NULL, NULL, &size);
	if (session.child < 0)
		return NEVER_STATUS;
	if (session.child == 0) {
		(void)execvp(argv[2], argv + 2);
		_exit(127);
	}
	return end(&session, follow_script(&session));
}
