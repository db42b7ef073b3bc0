/* Acts are taken back and done again, each as one step, and in bounded time and memory. */
#include "history_calls.h"

/* --- undo and redo --- */

static void the_newest_act_is_taken_back_and_done_again(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	fixture->now += 60;
	result = call_done(fixture, "history.undo", "{}");
	assert_int_equal(integer_at(result, "steps.0.step"), 2);
	assert_string_equal(text_at(result, "steps.0.action"), "modify");
	assert_string_equal(text_at(result, "steps.0.at"), "2026-11-23T14:00:00Z");
	assert_int_equal(integer_at(result, "steps.0.count"), 1);
	assert_string_equal(text_at(result, "tasks.0.title"), "task");
	assert_string_equal(text_at(result, "tasks.0.modified"), "2026-11-23T14:01:00Z");
	assert_int_equal(integer_at(result, "tasks.0.version"), 3);
	assert_int_equal(integer_at(result, "count"), 1);
	assert_int_equal(integer_at(result, "revision"), 3);
	json_decref(result);
	result = call_done(fixture, "history.redo", "{}");
	assert_string_equal(text_at(result, "steps.0.action"), "modify");
	assert_string_equal(text_at(result, "tasks.0.title"), "one");
	assert_int_equal(integer_at(result, "tasks.0.version"), 4);
	json_decref(result);
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.redo", "{}");
	expect_title(fixture, 1, "one");
}

static void a_task_that_was_added_goes_and_comes_back_as_itself(void **state)
{
	struct fixture *fixture = *state;
	json_t *added;
	json_t *result;

	add(fixture, 1);
	added = call_done(fixture, "task.add", "{\"title\":\"two\",\"tags\":[\"a\"],\"project\":\"p.q\"}");
	result = call_done(fixture, "history.undo", "{}");
	assert_int_equal(integer_at(result, "removed.0"), 2);
	assert_false(has_member(result, "tasks.0"));
	json_decref(result);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":2}");
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task_label WHERE task_id = 2)"), 0);
	fixture->now += 60;
	result = call_done(fixture, "history.redo", "{}");
	assert_string_equal(text_at(result, "tasks.0.uuid"), text_at(added, "task.uuid"));
	assert_string_equal(text_at(result, "tasks.0.created"), text_at(added, "task.created"));
	assert_int_equal(integer_at(result, "tasks.0.version"), 2);
	json_decref(result);
	assert_int_equal(change(fixture, "task.count", "{\"filter\":\"+a project:p\"}"), 1);
	/* No id is given twice, not even one that is free. */
	json_decref(call_done(fixture, "history.undo", "{}"));
	json_decref(added);
	added = call_done(fixture, "task.add", "{\"title\":\"three\"}");
	assert_int_equal(integer_at(added, "task.id"), 3);
	json_decref(added);
}

static void an_act_on_many_is_one_step(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 5);
	assert_int_equal(change(fixture, "task.done", "{\"filter\":\"\"}"), 5);
	assert_int_equal(change(fixture, "history.undo", "{}"), 5);
	assert_int_equal(query(fixture, "(SELECT count(DISTINCT step) FROM history WHERE action = 'undo')"), 1);
	assert_int_equal(change(fixture, "task.count", "{}"), 5);
	assert_int_equal(change(fixture, "history.redo", "{}"), 5);
	assert_int_equal(change(fixture, "task.count", "{}"), 0);
}

static void a_new_act_ends_the_chance_to_redo(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	modify(fixture, 1, "\"title\":\"two\"");
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":2}"), 2);
	modify(fixture, 1, "\"title\":\"three\"");
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.redo", "{}");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	expect_title(fixture, 1, "task");
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":1000}"), 1);
	assert_int_equal(tasks_there(fixture), 0);
	assert_int_equal(change(fixture, "history.redo", "{\"steps\":1000}"), 2);
	expect_title(fixture, 1, "three");
}

static void a_certain_act_is_taken_back_where_nothing_hangs_on_it(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"one\"");
	modify(fixture, 1, "\"due\":\"tomorrow\"");
	assert_int_equal(change(fixture, "history.undo", "{\"step\":2}"), 1);
	expect_title(fixture, 1, "task");
	undo_refused(fixture, ERROR_CONFLICT, "step", "undone already", "{\"step\":2}");
	/* It is passed over, and so is the undo itself. */
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	result = call_done(fixture, "history.undo", "{\"dry_run\":true}");
	assert_int_equal(integer_at(result, "steps.0.step"), 1);
	json_decref(result);
	/* What was undone last is done again first. */
	result = call_done(fixture, "history.redo", "{\"steps\":2}");
	assert_int_equal(integer_at(result, "steps.0.step"), 3);
	assert_int_equal(integer_at(result, "steps.1.step"), 2);
	json_decref(result);
	expect_title(fixture, 1, "one");
	result = call_done(fixture, "history.undo", "{\"steps\":3}");
	for (int i = 0; i < 3; i++)
		assert_int_equal(
			integer_at(json_array_get(json_object_get(result, "steps"), (size_t)i), "step"), 3 - i);
	json_decref(result);
}

