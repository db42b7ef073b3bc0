/* Taskwarrior's commands: a row for each, from which _commands and the help come as well. */
#pragma once

#include "trouble.h"

#include <stdbool.h>
#include <stddef.h>

struct tw;

/* What stands around a command. */
enum tw_takes {
	TW_FILTER,           /* every word is of the filter, wherever it stands */
	TW_FILTER_AND_WORDS, /* a filter before it, and behind it what is to change, or other words */
	TW_WORDS,            /* words of its own, and no filter */
};

/* A row. */
struct tw_command {
	const char *name;
	const char *kind; /* as _zshcommands has them */
	const char *summary;
	const char *verb; /* the command of taskctl that does the work, with its options; NULL: `run` does it */
	enum tw_takes takes;
	bool ignores_context;

	enum error (*run)(struct tw *tw, struct trouble *trouble);
};

/* In the order of their names; NULL behind the last one. */
const struct tw_command *tw_command_at(size_t index);

/* By its name or a beginning that no other has (see tw_abbreviation_find); rm, burndown, history and ghistory are the
 * aliases that Taskwarrior comes with. NULL: no such command. */
const struct tw_command *tw_command_find(const char *word);

/* An alias that Taskwarrior comes with, and the command that it stands for; NULL behind the last one. */
struct tw_alias {
	const char *name, *command;
};
const struct tw_alias *tw_command_alias(size_t index);
