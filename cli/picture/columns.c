/* Line by line from the top: what a stack has at the height of a line is what its middle lies in. */
#include "picture/columns.h"

#include "signs.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define WIDTH_USUAL  80
#define HEIGHT_USUAL 23
#define LINES_AROUND 5 /* title, axis, labels, an empty line, legend */
#define LINES_LEAST  4 /* of the chart itself */
#define LINES_MOST   40
#define STACK_WIDTH  2 /* of one beside others */
#define STACK_MOST   6
#define LABEL_GAP    1
#define AXIS_LEAST   7 /* columns for the numbers and the axis, where nobody knows them yet */

/* What is drawn, once it is known how large. */
struct layout {
	size_t first; /* of the stacks that are seen */
	size_t count;
	int64_t top; /* what the highest line stands for */
	int lines;
	int axis;  /* columns of the numbers */
	int stack; /* columns of a stack, and one more between two where that is more than one */
};

/* Tenths of a power of ten. */
int64_t columns_round_up(int64_t value)
{
	static const int64_t steps[] = { 10, 15, 20, 25, 30, 40, 50, 60, 80 };

	for (int64_t power = 1;; power *= 10)
		for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
			if (steps[i] * power % 10 == 0 && steps[i] * power / 10 >= value)
				return steps[i] * power / 10;
}

size_t columns_stacks_in(unsigned width)
{
	unsigned room = (width ? width : WIDTH_USUAL) - AXIS_LEAST;

	return width && width <= AXIS_LEAST + STACK_WIDTH ? 1 : room / (STACK_WIDTH + 1);
}

static int64_t sum_of(const struct columns *columns, const struct columns_stack *stack)
{
	int64_t sum = 0;

	for (size_t i = 0; i < columns->kind_count; i++)
		sum += stack->values[i];
	return sum;
}

static int64_t highest(const struct columns *columns, size_t first)
{
	int64_t most = 0;

	for (size_t i = first; i < columns->stack_count; i++)
		if (sum_of(columns, &columns->stacks[i]) > most)
			most = sum_of(columns, &columns->stacks[i]);
	return most;
}

static int digits_of(int64_t value)
{
	return snprintf(NULL, 0, "%" PRId64, value);
}

static void find_layout(const struct columns *columns, unsigned width, unsigned height, struct layout *ret_layout)
{
	size_t fit = columns_stacks_in(width);
	int lines = (int)(height ? height : HEIGHT_USUAL) - LINES_AROUND;
	int room;

	*ret_layout = (struct layout){ .count = columns->stack_count < fit ? columns->stack_count : fit };
	ret_layout->first = columns->stack_count - ret_layout->count;
	ret_layout->top = columns_round_up(highest(columns, ret_layout->first));
	ret_layout->lines = lines < LINES_LEAST ? LINES_LEAST : lines > LINES_MOST ? LINES_MOST : lines;
	ret_layout->axis = digits_of(ret_layout->top);
	room = (int)(width ? width : WIDTH_USUAL) - ret_layout->axis - 2;
	ret_layout->stack = ret_layout->count ? room / (int)ret_layout->count - 1 : STACK_WIDTH;
	if (ret_layout->stack > STACK_MOST)
		ret_layout->stack = STACK_MOST;
	if (ret_layout->stack < 1)
		ret_layout->stack = 1;
}

/* --- lines --- */

static void append_spaces(struct buffer *out, int count)
{
	buffer_printf(out, "%*s", count, "");
}

static void end_line(struct buffer *out, size_t start)
{
	while (out->length > start && out->data[out->length - 1] == ' ')
		out->length--;
	buffer_append_char(out, '\n');
}

/* The kind that the stack has at this height; NULL: it is not so high. */
static const struct columns_kind *find_kind(
	const struct columns *columns, const struct columns_stack *stack, double height)
{
	double reached = 0;

	for (size_t i = 0; i < columns->kind_count; i++) {
		reached += (double)stack->values[i];
		if (height < reached)
			return &columns->kinds[i];
	}
	return NULL;
}

