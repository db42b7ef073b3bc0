/* The text is one run of bytes, and the parts say where a style begins. */
#include "cell.h"

#include "common/memory.h"
#include "signs.h"
#include "terminal.h"

#include <string.h>

#define ISOLATE     "\xE2\x81\xA8" /* U+2068, first strong isolate: it goes the way of its own first letter */
#define ISOLATE_END "\xE2\x81\xA9" /* U+2069 */

/* --- making --- */

static void add_part(struct cell *cell, const char *code)
{
	struct cell_part *part;

	if (!code[0] && !cell->parts)
		return;
	cell->parts = memory_resize(cell->parts, cell->part_count + 2, sizeof(*cell->parts));
	if (!cell->part_count && cell->length) /* what was there before has none */
		cell->parts[cell->part_count++] = (struct cell_part){ .end = cell->length };
	part = &cell->parts[cell->part_count++];
	*part = (struct cell_part){ .end = SIZE_MAX };
	(void)strncpy(part->code, code, sizeof(part->code) - 1);
}

void cell_append(struct cell *cell, const char *text, const char *code)
{
	struct buffer all;

	if (!text[0])
		return;
	if (cell->part_count)
		cell->parts[cell->part_count - 1].end = cell->length;
	add_part(cell, code);
	buffer_init(&all);
	buffer_append(&all, cell->text, cell->length);
	terminal_clean(&all, text, strlen(text));
	free(cell->text);
	cell->text = memory_strndup(all.data, all.length);
	cell->length = all.length;
	cell->width = terminal_text_width(all.data, all.length);
	cell->is_bidirectional = terminal_is_bidirectional(all.data, all.length);
	buffer_deinit(&all);
}

void cell_deinit(struct cell *cell)
{
	free(cell->text);
	free(cell->parts);
	*cell = (struct cell){ .text = NULL };
}

/* --- writing --- */

static void append_styled(struct buffer *out, const char *text, size_t length, const char *code, const char *row_code)
{
	if (!length)
		return;
	if (strcmp(code, row_code) == 0)
		code = "";
	if (code[0] && row_code[0])
		buffer_append_text(out, STYLE_END);
	buffer_append_text(out, code);
	buffer_append(out, text, length);
	if (code[0])
		buffer_append_text(out, STYLE_END);
	if (code[0])
		buffer_append_text(out, row_code);
}

/* The bytes from `begin` to `end`, each in the style of its part. */
static void append_range(const struct cell *cell, size_t begin, size_t end, const char *row_code, struct buffer *out)
{
	for (size_t i = 0; i < cell->part_count && begin < end; i++) {
		size_t part_end = cell->parts[i].end < end ? cell->parts[i].end : end;

		if (part_end <= begin)
			continue;
		append_styled(out, cell->text + begin, part_end - begin, cell->parts[i].code, row_code);
		begin = part_end;
	}
	if (begin < end)
		buffer_append(out, cell->text + begin, end - begin);
}

static bool wants_isolation(const struct cell *cell)
{
	return cell->is_bidirectional && signs_are_utf8();
}

/* Without the spaces at its end, which nobody sees. */
static size_t trimmed(const char *text, size_t length)
{
	while (length && text[length - 1] == ' ')
		length--;
	return length;
}

bool cell_is_over(const struct cell *cell, size_t from)
{
	return trimmed(cell->text, cell->length) <= from;
}

static void append_isolated(
	const struct cell *cell, size_t begin, size_t end, const char *ending, const char *row_code, struct buffer *out)
{
	bool is_isolated = wants_isolation(cell);

	if (is_isolated)
		buffer_append_text(out, ISOLATE);
	append_range(cell, begin, end, row_code, out);
	buffer_append_text(out, ending);
	if (is_isolated)
		buffer_append_text(out, ISOLATE_END);
}

size_t cell_write_cut(const struct cell *cell, size_t width, const char *row_code, struct buffer *out)
{
	const char *ellipsis = sign_text(SIGN_ELLIPSIS);
	size_t ellipsis_width = terminal_text_width(ellipsis, strlen(ellipsis));
	size_t used;
	size_t kept;

	if (cell->width <= width) {
		kept = trimmed(cell->text, cell->length);
		append_isolated(cell, 0, kept, "", row_code, out);
		return cell->width - (cell->length - kept);
	}
	if (width < ellipsis_width) {
		ellipsis += ellipsis_width - width; /* "..": only ASCII is wider than one column */
		ellipsis_width = width;
	}
	kept = terminal_fit(cell->text, cell->length, width - ellipsis_width, &used);
	append_isolated(cell, 0, kept, ellipsis, row_code, out);
	return used + ellipsis_width;
}

/* Where a line ends into which so many bytes fit: behind a word, unless the word is longer than the line. */
static size_t find_break(const char *text, size_t length, size_t fitting, enum cell_break at)
{
	if (fitting == length)
		return length;
	for (size_t end = fitting; end > 0; end--)
		if (text[end] == ' ')
			return end;
	if (at == CELL_BREAK_AT_SPACES || !fitting) /* a character may be wider than the column */
		return strcspn(text, " ");
	return fitting;
}

size_t cell_write_line(const struct cell *cell, enum cell_break at, size_t *from, size_t width, const char *row_code,
	struct buffer *out)
{
	const char *text = cell->text + *from;
	size_t rest = cell->length - *from;
	size_t used;
	size_t kept = find_break(text, rest, terminal_fit(text, rest, width, &used), at);

	append_isolated(cell, *from, *from + trimmed(text, kept), "", row_code, out);
	*from += kept;
	while (*from < cell->length && cell->text[*from] == ' ')
		(*from)++;
	return terminal_text_width(text, trimmed(text, kept));
}
