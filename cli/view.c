/* Cells are measured as they come; the layout is made when all of them are there. */
#include "view.h"

#include "cell.h"
#include "common/memory.h"
#include "terminal.h"
#include "view_fit.h"

#include <string.h>

const char *const view_overflow_names[] = { "ellipsis", "wrap", NULL };

struct view_table {
	const struct view_column *columns;
	size_t column_count;
	struct cell *cells; /* row by row */
	enum theme_role *roles;
	size_t row_count;
	size_t row_capacity;
	size_t filled; /* cells of the last row */
};

/* --- filling --- */

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
		cell_deinit(&table->cells[i]);
	free(table->cells);
	free(table->roles);
	free(table);
}

static struct cell *cell_at(const struct view_table *table, size_t row, size_t column)
{
	return &table->cells[row * table->column_count + column];
}

void view_table_begin_row(struct view_table *table, enum theme_role role)
{
	if (table->row_count == table->row_capacity) {
		table->row_capacity = table->row_capacity ? 2 * table->row_capacity : 64;
		table->cells =
			memory_resize(table->cells, table->row_capacity * table->column_count, sizeof(*table->cells));
		table->roles = memory_resize(table->roles, table->row_capacity, sizeof(*table->roles));
	}
	table->roles[table->row_count] = role;
	memset(cell_at(table, table->row_count, 0), 0, table->column_count * sizeof(*table->cells));
	table->row_count++;
	table->filled = 0;
}

void view_table_add_cell(struct view_table *table, const char *text)
{
	view_table_add_styled(table, text, "");
}

void view_table_add_styled(struct view_table *table, const char *text, const char *code)
{
	cell_append(cell_at(table, table->row_count - 1, table->filled++), text, code);
}

void view_table_extend_cell(struct view_table *table, const char *text, const char *code)
{
	cell_append(cell_at(table, table->row_count - 1, table->filled - 1), text, code);
}

/* --- lines --- */

/* A line that is being written. Spaces are owed until something stands behind them. */
struct line {
	struct buffer *out;
	const char *code; /* of the row */
	size_t spaces;
	bool has_column;
};

static void begin_line(struct line *line)
{
	line->spaces = 0;
	line->has_column = false;
	buffer_append_text(line->out, line->code);
}

static void end_line(const struct line *line)
{
	if (line->code[0])
		buffer_append_text(line->out, STYLE_END);
	buffer_append_char(line->out, '\n');
}

static void pay_spaces(struct line *line)
{
	memset(buffer_reserve(line->out, line->spaces), ' ', line->spaces);
	line->out->length += line->spaces;
	line->spaces = 0;
}

static void begin_column(struct line *line)
{
	if (line->has_column)
		line->spaces += VIEW_GAP;
	line->has_column = true;
}

/* Where a column stands in the row that is being written. */
struct column_state {
	const struct cell *cell;
	size_t width;
	size_t from; /* what is before is written already */
};

static void write_cell(struct line *line, struct column_state *state, const struct view_column *column, bool wraps)
{
	size_t needed = wraps ? 0 : state->cell->width < state->width ? state->cell->width : state->width;
	size_t used;

	begin_column(line);
	if (cell_is_over(state->cell, state->from)) {
		line->spaces += state->width;
		return;
	}
	if (column->align == VIEW_RIGHT && !wraps)
		line->spaces += state->width - needed;
	pay_spaces(line);
	if (wraps) {
		used = cell_write_line(
			state->cell, CELL_BREAK_ANYWHERE, &state->from, state->width, line->code, line->out);
	} else {
		used = cell_write_cut(state->cell, state->width, line->code, line->out);
		state->from = state->cell->length;
	}
	if (column->align == VIEW_LEFT || wraps)
		line->spaces += state->width > used ? state->width - used : 0;
}

/* Whether something is left for a line more. */
static bool has_rest(const struct column_state *states, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (states[i].width && !cell_is_over(states[i].cell, states[i].from))
			return true;
	return false;
}

static void write_row(
	const struct view_table *table, const struct view_frame *frame, struct column_state *states, struct line *line)
{
	do {
		begin_line(line);
		for (size_t i = 0; i < table->column_count; i++) {
			const struct view_column *column = &table->columns[i];
			bool wraps = frame->overflow == VIEW_WRAP && column->wraps;

			if (states[i].width)
				write_cell(line, &states[i], column, wraps);
		}
		end_line(line);
	} while (has_rest(states, table->column_count));
}

/* --- headings --- */

/* Each is underlined as far as its column goes, so the spaces are part of it; but for the last one's. */
static void write_heading(
	struct line *line, const struct view_column *column, size_t width, bool is_last, const struct theme *theme)
{
	size_t padding = width - strlen(column->heading);
	bool is_right = column->align == VIEW_RIGHT;

	begin_column(line);
	if (!column->heading[0]) {
		line->spaces += width;
		return;
	}
	pay_spaces(line);
	buffer_append_text(line->out, theme_begin(theme, ROLE_HEADING));
	buffer_printf(line->out, "%*s%s%*s", is_right ? (int)padding : 0, "", column->heading,
		is_right || is_last ? 0 : (int)padding, "");
	buffer_append_text(line->out, theme_end(theme, ROLE_HEADING));
}

static void write_headings(
	const struct view_table *table, const struct theme *theme, const size_t *widths, struct buffer *out)
{
	struct line line = { .out = out, .code = "" };
	size_t last = 0;

	for (size_t i = 0; i < table->column_count; i++)
		if (widths[i])
			last = i;
	begin_line(&line);
	for (size_t i = 0; i < table->column_count; i++)
		if (widths[i])
			write_heading(&line, &table->columns[i], widths[i], i == last, theme);
	end_line(&line);
}

/* --- the table --- */

/* The widest cell of each column; 0: there is nothing in it. */
static size_t *measure_contents(const struct view_table *table)
{
	size_t *widths = memory_array(table->column_count, sizeof(*widths));

	for (size_t row = 0; row < table->row_count; row++)
		for (size_t i = 0; i < table->column_count; i++)
			if (cell_at(table, row, i)->width > widths[i])
				widths[i] = cell_at(table, row, i)->width;
	return widths;
}

void view_table_write(const struct view_table *table, const struct view_frame *frame, struct buffer *out)
{
	struct column_state *states = memory_array(table->column_count, sizeof(*states));
	size_t *widths = measure_contents(table);

	view_fit(table->columns, table->column_count, frame->width, widths);
	write_headings(table, &frame->theme, widths, out);
	for (size_t row = 0; row < table->row_count; row++) {
		struct line line = { .out = out, .code = theme_begin(&frame->theme, table->roles[row]) };

		for (size_t i = 0; i < table->column_count; i++)
			states[i] = (struct column_state){ .cell = cell_at(table, row, i), .width = widths[i] };
		write_row(table, frame, states, &line);
	}
	free(widths);
	free(states);
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

			rows_add(&rows, cell->text ? cell->text : "", cell->length);
		}
		rows_end(&rows);
	}
}
