/* Rules at random. */
#include "random_rule.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const weekday_names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };

/* splitmix64 */
unsigned random_below(uint64_t *state, unsigned limit)
{
	uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
	return (unsigned)((mixed ^ mixed >> 31) % limit);
}

static bool happens(uint64_t *state, unsigned percent)
{
	return random_below(state, 100) < percent;
}

/* From 1 to the limit, or from the end. */
static int number(uint64_t *state, unsigned limit)
{
	int value = (int)random_below(state, limit) + 1;

	return happens(state, 30) ? -value : value;
}

__attribute__((format(printf, 2, 3))) static void append(struct random_rule *rule, const char *format, ...)
{
	size_t length = strlen(rule->text);
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(rule->text + length, sizeof(rule->text) - length, format, arguments);
	va_end(arguments);
}

static void append_weekdays(struct random_rule *rule)
{
	const char *separator = ";BYDAY=";

	for (int i = 0; i < 7; i++) {
		if (!(rule->weekdays & 1U << i))
			continue;
		append(rule, "%s", separator);
		if (rule->ordinal)
			append(rule, "%d", rule->ordinal);
		append(rule, "%s", weekday_names[i]);
		separator = ",";
	}
}

static void write_rule(struct random_rule *rule)
{
	static const char *const names[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };

	append(rule, "FREQ=%s;INTERVAL=%d;WKST=%s", names[rule->frequency], rule->interval,
		weekday_names[rule->week_start]);
	if (rule->month)
		append(rule, ";BYMONTH=%d", rule->month);
	if (rule->month_days[0])
		append(rule, ";BYMONTHDAY=%d,%d", rule->month_days[0], rule->month_days[1]);
	if (rule->year_day)
		append(rule, ";BYYEARDAY=%d", rule->year_day);
	if (rule->week)
		append(rule, ";BYWEEKNO=%d", rule->week);
	append_weekdays(rule);
	if (rule->position)
		append(rule, ";BYSETPOS=%d", rule->position);
}

static void choose_yearly(uint64_t *state, struct random_rule *rule)
{
	if (rule->frequency != RANDOM_YEARLY || rule->month || rule->month_days[0])
		return;
	if (happens(state, 15))
		rule->year_day = number(state, 366);
	else if (happens(state, 15))
		rule->week = number(state, 53);
}

struct random_rule random_rule_make(uint64_t *state)
{
	struct random_rule rule = {
		.frequency = (enum random_rule_frequency)random_below(state, 4),
		.interval = happens(state, 60) ? 1 : 1 + (int)random_below(state, 5),
		.week_start = happens(state, 70) ? 0 : 6,
	};

	if (happens(state, 30))
		rule.month = 1 + (int)random_below(state, 12);
	if (rule.frequency != RANDOM_WEEKLY && happens(state, 30)) {
		rule.month_days[0] = number(state, 31);
		rule.month_days[1] = number(state, 31);
	}
	choose_yearly(state, &rule);
	if (!rule.year_day && happens(state, 60))
		rule.weekdays = 1 + random_below(state, 127);
	if (rule.weekdays && rule.frequency >= RANDOM_MONTHLY && !rule.week && happens(state, 40))
		rule.ordinal = number(state, rule.frequency == RANDOM_YEARLY && !rule.month ? 53 : 5);
	if (rule.frequency >= RANDOM_MONTHLY && (rule.weekdays || rule.month_days[0]) && happens(state, 20))
		rule.position = number(state, 3);
	write_rule(&rule);
	return rule;
}
