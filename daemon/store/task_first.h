/* The first of many tasks in an order that no index has: what is kept of them is little, however many are looked at. */
#pragma once

#include "common/arena.h"
#include "tasks/task_sort.h"

struct task_first_item {
	int64_t id;
	struct task_place place;
};

struct task_first {
	const struct task_sort *sort;
	const struct urgency_coefficients *coefficients;
	int64_t now;
	const struct task_place *after; /* those up to there do not count; NULL: all do */
	size_t limit;
	struct task_first_item *items; /* twice as many as the limit fit */
	size_t count;
	struct arena arenas[2]; /* the texts are in the first */
};

/* `first` has its first five members set. */
void task_first_init(struct task_first *first, struct arena *arena);
void task_first_deinit(struct task_first *first);

void task_first_add(struct task_first *first, const struct task *task);

/* When all were added: sort them, and drop those behind the limit. */
void task_first_end(struct task_first *first);
