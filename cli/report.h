/* What commands print that are not about tasks: objects, sentences, tables, and one thing with its details. */
#pragma once

#include "common/buffer.h"
#include "invocation.h"
#include "view.h"

/* How values are written: on one line, and numbers as people write them, 22.8 and not 22.800000000000001. */
#define REPORT_JSON (JSON_COMPACT | JSON_REAL_PRECISION(15))

/* One object or array on a line of stdout. */
void report_json(const json_t *value);

/* A sentence for people, on stderr, unless --quiet or --json. */
void report_say(const struct invocation *invocation, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Say that `taskctl undo` takes back what was just done, unless --quiet or --json. */
void report_undo(const struct invocation *invocation);

/* Say on stderr what in these words of a title was perhaps meant otherwise, unless --quiet or --json. */
void report_doubt(const struct invocation *invocation, const struct word *words, size_t count);

/* Append the local minute of an RFC 3339 time in UTC, and the text itself where it is none; NULL: nothing. */
void report_append_time(struct buffer *out, const char *text);

/* How a time that was given as a day is kept: due and until at its end, the others at its beginning. */
enum report_day { REPORT_DAY_BEGIN, REPORT_DAY_END };

/* The same of a time that may have been given as a day: that day alone, then. */
void report_append_day(struct buffer *out, const char *text, enum report_day kept_at);

/* The member of an object as a person reads it: texts and numbers as they are, arrays of texts joined by spaces. */
void report_append_member(struct buffer *out, const json_t *object, const char *name);

/* What a column or a detail shows. A table of them ends with a NULL heading. */
struct report_field {
	const char *heading;
	const char *name; /* of the member */
	bool is_time;
	size_t most; /* bytes that are shown; 0: all */
};

/* What tables and details on stdout are written for: the terminal, and the settings. */
void report_find_frame(const struct invocation *invocation, struct view_frame *ret_frame);

/* Print on stdout what a person reads: through the pager where it is longer than the terminal. */
void report_page(const struct invocation *invocation, const struct buffer *text);

/* A row of the table with these members of the object. */
void report_add_row(
	struct view_table *table, enum theme_role role, const struct report_field *fields, const json_t *object);

/* The table as wide as the terminal, or as rows with --plain and --csv. */
void report_append_table(const struct invocation *invocation, const struct view_table *table, struct buffer *out);

/* The same on stdout. */
void report_table(const struct invocation *invocation, const struct view_table *table);

/* How an array of objects is shown. */
struct report_list {
	const struct view_column *columns;
	const struct report_field *fields;
	const char *id;      /* the member that --quiet prints */
	const char *mark;    /* the boolean whose row gets an asterisk as its member "mark"; NULL: none */
	const char *nothing; /* the sentence for an empty one */
};

/* Whether --plain or --csv is given. */
bool report_has_rows(const struct invocation *invocation);

/* Members of objects as rows of --plain or --csv, with the members' names as headings. Times are in UTC. */
void report_rows(const struct invocation *invocation, const struct report_field *fields, const json_t *objects);

/* The array itself with --json, the ids alone with --quiet, rows with --plain and --csv, else a table. */
void report_objects(const struct invocation *invocation, const struct report_list *list, json_t *objects);

/* Events of account.log and system.log. */
extern const struct report_list report_log;

/* Append "Heading   content" for each member that there is. */
void report_append_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object,
	struct buffer *out);

/* The same on stdout, or a row with --plain and --csv. */
void report_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object);
