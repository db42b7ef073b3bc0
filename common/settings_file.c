/* A line is found by its name alone; whether the text is good is for settings_parse to say. */
#include "common/settings_file.h"

#include "common/cleanup.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FILE_LIMIT ((size_t)1024 * 1024)

/* --- reading --- */

static enum error refuse_file(struct refusal *refusal, const char *path, const char *reason)
{
	return refuse(refusal, ERROR_INVALID_PARAMS, NULL, "%s: cannot be read: %s", path, reason);
}

static enum error read_descriptor(int fd, const char *path, struct buffer *out, struct refusal *refusal)
{
	ssize_t count;

	do {
		count = read(fd, buffer_reserve(out, 4096), 4096);
		if (count > 0)
			out->length += (size_t)count;
		if (out->length > FILE_LIMIT)
			return refuse_file(refusal, path, "larger than 1 MiB");
	} while (count > 0 || (count < 0 && errno == EINTR));
	if (count < 0)
		return refuse_file(refusal, path, strerror(errno));
	return ERROR_NONE;
}

enum error settings_file_read(const char *path, bool may_be_missing, struct buffer *out, struct refusal *refusal)
{
	AUTO_CLOSE int fd = -1;

	if (!path)
		return ERROR_NONE;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT && may_be_missing)
		return ERROR_NONE;
	if (fd < 0)
		return refuse_file(refusal, path, strerror(errno));
	return read_descriptor(fd, path, out, refusal);
}

/* --- changing --- */

/* Where a line stands in the text, with what ends it. */
struct line {
	size_t start;
	size_t length;
};

static bool is_blank(char byte)
{
	return byte == ' ' || byte == '\t';
}

/* The bytes up to the line's end. */
static size_t line_length(const struct buffer *text, size_t start)
{
	const char *newline = memchr(text->data + start, '\n', text->length - start);

	return newline ? (size_t)(newline - text->data) - start + 1 : text->length - start;
}

static bool sets(const char *line, size_t length, const char *name)
{
	size_t name_length = strlen(name);
	size_t i = 0;

	while (i < length && is_blank(line[i]))
		i++;
	if (length - i < name_length || memcmp(line + i, name, name_length) != 0)
		return false;
	for (i += name_length; i < length && is_blank(line[i]); i++)
		;
	return i < length && line[i] == '=';
}

static bool find_line(const struct buffer *text, const char *name, struct line *ret_line)
{
	for (size_t start = 0; start < text->length; start += ret_line->length) {
		*ret_line = (struct line){ .start = start, .length = line_length(text, start) };
		if (sets(text->data + start, ret_line->length, name))
			return true;
	}
	return false;
}

/* LF or CR LF, as it is; nothing where a last line has no end. */
static size_t ending_length(const struct buffer *text, const struct line *line)
{
	const char *end = text->data + line->start + line->length;

	if (end[-1] != '\n')
		return 0;
	return line->length > 1 && end[-2] == '\r' ? 2 : 1;
}

/* Put bytes in the place of others. */
static void replace_bytes(struct buffer *text, size_t start, size_t length, const struct buffer *bytes)
{
	struct buffer rest;

	buffer_init(&rest);
	buffer_append(&rest, text->data + start + length, text->length - start - length);
	buffer_truncate(text, start);
	buffer_append(text, bytes->data, bytes->length);
	buffer_append(text, rest.data, rest.length);
	buffer_deinit(&rest);
}

bool settings_text_has(const struct buffer *text, const char *name)
{
	struct line line;

	return find_line(text, name, &line);
}

void settings_text_put(struct buffer *text, const char *name, const char *value)
{
	struct buffer assignment;
	struct line line;

	buffer_init(&assignment);
	buffer_printf(&assignment, "%s = %s", name, value);
	if (find_line(text, name, &line)) {
		replace_bytes(text, line.start, line.length - ending_length(text, &line), &assignment);
	} else {
		if (text->length && text->data[text->length - 1] != '\n')
			buffer_append_char(text, '\n');
		buffer_append(text, assignment.data, assignment.length);
		buffer_append_char(text, '\n');
	}
	buffer_deinit(&assignment);
}

bool settings_text_remove(struct buffer *text, const char *name)
{
	struct buffer nothing;
	struct line line;

	if (!find_line(text, name, &line))
		return false;
	buffer_init(&nothing);
	replace_bytes(text, line.start, line.length, &nothing);
	buffer_deinit(&nothing);
	return true;
}
