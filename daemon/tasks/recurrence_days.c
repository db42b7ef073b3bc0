/* The days of a rule: every day of a period is looked at. */
#include "tasks/recurrence_days.h"

#include "common/cleanup.h"

#define DAYS_PER_WEEK 7

/* --- whether a day fits --- */

/* The day that a week of `week_start` begins with. */
static int64_t week_of(int64_t day, enum weekday week_start)
{
	return calendar_weekday_from(day - (DAYS_PER_WEEK - 1), week_start);
}

/* RFC 5545: the first week has at least four days of the year, so that it is the one of 4 January. */
static int64_t first_week(int year, enum weekday week_start)
{
	return week_of(calendar_day(year, 1, 4), week_start);
}

/* Looked up once a year: a rule with weeks would spend most of its time here. */
static void set_year(struct recurrence_year *year, int number)
{
	year->number = number;
	year->first = calendar_day(number, 1, 1);
	year->days = calendar_days_in_year(number);
}

static void set_weeks(struct recurrence_year *year, enum weekday week_start)
{
	for (size_t i = 0; i < COUNT_OF(year->weeks); i++)
		year->weeks[i] = first_week(year->number - 1 + (int)i, week_start);
}

/* The first days of January may be in the last week of the year before, the last of December in the first of the next.
 */
static bool fits_week(const struct recurrence_rule *rule, int64_t day, const struct recurrence_year *year)
{
	const int64_t *weeks = year->weeks + (day >= year->weeks[1]) + (day >= year->weeks[2]);

	return recurrence_numbers_have(&rule->weeks, (int)((day - weeks[0]) / DAYS_PER_WEEK) + 1,
		(int)((weeks[1] - weeks[0]) / DAYS_PER_WEEK));
}

static bool fits_month_day(const struct recurrence_rule *rule, const struct calendar_date *date)
{
	int days = calendar_days_in_month(date->year, date->month);

	if (recurrence_numbers_have(&rule->month_days, date->day, days))
		return true;
	return rule->moves_back && date->day == days && recurrence_numbers_exceed(&rule->month_days, days);
}

/* The ordinal counts within the month where the rule goes by months, else within the year. */
static bool fits_weekday(const struct recurrence_rule *rule, int64_t day, const struct calendar_date *date,
	const struct recurrence_year *year)
{
	enum weekday weekday = calendar_weekday(day);
	int position = date->day, days = calendar_days_in_month(date->year, date->month);
	int before, behind; /* how many of this weekday */

	if (rule->weekdays & 1U << weekday)
		return true;
	if (!rule->ordinals[weekday].is_given)
		return false;
	if (rule->frequency == RECURRENCE_YEARLY && !rule->months) {
		position = (int)(day - year->first) + 1;
		days = year->days;
	}
	before = (position - 1) / DAYS_PER_WEEK;
	behind = (days - position) / DAYS_PER_WEEK;
	return recurrence_numbers_have(&rule->ordinals[weekday], before + 1, before + 1 + behind);
}

static bool fits_year_day(const struct recurrence_rule *rule, int64_t day, const struct recurrence_year *year)
{
	return recurrence_numbers_have(&rule->year_days, (int)(day - year->first) + 1, year->days);
}

static bool fits(struct recurrence_walk *walk, int64_t day)
{
	const struct recurrence_rule *rule = &walk->rule;
	struct calendar_date date = calendar_date(day);

	if (date.year != walk->year.number) {
		set_year(&walk->year, date.year);
		if (rule->weeks.is_given)
			set_weeks(&walk->year, rule->week_start);
	}
	if (rule->months && !(rule->months & 1U << date.month))
		return false;
	if (rule->month_days.is_given && !fits_month_day(rule, &date))
		return false;
	if (rule->has_weekdays && !fits_weekday(rule, day, &date, &walk->year))
		return false;
	if (rule->year_days.is_given && !fits_year_day(rule, day, &walk->year))
		return false;
	return !rule->weeks.is_given || fits_week(rule, day, &walk->year);
}

/* --- periods --- */

struct period {
	int64_t first, last; /* days */
};

