/* The numbers behind pictures over the wire: from the pool, of the account alone, for tokens that may read. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <string.h>

/* Of each method what a call needs. */
static const struct {
	const char *method, *key, *value, *other_key, *other_value;
} calls[] = {
	{ "task.calendar", "from", "today", "to", "tomorrow" },
	{ "task.burndown", "unit", "day", "filter", "" },
	{ "task.activity", "unit", "week", "week_start", "sunday" },
	{ "task.stats", "filter", "status:all", "timezone", "Asia/Tokyo" },
};

static json_t *call(struct line_client *client, const struct person *person, size_t i)
{
	return line_client_result(client, calls[i].method,
		person_params(
			person, "{s:s,s:s}", calls[i].key, calls[i].value, calls[i].other_key, calls[i].other_value));
}

static json_t *call_all(struct line_client *client, const struct person *person)
{
	json_t *results = json_array();

	for (size_t i = 0; i < COUNT_OF(calls); i++)
		json_array_append_new(results, call(client, person, i));
	return results;
}

/* One that was added is counted at once, also by a request that was sent before its reply was read. */
static void a_count_sees_what_was_written_before_it(void **state)
{
	struct scene *scene = *state;
	json_auto_t *added = NULL;
	json_auto_t *reply = NULL;

	line_client_request(&scene->client, "task.add", person_params(&scene->ann, "{s:s}", "title", "one"));
	line_client_request(&scene->client, "task.stats", person_params(&scene->ann, "{}"));
	added = line_client_read_json(&scene->client);
	reply = line_client_read_json(&scene->client);
	assert_non_null(json_object_get(added, "result"));
	assert_int_equal(integer_at(json_object_get(reply, "result"), "total"), 1);
}

static json_t *last_period(const json_t *result)
{
	const json_t *periods = json_object_get(result, "periods");

	assert_true(json_array_size(periods) > 0);
	return json_array_get(periods, json_array_size(periods) - 1);
}

static void what_others_do_changes_nothing(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *before = NULL;
	json_auto_t *after = NULL;

	person_join_new(&bob, &scene->client);
	before = call_all(&scene->client, &bob);
	json_decref(task_calls_add(
		&scene->client, person_params(&scene->ann, "{s:s,s:s}", "title", "two", "due", "today")));
	json_decref(task_calls_change(&scene->client, &scene->ann, "task.done", 1));
	after = call_all(&scene->client, &bob);
	assert_true(json_equal(before, after));
}

static void each_counts_what_the_account_did(void **state)
{
	struct scene *scene = *state;
	json_auto_t *calendar = call(&scene->client, &scene->ann, 0);
	json_auto_t *burndown = call(&scene->client, &scene->ann, 1);
	json_auto_t *activity = call(&scene->client, &scene->ann, 2);

	assert_int_equal(json_array_size(json_object_get(calendar, "days")), 1);
	expect_member(last_period(burndown), "pending", "1");
	expect_member(last_period(burndown), "started", "0");
	expect_member(last_period(burndown), "done", "1");
	expect_member(last_period(activity), "added", "2");
	expect_member(last_period(activity), "done", "1");
	expect_member(last_period(activity), "deleted", "0");
	expect_member(activity, "unit", "\"week\"");
}

static void a_token_that_may_read_reaches_them(void **state)
{
	struct scene *scene = *state;
	json_auto_t *token = line_client_result(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:[s],s:s}", "name", "charts", "scopes", "tasks:read", "password",
			PERSON_PASSWORD));
	struct person reader = { .access_token = strdup(text_at(token, "token")) };
	json_auto_t *mine = call_all(&scene->client, &scene->ann);
	json_auto_t *read = call_all(&scene->client, &reader);

	assert_true(json_equal(mine, read));
	free(reader.access_token);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_count_sees_what_was_written_before_it),
		cmocka_unit_test(what_others_do_changes_nothing),
		cmocka_unit_test(each_counts_what_the_account_did),
		cmocka_unit_test(a_token_that_may_read_reaches_them),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
