/* Times, UTF-8, near words, integers and base64url. */
#include "common/text.h"

#include <assert.h>
#include <ctype.h>
#include <string.h>

#define SECONDS_PER_DAY INT64_C(86400)
#define TIME_MIN        INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define TIME_MAX        INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

struct civil_date {
	unsigned year, month, day;
};

/*
 * The proleptic Gregorian date of a day counted from 1970-01-01. A year is taken to begin in March, so that the leap
 * day is its last and the months before any month have a length that one linear formula gives. Eras of 400 years are
 * counted from -0400-03-01, so that January of the year 0 is not negative.
 */
static struct civil_date civil_from_days(int64_t days)
{
	unsigned since_first_era = (unsigned)(days + 719468 + 146097); /* 719468 days from 0000-03-01 to 1970-01-01 */
	unsigned era = since_first_era / 146097;
	unsigned day_of_era = since_first_era % 146097;
	unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	unsigned month_from_march = (5 * day_of_year + 2) / 153;
	unsigned month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;

	return (struct civil_date){
		.year = era * 400 + year_of_era + (month <= 2) - 400,
		.month = month,
		.day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
	};
}

static char *put_two_digits(char *place, unsigned value, char behind)
{
	place[0] = (char)('0' + value / 10);
	place[1] = (char)('0' + value % 10);
	place[2] = behind;
	return place + 3;
}

void text_format_time(int64_t seconds, char ret_text[TEXT_TIME_SIZE])
{
	int64_t clamped = seconds < TIME_MIN ? TIME_MIN : seconds > TIME_MAX ? TIME_MAX : seconds;
	int64_t days = (clamped - TIME_MIN) / SECONDS_PER_DAY + TIME_MIN / SECONDS_PER_DAY;
	unsigned second_of_day = (unsigned)(clamped - days * SECONDS_PER_DAY);
	struct civil_date date = civil_from_days(days);
	char *place = ret_text;

	place[0] = (char)('0' + date.year / 1000);
	place[1] = (char)('0' + date.year / 100 % 10);
	place = put_two_digits(place + 2, date.year % 100, '-');
	place = put_two_digits(place, date.month, '-');
	place = put_two_digits(place, date.day, 'T');
	place = put_two_digits(place, second_of_day / 3600, ':');
	place = put_two_digits(place, second_of_day / 60 % 60, ':');
	place = put_two_digits(place, second_of_day % 60, 'Z');
	*place = '\0';
}

/* The well-formed sequences of more than one byte: the Unicode Standard, table 3-7. */
struct utf8_range {
	unsigned char first, last;               /* of the leading byte */
	unsigned char second_first, second_last; /* of the byte behind it; any further ones are 80..BF */
	unsigned char length;
};

static const struct utf8_range utf8_ranges[] = {
	{ 0xC2, 0xDF, 0x80, 0xBF, 2 },
	{ 0xE0, 0xE0, 0xA0, 0xBF, 3 },
	{ 0xE1, 0xEC, 0x80, 0xBF, 3 },
	{ 0xED, 0xED, 0x80, 0x9F, 3 },
	{ 0xEE, 0xEF, 0x80, 0xBF, 3 },
	{ 0xF0, 0xF0, 0x90, 0xBF, 4 },
	{ 0xF1, 0xF3, 0x80, 0xBF, 4 },
	{ 0xF4, 0xF4, 0x80, 0x8F, 4 },
};

static const struct utf8_range *find_range(unsigned char lead)
{
	for (size_t i = 0; i < sizeof(utf8_ranges) / sizeof(utf8_ranges[0]); i++)
		if (lead >= utf8_ranges[i].first && lead <= utf8_ranges[i].last)
			return &utf8_ranges[i];
	return NULL;
}

size_t text_character_length(const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	const struct utf8_range *range;

	if (!length)
		return 0;
	if (bytes[0] < 0x80)
		return 1;
	range = find_range(bytes[0]);
	if (!range || range->length > length || bytes[1] < range->second_first || bytes[1] > range->second_last)
		return 0;
	for (size_t i = 2; i < range->length; i++)
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
	return range->length;
}

/* Most text is ASCII, of which a word is looked at in one step. */
static bool is_ascii_word(const char *text, size_t length)
{
	uint64_t word;

	if (length < sizeof(word))
		return false;
	memcpy(&word, text, sizeof(word));
	return !(word & UINT64_C(0x8080808080808080));
}

bool text_is_utf8(const char *text, size_t length)
{
	for (size_t i = 0, step; i < length; i += step) {
		step = is_ascii_word(text + i, length - i) ? sizeof(uint64_t)
							   : text_character_length(text + i, length - i);
		if (!step)
			return false;
	}
	return true;
}

size_t text_whole_length(const char *text, size_t length)
{
	const struct utf8_range *range;
	size_t lead = length;

	for (size_t back = 0; back < 3 && lead > 0; back++) {
		lead--;
		if (((unsigned char)text[lead] & 0xC0) == 0x80)
			continue;
		range = find_range((unsigned char)text[lead]);
		return range && range->length > length - lead ? lead : length;
	}
	return length;
}

#define WORD_LIMIT 63u

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/*
 * One row of the optimal string alignment table: distances from the first `i` bytes of `a` to all beginnings of `b`.
 * rows[0] is the one to fill, rows[1] and rows[2] are the two before it.
 */
