/* Counts by name. */
#include "tasks/label_tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void names_are_counted_once_each(void **state)
{
	struct arena arena;
	struct label_tally *tally;
	size_t count;

	(void)state;
	arena_init(&arena);
	tally = label_tally_new(&arena);
	for (int round = 0; round < 3; round++)
		for (int i = 0; i < 1000; i++) {
			char name[16];

			(void)snprintf(name, sizeof(name), "name%dx", i);
			/* The name is no text of its own. */
			label_count_add(label_tally_at(tally, name, strlen(name) - 1), TASK_PENDING, i);
		}
	(void)label_tally_sort(tally, &count);
	assert_int_equal(count, 1000);
	for (int i = 0; i < 1000; i++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "name%d", i);
		assert_int_equal(label_tally_at(tally, name, strlen(name))->pending, 3 * i);
	}
	(void)label_tally_sort(tally, &count);
	assert_int_equal(count, 1000);
	arena_deinit(&arena);
}

/* Where their places meet, one is not taken for another that begins with it. */
static void a_name_is_not_the_beginning_of_another(void **state)
{
	struct arena arena;
	struct label_tally *tally;
	char name[1001];
	size_t count;

	(void)state;
	memset(name, 'x', sizeof(name));
	arena_init(&arena);
	tally = label_tally_new(&arena);
	for (size_t length = 1000; length > 0; length--)
		label_count_add(label_tally_at(tally, name, length), TASK_PENDING, 1);
	(void)label_tally_sort(tally, &count);
	assert_int_equal(count, 1000);
	arena_deinit(&arena);
}

static void below_a_project_stands_what_is_below_it(void **state)
{
	static const char *const names[] = { "", "home", "home.garden", "home.garden.shed", "home.house", "home work",
		"home-work", "homework", "\xc3\xa9t\xc3\xa9" };
	struct arena arena;
	struct label_tally *tally;
	const struct label_count *sorted;
	size_t count;

	(void)state;
	arena_init(&arena);
	tally = label_tally_new(&arena);
	for (size_t i = sizeof(names) / sizeof(*names); i > 0; i--)
		(void)label_tally_at(tally, names[i - 1], strlen(names[i - 1]));
	sorted = label_tally_sort(tally, &count);
	assert_int_equal(count, sizeof(names) / sizeof(*names));
	for (size_t i = 0; i < count; i++)
		assert_string_equal(sorted[i].name, names[i]);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_counted_once_each),
		cmocka_unit_test(a_name_is_not_the_beginning_of_another),
		cmocka_unit_test(below_a_project_stands_what_is_below_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
