/* A task as a VTODO. */
#include "methods/ical.h"

#include "common/cleanup.h"
#include "common/ical_line.h"
#include "common/text.h"
#include "methods/ical_field.h"
#include "tasks/calendar.h"
#include "tasks/custom_value.h"
#include "tasks/ical_rule.h"
#include "tasks/ical_time.h"
#include "tasks/task_field.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_SIZE 24

static void write_time(struct ical_writer *writer, const char *name, int64_t seconds)
{
	char text[ICAL_TIME_SIZE];

	if (seconds == TASK_NO_TIME)
		return;
	ical_time_format(&(struct ical_time){ .kind = ICAL_UTC, .seconds = seconds }, text);
	ical_writer_value(writer, name, text);
}

static void write_number(struct ical_writer *writer, const char *name, int64_t number)
{
	char text[NUMBER_SIZE];

	(void)snprintf(text, sizeof(text), "%" PRId64, number);
	ical_writer_value(writer, name, text);
}

/* --- days and clocks --- */

static int64_t local_of(const struct zone *zone, int64_t seconds)
{
	return seconds + zone_offset(zone, seconds);
}

static bool is_day_end(const struct zone *zone, int64_t seconds)
{
	return zone_day_end(zone, calendar_day_of(local_of(zone, seconds))) == seconds;
}

static bool is_day_start(const struct zone *zone, int64_t seconds)
{
	return zone_day_start(zone, calendar_day_of(local_of(zone, seconds))) == seconds;
}

static void write_date(struct ical_writer *writer, const char *name, const struct zone *zone, int64_t seconds)
{
	char text[ICAL_TIME_SIZE];

	ical_time_format(&(struct ical_time){ .kind = ICAL_DATE, .seconds = local_of(zone, seconds) }, text);
	ical_writer_begin(writer, name);
	ical_writer_param(writer, "VALUE", "DATE");
	buffer_append_char(writer->out, ':');
	ical_writer_end(writer, text);
}

static void write_clock(struct ical_writer *writer, const char *name, const struct zone *zone, int64_t seconds)
{
	char text[ICAL_TIME_SIZE];

	ical_time_format(&(struct ical_time){ .kind = ICAL_CLOCK, .seconds = local_of(zone, seconds) }, text);
	ical_writer_begin(writer, name);
	ical_writer_param(writer, "TZID", zone_name(zone));
	buffer_append_char(writer->out, ':');
	ical_writer_end(writer, text);
}

bool ical_needs_zone(const struct task *task, const struct zone *series_zone)
{
	return task->recur && series_zone != &zone_utc && strcmp(zone_name(series_zone), "UTC") != 0 &&
	       task->due != TASK_NO_TIME && !is_day_end(series_zone, task->due);
}

static void write_template_time(struct ical_writer *writer, const char *name, const struct task *task,
	const struct ical_context *context, bool is_date)
{
	if (is_date)
		write_date(writer, name, context->series_zone, task->due);
	else if (ical_needs_zone(task, context->series_zone))
		write_clock(writer, name, context->series_zone, task->due);
	else
		write_time(writer, name, task->due);
}

/* A rule's days are counted from DTSTART (§3.6.2). */
static void write_template(struct ical_writer *writer, const struct task *task, const struct ical_context *context)
{
	bool is_date = is_day_end(context->series_zone, task->due);
	char rule[ICAL_RULE_SIZE];

	write_template_time(writer, "DUE", task, context, is_date);
	if (ical_rule_write(task, context->series_zone, is_date, rule)) {
		write_template_time(writer, "DTSTART", task, context, is_date);
		ical_writer_value(writer, "RRULE", rule);
	}
	write_time(writer, ICAL_OWN_PREFIX "SCHEDULED", task->scheduled);
}

