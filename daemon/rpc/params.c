/* Binding of a JSON object to a method's params struct, by its table. */
#include "rpc/params.h"

#include "common/text.h"
#include "common/wire.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct binding {
	const struct param *param;
	struct arena *arena;
	struct refusal *refusal;
};

static enum error refuse_type(const struct binding *binding, const char *wanted)
{
	return refuse(binding->refusal, ERROR_INVALID_PARAMS, binding->param->name, "%s must be %s",
		binding->param->name, wanted);
}

static enum error check_length(const struct binding *binding, size_t length)
{
	const struct param *param = binding->param;

	if ((int64_t)length < param->minimum)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name,
			length ? "%s is shorter than %" PRId64 " bytes" : "%s must not be empty", param->name,
			param->minimum);
	if (param->maximum && (int64_t)length > param->maximum)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name,
			"%s is longer than %" PRId64 " bytes", param->name, param->maximum);
	return ERROR_NONE;
}

static enum error bind_text(const struct binding *binding, const json_t *value, void *field)
{
	struct text_param *text = field;
	enum error error;

	if (!json_is_string(value))
		return refuse_type(binding, "a string");
	error = check_length(binding, json_string_length(value));
	if (error)
		return error;
	*text = (struct text_param){ PARAM_GIVEN, json_string_value(value), json_string_length(value) };
	return ERROR_NONE;
}

static enum error bind_integer(const struct binding *binding, const json_t *value, void *field)
{
	struct integer_param *integer = field;
	const struct param *param = binding->param;
	int64_t maximum = param->maximum ? param->maximum : WIRE_INTEGER_LIMIT;
	int64_t number = json_integer_value(value);

	if (!json_is_integer(value))
		return refuse_type(binding, "an integer");
	if (number < param->minimum || number > maximum)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name,
			"%s must be between %" PRId64 " and %" PRId64, param->name, param->minimum, maximum);
	*integer = (struct integer_param){ PARAM_GIVEN, number };
	return ERROR_NONE;
}

static enum error bind_number(const struct binding *binding, const json_t *value, void *field)
{
	struct number_param *number = field;

	if (!json_is_number(value))
		return refuse_type(binding, "a number");
	*number = (struct number_param){ PARAM_GIVEN, json_number_value(value) };
	return ERROR_NONE;
}

static enum error bind_boolean(const struct binding *binding, const json_t *value, void *field)
{
	struct boolean_param *boolean = field;

	if (!json_is_boolean(value))
		return refuse_type(binding, "true or false");
	*boolean = (struct boolean_param){ PARAM_GIVEN, json_is_true(value) };
	return ERROR_NONE;
}

/* The text of a reference; NULL when the value is none. */
static const char *read_ref(const struct binding *binding, const json_t *value)
{
	json_int_t number = json_integer_value(value);

	if (json_is_string(value))
		return json_string_length(value) <= TASK_REF_TEXT_LIMIT ? json_string_value(value) : NULL;
	if (!json_is_integer(value) || number < 1 || number > WIRE_INTEGER_LIMIT)
		return NULL;
	return arena_printf(binding->arena, "%" JSON_INTEGER_FORMAT, number);
}

static enum error bind_ref(const struct binding *binding, const json_t *value, void *field)
{
	struct text_param *text = field;
	const char *ref = read_ref(binding, value);

	if (!ref)
		return refuse_type(binding, "a positive integer or a uuid");
	*text = (struct text_param){ PARAM_GIVEN, ref, strlen(ref) };
	return ERROR_NONE;
}

static enum error check_list(const struct binding *binding, const json_t *value)
{
	const struct param *param = binding->param;
	size_t count = json_array_size(value);

	if (!json_is_array(value))
		return refuse_type(binding, "an array");
	if ((int64_t)count < param->minimum)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name,
			"%s must have at least %" PRId64 " items", param->name, param->minimum);
	if (param->maximum && (int64_t)count > param->maximum)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name, "%s has more than %" PRId64 " items",
			param->name, param->maximum);
	return ERROR_NONE;
}

static const char *read_string(const struct binding *binding, const json_t *value)
{
	(void)binding;
	return json_string_value(value);
}

