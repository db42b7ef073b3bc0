/* Where a list goes on: opaque to clients, strict when it comes back. */
#pragma once

#include "common/arena.h"
#include "common/buffer.h"
#include "common/error.h"
#include "tasks/task_sort.h"

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

#define TASK_CURSOR_LIMIT 32768 /* bytes of its text */

struct task_cursor {
	const char *filter; /* of the list; empty: the default scope */
	size_t filter_length;
	const char *context; /* the filter of the context that it was asked for in; NULL or empty: none */
	int64_t now;         /* of the first page: all pages see the same tasks as waiting */
	int64_t after_id;    /* the last one of the page before; 0: at the start */
	const char *sort;    /* of the list; NULL: by ids */
	size_t sort_length;
	struct task_sort order;  /* what `sort` says */
	struct task_place after; /* of the last one, in that order; set where after_id is */
};

/* For cursors of other lists of tasks: JSON as an opaque text in the arena, and back. NULL: this is no such text; else
 * the caller owns it. */
const char *task_cursor_encode(const struct buffer *json, struct arena *arena);
json_t *task_cursor_decode(const char *text, size_t length, struct arena *arena);

/* As text: base64url of JSON. In the arena. */
const char *task_cursor_write(const struct task_cursor *cursor, struct arena *arena);

/* ERROR_INVALID_PARAMS, field "cursor", for anything that task_cursor_write would not have written. */
enum error task_cursor_parse(
	const char *text, size_t length, struct arena *arena, struct task_cursor *ret_cursor, struct refusal *refusal);
