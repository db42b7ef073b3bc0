/* The least that a libuv server can do for a line: find its end, and answer with as many bytes as taskd would. */
#include "bench/line_server.h"

#include "common/memory.h"

static void *prepare(const void *reply)
{
	struct buffer *copy = memory_alloc(sizeof(*copy));
	const struct buffer *original = reply;

	buffer_init(copy);
	buffer_append(copy, original->data, original->length);
	return copy;
}

static void answer(void *context, const char *line, size_t length, struct buffer *out)
{
	const struct buffer *reply = context;

	(void)line;
	(void)length;
	buffer_append(out, reply->data, reply->length);
}

void echo_server_start(struct line_server *server, const char *path, const struct buffer *reply)
{
	line_server_start(server, path, prepare, reply, answer);
}
