/* Tasks: adding and changing. */
#include "methods/methods.h"
#include "methods/task_add.h"
#include "methods/task_change.h"
#include "methods/task_context.h"
#include "methods/task_cursor.h"
#include "methods/task_edit.h"
#include "methods/task_patch.h"
#include "methods/task_scope.h"
#include "methods/task_selection.h"
#include "methods/task_view.h"

#include <stddef.h>

/* --- task.add --- */

struct task_add_params {
	struct task_add_fields said; /* stands first, see TASK_ADD_PARAMS */
	struct text_param context;
	struct boolean_param dry_run;
};

static const struct param task_add_params[] = {
	TASK_ADD_PARAMS,
	TASK_CONTEXT_PARAM(struct task_add_params),
	{ .name = "dry_run",
		.summary = "Add nothing, and answer with the task as it would be, without id and uuid",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_add_params, dry_run) },
	{ 0 },
};

static enum error write_task(struct request *request, const struct task *task, const struct doubts *doubts)
{
	enum error error;

	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "task");
	error = task_view_show(request, task);
	doubts_write(doubts, &request->result);
	json_writer_end_object(&request->result);
	return error;
}

static enum error task_add(struct request *request, const struct task_add_params *params)
{
	struct task task;
	struct task_edit edit;
	struct doubts doubts;
	json_auto_t *defaults = NULL;
	enum error error = task_add_read(request, &params->said, &params->context, &task, &defaults);

	if (!error)
		error = doubts_find_in_fields(request, &params->said.fields, &doubts);
	if (error)
		return error;
	task_edit_init(&edit, request, "add");
	error = task_add_write(&edit, &params->said, params->dry_run.value, &task);
	task_edit_deinit(&edit);
	return error ? error : write_task(request, &task, &doubts);
}

/* --- task.modify --- */

struct task_modify_params {
	struct selection_params selection;
	struct task_fields fields;
};

static const struct param task_modify_params[] = {
	TASK_SELECTION_PARAMS(struct task_modify_params),
	TASK_FIELDS_MODIFY_PARAMS(struct task_modify_params),
	{ 0 },
};

static enum error task_modify(struct request *request, const struct task_modify_params *params)
{
	struct task_patch patch;
	struct doubts doubts;
	struct task_act act = {
		.action = "modify", .patch = &patch, .doubts = &doubts, .series_advice = "series.modify changes it"
	};
	enum error error = task_patch_read(request, &params->fields, &patch);

	if (error)
		return error;
	if (task_patch_is_empty(&patch))
		return request_refuse(request, ERROR_INVALID_PARAMS, "title",
			"there is nothing to change; give at least one field, such as title or due");
	error = doubts_find_in_fields(request, &params->fields, &doubts);
	return error ? error : task_change_run(request, &params->selection, &act);
}

/* --- changes of state --- */

struct task_state_params {
	struct selection_params selection;
};

static const struct param task_state_params[] = {
	TASK_SELECTION_PARAMS(struct task_state_params),
	{ 0 },
};

static enum error task_start_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "start", .transition = task_start });
}

static enum error task_stop_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "stop", .transition = task_stop });
}

static enum error task_restore_selected(struct request *request, const struct task_state_params *params)
{
	return task_change_run(
		request, &params->selection, &(struct task_act){ .action = "restore", .transition = task_restore });
}

METHOD_HANDLER(task_add, struct task_add_params)
METHOD_HANDLER(task_modify, struct task_modify_params)
METHOD_HANDLER(task_start_selected, struct task_state_params)
METHOD_HANDLER(task_stop_selected, struct task_state_params)
METHOD_HANDLER(task_restore_selected, struct task_state_params)

const struct method task_methods[] = {
	{ .name = "task.add",
		.summary = "Add a task",
		TASK_WRITE,
		.params = task_add_params,
		.params_size = sizeof(struct task_add_params),
		.handle = task_add_handler },
	{ .name = "task.modify",
		.summary = "Change fields of tasks",
		TASK_WRITE,
		.params = task_modify_params,
		.params_size = sizeof(struct task_modify_params),
		.handle = task_modify_handler },
	{ .name = "task.start",
		.summary = "Say that tasks are being worked on",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_start_selected_handler },
	{ .name = "task.stop",
		.summary = "Say that tasks are no longer being worked on",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_stop_selected_handler },
	{ .name = "task.restore",
		.summary = "Make completed or deleted tasks pending again",
		TASK_WRITE,
		.params = task_state_params,
		.params_size = sizeof(struct task_state_params),
		.handle = task_restore_selected_handler },
	{ 0 },
};
