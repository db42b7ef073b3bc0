/* Many new tasks in one step: all of them, or, where the client says so, all but those that cannot be. */
#include "common/cleanup.h"
#include "methods/import_notes.h"
#include "methods/methods.h"
#include "methods/task_add.h"
#include "methods/task_context.h"
#include "methods/task_selection.h"
#include "methods/task_view.h"

#include <stddef.h>

#define TASKS_LIMIT 1000

struct task_add_many_params {
	struct object_list_param tasks;
	struct text_param context;
	struct boolean_param partial;
	struct boolean_param dry_run;
};

static const struct param task_add_many_params[] = {
	{ .name = "tasks",
		.summary = "For each task an object with the parameters of task.add, but for context and dry_run",
		.type = PARAM_OBJECT_LIST,
		.offset = offsetof(struct task_add_many_params, tasks),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = TASKS_LIMIT },
	TASK_CONTEXT_PARAM(struct task_add_many_params),
	{ .name = "partial",
		.summary = "Add the others where some cannot be added",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_add_many_params, partial) },
	{ .name = "dry_run",
		.summary = "Add nothing, and answer what would come of it",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_add_many_params, dry_run) },
	{ 0 },
};

static const struct param item_params[] = { TASK_ADD_PARAMS, { 0 } };

struct adding {
	struct request *request;
	const struct task_add_many_params *params;
	struct task_edit edit;
	struct task *tasks; /* those that were added */
	size_t count;
	json_t *trees; /* what contexts gave them, kept for as long as they are; an array */
	struct import_notes refused;
};

/* What is wrong with the one task alone, and not with the store or the account. */
static bool concerns_item(const struct request *request, enum error error)
{
	return !request->is_deferred &&
	       (error == ERROR_INVALID_PARAMS || error == ERROR_NOT_FOUND || error == ERROR_CONFLICT);
}

static enum error add_item(struct adding *adding, const json_t *object)
{
	struct request *request = adding->request;
	struct task *task = &adding->tasks[adding->count];
	struct task_add_fields said = { 0 };
	json_t *tree = NULL;
	enum error error = params_bind(item_params, NULL, object, request->arena, &said, &request->refusal);

	if (!error)
		error = task_add_read(request, &said, &adding->params->context, task, &tree);
	if (tree)
		(void)json_array_append_new(adding->trees, tree);
	if (!error)
		error = task_add_write(&adding->edit, &said, false, task);
	adding->count += !error;
	return error;
}

static enum error add_all(struct adding *adding)
{
	struct request *request = adding->request;
	const json_t *object;
	size_t index;

	json_array_foreach (adding->params->tasks.array, index, object) {
		enum error error = add_item(adding, object);

		if (error && !concerns_item(request, error))
			return error;
		if (error)
			import_notes_add(
				&adding->refused, (int64_t)index + 1, request->refusal.field, request->refusal.message);
	}
	return ERROR_NONE;
}

/* Of what is rolled back nobody shall keep the id. */
static enum error write_tasks(const struct adding *adding)
{
	struct json_writer *result = &adding->request->result;
	struct task_view view;
	enum error error = ERROR_NONE;

	for (size_t i = 0; adding->request->is_rehearsed && i < adding->count; i++)
		adding->tasks[i].id = 0;
	task_view_init(&view, adding->request, adding->request->now);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
	for (size_t i = 0; !error && i < adding->count; i++)
		error = task_view_write(&view, &adding->tasks[i]);
	json_writer_end_array(result);
	return error;
}

static enum error write_result(const struct adding *adding)
{
	struct json_writer *result = &adding->request->result;
	enum error error;

	json_writer_begin_object(result);
	json_writer_member_integer(result, "count", (int64_t)adding->count);
	error = write_tasks(adding);
	import_notes_write(&adding->refused, result, "refused", "refused_count");
	json_writer_end_object(result);
	return error;
}

static void end_adding(struct adding *adding)
{
	task_edit_deinit(&adding->edit);
	import_notes_deinit(&adding->refused);
	json_decref(adding->trees);
}

/* Where all or none is wanted and one cannot be, what was written is rolled back as in a rehearsal. */
static enum error task_add_many(struct request *request, const struct task_add_many_params *params)
{
	size_t most = json_array_size(params->tasks.array);
	CLEANUP(end_adding)
	struct adding adding = { .request = request, .params = params, .trees = json_array() };
	enum error error;

	task_edit_init(&adding.edit, request, "add");
	import_notes_init(&adding.refused);
	adding.refused.most = TASKS_LIMIT; /* whoever sent them wants to know each */
	if (most > TASK_SELECTION_BATCH && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	adding.tasks = arena_array(request->arena, most, sizeof(*adding.tasks));
	error = add_all(&adding);
	if (error)
		return error;
	request->is_rehearsed = params->dry_run.value || (adding.refused.count && !params->partial.value);
	if (adding.refused.count && !params->partial.value)
		adding.count = 0;
	return write_result(&adding);
}

METHOD_HANDLER(task_add_many, struct task_add_many_params)

const struct method task_add_many_methods[] = {
	{ .name = "task.add_many",
		.summary = "Add many tasks in one step",
		TASK_WRITE,
		.params = task_add_many_params,
		.params_size = sizeof(struct task_add_many_params),
		.handle = task_add_many_handler },
	{ 0 },
};
