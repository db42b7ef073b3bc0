/* Tasks over the wire: changes, what they refuse, and that nothing is half done. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

/* --- modify --- */

static void what_is_modified_changes_and_nothing_else(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *before = NULL;
	json_auto_t *after = NULL;
	json_auto_t *again = NULL;

	task_calls_open(state, &client, &ann);
	before = task_calls_add(&client,
		person_params(&ann, "{s:s,s:s,s:s,s:[s]}", "title", "old", "note", "kept", "due", FUTURE, "tags", "x"));
	after = task_calls_task(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:i,s:s,s:s}", "id", 1, "title", "new", "project", "home")));
	expect_member(after, "version", "2");
	expect_member(after, "project", "\"home\"");
	expect_member(after, "title", "\"new\"");
	again = task_calls_get(&client, &ann, 1);
	expect_same_task(after, again);
	json_object_set_new(before, "title", json_string("new"));
	json_object_set_new(before, "project", json_string("home"));
	json_object_set_new(before, "version", json_integer(2));
	json_object_set(before, "modified", json_object_get(after, "modified"));
	expect_same_task(before, after);
}

static void null_clears(void **state)
{
	static const char *const fields[] = { "note", "project", "priority", "due", "wait" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;

	task_calls_open(state, &client, &ann);
	json_decref(task_calls_add(
		&client, person_params(&ann, "{s:s,s:s,s:s,s:s,s:s,s:s,s:[s]}", "title", "x", "note", "n", "project",
				 "p", "priority", "L", "due", PAST, "wait", FUTURE, "tags", "t")));
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		json_auto_t *changed = task_calls_task(line_client_result(
			&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, fields[i])));

		expect_absent(changed, fields[i]);
		expect_absent(changed, i + 1 == COUNT_OF(fields) ? "waiting" : fields[i]);
	}
	task = task_calls_task(
		line_client_result(&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, "tags")));
	expect_member(task, "tags", "[]");
	line_client_refused(
		&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, "title"), "invalid_params", "title");
}

static void tags_are_replaced_added_and_removed(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *replaced = NULL;
	json_auto_t *changed = NULL;

	task_calls_open(state, &client, &ann);
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:[s,s]}", "title", "x", "tags", "a", "b")));
	replaced = task_calls_task(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:[s,s]}", "id", 1, "tags", "d", "c")));
	expect_member(replaced, "tags", "[\"c\",\"d\"]");
	changed = task_calls_task(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s,s],s:[s,s]}", "id", 1, "add_tags", "a", "c", "remove_tags", "d", "z")));
	expect_member(changed, "tags", "[\"a\",\"c\"]");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s],s:[s]}", "id", 1, "tags", "a", "add_tags", "b"), "invalid_params",
		"tags");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s],s:[s]}", "id", 1, "remove_tags", "q", "add_tags", "q"),
		"invalid_params", "remove_tags");
}

static void a_change_says_exactly_what_it_is_for(void **state)
{
	static const struct {
		const char *params, *field;
	} cases[] = {
		{ "{\"title\":\"x\"}", "id" },
		{ "{\"title\":\"x\",\"id\":1,\"ids\":[1]}", "id" },
		{ "{\"title\":\"x\",\"id\":1,\"filter\":\"\"}", "id" },
		{ "{\"title\":\"x\",\"id\":0}", "id" },
		{ "{\"title\":\"x\",\"id\":-1}", "id" },
		{ "{\"title\":\"x\",\"id\":1.5}", "id" },
		{ "{\"title\":\"x\",\"id\":null}", "id" },
		{ "{\"title\":\"x\",\"ids\":[]}", "ids" },
		{ "{\"title\":\"x\",\"ids\":[1,null]}", "ids" },
		{ "{\"title\":\"x\",\"ids\":1}", "ids" },
		{ "{\"title\":\"x\",\"ids\":[1],\"if_version\":1}", "if_version" },
		{ "{\"id\":1}", "title" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *params = json_loads(cases[i].params, 0, NULL);

		assert_non_null(params);
		json_object_set_new(params, "access_token", json_string(ann.access_token));
		line_client_refused(&client, "task.modify", params, "invalid_params", cases[i].field);
	}
}

static void a_stale_version_or_revision_is_a_conflict(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *changed = NULL;
	json_auto_t *task = NULL;
	json_int_t revision;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "old");
	changed = line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:s,s:i}", "id", 1, "title", "new", "if_version", 1));
	revision = integer_at(changed, "revision");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:s,s:i}", "id", 1, "title", "newer", "if_version", 1), "conflict",
		"if_version");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "newer", "if_revision", revision - 1),
		"conflict", "if_revision");
	task = task_calls_get(&client, &ann, 1);
	expect_member(task, "title", "\"new\"");
	json_decref(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "newer", "if_revision", revision)));
}

