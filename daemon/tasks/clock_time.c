/* Times of day. */
#include "tasks/clock_time.h"

#define SECONDS_PER_HOUR   INT64_C(3600)
#define SECONDS_PER_MINUTE INT64_C(60)
#define HOURS_OF_DIAL      12

enum half { NO_HALF, FORENOON, AFTERNOON };

/* `am` or `pm`, which may have white space before it. */
static enum half half_at(const struct scan *scan, size_t ahead, size_t *ret_end)
{
	size_t start = ahead;

	while (scan_peek(scan, start) == ' ')
		start++;
	*ret_end = start + 2;
	if (scan_letters(scan, start) != 2)
		return NO_HALF;
	if (scan_is_word(scan, scan->at + start, 2, "am"))
		return FORENOON;
	return scan_is_word(scan, scan->at + start, 2, "pm") ? AFTERNOON : NO_HALF;
}

static bool is_word_here(const struct scan *scan, const char *word)
{
	return scan_is_word(scan, scan->at, scan_letters(scan, 0), word);
}

bool clock_time_is_here(const struct scan *scan)
{
	size_t digits = scan_digits(scan, 0), end;

	if (!digits)
		return is_word_here(scan, "noon") || is_word_here(scan, "midnight");
	return digits <= 2 && (scan_peek(scan, digits) == ':' || half_at(scan, digits, &end) != NO_HALF);
}

static void skip_fraction(struct scan *scan)
{
	if ((scan_peek(scan, 0) == '.' || scan_peek(scan, 0) == ',') && scan_is_digit(scan, 1))
		scan->at += 1 + scan_digits(scan, 1);
}

static enum error scan_seconds(struct scan *scan, struct clock_time *clock)
{
	int seconds;
	enum error error = scan_number(scan, "second", 2, 0, 60, &seconds);

	if (error)
		return error;
	clock->is_leap_second = seconds == 60;
	clock->seconds += seconds - clock->is_leap_second;
	if (scan_peek(scan, 0) == '.' && !scan_is_digit(scan, 1))
		return scan_refuse(scan, scan->at + 1, "expected the fraction of the second (digits)");
	skip_fraction(scan);
	return ERROR_NONE;
}

/* Minutes and seconds behind the hour, with colons or, in ISO 8601's basic format, without. */
static enum error scan_rest(struct scan *scan, bool has_colons, struct clock_time *clock)
{
	int minutes;
	enum error error = scan_number(scan, "minute", 2, 0, 59, &minutes);

	if (error)
		return error;
	clock->seconds += minutes * SECONDS_PER_MINUTE;
	if (has_colons ? scan_take(scan, ':') : scan_is_digit(scan, 0))
		return scan_seconds(scan, clock);
	return ERROR_NONE;
}

/* Twelve is the first hour of each half: 12am is 00:00, 12pm is noon. */
static enum error apply_half(const struct scan *scan, size_t start, enum half half, int hour, struct clock_time *clock)
{
	if (half == NO_HALF)
		return ERROR_NONE;
	if (hour < 1 || hour > HOURS_OF_DIAL)
		return scan_refuse(scan, start, "before am or pm the hour must be between 1 and 12");
	clock->seconds += (hour % HOURS_OF_DIAL - hour + (half == AFTERNOON ? HOURS_OF_DIAL : 0)) * SECONDS_PER_HOUR;
	return ERROR_NONE;
}

enum error clock_time_scan(struct scan *scan, struct clock_time *ret_clock)
{
	struct clock_time clock = { 0 };
	size_t start = scan->at, end = 0;
	enum half half;
	enum error error;
	int hour;

	clock.is_midnight = scan_take_word(scan, "midnight");
	clock.seconds = !clock.is_midnight && scan_take_word(scan, "noon") ? HOURS_OF_DIAL * SECONDS_PER_HOUR : 0;
	if (scan->at > start) {
		*ret_clock = clock;
		return ERROR_NONE;
	}
	error = scan_number(scan, "hour", scan_is_digit(scan, 1) ? 2 : 1, 0, 23, &hour);
	clock.seconds = error ? 0 : hour * SECONDS_PER_HOUR;
	if (!error && scan_take(scan, ':'))
		error = scan_rest(scan, true, &clock);
	if (error)
		return error;
	half = half_at(scan, 0, &end);
	error = apply_half(scan, start, half, hour, &clock);
	if (error)
		return error;
	scan->at += half == NO_HALF ? 0 : end;
	*ret_clock = clock;
	return ERROR_NONE;
}

enum error clock_time_scan_iso(struct scan *scan, struct clock_time *ret_clock)
{
	struct clock_time clock = { 0 };
	bool has_colons;
	int hour;
	enum error error = scan_number(scan, "hour", 2, 0, 23, &hour);

	if (error)
		return error;
	clock.seconds = hour * SECONDS_PER_HOUR;
	has_colons = scan_take(scan, ':');
	if (has_colons || scan_is_digit(scan, 0))
		error = scan_rest(scan, has_colons, &clock);
	if (!error)
		*ret_clock = clock;
	return error;
}

/* --- offsets --- */

/* Digits with a unit behind them are a sum: `17:00+90 min`. */
bool clock_time_is_offset_here(const struct scan *scan)
{
	size_t digits = scan_digits(scan, 1), behind = 1 + digits;

	if (scan_peek(scan, 0) == 'Z' || scan_peek(scan, 0) == 'z')
		return scan_letters(scan, 0) == 1;
	if ((scan_peek(scan, 0) != '+' && scan_peek(scan, 0) != '-') || !digits)
		return false;
	if (scan_peek(scan, behind) == ':')
		return true;
	while (scan_peek(scan, behind) == ' ')
		behind++;
	return !scan_is_letter(scan, behind) && scan_peek(scan, behind) != '.';
}

enum error clock_time_scan_offset(struct scan *scan, int64_t *ret_seconds)
{
	int hours, minutes = 0, sign;
	enum error error;

	if (scan_take(scan, 'Z')) {
		*ret_seconds = 0;
		return ERROR_NONE;
	}
	sign = scan->text[scan->at++] == '-' ? -1 : 1;
	error = scan_number(scan, "offset's hours", 2, 0, 23, &hours);
	if (!error && (scan_take(scan, ':') || scan_is_digit(scan, 0)))
		error = scan_number(scan, "offset's minutes", 2, 0, 59, &minutes);
	if (!error)
		*ret_seconds = sign * (hours * SECONDS_PER_HOUR + minutes * SECONDS_PER_MINUTE);
	return error;
}
