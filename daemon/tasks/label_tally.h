/* Counts by name: what a list of projects or tags is made of. */
#pragma once

#include "common/arena.h"
#include "tasks/task.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct label_count {
	const char *name;
	int64_t pending; /* with those that wait */
	int64_t waiting;
	int64_t completed;
	int64_t deleted;
	int64_t created_sum; /* of the pending ones, seconds since the epoch */
};

struct label_tally;

/* In the arena, as is all that it holds. */
struct label_tally *label_tally_new(struct arena *arena);

/* The counts of a name, all zero when it is new; valid until the next new name. */
struct label_count *label_tally_at(struct label_tally *tally, const char *name, size_t length);

/* So many tasks of a status. Templates of series are no tasks of their own. */
void label_count_add(struct label_count *count, enum task_status status, int64_t tasks);

/*
 * In order: bytes, but a dot before all of them, so that home.garden stands behind home and before home-work. Valid
 * until the next name is added.
 */
const struct label_count *label_tally_sort(struct label_tally *tally, size_t *ret_count);
