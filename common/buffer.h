/* A row of bytes that grows. */
#pragma once

#include <stddef.h>

struct buffer {
	char *data; /* NULL while capacity is 0; not NUL-terminated by itself */
	size_t length;
	size_t capacity;
};

void buffer_init(struct buffer *buffer);
void buffer_deinit(struct buffer *buffer);

/* What buffer_reserve does when there is no room yet. */
void buffer_grow(struct buffer *buffer, size_t size);

/* Room for `size` more bytes at data + length; the caller adds what it wrote to length. Never fails, never NULL. */
static inline char *buffer_reserve(struct buffer *buffer, size_t size)
{
	if (__builtin_expect(!buffer->data || size > buffer->capacity - buffer->length, 0))
		buffer_grow(buffer, size);
	return buffer->data + buffer->length;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length);
void buffer_append_text(struct buffer *buffer, const char *text);
void buffer_append_char(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Remove the first `length` bytes. */
void buffer_consume(struct buffer *buffer, size_t length);

/* Shorten to `length` bytes; the memory stays. */
void buffer_truncate(struct buffer *buffer, size_t length);

/* Overwrite everything with zeros, then truncate to 0. */
void buffer_wipe(struct buffer *buffer);

/* Give memory above `capacity` back, when the content allows it. */
void buffer_shrink(struct buffer *buffer, size_t capacity);

/* The content as a NUL-terminated string; the NUL is not counted. */
const char *buffer_text(struct buffer *buffer);
