/* What a client may write as a time: RFC 3339, and clear words for whatever else it wrote. */
#include "tasks/date.h"

#include "common/cleanup.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define EXAMPLE            "2026-11-23T14:00:00Z"
#define SECONDS_PER_DAY    INT64_C(86400)
#define EPOCH_DAY          INT64_C(719162)       /* days from 0001-01-01 to 1970-01-01 */
#define TIME_MINIMUM       INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define TIME_MAXIMUM       INT64_C(253402300799) /* 9999-12-31T23:59:59Z */
#define QUOTED_WORD_LENGTH 32                    /* of the client's text, in a refusal */

struct date_reader {
	const char *text;
	size_t length;
	size_t at; /* the next byte; all before it are ASCII, so that it is also the character */
	const char *field;
	struct refusal *refusal;
};

enum date_part { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PART_COUNT };

static const struct {
	const char *name;
	unsigned digits;
	int minimum, maximum;
	const char *separators; /* one of them stands behind it; NULL: nothing needs to */
} parts[PART_COUNT] = {
	[YEAR] = { "year", 4, 1, 9999, "-" },
	[MONTH] = { "month", 2, 1, 12, "-" },
	[DAY] = { "day", 2, 1, 31, "Tt " },
	[HOUR] = { "hour", 2, 0, 23, ":" },
	[MINUTE] = { "minute", 2, 0, 59, ":" },
	[SECOND] = { "second", 2, 0, 60, NULL },
};

static enum error refuse_at(const struct date_reader *reader, size_t at, const char *reason)
{
	return refuse(reader->refusal, ERROR_INVALID_PARAMS, reader->field, "%s: %s at character %zu, as in " EXAMPLE,
		reader->field, reason, at + 1);
}

static bool is_digit_at(const struct date_reader *reader, size_t at)
{
	return at < reader->length && isdigit((unsigned char)reader->text[at]);
}

static bool is_one_of(const struct date_reader *reader, const char *characters)
{
	return reader->at < reader->length && reader->text[reader->at] && strchr(characters, reader->text[reader->at]);
}

/* --- the calendar --- */

static bool is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap_year(year));
}

/* Days from the epoch to a day of the Gregorian calendar, also before its introduction (ISO 8601). */
static int64_t days_from_date(int year, int month, int day)
{
	int64_t past = year - 1;
	int64_t days = past * 365 + past / 4 - past / 100 + past / 400;

	for (int i = 1; i < month; i++)
		days += days_in_month(year, i);
	return days + day - 1 - EPOCH_DAY;
}

/* --- reading --- */

static enum error read_number(
	struct date_reader *reader, const char *name, unsigned digits, int minimum, int maximum, int *ret_value)
{
	char reason[64];
	int value = 0;

	for (unsigned i = 0; i < digits; i++) {
		if (!is_digit_at(reader, reader->at + i)) {
			(void)snprintf(reason, sizeof(reason), "expected the %s (%u digits)", name, digits);
			return refuse_at(reader, reader->at + i, reason);
		}
		value = value * 10 + (reader->text[reader->at + i] - '0');
	}
	if (value < minimum || value > maximum) {
		(void)snprintf(reason, sizeof(reason), "the %s must be between %d and %d", name, minimum, maximum);
		return refuse_at(reader, reader->at, reason);
	}
	reader->at += digits;
	*ret_value = value;
	return ERROR_NONE;
}

static enum error read_separator(struct date_reader *reader, enum date_part part)
{
	char reason[64];

	if (is_one_of(reader, parts[part].separators)) {
		reader->at++;
		return ERROR_NONE;
	}
	if (part == DAY && reader->at == reader->length)
		return refuse_at(reader, reader->at, "a day without a time is not understood yet, add the time");
	(void)snprintf(
		reason, sizeof(reason), "expected `%c` behind the %s", parts[part].separators[0], parts[part].name);
	return refuse_at(reader, reader->at, reason);
}

static enum error read_parts(struct date_reader *reader, int values[PART_COUNT])
{
	for (enum date_part part = YEAR; part < PART_COUNT; part++) {
		enum error error = read_number(reader, parts[part].name, parts[part].digits, parts[part].minimum,
			parts[part].maximum, &values[part]);

		if (!error && part == DAY && values[DAY] > days_in_month(values[YEAR], values[MONTH]))
			error = refuse_at(reader, reader->at - 2, "that month has no such day");
		if (!error && parts[part].separators)
			error = read_separator(reader, part);
		if (error)
			return error;
	}
	return ERROR_NONE;
}

