/* Open addressing over the ids; a list that doubles. */
#include "tasks/id_table.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u

void id_table_init(struct id_table *table, struct arena *arena)
{
	*table = (struct id_table){ .arena = arena };
}

/* Neighbouring ids go to places far apart (Fibonacci hashing). */
static size_t place_of(int64_t id, size_t capacity)
{
	return (size_t)(((uint64_t)id * UINT64_C(11400714819323198485)) >> 20) & (capacity - 1);
}

/* The slot with the id, or the free one where it belongs. */
static struct id_slot *find_slot(const struct id_table *table, int64_t id)
{
	size_t place = place_of(id, table->capacity);

	while (table->slots[place].value && table->slots[place].id != id)
		place = (place + 1) & (table->capacity - 1);
	return &table->slots[place];
}

static void grow(struct id_table *table)
{
	struct id_table larger = { .arena = table->arena, .count = table->count };

	larger.capacity = table->capacity ? 2 * table->capacity : FIRST_CAPACITY;
	larger.slots = arena_array(table->arena, larger.capacity, sizeof(*larger.slots));
	for (size_t i = 0; i < table->capacity; i++)
		if (table->slots[i].value)
			*find_slot(&larger, table->slots[i].id) = table->slots[i];
	*table = larger;
}

bool id_table_put(struct id_table *table, int64_t id, size_t value)
{
	struct id_slot *slot;
	bool is_new;

	if (2 * table->count >= table->capacity)
		grow(table);
	slot = find_slot(table, id);
	is_new = !slot->value;
	*slot = (struct id_slot){ id, value + 1 };
	table->count += is_new;
	return is_new;
}

bool id_table_find(const struct id_table *table, int64_t id, size_t *ret_value)
{
	const struct id_slot *slot = table->capacity ? find_slot(table, id) : NULL;

	if (!slot || !slot->value)
		return false;
	if (ret_value)
		*ret_value = slot->value - 1;
	return true;
}

void id_list_init(struct id_list *list, struct arena *arena)
{
	*list = (struct id_list){ .arena = arena };
}

void id_list_add(struct id_list *list, int64_t id)
{
	if (list->count == list->capacity) {
		size_t capacity = list->capacity ? 2 * list->capacity : 8;
		int64_t *ids = arena_array(list->arena, capacity, sizeof(*ids));

		if (list->count)
			memcpy(ids, list->ids, list->count * sizeof(*ids));
		list->ids = ids;
		list->capacity = capacity;
	}
	list->ids[list->count++] = id;
}

static int compare_ids(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a > *b) - (*a < *b);
}

void id_list_sort(struct id_list *list)
{
	size_t kept = 0;

	if (list->count)
		qsort(list->ids, list->count, sizeof(*list->ids), compare_ids);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || list->ids[i] != list->ids[kept - 1])
			list->ids[kept++] = list->ids[i];
	list->count = kept;
}

bool id_is_in(int64_t id, const int64_t *sorted, size_t count)
{
	return count && bsearch(&id, sorted, count, sizeof(*sorted), compare_ids);
}
