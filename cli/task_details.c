/* A table of headings, in their order, each with what writes its content. */
#include "task_details.h"

#include "common/cleanup.h"
#include "details.h"
#include "relative_time.h"
#include "report.h"
#include "task_fields.h"
#include "terminal.h"

#include <string.h>

#define HEADING_WIDTH 12

struct detail {
	const char *name, *heading;

	void (*append)(struct buffer *out, const json_t *task, const char *name, int64_t now);
};

static const char *text_of(const json_t *task, const char *name)
{
	return json_string_value(json_object_get(task, name));
}

/* --- contents --- */

static void append_field(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	(void)now;
	task_field_append(out, task, name);
}

static void append_time(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	(void)now;
	report_append_time(out, text_of(task, name));
}

static void append_day_begin(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	(void)now;
	report_append_day(out, text_of(task, name), REPORT_DAY_BEGIN);
}

static void append_day_end(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	(void)now;
	report_append_day(out, text_of(task, name), REPORT_DAY_END);
}

static void append_status(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	static const char *const more[] = { "waiting", "blocked", "blocking" };

	append_field(out, task, name, now);
	for (size_t i = 0; i < COUNT_OF(more); i++)
		if (json_is_true(json_object_get(task, more[i])))
			buffer_printf(out, ", %s", more[i]);
}

static void append_children(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	const json_t *children = json_object_get(task, name);

	(void)now;
	buffer_printf(out, "%" JSON_INTEGER_FORMAT ", of which %" JSON_INTEGER_FORMAT " open",
		json_integer_value(json_object_get(children, "total")),
		json_integer_value(json_object_get(children, "open")));
}

static void append_recur(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	append_field(out, task, name, now);
	if (text_of(task, "recur_from"))
		buffer_append_text(out, ", from ");
	append_field(out, task, "recur_from", now);
	if (json_is_integer(json_object_get(task, "recur_count")))
		buffer_printf(out, ", %" JSON_INTEGER_FORMAT " times",
			json_integer_value(json_object_get(task, "recur_count")));
}

/* What has ended, and what runs. */
static void append_spent(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	int64_t spent = json_integer_value(json_object_get(task, name));
	int64_t started;

	if (relative_time_parse(text_of(task, "started"), &started) && started < now)
		spent += now - started;
	relative_time_append_spent(out, spent);
}

/* Each on a line of its own. */
static void append_annotations(struct buffer *out, const json_t *task, const char *name, int64_t now)
{
	const json_t *annotation;
	size_t index;

	(void)now;
	json_array_foreach (json_object_get(task, name), index, annotation) {
		const json_t *text = json_object_get(annotation, "text");

		if (index)
			buffer_append_char(out, '\n');
		report_append_time(out, text_of(annotation, "at"));
		buffer_append_text(out, "  ");
		terminal_clean(out, json_string_value(text), json_string_length(text));
	}
}

/* --- the table --- */

static const struct detail details[] = {
	{ "id", "Id", append_field },
	{ "title", "Title", append_field },
	{ "status", "Status", append_status },
	{ "project", "Project", append_field },
	{ "tags", "Tags", append_field },
	{ "priority", "Priority", append_field },
	{ "due", "Due", append_day_end },
	{ "wait", "Wait until", append_day_begin },
	{ "scheduled", "Scheduled", append_day_begin },
	{ "until", "Until", append_day_end },
	{ "recur", "Recurs", append_recur },
	{ "series", "Series", append_field },
	{ "parent", "Parent", append_field },
	{ "children", "Children", append_children },
	{ "depends", "Depends on", append_field },
	{ "started", "Started", append_time },
	{ "spent", "Spent", append_spent },
	{ "completed", "Completed", append_time },
	{ "deleted", "Deleted", append_time },
	{ "annotations", "Annotated", append_annotations },
	{ "urgency", "Urgency", append_field },
	{ "created", "Created", append_time },
	{ "modified", "Modified", append_time },
	{ "version", "Version", append_field },
	{ "uuid", "Uuid", append_field },
};

static bool has_content(const json_t *value)
{
	return value && !(json_is_array(value) && json_array_size(value) == 0);
}

static void append_customs(struct buffer *out, const json_t *task, const struct view_frame *frame)
{
	json_t *fields = json_object_get(task, "fields");
	const char *name;
	json_t *value;

	json_object_foreach (fields, name, value) {
		struct buffer content;

		buffer_init(&content);
		task_custom_append(&content, task, name);
		details_append(out, frame, HEADING_WIDTH, name, buffer_text(&content));
		buffer_deinit(&content);
	}
}

static void append_note(struct buffer *out, const json_t *task, const struct view_frame *frame)
{
	struct buffer note;

	if (!text_of(task, "note"))
		return;
	buffer_init(&note);
	task_field_append(&note, task, "note");
	buffer_append_char(out, '\n');
	details_append_text(out, frame, buffer_text(&note));
	buffer_deinit(&note);
}

void task_details_append(struct buffer *out, const json_t *task, int64_t now, const struct view_frame *frame)
{
	for (size_t i = 0; i < COUNT_OF(details); i++) {
		struct buffer content;

		if (!has_content(json_object_get(task, details[i].name)))
			continue;
		buffer_init(&content);
		details[i].append(&content, task, details[i].name, now);
		details_append(out, frame, HEADING_WIDTH, details[i].heading, buffer_text(&content));
		buffer_deinit(&content);
	}
	append_customs(out, task, frame);
	append_note(out, task, frame);
}
