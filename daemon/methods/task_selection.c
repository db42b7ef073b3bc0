/* Which tasks a change is for. */
#include "methods/task_selection.h"

#include "methods/task_filter.h"
#include "store/task_query.h"
#include "store/task_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BATCH_BYTES ((size_t)4 * 1024 * 1024) /* a batch ends where its texts have become this large */

/* --- by reference --- */

/* What is right for an id is right for an item of ids, but the client must look at another field. */
static enum error name_field(struct request *request, enum error error, const char *field)
{
	if (error)
		(void)snprintf(request->refusal.field, sizeof(request->refusal.field), "%s", field);
	return error;
}

enum error task_selection_find(
	struct request *request, const char *ref, const char *field, struct arena *arena, struct task *ret_task)
{
	struct task_ref parsed;
	enum error error = task_ref_parse(ref, strlen(ref), &parsed, &request->refusal);

	if (!error)
		error = task_store_find(
			request->db, request->who.account_id, &parsed, arena, ret_task, &request->refusal);
	return name_field(request, error, field);
}

/* When all of them have been found, the ids become a filter: it finds a task once, however often it was named. */
static enum error resolve_ids(struct task_selection *selection, const struct text_list_param *ids)
{
	struct request *request = selection->request;
	struct task_ref *refs = arena_array(request->arena, ids->count, sizeof(*refs));
	struct filter *filter = arena_alloc(request->arena, sizeof(*filter));

	if (ids->count > TASK_SELECTION_BATCH && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	for (size_t i = 0; i < ids->count; i++) {
		struct task task;
		enum error error = task_selection_find(request, ids->texts[i], "ids", &selection->arena, &task);

		if (error)
			return error;
		refs[i].id = task.id;
		arena_reset(&selection->arena);
	}
	filter->kind = FILTER_REFS;
	filter->field = FILTER_ID;
	filter->ends_scope = true;
	filter->refs = refs;
	filter->ref_count = ids->count;
	selection->filter = filter;
	return ERROR_NONE;
}

/* --- opening --- */

static enum error check_params(struct request *request, const struct selection_params *params)
{
	int given = (params->id.presence == PARAM_GIVEN) + (params->ids.presence == PARAM_GIVEN) +
		    (params->filter.presence == PARAM_GIVEN || params->made_filter);

	if (given != 1)
		return request_refuse(request, ERROR_INVALID_PARAMS, "id",
			"exactly one of id, ids and filter must say which tasks are meant");
	if (params->if_version.presence == PARAM_GIVEN && params->id.presence != PARAM_GIVEN)
		return request_refuse(request, ERROR_INVALID_PARAMS, "if_version",
			"if_version is of one task and needs an id; use if_revision for several");
	return ERROR_NONE;
}

enum error task_selection_open(
	struct task_selection *selection, struct request *request, const struct selection_params *params)
{
	enum error error;

	*selection = (struct task_selection){ .request = request, .params = params };
	arena_init(&selection->arena);
	selection->is_by_filter = params->filter.presence == PARAM_GIVEN || params->made_filter;
	selection->filter = params->made_filter;
	error = check_params(request, params);
	if (error)
		return error;
	if (params->ids.presence == PARAM_GIVEN)
		return resolve_ids(selection, &params->ids);
	if (params->filter.presence == PARAM_GIVEN)
		return task_filter_parse(
			request, params->filter.text, params->filter.length, request->now, &selection->filter);
	return ERROR_NONE;
}

void task_selection_close(struct task_selection *selection)
{
	arena_deinit(&selection->arena);
}

/* --- going through it --- */

static enum error read_one(struct task_selection *selection)
{
	const struct selection_params *params = selection->params;
	struct request *request = selection->request;
	struct task *task = arena_alloc(&selection->arena, sizeof(*task));
	enum error error = task_selection_find(request, params->id.text, "id", &selection->arena, task);

	if (error)
		return error;
	if (params->if_version.presence == PARAM_GIVEN && params->if_version.value != task->version)
		return request_refuse(request, ERROR_CONFLICT, "if_version",
			"task %" PRId64 " has changed: its version is %" PRId64 ", not %" PRId64, task->id,
			task->version, params->if_version.value);
	selection->tasks = task;
	selection->count = 1;
	selection->is_at_end = true;
	return ERROR_NONE;
}

static enum error on_row(void *context, const struct task *task)
{
	struct task_selection *selection = context;

	if (selection->end_id && task->id >= selection->end_id)
		return ERROR_NONE;
	if (selection->count == TASK_SELECTION_BATCH || selection->arena.total > BATCH_BYTES) {
		selection->is_at_end = false;
		return ERROR_TOO_LARGE; /* ends the query; read_batch knows */
	}
	task_copy(task, &selection->arena, &selection->tasks[selection->count++]);
	selection->after_id = task->id;
	return ERROR_NONE;
}

static enum error read_batch(struct task_selection *selection)
{
	struct request *request = selection->request;
	struct task_query query = { .account_id = request->who.account_id,
		.now = request->now,
		.filter = selection->filter,
		.after_id = selection->after_id,
		.limit = TASK_SELECTION_BATCH + 1 };
	enum error error;

	selection->tasks = arena_array(&selection->arena, TASK_SELECTION_BATCH, sizeof(struct task));
	selection->is_at_end = true;
	error = task_query_each(request->db, &query, &selection->arena, on_row, selection);
	if (selection->is_at_end)
		return task_filter_explain(request, error);
	return request->place == REQUEST_ON_LOOP ? request_defer(request) : ERROR_NONE;
}

enum error task_selection_next(struct task_selection *selection, struct task **ret_tasks, size_t *ret_count)
{
	enum error error = ERROR_NONE;

	selection->count = 0;
	if (!selection->is_at_end) {
		arena_reset(&selection->arena);
		error = selection->filter ? read_batch(selection) : read_one(selection);
	}
	if (error)
		return error;
	*ret_tasks = selection->tasks;
	*ret_count = selection->count;
	return ERROR_NONE;
}
