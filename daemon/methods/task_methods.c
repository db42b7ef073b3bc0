/* Tasks: adding and changing. */
#include "methods/methods.h"
#include "methods/series_edit.h"
#include "methods/series_fields.h"
#include "methods/task_change.h"
#include "methods/task_context.h"
#include "methods/task_cursor.h"
#include "methods/task_edit.h"
#include "methods/task_patch.h"
#include "methods/task_scope.h"
#include "methods/task_selection.h"
#include "methods/task_view.h"
#include "tasks/series.h"

#include <stddef.h>

/* --- task.add --- */

struct task_add_params {
	struct task_fields fields;
	struct series_fields series;
	struct text_param context;
	struct boolean_param dry_run;
};

static const struct param task_add_params[] = {
	{ .name = "title",
		.summary = "What is to be done, one line",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.title),
		.need = PARAM_REQUIRED },
	{ .name = "note",
		.summary = "More about it, in Markdown",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.note) },
	{ .name = "project",
		.summary = "The project that it belongs to, dotted: home.garden",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.project) },
	{ .name = "tags",
		.summary = "Its tags",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct task_add_params, fields.tags) },
	{ .name = "priority",
		.summary = "H, M or L",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.priority) },
	{ .name = "due",
		.summary = "When it must be done",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.due),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "wait",
		.summary = "Until when it stays out of sight",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.wait),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "scheduled",
		.summary = "From when on work on it can begin",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.scheduled),
		.maximum = DATE_TEXT_LIMIT },
	{ .name = "until",
		.summary = "When it is no longer worth doing, and goes to the bin",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_add_params, fields.until),
		.maximum = DATE_TEXT_LIMIT },
	TASK_LINK_PARAMS(struct task_add_params),
	SERIES_FIELDS_PARAMS(struct task_add_params, PARAM_NOT_NULL),
	TASK_CONTEXT_PARAM(struct task_add_params),
	{ .name = "dry_run",
		.summary = "Add nothing, and answer with the task as it would be, without id and uuid",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct task_add_params, dry_run) },
	{ 0 },
};

static enum error write_task(struct request *request, const struct task *task)
{
	enum error error;

	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "task");
	error = task_view_show(request, task);
	json_writer_end_object(&request->result);
	return error;
}

static enum error add_one(struct task_edit *edit, struct task *task, bool is_dry)
{
	return is_dry ? task_edit_foresee(edit->request, task) : task_edit_insert(edit, task);
}

/* The task is the template; in its place comes the first instance. */
static enum error add_series(struct task_edit *edit, const struct task_add_params *params, struct task *task)
{
	struct request *request = edit->request;
	struct task template = *task;
	const struct zone *zone;
	enum error error = series_fields_apply(request, &params->series, &template);

	if (!error)
		error = series_edit_zone(request, &template, &zone);
	if (!error)
		error = series_check(&template, zone, &request->refusal);
	return error ? error : series_edit_begin(edit, &template, params->dry_run.value, task);
}

static enum error add(struct request *request, const struct task_add_params *params, struct task *task)
{
	struct task_edit edit;
	enum error error;

	task_edit_init(&edit, request, "add");
	if (series_fields_are_empty(&params->series))
		error = add_one(&edit, task, params->dry_run.value);
	else
		error = add_series(&edit, params, task);
	task_edit_deinit(&edit);
	return error;
}

static enum error task_add(struct request *request, const struct task_add_params *params)
{
	struct task task = task_empty;
	struct task_fields fields = params->fields;
	struct task_patch patch;
	json_auto_t *defaults = NULL;
	enum error error = task_context_fill(request, &params->context, &fields, &defaults);

	if (!error)
		error = task_patch_read(request, &fields, &patch);
	task.created = request->now; /* a date may start from it */
	task.modified = request->now;
	if (!error)
		error = task_patch_apply(&patch, &task, request->arena, &request->refusal);
	if (!error)
		error = add(request, params, &task);
	return error ? error : write_task(request, &task);
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
	struct task_act act = { .action = "modify", .patch = &patch, .series_advice = "series.modify changes it" };
	enum error error = task_patch_read(request, &params->fields, &patch);

	if (error)
		return error;
	if (task_patch_is_empty(&patch))
		return request_refuse(request, ERROR_INVALID_PARAMS, "title",
			"there is nothing to change; give at least one field, such as title or due");
	return task_change_run(request, &params->selection, &act);
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
