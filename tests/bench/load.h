/* Many clients in one thread: each says a prepared line, hears the line that answers it, and says the next. */
#pragma once

#include "bench/samples.h"
#include "common/buffer.h"

#include <stdint.h>

struct load {
	const char *socket_path;
	size_t connections;

	/* Said in turn, over and over, by whichever client is next; each with its LF. */
	const struct buffer *const *lines;
	size_t line_count;

	/* The end: whichever of these is given and comes first. */
	size_t calls;
	int64_t duration_ms;
	int until_fd; /* 0: none; else until it is readable */

	struct samples *latencies_us; /* NULL: not wanted */
};

struct load_outcome {
	size_t calls;
	double seconds;
};

/* Every call that was made is answered, and with a result; anything else ends the program. */
struct load_outcome load_run(const struct load *load);

/* The same line from all clients for so long: calls a second. */
double load_rate(const char *socket_path, size_t connections, const struct buffer *line, int64_t duration_ms);
