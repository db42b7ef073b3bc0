/*
 * The days that a rule of RFC 5545 names, one after the other.
 *
 * libical's iterator (3.0.16) was measured first. One call of it looks for the next day until the year 2582 and cannot
 * be stopped: for FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30 that takes 430 ms, here 2. Ten years of a daily rule take 11 ms,
 * here 0.05. It passes over negative days of the month in daily rules and BYSETPOS in weekly ones, and takes a
 * Wednesday for the Monday of BYWEEKNO or 2MO in some; and it brings ICU's 30 MB. Tests hold our days against a slow
 * computation, and against libical's where that reads a rule right.
 */
#pragma once

#include "tasks/recurrence_rule.h"

/*
 * Rules are looked at for 400 years behind the anchor, which is when the calendar begins again: no more than 146 463
 * days are looked at, whatever the rule.
 */
#define RECURRENCE_HORIZON_DAYS INT64_C(146097)
#define RECURRENCE_PERIOD_DAYS  366 /* in the longest period, a year */

/* What is looked up once for all days of a year. */
struct recurrence_year {
	int number, days;
	int64_t first;    /* 1 January */
	int64_t weeks[4]; /* where the first weeks of the year before, this one and the next two begin */
};

struct recurrence_walk {
	struct recurrence_rule rule; /* with what it leaves to the anchor filled in */
	int64_t anchor;              /* a day; the walk is behind it */
	int64_t period;              /* periods from the anchor's on, in steps of the interval */
	struct recurrence_year year;
	int count, next;                      /* of `days` */
	int64_t days[RECURRENCE_PERIOD_DAYS]; /* of the rule in the period before */
};

/*
 * Begin behind the anchor. As RFC 5545 says, the anchor's weekday, day or month stands in for parts that a rule does
 * not have. The anchor is no day of the walk, whether it fits the rule or not.
 */
void recurrence_walk_init(struct recurrence_walk *walk, const struct recurrence_rule *rule, int64_t anchor);

/* The next day, later than the one before. False: there is none within the horizon and before the year 10 000. COUNT
 * and UNTIL are not looked at. */
bool recurrence_walk_next(struct recurrence_walk *walk, int64_t *ret_day);

/* Whether any day fits the rule, for some anchor that has all that the rule leaves open. */
bool recurrence_rule_has_days(const struct recurrence_rule *rule);
