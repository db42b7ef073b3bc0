/* The history over the wire: what is undone is seen by all, once, and wholly or not at all. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

#define MANY 700 /* more than the loop changes by itself */

static json_t *call_history(
	struct line_client *client, const struct person *person, const char *method, const char *member, int value)
{
	return line_client_result(client, method, person_params(person, "{s:i}", member, value));
}

static json_int_t revision(struct line_client *client, const struct person *person)
{
	json_auto_t *page = line_client_result(
		client, "history.list", person_params(person, "{s:b,s:i}", "newest_first", 1, "limit", 1));
	const json_t *newest = json_array_get(json_object_get(page, "entries"), 0);

	return newest ? integer_at(newest, "revision") : 0;
}

static void what_is_undone_is_a_step_of_its_own_that_everybody_sees(void **state)
{
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *undone = NULL;
	json_auto_t *page = NULL;
	json_auto_t *task = NULL;
	const json_t *entry;

	task_calls_open(state, &client, &ann);
	line_client_open(&other, daemon->socket);
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "old", "due", FUTURE)));
	json_decref(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:s,s:n}", "id", 1, "title", "new", "due")));
	undone = call_history(&other, &ann, "history.undo", "steps", 1);
	expect_member(json_array_get(json_object_get(undone, "steps"), 0), "action", "\"modify\"");
	task = task_calls_get(&client, &ann, 1);
	expect_member(task, "title", "\"old\"");
	expect_member(task, "due", "\"" FUTURE "\"");
	expect_member(task, "version", "3");
	page = line_client_result(&other, "history.list", person_params(&ann, "{s:i,s:i}", "id", 1, "after", 1));
	entry = json_array_get(json_object_get(page, "entries"), 0);
	expect_member(entry, "undone", "true");
	expect_member(entry, "after", "{\"title\":\"new\",\"due\":null}");
	entry = json_array_get(json_object_get(page, "entries"), 1);
	expect_member(entry, "action", "\"undo\"");
	expect_member(entry, "after", "{\"title\":\"old\",\"due\":\"" FUTURE "\"}");
	expect_absent(entry, "undone");
	expect_absent(page, "next_after");
}

/* Sent in one go, they may share a commit, which a rehearsal and a refusal leave alone. */
static void a_rehearsal_harms_no_neighbour(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *first = NULL;
	json_auto_t *rehearsed = NULL;
	json_auto_t *refused = NULL;
	json_auto_t *last = NULL;

	task_calls_open(state, &client, &ann);
	line_client_request(&client, "task.add", person_params(&ann, "{s:s}", "title", "one"));
	line_client_request(&client, "history.undo", person_params(&ann, "{s:b}", "dry_run", 1));
	line_client_request(&client, "history.undo", person_params(&ann, "{s:i}", "step", 9));
	line_client_request(&client, "task.add", person_params(&ann, "{s:s}", "title", "two"));
	first = line_client_read_json(&client);
	rehearsed = line_client_read_json(&client);
	refused = line_client_read_json(&client);
	last = line_client_read_json(&client);
	expect_member(json_object_get(rehearsed, "result"), "removed", "[1]");
	assert_non_null(json_object_get(refused, "error"));
	assert_int_equal(task_calls_count(&client, &ann, ""), 2);
	assert_int_equal(revision(&client, &ann), 2);
	/* An undo that is repeated with its key is done once. */
	for (int i = 0; i < 2; i++)
		json_decref(line_client_result(
			&client, "history.undo", person_params(&ann, "{s:s}", "idempotency_key", "back")));
	assert_int_equal(task_calls_count(&client, &ann, ""), 1);
}

