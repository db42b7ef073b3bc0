/* A time zone. */
#include "tasks/zone.h"

#include "common/memory.h"
#include "tasks/calendar.h"
#include "tasks/zone_rule.h"

#include <stdio.h>
#include <string.h>

#define HEADER_SIZE      44u
#define CHANGES_LIMIT    8192u /* of one zone; the largest file of 2025 has some 2000 */
#define TYPE_SIZE        6u
#define OFFSET_LIMIT     (INT64_C(26) * 3600) /* RFC 9636 §3.2: tt_utoff */
#define LONGEST_OFFSET_S CALENDAR_DAY_SECONDS /* no clock is further from UTC */

struct zone_change {
	int64_t at;     /* seconds since the epoch */
	int64_t offset; /* from then on */
};

struct zone {
	char name[ZONE_NAME_LIMIT + 1];
	int64_t first_offset; /* before the first change */
	size_t count;
	struct zone_change *changes;
	bool has_rule; /* for what comes behind the last change */
	struct zone_rule rule;
};

const struct zone zone_utc = { .name = "UTC" };

/* --- a zoneinfo file --- */

struct block {
	const unsigned char *bytes;
	size_t length;
	unsigned version;
	size_t time_size;                                   /* bytes of a time: 4, in the second block 8 */
	uint32_t ut, standard, leap, times, types, letters; /* how many there are of each */
};

