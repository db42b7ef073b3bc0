/* Any bytes around a long text: with the short way for it a line has the outcome that the plain parser gives it. */
#include "server/line.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LONG_TEXT 17000 /* enough for the short way */
#define MEMBER    "\"text\":\""

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* The bytes, and the long text where the first member of that name begins. */
static void write_line(struct buffer *line, const char *bytes, size_t size)
{
	const char *member = memmem(bytes, size, MEMBER, strlen(MEMBER));
	size_t before = member ? (size_t)(member - bytes) + strlen(MEMBER) : size;

	buffer_append(line, bytes, before);
	for (int i = 0; member && i < LONG_TEXT; i++)
		buffer_append_char(line, 'a');
	buffer_append(line, bytes + before, size - before);
}

static void compare(struct buffer *line)
{
	static const struct known_token none = { .text = NULL };
	struct wire_message expected, found;
	struct refusal expected_refusal = { 0 }, refusal = { 0 };
	struct buffer scratch;
	enum error error = wire_parse(buffer_text(line), line->length, &expected, &expected_refusal);

	buffer_init(&scratch);
	require(line_parse(buffer_text(line), line->length, &none, &scratch, &found, &refusal) == error);
	if (error) {
		require(strcmp(refusal.message, expected_refusal.message) == 0);
	} else {
		require(json_equal(found.root, expected.root));
		wire_message_deinit(&found);
		wire_message_deinit(&expected);
	}
	buffer_deinit(&scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer line;

	buffer_init(&line);
	write_line(&line, (const char *)data, size);
	compare(&line);
	buffer_deinit(&line);
	return 0;
}
