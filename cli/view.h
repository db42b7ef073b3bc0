/* Tables that fit the terminal. */
#pragma once

#include "common/buffer.h"
#include "rows.h"
#include "theme.h"

#include <stdbool.h>
#include <stddef.h>

enum view_align { VIEW_LEFT, VIEW_RIGHT };

struct view_column {
	const char *heading;
	enum view_align align;
	bool is_kept;     /* shown even when every cell is empty */
	bool wraps;       /* text that may go on below, where the person wants that */
	size_t least;     /* columns that it may shrink to, with an ellipsis; 0: it never shrinks */
	unsigned shrinks; /* its turn to shrink, and then to go, when the table is too wide: 1 first …; 0: never */
};

/* What becomes of text that is longer than its column. */
enum view_overflow { VIEW_ELLIPSIS, VIEW_WRAP };

/* NULL-terminated, in the order of the enum. */
extern const char *const view_overflow_names[];

/* What a table is written for. */
struct view_frame {
	unsigned width; /* columns; 0: unlimited */
	enum view_overflow overflow;
	struct theme theme;
};

struct view_table;

/* The columns are borrowed and end with a NULL heading. */
struct view_table *view_table_new(const struct view_column *columns);
void view_table_free(struct view_table *table);

/* A new row, then its cells from the left, each cleaned (see terminal_clean); missing ones are empty. */
void view_table_begin_row(struct view_table *table, enum theme_role role);
void view_table_add_cell(struct view_table *table, const char *text);

/* A cell whose text has a style of its own, as theme_begin gives it, and more text in the last cell. */
void view_table_add_styled(struct view_table *table, const char *text, const char *code);
void view_table_extend_cell(struct view_table *table, const char *text, const char *code);

/*
 * Append the table to `out`. A column without any content is left out. A table that is too wide has its columns shrunk
 * in turn, each to its least width; where that is not enough they are left out in turn, but for those that are kept.
 * What is still too wide then runs over. No line ends in spaces.
 */
void view_table_write(const struct view_table *table, const struct view_frame *frame, struct buffer *out);

/* Append every column of every row, whatever its width, for programs. */
void view_table_write_rows(const struct view_table *table, enum rows_form form, struct buffer *out);

static inline void view_table_cleanup(struct view_table **table)
{
	view_table_free(*table);
}

#define AUTO_TABLE __attribute__((cleanup(view_table_cleanup)))
