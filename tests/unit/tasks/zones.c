/* Zones from this machine's zoneinfo. */
#include "zones.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct zone *zones[16];

const struct zone *zones_find(const char *name)
{
	char path[128];
	char bytes[16384];
	AUTO_FCLOSE FILE *file = NULL;
	size_t i = 0;

	if (strcmp(name, "UTC") == 0)
		return &zone_utc;
	for (; i < COUNT_OF(zones) && zones[i]; i++)
		if (strcmp(zone_name(zones[i]), name) == 0)
			return zones[i];
	assert_true(i < COUNT_OF(zones));
	(void)snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
	file = fopen(path, "re");
	if (!file)
		fail_msg("%s is not there", path);
	zones[i] = zone_from_file(name, bytes, fread(bytes, 1, sizeof(bytes), file));
	assert_non_null(zones[i]);
	return zones[i];
}

void zones_free(void)
{
	for (size_t i = 0; i < COUNT_OF(zones); i++) {
		zone_free(zones[i]);
		zones[i] = NULL;
	}
}

void zones_format(const struct zone *zone, int64_t seconds, char ret_text[ZONES_TEXT_SIZE])
{
	int64_t offset = zone_offset(zone, seconds);
	int64_t minutes = (offset < 0 ? -offset : offset) / 60;
	char local[TEXT_TIME_SIZE];

	text_format_time(seconds + offset, local);
	local[TEXT_TIME_SIZE - 2] = '\0';
	(void)snprintf(ret_text, ZONES_TEXT_SIZE, "%s%c%02d:%02d", local, offset < 0 ? '-' : '+', (int)(minutes / 60),
		(int)(minutes % 60));
}
