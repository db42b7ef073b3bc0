/* Rotation of the signing keys: what it ends, what it does not, under load, over restarts, and with no room on the
 * disk. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NO_CREDENTIALS "Could not validate credentials"
#define NEW_PASSWORD   "a brand new phrase"

static json_t *with_token(const char *token)
{
	return json_pack("{s:s}", "access_token", token);
}

static json_t *refresh_with(const char *token)
{
	return json_pack("{s:s}", "refresh_token", token);
}

static void expect_in(struct line_client *client, const char *token)
{
	json_decref(line_client_result(client, "account.me", with_token(token)));
}

static void expect_out(struct line_client *client, const char *token)
{
	json_auto_t *error = line_client_error(client, "account.me", with_token(token), "unauthenticated");

	assert_string_equal(text_at(error, "message"), NO_CREDENTIALS);
}

static json_t *rotate(struct line_client *client, bool revoke_old)
{
	return line_client_result(
		client, "system.rotate_keys", json_pack("{s:b,s:b}", "operator", 1, "revoke_old", revoke_old));
}

static json_t *describe_keys(struct line_client *client)
{
	json_auto_t *status = line_client_result(client, "system.status", json_pack("{s:b}", "operator", 1));

	return json_incref(json_object_get(status, "keys"));
}

static void keys_path(const struct test_daemon *daemon, char *ret_path)
{
	(void)test_daemon_path(daemon, "data/keys.json", ret_path);
}

/* --- what it ends --- */

static void a_token_from_before_a_rotation_still_works(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	json_auto_t *before = describe_keys(&scene->client);
	json_auto_t *rotated = NULL;
	json_auto_t *after = NULL;
	json_auto_t *grant = NULL;

	line_client_open(&there, scene->daemon.socket);
	expect_in(&there, scene->ann.access_token);
	rotated = rotate(&scene->client, false);
	after = describe_keys(&scene->client);
	assert_string_not_equal(text_at(rotated, "kid"), text_at(before, "active_kid"));
	assert_string_equal(text_at(rotated, "kid"), text_at(after, "active_kid"));
	assert_int_equal(integer_at(after, "count"), integer_at(before, "count") + 1);
	(void)text_at(rotated, "old_valid_until");
	expect_in(&there, scene->ann.access_token);
	expect_in(&scene->client, scene->ann.access_token);
	grant = line_client_result(&there, "auth.refresh", refresh_with(scene->ann.refresh_token));
	expect_in(&there, text_at(grant, "access_token"));
	/* A restart finds both keys. */
	test_daemon_stop(&scene->daemon);
	test_daemon_start(&scene->daemon, NULL);
	line_client_close(&there);
	line_client_open(&there, scene->daemon.socket);
	expect_in(&there, scene->ann.access_token);
	expect_in(&there, text_at(grant, "access_token"));
}

static void one_that_revokes_ends_access_tokens_at_once_and_nothing_else(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	json_auto_t *made = line_client_result(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script", "scopes",
			"tasks:read"));
	json_auto_t *rotated = NULL;
	json_auto_t *grant = NULL;
	json_auto_t *said = NULL;

	line_client_open(&there, scene->daemon.socket);
	/* Both connections have the token in mind. */
	expect_in(&there, scene->ann.access_token);
	expect_in(&scene->client, scene->ann.access_token);
	rotated = rotate(&there, true);
	assert_int_equal(integer_at(rotated, "keys"), 1);
	assert_null(json_object_get(rotated, "old_valid_until"));
	expect_out(&there, scene->ann.access_token);
	expect_out(&scene->client, scene->ann.access_token);
	said = line_client_result(&there, "auth.introspect", json_pack("{s:s}", "token", scene->ann.access_token));
	assert_true(json_is_false(json_object_get(said, "active")));
	expect_in(&there, text_at(made, "token"));
	grant = line_client_result(&there, "auth.refresh", refresh_with(scene->ann.refresh_token));
	expect_in(&scene->client, text_at(grant, "access_token"));
	test_daemon_stop(&scene->daemon);
	test_daemon_start(&scene->daemon, NULL);
	line_client_close(&there);
	line_client_open(&there, scene->daemon.socket);
	expect_out(&there, scene->ann.access_token);
	expect_in(&there, text_at(grant, "access_token"));
}

