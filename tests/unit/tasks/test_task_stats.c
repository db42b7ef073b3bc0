/* An account's tasks in a few numbers, and how long chains of them are. */
#include "tasks/task_chain.h"
#include "tasks/task_stats.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define NOW  INT64_C(1795442400)
#define DAY  INT64_C(86400)
#define LONG 100000

static size_t longest(const int64_t (*links)[2], size_t count)
{
	struct id_list tasks, from, on;
	struct arena arena;
	size_t found;

	arena_init(&arena);
	id_list_init(&tasks, &arena);
	id_list_init(&from, &arena);
	id_list_init(&on, &arena);
	for (size_t i = 0; i < count; i++) {
		id_list_add(&from, links[i][0]);
		id_list_add(&on, links[i][1]);
		id_list_add(&tasks, links[i][0]);
		id_list_add(&tasks, links[i][1]);
	}
	id_list_sort(&tasks);
	found = task_chain_longest(&tasks, &from, &on, &arena);
	arena_deinit(&arena);
	return found;
}

static void the_longest_of_several_chains_counts(void **state)
{
	static const int64_t one[][2] = { { 1, 2 } };
	static const int64_t diamond[][2] = { { 1, 2 }, { 1, 3 }, { 2, 4 }, { 3, 5 }, { 5, 4 }, { 9, 4 } };
	static const int64_t backwards[][2] = { { 2, 1 }, { 3, 2 }, { 7, 6 }, { 8, 3 } };
	static const int64_t round[][2] = { { 1, 2 }, { 2, 1 }, { 3, 4 }, { 4, 5 } };

	(void)state;
	assert_int_equal(longest(NULL, 0), 0);
	assert_int_equal(longest(one, 1), 2);
	assert_int_equal(longest(diamond, 6), 4);
	assert_int_equal(longest(backwards, 4), 4);
	assert_int_equal(longest(round, 4), 3);
}

static void a_very_long_chain_is_gone_along(void **state)
{
	static int64_t links[LONG][2];

	(void)state;
	for (int64_t i = 0; i < LONG; i++) {
		links[i][0] = i + 1;
		links[i][1] = i + 2;
	}
	assert_int_equal(longest((const int64_t(*)[2])links, LONG), LONG + 1);
}

/* Pending and begun; waiting and blocked; completed; deleted; and a series. */
static void add_tasks(struct task_stats *stats)
{
	static const char *work[] = { "urgent", "work" };
	static const struct task_annotation remarks[2] = { { NOW, "a" }, { NOW, "b" } };
	struct task task = task_empty;

	task = (struct task){ .id = 1,
		.status = TASK_PENDING,
		.created = NOW - 2 * DAY,
		.due = NOW - 1,
		.wait = TASK_NO_TIME,
		.started = NOW - 60,
		.spent = 40,
		.project = "home",
		.dependents = 1 };
	task_stats_add(stats, &task);
	task = (struct task){ .id = 2,
		.status = TASK_PENDING,
		.created = NOW - 4 * DAY,
		.due = NOW + 1,
		.wait = NOW + 1,
		.started = TASK_NO_TIME,
		.tags = work,
		.tag_count = 2,
		.blockers = 1,
		.annotations = remarks,
		.annotation_count = 2 };
	task_stats_add(stats, &task);
	task = (struct task){ .id = 3,
		.status = TASK_COMPLETED,
		.created = NOW - 8 * DAY,
		.due = NOW - 5,
		.wait = TASK_NO_TIME,
		.started = TASK_NO_TIME,
		.completed = NOW - 5 * DAY,
		.project = "home",
		.tags = work,
		.tag_count = 1 };
	task_stats_add(stats, &task);
	task = (struct task){ .id = 4, .status = TASK_DELETED, .created = NOW - DAY, .project = "work" };
	task_stats_add(stats, &task);
	task = (struct task){ .id = 5, .status = TASK_RECURRING, .created = NOW - 99 * DAY, .recur = "weekly" };
	task_stats_add(stats, &task);
}

static void each_number_is_of_those_that_it_names(void **state)
{
	struct task_stats stats;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	task_stats_init(&stats, NOW, &arena);
	assert_float_equal(task_stats_days(&stats), 0, 0);
	add_tasks(&stats);
	assert_int_equal(task_stats_total(&stats), 4);
	assert_int_equal(stats.pending, 1);
	assert_int_equal(stats.waiting, 1);
	assert_int_equal(stats.completed, 1);
	assert_int_equal(stats.deleted, 1);
	assert_int_equal(stats.series, 1);
	assert_int_equal(stats.active, 1);
	assert_int_equal(stats.overdue, 1);
	assert_int_equal(stats.blocked, 1);
	assert_int_equal(stats.blocking, 1);
	assert_int_equal(stats.tagged, 2);
	assert_int_equal(stats.annotated, 1);
	assert_int_equal(stats.annotations, 2);
	assert_int_equal(stats.projects, 2);
	assert_int_equal(stats.tags, 2);
	assert_int_equal(stats.oldest, NOW - 8 * DAY);
	assert_int_equal(stats.newest, NOW - DAY);
	assert_int_equal(stats.age_sum, 6 * DAY);
	assert_int_equal(stats.completion_sum, 3 * DAY);
	assert_int_equal(stats.spent, 100);
	assert_int_equal(stats.chain.count, 2);
	assert_float_equal(task_stats_days(&stats), 8, 1e-9);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_longest_of_several_chains_counts),
		cmocka_unit_test(a_very_long_chain_is_gone_along),
		cmocka_unit_test(each_number_is_of_those_that_it_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
