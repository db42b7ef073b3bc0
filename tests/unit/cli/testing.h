/* What every test of this folder includes. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/trouble.h"
#include "common/buffer.h"
#include "common/cleanup.h"

#include <jansson.h>
#include <stdbool.h>
#include <string.h>

static inline void expect_content(const struct buffer *buffer, const char *text)
{
	assert_int_equal(buffer->length, strlen(text));
	if (buffer->length)
		assert_memory_equal(buffer->data, text, buffer->length);
}

/* `text` is compact, its keys sorted. */
static inline void expect_json(const json_t *value, const char *text)
{
	AUTO_FREE char *found = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	assert_non_null(found);
	assert_string_equal(found, text);
}

static inline void expect_words(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("`%s` is not in `%s`", part, text);
}
