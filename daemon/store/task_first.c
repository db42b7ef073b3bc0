/* The first of many tasks. */
#include "store/task_first.h"

#include <stdlib.h>

void task_first_init(struct task_first *first, struct arena *arena)
{
	first->items = arena_array(arena, 2 * first->limit, sizeof(*first->items));
	first->count = 0;
	arena_init(&first->arenas[0]);
	arena_init(&first->arenas[1]);
}

void task_first_deinit(struct task_first *first)
{
	arena_deinit(&first->arenas[0]);
	arena_deinit(&first->arenas[1]);
}

static int compare_items(const void *left, const void *right, void *sort)
{
	const struct task_first_item *a = left;
	const struct task_first_item *b = right;

	return task_sort_compare(sort, &a->place, &b->place);
}

void task_first_end(struct task_first *first)
{
	struct arena texts = first->arenas[0];

	qsort_r(first->items, first->count, sizeof(*first->items), compare_items, (void *)(uintptr_t)first->sort);
	if (first->count > first->limit)
		first->count = first->limit;
	for (size_t i = 0; i < first->count; i++)
		first->items[i].place = task_place_copy(first->sort, &first->items[i].place, &first->arenas[1]);
	if (texts.block)
		arena_reset(&texts);
	first->arenas[0] = first->arenas[1];
	first->arenas[1] = texts;
}

void task_first_add(struct task_first *first, const struct task *task)
{
	struct task_first_item item = { .id = task->id };

	task_sort_find_place(first->sort, task, first->coefficients, first->now, &item.place);
	if (first->after && task_sort_compare(first->sort, &item.place, first->after) <= 0)
		return;
	item.place = task_place_copy(first->sort, &item.place, &first->arenas[0]);
	first->items[first->count++] = item;
	if (first->count == 2 * first->limit)
		task_first_end(first);
}