static void a_large_act_is_undone_while_others_are_served(void **state)
{
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *reply = NULL;

	task_calls_open(state, &client, &ann);
	line_client_open(&other, daemon->socket);
	person_join_new(&bob, &other);
	for (int i = 0; i < MANY; i++)
		line_client_request(&client, "task.add", person_params(&ann, "{s:s}", "title", "task"));
	for (int i = 0; i < MANY; i++)
		json_decref(line_client_read_json(&client));
	json_decref(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:s,s:[s]}", "filter", "", "add_tags", "all")));
	json_decref(line_client_result(&client, "history.undo", person_params(&ann, "{s:b}", "dry_run", 1)));
	assert_int_equal(task_calls_count(&client, &ann, "+all"), MANY);
	line_client_request(&client, "history.undo", person_params(&ann, "{}"));
	(void)person_add_task(&bob, &other, "meanwhile");
	reply = line_client_read_json(&client);
	assert_int_equal(integer_at(json_object_get(reply, "result"), "count"), MANY);
	assert_int_equal(task_calls_count(&client, &ann, "+all"), 0);
	assert_int_equal(task_calls_count(&client, &ann, ""), MANY);
	json_decref(line_client_result(&client, "history.undo", person_params(&ann, "{s:i}", "steps", 1000)));
	assert_int_equal(task_calls_count(&client, &ann, "status:all"), 0);
	json_decref(line_client_result(&client, "history.redo", person_params(&ann, "{s:i}", "steps", 1000)));
	assert_int_equal(task_calls_count(&client, &ann, "+all"), MANY);
	assert_int_equal(task_calls_count(&other, &bob, ""), 1);
}

/* Two sessions at once, each of which takes back what is newest, whoever did it: no act is lost or taken back twice. */
static void acts_and_undos_of_two_sessions_interleave(void **state)
{
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	struct line_client *clients[] = { &client, &other };
	json_int_t done = 0, undone = 0;

	task_calls_open(state, &client, &ann);
	line_client_open(&other, daemon->socket);
	for (int i = 0; i < 100; i++) {
		for (int k = 0; k < 2; k++)
			line_client_request(clients[k], "task.add", person_params(&ann, "{s:s}", "title", "task"));
		for (int k = 0; k < 2; k++)
			line_client_request(clients[k], "history.undo", person_params(&ann, "{}"));
		for (int k = 0; k < 4; k++) {
			json_auto_t *reply = line_client_read_json(clients[k % 2]);

			assert_non_null(json_object_get(reply, "result"));
			done += k < 2;
			undone += k >= 2;
		}
	}
	assert_int_equal(task_calls_count(&client, &ann, ""), done - undone);
	assert_int_equal(revision(&client, &ann), done + undone);
}

static void the_history_is_read_and_changed_by_tokens_of_its_scopes(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *token = NULL;
	json_auto_t *page = NULL;
	const char *secret;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	token = line_client_result(&client, "token.create",
		person_params(&ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "reader", "scopes",
			"tasks:read"));
	secret = json_string_value(json_object_get(token, "token"));
	page = line_client_result(&client, "history.list", json_pack("{s:s}", "access_token", secret));
	assert_int_equal(json_array_size(json_object_get(page, "entries")), 1);
	line_client_refused(
		&client, "history.undo", json_pack("{s:s}", "access_token", secret), "forbidden", "access_token");
	line_client_refused(
		&client, "history.redo", json_pack("{s:s}", "access_token", secret), "forbidden", "access_token");
}

static void an_entry_names_the_token_that_made_it_while_there_is_one(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *token = NULL;
	json_auto_t *named = NULL;
	json_auto_t *unnamed = NULL;

	task_calls_open(state, &client, &ann);
	token = line_client_result(&client, "token.create",
		person_params(&ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script", "scopes",
			"tasks:write"));
	json_decref(line_client_result(&client, "task.add",
		json_pack("{s:O,s:s}", "access_token", json_object_get(token, "token"), "title", "by a script")));
	named = line_client_result(&client, "history.list", person_params(&ann, "{}"));
	expect_member(json_array_get(json_object_get(named, "entries"), 0), "actor_name", "\"script\"");
	json_decref(line_client_result(&client, "token.revoke", person_params(&ann, "{s:s}", "name", "script")));
	unnamed = line_client_result(&client, "history.list", person_params(&ann, "{}"));
	expect_absent(json_array_get(json_object_get(unnamed, "entries"), 0), "actor_name");
	json_decref(line_client_result(&client, "history.undo", person_params(&ann, "{}")));
	assert_int_equal(task_calls_count(&client, &ann, ""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_undone_is_a_step_of_its_own_that_everybody_sees),
		cmocka_unit_test(a_rehearsal_harms_no_neighbour),
		cmocka_unit_test(a_large_act_is_undone_while_others_are_served),
		cmocka_unit_test(acts_and_undos_of_two_sessions_interleave),
		cmocka_unit_test(the_history_is_read_and_changed_by_tokens_of_its_scopes),
		cmocka_unit_test(an_entry_names_the_token_that_made_it_while_there_is_one),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
