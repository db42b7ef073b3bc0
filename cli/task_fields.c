/* One table of names; values are looked up in the daemon's object. */
#include "task_fields.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "relative_time.h"
#include "report.h"
#include "terminal.h"

#include <string.h>

const char *const task_field_names[] = { "id", "uuid", "title", "note", "status", "waiting", "blocked", "blocking",
	"project", "tags", "priority", "due", "wait", "scheduled", "until", "started", "completed", "deleted", "parent",
	"children", "depends", "annotations", "fields", "recur", "recur_from", "recur_count", "series", "spent",
	"urgency", "created", "modified", "version", NULL };

/* The name behind the dot of fields.NAME; NULL: it is no custom field. */
static const char *custom_name(const char *name)
{
	size_t length = strlen(TASK_FIELD_CUSTOM);

	return strlen(name) > length && memcmp(name, TASK_FIELD_CUSTOM, length) == 0 ? name + length : NULL;
}

const json_t *task_field_value(const json_t *task, const char *name)
{
	const char *custom = custom_name(name);

	return custom ? json_object_get(json_object_get(task, "fields"), custom) : json_object_get(task, name);
}

enum error task_field_check(const char *name, size_t length, struct trouble *trouble)
{
	AUTO_FREE char *word = memory_strndup(name, length);
	const char *nearest;

	if (custom_name(word))
		return ERROR_NONE;
	for (const char *const *known = task_field_names; *known; known++)
		if (strcmp(*known, word) == 0)
			return ERROR_NONE;
	nearest = text_nearest(word, task_field_names);
	if (nearest)
		return trouble_usage(trouble, "a task has no field `%s`; did you mean `%s`?", word, nearest);
	(void)trouble_usage(trouble, "a task has no field `%s`", word);
	trouble_advise(trouble, "the fields: taskctl help list");
	return ERROR_INVALID_PARAMS;
}

static void append_text(struct buffer *out, const json_t *text)
{
	terminal_clean(out, json_string_value(text), json_string_length(text));
}

static void append_scalar(struct buffer *out, const json_t *value)
{
	if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		buffer_printf(out, "%.15g", json_real_value(value)); /* what 15 digits say stays as it is */
	else if (json_is_boolean(value))
		buffer_append_text(out, json_is_true(value) ? "yes" : "no");
	else if (json_is_string(value))
		append_text(out, value);
}

static void append_list(struct buffer *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i)
			buffer_append_char(out, ',');
		append_scalar(out, json_array_get(list, i));
	}
}

static void append_annotations(struct buffer *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		if (i)
			buffer_append_text(out, "; ");
		append_scalar(out, json_object_get(json_array_get(list, i), "text"));
	}
}

static void append_children(struct buffer *out, const json_t *children)
{
	json_int_t total = json_integer_value(json_object_get(children, "total"));
	json_int_t open = json_integer_value(json_object_get(children, "open"));

	if (total)
		buffer_printf(out, "%" JSON_INTEGER_FORMAT "/%" JSON_INTEGER_FORMAT, total - open, total);
}

static void append_customs(struct buffer *out, const json_t *fields)
{
	bool is_first = true;
	const char *name;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)fields, name, value) {
		buffer_append_text(out, is_first ? "" : ",");
		terminal_clean(out, name, strlen(name));
		buffer_append_char(out, '=');
		append_scalar(out, value);
		is_first = false;
	}
}

/* Members that read in a way of their own. */
static const struct {
	const char *name;
	void (*append)(struct buffer *out, const json_t *value);
} specials[] = {
	{ "annotations", append_annotations },
	{ "children", append_children },
	{ "fields", append_customs },
};

void task_field_append(struct buffer *out, const json_t *task, const char *name)
{
	const json_t *value = task_field_value(task, name);

	for (size_t i = 0; i < COUNT_OF(specials); i++)
		if (strcmp(specials[i].name, name) == 0) {
			specials[i].append(out, value);
			return;
		}
	if (json_is_array(value))
		append_list(out, value);
	else if (json_is_string(value) && strcmp(name, "note") == 0)
		terminal_clean_lines(out, json_string_value(value), json_string_length(value));
	else
		append_scalar(out, value);
}

/* Seconds of a duration as the daemon writes those below a day, PT7200S. */
static bool read_seconds(const char *text, int64_t *ret_seconds)
{
	size_t digits = text && strncmp(text, "PT", 2) == 0 ? strspn(text + 2, "0123456789") : 0;
	AUTO_FREE char *number = digits ? memory_strndup(text + 2, digits) : NULL;

	return number && strcmp(text + 2 + digits, "S") == 0 && text_parse_integer(number, 0, INT64_MAX, ret_seconds);
}

void task_custom_append(struct buffer *out, const json_t *task, const char *name)
{
	const json_t *value = json_object_get(json_object_get(task, "fields"), name);
	int64_t seconds;

	if (relative_time_parse(json_string_value(value), &seconds))
		report_append_time(out, json_string_value(value));
	else if (read_seconds(json_string_value(value), &seconds))
		relative_time_append_spent(out, seconds);
	else
		append_scalar(out, value);
}

void task_field_add_cell(struct rows *rows, const json_t *task, const char *name)
{
	const json_t *value = task_field_value(task, name);
	struct buffer text;

	if (json_is_string(value)) {
		rows_add(rows, json_string_value(value), json_string_length(value));
		return;
	}
	buffer_init(&text);
	task_field_append(&text, task, name);
	rows_add(rows, text.data, text.length);
	buffer_deinit(&text);
}

static const char *name_behind(const char *name)
{
	const char *comma = strchr(name, ',');

	return comma ? comma + 1 : NULL;
}

enum error task_fields_check(const char *list, struct trouble *trouble)
{
	enum error error = ERROR_NONE;

	for (const char *name = list; !error && name; name = name_behind(name))
		error = task_field_check(name, strcspn(name, ","), trouble);
	return error;
}

json_t *task_fields_pick(const json_t *task, const char *list)
{
	json_t *picked = json_object();

	for (const char *name = list; name; name = name_behind(name)) {
		AUTO_FREE char *word = memory_strndup(name, strcspn(name, ","));
		json_t *value = (json_t *)(uintptr_t)task_field_value(task, word);

		(void)json_object_set_new(picked, word, value ? json_incref(value) : json_null());
	}
	return picked;
}
