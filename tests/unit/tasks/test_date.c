/* What counts as a time, and what is said about all else. */
#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static const struct date_context context = { .now = INT64_C(1795442400), .edge = DATE_DAY_END };

static enum error parse(const char *text, int64_t *ret_seconds, struct refusal *refusal)
{
	return date_parse(text, strlen(text), &context, "due", ret_seconds, refusal);
}

/* Seconds as `date -u -d … +%s` gives them. */
static void rfc3339_times_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} rows[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "1969-12-31T23:59:59Z", -1 },
		{ "2026-11-23T14:00:00Z", INT64_C(1795442400) },
		{ "2026-11-23t14:00:00z", INT64_C(1795442400) },
		{ "2026-11-23 14:00:00Z", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00+00:00", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00-00:00", INT64_C(1795442400) },
		{ "2026-11-23T15:00:00+01:00", INT64_C(1795442400) },
		{ "2026-11-23T08:30:00-05:30", INT64_C(1795442400) },
		{ "2026-11-24T13:59:00+23:59", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00.5Z", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00.999999999999+00:00", INT64_C(1795442400) },
		{ "2000-02-29T00:00:00Z", INT64_C(951782400) },
		{ "2024-02-29T12:00:00Z", INT64_C(1709208000) },
		{ "1900-03-01T00:00:00Z", INT64_C(-2203891200) },
		{ "2100-02-28T23:59:59Z", INT64_C(4107542399) },
		{ "2038-01-19T03:14:08Z", INT64_C(2147483648) },
		{ "0001-01-01T00:00:00Z", INT64_C(-62135596800) },
		{ "9999-12-31T23:59:59Z", INT64_C(253402300799) },
		{ "1990-12-31T23:59:60Z", INT64_C(662687999) },
		{ "1990-12-31T15:59:60-08:00", INT64_C(662687999) },
		{ "1937-01-01T12:00:27.87+00:20", INT64_C(-1041337173) },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct refusal refusal = { 0 };
		int64_t seconds = 0;

		if (parse(rows[i].text, &seconds, &refusal))
			fail_msg("%s: %s", rows[i].text, refusal.message);
		if (seconds != rows[i].seconds)
			fail_msg("%s: %lld", rows[i].text, (long long)seconds);
	}
}

