/* How long, and how long until, as people say it. Pure. */
#pragma once

#include "common/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Seconds since the epoch of an RFC 3339 time in UTC with seconds; false: the text is none. NULL is none. */
bool relative_time_parse(const char *text, int64_t *ret_seconds);

/* Append seconds in their largest unit, cut off: 3d, -2h, 5mo, 0s. A month is 30 days, a year 365. */
void relative_time_append(struct buffer *out, int64_t seconds);

/* Append a time that was worked, which nobody counts in days: 45s, 20min, 1h 20min, 26h. */
void relative_time_append_spent(struct buffer *out, int64_t seconds);
