/* Parts of tasks: how they roll up, and what becomes of them with the whole. */
#include "relation_calls.h"

#include "common/cleanup.h"
#include "methods/task_links.h"

static void parts_roll_up(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_with(fixture, 1, "");
	add_with(fixture, 3, ",\"parent\":1");
	expect_member(fixture, 2, "parent", "1");
	expect_member(fixture, 1, "children", "{\"total\":3,\"open\":3}");
	assert_int_equal(change(fixture, "task.done", "{\"id\":2}"), 1);
	expect_member(fixture, 1, "children", "{\"total\":3,\"open\":2}");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":2}"), 1);
	expect_member(fixture, 1, "children", "{\"total\":2,\"open\":2}");
	modify(fixture, 3, "\"parent\":null");
	expect_member(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":4}"), 1);
	expect_member(fixture, 1, "children", NULL);
	assert_int_equal(change(fixture, "task.restore", "{\"ids\":[2,4]}"), 2);
	result = call_done(fixture, "task.modify", "{\"id\":1,\"title\":\"same counts\"}");
	assert_int_equal(integer_at(result, "tasks.0.children.total"), 2);
	json_decref(result);
	expect_right_counts(fixture);
}

static void parts_go_sixteen_levels_deep(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 1, "");
	for (int i = 1; i <= 16; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"part\",\"parent\":%d}", i));
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.add", "{\"title\":\"too deep\",\"parent\":17}");
	add_with(fixture, 1, "");
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.modify", "{\"id\":1,\"parent\":18}");
	modify(fixture, 2, "\"parent\":18");
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.modify", "{\"id\":18,\"parent\":1}");
	expect_right_counts(fixture);
}

/* 1 has the parts 2 (which has 3, which has 4) and 5; 2 is completed, and so is 5's part 6; 7 is nothing of theirs. */
static void add_tree(struct fixture *fixture)
{
	static const int parents[] = { 0, 1, 2, 3, 1, 5, 0 };

	for (size_t i = 0; i < COUNT_OF(parents); i++)
		if (parents[i])
			json_decref(call_done(fixture, "task.add", "{\"title\":\"part\",\"parent\":%d}", parents[i]));
		else
			add_with(fixture, 1, "");
	assert_int_equal(change(fixture, "task.done", "{\"id\":2,\"children\":\"keep\"}"), 1);
	assert_int_equal(change(fixture, "task.done", "{\"id\":6}"), 1);
}

static int64_t count(struct fixture *fixture, const char *filter)
{
	return take_count(call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter));
}

static void open_parts_must_be_spoken_of(void **state)
{
	struct fixture *fixture = *state;

	add_tree(fixture);
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"id\":1}");
	assert_string_equal(fixture->refusal.message,
		"task 1 has 3 open children (3, 4, 5); children must say \"complete\" or \"keep\"");
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"id\":1,\"dry_run\":true}");
	call_refused(fixture, ERROR_CONFLICT, "children", "task.delete", "{\"ids\":[1,3]}");
	assert_string_equal(fixture->refusal.message,
		"these tasks have 2 open children (4, 5); children must say \"delete\" or \"keep\"");
	call_refused(fixture, ERROR_INVALID_PARAMS, "children", "task.done", "{\"id\":1,\"children\":\"delete\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "children", "task.delete", "{\"id\":1,\"children\":\"complete\"}");
	assert_int_equal(change(fixture, "task.done", "{\"id\":7}"), 1);
	assert_int_equal(count(fixture, ""), 4);
	assert_int_equal(change(fixture, "task.done", "{\"id\":1,\"children\":\"keep\"}"), 1);
	assert_int_equal(count(fixture, ""), 3);
	expect_right_counts(fixture);
}

static void open_parts_are_completed_in_the_same_step(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_tree(fixture);
	result = call_done(fixture, "task.done", "{\"id\":1,\"children\":\"complete\"}");
	assert_int_equal(integer_at(result, "count"), 4);
	assert_int_equal(integer_at(result, "tasks.0.id"), 1);
	assert_int_equal(integer_at(result, "tasks.0.children.open"), 0);
	assert_int_equal(integer_at(result, "tasks.0.children.total"), 2);
	assert_int_equal(integer_at(result, "tasks.3.id"), 5);
	json_decref(result);
	assert_int_equal(count(fixture, ""), 1);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(DISTINCT step) AS value FROM history "
						"WHERE action = 'done' AND task_id IN (1, 3, 4, 5)"),
		1);
	expect_right_counts(fixture);
}

