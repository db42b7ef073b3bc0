/* The rule of a zone for all years: the TZ string of POSIX (IEEE 1003.1 §8.3), which also ends a zoneinfo file. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum zone_rule_day { ZONE_RULE_MONTH_WEEK, ZONE_RULE_JULIAN, ZONE_RULE_ORDINAL };

/* When the clock changes in each year. */
struct zone_rule_change {
	enum zone_rule_day kind;
	int month, week, weekday; /* M: weekday 0 is Sunday, week 5 the last */
	int day;                  /* J: 1 to 365, 29 February not counted; ordinal: 0 to 365 */
	int64_t seconds;          /* of the local clock before the change; may leave the day (RFC 9636 §3.3.1) */
};

struct zone_rule {
	int64_t standard_offset; /* seconds east of UTC */
	int64_t summer_offset;
	bool has_summer;
	struct zone_rule_change begins, ends; /* of summer time */
};

/* False: it is no such string. Exact: nothing may stand behind it. */
bool zone_rule_parse(const char *text, size_t length, struct zone_rule *ret_rule);

/* Seconds east of UTC at this moment. */
int64_t zone_rule_offset(const struct zone_rule *rule, int64_t seconds);