/* --- states --- */

static void a_task_goes_through_its_states(void **state)
{
	static const struct {
		const char *method, *status, *present, *absent;
	} steps[] = {
		{ "task.start", "\"pending\"", "started", "completed" },
		{ "task.stop", "\"pending\"", "created", "started" },
		{ "task.start", "\"pending\"", "started", "completed" },
		{ "task.done", "\"completed\"", "completed", "started" },
		{ "task.restore", "\"pending\"", "created", "completed" },
		{ "task.delete", "\"deleted\"", "deleted", "started" },
		{ "task.restore", "\"pending\"", "created", "deleted" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		json_auto_t *task = task_calls_change(&client, &ann, steps[i].method, 1);
		json_auto_t *again = task_calls_get(&client, &ann, 1);

		expect_member(task, "status", steps[i].status);
		(void)text_at(task, steps[i].present);
		expect_absent(task, steps[i].absent);
		assert_int_equal(integer_at(task, "version"), i + 2);
		expect_same_task(task, again);
	}
}

static void a_state_that_forbids_the_act_is_a_conflict(void **state)
{
	static const struct {
		const char *before, *method;
	} cases[] = {
		{ NULL, "task.stop" },
		{ NULL, "task.restore" },
		{ "task.start", "task.start" },
		{ "task.done", "task.done" },
		{ "task.done", "task.start" },
		{ "task.delete", "task.delete" },
		{ "task.delete", "task.done" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_int_t id = person_add_task(&ann, &client, "one");

		if (cases[i].before)
			json_decref(task_calls_change(&client, &ann, cases[i].before, id));
		line_client_refused(&client, cases[i].method, person_params(&ann, "{s:I}", "id", id), "conflict", "id");
	}
}

static void a_filter_passes_over_what_the_act_does_not_fit(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;
	json_auto_t *none = NULL;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	json_decref(task_calls_change(&client, &ann, "task.start", 2));
	result = line_client_result(&client, "task.start", person_params(&ann, "{s:s}", "filter", ""));
	assert_int_equal(integer_at(result, "count"), 2);
	none = line_client_result(&client, "task.done", person_params(&ann, "{s:s}", "filter", "+nothing"));
	assert_int_equal(integer_at(none, "count"), 0);
	expect_member(none, "tasks", "[]");
	assert_int_equal(integer_at(none, "revision"), integer_at(result, "revision"));
}

/* --- several at once --- */

static void ids_are_changed_all_or_none(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	line_client_refused(
		&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 9), "not_found", "ids");
	assert_int_equal(task_calls_count(&client, &ann, "status:completed"), 0);
	json_decref(task_calls_change(&client, &ann, "task.done", 3));
	line_client_refused(
		&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 3), "conflict", "ids");
	assert_int_equal(task_calls_count(&client, &ann, "status:completed"), 1);
	result = line_client_result(&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 1));
	assert_int_equal(integer_at(result, "count"), 2);
	assert_int_equal(task_calls_count(&client, &ann, "status:completed"), 3);
}

/* In portions: the daemon reads no more while its replies wait for us. */
static void add_many(struct line_client *client, const struct person *person, int count)
{
	const int portion = 100;

	for (int added = 0; added < count; added += portion) {
		for (int i = 0; i < portion; i++)
			line_client_request(client, "task.add", person_params(person, "{s:s}", "title", "one of many"));
		for (int i = 0; i < portion; i++)
			json_decref(line_client_read_json(client));
	}
}

static void a_large_change_is_done_whole_and_shows_a_hundred(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;
	const int count = 1500;

	task_calls_open(state, &client, &ann);
	add_many(&client, &ann, count);
	result = line_client_result(
		&client, "task.modify", person_params(&ann, "{s:s,s:[s]}", "filter", "", "add_tags", "all"));
	assert_int_equal(integer_at(result, "count"), count);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 100);
	assert_int_equal(task_calls_count(&client, &ann, "+all"), count);
}

/* --- dry runs --- */

static void a_dry_run_shows_what_would_be_and_changes_nothing(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *before = NULL;
	json_auto_t *dry = NULL;
	json_auto_t *after = NULL;
	json_auto_t *wet = NULL;

	task_calls_open(state, &client, &ann);
	before = task_calls_add(&client, person_params(&ann, "{s:s}", "title", "old"));
	dry = line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:b}", "filter", "", "title", "new", "dry_run", 1));
	expect_member(json_array_get(json_object_get(dry, "tasks"), 0), "title", "\"new\"");
	assert_int_equal(integer_at(dry, "count"), 1);
	after = task_calls_get(&client, &ann, 1);
	expect_same_task(before, after);
	wet = line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "new", "if_revision",
			integer_at(dry, "revision")));
	assert_int_equal(integer_at(wet, "revision"), integer_at(dry, "revision") + 1);
}

