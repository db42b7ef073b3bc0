/* Calls about tasks, each one line in a test. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

void task_calls_open(void **state, struct line_client *client, struct person *person)
{
	const struct test_daemon *daemon = *state;

	line_client_open(client, daemon->socket);
	person_join_new(person, client);
}

json_t *task_calls_task(json_t *result)
{
	json_t *tasks = json_object_get(result, "tasks");
	json_t *task = json_object_get(result, "task");

	if (tasks)
		assert_int_equal(json_array_size(tasks), 1);
	task = json_incref(tasks ? json_array_get(tasks, 0) : task);
	assert_non_null(task);
	json_decref(result);
	return task;
}

json_t *task_calls_add(struct line_client *client, json_t *params)
{
	return task_calls_task(line_client_result(client, "task.add", params));
}

json_t *task_calls_get(struct line_client *client, const struct person *person, json_int_t id)
{
	return task_calls_task(line_client_result(client, "task.get", person_params(person, "{s:I}", "id", id)));
}

json_t *task_calls_change(struct line_client *client, const struct person *person, const char *method, json_int_t id)
{
	return task_calls_task(line_client_result(client, method, person_params(person, "{s:I}", "id", id)));
}

json_int_t task_calls_count(struct line_client *client, const struct person *person, const char *filter)
{
	json_auto_t *result =
		line_client_result(client, "task.count", person_params(person, "{s:s}", "filter", filter));

	return integer_at(result, "count");
}

void expect_same_task(const json_t *a, const json_t *b)
{
	json_auto_t *left = json_copy((json_t *)(uintptr_t)a);
	json_auto_t *right = json_copy((json_t *)(uintptr_t)b);

	(void)json_object_del(left, "urgency");
	(void)json_object_del(right, "urgency");
	assert_true(json_equal(left, right));
}

void expect_member(const json_t *found, const char *key, const char *text)
{
	json_auto_t *wanted = json_loads(text, JSON_DECODE_ANY, NULL);

	assert_non_null(wanted);
	if (!json_equal(json_object_get(found, key), wanted)) {
		AUTO_FREE char *whole = json_dumps(found, JSON_COMPACT);

		fail_msg("%s should be %s in %s", key, text, whole);
	}
}

void expect_absent(const json_t *task, const char *key)
{
	assert_null(json_object_get(task, key));
}
