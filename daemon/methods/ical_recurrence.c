/* Series in a VTODO: RRULE, beside which our own rule stands when we have written it, and RECURRENCE-ID. */
#include "methods/ical_field.h"
#include "methods/ical_todo.h"

#include "common/cleanup.h"
#include "tasks/ical_rule.h"

#include <string.h>

static const char *own_text(const struct ical_todo *todo, const char *name)
{
	return json_string_value(json_object_get(todo->own, name));
}

static int64_t own_integer(const struct ical_todo *todo, const char *name, int64_t none)
{
	const json_t *value = json_object_get(todo->own, name);

	return json_is_integer(value) ? json_integer_value(value) : none;
}

static int64_t own_time(const struct ical_todo *todo, const char *name)
{
	const char *text = own_text(todo, name);
	struct ical_time time;

	return text && ical_time_parse(text, &time) ? time.seconds : TASK_NO_TIME;
}

/* --- our own rule --- */

/* Whoever changed RRULE did not know of the rule beside it. */
static bool is_own_rule_true(struct ical_todo *todo)
{
	const struct ical_moment *due = &todo->moments[ICAL_DUE];
	const struct zone *zone = due->is_given ? ical_times_zone(todo, due) : NULL;
	struct task template = task_empty;
	char rule[ICAL_RULE_SIZE];

	if (!zone)
		return false;
	template.due = due->seconds;
	template.recur = own_text(todo, "recur");
	template.until = own_time(todo, "until");
	template.recur_count = own_integer(todo, "recur_count", TASK_NO_TIME);
	template.recur_base = own_integer(todo, "recur_base", 0);
	if (!ical_rule_write(&template, zone, due->time.kind == ICAL_DATE, rule))
		return !todo->rule;
	return todo->rule && !strcmp(rule, todo->rule);
}

static void drop_own_rule(struct ical_todo *todo)
{
	static const char *const names[] = { "recur", "recur_from", "recur_count", "recur_zone", "recur_base", "until",
		"occurrence" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)json_object_del(todo->own, names[i]);
}

/* --- a rule of others --- */

static const char *status_of(const struct ical_todo *todo)
{
	return json_string_value(json_object_get(todo->task, "status"));
}

/* A task that comes again is the template of a series, and the task of each time is made from it. */
static void become_template(struct ical_todo *todo)
{
	if (!strcmp(status_of(todo), "pending"))
		(void)json_object_set_new(todo->task, "status", json_string("recurring"));
}

static enum error keep_rule(struct ical_todo *todo, const char *reason)
{
	import_item_warn(todo->reader, &todo->notes, "RRULE is kept as %s, but the task does not come again: %s",
		"ical_rrule", reason);
	return ical_kept_value(todo, "RRULE", todo->rule);
}

static void set_zone(struct ical_todo *todo, const struct ical_moment *moment)
{
	const struct zone *zone = ical_times_zone(todo, moment);

	if (!zone) {
		zone = todo->reader->zone;
		import_item_warn(todo->reader, &todo->notes,
			"the series goes by the clock of %s: `%.64s` is not known here", zone_name(zone), moment->zone);
	}
	(void)json_object_set_new(todo->task, "recur_zone", json_string(zone_name(zone)));
}

static enum error take_rule(struct ical_todo *todo)
{
	const struct ical_moment *due = &todo->moments[ICAL_DUE];
	struct recurrence recurrence;
	struct refusal refusal = { 0 };
	enum error error = ERROR_NONE;

	if (!strcmp(status_of(todo), "completed"))
		return ical_kept_value(todo, "RRULE", todo->rule);
	if (!due->is_given && !todo->moments[ICAL_START].is_given)
		return keep_rule(todo, "it has neither DUE nor DTSTART");
	if (recurrence_parse(todo->rule, strlen(todo->rule), "RRULE", &recurrence, &refusal)) {
		refusal.message[strcspn(refusal.message, "\n")] = '\0';
		return keep_rule(todo, refusal.message);
	}
	if (!due->is_given)
		error = ical_times_copy_start(todo);
	(void)json_object_set_new(todo->task, "recur", json_string(todo->rule));
	set_zone(todo, due);
	become_template(todo);
	return error;
}

/* --- RECURRENCE-ID --- */

static void name_series(struct ical_todo *todo)
{
	char uuid[TASK_UUID_LENGTH + 1];

	if (!todo->uid || json_object_get(todo->own, "series"))
		return;
	ical_uid_uuid(todo->uid, NULL, uuid);
	(void)json_object_set_new(todo->own, "series", json_string(uuid));
}

enum error ical_recurrence_settle(struct ical_todo *todo)
{
	bool has_own = own_text(todo, "recur") != NULL;

	if (todo->recurrence_id) {
		name_series(todo);
		return ERROR_NONE;
	}
	if (has_own && is_own_rule_true(todo)) {
		become_template(todo);
		return ERROR_NONE;
	}
	if (has_own)
		drop_own_rule(todo);
	return todo->rule ? take_rule(todo) : ERROR_NONE;
}
