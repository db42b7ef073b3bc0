/* The text is there as a whole, so it is known whether it fits before anything is started. */
#include "pager.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "file_write.h"
#include "foreground.h"
#include "terminal.h"
#include "trouble.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHELL       "/bin/sh"
#define PAGER_USUAL "less"
/* less: ends at once on what fits, lets colours through, and leaves the text on the screen. */
#define LESS_USUAL "FRX"

/* --- which --- */

const char *pager_find(const char *said)
{
	static const char *const nothing[] = { PAGER_NEVER, "cat", "" };
	const char *own = getenv("PAGER");
	const char *pager = said ? said : own ? own : PAGER_USUAL;

	for (size_t i = 0; i < COUNT_OF(nothing); i++)
		if (strcmp(pager, nothing[i]) == 0)
			return NULL;
	return pager;
}

static bool fits(const struct buffer *text, unsigned height)
{
	unsigned lines = 0;

	for (size_t i = 0; i < text->length; i++)
		lines += text->data[i] == '\n';
	return lines < height;
}

static bool is_wanted(const char *pager, const struct buffer *text)
{
	unsigned height = terminal_height(stdout);

	return pager && height && !terminal_is_dumb() && !fits(text, height);
}

/* --- running it --- */

/* The pager's keys come from the terminal by themselves; its input is the text. */
static _Noreturn void become_pager(const struct foreground *foreground, const char *pager, int input)
{
	foreground_become(foreground);
	(void)setenv("LESS", LESS_USUAL, 0);
	(void)setenv("LV", "-c", 0); /* the same of lv */
	if (dup2(input, STDIN_FILENO) >= 0) {
		if (foreground_wants_shell(pager))
			(void)execl(SHELL, SHELL, "-c", pager, (char *)NULL);
		else
			(void)execlp(pager, pager, (char *)NULL);
	}
	_exit(FOREGROUND_NOT_FOUND);
}

/* Its exit status, or -1. What it no longer reads is not missed. */
static int feed(const struct foreground *foreground, const char *pager, const struct buffer *text)
{
	int ends[2];
	pid_t child;

	if (pipe2(ends, O_CLOEXEC))
		return -1;
	child = fork();
	if (child == 0)
		become_pager(foreground, pager, ends[0]);
	(void)close(ends[0]);
	if (child > 0)
		(void)file_write_all(ends[1], text->data, text->length);
	(void)close(ends[1]);
	return child > 0 ? foreground_wait(child) : -1;
}

static bool run(const char *pager, const struct buffer *text)
{
	struct foreground foreground;
	int status;

	(void)fflush(NULL);
	foreground_enter(&foreground, STDOUT_FILENO);
	status = feed(&foreground, pager, text);
	foreground_leave(&foreground);
	return status != FOREGROUND_NOT_FOUND && status >= 0;
}

void pager_print(const char *said, const struct buffer *text)
{
	const char *pager = pager_find(said);
	bool is_paged = is_wanted(pager, text);

	if (is_paged && run(pager, text))
		return;
	if (text->length)
		(void)fwrite(text->data, 1, text->length, stdout);
	if (!is_paged)
		return;
	(void)fflush(stdout);
	trouble_warn("there is no pager `%s`; without one: taskctl config set pager never", pager);
}
