/* The bytes are kept until a whole line is there; of one that is too long they are not. */
#include "line_input.h"

#include "common/text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define CHUNK   ((size_t)64 * 1024)
#define FOREVER (-1)

void line_input_init(struct line_input *input, int fd)
{
	*input = (struct line_input){ .fd = fd };
	buffer_init(&input->buffer);
}

void line_input_deinit(struct line_input *input)
{
	buffer_deinit(&input->buffer);
}

/* --- bytes --- */

static size_t length_left(const struct line_input *input)
{
	return input->buffer.length - input->at;
}

static const char *find_feed(const struct line_input *input)
{
	return length_left(input) ? memchr(input->buffer.data + input->at, '\n', length_left(input)) : NULL;
}

static bool has_line(const struct line_input *input)
{
	return find_feed(input) || input->is_over;
}

/* What has been taken makes room. */
static void drop_taken(struct line_input *input)
{
	size_t left = length_left(input);

	if (input->at && left)
		memmove(input->buffer.data, input->buffer.data + input->at, left);
	buffer_truncate(&input->buffer, left);
	input->at = 0;
}

static enum error read_more(struct line_input *input, struct trouble *trouble)
{
	ssize_t count;

	drop_taken(input);
	do
		count = read(input->fd, buffer_reserve(&input->buffer, CHUNK), CHUNK);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return trouble_set(trouble, ERROR_STORAGE, "cannot read standard input: %s", strerror(errno));
	input->buffer.length += (size_t)count;
	input->is_over = count == 0;
	return ERROR_NONE;
}

/* Of what nobody will take nothing is kept, however much comes. A CR in front of the LF does not count. */
static void limit_line(struct line_input *input)
{
	if (has_line(input) || length_left(input) <= LINE_INPUT_LIMIT + 1)
		return;
	input->is_too_long = true;
	input->at = input->buffer.length;
}

/* A regular file is always ready. */
static bool is_ready(const struct line_input *input, int milliseconds)
{
	struct pollfd waiting = { .fd = input->fd, .events = POLLIN };

	return poll(&waiting, 1, milliseconds) != 0;
}

enum error line_input_wait(struct line_input *input, int milliseconds, bool *ret_is_there, struct trouble *trouble)
{
	enum error error = ERROR_NONE;

	while (!error && !has_line(input) && is_ready(input, milliseconds)) {
		error = read_more(input, trouble);
		limit_line(input);
	}
	*ret_is_there = has_line(input);
	return error;
}

/* --- lines --- */

static const char *find_fault(const char *line, size_t length, bool is_too_long)
{
	if (is_too_long || length > LINE_INPUT_LIMIT)
		return "is longer than 64 KiB";
	if (length && memchr(line, '\0', length))
		return "holds a NUL byte";
	return text_is_utf8(line, length) ? NULL : "is not UTF-8";
}

enum error line_input_take(struct line_input *input, bool *ret_is_there, const char **ret_line, size_t *ret_length,
	const char **ret_reason, struct trouble *trouble)
{
	const char *feed;
	enum error error = line_input_wait(input, FOREVER, ret_is_there, trouble);

	if (error)
		return error;
	*ret_is_there = length_left(input) > 0 || input->is_too_long;
	if (!*ret_is_there)
		return ERROR_NONE;
	feed = find_feed(input);
	*ret_line = input->buffer.data + input->at;
	*ret_length = feed ? (size_t)(feed - *ret_line) : length_left(input);
	input->at += *ret_length + (feed ? 1 : 0);
	input->number++;
	if (*ret_length && (*ret_line)[*ret_length - 1] == '\r')
		--*ret_length;
	*ret_reason = find_fault(*ret_line, *ret_length, input->is_too_long);
	input->is_too_long = false;
	return ERROR_NONE;
}
