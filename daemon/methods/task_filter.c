/* What the filter language asks of a request. */
#include "methods/task_filter.h"

#include "methods/services.h"
#include "methods/week_start.h"
#include "store/custom_field_store.h"

static enum error find_zone(void *context, const struct zone **ret_zone, struct refusal *refusal)
{
	const struct request *request = context;

	return zone_set_find(request->services->zones, request->timezone, request->arena, ret_zone, refusal);
}

static enum error find_field(void *context, const char *name, enum custom_type *ret_type)
{
	const struct request *request = context;

	return custom_field_store_find_type(request->db, request->who.account_id, name, ret_type);
}

static const char *find_near_field(void *context, const char *name)
{
	const struct request *request = context;
	struct custom_field_list fields;

	if (custom_field_store_load(request->db, request->who.account_id, request->arena, &fields))
		return NULL;
	return custom_field_nearest(&fields, name);
}

enum error task_filter_parse(
	struct request *request, const char *text, size_t length, int64_t now, const struct filter **ret_filter)
{
	struct filter_context context = { .now = now,
		.context = request,
		.find_zone = find_zone,
		.find_field = find_field,
		.find_near_field = find_near_field };
	enum error error = week_start_read(request, &context.week_start);

	return error ? error : filter_parse(text, length, &context, request->arena, ret_filter, &request->refusal);
}

enum error task_filter_explain(struct request *request, enum error error)
{
	if (error != ERROR_DEADLINE)
		return error;
	return request_refuse(request, ERROR_INVALID_PARAMS, "filter",
		"a regular expression of the filter takes too long for the text of a task; write a simpler one");
}
