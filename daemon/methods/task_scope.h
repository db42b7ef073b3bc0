/* Which tasks a filter is about beside what it says: where a context narrows it, and where every status counts. */
#pragma once

#include "methods/task_filter.h"
#include "rpc/params.h"

/*
 * As task_filter_parse, and only what the filter of a context (empty: none) finds as well, unless ids are named. What
 * is wrong with the latter is the context's, field "context".
 */
enum error task_scope_narrow(struct request *request, const char *context_filter, const char *text, size_t length,
	int64_t now, const struct filter **ret_filter);

/* As task_filter_parse, and tasks of every status are meant unless the filter names one or ids. */
enum error task_scope_every_status(
	struct request *request, const struct text_param *text, const struct filter **ret_filter);

/* What the filter finds, of every status. In the arena. */
const struct filter *task_scope_whole(struct arena *arena, const struct filter *filter);
