/* Civil days. */
#include "tasks/calendar.h"

#define DAYS_PER_400_YEARS INT64_C(146097)
#define EPOCH_FROM_MARCH   INT64_C(719468) /* days from 0000-03-01 to 1970-01-01 */

static int64_t divide_down(int64_t number, int64_t by)
{
	return number / by - (number % by < 0);
}

static bool is_leap_year(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int calendar_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && is_leap_year(year));
}

int calendar_days_in_year(int year)
{
	return is_leap_year(year) ? 366 : 365;
}

/* Counted in years that begin in March, so that a leap day is the last of its year. */
int64_t calendar_day(int year, int month, int day)
{
	int64_t marches = month > 2 ? year : (int64_t)year - 1;
	int64_t era = divide_down(marches, 400);
	int64_t year_of_era = marches - era * 400;
	int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

	return era * DAYS_PER_400_YEARS + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
	       EPOCH_FROM_MARCH;
}

struct calendar_date calendar_date(int64_t day)
{
	int64_t marches = day + EPOCH_FROM_MARCH;
	int64_t era = divide_down(marches, DAYS_PER_400_YEARS);
	int64_t day_of_era = marches - era * DAYS_PER_400_YEARS;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;

	return (struct calendar_date){
		.year = (int)(era * 400 + year_of_era + (month > 9)),
		.month = (int)(month < 10 ? month + 3 : month - 9),
		.day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

enum weekday calendar_weekday(int64_t day)
{
	int64_t since_monday = (day + THURSDAY) % 7; /* 1970-01-01 was a Thursday */

	return (enum weekday)(since_monday < 0 ? since_monday + 7 : since_monday);
}

int64_t calendar_add_months(int64_t day, int64_t months)
{
	struct calendar_date date = calendar_date(day);
	int64_t month = (int64_t)date.year * 12 + date.month - 1 + months;
	int year = (int)divide_down(month, 12);
	int of_year = (int)(month - (int64_t)year * 12) + 1;
	int last = calendar_days_in_month(year, of_year);

	return calendar_day(year, of_year, date.day < last ? date.day : last);
}

int64_t calendar_weekday_from(int64_t day, enum weekday weekday)
{
	return day + ((int)weekday - (int)calendar_weekday(day) + 7) % 7;
}

/* The week of 4 January is the first (ISO 8601-1 §3.1.1.23). */
int64_t calendar_first_week(int year)
{
	int64_t fourth = calendar_day(year, 1, 4);

	return fourth - (int)calendar_weekday(fourth);
}

int calendar_weeks_in_year(int year)
{
	return (int)((calendar_first_week(year + 1) - calendar_first_week(year)) / 7);
}

/* The full moon of the church's tables, and the Sunday behind it (the computus; Gauss, with its two exceptions). */
int64_t calendar_easter(int year)
{
	int century = year / 100;
	int moon_shift = (15 - (13 + 8 * century) / 25 + century - century / 4) % 30;
	int moon = (19 * (year % 19) + moon_shift) % 30;
	int64_t full_moon;

	if (moon == 29 || (moon == 28 && year % 19 > 10))
		moon--;
	full_moon = calendar_day(year, 3, 21) + moon;
	return calendar_weekday_from(full_moon + 1, SUNDAY);
}

int64_t calendar_day_of(int64_t seconds)
{
	return divide_down(seconds, CALENDAR_DAY_SECONDS);
}
