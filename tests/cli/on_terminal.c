/*
 * Runs a command on a terminal of its own and talks to it: on_terminal COLUMNS COMMAND… <SCRIPT.
 *
 * A line of the script is "wait TEXT", until the terminal has shown the text (behind what was waited for before), or
 * "send TEXT", in which \r, \c and \d stand for Return, Ctrl-C and Ctrl-D. At the script's end the command is left to
 * end. What the terminal showed goes to stdout; the exit status is the command's, 128 + N for a signal, 99 when a text
 * never came, and 98 when the command has left the terminal in another mode than it found it in.
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
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#define PATIENCE_MS  60000
#define NEVER_STATUS 99
#define MODE_STATUS  98

struct session {
	int fd;
	pid_t child;
	struct buffer shown;
	size_t seen; /* of shown: what was waited for */
	struct termios mode;
	bool has_ended; /* nobody has the terminal open any more */
};

/* False at the end of what the terminal shows. */
static bool read_more(struct session *session)
{
	struct pollfd readable = { .fd = session->fd, .events = POLLIN };
	ssize_t length;

	if (poll(&readable, 1, PATIENCE_MS) != 1)
		return false;
	length = read(session->fd, buffer_reserve(&session->shown, 4096), 4096);
	session->has_ended = length <= 0;
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

static char key_named(char name)
{
	if (name == 'r')
		return '\r';
	return name == 'c' ? '\003' : '\004';
}

static bool send_text(const struct session *session, const char *text)
{
	for (; *text; text++) {
		char byte = *text;

		if (byte == '\\' && text[1] && strchr("rcd", text[1]))
			byte = key_named(*++text);
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

/* Echo, lines, signals, and what else there is. */
static bool is_as_found(const struct session *session)
{
	struct termios mode;

	if (tcgetattr(session->fd, &mode) < 0)
		return false;
	return mode.c_iflag == session->mode.c_iflag && mode.c_oflag == session->mode.c_oflag &&
	       mode.c_lflag == session->mode.c_lflag && mode.c_cflag == session->mode.c_cflag &&
	       memcmp(mode.c_cc, session->mode.c_cc, sizeof(mode.c_cc)) == 0;
}

static int end(struct session *session, bool is_good)
{
	int status = 0;
	bool is_restored;

	while (is_good && read_more(session))
		continue;
	is_good = is_good && session->has_ended;
	if (!is_good)
		(void)kill(session->child, SIGKILL);
	/* Before the terminal goes: whoever has just closed it, and is about to end, would be hung up. */
	while (waitpid(session->child, &status, 0) < 0 && errno == EINTR)
		continue;
	is_restored = is_as_found(session);
	(void)close(session->fd);
	(void)fwrite(session->shown.data, 1, session->shown.length, stdout);
	buffer_deinit(&session->shown);
	if (!is_good)
		return NEVER_STATUS;
	if (!is_restored)
		return MODE_STATUS;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	struct winsize size = { .ws_row = 24 };
	struct session session = { .fd = -1 };
	int terminal;

	if (argc < 3)
		return NEVER_STATUS;
	size.ws_col = (unsigned short)strtoul(argv[1], NULL, 10);
	if (openpty(&session.fd, &terminal, NULL, NULL, &size) < 0 || tcgetattr(terminal, &session.mode) < 0)
		return NEVER_STATUS;
	session.child = fork();
	if (session.child < 0)
		return NEVER_STATUS;
	if (session.child == 0) {
		(void)close(session.fd);
		if (login_tty(terminal) < 0)
			_exit(127);
		(void)execvp(argv[2], argv + 2);
		_exit(127);
	}
	(void)close(terminal);
	return end(&session, follow_script(&session));
}
