/* Dependencies, parts, annotations and custom fields over the wire. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

static void what_a_task_depends_on_blocks_it_until_it_is_done(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *wall = NULL;
	json_auto_t *paint = NULL;
	json_auto_t *after = NULL;

	task_calls_open(state, &client, &ann);
	wall = task_calls_add(&client, person_params(&ann, "{s:s}", "title", "Build the wall"));
	paint = task_calls_add(
		&client, person_params(&ann, "{s:s,s:[s]}", "title", "Paint it", "depends", text_at(wall, "uuid")));
	expect_member(paint, "depends", "[1]");
	expect_member(paint, "blocked", "true");
	json_decref(wall);
	wall = task_calls_get(&client, &ann, 1);
	expect_member(wall, "blocking", "true");
	expect_member(wall, "version", "1");
	json_decref(task_calls_change(&client, &ann, "task.done", 1));
	after = task_calls_get(&client, &ann, 2);
	expect_absent(after, "blocked");
	expect_member(after, "version", "1");
}

static void a_cycle_is_a_conflict_that_tells_the_way(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *error = NULL;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	json_decref(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:[i]}", "id", 1, "add_depends", 2)));
	json_decref(line_client_result(&client, "task.modify", person_params(&ann, "{s:i,s:i}", "id", 3, "parent", 2)));
	error = line_client_error(
		&client, "task.modify", person_params(&ann, "{s:i,s:[i]}", "id", 3, "depends", 1), "conflict");
	assert_string_equal(text_at(error, "message"), "task 3 would depend on itself: 3 → 1 → 2 → 3");
	assert_string_equal(text_at(json_object_get(error, "data"), "field"), "depends");
}

static void children_are_asked_about_and_follow(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *parent = NULL;
	json_auto_t *done = NULL;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "the whole");
	for (int i = 0; i < 2; i++)
		json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:i}", "title", "a part", "parent", 1)));
	parent = task_calls_get(&client, &ann, 1);
	expect_member(parent, "children", "{\"total\":2,\"open\":2}");
	line_client_refused(&client, "task.done", person_params(&ann, "{s:i}", "id", 1), "conflict", "children");
	line_client_refused(&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "children", "perhaps"),
		"invalid_params", "children");
	assert_int_equal(task_calls_count(&client, &ann, ""), 3);
	done = line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "children", "complete"));
	assert_int_equal(integer_at(done, "count"), 3);
	expect_member(json_array_get(json_object_get(done, "tasks"), 0), "children", "{\"total\":2,\"open\":0}");
	assert_int_equal(task_calls_count(&client, &ann, "status:completed"), 3);
}

/* In portions: the daemon reads no more while its replies wait for us. */
static void add_parts(struct line_client *client, const struct person *person, int count)
{
	const int portion = 100;

	for (int added = 0; added < count; added += portion) {
		for (int i = 0; i < portion; i++)
			line_client_request(client, "task.add",
				person_params(person, "{s:s,s:i,s:[i]}", "title", "a part", "parent", 1, "depends", 2));
		for (int i = 0; i < portion; i++)
			json_decref(line_client_read_json(client));
	}
}

static void many_children_follow_in_one_go(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *done = NULL;
	json_auto_t *blocker = NULL;
	const int count = 1200;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "the whole");
	(void)person_add_task(&ann, &client, "what all wait for");
	add_parts(&client, &ann, count);
	done = line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "children", "complete"));
	assert_int_equal(integer_at(done, "count"), count + 1);
	blocker = task_calls_get(&client, &ann, 2);
	expect_absent(blocker, "blocking");
	json_decref(line_client_result(
		&client, "task.restore", person_params(&ann, "{s:s}", "filter", "status:completed")));
	json_decref(task_calls_change(&client, &ann, "task.done", 2)); /* touches each of them */
	assert_int_equal(task_calls_count(&client, &ann, ""), count + 1);
}

