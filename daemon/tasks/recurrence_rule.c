/* Reading a rule: a table of its parts. */
#include "tasks/recurrence_rule.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/recurrence_days.h"

#include <string.h>
#include <strings.h>

#define NUMBER_BITS 64u
#define MONTHS      12

const char *const recurrence_frequency_names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY", NULL };
const char *const recurrence_weekday_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };

enum part {
	FREQ,
	INTERVAL,
	COUNT,
	UNTIL,
	WKST,
	BYMONTH,
	BYWEEKNO,
	BYYEARDAY,
	BYMONTHDAY,
	BYDAY,
	BYSETPOS,
	RSCALE,
	SKIP,
	PART_COUNT,
};

struct reading {
	struct scan *scan;
	struct recurrence_rule rule;
	bool is_there[PART_COUNT];
	size_t at[PART_COUNT]; /* where the part begins */
};

struct row {
	const char *name;
	enum error (*read)(struct reading *reading); /* what stands behind the = */
};

/* --- sets of numbers --- */

void recurrence_numbers_add(struct recurrence_numbers *numbers, int number)
{
	uint64_t *bits = number < 0 ? numbers->from_end : numbers->from_start;
	unsigned bit = (unsigned)(number < 0 ? -number : number);

	numbers->is_given = true;
	bits[bit / NUMBER_BITS] |= UINT64_C(1) << bit % NUMBER_BITS;
}

static bool has_bit(const uint64_t *bits, int bit)
{
	return bits[(unsigned)bit / NUMBER_BITS] >> (unsigned)bit % NUMBER_BITS & 1;
}

bool recurrence_numbers_have(const struct recurrence_numbers *numbers, int position, int total)
{
	return has_bit(numbers->from_start, position) || has_bit(numbers->from_end, total + 1 - position);
}

bool recurrence_numbers_exceed(const struct recurrence_numbers *numbers, int limit)
{
	uint64_t above = numbers->from_start[(unsigned)limit / NUMBER_BITS] >> (unsigned)limit % NUMBER_BITS >> 1;

	for (size_t i = (unsigned)limit / NUMBER_BITS + 1; i < COUNT_OF(numbers->from_start); i++)
		above |= numbers->from_start[i];
	return above != 0;
}

/* --- values --- */

static enum error read_number(struct scan *scan, const char *name, int minimum, int maximum, int *ret_number)
{
	size_t digits = scan_digits(scan, 0);

	if (!digits)
		return scan_refuse(scan, scan->at, "expected a number from %d to %d", minimum, maximum);
	if (digits > 6)
		return scan_refuse(scan, scan->at, "the %s must be between %d and %d", name, minimum, maximum);
	return scan_number(scan, name, (unsigned)digits, minimum, maximum, ret_number);
}

/* `15`, `+1` or `-1`. */
static enum error read_signed(struct scan *scan, const char *name, int maximum, int *ret_number)
{
	bool is_negative = scan_take(scan, '-');
	enum error error;

	if (!is_negative)
		(void)scan_take(scan, '+');
	error = read_number(scan, name, 1, maximum, ret_number);
	if (!error && is_negative)
		*ret_number = -*ret_number;
	return error;
}

static enum error read_numbers(
	struct reading *reading, const char *name, int maximum, struct recurrence_numbers *numbers)
{
	do {
		int number = 0;
		enum error error = read_signed(reading->scan, name, maximum, &number);

		if (error)
			return error;
		recurrence_numbers_add(numbers, number);
	} while (scan_take(reading->scan, ','));
	return ERROR_NONE;
}

/* The index of the letters in a table of names, -1: they are none. */
static int take_name(struct scan *scan, const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (scan_take_word(scan, names[i]))
			return i;
	return -1;
}

static enum error read_weekday(struct scan *scan, enum weekday *ret_weekday)
{
	int found = take_name(scan, recurrence_weekday_names);

	if (found < 0)
		return scan_refuse(scan, scan->at, "expected MO, TU, WE, TH, FR, SA or SU");
	*ret_weekday = (enum weekday)found;
	return ERROR_NONE;
}