/* --- under load --- */

#define CLIENTS 16u

/* Half a minute of them, a second apart, where it was asked for. */
static bool is_long(void)
{
	return getenv("TASKCTL_LONG_TESTS") != NULL;
}

struct load {
	const struct test_daemon *daemon;
	atomic_bool is_over;
	atomic_uint calls;
	atomic_uint looks; /* at the file of the keys */
	pthread_mutex_t mutex;
	char finding[512]; /* the first thing that should not have been */
};

struct caller {
	pthread_t thread;
	struct load *load;
	struct line_client client;
	struct person person;
};

static void note_finding(struct load *load, const char *what, const json_t *reply)
{
	char *text = reply ? json_dumps(reply, JSON_COMPACT) : NULL;

	(void)pthread_mutex_lock(&load->mutex);
	if (!load->finding[0])
		(void)snprintf(load->finding, sizeof(load->finding), "%s: %.400s", what, text ? text : "");
	(void)pthread_mutex_unlock(&load->mutex);
	free(text);
}

static void reconnect(struct caller *caller)
{
	const struct timespec pause = { .tv_nsec = 2000000 };

	line_client_close(&caller->client);
	while (!caller->load->is_over && !line_client_try_open(&caller->client, caller->load->daemon->socket))
		(void)nanosleep(&pause, NULL);
}

static bool is_of_kind(const json_t *reply, const char *kind)
{
	const json_t *data = json_object_get(json_object_get(reply, "error"), "data");
	const char *found = json_string_value(json_object_get(data, "kind"));

	return found && strcmp(found, kind) == 0;
}

/* The result, or NULL when the daemon went for a restart meanwhile; anything else is a finding. */
static json_t *call(struct caller *caller, const char *method, json_t *params)
{
	json_auto_t *reply =
		caller->client.fd < 0 ? NULL : line_client_try_call(&caller->client, method, json_incref(params));
	json_t *result = json_incref(json_object_get(reply, "result"));

	json_decref(params);
	if (result)
		atomic_fetch_add(&caller->load->calls, 1);
	else if (!reply || is_of_kind(reply, "unavailable"))
		reconnect(caller);
	else
		note_finding(caller->load, method, reply);
	return result;
}

static json_t *token_params(const struct caller *caller)
{
	return with_token(caller->person.access_token);
}

static void refresh(struct caller *caller)
{
	json_auto_t *grant = call(caller, "auth.refresh", refresh_with(caller->person.refresh_token));
	const char *token = json_string_value(json_object_get(grant, "access_token"));

	if (!token)
		return;
	free(caller->person.access_token);
	caller->person.access_token = memory_strdup(token);
}

static void *call_until_over(void *argument)
{
	struct caller *caller = argument;

	for (unsigned round = 0; !caller->load->is_over; round++) {
		json_t *task = token_params(caller);

		json_decref(call(caller, "account.me", token_params(caller)));
		(void)json_object_set_new(task, "title", json_string("under load"));
		json_decref(call(caller, "task.add", task));
		/* Now and then, so that a token lives over a rotation too. */
		if (round % 8 == 0)
			refresh(caller);
	}
	return NULL;
}

/* Whole, valid, and nobody else's to read, at every look. */
static void check_keys_file(struct load *load, const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat found;
	json_auto_t *root = NULL;

	if (fd < 0 || fstat(fd, &found))
		note_finding(load, "keys.json is not there", NULL);
	else if ((found.st_mode & 07777) != 0600)
		note_finding(load, "keys.json has another mode", NULL);
	else if (!(root = json_loadfd(fd, JSON_REJECT_DUPLICATES, NULL)) ||
		 !json_array_size(json_object_get(root, "keys")))
		note_finding(load, "keys.json is not whole", root);
	atomic_fetch_add(&load->looks, 1);
}

