/* Times of day, as clocks show them. */
#pragma once

#include "tasks/scan.h"

struct clock_time {
	int64_t seconds;     /* since midnight; of a leap second, the second before it */
	bool is_leap_second; /* :60 was written */
	bool is_midnight;    /* the word, which is the beginning of a day or its end */
};

/* Whether one stands here: `8:30`, `20:15:00`, `8am`, `8:30 pm`, `noon`, `midnight`. */
bool clock_time_is_here(const struct scan *scan);

/* Read it. A fraction of a second is cut off. ERROR_INVALID_PARAMS. */
enum error clock_time_scan(struct scan *scan, struct clock_time *ret_clock);

/* What stands behind the T of ISO 8601: `17`, `17:30`, `1730`, `17:30:15.5`, `173015`. */
enum error clock_time_scan_iso(struct scan *scan, struct clock_time *ret_clock);

/* `Z`, `+01:00`, `+0100`, `+01`: whether one stands here, and not a sum such as `+2h`. */
bool clock_time_is_offset_here(const struct scan *scan);
enum error clock_time_scan_offset(struct scan *scan, int64_t *ret_seconds);
