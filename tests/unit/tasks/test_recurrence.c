/* Recurrence: what can be written, and when its occurrences are. */
#include "common/cleanup.h"
#include "tasks/date.h"
#include "tasks/recurrence.h"
#include "zones.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct recurrence parse(const char *text)
{
	struct refusal refusal = { 0 };
	struct recurrence recurrence = { 0 };

	if (recurrence_parse(text, strlen(text), "recur", &recurrence, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	return recurrence;
}

/* A time of the zone's clock, or with an offset. */
static int64_t moment(const char *text, const struct zone *zone)
{
	const struct date_context context = { .zone = zone };
	struct refusal refusal = { 0 };
	int64_t seconds = 0;

	if (date_parse(text, strlen(text), &context, "due", &seconds, &refusal))
		fail_msg("%s", refusal.message);
	return seconds;
}

static struct recurrence_series series_of(const struct recurrence *recurrence, const char *anchor, const char *zone)
{
	return (struct recurrence_series){
		.recurrence = recurrence,
		.zone = zones_find(zone),
		.anchor = moment(anchor, zones_find(zone)),
		.until = INT64_MAX,
		.count = INT64_MAX,
	};
}

/* "2026-01-31T17:00" as the zone's clock shows it; "end" where there is none. */
static void show(const struct recurrence_series *series, int64_t number, char ret_text[ZONES_TEXT_SIZE])
{
	int64_t at;

	(void)snprintf(ret_text, ZONES_TEXT_SIZE, "end");
	if (recurrence_occurrence(series, number, &at))
		zones_format(series->zone, at, ret_text);
}

/* --- what can be written --- */

static void what_is_written_has_one_canonical_text(void **state)
{
	static const struct {
		const char *text, *canonical;
	} rows[] = {
		{ "daily", "daily" },
		{ "day", "daily" },
		{ "1d", "daily" },
		{ "P1D", "daily" },
		{ " Weekdays ", "weekdays" },
		{ "weekly", "weekly" },
		{ "7 days", "weekly" },
		{ "sennight", "weekly" },
		{ "biweekly", "biweekly" },
		{ "fortnight", "biweekly" },
		{ "2wk", "biweekly" },
		{ "2 weeks", "biweekly" },
		{ "monthly", "monthly" },
		{ "P1M", "monthly" },
		{ "a month", "monthly" },
		{ "bimonthly", "bimonthly" },
		{ "quarterly", "quarterly" },
		{ "3mo", "quarterly" },
		{ "semiannual", "semiannual" },
		{ "6mo", "semiannual" },
		{ "annual", "yearly" },
		{ "yearly", "yearly" },
		{ "4q", "yearly" },
		{ "biannual", "biannual" },
		{ "biyearly", "biannual" },
		{ "3d", "P3D" },
		{ "1mo 2d", "P1M2D" },
		{ "1.5mo", "P1M15D" },
		{ "1000y", "P12000M" },
		{ "FREQ=DAILY", "FREQ=DAILY" },
		{ "RRULE:FREQ=DAILY", "FREQ=DAILY" },
		{ "rrule:freq=weekly;byday=fr,mo,mo;interval=1;wkst=mo", "FREQ=WEEKLY;BYDAY=MO,FR" },
		{ "COUNT=3;FREQ=WEEKLY;WKST=SU;INTERVAL=02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=3" },
		{ "FREQ=MONTHLY;BYDAY=-1FR,+2MO,1MO", "FREQ=MONTHLY;BYDAY=1MO,2MO,-1FR" },
		{ "FREQ=YEARLY;BYMONTH=12,1;BYMONTHDAY=-1,15", "FREQ=YEARLY;BYMONTH=1,12;BYMONTHDAY=15,-1" },
		{ "FREQ=YEARLY;BYWEEKNO=53,20,-1;BYDAY=MO", "FREQ=YEARLY;BYWEEKNO=20,53,-1;BYDAY=MO" },
		{ "FREQ=YEARLY;BYYEARDAY=366,1,-366", "FREQ=YEARLY;BYYEARDAY=1,366,-366" },
		{ "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1" },
		{ "FREQ=DAILY;UNTIL=20261231", "FREQ=DAILY;UNTIL=20261231" },
		{ "FREQ=DAILY;UNTIL=20261231T170509", "FREQ=DAILY;UNTIL=20261231T170509" },
		{ "FREQ=DAILY;UNTIL=20261231T170509Z", "FREQ=DAILY;UNTIL=20261231T170509Z" },
		{ "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=OMIT", "FREQ=MONTHLY" },
		{ "RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD", "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct recurrence recurrence = parse(rows[i].text);
		char text[RECURRENCE_TEXT_SIZE], twice[RECURRENCE_TEXT_SIZE];

		recurrence_format(&recurrence, text);
		if (strcmp(text, rows[i].canonical) != 0)
			fail_msg("%s is written %s", rows[i].text, text);
		recurrence = parse(text);
		recurrence_format(&recurrence, twice);
		assert_string_equal(twice, text);
	}
}

static void mistakes_are_refused_with_their_column(void **state)
{
	static const struct {
		const char *text, *reason;
		int column;
	} rows[] = {
		{ "", "expected a word, a length of time or a rule", 1 },
		{ "montly", "`montly` is no recurrence; did you mean `monthly`?", 1 },
		{ "hourly", "`hourly` is no recurrence", 1 },
		{ "1h", "expected whole days: a task recurs once a day at most", 1 },
		{ "24h", "expected whole days", 1 },
		{ "1.5d", "expected whole days", 1 },
		{ "PT30M", "expected whole days", 1 },
		{ "0d", "expected a day or more", 1 },
		{ "1001y", "expected no more than 1000 years", 1 },
		{ "2 weekdays", "expected `weekdays` to stand alone", 3 },
		{ "weekly 3", "expected nothing more", 8 },
		{ "3 moons", "expected a unit", 3 },
		{ "FREQ=", "expected DAILY, WEEKLY, MONTHLY or YEARLY", 6 },
		{ "FREQ=HOURLY", "a task recurs once a day at most: expected DAILY, WEEKLY, MONTHLY or YEARLY", 6 },
		{ "FREQ=SECONDLY;BYMONTH=2", "a task recurs once a day at most", 6 },
		{ "FREQ=FORTNIGHTLY", "expected DAILY, WEEKLY, MONTHLY or YEARLY", 6 },
		{ "RRULE", "expected a part such as BYDAY=", 6 },
		{ "RRULE:", "expected a part such as BYDAY=", 7 },
		{ "INTERVAL=2", "expected FREQ=DAILY, WEEKLY, MONTHLY or YEARLY among the parts", 1 },
		{ "FREQ=DAILY;", "expected a part such as BYDAY=", 12 },
		{ "FREQ=DAILY;FOO=3", "`FOO` is no part of a rule", 12 },
		{ "FREQ=DAILY;BYDAI=MO", "`BYDAI` is no part of a rule; did you mean `BYDAY`?", 12 },
		{ "FREQ=DAILY;BYHOUR=3", "expected no BYHOUR: the time of day is that of due", 12 },
		{ "FREQ=DAILY;INTERVAL", "expected = behind INTERVAL", 20 },
		{ "FREQ=DAILY;INTERVAL=0", "the interval must be between 1 and 1000", 21 },
		{ "FREQ=DAILY;INTERVAL=1001", "the interval must be between 1 and 1000", 21 },
		{ "FREQ=DAILY;INTERVAL=99999999999999", "the interval must be between 1 and 1000", 21 },
		{ "FREQ=DAILY;INTERVAL=-1", "expected a number from 1 to 1000", 21 },
		{ "FREQ=DAILY;COUNT=0", "the count must be between 1 and 100000", 18 },
		{ "FREQ=DAILY;COUNT=1;COUNT=1", "COUNT stands here a second time", 20 },
		{ "FREQ=DAILY;COUNT=1;UNTIL=20260101", "expected COUNT or UNTIL, not both", 20 },
		{ "FREQ=DAILY;UNTIL=20260230", "the day must be between 1 and 28", 24 },
		{ "FREQ=DAILY;UNTIL=20260228T25", "the hour must be between 0 and 23", 27 },
		{ "FREQ=DAILY;UNTIL=2026-02-28", "expected the month (2 digits)", 22 },
		{ "FREQ=WEEKLY;BYDAY=2MO", "a number before a weekday needs FREQ=MONTHLY or YEARLY", 13 },
		{ "FREQ=WEEKLY;BYDAY=XX", "expected MO, TU, WE, TH, FR, SA or SU", 19 },
		{ "FREQ=WEEKLY;BYDAY=MO,", "expected", 22 },
		{ "FREQ=MONTHLY;BYDAY=0MO", "must be between 1 and 53", 20 },
		{ "FREQ=WEEKLY;BYMONTHDAY=3", "BYMONTHDAY needs FREQ=DAILY, MONTHLY or YEARLY", 13 },
		{ "FREQ=MONTHLY;BYMONTHDAY=32", "the day of the month must be between 1 and 31", 25 },
		{ "FREQ=MONTHLY;BYYEARDAY=3", "BYYEARDAY needs FREQ=YEARLY", 14 },
		{ "FREQ=MONTHLY;BYWEEKNO=3", "BYWEEKNO needs FREQ=YEARLY", 14 },
		{ "FREQ=YEARLY;BYMONTH=13", "the month must be between 1 and 12", 21 },
		{ "FREQ=DAILY;BYSETPOS=1", "BYSETPOS needs a BYDAY or the like to choose from", 12 },
		{ "FREQ=MONTHLY;SKIP=OMIT", "SKIP needs RSCALE=GREGORIAN", 14 },
		{ "FREQ=MONTHLY;RSCALE=HEBREW", "expected GREGORIAN", 21 },
		{ "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=FORWARD", "expected OMIT or BACKWARD", 36 },
		{ "FREQ=DAILY;RSCALE=GREGORIAN;SKIP=BACKWARD", "SKIP=BACKWARD needs FREQ=MONTHLY or YEARLY", 29 },
		{ "FREQ=MONTHLY;BYMONTHDAY=-29;RSCALE=GREGORIAN;SKIP=BACKWARD", "SKIP=BACKWARD needs", 46 },
		{ "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "there is no day that this rule fits", 1 },
		{ "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "there is no day that this rule fits", 1 },
		{ "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "there is no day that this rule fits", 1 },
		{ "FREQ=YEARLY;BYMONTH=6;BYWEEKNO=53", "there is no day that this rule fits", 1 },
		{ "FREQ=DAILY BYDAY=MO", "expected ; and a part, or nothing more", 12 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct refusal refusal = { 0 };
		struct recurrence recurrence;
		char column[24];

		(void)snprintf(column, sizeof(column), " at column %d;", rows[i].column);
		if (!recurrence_parse(rows[i].text, strlen(rows[i].text), "recur", &recurrence, &refusal))
			fail_msg("`%s` is taken", rows[i].text);
		assert_int_equal(refusal.error, ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "recur");
		if (!strstr(refusal.message, rows[i].reason) || !strstr(refusal.message, column))
			fail_msg("`%s`: %s", rows[i].text, refusal.message);
	}
}

static void what_is_too_long_is_refused(void **state)
{
	struct refusal refusal = { 0 };
	struct recurrence recurrence;
	char text[RECURRENCE_RULE_TEXT_LIMIT + 2];

	(void)state;
	memset(text, ' ', sizeof(text));
	assert_int_equal(recurrence_parse(text, 65, "recur", &recurrence, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "recur is longer than 64 bytes"));
	text[0] = '=';
	assert_int_equal(recurrence_parse(text, 513, "recur", &recurrence, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "recur is longer than 512 bytes"));
}

/* --- when --- */

/* Rules, and how their first occurrences begin. */
static const struct {
	const char *text, *zone, *anchor, *expected[6]; /* how each one begins */
} counted[] = {
	{ "monthly", "UTC", "2026-01-31 17:00",
		{ "2026-01-31T17:00", "2026-02-28T17", "2026-03-31T17", "2026-04-30T17", "2026-05-31T17" } },
	{ "quarterly", "UTC", "2025-11-30 00:00", { "2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30" } },
	{ "yearly", "UTC", "2024-02-29 12:00",
		{ "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29" } },
	{ "1mo 1d", "UTC", "2026-01-31 12:00", { "2026-01-31", "2026-03-01", "2026-04-02", "2026-05-03" } },
	{ "weekdays", "UTC", "2026-11-27 09:00",
		{ "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04" } },
	{ "weekdays", "UTC", "2026-11-28 09:00", { "2026-11-28", "2026-11-30", "2026-12-01" } },
	{ "weekdays", "UTC", "2026-11-29 09:00", { "2026-11-29", "2026-11-30", "2026-12-01" } },
	{ "weekdays", "UTC", "2026-11-25 09:00", { "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30" } },
	/* The clock is put forward on 29 March 2026 at 02:00, and back on 25 October at 03:00. */
	{ "daily", "Europe/Berlin", "2026-03-28 02:30",
		{ "2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00" } },
	{ "FREQ=DAILY", "Europe/Berlin", "2026-03-28 02:30",
		{ "2026-03-28T02:30:00+01:00", "2026-03-29T03:30:00+02:00", "2026-03-30T02:30:00+02:00" } },
	{ "daily", "Europe/Berlin", "2026-10-24 02:30",
		{ "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00" } },
	{ "weekly", "Europe/Berlin", "2026-10-25 02:30:00+01:00",
		{ "2026-10-25T02:30:00+01:00", "2026-11-01T02:30:00+01:00" } },
	{ "weekly", "America/New_York", "2026-03-01 02:15",
		{ "2026-03-01T02:15:00-05:00", "2026-03-08T03:15:00-04:00", "2026-03-15T02:15:00-04:00" } },
	{ "FREQ=WEEKLY;BYDAY=SU", "America/New_York", "2026-10-25 01:15",
		{ "2026-10-25T01:15:00-04:00", "2026-11-01T01:15:00-04:00", "2026-11-08T01:15:00-05:00" } },
	{ "monthly", "Asia/Kolkata", "2026-01-31 23:59:59",
		{ "2026-01-31T23:59:59+05:30", "2026-02-28T23:59:59+05:30", "2026-03-31" } },
	/* There was no 30 December 2011. */
	{ "daily", "Pacific/Apia", "2011-12-29 17:00",
		{ "2011-12-29T17", "2011-12-31T17", "2011-12-31T17", "2012-01-01T17" } },
	{ "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "UTC", "2026-01-30 17:00",
		{ "2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30", "2026-05-29", "2026-06-30" } },
	{ "FREQ=MONTHLY;BYDAY=2TU", "UTC", "2026-01-13 17:00", { "2026-01-13", "2026-02-10", "2026-03-10" } },
	{ "FREQ=MONTHLY;BYDAY=-1SU", "UTC", "2026-01-25 17:00", { "2026-01-25", "2026-02-22", "2026-03-29" } },
	{ "FREQ=MONTHLY;BYDAY=5FR", "UTC", "2026-01-30 17:00", { "2026-01-30", "2026-05-29", "2026-07-31" } },
	{ "FREQ=YEARLY;BYDAY=20MO", "UTC", "1997-05-19 09:00", { "1997-05-19", "1998-05-18", "1999-05-17" } },
	{ "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "UTC", "2026-03-29 09:00", { "2026-03-29", "2027-03-28", "2028-03-26" } },
	{ "FREQ=YEARLY", "UTC", "2024-02-29 09:00", { "2024-02-29", "2028-02-29", "2032-02-29" } },
	{ "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "UTC", "1997-05-12 09:00", { "1997-05-12", "1998-05-11", "1999-05-17" } },
	/* The first week of 2026 begins in 2025, the last one of it ends in 2027. */
	{ "FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", "UTC", "2024-12-30 09:00", { "2024-12-30", "2025-12-29", "2027-01-04" } },
	{ "FREQ=YEARLY;BYWEEKNO=-1;BYDAY=SU", "UTC", "2025-12-28 09:00", { "2025-12-28", "2027-01-03", "2028-01-02" } },
	{ "FREQ=YEARLY;BYYEARDAY=1,100,200;INTERVAL=3", "UTC", "1997-01-01 09:00",
		{ "1997-01-01", "1997-04-10", "1997-07-19", "2000-01-01", "2000-04-09", "2000-07-18" } },
	{ "FREQ=MONTHLY", "UTC", "2026-01-31 09:00", { "2026-01-31", "2026-03-31", "2026-05-31" } },
	{ "FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD", "UTC", "2026-01-31 09:00",
		{ "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30" } },
	{ "FREQ=YEARLY;RSCALE=GREGORIAN;SKIP=BACKWARD", "UTC", "2024-02-29 09:00",
		{ "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29" } },
	{ "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "UTC", "2026-02-13 09:00",
		{ "2026-02-13", "2026-03-13", "2026-11-13" } },
	/* RFC 5545's own two for WKST. */
	{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "UTC", "1997-08-05 09:00",
		{ "1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24", "end" } },
	{ "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "UTC", "1997-08-05 09:00",
		{ "1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31", "end" } },
	/* The anchor is the first, whether it fits or not. */
	{ "FREQ=WEEKLY;BYDAY=MO;COUNT=2", "UTC", "2026-11-25 09:00", { "2026-11-25", "2026-11-30", "end" } },
	{ "FREQ=DAILY;UNTIL=20261126", "UTC", "2026-11-25 09:00", { "2026-11-25", "2026-11-26", "end" } },
	{ "FREQ=DAILY;UNTIL=20261126T085959", "UTC", "2026-11-25 09:00", { "2026-11-25", "end" } },
	{ "FREQ=DAILY;UNTIL=20261126T090000", "UTC", "2026-11-25 09:00", { "2026-11-25", "2026-11-26", "end" } },
	{ "FREQ=DAILY;UNTIL=20261126T075959Z", "Europe/Berlin", "2026-11-25 09:00", { "2026-11-25", "end" } },
	{ "FREQ=DAILY;UNTIL=20261126T080000Z", "Europe/Berlin", "2026-11-25 09:00",
		{ "2026-11-25", "2026-11-26", "end" } },
	{ "daily", "UTC", "9999-12-30 09:00", { "9999-12-30", "9999-12-31", "end", "end" } },
	{ "FREQ=DAILY", "UTC", "9999-12-30 09:00", { "9999-12-30", "9999-12-31", "end", "end" } },
	{ "monthly", "UTC", "9999-12-01 09:00", { "9999-12-01", "end", "end" } },
	{ "1000y", "UTC", "2026-12-01 09:00", { "2026-12-01", "3026-12-01", "4026-12-01" } },
};

static void occurrences_are_counted_from_the_anchor(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(counted); i++) {
		struct recurrence recurrence = parse(counted[i].text);
		struct recurrence_series series = series_of(&recurrence, counted[i].anchor, counted[i].zone);

		for (int number = 0; number < 6 && counted[i].expected[number]; number++) {
			char text[ZONES_TEXT_SIZE];

			show(&series, number, text);
			if (strncmp(text, counted[i].expected[number], strlen(counted[i].expected[number])) != 0)
				fail_msg("%s from %s, %d: %s", counted[i].text, counted[i].anchor, number, text);
		}
	}
	zones_free();
}

static void the_current_instance_is_the_one_whose_period_contains_now(void **state)
{
	static const struct {
		const char *text, *anchor;
		int64_t newest;
		const char *now;
		int64_t number; /* -1: the series has ended */
		const char *due, *opens;
	} rows[] = {
		{ "daily", "2026-01-10 09:00", -1, "2026-01-01 00:00", 0, "2026-01-10T09", NULL },
		{ "daily", "2026-01-10 09:00", -1, "2026-01-10 08:59:59", 0, "2026-01-10T09", NULL },
		{ "daily", "2026-01-10 09:00", -1, "2026-01-10 09:00", 1, "2026-01-11T09", "2026-01-10T09" },
		/* Done before its time: the next one opens when this one would have been due. */
		{ "daily", "2026-01-10 09:00", 0, "2026-01-05 00:00", 1, "2026-01-11T09", "2026-01-10T09" },
		{ "daily", "2026-01-10 09:00", 3, "2026-01-13 08:00", 4, "2026-01-14T09", "2026-01-13T09" },
		/* Done late: what was missed is passed over. */
		{ "daily", "2026-01-10 09:00", 3, "2026-01-20 08:00", 10, "2026-01-20T09", "2026-01-19T09" },
		{ "daily", "2026-01-10 09:00", 3, "2036-01-10 08:00", 3652, "2036-01-10T09", "2036-01-09T09" },
		{ "FREQ=DAILY", "2026-01-10 09:00", 3, "2036-01-10 08:00", 3652, "2036-01-10T09", "2036-01-09T09" },
		{ "FREQ=DAILY", "2026-01-10 09:00", -1, "2026-01-10 08:59:59", 0, "2026-01-10T09", NULL },
		{ "FREQ=DAILY", "2026-01-10 09:00", -1, "2026-01-10 09:00", 1, "2026-01-11T09", "2026-01-10T09" },
		{ "weekdays", "2026-01-09 09:00", 0, "2036-01-12 09:00", 2611, "2036-01-14T09", "2036-01-11T09" },
		{ "monthly", "2026-01-31 09:00", 1, "2036-02-29 10:00", 122, "2036-03-31T09", "2036-02-29T09" },
		{ "FREQ=WEEKLY;BYDAY=MO,FR", "2026-01-05 09:00", 0, "2026-01-12 09:00", 3, "2026-01-16T09",
			"2026-01-12T09" },
		{ "FREQ=DAILY;COUNT=3", "2026-01-10 09:00", 1, "2026-01-10 10:00", 2, "2026-01-12T09",
			"2026-01-11T09" },
		{ "FREQ=DAILY;COUNT=3", "2026-01-10 09:00", 2, "2026-01-10 10:00", -1, NULL, NULL },
		{ "FREQ=DAILY;COUNT=3", "2026-01-10 09:00", 0, "2026-01-12 09:00", -1, NULL, NULL },
		{ "FREQ=DAILY;UNTIL=20260112", "2026-01-10 09:00", 0, "2026-01-12 09:00", -1, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct recurrence recurrence = parse(rows[i].text);
		struct recurrence_series series = series_of(&recurrence, rows[i].anchor, "UTC");
		struct recurrence_instance instance = { .number = -1 };
		char due[ZONES_TEXT_SIZE], opens[ZONES_TEXT_SIZE];
		bool is_there =
			recurrence_current(&series, rows[i].newest, moment(rows[i].now, series.zone), &instance);

		if (is_there != (rows[i].number >= 0) || instance.number != rows[i].number)
			fail_msg("%s at %s: %" PRId64, rows[i].text, rows[i].now, instance.number);
		if (!is_there)
			continue;
		zones_format(series.zone, instance.due, due);
		assert_int_equal(strncmp(due, rows[i].due, strlen(rows[i].due)), 0);
		zones_format(series.zone, instance.opens == INT64_MIN ? 0 : instance.opens, opens);
		assert_int_equal(instance.opens == INT64_MIN, rows[i].opens == NULL);
		if (rows[i].opens && strncmp(opens, rows[i].opens, strlen(rows[i].opens)) != 0)
			fail_msg("%s at %s opens %s", rows[i].text, rows[i].now, opens);
	}
}

static void a_day_that_a_zone_left_out_makes_no_second_instance(void **state)
{
	static const char *const texts[] = { "daily", "FREQ=DAILY" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct recurrence recurrence = parse(texts[i]);
		struct recurrence_series series = series_of(&recurrence, "2011-12-29 17:00", "Pacific/Apia");
		struct recurrence_instance instance = { 0 };

		assert_true(recurrence_current(&series, 0, series.anchor, &instance));
		assert_int_equal(instance.number, 1);
		assert_true(recurrence_current(&series, 1, series.anchor, &instance));
		assert_int_equal(instance.number, 3);
	}
	zones_free();
}

/* Which is the second 02:30 of that night here, where other occurrences would be the first. */
static void the_second_instance_opens_at_the_anchor(void **state)
{
	static const char *const texts[] = { "weekly", "FREQ=WEEKLY" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct recurrence recurrence = parse(texts[i]);
		struct recurrence_series series = series_of(&recurrence, "2026-10-25 02:30:00+01:00", "Europe/Berlin");
		struct recurrence_instance instance = { 0 };

		assert_true(recurrence_current(&series, 0, series.anchor, &instance));
		assert_int_equal(instance.number, 1);
		assert_int_equal(instance.opens, series.anchor);
	}
	zones_free();
}

static void until_and_count_end_a_series(void **state)
{
	struct recurrence recurrence = parse("daily");
	struct recurrence_series series = series_of(&recurrence, "2026-01-10 09:00", "UTC");
	struct recurrence_instance instance;
	int64_t at;

	(void)state;
	series.count = 3;
	assert_true(recurrence_occurrence(&series, 2, &at));
	assert_false(recurrence_occurrence(&series, 3, &at));
	assert_false(recurrence_current(&series, 2, series.anchor, &instance));
	assert_false(recurrence_after(&series, 2, series.anchor, &instance));
	assert_true(recurrence_after(&series, 1, series.anchor, &instance));
	series.count = INT64_MAX;
	series.until = series.anchor + 86400;
	assert_true(recurrence_occurrence(&series, 1, &at));
	assert_false(recurrence_occurrence(&series, 2, &at));
	assert_false(recurrence_current(&series, 1, series.anchor, &instance));
	assert_false(recurrence_after(&series, 0, series.anchor + 1, &instance));
	series.until = series.anchor - 1;
	assert_false(recurrence_current(&series, -1, series.anchor - 5, &instance));
}

static void from_completion_counts_from_there(void **state)
{
	static const struct {
		const char *text, *zone, *from, *due;
	} rows[] = {
		{ "2 weeks", "Europe/Berlin", "2026-03-20 10:11:12", "2026-04-03T10:11:12+02:00" },
		{ "monthly", "UTC", "2026-01-31 10:00", "2026-02-28T10:00" },
		{ "weekdays", "UTC", "2026-11-27 10:00", "2026-11-30T10:00" },
		{ "FREQ=MONTHLY;BYMONTHDAY=1", "UTC", "2026-01-15 10:00", "2026-02-01T10:00" },
		{ "FREQ=WEEKLY;BYDAY=WE", "UTC", "2026-11-25 10:00", "2026-12-02T10:00" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct recurrence recurrence = parse(rows[i].text);
		struct recurrence_series series = series_of(&recurrence, "2020-01-01 00:00", rows[i].zone);
		struct recurrence_instance instance = { 0 };
		int64_t from = moment(rows[i].from, series.zone);
		char due[ZONES_TEXT_SIZE];

		assert_true(recurrence_after(&series, 7, from, &instance));
		zones_format(series.zone, instance.due, due);
		if (strncmp(due, rows[i].due, strlen(rows[i].due)) != 0)
			fail_msg("%s from %s: %s", rows[i].text, rows[i].from, due);
		assert_int_equal(instance.number, 8);
		assert_int_equal(instance.opens, from);
	}
	zones_free();
}

static void a_rule_without_a_second_day_is_refused(void **state)
{
	static const struct {
		const char *text, *anchor;
		bool has_days;
	} rows[] = {
		{ "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-11-24 09:00", false },
		{ "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-11-23 09:00", true },
		{ "FREQ=MONTHLY;BYMONTH=2", "2026-01-31 09:00", false },
		{ "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2", "2026-01-15 09:00", false },
		{ "FREQ=YEARLY", "2024-02-29 09:00", true },
		{ "FREQ=DAILY;COUNT=1", "2026-11-24 09:00", true },
		{ "daily", "2026-11-24 09:00", true },
		{ "daily", "9999-12-31 09:00", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct recurrence recurrence = parse(rows[i].text);
		struct recurrence_series series = series_of(&recurrence, rows[i].anchor, "UTC");
		struct refusal refusal = { 0 };

		if ((recurrence_check(&series, "recur", &refusal) == ERROR_NONE) != rows[i].has_days)
			fail_msg("%s from %s: `%s`", rows[i].text, rows[i].anchor, refusal.message);
		assert_true(rows[i].has_days || strstr(refusal.message, "there is no day that"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_has_one_canonical_text),
		cmocka_unit_test(mistakes_are_refused_with_their_column),
		cmocka_unit_test(what_is_too_long_is_refused),
		cmocka_unit_test(occurrences_are_counted_from_the_anchor),
		cmocka_unit_test(the_current_instance_is_the_one_whose_period_contains_now),
		cmocka_unit_test(a_day_that_a_zone_left_out_makes_no_second_instance),
		cmocka_unit_test(the_second_instance_opens_at_the_anchor),
		cmocka_unit_test(until_and_count_end_a_series),
		cmocka_unit_test(from_completion_counts_from_there),
		cmocka_unit_test(a_rule_without_a_second_day_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
