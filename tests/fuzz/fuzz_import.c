/*
 * Any bytes as a part of an import, in each of the daemon's formats: what is taken waits as what it is, and written as
 * lines it is taken again as the same.
 */
#include "auth/secret.h"
#include "methods/import_pack.h"
#include "methods/import_stage.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static size_t count_lines(const char *text, size_t length)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += text[i] == '\n' || i + 1 == length;
	return count;
}

/* What waits, as lines of the own format. */
static void write_lines(const struct buffer *packed, struct buffer *lines)
{
	const char *end = packed->data + packed->length;
	struct arena arena;

	arena_init(&arena);
	for (const char *at = packed->data; at < end; at++) {
		const char *last = memchr(at, IMPORT_PACK_END, (size_t)(end - at));
		struct import_item item;
		struct json_writer writer;

		require(last);
		if (last > at) {
			require(import_pack_read(at, (size_t)(last - at), &arena, &item));
			json_writer_init(&writer, lines);
			task_line_write(&writer, &item.task, &item.relatives, NULL);
		}
		buffer_append_char(lines, '\n');
		at = last;
	}
	arena_deinit(&arena);
}

static void run(const char *name, struct zone_set *zones, const char *text, size_t length)
{
	struct import_reader reader = { .zones = zones, .zone = &zone_utc, .now = INT64_C(1795442400) };
	struct import_stage first, second;
	struct buffer lines;

	import_stage_init(&first);
	import_stage_init(&second);
	buffer_init(&lines);
	import_stage_read(&first, import_format_find(name), &reader, text, length, 1);
	if (first.text.length)
		write_lines(&first.text, &lines);
	require(count_lines(lines.data, lines.length) == count_lines(text, length));
	import_stage_read(&second, import_format_find("jsonl"), &reader, lines.data, lines.length, 1);
	require(second.taken == first.taken && !second.refused.count);
	require(second.text.length == first.text.length);
	require(!first.text.length || !memcmp(first.text.data, second.text.data, first.text.length));
	buffer_deinit(&lines);
	import_stage_deinit(&first);
	import_stage_deinit(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone_set *zones;

	if (!zones) {
		require(secret_init());
		zones = zone_set_new("/usr/share/zoneinfo", "UTC", "/etc/localtime");
	}
	run("jsonl", zones, (const char *)data, size);
	run("taskwarrior", zones, (const char *)data, size);
	run("ical", zones, (const char *)data, size);
	return 0;
}
