/* The days of random rules: what must hold of all, and that a slow computation by the C library's calendar agrees. */
#include "common/cleanup.h"
#include "random_rule.h"
#include "tasks/recurrence.h"
#include "tasks/recurrence_days.h"
#include "zones.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define RULES 1500
#define SPAN  1500 /* days that are compared */

static bool parse(const char *text, struct recurrence *ret_recurrence)
{
	struct refusal refusal = { 0 };

	if (!recurrence_parse(text, strlen(text), "recur", ret_recurrence, &refusal))
		return true;
	if (!strstr(refusal.message, "there is no day"))
		fail_msg("%s: %s", text, refusal.message);
	return false;
}

/* --- slowly --- */

static struct tm civil(int64_t day)
{
	time_t seconds = day * 86400;
	struct tm broken = { 0 };

	(void)gmtime_r(&seconds, &broken);
	return broken;
}

static int weekday_of(int64_t day)
{
	return (civil(day).tm_wday + 6) % 7;
}

static bool is_same_period(const struct random_rule *rule, int64_t a, int64_t b)
{
	struct tm first = civil(a), second = civil(b);

	switch (rule->frequency) {
	case RANDOM_DAILY:
		return a == b;
	case RANDOM_WEEKLY:
		for (int64_t day = (a < b ? a : b) + 1; day <= (a < b ? b : a); day++)
			if (weekday_of(day) == rule->week_start)
				return false;
		return true;
	case RANDOM_MONTHLY:
		return first.tm_mon == second.tm_mon && first.tm_year == second.tm_year;
	case RANDOM_YEARLY:
		return first.tm_year == second.tm_year;
	}
	return false;
}

/* How many days that `like` the day there are from it on in this direction, within its month or year. */
static int count_from(int64_t day, int step, int days_apart, bool by_year)
{
	struct tm start = civil(day);
	int count = 0;

	for (;; day += (int64_t)step * days_apart, count++) {
		struct tm now = civil(day);

		if (now.tm_year != start.tm_year || (!by_year && now.tm_mon != start.tm_mon))
			return count;
	}
}

static bool is_number(int wanted, int64_t day, int days_apart, bool by_year)
{
	return wanted ==
	       (wanted > 0 ? count_from(day, -1, days_apart, by_year) : -count_from(day, 1, days_apart, by_year));
}

static bool fits_weekday(const struct random_rule *rule, int64_t day)
{
	if (!(rule->weekdays & 1U << weekday_of(day)))
		return false;
	return !rule->ordinal || is_number(rule->ordinal, day, 7, rule->frequency == RANDOM_YEARLY && !rule->month);
}

/* %V knows weeks from Monday on only. */
static bool fits_week(const struct random_rule *rule, int64_t day)
{
	char text[4];
	struct tm then = civil(day);
	int64_t last = day;

	(void)strftime(text, sizeof(text), "%V", &then);
	if (rule->week > 0)
		return atoi(text) == rule->week; /* NOLINT(cert-err34-c): two digits */
	while (strftime(text, sizeof(text), "%V", &then) && strcmp(text, "01") != 0)
		then = civil(last += 7);
	for (int back = 1; back <= 53; back++)
		if (last - (int64_t)7 * back == day)
			return rule->week == -back;
	return false;
}

static bool fits(const struct random_rule *rule, int64_t anchor, int64_t day)
{
	struct tm then = civil(day), start = civil(anchor);
	bool names_days = rule->month_days[0] || rule->weekdays || rule->year_day;

	if (rule->month && then.tm_mon + 1 != rule->month)
		return false;
	if (rule->month_days[0] && !is_number(rule->month_days[0], day, 1, false) &&
		!is_number(rule->month_days[1], day, 1, false))
		return false;
	if (rule->weekdays && !fits_weekday(rule, day))
		return false;
	if (rule->year_day && !is_number(rule->year_day, day, 1, true))
		return false;
	if (rule->week && !fits_week(rule, day))
		return false;
	if (names_days || rule->frequency == RANDOM_DAILY)
		return true;
	if (rule->frequency == RANDOM_WEEKLY || rule->week)
		return then.tm_wday == start.tm_wday;
	return then.tm_mday == start.tm_mday &&
	       (rule->frequency == RANDOM_MONTHLY || rule->month || then.tm_mon == start.tm_mon);
}

static bool is_at_position(const struct random_rule *rule, int64_t anchor, int64_t day)
{
	int step = rule->position > 0 ? -1 : 1, count = 0;

	for (int64_t other = day; is_same_period(rule, day, other); other += step)
		count += fits(rule, anchor, other);
	return count == (rule->position > 0 ? rule->position : -rule->position);
}

/* Days behind the anchor, one after the other. */
static void compare_slowly(const struct random_rule *rule, const struct recurrence_rule *parsed, int64_t anchor)
{
	struct recurrence_walk walk;
	int64_t next = 0, periods = 0;
	bool is_there;

	recurrence_walk_init(&walk, parsed, anchor);
	is_there = recurrence_walk_next(&walk, &next);
	for (int64_t day = anchor + 1; day < anchor + SPAN; day++) {
		bool is_ours = is_there && next == day;

		periods += !is_same_period(rule, day - 1, day);
		if (is_ours != (periods % rule->interval == 0 && fits(rule, anchor, day) &&
				       (!rule->position || is_at_position(rule, anchor, day))))
			fail_msg("%s from day %" PRId64 ": day %" PRId64 " is %s", rule->text, anchor, day,
				is_ours ? "wrong" : "missing");
		if (is_ours)
			is_there = recurrence_walk_next(&walk, &next);
	}
}