static void remarks_come_with_their_time(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;
	json_auto_t *after = NULL;
	const json_t *annotation;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	task = task_calls_task(line_client_result(
		&client, "task.annotate", person_params(&ann, "{s:i,s:s}", "id", 1, "text", "called, no answer")));
	annotation = json_array_get(json_object_get(task, "annotations"), 0);
	assert_string_equal(text_at(annotation, "text"), "called, no answer");
	assert_string_equal(text_at(annotation, "at"), text_at(task, "modified"));
	line_client_refused(&client, "task.denotate", person_params(&ann, "{s:i,s:s}", "id", 1, "text", "wrote"),
		"conflict", "text");
	after = task_calls_task(line_client_result(
		&client, "task.denotate", person_params(&ann, "{s:i,s:s}", "id", 1, "text", "no answer")));
	expect_absent(after, "annotations");
}

static json_t *define(const struct person *person, const char *name, const char *type)
{
	return person_params(person, "{s:s,s:s}", "name", name, "type", type);
}

static void custom_fields_are_declared_used_and_done_away_with(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *task = NULL;
	json_auto_t *fields = NULL;
	json_auto_t *bobs = NULL;

	task_calls_open(state, &client, &ann);
	person_join_new(&bob, &client);
	json_decref(line_client_result(&client, "field.define", define(&ann, "cost", "number")));
	json_decref(line_client_result(&client, "field.define", define(&ann, "effort", "duration")));
	line_client_refused(&client, "field.define", define(&ann, "status", "string"), "invalid_params", "name");
	task = task_calls_add(&client,
		person_params(&ann, "{s:s,s:{s:f,s:s}}", "title", "x", "fields", "cost", 12.5, "effort", "1h 30min"));
	expect_member(task, "fields", "{\"cost\":12.5,\"effort\":\"PT5400S\"}");
	line_client_refused(&client, "task.add",
		person_params(&bob, "{s:s,s:{s:i}}", "title", "x", "fields", "cost", 1), "invalid_params", "fields");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:{s:s}}", "id", 1, "fields", "cost", "much"), "invalid_params",
		"fields.cost");
	line_client_refused(&client, "field.delete", person_params(&ann, "{s:s}", "name", "cost"), "conflict", "name");
	json_decref(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:{s:n}}", "id", 1, "fields", "cost")));
	json_decref(line_client_result(&client, "field.delete", person_params(&ann, "{s:s}", "name", "cost")));
	fields = line_client_result(&client, "field.list", person_params(&ann, "{}"));
	expect_member(fields, "fields", "[{\"name\":\"effort\",\"type\":\"duration\"}]");
	bobs = line_client_result(&client, "field.list", person_params(&bob, "{}"));
	expect_member(bobs, "fields", "[]");
}

static void what_is_shown_of_a_task_is_exported_of_it(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;
	json_t *page;

	task_calls_open(state, &client, &ann);
	json_decref(line_client_result(&client, "field.define", define(&ann, "seen", "date")));
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s}", "title", "first")));
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:i,s:[],s:{s:s}}", "title", "second", "parent",
						    1, "depends", "fields", "seen", PAST)));
	task = task_calls_task(line_client_result(
		&client, "task.annotate", person_params(&ann, "{s:i,s:s}", "id", 2, "text", "seen")));
	page = line_client_result(&client, "account.export", person_params(&ann, "{s:s}", "password", PERSON_PASSWORD));
	while (strcmp(text_at(page, "section"), "tasks") != 0) {
		json_t *next = line_client_result(&client, "account.export",
			person_params(&ann, "{s:s}", "cursor", text_at(page, "next_cursor")));

		json_decref(page);
		page = next;
	}
	expect_member(task, "fields", "{\"seen\":\"" PAST "\"}");
	expect_same_task(json_array_get(json_object_get(page, "items"), 1), task);
	json_decref(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_task_depends_on_blocks_it_until_it_is_done),
		cmocka_unit_test(a_cycle_is_a_conflict_that_tells_the_way),
		cmocka_unit_test(children_are_asked_about_and_follow),
		cmocka_unit_test(many_children_follow_in_one_go),
		cmocka_unit_test(remarks_come_with_their_time),
		cmocka_unit_test(custom_fields_are_declared_used_and_done_away_with),
		cmocka_unit_test(what_is_shown_of_a_task_is_exported_of_it),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