static void append_blocks(const struct columns_kind *kind, int count, const struct theme *theme, struct buffer *out)
{
	buffer_append_text(out, theme_begin(theme, kind->role));
	for (int i = 0; i < count; i++) {
		if (signs_are_utf8())
			buffer_append_text(out, kind->block);
		else
			buffer_append_char(out, kind->ascii);
	}
	buffer_append_text(out, theme_end(theme, kind->role));
}

/* Numbers stand at the top and in the middle; that on the ground is 0. */
static void append_number(const struct layout *layout, int line, const struct theme *theme, struct buffer *out)
{
	int64_t value = layout->top * (layout->lines - line) / layout->lines;
	bool has_number = line == 0 || (line == layout->lines / 2 && layout->top > 1);

	if (has_number)
		buffer_printf(out, "%*" PRId64 " ", layout->axis, value);
	else
		append_spaces(out, layout->axis + 1);
	theme_append(out, theme, ROLE_AXIS, sign_text(SIGN_WALL));
}

static void append_line(const struct columns *columns, const struct layout *layout, int line, const struct theme *theme,
	struct buffer *out)
{
	double height = (layout->lines - line - 0.5) * (double)layout->top / layout->lines;
	size_t start = out->length;

	append_number(layout, line, theme, out);
	for (size_t i = 0; i < layout->count; i++) {
		const struct columns_kind *kind = find_kind(columns, &columns->stacks[layout->first + i], height);

		if (kind)
			append_blocks(kind, layout->stack, theme, out);
		else
			append_spaces(out, layout->stack);
		append_spaces(out, 1);
	}
	end_line(out, start);
}

static void append_ground(const struct layout *layout, const struct theme *theme, struct buffer *out)
{
	buffer_printf(out, "%*d ", layout->axis, 0);
	buffer_append_text(out, theme_begin(theme, ROLE_AXIS));
	buffer_append_text(out, sign_text(SIGN_CORNER));
	for (int i = 0; i < (int)layout->count * (layout->stack + 1); i++)
		buffer_append_text(out, sign_text(SIGN_RULE));
	buffer_append_text(out, theme_end(theme, ROLE_AXIS));
	buffer_append_char(out, '\n');
}

/* As many as have room, from the left. */
static void append_labels(const struct columns *columns, const struct layout *layout, struct buffer *out)
{
	size_t start = out->length;
	int column = 0;

	append_spaces(out, layout->axis + 2);
	for (size_t i = 0; i < layout->count; i++) {
		const char *label = columns->stacks[layout->first + i].label;
		int place = (int)i * (layout->stack + 1);

		if (column && place < column + LABEL_GAP)
			continue;
		if (place + (int)strlen(label) > (int)layout->count * (layout->stack + 1))
			break;
		append_spaces(out, place - column);
		buffer_append_text(out, label);
		column = place + (int)strlen(label);
	}
	end_line(out, start);
}

static void append_legend(const struct columns *columns, const struct theme *theme, struct buffer *out)
{
	buffer_append_char(out, '\n');
	for (size_t i = columns->kind_count; i-- > 0;) {
		append_blocks(&columns->kinds[i], 2, theme, out);
		buffer_printf(out, " %s%s", columns->kinds[i].name, i ? "   " : "\n");
	}
}

void columns_draw(
	const struct columns *columns, unsigned width, unsigned height, const struct theme *theme, struct buffer *out)
{
	struct layout layout;

	find_layout(columns, width, height, &layout);
	theme_append(out, theme, ROLE_TITLE, columns->title);
	buffer_append_char(out, '\n');
	for (int line = 0; line < layout.lines; line++)
		append_line(columns, &layout, line, theme, out);
	append_ground(&layout, theme, out);
	append_labels(columns, &layout, out);
	append_legend(columns, theme, out);
}
