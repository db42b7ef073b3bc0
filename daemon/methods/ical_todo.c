/* The properties of a VTODO. */
#include "methods/ical_todo.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "methods/ical_field.h"
#include "tasks/task_field.h"

#include <string.h>
#include <strings.h>

#define CATEGORY_BREAKERS " ,\"'\\()" /* what a tag does not hold */

typedef enum error (*property_reader)(struct ical_todo *todo, const struct ical_line *line);

void ical_todo_init(struct ical_todo *todo, struct import_reader *reader)
{
	*todo = (struct ical_todo){
		.reader = reader, .task = json_object(), .own = json_object(), .comments = json_array()
	};
	(void)json_object_set_new(todo->task, "fields", json_object());
}

void ical_todo_deinit(struct ical_todo *todo)
{
	json_decref(todo->task);
	json_decref(todo->own);
	json_decref(todo->comments);
}

enum error ical_todo_refuse(const struct ical_todo *todo, const struct ical_line *line, const char *wanted)
{
	return refuse(todo->reader->refusal, ERROR_INVALID_PARAMS, line->name, "%s: `%.64s` is not %s", line->name,
		line->value, wanted);
}

void ical_todo_warn_double(struct ical_todo *todo, const char *property)
{
	import_item_warn(todo->reader, &todo->notes, "%.64s stands there more than once; one was left out", property);
}

/* --- texts --- */

/* C1 is two bytes (RFC 3629 §3). */
static bool blank_control(char *at, size_t length, const char *allowed)
{
	if (!text_has_control(at, length, allowed))
		return false;
	memset(at, ' ', length);
	return true;
}

char *ical_todo_clean(struct ical_todo *todo, const char *property, char *text, const char *allowed)
{
	const char *end = text + strlen(text);
	bool is_changed = false;
	size_t length;

	for (char *at = text; at < end; at += length) {
		length = text_character_length(at, (size_t)(end - at));
		is_changed |= blank_control(at, length, allowed);
	}
	if (is_changed)
		import_item_warn(todo->reader, &todo->notes, "control characters in %.64s became spaces", property);
	return text;
}

static void set_text(json_t *object, const char *name, const char *text)
{
	(void)json_object_set_new(object, name, json_string(text));
}

/* The first of its name. */
static void take_first(struct ical_todo *todo, const struct ical_line *line, const char **place)
{
	if (*place)
		ical_todo_warn_double(todo, line->name);
	else
		*place = line->value;
}

static enum error read_uid(struct ical_todo *todo, const struct ical_line *line)
{
	take_first(todo, line, &todo->uid);
	return ERROR_NONE;
}

static enum error read_recurrence_id(struct ical_todo *todo, const struct ical_line *line)
{
	take_first(todo, line, &todo->recurrence_id);
	return ERROR_NONE;
}

static enum error read_rule(struct ical_todo *todo, const struct ical_line *line)
{
	take_first(todo, line, &todo->rule);
	return ERROR_NONE;
}

static enum error read_duration(struct ical_todo *todo, const struct ical_line *line)
{
	take_first(todo, line, &todo->duration);
	return ERROR_NONE;
}

static enum error read_status(struct ical_todo *todo, const struct ical_line *line)
{
	take_first(todo, line, &todo->status);
	return ERROR_NONE;
}

static enum error read_summary(struct ical_todo *todo, const struct ical_line *line)
{
	char *text = ical_line_text(line->value, todo->reader->arena);

	take_first(todo,
		&(struct ical_line){ .name = line->name, .value = ical_todo_clean(todo, line->name, text, "") },
		&todo->summary);
	return ERROR_NONE;
}

static enum error read_description(struct ical_todo *todo, const struct ical_line *line)
{
	char *text = ical_line_text(line->value, todo->reader->arena);

	take_first(todo,
		&(struct ical_line){ .name = line->name, .value = ical_todo_clean(todo, line->name, text, "\n\t") },
		&todo->description);
	return ERROR_NONE;
}

static enum error read_comment(struct ical_todo *todo, const struct ical_line *line)
{
	char *text = ical_todo_clean(todo, line->name, ical_line_text(line->value, todo->reader->arena), "");
	const char *at = ical_line_param(line, ICAL_OWN_PREFIX "AT");

	if (!text_is_blank(text, strlen(text)))
		(void)json_array_append_new(todo->comments, json_pack("{s:s, s:s*}", "text", text, "at", at));
	return ERROR_NONE;
}

/* --- times --- */

static const char *const moment_names[] = { [ICAL_COMPLETED] = "COMPLETED",
	[ICAL_CREATED] = "CREATED",
	[ICAL_STAMP] = "DTSTAMP",
	[ICAL_START] = "DTSTART",
	[ICAL_DUE] = "DUE",
	[ICAL_MODIFIED] = "LAST-MODIFIED" };

static enum error read_moment(struct ical_todo *todo, const struct ical_line *line)
{
	enum ical_moment_name name = 0;
	struct ical_moment *moment;

	while (strcmp(moment_names[name], line->name) != 0)
		name++;
	moment = &todo->moments[name];
	if (moment->is_given)
		ical_todo_warn_double(todo, line->name);
	else if (!ical_time_parse(line->value, &moment->time))
		return ical_todo_refuse(todo, line, "a time, like 20261125 or 20261125T140000Z");
	moment->is_given = true;
	moment->property = moment_names[name];
	moment->zone = ical_line_param(line, "TZID");
	return ERROR_NONE;
}

/* --- words and numbers --- */

/* 1 is the highest of 9 (§3.8.1.9); 0 is none. */
static enum error read_priority(struct ical_todo *todo, const struct ical_line *line)
{
	int64_t priority;

