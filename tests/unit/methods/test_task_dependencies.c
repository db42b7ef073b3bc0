/* What a task depends on: what is refused, what follows, and no circle. */
#include "relation_calls.h"

#include "common/cleanup.h"
#include "methods/task_links.h"

static void a_task_is_blocked_while_what_it_depends_on_is_open(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_with(fixture, 2, "");
	result = call_done(fixture, "task.add", "{\"title\":\"last\",\"depends\":[2,1,\"1\"]}");
	assert_true(json_is_true(json_object_get(json_object_get(result, "task"), "blocked")));
	json_decref(result);
	expect_member(fixture, 3, "depends", "[1,2]");
	expect_member(fixture, 1, "blocking", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	expect_member(fixture, 1, "blocking", NULL);
	expect_member(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":2}"), 1);
	expect_member(fixture, 3, "blocked", NULL);
	expect_member(fixture, 3, "depends", "[1,2]");
	assert_int_equal(change(fixture, "task.restore", "{\"id\":1}"), 1);
	expect_member(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":3}"), 1);
	expect_member(fixture, 3, "blocked", NULL);
	expect_member(fixture, 1, "blocking", NULL);
	expect_right_counts(fixture);
}

static void dependencies_are_replaced_added_removed_and_cleared(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 5, "");
	modify(fixture, 1, "\"depends\":[2,3]");
	modify(fixture, 1, "\"add_depends\":[4,3],\"remove_depends\":[2,5]");
	expect_member(fixture, 1, "depends", "[3,4]");
	modify(fixture, 1, "\"depends\":[5]");
	expect_member(fixture, 1, "depends", "[5]");
	modify(fixture, 1, "\"depends\":[]");
	expect_member(fixture, 1, "depends", NULL);
	modify(fixture, 1, "\"depends\":[2]");
	modify(fixture, 1, "\"depends\":null");
	expect_member(fixture, 1, "depends", NULL);
	expect_member(fixture, 2, "blocking", NULL);
	expect_right_counts(fixture);
}

static void what_cannot_be_depended_on_is_refused(void **state)
{
	static const struct {
		const char *params;
		enum error error;
		const char *field;
	} rows[] = {
		{ "\"depends\":[99]", ERROR_NOT_FOUND, "depends" },
		{ "\"depends\":[\"ffffffff\"]", ERROR_NOT_FOUND, "depends" },
		{ "\"depends\":[\"x\"]", ERROR_INVALID_PARAMS, "depends" },
		{ "\"depends\":[3]", ERROR_CONFLICT, "depends" },
		{ "\"depends\":[4]", ERROR_CONFLICT, "depends" },
		{ "\"add_depends\":[99]", ERROR_NOT_FOUND, "add_depends" },
		{ "\"add_depends\":[3]", ERROR_CONFLICT, "add_depends" },
		{ "\"add_depends\":[1]", ERROR_CONFLICT, "add_depends" },
		{ "\"add_depends\":[]", ERROR_INVALID_PARAMS, "add_depends" },
		{ "\"remove_depends\":[99]", ERROR_NOT_FOUND, "remove_depends" },
		{ "\"depends\":[2],\"add_depends\":[2]", ERROR_INVALID_PARAMS, "depends" },
		{ "\"depends\":null,\"remove_depends\":[2]", ERROR_INVALID_PARAMS, "depends" },
		{ "\"add_depends\":[2],\"remove_depends\":[2]", ERROR_INVALID_PARAMS, "remove_depends" },
		{ "\"depends\":[1]", ERROR_CONFLICT, "depends" },
		{ "\"parent\":99", ERROR_NOT_FOUND, "parent" },
		{ "\"parent\":3", ERROR_CONFLICT, "parent" },
		{ "\"parent\":4", ERROR_CONFLICT, "parent" },
		{ "\"parent\":1", ERROR_CONFLICT, "parent" },
		{ "\"parent\":\"x\"", ERROR_INVALID_PARAMS, "parent" },
	};
	struct fixture *fixture = *state;

	add_with(fixture, 4, "");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":3}"), 1);
	(void)fixture_query(fixture, "UPDATE task SET status = 'recurring' WHERE id = 4");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		call_refused(fixture, rows[i].error, rows[i].field, "task.modify", "{\"id\":1,%s}", rows[i].params);
	fixture_become(fixture, 2);
	add_with(fixture, 1, "");
	call_refused(fixture, ERROR_NOT_FOUND, "depends", "task.modify", "{\"id\":1,\"depends\":[2]}");
	call_refused(fixture, ERROR_NOT_FOUND, "parent", "task.add", "{\"title\":\"x\",\"parent\":2}");
}

