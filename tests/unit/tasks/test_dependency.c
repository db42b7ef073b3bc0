/* What tasks need: cycles with their way, levels of parts, and a bound on the work. */
#include "common/cleanup.h"
#include "tasks/dependency.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Edges as text: "1>2" is 1 depends on 2, "1:2" is 2 is a part of 1. */
struct edges {
	const char *text;
	size_t asked; /* how often any task's edges were wanted */
};

static void collect(struct edges *edges, int64_t id, char kind, struct id_list *ids)
{
	const char *at = edges->text;
	long long from, to;
	char sign;
	int length;

	edges->asked++;
	while (sscanf(at, " %lld%c%lld%n", &from, &sign, &to, &length) == 3) { /* NOLINT(cert-err34-c): our own text */
		if (from == id && sign == kind)
			id_list_add(ids, to);
		at += length;
	}
}

static enum error depends(void *context, int64_t id, struct id_list *ids)
{
	collect(context, id, '>', ids);
	return ERROR_NONE;
}

static enum error parts(void *context, int64_t id, struct id_list *ids)
{
	collect(context, id, ':', ids);
	return ERROR_NONE;
}

static enum error parent(void *context, int64_t id, int64_t *ret_parent)
{
	const struct edges *edges = context;
	const char *at = edges->text;
	long long from, to;
	char sign;
	int length;

	*ret_parent = 0;
	while (sscanf(at, " %lld%c%lld%n", &from, &sign, &to, &length) == 3) { /* NOLINT(cert-err34-c): our own text */
		if (to == id && sign == ':')
			*ret_parent = from;
		at += length;
	}
	return ERROR_NONE;
}

static struct dependency_graph graph_of(struct edges *edges)
{
	return (struct dependency_graph){
		.context = edges, .depends = depends, .parts = parts, .parent = parent, .limit = 1000
	};
}

static void a_way_back_to_a_task_is_found_and_told(void **state)
{
	static const struct {
		const char *edges;
		int64_t start;
		const char *words; /* NULL: there is none */
	} cases[] = {
		{ "", 1, NULL },
		{ "1>2 2>3 1>3", 1, NULL },
		{ "1>1", 1, "task 1 would depend on itself: 1 → 1" },
		{ "3>7 7>3", 3, "task 3 would depend on itself: 3 → 7 → 3" },
		{ "3>7 7>3", 7, "task 7 would depend on itself: 7 → 3 → 7" },
		{ "1>2 2>3 3>4 4>2", 1, "task 2 would depend on itself: 2 → 3 → 4 → 2" },
		{ "1>2 2>3 3>4 4>2", 5, NULL },
		{ "1>2 1>3 2>4 3>4 4>5", 1, NULL },
		{ "1:2 2>1", 1, "task 1 would depend on itself: 1 → 2 → 1" },
		{ "1:2 2>3 3>1", 2, "task 2 would depend on itself: 2 → 3 → 1 → 2" },
		{ "1:2 1:3 2>3", 1, NULL },
		{ "1:2 1>2", 1, NULL },
		{ "1:2 2:3 3:1", 3, "task 3 would depend on itself: 3 → 1 → 2 → 3" },
		{ "0>4 4:0", 0, "the new task would depend on itself: new → 4 → new" },
		{ "1>2 2>3 3>4 4>5 5>6 6>7 7>8 8>9 9>10 10>11 11>12 12>13 13>14 14>1", 1,
			"task 1 would depend on itself: 1 → 2 → 3 → 4 → 5 → 6 → 7 → 8 → 9 → 10 → … → 1" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct edges edges = { .text = cases[i].edges };
		struct dependency_graph graph = graph_of(&edges);
		struct id_list cycle;
		struct refusal refusal = { 0 };

		assert_int_equal(dependency_find_cycle(&graph, &cases[i].start, 1, &arena, &cycle), ERROR_NONE);
		assert_int_equal(cycle.count > 0, cases[i].words != NULL);
		if (!cases[i].words)
			continue;
		assert_int_equal(dependency_refuse_cycle(&cycle, "depends", &refusal), ERROR_CONFLICT);
		assert_string_equal(refusal.message, cases[i].words);
		assert_string_equal(refusal.field, "depends");
	}
	arena_deinit(&arena);
}

static void each_task_is_asked_once_however_many_ways_lead_there(void **state)
{
	static const int64_t starts[] = { 1, 2, 3, 1 };
	struct edges edges = { .text = "1>4 2>4 3>4 4>5 4>6 5>7 6>7 7>8 8>9" };
	struct dependency_graph graph = graph_of(&edges);
	struct arena arena;
	struct id_list cycle;

	(void)state;
	arena_init(&arena);
	assert_int_equal(dependency_find_cycle(&graph, starts, COUNT_OF(starts), &arena, &cycle), ERROR_NONE);
	assert_int_equal(cycle.count, 0);
	assert_int_equal(edges.asked, 2 * 9);
	graph.limit = 9;
	assert_int_equal(dependency_find_cycle(&graph, starts, COUNT_OF(starts), &arena, &cycle), ERROR_NONE);
	graph.limit = 8;
	assert_int_equal(dependency_find_cycle(&graph, starts, COUNT_OF(starts), &arena, &cycle), ERROR_TOO_LARGE);
	arena_deinit(&arena);
}

static void levels_of_parts_are_counted_up_and_down(void **state)
{
	static const struct {
		const char *edges;
		int64_t id;
		unsigned depth;
	} cases[] = {
		{ "", 1, 0 },
		{ "1:2", 1, 1 },
		{ "1:2", 2, 1 },
		{ "1:2 2:3 2:4 4:5", 1, 3 },
		{ "1:2 2:3 2:4 4:5", 3, 2 },
		{ "1:2 2:3 2:4 4:5", 4, 3 },
		{ "1>2 2>3", 1, 0 },
	};
	struct arena arena;
	struct edges circle = { .text = "1:2 2:1" };
	struct dependency_graph graph = graph_of(&circle);
	unsigned depth;

	(void)state;
	arena_init(&arena);
	assert_int_equal(dependency_depth(&graph, 1, &arena, &depth), ERROR_NONE);
	assert_true(depth > DEPENDENCY_DEPTH_LIMIT);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct edges edges = { .text = cases[i].edges };

		graph = graph_of(&edges);
		assert_int_equal(dependency_depth(&graph, cases[i].id, &arena, &depth), ERROR_NONE);
		assert_int_equal(depth, cases[i].depth);
	}
	arena_deinit(&arena);
}

