/* A line of the content is a cell as wide as what is left of the terminal. */
#include "details.h"

#include "cell.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "terminal.h"

#include <string.h>

#define WIDTH_LEAST 16u /* of the content, whatever the terminal says */

static size_t content_width(const struct view_frame *frame, size_t indent)
{
	if (!frame->width)
		return SIZE_MAX / 2;
	return frame->width < indent + WIDTH_LEAST ? WIDTH_LEAST : frame->width - indent;
}

static void append_indent(struct buffer *out, size_t indent)
{
	memset(buffer_reserve(out, indent), ' ', indent);
	out->length += indent;
}

/* A line without its line feed, in as many of the terminal as it needs. */
static void append_line(struct buffer *out, const struct view_frame *frame, size_t indent, const char *text)
{
	size_t width = content_width(frame, indent);
	struct cell cell = { .text = NULL };
	size_t from = 0;

	cell_append(&cell, text, "");
	while (from < cell.length) {
		if (from)
			append_indent(out, indent);
		(void)cell_write_line(&cell, CELL_BREAK_AT_SPACES, &from, width, "", out);
		buffer_append_char(out, '\n');
	}
	if (!cell.length)
		buffer_append_char(out, '\n');
	cell_deinit(&cell);
}

static void append_lines(struct buffer *out, const struct view_frame *frame, size_t indent, const char *content)
{
	bool is_first = true;

	do {
		size_t length = strcspn(content, "\n");
		AUTO_FREE char *line = memory_strndup(content, length);

		if (!is_first && line[0])
			append_indent(out, indent);
		append_line(out, frame, indent, line);
		content += length + (content[length] == '\n');
		is_first = false;
	} while (*content);
}

void details_append(
	struct buffer *out, const struct view_frame *frame, size_t indent, const char *heading, const char *content)
{
	size_t width = terminal_text_width(heading, strlen(heading));

	theme_append(out, &frame->theme, ROLE_LABEL, heading);
	if (content[0])
		append_indent(out, width < indent ? indent - width : 1);
	append_lines(out, frame, indent, content);
}

void details_append_text(struct buffer *out, const struct view_frame *frame, const char *content)
{
	append_lines(out, frame, 0, content);
}