static void a_completed_task_may_be_depended_on(void **state)
{
	add_with(*state, 1, "");
	assert_int_equal(change(*state, "task.done", "{\"id\":1}"), 1);
	add_with(*state, 1, ",\"depends\":[1]");
	expect_member(*state, 2, "depends", "[1]");
	expect_member(*state, 2, "blocked", NULL);
	expect_right_counts(*state);
}

static void number_of_dependencies_is_limited(void **state)
{
	struct buffer ids;

	add_with(*state, 130, "");
	buffer_init(&ids);
	for (int i = 2; i <= 129; i++)
		buffer_printf(&ids, "%s%d", i > 2 ? "," : "", i);
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"depends\":[%s]}", buffer_text(&ids)), 1);
	call_refused(*state, ERROR_CONFLICT, "add_depends", "task.modify", "{\"id\":1,\"add_depends\":[130]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "depends", "task.modify", "{\"id\":1,\"depends\":[%s,130]}",
		buffer_text(&ids));
	buffer_deinit(&ids);
	expect_right_counts(*state);
}

/* --- cycles --- */

static void what_would_need_itself_is_refused_with_the_way(void **state)
{
	static const struct {
		int id;
		const char *change, *field, *message;
	} rows[] = {
		{ 3, "\"depends\":[1]", "depends", "task 3 would depend on itself: 3 → 1 → 2 → 3" },
		{ 3, "\"add_depends\":[2]", "depends", "task 3 would depend on itself: 3 → 2 → 3" },
		{ 4, "\"parent\":6", "parent", "task 4 would depend on itself: 4 → 5 → 6 → 4" },
		{ 4, "\"parent\":5", "parent", "task 4 would depend on itself: 4 → 5 → 4" },
		{ 6, "\"depends\":[4]", "depends", "task 6 would depend on itself: 6 → 4 → 5 → 6" },
		{ 2, "\"parent\":3", "parent", "task 2 would depend on itself: 2 → 3 → 2" },
		{ 7, "\"parent\":1,\"depends\":[1]", "depends", "task 7 would depend on itself: 7 → 1 → 7" },
	};
	struct fixture *fixture = *state;

	add_with(fixture, 7, "");
	modify(fixture, 1, "\"depends\":[2]");
	modify(fixture, 2, "\"depends\":[3]");
	modify(fixture, 5, "\"parent\":4");
	modify(fixture, 6, "\"parent\":5");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		for (int is_dry = 0; is_dry < 2; is_dry++) {
			call_refused(fixture, ERROR_CONFLICT, rows[i].field, "task.modify",
				"{\"id\":%d,%s,\"dry_run\":%s}", rows[i].id, rows[i].change, is_dry ? "true" : "false");
			assert_string_equal(fixture->refusal.message, rows[i].message);
		}
	call_refused(fixture, ERROR_CONFLICT, "depends", "task.add", "{\"title\":\"x\",\"parent\":1,\"depends\":[1]}");
	assert_string_equal(fixture->refusal.message, "the new task would depend on itself: new → 1 → new");
	call_refused(fixture, ERROR_CONFLICT, "depends", "task.add",
		"{\"title\":\"x\",\"parent\":3,\"depends\":[1],\"dry_run\":true}");
	expect_right_counts(fixture);
}

static void what_only_looks_like_a_cycle_is_done(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 4, "");
	modify(fixture, 2, "\"parent\":1");
	modify(fixture, 3, "\"parent\":1");
	modify(fixture, 2, "\"depends\":[3]");                /* a part waits for another */
	modify(fixture, 1, "\"depends\":[2]");                /* the whole waits for its part all the same */
	modify(fixture, 2, "\"parent\":null,\"depends\":[]"); /* and no longer */
	modify(fixture, 1, "\"depends\":null");
	modify(fixture, 4, "\"depends\":[3]");
	modify(fixture, 3, "\"parent\":null,\"depends\":[1],\"dry_run\":true"); /* no longer a part, it may wait */
	modify(fixture, 4, "\"depends\":null");
	modify(fixture, 1, "\"depends\":[4],\"parent\":2");
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.modify", "{\"id\":2,\"parent\":3}");
	modify(fixture, 3, "\"parent\":null");
	modify(fixture, 2, "\"parent\":3");
	expect_right_counts(fixture);
}

