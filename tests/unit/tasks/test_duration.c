/* Lengths of time: what they come to, and what is said about mistakes. */
#include "common/cleanup.h"
#include "tasks/duration.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct duration parse(const char *text)
{
	struct refusal refusal = { 0 };
	struct duration duration = { 0 };

	if (duration_parse(text, strlen(text), "recur", &duration, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	return duration;
}

static void durations_are_months_days_and_seconds(void **state)
{
	static const struct {
		const char *text;
		struct duration expected;
	} rows[] = {
		{ "3 days", { .days = 3 } },
		{ "3DAYS", { .days = 3 } },
		{ "0d", { 0 } },
		{ " 2 wks ", { .days = 14 } },
		{ "1.5h", { .seconds = 5400 } },
		{ "1,5h", { .seconds = 5400 } },
		{ "1.5d", { .days = 1, .seconds = 43200 } },
		{ "0.5wk", { .days = 3, .seconds = 43200 } },
		{ "1.5mo", { .months = 1, .days = 15 } },
		{ "1.5m", { .months = 1, .days = 15 } },
		{ "0.5y", { .months = 6 } },
		{ "0.1y", { .months = 1, .days = 6 } },
		{ "1.5q", { .months = 4, .days = 15 } },
		{ "0.000001h", { 0 } },
		{ "1.999999s", { .seconds = 2 } },
		{ "1min", { .seconds = 60 } },
		{ "1y 2mo 3w 4d 5h 6min 7s", { .months = 14, .days = 25, .seconds = 18367 } },
		{ "1h30min", { .seconds = 5400 } },
		{ "a week", { .days = 7 } },
		{ "an hour", { .seconds = 3600 } },
		{ "week", { .days = 7 } },
		{ "quarterly", { .months = 3 } },
		{ "sennight", { .days = 7 } },
		{ "P1Y2M3DT4H5M6S", { .months = 14, .days = 3, .seconds = 14706 } },
		{ "P1M", { .months = 1 } },
		{ "PT1M", { .seconds = 60 } },
		{ "P2W", { .days = 14 } },
		{ "p1dt12h", { .days = 1, .seconds = 43200 } },
		{ "PT1,5H", { .seconds = 5400 } },
		{ "PT90M", { .seconds = 5400 } },
		{ "10000y", { .months = 120000 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct duration found = parse(rows[i].text);

		if (memcmp(&found, &rows[i].expected, sizeof(found)) != 0)
			fail_msg("%s: %" PRId64 " months, %" PRId64 " days, %" PRId64 " seconds", rows[i].text,
				found.months, found.days, found.seconds);
	}
}

static void mistakes_are_refused_with_their_column(void **state)
{
	static const struct {
		const char *text, *reason;
		int column;
	} rows[] = {
		{ "", "expected a length of time", 1 },
		{ "3", "expected a unit (s, min, h, d, w, mo, q or y)", 2 },
		{ "3 parsecs", "expected a unit", 3 },
		{ "d", "expected a number before the unit", 1 },
		{ "-3d", "expected a length of time", 1 },
		{ "3d x", "expected nothing more", 4 },
		{ "3d 2", "expected a unit", 5 },
		{ "3d 2d", "expected a smaller unit than the one before", 4 },
		{ "1h 2d", "expected a smaller unit than the one before", 4 },
		{ "1.5.5h", "expected a unit", 4 },
		{ ".5h", "expected a length of time", 1 },
		{ "1.0000001h", "expected no more than 6 decimals", 3 },
		{ "1234567890123s", "expected a number of no more than 12 digits", 1 },
		{ "123456789012.1234s", "expected no more than 3 decimals", 14 },
		{ "999999999999biyearly", "expected no more than 10000 years", 1 },
		{ "10001y", "expected no more than 10000 years", 1 },
		{ "999999999biannual", "expected no more than 10000 years", 1 },
		{ "P", "expected a length of time", 1 },
		{ "PT", "expected a number", 3 },
		{ "P1DT", "expected a number", 5 },
		{ "P1", "expected Y, M, W or D behind the number", 3 },
		{ "P1H", "expected Y, M, W or D behind the number", 3 },
		{ "P1D1Y", "expected Y, M, W or D behind the number, each once and in this order", 5 },
		{ "P1M1M", "expected Y, M, W or D", 5 },
		{ "PT1S1M", "expected H, M or S behind the number", 6 },
		{ "PT1HT1M", "expected nothing more", 5 },
		{ "P1D 3d", "expected nothing more", 5 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct refusal refusal = { 0 };
		struct duration duration = { .days = 42 };
		char place[32];

		(void)snprintf(place, sizeof(place), "at column %d;", rows[i].column);
		if (!duration_parse(rows[i].text, strlen(rows[i].text), "recur", &duration, &refusal))
			fail_msg("%s is taken", rows[i].text);
		assert_int_equal(refusal.error, ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "recur");
		assert_int_equal(duration.days, 42);
		if (!strstr(refusal.message, rows[i].reason) || !strstr(refusal.message, place))
			fail_msg("%s: %s", rows[i].text, refusal.message);
	}
}

static void every_unit_is_read_with_a_number(void **state)
{
	const char *name;

	(void)state;
	for (size_t i = 0; (name = duration_unit_name(i)); i++) {
		char text[32];
		struct duration two;

		(void)snprintf(text, sizeof(text), "2%s", name);
		two = parse(text);
		assert_true(two.months + two.days + two.seconds >= 2);
	}
}

static void what_is_formatted_reads_back(void **state)
{
	(void)state;
	srandom(4);
	for (int i = 0; i < 20000; i++) {
		struct duration duration = { .months = random() % 120001,
			.days = random() % 3660001,
			.seconds = random() % 3 ? 0 : random() * INT64_C(100) };
		char text[DURATION_TEXT_SIZE];
		struct duration again;

		duration_format(&duration, text);
		again = parse(text);
		assert_memory_equal(&again, &duration, sizeof(duration));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations_are_months_days_and_seconds),
		cmocka_unit_test(mistakes_are_refused_with_their_column),
		cmocka_unit_test(every_unit_is_read_with_a_number),
		cmocka_unit_test(what_is_formatted_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
