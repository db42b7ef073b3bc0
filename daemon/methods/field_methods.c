/* Custom fields: what an account declares beside the fields that every task has. */
#include "methods/field_view.h"
#include "methods/methods.h"
#include "store/custom_field_store.h"

#include <inttypes.h>
#include <stddef.h>

/* --- field.define --- */

struct field_define_params {
	struct text_param name;
	struct text_param type;
	struct text_param label;
	struct text_list_param choices;
};

static const struct param field_define_params[] = {
	{ .name = "name",
		.summary = "A small letter and then small letters, digits and underscores",
		.type = PARAM_TEXT,
		.offset = offsetof(struct field_define_params, name),
		.need = PARAM_REQUIRED },
	{ .name = "type",
		.summary = "string, number, date or duration",
		.type = PARAM_TEXT,
		.offset = offsetof(struct field_define_params, type),
		.need = PARAM_REQUIRED },
	{ .name = "label",
		.summary = "What stands above it in lists",
		.type = PARAM_TEXT,
		.offset = offsetof(struct field_define_params, label),
		.null = PARAM_NULLABLE },
	{ .name = "choices",
		.summary = "Of a string: the only values that it may have",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct field_define_params, choices),
		.null = PARAM_NULLABLE,
		.minimum = 1 },
	{ 0 },
};

static enum error read_field(
	struct request *request, const struct field_define_params *params, struct custom_field *ret_field)
{
	struct custom_field field = { .name = params->name.text,
		.label = params->label.text,
		.choice_count = params->choices.count,
		.choices = params->choices.texts };
	enum error error = custom_type_parse(params->type.text, &field.type, &request->refusal);

	if (!error)
		error = custom_field_check(&field, &request->refusal);
	if (!error)
		*ret_field = field;
	return error;
}

/* Values that are there are of the old type. */
static const char *tasks_that_have(int64_t count)
{
	return count == 1 ? "task, counting those in the bin, has" : "tasks, counting those in the bin, have";
}

static enum error check_type(
	struct request *request, const struct custom_field *field, const struct custom_field *before)
{
	int64_t count;
	enum error error;

	if (before && before->type == field->type)
		return ERROR_NONE;
	error = custom_field_store_count_values(request->db, request->who.account_id, field->name, &count);
	if (error || !count)
		return error;
	return request_refuse(request, ERROR_CONFLICT, "type",
		"%" PRId64 " %s a value of %s; clear it there before it becomes a %s", count, tasks_that_have(count),
		field->name, custom_type_names[field->type]);
}

static enum error check_room(
	struct request *request, const struct custom_field_list *fields, const struct custom_field *before)
{
	if (before || fields->count < CUSTOM_FIELDS_LIMIT)
		return ERROR_NONE;
	return request_refuse(request, ERROR_CONFLICT, "name", "there are %u custom fields already; delete one first",
		CUSTOM_FIELDS_LIMIT);
}

static void write_field(struct request *request, const struct custom_field *field)
{
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "field");
	field_view_write(&request->result, field);
	json_writer_end_object(&request->result);
}

static enum error field_define(struct request *request, const struct field_define_params *params)
{
	struct custom_field_list fields;
	const struct custom_field *before = NULL;
	struct custom_field field;
	enum error error = read_field(request, params, &field);

	if (!error)
		error = custom_field_store_load(request->db, request->who.account_id, request->arena, &fields);
	if (error)
		return error;
	before = custom_field_find(&fields, field.name);
	error = check_room(request, &fields, before);
	if (!error)
		error = check_type(request, &field, before);
	if (!error)
		error = custom_field_store_put(request->db, request->who.account_id, &field);
	if (!error)
		write_field(request, &field);
	return error;
}

/* --- field.list --- */

static enum error field_list_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	struct custom_field_list fields;
	enum error error = custom_field_store_load(request->db, request->who.account_id, request->arena, &fields);

	(void)params; /* it takes none */
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_key(result, "fields");
	json_writer_begin_array(result);
	for (size_t i = 0; i < fields.count; i++)
		field_view_write(result, &fields.fields[i]);
	json_writer_end_array(result);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- field.delete --- */

struct field_delete_params {
	struct text_param name;
};

static const struct param field_delete_params[] = {
	{ .name = "name",
		.summary = "The field; no task may have a value of it",
		.type = PARAM_TEXT,
		.offset = offsetof(struct field_delete_params, name),
		.need = PARAM_REQUIRED },
	{ 0 },
};

static enum error refuse_missing(struct request *request, const struct custom_field_list *fields, const char *name)
{
	const char *nearest = custom_field_nearest(fields, name);

	if (nearest)
		return request_refuse(request, ERROR_NOT_FOUND, "name",
			"there is no custom field %.64s; did you mean %s?", name, nearest);
	return request_refuse(request, ERROR_NOT_FOUND, "name", "there is no custom field %.64s", name);
}

static enum error check_unused(struct request *request, const char *name)
{
	int64_t count;
	enum error error = custom_field_store_count_values(request->db, request->who.account_id, name, &count);

	if (error || !count)
		return error;
	return request_refuse(request, ERROR_CONFLICT, "name", "%" PRId64 " %s a value of %s; clear it there first",
		count, tasks_that_have(count), name);
}

static enum error field_delete(struct request *request, const struct field_delete_params *params)
{
	struct custom_field_list fields;
	const struct custom_field *field;
	enum error error = custom_field_store_load(request->db, request->who.account_id, request->arena, &fields);

	if (error)
		return error;
	field = custom_field_find(&fields, params->name.text);
	if (!field)
		return refuse_missing(request, &fields, params->name.text);
	error = check_unused(request, field->name);
	if (!error)
		error = custom_field_store_remove(request->db, request->who.account_id, field->name);
	if (!error)
		write_field(request, field);
	return error;
}

METHOD_HANDLER(field_define, struct field_define_params)
METHOD_HANDLER(field_delete, struct field_delete_params)

const struct method field_methods[] = {
	{ .name = "field.define",
		.summary = "Declare a field that tasks may have, or say anew what it is",
		TASK_WRITE,
		.params = field_define_params,
		.params_size = sizeof(struct field_define_params),
		.handle = field_define_handler },
	{ .name = "field.list",
		.summary = "List the fields that were declared",
		TASK_READ,
		.handle = field_list_handler },
	{ .name = "field.delete",
		.summary = "Do away with a field that no task has a value of",
		TASK_WRITE,
		.params = field_delete_params,
		.params_size = sizeof(struct field_delete_params),
		.handle = field_delete_handler },
	{ 0 },
};
