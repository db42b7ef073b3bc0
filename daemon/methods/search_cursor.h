/* Where a search goes on: opaque to clients, strict when it comes back. */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stddef.h>
#include <stdint.h>

struct search_cursor {
	const char *query; /* what is searched for */
	size_t query_length;
	const char *filter; /* empty: the default scope */
	size_t filter_length;
	const char *context; /* the filter of its context; empty: none */
	int64_t now;         /* of the first page: all pages see the same tasks as waiting */
	/* The last one of the page before; id 0: at the start. */
	int64_t score;
	int64_t id;
};

/* As text, in the arena. */
const char *search_cursor_write(const struct search_cursor *cursor, struct arena *arena);

/* ERROR_INVALID_PARAMS, field "cursor", for anything that search_cursor_write would not have written. */
enum error search_cursor_parse(const char *text, size_t length, struct arena *arena, struct search_cursor *ret_cursor,
	struct refusal *refusal);
