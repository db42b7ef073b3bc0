/* Filters: reading one without looking for tasks. */
#include "methods/doubts.h"
#include "methods/methods.h"
#include "methods/task_filter.h"

#include <stddef.h>

struct filter_check_params {
	struct text_param filter;
};

static const struct param filter_check_params[] = {
	{ .name = "filter",
		.summary = "What is to be read, see taskctl-filter(7)",
		.type = PARAM_TEXT,
		.offset = offsetof(struct filter_check_params, filter),
		.need = PARAM_REQUIRED,
		.maximum = FILTER_TEXT_LIMIT },
	{ 0 },
};

static enum error filter_check(struct request *request, const struct filter_check_params *params)
{
	const struct filter *filter;
	struct doubts doubts;
	enum error error =
		task_filter_parse(request, params->filter.text, params->filter.length, request->now, &filter);

	if (!error)
		error = doubts_find_in_filter(request, filter, &doubts);
	if (error)
		return error;
	json_writer_begin_object(&request->result);
	doubts_write(&doubts, &request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

METHOD_HANDLER(filter_check, struct filter_check_params)

const struct method filter_methods[] = {
	{ .name = "filter.check",
		.summary = "Read a filter, and say which of its labels no task has",
		TASK_READ,
		.params = filter_check_params,
		.params_size = sizeof(struct filter_check_params),
		.handle = filter_check_handler },
	{ 0 },
};
