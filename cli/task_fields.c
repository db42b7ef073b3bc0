/* One table of names; values are looked up in the daemon's object. */
#include "task_fields.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "terminal.h"

#include <string.h>

const char *const task_field_names[] = { "id", "uuid", "title", "note", "status", "waiting", "project", "tags",
	"priority", "due", "wait", "started", "completed", "deleted", "created", "modified", "version", NULL };

enum error task_field_check(const char *name, size_t length, struct trouble *trouble)
{
	AUTO_FREE char *word = memory_strndup(name, length);
	const char *nearest;

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

static void append_list(struct buffer *out, const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (i)
			buffer_append_char(out, ',');
		terminal_clean(out, json_string_value(item), json_string_length(item));
	}
}

void task_field_append(struct buffer *out, const json_t *task, const char *name)
{
	const json_t *value = json_object_get(task, name);

	if (json_is_array(value))
		append_list(out, value);
	else if (json_is_integer(value))
		buffer_printf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	else if (json_is_boolean(value))
		buffer_append_text(out, json_is_true(value) ? "yes" : "no");
	else if (json_is_string(value) && strcmp(name, "note") == 0)
		terminal_clean_lines(out, json_string_value(value), json_string_length(value));
	else if (json_is_string(value))
		terminal_clean(out, json_string_value(value), json_string_length(value));
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
		size_t length = strcspn(name, ",");
		json_t *value = json_object_getn(task, name, length);

		(void)json_object_setn_new(picked, name, length, value ? json_incref(value) : json_null());
	}
	return picked;
}
