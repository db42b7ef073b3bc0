/* What connections of each uid hold, and who has to go first. */
#include "server/budget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct budget_limits limits = { .connections = 3, .connections_per_uid = 2, .bytes = 100 };

static void a_uid_cannot_take_every_place(void **state)
{
	struct budget budget;

	(void)state;
	budget_init(&budget, &limits);
	assert_true(budget_enter(&budget, 1));
	assert_true(budget_enter(&budget, 1));
	assert_false(budget_enter(&budget, 1));
	assert_true(budget_enter(&budget, 2));
	assert_false(budget_enter(&budget, 3));
	budget_leave(&budget, 1);
	assert_true(budget_enter(&budget, 3));
	budget_deinit(&budget);
}

static void the_heaviest_uid_is_found_when_all_together_hold_too_much(void **state)
{
	struct budget budget;

	(void)state;
	budget_init(&budget, &limits);
	assert_true(budget_enter(&budget, 1));
	assert_true(budget_enter(&budget, 2));
	budget_change(&budget, 1, 0, 40);
	budget_change(&budget, 2, 0, 60);
	assert_false(budget_is_exceeded(&budget));
	budget_change(&budget, 1, 40, 70);
	assert_true(budget_is_exceeded(&budget));
	assert_int_equal(budget_heaviest_uid(&budget), 1);
	budget_change(&budget, 1, 70, 0);
	assert_false(budget_is_exceeded(&budget));
	assert_int_equal(budget_heaviest_uid(&budget), 2);
	budget_deinit(&budget);
}

static void what_a_uid_held_goes_with_its_last_connection(void **state)
{
	struct budget budget;

	(void)state;
	budget_init(&budget, &limits);
	assert_true(budget_enter(&budget, 1));
	budget_change(&budget, 1, 0, 70);
	budget_leave(&budget, 1);
	assert_int_equal(budget.bytes, 0);
	assert_int_equal(budget.share_count, 0);
	budget_deinit(&budget);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_uid_cannot_take_every_place),
		cmocka_unit_test(the_heaviest_uid_is_found_when_all_together_hold_too_much),
		cmocka_unit_test(what_a_uid_held_goes_with_its_last_connection),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
