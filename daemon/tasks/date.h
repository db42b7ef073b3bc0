/* What a client may write as a time (taskctl-dates(7) lists every form). */
#pragma once

#include "common/error.h"
#include "tasks/calendar.h"
#include "tasks/zone.h"

#include <stddef.h>
#include <stdint.h>

#define DATE_TEXT_LIMIT 64u /* bytes */

/* Which end of a day is meant when only a day is given: its start for wait and scheduled, its end for due and until. */
enum date_edge { DATE_DAY_START, DATE_DAY_END };

/* The task's own times, for sums such as `due-2d`. */
enum date_attribute { DATE_ATTRIBUTE_UNKNOWN, DATE_ATTRIBUTE_EMPTY, DATE_ATTRIBUTE_TIME };
struct date_attributes {
	void *context;
	/* The time that `name` (`length` bytes, no NUL) has; *ret_seconds is set for DATE_ATTRIBUTE_TIME. */
	enum date_attribute (*find)(void *context, const char *name, size_t length, int64_t *ret_seconds);
};

/* What a date is read against. */
struct date_context {
	int64_t now;             /* seconds since the epoch */
	const struct zone *zone; /* whose clocks and calendar are meant */
	enum date_edge edge;
	enum weekday week_start;                  /* what sow and eow go by; 0 is MONDAY (ISO 8601) */
	const struct date_attributes *attributes; /* NULL: no task, so no attributes */
};

/* A moment, or all of a day: from its first to its last second, both within. */
struct date_span {
	int64_t first, last; /* the same for a moment */
};

/*
 * Read a date. A time of day that the clock of the zone leaves out or shows twice on the day that is written is
 * refused, as is whatever else cannot be read in one way only; sums that arrive at such a time go by zone_moments (the
 * later one, the first). ERROR_INVALID_PARAMS with `field` and a caret under the place; the years 1 to 9999.
 */
enum error date_parse_span(const char *text, size_t length, const struct date_context *context, const char *field,
	struct date_span *ret_span, struct refusal *refusal);

/* The same as one moment: of a day, the edge that the context names. */
enum error date_parse(const char *text, size_t length, const struct date_context *context, const char *field,
	int64_t *ret_seconds, struct refusal *refusal);
