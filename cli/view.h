/* Tables that fit the terminal. */
#pragma once

#include "common/buffer.h"
#include "rows.h"

#include <stdbool.h>
#include <stddef.h>

enum view_align { VIEW_LEFT, VIEW_RIGHT };

/* What a row or a heading looks like where there are colours. */
enum view_style { VIEW_PLAIN, VIEW_HEADING, VIEW_ALERT, VIEW_ACTIVE, VIEW_FAINT };

struct view_column {
	const char *heading;
	enum view_align align;
	bool is_kept;     /* shown even when every cell is empty */
	size_t least;     /* columns that it may shrink to, with an ellipsis; 0: it never shrinks */
	unsigned shrinks; /* its turn to shrink, and then to go, when the table is too wide: 1 first …; 0: never */
};

struct view_table;

/* The columns are borrowed and end with a NULL heading. */
struct view_table *view_table_new(const struct view_column *columns);
void view_table_free(struct view_table *table);

/* A new row, then its cells from the left, each cleaned (see terminal_clean); missing ones are empty. */
void view_table_begin_row(struct view_table *table, enum view_style style);
void view_table_add_cell(struct view_table *table, const char *text);

/*
 * Append the table to `out`. `width` 0 is unlimited. A column without any content is left out. A table that is too
 * wide has its columns shrunk in turn, each to its least width; where that is not enough they are left out in turn, but
 * for those that are kept. What is still too wide then runs over.
 */
void view_table_write(const struct view_table *table, unsigned width, bool has_colors, struct buffer *out);

/* Append every column of every row, whatever its width, for programs. */
void view_table_write_rows(const struct view_table *table, enum rows_form form, struct buffer *out);

static inline void view_table_cleanup(struct view_table **table)
{
	view_table_free(*table);
}

#define AUTO_TABLE __attribute__((cleanup(view_table_cleanup)))

/* Text in a style, for what is no table. */
void view_append_styled(struct buffer *out, enum view_style style, bool has_colors, const char *text);
