/* Values are read by their fields' types. */
#include "methods/task_patch_custom.h"

#include "store/custom_field_store.h"
#include "tasks/custom_value.h"

#include <stdlib.h>
#include <string.h>

static enum error refuse_unknown(struct request *request, const struct custom_field_list *list, const char *name)
{
	const char *nearest = custom_field_nearest(list, name);

	if (nearest)
		return request_refuse(request, ERROR_INVALID_PARAMS, "fields",
			"there is no custom field %.64s; did you mean %s?", name, nearest);
	return request_refuse(request, ERROR_INVALID_PARAMS, "fields",
		"there is no custom field %.64s; field.define declares one", name);
}

/* An undo may have brought back a value whose field is gone. */
static enum error clear_undeclared(struct request *request, const struct custom_field_list *list, const char *name)
{
	int64_t count;
	enum error error = custom_field_store_count_values(request->db, request->who.account_id, name, &count);

	return error || count ? error : refuse_unknown(request, list, name);
}

static enum error read_member(struct request *request, const struct custom_field_list *list,
	const struct date_context *dates, const struct value_member *member, struct task_value *ret_value)
{
	const struct custom_input input = { member->text, member->length, member->is_number };
	const struct custom_field *field = custom_field_find(list, member->name);

	*ret_value = (struct task_value){ .name = member->name };
	if (!field)
		return member->presence == PARAM_CLEARED ? clear_undeclared(request, list, member->name)
							 : refuse_unknown(request, list, member->name);
	if (member->presence == PARAM_CLEARED || (!member->length && field->type == CUSTOM_STRING))
		return ERROR_NONE;
	return custom_value_parse(field, &input, dates, request->arena, &ret_value->value, &request->refusal);
}

static int compare_values(const void *left, const void *right)
{
	const struct task_value *a = left;
	const struct task_value *b = right;

	return strcmp(a->name, b->name);
}

enum error task_patch_custom_read(struct request *request, const struct value_map_param *fields,
	const struct date_context *dates, struct task_patch_custom *ret_custom)
{
	struct task_patch_custom custom = { .count = fields->count };
	struct custom_field_list list;
	enum error error;

	*ret_custom = (struct task_patch_custom){ .count = 0 };
	if (!fields->count)
		return ERROR_NONE;
	custom.values = arena_array(request->arena, fields->count, sizeof(*custom.values));
	error = custom_field_store_load(request->db, request->who.account_id, request->arena, &list);
	for (size_t i = 0; !error && i < fields->count; i++)
		error = read_member(request, &list, dates, &fields->members[i], &custom.values[i]);
	if (error)
		return error;
	qsort(custom.values, custom.count, sizeof(*custom.values), compare_values);
	*ret_custom = custom;
	return ERROR_NONE;
}

/* Both are sorted: the patch's own values, and those of the task that it does not name. */
void task_patch_custom_apply(const struct task_patch_custom *custom, struct task *task, struct arena *arena)
{
	struct task_value *values;
	size_t count = 0;
	size_t at = 0;

	if (!custom->count)
		return;
	values = arena_array(arena, task->custom_count + custom->count, sizeof(*values));
	for (size_t i = 0; i < custom->count; i++) {
		while (at < task->custom_count && strcmp(task->custom[at].name, custom->values[i].name) < 0)
			values[count++] = task->custom[at++];
		if (at < task->custom_count && !strcmp(task->custom[at].name, custom->values[i].name))
			at++;
		if (custom->values[i].value)
			values[count++] = custom->values[i];
	}
	while (at < task->custom_count)
		values[count++] = task->custom[at++];
	task->custom = values;
	task->custom_count = count;
}
