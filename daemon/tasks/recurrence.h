/*
 * When a task comes again. A rule is one of Taskwarrior's words, a length of time in whole days, or an RFC 5545 rule;
 * its occurrences are numbered from 0, which is the anchor itself, and all counted from the anchor: the 31st is the
 * 28th of February and again the 31st of March. No I/O and no clock: times and zones are arguments.
 */
#pragma once

#include "common/error.h"
#include "tasks/recurrence_rule.h"
#include "tasks/zone.h"

#define RECURRENCE_TEXT_SIZE (RECURRENCE_RULE_TEXT_LIMIT + 1) /* of what is written, with its NUL */

enum recurrence_kind { RECURRENCE_PERIOD, RECURRENCE_WEEKDAYS, RECURRENCE_RULE };

/* A plain value. */
struct recurrence {
	enum recurrence_kind kind;
	int64_t months, days; /* of a period: from one occurrence to the next */
	struct recurrence_rule rule;
};

/*
 * `daily`, `weekdays`, `monthly` and the other words; `3d`, `2 weeks`, `P1M`, at most 1000 years; or
 * `FREQ=MONTHLY;BYDAY=-1FR`, with or without `RRULE:`. A period shorter than a day, or with a part of a day, is
 * refused. ERROR_INVALID_PARAMS with `field` and a caret.
 */
enum error recurrence_parse(
	const char *text, size_t length, const char *field, struct recurrence *ret_recurrence, struct refusal *refusal);

/* Canonical: a word where there is one, else ISO 8601 or the rule's parts. It reads back as the same. */
void recurrence_format(const struct recurrence *recurrence, char ret_text[RECURRENCE_TEXT_SIZE]);

/* All that says which occurrences there are. */
struct recurrence_series {
	const struct recurrence *recurrence;
	int64_t anchor; /* seconds since the epoch: occurrence 0 */
	const struct zone *zone;
	int64_t until; /* no occurrence is later; INT64_MAX: no such bound. An RFC 5545 rule's UNTIL counts as well */
	int64_t count; /* so many occurrences; INT64_MAX: no such bound. So does its COUNT */
};

/*
 * When occurrence `number` (from 0) is: by the anchor's clock in the zone, across daylight saving. A time that the
 * clock leaves out is as much later, of a time that it shows twice the first is meant (zone_moments; RFC 5545 would
 * pass over the former, but a task at 02:30 is wanted on that day too). A month without the day has its last (words and
 * periods) or is passed over (an RFC 5545 rule without SKIP). Occurrences only get later, but that a day which a zone
 * left out altogether (Pacific/Apia, 2011-12-30) has the time of the day behind it.
 *
 * For an RFC 5545 rule the anchor is the first instance, as DTSTART is, and COUNT counts it, also where the rule does
 * not name its day (RFC 5545 leaves that case open). Its occurrences end 400 years behind the anchor.
 *
 * False: the series ended before. Bounded work: see recurrence_days.h.
 */
bool recurrence_occurrence(const struct recurrence_series *series, int64_t number, int64_t *ret_at);

struct recurrence_instance {
	int64_t number;
	int64_t due;   /* when it occurs; from then on the next one is to be looked at */
	int64_t opens; /* when it is to be made: at the occurrence before. INT64_MIN for number 0: at once */
};

/*
 * The instance to be made next, after `newest` (-1: none yet): the first whose due is later than now, so that missed
 * ones are passed over. Where `opens` is later than now, its time has not come. False: the series has ended. The newest
 * one counts as an occurrence for `due`: two instances never have the same.
 */
bool recurrence_current(
	const struct recurrence_series *series, int64_t newest, int64_t now, struct recurrence_instance *ret_instance);

/*
 * From completion: the instance after `newest`, one period behind `from`; for an RFC 5545 rule the first day behind it,
 * as if the rule were anchored there. The clock is that of `from`. `opens` is `from`. False: the series has ended.
 */
bool recurrence_after(
	const struct recurrence_series *series, int64_t newest, int64_t from, struct recurrence_instance *ret_instance);

/* ERROR_INVALID_PARAMS with `field`: the rule names no day behind this anchor, as FREQ=DAILY;INTERVAL=7;BYDAY=MO does
 * from a Tuesday. */
enum error recurrence_check(const struct recurrence_series *series, const char *field, struct refusal *refusal);

/* The words, NULL behind the last: for completions, and for the manual to be held against. */
const char *recurrence_word_name(size_t index);
