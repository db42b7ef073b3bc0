/* Where libical is installed, its days are ours, for the rules that it reads as RFC 5545 does. */
#include "common/cleanup.h"
#include "random_rule.h"
#include "tasks/recurrence.h"
#include "tasks/recurrence_days.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libical/ical.h>

#define RULES 1000
#define DAYS  40 /* of each rule, in ten years */

static bool next_there(icalrecur_iterator *iterator, int64_t anchor, int64_t *ret_day)
{
	do {
		icaltimetype time = icalrecur_iterator_next(iterator);

		if (icaltime_is_null_time(time))
			return false;
		*ret_day = calendar_day(time.year, time.month, time.day);
	} while (*ret_day <= anchor);
	return true;
}

static void compare(const char *text, const struct recurrence_rule *rule, int64_t anchor)
{
	struct calendar_date date = calendar_date(anchor), end = calendar_date(anchor + 3650);
	struct icalrecurrencetype theirs = icalrecurrencetype_from_string(text);
	icaltimetype start = { .year = date.year, .month = date.month, .day = date.day, .hour = 12 };
	icalrecur_iterator *iterator;
	struct recurrence_walk walk;

	theirs.until = (icaltimetype){ .year = end.year, .month = end.month, .day = end.day, .hour = 12 };
	iterator = icalrecur_iterator_new(theirs, start);
	recurrence_walk_init(&walk, rule, anchor);
	for (int i = 0; i < DAYS; i++) {
		int64_t day = INT64_MAX, other = INT64_MAX;

		if (!recurrence_walk_next(&walk, &day) || day > anchor + 3650)
			day = INT64_MAX;
		if (!iterator || !next_there(iterator, anchor, &other))
			other = INT64_MAX;
		if (day != other)
			fail_msg("%s from day %" PRId64 ": %" PRId64 ", there %" PRId64, text, anchor, day, other);
		if (day == INT64_MAX)
			break;
	}
	icalrecur_iterator_free(iterator);
}

/*
 * What 3.0 reads otherwise: it passes over negative days of the month in daily rules, takes BYMONTHDAY in a yearly rule
 * for days of the anchor's month alone (RFC 5545 lets them expand the year), and loses days of weeks of the year.
 */
static bool is_exception(const struct random_rule *rule)
{
	bool has_negative = rule->month_days[0] < 0 || rule->month_days[1] < 0;

	return rule->week || (rule->frequency == RANDOM_DAILY && has_negative) ||
	       (rule->frequency == RANDOM_YEARLY && rule->month_days[0] && !rule->month);
}

static void libical_finds_the_same_days(void **state)
{
	uint64_t seed = 4;
	int compared = 0;

	(void)state;
	for (int i = 0; i < RULES; i++) {
		struct random_rule rule = random_rule_make(&seed);
		struct recurrence recurrence;
		int64_t anchor = 18000 + random_below(&seed, 4000);

		if (is_exception(&rule) || recurrence_parse(rule.text, strlen(rule.text), "recur", &recurrence, NULL))
			continue;
		compare(rule.text, &recurrence.rule, anchor);
		compared++;
	}
	assert_true(compared > RULES / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(libical_finds_the_same_days) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
