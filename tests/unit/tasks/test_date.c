/* What counts as a time, and what is said about all else. */
#include "zones.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define NOW "2026-11-24T15:30:00+01:00" /* a Tuesday */

static int64_t time_of(const char *text)
{
	const struct date_context context = { .zone = &zone_utc };
	struct refusal refusal = { 0 };
	int64_t seconds = 0;

	if (date_parse(text, strlen(text), &context, "time", &seconds, &refusal))
		fail_msg("%s", refusal.message);
	return seconds;
}

/* A task with `due` and without `wait`. */
static enum date_attribute find_attribute(void *context, const char *name, size_t length, int64_t *ret_seconds)
{
	if (length == 4 && memcmp(name, "wait", 4) == 0)
		return DATE_ATTRIBUTE_EMPTY;
	if (length != 3 || memcmp(name, "due", 3) != 0)
		return DATE_ATTRIBUTE_UNKNOWN;
	*ret_seconds = time_of(context);
	return DATE_ATTRIBUTE_TIME;
}

static const struct date_attributes attributes = { .context = (void *)(uintptr_t) "2026-10-26T02:30:00+01:00",
	.find = find_attribute };

struct row {
	const char *text, *expected; /* as zones_format writes it; as a due date */
};

static void expect_one(const char *zone_name, const char *now, const struct row *row, enum date_edge edge)
{
	const struct date_context context = {
		.now = time_of(now), .zone = zones_find(zone_name), .edge = edge, .attributes = &attributes
	};
	struct refusal refusal = { 0 };
	int64_t seconds = 0;
	char text[ZONES_TEXT_SIZE];

	if (date_parse(row->text, strlen(row->text), &context, "due", &seconds, &refusal))
		fail_msg("%s: %s", row->text, refusal.message);
	zones_format(context.zone, seconds, text);
	if (strcmp(text, row->expected) != 0)
		fail_msg("%s in %s at %s: %s, not %s", row->text, zone_name, now, text, row->expected);
}

#define EXPECT(zone, now, rows)                                                                                        \
	for (size_t row_index = 0; row_index < COUNT_OF(rows); row_index++)                                            \
	expect_one(zone, now, &(rows)[row_index], DATE_DAY_END)

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
		{ "2026-11-23T15:00:00+0100", INT64_C(1795442400) },
		{ "2026-11-23T15:00+01", INT64_C(1795442400) },
		{ "20261123T140000Z", INT64_C(1795442400) },
		{ "20261123T1400Z", INT64_C(1795442400) },
		{ "2026-11-23T14Z", INT64_C(1795442400) },
		{ "2026-11-23T08:30:00-05:30", INT64_C(1795442400) },
		{ "2026-11-24T13:59:00+23:59", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00.5Z", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00,5Z", INT64_C(1795442400) },
		{ "2026-11-23T14:00:00.999999999999+00:00", INT64_C(1795442400) },
		{ "2026-W48-1T14:00Z", INT64_C(1795442400) },
		{ "2026-327T14:00Z", INT64_C(1795442400) },
		{ "1795442400", INT64_C(1795442400) },
		{ "@1795442400", INT64_C(1795442400) },
		{ "@0", 0 },
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
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (time_of(rows[i].text) != rows[i].seconds)
			fail_msg("%s: %lld", rows[i].text, (long long)time_of(rows[i].text));
}

