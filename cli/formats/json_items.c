/* Objects of JSON, in an array or one after the other: each becomes a line. What is in them is the daemon's to read. */
#include "formats/formats.h"

#include <string.h>

/* The byte behind the object or string that begins here; NULL: it does not end. */
static const char *skip_string(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\')
			at++;
	return at < end ? at + 1 : NULL;
}

static const char *skip_object(const char *at, const char *end)
{
	size_t depth = 0;

	while (at && at < end) {
		if (*at == '"') {
			at = skip_string(at, end);
			continue;
		}
		depth += *at == '{' || *at == '[';
		depth -= *at == '}' || *at == ']';
		at++;
		if (!depth)
			return at;
	}
	return NULL;
}

/* What stands between two objects in an array, and between lines. */
static bool is_between(char byte)
{
	return byte && strchr(" \t\r\n,[]", byte);
}

void json_items_read(const char *text, size_t length, struct format_input *input)
{
	const char *at = text;
	const char *end = text + length;

	for (;;) {
		const char *behind;

		while (at < end && is_between(*at))
			at++;
		if (at == end)
			return;
		behind = *at == '{' ? skip_object(at, end) : NULL;
		if (!behind) {
			format_input_refuse(input, *at == '{' ? "the object does not end" : "here should be an object");
			return;
		}
		format_input_add_text(input, at, (size_t)(behind - at));
		at = behind;
	}
}
