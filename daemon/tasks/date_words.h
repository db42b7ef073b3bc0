/* Words for days and moments: tomorrow, fri, 31st, eow, easter. */
#pragma once

#include "tasks/calendar.h"
#include "tasks/scan.h"

enum date_word_kind {
	DATE_WORD_NOW,   /* this second */
	DATE_WORD_DAY,   /* a day as a whole */
	DATE_WORD_START, /* the first moment of a day */
	DATE_WORD_END,   /* the last second of a day */
};

struct date_word {
	enum date_word_kind kind;
	int64_t day; /* since 1970-01-01; today for DATE_WORD_NOW */
};

/* The letters at the place as a word; false: they are none, and the scan stays. Months and weekdays from 3 letters on.
 */
bool date_word_scan(struct scan *scan, int64_t today, enum weekday week_start, struct date_word *ret_word);

/* The next day behind today with this number, skipping months that do not have it. */
int64_t date_word_day_of_month(int number, int64_t today);

/* All words, NULL behind the last: for "did you mean", and for the manual to be held against. */
const char *date_word_name(size_t index);
/* The word that was probably meant, or NULL. */
const char *date_word_nearest(const char *word);