static void all_parts_are_deleted_in_the_same_step(void **state)
{
	struct fixture *fixture = *state;

	add_tree(fixture);
	assert_int_equal(change(fixture, "task.delete", "{\"id\":1,\"children\":\"delete\",\"dry_run\":true}"), 6);
	assert_int_equal(change(fixture, "task.delete", "{\"id\":1,\"children\":\"delete\"}"), 6);
	assert_int_equal(count(fixture, "status:all"), 7);
	assert_int_equal(count(fixture, "status:deleted"), 6);
	expect_right_counts(fixture);
}

static void parts_that_were_selected_do_not_count(void **state)
{
	struct fixture *fixture = *state;

	add_tree(fixture);
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"ids\":[1,3,5]}");
	assert_int_equal(change(fixture, "task.done", "{\"ids\":[5,4,3,1],\"dry_run\":true}"), 4);
	assert_int_equal(change(fixture, "task.done", "{\"filter\":\"1-6\",\"dry_run\":true}"), 4);
	assert_int_equal(change(fixture, "task.done", "{\"filter\":\"1-6\"}"), 4);
	assert_int_equal(count(fixture, ""), 1);
	assert_int_equal(change(fixture, "task.restore", "{\"ids\":[1,3,4,5]}"), 4);
	assert_int_equal(change(fixture, "task.done", "{\"ids\":[1,3],\"children\":\"complete\",\"dry_run\":true}"), 4);
	assert_int_equal(change(fixture, "task.done", "{\"ids\":[1,3],\"children\":\"complete\"}"), 4);
	expect_right_counts(fixture);
}

/* Of the batch that is in hand, and of those that come behind it. */
static void answer_shows_counts_as_they_are_at_the_end(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	fixture->place = REQUEST_IN_POOL;
	add_with(fixture, 251, "");
	assert_int_equal(change(fixture, "task.modify", "{\"filter\":\"2-251\",\"parent\":1}"), 250);
	result = call_done(fixture, "task.done", "{\"filter\":\"\"}");
	assert_int_equal(integer_at(result, "count"), 251);
	assert_int_equal(integer_at(result, "tasks.0.children.open"), 0);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 100);
	json_decref(result);
	result = call_done(fixture, "task.modify", "{\"ids\":[2,3],\"depends\":[4]}");
	assert_false(has_member(result, "tasks.0.blocked"));
	json_decref(result);
	assert_int_equal(change(fixture, "task.restore", "{\"ids\":[2,4]}"), 2);
	result = call_done(fixture, "task.modify", "{\"id\":2,\"title\":\"x\"}");
	assert_true(has_member(result, "tasks.0.blocked"));
	json_decref(result);
	result = call_done(fixture, "task.add", "{\"title\":\"x\",\"depends\":[4],\"dry_run\":true}");
	assert_true(has_member(result, "task.blocked"));
	json_decref(result);
	expect_right_counts(fixture);
}

static void a_series_counts_by_its_open_instance(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_with(fixture, 2, "");
	result = call_done(fixture, "task.add",
		"{\"title\":\"again\",\"due\":\"2026-11-24\",\"recur\":\"daily\",\"parent\":1,\"depends\":[2]}");
	assert_int_equal(integer_at(result, "task.id"), 4);
	assert_true(has_member(result, "task.blocked"));
	json_decref(result);
	expect_member(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	expect_right_counts(fixture);
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"id\":1}");
	fixture->now += INT64_C(3) * 86400;
	assert_int_equal(change(fixture, "task.done", "{\"id\":4}"), 1);
	expect_member(fixture, 5, "parent", "1");
	expect_member(fixture, 5, "blocked", "true");
	expect_member(fixture, 1, "children", "{\"total\":2,\"open\":1}");
	expect_right_counts(fixture);
	result = call_done(fixture, "series.modify", "{\"id\":3,\"parent\":null,\"depends\":[1]}");
	assert_true(has_member(result, "task.blocked"));
	assert_false(has_member(result, "task.parent"));
	json_decref(result);
	result = call_done(fixture, "series.modify", "{\"id\":3,\"depends\":null}");
	assert_false(has_member(result, "task.blocked"));
	json_decref(result);
	expect_right_counts(fixture);
}

