/* The bin: tasks that go for good. */
#include "methods/methods.h"
#include "methods/task_change.h"
#include "methods/task_purge.h"
#include "methods/task_selection.h"

#include <inttypes.h>
#include <stddef.h>

struct task_purge_params {
	struct selection_params selection;
};

static const struct param task_purge_params[] = {
	TASK_SELECTION_PARAMS(struct task_purge_params),
	{ 0 },
};

/* Nothing of the task changes before it goes. */
static enum error check_deleted(struct task *task, int64_t now, struct refusal *refusal)
{
	(void)now;
	if (task->status == TASK_DELETED)
		return ERROR_NONE;
	return refuse(refusal, ERROR_CONFLICT, "id", "task %" PRId64 " is %s; only deleted tasks can be purged",
		task->id, task_status_names[task->status]);
}

static enum error task_purge(struct request *request, const struct task_purge_params *params)
{
	return task_change_run(request, &params->selection,
		&(struct task_act){ .action = "purge", .transition = check_deleted, .save = task_purge_save });
}

METHOD_HANDLER(task_purge, struct task_purge_params)

const struct method bin_methods[] = {
	{ .name = "task.purge",
		.summary = "Remove deleted tasks for good",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = task_purge_params,
		.params_size = sizeof(struct task_purge_params),
		.handle = task_purge_handler },
	{ 0 },
};
