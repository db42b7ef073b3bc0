/*
 * iCalendar: where its tasks stand. Each VTODO becomes a line {"calendar":TEXT} at the line on which it begins, without
 * folds and with the time zones that it names; the daemon reads what is in it. Other components are no tasks.
 */
#include "formats/formats.h"

#include "common/ical_line.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define LONGEST_LINE  ((size_t)300 * 1024) /* bytes of one that the daemon could make something of */
#define KINDS_LIMIT   16u
#define KIND_SIZE     24u
#define MESSAGE_SIZE  128
#define FIELDS_PREFIX "X-TASKCTL-FIELDS:"

/* A sort of component or line that was left out. */
struct left_out {
	char kind[KIND_SIZE];
	int64_t first, count;
};

struct reading {
	struct format_input *input;
	json_t *zones; /* of this calendar: their texts by TZID */
	struct buffer component;
	const char *mistake; /* in this VTODO */
	int64_t start;       /* the line on which the component begins */
	size_t kind_count;
	struct left_out kinds[KINDS_LIMIT];
};

/* --- lines --- */

static bool begins_with(const struct buffer *line, const char *beginning)
{
	size_t length = strlen(beginning);

	return line->length >= length && !strncasecmp(line->data, beginning, length);
}

static bool is_line(const struct buffer *line, const char *text)
{
	return line->length == strlen(text) && begins_with(line, text);
}

static void leave_out(struct reading *reading, const char *kind, size_t length, int64_t number)
{
	struct left_out *found = reading->kinds;
	size_t known = 0;

	length = length < KIND_SIZE ? length : KIND_SIZE - 1;
	while (known < reading->kind_count &&
		(strlen(found[known].kind) != length || strncasecmp(found[known].kind, kind, length) != 0))
		known++;
	if (known == KINDS_LIMIT)
		return;
	if (known == reading->kind_count)
		(void)snprintf(found[reading->kind_count++].kind, KIND_SIZE, "%.*s", (int)length, kind);
	if (!found[known].count++)
		found[known].first = number;
}

static void say_left_out(const struct reading *reading)
{
	for (size_t i = 0; i < reading->kind_count; i++) {
		const struct left_out *kind = &reading->kinds[i];
		char message[MESSAGE_SIZE];

		if (kind->count == 1)
			(void)snprintf(message, sizeof(message), "one %s was left out", kind->kind);
		else
			(void)snprintf(message, sizeof(message), "%lld %s were left out, of which this is the first",
				(long long)kind->count, kind->kind);
		format_input_note(reading->input, kind->first, message);
	}
}

/* --- components --- */

/* Up to the END that belongs to BEGIN:NAME, whatever lies within. False: the text ends before it. */
static bool skip(struct ical_source *source, struct buffer *line)
{
	size_t depth = 1;
	int64_t number;

	while (depth && ical_source_next(source, line, &number))
		if (begins_with(line, "BEGIN:"))
			depth++;
		else if (begins_with(line, "END:"))
			depth--;
	return !depth;
}

static void keep_line(struct reading *reading, const struct buffer *line)
{
	buffer_append(&reading->component, line->data, line->length);
	buffer_append_char(&reading->component, '\n');
}

static void take_property(struct reading *reading, const struct buffer *line, int64_t number)
{
	size_t name = 0;

	while (name < line->length && !strchr(";:", line->data[name]))
		name++;
	if (line->length > LONGEST_LINE)
		leave_out(reading, line->data, name, number);
	else if (!text_is_utf8(line->data, line->length))
		reading->mistake = "it is not UTF-8";
	else
		keep_line(reading, line);
}

/* What lies within a VTODO is left out. False: the text ends before its END. */
static bool collect_todo(struct reading *reading, struct ical_source *source, struct buffer *line)
{
	int64_t number;

	while (ical_source_next(source, line, &number)) {
		if (is_line(line, "END:VTODO")) {
			keep_line(reading, line);
			return true;
		}
		if (begins_with(line, "END:"))
			return false;
		if (!begins_with(line, "BEGIN:")) {
			take_property(reading, line, number);
			continue;
		}
		leave_out(reading, line->data + 6, line->length - 6, number);
		if (!skip(source, line))
			return false;
	}
	return false;
}

