/* Counts by name: a table with open addresses over an array. */
#include "tasks/label_tally.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u /* a power of two; at most half of the places are taken */

struct label_tally {
	struct arena *arena;
	struct label_count *counts;
	size_t count;
	size_t capacity; /* of the array; there are twice as many places */
	size_t *places;  /* index + 1 of a count; 0: free */
};

struct label_tally *label_tally_new(struct arena *arena)
{
	struct label_tally *tally = arena_alloc(arena, sizeof(*tally));

	tally->arena = arena;
	tally->capacity = FIRST_CAPACITY;
	tally->counts = arena_array(arena, tally->capacity, sizeof(*tally->counts));
	tally->places = arena_array(arena, 2 * tally->capacity, sizeof(*tally->places));
	return tally;
}

/* FNV-1a. An account could make its own names collide, and would wait for its own list alone. */
static size_t hash(const char *name, size_t length)
{
	uint64_t value = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < length; i++)
		value = (value ^ (unsigned char)name[i]) * UINT64_C(1099511628211);
	return (size_t)value;
}

/* The place of the name, or the free one where it belongs. */
static size_t *find_place(const struct label_tally *tally, const char *name, size_t length)
{
	size_t mask = 2 * tally->capacity - 1;

	for (size_t at = hash(name, length) & mask;; at = (at + 1) & mask) {
		const char *found;

		if (!tally->places[at])
			return &tally->places[at];
		found = tally->counts[tally->places[at] - 1].name;
		if (!strncmp(found, name, length) && !found[length])
			return &tally->places[at];
	}
}

static void grow(struct label_tally *tally)
{
	struct label_count *counts = arena_array(tally->arena, 2 * tally->capacity, sizeof(*counts));

	memcpy(counts, tally->counts, tally->count * sizeof(*counts));
	tally->counts = counts;
	tally->capacity *= 2;
	tally->places = arena_array(tally->arena, 2 * tally->capacity, sizeof(*tally->places));
	for (size_t i = 0; i < tally->count; i++)
		*find_place(tally, counts[i].name, strlen(counts[i].name)) = i + 1;
}

struct label_count *label_tally_at(struct label_tally *tally, const char *name, size_t length)
{
	size_t *place = find_place(tally, name, length);

	if (*place)
		return &tally->counts[*place - 1];
	if (tally->count == tally->capacity) {
		grow(tally);
		place = find_place(tally, name, length);
	}
	tally->counts[tally->count].name = arena_strndup(tally->arena, name, length);
	*place = ++tally->count;
	return &tally->counts[tally->count - 1];
}

void label_count_add(struct label_count *count, enum task_status status, int64_t tasks)
{
	switch (status) {
	case TASK_PENDING:
		count->pending += tasks;
		return;
	case TASK_COMPLETED:
		count->completed += tasks;
		return;
	case TASK_DELETED:
		count->deleted += tasks;
		return;
	case TASK_RECURRING:
		return;
	}
}

/* The end, the dot, and then the bytes. */
static int rank(char byte)
{
	if (!byte)
		return -2;
	return byte == '.' ? -1 : (unsigned char)byte;
}

static int compare(const void *left, const void *right)
{
	const char *a = ((const struct label_count *)left)->name;
	const char *b = ((const struct label_count *)right)->name;

	while (*a && *a == *b) {
		a++;
		b++;
	}
	return rank(*a) - rank(*b);
}

/* The places are then those of the order before, so they are made anew. */
const struct label_count *label_tally_sort(struct label_tally *tally, size_t *ret_count)
{
	qsort(tally->counts, tally->count, sizeof(*tally->counts), compare);
	memset(tally->places, 0, 2 * tally->capacity * sizeof(*tally->places));
	for (size_t i = 0; i < tally->count; i++)
		*find_place(tally, tally->counts[i].name, strlen(tally->counts[i].name)) = i + 1;
	*ret_count = tally->count;
	return tally->counts;
}
