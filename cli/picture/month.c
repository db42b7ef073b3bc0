/* The C library's count of seconds knows all that there is to know, as long as it is asked in UTC. */
#include "picture/month.h"

#include "common/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define DAY_SECONDS 86400
#define MONTHS      12
#define YEAR_FIRST  1000
#define YEAR_LAST   9999
#define MONTHS_AWAY 12000
#define THURSDAY    4 /* the day that says which week it is */

const char *const month_names[] = { "January", "February", "March", "April", "May", "June", "July", "August",
	"September", "October", "November", "December", NULL };
const char *const weekday_names[] = { "Su", "Mo", "Tu", "We", "Th", "Fr", "Sa", NULL };

struct month month_add(struct month month, int count)
{
	int total = month.year * MONTHS + month.number - 1 + count;

	return (struct month){ .year = total / MONTHS, .number = total % MONTHS + 1 };
}

int64_t month_day_number(struct month month, int day)
{
	struct tm date = { .tm_year = month.year - 1900, .tm_mon = month.number - 1, .tm_mday = day };

	return (int64_t)timegm(&date) / DAY_SECONDS;
}

int month_length(struct month month)
{
	return (int)(month_day_number(month_add(month, 1), 1) - month_day_number(month, 1));
}

static struct tm date_of(int64_t day_number)
{
	time_t seconds = (time_t)(day_number * DAY_SECONDS);
	struct tm date = { 0 };

	(void)gmtime_r(&seconds, &date);
	return date;
}

int month_weekday(int64_t day_number)
{
	return date_of(day_number).tm_wday;
}

int month_week(int64_t day_number)
{
	int weekday = month_weekday(day_number);
	struct tm thursday = date_of(day_number + THURSDAY - (weekday ? weekday : 7));

	return thursday.tm_yday / 7 + 1;
}

bool month_parse_day(const char *text, int64_t *ret_day_number)
{
	struct month month;
	int day;
	int end = 0;

	if (sscanf(text, "%4d-%2d-%2d%n", &month.year, &month.number, &day, &end) != 3 || text[end])
		return false;
	if (month.number < 1 || month.number > MONTHS || day < 1 || day > month_length(month))
		return false;
	*ret_day_number = month_day_number(month, day);
	return true;
}

/* --- what people say --- */

static bool parse_name(const char *text, struct month now, struct month *ret_first)
{
	size_t length = strlen(text);

	for (int i = 0; month_names[i]; i++) {
		if (length < MONTH_NAMES_LEAST || strncasecmp(month_names[i], text, length) != 0)
			continue;
		*ret_first = (struct month){ .year = now.year, .number = i + 1 };
		return true;
	}
	return false;
}

static bool parse_distance(const char *text, struct month now, struct month *ret_first)
{
	int64_t count;

	if ((text[0] != '+' && text[0] != '-') || !text_parse_integer(text + 1, 0, MONTHS_AWAY, &count))
		return false;
	*ret_first = month_add(now, text[0] == '+' ? (int)count : -(int)count);
	return true;
}

static bool parse_month(const char *text, struct month *ret_first)
{
	char day[16];
	int64_t number;

	if (strlen(text) != strlen("2026-11"))
		return false;
	(void)snprintf(day, sizeof(day), "%s-01", text);
	return month_parse_day(day, &number) && sscanf(text, "%4d-%2d", &ret_first->year, &ret_first->number) == 2;
}

bool month_parse(const char *text, struct month now, struct month *ret_first, int *ret_count)
{
	int64_t year;

	*ret_count = 1;
	if (parse_name(text, now, ret_first) || parse_distance(text, now, ret_first) || parse_month(text, ret_first))
		return true;
	if (!text_parse_integer(text, YEAR_FIRST, YEAR_LAST, &year))
		return false;
	*ret_first = (struct month){ .year = (int)year, .number = 1 };
	*ret_count = MONTHS;
	return true;
}
