/* What a context does to a request that names it. */
#pragma once

#include "methods/task_patch.h"
#include "rpc/params.h"
#include "rpc/request.h"
#include "store/context_store.h"

#include <jansson.h>

/* The row of a params table. */
#define TASK_CONTEXT_PARAM(owner)                                                                                      \
	{                                                                                                              \
		.name = "context", .summary = "The name of a context, see context.set", .type = PARAM_TEXT,            \
		.offset = offsetof(owner, context), .minimum = 1, .maximum = 64                                        \
	}

/* What a context may give to a new task: the rows are a part of task.add's, their place is in struct task_fields. */
extern const struct param task_context_defaults[];

/* ERROR_NOT_FOUND, field `field`, with the nearest name. In the arena. */
enum error task_context_find(struct request *request, const char *name, const char *field, struct context *ret_context);

/* The filter of the context that a request may name; empty where it names none, or the context has none. */
enum error task_context_read_filter(struct request *request, const struct text_param *name, const char **ret_filter);

/*
 * Fill in what the caller has left open: a field that is absent gets the context's value, tags are put together. The
 * title is never touched. `ret_tree` owns the texts and must be released once the fields are not needed any more.
 */
enum error task_context_fill(
	struct request *request, const struct text_param *name, struct task_fields *fields, json_t **ret_tree);