static uint32_t read_32(const unsigned char *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t read_time(const struct block *block, const unsigned char *bytes)
{
	if (block->time_size == 4)
		return (int32_t)read_32(bytes);
	return (int64_t)((uint64_t)read_32(bytes) << 32 | read_32(bytes + 4));
}

static size_t block_size(const struct block *block)
{
	return HEADER_SIZE + block->times * (block->time_size + 1) + block->types * (size_t)TYPE_SIZE + block->letters +
	       block->leap * (block->time_size + 4) + block->standard + block->ut;
}

static bool read_header(const unsigned char *bytes, size_t length, size_t time_size, struct block *ret_block)
{
	struct block block = { .bytes = bytes, .length = length, .time_size = time_size };

	if (length < HEADER_SIZE || memcmp(bytes, "TZif", 4) != 0)
		return false;
	block.version = bytes[4];
	block.ut = read_32(bytes + 20);
	block.standard = read_32(bytes + 24);
	block.leap = read_32(bytes + 28);
	block.times = read_32(bytes + 32);
	block.types = read_32(bytes + 36);
	block.letters = read_32(bytes + 40);
	if (block.times > CHANGES_LIMIT || block.types == 0 || block.types > 256 || block_size(&block) > length)
		return false;
	*ret_block = block;
	return true;
}

/* The block with the longer times, where there is one. */
static bool find_block(const unsigned char *bytes, size_t length, struct block *ret_block)
{
	struct block first;
	size_t size;

	if (!read_header(bytes, length, 4, &first))
		return false;
	size = block_size(&first);
	if (first.version >= '2')
		return read_header(bytes + size, length - size, 8, ret_block);
	*ret_block = first;
	return true;
}

static bool read_type(const struct block *block, unsigned type, int64_t *ret_offset)
{
	const unsigned char *types = block->bytes + HEADER_SIZE + block->times * (block->time_size + 1);

	if (type >= block->types)
		return false;
	*ret_offset = (int32_t)read_32(types + type * (size_t)TYPE_SIZE);
	return *ret_offset >= -OFFSET_LIMIT && *ret_offset <= OFFSET_LIMIT;
}

static bool read_changes(const struct block *block, struct zone *zone)
{
	const unsigned char *times = block->bytes + HEADER_SIZE;
	const unsigned char *types = times + block->times * block->time_size;

	zone->changes = memory_array(block->times, sizeof(*zone->changes));
	zone->count = block->times;
	for (size_t i = 0; i < block->times; i++) {
		zone->changes[i].at = read_time(block, times + i * block->time_size);
		if (!read_type(block, types[i], &zone->changes[i].offset))
			return false;
		if (i > 0 && zone->changes[i].at <= zone->changes[i - 1].at)
			return false;
	}
	return read_type(block, 0, &zone->first_offset);
}

/* The TZ string between two line feeds; an empty one says nothing about later times. */
static bool read_footer(const struct block *block, struct zone *zone)
{
	const char *text = (const char *)block->bytes + block_size(block);
	size_t length = block->length - block_size(block);
	const char *end = length > 1 ? memchr(text + 1, '\n', length - 1) : NULL;

	if (block->time_size == 4)
		return true;
	if (!end || text[0] != '\n')
		return false;
	zone->has_rule = end > text + 1;
	return !zone->has_rule || zone_rule_parse(text + 1, (size_t)(end - text - 1), &zone->rule);
}

static void set_name(struct zone *zone, const char *name)
{
	(void)snprintf(zone->name, sizeof(zone->name), "%s", name);
}

struct zone *zone_from_file(const char *name, const void *bytes, size_t length)
{
	struct block block;
	struct zone *zone;

	if (!find_block(bytes, length, &block) || block.leap)
		return NULL;
	zone = memory_array(1, sizeof(*zone));
	set_name(zone, name);
	if (read_changes(&block, zone) && read_footer(&block, zone))
		return zone;
	zone_free(zone);
	return NULL;
}

const struct zone *zone_from_rule(const char *text, struct arena *arena)
{
	struct zone_rule rule;
	struct zone *zone;

	if (!zone_rule_parse(text, strlen(text), &rule))
		return NULL;
	zone = arena_alloc(arena, sizeof(*zone));
	set_name(zone, text);
	zone->has_rule = true;
	zone->rule = rule;
	return zone;
}

void zone_free(struct zone *zone)
{
	if (zone)
		free(zone->changes);
	free(zone);
}

/* --- clocks --- */

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

/* How many changes lie at or before a moment. */
static size_t changes_until(const struct zone *zone, int64_t seconds)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->changes[middle].at <= seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int64_t zone_offset(const struct zone *zone, int64_t seconds)
{
	size_t passed = changes_until(zone, seconds);

	if (passed == zone->count && zone->has_rule)
		return zone_rule_offset(&zone->rule, seconds);
	return passed ? zone->changes[passed - 1].offset : zone->first_offset;
}

/* A day before and a day behind, every clock of the zone has passed a change in between. */
enum zone_count zone_moments(const struct zone *zone, int64_t local, int64_t *ret_first, int64_t *ret_second)
{
	int64_t by_before = local - zone_offset(zone, local - LONGEST_OFFSET_S);
	int64_t by_after = local - zone_offset(zone, local + LONGEST_OFFSET_S);
	bool is_before = by_before + zone_offset(zone, by_before) == local;
	bool is_after = by_after + zone_offset(zone, by_after) == local;

	*ret_first = is_before || !is_after ? by_before : by_after;
	*ret_second = is_after ? by_after : by_before;
	if (!is_before && !is_after)
		return ZONE_NEVER;
	return *ret_first == *ret_second ? ZONE_ONCE : ZONE_TWICE;
}

/* The change that leaves midnight out is the first moment at which the clock shows midnight or more. */
static int64_t find_first_from(const struct zone *zone, int64_t local, int64_t low, int64_t high)
{
	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (middle + zone_offset(zone, middle) >= local)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

int64_t zone_day_start(const struct zone *zone, int64_t day)
{
	int64_t local = day * CALENDAR_DAY_SECONDS;
	int64_t first, second;

	if (zone_moments(zone, local, &first, &second) != ZONE_NEVER)
		return first;
	return find_first_from(zone, local, first - CALENDAR_DAY_SECONDS, first);
}

int64_t zone_day_end(const struct zone *zone, int64_t day)
{
	return zone_day_start(zone, day + 1) - 1;
}
