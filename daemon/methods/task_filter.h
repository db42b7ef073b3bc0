/* A request's filter: read in its time zone, with the account's own fields. */
#pragma once

#include "rpc/request.h"
#include "tasks/filter.h"

/* `now`: what dates in it are counted from. ERROR_INVALID_PARAMS, field "filter", "timezone" or "week_start". Lives in
 * the request's arena. */
enum error task_filter_parse(
	struct request *request, const char *text, size_t length, int64_t now, const struct filter **ret_filter);

/* What a query by a filter ended in; ERROR_DEADLINE, which a regular expression makes, becomes a refusal with words. */
enum error task_filter_explain(struct request *request, enum error error);
