/* Where a task stands in an order. */
#include "common/cleanup.h"
#include "tasks/task_sort.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct task_sort parse(const char *text)
{
	struct refusal refusal = { 0 };
	struct task_sort sort;

	if (task_sort_parse(text, strlen(text), &sort, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	return sort;
}

static int compare(const char *text, const struct task *a, const struct task *b)
{
	struct task_sort sort = parse(text);
	struct task_place places[2];

	task_sort_find_place(&sort, a, &urgency_defaults, 0, &places[0]);
	task_sort_find_place(&sort, b, &urgency_defaults, 0, &places[1]);
	return task_sort_compare(&sort, &places[0], &places[1]);
}

static void a_sort_is_names_with_signs(void **state)
{
	struct task_sort sort = parse("due+,urgency-,title");

	(void)state;
	assert_int_equal(sort.count, 4);
	assert_string_equal(sort.keys[1].attribute->name, "urgency");
	assert_true(sort.keys[1].is_descending);
	assert_false(sort.keys[2].is_descending);
	assert_int_equal(sort.keys[3].attribute->type, TASK_SORT_ID);
	assert_int_equal(parse("id-").count, 1);
	for (size_t i = 0; task_sort_name(i); i++)
		assert_string_equal(parse(task_sort_name(i)).keys[0].attribute->name, task_sort_name(i));
}

static void what_is_no_sort_is_refused(void **state)
{
	static const char *const bad[] = { "", ",", "+", "-", "due,", ",due", "due+-", "due ", "dues",
		"a name that is far too long for one", "due,due-", "due,wait,title,project,created" };
	struct task_sort sort;
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		if (task_sort_parse(bad[i], strlen(bad[i]), &sort, &refusal) != ERROR_INVALID_PARAMS)
			fail_msg("`%s` is taken", bad[i]);
		assert_string_equal(refusal.field, "sort");
	}
	assert_int_equal(task_sort_parse("urgeny-", 7, &sort, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "urgency"));
}

static void what_has_no_value_stands_last_both_ways(void **state)
{
	static const char *const sorts[] = { "due+", "due-", "project+", "project-", "priority+", "priority-" };
	struct task with = task_empty, without = task_empty;

	(void)state;
	with.id = 2;
	with.due = 5;
	with.project = "p";
	with.priority = TASK_PRIORITY_LOW;
	without.id = 1;
	for (size_t i = 0; i < COUNT_OF(sorts); i++) {
		assert_true(compare(sorts[i], &with, &without) < 0);
		assert_true(compare(sorts[i], &without, &with) > 0);
		assert_int_equal(compare(sorts[i], &with, &with), 0);
	}
}

static void keys_decide_in_their_order_and_then_the_id(void **state)
{
	struct task a = task_empty, b = task_empty;

	(void)state;
	a.id = 1;
	b.id = 2;
	a.title = "b";
	b.title = "a";
	a.priority = TASK_PRIORITY_HIGH;
	b.priority = TASK_PRIORITY_MEDIUM;
	assert_true(compare("priority-,title", &a, &b) < 0);
	assert_true(compare("title,priority-", &a, &b) > 0);
	assert_true(compare("due,priority", &a, &b) > 0);
	assert_true(compare("due", &a, &b) < 0);
	assert_true(compare("due,id-", &a, &b) > 0);
	assert_true(compare("urgency-", &a, &b) < 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sort_is_names_with_signs),
		cmocka_unit_test(what_is_no_sort_is_refused),
		cmocka_unit_test(what_has_no_value_stands_last_both_ways),
		cmocka_unit_test(keys_decide_in_their_order_and_then_the_id),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