/* --- parts --- */

static enum error read_frequency(struct reading *reading)
{
	struct scan *scan = reading->scan;
	size_t start = scan->at;
	int found = take_name(scan, recurrence_frequency_names);

	if (found < 0 && (scan_take_word(scan, "HOURLY") || scan_take_word(scan, "MINUTELY") ||
				 scan_take_word(scan, "SECONDLY")))
		return scan_refuse(
			scan, start, "a task recurs once a day at most: expected DAILY, WEEKLY, MONTHLY or YEARLY");
	if (found < 0)
		return scan_refuse(scan, start, "expected DAILY, WEEKLY, MONTHLY or YEARLY");
	reading->rule.frequency = (enum recurrence_frequency)found;
	return ERROR_NONE;
}

static enum error read_interval(struct reading *reading)
{
	return read_number(reading->scan, "interval", 1, RECURRENCE_INTERVAL_LIMIT, &reading->rule.interval);
}

static enum error read_count(struct reading *reading)
{
	int count = 0;
	enum error error = read_number(reading->scan, "count", 1, RECURRENCE_COUNT_LIMIT, &count);

	reading->rule.count = count;
	return error;
}

static enum error read_until_clock(struct scan *scan, int64_t day, struct recurrence_rule *rule)
{
	int hour = 0, minute = 0, second = 0;
	enum error error = scan_number(scan, "hour", 2, 0, 23, &hour);

	if (!error)
		error = scan_number(scan, "minute", 2, 0, 59, &minute);
	if (!error)
		error = scan_number(scan, "second", 2, 0, 59, &second);
	rule->until = day * CALENDAR_DAY_SECONDS + hour * INT64_C(3600) + minute * INT64_C(60) + second;
	rule->until_kind = scan_take(scan, 'Z') ? RECURRENCE_UNTIL_UTC : RECURRENCE_UNTIL_LOCAL;
	return error;
}

/* `20261231`, `20261231T170000` or `20261231T160000Z`. */
static enum error read_until(struct reading *reading)
{
	struct scan *scan = reading->scan;
	int year = 1, month = 1, day = 1;
	enum error error = scan_number(scan, "year", 4, 1, 9999, &year);

	if (!error)
		error = scan_number(scan, "month", 2, 1, MONTHS, &month);
	if (!error)
		error = scan_number(scan, "day", 2, 1, calendar_days_in_month(year, month), &day);
	reading->rule.until_kind = RECURRENCE_UNTIL_DAY;
	reading->rule.until = calendar_day(year, month, day);
	if (!error && scan_take(scan, 'T'))
		error = read_until_clock(scan, reading->rule.until, &reading->rule);
	return error;
}

static enum error read_week_start(struct reading *reading)
{
	return read_weekday(reading->scan, &reading->rule.week_start);
}

static enum error read_months(struct reading *reading)
{
	do {
		int month = 0;
		enum error error = read_number(reading->scan, "month", 1, MONTHS, &month);

		if (error)
			return error;
		reading->rule.months |= 1U << month;
	} while (scan_take(reading->scan, ','));
	return ERROR_NONE;
}

static enum error read_weeks(struct reading *reading)
{
	return read_numbers(reading, "week", 53, &reading->rule.weeks);
}

static enum error read_year_days(struct reading *reading)
{
	return read_numbers(reading, "day of the year", 366, &reading->rule.year_days);
}

static enum error read_month_days(struct reading *reading)
{
	return read_numbers(reading, "day of the month", 31, &reading->rule.month_days);
}

static enum error read_positions(struct reading *reading)
{
	return read_numbers(reading, "position", 366, &reading->rule.positions);
}

/* `MO`, `2MO` or `-1FR`. */
static enum error read_weekday_number(struct scan *scan, struct recurrence_rule *rule)
{
	enum weekday weekday = MONDAY;
	int number = 0;
	enum error error = ERROR_NONE;

