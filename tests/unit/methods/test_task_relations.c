/* Dependencies and parts of tasks: what is refused, what follows, and that the counts in the rows are always right. */
#include "fixture.h"

#include "common/cleanup.h"
#include "methods/task_links.h"

static void add(struct fixture *fixture, int number, const char *more)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"%s}", more));
}

/* Many at once, as parts of task 1 or depending on it, as far as this test will look at them. */
static void add_many(struct fixture *fixture, int first, int number, bool are_parts)
{
	char sql[600];

	(void)snprintf(sql, sizeof(sql),
		"INSERT INTO task (account_id, id, uuid, title, status, tags, priority, created, modified, version, "
		"parent, "
		"depends, blockers) "
		"WITH RECURSIVE number (id) AS (SELECT %d UNION ALL SELECT id + 1 FROM number WHERE id < %d) "
		"SELECT 1, id, printf('%%08x-0000-4000-8000-000000000000', id), 'one of many', 'pending', '', 0, 0, 0, "
		"1, "
		"%s FROM number",
		first, first + number - 1, are_parts ? "1, NULL, 0" : "NULL, '1', 1");
	(void)fixture_query(fixture, sql);
	(void)fixture_query(
		fixture, "INSERT INTO task_dependency SELECT account_id, id, 1 FROM task WHERE depends = '1'");
	(void)snprintf(sql, sizeof(sql), "UPDATE task SET %s = %d WHERE id = 1",
		are_parts ? "open_children" : "dependents", number);
	(void)fixture_query(fixture, sql);
	if (are_parts)
		(void)fixture_query(fixture, "UPDATE task SET children = open_children WHERE id = 1");
}

static void modify(struct fixture *fixture, int id, const char *what)
{
	json_decref(call_done(fixture, "task.modify", "{\"id\":%d,%s}", id, what));
}

#define change(fixture, method, ...) take_count(call_done(fixture, method, __VA_ARGS__))

static int64_t take_count(json_t *result)
{
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

/* The member of the task is this JSON text; NULL: it is not there. */
static void expect(struct fixture *fixture, int id, const char *key, const char *text)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", id);
	const json_t *member = json_object_get(json_object_get(result, "task"), key);
	char *found = member ? json_dumps(member, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

	assert_string_equal(found ? found : "nothing", text ? text : "nothing");
	free(found);
	json_decref(result);
}

/* --- counts against a recount --- */

static const char *const recounts[] = {
	"SELECT COUNT(*) AS value FROM task WHERE blockers <> ("
	"  SELECT COUNT(*) FROM task_dependency AS link JOIN task AS other"
	"  ON other.account_id = link.account_id AND other.id = link.on_id AND other.status = 'pending'"
	"  WHERE link.account_id = task.account_id AND link.task_id = task.id)",
	"SELECT COUNT(*) AS value FROM task WHERE dependents <> ("
	"  SELECT COUNT(*) FROM task_dependency AS link JOIN task AS other"
	"  ON other.account_id = link.account_id AND other.id = link.task_id AND other.status = 'pending'"
	"  WHERE link.account_id = task.account_id AND link.on_id = task.id)",
	"SELECT COUNT(*) AS value FROM task WHERE children <> ("
	"  SELECT COUNT(*) FROM task AS part WHERE part.account_id = task.account_id AND part.parent = task.id"
	"  AND part.status IN ('pending', 'completed'))",
	"SELECT COUNT(*) AS value FROM task WHERE open_children <> ("
	"  SELECT COUNT(*) FROM task AS part WHERE part.account_id = task.account_id AND part.parent = task.id"
	"  AND part.status = 'pending')",
	"SELECT COUNT(*) AS value FROM task WHERE coalesce(depends, '') <> coalesce(("
	"  SELECT group_concat(on_id, ' ') FROM (SELECT on_id FROM task_dependency AS link"
	"  WHERE link.account_id = task.account_id AND link.task_id = task.id ORDER BY on_id)), '')",
};

/* In one go, because each query of the fixture is a transaction. */
static void expect_right_counts(struct fixture *fixture)
{
	struct buffer sql;
	int64_t wrong;

	buffer_init(&sql);
	buffer_append_text(&sql, "SELECT 0");
	for (size_t i = 0; i < COUNT_OF(recounts); i++)
		buffer_printf(&sql, " + (%s) * %d", recounts[i], 1 << (6 * i));
	buffer_append_text(&sql, " AS value");
	wrong = fixture_query(fixture, buffer_text(&sql));
	buffer_deinit(&sql);
	if (wrong)
		fail_msg("wrong counts, six bits for each query: %llx", (unsigned long long)wrong);
}

/* --- dependencies --- */

static void a_task_is_blocked_while_what_it_depends_on_is_open(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 2, "");
	result = call_done(fixture, "task.add", "{\"title\":\"last\",\"depends\":[2,1,\"1\"]}");
	assert_true(json_is_true(json_object_get(json_object_get(result, "task"), "blocked")));
	json_decref(result);
	expect(fixture, 3, "depends", "[1,2]");
	expect(fixture, 1, "blocking", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	expect(fixture, 1, "blocking", NULL);
	expect(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":2}"), 1);
	expect(fixture, 3, "blocked", NULL);
	expect(fixture, 3, "depends", "[1,2]");
	assert_int_equal(change(fixture, "task.restore", "{\"id\":1}"), 1);
	expect(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":3}"), 1);
	expect(fixture, 3, "blocked", NULL);
	expect(fixture, 1, "blocking", NULL);
	expect_right_counts(fixture);
}

