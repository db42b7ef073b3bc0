/* Growth by doubling; what is left behind is wiped, since a buffer may carry a secret. */
#include "common/buffer.h"

#include "common/memory.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CAPACITY_MIN ((size_t)256)

void buffer_init(struct buffer *buffer)
{
	*buffer = (struct buffer){ 0 };
}

void buffer_deinit(struct buffer *buffer)
{
	free(buffer->data);
	buffer_init(buffer);
}

/* Not realloc: it would leave a copy in freed memory, which buffer_wipe could no longer reach. */
static void move_to(struct buffer *buffer, size_t capacity)
{
	char *data = memory_alloc(capacity);

	if (buffer->data) {
		memcpy(data, buffer->data, buffer->length);
		/* All of it: behind the length lies what was consumed or truncated away. */
		explicit_bzero(buffer->data, buffer->capacity);
		free(buffer->data);
	}
	buffer->data = data;
	buffer->capacity = capacity;
}

void buffer_grow(struct buffer *buffer, size_t size)
{
	size_t needed;
	size_t capacity = buffer->capacity < CAPACITY_MIN ? CAPACITY_MIN : buffer->capacity;

	if (__builtin_add_overflow(buffer->length, size, &needed) || needed > SIZE_MAX / 2)
		abort();
	while (capacity < needed)
		capacity *= 2;
	move_to(buffer, capacity);
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t length)
{
	if (!length)
		return;
	memcpy(buffer_reserve(buffer, length), bytes, length);
	buffer->length += length;
}

void buffer_append_text(struct buffer *buffer, const char *text)
{
	buffer_append(buffer, text, strlen(text));
}

void buffer_append_char(struct buffer *buffer, char byte)
{
	*buffer_reserve(buffer, 1) = byte;
	buffer->length++;
}

void buffer_printf(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_list again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	assert(length >= 0);
	(void)vsnprintf(buffer_reserve(buffer, (size_t)length + 1), (size_t)length + 1, format, arguments);
	va_end(arguments);
	buffer->length += (size_t)length;
}

void buffer_consume(struct buffer *buffer, size_t length)
{
	assert(length <= buffer->length);
	if (!length)
		return;
	buffer->length -= length;
	memmove(buffer->data, buffer->data + length, buffer->length);
}

void buffer_truncate(struct buffer *buffer, size_t length)
{
	assert(length <= buffer->length);
	buffer->length = length;
}

void buffer_wipe(struct buffer *buffer)
{
	if (buffer->data)
		explicit_bzero(buffer->data, buffer->capacity);
	buffer->length = 0;
}

void buffer_shrink(struct buffer *buffer, size_t capacity)
{
	if (buffer->capacity <= capacity || buffer->length > capacity)
		return;
	if (capacity) {
		move_to(buffer, capacity);
		return;
	}
	buffer_wipe(buffer);
	buffer_deinit(buffer);
}

const char *buffer_text(struct buffer *buffer)
{
	*buffer_reserve(buffer, 1) = '\0';
	return buffer->data;
}
