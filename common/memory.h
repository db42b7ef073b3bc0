/* Allocation that cannot fail: out of memory ends the process, and the transactional store keeps what was promised. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The pointer, or the end of the process. */
static inline void *memory_require(void *pointer)
{
	if (!pointer)
		abort();
	return pointer;
}

/* The caller frees what these return. A size of 0 gives a valid pointer. */
static inline void *memory_alloc(size_t size)
{
	return memory_require(malloc(size ? size : 1));
}

/* Zeroed. */
static inline void *memory_array(size_t count, size_t size)
{
	return memory_require(count && size ? calloc(count, size) : calloc(1, 1));
}

/* `count` items of `size` bytes, with the old content; what is new is not zeroed. */
static inline void *memory_resize(void *pointer, size_t count, size_t size)
{
	return memory_require(count && size ? reallocarray(pointer, count, size) : realloc(pointer, 1));
}

static inline char *memory_strdup(const char *text)
{
	return memory_require(strdup(text));
}

/* Exactly `length` bytes, which need no NUL behind them, and a NUL. */
static inline char *memory_strndup(const char *text, size_t length)
{
	char *copy = memory_alloc(length + 1);

	if (length)
		memcpy(copy, text, length);
	copy[length] = '\0';
	return copy;
}
