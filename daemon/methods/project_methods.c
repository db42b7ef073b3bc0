/* Projects: what there is of them, and other names for them. */
#include "methods/label_list.h"
#include "methods/label_rename.h"
#include "methods/methods.h"

#include <inttypes.h>
#include <string.h>

/* What lies below it moves along. */
static enum error rename_in_task(const void *context, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct label_rename_params *params = context;
	const char *below = task->project + params->from.length;

	if (params->to.length + strlen(below) > TASK_PROJECT_LIMIT)
		return refuse(refusal, ERROR_INVALID_PARAMS, "to",
			"the project of task %" PRId64 " would be longer than %u bytes", task->id, TASK_PROJECT_LIMIT);
	task->project = arena_printf(arena, "%s%s", params->to.text, below);
	return ERROR_NONE;
}

static enum error project_list(struct request *request, const struct label_list_params *params)
{
	return label_list_run(request, params, &label_kind_project);
}

static enum error project_rename(struct request *request, const struct label_rename_params *params)
{
	return label_rename_run(request, params,
		&(struct label_rename_rule){ .kind = &label_kind_project,
			.check = task_check_project,
			.check_new = task_check_project,
			.term = FILTER_PROJECT,
			.apply = rename_in_task });
}

METHOD_HANDLER(project_list, struct label_list_params)
METHOD_HANDLER(project_rename, struct label_rename_params)

const struct method project_methods[] = {
	{ .name = "project.list",
		.summary = "List projects with their counts",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = label_list_params,
		.params_size = sizeof(struct label_list_params),
		.handle = project_list_handler },
	{ .name = "project.rename",
		.summary = "Give a project and those below it another name",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = label_rename_params,
		.params_size = sizeof(struct label_rename_params),
		.handle = project_rename_handler },
	{ 0 },
};
