/* Tasks that the filters tell from each other. */
#include "filter_model_leaf.h"

#include <inttypes.h>
#include <stdio.h>

static int64_t random_time(unsigned *seed)
{
	static const int64_t edges[] = { MODEL_NOW - 1, MODEL_NOW, MODEL_NOW + 1, TODAY - 1, TODAY, TODAY + DAY - 1,
		TODAY + DAY, MODEL_NOW + 7 * DAY, MODEL_NOW + 7 * DAY + 1, TODAY - 14 * DAY, TODAY - 14 * DAY - 1 };

	switch (below(seed, 4)) {
	case 0:
	case 1:
		return TASK_NO_TIME;
	case 2:
		return PICK(seed, edges);
	default:
		return TODAY + ((int64_t)below(seed, 60) - 30) * DAY + below(seed, 86400);
	}
}

static void add_texts(struct task *task, unsigned *seed, struct arena *arena)
{
	/* Some begin, end or go around another. */
	static const char *const projects[] = { NULL, "home", "home.garden", "homework", "home-work", "Home.x", "x",
		"work", "work.office", "É" };
	static const char *const titles[] = { "Buy milk", "BUY MILK now", "Écrire", "écrire à Zoé", "Яблоко и яблоко",
		"milkman", "a-milk-b", "x", "Über uns", "home, sweet home" };
	static const char *const tags[] = { "a", "ab", "b", "c", "ca", "É", "Milk" };
	struct task_annotation *annotations = arena_array(arena, 3, sizeof(*annotations));

	task->project = PICK(seed, projects);
	task->title = PICK(seed, titles);
	task->note = below(seed, 3) ? NULL : PICK(seed, titles);
	task->annotations = annotations;
	task->annotation_count = below(seed, 2) ? 0 : below(seed, 4);
	for (size_t i = 0; i < task->annotation_count; i++)
		annotations[i] = (struct task_annotation){ MODEL_NOW, PICK(seed, titles) };
	task->tags = arena_alloc(arena, sizeof(tags));
	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (below(seed, 3) == 0)
			task->tags[task->tag_count++] = tags[i];
	task->tag_count = task_sort_tags(task->tags, task->tag_count);
}

static void add_times(struct task *task, unsigned *seed)
{
	int64_t *const times[] = { &task->due, &task->wait, &task->scheduled, &task->until, &task->started,
		&task->completed, &task->deleted, &task->created, &task->modified };

	for (size_t i = 0; i < COUNT_OF(times); i++)
		*times[i] = random_time(seed);
	if (task->created == TASK_NO_TIME)
		task->created = MODEL_NOW;
	if (task->modified == TASK_NO_TIME)
		task->modified = MODEL_NOW;
	task->spent = 1800 * (int64_t)below(seed, 8);
}

static void add_relations(struct task *task, unsigned *seed, size_t count, struct arena *arena)
{
	int64_t *ids = arena_array(arena, 3, sizeof(*ids));

	task->parent = below(seed, 3) ? 0 : 1 + below(seed, (unsigned)count);
	task->parent = task->parent > 30 ? task->parent % 30 + 1 : task->parent;
	task->series = below(seed, 3) ? 0 : 1 + below(seed, 20);
	task->occurrence = task->id;
	task->depends = ids;
	task->depend_count = below(seed, 2) ? 0 : below(seed, 4);
	for (size_t i = 0; i < task->depend_count; i++)
		ids[i] = (i ? ids[i - 1] : 0) + 1 + below(seed, 12);
	task->blockers = below(seed, 3) ? 0 : 1 + below(seed, 3);
	task->dependents = below(seed, 3) ? 0 : 1;
	task->children = below(seed, 3) ? 0 : 2;
}

static void add_custom(struct task *task, unsigned *seed, struct arena *arena)
{
	struct task_value *values = arena_array(arena, 5, sizeof(*values));

	task->custom = values;
	if (below(seed, 2))
		values[task->custom_count++] =
			(struct task_value){ "cost", arena_printf(arena, "%g", (double)below(seed, 8) / 2 - 1) };
	if (below(seed, 3) == 0)
		values[task->custom_count++] =
			(struct task_value){ "length", arena_printf(arena, "PT%uH", 1 + below(seed, 3)) };
	if (below(seed, 2))
		values[task->custom_count++] = (struct task_value){ "place", filter_model_word(seed) };
	if (below(seed, 2))
		values[task->custom_count++] = (struct task_value){ "size", below(seed, 2) ? "x" : "home" };
	if (below(seed, 2))
		values[task->custom_count++] = (struct task_value){ "warranty",
			arena_printf(arena, "%" PRId64, TODAY + ((int64_t)below(seed, 6) - 2) * DAY / 2) };
}

struct task filter_model_task(unsigned *seed, int64_t id, size_t count, struct arena *arena)
{
	static const enum task_status statuses[] = { TASK_PENDING, TASK_PENDING, TASK_PENDING, TASK_COMPLETED,
		TASK_DELETED, TASK_RECURRING };
	struct task task = task_empty;

	task.id = id;
	(void)snprintf(task.uuid, sizeof(task.uuid), "%08" PRIx64 "-0000-4000-8000-%012" PRIx64,
		(uint64_t)id * UINT64_C(2654435761) % UINT64_C(0xffffffff), (uint64_t)id);
	task.status = PICK(seed, statuses);
	task.priority = (enum task_priority)below(seed, 4);
	task.version = 1 + below(seed, 4);
	add_texts(&task, seed, arena);
	add_times(&task, seed);
	add_relations(&task, seed, count, arena);
	add_custom(&task, seed, arena);
	filter_model_classify(&task, seed);
	return task;
}
