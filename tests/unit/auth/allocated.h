/* How many bytes the heap holds, for tests of what must not grow. */
#pragma once

#include <malloc.h>
#include <stddef.h>

/* The sanitizers bring a heap of their own, and mallinfo2 knows nothing of it. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static inline size_t allocated_bytes(void)
{
	if (__sanitizer_get_current_allocated_bytes)
		return __sanitizer_get_current_allocated_bytes();
	return mallinfo2().uordblks;
}
