/* Tasks with anything in their fields. */
#include "random_tasks.h"

#include "tasks/task_field.h"

/* Knuth's MMIX generator; its high bits are the good ones. */
uint32_t random_below(struct random_tasks *random, uint32_t end)
{
	random->state = random->state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((random->state >> 33) % end);
}

static const char *some_text(struct random_tasks *random, struct arena *arena)
{
	static const char *const texts[] = { "a", "two words", "\"quoted\" \\ and\ttabbed", "grün", "😀 {[,]}", "-" };

	return arena_printf(
		arena, "%s %u", texts[random_below(random, sizeof(texts) / sizeof(*texts))], random_below(random, 100));
}

static int64_t some_time(struct random_tasks *random)
{
	return random->now - 5000000 + random_below(random, 10000000);
}

static void set_tags(struct random_tasks *random, struct task *task, struct arena *arena)
{
	size_t count = random_below(random, 4);
	const char **tags = arena_array(arena, count, sizeof(*tags));

	for (size_t i = 0; i < count; i++)
		tags[i] = arena_printf(arena, "t%u", random_below(random, 5));
	task->tags = tags;
	task->tag_count = task_sort_tags(tags, count);
}

static void set_depends(struct random_tasks *random, struct task *task, struct arena *arena)
{
	int64_t *depends = arena_array(arena, (size_t)task->id, sizeof(*depends));

	task->depends = depends;
	task->depend_count = 0;
	for (int64_t id = 1; id < task->id; id++)
		if (!random_below(random, 3))
			depends[task->depend_count++] = id;
}

static void set_annotations(struct random_tasks *random, struct task *task, struct arena *arena)
{
	size_t count = random_below(random, 3);
	struct task_annotation *annotations = arena_array(arena, count, sizeof(*annotations));

	for (size_t i = 0; i < count; i++)
		annotations[i] = (struct task_annotation){ random->now + (int64_t)i, some_text(random, arena) };
	task->annotations = annotations;
	task->annotation_count = count;
}

static void set_custom(struct random_tasks *random, struct task *task, struct arena *arena)
{
	static const char *const names[] = { "cost", "place", "size" };
	struct task_value *custom = arena_array(arena, 3, sizeof(*custom));

	task->custom = custom;
	task->custom_count = 0;
	for (size_t i = 0; i < 3; i++)
		if (random_below(random, 2))
			custom[task->custom_count++] = (struct task_value){ names[i], some_text(random, arena) };
}

static void set_field(
	struct random_tasks *random, const struct task_field *field, struct task *task, struct arena *arena)
{
	bool is_empty = !random_below(random, 4);
	void *place = (char *)task + field->offset;

	switch (field->type) {
	case TASK_FIELD_TEXT:
		*(const char **)place = is_empty && place != (void *)&task->title ? NULL : some_text(random, arena);
		return;
	case TASK_FIELD_UUID:
		return;
	case TASK_FIELD_INTEGER:
		*(int64_t *)place = random_below(random, 10000);
		return;
	case TASK_FIELD_TIME:
		*(int64_t *)place = is_empty ? TASK_NO_TIME : some_time(random);
		return;
	case TASK_FIELD_COUNT:
		*(int64_t *)place = is_empty ? TASK_NO_TIME : random_below(random, 1000000);
		return;
	case TASK_FIELD_REFERENCE:
		*(int64_t *)place = random_below(random, (uint32_t)task->id);
		return;
	case TASK_FIELD_STATUS:
		task->status = (enum task_status)random_below(random, 4);
		return;
	case TASK_FIELD_PRIORITY:
		task->priority = (enum task_priority)random_below(random, 4);
		return;
	case TASK_FIELD_TAGS:
		set_tags(random, task, arena);
		return;
	case TASK_FIELD_DEPENDS:
		set_depends(random, task, arena);
		return;
	case TASK_FIELD_ANNOTATIONS:
		set_annotations(random, task, arena);
		return;
	case TASK_FIELD_CUSTOM:
		set_custom(random, task, arena);
		return;
	}
}

void random_change(struct random_tasks *random, struct task *task, struct arena *arena)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && !random_below(random, 4))
			set_field(random, field, task, arena);
}
