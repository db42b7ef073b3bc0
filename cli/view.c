/* Cells are measured as they come; the layout is made when all of them are there. */
#include "view.h"

#include "common/memory.h"
#include "terminal.h"

#include <string.h>

#define GAP      "  "
#define ELLIPSIS "\xE2\x80\xA6" /* U+2026, one column */

struct cell {
	char *text; /* clean; NULL: empty */
	size_t width;
};

struct view_table {
	const struct view_column *columns;
	size_t column_count;
	struct cell *cells; /* row by row */
	enum view_style *styles;
	size_t row_count;
	size_t row_capacity;
	size_t filled; /* cells of the last row */
};

static const char *const style_codes[] = {
	[VIEW_PLAIN] = "",
	[VIEW_HEADING] = "\033[1m",
	[VIEW_ALERT] = "\033[31m",
	[VIEW_ACTIVE] = "\033[32m",
	[VIEW_FAINT] = "\033[2m",
};

#define STYLE_END "\033[0m"

struct view_table *view_table_new(const struct view_column *columns)
{
	struct view_table *table = memory_array(1, sizeof(*table));

	table->columns = columns;
	while (columns[table->column_count].heading)
		table->column_count++;
	return table;
}

void view_table_free(struct view_table *table)
{
	if (!table)
		return;
	for (size_t i = 0; i < table->row_count * table->column_count; i++)
		free(table->cells[i].text);
	free(table->cells);
	free(table->styles);
	free(table);
}

static struct cell *cell_at(const struct view_table *table, size_t row, size_t column)
{
	return &table->cells[row * table->column_count + column];
}

void view_table_begin_row(struct view_table *table, enum view_style style)
{
	if (table->row_count == table->row_capacity) {
		table->row_capacity = table->row_capacity ? 2 * table->row_capacity : 64;
		table->cells =
			memory_resize(table->cells, table->row_capacity * table->column_count, sizeof(*table->cells));
		table->styles = memory_resize(table->styles, table->row_capacity, sizeof(*table->styles));
	}
	table->styles[table->row_count] = style;
	memset(cell_at(table, table->row_count, 0), 0, table->column_count * sizeof(*table->cells));
	table->row_count++;
	table->filled = 0;
}

void view_table_add_cell(struct view_table *table, const char *text)
{
	struct cell *cell = cell_at(table, table->row_count - 1, table->filled++);
	struct buffer clean;

	if (!text[0])
		return;
	buffer_init(&clean);
	terminal_clean(&clean, text, strlen(text));
	cell->width = terminal_text_width(clean.data, clean.length);
	cell->text = memory_strndup(clean.data, clean.length);
	buffer_deinit(&clean);
}

/* The widest cell of a column; 0: there is nothing in it. */
static size_t content_width(const struct view_table *table, size_t column)
{
	size_t width = 0;

	for (size_t row = 0; row < table->row_count; row++)
		if (cell_at(table, row, column)->width > width)
			width = cell_at(table, row, column)->width;
	return width;
}

/* The columns' widths by their content; 0: left out, as are those whose turn is `dropped` or before. */
static void measure(const struct view_table *table, unsigned dropped, size_t *widths)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct view_column *column = &table->columns[i];
		size_t heading = strlen(column->heading);

		widths[i] = content_width(table, i);
		if (!column->is_kept && (!widths[i] || (column->shrinks && column->shrinks <= dropped)))
			widths[i] = 0;
		else if (widths[i] < heading)
			widths[i] = heading;
	}
}

static size_t total_width(const struct view_table *table, const size_t *widths)
{
	size_t total = 0;

	for (size_t i = 0; i < table->column_count; i++)
		if (widths[i])
			total += widths[i] + (total ? strlen(GAP) : 0);
	return total;
}

/* Take what is too much from the columns whose turn it is. */
static void shrink(const struct view_table *table, unsigned turn, size_t limit, size_t *widths)
{
	for (size_t i = 0; i < table->column_count; i++) {
		const struct view_column *column = &table->columns[i];
		size_t total = total_width(table, widths);
		size_t least = column->least > strlen(column->heading) ? column->least : strlen(column->heading);
		size_t excess = total > limit ? total - limit : 0;

		if (column->shrinks != turn || !column->least || widths[i] <= least)
			continue;
		widths[i] = widths[i] - least > excess ? widths[i] - excess : least;
	}
}

static unsigned last_turn(const struct view_table *table)
{
	unsigned last = 0;

	for (size_t i = 0; i < table->column_count; i++)
		if (table->columns[i].shrinks > last)
			last = table->columns[i].shrinks;
	return last;
}

