/* Any bytes as the text of a reply: taken out without the parser it is what the parser finds, or it is left to it. */
#include "common/wire.h"
#include "common/wire_text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* A line that both can read says the same to both. */
static void compare(const char *line, size_t length, struct buffer *text, struct buffer *rest)
{
	json_t *whole = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
	const json_t *expected = json_object_get(json_object_get(whole, "result"), "text");
	json_t *shorter = whole ? json_loadb(rest->data, rest->length, JSON_ALLOW_NUL, NULL) : NULL;

	if (json_is_object(whole) && json_is_string(expected)) {
		require(json_is_object(shorter));
		require(json_string_length(expected) == text->length);
		require(!text->length || !memcmp(json_string_value(expected), text->data, text->length));
	}
	json_decref(shorter);
	json_decref(whole);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char before[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"";
	struct buffer line, text, rest;

	buffer_init(&line);
	buffer_init(&text);
	buffer_init(&rest);
	buffer_append(&line, before, sizeof(before) - 1);
	buffer_append(&line, data, size);
	if (wire_text_take(line.data, line.length, &text, &rest))
		compare(line.data, line.length, &text, &rest);
	else
		require(!text.length && !rest.length);
	buffer_deinit(&rest);
	buffer_deinit(&text);
	buffer_deinit(&line);
	return 0;
}