	if (!scan_is_letter(scan, 0))
		error = read_signed(scan, "number of the weekday", 53, &number);
	if (!error)
		error = read_weekday(scan, &weekday);
	if (error)
		return error;
	if (number)
		recurrence_numbers_add(&rule->ordinals[weekday], number);
	else
		rule->weekdays |= 1U << weekday;
	rule->has_ordinals = rule->has_ordinals || number;
	return ERROR_NONE;
}

static enum error read_weekdays(struct reading *reading)
{
	reading->rule.has_weekdays = true;
	do {
		enum error error = read_weekday_number(reading->scan, &reading->rule);

		if (error)
			return error;
	} while (scan_take(reading->scan, ','));
	return ERROR_NONE;
}

static enum error read_calendar(struct reading *reading)
{
	if (scan_take_word(reading->scan, "GREGORIAN"))
		return ERROR_NONE;
	return scan_refuse(reading->scan, reading->scan->at, "expected GREGORIAN, the one calendar that is known here");
}

static enum error read_skip(struct reading *reading)
{
	reading->rule.moves_back = scan_take_word(reading->scan, "BACKWARD");
	if (reading->rule.moves_back || scan_take_word(reading->scan, "OMIT"))
		return ERROR_NONE;
	return scan_refuse(reading->scan, reading->scan->at, "expected OMIT or BACKWARD");
}

static const struct row rows[PART_COUNT] = {
	[FREQ] = { .name = "FREQ", .read = read_frequency },
	[INTERVAL] = { .name = "INTERVAL", .read = read_interval },
	[COUNT] = { .name = "COUNT", .read = read_count },
	[UNTIL] = { .name = "UNTIL", .read = read_until },
	[WKST] = { .name = "WKST", .read = read_week_start },
	[BYMONTH] = { .name = "BYMONTH", .read = read_months },
	[BYWEEKNO] = { .name = "BYWEEKNO", .read = read_weeks },
	[BYYEARDAY] = { .name = "BYYEARDAY", .read = read_year_days },
	[BYMONTHDAY] = { .name = "BYMONTHDAY", .read = read_month_days },
	[BYDAY] = { .name = "BYDAY", .read = read_weekdays },
	[BYSETPOS] = { .name = "BYSETPOS", .read = read_positions },
	[RSCALE] = { .name = "RSCALE", .read = read_calendar },
	[SKIP] = { .name = "SKIP", .read = read_skip },
};

/* --- what may stand together (RFC 5545 §3.3.10, RFC 7529 §4.1) --- */

static bool needs_yearly(const struct reading *reading, enum part part)
{
	return reading->is_there[part] && reading->rule.frequency != RECURRENCE_YEARLY;
}

static bool is_ordinal_wrong(const struct reading *reading)
{
	return reading->rule.has_ordinals &&
	       (reading->rule.frequency < RECURRENCE_MONTHLY || reading->is_there[BYWEEKNO]);
}

static bool has_set(const struct reading *reading)
{
	for (enum part part = BYMONTH; part < BYSETPOS; part++)
		if (reading->is_there[part])
			return true;
	return false;
}

/* Moving back from the 31st before the month's first day would leave the month. */
static bool is_skip_wrong(const struct reading *reading)
{
	return reading->rule.moves_back &&
	       (reading->rule.frequency < RECURRENCE_MONTHLY || reading->is_there[BYYEARDAY] ||
		       reading->rule.month_days.from_end[0] >> 29);
}

static enum error check_parts(const struct reading *reading)
{
	const struct scan *scan = reading->scan;
	const size_t *at = reading->at;

