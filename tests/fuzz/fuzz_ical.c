/* Any bytes as a calendar: what is taken is a task by our rules, and as a calendar of ours it is the same task again.
 */
#include "auth/secret.h"
#include "methods/ical.h"
#include "methods/import_pack.h"
#include "methods/import_stage.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* False: it was refused. */
static bool read_item(const struct import_reader *reader, const struct buffer *calendar, struct import_item *ret_item)
{
	struct json_writer writer;
	struct import_stage stage;
	struct buffer line;
	bool is_taken;

	buffer_init(&line);
	json_writer_init(&writer, &line);
	json_writer_begin_object(&writer);
	json_writer_key(&writer, "calendar");
	json_writer_string(&writer, calendar->data ? calendar->data : "", calendar->length);
	json_writer_end_object(&writer);
	import_stage_init(&stage);
	import_stage_read(&stage, import_format_find("ical"), reader, line.data, line.length, 1);
	require(stage.taken + stage.refused.count == 1);
	is_taken = stage.taken == 1;
	require(!is_taken || import_pack_read(stage.text.data, stage.text.length - 1, reader->arena, ret_item));
	import_stage_deinit(&stage);
	buffer_deinit(&line);
	return is_taken;
}

static void write_calendar(struct import_reader *reader, const struct import_item *item, struct buffer *out)
{
	const struct custom_field_list fields = { .count = 0 };
	struct ical_context context = { .relatives = &item->relatives,
		.parent = item->relatives.parent,
		.depends = item->relatives.depends,
		.fields = &fields,
		.arena = reader->arena,
		.zone = reader->zone };
	struct ical_writer writer;

	require(!zone_set_find(
		reader->zones, item->task.recur_zone, reader->arena, &context.series_zone, reader->refusal));
	ical_writer_init(&writer, out);
	ical_write(&writer, &item->task, &context);
}

static void write_line(const struct import_item *item, struct buffer *out)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	task_line_write(&writer, &item->task, &item->relatives, NULL);
}

static void check_again(struct import_reader *reader, struct import_item *item)
{
	struct buffer calendar, first, second;
	struct import_item again;

	buffer_init(&calendar);
	buffer_init(&first);
	buffer_init(&second);
	if (item->task.modified == TASK_NO_TIME)
		item->task.modified = reader->now; /* as is every task that the store holds */
	write_line(item, &first);
	write_calendar(reader, item, &calendar);
	if (read_item(reader, &calendar, &again))
		write_line(&again, &second);
	if (strcmp(buffer_text(&first), buffer_text(&second)) != 0) {
		(void)fprintf(stderr, "%s\nbecame\n%s\nby way of\n%s", buffer_text(&first), buffer_text(&second),
			buffer_text(&calendar));
		abort();
	}
	buffer_deinit(&calendar);
	buffer_deinit(&first);
	buffer_deinit(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct zone_set *zones;
	struct refusal refusal = { 0 };
	struct import_reader reader = { .zone = &zone_utc, .timezone = "UTC", .now = INT64_C(1795442400) };
	struct import_item item;
	struct buffer text;
	struct arena arena;

	if (!zones) {
		require(secret_init());
		zones = zone_set_new("/usr/share/zoneinfo", "UTC", "/etc/localtime");
	}
	arena_init(&arena);
	buffer_init(&text);
	buffer_append(&text, data, size);
	reader.zones = zones;
	reader.arena = &arena;
	reader.refusal = &refusal;
	if (read_item(&reader, &text, &item))
		check_again(&reader, &item);
	buffer_deinit(&text);
	arena_deinit(&arena);
	return 0;
}