static void dependencies_are_replaced_added_removed_and_cleared(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 5, "");
	modify(fixture, 1, "\"depends\":[2,3]");
	modify(fixture, 1, "\"add_depends\":[4,3],\"remove_depends\":[2,5]");
	expect(fixture, 1, "depends", "[3,4]");
	modify(fixture, 1, "\"depends\":[5]");
	expect(fixture, 1, "depends", "[5]");
	modify(fixture, 1, "\"depends\":[]");
	expect(fixture, 1, "depends", NULL);
	modify(fixture, 1, "\"depends\":[2]");
	modify(fixture, 1, "\"depends\":null");
	expect(fixture, 1, "depends", NULL);
	expect(fixture, 2, "blocking", NULL);
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

	add(fixture, 4, "");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":3}"), 1);
	(void)fixture_query(fixture, "UPDATE task SET status = 'recurring' WHERE id = 4");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		call_refused(fixture, rows[i].error, rows[i].field, "task.modify", "{\"id\":1,%s}", rows[i].params);
	fixture_become(fixture, 2);
	add(fixture, 1, "");
	call_refused(fixture, ERROR_NOT_FOUND, "depends", "task.modify", "{\"id\":1,\"depends\":[2]}");
	call_refused(fixture, ERROR_NOT_FOUND, "parent", "task.add", "{\"title\":\"x\",\"parent\":2}");
}

static void a_completed_task_may_be_depended_on(void **state)
{
	add(*state, 1, "");
	assert_int_equal(change(*state, "task.done", "{\"id\":1}"), 1);
	add(*state, 1, ",\"depends\":[1]");
	expect(*state, 2, "depends", "[1]");
	expect(*state, 2, "blocked", NULL);
	expect_right_counts(*state);
}

static void number_of_dependencies_is_limited(void **state)
{
	struct buffer ids;

	add(*state, 130, "");
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

	add(fixture, 7, "");
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

	add(fixture, 4, "");
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

	add(fixture, 4, "");
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

	add(fixture, 2, "");
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

	add(fixture, 2, "");
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
	expect(fixture, 1, "children", "{\"total\":2100,\"open\":0}");
	expect_right_counts(fixture);
}

static void counts_of_very_many_leave_the_loop(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1, "");
	add_many(fixture, 2, 1001, false);
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"id\":1}");
	assert_true(fixture->was_deferred);
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	expect_right_counts(fixture);
}

/* --- parts --- */