/* Some name a zone before they describe it; so zones are looked for in all of the text first. */
static void collect_zone(struct reading *reading, struct ical_source *source, struct buffer *line)
{
	const char *id = NULL;
	char name[256];
	int64_t number;

	buffer_truncate(&reading->component, 0);
	buffer_append_text(&reading->component, "BEGIN:VTIMEZONE\n");
	while (ical_source_next(source, line, &number)) {
		keep_line(reading, line);
		if (begins_with(line, "TZID:") && line->length - 5 < sizeof(name)) {
			(void)snprintf(name, sizeof(name), "%.*s", (int)(line->length - 5), line->data + 5);
			id = name;
		}
		if (is_line(line, "END:VTIMEZONE"))
			break;
	}
	if (id && !json_object_get(reading->zones, id))
		(void)json_object_set_new(
			reading->zones, id, json_stringn(reading->component.data, reading->component.length));
}

static void collect_zones(struct reading *reading, const char *text, size_t length)
{
	struct ical_source source = { .at = text, .end = text + length, .number = 1 };
	struct buffer line;
	int64_t number;

	buffer_init(&line);
	while (ical_source_next(&source, &line, &number))
		if (is_line(&line, "BEGIN:VTIMEZONE"))
			collect_zone(reading, &source, &line);
	buffer_deinit(&line);
}

/* --- tasks --- */

static bool names_zone(const struct reading *reading, const char *id)
{
	return memmem(reading->component.data, reading->component.length, id, strlen(id)) != NULL;
}

static json_t *make_item(struct reading *reading)
{
	struct buffer calendar;
	const char *id;
	json_t *zone;
	json_t *item;

	buffer_init(&calendar);
	json_object_foreach (reading->zones, id, zone)
		if (names_zone(reading, id))
			buffer_append(&calendar, json_string_value(zone), json_string_length(zone));
	buffer_append(&calendar, reading->component.data, reading->component.length);
	item = json_pack("{s:s%}", "calendar", calendar.data, calendar.length);
	buffer_deinit(&calendar);
	return item;
}

/* Nothing stands on the lines in between. */
static void go_to(struct format_input *input, int64_t number)
{
	while (input->position < number)
		format_input_add(input, NULL);
}

static void take_todo(struct reading *reading, struct ical_source *source, struct buffer *line)
{
	bool is_whole;

	buffer_truncate(&reading->component, 0);
	reading->mistake = NULL;
	keep_line(reading, line);
	is_whole = collect_todo(reading, source, line);
	go_to(reading->input, reading->start);
	if (!is_whole || reading->mistake) {
		format_input_refuse(reading->input, is_whole ? reading->mistake : "its END:VTODO is missing");
	} else {
		json_t *item = make_item(reading);

		format_input_add(reading->input, item);
		json_decref(item);
	}
}

/* Our own export says which fields there are, as the first line of our own format does. */
static void take_fields(struct reading *reading, const struct buffer *line)
{
	size_t prefix = strlen(FIELDS_PREFIX);
	struct arena arena;
	json_t *fields;
	json_t *header;

	arena_init(&arena);
	fields = json_loads(ical_line_text(arena_strndup(&arena, line->data + prefix, line->length - prefix), &arena),
		JSON_REJECT_DUPLICATES, NULL);
	header = fields ? json_pack("{s:i, s:O}", "taskctl", 1, "fields", fields) : NULL;
	go_to(reading->input, reading->start);
	if (header)
		format_input_add(reading->input, header);
	else
		format_input_refuse(reading->input, "X-TASKCTL-FIELDS is no list as taskctl writes it");
	json_decref(header);
	json_decref(fields);
	arena_deinit(&arena);
}

static void skip_other(struct reading *reading, struct ical_source *source, struct buffer *line)
{
	if (!is_line(line, "BEGIN:VTIMEZONE"))
		leave_out(reading, line->data + 6, line->length - 6, reading->start);
	if (skip(source, line))
		return;
	go_to(reading->input, reading->start);
	format_input_refuse(reading->input, "the END of what begins here is missing");
}

static void take_line(struct reading *reading, struct ical_source *source, struct buffer *line)
{
	if (is_line(line, "BEGIN:VTODO"))
		take_todo(reading, source, line);
	else if (begins_with(line, FIELDS_PREFIX))
		take_fields(reading, line);
	else if (begins_with(line, "BEGIN:") && !is_line(line, "BEGIN:VCALENDAR"))
		skip_other(reading, source, line);
}

void icalendar_read(const char *text, size_t length, struct format_input *input)
{
	struct ical_source source = { .at = text, .end = text + length, .number = 1 };
	struct reading reading = { .input = input, .zones = json_object() };
	struct buffer line;

	buffer_init(&line);
	buffer_init(&reading.component);
	collect_zones(&reading, text, length);
	while (ical_source_next(&source, &line, &reading.start))
		take_line(&reading, &source, &line);
	say_left_out(&reading);
	buffer_deinit(&reading.component);
	buffer_deinit(&line);
	json_decref(reading.zones);
}
