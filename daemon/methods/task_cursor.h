/* Where a list goes on: opaque to clients, strict when it comes back. */
#pragma once

#include "common/arena.h"
#include "common/error.h"

#include <stddef.h>
#include <stdint.h>

#define TASK_CURSOR_LIMIT 32768 /* bytes of its text */

struct task_cursor {
	const char *filter; /* of the list; empty: the default scope */
	size_t filter_length;
	int64_t now;      /* of the first page: all pages see the same tasks as waiting */
	int64_t after_id; /* the last one of the page before; 0: at the start */
};

/* As text: base64url of JSON. In the arena. */
const char *task_cursor_write(const struct task_cursor *cursor, struct arena *arena);

/* ERROR_INVALID_PARAMS, field "cursor", for anything that task_cursor_write would not have written. */
enum error task_cursor_parse(
	const char *text, size_t length, struct arena *arena, struct task_cursor *ret_cursor, struct refusal *refusal);
