/* Each call reserves once and writes by hand: lists of tasks are made of hundreds of thousands of these a second. */
#include "common/json_writer.h"

#include "common/text.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INTEGER_DIGITS_MAX 20 /* of INT64_MIN, with its sign */

void json_writer_init(struct json_writer *writer, struct buffer *out)
{
	*writer = (struct json_writer){ .out = out };
}

/* Room for a value of `size` bytes, behind the comma that it may need; end_value says where it ended. */
static inline char *begin_value(struct json_writer *writer, size_t size)
{
	char *place = buffer_reserve(writer->out, size + 1);

	*place = ',';
	return place + writer->needs_comma;
}

static inline void end_value(struct json_writer *writer, const char *end)
{
	writer->out->length = (size_t)(end - writer->out->data);
	writer->needs_comma = true;
}

static void begin_container(struct json_writer *writer, char bracket)
{
	char *place = begin_value(writer, 1);

	*place = bracket;
	end_value(writer, place + 1);
	writer->needs_comma = false;
}

static void end_container(struct json_writer *writer, char bracket)
{
	buffer_append_char(writer->out, bracket);
	writer->needs_comma = true;
}

void json_writer_begin_object(struct json_writer *writer)
{
	begin_container(writer, '{');
}

void json_writer_end_object(struct json_writer *writer)
{
	end_container(writer, '}');
}

void json_writer_begin_array(struct json_writer *writer)
{
	begin_container(writer, '[');
}

void json_writer_end_array(struct json_writer *writer)
{
	end_container(writer, ']');
}

void json_writer_key_bytes(struct json_writer *writer, const char *key, size_t length)
{
	char *place = begin_value(writer, length + 3);

	*place++ = '"';
	memcpy(place, key, length);
	place += length;
	*place++ = '"';
	*place++ = ':';
	end_value(writer, place);
	writer->needs_comma = false;
}

#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (value))

static bool byte_needs_escape(char byte)
{
	return (unsigned char)byte < 0x20 || byte == '"' || byte == '\\';
}

/*
 * The same question for eight bytes at once. Subtracting from each byte borrows into its top bit when the byte is
 * smaller; `& ~` drops the bytes that had that bit before.
 */
static bool word_needs_escape(uint64_t word)
{
	uint64_t quote = word ^ EACH_BYTE('"');
	uint64_t backslash = word ^ EACH_BYTE('\\');
	uint64_t control = (word - EACH_BYTE(0x20)) & ~word;

	quote = (quote - EACH_BYTE(1)) & ~quote;
	backslash = (backslash - EACH_BYTE(1)) & ~backslash;
	return ((control | quote | backslash) & EACH_BYTE(0x80)) != 0;
}

/* Copy up to the first byte that needs an escape, and say how many bytes that were. */
static size_t copy_plain(char *place, const char *text, size_t length)
{
	uint64_t word;
	size_t i = 0;

	for (; length - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, text + i, sizeof(word));
		if (word_needs_escape(word))
			break;
		memcpy(place + i, &word, sizeof(word));
	}
	for (; i < length && !byte_needs_escape(text[i]); i++)
		place[i] = text[i];
	return i;
}

