/* What stands in one cell of a table: clean text of one line, in parts that may have a style each. */
#pragma once

#include "common/buffer.h"
#include "style.h"

#include <stdbool.h>
#include <stddef.h>

struct cell_part {
	size_t end; /* of the text; it begins where the one before ends */
	char code[STYLE_CODE_SIZE];
};

/* Zeroed it is empty. */
struct cell {
	char *text; /* NULL: empty */
	size_t length;
	size_t width;            /* in columns of the terminal */
	struct cell_part *parts; /* NULL: all of it looks as its row does */
	size_t part_count;
	bool is_bidirectional; /* something in it is written from the right to the left */
};

/* Append text, cleaned (see terminal_clean), in this style; "" is that of the row. */
void cell_append(struct cell *cell, const char *text, const char *code);

/* Whether nothing but spaces stands from the byte `from` on. */
bool cell_is_over(const struct cell *cell, size_t from);

void cell_deinit(struct cell *cell);

/*
 * Append what fits of the text into `width` columns, cut with an ellipsis, and give the columns that it takes. Styles
 * are ended in time; `row_code` is then in force again. What is written from the right to the left is isolated (UAX #9,
 * FSI and PDI) where the terminal takes UTF-8, so that it moves nothing beside it.
 */
size_t cell_write_cut(const struct cell *cell, size_t width, const char *row_code, struct buffer *out);

/* Where a line may be broken when a word does not fit into it. */
enum cell_break { CELL_BREAK_ANYWHERE, CELL_BREAK_AT_SPACES };

/* The same from the byte `from` on, without an ellipsis, as far as a line goes; `from` is moved to what comes next. */
size_t cell_write_line(const struct cell *cell, enum cell_break at, size_t *from, size_t width, const char *row_code,
	struct buffer *out);
