/* A string of JSON (RFC 8259 §7) copied piece by piece, from one backslash to the next. */
#include "common/wire_text.h"

#include <string.h>

static const char start[] = "\"result\":{\"text\":\"";

/* The byte that an escape stands for; 0: not one of those that json_writer writes. `at` is behind the backslash. */
static size_t read_escape(const char *at, const char *end, char *ret_byte)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char bytes[] = "\"\\/\b\f\n\r\t";
	const char *place = at < end && *at ? strchr(letters, *at) : NULL;
	static const char digits[] = "0123456789abcdef";
	const char *high, *low;

	if (place) {
		*ret_byte = bytes[place - letters];
		return 1;
	}
	if (end - at < 5 || memcmp(at, "u00", 3) != 0 || (at[3] != '0' && at[3] != '1'))
		return 0;
	high = strchr(digits, at[3]);
	low = at[4] ? strchr(digits, at[4]) : NULL;
	if (!low)
		return 0;
	*ret_byte = (char)((high - digits) * 16 + (low - digits));
	return 5;
}

const char *wire_text_read_string(const char *at, const char *end, struct buffer *text)
{
	const char *quote = NULL;

	for (;;) {
		const char *backslash;
		size_t escape;
		char byte;

		if (!quote || quote < at) /* a text without quotes is not searched again behind each backslash */
			quote = memchr(at, '"', (size_t)(end - at));
		if (!quote)
			return NULL;
		backslash = memchr(at, '\\', (size_t)(quote - at));
		buffer_append(text, at, (size_t)((backslash ? backslash : quote) - at));
		if (!backslash)
			return quote + 1;
		escape = read_escape(backslash + 1, end, &byte);
		if (!escape)
			return NULL;
		buffer_append_char(text, byte);
		at = backslash + 1 + escape;
	}
}

bool wire_text_take(const char *line, size_t length, struct buffer *ret_text, struct buffer *ret_rest)
{
	const char *end = line + length;
	const char *place = memmem(line, length < 512 ? length : 512, start, sizeof(start) - 1);
	size_t before = ret_text->length;
	const char *text = place ? place + sizeof(start) - 1 : NULL;
	const char *behind = text ? wire_text_read_string(text, end, ret_text) : NULL;

	if (!behind) {
		buffer_truncate(ret_text, before);
		return false;
	}
	buffer_append(ret_rest, line, (size_t)(text - line));
	buffer_append(ret_rest, behind - 1, (size_t)(end - behind) + 1);
	return true;
}
