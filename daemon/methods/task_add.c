/* The fields and the context are read first, and whether it comes again decides what is written. */
#include "methods/task_add.h"

#include "methods/series_edit.h"
#include "methods/task_context.h"
#include "tasks/series.h"

enum error task_add_read(struct request *request, const struct task_add_fields *said, const struct text_param *context,
	struct task *task, json_t **ret_tree)
{
	struct task_fields fields = said->fields;
	struct task_patch patch;
	enum error error = task_context_fill(request, context, &fields, ret_tree);

	if (!error)
		error = task_patch_read(request, &fields, &patch);
	if (error)
		return error;
	*task = task_empty;
	task->created = request->now; /* a date may start from it */
	task->modified = request->now;
	return task_patch_apply(&patch, task, request->arena, &request->refusal);
}

static enum error add_one(struct task_edit *edit, struct task *task, bool is_dry)
{
	return is_dry ? task_edit_foresee(edit->request, task) : task_edit_insert(edit, task);
}

/* The task is the template; in its place comes the first instance. */
static enum error add_series(struct task_edit *edit, const struct task_add_fields *said, bool is_dry, struct task *task)
{
	struct request *request = edit->request;
	struct task template = *task;
	const struct zone *zone;
	enum error error = series_fields_apply(request, &said->series, &template);

	if (!error)
		error = series_edit_zone(request, &template, &zone);
	if (!error)
		error = series_check(&template, zone, &request->refusal);
	return error ? error : series_edit_begin(edit, &template, is_dry, task);
}

enum error task_add_write(struct task_edit *edit, const struct task_add_fields *said, bool is_dry, struct task *task)
{
	if (series_fields_are_empty(&said->series))
		return add_one(edit, task, is_dry);
	return add_series(edit, said, is_dry, task);
}
