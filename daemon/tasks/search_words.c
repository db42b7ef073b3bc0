/* Text into words: fold it, then cut it where the kind of character changes. */
#include "tasks/search_words.h"

#include "common/cleanup.h"
#include "common/memory.h"

#include <utf8proc.h>

typedef utf8proc_int32_t character;

struct range {
	character first, last;
};

/* Marks that only colour the letter before them. Those of other scripts are vowels, and stay. */
static const struct range diacritics[] = {
	{ 0x0300, 0x036F },   /* Latin, Greek, Cyrillic */
	{ 0x0483, 0x0489 },   /* Cyrillic */
	{ 0x0591, 0x05C7 },   /* Hebrew: points */
	{ 0x0610, 0x061A },   /* Arabic: signs */
	{ 0x0640, 0x0640 },   /* Arabic: the stroke that makes a word longer */
	{ 0x064B, 0x065F },   /* Arabic: vowels */
	{ 0x0670, 0x0670 },   /* Arabic: alef above */
	{ 0x06D6, 0x06ED },   /* Arabic: Koranic signs */
	{ 0x1AB0, 0x1AFF },   /* Latin */
	{ 0x1DC0, 0x1DFF },   /* Latin */
	{ 0x20D0, 0x20FF },   /* around symbols: the frame of a keycap */
	{ 0xFE20, 0xFE2F },   /* half marks */
	{ 0x1F3FB, 0x1F3FF }, /* the skin of an emoji */
};

/* Scripts without spaces between words. */
static const struct range unspaced[] = {
	{ 0x0E00, 0x0EFF },   /* Thai, Lao */
	{ 0x1000, 0x109F },   /* Burmese */
	{ 0x1100, 0x11FF },   /* Hangul: letters */
	{ 0x1780, 0x17FF },   /* Khmer */
	{ 0x1950, 0x19DF },   /* Tai Le, New Tai Lue */
	{ 0x1A20, 0x1AAF },   /* Tai Tham */
	{ 0x1B00, 0x1B7F },   /* Balinese */
	{ 0x2E80, 0x2FDF },   /* Han: radicals */
	{ 0x3005, 0x3007 },   /* Han: repetition, closing, zero */
	{ 0x3021, 0x303C },   /* Han: numbers, repetition */
	{ 0x3040, 0x31BF },   /* Hiragana, Katakana, Bopomofo, Hangul */
	{ 0x31F0, 0x31FF },   /* Katakana */
	{ 0x3400, 0x4DBF },   /* Han */
	{ 0x4E00, 0xA4CF },   /* Han, Yi */
	{ 0xA960, 0xA97F },   /* Hangul */
	{ 0xA980, 0xA9FF },   /* Javanese, Burmese */
	{ 0xAA60, 0xAA7F },   /* Burmese */
	{ 0xAC00, 0xD7FF },   /* Hangul */
	{ 0xF900, 0xFAFF },   /* Han */
	{ 0x1AFF0, 0x1B16F }, /* Katakana, Hiragana */
	{ 0x20000, 0x3FFFD }, /* Han */
};

/* Letters that are one with another for whoever cannot type them, and that Unicode does not take apart. */
static const struct {
	character letter;
	character plain[2];
} plain_letters[] = {
	{ 0x00E6, { 'a', 'e' } }, /* æ */
	{ 0x00F0, { 'd', 0 } },   /* ð */
	{ 0x00F8, { 'o', 0 } },   /* ø */
	{ 0x00FE, { 't', 'h' } }, /* þ */
	{ 0x0111, { 'd', 0 } },   /* đ */
	{ 0x0127, { 'h', 0 } },   /* ħ */
	{ 0x0131, { 'i', 0 } },   /* ı: I is its capital, and that of i */
	{ 0x0142, { 'l', 0 } },   /* ł */
	{ 0x0153, { 'o', 'e' } }, /* œ */
	{ 0x0167, { 't', 0 } },   /* ŧ */
};

static bool is_within(const struct range *ranges, size_t count, character point)
{
	for (size_t i = 0; i < count && ranges[i].first <= point; i++)
		if (point <= ranges[i].last)
			return true;
	return false;
}

/* --- folding --- */

struct points {
	character *items;
	size_t count;
};

static void replace_plain(struct points *points, character point)
{
	for (size_t i = 0; i < COUNT_OF(plain_letters) && plain_letters[i].letter <= point; i++) {
		if (plain_letters[i].letter != point)
			continue;
		points->items[points->count++] = plain_letters[i].plain[0];
		if (plain_letters[i].plain[1])
			points->items[points->count++] = plain_letters[i].plain[1];
		return;
	}
	points->items[points->count++] = point;
}

