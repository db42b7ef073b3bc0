/* Lengths of time. */
#include "tasks/duration.h"

#include "common/cleanup.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define EXAMPLE         "3 days, 1.5h or P1DT12H"
#define SECONDS_PER_DAY INT64_C(86400)
#define DAYS_PER_MONTH  INT64_C(30) /* of a fraction of a month */
#define YEAR_LIMIT      INT64_C(10000)
#define WHOLE_DIGITS    12u /* 10 000 years of seconds */
#define FRACTION_DIGITS 6u
#define ALL_DIGITS      15u /* so that no product with a unit overflows */

enum unit_base { IN_SECONDS, IN_DAYS, IN_MONTHS };

struct unit {
	const char *name;
	enum unit_base base;
	int64_t count;
	bool stands_alone; /* without a number it is one of them */
};

static const struct unit units[] = {
	{ "seconds", IN_SECONDS, 1, false },
	{ "second", IN_SECONDS, 1, true },
	{ "secs", IN_SECONDS, 1, false },
	{ "sec", IN_SECONDS, 1, true },
	{ "s", IN_SECONDS, 1, false },
	{ "minutes", IN_SECONDS, 60, false },
	{ "minute", IN_SECONDS, 60, true },
	{ "mins", IN_SECONDS, 60, false },
	{ "min", IN_SECONDS, 60, true },
	{ "hours", IN_SECONDS, 3600, false },
	{ "hour", IN_SECONDS, 3600, true },
	{ "hrs", IN_SECONDS, 3600, false },
	{ "hr", IN_SECONDS, 3600, true },
	{ "h", IN_SECONDS, 3600, false },
	{ "days", IN_DAYS, 1, false },
	{ "day", IN_DAYS, 1, true },
	{ "daily", IN_DAYS, 1, true },
	{ "d", IN_DAYS, 1, false },
	{ "weekdays", IN_DAYS, 1, true },
	{ "weeks", IN_DAYS, 7, false },
	{ "week", IN_DAYS, 7, true },
	{ "weekly", IN_DAYS, 7, true },
	{ "wks", IN_DAYS, 7, false },
	{ "wk", IN_DAYS, 7, true },
	{ "w", IN_DAYS, 7, false },
	{ "sennight", IN_DAYS, 7, true },
	{ "biweekly", IN_DAYS, 14, true },
	{ "fortnight", IN_DAYS, 14, true },
	{ "months", IN_MONTHS, 1, false },
	{ "month", IN_MONTHS, 1, true },
	{ "monthly", IN_MONTHS, 1, true },
	{ "mnths", IN_MONTHS, 1, false },
	{ "mths", IN_MONTHS, 1, false },
	{ "mth", IN_MONTHS, 1, true },
	{ "mos", IN_MONTHS, 1, false },
	{ "mo", IN_MONTHS, 1, true },
	{ "m", IN_MONTHS, 1, false },
	{ "bimonthly", IN_MONTHS, 2, true },
	{ "quarters", IN_MONTHS, 3, false },
	{ "quarter", IN_MONTHS, 3, true },
	{ "quarterly", IN_MONTHS, 3, true },
	{ "qrtrs", IN_MONTHS, 3, false },
	{ "qrtr", IN_MONTHS, 3, true },
	{ "qtrs", IN_MONTHS, 3, false },
	{ "qtr", IN_MONTHS, 3, true },
	{ "q", IN_MONTHS, 3, false },
	{ "semiannual", IN_MONTHS, 6, true },
	{ "years", IN_MONTHS, 12, false },
	{ "year", IN_MONTHS, 12, true },
	{ "yearly", IN_MONTHS, 12, true },
	{ "annual", IN_MONTHS, 12, true },
	{ "yrs", IN_MONTHS, 12, false },
	{ "yr", IN_MONTHS, 12, true },
	{ "y", IN_MONTHS, 12, false },
	{ "biannual", IN_MONTHS, 24, true },
	{ "biyearly", IN_MONTHS, 24, true },
};

/* ISO 8601-1 §5.5.2: in this order, the last three behind a T. */
static const struct {
	char letter;
	bool is_time;
	struct unit unit;
} designators[] = {
	{ 'Y', false, { "year", IN_MONTHS, 12, false } },
	{ 'M', false, { "month", IN_MONTHS, 1, false } },
	{ 'W', false, { "week", IN_DAYS, 7, false } },
	{ 'D', false, { "day", IN_DAYS, 1, false } },
	{ 'H', true, { "hour", IN_SECONDS, 3600, false } },
	{ 'M', true, { "minute", IN_SECONDS, 60, false } },
	{ 'S', true, { "second", IN_SECONDS, 1, false } },
};

