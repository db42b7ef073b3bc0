/*
 * What can stand where the cursor is, for the shells' completion: decided by the table of commands alone. Pure: what
 * tasks, projects and the like there are is asked elsewhere, see completion_values.h.
 */
#pragma once

#include "command.h"
#include "quick_words.h"

#include <stdbool.h>
#include <stddef.h>

enum completion_kind {
	COMPLETION_COMMANDS,     /* first words of their names */
	COMPLETION_SECOND_WORDS, /* of those that begin with the word that was said */
	COMPLETION_OPTIONS,      /* of the command */
	COMPLETION_CHOICES,      /* a fixed list */
	COMPLETION_OPEN_TASKS,   /* ids */
	COMPLETION_CLOSED_TASKS, /* ids of those that are done or deleted */
	COMPLETION_PROJECTS,
	COMPLETION_TAGS,
	COMPLETION_REPORTS,
	COMPLETION_CONTEXTS,
	COMPLETION_FIELDS, /* of one's own */
	COMPLETION_LOGINS,
	COMPLETION_ALIASES,
	COMPLETION_SETTINGS,
};

/* Values of a kind that go on with the current word behind its first `lead` bytes. */
struct completion_offer {
	enum completion_kind kind;
	size_t lead;
	const char *suffix;         /* goes behind each value; NULL: nothing */
	const char *const *choices; /* NULL-terminated */
};

#define COMPLETION_OFFERS_MOST 4

struct completion {
	const char *current;           /* the word at the cursor, up to it; borrowed as are all words */
	const char *first;             /* of the command's name; NULL: not said yet */
	const struct command *command; /* NULL: none yet */
	const char *socket;            /* what was said of the daemon, and of whose login; NULL: nothing */
	const char *account;
	size_t count;
	struct completion_offer offers[COMPLETION_OFFERS_MOST];
};

/* The words behind "taskctl"; the last one, which may be empty, is the current one. `count` is 1 at least. */
void completion_decide(struct completion *completion, const struct word_list *words);
