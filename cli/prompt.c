/* The terminal's echo is off only between two calls of tcsetattr(3), with the signals that could come between caught.
 */
#include "prompt.h"

#include "common/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <termios.h>
#include <unistd.h>

#define LINE_LIMIT 65536u

/* What a signal handler can reach must be static; it is the only reason for these. */
static volatile sig_atomic_t caught_signal;

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

static void on_signal(int number)
{
	caught_signal = number;
}

static void catch_signals(struct sigaction *ret_before)
{
	struct sigaction action = { .sa_handler = on_signal };

	caught_signal = 0;
	(void)sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		(void)sigaction(signals[i], &action, &ret_before[i]);
}

static void release_signals(const struct sigaction *before)
{
	for (size_t i = 0; i < COUNT_OF(signals); i++)
		(void)sigaction(signals[i], &before[i], NULL);
}

static bool silence(int fd, struct termios *ret_before)
{
	struct termios silent;

	if (tcgetattr(fd, ret_before))
		return false;
	silent = *ret_before;
	silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK | ECHONL);
	return tcsetattr(fd, TCSAFLUSH, &silent) == 0;
}

/* One line; false: it ended without one, or a signal came. */
static bool read_line(int fd, struct buffer *answer)
{
	char byte;

	buffer_wipe(answer);
	while (!caught_signal && answer->length < LINE_LIMIT) {
		ssize_t count = read(fd, &byte, 1);

		if (count < 0 && errno == EINTR)
			continue;
		if (count <= 0)
			return false;
		if (byte == '\n')
			return true;
		buffer_append_char(answer, byte);
	}
	return false;
}

static void say(int fd, const char *text)
{
	(void)!write(fd, text, strlen(text));
}

/* As many times as Ctrl-Z interrupts it. */
static bool ask(int fd, const char *question, enum prompt_echo echo, struct buffer *answer)
{
	struct sigaction before[COUNT_OF(signals)];
	struct termios terminal;
	bool is_silent;
	bool has_answer;

	do {
		catch_signals(before);
		is_silent = echo == PROMPT_SECRET && silence(fd, &terminal);
		say(fd, question);
		has_answer = read_line(fd, answer);
		if (is_silent)
			(void)tcsetattr(fd, TCSAFLUSH, &terminal);
		if (is_silent || caught_signal)
			say(fd, "\n");
		release_signals(before);
		if (caught_signal)
			(void)raise(caught_signal);
	} while (caught_signal == SIGTSTP);
	return has_answer;
}

enum error prompt_line(const char *question, enum prompt_echo echo, struct buffer *answer, struct trouble *trouble)
{
	AUTO_CLOSE int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return trouble_usage(trouble, "there is no terminal to ask on");
	if (!ask(fd, question, echo, answer))
		return trouble_usage(trouble, "there was no answer");
	return ERROR_NONE;
}

bool prompt_is_possible(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

void prompt_answer(const char *question, char *ret_answer, size_t size)
{
	ret_answer[0] = '\0';
	(void)fflush(stdout);
	(void)fprintf(stderr, "%s ", question);
	(void)fflush(stderr);
	if (!fgets(ret_answer, (int)size, stdin)) {
		ret_answer[0] = '\0';
		(void)fputc('\n', stderr); /* what the person did not type */
	}
	ret_answer[strcspn(ret_answer, "\n")] = '\0';
}

bool prompt_confirm(const char *question)
{
	char whole[256];
	char answer[16];

	(void)snprintf(whole, sizeof(whole), "%s [y/N]", question);
	prompt_answer(whole, answer, sizeof(answer));
	return strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0;
}
