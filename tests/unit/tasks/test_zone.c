/* Zones show what the C library's clocks show, and hours that are left out or come twice are known as such. */
#include "zones.h"

#include "common/cleanup.h"
#include "tasks/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void every_zone_agrees_with_the_c_library(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia",
		"Europe/Dublin", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Gaza", "America/Godthab",
		"Pacific/Kiritimati" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct zone *zone = zones_find(names[i]);

		assert_int_equal(setenv("TZ", names[i], 1), 0);
		tzset();
		for (int64_t seconds = INT64_C(-4000000000); seconds < INT64_C(12000000000); seconds += 7 * 3600 + 11) {
			time_t time = seconds;
			struct tm local;

			assert_non_null(localtime_r(&time, &local));
			if (zone_offset(zone, seconds) != local.tm_gmtoff)
				fail_msg("%s at %lld: %lld, not %ld", names[i], (long long)seconds,
					(long long)zone_offset(zone, seconds), local.tm_gmtoff);
		}
	}
	assert_int_equal(unsetenv("TZ"), 0);
	tzset();
}

static int64_t local_time(int year, int month, int day, int hour, int minute)
{
	return calendar_day(year, month, day) * CALENDAR_DAY_SECONDS + INT64_C(3600) * hour + INT64_C(60) * minute;
}

static void an_hour_may_be_left_out_or_come_twice(void **state)
{
	static const struct {
		const char *zone;
		int year, month, day, hour, minute;
		enum zone_count count;
		int64_t apart; /* seconds between both moments */
	} rows[] = {
		{ "Europe/Berlin", 2026, 3, 29, 1, 59, ZONE_ONCE, 0 },
		{ "Europe/Berlin", 2026, 3, 29, 2, 0, ZONE_NEVER, 0 },
		{ "Europe/Berlin", 2026, 3, 29, 2, 59, ZONE_NEVER, 0 },
		{ "Europe/Berlin", 2026, 3, 29, 3, 0, ZONE_ONCE, 0 },
		{ "Europe/Berlin", 2026, 10, 25, 1, 59, ZONE_ONCE, 0 },
		{ "Europe/Berlin", 2026, 10, 25, 2, 0, ZONE_TWICE, 3600 },
		{ "Europe/Berlin", 2026, 10, 25, 2, 59, ZONE_TWICE, 3600 },
		{ "Europe/Berlin", 2026, 10, 25, 3, 0, ZONE_ONCE, 0 },
		{ "Europe/Berlin", 2400, 3, 26, 2, 30, ZONE_NEVER, 0 }, /* by the rule at the end of the file */
		{ "Australia/Lord_Howe", 2026, 4, 5, 1, 45, ZONE_TWICE, 1800 },
		{ "Asia/Kolkata", 2026, 3, 29, 2, 30, ZONE_ONCE, 0 },
		{ "Pacific/Apia", 2011, 12, 30, 12, 0, ZONE_NEVER, 0 },
		{ "UTC", 2026, 3, 29, 2, 30, ZONE_ONCE, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t first = 0, second = 0;
		enum zone_count count = zone_moments(zones_find(rows[i].zone),
			local_time(rows[i].year, rows[i].month, rows[i].day, rows[i].hour, rows[i].minute), &first,
			&second);

		if (count != rows[i].count || second - first != rows[i].apart)
			fail_msg("%s, row %zu: %d, %lld", rows[i].zone, i, (int)count, (long long)(second - first));
	}
}

static void days_follow_each_other_without_a_gap(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia",
		"America/Havana", "America/Toronto" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct zone *zone = zones_find(names[i]);

		for (int64_t day = -20000; day < 40000; day++) {
			int64_t start = zone_day_start(zone, day), end = zone_day_end(zone, day);

			assert_int_equal(end + 1, zone_day_start(zone, day + 1));
			if (end < start)
				assert_int_equal(day, calendar_day(2011, 12, 30));
			else
				assert_int_equal(calendar_day_of(end + zone_offset(zone, end)), day);
			assert_true(calendar_day_of(start + zone_offset(zone, start)) >= day);
		}
	}
}

static void rules_are_read_exactly(void **state)
{
	static const struct {
		const char *text;
		bool is_rule;
		int64_t january, july; /* offsets of 2026 */
	} rows[] = {
		{ "CET-1CEST,M3.5.0,M10.5.0/3", true, 3600, 7200 },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", true, 39600, 36000 },
		{ "<+0330>-3:30", true, 12600, 12600 },
		{ "EST5EDT4,J60/0,J300", true, -18000, -14400 },
		{ "XXX3EDT4,0/0,J365/23", true, -14400, -14400 },
		{ "UTC0", true, 0, 0 },
		{ "CET", false, 0, 0 },
		{ "CE-1", false, 0, 0 },
		{ "CET-1CEST", false, 0, 0 }, /* POSIX leaves the days to the system, so they would be a guess */
		{ "CET-1CEST,M13.5.0,M10.5.0", false, 0, 0 },
		{ "CET-1CEST,M3.5.0,M10.5.0x", false, 0, 0 },
		{ "CET-25", false, 0, 0 },
		{ "<CET-1", false, 0, 0 },
		{ "", false, 0, 0 },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct zone *zone = zone_from_rule(rows[i].text, &arena);

		if (!zone != !rows[i].is_rule)
			fail_msg("%s", rows[i].text);
		if (!zone)
			continue;
		assert_int_equal(zone_offset(zone, local_time(2026, 1, 15, 12, 0)), rows[i].january);
		assert_int_equal(zone_offset(zone, local_time(2026, 7, 15, 12, 0)), rows[i].july);
	}
	arena_deinit(&arena);
}

static int tear_down(void **state)
{
	(void)state;
	zones_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_zone_agrees_with_the_c_library),
		cmocka_unit_test(an_hour_may_be_left_out_or_come_twice),
		cmocka_unit_test(days_follow_each_other_without_a_gap),
		cmocka_unit_test(rules_are_read_exactly),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