/* DTSTART is earlier than DUE and of the same type, or does not stand there (§3.8.2.3). */
static void write_due(struct ical_writer *writer, const struct task *task, const struct ical_context *context)
{
	const struct zone *zone = context->zone;
	bool has_due = task->due != TASK_NO_TIME;
	bool has_start = task->scheduled != TASK_NO_TIME && (!has_due || task->scheduled < task->due);
	bool is_date = (!has_due || is_day_end(zone, task->due)) && (!has_start || is_day_start(zone, task->scheduled));

	if (has_start && is_date && has_due &&
		local_of(zone, task->due) - local_of(zone, task->scheduled) < CALENDAR_DAY_SECONDS)
		has_start = false; /* the same day */
	if (has_start && is_date)
		write_date(writer, "DTSTART", zone, task->scheduled);
	else if (has_start)
		write_time(writer, "DTSTART", task->scheduled);
	else
		write_time(writer, ICAL_OWN_PREFIX "SCHEDULED", task->scheduled);
	if (has_due && is_date)
		write_date(writer, "DUE", zone, task->due);
	else
		write_time(writer, "DUE", task->due);
}

/* --- states --- */

static void write_status(struct ical_writer *writer, const struct task *task)
{
	static const char *const names[] = { [TASK_PENDING] = "NEEDS-ACTION",
		[TASK_COMPLETED] = "COMPLETED",
		[TASK_DELETED] = "CANCELLED",
		[TASK_RECURRING] = "NEEDS-ACTION" };
	static const char *const priorities[] = {
		[TASK_PRIORITY_LOW] = "9", [TASK_PRIORITY_MEDIUM] = "5", [TASK_PRIORITY_HIGH] = "1"
	};
	bool is_begun = task->status == TASK_PENDING && task->started != TASK_NO_TIME;

	ical_writer_value(writer, "STATUS", is_begun ? "IN-PROCESS" : names[task->status]);
	if (task->status == TASK_COMPLETED)
		ical_writer_value(writer, "PERCENT-COMPLETE", "100");
	write_time(writer, "COMPLETED", task->completed);
	if (task->priority != TASK_PRIORITY_NONE)
		ical_writer_value(writer, "PRIORITY", priorities[task->priority]);
}

/* --- lists --- */

static void write_related(struct ical_writer *writer, const char *type, const char *uid)
{
	ical_writer_begin(writer, "RELATED-TO");
	ical_writer_param(writer, "RELTYPE", type);
	buffer_append_char(writer->out, ':');
	ical_writer_end(writer, uid);
}

static void write_lists(struct ical_writer *writer, const struct task *task, const struct ical_context *context)
{
	char at[ICAL_TIME_SIZE];

	if (task->tag_count) {
		ical_writer_begin(writer, "CATEGORIES");
		ical_writer_end_texts(writer, task->tags, task->tag_count);
	}
	if (context->parent)
		write_related(writer, "PARENT", context->parent);
	for (size_t i = 0; i < task->depend_count; i++)
		write_related(writer, "DEPENDS-ON", context->depends[i]);
	for (size_t i = 0; i < task->annotation_count; i++) {
		ical_time_format(&(struct ical_time){ .kind = ICAL_UTC, .seconds = task->annotations[i].at }, at);
		ical_writer_begin(writer, "COMMENT");
		ical_writer_param(writer, ICAL_OWN_PREFIX "AT", at);
		ical_writer_end_text(writer, task->annotations[i].text);
	}
}

/* --- our own --- */

static bool is_number_given(const struct task_field *field, const struct task *task)
{
	int64_t number = task_field_integer(field, task);

	return (field->type == TASK_FIELD_INTEGER && number) ||
	       (field->type == TASK_FIELD_COUNT && number != TASK_NO_TIME);
}

static void write_own_field(struct ical_writer *writer, const struct task_field *field, const struct task *task,
	const struct task_relatives *relatives)
{
	char name[ICAL_OWN_SIZE];

	ical_own_property(field->name, name);
	if (field->type == TASK_FIELD_TEXT && task_field_text(field, task))
		ical_writer_text(writer, name, task_field_text(field, task));
	else if (field->type == TASK_FIELD_TIME)
		write_time(writer, name, task_field_integer(field, task));
	else if (is_number_given(field, task))
		write_number(writer, name, task_field_integer(field, task));
	else if (field->type == TASK_FIELD_REFERENCE && relatives->series)
		ical_writer_value(writer, name, relatives->series);
}