static enum error bind_list(const struct binding *binding, const json_t *value, void *field, const char *wanted,
	const char *(*read)(const struct binding *, const json_t *))
{
	struct text_list_param *list = field;
	size_t count = json_array_size(value);
	enum error error = check_list(binding, value);
	const char **texts;

	if (error)
		return error;
	texts = arena_array(binding->arena, count, sizeof(*texts));
	for (size_t i = 0; i < count; i++) {
		texts[i] = read(binding, json_array_get(value, i));
		if (!texts[i])
			return refuse_type(binding, wanted);
	}
	*list = (struct text_list_param){ PARAM_GIVEN, count, texts };
	return ERROR_NONE;
}

static enum error bind_text_list(const struct binding *binding, const json_t *value, void *field)
{
	return bind_list(binding, value, field, "an array of strings", read_string);
}

static enum error bind_ref_list(const struct binding *binding, const json_t *value, void *field)
{
	return bind_list(binding, value, field, "an array of positive integers or uuids", read_ref);
}

/* 15 digits are enough for what people write; 17 are enough for every double. */
static const char *write_number(const struct binding *binding, const json_t *value)
{
	double real = json_real_value(value);
	char text[32];

	if (json_is_integer(value))
		return arena_printf(binding->arena, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	(void)snprintf(text, sizeof(text), "%.15g", real);
	if (strtod(text, NULL) != real)
		(void)snprintf(text, sizeof(text), "%.17g", real);
	return arena_strdup(binding->arena, text);
}

/* False: the value is of another type. */
static bool read_member(
	const struct binding *binding, const char *name, const json_t *value, struct value_member *member)
{
	*member = (struct value_member){ .name = name, .presence = PARAM_GIVEN, .is_number = json_is_number(value) };
	if (json_is_null(value))
		member->presence = PARAM_CLEARED;
	else if (json_is_number(value))
		member->text = write_number(binding, value);
	else if (json_is_string(value))
		member->text = json_string_value(value);
	else
		return false;
	member->length = member->text ? strlen(member->text) : 0;
	return true;
}

static enum error bind_value_map(const struct binding *binding, const json_t *object, void *field)
{
	struct value_map_param *map = field;
	size_t limit = binding->param->maximum ? (size_t)binding->param->maximum : SIZE_MAX;
	struct value_member *members;
	const char *name;
	json_t *value;
	size_t count = 0;

	if (!json_is_object(object))
		return refuse_type(binding, "an object");
	if (json_object_size(object) > limit)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, binding->param->name,
			"%s has more than %zu members", binding->param->name, limit);
	members = arena_array(binding->arena, json_object_size(object), sizeof(*members));
	json_object_foreach ((json_t *)(uintptr_t)object, name, value)
		if (!read_member(binding, name, value, &members[count++]))
			return refuse_type(binding, "an object whose values are strings, numbers or null");
	*map = (struct value_map_param){ PARAM_GIVEN, count, members };
	return ERROR_NONE;
}

static enum error bind_object(const struct binding *binding, const json_t *value, void *field)
{
	struct object_param *object = field;

	if (!json_is_object(value))
		return refuse_type(binding, "an object");
	*object = (struct object_param){ PARAM_GIVEN, value };
	return ERROR_NONE;
}

static enum error bind_object_list(const struct binding *binding, const json_t *value, void *field)
{
	struct object_list_param *list = field;
	size_t limit = binding->param->maximum ? (size_t)binding->param->maximum : SIZE_MAX;
	const json_t *item;
	size_t index;

	if (!json_is_array(value) || json_array_size(value) < (size_t)binding->param->minimum)
		return refuse_type(binding, "an array of objects");
	if (json_array_size(value) > limit)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, binding->param->name,
			"%s has more than %zu items", binding->param->name, limit);
	json_array_foreach (value, index, item)
		if (!json_is_object(item))
			return refuse_type(binding, "an array of objects");
	*list = (struct object_list_param){ PARAM_GIVEN, value };
	return ERROR_NONE;
}