/* `items` has room for twice `count`, of which the second half holds the characters. */
static void take_marks_off(struct points *points, size_t count)
{
	const character *from = points->items + count;

	for (size_t i = 0; i < count; i++) {
		if (from[i] < 0x80)
			points->items[points->count++] = from[i];
		else if (!is_within(diacritics, COUNT_OF(diacritics), from[i]))
			replace_plain(points, from[i]);
	}
}

static void compose(struct points *points)
{
	utf8proc_ssize_t count = utf8proc_normalize_utf32(
		points->items, (utf8proc_ssize_t)points->count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);

	points->count = count < 0 ? 0 : (size_t)count;
}

/* Decomposed first, so that the marks can be told from their letters. The caller frees the items. */
static void fold(const char *text, size_t length, struct points *points)
{
	const utf8proc_option_t options =
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STABLE;
	const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
	utf8proc_ssize_t count = utf8proc_decompose(bytes, (utf8proc_ssize_t)length, NULL, 0, options);

	if (count <= 0)
		return;
	points->items = memory_array((size_t)count * 2, sizeof(*points->items));
	(void)utf8proc_decompose(bytes, (utf8proc_ssize_t)length, points->items + count, count, options);
	take_marks_off(points, (size_t)count);
	compose(points);
}

/* Nearly all text is this, and needs none of the tables. */
static bool fold_ascii(const char *text, size_t length, struct points *points)
{
	points->items = memory_array(length, sizeof(*points->items));
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (byte >= 0x80) {
			free(points->items);
			*points = (struct points){ 0 };
			return false;
		}
		points->items[points->count++] = byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
	}
	return true;
}

/* --- cutting --- */

enum kind { KIND_NONE, KIND_WORD, KIND_UNSPACED, KIND_SYMBOL };

#define CATEGORY(name) (1u << UTF8PROC_CATEGORY_##name)

static const unsigned word_categories = CATEGORY(LU) | CATEGORY(LL) | CATEGORY(LT) | CATEGORY(LM) | CATEGORY(LO) |
					CATEGORY(MN) | CATEGORY(MC) | CATEGORY(ME) | CATEGORY(ND) | CATEGORY(NL) |
					CATEGORY(NO);

static enum kind kind_of_category(character point)
{
	unsigned category = 1u << utf8proc_category(point);

	if (category & word_categories)
		return is_within(unspaced, COUNT_OF(unspaced), point) ? KIND_UNSPACED : KIND_WORD;
	return category == CATEGORY(SO) ? KIND_SYMBOL : KIND_NONE;
}

static enum kind kind_of(character point)
{
	if (point >= 0x80)
		return kind_of_category(point);
	return (point >= 'a' && point <= 'z') || (point >= '0' && point <= '9') ? KIND_WORD : KIND_NONE;
}

static void append_character(struct buffer *words, character point)
{
	char *place = buffer_reserve(words, 4);

	words->length += (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)place);
}

static void begin_word(struct buffer *words)
{
	if (words->length)
		buffer_append_char(words, ' ');
}

static void append_word(struct buffer *words, const character *points, size_t count)
{
	size_t start;

	begin_word(words);
	start = words->length;
	for (size_t i = 0; i < count && words->length - start <= SEARCH_WORD_LIMIT - 4; i++)
		append_character(words, points[i]);
}

/* Each character with the one behind it, and the last one alone. */
static void append_pairs(struct buffer *words, const character *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		append_word(words, points + i, i + 1 < count ? 2 : 1);
}

static void append_each(struct buffer *words, const character *points, size_t count)
{
	for (size_t i = 0; i < count; i++)
		append_word(words, points + i, 1);
}

static void append_run(struct buffer *words, enum kind kind, const character *points, size_t count)
{
	switch (kind) {
	case KIND_NONE:
		return;
	case KIND_WORD:
		append_word(words, points, count);
		return;
	case KIND_UNSPACED:
		append_pairs(words, points, count);
		return;
	case KIND_SYMBOL:
		append_each(words, points, count);
		return;
	}
}

static void cut(struct buffer *words, const struct points *points)
{
	size_t start = 0;

	while (start < points->count) {
		enum kind kind = kind_of(points->items[start]);
		size_t end = start + 1;

		while (end < points->count && kind_of(points->items[end]) == kind)
			end++;
		append_run(words, kind, points->items + start, end - start);
		start = end;
	}
}

void search_words_append(struct buffer *words, const char *text, size_t length)
{
	struct points points = { 0 };

	if (!fold_ascii(text, length, &points))
		fold(text, length, &points);
	cut(words, &points);
	free(points.items);
}

void search_words_append_break(struct buffer *words)
{
	begin_word(words);
	buffer_append_text(words, SEARCH_WORDS_BREAK);
}

bool search_words_is_single(const char *word, size_t length)
{
	character point = -1;
	utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)word, (utf8proc_ssize_t)length, &point);

	return size > 0 && (size_t)size == length && kind_of(point) == KIND_UNSPACED;
}
