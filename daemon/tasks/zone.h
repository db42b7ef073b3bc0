/*
 * A time zone: what the clocks there show. Made once from the bytes of a zoneinfo file, then never changed, so that
 * every thread may read it. (libical 3.0 knows zones as well. It was measured against the C library from 1890 to 2220
 * and is wrong for Europe/Dublin, Asia/Gaza and Australia/Lord_Howe, and its first look-up holds a lock for up to
 * 66 ms.)
 */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZONE_NAME_LIMIT 64u /* bytes */

struct zone;

extern const struct zone zone_utc;

/*
 * From a zoneinfo file (RFC 9636, versions 1 to 4). NULL: the bytes are none, or count leap seconds, which our times do
 * not. The caller frees it.
 */
struct zone *zone_from_file(const char *name, const void *bytes, size_t length);
void zone_free(struct zone *zone);

/* From a TZ string of POSIX, in the arena. NULL: it is none. */
const struct zone *zone_from_rule(const char *text, struct arena *arena);

const char *zone_name(const struct zone *zone);

/* Seconds east of UTC at a moment (seconds since the epoch). */
int64_t zone_offset(const struct zone *zone, int64_t seconds);

/* How often a local time comes: a clock that is set back shows an hour twice, one that is put forward leaves one out.
 */
enum zone_count { ZONE_ONCE, ZONE_TWICE, ZONE_NEVER };

/*
 * The moment at which the clock shows `local` (seconds since 1970-01-01T00:00:00 on that clock). Both moments where
 * there are two, the earlier first. Where there is none, both are the one that the clock shows as much later as was
 * left out (02:30 becomes 03:30). That is also what RFC 5545 §3.3.5 asks for.
 */
enum zone_count zone_moments(const struct zone *zone, int64_t local, int64_t *ret_first, int64_t *ret_second);

/* The first moment of a day (days since 1970-01-01); midnight, or what comes instead where it is left out. */
int64_t zone_day_start(const struct zone *zone, int64_t day);
/* The last second of it. Before its start when the whole day was left out (Pacific/Apia, 2011-12-30). */
int64_t zone_day_end(const struct zone *zone, int64_t day);