static void mistakes_are_refused_with_their_place(void **state)
{
	static const struct {
		const char *text;
		const char *reason; /* part of the message */
		int character;
	} rows[] = {
		{ "", "expected the year (4 digits)", 1 },
		{ "26-11-23T14:00:00Z", "expected the year (4 digits)", 3 },
		{ "0000-01-01T00:00:00Z", "the year must be between 1 and 9999", 1 },
		{ "2026/11/23", "expected `-` behind the year", 5 },
		{ "2026-1-23T14:00:00Z", "expected the month (2 digits)", 7 },
		{ "2026-13-23T14:00:00Z", "the month must be between 1 and 12", 6 },
		{ "2026-00-23T14:00:00Z", "the month must be between 1 and 12", 6 },
		{ "2026-11-32T14:00:00Z", "the day must be between 1 and 31", 9 },
		{ "2026-11-31T14:00:00Z", "that month has no such day", 9 },
		{ "2026-02-29T14:00:00Z", "that month has no such day", 9 },
		{ "1900-02-29T14:00:00Z", "that month has no such day", 9 },
		{ "2026-11-23", "a day without a time is not understood yet", 11 },
		{ "2026-11-23X14:00:00Z", "expected `T` behind the day", 11 },
		{ "2026-11-23T24:00:00Z", "the hour must be between 0 and 23", 12 },
		{ "2026-11-23T14", "expected `:` behind the hour", 14 },
		{ "2026-11-23T14:60:00Z", "the minute must be between 0 and 59", 15 },
		{ "2026-11-23T14:00", "expected `:` behind the minute", 17 },
		{ "2026-11-23T14:00Z", "expected `:` behind the minute", 17 },
		{ "2026-11-23T14:00:61Z", "the second must be between 0 and 60", 18 },
		{ "2026-11-23T14:00:60Z", "expected a second below 60", 18 },
		{ "1990-12-31T23:59:60+01:00", "expected a second below 60", 18 },
		{ "2026-11-23T14:00:00", "expected Z or an offset", 20 },
		{ "2026-11-23T14:00:00.Z", "expected the fraction of the second", 21 },
		{ "2026-11-23T14:00:00,5Z", "expected Z or an offset", 20 },
		{ "2026-11-23T14:00:00+1:00", "expected the offset's hours (2 digits)", 22 },
		{ "2026-11-23T14:00:00+24:00", "the offset's hours must be between 0 and 23", 21 },
		{ "2026-11-23T14:00:00+0100", "expected `:` behind the offset's hours", 23 },
		{ "2026-11-23T14:00:00+01:60", "the offset's minutes must be between 0 and 59", 24 },
		{ "2026-11-23T14:00:00Z ", "expected nothing more", 21 },
		{ "2026-11-23T14:00:00ZZ", "expected nothing more", 21 },
		{ "0001-01-01T00:00:00+00:01", "expected a time within the years 1 to 9999", 1 },
		{ "9999-12-31T23:59:59-00:01", "expected a time within the years 1 to 9999", 1 },
		{ " 2026-11-23T14:00:00Z", "expected the year (4 digits)", 1 },
		{ "+2026-11-23T14:00:00Z", "expected the year (4 digits)", 1 },
		{ "20\xc3\xa9", "expected the year (4 digits)", 3 },
		{ "1795442400", "expected `-` behind the year", 5 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct refusal refusal = { 0 };
		int64_t seconds = 42;
		char place[32];

		(void)snprintf(place, sizeof(place), "at character %d,", rows[i].character);
		assert_int_equal(parse(rows[i].text, &seconds, &refusal), ERROR_INVALID_PARAMS);
		assert_int_equal(seconds, 42);
		assert_string_equal(refusal.field, "due");
		if (!strstr(refusal.message, rows[i].reason) || !strstr(refusal.message, place))
			fail_msg("%s: %s", rows[i].text, refusal.message);
	}
}

static void nul_byte_is_no_separator(void **state)
{
	static const char text[] = "2026-11-23\0"
				   "14:00:00Z";
	struct refusal refusal;
	int64_t seconds;

	(void)state;
	assert_int_equal(
		date_parse(text, sizeof(text) - 1, &context, "wait", &seconds, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "wait");
}

static void words_are_refused_by_name(void **state)
{
	struct refusal refusal;
	int64_t seconds;

	(void)state;
	assert_int_equal(parse("tomorrow", &seconds, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "date words such as 'tomorrow' are not understood yet; write a time like "
					     "2026-11-23T14:00:00Z");
	assert_int_equal(parse("fri 17:00", &seconds, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "'fri'"));
	assert_int_equal(parse("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", &seconds, &refusal),
		ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "'abcdefghijklmnopqrstuvwxyzabcdef'"));
}

static void every_day_of_four_centuries_reads_back(void **state)
{
	char text[TEXT_TIME_SIZE];

	(void)state;
	for (int64_t day = -146097; day < 146097; day++) {
		int64_t seconds;

		text_format_time(day * 86400 + 3723, text);
		assert_int_equal(parse(text, &seconds, NULL), ERROR_NONE);
		assert_int_equal(seconds, day * 86400 + 3723);
	}
}

static void calendar_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t expected = INT64_C(-5000000000); expected < INT64_C(9000000000); expected += 7654321) {
		time_t time = expected;
		struct tm parts;
		char text[64];
		int64_t seconds;

		assert_non_null(gmtime_r(&time, &parts));
		assert_true(strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &parts) > 0);
		assert_int_equal(parse(text, &seconds, NULL), ERROR_NONE);
		assert_int_equal(seconds, expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc3339_times_are_read),
		cmocka_unit_test(mistakes_are_refused_with_their_place),
		cmocka_unit_test(nul_byte_is_no_separator),
		cmocka_unit_test(words_are_refused_by_name),
		cmocka_unit_test(every_day_of_four_centuries_reads_back),
		cmocka_unit_test(calendar_agrees_with_the_c_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
