/* When a task comes again: numbers and moments of occurrences. */
#include "tasks/recurrence.h"

#include "tasks/recurrence_days.h"
#include "tasks/recurrence_words.h"

#include <string.h>

#define EXAMPLE      "weekly, 2 weeks or FREQ=MONTHLY;BYDAY=-1FR"
#define WORK_DAYS    5
#define NUMBER_LIMIT INT64_C(3652059) /* days from the year 1 to the year 9999: no series has as many occurrences */

/* --- text --- */

/* Only a rule has an equals sign or begins with RRULE. */
static bool is_rule(const struct scan *scan)
{
	struct scan ahead = *scan;

	scan_skip_spaces(&ahead);
	return scan_take_word(&ahead, "RRULE") || (scan->length && memchr(scan->text, '=', scan->length));
}

enum error recurrence_parse(
	const char *text, size_t length, const char *field, struct recurrence *ret_recurrence, struct refusal *refusal)
{
	struct scan scan = { .text = text, .length = length, .field = field, .example = EXAMPLE, .refusal = refusal };
	struct recurrence recurrence = { .kind = RECURRENCE_RULE };
	enum error error;

	if (!is_rule(&scan))
		return recurrence_words_parse(&scan, ret_recurrence);
	error = recurrence_rule_parse(&scan, &recurrence.rule);
	if (!error)
		*ret_recurrence = recurrence;
	return error;
}

void recurrence_format(const struct recurrence *recurrence, char ret_text[RECURRENCE_TEXT_SIZE])
{
	if (recurrence->kind == RECURRENCE_RULE)
		recurrence_rule_format(&recurrence->rule, ret_text);
	else
		recurrence_words_format(recurrence, ret_text);
}

/* --- days and clocks --- */

/* The anchor as the zone's calendar and clock show it. */
struct anchor {
	int64_t day;
	int64_t clock; /* seconds since midnight */
};

static struct anchor anchor_of(const struct recurrence_series *series)
{
	int64_t local = series->anchor + zone_offset(series->zone, series->anchor);
	int64_t day = calendar_day_of(local);

	return (struct anchor){ .day = day, .clock = local - day * CALENDAR_DAY_SECONDS };
}

static int64_t moment_of(const struct recurrence_series *series, const struct anchor *anchor, int64_t day)
{
	int64_t first, second;

	(void)zone_moments(series->zone, day * CALENDAR_DAY_SECONDS + anchor->clock, &first, &second);
	return first;
}

/* Whether the series has ended before this occurrence. */
static bool is_beyond(const struct recurrence_series *series, int64_t number, int64_t at)
{
	const struct recurrence_rule *rule = &series->recurrence->rule;
	int64_t local = at + zone_offset(series->zone, at);

	if (number >= series->count || at > series->until || at > CALENDAR_TIME_MAXIMUM)
		return true;
	if (series->recurrence->kind != RECURRENCE_RULE)
		return false;
	if (rule->count && number >= rule->count)
		return true;
	switch (rule->until_kind) {
	case RECURRENCE_ENDLESS:
		return false;
	case RECURRENCE_UNTIL_DAY:
		return calendar_day_of(local) > rule->until;
	case RECURRENCE_UNTIL_LOCAL:
		return local > rule->until;
	case RECURRENCE_UNTIL_UTC:
		return at > rule->until;
	}
	return false;
}

/* --- words and periods: by arithmetic --- */

/* A weekend's first workday is the Monday behind it: it counts as the Friday before. */
static int64_t weekday_at(int64_t anchor, int64_t number)
{
	int64_t weekday = calendar_weekday(anchor);
	int64_t monday = anchor - weekday;
	int64_t workdays = (weekday < WORK_DAYS ? weekday : FRIDAY) + number;

	return monday + workdays / WORK_DAYS * 7 + workdays % WORK_DAYS;
}

static int64_t period_day(const struct recurrence *recurrence, int64_t anchor, int64_t number)
{
	if (recurrence->kind == RECURRENCE_WEEKDAYS)
		return weekday_at(anchor, number);
	if (recurrence->months)
		anchor = calendar_add_months(anchor, recurrence->months * number);
	return anchor + recurrence->days * number;
}

/* Without the end of the series. INT64_MAX behind the end of the calendar. */
static int64_t period_moment(const struct recurrence_series *series, const struct anchor *anchor, int64_t number)
{
	const struct recurrence *recurrence = series->recurrence;
	int64_t day;

	if (number == 0)
		return series->anchor;
	if (number > NUMBER_LIMIT || recurrence->months * number > INT64_C(12) * 9999)
		return INT64_MAX;
	day = period_day(recurrence, anchor->day, number);
	if (day > calendar_day_of(CALENDAR_TIME_MAXIMUM))
		return INT64_MAX;
	return moment_of(series, anchor, day);
}

