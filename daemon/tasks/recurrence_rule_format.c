/* A rule as canonical text. */
#include "tasks/recurrence_rule.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#define NUMBER_LIMIT 366
#define MONTHS       12

struct writer {
	char *text;
	size_t length;
};

/* What is written is no longer than what was read (RECURRENCE_RULE_TEXT_LIMIT). */
__attribute__((format(printf, 2, 3))) static void write_text(struct writer *writer, const char *format, ...)
{
	size_t room = RECURRENCE_RULE_TEXT_LIMIT + 1 - writer->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(writer->text + writer->length, room, format, arguments);
	va_end(arguments);
	assert(length >= 0 && (size_t)length < room);
	writer->length += (size_t)length;
}

static const char *comma(bool *is_first)
{
	const char *text = *is_first ? "" : ",";

	*is_first = false;
	return text;
}

static bool has_one(const struct recurrence_numbers *numbers, int number)
{
	const uint64_t *bits = number < 0 ? numbers->from_end : numbers->from_start;
	unsigned bit = (unsigned)(number < 0 ? -number : number);

	return bits[bit / 64] >> bit % 64 & 1;
}

/* From 1 up, then from -1 down; `name` stands behind each. */
static void write_each(
	struct writer *writer, const struct recurrence_numbers *numbers, const char *name, bool *is_first)
{
	for (int number = 1; number <= NUMBER_LIMIT; number++)
		if (has_one(numbers, number))
			write_text(writer, "%s%d%s", comma(is_first), number, name);
	for (int number = -1; number >= -NUMBER_LIMIT; number--)
		if (has_one(numbers, number))
			write_text(writer, "%s%d%s", comma(is_first), number, name);
}

static void write_numbers(struct writer *writer, const char *part, const struct recurrence_numbers *numbers)
{
	bool is_first = true;

	if (!numbers->is_given)
		return;
	write_text(writer, ";%s=", part);
	write_each(writer, numbers, "", &is_first);
}

static void write_months(struct writer *writer, unsigned months)
{
	bool is_first = true;

	if (!months)
		return;
	write_text(writer, ";BYMONTH=");
	for (int month = 1; month <= MONTHS; month++)
		if (months & 1U << month)
			write_text(writer, "%s%d", comma(&is_first), month);
}

static void write_weekdays(struct writer *writer, const struct recurrence_rule *rule)
{
	bool is_first = true;

	if (!rule->has_weekdays)
		return;
	write_text(writer, ";BYDAY=");
	for (int day = MONDAY; day <= SUNDAY; day++) {
		if (rule->weekdays & 1U << day)
			write_text(writer, "%s%s", comma(&is_first), recurrence_weekday_names[day]);
		write_each(writer, &rule->ordinals[day], recurrence_weekday_names[day], &is_first);
	}
}

static void write_date(struct writer *writer, int64_t day)
{
	struct calendar_date date = calendar_date(day);

	write_text(writer, ";UNTIL=%04d%02d%02d", date.year, date.month, date.day);
}

static void write_moment(struct writer *writer, int64_t seconds, const char *suffix)
{
	int64_t day = calendar_day_of(seconds);
	int clock = (int)(seconds - day * CALENDAR_DAY_SECONDS);

	write_date(writer, day);
	write_text(writer, "T%02d%02d%02d%s", clock / 3600, clock / 60 % 60, clock % 60, suffix);
}

static void write_until(struct writer *writer, const struct recurrence_rule *rule)
{
	switch (rule->until_kind) {
	case RECURRENCE_ENDLESS:
		return;
	case RECURRENCE_UNTIL_DAY:
		write_date(writer, rule->until);
		return;
	case RECURRENCE_UNTIL_LOCAL:
		write_moment(writer, rule->until, "");
		return;
	case RECURRENCE_UNTIL_UTC:
		write_moment(writer, rule->until, "Z");
		return;
	}
}

void recurrence_rule_format(const struct recurrence_rule *rule, char ret_text[RECURRENCE_RULE_TEXT_LIMIT + 1])
{
	struct writer writer = { .text = ret_text };

	write_text(&writer, "FREQ=%s", recurrence_frequency_names[rule->frequency]);
	if (rule->interval > 1)
		write_text(&writer, ";INTERVAL=%d", rule->interval);
	write_months(&writer, rule->months);
	write_numbers(&writer, "BYWEEKNO", &rule->weeks);
	write_numbers(&writer, "BYYEARDAY", &rule->year_days);
	write_numbers(&writer, "BYMONTHDAY", &rule->month_days);
	write_weekdays(&writer, rule);
	write_numbers(&writer, "BYSETPOS", &rule->positions);
	if (rule->week_start != MONDAY)
		write_text(&writer, ";WKST=%s", recurrence_weekday_names[rule->week_start]);
	if (rule->moves_back)
		write_text(&writer, ";RSCALE=GREGORIAN;SKIP=BACKWARD");
	if (rule->count)
		write_text(&writer, ";COUNT=%" PRId64, rule->count);
	write_until(&writer, rule);
}
