/* Lengths of time: Taskwarrior's units, and ISO 8601. */
#pragma once

#include "common/error.h"
#include "tasks/scan.h"

#include <stddef.h>
#include <stdint.h>

#define DURATION_TEXT_LIMIT 64u /* bytes that are read */
#define DURATION_TEXT_SIZE  80u /* of what is written, with its NUL */

/*
 * Months and days go by the calendar, so they are no number of seconds. A part is never negative. Years, quarters and
 * the like are months, weeks are days. Of a fraction, what is less than a month counts as that part of 30 days, what is
 * less than a day as that part of 24 hours; what is less than a second is rounded.
 */
struct duration {
	int64_t months, days, seconds;
};

/*
 * `3d`, `1.5h`, `2 weeks`, `1h 30min` (from large to small), `a week`, `weekly`, `P1Y2M3DT4H5M6S`. ERROR_INVALID_PARAMS
 * with `field` and a caret; so are more than 10 000 years.
 */
enum error duration_parse(
	const char *text, size_t length, const char *field, struct duration *ret_duration, struct refusal *refusal);

/* One that stands within a longer text, up to whatever is no part of it. */
enum error duration_scan(struct scan *scan, struct duration *ret_duration);

/* Whether the scan stands at `P1D` or the like. */
bool duration_is_iso_here(const struct scan *scan);

/* ISO 8601, as in P14M3DT90S; P0D for none. It reads back as the same duration. */
void duration_format(const struct duration *duration, char ret_text[DURATION_TEXT_SIZE]);

/* All words for units, NULL behind the last: for completions, and for the manual to be held against. */
const char *duration_unit_name(size_t index);