static void parts_roll_up(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 1, "");
	add(fixture, 3, ",\"parent\":1");
	expect(fixture, 2, "parent", "1");
	expect(fixture, 1, "children", "{\"total\":3,\"open\":3}");
	assert_int_equal(change(fixture, "task.done", "{\"id\":2}"), 1);
	expect(fixture, 1, "children", "{\"total\":3,\"open\":2}");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":2}"), 1);
	expect(fixture, 1, "children", "{\"total\":2,\"open\":2}");
	modify(fixture, 3, "\"parent\":null");
	expect(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	assert_int_equal(change(fixture, "task.delete", "{\"id\":4}"), 1);
	expect(fixture, 1, "children", NULL);
	assert_int_equal(change(fixture, "task.restore", "{\"ids\":[2,4]}"), 2);
	result = call_done(fixture, "task.modify", "{\"id\":1,\"title\":\"same counts\"}");
	assert_int_equal(integer_at(result, "tasks.0.children.total"), 2);
	json_decref(result);
	expect_right_counts(fixture);
}

static void parts_go_sixteen_levels_deep(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1, "");
	for (int i = 1; i <= 16; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"part\",\"parent\":%d}", i));
	call_refused(fixture, ERROR_CONFLICT, "parent", "task.add", "{\"title\":\"too deep\",\"parent\":17}");
	add(fixture, 1, "");
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
			add(fixture, 1, "");
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
	add(fixture, 251, "");
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

	add(fixture, 2, "");
	result = call_done(fixture, "task.add",
		"{\"title\":\"again\",\"due\":\"2026-11-24\",\"recur\":\"daily\",\"parent\":1,\"depends\":[2]}");
	assert_int_equal(integer_at(result, "task.id"), 4);
	assert_true(has_member(result, "task.blocked"));
	json_decref(result);
	expect(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	expect_right_counts(fixture);
	call_refused(fixture, ERROR_CONFLICT, "children", "task.done", "{\"id\":1}");
	fixture->now += INT64_C(3) * 86400;
	assert_int_equal(change(fixture, "task.done", "{\"id\":4}"), 1);
	expect(fixture, 5, "parent", "1");
	expect(fixture, 5, "blocked", "true");
	expect(fixture, 1, "children", "{\"total\":2,\"open\":1}");
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

	add(fixture, 2, "");
	add(fixture, 1, ",\"parent\":1,\"depends\":[2]");
	json_decref(call_done(fixture, "history.undo", "{}"));
	expect(fixture, 1, "children", NULL);
	expect(fixture, 2, "blocking", NULL);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task_dependency"), 0);
	json_decref(call_done(fixture, "history.redo", "{}"));
	expect(fixture, 1, "children", "{\"total\":1,\"open\":1}");
	expect(fixture, 3, "blocked", "true");
	assert_int_equal(change(fixture, "task.done", "{\"id\":1,\"children\":\"complete\"}"), 2);
	json_decref(call_done(fixture, "history.undo", "{\"steps\":2}"));
	expect_right_counts(fixture);
	json_decref(call_done(fixture, "history.undo", "{\"steps\":2}"));
	json_decref(call_done(fixture, "history.redo", "{\"steps\":4}"));
	expect(fixture, 1, "children", "{\"total\":1,\"open\":0}");
	expect(fixture, 2, "blocking", NULL);
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

	add(fixture, 2, ""); /* steps 1 and 2 */
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

/* --- counts --- */

static void counts_are_no_change_of_the_task_but_of_its_urgency(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 2, "");
	(void)fixture_query(fixture, "UPDATE task SET urgency_change = 77");
	modify(fixture, 2, "\"depends\":[1],\"parent\":null");
	expect(fixture, 1, "version", "1");
	expect(fixture, 2, "version", "2");
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM history"), 3);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 1"), 0);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 2"), 0);
	(void)fixture_query(fixture, "UPDATE task SET urgency_change = 77");
	add(fixture, 1, ",\"depends\":[1]"); /* one more dependent is nothing new to its urgency */
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 1"), 77);
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 2"), 0);
}

static unsigned random_below(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 8) % limit;
}

#define RANDOM_TASKS 14

/* The text with ids in the place of # and @. */
static void write_ids(const char *text, unsigned one, unsigned other, char *ret_text, size_t size)
{
	size_t length = 0;

	ret_text[0] = '\0';
	for (; *text; text++)
		if (*text == '#' || *text == '@')
			length += (size_t)snprintf(ret_text + length, size - length, "%u", *text == '#' ? one : other);
		else
			length += (size_t)snprintf(ret_text + length, size - length, "%c", *text);
}

