/* Sets of ids. */
#include "store/task_ids.h"

static struct task_ids ids_of_refs(const struct filter *filter, struct arena *arena)
{
	struct task_ids ids = { .arena = arena, .is_known = true, .count = filter->ref_count };

	ids.ids = arena_array(arena, ids.count, sizeof(*ids.ids));
	for (size_t i = 0; i < ids.count; i++)
		ids.ids[i] = filter->refs[i].id;
	return ids;
}

static struct task_ids intersect(const struct task_ids *a, const struct task_ids *b)
{
	struct task_ids both = *a;
	size_t at = 0;

	if (!a->is_known || !b->is_known)
		return a->is_known ? *a : *b;
	both.count = 0;
	for (size_t i = 0; i < a->count; i++) {
		while (at < b->count && b->ids[at] < a->ids[i])
			at++;
		if (at < b->count && b->ids[at] == a->ids[i])
			both.ids[both.count++] = a->ids[i];
	}
	return both;
}

static struct task_ids unite(const struct task_ids *a, const struct task_ids *b)
{
	struct task_ids either = { .arena = a->arena, .is_known = a->is_known && b->is_known };
	size_t i = 0, j = 0;

	if (!either.is_known)
		return either;
	either.ids = arena_array(a->arena, a->count + b->count, sizeof(*either.ids));
	while (i < a->count || j < b->count) {
		bool is_first = j == b->count || (i < a->count && a->ids[i] <= b->ids[j]);
		int64_t id = is_first ? a->ids[i] : b->ids[j];

		i += i < a->count && a->ids[i] == id;
		j += j < b->count && b->ids[j] == id;
		either.ids[either.count++] = id;
	}
	return either;
}

static struct task_ids ids_of(const struct filter *filter, struct arena *arena)
{
	struct task_ids left, right;

	if (filter->kind == FILTER_REFS && filter->field == FILTER_ID)
		return ids_of_refs(filter, arena);
	if (filter->kind != FILTER_AND && filter->kind != FILTER_OR)
		return (struct task_ids){ .arena = arena };
	left = ids_of(filter->left, arena);
	right = ids_of(filter->right, arena);
	return filter->kind == FILTER_AND ? intersect(&left, &right) : unite(&left, &right);
}

void task_ids_restrict(struct task_ids *ids, const struct filter *filter)
{
	const struct task_ids others = ids_of(filter, ids->arena);

	*ids = intersect(ids, &others);
}