static struct period period_months(int64_t anchor, int months, int64_t steps)
{
	struct calendar_date date = calendar_date(anchor);
	int64_t first = calendar_day(date.year, months == 1 ? date.month : 1, 1);

	return (struct period){
		.first = calendar_add_months(first, months * steps),
		.last = calendar_add_months(first, months * (steps + 1)) - 1,
	};
}

static struct period period_at(const struct recurrence_walk *walk)
{
	int64_t first = walk->anchor + walk->period;

	switch (walk->rule.frequency) {
	case RECURRENCE_DAILY:
		break;
	case RECURRENCE_WEEKLY:
		first = week_of(walk->anchor, walk->rule.week_start) + walk->period * DAYS_PER_WEEK;
		return (struct period){ .first = first, .last = first + DAYS_PER_WEEK - 1 };
	case RECURRENCE_MONTHLY:
		return period_months(walk->anchor, 1, walk->period);
	case RECURRENCE_YEARLY:
		return period_months(walk->anchor, 12, walk->period);
	}
	return (struct period){ .first = first, .last = first };
}

/* BYSETPOS: of all days of the period, these. */
static void keep_positions(struct recurrence_walk *walk)
{
	int kept = 0;

	for (int i = 0; i < walk->count; i++)
		if (recurrence_numbers_have(&walk->rule.positions, i + 1, walk->count))
			walk->days[kept++] = walk->days[i];
	walk->count = kept;
}

static void fill(struct recurrence_walk *walk, const struct period *period)
{
	walk->next = walk->count = 0;
	for (int64_t day = period->first; day <= period->last; day++)
		if (fits(walk, day))
			walk->days[walk->count++] = day;
	if (walk->rule.positions.is_given)
		keep_positions(walk);
}

/* --- the walk --- */

static bool names_days(const struct recurrence_rule *rule)
{
	return rule->month_days.is_given || rule->has_weekdays || rule->year_days.is_given;
}

static void fill_in_weekday(struct recurrence_rule *rule, int64_t anchor)
{
	rule->has_weekdays = true;
	rule->weekdays = 1U << calendar_weekday(anchor);
}

static void fill_in(struct recurrence_rule *rule, int64_t anchor)
{
	struct calendar_date date = calendar_date(anchor);

	if (names_days(rule) || rule->frequency == RECURRENCE_DAILY)
		return;
	if (rule->frequency == RECURRENCE_WEEKLY || rule->weeks.is_given) {
		fill_in_weekday(rule, anchor);
		return;
	}
	recurrence_numbers_add(&rule->month_days, date.day);
	if (rule->frequency == RECURRENCE_YEARLY && !rule->months)
		rule->months = 1U << date.month;
}

static void walk_begin(struct recurrence_walk *walk, int64_t anchor)
{
	walk->anchor = anchor;
	walk->period = 0;
	walk->year.number = 0; /* no year of the calendar */
	walk->count = walk->next = 0;
}

void recurrence_walk_init(struct recurrence_walk *walk, const struct recurrence_rule *rule, int64_t anchor)
{
	walk->rule = *rule;
	fill_in(&walk->rule, anchor);
	walk_begin(walk, anchor);
}

/* The days of the next period; false: the horizon, or the end of the calendar. */
static bool walk_period(struct recurrence_walk *walk)
{
	struct period period = period_at(walk);

	if (period.first > walk->anchor + RECURRENCE_HORIZON_DAYS ||
		period.last > calendar_day_of(CALENDAR_TIME_MAXIMUM))
		return false;
	fill(walk, &period);
	walk->period += walk->rule.interval;
	return true;
}

bool recurrence_walk_next(struct recurrence_walk *walk, int64_t *ret_day)
{
	for (;;) {
		while (walk->next < walk->count) {
			int64_t day = walk->days[walk->next++];

			if (day > walk->anchor) {
				*ret_day = day;
				return true;
			}
		}
		if (!walk_period(walk))
			return false;
	}
}

bool recurrence_rule_has_days(const struct recurrence_rule *rule)
{
	struct recurrence_walk walk = { .rule = *rule };
	int64_t day;

	walk.rule.interval = 1;
	walk_begin(&walk, calendar_day(2000, 1, 1));
	return recurrence_walk_next(&walk, &day);
}
