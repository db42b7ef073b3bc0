/* What stands in the way of an undo, and what of it is said. */
#include "history_calls.h"

/* --- what stands in the way --- */

static void what_was_changed_since_stands_in_the_way(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2);
	modify(fixture, 1, "\"title\":\"one\",\"due\":\"tomorrow\"");
	assert_int_equal(change(fixture, "task.start", "{\"ids\":[1,2]}"), 2);
	modify(fixture, 1, "\"due\":\"monday\"");
	undo_refused(fixture, ERROR_CONFLICT, "step",
		"step 3 cannot be taken back: task 1's due was changed since, by step 6", "{\"step\":3}");
	expect_title(fixture, 1, "one");
	assert_int_equal(change(fixture, "task.done", "{\"id\":2}"), 1);
	/* All of an act or nothing: task 1 is as it was left, but task 2 is not. */
	undo_refused(fixture, ERROR_CONFLICT, "step", "task 2's started was changed since, by step 7", "{\"step\":4}");
	undo_refused(fixture, ERROR_CONFLICT, "step", "task 1's title was changed since, by step 3", "{\"step\":1}");
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":2}"), 2);
	assert_int_equal(change(fixture, "history.undo", "{\"step\":3}"), 1);
}

static void what_is_gone_stands_in_the_way(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 3);
	assert_int_equal(change(fixture, "task.start", "{\"filter\":\"\"}"), 3);
	purge(fixture, 3);
	undo_refused(fixture, ERROR_CONFLICT, "steps", "step 4 cannot be taken back: task 3 is gone", "{}");
	undo_refused(fixture, ERROR_CONFLICT, "step", "task 3 is gone", "{\"step\":3}");
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task WHERE started IS NOT NULL)"), 2);
}

static void what_was_purged_while_it_was_undone_does_not_come_back(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	purge(fixture, 1);
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.redo", "{}");
	expect_words(fixture, "step 2 cannot be done again: task 1 is gone");
}

static void what_others_refer_to_does_not_go(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2);
	execute(fixture, "UPDATE task SET parent = 1 WHERE id = 2");
	undo_refused(fixture, ERROR_CONFLICT, "step", "step 1 cannot be taken back: task 2 refers to task 1",
		"{\"step\":1}");
	execute(fixture, "UPDATE task SET parent = NULL WHERE id = 2");
	execute(fixture, "INSERT INTO task_dependency (account_id, task_id, on_id) VALUES (1, 2, 1)");
	undo_refused(fixture, ERROR_CONFLICT, "step", "task 2 refers to task 1", "{\"step\":1}");
	execute(fixture, "DELETE FROM task_dependency");
	assert_int_equal(change(fixture, "history.undo", "{\"step\":1}"), 1);
}

static void what_it_would_refer_to_must_be_there(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2);
	modify(fixture, 2, "\"title\":\"two\"");
	execute(fixture,
		"UPDATE history SET before = '{\"parent\":1}', after = '{\"parent\":null}' WHERE revision = 3");
	purge(fixture, 1);
	undo_refused(fixture, ERROR_CONFLICT, "steps",
		"step 3 cannot be taken back: task 1, which task 2 would refer to, is gone", "{}");
	execute(fixture,
		"UPDATE history SET before = '{\"depends\":[1]}', after = '{\"depends\":[]}' WHERE revision = 3");
	undo_refused(fixture, ERROR_CONFLICT, "steps", "task 1, which task 2 would refer to", "{}");
}

static void params_that_make_no_sense_are_refused(void **state)
{
	struct fixture *fixture = *state;

	undo_refused(fixture, ERROR_CONFLICT, "steps", "there is nothing to undo", "{}");
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.redo", "{}");
	add(fixture, 1);
	call_refused(fixture, ERROR_INVALID_PARAMS, "step", "history.undo", "{\"step\":1,\"steps\":1}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "steps", "history.undo", "{\"steps\":0}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "steps", "history.undo", "{\"steps\":1001}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "step", "history.redo", "{\"step\":1}");
	undo_refused(fixture, ERROR_NOT_FOUND, "step", "there is no step 2", "{\"step\":2}");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	undo_refused(fixture, ERROR_CONFLICT, "step", "step 2 is an undo", "{\"step\":2}");
	assert_int_equal(change(fixture, "history.redo", "{}"), 1);
	undo_refused(fixture, ERROR_CONFLICT, "step", "step 3 is a redo", "{\"step\":3}");
	assert_int_equal(change(fixture, "task.start", "{\"id\":1}"), 1);
	undo_refused(fixture, ERROR_CONFLICT, "step", "task 1's started was changed since, by step 4", "{\"step\":1}");
}

static void a_damaged_entry_is_a_fault_and_changes_nothing(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	execute(fixture, "UPDATE history SET before = '{\"titel\":\"x\"}' WHERE revision = 2");
	call_refused(fixture, ERROR_STORAGE, NULL, "history.undo", "{}");
	expect_title(fixture, 1, "one");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_changed_since_stands_in_the_way),
		TEST(what_is_gone_stands_in_the_way),
		TEST(what_was_purged_while_it_was_undone_does_not_come_back),
		TEST(what_others_refer_to_does_not_go),
		TEST(what_it_would_refer_to_must_be_there),
		TEST(params_that_make_no_sense_are_refused),
		TEST(a_damaged_entry_is_a_fault_and_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
