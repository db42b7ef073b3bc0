/* What a client may write as a time: a day, a time of day, both, or a sum that starts from one. */
#include "tasks/date.h"

#include "tasks/clock_time.h"
#include "tasks/date_words.h"
#include "tasks/duration.h"
#include "tasks/iso_date.h"
#include "tasks/scan.h"

#include <string.h>

#define EXAMPLE           "tomorrow 17:00 or 2026-11-23 14:00"
#define EPOCH_DIGITS      9u /* from here on a number is no day and no year any more */
#define EPOCH_DIGITS_MOST 12u
#define WORD_SIZE         24u /* of an unknown word, for "did you mean" */
#define RANGE_REASON      "expected a time within the years 1 to 9999"

struct reading {
	struct scan scan;
	const struct date_context *context;
	int64_t today;
	bool is_day; /* as long as nothing names a time of day */
	int64_t day;
	int64_t moment;   /* when it is no day */
	bool takes_clock; /* a time of day may follow */
	bool is_written;  /* the day stands there in figures, so it must exist */
};

static int64_t day_at(const struct date_context *context, int64_t moment)
{
	return calendar_day_of(moment + zone_offset(context->zone, moment));
}

static void set_moment(struct reading *reading, int64_t moment)
{
	reading->is_day = false;
	reading->moment = moment;
	reading->takes_clock = false;
}

static void set_day(struct reading *reading, int64_t day)
{
	reading->is_day = true;
	reading->day = day;
	reading->takes_clock = true;
}

/* --- sums --- */

static bool is_out_of_range(const struct reading *reading)
{
	int64_t seconds = reading->is_day ? reading->day * CALENDAR_DAY_SECONDS : reading->moment;

	return seconds < CALENDAR_TIME_MINIMUM - CALENDAR_DAY_SECONDS ||
	       seconds > CALENDAR_TIME_MAXIMUM + CALENDAR_DAY_SECONDS;
}

/* The same time of day on another day. */
static int64_t move_days(const struct date_context *context, int64_t moment, int64_t from, int64_t to)
{
	int64_t local = moment + zone_offset(context->zone, moment) + (to - from) * CALENDAR_DAY_SECONDS;
	int64_t first, second;

	(void)zone_moments(context->zone, local, &first, &second);
	return from == to ? moment : first;
}

/* Months first, then days, both by the calendar; then seconds, as they pass. */
static void add_duration(struct reading *reading, const struct duration *duration, int sign)
{
	int64_t from = reading->is_day ? reading->day : day_at(reading->context, reading->moment);
	int64_t to = calendar_add_months(from, sign * duration->months) + sign * duration->days;

	if (reading->is_day && !duration->seconds) {
		reading->day = to;
		return;
	}
	if (reading->is_day)
		set_moment(reading, zone_day_start(reading->context->zone, to) + sign * duration->seconds);
	else
		reading->moment = move_days(reading->context, reading->moment, from, to) + sign * duration->seconds;
}

static enum error scan_term(struct reading *reading)
{
	size_t start = reading->scan.at;
	int sign = reading->scan.text[reading->scan.at++] == '-' ? -1 : 1;
	struct duration duration;
	enum error error;

	scan_skip_spaces(&reading->scan);
	error = duration_scan(&reading->scan, &duration);
	if (error)
		return error;
	add_duration(reading, &duration, sign);
	reading->takes_clock = false;
	reading->is_written = false;
	return is_out_of_range(reading) ? scan_refuse(&reading->scan, start, RANGE_REASON) : ERROR_NONE;
}

/* `in 3 days`, `3 days ago` and `3 days`. */
static enum error scan_distance(struct reading *reading, bool is_in)
{
	size_t start = reading->scan.at;
	struct duration duration;
	bool is_ago;
	enum error error = duration_scan(&reading->scan, &duration);

	if (error)
		return error;
	scan_skip_spaces(&reading->scan);
	is_ago = !is_in && scan_take_word(&reading->scan, "ago");
	set_moment(reading, reading->context->now);
	add_duration(reading, &duration, is_ago ? -1 : 1);
	return is_out_of_range(reading) ? scan_refuse(&reading->scan, start, RANGE_REASON) : ERROR_NONE;
}

/* --- times of day --- */

/* Leap seconds stand at the end of a UTC day and nowhere else (RFC 3339 §5.7). */
static bool is_leap_second_possible(int64_t second_before)
{
	return calendar_day_of(second_before + 1) != calendar_day_of(second_before);
}

static enum error refuse_leap_second(const struct reading *reading, size_t start)
{
	return scan_refuse(&reading->scan, start, "expected a second below 60 (a leap second is at 23:59:60 UTC)");
}

