/* What all the properties of a VTODO together tell. */
#include "methods/ical_field.h"
#include "methods/ical_todo.h"

#include "common/cleanup.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

static void set_text(struct ical_todo *todo, const char *name, const char *text)
{
	(void)json_object_set_new(todo->task, name, json_string(text));
}

static void set_time(struct ical_todo *todo, const char *name, const struct ical_moment *moment)
{
	if (moment->is_given)
		(void)json_object_set_new(todo->task, name, json_integer(moment->seconds));
}

static const struct ical_moment *first_given(const struct ical_todo *todo, enum ical_moment_name first,
	enum ical_moment_name second, enum ical_moment_name third)
{
	const struct ical_moment *moments = todo->moments;

	if (moments[first].is_given)
		return &moments[first];
	return &moments[moments[second].is_given ? second : third];
}

/* --- who it is --- */

static void settle_uid(struct ical_todo *todo)
{
	char uuid[TASK_UUID_LENGTH + 1];

	if (!todo->uid || !todo->uid[0])
		return;
	ical_uid_uuid(todo->uid, todo->recurrence_id, uuid);
	set_text(todo, "uuid", uuid);
	if (!todo->recurrence_id && strcmp(todo->uid, uuid) != 0)
		(void)ical_kept_value(todo, "UID", todo->uid);
}

/* Some programs have written tasks that are parts of themselves. */
static void drop_self(struct ical_todo *todo)
{
	const char *uuid = json_string_value(json_object_get(todo->task, "uuid"));
	const char *parent = json_string_value(json_object_get(todo->task, "parent"));

	if (!uuid || !parent || strcmp(uuid, parent) != 0)
		return;
	(void)json_object_del(todo->task, "parent");
	import_item_warn(todo->reader, &todo->notes, "RELATED-TO names the task itself and was left out");
}

/* --- texts --- */

static void put_in_front(struct ical_todo *todo, const char *text)
{
	todo->description =
		todo->description ? arena_printf(todo->reader->arena, "%s\n\n%s", text, todo->description) : text;
}

static void append_to_note(struct ical_todo *todo, const char *text)
{
	todo->description =
		todo->description ? arena_printf(todo->reader->arena, "%s\n\n%s", todo->description, text) : text;
}

/* What is longer than a title may be goes on in the note. */
static enum error settle_title(struct ical_todo *todo)
{
	const char *summary = todo->summary;
	char *title;

	if (!summary || text_is_blank(summary, strlen(summary))) {
		if (!todo->description)
			return refuse(todo->reader->refusal, ERROR_INVALID_PARAMS, "SUMMARY", "SUMMARY is missing");
		summary = arena_strndup(todo->reader->arena, todo->description, strcspn(todo->description, "\n"));
		summary = ical_todo_clean(todo, "DESCRIPTION", arena_strdup(todo->reader->arena, summary), "");
	}
	title = arena_strdup(todo->reader->arena, summary);
	if (strlen(title) > TASK_TITLE_LIMIT) {
		put_in_front(todo, summary);
		title[text_whole_length(title, TASK_TITLE_LIMIT)] = '\0';
		import_item_warn(todo->reader, &todo->notes,
			"SUMMARY is longer than %u bytes; the whole of it is in the note", TASK_TITLE_LIMIT);
	}
	set_text(todo, "title", title);
	return ERROR_NONE;
}

/* A comment without a time is as old as the last change that is known. */
static void settle_comment(struct ical_todo *todo, json_t *comment)
{
	const struct ical_moment *known = first_given(todo, ICAL_MODIFIED, ICAL_STAMP, ICAL_CREATED);
	int64_t at = known->is_given ? known->seconds : todo->reader->now;

	if (!json_object_get(comment, "at"))
		(void)json_object_set_new(comment, "at", json_integer(at));
}

