/* Tasks that begin as others are, and titles that grow at their ends. */
#include "fixture.h"

static void add(struct fixture *fixture, int number, const char *more)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"%s}", more));
}

static void new_ones_that_match_the_filter_are_not_duplicated(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 450, "");
	fixture->place = REQUEST_IN_POOL;
	result = call_done(fixture, "task.duplicate", "{\"filter\":\"\",\"append_title\":\"again\"}");
	assert_int_equal(integer_at(result, "count"), 450);
	assert_int_equal(integer_at(result, "tasks.0.id"), 451);
	assert_int_equal(integer_at(result, "tasks.99.id"), 550);
	assert_string_equal(text_at(result, "tasks.99.title"), "task again");
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 900);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task WHERE title = 'task again'"), 450);
	json_decref(call_done(fixture, "history.undo", "{}"));
	result = call_done(fixture, "task.count", "{\"filter\":\"status:all\"}");
	assert_int_equal(integer_at(result, "count"), 450);
	json_decref(result);
}

static void a_rehearsal_adds_nothing_and_names_no_ids(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 3, ",\"tags\":[\"a\"]");
	result = call_done(fixture, "task.duplicate", "{\"ids\":[1,3],\"remove_tags\":[\"a\"],\"dry_run\":true}");
	assert_int_equal(integer_at(result, "count"), 2);
	assert_false(has_member(result, "tasks.0.id"));
	assert_false(has_member(result, "tasks.0.tags.0"));
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 3);
}

static void what_became_of_a_task_stays_behind(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 2, "");
	add(fixture, 1, ",\"parent\":1,\"depends\":[2]");
	json_decref(call_done(fixture, "task.start", "{\"id\":3}"));
	fixture->now += 60;
	json_decref(call_done(fixture, "task.done", "{\"id\":3}"));
	json_decref(call_done(fixture, "task.delete", "{\"id\":3}"));
	result = call_done(fixture, "task.duplicate", "{\"id\":3}");
	assert_string_equal(text_at(result, "tasks.0.status"), "pending");
	assert_string_equal(text_at(result, "tasks.0.created"), "2026-11-23T14:01:00Z");
	assert_int_equal(integer_at(result, "tasks.0.parent"), 1);
	assert_int_equal(integer_at(result, "tasks.0.depends.0"), 2);
	assert_true(has_member(result, "tasks.0.blocked"));
	assert_false(has_member(result, "tasks.0.spent"));
	assert_false(has_member(result, "tasks.0.completed"));
	assert_false(has_member(result, "tasks.0.deleted"));
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT open_children AS value FROM task WHERE id = 1"), 1);
}

static void a_series_is_refused_by_name_and_passed_over_by_a_filter(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 1, ",\"due\":\"2026-12-01\",\"recur\":\"weekly\"");
	call_refused(fixture, ERROR_CONFLICT, "series", "task.duplicate", "{\"id\":1}");
	result = call_done(fixture, "task.duplicate", "{\"filter\":\"status:all\"}");
	assert_int_equal(integer_at(result, "count"), 1);
	assert_false(has_member(result, "tasks.0.series"));
	json_decref(result);
}

static void a_title_grows_at_both_ends(void **state)
{
	struct fixture *fixture = *state;
	char filler[1016];
	json_t *result;

	add(fixture, 2, "");
	result = call_done(fixture, "task.modify",
		"{\"ids\":[1,2],\"append_title\":\"b\",\"prepend_title\":\"a\",\"note\":\"x\"}");
	assert_string_equal(text_at(result, "tasks.1.title"), "a task b");
	json_decref(result);
	memset(filler, 'x', sizeof(filler) - 1);
	filler[sizeof(filler) - 1] = '\0';
	json_decref(call_done(fixture, "task.modify", "{\"id\":1,\"append_title\":\"%s\"}", filler));
	call_refused(
		fixture, ERROR_INVALID_PARAMS, "append_title", "task.modify", "{\"ids\":[1,2],\"append_title\":\"b\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "prepend_title", "task.modify",
		"{\"ids\":[1,2],\"prepend_title\":\"a\"}");
	call_refused(
		fixture, ERROR_INVALID_PARAMS, "prepend_title", "task.modify", "{\"id\":2,\"prepend_title\":\"\"}");
	call_refused(
		fixture, ERROR_INVALID_PARAMS, "append_title", "task.modify", "{\"id\":2,\"append_title\":\"a\\nb\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "title", "task.modify",
		"{\"id\":2,\"title\":\"x\",\"append_title\":\"b\"}");
	result = call_done(fixture, "task.get", "{\"id\":2}");
	assert_string_equal(text_at(result, "task.title"), "a task b");
	json_decref(result);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(new_ones_that_match_the_filter_are_not_duplicated),
		EACH(a_rehearsal_adds_nothing_and_names_no_ids),
		EACH(what_became_of_a_task_stays_behind),
		EACH(a_series_is_refused_by_name_and_passed_over_by_a_filter),
		EACH(a_title_grows_at_both_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
