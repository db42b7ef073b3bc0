/* What a VTODO says that we have no field for: custom fields. */
#include "methods/ical_field.h"
#include "methods/ical_todo.h"

#include <string.h>

static void set_field(struct ical_todo *todo, const char *property, const char *name, char *value)
{
	json_t *fields = json_object_get(todo->task, "fields");

	if (json_object_get(fields, name))
		ical_todo_warn_double(todo, property);
	else if (strlen(value) > TASK_CUSTOM_TEXT_LIMIT)
		import_item_warn(todo->reader, &todo->notes, "%.64s is longer than %u bytes and was left out", property,
			TASK_CUSTOM_TEXT_LIMIT);
	else if (json_object_size(fields) == TASK_CUSTOM_LIMIT)
		import_item_warn(
			todo->reader, &todo->notes, "%.64s was left out: there are too many like it", property);
	else if (value[0])
		(void)json_object_set_new(fields, name, json_string(ical_todo_clean(todo, property, value, "")));
}

enum error ical_kept_value(struct ical_todo *todo, const char *property, const char *value)
{
	char name[TASK_CUSTOM_NAME_LIMIT + 1];

	if (ical_field_name(property, name))
		set_field(todo, property, name, arena_strdup(todo->reader->arena, value));
	else
		import_item_warn(
			todo->reader, &todo->notes, "%.64s was left out: its name is longer than a field's", property);
	return ERROR_NONE;
}

enum error ical_kept_line(struct ical_todo *todo, const struct ical_line *line)
{
	if (line->param_count)
		return ical_kept_value(todo, line->name, line->rest);
	return ical_kept_value(todo, line->name,
		ical_field_is_text(line->name)
			? ical_todo_clean(todo, line->name, ical_line_text(line->value, todo->reader->arena), "")
			: line->value);
}

enum error ical_kept_exception(struct ical_todo *todo, const struct ical_line *line)
{
	import_item_warn(
		todo->reader, &todo->notes, "%s is kept as a field, but changes nothing about the series", line->name);
	return ical_kept_line(todo, line);
}

enum error ical_kept_field(struct ical_todo *todo, const struct ical_line *line)
{
	const char *name = ical_line_param(line, "X-NAME");

	if (!name)
		return ical_todo_refuse(todo, line, "one with X-NAME, the field's name");
	set_field(todo, line->name, name, ical_line_text(line->value, todo->reader->arena));
	return ERROR_NONE;
}
