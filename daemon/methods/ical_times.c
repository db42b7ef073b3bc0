/* The times of a VTODO, by the clocks that they are meant by. */
#include "methods/ical_todo.h"

#include "tasks/calendar.h"
#include "tasks/duration.h"

#include <string.h>

/* One of both. */
struct clock {
	const struct zone *zone;
	const struct ical_zone *described;
};

/* --- zones --- */

static const struct zone *find_zone(const struct ical_todo *todo, const char *name)
{
	const struct import_reader *reader = todo->reader;
	const struct zone *zone;

	if (!name || !name[0] || zone_set_find(reader->zones, name, reader->arena, &zone, NULL))
		return NULL;
	return zone;
}

/* Many put something unique in front, as in /example.org/2026/Europe/Berlin. */
static const struct zone *find_behind_prefix(const struct ical_todo *todo, const char *name)
{
	const struct zone *zone = find_zone(todo, name);

	while (!zone && (name = strchr(name, '/'))) {
		name++;
		zone = strchr(name, '/') ? find_zone(todo, name) : NULL;
	}
	return zone;
}

static const struct ical_zone *find_described(const struct ical_todo *todo, const char *name)
{
	for (size_t i = 0; name && i < todo->zone_count; i++)
		if (todo->zones[i]->id && !strcmp(todo->zones[i]->id, name))
			return todo->zones[i];
	return NULL;
}

/* What has no zone of its own goes by that of the series, else by the request's. */
static const struct zone *default_zone(const struct ical_todo *todo)
{
	const struct zone *zone = find_zone(todo, json_string_value(json_object_get(todo->own, "recur_zone")));

	return zone ? zone : todo->reader->zone;
}

static enum error find_clock(struct ical_todo *todo, const struct ical_moment *moment, struct clock *ret_clock)
{
	*ret_clock =
		(struct clock){ .zone = moment->zone ? find_behind_prefix(todo, moment->zone) : default_zone(todo) };
	if (ret_clock->zone)
		return ERROR_NONE;
	ret_clock->described = find_described(todo, moment->zone);
	if (ret_clock->described)
		ret_clock->zone = find_zone(todo, ret_clock->described->location);
	if (ret_clock->zone || ret_clock->described)
		return ERROR_NONE;
	return refuse(todo->reader->refusal, ERROR_INVALID_PARAMS, moment->property,
		"%s: the time zone `%.64s` is not described in the calendar, and not known here", moment->property,
		moment->zone);
}

const struct zone *ical_times_zone(struct ical_todo *todo, const struct ical_moment *moment)
{
	struct clock clock;

	if (moment->time.kind == ICAL_UTC)
		return &zone_utc;
	return find_clock(todo, moment, &clock) ? NULL : clock.zone;
}

/* --- moments --- */

static int64_t moment_of(const struct clock *clock, int64_t local)
{
	int64_t first, second, offset = 0;

	if (clock->zone) {
		(void)zone_moments(clock->zone, local, &first, &second);
		return first;
	}
	(void)ical_zone_offset(clock->described, local, &offset);
	return local - offset;
}

static int64_t day_start(const struct clock *clock, int64_t day)
{
	return clock->zone ? zone_day_start(clock->zone, day) : moment_of(clock, day * CALENDAR_DAY_SECONDS);
}

static int64_t seconds_of(const struct clock *clock, const struct ical_time *time, bool is_end)
{
	int64_t day = calendar_day_of(time->seconds);

	if (time->kind == ICAL_UTC)
		return time->seconds;
	if (time->kind == ICAL_CLOCK)
		return moment_of(clock, time->seconds);
	return is_end ? day_start(clock, day + 1) - 1 : day_start(clock, day);
}

static enum error settle_moment(struct ical_todo *todo, struct ical_moment *moment, bool is_end)
{
	struct clock clock = { .zone = NULL };
	enum error error = moment->time.kind == ICAL_UTC ? ERROR_NONE : find_clock(todo, moment, &clock);

	if (!error)
		moment->seconds = seconds_of(&clock, &moment->time, is_end);
	return error;
}

/* §3.8.2.5: days are those of the calendar. What lasts for whole days is over before the next one begins. */
static enum error settle_duration(struct ical_todo *todo)
{
	struct ical_moment *due = &todo->moments[ICAL_DUE];
	struct duration duration;
	enum error error =
		duration_parse(todo->duration, strlen(todo->duration), "DURATION", &duration, todo->reader->refusal);

	if (error)
		return error;
	*due = todo->moments[ICAL_START];
	due->time.seconds = (calendar_add_months(calendar_day_of(due->time.seconds), duration.months) + duration.days) *
				    CALENDAR_DAY_SECONDS +
			    (due->time.seconds - calendar_day_of(due->time.seconds) * CALENDAR_DAY_SECONDS);
	error = settle_moment(todo, due, false);
	due->seconds += duration.seconds - (due->time.kind == ICAL_DATE && !duration.seconds);
	return error;
}

enum error ical_times_settle(struct ical_todo *todo)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < ICAL_MOMENTS; i++)
		if (todo->moments[i].is_given)
			error = settle_moment(todo, &todo->moments[i], i == ICAL_DUE);
	if (!error && todo->duration && todo->moments[ICAL_START].is_given && !todo->moments[ICAL_DUE].is_given)
		error = settle_duration(todo);
	return error;
}

enum error ical_times_copy_start(struct ical_todo *todo)
{
	todo->moments[ICAL_DUE] = todo->moments[ICAL_START];
	return settle_moment(todo, &todo->moments[ICAL_DUE], true);
}
