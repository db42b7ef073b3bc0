/* References become ids; ids become a task's. */
#include "methods/task_patch_links.h"

#include "methods/task_selection.h"

#include <inttypes.h>

/* --- reading --- */

/* Whether a task may come into a relation. */
static enum error check_status(struct request *request, const struct task *task, const char *field)
{
	if (task->status == TASK_DELETED)
		return request_refuse(request, ERROR_CONFLICT, field, "task %" PRId64 " is deleted", task->id);
	if (task->status == TASK_RECURRING)
		return request_refuse(request, ERROR_CONFLICT, field,
			"task %" PRId64 " is the template of a series; name one of its instances", task->id);
	return ERROR_NONE;
}

static enum error find_one(
	struct request *request, const char *ref, const char *field, bool must_be_there, int64_t *ret_id)
{
	struct arena arena; /* the task itself is not kept */
	struct task task;
	enum error error;

	arena_init(&arena);
	error = task_selection_find(request, ref, field, &arena, &task);
	if (!error && must_be_there)
		error = check_status(request, &task, field);
	if (!error)
		*ret_id = task.id;
	arena_deinit(&arena);
	return error;
}

static enum error find_all(struct request *request, const struct text_list_param *refs, const char *field,
	bool must_be_there, struct id_list *ret_ids)
{
	enum error error = ERROR_NONE;

	id_list_init(ret_ids, request->arena);
	for (size_t i = 0; !error && i < refs->count; i++) {
		int64_t id;

		error = find_one(request, refs->texts[i], field, must_be_there, &id);
		if (!error)
			id_list_add(ret_ids, id);
	}
	id_list_sort(ret_ids);
	return error;
}

static enum error check_lists(struct request *request, const struct task_patch_links *links)
{
	if (links->fields->depends.presence != PARAM_ABSENT && (links->add.count || links->remove.count))
		return request_refuse(request, ERROR_INVALID_PARAMS, "depends",
			"depends replaces all dependencies; use either it or add_depends and remove_depends");
	for (size_t i = 0; i < links->add.count; i++)
		if (id_is_in(links->add.ids[i], links->remove.ids, links->remove.count))
			return request_refuse(request, ERROR_INVALID_PARAMS, "remove_depends",
				"task %" PRId64 " is both added and removed; leave it out of one list",
				links->add.ids[i]);
	return ERROR_NONE;
}

enum error task_patch_links_read(
	struct request *request, const struct task_link_fields *fields, struct task_patch_links *ret_links)
{
	struct task_patch_links links = { .fields = fields };
	enum error error = ERROR_NONE;

	if (fields->parent.presence == PARAM_GIVEN)
		error = find_one(request, fields->parent.text, "parent", true, &links.parent);
	if (!error)
		error = find_all(request, &fields->depends, "depends", true, &links.depends);
	if (!error)
		error = find_all(request, &fields->add_depends, "add_depends", true, &links.add);
	if (!error)
		error = find_all(request, &fields->remove_depends, "remove_depends", false, &links.remove);
	if (!error)
		error = check_lists(request, &links);
	if (!error)
		*ret_links = links;
	return error;
}

bool task_patch_links_is_empty(const struct task_patch_links *links)
{
	const struct task_link_fields *fields = links->fields;

	return fields->parent.presence == PARAM_ABSENT && fields->depends.presence == PARAM_ABSENT &&
	       fields->add_depends.presence == PARAM_ABSENT && fields->remove_depends.presence == PARAM_ABSENT;
}

/* --- applying --- */

/* What stays of the task's own, and what comes. */
static void collect(const struct task_patch_links *links, const struct task *task, struct id_list *ids)
{
	bool is_replaced = links->fields->depends.presence != PARAM_ABSENT;
	const struct id_list *coming = is_replaced ? &links->depends : &links->add;

	for (size_t i = 0; !is_replaced && i < task->depend_count; i++)
		if (!id_is_in(task->depends[i], links->remove.ids, links->remove.count))
			id_list_add(ids, task->depends[i]);
	for (size_t i = 0; i < coming->count; i++)
		id_list_add(ids, coming->ids[i]);
	id_list_sort(ids);
}

static enum error apply_depends(
	const struct task_patch_links *links, struct task *task, struct arena *arena, struct refusal *refusal)
{
	const char *field = links->fields->depends.presence != PARAM_ABSENT ? "depends" : "add_depends";
	struct id_list ids;

	id_list_init(&ids, arena);
	collect(links, task, &ids);
	if (task->id && id_is_in(task->id, ids.ids, ids.count))
		return refuse(refusal, ERROR_CONFLICT, field, "task %" PRId64 " cannot depend on itself", task->id);
	if (ids.count > TASK_DEPENDS_LIMIT)
		return refuse(refusal, ERROR_CONFLICT, field, "task %" PRId64 " would depend on more than %u tasks",
			task->id, TASK_DEPENDS_LIMIT);
	task->depends = ids.ids;
	task->depend_count = ids.count;
	return ERROR_NONE;
}

enum error task_patch_links_apply(
	const struct task_patch_links *links, struct task *task, struct arena *arena, struct refusal *refusal)
{
	if (task_patch_links_is_empty(links))
		return ERROR_NONE;
	if (links->fields->parent.presence != PARAM_ABSENT) {
		if (task->id && links->parent == task->id)
			return refuse(refusal, ERROR_CONFLICT, "parent", "task %" PRId64 " cannot be its own parent",
				task->id);
		task->parent = links->parent;
	}
	return apply_depends(links, task, arena, refusal);
}
