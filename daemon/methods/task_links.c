/* The store's tasks with the changes laid over them, as a graph. */
#include "methods/task_links.h"

#include "store/task_relation.h"
#include "tasks/dependency.h"

#include <inttypes.h>
#include <stdlib.h>

struct links {
	struct request *request;
	const struct task_change *changes;
	struct id_table by_id;                /* of those whose links differ: the place in `changes` */
	const struct task_change **by_parent; /* of those that have one, in its order */
	size_t parent_count;
	struct id_list gained; /* what is newly depended on, sorted */
	struct id_list starts; /* tasks that gain something */
	struct arena *arena;
};

/* --- the changes --- */

static bool gains_depends(const struct task_change *change)
{
	const struct task *before = &change->before;
	const struct task *after = &change->after;

	for (size_t i = 0; i < after->depend_count; i++)
		if (!id_is_in(after->depends[i], before->depends, before->depend_count))
			return true;
	return false;
}

static bool gains_parent(const struct task_change *change)
{
	return change->after.parent && change->after.parent != change->before.parent;
}

static bool loses_depends(const struct task_change *change)
{
	for (size_t i = 0; i < change->before.depend_count; i++)
		if (!id_is_in(change->before.depends[i], change->after.depends, change->after.depend_count))
			return true;
	return false;
}

static bool differs(const struct task_change *change)
{
	return change->before.parent != change->after.parent || gains_depends(change) || loses_depends(change);
}

static int compare_parents(const void *left, const void *right)
{
	const struct task_change *const *a = left;
	const struct task_change *const *b = right;

	return ((*a)->after.parent > (*b)->after.parent) - ((*a)->after.parent < (*b)->after.parent);
}

static void note_change(struct links *links, size_t place)
{
	const struct task_change *change = &links->changes[place];
	const struct task *before = &change->before;
	const struct task *after = &change->after;

	id_table_put(&links->by_id, after->id ? after->id : before->id, place); /* no id: one that goes */
	if (after->parent)
		links->by_parent[links->parent_count++] = change;
	for (size_t i = 0; i < after->depend_count; i++)
		if (!id_is_in(after->depends[i], before->depends, before->depend_count))
			id_list_add(&links->gained, after->depends[i]);
}

static void note_changes(struct links *links, size_t count)
{
	id_table_init(&links->by_id, links->arena);
	id_list_init(&links->gained, links->arena);
	id_list_init(&links->starts, links->arena);
	links->by_parent = arena_array(links->arena, count, sizeof(struct task_change *));
	for (size_t i = 0; i < count; i++)
		if (differs(&links->changes[i]))
			note_change(links, i);
	id_list_sort(&links->gained);
	if (links->parent_count)
		qsort(links->by_parent, links->parent_count, sizeof(struct task_change *), compare_parents);
}

static const struct task *find_changed(const struct links *links, int64_t id)
{
	size_t place;

	return id_table_find(&links->by_id, id, &place) ? &links->changes[place].after : NULL;
}

/* --- the graph --- */

static enum error depends_of(void *context, int64_t id, struct id_list *ids)
{
	const struct links *links = context;
	const struct task *changed = find_changed(links, id);

	if (!changed)
		return task_relation_depends(links->request->db, links->request->who.account_id, id, ids);
	for (size_t i = 0; i < changed->depend_count; i++)
		id_list_add(ids, changed->depends[i]);
	return ERROR_NONE;
}

static void add_changed_parts(const struct links *links, int64_t id, struct id_list *ids)
{
	size_t first = 0;
	size_t end = links->parent_count;

	while (first < end) {
		size_t middle = first + (end - first) / 2;

		if (links->by_parent[middle]->after.parent < id)
			first = middle + 1;
		else
			end = middle;
	}
	for (; first < links->parent_count && links->by_parent[first]->after.parent == id; first++)
		id_list_add(ids, links->by_parent[first]->after.id);
}

static enum error parts_of(void *context, int64_t id, struct id_list *ids)
{
	const struct links *links = context;
	struct id_list stored;
	enum error error;