/* The first number whose moment is later than `after`. */
static int64_t period_number(const struct recurrence_series *series, const struct anchor *anchor, int64_t after)
{
	int64_t low = 0, high = NUMBER_LIMIT + 1;

	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (period_moment(series, anchor, middle) > after)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

static bool period_find(const struct recurrence_series *series, const struct anchor *anchor, int64_t after,
	struct recurrence_instance *instance)
{
	instance->number = period_number(series, anchor, after);
	instance->due = period_moment(series, anchor, instance->number);
	instance->opens = instance->number ? period_moment(series, anchor, instance->number - 1) : INT64_MIN;
	return instance->due != INT64_MAX;
}

/* --- rules: day by day --- */

static bool rule_moment(
	const struct recurrence_series *series, const struct anchor *anchor, int64_t number, int64_t *ret_at)
{
	struct recurrence_walk walk;
	int64_t day = anchor->day;

	recurrence_walk_init(&walk, &series->recurrence->rule, anchor->day);
	for (int64_t i = 0; i < number; i++)
		if (!recurrence_walk_next(&walk, &day))
			return false;
	*ret_at = number ? moment_of(series, anchor, day) : series->anchor;
	return true;
}

/* Days that lie well before `after` are counted without a look at the zone. */
static bool rule_find(const struct recurrence_series *series, const struct anchor *anchor, int64_t after,
	struct recurrence_instance *instance)
{
	int64_t near = calendar_day_of(after) - 2, day, before = anchor->day;
	struct recurrence_walk walk;

	*instance = (struct recurrence_instance){ .due = series->anchor, .opens = INT64_MIN };
	if (series->anchor > after)
		return true;
	recurrence_walk_init(&walk, &series->recurrence->rule, anchor->day);
	for (; recurrence_walk_next(&walk, &day); before = day) {
		instance->number++;
		if (day < near)
			continue;
		instance->due = moment_of(series, anchor, day);
		if (instance->due <= after)
			continue;
		instance->opens = instance->number > 1 ? moment_of(series, anchor, before) : series->anchor;
		return true;
	}
	return false;
}

/* --- questions --- */

/* Without the end of the series. */
static bool find_moment(
	const struct recurrence_series *series, const struct anchor *anchor, int64_t number, int64_t *ret_at)
{
	int64_t at;

	if (series->recurrence->kind == RECURRENCE_RULE)
		return rule_moment(series, anchor, number, ret_at);
	at = period_moment(series, anchor, number);
	if (at != INT64_MAX)
		*ret_at = at;
	return at != INT64_MAX;
}

bool recurrence_occurrence(const struct recurrence_series *series, int64_t number, int64_t *ret_at)
{
	struct anchor anchor = anchor_of(series);
	int64_t at = 0;

	if (number >= series->count || !find_moment(series, &anchor, number, &at) || is_beyond(series, number, at))
		return false;
	*ret_at = at;
	return true;
}

/* The first occurrence that is later than `after`. */
static bool find_after(const struct recurrence_series *series, int64_t after, struct recurrence_instance *ret_instance)
{
	struct anchor anchor = anchor_of(series);
	struct recurrence_instance instance;
	bool is_found = series->recurrence->kind == RECURRENCE_RULE ? rule_find(series, &anchor, after, &instance)
								    : period_find(series, &anchor, after, &instance);

	if (!is_found || is_beyond(series, instance.number, instance.due))
		return false;
	*ret_instance = instance;
	return true;
}

bool recurrence_current(
	const struct recurrence_series *series, int64_t newest, int64_t now, struct recurrence_instance *ret_instance)
{
	int64_t at;

	if (newest < 0)
		return find_after(series, now, ret_instance);
	if (!recurrence_occurrence(series, newest, &at))
		return false;
	return find_after(series, at > now ? at : now, ret_instance);
}

bool recurrence_after(
	const struct recurrence_series *series, int64_t newest, int64_t from, struct recurrence_instance *ret_instance)
{
	struct recurrence_series again = *series;
	struct anchor anchor;
	int64_t at = 0;

	again.anchor = from;
	anchor = anchor_of(&again);
	if (!find_moment(&again, &anchor, 1, &at) || is_beyond(series, newest + 1, at))
		return false;
	*ret_instance = (struct recurrence_instance){ .number = newest + 1, .due = at, .opens = from };
	return true;
}

enum error recurrence_check(const struct recurrence_series *series, const char *field, struct refusal *refusal)
{
	struct anchor anchor = anchor_of(series);
	struct calendar_date date = calendar_date(anchor.day);
	char text[RECURRENCE_TEXT_SIZE];
	int64_t at;

	if (find_moment(series, &anchor, 1, &at))
		return ERROR_NONE;
	recurrence_format(series->recurrence, text);
	return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s: from %04d-%02d-%02d on there is no day that %s fits",
		field, date.year, date.month, date.day, text);
}
