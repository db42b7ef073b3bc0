/* The TZ string of POSIX. */
#include "tasks/zone_rule.h"

#include "tasks/calendar.h"

#include <string.h>

struct cursor {
	const char *at, *end;
};

/* --- reading --- */

static bool take(struct cursor *cursor, char character)
{
	if (cursor->at == cursor->end || *cursor->at != character)
		return false;
	cursor->at++;
	return true;
}

static bool is_digit(const struct cursor *cursor)
{
	return cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9';
}

static bool read_number(struct cursor *cursor, int minimum, int maximum, int *ret_number)
{
	int number = 0;

	if (!is_digit(cursor))
		return false;
	while (is_digit(cursor) && number <= maximum)
		number = number * 10 + (*cursor->at++ - '0');
	*ret_number = number;
	return number >= minimum && number <= maximum;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool read_clock(struct cursor *cursor, int hour_limit, int64_t *ret_seconds)
{
	int64_t sign = take(cursor, '-') ? -1 : 1;
	int hours, minutes = 0, seconds = 0;

	if (sign > 0)
		(void)take(cursor, '+');
	if (!read_number(cursor, 0, hour_limit, &hours))
		return false;
	if (take(cursor, ':') && !read_number(cursor, 0, 59, &minutes))
		return false;
	if (take(cursor, ':') && !read_number(cursor, 0, 59, &seconds))
		return false;
	*ret_seconds = sign * (hours * INT64_C(3600) + minutes * INT64_C(60) + seconds);
	return true;
}

static bool is_name_character(char character, bool is_quoted)
{
	if ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z'))
		return true;
	return is_quoted && ((character >= '0' && character <= '9') || character == '+' || character == '-');
}

/* Three letters or more; in angle brackets also digits and signs. */
static bool read_name(struct cursor *cursor)
{
	bool is_quoted = take(cursor, '<');
	const char *start = cursor->at;

	while (cursor->at < cursor->end && is_name_character(*cursor->at, is_quoted))
		cursor->at++;
	return cursor->at - start >= 3 && (!is_quoted || take(cursor, '>'));
}

static bool read_day(struct cursor *cursor, struct zone_rule_change *change)
{
	if (take(cursor, 'M')) {
		change->kind = ZONE_RULE_MONTH_WEEK;
		return read_number(cursor, 1, 12, &change->month) && take(cursor, '.') &&
		       read_number(cursor, 1, 5, &change->week) && take(cursor, '.') &&
		       read_number(cursor, 0, 6, &change->weekday);
	}
	change->kind = take(cursor, 'J') ? ZONE_RULE_JULIAN : ZONE_RULE_ORDINAL;
	return read_number(cursor, change->kind == ZONE_RULE_JULIAN, 365, &change->day);
}

static bool read_change(struct cursor *cursor, struct zone_rule_change *change)
{
	change->seconds = 2 * INT64_C(3600);
	return take(cursor, ',') && read_day(cursor, change) &&
	       (!take(cursor, '/') || read_clock(cursor, 167, &change->seconds));
}

/* What the string writes is west of UTC. */
static bool read_offset(struct cursor *cursor, int64_t *ret_offset)
{
	int64_t west;

	if (!read_clock(cursor, 24, &west))
		return false;
	*ret_offset = -west;
	return true;
}

bool zone_rule_parse(const char *text, size_t length, struct zone_rule *ret_rule)
{
	struct cursor cursor = { text, text + length };
	struct zone_rule rule = { 0 };

	if (!read_name(&cursor) || !read_offset(&cursor, &rule.standard_offset))
		return false;
	rule.has_summer = cursor.at < cursor.end;
	if (rule.has_summer) {
		if (!read_name(&cursor))
			return false;
		rule.summer_offset = rule.standard_offset + 3600;
		if (cursor.at < cursor.end && *cursor.at != ',' && !read_offset(&cursor, &rule.summer_offset))
			return false;
		if (!read_change(&cursor, &rule.begins) || !read_change(&cursor, &rule.ends))
			return false;
	}
	if (cursor.at < cursor.end)
		return false;
	*ret_rule = rule;
	return true;
}

/* --- applying --- */

static int64_t month_week_day(const struct zone_rule_change *change, int year)
{
	/* The rule counts weekdays from Sunday, we from Monday. */
	enum weekday weekday = (enum weekday)((change->weekday + 6) % 7);
	int64_t day =
		calendar_weekday_from(calendar_day(year, change->month, 1), weekday) + (int64_t)(change->week - 1) * 7;
	int64_t last = calendar_day(year, change->month, calendar_days_in_month(year, change->month));

	return day > last ? day - 7 : day;
}

static int64_t day_of_change(const struct zone_rule_change *change, int year)
{
	int64_t first = calendar_day(year, 1, 1);

	switch (change->kind) {
	case ZONE_RULE_MONTH_WEEK:
		return month_week_day(change, year);
	case ZONE_RULE_JULIAN:
		return first + change->day - 1 + (change->day > 59 && calendar_days_in_year(year) == 366);
	case ZONE_RULE_ORDINAL:
		return first + change->day;
	}
	return first;
}

static int64_t moment_of_change(const struct zone_rule_change *change, int year, int64_t offset_before)
{
	return day_of_change(change, year) * CALENDAR_DAY_SECONDS + change->seconds - offset_before;
}

int64_t zone_rule_offset(const struct zone_rule *rule, int64_t seconds)
{
	int year = calendar_date(calendar_day_of(seconds + rule->standard_offset)).year;
	int64_t begins, ends;
	bool is_summer;

	if (!rule->has_summer)
		return rule->standard_offset;
	begins = moment_of_change(&rule->begins, year, rule->standard_offset);
	ends = moment_of_change(&rule->ends, year, rule->summer_offset);
	is_summer = begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends;
	return is_summer ? rule->summer_offset : rule->standard_offset;
}