	if (!reading->is_there[FREQ])
		return scan_refuse(scan, 0, "expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY among the parts");
	if (reading->is_there[COUNT] && reading->is_there[UNTIL])
		return scan_refuse(scan, at[UNTIL], "expected COUNT or UNTIL, not both");
	if (needs_yearly(reading, BYWEEKNO))
		return scan_refuse(scan, at[BYWEEKNO], "BYWEEKNO needs FREQ=YEARLY");
	if (needs_yearly(reading, BYYEARDAY))
		return scan_refuse(scan, at[BYYEARDAY], "BYYEARDAY needs FREQ=YEARLY");
	if (reading->is_there[BYMONTHDAY] && reading->rule.frequency == RECURRENCE_WEEKLY)
		return scan_refuse(scan, at[BYMONTHDAY], "BYMONTHDAY needs FREQ=DAILY, MONTHLY or YEARLY");
	if (is_ordinal_wrong(reading))
		return scan_refuse(
			scan, at[BYDAY], "a number before a weekday needs FREQ=MONTHLY or YEARLY, without BYWEEKNO");
	if (reading->is_there[BYSETPOS] && !has_set(reading))
		return scan_refuse(scan, at[BYSETPOS], "BYSETPOS needs a BYDAY or the like to choose from");
	if (reading->is_there[SKIP] && !reading->is_there[RSCALE])
		return scan_refuse(scan, at[SKIP], "SKIP needs RSCALE=GREGORIAN");
	if (is_skip_wrong(reading))
		return scan_refuse(scan, at[SKIP],
			"SKIP=BACKWARD needs FREQ=MONTHLY or YEARLY, without BYYEARDAY and days before -28");
	return ERROR_NONE;
}

/* --- the whole --- */

static enum error refuse_part(const struct scan *scan, size_t length)
{
	const char *names[PART_COUNT + 1] = { NULL };
	char word[16];
	const char *nearest;

	for (size_t i = 0; i < PART_COUNT; i++)
		names[i] = rows[i].name;
	if (!length || length >= sizeof(word))
		return scan_refuse(scan, scan->at, "expected a part such as BYDAY=");
	memcpy(word, scan->text + scan->at, length);
	word[length] = '\0';
	if (!strcasecmp(word, "BYHOUR") || !strcasecmp(word, "BYMINUTE") || !strcasecmp(word, "BYSECOND"))
		return scan_refuse(scan, scan->at, "expected no %s: the time of day is that of due", word);
	for (size_t i = 0; i < length; i++)
		word[i] = text_ascii_upper(word[i]);
	nearest = text_nearest(word, names);
	if (nearest)
		return scan_refuse(scan, scan->at, "`%s` is no part of a rule; did you mean `%s`?", word, nearest);
	return scan_refuse(scan, scan->at, "`%s` is no part of a rule", word);
}

static enum error read_part(struct reading *reading)
{
	struct scan *scan = reading->scan;
	size_t length = scan_letters(scan, 0), part = 0;

	while (part < PART_COUNT && !scan_is_word(scan, scan->at, length, rows[part].name))
		part++;
	if (part == PART_COUNT)
		return refuse_part(scan, length);
	if (reading->is_there[part])
		return scan_refuse(scan, scan->at, "%s stands here a second time", rows[part].name);
	reading->is_there[part] = true;
	reading->at[part] = scan->at;
	scan->at += length;
	if (!scan_take(scan, '='))
		return scan_refuse(scan, scan->at, "expected = behind %s", rows[part].name);
	return rows[part].read(reading);
}

static enum error read_all(struct reading *reading)
{
	struct scan *scan = reading->scan;
	enum error error;

	scan_skip_spaces(scan);
	if (scan_take_word(scan, "RRULE"))
		(void)scan_take(scan, ':');
	do {
		error = read_part(reading);
	} while (!error && scan_take(scan, ';'));
	scan_skip_spaces(scan);
	if (!error && !scan_is_end(scan))
		error = scan_refuse(scan, scan->at, "expected ; and a part, or nothing more");
	return error;
}

enum error recurrence_rule_parse(struct scan *scan, struct recurrence_rule *ret_rule)
{
	struct reading reading = { .scan = scan, .rule = { .interval = 1 } };
	enum error error;

	if (scan->length > RECURRENCE_RULE_TEXT_LIMIT)
		return refuse(scan->refusal, ERROR_INVALID_PARAMS, scan->field, "%s is longer than %u bytes",
			scan->field, RECURRENCE_RULE_TEXT_LIMIT);
	error = read_all(&reading);
	if (!error)
		error = check_parts(&reading);
	if (!error && !recurrence_rule_has_days(&reading.rule))
		error = scan_refuse(scan, 0, "there is no day that this rule fits");
	if (!error)
		*ret_rule = reading.rule;
	return error;
}
