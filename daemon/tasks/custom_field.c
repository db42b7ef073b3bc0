/* What may be declared. */
#include "tasks/custom_field.h"

#include "common/cleanup.h"
#include "common/text.h"
#include "tasks/task_field.h"

#include <string.h>

const char *const custom_type_names[] = { [CUSTOM_STRING] = "string",
	[CUSTOM_NUMBER] = "number",
	[CUSTOM_DATE] = "date",
	[CUSTOM_DURATION] = "duration",
	NULL };

/* Words of filters, lists and changes; the names of a task's own fields come beside them. */
static const char *const taken_names[] = { "active", "age", "all", "and", "annotated", "annotation", "any", "blocked",
	"blocking", "child", "context", "dep", "description", "end", "entry", "fields", "filter", "id", "ids", "is",
	"limit", "no", "none", "not", "now", "or", "overdue", "page", "pending", "pri", "proj", "ready", "report",
	"sched", "sort", "start", "subtask", "tag", "tagged", "task", "text", "urgency", "waiting", "xor" };

enum error custom_type_parse(const char *text, enum custom_type *ret_type, struct refusal *refusal)
{
	for (int i = 0; custom_type_names[i]; i++)
		if (!strcmp(custom_type_names[i], text)) {
			*ret_type = (enum custom_type)i;
			return ERROR_NONE;
		}
	return refuse(refusal, ERROR_INVALID_PARAMS, "type", "type must be string, number, date or duration");
}

static bool is_taken(const char *name)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (!strcmp(field->name, name))
			return true;
	for (size_t i = 0; i < COUNT_OF(taken_names); i++)
		if (!strcmp(taken_names[i], name))
			return true;
	return false;
}

enum error custom_field_check_name(const char *name, struct refusal *refusal)
{
	size_t length = strlen(name);

	if (name[0] < 'a' || name[0] > 'z' || strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != length)
		return refuse(refusal, ERROR_INVALID_PARAMS, "name",
			"name must be small letters, digits and underscores, a letter first");
	if (length > TASK_CUSTOM_NAME_LIMIT)
		return refuse(
			refusal, ERROR_INVALID_PARAMS, "name", "name is longer than %u bytes", TASK_CUSTOM_NAME_LIMIT);
	if (is_taken(name))
		return refuse(refusal, ERROR_INVALID_PARAMS, "name",
			"%s already means something else; choose another name", name);
	return ERROR_NONE;
}

static enum error check_words(const char *text, const char *field, size_t limit, struct refusal *refusal)
{
	size_t length = strlen(text);

	if (!length)
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s must not hold an empty text", field);
	if (text_has_control(text, length, ""))
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s must not hold control characters", field);
	if (length > limit)
		return refuse(refusal, ERROR_INVALID_PARAMS, field, "%s holds more than %zu bytes", field, limit);
	return ERROR_NONE;
}

static bool is_choice_before(const struct custom_field *field, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (!strcmp(field->choices[i], field->choices[index]))
			return true;
	return false;
}

static enum error check_choices(const struct custom_field *field, struct refusal *refusal)
{
	enum error error = ERROR_NONE;

	if (field->choice_count && field->type != CUSTOM_STRING)
		return refuse(refusal, ERROR_INVALID_PARAMS, "choices", "choices are for a field whose type is string");
	if (field->choice_count > CUSTOM_CHOICES_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "choices", "choices holds more than %u texts",
			CUSTOM_CHOICES_LIMIT);
	for (size_t i = 0; !error && i < field->choice_count; i++) {
		error = check_words(field->choices[i], "choices", CUSTOM_CHOICE_LIMIT, refusal);
		if (!error && is_choice_before(field, i))
			error = refuse(
				refusal, ERROR_INVALID_PARAMS, "choices", "choices holds %s twice", field->choices[i]);
	}
	return error;
}

enum error custom_field_check(const struct custom_field *field, struct refusal *refusal)
{
	enum error error = custom_field_check_name(field->name, refusal);

	if (!error && field->label)
		error = check_words(field->label, "label", CUSTOM_LABEL_LIMIT, refusal);
	return error ? error : check_choices(field, refusal);
}