static char *put_escape(char *place, char byte)
{
	static const char letters[] = {
		['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r', ['"'] = '"', ['\\'] = '\\'
	};
	static const char hex[] = "0123456789abcdef";
	unsigned char code = (unsigned char)byte;

	*place++ = '\\';
	if (letters[code]) {
		*place++ = letters[code];
		return place;
	}
	*place++ = 'u';
	*place++ = '0';
	*place++ = '0';
	*place++ = hex[code >> 4];
	*place++ = hex[code & 15];
	return place;
}

#define ESCAPE_SIZE 6u

/* There is room for the text as it is, and a byte behind it, at `place`; and there is behind what comes back. */
static inline char *put_text(struct json_writer *writer, char *place, const char *text, size_t length)
{
	for (size_t i = 0;; i++) {
		size_t copied = copy_plain(place, text + i, length - i);

		place += copied;
		i += copied;
		if (i == length)
			return place;
		end_value(writer, place);
		place = buffer_reserve(writer->out, ESCAPE_SIZE + length - i);
		place = put_escape(place, text[i]);
	}
}

void json_writer_string(struct json_writer *writer, const char *text, size_t length)
{
	char *place = begin_value(writer, length + 2);

	*place++ = '"';
	place = put_text(writer, place, text, length);
	*place++ = '"';
	end_value(writer, place);
}

void json_writer_begin_string(struct json_writer *writer)
{
	begin_container(writer, '"');
}

void json_writer_string_piece(struct json_writer *writer, const char *text, size_t length)
{
	end_value(writer, put_text(writer, buffer_reserve(writer->out, length + 1), text, length));
}

void json_writer_end_string(struct json_writer *writer)
{
	end_container(writer, '"');
}

void json_writer_text(struct json_writer *writer, const char *text)
{
	json_writer_string(writer, text, strlen(text));
}

void json_writer_integer(struct json_writer *writer, int64_t value)
{
	char digits[INTEGER_DIGITS_MAX];
	char *first = digits + sizeof(digits);
	uint64_t rest = value < 0 ? -(uint64_t)value : (uint64_t)value;
	char *place = begin_value(writer, sizeof(digits));

	do {
		*--first = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (value < 0)
		*--first = '-';
	memcpy(place, first, (size_t)(digits + sizeof(digits) - first));
	end_value(writer, place + (digits + sizeof(digits) - first));
}

void json_writer_real(struct json_writer *writer, double value)
{
	char text[32];
	char *comma;

	if (!isfinite(value)) {
		json_writer_null(writer);
		return;
	}
	/* 15 digits are enough for what people write; 17 are enough for every double. */
	(void)snprintf(text, sizeof(text), "%.15g", value);
	if (strtod(text, NULL) != value)
		(void)snprintf(text, sizeof(text), "%.17g", value);
	comma = strchr(text, ','); /* a locale's */
	if (comma)
		*comma = '.';
	json_writer_raw(writer, text, strlen(text));
}

void json_writer_boolean(struct json_writer *writer, bool value)
{
	json_writer_raw(writer, value ? "true" : "false", value ? 4 : 5);
}

void json_writer_null(struct json_writer *writer)
{
	json_writer_raw(writer, "null", 4);
}

void json_writer_time(struct json_writer *writer, int64_t seconds)
{
	char *place = begin_value(writer, TEXT_TIME_SIZE + 2);

	*place = '"';
	text_format_time(seconds, place + 1);
	place[TEXT_TIME_SIZE] = '"';
	end_value(writer, place + TEXT_TIME_SIZE + 1);
}

void json_writer_raw(struct json_writer *writer, const char *json, size_t length)
{
	char *place = begin_value(writer, length);

	memcpy(place, json, length);
	end_value(writer, place + length);
}

/* --- trees --- */

/* Names in a tree may be anybody's. */
static void write_name(struct json_writer *writer, const char *name, size_t length)
{
	json_writer_string(writer, name, length);
	buffer_append_char(writer->out, ':');
	writer->needs_comma = false;
}

static void write_object(struct json_writer *writer, const json_t *object)
{
	const char *name;
	size_t length;
	json_t *value;

	json_writer_begin_object(writer);
	/* jansson's iterator wants a tree that may change; nothing here changes it. */
	json_object_keylen_foreach((json_t *)(uintptr_t)object, name, length, value)
	{
		write_name(writer, name, length);
		json_writer_tree(writer, value);
	}
	json_writer_end_object(writer);
}

static void write_array(struct json_writer *writer, const json_t *array)
{
	json_writer_begin_array(writer);
	for (size_t i = 0; i < json_array_size(array); i++)
		json_writer_tree(writer, json_array_get(array, i));
	json_writer_end_array(writer);
}

/* What was read as a real is read as one again: 1.0 stays 1.0. */
static void write_tree_real(struct json_writer *writer, const json_t *real)
{
	char text[64];
	size_t length = json_dumpb(real, text, sizeof(text), JSON_ENCODE_ANY);

	assert(length && length <= sizeof(text));
	json_writer_raw(writer, text, length);
}

/* By the same hand as all else: jansson's writer calls back for each piece, and looks at each character of a text. */
void json_writer_tree(struct json_writer *writer, const json_t *tree)
{
	switch (json_typeof(tree)) {
	case JSON_OBJECT:
		write_object(writer, tree);
		return;
	case JSON_ARRAY:
		write_array(writer, tree);
		return;
	case JSON_STRING:
		json_writer_string(writer, json_string_value(tree), json_string_length(tree));
		return;
	case JSON_INTEGER:
		json_writer_integer(writer, json_integer_value(tree));
		return;
	case JSON_REAL:
		write_tree_real(writer, tree);
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		json_writer_boolean(writer, json_is_true(tree));
		return;
	case JSON_NULL:
		json_writer_null(writer);
		return;
	}
}
