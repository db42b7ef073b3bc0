/*
 * Time zones that a calendar brings along (RFC 5545 §3.6.5), for names that zoneinfo does not know; and ours for
 * calendars that others will read.
 */
#pragma once

#include "common/arena.h"
#include "common/ical_line.h"
#include "common/ical_writer.h"
#include "tasks/recurrence_rule.h"
#include "tasks/zone.h"

#define ICAL_OBSERVANCES_LIMIT 64u   /* of one zone */
#define ICAL_ONSETS_LIMIT      1024u /* that are listed for one observance */

/* From its onsets on a clock shows another time. */
struct ical_observance {
	bool has_start, has_from, has_to;
	int64_t start;    /* the first onset, as the clock before it shows it */
	int64_t from, to; /* seconds east of UTC, before and behind each onset */
	bool has_rule;
	struct recurrence_rule rule; /* of the other onsets */
	size_t onset_count;
	int64_t *onsets; /* listed ones */
};

struct ical_zone {
	const char *id;       /* NULL: it has none, and means nothing */
	const char *location; /* the name in zoneinfo that it says it is; NULL: it says none */
	size_t count;
	struct ical_observance observances[ICAL_OBSERVANCES_LIMIT];
};

/*
 * A line that stands between BEGIN:VTIMEZONE and END:VTIMEZONE. What goes into the zone lives in the arena.
 * ERROR_INVALID_PARAMS: it cannot be read, or there are too many.
 */
enum error ical_zone_add(
	struct ical_zone *zone, const struct ical_line *line, struct arena *arena, struct refusal *refusal);

/*
 * Seconds east of UTC where a clock shows `local`. Of a time that comes twice the first is meant, one that is left out
 * goes by the offset before it (§3.3.5). False: the zone says nothing about any time.
 */
bool ical_zone_offset(const struct ical_zone *zone, int64_t local, int64_t *ret_offset);

/* A VTIMEZONE with every change of the clock from 1970 to 2099. */
void ical_zone_write(struct ical_writer *writer, const struct zone *zone);