	if (!text_parse_integer(line->value, 0, 9, &priority))
		return ical_todo_refuse(todo, line, "a number from 0 to 9");
	if (priority)
		set_text(todo->task, "priority", priority < 5 ? "H" : priority == 5 ? "M" : "L");
	return ERROR_NONE;
}

/* Of 0 and 100 the status tells. */
static enum error read_percent(struct ical_todo *todo, const struct ical_line *line)
{
	int64_t percent;

	if (!text_parse_integer(line->value, 0, 100, &percent))
		return ical_todo_refuse(todo, line, "a number from 0 to 100");
	todo->is_whole = percent == 100;
	return percent % 100 ? ical_kept_value(todo, line->name, line->value) : ERROR_NONE;
}

static enum error read_sequence(struct ical_todo *todo, const struct ical_line *line)
{
	return strcmp(line->value, "0") != 0 ? ical_kept_value(todo, line->name, line->value) : ERROR_NONE;
}

/* --- lists --- */

static bool make_tag(char *tag)
{
	bool is_changed = tag[0] == '+' || tag[0] == '-';
	size_t length = text_whole_length(tag, strnlen(tag, TASK_TAG_LIMIT));

	if (is_changed)
		tag[0] = '_';
	is_changed |= tag[length] != '\0';
	tag[length] = '\0';
	for (char *at = tag + strcspn(tag, CATEGORY_BREAKERS); *at; at += strcspn(at, CATEGORY_BREAKERS)) {
		*at = '_';
		is_changed = true;
	}
	return is_changed;
}

static enum error read_categories(struct ical_todo *todo, const struct ical_line *line)
{
	const char *at = line->value;
	json_t *tags = json_object_get(todo->task, "tags");
	char *category;

	if (!tags) {
		tags = json_array();
		(void)json_object_set_new(todo->task, "tags", tags);
	}
	while ((category = ical_line_next_text(&at, todo->reader->arena))) {
		char *tag = ical_todo_clean(todo, line->name, category + strspn(category, " "), "");

		if (!tag[0])
			continue;
		if (make_tag(tag))
			import_item_warn(todo->reader, &todo->notes, "a category is the tag %s here", tag);
		(void)json_array_append_new(tags, json_string(tag));
	}
	return ERROR_NONE;
}

static void add_depends(struct ical_todo *todo, const char *uuid)
{
	json_t *depends = json_object_get(todo->task, "depends");

	if (!depends) {
		depends = json_array();
		(void)json_object_set_new(todo->task, "depends", depends);
	}
	(void)json_array_append_new(depends, json_string(uuid));
}

/* §3.8.4.5, and RFC 9253 for DEPENDS-ON. */
static enum error read_related(struct ical_todo *todo, const struct ical_line *line)
{
	const char *type = ical_line_param(line, "RELTYPE");
	char uuid[TASK_UUID_LENGTH + 1];

	ical_uid_uuid(line->value, NULL, uuid);
	if (type && !strcasecmp(type, "DEPENDS-ON"))
		add_depends(todo, uuid);
	else if (type && strcasecmp(type, "PARENT") != 0)
		import_item_warn(todo->reader, &todo->notes, "RELATED-TO of the type %.64s was left out", type);
	else if (json_object_get(todo->task, "parent"))
		ical_todo_warn_double(todo, line->name);
	else
		set_text(todo->task, "parent", uuid);
	return ERROR_NONE;
}

/* --- our own --- */

static bool is_number_field(const char *name)
{
	const struct task_field *field = task_fields;

	while (strcmp(field->name, name) != 0)
		field++;
	return field->type == TASK_FIELD_INTEGER || field->type == TASK_FIELD_COUNT;
}

static enum error read_own(struct ical_todo *todo, const struct ical_line *line, const char *name)
{
	int64_t number;

	if (!is_number_field(name))
		set_text(todo->own, name, ical_line_text(line->value, todo->reader->arena));
	else if (text_parse_integer(line->value, 0, INT64_MAX, &number))
		(void)json_object_set_new(todo->own, name, json_integer(number));
	else
		return ical_todo_refuse(todo, line, "a number");
	return ERROR_NONE;
}

/* --- the table --- */

static const struct {
	const char *name;
	property_reader read;
} properties[] = {
	{ "CATEGORIES", read_categories },
	{ "COMMENT", read_comment },
	{ "COMPLETED", read_moment },
	{ "CREATED", read_moment },
	{ "DESCRIPTION", read_description },
	{ "DTSTAMP", read_moment },
	{ "DTSTART", read_moment },
	{ "DUE", read_moment },
	{ "DURATION", read_duration },
	{ "EXDATE", ical_kept_exception },
	{ "LAST-MODIFIED", read_moment },
	{ "PERCENT-COMPLETE", read_percent },
	{ "PRIORITY", read_priority },
	{ "RDATE", ical_kept_exception },
	{ "RECURRENCE-ID", read_recurrence_id },
	{ "RELATED-TO", read_related },
	{ "RRULE", read_rule },
	{ "SEQUENCE", read_sequence },
	{ "STATUS", read_status },
	{ "SUMMARY", read_summary },
	{ "UID", read_uid },
	{ ICAL_OWN_PREFIX "FIELD", ical_kept_field },
};

enum error ical_todo_take(struct ical_todo *todo, const struct ical_line *line)
{
	const char *own = ical_own_field(line->name);

	if (own)
		return read_own(todo, line, own);
	for (size_t i = 0; i < COUNT_OF(properties); i++)
		if (!strcmp(properties[i].name, line->name))
			return properties[i].read(todo, line);
	return ical_kept_line(todo, line);
}
