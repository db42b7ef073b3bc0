/* The values of custom fields that a client gives for a task. */
#pragma once

#include "rpc/params.h"
#include "rpc/request.h"
#include "tasks/date.h"
#include "tasks/task.h"

struct task_patch_custom {
	struct task_value *values; /* sorted by name; a NULL value clears */
	size_t count;
};

/*
 * By the account's fields. ERROR_INVALID_PARAMS, field "fields" for a name that is unknown, else "fields.NAME". A value
 * whose field is no longer declared can still be cleared.
 */
enum error task_patch_custom_read(struct request *request, const struct value_map_param *fields,
	const struct date_context *dates, struct task_patch_custom *ret_custom);

void task_patch_custom_apply(const struct task_patch_custom *custom, struct task *task, struct arena *arena);
