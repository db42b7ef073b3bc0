/* iCalendar's times, zones and rules mean what ours do. */
#include "common/cleanup.h"
#include "tasks/calendar.h"
#include "tasks/ical_rule.h"
#include "tasks/ical_time.h"
#include "tasks/ical_zone.h"
#include "zones.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define OCCURRENCES 40

/* --- times --- */

static void times_are_read_and_written(void **state)
{
	static const struct {
		const char *text;
		enum ical_time_kind kind;
		int64_t seconds;
	} rows[] = {
		{ "19700101", ICAL_DATE, 0 },
		{ "20261125", ICAL_DATE, INT64_C(1795564800) },
		{ "20261125T140102", ICAL_CLOCK, INT64_C(1795615262) },
		{ "20261125T140102Z", ICAL_UTC, INT64_C(1795615262) },
		{ "00010101T000000Z", ICAL_UTC, CALENDAR_TIME_MINIMUM },
		{ "99991231T235959Z", ICAL_UTC, CALENDAR_TIME_MAXIMUM },
	};
	static const char *const wrong[] = { "", "2026", "2026-11-25", "20261325", "20260229", "00000101", "20261125T",
		"20261125T1401", "20261125T240000", "20261125T140061", "20261125T140102z", "20261125T140102ZZ",
		"20261125Z", " 20261125" };
	struct ical_time time;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[ICAL_TIME_SIZE];

		assert_true(ical_time_parse(rows[i].text, &time));
		assert_int_equal(time.kind, rows[i].kind);
		assert_int_equal(time.seconds, rows[i].seconds);
		ical_time_format(&time, text);
		assert_string_equal(text, rows[i].text);
	}
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (ical_time_parse(wrong[i], &time))
			fail_msg("%s was read", wrong[i]);
	assert_true(ical_time_parse("20161231T235960Z", &time));
	assert_int_equal(time.seconds, INT64_C(1483228799));
}

static void offsets_are_read_and_written(void **state)
{
	static const char *const texts[] = { "+0000", "+0100", "-0330", "+053020" };
	static const char *const wrong[] = { "", "0100", "+1", "+0160", "+01000", "+01000000", "-2400" };
	int64_t offset;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		char text[ICAL_OFFSET_SIZE];

		assert_true(ical_offset_parse(texts[i], &offset));
		ical_offset_format(offset, text);
		assert_string_equal(text, texts[i]);
	}
	assert_true(ical_offset_parse("-0330", &offset));
	assert_int_equal(offset, -12600);
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		assert_false(ical_offset_parse(wrong[i], &offset));
}

/* --- zones --- */

static void read_zone(const char *text, size_t length, struct ical_zone *zone, struct arena *arena)
{
	struct ical_source source = { .at = text, .end = text + length, .number = 1 };
	struct buffer line;
	int64_t number;

	buffer_init(&line);
	while (ical_source_next(&source, &line, &number)) {
		struct refusal refusal = { 0 };
		struct ical_line parsed;

		if (ical_line_parse(line.data, line.length, arena, &parsed, &refusal) ||
			ical_zone_add(zone, &parsed, arena, &refusal))
			fail_msg("line %d: %s", (int)number, refusal.message);
	}
	buffer_deinit(&line);
}

static void compare_moment(const struct zone *zone, const struct ical_zone *described, int64_t local)
{
	int64_t first, second, offset;

	(void)zone_moments(zone, local, &first, &second);
	assert_true(ical_zone_offset(described, local, &offset));
	if (local - offset != first)
		fail_msg("%s at %" PRId64 ": %" PRId64 ", not %" PRId64, zone_name(zone), local, local - offset, first);
}

/* Every tenth day at noon, and each half-hour of those on which the clock is changed. */
static void compare_zone(const struct zone *zone, const struct ical_zone *described, int first_year, int last_year)
{
	const int64_t end = calendar_day(last_year, 12, 25);

	for (int64_t day = calendar_day(first_year, 1, 2); day < end; day++) {
		int64_t start = day * CALENDAR_DAY_SECONDS;
		bool is_changed = zone_offset(zone, start - 43200) != zone_offset(zone, start + 129600);

		if (day % 10 == 0)
			compare_moment(zone, described, start + CALENDAR_DAY_SECONDS / 2);
		for (int64_t half = 0; is_changed && half < 48; half++)
			compare_moment(zone, described, start + half * 1800);
	}
}

static void our_zones_read_back_as_they_are(void **state)
{
	static const char *const names[] = { "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Europe/Dublin",
		"Africa/Casablanca", "Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "UTC" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct zone *zone = zones_find(names[i]);
		struct ical_writer writer;
		struct ical_zone *described;
		struct buffer text;
		struct arena arena;

		arena_init(&arena);
		described = arena_alloc(&arena, sizeof(*described));
		buffer_init(&text);
		ical_writer_init(&writer, &text);
		ical_zone_write(&writer, zone);
		read_zone(text.data, text.length, described, &arena);
		assert_string_equal(described->id, names[i]);
		compare_zone(zone, described, 1970, 2040);
		compare_zone(zone, described, 2097, 2099);
		buffer_deinit(&text);
		arena_deinit(&arena);
	}
	zones_free();
}

