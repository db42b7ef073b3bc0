/* Remarks on tasks. */
#include "methods/methods.h"
#include "methods/task_change.h"
#include "tasks/annotation.h"

#include <stddef.h>

struct task_annotation_params {
	struct selection_params selection;
	struct text_param text;
};

static const struct param task_annotate_params[] = {
	TASK_SELECTION_PARAMS(struct task_annotation_params),
	{ .name = "text",
		.summary = "The remark, one line",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_annotation_params, text),
		.need = PARAM_REQUIRED },
	{ 0 },
};

static const struct param task_denotate_params[] = {
	TASK_SELECTION_PARAMS(struct task_annotation_params),
	{ .name = "text",
		.summary = "The remark to take away, or a part of it that no other has",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_annotation_params, text),
		.need = PARAM_REQUIRED },
	{ 0 },
};

/* What is added or taken away, in all tasks of an act. */
struct remark {
	const char *text;
	int64_t now;
};

static enum error add_remark(const void *context, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct remark *remark = context;

	return annotation_add(task, remark->text, remark->now, arena, refusal);
}

static enum error remove_remark(const void *context, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct remark *remark = context;

	return annotation_remove(task, remark->text, arena, refusal);
}

static enum error run(struct request *request, const struct task_annotation_params *params, struct task_act act)
{
	const struct remark remark = { .text = params->text.text, .now = request->now };
	enum error error = annotation_check(params->text.text, params->text.length, &request->refusal);

	act.apply_context = &remark;
	return error ? error : task_change_run(request, &params->selection, &act);
}

static enum error task_annotate(struct request *request, const struct task_annotation_params *params)
{
	return run(request, params, (struct task_act){ .action = "annotate", .apply = add_remark });
}

static enum error task_denotate(struct request *request, const struct task_annotation_params *params)
{
	return run(request, params, (struct task_act){ .action = "denotate", .apply = remove_remark });
}

METHOD_HANDLER(task_annotate, struct task_annotation_params)
METHOD_HANDLER(task_denotate, struct task_annotation_params)

const struct method task_annotation_methods[] = {
	{ .name = "task.annotate",
		.summary = "Add a remark to tasks",
		TASK_WRITE,
		.params = task_annotate_params,
		.params_size = sizeof(struct task_annotation_params),
		.handle = task_annotate_handler },
	{ .name = "task.denotate",
		.summary = "Take a remark away from tasks",
		TASK_WRITE,
		.params = task_denotate_params,
		.params_size = sizeof(struct task_annotation_params),
		.handle = task_denotate_handler },
	{ 0 },
};
