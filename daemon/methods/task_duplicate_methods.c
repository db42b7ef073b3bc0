/* New tasks that begin as others are. */
#include "methods/methods.h"
#include "methods/task_change.h"

#include <stddef.h>

struct task_duplicate_params {
	struct selection_params selection;
	struct task_fields fields;
};

static const struct param task_duplicate_params[] = {
	TASK_SELECTION_PARAMS(struct task_duplicate_params),
	TASK_FIELDS_MODIFY_PARAMS(struct task_duplicate_params),
	{ 0 },
};

struct copying {
	const struct task_patch *patch;
	int64_t now;
};

/* What a person said about the task; what became of it, and which series it is of, stays behind. */
static struct task copy_of(const struct task *task, int64_t now)
{
	struct task copy = task_empty;

	copy.title = task->title;
	copy.note = task->note;
	copy.project = task->project;
	copy.priority = task->priority;
	copy.tag_count = task->tag_count;
	copy.tags = task->tags;
	copy.due = task->due;
	copy.wait = task->wait;
	copy.scheduled = task->scheduled;
	copy.until = task->until;
	copy.parent = task->parent;
	copy.depend_count = task->depend_count;
	copy.depends = task->depends;
	copy.annotation_count = task->annotation_count;
	copy.annotations = task->annotations;
	copy.custom_count = task->custom_count;
	copy.custom = task->custom;
	copy.created = now; /* a date may start from it */
	copy.modified = now;
	return copy;
}

/* A refusal about one task names the one that the copy is of. */
static enum error make_copy(const void *context, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const struct copying *copying = context;
	struct task copy = copy_of(task, copying->now);
	enum error error;

	copy.id = task->id;
	error = task_patch_apply(copying->patch, &copy, arena, refusal);
	copy.id = 0;
	*task = copy;
	return error;
}

static enum error insert_copies(struct task_edit *edit, struct task_change *changes, size_t count)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		error = task_edit_insert(edit, &changes[i].after);
	return error;
}

static enum error foresee_copies(struct task_edit *edit, struct task_change *changes, size_t count)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		error = task_edit_foresee(edit->request, &changes[i].after);
	return error;
}

static enum error task_duplicate(struct request *request, const struct task_duplicate_params *params)
{
	struct task_patch patch;
	const struct copying copying = { .patch = &patch, .now = request->now };
	const struct task_act act = { .action = "duplicate",
		.apply = make_copy,
		.apply_context = &copying,
		.series_advice = "its tasks can be duplicated, but not the series itself",
		.save = insert_copies,
		.try = foresee_copies };
	enum error error = task_patch_read(request, &params->fields, &patch);

	return error ? error : task_change_run(request, &params->selection, &act);
}

METHOD_HANDLER(task_duplicate, struct task_duplicate_params)

const struct method task_duplicate_methods[] = {
	{ .name = "task.duplicate",
		.summary = "Add a pending task like each of these",
		TASK_WRITE,
		.params = task_duplicate_params,
		.params_size = sizeof(struct task_duplicate_params),
		.handle = task_duplicate_handler },
	{ 0 },
};
