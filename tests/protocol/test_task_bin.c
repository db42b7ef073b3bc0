/* The bin over the wire: what goes there by itself, and what goes for good. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <string.h>

#define PASSED     "2020-01-01T00:00:00Z"
#define AT_ONCE_MS 20000 /* far less than the minute after which a job runs at the latest */
#define MANY       450

static void restart(struct scene *scene)
{
	line_client_close(&scene->client);
	test_daemon_stop(&scene->daemon);
	test_daemon_start(&scene->daemon, NULL);
	line_client_open(&scene->client, scene->daemon.socket);
}

static bool is_deleted(struct scene *scene, json_int_t id)
{
	json_auto_t *task = task_calls_get(&scene->client, &scene->ann, id);

	return !strcmp(text_at(task, "status"), "deleted");
}

static void what_passed_while_nobody_ran_goes_to_the_bin_at_the_start(void **state)
{
	struct scene *scene = *state;
	int64_t deadline;
	json_auto_t *task = task_calls_add(
		&scene->client, person_params(&scene->ann, "{s:s,s:s}", "title", "too late", "until", PASSED));
	json_int_t id = integer_at(task, "id");

	restart(scene);
	deadline = test_now_ms() + AT_ONCE_MS;
	while (!is_deleted(scene, id))
		assert_true(test_now_ms() < deadline);
}

/* More than the loop would do: in the pool, and in one step. */
static void a_large_bin_is_emptied(void **state)
{
	struct scene *scene = *state;
	json_auto_t *deleted = NULL;
	json_auto_t *purged = NULL;

	for (int i = 0; i < MANY; i++)
		json_decref(task_calls_add(
			&scene->client, person_params(&scene->ann, "{s:s,s:s}", "title", "to go", "project", "going")));
	deleted = line_client_result(
		&scene->client, "task.delete", person_params(&scene->ann, "{s:s}", "filter", "project:going"));
	assert_int_equal(integer_at(deleted, "count"), MANY);
	line_client_refused(
		&scene->client, "task.purge", person_params(&scene->ann, "{s:i}", "id", 999999), "not_found", "id");
	purged = line_client_result(&scene->client, "task.purge",
		person_params(&scene->ann, "{s:s}", "filter", "status:deleted project:going"));
	assert_int_equal(integer_at(purged, "count"), MANY);
	assert_int_equal(task_calls_count(&scene->client, &scene->ann, "status:all project:going"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_passed_while_nobody_ran_goes_to_the_bin_at_the_start),
		cmocka_unit_test(a_large_bin_is_emptied),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
