/* What a client may write as a time. */
#pragma once

#include "common/error.h"

#include <stddef.h>
#include <stdint.h>

/* Which end of a day is meant when only a day is given. */
enum date_edge { DATE_DAY_START, DATE_DAY_END };

/* What a date expression is read against. */
struct date_context {
	int64_t now;          /* seconds since the epoch */
	const char *timezone; /* IANA name; NULL: the daemon's */
	enum date_edge edge;
};

/*
 * RFC 3339 date-time (`2026-11-23T14:00:00Z`, an offset, a fraction that is cut to the second; a leap second counts as
 * the second before). Anything else is refused with the place of the mistake.
 * ERROR_INVALID_PARAMS with `field`; years 1 to 9999.
 */
enum error date_parse(const char *text, size_t length, const struct date_context *context, const char *field,
	int64_t *ret_seconds, struct refusal *refusal);
