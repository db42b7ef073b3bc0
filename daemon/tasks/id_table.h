/* Ids of tasks, each with a number: for walks that must know where they have been. */
#pragma once

#include "common/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct id_slot {
	int64_t id;
	size_t value; /* one more than what is kept; 0: the slot is free */
};

struct id_table {
	struct arena *arena; /* borrowed; what it outgrows stays there */
	struct id_slot *slots;
	size_t capacity; /* a power of two */
	size_t count;
};

void id_table_init(struct id_table *table, struct arena *arena);

/* Set what is kept with the id. False: the id was there already, and its number is now this one. */
bool id_table_put(struct id_table *table, int64_t id, size_t value);
/* False: the id is not there. ret_value may be NULL. */
bool id_table_find(const struct id_table *table, int64_t id, size_t *ret_value);

/* Ids in the order in which they came. */
struct id_list {
	struct arena *arena; /* borrowed */
	int64_t *ids;
	size_t count;
	size_t capacity;
};

void id_list_init(struct id_list *list, struct arena *arena);
void id_list_add(struct id_list *list, int64_t id);
/* Ascending and without duplicates, in place. */
void id_list_sort(struct id_list *list);
/* Of a sorted array. */
bool id_is_in(int64_t id, const int64_t *sorted, size_t count);
