/* Copies of a store: taken from a live daemon, put in place, and no longer the original. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define EXIT_CANNOT_START 1
#define EXIT_SECOND       3

static json_t *credentials(const struct person *person)
{
	return json_pack("{s:s,s:s}", "email", person->email, "password", PERSON_PASSWORD);
}

/* One start with these options behind the harness's own; the exit status. */
static int run_with(struct test_daemon *daemon, const char *option, const char *value)
{
	char script[512];

	(void)snprintf(script, sizeof(script), "exec \"$@\" %s %s%s%s", option, value ? "'" : "", value ? value : "",
		value ? "'" : "");
	return test_daemon_run(daemon,
		&(struct test_daemon_start){ .wrapper = (const char *const[]){ "sh", "-c", script, "sh", NULL } });
}

static char *take_backup(struct scene *scene)
{
	json_auto_t *backup = line_client_result(&scene->client, "system.backup", json_pack("{s:b}", "operator", 1));
	char path[TEST_PATH_SIZE];

	test_daemon_path(&scene->daemon, "copy.db", path);
	assert_int_equal(rename(text_at(backup, "path"), path), 0);
	return memory_strdup(path);
}

static void start_again(struct scene *scene, const struct test_daemon_start *start)
{
	line_client_close(&scene->client);
	test_daemon_start(&scene->daemon, start);
	line_client_open(&scene->client, scene->daemon.socket);
}

static void expect_out(struct scene *scene)
{
	json_decref(
		line_client_error(&scene->client, "account.me", person_params(&scene->ann, "{}"), "unauthenticated"));
	json_decref(line_client_error(&scene->client, "auth.refresh",
		json_pack("{s:s}", "refresh_token", scene->ann.refresh_token), "unauthenticated"));
}

static json_int_t count_tasks_after_login(struct scene *scene)
{
	json_auto_t *login = line_client_result(&scene->client, "auth.login", credentials(&scene->ann));
	json_auto_t *count = line_client_result(
		&scene->client, "task.count", json_pack("{s:s}", "access_token", text_at(login, "access_token")));

	return integer_at(count, "count");
}

static bool exists(const struct test_daemon *daemon, const char *name)
{
	char path[TEST_PATH_SIZE];
	struct stat found;

	(void)snprintf(path, sizeof(path), "%.120s/%s", daemon->data, name);
	return stat(path, &found) == 0;
}

static void a_backup_is_restored_with_its_tasks_and_passwords_and_without_its_sessions(void **state)
{
	struct scene *scene = *state;
	AUTO_FREE char *copy = NULL;

	(void)person_add_task(&scene->ann, &scene->client, "before the backup");
	copy = take_backup(scene);
	(void)person_add_task(&scene->ann, &scene->client, "after the backup");
	test_daemon_stop(&scene->daemon);
	assert_int_equal(run_with(&scene->daemon, "--restore", copy), 0);
	assert_true(exists(&scene->daemon, "taskd.db.before-restore"));
	start_again(scene, NULL);
	expect_out(scene);
	assert_int_equal(count_tasks_after_login(scene), 1);
	/* Once only: the next start keeps the sessions of this one. */
	person_deinit(&scene->ann);
	person_join_new(&scene->ann, &scene->client);
	test_daemon_stop(&scene->daemon);
	start_again(scene, NULL);
	json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
}

static void what_was_there_before_can_be_put_back(void **state)
{
	struct scene *scene = *state;
	AUTO_FREE char *copy = NULL;
	char before[TEST_PATH_SIZE];

	copy = take_backup(scene);
	(void)person_add_task(&scene->ann, &scene->client, "after the backup");
	test_daemon_kill(&scene->daemon);
	assert_int_equal(run_with(&scene->daemon, "--restore", copy), 0);
	(void)snprintf(before, sizeof(before), "%.120s/taskd.db.before-restore", scene->daemon.data);
	assert_int_equal(rename(before, copy), 0);
	assert_int_equal(run_with(&scene->daemon, "--restore", copy), 0);
	start_again(scene, NULL);
	assert_int_equal(count_tasks_after_login(scene), 1);
}

static void a_backup_starts_a_store_where_there_was_none(void **state)
{
	struct scene *scene = *state;
	AUTO_FREE char *copy = NULL;
	char command[512];

	(void)person_add_task(&scene->ann, &scene->client, "moved to another machine");
	copy = take_backup(scene);
	test_daemon_stop(&scene->daemon);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", scene->daemon.data);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
	assert_int_equal(run_with(&scene->daemon, "--restore", copy), 0);
	start_again(scene, NULL); /* keys are made anew */
	expect_out(scene);
	assert_int_equal(count_tasks_after_login(scene), 1);
}

static void a_raw_copy_is_made_a_store_of_its_own_when_that_is_said(void **state)
{
	struct scene *scene = *state;
	const char *const wrapper[] = { "sh", "-c", "exec \"$@\" --restored", "sh", NULL };

	test_daemon_stop(&scene->daemon);
	start_again(scene, NULL);
	json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
	test_daemon_stop(&scene->daemon);
	start_again(scene, &(struct test_daemon_start){ .wrapper = wrapper });
	expect_out(scene);
	assert_int_equal(count_tasks_after_login(scene), 0);
}

static void what_cannot_be_restored_changes_nothing(void **state)
{
	struct scene *scene = *state;
	AUTO_FREE char *copy = NULL;
	char other[TEST_PATH_SIZE], other_log[TEST_PATH_SIZE], command[640];

	copy = take_backup(scene);
	test_daemon_path(&scene->daemon, "other-log", other_log);
	(void)snprintf(command, sizeof(command), "'%s' --data '%s' --restore '%s' 2>'%s'", test_daemon_program(),
		scene->daemon.data, copy, other_log);
	assert_int_equal(WEXITSTATUS(system(command)), EXIT_SECOND); /* NOLINT(cert-env33-c): words of our own */
	test_daemon_stop(&scene->daemon);
	assert_int_equal(run_with(&scene->daemon, "--restore", "/nonexistent/file"), EXIT_CANNOT_START);
	assert_int_equal(run_with(&scene->daemon, "--restore", scene->daemon.log), EXIT_CANNOT_START);
	test_daemon_path(&scene->daemon, "other.db", other);
	(void)snprintf(command, sizeof(command), "sqlite3 '%s' 'CREATE TABLE t (a)'", other);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
	assert_int_equal(run_with(&scene->daemon, "--restore", other), EXIT_CANNOT_START);
	(void)snprintf(command, sizeof(command), "cp '%s' '%s' && sqlite3 '%s' 'PRAGMA user_version = 4711'", copy,
		other, other);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
	assert_int_equal(run_with(&scene->daemon, "--restore", other), EXIT_CANNOT_START);
	/* All of the third page: commit_probe's or a table's near it. */
	(void)snprintf(command, sizeof(command),
		"cp '%s' '%s' && head -c 4096 /dev/zero | tr '\\0' x | dd of='%s' bs=4096 seek=2 conv=notrunc "
		"status=none",
		copy, other, other);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
	assert_int_equal(run_with(&scene->daemon, "--restore", other), EXIT_CANNOT_START);
	assert_false(exists(&scene->daemon, "taskd.db.before-restore"));
	start_again(scene, NULL);
	json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_backup_is_restored_with_its_tasks_and_passwords_and_without_its_sessions),
		TEST(what_was_there_before_can_be_put_back),
		TEST(a_backup_starts_a_store_where_there_was_none),
		TEST(a_raw_copy_is_made_a_store_of_its_own_when_that_is_said),
		TEST(what_cannot_be_restored_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