/* Shrinking comes first; what is too wide even then loses a column, and the others are measured again. */
static void fit(const struct view_table *table, unsigned limit, size_t *widths)
{
	unsigned last = last_turn(table);

	for (unsigned dropped = 0; dropped <= last; dropped++) {
		measure(table, dropped, widths);
		for (unsigned turn = 1; limit && turn <= last; turn++)
			shrink(table, turn, limit, widths);
		if (!limit || total_width(table, widths) <= limit)
			return;
	}
}

static void append_spaces(struct buffer *out, size_t count)
{
	memset(buffer_reserve(out, count), ' ', count);
	out->length += count;
}

/* The text in `width` columns, filled up with spaces, or cut with an ellipsis. */
static void append_cell(struct buffer *out, const char *text, size_t text_width, size_t width, enum view_align align)
{
	size_t length = strlen(text);
	size_t padding = text_width < width ? width - text_width : 0;

	if (align == VIEW_RIGHT)
		append_spaces(out, padding);
	if (text_width <= width) {
		buffer_append(out, text, length);
	} else {
		size_t used;
		size_t kept = terminal_fit(text, length, width - 1, &used);

		buffer_append(out, text, kept);
		buffer_append_text(out, ELLIPSIS);
		padding = width - used - 1;
	}
	if (align == VIEW_LEFT)
		append_spaces(out, padding);
}

static void trim_end(struct buffer *out, size_t start)
{
	while (out->length > start && out->data[out->length - 1] == ' ')
		out->length--;
}

static void append_row(const struct view_table *table, const size_t *widths, size_t row, struct buffer *out)
{
	size_t start = out->length;
	bool is_first = true;

	for (size_t i = 0; i < table->column_count; i++) {
		const struct cell *cell = cell_at(table, row, i);

		if (!widths[i])
			continue;
		if (!is_first)
			buffer_append_text(out, GAP);
		append_cell(out, cell->text ? cell->text : "", cell->width, widths[i], table->columns[i].align);
		is_first = false;
	}
	trim_end(out, start);
}

static void append_headings(const struct view_table *table, const size_t *widths, struct buffer *out)
{
	size_t start = out->length;
	bool is_first = true;

	for (size_t i = 0; i < table->column_count; i++) {
		const struct view_column *column = &table->columns[i];

		if (!widths[i])
			continue;
		if (!is_first)
			buffer_append_text(out, GAP);
		append_cell(out, column->heading, strlen(column->heading), widths[i], column->align);
		is_first = false;
	}
	trim_end(out, start);
}

static void begin_style(struct buffer *out, enum view_style style, bool has_colors)
{
	if (has_colors && style != VIEW_PLAIN)
		buffer_append_text(out, style_codes[style]);
}

static void end_style(struct buffer *out, enum view_style style, bool has_colors)
{
	if (has_colors && style != VIEW_PLAIN)
		buffer_append_text(out, STYLE_END);
}

void view_table_write(const struct view_table *table, unsigned width, bool has_colors, struct buffer *out)
{
	size_t *widths = memory_array(table->column_count, sizeof(*widths));

	fit(table, width, widths);
	begin_style(out, VIEW_HEADING, has_colors);
	append_headings(table, widths, out);
	end_style(out, VIEW_HEADING, has_colors);
	buffer_append_char(out, '\n');
	for (size_t row = 0; row < table->row_count; row++) {
		begin_style(out, table->styles[row], has_colors);
		append_row(table, widths, row, out);
		end_style(out, table->styles[row], has_colors);
		buffer_append_char(out, '\n');
	}
	free(widths);
}

void view_table_write_rows(const struct view_table *table, enum rows_form form, struct buffer *out)
{
	struct rows rows = { .out = out, .form = form };

	for (size_t i = 0; i < table->column_count; i++)
		rows_add_heading(&rows, table->columns[i].heading);
	rows_end(&rows);
	for (size_t row = 0; row < table->row_count; row++) {
		for (size_t i = 0; i < table->column_count; i++) {
			const struct cell *cell = cell_at(table, row, i);

			rows_add(&rows, cell->text ? cell->text : "", cell->text ? strlen(cell->text) : 0);
		}
		rows_end(&rows);
	}
}

void view_append_styled(struct buffer *out, enum view_style style, bool has_colors, const char *text)
{
	begin_style(out, style, has_colors);
	buffer_append_text(out, text);
	end_style(out, style, has_colors);
}
