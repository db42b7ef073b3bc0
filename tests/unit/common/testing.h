/* What every test of this folder includes, and the third-party data that some read where it is present. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "common/buffer.h"
#include "common/cleanup.h"

#include <dirent.h>
#include <stdbool.h>
#include <string.h>

/* Append a file's bytes; false when there is no such file. */
static inline bool read_whole_file(const char *path, struct buffer *out)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	size_t count = 1;

	while (file && count > 0) {
		count = fread(buffer_reserve(out, 4096), 1, 4096, file);
		out->length += count;
	}
	return file != NULL;
}

static inline void expect_content(const struct buffer *buffer, const char *text)
{
	assert_int_equal(buffer->length, strlen(text));
	if (buffer->length)
		assert_memory_equal(buffer->data, text, buffer->length);
}
