/* Memory that lives as long as one request: taken piece by piece, given back at once. */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
	struct arena_block *block; /* the newest; older ones hang behind it */
	size_t used;               /* in the newest block */
	size_t total;              /* bytes of all blocks */
};

void arena_init(struct arena *arena);
void arena_deinit(struct arena *arena);

/* Forget everything, keeping one block of the ordinary size for the next request. */
void arena_reset(struct arena *arena);

/* As arena_reset, and wipe what was written: for requests that carried a secret. */
void arena_wipe(struct arena *arena);

/* Zeroed, aligned for any type; never NULL (out of memory ends the process). A size of 0 gives a valid pointer. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_array(struct arena *arena, size_t count, size_t size);

/* Copies, NUL-terminated. */
char *arena_strdup(struct arena *arena, const char *text);
char *arena_strndup(struct arena *arena, const char *text, size_t length);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
