/* The custom fields that an import needs. */
#include "methods/import_fields.h"

#include <string.h>

void import_fields_init(struct import_fields *fields)
{
	*fields = (struct import_fields){ .declared = json_array(), .numbers = json_object() };
}

void import_fields_deinit(struct import_fields *fields)
{
	json_decref(fields->declared);
	json_decref(fields->numbers);
}

/* --- a declaration --- */

/* Its texts are borrowed from the object, the list of its choices is in the arena. */
static enum error read_declaration(
	const json_t *object, struct arena *arena, struct custom_field *ret_field, struct refusal *refusal)
{
	const char *type = json_string_value(json_object_get(object, "type"));
	const json_t *choices = json_object_get(object, "choices");
	size_t count = json_array_size(choices);
	const char **texts = arena_array(arena, count, sizeof(*texts));

	*ret_field = (struct custom_field){ .name = json_string_value(json_object_get(object, "name")),
		.label = json_string_value(json_object_get(object, "label")),
		.choice_count = count,
		.choices = texts };
	for (size_t i = 0; i < count; i++) {
		texts[i] = json_string_value(json_array_get(choices, i));
		if (!texts[i])
			return refuse(refusal, ERROR_INVALID_PARAMS, "choices", "choices must be texts");
	}
	if (!ret_field->name || !type)
		return refuse(refusal, ERROR_INVALID_PARAMS, "fields", "a field has a name and a type");
	return custom_type_parse(type, &ret_field->type, refusal);
}

enum error import_fields_declare(struct import_fields *fields, const json_t *list, struct refusal *refusal)
{
	struct arena arena;
	enum error error = ERROR_NONE;

	arena_init(&arena);
	for (size_t i = 0; !error && i < json_array_size(list); i++) {
		json_t *object = json_array_get(list, i);
		struct custom_field field;

		error = read_declaration(object, &arena, &field, refusal);
		if (!error)
			error = custom_field_check(&field, refusal);
		if (!error)
			(void)json_array_append(fields->declared, object);
	}
	arena_deinit(&arena);
	return error;
}

void import_fields_see(struct import_fields *fields, const char *name, bool is_number)
{
	const json_t *seen = json_object_get(fields->numbers, name);

	if (!seen || (json_is_true(seen) && !is_number))
		(void)json_object_set_new(fields->numbers, name, json_boolean(is_number));
}

/* --- on the way --- */

const char *import_fields_write(const struct import_fields *fields, struct arena *arena)
{
	const char *json = NULL;
	json_t *both;
	char *text;

	if (!json_array_size(fields->declared) && !json_object_size(fields->numbers))
		return NULL;
	both = json_pack("{s:O, s:O}", "declared", fields->declared, "numbers", fields->numbers);
	text = json_dumps(both, JSON_COMPACT);
	if (text)
		json = arena_strdup(arena, text);
	free(text);
	json_decref(both);
	return json;
}

void import_fields_merge(struct import_fields *fields, const char *json)
{
	json_t *both = json_loads(json, 0, NULL);
	const char *name;
	json_t *is_number;

	(void)json_array_extend(fields->declared, json_object_get(both, "declared"));
	json_object_foreach (json_object_get(both, "numbers"), name, is_number)
		import_fields_see(fields, name, json_is_true(is_number));
	json_decref(both);
}

/* --- in the account --- */

struct declaring {
	struct request *request;
	struct custom_field_list list; /* of the account, as it was */
	json_t *done;                  /* names that were declared since */
};

static enum error declare(struct declaring *declaring, const struct custom_field *field)
{
	struct request *request = declaring->request;
	size_t count = declaring->list.count + json_object_size(declaring->done);

	if (custom_field_find(&declaring->list, field->name) || json_object_get(declaring->done, field->name))
		return ERROR_NONE;
	if (count == CUSTOM_FIELDS_LIMIT)
		return request_refuse(request, ERROR_CONFLICT, "fields",
			"the account would have more than %u custom fields", CUSTOM_FIELDS_LIMIT);
	(void)json_object_set_new(declaring->done, field->name, json_true());
	return custom_field_store_put(request->db, request->who.account_id, field);
}

static enum error declare_all(struct declaring *declaring, const struct import_fields *fields)
{
	struct request *request = declaring->request;
	const char *name;
	json_t *is_number;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < json_array_size(fields->declared); i++) {
		struct custom_field field;

		error = read_declaration(
			json_array_get(fields->declared, i), request->arena, &field, &request->refusal);
		if (!error)
			error = declare(declaring, &field);
	}
	json_object_foreach (fields->numbers, name, is_number)
		if (!error)
			error = declare(
				declaring, &(struct custom_field){ .name = name,
						   .type = json_is_true(is_number) ? CUSTOM_NUMBER : CUSTOM_STRING });
	return error;
}

enum error import_fields_apply(
	const struct import_fields *fields, struct request *request, struct custom_field_list *ret_list)
{
	struct declaring declaring = { .request = request, .done = json_object() };
	enum error error =
		custom_field_store_load(request->db, request->who.account_id, request->arena, &declaring.list);

	if (!error)
		error = declare_all(&declaring, fields);
	if (!error)
		error = custom_field_store_load(request->db, request->who.account_id, request->arena, ret_list);
	json_decref(declaring.done);
	return error;
}
