/* Days, weeks, months and years of a zone, one behind the other. */
#pragma once

#include "common/arena.h"
#include "tasks/calendar.h"
#include "tasks/zone.h"

#include <stddef.h>
#include <stdint.h>

enum period_unit { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR };

extern const char *const period_unit_names[]; /* "day", … NULL */

/* The first day of the period that a day lies in; days are counted from 1970-01-01. */
int64_t period_first_day(enum period_unit unit, enum weekday week_start, int64_t day);

/* The first day of the period so many later or earlier, from the first day of one. */
int64_t period_step(enum period_unit unit, int64_t first_day, int64_t periods);

struct periods {
	size_t count;
	const int64_t *days;   /* the first of each */
	const int64_t *begins; /* the first moment of each, and behind them of the one that would follow */
};

/* `count` of them, from the one that begins with `first_day`. In the arena. */
void periods_make(enum period_unit unit, int64_t first_day, size_t count, const struct zone *zone, struct arena *arena,
	struct periods *ret_periods);

#define PERIODS_NONE SIZE_MAX

/* The one that a moment lies in; PERIODS_NONE: before or behind all of them. */
size_t periods_find(const struct periods *periods, int64_t moment);

/* How many of `moments`, which ascend, are at most this one. */
size_t period_count_until(const int64_t *moments, size_t count, int64_t moment);
