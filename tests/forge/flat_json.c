/* A reader that knows no nesting and forgives nothing. */
#include "forge/flat_json.h"

#include "common/text.h"

#include <ctype.h>
#include <string.h>

struct reader {
	const char *at, *end;
	struct arena *arena;
};

static void skip_space(struct reader *reader)
{
	while (reader->at < reader->end && *reader->at && strchr(" \t\n\r", *reader->at))
		reader->at++;
}

/* The character, and white space behind it. */
static bool take(struct reader *reader, char character)
{
	if (reader->at == reader->end || *reader->at != character)
		return false;
	reader->at++;
	skip_space(reader);
	return true;
}

/* --- texts --- */

static bool take_hex(struct reader *reader, unsigned *ret_unit)
{
	static const char digits[] = "0123456789abcdef";

	*ret_unit = 0;
	if (reader->end - reader->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char digit = *reader->at++;
		const char *found = digit ? strchr(digits, tolower((unsigned char)digit)) : NULL;

		if (!found)
			return false;
		*ret_unit = *ret_unit * 16 + (unsigned)(found - digits);
	}
	return true;
}

/* Behind `\u`: a character, or a pair of surrogates. */
static bool take_point(struct reader *reader, unsigned *ret_point)
{
	unsigned low;

	if (!take_hex(reader, ret_point) || !*ret_point || (*ret_point >= 0xDC00 && *ret_point <= 0xDFFF))
		return false;
	if (*ret_point < 0xD800 || *ret_point > 0xDFFF)
		return true;
	if (reader->end - reader->at < 6 || reader->at[0] != '\\' || reader->at[1] != 'u')
		return false;
	reader->at += 2;
	if (!take_hex(reader, &low) || low < 0xDC00 || low > 0xDFFF)
		return false;
	*ret_point = 0x10000 + ((*ret_point - 0xD800) << 10) + (low - 0xDC00);
	return true;
}

/* As UTF-8; gives what is behind it. */
static char *put_point(char *place, unsigned point)
{
	unsigned tails = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
	static const unsigned leads[] = { 0, 0xC0, 0xE0, 0xF0 };

	*place++ = (char)(leads[tails] | point >> (6 * tails));
	while (tails--)
		*place++ = (char)(0x80 | (point >> (6 * tails) & 0x3F));
	return place;
}

/* Behind a backslash. */
static char *take_escape(struct reader *reader, char *place)
{
	static const char letters[] = "\"\\/bfnrt";
	static const char meanings[] = "\"\\/\b\f\n\r\t";
	const char *found;
	unsigned point;
	char letter;

	if (reader->at == reader->end)
		return NULL;
	letter = *reader->at++;
	found = letter ? strchr(letters, letter) : NULL;
	if (letter == 'u')
		return take_point(reader, &point) ? put_point(place, point) : NULL;
	if (!found)
		return NULL;
	*place = meanings[found - letters];
	return place + 1;
}

static bool is_quoted(const struct reader *reader)
{
	return reader->at < reader->end && *reader->at == '"';
}

/* NULL: no text. */
static const char *take_text(struct reader *reader)
{
	/* No escape is shorter than what it stands for. */
	char *text = arena_alloc(reader->arena, (size_t)(reader->end - reader->at) + 1);
	char *place = is_quoted(reader) ? text : NULL;

	reader->at += place != NULL;
	while (place && reader->at < reader->end) {
		char byte = *reader->at++;

		if (byte == '"') {
			*place = '\0';
			skip_space(reader);
			return text_is_utf8(text, (size_t)(place - text)) ? text : NULL;
		}
		if ((unsigned char)byte < 0x20)
			return NULL;
		if (byte == '\\')
			place = take_escape(reader, place);
		else
			*place++ = byte;
	}
	return NULL;
}

/* --- members --- */

/* What follows it decides whether it was whole. */
static bool take_number(struct reader *reader, int64_t *ret_number)
{
	char digits[24] = "";
	size_t length = 0;
	const char *first;

	while (reader->at < reader->end && (isdigit((unsigned char)*reader->at) || *reader->at == '-') &&
		length + 1 < sizeof(digits))
		digits[length++] = *reader->at++;
	skip_space(reader);
	first = digits + (digits[0] == '-');
	return (first[0] != '0' || !first[1]) && text_parse_integer(digits, INT64_MIN, INT64_MAX, ret_number);
}

static bool take_value(struct reader *reader, struct flat_json_member *member)
{
	if (!is_quoted(reader))
		return take_number(reader, &member->number);
	member->text = take_text(reader);
	return member->text != NULL;
}

static bool take_member(struct reader *reader, struct flat_json *object)
{
	struct flat_json_member member = { .name = take_text(reader) };

	if (!member.name || flat_json_find(object, member.name) || object->count == FLAT_JSON_LIMIT)
		return false;
	if (!take(reader, ':') || !take_value(reader, &member))
		return false;
	object->members[object->count++] = member;
	return true;
}

static bool take_members(struct reader *reader, struct flat_json *object)
{
	if (take(reader, '}'))
		return true;
	do {
		if (!take_member(reader, object))
			return false;
	} while (take(reader, ','));
	return take(reader, '}');
}

bool flat_json_read(const char *bytes, size_t length, struct arena *arena, struct flat_json *ret_object)
{
	struct reader reader = { bytes, bytes + length, arena };
	struct flat_json object = { 0 };

	if (!take(&reader, '{') || !take_members(&reader, &object) || reader.at != reader.end)
		return false;
	*ret_object = object;
	return true;
}

const struct flat_json_member *flat_json_find(const struct flat_json *object, const char *name)
{
	for (size_t i = 0; i < object->count; i++)
		if (!strcmp(object->members[i].name, name))
			return &object->members[i];
	return NULL;
}