static void check_fresh_file(struct load *load, const char *path)
{
	struct stat found;

	if (lstat(path, &found) == 0 && (found.st_mode & 07777 & ~0600u))
		note_finding(load, "the file that becomes keys.json is open to others", NULL);
}

static void *watch_until_over(void *argument)
{
	const struct timespec pause = { .tv_nsec = 500000 };
	struct load *load = argument;
	char path[TEST_PATH_SIZE], fresh[TEST_PATH_SIZE + 8];

	keys_path(load->daemon, path);
	(void)snprintf(fresh, sizeof(fresh), "%s.new", path);
	while (!load->is_over) {
		check_keys_file(load, path);
		check_fresh_file(load, fresh);
		(void)nanosleep(&pause, NULL);
	}
	return NULL;
}

/* A pause, and until everybody has called meanwhile, however slow the machine. */
static void await_calls(struct load *load)
{
	const struct timespec pause = { .tv_sec = is_long() ? 1 : 0, .tv_nsec = is_long() ? 0 : 100000000 };
	int64_t deadline = test_now_ms() + TEST_PATIENCE_MS;
	unsigned before = load->calls;

	do {
		(void)nanosleep(&pause, NULL);
		if (test_now_ms() > deadline)
			fail_msg("nobody is served any more; first finding: %s", load->finding);
	} while (load->calls < before + CLIENTS);
}

static void open_callers(struct load *load, struct scene *scene, struct caller callers[CLIENTS])
{
	for (size_t i = 0; i < CLIENTS; i++) {
		callers[i] = (struct caller){ .load = load, .client.fd = -1 };
		person_join_new(&callers[i].person, &scene->client);
		line_client_open(&callers[i].client, scene->daemon.socket);
	}
	for (size_t i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_create(&callers[i].thread, NULL, call_until_over, &callers[i]), 0);
}

static void close_callers(struct caller callers[CLIENTS])
{
	for (size_t i = 0; i < CLIENTS; i++) {
		assert_int_equal(pthread_join(callers[i].thread, NULL), 0);
		line_client_close(&callers[i].client);
		person_deinit(&callers[i].person);
	}
}

static void restart(struct scene *scene)
{
	line_client_close(&scene->client);
	test_daemon_stop(&scene->daemon);
	test_daemon_start(&scene->daemon, NULL);
	line_client_open(&scene->client, scene->daemon.socket);
}

static void rotate_again_and_again(struct scene *scene, struct load *load, unsigned count)
{
	for (unsigned i = 0; i < count && !load->finding[0]; i++) {
		json_decref(rotate(&scene->client, false));
		if (i % 5 == 2)
			test_daemon_signal(&scene->daemon, SIGHUP);
		if (i == count / 2)
			restart(scene);
		await_calls(load);
	}
}

static void while_keys_rotate_and_the_daemon_restarts_no_valid_request_is_refused(void **state)
{
	struct scene *scene = *state;
	struct load load = { .daemon = &scene->daemon, .mutex = PTHREAD_MUTEX_INITIALIZER };
	struct caller callers[CLIENTS];
	json_auto_t *keys = NULL;
	pthread_t watcher;
	unsigned count = is_long() ? 30 : 40;

	open_callers(&load, scene, callers);
	assert_int_equal(pthread_create(&watcher, NULL, watch_until_over, &load), 0);
	rotate_again_and_again(scene, &load, count);
	load.is_over = true;
	close_callers(callers);
	assert_int_equal(pthread_join(watcher, NULL), 0);
	if (load.finding[0])
		fail_msg("%s", load.finding);
	assert_true(load.looks > 0);
	keys = describe_keys(&scene->client);
	assert_int_equal(integer_at(keys, "count"), count + 1);
	/* The very first token too is still good. */
	expect_in(&scene->client, scene->ann.access_token);
	print_message("%u calls, %u looks at keys.json, %u rotations\n", load.calls, load.looks, count);
}

