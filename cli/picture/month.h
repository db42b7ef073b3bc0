/* Days and months of the Gregorian calendar, as pictures count them. Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A month of a year: 1 to 12. */
struct month {
	int year;
	int number;
};

#define MONTH_NAMES_LEAST 3u /* letters by which a month is known */

extern const char *const month_names[];   /* January first; 12 of them, then NULL */
extern const char *const weekday_names[]; /* Sunday first, two letters; 7 of them, then NULL */

/* So many months later, or earlier. */
struct month month_add(struct month month, int count);

/* The number of the day in a count of all days, and how many the month has. */
int64_t month_day_number(struct month month, int day);
int month_length(struct month month);

/* The day's weekday, from 0 for Sunday, and its week (ISO 8601). */
int month_weekday(int64_t day_number);
int month_week(int64_t day_number);

/* "2026-11-25"; false: it is no such day. */
bool month_parse_day(const char *text, int64_t *ret_day_number);

/*
 * What a person calls a month, seen from `now`: 2026-11, nov, November, +1 (the next one), -2; or a year: 2026, which
 * is twelve. false: it is none.
 */
bool month_parse(const char *text, struct month now, struct month *ret_first, int *ret_count);
