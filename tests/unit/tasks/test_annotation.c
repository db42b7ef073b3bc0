/* Annotations: their order, how one is named, and how many there may be. */
#include "common/cleanup.h"
#include "tasks/annotation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect_texts(const struct task *task, const char *expected)
{
	char found[256] = "";
	size_t length = 0;

	for (size_t i = 0; i < task->annotation_count; i++)
		length += (size_t)snprintf(found + length, sizeof(found) - length, "%s%lld %s", i ? ", " : "",
			(long long)task->annotations[i].at, task->annotations[i].text);
	assert_string_equal(found, expected);
}

static void they_stand_in_the_order_of_time_and_of_coming(void **state)
{
	struct task task = task_empty;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_int_equal(annotation_add(&task, "first", 10, &arena, NULL), ERROR_NONE);
	assert_int_equal(annotation_add(&task, "second", 10, &arena, NULL), ERROR_NONE);
	assert_int_equal(annotation_add(&task, "earlier", 5, &arena, NULL), ERROR_NONE);
	assert_int_equal(annotation_add(&task, "between", 10, &arena, NULL), ERROR_NONE);
	expect_texts(&task, "5 earlier, 10 first, 10 second, 10 between");
	arena_deinit(&arena);
}

static void one_is_named_by_its_text_or_a_part_of_it(void **state)
{
	static const struct {
		const char *text;
		const char *left; /* NULL: a conflict */
	} cases[] = {
		{ "asked", "2 asked twice, 3 called, 4 called" },
		{ "twice", "1 asked, 3 called, 4 called" },
		{ "asked t", "1 asked, 3 called, 4 called" },
		{ "ask", NULL },
		{ "called", NULL },
		{ "Twice", NULL },
		{ "nothing", NULL },
	};
	static const struct task_annotation annotations[] = { { 1, "asked" }, { 2, "asked twice" }, { 3, "called" },
		{ 4, "called" } };
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task task = task_empty;
		struct refusal refusal = { 0 };
		enum error error;

		task.annotations = annotations;
		task.annotation_count = COUNT_OF(annotations);
		error = annotation_remove(&task, cases[i].text, &arena, &refusal);
		assert_int_equal(error, cases[i].left ? ERROR_NONE : ERROR_CONFLICT);
		assert_string_equal(refusal.field, error ? "text" : "");
		if (!error)
			expect_texts(&task, cases[i].left);
	}
	arena_deinit(&arena);
}

static void text_and_number_are_limited(void **state)
{
	char text[TASK_ANNOTATION_LIMIT + 1];
	struct task task = task_empty;
	struct arena arena;
	struct refusal refusal = { 0 };

	(void)state;
	arena_init(&arena);
	memset(text, 'x', sizeof(text));
	assert_int_equal(annotation_check(text, TASK_ANNOTATION_LIMIT, &refusal), ERROR_NONE);
	assert_int_equal(annotation_check(text, TASK_ANNOTATION_LIMIT + 1, &refusal), ERROR_INVALID_PARAMS);
	assert_int_equal(annotation_check(" ", 1, &refusal), ERROR_INVALID_PARAMS);
	assert_int_equal(annotation_check("a\nb", 3, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "text");
	for (unsigned i = 0; i < TASK_ANNOTATIONS_LIMIT; i++)
		assert_int_equal(annotation_add(&task, "one of many", 1, &arena, &refusal), ERROR_NONE);
	assert_int_equal(annotation_add(&task, "one too many", 1, &arena, &refusal), ERROR_CONFLICT);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_stand_in_the_order_of_time_and_of_coming),
		cmocka_unit_test(one_is_named_by_its_text_or_a_part_of_it),
		cmocka_unit_test(text_and_number_are_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
