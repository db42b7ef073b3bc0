/* What commands print that are not about tasks: objects, sentences, tables, and one thing with its details. */
#pragma once

#include "common/buffer.h"
#include "invocation.h"
#include "view.h"

/* One object or array on a line of stdout. */
void report_json(const json_t *value);

/* A sentence for people, on stderr, unless --quiet or --json. */
void report_say(const struct invocation *invocation, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Append the local minute of an RFC 3339 time in UTC, and the text itself where it is none; NULL: nothing. */
void report_append_time(struct buffer *out, const char *text);

/* The member of an object as a person reads it: texts and numbers as they are, arrays of texts joined by spaces. */
void report_append_member(struct buffer *out, const json_t *object, const char *name);

/* What a column or a detail shows. A table of them ends with a NULL heading. */
struct report_field {
	const char *heading;
	const char *name; /* of the member */
	bool is_time;
	size_t most; /* bytes that are shown; 0: all */
};

/* A row of the table with these members of the object. */
void report_add_row(
	struct view_table *table, enum view_style style, const struct report_field *fields, const json_t *object);

/* The table on stdout, as wide as the terminal. */
void report_table(const struct invocation *invocation, const struct view_table *table);

/* How an array of objects is shown. */
struct report_list {
	const struct view_column *columns;
	const struct report_field *fields;
	const char *id;      /* the member that --quiet prints */
	const char *mark;    /* the boolean whose row gets an asterisk as its member "mark"; NULL: none */
	const char *nothing; /* the sentence for an empty one */
};

/* The array itself with --json, the ids alone with --quiet, else a table. */
void report_objects(const struct invocation *invocation, const struct report_list *list, json_t *objects);

/* Events of account.log and system.log. */
extern const struct report_list report_log;

/* "Heading   content" for each member that there is, on stdout. */
void report_details(const struct invocation *invocation, const struct report_field *fields, const json_t *object);
