/* A calendar of one VTODO. */
#include "methods/ical.h"

#include "common/cleanup.h"
#include "methods/ical_todo.h"

#include <string.h>
#include <strings.h>

/* Where in the calendar a line stands. */
enum place { OUTSIDE, IN_TODO, IN_ZONE, IN_OTHER };

struct reading {
	struct ical_todo todo;
	enum place place;
	const char *other; /* the component whose END is waited for */
	enum place behind; /* it */
	bool has_todo;
};

static enum error refuse_calendar(struct reading *reading, const char *reason)
{
	return refuse(reading->todo.reader->refusal, ERROR_INVALID_PARAMS, "calendar", "%s", reason);
}

static void skip_component(struct reading *reading, const struct ical_line *line)
{
	if (reading->place == IN_TODO)
		import_item_warn(reading->todo.reader, &reading->todo.notes, "%.64s in it was left out", line->value);
	reading->other = line->value;
	reading->behind = reading->place;
	reading->place = IN_OTHER;
}

static enum error begin_zone(struct reading *reading)
{
	struct ical_todo *todo = &reading->todo;

	if (todo->zone_count == ICAL_ZONES_LIMIT)
		return refuse_calendar(reading, "there are too many time zones in it");
	todo->zones[todo->zone_count++] = arena_alloc(todo->reader->arena, sizeof(struct ical_zone));
	reading->place = IN_ZONE;
	return ERROR_NONE;
}

static enum error begin_todo(struct reading *reading)
{
	if (reading->has_todo)
		return refuse_calendar(reading, "there is more than one VTODO in it");
	reading->has_todo = true;
	reading->place = IN_TODO;
	return ERROR_NONE;
}

static enum error take_outside(struct reading *reading, const struct ical_line *line)
{
	if (ical_line_is(line, "BEGIN", "VTODO"))
		return begin_todo(reading);
	if (ical_line_is(line, "BEGIN", "VTIMEZONE"))
		return begin_zone(reading);
	if (!strcmp(line->name, "BEGIN") && strcasecmp(line->value, "VCALENDAR") != 0)
		skip_component(reading, line);
	return ERROR_NONE;
}

static enum error take_in_todo(struct reading *reading, const struct ical_line *line)
{
	if (ical_line_is(line, "END", "VTODO"))
		reading->place = OUTSIDE;
	else if (!strcmp(line->name, "BEGIN"))
		skip_component(reading, line);
	else if (!strcmp(line->name, "END"))
		return refuse_calendar(reading, "END:VTODO is missing");
	else
		return ical_todo_take(&reading->todo, line);
	return ERROR_NONE;
}

static enum error take_in_zone(struct reading *reading, const struct ical_line *line)
{
	const struct ical_todo *todo = &reading->todo;

	if (!ical_line_is(line, "END", "VTIMEZONE"))
		return ical_zone_add(
			todo->zones[todo->zone_count - 1], line, todo->reader->arena, todo->reader->refusal);
	reading->place = OUTSIDE;
	return ERROR_NONE;
}

static enum error take_line(struct reading *reading, const struct ical_line *line)
{
	switch (reading->place) {
	case OUTSIDE:
		return take_outside(reading, line);
	case IN_TODO:
		return take_in_todo(reading, line);
	case IN_ZONE:
		return take_in_zone(reading, line);
	case IN_OTHER:
		if (ical_line_is(line, "END", reading->other))
			reading->place = reading->behind;
		return ERROR_NONE;
	}
	return ERROR_INTERNAL;
}

static enum error take_lines(struct reading *reading, const char *text, size_t length)
{
	const struct import_reader *reader = reading->todo.reader;
	struct ical_source source = { .at = text, .end = text + length, .number = 1 };
	enum error error = ERROR_NONE;
	struct buffer unfolded;
	int64_t number;

	buffer_init(&unfolded);
	while (!error && ical_source_next(&source, &unfolded, &number)) {
		struct ical_line line;

		error = ical_line_parse(unfolded.data, unfolded.length, reader->arena, &line, reader->refusal);
		if (!error)
			error = take_line(reading, &line);
	}
	buffer_deinit(&unfolded);
	return error;
}

static enum error read_calendar(struct reading *reading, const json_t *calendar)
{
	enum error error = take_lines(reading, json_string_value(calendar), json_string_length(calendar));

	if (error)
		return error;
	if (!reading->has_todo)
		return refuse_calendar(reading, "there is no VTODO in it");
	if (reading->place != OUTSIDE)
		return refuse_calendar(reading, "END:VTODO is missing");
	return ical_todo_settle(&reading->todo);
}

static void end_reading(struct reading *reading)
{
	ical_todo_deinit(&reading->todo);
}

static void copy_notes(const struct import_item *notes, struct import_item *item)
{
	item->warning_count = notes->warning_count;
	memcpy(item->warnings, notes->warnings, sizeof(item->warnings));
}

enum error ical_read(struct import_reader *reader, const json_t *object, struct import_item *ret_item)
{
	CLEANUP(end_reading) struct reading reading = { .place = OUTSIDE };
	const json_t *calendar = json_object_get(object, "calendar");
	enum error error;

	ical_todo_init(&reading.todo, reader);
	if (!json_is_string(calendar) || json_object_size(object) != 1)
		return refuse_calendar(&reading, "an item of a calendar has the member calendar, a text, and no other");
	error = read_calendar(&reading, calendar);
	if (!error)
		error = import_line_read(reader, reading.todo.task, ret_item);
	if (!error)
		copy_notes(&reading.todo.notes, ret_item);
	return error;
}
