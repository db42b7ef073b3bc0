/* By what time is pruned when the system's clock is right, leaps, goes back or was off. */
#include "../../harness/cmocka_all.h"

#include "prune_clock.h"

#define HOUR  INT64_C(3600)
#define DAY   (24 * HOUR)
#define YEAR  (365 * DAY)
#define TODAY INT64_C(1795442400) /* 2026-11-23T14:00:00Z */

/* A step, and what has to come of it. */
static const struct {
	const char *name;
	int64_t before, now, elapsed_s, after;
} steps[] = {
	{ "the first start", 0, TODAY, 5, TODAY },
	{ "the first start, in 1970", 0, 90, 5, 90 },
	{ "a normal hour", TODAY - HOUR, TODAY, HOUR, TODAY },
	{ "an hour by a clock that is slewed", TODAY - HOUR - 2, TODAY, HOUR, TODAY },
	{ "nothing has passed", TODAY, TODAY, 0, TODAY },
	{ "two years ahead", TODAY, TODAY + 2 * YEAR, HOUR, TODAY + DAY },
	{ "and back", TODAY + DAY, TODAY + HOUR, HOUR, TODAY + HOUR },
	{ "two years ahead, and no time has passed", TODAY, TODAY + 2 * YEAR, 0, TODAY },
	{ "exactly as far as it may", TODAY, TODAY + DAY, HOUR, TODAY + DAY },
	{ "a second further than it may", TODAY, TODAY + DAY + 1, HOUR, TODAY + DAY },
	{ "to 1970", TODAY, 90, HOUR, 90 },
	{ "in 1970", 90, 90 + HOUR, HOUR, 90 + HOUR },
	{ "out of 1970", 90 + HOUR, TODAY, HOUR, TODAY },
	{ "three years back", TODAY, TODAY - 3 * YEAR, HOUR, TODAY - 3 * YEAR },
	{ "a running time that cannot be", TODAY, TODAY + YEAR, -HOUR, TODAY },
	{ "a running time without end", TODAY, TODAY + YEAR, INT64_MAX, TODAY + YEAR },
	{ "a clock without end", TODAY, INT64_MAX, HOUR, TODAY + DAY },
	{ "a clock below zero", TODAY, -1, HOUR, -1 },
};

static void each_step_leads_where_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		int64_t after = prune_clock_advance(steps[i].before, steps[i].now, steps[i].elapsed_s);

		if (after != steps[i].after)
			fail_msg("%s: %jd instead of %jd", steps[i].name, (intmax_t)after, (intmax_t)steps[i].after);
	}
}

static void a_clock_that_is_two_years_ahead_for_six_hours_costs_less_than_six_days(void **state)
{
	int64_t clock = TODAY;

	(void)state;
	for (int hour = 1; hour <= 6; hour++) {
		clock = prune_clock_advance(clock, TODAY + 2 * YEAR + hour * HOUR, HOUR);
		assert_true(clock - (TODAY + hour * HOUR) <= 6 * DAY);
	}
	assert_int_equal(prune_clock_advance(clock, TODAY + 7 * HOUR, HOUR), TODAY + 7 * HOUR);
}

static void a_machine_that_was_off_for_fourteen_months_has_caught_up_within_three_weeks(void **state)
{
	int64_t now = TODAY + 425 * DAY, clock = TODAY;
	int hours = 0;

	(void)state;
	while (clock < now) {
		int64_t before = clock;

		now += HOUR;
		clock = prune_clock_advance(clock, now, HOUR);
		assert_true(clock > before && clock - before <= DAY);
		hours++;
	}
	assert_in_range(hours, 17 * 24, 21 * 24);
}

static void however_the_clock_leaps_the_reading_is_never_ahead_of_it(void **state)
{
	uint32_t random = 20261123;
	int64_t clock = 0, before;

	(void)state;
	for (int i = 0; i < 100000; i++) {
		int64_t now, elapsed;

		random = random * 1664525 + 1013904223;
		now = TODAY + (int64_t)(random % (20 * YEAR)) - 10 * YEAR;
		elapsed = random >> 18;
		before = clock;
		clock = prune_clock_advance(before, now, elapsed);
		assert_true(clock <= now);
		assert_true(before < PRUNE_CLOCK_EPOCH || clock <= before + 24 * elapsed);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_step_leads_where_the_table_says),
		cmocka_unit_test(a_clock_that_is_two_years_ahead_for_six_hours_costs_less_than_six_days),
		cmocka_unit_test(a_machine_that_was_off_for_fourteen_months_has_caught_up_within_three_weeks),
		cmocka_unit_test(however_the_clock_leaps_the_reading_is_never_ahead_of_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
