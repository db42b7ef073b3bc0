/* Content lines of iCalendar as they are written. */
#include "common/ical_writer.h"

#include "common/text.h"

#include <string.h>

#define FOLD_LIMIT 75u /* bytes of a line, without its end */

void ical_writer_init(struct ical_writer *writer, struct buffer *out)
{
	*writer = (struct ical_writer){ .out = out, .start = out->length };
}

void ical_writer_begin(struct ical_writer *writer, const char *name)
{
	writer->start = writer->out->length;
	buffer_append_text(writer->out, name);
}

/* --- parameters --- */

static const char *caret_code(char byte)
{
	switch (byte) {
	case '\n':
		return "^n";
	case '"':
		return "^'";
	case '^':
		return "^^";
	default:
		return NULL;
	}
}

void ical_writer_param(struct ical_writer *writer, const char *name, const char *value)
{
	const char *quote = strpbrk(value, ":;,") ? "\"" : "";

	buffer_printf(writer->out, ";%s=%s", name, quote);
	for (; *value; value++) {
		const char *code = caret_code(*value);

		if (code)
			buffer_append_text(writer->out, code);
		else
			buffer_append_char(writer->out, *value);
	}
	buffer_append_text(writer->out, quote);
}

/* --- values --- */

/* Where the line is cut next: behind the last whole character that fits. */
static size_t whole_length(const char *text, size_t limit)
{
	size_t length = text_whole_length(text, limit);

	return length ? length : limit;
}

/* The line is moved out of the way and put back in pieces. */
static void fold(struct ical_writer *writer)
{
	size_t length = writer->out->length - writer->start;
	size_t limit = FOLD_LIMIT;
	struct buffer line;
	const char *at;

	if (length <= FOLD_LIMIT)
		return;
	buffer_init(&line);
	buffer_append(&line, writer->out->data + writer->start, length);
	buffer_truncate(writer->out, writer->start);
	for (at = line.data; length > limit; limit = FOLD_LIMIT - 1) {
		size_t piece = whole_length(at, limit);

		buffer_append(writer->out, at, piece);
		buffer_append_text(writer->out, "\r\n ");
		at += piece;
		length -= piece;
	}
	buffer_append(writer->out, at, length);
	buffer_deinit(&line);
}

static void end_line(struct ical_writer *writer)
{
	fold(writer);
	buffer_append_text(writer->out, "\r\n");
}

static void append_text(struct ical_writer *writer, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\;,\n", *text))
			buffer_append_char(writer->out, '\\');
		if (*text == '\n')
			buffer_append_char(writer->out, 'n');
		else
			buffer_append_char(writer->out, *text);
	}
}

void ical_writer_end_text(struct ical_writer *writer, const char *text)
{
	buffer_append_char(writer->out, ':');
	append_text(writer, text);
	end_line(writer);
}

void ical_writer_end_texts(struct ical_writer *writer, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_append_char(writer->out, i ? ',' : ':');
		append_text(writer, texts[i]);
	}
	end_line(writer);
}

void ical_writer_end(struct ical_writer *writer, const char *value)
{
	buffer_append_text(writer->out, value);
	end_line(writer);
}

void ical_writer_text(struct ical_writer *writer, const char *name, const char *text)
{
	ical_writer_begin(writer, name);
	ical_writer_end_text(writer, text);
}

void ical_writer_value(struct ical_writer *writer, const char *name, const char *value)
{
	ical_writer_begin(writer, name);
	buffer_append_char(writer->out, ':');
	ical_writer_end(writer, value);
}