static void a_dry_add_takes_no_id(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *dry = NULL;

	task_calls_open(state, &client, &ann);
	dry = task_calls_add(&client, person_params(&ann, "{s:s,s:b}", "title", "maybe", "dry_run", 1));
	expect_member(dry, "title", "\"maybe\"");
	expect_absent(dry, "id");
	expect_absent(dry, "uuid");
	assert_int_equal(person_add_task(&ann, &client, "surely"), 1);
}

/* --- idempotency --- */

static void the_same_key_is_done_once_and_answered_the_same(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_CLIENT struct line_client later = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *first = NULL;
	json_auto_t *second = NULL;
	json_auto_t *third = NULL;

	task_calls_open(state, &client, &ann);
	first = task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1"));
	second = task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "idempotency_key", "k1", "title", "once"));
	assert_true(json_equal(first, second));
	test_daemon_stop(daemon);
	test_daemon_start(daemon, NULL);
	line_client_open(&later, daemon->socket);
	third = task_calls_add(&later, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1"));
	assert_true(json_equal(first, third));
	assert_int_equal(task_calls_count(&later, &ann, ""), 1);
}

static void the_same_key_for_something_else_is_a_conflict(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	json_decref(
		task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1")));
	line_client_refused(&client, "task.add",
		person_params(&ann, "{s:s,s:s}", "title", "other", "idempotency_key", "k1"), "conflict",
		"idempotency_key");
	line_client_refused(&client, "task.add",
		person_params(&ann, "{s:s,s:s,s:[s]}", "title", "once", "idempotency_key", "k1", "tags", "t"),
		"conflict", "idempotency_key");
	assert_int_equal(task_calls_count(&client, &ann, ""), 1);
}

static void a_key_belongs_to_its_account_and_its_method(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *bobs = NULL;

	task_calls_open(state, &client, &ann);
	person_join_new(&bob, &client);
	json_decref(
		task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "anns", "idempotency_key", "k1")));
	bobs = task_calls_add(&client, person_params(&bob, "{s:s,s:s}", "title", "bobs", "idempotency_key", "k1"));
	expect_member(bobs, "title", "\"bobs\"");
	json_decref(line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1")));
}

static void what_was_refused_may_be_tried_again_with_its_key(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	line_client_refused(&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1"),
		"not_found", "id");
	(void)person_add_task(&ann, &client, "here now");
	json_decref(line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1")));
}

static void twins_in_one_group_are_done_once(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 20; i++)
		line_client_request(&client, "task.add",
			person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "twin"));
	for (int i = 0; i < 20; i++) {
		json_auto_t *reply = line_client_read_json(&client);

		expect_member(json_object_get(json_object_get(reply, "result"), "task"), "id", "1");
	}
	assert_int_equal(task_calls_count(&client, &ann, ""), 1);
}

static void methods_that_change_no_task_take_no_key(void **state)
{
	static const char *const methods[] = { "task.list", "task.count", "account.me", "auth.logout" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		line_client_refused(&client, methods[i], person_params(&ann, "{s:s}", "idempotency_key", "k"),
			"invalid_params", "idempotency_key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_modified_changes_and_nothing_else),
		cmocka_unit_test(null_clears),
		cmocka_unit_test(tags_are_replaced_added_and_removed),
		cmocka_unit_test(a_change_says_exactly_what_it_is_for),
		cmocka_unit_test(a_stale_version_or_revision_is_a_conflict),
		cmocka_unit_test(a_task_goes_through_its_states),
		cmocka_unit_test(a_state_that_forbids_the_act_is_a_conflict),
		cmocka_unit_test(a_filter_passes_over_what_the_act_does_not_fit),
		cmocka_unit_test(ids_are_changed_all_or_none),
		cmocka_unit_test(a_large_change_is_done_whole_and_shows_a_hundred),
		cmocka_unit_test(a_dry_run_shows_what_would_be_and_changes_nothing),
		cmocka_unit_test(a_dry_add_takes_no_id),
		cmocka_unit_test(the_same_key_is_done_once_and_answered_the_same),
		cmocka_unit_test(the_same_key_for_something_else_is_a_conflict),
		cmocka_unit_test(a_key_belongs_to_its_account_and_its_method),
		cmocka_unit_test(what_was_refused_may_be_tried_again_with_its_key),
		cmocka_unit_test(twins_in_one_group_are_done_once),
		cmocka_unit_test(methods_that_change_no_task_take_no_key),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
