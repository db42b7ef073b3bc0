/* A VTODO that is being read: its properties one by one, and then what only all of them tell. */
#pragma once

#include "common/ical_line.h"
#include "methods/import_item.h"
#include "tasks/ical_time.h"
#include "tasks/ical_zone.h"

#define ICAL_ZONES_LIMIT 16u /* that one VTODO brings along */

/* The times that have properties of their own. */
enum ical_moment_name { ICAL_COMPLETED, ICAL_CREATED, ICAL_STAMP, ICAL_START, ICAL_DUE, ICAL_MODIFIED, ICAL_MOMENTS };

struct ical_moment {
	bool is_given;
	struct ical_time time;
	const char *zone;     /* TZID; NULL: none */
	const char *property; /* its name */
	int64_t seconds;      /* since the epoch, when ical_times_settle has been there */
};

struct ical_todo {
	struct import_reader *reader;
	struct import_item notes; /* its warnings */
	json_t *task;             /* a line of our own format (task_line.h); owned, as are those below */
	json_t *own;              /* what X-TASKCTL-… say, by the names of fields */
	json_t *comments;         /* annotations: {"text", "at"?} */
	const char *uid, *recurrence_id, *status, *summary, *description, *duration, *rule;
	bool is_whole; /* PERCENT-COMPLETE is 100 */
	struct ical_moment moments[ICAL_MOMENTS];
	size_t zone_count;
	struct ical_zone *zones[ICAL_ZONES_LIMIT]; /* in the arena */
};

void ical_todo_init(struct ical_todo *todo, struct import_reader *reader);
void ical_todo_deinit(struct ical_todo *todo);

/* A property. ERROR_INVALID_PARAMS naming it. */
enum error ical_todo_take(struct ical_todo *todo, const struct ical_line *line);
/* All have been taken: `task` is whole. */
enum error ical_todo_settle(struct ical_todo *todo);

/* One line: what a terminal would obey becomes spaces, and so do all but the `allowed` line feeds and tabs. */
char *ical_todo_clean(struct ical_todo *todo, const char *property, char *text, const char *allowed);
/* ERROR_INVALID_PARAMS: it is not what is `wanted`. */
enum error ical_todo_refuse(const struct ical_todo *todo, const struct ical_line *line, const char *wanted);
/* One of several that stand there is left out. */
void ical_todo_warn_double(struct ical_todo *todo, const char *property);

/* ical_kept.c: a line, or a value, that we have no field for; EXDATE and RDATE; and X-TASKCTL-FIELD. */
enum error ical_kept_line(struct ical_todo *todo, const struct ical_line *line);
enum error ical_kept_value(struct ical_todo *todo, const char *property, const char *value);
enum error ical_kept_exception(struct ical_todo *todo, const struct ical_line *line);
enum error ical_kept_field(struct ical_todo *todo, const struct ical_line *line);

/*
 * ical_times.c: what each moment is in UTC. Of a date it is the start, of DUE the end, by the clock of its zone or,
 * where it has none, of the series or the request. DUE may follow from DTSTART and DURATION.
 */
enum error ical_times_settle(struct ical_todo *todo);
/* DUE as DTSTART has it. */
enum error ical_times_copy_start(struct ical_todo *todo);
/* The zone of a moment, by its name here. NULL: it is one that only the calendar describes. */
const struct zone *ical_times_zone(struct ical_todo *todo, const struct ical_moment *moment);

/* ical_recurrence.c: RRULE and RECURRENCE-ID. */
enum error ical_recurrence_settle(struct ical_todo *todo);