static void a_rehearsal_changes_nothing_and_its_revision_guards_the_show(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 2);
	modify(fixture, 1, "\"title\":\"one\"");
	result = call_done(fixture, "history.undo", "{\"steps\":2,\"dry_run\":true}");
	assert_int_equal(integer_at(result, "count"), 2);
	assert_int_equal(integer_at(result, "revision"), 3);
	assert_int_equal(integer_at(result, "removed.0"), 2);
	assert_string_equal(text_at(result, "tasks.0.title"), "task");
	json_decref(result);
	assert_int_equal(tasks_there(fixture), 2);
	expect_title(fixture, 1, "one");
	assert_int_equal(query(fixture, "(SELECT max(revision) FROM history)"), 3);
	add(fixture, 1);
	undo_refused(fixture, ERROR_CONFLICT, "if_revision", "the revision is 4", "{\"if_revision\":3}");
	assert_int_equal(change(fixture, "history.undo", "{\"if_revision\":4}"), 1);
	assert_int_equal(tasks_there(fixture), 2);
}

static void acts_of_other_sessions_and_tokens_are_taken_back_and_of_other_accounts_not(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1);
	fixture->who.session_id = NULL;
	fixture->who.actor = "tokentokentokentokento";
	fixture->who.token_name = "script";
	modify(fixture, 1, "\"title\":\"by a token\"");
	fixture_become(fixture, 1);
	modify(fixture, 1, "\"title\":\"by a session\"");
	fixture_become(fixture, 2);
	add(fixture, 1);
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.undo", "{}");
	call_refused(fixture, ERROR_NOT_FOUND, "step", "history.undo", "{\"step\":3}");
	fixture_become(fixture, 1);
	expect_title(fixture, 1, "by a session");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	expect_title(fixture, 1, "by a token");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	expect_title(fixture, 1, "task");
}

static void what_the_daemon_did_is_passed_over_unless_it_stands_in_the_way(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2);
	modify(fixture, 1, "\"due\":\"tomorrow\"");
	change_by_daemon(fixture, 1, "tidied");
	change_by_daemon(fixture, 2, "tidied");
	undo_refused(fixture, ERROR_CONFLICT, "step", "the daemon's own", "{\"step\":5}");
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	expect_title(fixture, 1, "tidied");
	undo_refused(fixture, ERROR_CONFLICT, "steps",
		"step 2 cannot be taken back: task 2's title was changed since, by step 5", "{}");
	assert_int_equal(tasks_there(fixture), 2);
	/* It is no new act of a person's: the undone one can be done again. */
	assert_int_equal(change(fixture, "history.redo", "{}"), 1);
}

/* --- many --- */

static void a_large_act_is_left_to_the_pool_and_is_taken_back_whole(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 450);
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "task.modify", "{\"filter\":\"\",\"title\":\"all\"}"), 450);
	fixture->place = REQUEST_ON_LOOP;
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "history.undo", "{}");
	assert_true(fixture->was_deferred);
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "history.undo", "{\"step\":451}");
	fixture->place = REQUEST_IN_POOL;
	result = call_done(fixture, "history.undo", "{}");
	assert_int_equal(integer_at(result, "count"), 450);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 100);
	json_decref(result);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task WHERE title = 'task')"), 450);
	fixture->place = REQUEST_ON_LOOP;
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "history.redo", "{}");
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "history.undo", "{\"steps\":1000}");
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "history.redo", "{}"), 450);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task WHERE title = 'all')"), 450);
	assert_int_equal(change(fixture, "history.undo", "{\"steps\":1000}"), 900);
	assert_int_equal(tasks_there(fixture), 0);
	assert_int_equal(change(fixture, "history.redo", "{\"steps\":451}"), 900);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task WHERE title = 'all')"), 450);
	/* Revisions stay gapless through all of it. */
	assert_int_equal(query(fixture, "(SELECT max(revision) - count(*) FROM history)"), 0);
}

static void a_batch_of_long_notes_is_limited_in_bytes(void **state)
{
	struct fixture *fixture = *state;
	char note[200 * 1024 + 1];

	memset(note, 'n', sizeof(note) - 1);
	note[sizeof(note) - 1] = '\0';
	for (int i = 0; i < 40; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"long\",\"note\":\"%s\"}", note));
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "task.modify", "{\"filter\":\"\",\"note\":null}"), 40);
	assert_int_equal(change(fixture, "history.undo", "{}"), 40);
	assert_int_equal(query(fixture, "(SELECT count(*) FROM task WHERE length(note) = 204800)"), 40);
}

static void the_newest_act_is_found_however_many_are_undone(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1);
	modify(fixture, 1, "\"title\":\"kept\"");
	for (int i = 0; i < 300; i++) {
		modify(fixture, 1, "\"title\":\"passing\"");
		assert_int_equal(change(fixture, "history.undo", "{}"), 1);
		expect_title(fixture, 1, "kept");
		fixture_clear_arena(fixture);
	}
	assert_int_equal(change(fixture, "history.undo", "{}"), 1);
	expect_title(fixture, 1, "task");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_newest_act_is_taken_back_and_done_again),
		TEST(a_task_that_was_added_goes_and_comes_back_as_itself),
		TEST(an_act_on_many_is_one_step),
		TEST(a_new_act_ends_the_chance_to_redo),
		TEST(a_certain_act_is_taken_back_where_nothing_hangs_on_it),
		TEST(a_rehearsal_changes_nothing_and_its_revision_guards_the_show),
		TEST(acts_of_other_sessions_and_tokens_are_taken_back_and_of_other_accounts_not),
		TEST(what_the_daemon_did_is_passed_over_unless_it_stands_in_the_way),
		TEST(a_large_act_is_left_to_the_pool_and_is_taken_back_whole),
		TEST(a_batch_of_long_notes_is_limited_in_bytes),
		TEST(the_newest_act_is_found_however_many_are_undone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