/* --- no room --- */

/* From now on no file of the daemon can grow over so many bytes, as on a full disk. */
static void limit_files(const struct scene *scene, rlim_t bytes)
{
	const struct rlimit limit = { bytes, RLIM_INFINITY };

	assert_int_equal(prlimit(scene->daemon.pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

static char *read_keys(const struct scene *scene)
{
	char path[TEST_PATH_SIZE];
	AUTO_CLOSE int fd = -1;
	char *text = memory_array(1, 65536);

	keys_path(&scene->daemon, path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_true(read(fd, text, 65535) > 0);
	return text;
}

static void expect_nothing_left_behind(const struct scene *scene)
{
	char path[TEST_PATH_SIZE], fresh[TEST_PATH_SIZE + 8];

	keys_path(&scene->daemon, path);
	(void)snprintf(fresh, sizeof(fresh), "%s.new", path);
	assert_int_equal(access(fresh, F_OK), -1);
}

/* With both ways of rotating, and with room for nothing, for a part of the file, and for all of it but the record. */
static void a_rotation_that_finds_no_room_leaves_the_old_keys_in_force(void **state)
{
	static const rlim_t limits[] = { 0, 64, 4096 };
	struct scene *scene = *state;
	json_auto_t *before = describe_keys(&scene->client);
	AUTO_FREE char *file = read_keys(scene);

	for (size_t i = 0; i < 2 * COUNT_OF(limits); i++) {
		json_auto_t *after = NULL;
		AUTO_FREE char *file_after = NULL;

		limit_files(scene, limits[i / 2]);
		line_client_refused(&scene->client, "system.rotate_keys",
			json_pack("{s:b,s:b}", "operator", 1, "revoke_old", i % 2), "storage", NULL);
		after = describe_keys(&scene->client);
		file_after = read_keys(scene);
		if (!json_equal(before, after) || strcmp(file, file_after) != 0)
			fail_msg("with room for %d bytes the keys changed", (int)limits[i / 2]);
		expect_nothing_left_behind(scene);
		expect_in(&scene->client, scene->ann.access_token);
	}
	limit_files(scene, RLIM_INFINITY);
	json_decref(rotate(&scene->client, false));
	expect_in(&scene->client, scene->ann.access_token);
}

static json_t *credentials(const struct scene *scene, const char *password)
{
	return json_pack("{s:s,s:s}", "email", scene->ann.email, "password", password);
}

static void expect_old_password(struct scene *scene)
{
	expect_in(&scene->client, scene->ann.access_token);
	json_decref(line_client_result(&scene->client, "auth.refresh", refresh_with(scene->ann.refresh_token)));
	json_decref(line_client_result(&scene->client, "auth.login", credentials(scene, PERSON_PASSWORD)));
	json_decref(
		line_client_error(&scene->client, "auth.login", credentials(scene, NEW_PASSWORD), "unauthenticated"));
}

static void a_password_change_that_finds_no_room_leaves_the_old_one_in_force(void **state)
{
	struct scene *scene = *state;

	limit_files(scene, 4096);
	line_client_refused(&scene->client, "account.change_password",
		person_params(&scene->ann, "{s:s,s:s}", "password", PERSON_PASSWORD, "new_password", NEW_PASSWORD),
		"storage", NULL);
	expect_in(&scene->client, scene->ann.access_token);
	limit_files(scene, RLIM_INFINITY);
	expect_old_password(scene);
	restart(scene);
	expect_old_password(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_token_from_before_a_rotation_still_works, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			one_that_revokes_ends_access_tokens_at_once_and_nothing_else, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(while_keys_rotate_and_the_daemon_restarts_no_valid_request_is_refused,
			scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_rotation_that_finds_no_room_leaves_the_old_keys_in_force, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_password_change_that_finds_no_room_leaves_the_old_one_in_force, scene_setup, scene_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
