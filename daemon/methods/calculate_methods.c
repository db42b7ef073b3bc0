/* Expressions with dates, which only the daemon can read. */
#include "methods/methods.h"
#include "methods/services.h"
#include "methods/week_start.h"
#include "tasks/calculation.h"

#include <stddef.h>

struct task_calculate_params {
	struct text_param expression;
};

static const struct param task_calculate_params[] = {
	{ .name = "expression",
		.summary = "Numbers, dates and lengths of time, and what joins them",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_calculate_params, expression),
		.need = PARAM_REQUIRED,
		.maximum = CALCULATION_TEXT_LIMIT },
	{ 0 },
};

static void write_value(struct request *request, const struct calculation_value *value, const struct zone *zone)
{
	char text[CALCULATION_TEXT_SIZE];

	calculation_format(value, zone, text);
	json_writer_begin_object(&request->result);
	json_writer_member_text(&request->result, "text", text);
	json_writer_member_text(&request->result, "kind", calculation_kind_names[value->kind]);
	json_writer_end_object(&request->result);
}

static enum error task_calculate(struct request *request, const struct task_calculate_params *params)
{
	const struct services *services = request->services;
	struct date_context context = { .now = request->now };
	struct calculation_value value;
	enum error error = week_start_read(request, &context.week_start);

	if (!error)
		error = zone_set_find(
			services->zones, request->timezone, request->arena, &context.zone, &request->refusal);
	if (!error)
		error = calculation_evaluate(
			params->expression.text, params->expression.length, &context, &value, &request->refusal);
	if (error)
		return error;
	write_value(request, &value, context.zone);
	return ERROR_NONE;
}

METHOD_HANDLER(task_calculate, struct task_calculate_params)

const struct method calculate_methods[] = {
	{ .name = "task.calculate",
		.summary = "Work out an expression with dates and lengths of time",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_NONE,
		.params = task_calculate_params,
		.params_size = sizeof(struct task_calculate_params),
		.handle = task_calculate_handler },
	{ 0 },
};
