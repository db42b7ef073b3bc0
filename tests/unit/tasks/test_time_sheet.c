/* How long was worked: days in zones, and what is put together. */
#include "tasks/calendar.h"
#include "tasks/time_sheet.h"
#include "zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define HOUR INT64_C(3600)
#define DAY  INT64_C(86400)

struct expected_day {
	int year, month, day;
	int64_t seconds;
};

static void expect_days(
	const char *zone, int64_t started, int64_t stopped, const struct expected_day *days, size_t number)
{
	struct arena arena;
	struct time_sheet *sheet;
	const struct time_row *rows;
	size_t count;

	arena_init(&arena);
	sheet = time_sheet_new(&arena, TIME_SHEET_BY_DAY, zones_find(zone), INT64_MIN, INT64_MAX);
	time_sheet_add(sheet, &(struct time_span){ .task_id = 1, .started = started, .stopped = stopped });
	rows = time_sheet_rows(sheet, &count);
	assert_int_equal(count, number);
	for (size_t i = 0; i < number; i++) {
		assert_int_equal(rows[i].number, calendar_day(days[i].year, days[i].month, days[i].day));
		assert_int_equal(rows[i].seconds, days[i].seconds);
	}
	assert_int_equal(time_sheet_total(sheet), stopped - started);
	arena_deinit(&arena);
}

#define DAYS(...)                                                                                                      \
	(const struct expected_day[]){ __VA_ARGS__ },                                                                  \
		sizeof((const struct expected_day[]){ __VA_ARGS__ }) / sizeof(struct expected_day)

static int64_t utc(int year, int month, int day, int hour)
{
	return calendar_day(year, month, day) * DAY + hour * HOUR;
}

static void work_across_midnight_counts_for_both_days(void **state)
{
	(void)state;
	expect_days("UTC", utc(2026, 11, 23, 22), utc(2026, 11, 24, 3),
		DAYS({ 2026, 11, 23, 2 * HOUR }, { 2026, 11, 24, 3 * HOUR }));
	/* Midnight in Berlin is 23:00 in UTC, and 18:30 in Kolkata. */
	expect_days("Europe/Berlin", utc(2026, 11, 23, 22), utc(2026, 11, 24, 3),
		DAYS({ 2026, 11, 23, HOUR }, { 2026, 11, 24, 4 * HOUR }));
	expect_days("Asia/Kolkata", utc(2026, 11, 23, 18), utc(2026, 11, 23, 19),
		DAYS({ 2026, 11, 23, HOUR / 2 }, { 2026, 11, 24, HOUR / 2 }));
	expect_days("UTC", utc(2026, 11, 23, 22), utc(2026, 11, 24, 0), DAYS({ 2026, 11, 23, 2 * HOUR }));
	expect_days("UTC", utc(2026, 12, 31, 22), utc(2027, 1, 2, 1),
		DAYS({ 2026, 12, 31, 2 * HOUR }, { 2027, 1, 1, DAY }, { 2027, 1, 2, HOUR }));
}

/* 25 October 2026 has 25 hours in Berlin, 29 March 23. */
static void days_have_as_many_hours_as_their_clocks_show(void **state)
{
	(void)state;
	expect_days("Europe/Berlin", utc(2026, 10, 24, 12), utc(2026, 10, 26, 12),
		DAYS({ 2026, 10, 24, 10 * HOUR }, { 2026, 10, 25, 25 * HOUR }, { 2026, 10, 26, 13 * HOUR }));
	expect_days("Europe/Berlin", utc(2026, 3, 28, 12), utc(2026, 3, 30, 12),
		DAYS({ 2026, 3, 28, 11 * HOUR }, { 2026, 3, 29, 23 * HOUR }, { 2026, 3, 30, 14 * HOUR }));
	expect_days("America/New_York", utc(2026, 11, 1, 4), utc(2026, 11, 2, 5), DAYS({ 2026, 11, 1, 25 * HOUR }));
}

/* Samoa went from the 29th to the 31st. */
static void a_day_that_never_was_has_no_work(void **state)
{
	(void)state;
	expect_days("Pacific/Apia", utc(2011, 12, 30, 8), utc(2011, 12, 30, 12),
		DAYS({ 2011, 12, 29, 2 * HOUR }, { 2011, 12, 31, 2 * HOUR }));
}

static void only_what_lies_within_counts(void **state)
{
	static const struct time_span spans[] = {
		{ .task_id = 1, .started = 0, .stopped = 100 },
		{ .task_id = 1, .started = 50, .stopped = 150 },
		{ .task_id = 2, .started = 190, .stopped = 300 },
		{ .task_id = 3, .started = 0, .stopped = 1000 },
		{ .task_id = 4, .started = 200, .stopped = 300 },
		{ .task_id = 5, .started = 120, .stopped = 120 },
		{ .task_id = 6, .started = 130, .stopped = 110 },
	};
	static const int64_t expected[][2] = { { 1, 50 }, { 2, 10 }, { 3, 100 } };
	struct arena arena;
	struct time_sheet *sheet;
	const struct time_row *rows;
	size_t count;

	(void)state;
	arena_init(&arena);
	sheet = time_sheet_new(&arena, TIME_SHEET_BY_TASK, &zone_utc, 100, 200);
	for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++)
		time_sheet_add(sheet, &spans[i]);
	rows = time_sheet_rows(sheet, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows[i].number, expected[i][0]);
		assert_int_equal(rows[i].seconds, expected[i][1]);
	}
	assert_int_equal(time_sheet_total(sheet), 160);
	arena_deinit(&arena);
}

/* More spans than there is room for, of few projects and of many. */
static void many_spans_are_put_together(void **state)
{
	static const int projects[] = { 3, 3000, 30000 };

	(void)state;
	for (size_t i = 0; i < sizeof(projects) / sizeof(*projects); i++) {
		struct arena arena;
		struct time_sheet *sheet;
		size_t count;

		arena_init(&arena);
		sheet = time_sheet_new(&arena, TIME_SHEET_BY_PROJECT, &zone_utc, INT64_MIN, INT64_MAX);
		for (int j = 0; j < 30000; j++) {
			char project[16];

			(void)snprintf(project, sizeof(project), "p%d", j % projects[i]);
			time_sheet_add(
				sheet, &(struct time_span){ .started = j, .stopped = j + 2, .project = project });
			time_sheet_add(sheet, &(struct time_span){ .started = j, .stopped = j + 1 });
		}
		assert_int_equal(time_sheet_total(sheet), 90000);
		assert_int_equal(time_sheet_rows(sheet, &count)[0].seconds, 30000);
		assert_null(time_sheet_rows(sheet, &count)[0].project);
		assert_int_equal(count, projects[i] + 1);
		assert_int_equal(time_sheet_rows(sheet, &count)[1].seconds, 60000 / projects[i]);
		arena_deinit(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(work_across_midnight_counts_for_both_days),
		cmocka_unit_test(days_have_as_many_hours_as_their_clocks_show),
		cmocka_unit_test(a_day_that_never_was_has_no_work),
		cmocka_unit_test(only_what_lies_within_counts),
		cmocka_unit_test(many_spans_are_put_together),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	zones_free();
	return failed;
}
