/* Civil days: the Gregorian calendar of ISO 8601, without zones and clocks. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CALENDAR_DAY_SECONDS  INT64_C(86400)
#define CALENDAR_TIME_MINIMUM INT64_C(-62135596800) /* 0001-01-01T00:00:00Z */
#define CALENDAR_TIME_MAXIMUM INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct calendar_date {
	int year, month, day; /* month and day from 1 */
};

/* Days are counted from 1970-01-01; every year of an int that an int64_t of seconds can hold is understood. */
int64_t calendar_day(int year, int month, int day);
struct calendar_date calendar_date(int64_t day);

int calendar_days_in_month(int year, int month);
int calendar_days_in_year(int year);
enum weekday calendar_weekday(int64_t day);

/* Months later or earlier; a day that the month does not have becomes its last (31 January + 1 month: 28 February). */
int64_t calendar_add_months(int64_t day, int64_t months);

/* The first day on or after `day` that is this weekday. */
int64_t calendar_weekday_from(int64_t day, enum weekday weekday);

/* Monday of ISO week 1, and how many weeks the ISO year has (52 or 53). */
int64_t calendar_first_week(int year);
int calendar_weeks_in_year(int year);

/* Easter Sunday of the Gregorian calendar. */
int64_t calendar_easter(int year);

/* The day that a count of seconds falls into, also before 1970. */
int64_t calendar_day_of(int64_t seconds);