static void an_act_over_several_is_looked_at_as_a_whole(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 4, "");
	call_refused(fixture, ERROR_CONFLICT, "depends", "task.modify", "{\"ids\":[1,2],\"depends\":[2]}");
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.modify", "{\"filter\":\"\",\"parent\":2}");
	assert_int_equal(change(fixture, "task.modify", "{\"ids\":[1,2],\"depends\":[3],\"parent\":4}"), 2);
	call_refused(fixture, ERROR_CONFLICT, "depends", "task.modify", "{\"ids\":[2,3],\"depends\":[1],\"parent\":4}");
	call_refused(fixture, ERROR_CONFLICT, "depends", "task.modify", "{\"ids\":[3,4],\"add_depends\":[1]}");
	modify(fixture, 2, "\"depends\":[1],\"parent\":null");
	expect_right_counts(fixture);
}

/* As an undo may have them: what closes the circle is not in the store yet. */
static void changes_of_one_batch_are_seen_together(void **state)
{
	static const int64_t one[] = { 1 }, two[] = { 2 };
	struct fixture *fixture = *state;
	struct request request = { .arena = &fixture->arena, .who = fixture->who, .db = fixture->db };
	struct task_change changes[2] = { { task_empty, task_empty }, { task_empty, task_empty } };

	add_with(fixture, 2, "");
	changes[0].after.id = changes[0].before.id = 1;
	changes[1].after.id = changes[1].before.id = 2;
	changes[0].after.depends = two;
	changes[0].after.depend_count = 1;
	assert_int_equal(db_begin(fixture->db), ERROR_NONE);
	assert_int_equal(task_links_check(&request, changes, 2), ERROR_NONE);
	changes[1].after.depends = one;
	changes[1].after.depend_count = 1;
	assert_int_equal(task_links_check(&request, changes, 2), ERROR_CONFLICT);
	changes[1].after.depend_count = 0;
	changes[1].after.parent = 1;
	assert_int_equal(task_links_check(&request, changes, 2), ERROR_NONE);
	changes[0].after.depend_count = 0;
	changes[0].after.parent = 2;
	assert_int_equal(task_links_check(&request, changes, 2), ERROR_CONFLICT);
	db_rollback(fixture->db);
}

static void a_long_walk_leaves_the_loop(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 2, "");
	add_many(fixture, 3, 2100, true);
	modify(fixture, 3, "\"depends\":[2]");
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.modify", "{\"id\":1,\"parent\":2}");
	assert_true(fixture->was_deferred);
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"id\":1}");
	assert_true(fixture->was_deferred);
	fixture->place = REQUEST_IN_POOL;
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"id\":1}");
	assert_string_equal(fixture->refusal.message,
		"task 1 has 2100 open children (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …); "
		"children must say \"complete\" or \"keep\"");
	assert_int_equal(change(fixture, "task.done", "{\"id\":1,\"children\":\"complete\"}"), 2101);
	expect_member(fixture, 1, "children", "{\"total\":2100,\"open\":0}");
	expect_right_counts(fixture);
}

static void counts_of_very_many_leave_the_loop(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 1, "");
	add_many(fixture, 2, 1001, false);
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"id\":1}");
	assert_true(fixture->was_deferred);
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	expect_right_counts(fixture);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(a_task_is_blocked_while_what_it_depends_on_is_open),
		EACH(dependencies_are_replaced_added_removed_and_cleared),
		EACH(what_cannot_be_depended_on_is_refused),
		EACH(a_completed_task_may_be_depended_on),
		EACH(number_of_dependencies_is_limited),
		EACH(what_would_need_itself_is_refused_with_the_way),
		EACH(what_only_looks_like_a_cycle_is_done),
		EACH(an_act_over_several_is_looked_at_as_a_whole),
		EACH(changes_of_one_batch_are_seen_together),
		EACH(a_long_walk_leaves_the_loop),
		EACH(counts_of_very_many_leave_the_loop),
	};
#undef EACH

	return cmocka_run_group_tests(tests, NULL, NULL);
}