static void write_own(struct ical_writer *writer, const struct task *task, const struct task_relatives *relatives)
{
	for (size_t i = 0; ical_own_fields[i]; i++)
		for (const struct task_field *field = task_fields; field->name; field++)
			if (!strcmp(field->name, ical_own_fields[i]) &&
				field->offset != offsetof(struct task, scheduled))
				write_own_field(writer, field, task, relatives);
}

/* --- custom fields --- */

/* Whether it is what ical_line_parse has left of a line with parameters. */
static bool is_rest(const char *property, const char *value, struct arena *arena)
{
	const char *line = arena_printf(arena, "%s%s", property, value);
	struct ical_line parsed;

	return value[0] == ';' && !ical_line_parse(line, strlen(line), arena, &parsed, NULL);
}

static void write_kept(struct ical_writer *writer, const char *property, const char *value, struct arena *arena)
{
	ical_writer_begin(writer, property);
	if (is_rest(property, value, arena)) {
		ical_writer_end(writer, value);
	} else if (ical_field_is_text(property)) {
		ical_writer_end_text(writer, value);
	} else {
		buffer_append_char(writer->out, ':');
		ical_writer_end(writer, value);
	}
}

static void write_field(struct ical_writer *writer, const struct task_value *value, const struct custom_field *field)
{
	char date[TEXT_TIME_SIZE];
	int64_t seconds;

	ical_writer_begin(writer, ICAL_OWN_PREFIX "FIELD");
	ical_writer_param(writer, "X-NAME", value->name);
	if (field && field->type == CUSTOM_DATE && custom_value_seconds(value->value, &seconds)) {
		text_format_time(seconds, date);
		ical_writer_end_text(writer, date);
	} else {
		ical_writer_end_text(writer, value->value);
	}
}

/* Where a series cannot have the rule, whoever reads it will keep it as we have. */
static bool is_kept_rule(const struct task *task, const char *rule)
{
	struct recurrence recurrence;

	return !task->recur && rule[0] != ';' &&
	       (task->status == TASK_COMPLETED ||
		       recurrence_parse(rule, strlen(rule), "RRULE", &recurrence, NULL) != ERROR_NONE);
}

/* Of a property that means something to us: whether it would become this field again. */
static bool is_kept(const struct task *task, const char *property, const char *value)
{
	int64_t number;

	if (!strcmp(property, "UID"))
		return false;
	if (!strcmp(property, "RRULE"))
		return is_kept_rule(task, value);
	if (!strcmp(property, "PERCENT-COMPLETE"))
		return task->status != TASK_COMPLETED && text_parse_integer(value, 1, 99, &number);
	if (!strcmp(property, "SEQUENCE"))
		return text_parse_integer(value, 1, INT64_MAX, &number);
	return true;
}

static void write_custom(struct ical_writer *writer, const struct task *task, const struct ical_context *context)
{
	for (size_t i = 0; i < task->custom_count; i++) {
		const struct task_value *value = &task->custom[i];
		char property[ICAL_PROPERTY_SIZE];

		if (value->value == ical_uid(task))
			continue;
		if (ical_field_property(value->name, property) && is_kept(task, property, value->value))
			write_kept(writer, property, value->value, context->arena);
		else
			write_field(writer, value, custom_field_find(context->fields, value->name));
	}
}

void ical_write(struct ical_writer *writer, const struct task *task, const struct ical_context *context)
{
	ical_writer_value(writer, "BEGIN", "VTODO");
	ical_writer_value(writer, "UID", ical_uid(task));
	write_time(writer, "DTSTAMP", task->modified);
	write_time(writer, "CREATED", task->created);
	write_time(writer, "LAST-MODIFIED", task->modified);
	ical_writer_text(writer, "SUMMARY", task->title);
	if (task->note)
		ical_writer_text(writer, "DESCRIPTION", task->note);
	write_status(writer, task);
	if (task->recur && task->due != TASK_NO_TIME)
		write_template(writer, task, context);
	else
		write_due(writer, task, context);
	write_lists(writer, task, context);
	write_own(writer, task, context->relatives);
	write_custom(writer, task, context);
	ical_writer_value(writer, "END", "VTODO");
}
