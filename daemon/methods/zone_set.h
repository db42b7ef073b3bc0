/* The time zones of this machine, each read once from zoneinfo and then kept. Thread-safe. */
#pragma once

#include "common/arena.h"
#include "common/error.h"
#include "tasks/zone.h"

struct zone_set;

/*
 * `folder` is zoneinfo's. The machine's own zone is found now: by `tz` (the environment's TZ, NULL: not set), else by
 * `localtime` (a link into zoneinfo, or a copy of a file from there), else it is UTC. TZ itself is never used again,
 * nor the C library's idea of a local time.
 */
struct zone_set *zone_set_new(const char *folder, const char *tz, const char *localtime);
void zone_set_free(struct zone_set *set);

/*
 * A zone by its IANA name, or by a TZ string of POSIX, which lives in the arena; all others as long as the set. NULL is
 * the machine's own. ERROR_INVALID_PARAMS, field "timezone", with the nearest name.
 */
enum error zone_set_find(struct zone_set *set, const char *name, struct arena *arena, const struct zone **ret_zone,
	struct refusal *refusal);