static void settle_comments(struct ical_todo *todo)
{
	json_t *annotations = json_array();
	json_t *comment;
	size_t index;

	json_array_foreach (todo->comments, index, comment) {
		json_t *text = json_object_get(comment, "text");

		settle_comment(todo, comment);
		if (json_string_length(text) <= TASK_ANNOTATION_LIMIT) {
			(void)json_array_append(annotations, comment);
			continue;
		}
		append_to_note(todo, arena_strdup(todo->reader->arena, json_string_value(text)));
		import_item_warn(todo->reader, &todo->notes, "COMMENT is longer than %u bytes; it is in the note",
			TASK_ANNOTATION_LIMIT);
	}
	(void)json_object_set_new(todo->task, "annotations", annotations);
}

/* --- states and times --- */

static const struct {
	const char *name, *status;
	bool is_started;
} statuses[] = {
	{ "NEEDS-ACTION", "pending", false },
	{ "IN-PROCESS", "pending", true },
	{ "COMPLETED", "completed", false },
	{ "CANCELLED", "deleted", false },
};

/* Work that another program knows of goes on from now: since when, it does not say. */
static void settle_work(struct ical_todo *todo, bool is_started)
{
	if (!is_started)
		(void)json_object_del(todo->own, "started");
	else if (!json_object_get(todo->own, "started"))
		(void)json_object_set_new(todo->own, "started", json_integer(todo->reader->now));
}

static void settle_end(struct ical_todo *todo, const char *status)
{
	bool is_open = !strcmp(status, "pending");

	if (is_open && todo->moments[ICAL_COMPLETED].is_given)
		import_item_warn(todo->reader, &todo->notes, "COMPLETED was left out: the task is open");
	if (!is_open)
		set_time(todo, "completed", &todo->moments[ICAL_COMPLETED]);
	if (strcmp(status, "deleted") != 0)
		(void)json_object_del(todo->own, "deleted");
}

static enum error settle_status(struct ical_todo *todo)
{
	bool is_completed = todo->is_whole || todo->moments[ICAL_COMPLETED].is_given;
	const char *name = todo->status ? todo->status : is_completed ? "COMPLETED" : "NEEDS-ACTION";

	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		if (strcasecmp(statuses[i].name, name) != 0)
			continue;
		set_text(todo, "status", statuses[i].status);
		settle_work(todo, statuses[i].is_started);
		settle_end(todo, statuses[i].status);
		return ERROR_NONE;
	}
	return refuse(todo->reader->refusal, ERROR_INVALID_PARAMS, "STATUS",
		"STATUS: `%.64s` is not NEEDS-ACTION, IN-PROCESS, COMPLETED or CANCELLED", name);
}

/* DTSTART is when to begin, but where a series has its due there once more. */
static bool is_scheduled(const struct ical_todo *todo)
{
	const struct ical_moment *start = &todo->moments[ICAL_START];
	const struct ical_moment *due = &todo->moments[ICAL_DUE];

	if (!start->is_given || !todo->rule || !due->is_given)
		return start->is_given;
	if (start->time.kind == due->time.kind)
		return start->time.seconds < due->time.seconds;
	return start->seconds < due->seconds;
}

static void settle_times(struct ical_todo *todo)
{
	const struct ical_moment *moments = todo->moments;

	set_time(todo, "due", &moments[ICAL_DUE]);
	set_time(todo, "created", first_given(todo, ICAL_CREATED, ICAL_MODIFIED, ICAL_STAMP));
	set_time(todo, "modified", first_given(todo, ICAL_MODIFIED, ICAL_STAMP, ICAL_STAMP));
	if (is_scheduled(todo))
		set_time(todo, "scheduled", &moments[ICAL_START]);
}

enum error ical_todo_settle(struct ical_todo *todo)
{
	enum error error = ical_times_settle(todo);

	settle_uid(todo);
	drop_self(todo);
	if (!error)
		error = settle_status(todo);
	if (!error)
		error = ical_recurrence_settle(todo);
	if (!error)
		error = settle_title(todo);
	if (error)
		return error;
	settle_times(todo);
	settle_comments(todo);
	if (todo->description && todo->description[0])
		set_text(todo, "note", todo->description);
	(void)json_object_update_missing(todo->task, todo->own);
	return ERROR_NONE;
}