/* Any change of any tasks; what is refused changes nothing. */
static void change_anything(struct fixture *fixture, unsigned *seed)
{
	static const struct {
		const char *method, *more;
	} acts[] = {
		{ "task.done", "" },
		{ "task.done", ",\"children\":\"complete\"" },
		{ "task.done", ",\"children\":\"keep\"" },
		{ "task.delete", ",\"children\":\"keep\"" },
		{ "task.delete", ",\"children\":\"delete\"" },
		{ "task.restore", "" },
		{ "task.restore", "" },
		{ "task.modify", ",\"parent\":null" },
		{ "task.modify", ",\"depends\":null" },
		{ "task.modify", ",\"parent\":#" },
		{ "task.modify", ",\"depends\":[#,@]" },
		{ "task.modify", ",\"add_depends\":[#]" },
		{ "task.modify", ",\"remove_depends\":[#]" },
		{ "task.modify", ",\"add_depends\":[#],\"parent\":@" },
		{ "task.start", "" },
	};
	static const char *const reversals[] = { "history.undo", "history.redo" };
	unsigned act = random_below(seed, COUNT_OF(acts));
	unsigned one = 1 + random_below(seed, RANDOM_TASKS), other = 1 + random_below(seed, RANDOM_TASKS);
	unsigned first = 1 + random_below(seed, RANDOM_TASKS), last = first + random_below(seed, 4);
	char more[128];

	if (random_below(seed, 6) == 0) {
		json_decref(fixture_call(fixture, reversals[random_below(seed, 2)], "{\"steps\":%u}", one % 4 + 1));
		return;
	}
	write_ids(acts[act].more, one, other, more, sizeof(more));
	json_decref(fixture_call(fixture, acts[act].method, "{\"filter\":\"%u-%u\"%s}", first, last, more));
}

static bool has_cycle(struct fixture *fixture)
{
	return fixture_query(fixture,
		"SELECT value FROM (WITH RECURSIVE needs(task, need) AS ("
		"  SELECT task_id, on_id FROM task_dependency UNION SELECT parent, id FROM task WHERE parent IS NOT "
		"NULL"
		"), reached(task, need) AS ("
		"  SELECT task, need FROM needs UNION SELECT reached.task, needs.need FROM reached"
		"  JOIN needs ON needs.task = reached.need"
		") SELECT COUNT(*) AS value FROM reached WHERE task = need)");
}

static void counts_equal_a_recount_after_any_changes(void **state)
{
	struct fixture *fixture = *state;
	unsigned seed = 1;
	unsigned done = 0;

	add(fixture, RANDOM_TASKS, "");
	for (int i = 0; i < 700; i++) {
		change_anything(fixture, &seed);
		assert_true(fixture->refusal.error == ERROR_NONE || fixture->refusal.error == ERROR_CONFLICT ||
			    fixture->refusal.error == ERROR_NOT_FOUND ||
			    fixture->refusal.error == ERROR_INVALID_PARAMS);
		done += fixture->refusal.error == ERROR_NONE;
		expect_right_counts(fixture);
	}
	assert_false(has_cycle(fixture));
	assert_true(done > 300);
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
		EACH(parts_roll_up),
		EACH(parts_go_sixteen_levels_deep),
		EACH(open_parts_must_be_spoken_of),
		EACH(open_parts_are_completed_in_the_same_step),
		EACH(all_parts_are_deleted_in_the_same_step),
		EACH(parts_that_were_selected_do_not_count),
		EACH(answer_shows_counts_as_they_are_at_the_end),
		EACH(what_is_taken_back_counts_no_more),
		EACH(tasks_that_come_back_together_count_each_other),
		EACH(an_undo_that_would_close_a_circle_is_refused),
		EACH(a_series_counts_by_its_open_instance),
		EACH(counts_are_no_change_of_the_task_but_of_its_urgency),
		EACH(counts_equal_a_recount_after_any_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
