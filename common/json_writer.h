/* JSON written straight into a buffer, without a tree: commas and escapes are looked after. */
#pragma once

#include "common/buffer.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct json_writer {
	struct buffer *out; /* borrowed */
	bool needs_comma;   /* the next value or key stands behind another one */
};

void json_writer_init(struct json_writer *writer, struct buffer *out);

void json_writer_begin_object(struct json_writer *writer);
void json_writer_end_object(struct json_writer *writer);
void json_writer_begin_array(struct json_writer *writer);
void json_writer_end_array(struct json_writer *writer);

/* Values. Text is UTF-8, checked where it came in; control characters, quotes and backslashes are escaped (RFC 8259
 * §7). */
void json_writer_string(struct json_writer *writer, const char *text, size_t length);
void json_writer_text(struct json_writer *writer, const char *text);
/* A long one piece by piece, whole characters each. */
void json_writer_begin_string(struct json_writer *writer);
void json_writer_string_piece(struct json_writer *writer, const char *text, size_t length);
void json_writer_end_string(struct json_writer *writer);
void json_writer_integer(struct json_writer *writer, int64_t value);
/* Read back it is the same number; what is not finite is written as null. */
void json_writer_real(struct json_writer *writer, double value);
void json_writer_boolean(struct json_writer *writer, bool value);
void json_writer_null(struct json_writer *writer);
/* RFC 3339 in UTC, seconds since the epoch in. */
void json_writer_time(struct json_writer *writer, int64_t seconds);
/* JSON that is already text, trusted. */
void json_writer_raw(struct json_writer *writer, const char *json, size_t length);
void json_writer_tree(struct json_writer *writer, const json_t *tree);

void json_writer_key_bytes(struct json_writer *writer, const char *key, size_t length);

/*
 * A member's key, a plain name that needs no escape; its value must follow. Inline, as are the calls that write key and
 * value in one, so that the length of a literal is known when compiling.
 */
static inline void json_writer_key(struct json_writer *writer, const char *key)
{
	json_writer_key_bytes(writer, key, strlen(key));
}

static inline void json_writer_member_text(struct json_writer *writer, const char *key, const char *text)
{
	json_writer_key(writer, key);
	json_writer_text(writer, text);
}

static inline void json_writer_member_integer(struct json_writer *writer, const char *key, int64_t value)
{
	json_writer_key(writer, key);
	json_writer_integer(writer, value);
}

static inline void json_writer_member_boolean(struct json_writer *writer, const char *key, bool value)
{
	json_writer_key(writer, key);
	json_writer_boolean(writer, value);
}

static inline void json_writer_member_time(struct json_writer *writer, const char *key, int64_t seconds)
{
	json_writer_key(writer, key);
	json_writer_time(writer, seconds);
}
