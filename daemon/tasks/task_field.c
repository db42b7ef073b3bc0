/* The fields of a task as a table. */
#include "tasks/task_field.h"

#include <string.h>

#define FIELD_ROW(number, name, type, role)                                                                            \
	{ #name, TASK_FIELD_##type, TASK_FIELD_##role, offsetof(struct task, name) },

const struct task_field task_fields[] = { TASK_FIELDS(FIELD_ROW){ 0 } };

static const void *member(const struct task_field *field, const struct task *task)
{
	return (const char *)task + field->offset;
}

const char *task_field_text(const struct task_field *field, const struct task *task)
{
	return *(const char *const *)member(field, task);
}

int64_t task_field_integer(const struct task_field *field, const struct task *task)
{
	return *(const int64_t *)member(field, task);
}

static bool is_same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool has_same_tags(const struct task *a, const struct task *b)
{
	if (a->tag_count != b->tag_count)
		return false;
	for (size_t i = 0; i < a->tag_count; i++)
		if (strcmp(a->tags[i], b->tags[i]) != 0)
			return false;
	return true;
}

static bool has_same_depends(const struct task *a, const struct task *b)
{
	return a->depend_count == b->depend_count &&
	       (!a->depend_count || !memcmp(a->depends, b->depends, a->depend_count * sizeof(*a->depends)));
}

static bool has_same_annotations(const struct task *a, const struct task *b)
{
	if (a->annotation_count != b->annotation_count)
		return false;
	for (size_t i = 0; i < a->annotation_count; i++)
		if (a->annotations[i].at != b->annotations[i].at ||
			strcmp(a->annotations[i].text, b->annotations[i].text) != 0)
			return false;
	return true;
}

static bool has_same_custom(const struct task *a, const struct task *b)
{
	if (a->custom_count != b->custom_count)
		return false;
	for (size_t i = 0; i < a->custom_count; i++)
		if (strcmp(a->custom[i].name, b->custom[i].name) != 0 ||
			strcmp(a->custom[i].value, b->custom[i].value) != 0)
			return false;
	return true;
}

bool task_field_differs(const struct task_field *field, const struct task *a, const struct task *b)
{
	switch (field->type) {
	case TASK_FIELD_TEXT:
		return !is_same_text(task_field_text(field, a), task_field_text(field, b));
	case TASK_FIELD_UUID:
		return strcmp(a->uuid, b->uuid) != 0;
	case TASK_FIELD_INTEGER:
	case TASK_FIELD_TIME:
	case TASK_FIELD_COUNT:
	case TASK_FIELD_REFERENCE:
		return task_field_integer(field, a) != task_field_integer(field, b);
	case TASK_FIELD_STATUS:
		return a->status != b->status;
	case TASK_FIELD_PRIORITY:
		return a->priority != b->priority;
	case TASK_FIELD_TAGS:
		return !has_same_tags(a, b);
	case TASK_FIELD_DEPENDS:
		return !has_same_depends(a, b);
	case TASK_FIELD_ANNOTATIONS:
		return !has_same_annotations(a, b);
	case TASK_FIELD_CUSTOM:
		return !has_same_custom(a, b);
	}
	return true;
}

bool task_fields_differ(const struct task *a, const struct task *b)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && task_field_differs(field, a, b))
			return true;
	return false;
}