/* What a type is to JSON Schema, and how it is bound. */
static const struct {
	const char *schema;
	enum error (*bind)(const struct binding *binding, const json_t *value, void *field);
} param_types[] = {
	[PARAM_TEXT] = { "{\"type\":\"string\"}", bind_text },
	[PARAM_INTEGER] = { "{\"type\":\"integer\"}", bind_integer },
	[PARAM_NUMBER] = { "{\"type\":\"number\"}", bind_number },
	[PARAM_BOOLEAN] = { "{\"type\":\"boolean\"}", bind_boolean },
	[PARAM_TEXT_LIST] = { "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}", bind_text_list },
	[PARAM_REF] = { "{\"type\":[\"integer\",\"string\"]}", bind_ref },
	[PARAM_OBJECT] = { "{\"type\":\"object\"}", bind_object },
	[PARAM_OBJECT_LIST] = { "{\"type\":\"array\",\"items\":{\"type\":\"object\"}}", bind_object_list },
	[PARAM_REF_LIST] = { "{\"type\":\"array\",\"items\":{\"type\":[\"integer\",\"string\"]}}", bind_ref_list },
	[PARAM_VALUE_MAP] = { "{\"type\":\"object\",\"additionalProperties\":{\"type\":[\"string\",\"number\","
			      "\"null\"]"
			      "}}",
		bind_value_map },
};

static const struct param *find_param(const struct param *table, const char *name)
{
	for (; table && table->name; table++)
		if (!strcmp(table->name, name))
			return table;
	return NULL;
}

static enum error refuse_unknown(const struct param *table, const char *name, struct refusal *refusal)
{
	const char *names[64] = { NULL };
	const char *nearest;

	for (size_t i = 0; table && table[i].name && i + 1 < sizeof(names) / sizeof(*names); i++)
		names[i] = table[i].name;
	nearest = text_nearest(name, names);
	if (nearest)
		return refuse(refusal, ERROR_INVALID_PARAMS, name, "unknown parameter `%s`; did you mean `%s`?", name,
			nearest);
	return refuse(refusal, ERROR_INVALID_PARAMS, name, "unknown parameter `%s`", name);
}

static enum error bind_member(const struct binding *binding, const json_t *value, void *params)
{
	const struct param *param = binding->param;
	char *field = (char *)params + param->offset;

	if (!json_is_null(value))
		return param_types[param->type].bind(binding, value, field);
	if (param->null == PARAM_NOT_NULL)
		return refuse(binding->refusal, ERROR_INVALID_PARAMS, param->name, "%s must not be null", param->name);
	/* Every params type starts with its presence. */
	*(enum presence *)(void *)field = PARAM_CLEARED;
	return ERROR_NONE;
}

enum error params_bind_present(const struct param *table, const json_t *object, void *params, struct refusal *refusal)
{
	struct binding binding = { .refusal = refusal };

	for (; table->name; table++) {
		const json_t *value = json_object_get(object, table->name);
		enum error error = ERROR_NONE;

		binding.param = table;
		if (value && !table->is_secret)
			error = bind_member(&binding, value, params);
		if (error)
			return error;
	}
	return ERROR_NONE;
}

static enum error check_required(const struct param *table, const json_t *object, struct refusal *refusal)
{
	for (; table && table->name; table++)
		if (table->need == PARAM_REQUIRED && !json_object_get(object, table->name))
			return refuse(refusal, ERROR_INVALID_PARAMS, table->name, "%s is required", table->name);
	return ERROR_NONE;
}

enum error params_bind(const struct param *table, const struct param *common, const json_t *object, struct arena *arena,
	void *params, struct refusal *refusal)
{
	struct binding binding = { .arena = arena, .refusal = refusal };
	const char *name;
	json_t *value;
	enum error error;

	/* jansson's iterator wants a tree that may change; nothing here changes it. */
	json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
		binding.param = find_param(table, name);
		if (!binding.param && find_param(common, name))
			continue;
		if (!binding.param)
			return refuse_unknown(table, name, refusal);
		error = bind_member(&binding, value, params);
		if (error)
			return error;
	}
	return check_required(table, object, refusal);
}

void params_describe(const struct param *table, struct json_writer *writer)
{
	json_writer_begin_array(writer);
	for (; table && table->name; table++) {
		json_writer_begin_object(writer);
		json_writer_member_text(writer, "name", table->name);
		json_writer_member_text(writer, "summary", table->summary);
		json_writer_member_boolean(writer, "required", table->need == PARAM_REQUIRED);
		json_writer_key(writer, "schema");
		json_writer_raw(writer, param_types[table->type].schema, strlen(param_types[table->type].schema));
		json_writer_end_object(writer);
	}
	json_writer_end_array(writer);
}
