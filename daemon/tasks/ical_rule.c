/* Rules of our series in the words of RFC 5545. */
#include "tasks/ical_rule.h"

#include "tasks/calendar.h"
#include "tasks/ical_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define SHORTEST_MONTH 28
#define MONTHS_IN_YEAR 12

/* --- periods --- */

/* A period of so many days or months, in the largest unit that it is a multiple of. */
static void format_steps(const char *small, const char *large, int64_t count, int64_t in_large, char *text, size_t size)
{
	bool is_large = count % in_large == 0;
	int64_t interval = is_large ? count / in_large : count;
	int length = snprintf(text, size, "FREQ=%s", is_large ? large : small);

	if (interval > 1)
		(void)snprintf(text + length, size - (size_t)length, ";INTERVAL=%" PRId64, interval);
}

/* The last of the days from the 28th to the anchor's that the month has. */
static void append_last_day(const struct calendar_date *anchor, bool is_yearly, char *text, size_t size)
{
	size_t length = strlen(text);

	if (anchor->day <= SHORTEST_MONTH || (is_yearly && anchor->month != 2))
		return;
	if (is_yearly)
		length += (size_t)snprintf(text + length, size - length, ";BYMONTH=2");
	length += (size_t)snprintf(text + length, size - length, ";BYMONTHDAY=%d", SHORTEST_MONTH);
	for (int day = SHORTEST_MONTH + 1; day <= anchor->day; day++)
		length += (size_t)snprintf(text + length, size - length, ",%d", day);
	(void)snprintf(text + length, size - length, ";BYSETPOS=-1");
}

static bool format_period(
	const struct recurrence *recurrence, const struct calendar_date *anchor, char text[ICAL_RULE_SIZE])
{
	if (recurrence->months && recurrence->days)
		return false;
	if (recurrence->months) {
		format_steps("MONTHLY", "YEARLY", recurrence->months, MONTHS_IN_YEAR, text, ICAL_RULE_SIZE);
		append_last_day(anchor, recurrence->months % MONTHS_IN_YEAR == 0, text, ICAL_RULE_SIZE);
	} else {
		format_steps("DAILY", "WEEKLY", recurrence->days, 7, text, ICAL_RULE_SIZE);
	}
	return true;
}

static bool format_rule(
	const struct recurrence *recurrence, const struct calendar_date *anchor, char text[ICAL_RULE_SIZE])
{
	switch (recurrence->kind) {
	case RECURRENCE_PERIOD:
		return format_period(recurrence, anchor, text);
	case RECURRENCE_WEEKDAYS:
		(void)snprintf(text, ICAL_RULE_SIZE, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR");
		return true;
	case RECURRENCE_RULE:
		recurrence_format(recurrence, text);
		return true;
	}
	return false;
}

/* --- bounds --- */

/* A rule has one of both at most (§3.3.10). */
static void append_bound(const struct task *template, const struct zone *zone, bool is_date, char *text)
{
	size_t length = strlen(text);
	char until[ICAL_TIME_SIZE];
	struct ical_time time = { .kind = is_date ? ICAL_DATE : ICAL_UTC, .seconds = template->until };

	if (template->recur_count != TASK_NO_TIME) {
		(void)snprintf(text + length, ICAL_RULE_SIZE - length, ";COUNT=%" PRId64,
			template->recur_count - template->recur_base);
	} else if (template->until != TASK_NO_TIME) {
		if (is_date)
			time.seconds += zone_offset(zone, template->until);
		ical_time_format(&time, until);
		(void)snprintf(text + length, ICAL_RULE_SIZE - length, ";UNTIL=%s", until);
	}
}

bool ical_rule_write(const struct task *template, const struct zone *zone, bool is_date, char ret_text[ICAL_RULE_SIZE])
{
	struct recurrence recurrence;
	struct calendar_date anchor;

	if (template->due == TASK_NO_TIME ||
		recurrence_parse(template->recur, strlen(template->recur), "recur", &recurrence, NULL))
		return false;
	anchor = calendar_date(calendar_day_of(template->due + zone_offset(zone, template->due)));
	if (!format_rule(&recurrence, &anchor, ret_text))
		return false;
	if (recurrence.kind != RECURRENCE_RULE || (!recurrence.rule.count && !recurrence.rule.until_kind))
		append_bound(template, zone, is_date, ret_text);
	return true;
}
