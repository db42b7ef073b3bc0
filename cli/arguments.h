/* The command line, read by argp into a struct. */
#pragma once

#include "command.h"
#include "quick_words.h"
#include "terminal.h"
#include "trouble.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* Keys of argp: short options are their own letter. */
enum argument_key {
	ARGUMENT_DRY_RUN = 'n',
	ARGUMENT_FILTER = 'f',
	ARGUMENT_HELP = 'h',
	ARGUMENT_OUTPUT = 'o',
	ARGUMENT_QUIET = 'q',
	ARGUMENT_VERSION = 'V',
	ARGUMENT_YES = 'y',
	ARGUMENT_SOCKET = 0x100, /* without a short form from here on */
	ARGUMENT_COLOR,
	ARGUMENT_JSON,
	ARGUMENT_FORMAT,
	ARGUMENT_EMAIL,
	ARGUMENT_PASSWORD_STDIN,
	ARGUMENT_PASSWORD_FD,
	ARGUMENT_LIMIT,
	ARGUMENT_SORT,
	ARGUMENT_ALL,
	ARGUMENT_LIST,
	ARGUMENT_ACCOUNT,
	ARGUMENT_PATIENT,
	ARGUMENT_NAME,
	ARGUMENT_SCOPE,
	ARGUMENT_EXPIRES,
	ARGUMENT_OTHERS,
	ARGUMENT_REVOKE_OLD,
	ARGUMENT_TITLE,
	ARGUMENT_NOTE,
	ARGUMENT_PROJECT,
	ARGUMENT_TAG,
	ARGUMENT_UNTAG,
	ARGUMENT_PRIORITY,
	ARGUMENT_DUE,
	ARGUMENT_WAIT,
	ARGUMENT_SCHEDULED,
	ARGUMENT_UNTIL,
	ARGUMENT_DEPENDS,
	ARGUMENT_PARENT,
	ARGUMENT_RECUR,
	ARGUMENT_RECUR_FROM,
	ARGUMENT_RECUR_COUNT,
	ARGUMENT_SET,
	ARGUMENT_WITH_CHILDREN,
	ARGUMENT_KEEP_CHILDREN,
	ARGUMENT_WRITE,
	ARGUMENT_COLUMNS,
	ARGUMENT_HEADING,
	ARGUMENT_LABEL,
	ARGUMENT_CHOICES,
	ARGUMENT_FROM,
	ARGUMENT_TO,
	ARGUMENT_BY,
	ARGUMENT_PARTIAL,
	ARGUMENT_VERBATIM,
	ARGUMENT_CHART,
	ARGUMENT_ON_CONFLICT,
	ARGUMENT_TIMEOUT,
	ARGUMENT_PLAIN,
	ARGUMENT_CSV,
	ARGUMENT_NO_PAGER,
	ARGUMENT_SVG,
	ARGUMENT_KEYS_END,
};

struct arguments {
	/* global; texts are borrowed from argv */
	const char *account; /* whose login; NULL: the usual one */
	const char *socket;
	const char *color;
	const char *format;
	const char *json_fields; /* comma-separated; NULL: all */
	bool is_json;
	bool is_plain;
	bool is_csv;
	bool has_no_pager;
	bool is_patient; /* --wait */
	bool is_quiet;
	bool is_dry_run;
	bool is_confirmed; /* --yes */
	bool wants_help;
	bool wants_version;

	/* accounts, sessions and tokens */
	const char *email;
	const char *name;   /* of a session or a token */
	json_t *scopes;     /* an array; empty: none were said */
	int64_t expires_in; /* seconds; 0: not said */
	int password_fd;    /* -1: ask on the terminal */
	bool wants_others;
	bool wants_old_revoked;

	/* tasks */
	const char *filter;
	const char *sort; /* NULL: by id */
	int64_t limit;    /* 0: no limit */
	int64_t timeout;  /* seconds; 0: none */
	bool wants_all;   /* whatever their status; of sessions and tokens: each of them */
	json_t *changes;  /* from options: see change_words_set */

	bool wants_children; /* --with-children */
	bool keeps_children; /* --keep-children */
	const char *from;    /* a span of time; of import and export: formats */
	const char *to;
	const char *by; /* what it is summed up by */

	/* what is defined by a name: contexts, reports, fields */
	struct word_list writes; /* quick words that a context gives to new tasks */
	const char *columns;     /* comma-separated */
	const char *heading;
	const char *label;
	const char *choices; /* comma-separated */

	/* import and export */
	const char *output; /* a file; NULL: standard output */
	const char *on_conflict;
	bool is_partial;
	bool is_verbatim;
	bool wants_chart;

	/* pictures */
	const char *svg; /* a file; "-": standard output; NULL: text */

	/* help */
	bool wants_list;

	struct word_list words;
	char *read_ids; /* what a dash among the words was replaced by; owned */
};

void arguments_init(struct arguments *arguments);
void arguments_deinit(struct arguments *arguments);

/*
 * The global options up to the verb; `ret_verb` is its index in argv, or argc when there is none.
 * On a mistake the message may have been printed by getopt already: then the trouble has advice alone.
 */
enum error arguments_parse_global(
	int argc, char **argv, struct arguments *arguments, int *ret_verb, struct trouble *trouble);

/* All behind the verb, which is argv[0]. */
enum error arguments_parse_command(
	const struct command *command, int argc, char **argv, struct arguments *arguments, struct trouble *trouble);