/* The day and its time of day, by the zone's clock. */
static enum error set_clock(struct reading *reading, size_t start, int64_t day, const struct clock_time *clock)
{
	int64_t first, second;
	const struct zone *zone = reading->context->zone;

	switch (zone_moments(zone, day * CALENDAR_DAY_SECONDS + clock->seconds, &first, &second)) {
	case ZONE_NEVER:
		return scan_refuse(
			&reading->scan, start, "the clocks of %s leave this time out that day", zone_name(zone));
	case ZONE_TWICE:
		return scan_refuse(&reading->scan, start,
			"the clocks of %s show this time twice that day, so write its offset from UTC too",
			zone_name(zone));
	case ZONE_ONCE:
		break;
	}
	set_moment(reading, first);
	if (clock->is_leap_second && !is_leap_second_possible(first))
		return refuse_leap_second(reading, start);
	return ERROR_NONE;
}

static enum error scan_clock_with_offset(struct reading *reading, size_t start, const struct clock_time *clock)
{
	int64_t offset;
	enum error error = clock_time_scan_offset(&reading->scan, &offset);

	if (error)
		return error;
	set_moment(reading, reading->day * CALENDAR_DAY_SECONDS + clock->seconds - offset);
	if (clock->is_leap_second && !is_leap_second_possible(reading->moment))
		return refuse_leap_second(reading, start);
	return ERROR_NONE;
}

/* Behind a day. */
static enum error scan_clock(struct reading *reading, bool is_iso)
{
	struct scan *scan = &reading->scan;
	size_t start = scan->at;
	struct clock_time clock;
	enum error error = is_iso ? clock_time_scan_iso(scan, &clock) : clock_time_scan(scan, &clock);

	if (error)
		return error;
	if (!is_iso && clock.is_midnight)
		return scan_refuse(scan, start,
			"midnight is the beginning of a day or its end; write 0:00 of the day that it begins");
	if (clock_time_is_offset_here(scan))
		return scan_clock_with_offset(reading, start, &clock);
	return set_clock(reading, start, reading->day, &clock);
}

/* Alone: the next one. */
static enum error scan_bare_clock(struct reading *reading)
{
	size_t start = reading->scan.at;
	struct clock_time clock;
	enum error error = clock_time_scan(&reading->scan, &clock);

	if (error)
		return error;
	if (clock.is_leap_second)
		return refuse_leap_second(reading, start);
	error = set_clock(reading, start, reading->today, &clock);
	if (!error && reading->moment <= reading->context->now)
		error = set_clock(reading, start, reading->today + 1, &clock);
	return error;
}

/* --- days and moments --- */

static enum error scan_epoch(struct reading *reading)
{
	size_t start = reading->scan.at;
	size_t digits = scan_digits(&reading->scan, scan_peek(&reading->scan, 0) == '@');
	int64_t seconds = 0;

	(void)scan_take(&reading->scan, '@');
	if (!digits)
		return scan_refuse(&reading->scan, reading->scan.at, "expected seconds since 1970 behind the @");
	for (size_t i = 0; i < digits && i <= EPOCH_DIGITS_MOST; i++)
		seconds = seconds * 10 + (scan_peek(&reading->scan, i) - '0');
	reading->scan.at += digits;
	set_moment(reading, seconds);
	return digits > EPOCH_DIGITS_MOST ? scan_refuse(&reading->scan, start, RANGE_REASON) : ERROR_NONE;
}

static enum error scan_iso_date(struct reading *reading)
{
	struct scan *scan = &reading->scan;
	int64_t day;
	enum error error = iso_date_scan(scan, &day);

	if (error)
		return error;
	set_day(reading, day);
	reading->is_written = true;
	if ((scan_peek(scan, 0) != 'T' && scan_peek(scan, 0) != 't') || scan_is_letter(scan, 1))
		return ERROR_NONE;
	scan->at++;
	return scan_clock(reading, true);
}

static bool is_ordinal_here(const struct scan *scan, size_t digits)
{
	static const char *const endings[] = { "st", "nd", "rd", "th" };

	for (size_t i = 0; digits <= 2 && i < sizeof(endings) / sizeof(*endings); i++)
		if (scan_is_word(scan, scan->at + digits, scan_letters(scan, digits), endings[i]))
			return true;
	return false;
}

static const char *ordinal_ending(int number)
{
	static const char *const endings[] = { "th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th" };

	return number / 10 == 1 ? "th" : endings[number % 10];
}

static enum error scan_ordinal(struct reading *reading, unsigned digits)
{
	struct scan *scan = &reading->scan;
	int number;
	enum error error = scan_number(scan, "day of the month", digits, 1, 31, &number);

