/* Days, weeks, months and years of a zone. */
#include "tasks/period.h"

#define WEEK_DAYS   7
#define YEAR_MONTHS 12

const char *const period_unit_names[] = {
	[PERIOD_DAY] = "day", [PERIOD_WEEK] = "week", [PERIOD_MONTH] = "month", [PERIOD_YEAR] = "year", NULL
};

int64_t period_first_day(enum period_unit unit, enum weekday week_start, int64_t day)
{
	struct calendar_date date = calendar_date(day);

	switch (unit) {
	case PERIOD_DAY:
		return day;
	case PERIOD_WEEK:
		return calendar_weekday_from(day - (WEEK_DAYS - 1), week_start);
	case PERIOD_MONTH:
		return calendar_day(date.year, date.month, 1);
	case PERIOD_YEAR:
		return calendar_day(date.year, 1, 1);
	}
	return day;
}

int64_t period_step(enum period_unit unit, int64_t first_day, int64_t periods)
{
	switch (unit) {
	case PERIOD_DAY:
		return first_day + periods;
	case PERIOD_WEEK:
		return first_day + WEEK_DAYS * periods;
	case PERIOD_MONTH:
		return calendar_add_months(first_day, periods);
	case PERIOD_YEAR:
		return calendar_add_months(first_day, YEAR_MONTHS * periods);
	}
	return first_day;
}

void periods_make(enum period_unit unit, int64_t first_day, size_t count, const struct zone *zone, struct arena *arena,
	struct periods *ret_periods)
{
	int64_t *days = arena_array(arena, count + 1, sizeof(*days));
	int64_t *begins = arena_array(arena, count + 1, sizeof(*begins));

	for (size_t i = 0; i <= count; i++) {
		days[i] = period_step(unit, first_day, (int64_t)i);
		begins[i] = zone_day_start(zone, days[i]);
	}
	*ret_periods = (struct periods){ .count = count, .days = days, .begins = begins };
}

size_t period_count_until(const int64_t *moments, size_t count, int64_t moment)
{
	size_t low = 0;

	while (low < count) {
		size_t middle = low + (count - low) / 2;

		if (moments[middle] <= moment)
			low = middle + 1;
		else
			count = middle;
	}
	return low;
}

size_t periods_find(const struct periods *periods, int64_t moment)
{
	size_t begun = period_count_until(periods->begins, periods->count + 1, moment);

	return begun == 0 || begun > periods->count ? PERIODS_NONE : begun - 1;
}