static void what_is_taken_back_counts_no_more(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 2, "");
	add_with(fixture, 1, ",\"parent\":1,\"depends\":[2]");
	json_decref(call_done(fixture, "history.undo", "{}"));
	expect_member(fixture, 1, "children", NULL);
	expect_member(fixture, 2, "blocking", NULL);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task_dependency"), 0);
	json_decref(call_done(fixture, "history.redo", "{}"));
	expect_member(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	expect_member(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":1,\"children\":\"complete\"}"), 2);
	json_decref(call_done(fixture, "history.undo", "{\"steps\":2}"));
	expect_right_counts(fixture);
	json_decref(call_done(fixture, "history.undo", "{\"steps\":2}"));
	json_decref(call_done(fixture, "history.redo", "{\"steps\":4}"));
	expect_member(fixture, 1, "children", "{\"total\":1,\"open\":0}");
	expect_member(fixture, 2, "blocking", NULL);
	expect_right_counts(fixture);
}

static struct task given_back(struct fixture *fixture, int64_t id)
{
	struct task task = task_empty;

	task.id = id;
	task.title = "back again";
	task.version = 2;
	task.tags = arena_array(&fixture->arena, 0, sizeof(*task.tags));
	(void)snprintf(task.uuid, sizeof(task.uuid), "%08x-0000-4000-8000-000000000000", (unsigned)id);
	return task;
}

/* Whichever comes first, of one batch. */
static void tasks_that_come_back_together_count_each_other(void **state)
{
	static const int64_t second[] = { 12 };
	struct fixture *fixture = *state;
	struct request request = {
		.arena = &fixture->arena, .db = fixture->db, .now = fixture->now, .who = fixture->who
	};
	struct task_change changes[2];
	struct task_edit edit;

	for (int64_t i = 0; i < 2; i++)
		changes[i] = (struct task_change){ .before = task_empty, .after = given_back(fixture, 11 + i) };
	changes[0].after.depends = second;
	changes[0].after.depend_count = 1;
	changes[1].after.parent = 11;
	task_edit_init(&edit, &request, "undo");
	assert_int_equal(db_begin(fixture->db), ERROR_NONE);
	assert_int_equal(task_edit_save(&edit, changes, 2), ERROR_NONE);
	assert_int_equal(db_commit(fixture->db), ERROR_NONE);
	task_edit_deinit(&edit);
	assert_int_equal(changes[0].after.blockers, 1);
	assert_int_equal(changes[0].after.open_children, 1);
	expect_right_counts(fixture);
}

static void an_undo_that_would_close_a_circle_is_refused(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_with(fixture, 2, ""); /* steps 1 and 2 */
	modify(fixture, 1, "\"depends\":[2]");
	result = call_done(fixture, "task.modify", "{\"id\":1,\"depends\":null}");
	assert_int_equal(integer_at(result, "revision"), 4);
	json_decref(result);
	modify(fixture, 2, "\"depends\":[1]");
	call_refused(fixture, ERROR_CONFLICT, "step", "history.undo", "{\"step\":4}");
	assert_string_equal(
		fixture->refusal.message, "step 4 cannot be taken back: task 1 would depend on itself: 1 → 2 → 1");
	expect_right_counts(fixture);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(parts_roll_up),
		EACH(parts_go_sixteen_levels_deep),
		EACH(open_parts_must_be_spoken_of),
		EACH(open_parts_are_completed_in_the_same_step),
		EACH(all_parts_are_deleted_in_the_same_step),
		EACH(parts_that_were_selected_do_not_count),
		EACH(answer_shows_counts_as_they_are_at_the_end),
		EACH(a_series_counts_by_its_open_instance),
		EACH(what_is_taken_back_counts_no_more),
		EACH(tasks_that_come_back_together_count_each_other),
		EACH(an_undo_that_would_close_a_circle_is_refused),
	};
#undef EACH

	return cmocka_run_group_tests(tests, NULL, NULL);
}
