/*
 * Content lines of iCalendar (RFC 5545 §3.1): NAME;PARAMETER=value:value, folded into lines of at most 75 bytes.
 * Neither program uses libical's parser for what others have written: it knows no line numbers, so that nothing could
 * be refused by its place; it puts X-LIC-ERROR in place of what it cannot read and goes on; and its tracker names one
 * overrun of the heap after the other on such input. A content line is less than a page to read.
 */
#pragma once

#include "common/arena.h"
#include "common/buffer.h"
#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICAL_LINE_LIMIT   ((size_t)1024 * 1024) /* bytes of one, without its folds */
#define ICAL_PARAMS_LIMIT 32u                   /* of one line */

struct ical_param {
	const char *name;  /* capitals */
	const char *value; /* without quotes; of several, with commas between them; RFC 6868's ^ is read */
};

struct ical_line {
	const char *name; /* capitals */
	size_t param_count;
	struct ical_param params[ICAL_PARAMS_LIMIT];
	const char *value; /* as it stands there: see ical_line_text */
	const char *rest;  /* all behind the name, from ; or : on */
};

/* Text that is read line by line. */
struct ical_source {
	const char *at, *end;
	int64_t number; /* of the next line of the file, from 1 */
};

/*
 * The next content line without its folds, in place of what is in `line`, with the number at which it starts. Lines end
 * in CRLF or LF; empty ones are passed over. False: there is none. A fold may lie within a UTF-8 character, so whether
 * the text is UTF-8 is known only now.
 */
bool ical_source_next(struct ical_source *source, struct buffer *line, int64_t *ret_number);

/*
 * Everything that comes back is in the arena: UTF-8 without a NUL, but maybe with other control characters.
 * ERROR_INVALID_PARAMS, naming the property as the field where it has a name.
 */
enum error ical_line_parse(
	const char *text, size_t length, struct arena *arena, struct ical_line *ret_line, struct refusal *refusal);

/* NULL: there is none of that name. */
const char *ical_line_param(const struct ical_line *line, const char *name);
/* Whether the line is `NAME:value`, in either case. */
bool ical_line_is(const struct ical_line *line, const char *name, const char *value);

/* A value of type TEXT (§3.3.11): \n, \, \; and \\ stand for a line feed and for what follows them. */
char *ical_line_text(const char *value, struct arena *arena);
/* The next text of a list, up to a comma that stands for itself; *at moves behind it. NULL: there is none. */
char *ical_line_next_text(const char **at, struct arena *arena);
