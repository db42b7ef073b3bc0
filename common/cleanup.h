/* Release at the end of a scope: what a variable owns goes when the variable does. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CLEANUP(function) __attribute__((cleanup(function)))

static inline void cleanup_free(void *pointer)
{
	free(*(void **)pointer);
}

static inline void cleanup_close(const int *fd)
{
	if (*fd >= 0)
		close(*fd);
}

static inline void cleanup_fclose(FILE *const *file)
{
	if (*file)
		(void)fclose(*file);
}

#define AUTO_FREE   CLEANUP(cleanup_free)
#define AUTO_CLOSE  CLEANUP(cleanup_close)
#define AUTO_FCLOSE CLEANUP(cleanup_fclose)

/* Hand over what a scope owns: gives the value and leaves nothing behind to release. */
#define TAKE_FD(fd)                                                                                                    \
	__extension__({                                                                                                \
		int taken_fd = (fd);                                                                                   \
		(fd) = -1;                                                                                             \
		taken_fd;                                                                                              \
	})

#define TAKE(pointer)                                                                                                  \
	__extension__({                                                                                                \
		__typeof__(pointer) taken_pointer = (pointer);                                                         \
		(pointer) = NULL;                                                                                      \
		taken_pointer;                                                                                         \
	})

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