static void a_slow_computation_finds_the_same_days(void **state)
{
	uint64_t seed = 1;
	int compared = 0;

	(void)state;
	for (int i = 0; i < RULES; i++) {
		struct random_rule rule = random_rule_make(&seed);
		struct recurrence recurrence;
		int64_t anchor = 18000 + random_below(&seed, 4000);

		if ((rule.week && rule.week_start) || !parse(rule.text, &recurrence))
			continue;
		compare_slowly(&rule, &recurrence.rule, anchor);
		compared++;
	}
	assert_true(compared > RULES / 2);
}

/* --- what holds of all --- */

static const char *const words[] = { "daily", "weekdays", "weekly", "monthly", "3d", "yearly", "P1M1D", "5q" };

static void make_text(uint64_t *seed, int turn, char ret_text[RANDOM_RULE_SIZE])
{
	struct random_rule rule = random_rule_make(seed);

	(void)snprintf(ret_text, RANDOM_RULE_SIZE, "%s", turn % 4 ? rule.text : words[turn / 4 % (int)COUNT_OF(words)]);
}

static void compare_days(const struct recurrence_rule *rule, const struct recurrence_rule *again, const char *text)
{
	struct recurrence_walk walk, other;

	recurrence_walk_init(&walk, rule, 20000);
	recurrence_walk_init(&other, again, 20000);
	for (int i = 0; i < 30; i++) {
		int64_t day = 0, same = 0;

		if (recurrence_walk_next(&walk, &day) != recurrence_walk_next(&other, &same) || day != same)
			fail_msg("%s has other days when it is read back", text);
	}
}

static void what_is_formatted_reads_back(void **state)
{
	uint64_t seed = 2;

	(void)state;
	for (int i = 0; i < RULES; i++) {
		struct recurrence recurrence, again;
		char text[RANDOM_RULE_SIZE], written[RECURRENCE_TEXT_SIZE], twice[RECURRENCE_TEXT_SIZE];

		make_text(&seed, i, text);
		if (!parse(text, &recurrence))
			continue;
		recurrence_format(&recurrence, written);
		assert_true(parse(written, &again));
		recurrence_format(&again, twice);
		assert_string_equal(written, twice);
		if (recurrence.kind == RECURRENCE_RULE)
			compare_days(&recurrence.rule, &again.rule, text);
	}
}

static struct recurrence_series random_series(uint64_t *seed, const struct recurrence *recurrence)
{
	static const char *const names[] = { "UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata",
		"Australia/Lord_Howe" };

	return (struct recurrence_series){
		.recurrence = recurrence,
		.zone = zones_find(names[random_below(seed, COUNT_OF(names))]),
		.anchor = INT64_C(1600000000) + random_below(seed, 400000000),
		.until = INT64_MAX,
		.count = INT64_MAX,
	};
}

/* The number found for a time is the one that stepping arrives at. */
static void compare_steps(const struct recurrence_series *series, const char *text, int64_t now)
{
	struct recurrence_instance instance = { 0 };
	bool is_there = recurrence_current(series, -1, now, &instance);
	int64_t at = INT64_MIN, before = INT64_MIN, number = 0;

	while (recurrence_occurrence(series, number, &at) && at <= now) {
		if (at <= before)
			fail_msg("%s: occurrence %" PRId64 " is not later than the one before", text, number);
		before = at;
		number++;
	}
	if (!is_there) {
		assert_false(recurrence_occurrence(series, number, &at));
		return;
	}
	if (instance.number != number || instance.due != at || instance.opens != before)
		fail_msg("%s: %" PRId64 " by jumping, %" PRId64 " by steps", text, instance.number, number);
}

static void jumping_arrives_where_stepping_does(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (int i = 0; i < RULES; i++) {
		struct recurrence recurrence;
		struct recurrence_series series;
		char text[RANDOM_RULE_SIZE];

		make_text(&seed, i, text);
		if (!parse(text, &recurrence))
			continue;
		series = random_series(&seed, &recurrence);
		compare_steps(&series, text, series.anchor + (int64_t)random_below(&seed, 100) * 86400 * 3 + 1);
	}
	zones_free();
}

static void a_walk_ends_at_the_horizon(void **state)
{
	struct recurrence recurrence;
	struct recurrence_walk walk;
	int64_t anchor = calendar_day(2026, 1, 1), day = 0, last = 0;

	(void)state;
	assert_true(parse("FREQ=DAILY", &recurrence));
	recurrence_walk_init(&walk, &recurrence.rule, anchor);
	while (recurrence_walk_next(&walk, &day))
		last = day;
	assert_int_equal(last, anchor + RECURRENCE_HORIZON_DAYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slow_computation_finds_the_same_days),
		cmocka_unit_test(what_is_formatted_reads_back),
		cmocka_unit_test(jumping_arrives_where_stepping_does),
		cmocka_unit_test(a_walk_ends_at_the_horizon),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
