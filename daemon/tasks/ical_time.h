/* Times as iCalendar writes them (RFC 5545 §3.3.4, §3.3.5): 20261125, 20261125T140000 and 20261125T140000Z. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum ical_time_kind { ICAL_DATE, ICAL_CLOCK, ICAL_UTC };

struct ical_time {
	enum ical_time_kind kind;
	int64_t seconds; /* since 1970-01-01T00:00:00: of UTC, or as a clock somewhere shows it; of a date its midnight
			  */
};

/* False: it is none. A leap second is the one before it. */
bool ical_time_parse(const char *text, struct ical_time *ret_time);

#define ICAL_TIME_SIZE 24u /* with its NUL */
void ical_time_format(const struct ical_time *time, char ret_text[ICAL_TIME_SIZE]);

/* +0100, -033045 (§3.3.14): seconds east of UTC. */
bool ical_offset_parse(const char *text, int64_t *ret_offset);
#define ICAL_OFFSET_SIZE 16u
void ical_offset_format(int64_t offset, char ret_text[ICAL_OFFSET_SIZE]);
