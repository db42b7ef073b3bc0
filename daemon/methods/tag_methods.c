/* Tags: what there is of them, and other names for them. */
#include "methods/label_list.h"
#include "methods/label_rename.h"
#include "methods/methods.h"

#include <string.h>

static enum error rename_in_task(const void *context, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct label_rename_params *params = context;
	const char **tags = arena_array(arena, task->tag_count, sizeof(*tags));

	(void)refusal;
	for (size_t i = 0; i < task->tag_count; i++)
		tags[i] = strcmp(task->tags[i], params->from.text) ? task->tags[i] : params->to.text;
	task->tag_count = task_sort_tags(tags, task->tag_count);
	task->tags = tags;
	return ERROR_NONE;
}

static enum error tag_list(struct request *request, const struct label_list_params *params)
{
	return label_list_run(request, params, &label_kind_tag);
}

static enum error tag_rename(struct request *request, const struct label_rename_params *params)
{
	return label_rename_run(request, params,
		&(struct label_rename_rule){ .kind = &label_kind_tag,
			.check = task_check_tag,
			.check_new = task_check_new_tag,
			.term = FILTER_TAG,
			.apply = rename_in_task });
}

METHOD_HANDLER(tag_list, struct label_list_params)
METHOD_HANDLER(tag_rename, struct label_rename_params)

const struct method tag_methods[] = {
	{ .name = "tag.list",
		.summary = "List tags with their counts",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = label_list_params,
		.params_size = sizeof(struct label_list_params),
		.handle = tag_list_handler },
	{ .name = "tag.rename",
		.summary = "Give a tag another name",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = label_rename_params,
		.params_size = sizeof(struct label_rename_params),
		.handle = tag_rename_handler },
	{ 0 },
};