/* A decimal number: value / scale. */
struct decimal {
	int64_t value, scale;
};

const char *duration_unit_name(size_t index)
{
	return index < COUNT_OF(units) ? units[index].name : NULL;
}

/* --- amounts --- */

/* Half a month is 15 days, half a day 12 hours. The parts that are left over are below the scale, 10^6 at most. */
static void add_amount(struct duration *duration, struct decimal number, const struct unit *unit)
{
	int64_t left = number.value * unit->count;

	if (unit->base == IN_MONTHS) {
		duration->months += left / number.scale;
		left = left % number.scale * DAYS_PER_MONTH;
	}
	if (unit->base != IN_SECONDS) {
		duration->days += left / number.scale;
		left = left % number.scale * SECONDS_PER_DAY;
	}
	duration->seconds += (left + number.scale / 2) / number.scale;
}

static bool is_too_long(const struct duration *duration)
{
	return duration->months > YEAR_LIMIT * 12 || duration->days > YEAR_LIMIT * 366 ||
	       duration->seconds > YEAR_LIMIT * 366 * SECONDS_PER_DAY;
}

static enum error add_part(const struct scan *scan, size_t start, struct decimal number, const struct unit *unit,
	struct duration *duration)
{
	add_amount(duration, number, unit);
	if (is_too_long(duration))
		return scan_refuse(scan, start, "expected no more than %d years", (int)YEAR_LIMIT);
	return ERROR_NONE;
}

static bool is_point_here(const struct scan *scan)
{
	return (scan_peek(scan, 0) == '.' || scan_peek(scan, 0) == ',') && scan_is_digit(scan, 1);
}

static void take_digits(struct scan *scan, size_t count, struct decimal *number)
{
	for (size_t i = 0; i < count; i++)
		number->value = number->value * 10 + (scan_peek(scan, i) - '0');
	scan->at += count;
}

static enum error scan_fraction(struct scan *scan, size_t digit_limit, struct decimal *number)
{
	size_t count;

	if (!is_point_here(scan))
		return ERROR_NONE;
	scan->at++;
	count = scan_digits(scan, 0);
	if (count > digit_limit)
		return scan_refuse(scan, scan->at, "expected no more than %zu decimals", digit_limit);
	for (size_t i = 0; i < count; i++)
		number->scale *= 10;
	take_digits(scan, count, number);
	return ERROR_NONE;
}

static enum error scan_decimal(struct scan *scan, struct decimal *ret_number)
{
	struct decimal number = { .scale = 1 };
	size_t count = scan_digits(scan, 0);
	enum error error;

	if (!count)
		return scan_refuse(scan, scan->at, "expected a number");
	if (count > WHOLE_DIGITS)
		return scan_refuse(scan, scan->at, "expected a number of no more than %u digits", WHOLE_DIGITS);
	take_digits(scan, count, &number);
	error = scan_fraction(
		scan, count + FRACTION_DIGITS > ALL_DIGITS ? ALL_DIGITS - count : FRACTION_DIGITS, &number);
	if (!error)
		*ret_number = number;
	return error;
}

/* --- ISO 8601 --- */

bool duration_is_iso_here(const struct scan *scan)
{
	char first = scan_peek(scan, 0), second = scan_peek(scan, 1);

	return (first == 'P' || first == 'p') && (scan_is_digit(scan, 1) || second == 'T' || second == 't');
}

/* The row of the letter that stands here, no earlier than `from`. */
static enum error scan_designator(struct scan *scan, size_t from, bool is_time, size_t *ret_row)
{
	for (size_t i = from; i < COUNT_OF(designators); i++)
		if (designators[i].is_time == is_time && scan_take(scan, designators[i].letter)) {
			*ret_row = i;
			return ERROR_NONE;
		}
	return scan_refuse(scan, scan->at, "expected %s, each once and in this order",
		is_time ? "H, M or S behind the number" : "Y, M, W or D behind the number");
}

static enum error scan_iso(struct scan *scan, struct duration *duration)
{
	bool is_time = false;
	size_t row = 0;