	if (error)
		return error;
	if (!scan_take_word(scan, ordinal_ending(number)))
		return scan_refuse(scan, scan->at, "expected %d%s", number, ordinal_ending(number));
	set_day(reading, date_word_day_of_month(number, reading->today));
	return ERROR_NONE;
}

/* `5/4`, `5.4.2026`, `05-04-2026`: some read the day first, some the month. */
static bool is_two_ways_here(const struct scan *scan, size_t digits)
{
	char sign = scan_peek(scan, digits);
	size_t behind = scan_digits(scan, digits + 1);

	if (digits > 2 || !behind || !sign || !strchr("/.-", sign))
		return false;
	return sign == '/' || scan_peek(scan, digits + 1 + behind) == sign;
}

static enum error refuse_number(const struct reading *reading, size_t digits)
{
	const struct scan *scan = &reading->scan;

	if (is_two_ways_here(scan, digits))
		return scan_refuse(scan, scan->at, "day and month read two ways; write the year first, 2026-05-04");
	if (digits == 4 && (scan_peek(scan, 4) == '/' || scan_peek(scan, 4) == '.'))
		return scan_refuse(scan, scan->at + 4, "expected `-` behind the year");
	return scan_refuse(scan, scan->at, "a number alone reads in more than one way");
}

/* Whether a unit of time stands behind a number, with a fraction and white space between them or not. */
static bool is_duration_here(const struct scan *scan, size_t digits)
{
	size_t ahead = digits;

	if ((scan_peek(scan, ahead) == '.' || scan_peek(scan, ahead) == ',') && scan_is_digit(scan, ahead + 1))
		ahead += 1 + scan_digits(scan, ahead + 1);
	while (scan_peek(scan, ahead) == ' ')
		ahead++;
	return scan_is_letter(scan, ahead);
}

static enum error scan_from_digit(struct reading *reading)
{
	const struct scan *scan = &reading->scan;
	size_t digits = scan_digits(scan, 0);

	if (iso_date_is_here(scan))
		return scan_iso_date(reading);
	if (clock_time_is_here(scan))
		return scan_bare_clock(reading);
	if (is_ordinal_here(scan, digits))
		return scan_ordinal(reading, (unsigned)digits);
	if (is_duration_here(scan, digits))
		return scan_distance(reading, false);
	if (digits >= EPOCH_DIGITS)
		return scan_epoch(reading);
	return refuse_number(reading, digits);
}

static enum error scan_attribute(struct reading *reading, bool *ret_found)
{
	const struct date_attributes *attributes = reading->context->attributes;
	struct scan *scan = &reading->scan;
	size_t length = scan_letters(scan, 0);
	int64_t moment = 0;
	enum date_attribute found =
		attributes ? attributes->find(attributes->context, scan->text + scan->at, length, &moment)
			   : DATE_ATTRIBUTE_UNKNOWN;

	*ret_found = found != DATE_ATTRIBUTE_UNKNOWN;
	if (found == DATE_ATTRIBUTE_UNKNOWN)
		return ERROR_NONE;
	if (found == DATE_ATTRIBUTE_EMPTY)
		return scan_refuse(scan, scan->at, "the task has no such time to count from");
	scan->at += length;
	set_moment(reading, moment);
	return ERROR_NONE;
}

static enum error refuse_word(const struct reading *reading)
{
	const struct scan *scan = &reading->scan;
	size_t length = scan_letters(scan, 0);
	char word[WORD_SIZE];
	const char *nearest;

	if (!length)
		return scan_refuse(scan, scan->at, "expected a date");
	if (length >= sizeof(word))
		return scan_refuse(scan, scan->at, "this is no word for a date");
	memcpy(word, scan->text + scan->at, length);
	word[length] = '\0';
	nearest = date_word_nearest(word);
	if (nearest)
		return scan_refuse(scan, scan->at, "`%s` is no word for a date; did you mean `%s`?", word, nearest);
	return scan_refuse(scan, scan->at, "`%s` is no word for a date", word);
}

static void apply_word(struct reading *reading, const struct date_word *word)
{
	const struct zone *zone = reading->context->zone;

	switch (word->kind) {
	case DATE_WORD_NOW:
		set_moment(reading, reading->context->now);
		return;
	case DATE_WORD_DAY:
		set_day(reading, word->day);
		return;
	case DATE_WORD_START:
		set_moment(reading, zone_day_start(zone, word->day));
		break;
	case DATE_WORD_END:
		set_moment(reading, zone_day_end(zone, word->day));
		break;
	}
	reading->day = word->day;
	reading->takes_clock = true;
}

