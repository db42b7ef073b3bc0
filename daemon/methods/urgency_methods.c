/* What makes tasks urgent: the coefficients of an account. */
#include "methods/methods.h"
#include "methods/task_urgency.h"
#include "store/urgency_store.h"

#include <stddef.h>
#include <string.h>

static void write_number(struct json_writer *writer, const char *key, int64_t millionths)
{
	json_writer_key(writer, key);
	json_writer_real(writer, (double)millionths / (double)URGENCY_MILLIONTHS);
}

/* --- urgency.list --- */

static const struct param no_params[] = { { 0 } };

static void write_coefficient(struct json_writer *writer, const char *name, int64_t value, bool is_own)
{
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "name", name);
	write_number(writer, "value", value);
	write_number(writer, "default", urgency_default_of(name));
	if (is_own)
		json_writer_member_boolean(writer, "own", true);
	json_writer_end_object(writer);
}

static bool is_own(const struct urgency_coefficient *own, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(own[i].name, name) == 0)
			return true;
	return false;
}

static enum error urgency_list(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	const struct urgency_coefficients *coefficients;
	const struct urgency_coefficient *own;
	size_t count;
	enum error error = task_urgency_find(request, &coefficients);

	(void)params;
	if (!error)
		error = urgency_store_list(request->db, request->who.account_id, request->arena, &own, &count);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_key(result, "coefficients");
	json_writer_begin_array(result);
	for (size_t i = 0; urgency_term_names[i]; i++)
		write_coefficient(result, urgency_term_names[i], coefficients->terms[i],
			is_own(own, count, urgency_term_names[i]));
	for (size_t i = 0; i < coefficients->rule_count; i++)
		write_coefficient(result, coefficients->rules[i].name, coefficients->rules[i].coefficient,
			is_own(own, count, coefficients->rules[i].name));
	json_writer_end_array(result);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- urgency.set --- */

struct urgency_set_params {
	struct text_param name;
	struct number_param value;
};

static const struct param urgency_set_params[] = {
	{ .name = "name",
		.summary = "The coefficient: a term such as due, or user.project.NAME, user.tag.NAME, user.field.NAME, "
			   "user.field.NAME.VALUE",
		.type = PARAM_TEXT,
		.offset = offsetof(struct urgency_set_params, name),
		.need = PARAM_REQUIRED,
		.maximum = URGENCY_NAME_LIMIT },
	{ .name = "value",
		.summary = "From -1000 to 1000, at most 6 decimals; null for the default",
		.type = PARAM_NUMBER,
		.offset = offsetof(struct urgency_set_params, value),
		.need = PARAM_REQUIRED,
		.null = PARAM_NULLABLE },
	{ 0 },
};

static enum error set_coefficient(struct request *request, const char *name, double number)
{
	struct urgency_coefficient coefficient = { .name = name };
	enum error error = urgency_read_value(name, number, &coefficient.value, &request->refusal);

	if (error)
		return error;
	error = urgency_store_set(request->db, request->who.account_id, &coefficient);
	if (error == ERROR_CONFLICT)
		return request_refuse(request, ERROR_CONFLICT, "name",
			"%u coefficients are set, and more are not taken; give one back with null first",
			URGENCY_OWN_LIMIT);
	return error;
}

/* Null for what is the default already is no mistake: then it is as it was wanted. */
static enum error unset_coefficient(struct request *request, const char *name)
{
	enum error error = urgency_store_unset(request->db, request->who.account_id, name);

	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

/* All that are pending, whose order is now another one. */
static enum error classify_all(struct request *request, const struct urgency_coefficients *coefficients)
{
	int64_t after_id = 0;
	bool is_end = false;
	enum error error = ERROR_NONE;

	while (!error && !is_end) {
		error = urgency_store_classify(
			request->db, request->who.account_id, coefficients, request->now, &after_id, &is_end);
		if (!error && !is_end && request->place == REQUEST_ON_LOOP)
			return request_defer(request);
	}
	return error;
}

static int64_t value_of(const struct urgency_coefficients *coefficients, const char *name)
{
	for (size_t i = 0; urgency_term_names[i]; i++)
		if (strcmp(urgency_term_names[i], name) == 0)
			return coefficients->terms[i];
	for (size_t i = 0; i < coefficients->rule_count; i++)
		if (strcmp(coefficients->rules[i].name, name) == 0)
			return coefficients->rules[i].coefficient;
	return 0;
}

static enum error urgency_set(struct request *request, const struct urgency_set_params *params)
{
	const char *name = params->name.text;
	bool is_given = params->value.presence == PARAM_GIVEN;
	const struct urgency_coefficients *coefficients;
	enum error error = urgency_check_name(name, params->name.length, &request->refusal);

	if (!error)
		error = is_given ? set_coefficient(request, name, params->value.value)
				 : unset_coefficient(request, name);
	if (!error)
		error = task_urgency_find(request, &coefficients);
	if (!error)
		error = classify_all(request, coefficients);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "coefficient");
	write_coefficient(&request->result, name, value_of(coefficients, name), is_given);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(urgency_set, struct urgency_set_params)

const struct method urgency_methods[] = {
	{ .name = "urgency.list",
		.summary = "Show what makes tasks urgent",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = no_params,
		.handle = urgency_list },
	{ .name = "urgency.set",
		.summary = "Set how much a term, a project, a tag or a field counts for urgency",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = urgency_set_params,
		.params_size = sizeof(struct urgency_set_params),
		.handle = urgency_set_handler },
	{ 0 },
};