static void words_mean_what_the_calendar_says(void **state)
{
	static const struct row rows[] = {
		{ "now", "2026-11-24T15:30:00+01:00" },
		{ "today", "2026-11-24T23:59:59+01:00" },
		{ "Yesterday", "2026-11-23T23:59:59+01:00" },
		{ " tomorrow ", "2026-11-25T23:59:59+01:00" },
		{ "later", "9999-12-30T23:59:59+01:00" },
		{ "someday", "9999-12-30T23:59:59+01:00" },
		{ "1st", "2026-12-01T23:59:59+01:00" },
		{ "24th", "2026-12-24T23:59:59+01:00" },
		{ "25th", "2026-11-25T23:59:59+01:00" },
		{ "31st", "2026-12-31T23:59:59+01:00" },
		{ "mon", "2026-11-30T23:59:59+01:00" },
		{ "tue", "2026-12-01T23:59:59+01:00" },
		{ "tues", "2026-12-01T23:59:59+01:00" },
		{ "WEDNES", "2026-11-25T23:59:59+01:00" },
		{ "thursday", "2026-11-26T23:59:59+01:00" },
		{ "sunday", "2026-11-29T23:59:59+01:00" },
		{ "nov", "2027-11-01T23:59:59+01:00" },
		{ "december", "2026-12-01T23:59:59+01:00" },
		{ "sept", "2027-09-01T23:59:59+02:00" },
		{ "may", "2027-05-01T23:59:59+02:00" },
		{ "sod", "2026-11-24T00:00:00+01:00" },
		{ "eod", "2026-11-24T23:59:59+01:00" },
		{ "sopd", "2026-11-23T00:00:00+01:00" },
		{ "eond", "2026-11-25T23:59:59+01:00" },
		{ "sow", "2026-11-23T00:00:00+01:00" },
		{ "eow", "2026-11-29T23:59:59+01:00" },
		{ "sonw", "2026-11-30T00:00:00+01:00" },
		{ "eopw", "2026-11-22T23:59:59+01:00" },
		{ "soww", "2026-11-23T00:00:00+01:00" },
		{ "eoww", "2026-11-27T23:59:59+01:00" },
		{ "eopww", "2026-11-20T23:59:59+01:00" },
		{ "eonww", "2026-12-04T23:59:59+01:00" },
		{ "som", "2026-11-01T00:00:00+01:00" },
		{ "eom", "2026-11-30T23:59:59+01:00" },
		{ "eopm", "2026-10-31T23:59:59+01:00" },
		{ "sonm", "2026-12-01T00:00:00+01:00" },
		{ "soq", "2026-10-01T00:00:00+02:00" },
		{ "eoq", "2026-12-31T23:59:59+01:00" },
		{ "sopq", "2026-07-01T00:00:00+02:00" },
		{ "eonq", "2027-03-31T23:59:59+02:00" },
		{ "soy", "2026-01-01T00:00:00+01:00" },
		{ "eoy", "2026-12-31T23:59:59+01:00" },
		{ "sopy", "2025-01-01T00:00:00+01:00" },
		{ "eony", "2027-12-31T23:59:59+01:00" },
		{ "goodfriday", "2027-03-26T23:59:59+01:00" },
		{ "easter", "2027-03-28T23:59:59+02:00" },
		{ "eastermonday", "2027-03-29T23:59:59+02:00" },
		{ "ascension", "2027-05-06T23:59:59+02:00" },
		{ "pentecost", "2027-05-16T23:59:59+02:00" },
		{ "midsommar", "2027-06-26T23:59:59+02:00" },
		{ "midsommarafton", "2027-06-25T23:59:59+02:00" },
		{ "juhannus", "2027-06-25T23:59:59+02:00" },
	};

	(void)state;
	EXPECT("Europe/Berlin", NOW, rows);
}

