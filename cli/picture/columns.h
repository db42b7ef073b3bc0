/* Columns that stand beside each other, each a stack of kinds: a burndown, what happened in each month. Pure. */
#pragma once

#include "common/buffer.h"
#include "theme.h"

#include <stddef.h>
#include <stdint.h>

#define COLUMNS_KINDS_MOST 3

/* What a part of a stack is drawn with. */
struct columns_kind {
	const char *name;
	const char *class_name; /* in a picture, see svg.h */
	enum theme_role role;
	const char *block; /* one column of the terminal, so that kinds differ without colours */
	char ascii;
};

struct columns_stack {
	char label[12];
	int64_t values[COLUMNS_KINDS_MOST]; /* by kind, from the ground up */
};

struct columns {
	const char *title;
	const struct columns_kind *kinds;
	size_t kind_count;
	const struct columns_stack *stacks; /* from the left */
	size_t stack_count;
};

/* How many stacks fit into so many columns of the terminal with a space between them; 0 columns: 80. */
size_t columns_stacks_in(unsigned width);

/*
 * The chart in `width` columns and `height` lines, with its title, its axes and a legend; the last stacks are those
 * that are seen. 0 is 80 columns, and 24 lines less one for the prompt.
 */
void columns_draw(
	const struct columns *columns, unsigned width, unsigned height, const struct theme *theme, struct buffer *out);

/* The same as a picture. */
void columns_draw_svg(const struct columns *columns, const char *description, struct buffer *out);

/* The least number that looks well at an axis, such as 1, 2, 15, 40 or 800, and is not less; 1 for what is nothing. */
int64_t columns_round_up(int64_t value);
