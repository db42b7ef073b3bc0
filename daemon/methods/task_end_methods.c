/* How tasks end: done, or in the bin; and what becomes of their parts. */
#include "methods/methods.h"
#include "methods/task_change.h"

#include <stddef.h>
#include <string.h>

struct task_end_params {
	struct selection_params selection;
	struct text_param children;
};

static const struct param task_done_params[] = {
	TASK_SELECTION_PARAMS(struct task_end_params),
	{ .name = "children",
		.summary = "What becomes of children that are open: complete or keep",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_end_params, children) },
	{ 0 },
};

static const struct param task_delete_params[] = {
	TASK_SELECTION_PARAMS(struct task_end_params),
	{ .name = "children",
		.summary = "What becomes of children: delete or keep; to be said where any is open",
		.type = PARAM_TEXT,
		.offset = offsetof(struct task_end_params, children) },
	{ 0 },
};

/* Absent: the client is asked if there are any. `followed` is the word for what their parent does. */
static enum error read_children(struct request *request, const struct text_param *children, const char *followed,
	enum task_parts_rule rule, enum task_parts_rule *ret_rule)
{
	if (children->presence == PARAM_ABSENT)
		*ret_rule = TASK_PARTS_ASK;
	else if (!strcmp(children->text, followed))
		*ret_rule = rule;
	else if (!strcmp(children->text, "keep"))
		*ret_rule = TASK_PARTS_STAY;
	else
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "children", "children must be \"%s\" or \"keep\"", followed);
	return ERROR_NONE;
}

static enum error task_done(struct request *request, const struct task_end_params *params)
{
	struct task_act act = { .action = "done", .transition = task_complete, .parts_word = "complete" };
	enum error error = read_children(request, &params->children, act.parts_word, TASK_PARTS_COMPLETE, &act.parts);

	return error ? error : task_change_run(request, &params->selection, &act);
}

static enum error task_to_bin(struct request *request, const struct task_end_params *params)
{
	struct task_act act = { .action = "delete", .transition = task_delete, .parts_word = "delete" };
	enum error error = read_children(request, &params->children, act.parts_word, TASK_PARTS_DELETE, &act.parts);

	return error ? error : task_change_run(request, &params->selection, &act);
}

METHOD_HANDLER(task_done, struct task_end_params)
METHOD_HANDLER(task_to_bin, struct task_end_params)

const struct method task_end_methods[] = {
	{ .name = "task.done",
		.summary = "Complete tasks",
		TASK_WRITE,
		.params = task_done_params,
		.params_size = sizeof(struct task_end_params),
		.handle = task_done_handler },
	{ .name = "task.delete",
		.summary = "Put tasks into the bin",
		TASK_WRITE,
		.params = task_delete_params,
		.params_size = sizeof(struct task_end_params),
		.handle = task_to_bin_handler },
	{ 0 },
};