static void a_day_may_have_a_time_and_a_time_alone_is_the_next_one(void **state)
{
	static const struct row rows[] = {
		{ "noon", "2026-11-25T12:00:00+01:00" },
		{ "midnight", "2026-11-25T00:00:00+01:00" },
		{ "8am", "2026-11-25T08:00:00+01:00" },
		{ "8:30", "2026-11-25T08:30:00+01:00" },
		{ "8:30pm", "2026-11-24T20:30:00+01:00" },
		{ "8 pm", "2026-11-24T20:00:00+01:00" },
		{ "12am", "2026-11-25T00:00:00+01:00" },
		{ "12pm", "2026-11-25T12:00:00+01:00" },
		{ "12:30 AM", "2026-11-25T00:30:00+01:00" },
		{ "20:15:00", "2026-11-24T20:15:00+01:00" },
		{ "15:30", "2026-11-25T15:30:00+01:00" },
		{ "15:30:01", "2026-11-24T15:30:01+01:00" },
		{ "fri 17:00", "2026-11-27T17:00:00+01:00" },
		{ "fri at 5pm", "2026-11-27T17:00:00+01:00" },
		{ "tomorrow 9am", "2026-11-25T09:00:00+01:00" },
		{ "tomorrow noon", "2026-11-25T12:00:00+01:00" },
		{ "today 0:00", "2026-11-24T00:00:00+01:00" },
		{ "31st 8:00", "2026-12-31T08:00:00+01:00" },
		{ "eom 17:00", "2026-11-30T17:00:00+01:00" },
		{ "2026-05-04 17:00", "2026-05-04T17:00:00+02:00" },
		{ "2026-05-04 17:00Z", "2026-05-04T19:00:00+02:00" },
		{ "2026-05-04 5:00 pm", "2026-05-04T17:00:00+02:00" },
		{ "2026-05-04T17", "2026-05-04T17:00:00+02:00" },
		{ "20260504T173015", "2026-05-04T17:30:15+02:00" },
	};

	(void)state;
	EXPECT("Europe/Berlin", NOW, rows);
}

static void iso_days_are_read(void **state)
{
	static const struct row rows[] = {
		{ "2026-11-23", "2026-11-23T23:59:59+00:00" },
		{ "2026-05", "2026-05-01T23:59:59+00:00" },
		{ "2024-366", "2024-12-31T23:59:59+00:00" },
		{ "2026-001", "2026-01-01T23:59:59+00:00" },
		{ "2026-W01", "2025-12-29T23:59:59+00:00" },
		{ "2026-W53-7", "2027-01-03T23:59:59+00:00" },
		{ "2020W537", "2021-01-03T23:59:59+00:00" },
		{ "2021-w01-1", "2021-01-04T23:59:59+00:00" },
		{ "2024-02-29", "2024-02-29T23:59:59+00:00" },
	};

	(void)state;
	EXPECT("UTC", NOW, rows);
}

static void sums_go_by_the_calendar(void **state)
{
	static const struct row rows[] = {
		{ "eom - 1wk", "2026-11-23T23:59:59+01:00" },
		{ "monday+9h", "2026-11-30T09:00:00+01:00" },
		{ "today + 2d", "2026-11-26T23:59:59+01:00" },
		{ "today + 1.5d", "2026-11-25T12:00:00+01:00" },
		{ "2026-01-31 + 1mo", "2026-02-28T23:59:59+01:00" },
		{ "2024-01-31 + 1 month", "2024-02-29T23:59:59+01:00" },
		{ "2024-02-29 + 1y", "2025-02-28T23:59:59+01:00" },
		{ "2026-03-31 - 1mo", "2026-02-28T23:59:59+01:00" },
		{ "2026-10-24 12:00 + 1d", "2026-10-25T12:00:00+01:00" },
		{ "2026-10-24 12:00 + 24h", "2026-10-25T11:00:00+01:00" },
		{ "2026-03-28 12:00 + 1d", "2026-03-29T12:00:00+02:00" },
		{ "2026-03-28 2:30 + 1d", "2026-03-29T03:30:00+02:00" },
		{ "2026-10-24 2:30 + 1d", "2026-10-25T02:30:00+02:00" },
		{ "2026-05-04T17:00+90 min", "2026-05-04T18:30:00+02:00" },
		{ "2026-05-04T17:00-2d", "2026-05-02T17:00:00+02:00" },
		{ "today + 1w - 1d + 3h", "2026-11-30T03:00:00+01:00" },
		{ "in 3 days", "2026-11-27T15:30:00+01:00" },
		{ "3 days ago", "2026-11-21T15:30:00+01:00" },
		{ "3d", "2026-11-27T15:30:00+01:00" },
		{ "in a week", "2026-12-01T15:30:00+01:00" },
		{ "an hour ago", "2026-11-24T14:30:00+01:00" },
		{ "in 1h 30min", "2026-11-24T17:00:00+01:00" },
		{ "P1DT2H", "2026-11-25T17:30:00+01:00" },
		{ "1 month ago", "2026-10-24T15:30:00+02:00" },
		{ "due-2d", "2026-10-24T02:30:00+02:00" },
		{ "due - 1d", "2026-10-25T02:30:00+02:00" },
		{ "due", "2026-10-26T02:30:00+01:00" },
	};

	(void)state;
	EXPECT("Europe/Berlin", NOW, rows);
}

