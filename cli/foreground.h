/* A program of the person's own that has the terminal for a while: an editor, a pager. */
#pragma once

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>
#include <termios.h>

/* What is as it was when the program has ended. */
struct foreground {
	struct sigaction interrupt;
	struct sigaction quit;
	struct sigaction pipe;
	struct termios modes;
	int terminal; /* a descriptor; -1: none */
};

/* What foreground_wait gives for a program that a signal has ended: this and its number, as a shell says it. */
#define FOREGROUND_BY_SIGNAL 128
/* And for one that there is not: of a shell (POSIX.1-2017, XCU 2.8.2). */
#define FOREGROUND_NOT_FOUND 127

/*
 * What system(3) does: from now on the terminal's signals, and that of a pipe that nobody reads, are nothing to us. The
 * modes of this terminal are noted, if it is one.
 */
void foreground_enter(struct foreground *foreground, int terminal);

/* In the child: signals as they were, and no token, which no program that we start sees. */
void foreground_become(const struct foreground *foreground);

/* The exit status of the program, or -1. */
int foreground_wait(pid_t child);

/* Signals and the terminal's modes as they were, however the program has ended. */
void foreground_leave(const struct foreground *foreground);

/* Whether only a shell can read this command: it is more than the name of a program. */
bool foreground_wants_shell(const char *command);
