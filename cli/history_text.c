/* A field is what stands in `before` or in `after`. */
#include "history_text.h"

#include "common/cleanup.h"
#include "relative_time.h"
#include "report.h"
#include "terminal.h"

#include <string.h>

/* Fields that say nothing to a person. */
static bool is_told(const char *name)
{
	static const char *const untold[] = { "uuid", "version", "created", "modified" };

	for (size_t i = 0; i < COUNT_OF(untold); i++)
		if (strcmp(untold[i], name) == 0)
			return false;
	return true;
}

static void append_value(struct buffer *out, const json_t *value);

/* Members of an object by their names; of an annotation the text alone. */
static void append_object(struct buffer *out, const json_t *object)
{
	const json_t *text = json_object_get(object, "text");
	bool is_first = true;
	const char *name;
	json_t *member;

	if (text) {
		append_value(out, text);
		return;
	}
	json_object_foreach ((json_t *)(uintptr_t)object, name, member) {
		buffer_append_text(out, is_first ? "" : ",");
		terminal_clean(out, name, strlen(name));
		buffer_append_char(out, '=');
		append_value(out, member);
		is_first = false;
	}
}

static void append_list(struct buffer *out, const json_t *list)
{
	const json_t *item;
	size_t index;

	json_array_foreach (list, index, item) {
		buffer_append_text(out, index ? "," : "");
		append_value(out, item);
	}
}

static void append_value(struct buffer *out, const json_t *value)
{
	if (json_is_string(value))
		report_append_time(out, json_string_value(value));
	else if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_real(value))
		buffer_printf(out, "%.15g", json_real_value(value));
	else if (json_is_array(value) && json_array_size(value))
		append_list(out, value);
	else if (json_is_object(value) && json_object_size(value))
		append_object(out, value);
	else
		buffer_append_text(out, "none");
}

static void append_value_of(struct buffer *out, const char *name, const json_t *value)
{
	if (strcmp(name, "spent") == 0 && json_is_integer(value))
		relative_time_append_spent(out, json_integer_value(value));
	else
		append_value(out, value);
}

static void append_field(
	struct buffer *out, const char *arrow, const char *name, const json_t *before, const json_t *after)
{
	if (!is_told(name))
		return;
	buffer_append_text(out, out->length ? "; " : "");
	terminal_clean(out, name, strlen(name));
	buffer_append_text(out, ": ");
	append_value_of(out, name, before);
	buffer_printf(out, " %s ", arrow);
	append_value_of(out, name, after);
}

/* Of a task that came or went. */
static void append_title(struct buffer *out, const json_t *task)
{
	const json_t *title = json_object_get(task, "title");

	if (json_is_string(title))
		terminal_clean(out, json_string_value(title), json_string_length(title));
}

void history_text_append_change(struct buffer *out, const char *arrow, const json_t *entry)
{
	json_t *before = json_object_get(entry, "before");
	json_t *after = json_object_get(entry, "after");
	struct buffer change;
	const char *name;
	json_t *value;

	if (!before || !after) {
		append_title(out, before ? before : after);
		return;
	}
	buffer_init(&change);
	json_object_foreach (after, name, value)
		append_field(&change, arrow, name, json_object_get(before, name), value);
	json_object_foreach (before, name, value)
		if (!json_object_get(after, name))
			append_field(&change, arrow, name, value, NULL);
	buffer_append_text(out, buffer_text(&change));
	buffer_deinit(&change);
}