static void each_zone_has_its_own_day(void **state)
{
	static const struct {
		const char *zone, *now, *text, *expected;
	} rows[] = {
		{ "UTC", "2026-12-31T23:59:59Z", "tomorrow", "2027-01-01T23:59:59+00:00" },
		{ "UTC", "2026-12-31T23:59:59Z", "eoy", "2026-12-31T23:59:59+00:00" },
		{ "UTC", "2024-02-28T12:00:00Z", "tomorrow", "2024-02-29T23:59:59+00:00" },
		{ "UTC", "2024-02-29T12:00:00Z", "eom", "2024-02-29T23:59:59+00:00" },
		{ "UTC", "2023-02-15T12:00:00Z", "eom", "2023-02-28T23:59:59+00:00" },
		{ "UTC", "2023-02-15T12:00:00Z", "29th", "2023-03-29T23:59:59+00:00" },
		{ "UTC", "2026-11-29T12:00:00Z", "eow", "2026-11-29T23:59:59+00:00" },
		{ "UTC", "2026-11-29T12:00:00Z", "sunday", "2026-12-06T23:59:59+00:00" },
		{ "UTC", "2026-11-29T12:00:00Z", "soww", "2026-11-23T00:00:00+00:00" },
		{ "UTC", "2027-01-01T12:00:00Z", "sow", "2026-12-28T00:00:00+00:00" },
		{ "UTC", "2026-01-31T12:00:00Z", "eonm", "2026-02-28T23:59:59+00:00" },
		{ "Europe/Berlin", "2026-12-31T22:59:59Z", "today", "2026-12-31T23:59:59+01:00" },
		{ "Europe/Berlin", "2026-12-31T23:00:00Z", "today", "2027-01-01T23:59:59+01:00" },
		{ "Europe/Berlin", "2026-03-28T12:00:00Z", "tomorrow", "2026-03-29T23:59:59+02:00" },
		{ "Europe/Berlin", "2026-03-28T12:00:00Z", "sond", "2026-03-29T00:00:00+01:00" },
		{ "Europe/Berlin", "2026-10-25T12:00:00Z", "sod", "2026-10-25T00:00:00+02:00" },
		{ "Europe/Berlin", "2026-10-25T12:00:00Z", "eod", "2026-10-25T23:59:59+01:00" },
		{ "Europe/Berlin", "2026-10-24T12:00:00Z", "tomorrow 2:30+01:00", "2026-10-25T02:30:00+01:00" },
		{ "America/New_York", "2026-01-01T04:59:59Z", "today", "2025-12-31T23:59:59-05:00" },
		{ "America/New_York", "2026-03-08T06:59:00Z", "today + 1d", "2026-03-09T23:59:59-04:00" },
		{ "America/New_York", "2026-03-08T06:59:00Z", "now + 1d", "2026-03-09T01:59:00-04:00" },
		{ "America/New_York", "2026-03-08T06:59:00Z", "now + 1min", "2026-03-08T03:00:00-04:00" },
		{ "America/New_York", "2026-11-01T05:30:00Z", "now + 1h", "2026-11-01T01:30:00-05:00" },
		{ "America/New_York", "2026-11-01T12:00:00Z", "yesterday 1:30", "2026-10-31T01:30:00-04:00" },
		{ "Asia/Kolkata", "2026-11-24T18:29:59Z", "today", "2026-11-24T23:59:59+05:30" },
		{ "Asia/Kolkata", "2026-11-24T18:30:00Z", "today", "2026-11-25T23:59:59+05:30" },
		{ "Asia/Kolkata", "2026-11-24T18:30:00Z", "noon", "2026-11-25T12:00:00+05:30" },
		{ "Pacific/Apia", "2026-11-24T11:00:00Z", "today", "2026-11-25T23:59:59+13:00" },
		{ "Pacific/Apia", "2011-12-30T09:59:59Z", "today", "2011-12-29T23:59:59-10:00" },
		{ "Pacific/Apia", "2011-12-30T10:00:00Z", "today", "2011-12-31T23:59:59+14:00" },
		{ "Pacific/Apia", "2011-12-30T09:59:59Z", "tomorrow", "2011-12-31T23:59:59+14:00" },
		{ "Pacific/Apia", "2011-12-30T09:59:59Z", "today + 2d", "2011-12-31T23:59:59+14:00" },
		{ "America/Havana", "2026-03-08T12:00:00Z", "sod", "2026-03-08T01:00:00-04:00" },
		{ "America/Havana", "2026-11-01T12:00:00Z", "sod", "2026-11-01T00:00:00-04:00" },
		{ "America/Toronto", "1919-03-31T12:00:00Z", "sod", "1919-03-31T00:30:00-04:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row row = { rows[i].text, rows[i].expected };

		expect_one(rows[i].zone, rows[i].now, &row, DATE_DAY_END);
	}
}

/* By the tables of the church; with the years in which Gauss's rule has its exceptions. */
static void easter_is_where_the_church_puts_it(void **state)
{
	static const char *const days[] = { "1818-03-22", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19",
		"2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25", "2049-04-18", "2076-04-19",
		"2106-04-18", "2285-03-22", "3165-04-18", "3108-04-19" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(days); i++) {
		char now[] = "2000-01-01T12:00:00Z", expected[ZONES_TEXT_SIZE];
		const struct row row = { "easter", expected };

		memcpy(now, days[i], 4);
		(void)snprintf(expected, sizeof(expected), "%sT23:59:59+00:00", days[i]);
		expect_one("UTC", now, &row, DATE_DAY_END);
	}
}

static void a_day_is_its_beginning_for_wait(void **state)
{
	static const struct row rows[] = {
		{ "tomorrow", "2026-11-25T00:00:00+01:00" },
		{ "2026-05-04", "2026-05-04T00:00:00+02:00" },
		{ "today + 1wk", "2026-12-01T00:00:00+01:00" },
		{ "eow", "2026-11-29T23:59:59+01:00" },
		{ "fri 17:00", "2026-11-27T17:00:00+01:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect_one("Europe/Berlin", NOW, &rows[i], DATE_DAY_START);
}

static void a_week_begins_where_the_context_says(void **state)
{
	const struct date_context context = {
		.now = time_of("2026-11-24T12:00:00Z"), .zone = &zone_utc, .week_start = SUNDAY
	};
	int64_t seconds;

	(void)state;
	assert_int_equal(date_parse("sow", 3, &context, "due", &seconds, NULL), ERROR_NONE);
	assert_int_equal(seconds, time_of("2026-11-22T00:00:00Z"));
	assert_int_equal(date_parse("eow", 3, &context, "due", &seconds, NULL), ERROR_NONE);
	assert_int_equal(seconds, time_of("2026-11-28T23:59:59Z"));
	assert_int_equal(date_parse("eoww", 4, &context, "due", &seconds, NULL), ERROR_NONE);
	assert_int_equal(seconds, time_of("2026-11-27T23:59:59Z"));
}

static const struct {
	const char *zone, *text;
	const char *reason; /* part of the message */
	int column;
} mistakes[] = {
	{ "UTC", "", "expected a date", 1 },
	{ "UTC", "  ", "expected a date", 3 },
	{ "UTC", "tomorow", "`tomorow` is no word for a date; did you mean `tomorrow`?", 1 },
	{ "UTC", "gibberish", "`gibberish` is no word for a date", 1 },
	{ "UTC", "mo", "`mo` is no word for a date", 1 },
	{ "UTC", "tomorrow noonish", "expected a time of day such as 17:00", 10 },
	{ "UTC", "tomorrow9am", "expected a time of day", 9 },
	{ "UTC", "now 17:00", "expected nothing more", 5 },
	{ "UTC", "mon 9", "expected a time of day", 5 },
	{ "UTC", "fri 25:00", "the hour must be between 0 and 23", 5 },
	{ "UTC", "fri 17:60", "the minute must be between 0 and 59", 8 },
	{ "UTC", "fri 13pm", "before am or pm the hour must be between 1 and 12", 5 },
	{ "UTC", "0am", "before am or pm the hour must be between 1 and 12", 1 },
	{ "UTC", "fri midnight", "midnight is the beginning of a day or its end", 5 },
	{ "UTC", "2st", "expected 2nd", 2 },
	{ "UTC", "32nd", "the day of the month must be between 1 and 31", 1 },
	{ "UTC", "0th", "the day of the month must be between 1 and 31", 1 },
	{ "UTC", "5/4", "day and month read two ways", 1 },
	{ "UTC", "05/04/2026", "day and month read two ways", 1 },
	{ "UTC", "4.5.2026", "day and month read two ways", 1 },
	{ "UTC", "04-05-2026", "day and month read two ways", 1 },
	{ "UTC", "12", "a number alone reads in more than one way", 1 },
	{ "UTC", "2026", "a number alone reads in more than one way", 1 },
	{ "UTC", "20261124", "a number alone reads in more than one way", 1 },
	{ "UTC", "2026/11/23", "expected `-` behind the year", 5 },
	{ "UTC", "0000-01-01", "the year must be between 1 and 9999", 1 },
	{ "UTC", "2026-1-23", "expected the month (2 digits)", 7 },
	{ "UTC", "2026-13-23", "the month must be between 1 and 12", 6 },
	{ "UTC", "2026-11-32", "the day must be between 1 and 31", 9 },
	{ "UTC", "2026-11-31", "that month has no such day", 9 },
	{ "UTC", "1900-02-29", "that month has no such day", 9 },
	{ "UTC", "2026-366", "that year has no such day", 6 },
	{ "UTC", "2026-000", "the day of the year must be between 1 and 366", 6 },
	{ "UTC", "2025-W53", "that year has no such week", 7 },
	{ "UTC", "2026-W48-8", "the day of the week must be between 1 and 7", 10 },
	{ "UTC", "2026-11-23T24:00", "the hour must be between 0 and 23", 12 },
	{ "UTC", "2026-11-23X14:00", "expected a time of day", 11 },
	{ "UTC", "2026-11-23T14:00:60Z", "expected a second below 60", 12 },
	{ "UTC", "1990-12-31T23:59:60+01:00", "expected a second below 60", 12 },
	{ "UTC", "23:59:60", "expected a second below 60", 1 },
	{ "UTC", "2026-11-23T14:00:00.Z", "expected the fraction of the second", 21 },
	{ "UTC", "2026-11-23T14:00:00+1:00", "expected the offset's hours (2 digits)", 22 },
	{ "UTC", "2026-11-23T14:00:00+24:00", "the offset's hours must be between 0 and 23", 21 },
	{ "UTC", "2026-11-23T14:00:00+01:60", "the offset's minutes must be between 0 and 59", 24 },
	{ "UTC", "2026-11-23T14:00:00ZZ", "expected nothing more", 20 },
	{ "UTC", "2026-11-23T14:00:00Z 15:00", "expected nothing more", 22 },
	{ "UTC", "0001-01-01T00:00:00+00:01", "expected a time within the years 1 to 9999", 1 },
	{ "UTC", "9999-12-31T23:59:59-00:01", "expected a time within the years 1 to 9999", 1 },
	{ "America/New_York", "9999-12-31", "expected a time within the years 1 to 9999", 1 },
	{ "UTC", "now + 10000y", "expected a time within the years 1 to 9999", 5 },
	{ "UTC", "now - 9999y", "expected a time within the years 1 to 9999", 5 },
	{ "UTC", "in 999999999 years", "expected no more than 10000 years", 4 },
	{ "UTC", "@9999999999999", "expected a time within the years 1 to 9999", 1 },
	{ "UTC", "@", "expected seconds since 1970 behind the @", 2 },
	{ "UTC", "in", "expected a length of time", 3 },
	{ "UTC", "in 3", "expected a unit", 5 },
	{ "UTC", "in 3 parsecs", "expected a unit", 6 },
	{ "UTC", "in 3 days ago", "expected nothing more", 11 },
	{ "UTC", "eom -", "expected a length of time", 6 },
	{ "UTC", "eom - 1", "expected a unit", 8 },
	{ "UTC", "eom 1wk", "expected a time of day", 5 },
	{ "UTC", "wait+1d", "the task has no such time to count from", 1 },
	{ "UTC", "today + 2min 1h", "expected a smaller unit than the one before", 14 },
	{ "UTC", "20\xc3\xa9", "a number alone", 1 },
	{ "UTC", "fri \xc3\xa9", "expected a time of day", 5 },
	{ "UTC", "\xc3\xa9", "expected a date", 1 },
	{ "Europe/Berlin", "2026-03-29 2:30", "the clocks of Europe/Berlin leave this time out that day", 12 },
	{ "Europe/Berlin", "2026-10-25T02:30",
		"the clocks of Europe/Berlin show this time twice that day, so write its offset", 12 },
	{ "America/New_York", "2026-03-08 2:00", "leave this time out", 12 },
	{ "America/New_York", "2026-11-01 1:00", "show this time twice", 12 },
	{ "Pacific/Apia", "2011-12-30", "the calendar of Pacific/Apia has no such day", 1 },
	{ "Pacific/Apia", "2011-12-30 12:00", "leave this time out", 12 },
};

static void mistakes_are_refused_with_their_column(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		const struct date_context context = {
			.now = time_of(NOW), .zone = zones_find(mistakes[i].zone), .attributes = &attributes
		};
		struct refusal refusal = { 0 };
		int64_t seconds = 42;
		char place[32], caret[80];

		(void)snprintf(place, sizeof(place), "at column %d;", mistakes[i].column);
		(void)snprintf(caret, sizeof(caret), "\n%s\n%*s", mistakes[i].text, mistakes[i].column, "^");
		if (!date_parse(mistakes[i].text, strlen(mistakes[i].text), &context, "due", &seconds, &refusal))
			fail_msg("%s is taken", mistakes[i].text);
		assert_int_equal(refusal.error, ERROR_INVALID_PARAMS);
		assert_int_equal(seconds, 42);
		assert_string_equal(refusal.field, "due");
		if (!strstr(refusal.message, mistakes[i].reason) || !strstr(refusal.message, place))
			fail_msg("%s: %s", mistakes[i].text, refusal.message);
		if (mistakes[i].text[0] && !strstr(refusal.message, caret))
			fail_msg("%s: %s", mistakes[i].text, refusal.message);
	}
}

static void strange_bytes_are_refused_and_not_repeated(void **state)
{
	static const char nul[] = "2026-11-23\0"
				  "14:00:00Z";
	static const char *const texts[] = { "today\n+ 1d", "today\x1b[31m", "today \x80\xff", "today \xc2\x9b" };
	const struct date_context context = { .zone = &zone_utc };
	struct refusal refusal;
	int64_t seconds;

	(void)state;
	assert_int_equal(date_parse(nul, sizeof(nul) - 1, &context, "wait", &seconds, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "wait");
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		assert_int_equal(date_parse(texts[i], strlen(texts[i]), &context, "due", &seconds, &refusal),
			ERROR_INVALID_PARAMS);
		assert_false(text_has_control(refusal.message, strlen(refusal.message), "\n"));
		assert_true(text_is_utf8(refusal.message, strlen(refusal.message)));
		assert_null(strstr(refusal.message, "today\n+"));
	}
}

static void a_long_text_is_refused_before_it_is_read(void **state)
{
	const struct date_context context = { .zone = &zone_utc };
	struct refusal refusal;
	char text[4096];
	int64_t seconds;

	(void)state;
	memset(text, ' ', sizeof(text));
	memcpy(text, "today", 5); /* NOLINT(bugprone-not-null-terminated-result): its length is given */
	assert_int_equal(date_parse(text, DATE_TEXT_LIMIT, &context, "due", &seconds, &refusal), ERROR_NONE);
	assert_int_equal(
		date_parse(text, DATE_TEXT_LIMIT + 1, &context, "due", &seconds, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.message, "due is longer than 64 bytes");
}

static void what_is_formatted_reads_back(void **state)
{
	static const char *const names[] = { "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
		"Pacific/Apia" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const struct date_context context = { .zone = zones_find(names[i]) };

		/* Offsets of the 19th century have seconds, which RFC 3339 cannot write. */
		for (int64_t seconds = INT64_C(-1500000000); seconds < INT64_C(9000000000); seconds += 1234567) {
			char text[ZONES_TEXT_SIZE];
			int64_t again = 0;

			zones_format(context.zone, seconds, text);
			assert_int_equal(date_parse(text, strlen(text), &context, "due", &again, NULL), ERROR_NONE);
			assert_int_equal(again, seconds);
		}
	}
}

static void every_day_of_four_centuries_reads_back(void **state)
{
	char text[TEXT_TIME_SIZE];

	(void)state;
	for (int64_t day = -146097; day < 146097; day++) {
		text_format_time(day * 86400 + 3723, text);
		assert_int_equal(time_of(text), day * 86400 + 3723);
	}
}

static void calendar_agrees_with_the_c_library(void **state)
{
	(void)state;
	for (int64_t expected = INT64_C(-5000000000); expected < INT64_C(9000000000); expected += 7654321) {
		time_t time = expected;
		struct tm parts;
		char texts[3][64];

		assert_non_null(gmtime_r(&time, &parts));
		assert_true(strftime(texts[0], sizeof(texts[0]), "%Y-%m-%dT%H:%M:%SZ", &parts) > 0);
		assert_true(strftime(texts[1], sizeof(texts[1]), "%Y-%jT%H:%M:%SZ", &parts) > 0);
		assert_true(strftime(texts[2], sizeof(texts[2]), "%G-W%V-%uT%H:%M:%SZ", &parts) > 0);
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			assert_int_equal(time_of(texts[i]), expected);
	}
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
		cmocka_unit_test(rfc3339_times_are_read),
		cmocka_unit_test(words_mean_what_the_calendar_says),
		cmocka_unit_test(a_day_may_have_a_time_and_a_time_alone_is_the_next_one),
		cmocka_unit_test(iso_days_are_read),
		cmocka_unit_test(sums_go_by_the_calendar),
		cmocka_unit_test(each_zone_has_its_own_day),
		cmocka_unit_test(easter_is_where_the_church_puts_it),
		cmocka_unit_test(a_day_is_its_beginning_for_wait),
		cmocka_unit_test(a_week_begins_where_the_context_says),
		cmocka_unit_test(mistakes_are_refused_with_their_column),
		cmocka_unit_test(strange_bytes_are_refused_and_not_repeated),
		cmocka_unit_test(a_long_text_is_refused_before_it_is_read),
		cmocka_unit_test(what_is_formatted_reads_back),
		cmocka_unit_test(every_day_of_four_centuries_reads_back),
		cmocka_unit_test(calendar_agrees_with_the_c_library),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
