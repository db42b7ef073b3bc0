/* The fields that a client gives for a series. */
#include "methods/series_fields.h"

#include "tasks/series.h"

#include <string.h>

bool series_fields_are_empty(const struct series_fields *fields)
{
	return fields->recur.presence == PARAM_ABSENT && fields->recur_from.presence == PARAM_ABSENT &&
	       fields->recur_count.presence == PARAM_ABSENT;
}

static enum error apply_rule(struct request *request, const struct text_param *text, struct task *template)
{
	char canonical[RECURRENCE_TEXT_SIZE];
	struct recurrence recurrence;
	enum error error = recurrence_parse(text->text, text->length, "recur", &recurrence, &request->refusal);

	if (error)
		return error;
	recurrence_format(&recurrence, canonical);
	template->recur = arena_strdup(request->arena, canonical);
	template->recur_zone = request->timezone ? arena_strdup(request->arena, request->timezone) : NULL;
	return ERROR_NONE;
}

static enum error apply_from(struct request *request, const struct text_param *text, struct task *template)
{
	for (size_t i = 0; series_from_names[i]; i++)
		if (!strcmp(series_from_names[i], text->text)) {
			template->recur_from = series_from_names[i];
			return ERROR_NONE;
		}
	return request_refuse(request, ERROR_INVALID_PARAMS, "recur_from", "recur_from must be due or completion");
}

enum error series_fields_apply(struct request *request, const struct series_fields *fields, struct task *template)
{
	enum error error = ERROR_NONE;

	if (fields->recur.presence == PARAM_GIVEN)
		error = apply_rule(request, &fields->recur, template);
	if (!error && fields->recur_from.presence == PARAM_GIVEN)
		error = apply_from(request, &fields->recur_from, template);
	if (error)
		return error;
	if (!template->recur)
		return request_refuse(request, ERROR_INVALID_PARAMS, "recur",
			"recur is missing: recur_from and recur_count say more about how a task comes again");
	if (!template->recur_from)
		template->recur_from = series_from_names[SERIES_FROM_DUE];
	if (fields->recur_count.presence != PARAM_ABSENT)
		template->recur_count =
			fields->recur_count.presence == PARAM_GIVEN ? fields->recur_count.value : TASK_NO_TIME;
	return ERROR_NONE;
}