static void depth_is_told_from_too_deep_at_every_place(void **state)
{
	char text[256] = "";
	size_t length = 0;
	struct arena arena;
	struct edges edges = { .text = text };
	struct dependency_graph graph = graph_of(&edges);
	unsigned depth;

	(void)state;
	arena_init(&arena);
	for (int i = 1; i <= 17; i++) {
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%d:%d ", i, i + 1);
		for (int64_t id = 1; id <= i + 1; id++) {
			assert_int_equal(dependency_depth(&graph, id, &arena, &depth), ERROR_NONE);
			assert_int_equal(depth, i);
		}
	}
	graph.limit = 3;
	assert_int_equal(dependency_depth(&graph, 1, &arena, &depth), ERROR_TOO_LARGE);
	arena_deinit(&arena);
}

static void a_table_of_ids_keeps_many(void **state)
{
	struct arena arena;
	struct id_table table;
	size_t value;

	(void)state;
	arena_init(&arena);
	id_table_init(&table, &arena);
	assert_false(id_table_find(&table, 0, NULL));
	for (int64_t id = 0; id < 5000; id++)
		assert_true(id_table_put(&table, id * 64, (size_t)id));
	assert_false(id_table_put(&table, 640, 7));
	assert_true(id_table_find(&table, 640, &value));
	assert_int_equal(value, 7);
	for (int64_t id = 11; id < 5000; id++) {
		assert_true(id_table_find(&table, id * 64, &value));
		assert_int_equal(value, id);
		assert_false(id_table_find(&table, id * 64 + 1, NULL));
	}
	assert_int_equal(table.count, 5000);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_way_back_to_a_task_is_found_and_told),
		cmocka_unit_test(each_task_is_asked_once_however_many_ways_lead_there),
		cmocka_unit_test(levels_of_parts_are_counted_up_and_down),
		cmocka_unit_test(depth_is_told_from_too_deep_at_every_place),
		cmocka_unit_test(a_table_of_ids_keeps_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