static bool is_article_here(const struct scan *scan)
{
	size_t length = scan_letters(scan, 0);

	return scan_peek(scan, length) == ' ' &&
	       (scan_is_word(scan, scan->at, length, "a") || scan_is_word(scan, scan->at, length, "an"));
}

static enum error scan_word(struct reading *reading)
{
	struct scan *scan = &reading->scan;
	struct date_word word;
	bool is_found;
	enum error error;

	if (scan_take_word(scan, "in")) {
		scan_skip_spaces(scan);
		return scan_distance(reading, true);
	}
	if (is_article_here(scan) || duration_is_iso_here(scan))
		return scan_distance(reading, false);
	if (clock_time_is_here(scan))
		return scan_bare_clock(reading);
	if (date_word_scan(scan, reading->today, reading->context->week_start, &word)) {
		apply_word(reading, &word);
		return ERROR_NONE;
	}
	error = scan_attribute(reading, &is_found);
	return error || is_found ? error : refuse_word(reading);
}

static enum error scan_base(struct reading *reading)
{
	if (scan_is_digit(&reading->scan, 0))
		return scan_from_digit(reading);
	if (scan_peek(&reading->scan, 0) == '@')
		return scan_epoch(reading);
	return scan_word(reading);
}

/* --- the whole --- */

/* A time of day needs white space before it, and may have an `at`. */
static bool is_clock_next(struct reading *reading, size_t base_end)
{
	struct scan *scan = &reading->scan;
	size_t start = scan->at;

	if (!reading->takes_clock || start == base_end)
		return false;
	if (scan_take_word(scan, "at"))
		scan_skip_spaces(scan);
	if (clock_time_is_here(scan))
		return true;
	scan->at = start;
	return false;
}

static enum error refuse_rest(const struct reading *reading)
{
	const struct scan *scan = &reading->scan;

	if (reading->takes_clock)
		return scan_refuse(scan, scan->at, "expected a time of day such as 17:00 or 5pm, or + and a duration");
	return scan_refuse(scan, scan->at, "expected nothing more, or + or - and a duration");
}

static enum error scan_all(struct reading *reading)
{
	struct scan *scan = &reading->scan;
	enum error error;
	size_t end;

	scan_skip_spaces(scan);
	error = scan_base(reading);
	end = scan->at;
	scan_skip_spaces(scan);
	if (!error && is_clock_next(reading, end))
		error = scan_clock(reading, false);
	scan_skip_spaces(scan);
	while (!error && (scan_peek(scan, 0) == '+' || scan_peek(scan, 0) == '-')) {
		error = scan_term(reading);
		scan_skip_spaces(scan);
	}
	if (!error && !scan_is_end(scan))
		error = refuse_rest(reading);
	return error;
}

/* A day that a zone left out altogether (Pacific/Apia, 2011-12-30) is refused where it is written, and passed over
 * where a sum arrives at it. */
static enum error find_span(struct reading *reading, struct date_span *ret_span)
{
	const struct zone *zone = reading->context->zone;
	struct date_span span = { .first = reading->moment, .last = reading->moment };

	if (reading->is_day) {
		span.first = zone_day_start(zone, reading->day);
		span.last = zone_day_end(zone, reading->day);
		if (span.last < span.first && reading->is_written)
			return scan_refuse(&reading->scan, 0, "the calendar of %s has no such day", zone_name(zone));
		if (span.last < span.first)
			span.last = zone_day_end(zone, reading->day + 1);
	}
	if (span.first < CALENDAR_TIME_MINIMUM || span.last > CALENDAR_TIME_MAXIMUM)
		return scan_refuse(&reading->scan, 0, RANGE_REASON);
	*ret_span = span;
	return ERROR_NONE;
}

enum error date_parse_span(const char *text, size_t length, const struct date_context *context, const char *field,
	struct date_span *ret_span, struct refusal *refusal)
{
	struct reading reading = {
		.scan = { .text = text, .length = length, .field = field, .example = EXAMPLE, .refusal = refusal },
		.context = context,
		.today = day_at(context, context->now),
	};
	enum error error;

	if (length > DATE_TEXT_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, field, "%s is longer than %u bytes", field, DATE_TEXT_LIMIT);
	error = scan_all(&reading);
	return error ? error : find_span(&reading, ret_span);
}

enum error date_parse(const char *text, size_t length, const struct date_context *context, const char *field,
	int64_t *ret_seconds, struct refusal *refusal)
{
	struct date_span span = { 0 };
	enum error error = date_parse_span(text, length, context, field, &span, refusal);

	if (!error)
		*ret_seconds = context->edge == DATE_DAY_END ? span.last : span.first;
	return error;
}
