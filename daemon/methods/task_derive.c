/* Counts grow by differences. */
#include "methods/task_derive.h"

#include "common/memory.h"

void task_derive_init(struct task_derive *derive, struct request *request)
{
	*derive = (struct task_derive){ .request = request };
}

void task_derive_deinit(struct task_derive *derive)
{
	free(derive->growths);
}

static void grow(struct task_derive *derive, int64_t id, struct task_counts counts)
{
	if (derive->count == derive->capacity) {
		derive->capacity = derive->capacity ? 2 * derive->capacity : 64;
		derive->growths = memory_resize(derive->growths, derive->capacity, sizeof(*derive->growths));
	}
	derive->growths[derive->count++] = (struct task_growth){ id, counts };
	derive->is_summed_up = false;
}

/* --- what a change means to others --- */

static bool is_open(const struct task *task)
{
	return task && task->status == TASK_PENDING;
}

/* A template is no part, its instances are. */
static bool is_part(const struct task *task)
{
	return task && (task->status == TASK_PENDING || task->status == TASK_COMPLETED);
}

static bool depends_on(const struct task *task, int64_t id)
{
	return task && id_is_in(id, task->depends, task->depend_count);
}

static enum error grow_own_blockers(struct task_derive *derive, int64_t id, int64_t on_id, int64_t growth)
{
	struct request *request = derive->request;
	struct task_node place;
	enum error error = task_relation_node(request->db, request->who.account_id, on_id, &place);

	if (error == ERROR_NOT_FOUND)
		return ERROR_NONE;
	if (!error && place.status == TASK_PENDING)
		grow(derive, id, (struct task_counts){ .blockers = growth });
	return error;
}

/* What `task` depends on and `other` does not: it blocks, or would no longer. */
static enum error note_links(
	struct task_derive *derive, const struct task *task, const struct task *other, int64_t growth)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; task && !error && i < task->depend_count; i++)
		if (!depends_on(other, task->depends[i]))
			error = grow_own_blockers(derive, task->id, task->depends[i], growth);
	return error;
}

/* The tasks that this one depends on have it as a dependent while it is open. */
static void note_as_dependent(struct task_derive *derive, const struct task *task, int64_t growth)
{
	for (size_t i = 0; is_open(task) && i < task->depend_count; i++)
		grow(derive, task->depends[i], (struct task_counts){ .dependents = growth });
}

/* Its parent has it as a part. */
static void note_as_part(struct task_derive *derive, const struct task *task, int64_t growth)
{
	if (is_part(task) && task->parent)
		grow(derive, task->parent,
			(struct task_counts){ .children = growth, .open_children = is_open(task) ? growth : 0 });
}

/* The tasks that depend on this one have it as a blocker while it is open. */
static enum error note_as_blocker(struct task_derive *derive, int64_t id, int64_t growth)
{
	struct request *request = derive->request;
	struct arena arena;
	struct id_list dependents;
	enum error error;

	arena_init(&arena);
	id_list_init(&dependents, &arena);
	error = task_relation_dependents(request->db, request->who.account_id, id, &dependents);
	for (size_t i = 0; !error && i < dependents.count; i++)
		grow(derive, dependents.ids[i], (struct task_counts){ .blockers = growth });
	arena_deinit(&arena);
	return error;
}

static bool has_same_links(const struct task *before, const struct task *after)
{
	if (!before || !after || before->parent != after->parent || before->depend_count != after->depend_count)
		return false;
	for (size_t i = 0; i < after->depend_count; i++)
		if (before->depends[i] != after->depends[i])
			return false;
	return true;
}

enum error task_derive_note(struct task_derive *derive, const struct task *before, const struct task *after)
{
	int64_t opening = is_open(after) - is_open(before);
	enum error error;

	if (!opening && is_part(before) == is_part(after) && has_same_links(before, after))
		return ERROR_NONE;
	error = note_links(derive, before, after, -1);
	if (!error)
		error = note_links(derive, after, before, 1);
	note_as_dependent(derive, before, -1);
	note_as_dependent(derive, after, 1);
	note_as_part(derive, before, -1);
	note_as_part(derive, after, 1);
	if (!error && opening)
		error = note_as_blocker(derive, after ? after->id : before->id, opening);
	return error;
}

/* --- writing --- */

static int compare_growths(const void *left, const void *right)
{
	const struct task_growth *a = left;
	const struct task_growth *b = right;

	return (a->id > b->id) - (a->id < b->id);
}

static void add_counts(struct task_counts *sum, const struct task_counts *counts)
{
	sum->blockers += counts->blockers;
	sum->dependents += counts->dependents;
	sum->children += counts->children;
	sum->open_children += counts->open_children;
}

/* One for each task. */
static void sum_up(struct task_derive *derive)
{
	size_t kept = 0;

	if (derive->is_summed_up)
		return;
	if (derive->count)
		qsort(derive->growths, derive->count, sizeof(*derive->growths), compare_growths);
	for (size_t i = 0; i < derive->count; i++) {
		if (kept && derive->growths[kept - 1].id == derive->growths[i].id)
			add_counts(&derive->growths[kept - 1].counts, &derive->growths[i].counts);
		else
			derive->growths[kept++] = derive->growths[i];
	}
	derive->count = kept;
	derive->is_summed_up = true;
}

static bool is_zero(const struct task_counts *counts)
{
	return !counts->blockers && !counts->dependents && !counts->children && !counts->open_children;
}

enum error task_derive_save(struct task_derive *derive)
{
	struct request *request = derive->request;
	enum error error = ERROR_NONE;

	sum_up(derive);
	if (derive->count > TASK_DERIVE_LOOP_LIMIT && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	for (size_t i = 0; !error && i < derive->count; i++)
		if (!is_zero(&derive->growths[i].counts))
			error = task_relation_count(request->db, request->who.account_id, derive->growths[i].id,
				&derive->growths[i].counts);
	return error;
}

void task_derive_adopt(struct task_derive *derive, struct task *task)
{
	struct task_growth key = { .id = task->id };
	const struct task_growth *growth;

	sum_up(derive);
	if (!derive->count)
		return;
	growth = bsearch(&key, derive->growths, derive->count, sizeof(*derive->growths), compare_growths);
	if (!growth)
		return;
	task->blockers += growth->counts.blockers;
	task->dependents += growth->counts.dependents;
	task->children += growth->counts.children;
	task->open_children += growth->counts.open_children;
}
