/* A cell is cleaned first, and then looked at: whether it wants quotes. */
#include "rows.h"

#include "terminal.h"

#include <string.h>

static bool wants_quotes(const struct buffer *cell)
{
	for (size_t i = 0; i < cell->length; i++)
		if (strchr(",\"\r\n", cell->data[i]))
			return true;
	return false;
}

static void append_quoted(struct buffer *out, const struct buffer *cell)
{
	buffer_append_char(out, '"');
	for (size_t i = 0; i < cell->length; i++) {
		if (cell->data[i] == '"')
			buffer_append_char(out, '"');
		buffer_append_char(out, cell->data[i]);
	}
	buffer_append_char(out, '"');
}

static void append_csv(struct buffer *out, const char *text, size_t length)
{
	struct buffer cell;

	buffer_init(&cell);
	terminal_clean_lines(&cell, text, length);
	if (wants_quotes(&cell))
		append_quoted(out, &cell);
	else
		buffer_append(out, cell.data, cell.length);
	buffer_deinit(&cell);
}

void rows_add(struct rows *rows, const char *text, size_t length)
{
	if (rows->has_cell)
		buffer_append_char(rows->out, rows->form == ROWS_CSV ? ',' : '\t');
	rows->has_cell = true;
	if (rows->form == ROWS_CSV)
		append_csv(rows->out, text, length);
	else
		terminal_escape(rows->out, text, length);
}

void rows_add_heading(struct rows *rows, const char *text)
{
	if (rows->form == ROWS_CSV)
		rows_add(rows, text, strlen(text));
}

void rows_end(struct rows *rows)
{
	if (rows->has_cell)
		buffer_append_text(rows->out, rows->form == ROWS_CSV ? "\r\n" : "\n");
	rows->has_cell = false;
}
