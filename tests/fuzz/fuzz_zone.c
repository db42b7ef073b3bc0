/* Any bytes as a zoneinfo file and as a TZ string: a zone whose clocks can be asked, or none. */
#include "common/cleanup.h"
#include "tasks/zone.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* assert() is not there in every build that fuzzes. */
static void require(bool holds)
{
	if (!holds)
		abort();
}

static void ask(const struct zone *zone)
{
	for (int64_t seconds = INT64_C(-70000000000); seconds < INT64_C(260000000000); seconds += 9876543210) {
		int64_t first, second;

		require(zone_offset(zone, seconds) > -200000 && zone_offset(zone, seconds) < 200000);
		(void)zone_moments(zone, seconds, &first, &second);
		require(first <= second);
		(void)zone_day_end(zone, seconds / 86400);
	}
}

static void ask_rule(const uint8_t *data, size_t size)
{
	const struct zone *zone;
	struct arena arena;

	arena_init(&arena);
	zone = zone_from_rule(arena_strndup(&arena, (const char *)data, size), &arena);
	if (zone)
		ask(zone);
	arena_deinit(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct zone *zone = zone_from_file("fuzz", data, size);

	if (zone)
		ask(zone);
	zone_free(zone);
	ask_rule(data, size);
	return 0;
}
