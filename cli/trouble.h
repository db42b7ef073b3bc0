/* What went wrong, as the person at the terminal is told: the message, the next command, the exit status. */
#pragma once

#include "common/error.h"

struct trouble {
	struct refusal refusal;
	int exit_status;  /* 0: the one that belongs to refusal.error */
	char advice[512]; /* what to type next; empty: nothing to say */
	char next[128];   /* the command for it, where neither names one (see next_command.h) */
};

/* Fill in, without advice, and give the error back. A NULL trouble is allowed everywhere. */
enum error trouble_set(struct trouble *trouble, enum error error, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A mistake in the command: EXIT_USAGE. */
enum error trouble_usage(struct trouble *trouble, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* No daemon to talk to: EXIT_NO_DAEMON. */
enum error trouble_no_daemon(struct trouble *trouble, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What somebody else refused, word for word. */
enum error trouble_refused(struct trouble *trouble, const struct refusal *refusal);

/* Add what to do next. */
void trouble_advise(struct trouble *trouble, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Print it to stderr, without any control character, and give the exit status. */
int trouble_report(const struct trouble *trouble);

/* A sentence to stderr that is no trouble by itself: "taskctl: …". */
void trouble_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));