	id_list_init(&stored, links->arena);
	error = task_relation_parts(links->request->db, links->request->who.account_id, id, &stored);
	for (size_t i = 0; i < stored.count; i++)
		if (!find_changed(links, stored.ids[i]))
			id_list_add(ids, stored.ids[i]);
	add_changed_parts(links, id, ids);
	return error;
}

static enum error parent_of(void *context, int64_t id, int64_t *ret_parent)
{
	const struct links *links = context;
	const struct task *changed = find_changed(links, id);
	struct task_node place = { .parent = changed ? changed->parent : 0 };
	enum error error = ERROR_NONE;

	if (!changed)
		error = task_relation_node(links->request->db, links->request->who.account_id, id, &place);
	*ret_parent = place.parent;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

/* --- the rules --- */

static enum error refuse_long_walk(struct request *request, enum error error, const char *field)
{
	if (error != ERROR_TOO_LARGE)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return request_refuse(request, ERROR_CONFLICT, field,
		"too many tasks hang together here: more than %u links would have to be followed", TASK_LINKS_LIMIT);
}

/* A task that nothing needs is not on the way to itself. */
static enum error is_needed(const struct links *links, const struct task *task, bool *ret_is_needed)
{
	*ret_is_needed = task->parent || id_is_in(task->id, links->gained.ids, links->gained.count);
	if (*ret_is_needed || !task->id)
		return ERROR_NONE;
	return task_relation_has_dependents(
		links->request->db, links->request->who.account_id, task->id, ret_is_needed);
}

static enum error find_starts(struct links *links, size_t count, const char **ret_field)
{
	enum error error = ERROR_NONE;

	*ret_field = "parent";
	for (size_t i = 0; !error && i < count; i++) {
		const struct task_change *change = &links->changes[i];
		bool depends = gains_depends(change);
		bool is_start = gains_parent(change);

		if (depends)
			*ret_field = "depends";
		if (depends && !is_start)
			error = is_needed(links, &change->after, &is_start);
		if (is_start)
			id_list_add(&links->starts, change->after.id);
	}
	return error;
}

static enum error check_cycles(struct links *links, const struct dependency_graph *graph, const char *field)
{
	struct request *request = links->request;
	struct id_list cycle;
	enum error error = dependency_find_cycle(graph, links->starts.ids, links->starts.count, links->arena, &cycle);

	if (error)
		return refuse_long_walk(request, error, field);
	return cycle.count ? dependency_refuse_cycle(&cycle, field, &request->refusal) : ERROR_NONE;
}

static enum error check_depth(struct links *links, const struct dependency_graph *graph, const struct task *task)
{
	struct request *request = links->request;
	unsigned depth;
	enum error error = dependency_depth(graph, task->id, links->arena, &depth);

	if (error)
		return refuse_long_walk(request, error, "parent");
	if (depth > DEPENDENCY_DEPTH_LIMIT)
		return request_refuse(request, ERROR_CONFLICT, "parent",
			"tasks would be parts of parts on more than %u levels", DEPENDENCY_DEPTH_LIMIT);
	return ERROR_NONE;
}

static enum error check(struct links *links, size_t count)
{
	const struct dependency_graph graph = { .context = links,
		.depends = depends_of,
		.parts = parts_of,
		.parent = parent_of,
		.limit = links->request->place == REQUEST_ON_LOOP ? TASK_LINKS_LOOP_LIMIT : TASK_LINKS_LIMIT };
	const char *field;
	enum error error;

	note_changes(links, count);
	error = find_starts(links, count, &field);
	if (!error && links->starts.count)
		error = check_cycles(links, &graph, field);
	for (size_t i = 0; !error && i < count; i++)
		if (gains_parent(&links->changes[i]))
			error = check_depth(links, &graph, &links->changes[i].after);
	return error;
}

enum error task_links_check(struct request *request, const struct task_change *changes, size_t count)
{
	struct arena arena;
	struct links links = { .request = request, .changes = changes, .arena = &arena };
	bool is_any = false;
	enum error error;

	for (size_t i = 0; !is_any && i < count; i++)
		is_any = gains_parent(&changes[i]) || gains_depends(&changes[i]);
	if (!is_any)
		return ERROR_NONE;
	arena_init(&arena);
	error = check(&links, count);
	arena_deinit(&arena);
	return error;
}
