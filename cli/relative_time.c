/* Units in a table, the largest first. */
#include "relative_time.h"

#include "common/cleanup.h"

#include <inttypes.h>
#include <time.h>

#define MINUTE INT64_C(60)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static const struct {
	const char *name;
	int64_t seconds;
} units[] = {
	{ "y", 365 * DAY },
	{ "mo", 30 * DAY },
	{ "w", 7 * DAY },
	{ "d", DAY },
	{ "h", HOUR },
	{ "min", MINUTE },
	{ "s", 1 },
};

bool relative_time_parse(const char *text, int64_t *ret_seconds)
{
	struct tm utc = { .tm_isdst = 0 };
	const char *end = text ? strptime(text, "%Y-%m-%dT%H:%M:%SZ", &utc) : NULL;

	if (!end || *end)
		return false;
	*ret_seconds = timegm(&utc);
	return true;
}

void relative_time_append(struct buffer *out, int64_t seconds)
{
	int64_t size = seconds < 0 ? -seconds : seconds;
	size_t i = 0;

	while (i + 1 < COUNT_OF(units) && size < units[i].seconds)
		i++;
	/* "2w" of 13 days would be a day too much, and "1w" nearly one too few. */
	if (units[i].seconds == 7 * DAY && size < 14 * DAY)
		i++;
	buffer_printf(out, "%s%" PRId64 "%s", seconds < 0 ? "-" : "", size / units[i].seconds, units[i].name);
}

void relative_time_append_spent(struct buffer *out, int64_t seconds)
{
	int64_t minutes = seconds % HOUR / MINUTE;

	if (seconds < MINUTE)
		buffer_printf(out, "%" PRId64 "s", seconds);
	else if (seconds < HOUR)
		buffer_printf(out, "%" PRId64 "min", minutes);
	else if (minutes)
		buffer_printf(out, "%" PRId64 "h %" PRId64 "min", seconds / HOUR, minutes);
	else
		buffer_printf(out, "%" PRId64 "h", seconds / HOUR);
}
