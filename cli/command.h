/* What a command is: a row of a table, from which help, completions and the manual's synopsis come. */
#pragma once

#include "launch.h"
#include "trouble.h"

#include <argp.h>
#include <stdbool.h>
#include <stddef.h>

struct arguments;
struct invocation;

/* What the words of a command are that are no options. */
enum command_words {
	COMMAND_NO_WORDS,
	COMMAND_IDS,     /* which tasks: 3-7,9 */
	COMMAND_TERMS,   /* a filter, in which -tag is a term, of tasks that are printed */
	COMMAND_FILTER,  /* the same of tasks that are not printed themselves */
	COMMAND_CHANGES, /* text and quick words, in which -tag is one */
	COMMAND_NAMES,   /* words of its own */
	COMMAND_RAW,     /* all that stands behind it, as another program would take it: options are words too */
};

struct command_example {
	const char *line; /* behind "taskctl " */
	const char *meaning;
};

/* One row. A table ends with a row whose name is NULL. */
struct command {
	const char *name;    /* one word, or two: "token create" */
	const char *summary; /* one sentence without its full stop */
	const char *usage;   /* behind "taskctl NAME" */
	const char *details; /* more for `help NAME`; NULL: nothing */
	enum command_words words;
	const struct argp_option *const *options; /* NULL-terminated groups; NULL: none but the global ones */
	const struct command_example *examples;   /* ends with a NULL line */
	bool takes_ids;                           /* IDS among its words, for which a dash may stand */
	bool is_hidden;                           /* named in no help: for scripts of our own */
	bool is_offline;                          /* needs neither a home folder nor settings */
	enum launch_policy launch;                /* whether a daemon is started for it */

	/* Prints what it has to say. */
	enum error (*run)(struct invocation *invocation, struct trouble *trouble);
};

/* What stands before the verb or behind it. */
extern const struct argp_option command_global_options[];

/* The tables with their headings in the overview; the last one has no commands. */
struct command_family {
	const char *heading;
	const struct command *commands;
};

extern const struct command_family command_families[];

/* The commands of all families, in their order; NULL behind the last one. */
const struct command *command_at(size_t index);

/* By the whole name, never abbreviated; NULL: no such command. */
const struct command *command_find(const char *name);

/* Whether there are commands of two words that begin with this one. */
bool command_has_second_words(const char *word);

/* Whether `command` is one of two words that begins with this one. */
bool command_belongs_to(const struct command *command, const char *word);

/*
 * The command whose name begins at argv[*verb]: two words are tried first, then one. Global options may stand between
 * the two, and are read into `arguments`. On success `*verb` is the last word of the name. A word with which only names
 * of two words begin gives ERROR_NONE and no command.
 */
enum error command_select(int argc, char **argv, int *verb, struct arguments *arguments,
	const struct command **ret_command, struct trouble *trouble);

/* "no such command", with the nearest one that there is, or those that begin with the same word. */
enum error command_refuse_unknown(const char *name, struct trouble *trouble);

/*
 * Run another command from within one: argv[0] is its verb, or the first word of it, and its options and words stand
 * behind. The invocation is open already; its words are replaced.
 */
enum error command_delegate(struct invocation *invocation, int argc, char **argv, struct trouble *trouble);

/* Run the program. Gives its exit status. Called as `task` it is `taskctl tw`. */
int command_run(int argc, char **argv);