	scan->at++;
	for (;;) {
		size_t start = scan->at;
		struct decimal number = { .scale = 1 };
		enum error error;

		is_time = is_time || scan_take(scan, 'T');
		error = scan_decimal(scan, &number);
		if (!error)
			error = scan_designator(scan, row, is_time, &row);
		if (!error)
			error = add_part(scan, start, number, &designators[row].unit, duration);
		if (error)
			return error;
		row++;
		if (!scan_is_digit(scan, 0) && (is_time || (scan_peek(scan, 0) != 'T' && scan_peek(scan, 0) != 't')))
			return ERROR_NONE;
	}
}

/* --- units --- */

static const struct unit *find_unit(const struct scan *scan, size_t start, size_t length)
{
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (scan_is_word(scan, start, length, units[i].name))
			return &units[i];
	return NULL;
}

static int64_t size_of(const struct unit *unit)
{
	static const int64_t sizes[] = {
		[IN_SECONDS] = 1, [IN_DAYS] = SECONDS_PER_DAY, [IN_MONTHS] = DAYS_PER_MONTH * SECONDS_PER_DAY
	};

	return unit->count * sizes[unit->base];
}

static enum error scan_unit(struct scan *scan, bool has_number, const struct unit **ret_unit)
{
	size_t length = scan_letters(scan, 0);
	const struct unit *unit = find_unit(scan, scan->at, length);

	if (!unit && !has_number)
		return scan_refuse(scan, scan->at, "expected a length of time");
	if (!unit)
		return scan_refuse(scan, scan->at, "expected a unit (s, min, h, d, w, mo, q or y)");
	if (!has_number && !unit->stands_alone)
		return scan_refuse(scan, scan->at, "expected a number before the unit");
	scan->at += length;
	*ret_unit = unit;
	return ERROR_NONE;
}

/* `3 days`, `a day` or `day`. */
static enum error scan_part(struct scan *scan, struct duration *duration, int64_t *size_limit)
{
	struct decimal number = { .value = 1, .scale = 1 };
	bool has_number = scan_is_digit(scan, 0);
	size_t start = scan->at;
	const struct unit *unit = &units[0];
	enum error error = has_number ? scan_decimal(scan, &number) : ERROR_NONE;

	if (error)
		return error;
	if (!has_number && !scan_take_word(scan, "an"))
		(void)scan_take_word(scan, "a");
	scan_skip_spaces(scan);
	error = scan_unit(scan, has_number, &unit);
	if (error)
		return error;
	if (size_of(unit) >= *size_limit)
		return scan_refuse(scan, start, "expected a smaller unit than the one before");
	*size_limit = size_of(unit);
	return add_part(scan, start, number, unit, duration);
}

static bool is_part_next(struct scan *scan)
{
	size_t end = scan->at;

	scan_skip_spaces(scan);
	if (scan_is_digit(scan, 0))
		return true;
	scan->at = end;
	return false;
}

enum error duration_scan(struct scan *scan, struct duration *ret_duration)
{
	struct duration duration = { 0 };
	int64_t size_limit = INT64_MAX;
	enum error error = ERROR_NONE;

	if (duration_is_iso_here(scan))
		error = scan_iso(scan, &duration);
	else
		do {
			error = scan_part(scan, &duration, &size_limit);
		} while (!error && is_part_next(scan));
	if (!error)
		*ret_duration = duration;
	return error;
}

enum error duration_parse(
	const char *text, size_t length, const char *field, struct duration *ret_duration, struct refusal *refusal)
{
	struct scan scan = { .text = text, .length = length, .field = field, .example = EXAMPLE, .refusal = refusal };
	struct duration duration;
	enum error error;

	if (length > DURATION_TEXT_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, field, "%s is longer than %u bytes", field, DURATION_TEXT_LIMIT);
	scan_skip_spaces(&scan);
	error = duration_scan(&scan, &duration);
	if (error)
		return error;
	scan_skip_spaces(&scan);
	if (!scan_is_end(&scan))
		return scan_refuse(&scan, scan.at, "expected nothing more");
	*ret_duration = duration;
	return ERROR_NONE;
}

void duration_format(const struct duration *duration, char ret_text[DURATION_TEXT_SIZE])
{
	char months[24] = "", days[24] = "", seconds[24] = "";

	if (duration->months)
		(void)snprintf(months, sizeof(months), "%" PRId64 "M", duration->months);
	if (duration->days || (!duration->months && !duration->seconds))
		(void)snprintf(days, sizeof(days), "%" PRId64 "D", duration->days);
	if (duration->seconds)
		(void)snprintf(seconds, sizeof(seconds), "T%" PRId64 "S", duration->seconds);
	(void)snprintf(ret_text, DURATION_TEXT_SIZE, "P%s%s%s", months, days, seconds);
}
