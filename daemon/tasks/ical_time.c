/* Times as iCalendar writes them. */
#include "tasks/ical_time.h"

#include "tasks/calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The number that so many digits are; -1: there are not so many. */
static int take_digits(const char **at, int count)
{
	int number = 0;

	for (; count; count--, ++*at) {
		if (**at < '0' || **at > '9')
			return -1;
		number = number * 10 + (**at - '0');
	}
	return number;
}

static bool take_day(const char **at, int64_t *ret_day)
{
	int year = take_digits(at, 4);
	int month = year < 0 ? -1 : take_digits(at, 2);
	int day = month < 0 ? -1 : take_digits(at, 2);

	if (year < 1 || month < 1 || month > 12 || day < 1 || day > calendar_days_in_month(year, month))
		return false;
	*ret_day = calendar_day(year, month, day);
	return true;
}

static bool take_clock(const char **at, int64_t *ret_seconds)
{
	int hour = take_digits(at, 2);
	int minute = hour < 0 ? -1 : take_digits(at, 2);
	int second = minute < 0 ? -1 : take_digits(at, 2);

	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60)
		return false;
	*ret_seconds = INT64_C(3600) * hour + INT64_C(60) * minute + (second == 60 ? 59 : second);
	return true;
}

bool ical_time_parse(const char *text, struct ical_time *ret_time)
{
	struct ical_time time = { .kind = ICAL_DATE };
	int64_t day, clock = 0;

	if (!take_day(&text, &day))
		return false;
	if (*text == 'T') {
		time.kind = ICAL_CLOCK;
		text++;
		if (!take_clock(&text, &clock))
			return false;
	}
	if (time.kind == ICAL_CLOCK && *text == 'Z') {
		time.kind = ICAL_UTC;
		text++;
	}
	time.seconds = day * CALENDAR_DAY_SECONDS + clock;
	*ret_time = time;
	return !*text;
}

void ical_time_format(const struct ical_time *time, char ret_text[ICAL_TIME_SIZE])
{
	int64_t day = calendar_day_of(time->seconds);
	struct calendar_date date = calendar_date(day);
	int clock = (int)(time->seconds - day * CALENDAR_DAY_SECONDS);
	int length = snprintf(ret_text, ICAL_TIME_SIZE, "%04u%02u%02u", (unsigned)date.year, (unsigned)date.month,
		(unsigned)date.day);

	if (time->kind != ICAL_DATE)
		(void)snprintf(ret_text + length, ICAL_TIME_SIZE - (size_t)length, "T%02u%02u%02u%s",
			(unsigned)clock / 3600, (unsigned)clock / 60 % 60, (unsigned)clock % 60,
			time->kind == ICAL_UTC ? "Z" : "");
}

bool ical_offset_parse(const char *text, int64_t *ret_offset)
{
	int sign = text[0] == '-' ? -1 : 1;
	const char *at = text + 1;
	int hour, minute, second = 0;

	if (text[0] != '+' && text[0] != '-')
		return false;
	hour = take_digits(&at, 2);
	minute = hour < 0 ? -1 : take_digits(&at, 2);
	if (minute >= 0 && *at)
		second = take_digits(&at, 2);
	if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || *at)
		return false;
	*ret_offset = sign * (INT64_C(3600) * hour + INT64_C(60) * minute + second);
	return true;
}

void ical_offset_format(int64_t offset, char ret_text[ICAL_OFFSET_SIZE])
{
	unsigned seconds = (unsigned)(offset < 0 ? -offset : offset);
	int length = snprintf(ret_text, ICAL_OFFSET_SIZE, "%c%02u%02u", offset < 0 ? '-' : '+', seconds / 3600 % 100,
		seconds / 60 % 60);

	if (seconds % 60)
		(void)snprintf(ret_text + length, ICAL_OFFSET_SIZE - (size_t)length, "%02u", seconds % 60);
}