/* A fraction counts for nothing, but it must be one. */
static enum error skip_fraction(struct date_reader *reader)
{
	if (!is_one_of(reader, "."))
		return ERROR_NONE;
	reader->at++;
	if (!is_digit_at(reader, reader->at))
		return refuse_at(reader, reader->at, "expected the fraction of the second (digits)");
	while (is_digit_at(reader, reader->at))
		reader->at++;
	return ERROR_NONE;
}

static enum error read_offset(struct date_reader *reader, int64_t *ret_seconds)
{
	int hours, minutes, sign;
	enum error error;

	if (is_one_of(reader, "Zz")) {
		reader->at++;
		*ret_seconds = 0;
		return ERROR_NONE;
	}
	if (!is_one_of(reader, "+-"))
		return refuse_at(reader, reader->at, "expected Z or an offset such as +01:00");
	sign = reader->text[reader->at++] == '-' ? -1 : 1;
	error = read_number(reader, "offset's hours", 2, 0, 23, &hours);
	if (error)
		return error;
	if (!is_one_of(reader, ":"))
		return refuse_at(reader, reader->at, "expected `:` behind the offset's hours");
	reader->at++;
	error = read_number(reader, "offset's minutes", 2, 0, 59, &minutes);
	if (error)
		return error;
	*ret_seconds = sign * (hours * INT64_C(3600) + minutes * INT64_C(60));
	return ERROR_NONE;
}

/* Leap seconds stand at the end of a UTC day and nowhere else (RFC 3339 §5.7). */
static bool is_leap_second_possible(int64_t second_before)
{
	return ((second_before % SECONDS_PER_DAY) + SECONDS_PER_DAY) % SECONDS_PER_DAY == SECONDS_PER_DAY - 1;
}

static enum error make_time(
	const struct date_reader *reader, const int values[PART_COUNT], int64_t offset, int64_t *ret_seconds)
{
	bool is_leap_second = values[SECOND] == 60;
	int64_t seconds = days_from_date(values[YEAR], values[MONTH], values[DAY]) * SECONDS_PER_DAY +
			  values[HOUR] * INT64_C(3600) + values[MINUTE] * INT64_C(60) + values[SECOND] -
			  is_leap_second - offset;

	if (is_leap_second && !is_leap_second_possible(seconds))
		return refuse_at(reader, sizeof("2026-11-23T14:00:") - 1,
			"expected a second below 60 (a leap second is at 23:59:60 UTC)");
	if (seconds < TIME_MINIMUM || seconds > TIME_MAXIMUM)
		return refuse_at(reader, 0, "expected a time within the years 1 to 9999 of UTC");
	*ret_seconds = seconds;
	return ERROR_NONE;
}

static enum error refuse_word(const struct date_reader *reader)
{
	size_t length = 0;

	while (length < reader->length && length < QUOTED_WORD_LENGTH && isalpha((unsigned char)reader->text[length]))
		length++;
	return refuse(reader->refusal, ERROR_INVALID_PARAMS, reader->field,
		"date words such as '%.*s' are not understood yet; write a time like " EXAMPLE, (int)length,
		reader->text);
}

enum error date_parse(const char *text, size_t length, const struct date_context *context, const char *field,
	int64_t *ret_seconds, struct refusal *refusal)
{
	struct date_reader reader = { .text = text, .length = length, .field = field, .refusal = refusal };
	int values[PART_COUNT];
	int64_t offset = 0;
	enum error error;

	(void)context; /* an RFC 3339 time stands for itself */
	if (length && isalpha((unsigned char)text[0]))
		return refuse_word(&reader);
	error = read_parts(&reader, values);
	if (!error)
		error = skip_fraction(&reader);
	if (!error)
		error = read_offset(&reader, &offset);
	if (!error && reader.at < length)
		error = refuse_at(&reader, reader.at, "expected nothing more");
	return error ? error : make_time(&reader, values, offset, ret_seconds);
}
