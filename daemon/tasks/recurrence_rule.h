/*
 * RFC 5545's recurrence rules (§3.3.10) as far as tasks have them: DAILY, WEEKLY, MONTHLY and YEARLY, days only, since
 * the time of day is the anchor's. A rule is a plain value; nothing in it is borrowed.
 */
#pragma once

#include "tasks/calendar.h"
#include "tasks/scan.h"

#define RECURRENCE_RULE_TEXT_LIMIT 512u /* bytes that are read; what is written is never longer */
#define RECURRENCE_INTERVAL_LIMIT  1000 /* days, weeks, months or years */
#define RECURRENCE_COUNT_LIMIT     100000

/* Numbers from 1 to 366 and from -1 to -366, which count from the end. */
struct recurrence_numbers {
	bool is_given;
	uint64_t from_start[6], from_end[6];
};

enum recurrence_frequency { RECURRENCE_DAILY, RECURRENCE_WEEKLY, RECURRENCE_MONTHLY, RECURRENCE_YEARLY };
enum recurrence_until { RECURRENCE_ENDLESS, RECURRENCE_UNTIL_DAY, RECURRENCE_UNTIL_LOCAL, RECURRENCE_UNTIL_UTC };

struct recurrence_rule {
	enum recurrence_frequency frequency;
	int interval;
	int64_t count; /* 0: no bound */
	enum recurrence_until until_kind;
	int64_t until; /* a day since 1970-01-01, a second of the local clock, or a second since the epoch; the last */
	enum weekday week_start;
	bool moves_back; /* RFC 7529's SKIP=BACKWARD: a day that a month does not have is its last, and not left out */
	unsigned months; /* bit 1 to bit 12; 0: all */
	struct recurrence_numbers month_days, year_days, weeks, positions;
	bool has_weekdays;                     /* one of the next two is given */
	unsigned weekdays;                     /* bit MONDAY to bit SUNDAY: every one */
	bool has_ordinals;                     /* one of the next is given */
	struct recurrence_numbers ordinals[7]; /* the nth one of the month or year */
};

/*
 * Read the whole text, with or without `RRULE:`. Every part is understood or refused, each stands once, numbers are in
 * range, and parts that RFC 5545 does not let stand together are refused. So is a rule that no day fits.
 * ERROR_INVALID_PARAMS with a caret.
 *
 * RSCALE may be GREGORIAN; SKIP (RFC 7529) may be OMIT or BACKWARD.
 */
enum error recurrence_rule_parse(struct scan *scan, struct recurrence_rule *ret_rule);

/* Canonical: parts in one order, numbers sorted, what says nothing left out. It reads back as the same rule. */
void recurrence_rule_format(const struct recurrence_rule *rule, char ret_text[RECURRENCE_RULE_TEXT_LIMIT + 1]);

/* --- sets of numbers --- */

void recurrence_numbers_add(struct recurrence_numbers *numbers, int number);
/* Whether the `position`th (from 1) out of `total` is one of them, counted from either end. */
bool recurrence_numbers_have(const struct recurrence_numbers *numbers, int position, int total);
/* Whether one of them, counted from the start, is above a limit. */
bool recurrence_numbers_exceed(const struct recurrence_numbers *numbers, int limit);

/* How RFC 5545 writes them: DAILY …, MO …; indexed by the enums, NULL behind the last. */
extern const char *const recurrence_frequency_names[];
extern const char *const recurrence_weekday_names[];