/* As Outlook writes it: from 1601 on, and by a name that zoneinfo does not know. */
static void rules_from_long_ago_hold_today(void **state)
{
	static const char text[] = "TZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
				   "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
				   "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
				   "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
				   "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n";
	struct ical_zone *described;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	described = arena_alloc(&arena, sizeof(*described));
	read_zone(text, strlen(text), described, &arena);
	compare_zone(zones_find("Europe/Berlin"), described, 1997, 2040);
	arena_deinit(&arena);
	zones_free();
}

static void what_no_zone_says_is_refused(void **state)
{
	static const char *const lines[] = { "DTSTART:tomorrow", "TZOFFSETTO:2", "RRULE:FREQ=DAILY",
		"RRULE:FREQ=YEARLY;BYHOUR=2", "RDATE:20260101T000000,x" };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct ical_zone *zone = arena_alloc(&arena, sizeof(*zone));
		struct refusal refusal = { 0 };
		struct ical_line line;
		int64_t offset;

		assert_false(ical_zone_offset(zone, 0, &offset));
		read_zone("BEGIN:STANDARD\n", 15, zone, &arena);
		assert_int_equal(ical_line_parse(lines[i], strlen(lines[i]), &arena, &line, NULL), ERROR_NONE);
		assert_int_equal(ical_zone_add(zone, &line, &arena, &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "VTIMEZONE");
		arena_reset(&arena);
	}
	arena_deinit(&arena);
}

/* --- rules --- */

static void compare_rule(const char *recur, const char *rule, int64_t anchor, const struct zone *zone)
{
	struct recurrence ours, theirs;
	struct recurrence_series series = {
		.recurrence = &ours, .anchor = anchor, .zone = zone, .until = INT64_MAX, .count = INT64_MAX
	};

	assert_int_equal(recurrence_parse(recur, strlen(recur), "recur", &ours, NULL), ERROR_NONE);
	assert_int_equal(recurrence_parse(rule, strlen(rule), "recur", &theirs, NULL), ERROR_NONE);
	for (int64_t number = 0; number < OCCURRENCES; number++) {
		int64_t mine = 0, other = 0;

		series.recurrence = &ours;
		assert_true(recurrence_occurrence(&series, number, &mine));
		series.recurrence = &theirs;
		assert_true(recurrence_occurrence(&series, number, &other));
		if (mine != other)
			fail_msg("%s from %" PRId64 " is not %s", recur, anchor, rule);
	}
}

/* Taskwarrior's words and lengths of time as rules have the same days, also from the 31st and 29 February. */
static void words_become_rules_with_the_same_days(void **state)
{
	static const char *const words[] = { "daily", "weekdays", "weekly", "biweekly", "monthly", "quarterly",
		"yearly", "biyearly", "3d", "2 weeks", "P5M", "P24M" };
	const struct zone *zone = zones_find("Europe/Berlin");

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		/* From a Saturday on `weekdays` and FREQ=WEEKLY go the same way as well: the anchor is the first. */
		for (int64_t day = calendar_day(2027, 12, 20); day < calendar_day(2028, 3, 2); day++) {
			struct task template = task_empty;
			char rule[ICAL_RULE_SIZE];

			template.recur = words[i];
			template.due = zone_day_end(zone, day);
			assert_true(ical_rule_write(&template, zone, true, rule));
			compare_rule(words[i], rule, template.due, zone);
		}
	zones_free();
}

static void bounds_stand_in_the_rule(void **state)
{
	struct task template = task_empty;
	char rule[ICAL_RULE_SIZE];

	(void)state;
	template.due = INT64_C(1795564800) + 86399;
	template.recur = "weekly";
	template.until = INT64_C(1795651199);
	assert_true(ical_rule_write(&template, &zone_utc, true, rule));
	assert_string_equal(rule, "FREQ=WEEKLY;UNTIL=20261125");
	assert_true(ical_rule_write(&template, &zone_utc, false, rule));
	assert_string_equal(rule, "FREQ=WEEKLY;UNTIL=20261125T235959Z");
	template.recur_count = 9;
	template.recur_base = 2;
	assert_true(ical_rule_write(&template, &zone_utc, true, rule));
	assert_string_equal(rule, "FREQ=WEEKLY;COUNT=7");
	template.recur = "FREQ=DAILY;COUNT=3";
	assert_true(ical_rule_write(&template, &zone_utc, true, rule));
	assert_string_equal(rule, "FREQ=DAILY;COUNT=3");
	template.recur = "P1M3D";
	assert_false(ical_rule_write(&template, &zone_utc, true, rule));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_read_and_written),
		cmocka_unit_test(offsets_are_read_and_written),
		cmocka_unit_test(our_zones_read_back_as_they_are),
		cmocka_unit_test(rules_from_long_ago_hold_today),
		cmocka_unit_test(what_no_zone_says_is_refused),
		cmocka_unit_test(words_become_rules_with_the_same_days),
		cmocka_unit_test(bounds_stand_in_the_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
