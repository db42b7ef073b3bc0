/* Days, weeks, months and years of a zone. */
#include "tasks/period.h"
#include "zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT 400

static int64_t first_of(enum period_unit unit, enum weekday week_start, int year, int month, int day)
{
	return period_first_day(unit, week_start, calendar_day(year, month, day));
}

static void a_period_begins_with_its_first_day(void **state)
{
	(void)state;
	/* 2026-11-25 is a Wednesday, 2026-11-22 a Sunday. */
	assert_int_equal(first_of(PERIOD_DAY, MONDAY, 2026, 11, 25), calendar_day(2026, 11, 25));
	assert_int_equal(first_of(PERIOD_WEEK, MONDAY, 2026, 11, 25), calendar_day(2026, 11, 23));
	assert_int_equal(first_of(PERIOD_WEEK, SUNDAY, 2026, 11, 25), calendar_day(2026, 11, 22));
	assert_int_equal(first_of(PERIOD_WEEK, MONDAY, 2026, 11, 22), calendar_day(2026, 11, 16));
	assert_int_equal(first_of(PERIOD_WEEK, SUNDAY, 2026, 11, 22), calendar_day(2026, 11, 22));
	assert_int_equal(first_of(PERIOD_WEEK, MONDAY, 2027, 1, 1), calendar_day(2026, 12, 28));
	assert_int_equal(first_of(PERIOD_MONTH, MONDAY, 2026, 11, 25), calendar_day(2026, 11, 1));
	assert_int_equal(first_of(PERIOD_YEAR, MONDAY, 2026, 11, 25), calendar_day(2026, 1, 1));
}

static void stepping_goes_by_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(period_step(PERIOD_DAY, calendar_day(2024, 2, 28), 2), calendar_day(2024, 3, 1));
	assert_int_equal(period_step(PERIOD_WEEK, calendar_day(2026, 11, 23), -2), calendar_day(2026, 11, 9));
	assert_int_equal(period_step(PERIOD_MONTH, calendar_day(2026, 11, 1), 3), calendar_day(2027, 2, 1));
	assert_int_equal(period_step(PERIOD_YEAR, calendar_day(2026, 1, 1), -399), calendar_day(1627, 1, 1));
}

/* Where each moment belongs, said by the day that the clock shows. */
static void expect_places(const struct zone *zone, enum period_unit unit, const struct periods *periods)
{
	int64_t first = periods->begins[0];
	int64_t step = (periods->begins[COUNT] - first) / 5000 + 1;

	for (int64_t moment = first; moment < periods->begins[COUNT]; moment += step) {
		int64_t day = calendar_day_of(moment + zone_offset(zone, moment));

		assert_int_equal(periods->days[periods_find(periods, moment)], period_first_day(unit, SUNDAY, day));
	}
	assert_true(periods_find(periods, first - 1) == PERIODS_NONE);
	assert_true(periods_find(periods, INT64_MIN) == PERIODS_NONE);
	assert_true(periods_find(periods, periods->begins[COUNT]) == PERIODS_NONE);
	assert_int_equal(periods_find(periods, first), 0);
	assert_int_equal(periods_find(periods, periods->begins[COUNT] - 1), COUNT - 1);
}

static void a_moment_lies_in_the_period_of_its_day(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo" };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (int unit = PERIOD_DAY; unit <= PERIOD_YEAR; unit++) {
			const struct zone *zone = zones_find(names[i]);
			enum period_unit by = (enum period_unit)unit;
			int64_t last = first_of(by, SUNDAY, 2026, 11, 25);
			struct periods periods;

			periods_make(by, period_step(by, last, 1 - COUNT), COUNT, zone, &arena, &periods);
			expect_places(zone, by, &periods);
		}
	arena_deinit(&arena);
}

/* Samoa had no 30 December 2011; what came next lies in the 31st. */
static void a_day_that_never_was_holds_nothing(void **state)
{
	const struct zone *zone = zones_find("Pacific/Apia");
	int64_t moment = zone_day_start(zone, calendar_day(2011, 12, 31));
	struct periods periods;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	periods_make(PERIOD_DAY, calendar_day(2011, 12, 29), 3, zone, &arena, &periods);
	assert_int_equal(periods_find(&periods, moment), 2);
	assert_int_equal(periods_find(&periods, moment - 1), 0);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_period_begins_with_its_first_day),
		cmocka_unit_test(stepping_goes_by_the_calendar),
		cmocka_unit_test(a_moment_lies_in_the_period_of_its_day),
		cmocka_unit_test(a_day_that_never_was_holds_nothing),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	zones_free();
	return failed;
}
