/* Many new tasks in one step. */
#include "fixture.h"

static void all_of_them_are_one_step(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add_many",
		"{\"tasks\":[{\"title\":\"one\",\"project\":\"home\",\"tags\":[\"a\"]},{\"title\":\"two\",\"due\":\"2030-01-01\"},"
		"{\"title\":\"three\",\"depends\":[1]}]}");

	assert_int_equal(integer_at(result, "count"), 3);
	assert_int_equal(integer_at(result, "tasks.0.id"), 1);
	assert_string_equal(text_at(result, "tasks.0.project"), "home");
	assert_string_equal(text_at(result, "tasks.1.due"), "2030-01-01T23:59:59Z");
	assert_int_equal(integer_at(result, "tasks.2.depends.0"), 1);
	assert_false(has_member(result, "refused"));
	json_decref(result);
	json_decref(call_done(fixture, "history.undo", "{}"));
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 0);
}

#define SOME_WRONG                                                                                                     \
	"\"tasks\":[{\"title\":\"one\"},{\"title\":\"\"},{\"due\":\"friday\"},{\"title\":\"four\",\"due\":\"blah\"},"       \
	"{\"title\":\"five\",\"colour\":1},{\"title\":\"six\",\"parent\":99}]"

static void one_that_cannot_be_keeps_all_out_and_all_mistakes_are_told(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add_many", "{" SOME_WRONG "}");

	assert_int_equal(integer_at(result, "count"), 0);
	assert_false(has_member(result, "tasks.0"));
	assert_int_equal(integer_at(result, "refused_count"), 5);
	assert_int_equal(integer_at(result, "refused.0.position"), 2);
	assert_string_equal(text_at(result, "refused.0.field"), "title");
	assert_int_equal(integer_at(result, "refused.4.position"), 6);
	assert_string_equal(text_at(result, "refused.4.field"), "parent");
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 0);
}

static void the_others_are_added_where_that_is_wanted(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add_many", "{\"partial\":true," SOME_WRONG "}");

	assert_int_equal(integer_at(result, "count"), 1);
	assert_int_equal(integer_at(result, "tasks.0.id"), 1);
	assert_int_equal(integer_at(result, "refused_count"), 5);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 1);
	json_decref(result);
}

static void a_rehearsal_names_no_ids(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add_many", "{\"dry_run\":true,\"tasks\":[{\"title\":\"one\"}]}");

	assert_int_equal(integer_at(result, "count"), 1);
	assert_false(has_member(result, "tasks.0.id"));
	assert_false(has_member(result, "tasks.0.uuid"));
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 0);
}

static void a_context_gives_to_each(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	json_decref(call_done(fixture, "context.set",
		"{\"name\":\"desk\",\"write\":{\"project\":\"desk\",\"tags\":[\"paper\"]}}"));
	result = call_done(fixture, "task.add_many",
		"{\"context\":\"desk\",\"tasks\":[{\"title\":\"one\"},{\"title\":\"two\",\"project\":\"home\"}]}");
	assert_string_equal(text_at(result, "tasks.0.project"), "desk");
	assert_string_equal(text_at(result, "tasks.1.project"), "home");
	assert_string_equal(text_at(result, "tasks.1.tags.0"), "paper");
	json_decref(result);
}

static void series_begin_with_their_first_task(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add_many",
		"{\"tasks\":[{\"title\":\"water\",\"due\":\"2030-01-01\",\"recur\":\"weekly\"}]}");

	assert_int_equal(integer_at(result, "tasks.0.series"), 1);
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task"), 2);
}

static void what_is_no_list_of_objects_is_refused(void **state)
{
	struct fixture *fixture = *state;

	call_refused(fixture, ERROR_INVALID_PARAMS, "tasks", "task.add_many", "{}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "tasks", "task.add_many", "{\"tasks\":[]}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "tasks", "task.add_many", "{\"tasks\":[{\"title\":\"a\"},1]}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "tasks", "task.add_many", "{\"tasks\":{}}");
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(all_of_them_are_one_step),
		EACH(one_that_cannot_be_keeps_all_out_and_all_mistakes_are_told),
		EACH(the_others_are_added_where_that_is_wanted),
		EACH(a_rehearsal_names_no_ids),
		EACH(a_context_gives_to_each),
		EACH(series_begin_with_their_first_task),
		EACH(what_is_no_list_of_objects_is_refused),
	};
#undef EACH

	return cmocka_run_group_tests(tests, NULL, NULL);
}