static void fill_row(const char *a, const char *b, unsigned b_length, unsigned i, unsigned *const rows[3])
{
	rows[0][0] = i;
	for (unsigned j = 1; j <= b_length; j++) {
		unsigned replaced = rows[1][j - 1] + (a[i - 1] != b[j - 1]);

		rows[0][j] = least(replaced, least(rows[1][j], rows[0][j - 1]) + 1);
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
			rows[0][j] = least(rows[0][j], rows[2][j - 2] + 1);
	}
}

unsigned text_distance(const char *a, const char *b, unsigned limit)
{
	unsigned cells[3][WORD_LIMIT + 1];
	size_t a_length = strlen(a);
	size_t b_length = strlen(b);

	if (a_length > WORD_LIMIT || b_length > WORD_LIMIT)
		return limit + 1;
	for (unsigned j = 0; j <= b_length; j++)
		cells[0][j] = j;
	for (unsigned i = 1; i <= a_length; i++)
		fill_row(a, b, (unsigned)b_length, i,
			(unsigned *const[3]){ cells[i % 3], cells[(i + 2) % 3], cells[(i + 1) % 3] });
	return least(cells[a_length % 3][b_length], limit + 1);
}

/* How far from the right word a typo leads. */
static unsigned typo_distance(size_t length)
{
	if (length < 2)
		return 0;
	return length < 6 ? 1 : 2;
}

const char *text_nearest(const char *word, const char *const *candidates)
{
	unsigned best = typo_distance(strlen(word)) + 1;
	const char *nearest = NULL;

	for (size_t i = 0; candidates[i]; i++) {
		unsigned distance = text_distance(word, candidates[i], best);

		if (distance < best) {
			best = distance;
			nearest = candidates[i];
		}
	}
	return nearest;
}

bool text_parse_integer(const char *text, int64_t minimum, int64_t maximum, int64_t *ret_value)
{
	bool is_negative = text[0] == '-';
	const char *digit = text + is_negative;
	int64_t value = 0;

	if (!*digit)
		return false;
	for (; *digit; digit++) {
		if (*digit < '0' || *digit > '9')
			return false;
		/* Counted downwards, because the least integer has no positive twin. */
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, *digit - '0', &value))
			return false;
	}
	if (!is_negative && __builtin_sub_overflow(0, value, &value))
		return false;
	if (value < minimum || value > maximum)
		return false;
	*ret_value = value;
	return true;
}

static const char base64url_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t text_base64url_encode(const void *bytes, size_t length, char *ret_text)
{
	const unsigned char *byte = bytes;
	char *place = ret_text;
	unsigned bits = 0;
	unsigned bit_count = 0;

	for (size_t i = 0; i < length; i++) {
		bits = (bits << 8 | byte[i]) & 0xFFFF;
		for (bit_count += 8; bit_count >= 6; bit_count -= 6)
			*place++ = base64url_alphabet[bits >> (bit_count - 6) & 63];
	}
	if (bit_count)
		*place++ = base64url_alphabet[bits << (6 - bit_count) & 63];
	*place = '\0';
	return (size_t)(place - ret_text);
}

/* The six bits that a character stands for, or -1. */
static int sextet_of(char character)
{
	if (character >= 'A' && character <= 'Z')
		return character - 'A';
	if (character >= 'a' && character <= 'z')
		return character - 'a' + 26;
	if (character >= '0' && character <= '9')
		return character - '0' + 52;
	return character == '-' ? 62 : character == '_' ? 63 : -1;
}

bool text_base64url_decode(const char *text, size_t length, void *ret_bytes, size_t *ret_length)
{
	unsigned char *place = ret_bytes;
	unsigned bits = 0;
	unsigned bit_count = 0;

	for (size_t i = 0; i < length; i++) {
		int sextet = sextet_of(text[i]);

		if (sextet < 0)
			return false;
		bits = (bits << 6 | (unsigned)sextet) & 0xFFFF;
		bit_count += 6;
		if (bit_count >= 8) {
			bit_count -= 8;
			*place++ = (unsigned char)(bits >> bit_count);
		}
	}
	if (bit_count == 6 || (bits & ((1u << bit_count) - 1)) != 0)
		return false;
	*ret_length = length * 3 / 4;
	return true;
}

bool text_is_blank(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!isspace((unsigned char)text[i]))
			return false;
	return true;
}

bool text_has_control(const char *text, size_t length, const char *allowed)
{
	for (size_t i = 0; i < length; i++) {
		unsigned char byte = (unsigned char)text[i];
		unsigned char next = i + 1 < length ? (unsigned char)text[i + 1] : 0;

		if ((byte < 0x20 || byte == 0x7f) && (!byte || !strchr(allowed, byte)))
			return true;
		if (byte == 0xc2 && next >= 0x80 && next < 0xa0)
			return true;
	}
	return false;
}

#define CASE_BIT 0x20

char text_ascii_lower(char letter)
{
	if (letter < 'A' || letter > 'Z')
		return letter;
	return (char)((unsigned char)letter | CASE_BIT);
}

char text_ascii_upper(char letter)
{
	if (letter < 'a' || letter > 'z')
		return letter;
	return (char)((unsigned char)letter & ~CASE_BIT);
}
