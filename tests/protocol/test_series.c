/* Series over the wire: what fell due while nobody ran is made at the start, and once. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <time.h>

#define AT_ONCE_MS 20000

static void restart(struct scene *scene)
{
	line_client_close(&scene->client);
	test_daemon_stop(&scene->daemon);
	test_daemon_start(&scene->daemon, NULL);
	line_client_open(&scene->client, scene->daemon.socket);
}

static void write_time(time_t seconds, char ret_text[32])
{
	struct tm utc;

	assert_non_null(gmtime_r(&seconds, &utc));
	assert_true(strftime(ret_text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc) > 0);
}

static void wait_until_past(time_t due)
{
	while (time(NULL) <= due)
		(void)nanosleep(&(struct timespec){ .tv_nsec = 50000000 }, NULL);
}

static void expect_one(struct scene *scene)
{
	int64_t deadline = test_now_ms() + AT_ONCE_MS;

	while (task_calls_count(&scene->client, &scene->ann, "+INSTANCE") != 1)
		assert_true(test_now_ms() < deadline);
}

static void what_fell_due_while_nobody_ran_is_made_at_the_start(void **state)
{
	struct scene *scene = *state;
	time_t due = time(NULL) + 2;
	char text[32];
	json_auto_t *task = NULL;
	json_auto_t *next = NULL;

	write_time(due, text);
	task = task_calls_add(&scene->client,
		person_params(&scene->ann, "{s:s,s:s,s:s}", "title", "stretch", "due", text, "recur", "daily"));
	json_decref(task_calls_change(&scene->client, &scene->ann, "task.done", integer_at(task, "id")));
	wait_until_past(due);
	restart(scene);
	expect_one(scene);
	restart(scene);
	expect_one(scene);
	assert_int_equal(task_calls_count(&scene->client, &scene->ann, "status:all series.any:"), 2);
	next = task_calls_get(&scene->client, &scene->ann, integer_at(task, "id") + 1);
	write_time(due + 86400, text);
	assert_string_equal(text_at(next, "due"), text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_fell_due_while_nobody_ran_is_made_at_the_start),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
