/* Rows for programs: tab-separated lines, or CSV as RFC 4180 has it. Pure. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>
#include <stddef.h>

enum rows_form {
	ROWS_PLAIN, /* cells parted by tabs, escaped as terminal_escape does, no headings */
	ROWS_CSV,   /* cells quoted where they must be, lines ended by CR LF, a row of headings */
};

struct rows {
	struct buffer *out; /* borrowed */
	enum rows_form form;
	bool has_cell; /* in the row that is being written */
};

/* Append a cell with this text, from which every control character goes or is escaped. */
void rows_add(struct rows *rows, const char *text, size_t length);

/* The same of a heading: nothing where the form has none. */
void rows_add_heading(struct rows *rows, const char *text);

/* End the row; one without cells leaves nothing behind. */
void rows_end(struct rows *rows);
