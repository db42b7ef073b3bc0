/* The parser looks at each byte of a text, and keeps it byte by byte; this copies it from one backslash to the next. */
#include "server/long_text.h"

#include "common/text.h"
#include "common/wire_text.h"

#include <string.h>

#define LONG_LINE ((size_t)16 * 1024)
#define MEMBER    "\"text\":\""
#define ESCAPED   "\\u007" /* how else a string can come to hold the stand-in */

/*
 * Behind the quote that begins the text, or NULL. Behind { or , a quote begins a key in every valid line: inside of a
 * string it would end that string, and no colon or comma follows.
 */
static const char *find_text(const char *line, size_t length)
{
	const char *member = memmem(line, length, MEMBER, strlen(MEMBER));

	if (!member || member == line || (member[-1] != '{' && member[-1] != ','))
		return NULL;
	return member + strlen(MEMBER);
}

static bool has_control_character(const char *bytes, size_t length)
{
	unsigned found = 0;

	for (size_t i = 0; i < length; i++)
		found |= (unsigned char)bytes[i] < ' ';
	return found;
}

/* What the parser would refuse in it; the stand-in in the rest could be mistaken for ours. */
static bool is_fit(const char *raw, size_t length, const struct buffer *text, const struct buffer *rest)
{
	if (!text->length || has_control_character(raw, length) || memchr(text->data, '\0', text->length) ||
		!text_is_utf8(text->data, text->length))
		return false;
	return !memchr(rest->data, LONG_TEXT_STAND_IN[0], rest->length) &&
	       !memmem(rest->data, rest->length, ESCAPED, strlen(ESCAPED));
}

bool long_text_cut(const char *line, size_t length, struct buffer *ret_text, struct buffer *ret_rest)
{
	const char *end = line + length;
	const char *text = length >= LONG_LINE ? find_text(line, length) : NULL;
	const char *behind = text ? wire_text_read_string(text, end, ret_text) : NULL;

	if (!behind)
		return false;
	buffer_append(ret_rest, line, (size_t)(text - line));
	buffer_append(ret_rest, behind - 1, (size_t)(end - behind) + 1);
	if (!is_fit(text, (size_t)(behind - 1 - text), ret_text, ret_rest))
		return false;
	buffer_truncate(ret_rest, (size_t)(text - line));
	buffer_append_text(ret_rest, LONG_TEXT_STAND_IN);
	buffer_append(ret_rest, behind - 1, (size_t)(end - behind) + 1);
	return true;
}

bool long_text_restore(json_t *root, const struct buffer *text)
{
	json_t *value = json_object_get(json_object_get(root, "params"), "text");
	const char *found = json_string_value(value);

	return found && strcmp(found, LONG_TEXT_STAND_IN) == 0 &&
	       json_string_setn_nocheck(value, text->data, text->length) == 0;
}
