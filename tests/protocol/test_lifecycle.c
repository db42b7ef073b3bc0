/* Start, reload and end; what stops a start, and what a start leaves alone. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/wire.h"
#include "harness/cmocka_all.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define EXIT_CANNOT_START 1
#define EXIT_BAD_SETTINGS 2
#define EXIT_SECOND       3

static int make_daemon(void **state)
{
	struct test_daemon *daemon = memory_array(1, sizeof(*daemon));

	test_daemon_init(daemon);
	*state = daemon;
	return 0;
}

static int remove_daemon(void **state)
{
	test_daemon_deinit(*state);
	free(*state);
	return 0;
}

static void expect_served(const struct test_daemon *daemon)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, daemon->socket);
	json_decref(line_client_result(&client, "system.ping", NULL));
}

static void expect_refused_start(struct test_daemon *daemon, int status, const char *reason)
{
	assert_int_equal(test_daemon_run(daemon, NULL), status);
	if (!test_daemon_log_has(daemon, reason))
		fail_msg("the log does not say: %s", reason);
}

static mode_t mode_of(const char *path)
{
	struct stat found;

	if (stat(path, &found))
		fail_msg("%s: %s", path, strerror(errno));
	return found.st_mode & 07777;
}

static void write_file(const char *path, const void *bytes, size_t length)
{
	AUTO_FCLOSE FILE *file = fopen(path, "we");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
}

static void read_file(const char *path, struct buffer *out)
{
	AUTO_FCLOSE FILE *file = fopen(path, "re");
	char bytes[4096];
	size_t length;

	assert_non_null(file);
	buffer_init(out);
	while ((length = fread(bytes, 1, sizeof(bytes), file)) > 0)
		buffer_append(out, bytes, length);
}

static void run_sql(const char *database, const char *sql)
{
	char command[512];

	(void)snprintf(command, sizeof(command), "sqlite3 '%s' '%s' >/dev/null", database, sql);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
}

/* --- one instance --- */

static void a_second_daemon_for_the_same_data_leaves_it_to_the_first(void **state)
{
	struct test_daemon *daemon = *state;
	struct test_daemon second;

	test_daemon_start(daemon, NULL);
	test_daemon_init(&second);
	memcpy(second.data, daemon->data, sizeof(second.data));
	expect_refused_start(&second, EXIT_SECOND, daemon->data);
	expect_served(daemon);
	test_daemon_deinit(&second);
	test_daemon_stop(daemon);
}

static void a_live_socket_is_not_taken_from_its_daemon(void **state)
{
	struct test_daemon *daemon = *state;
	struct test_daemon second;

	test_daemon_start(daemon, NULL);
	test_daemon_init(&second);
	memcpy(second.socket, daemon->socket, sizeof(second.socket));
	expect_refused_start(&second, EXIT_SECOND, "a live daemon answers at");
	expect_served(daemon);
	test_daemon_deinit(&second);
	test_daemon_stop(daemon);
}

static void a_stale_socket_is_replaced(void **state)
{
	struct test_daemon *daemon = *state;

	test_daemon_start(daemon, NULL);
	test_daemon_kill(daemon);
	assert_int_equal(access(daemon->socket, F_OK), 0);
	test_daemon_start(daemon, NULL);
	expect_served(daemon);
	test_daemon_stop(daemon);
	assert_int_equal(access(daemon->socket, F_OK), -1);
}

static void a_file_at_the_sockets_place_stays(void **state)
{
	struct test_daemon *daemon = *state;
	struct buffer found;
	char folder[TEST_PATH_SIZE];

	assert_int_equal(mkdir(test_daemon_path(daemon, "run", folder), 0700), 0);
	write_file(daemon->socket, "mine", 4);
	expect_refused_start(daemon, EXIT_CANNOT_START, "is no socket");
	read_file(daemon->socket, &found);
	assert_int_equal(found.length, 4);
	buffer_deinit(&found);
}

static void only_the_owner_gets_at_what_is_made(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE];

	test_daemon_start(daemon, NULL);
	assert_int_equal(mode_of(daemon->socket), 0600);
	assert_int_equal(mode_of(test_daemon_path(daemon, "run", path)), 0700);
	assert_int_equal(mode_of(daemon->data), 0700);
	assert_int_equal(mode_of(test_daemon_path(daemon, "data/taskd.db", path)), 0600);
	assert_int_equal(mode_of(test_daemon_path(daemon, "data/keys.json", path)), 0600);
	test_daemon_stop(daemon);
}

/* --- the end --- */

#define PIPELINED 200

/* Adds, and a login in their midst that takes the pool its time. */
static void pipeline_work(const struct person *person, struct line_client *client)
{
	char title[32];

	for (int i = 0; i < PIPELINED; i++) {
		(void)snprintf(title, sizeof(title), "task %d", i);
		line_client_request(client, "task.add", person_params(person, "{s:s}", "title", title));
		if (i == PIPELINED / 2)
			line_client_request(client, "auth.login",
				json_pack("{s:s,s:s}", "email", person->email, "password", PERSON_PASSWORD));
	}
}

/* Replies until the end of the connection: how many tasks were acknowledged. */
static int count_acknowledged(struct line_client *client)
{
	char *line;
	int count = 0;

	while (line_client_try_read(client, TEST_PATIENCE_MS, &line, NULL)) {
		json_auto_t *reply = json_loads(line, 0, NULL);

		if (json_object_get(json_object_get(reply, "result"), "task"))
			count++;
		else if (json_object_get(reply, "error"))
			expect_error(reply, "unavailable");
		free(line);
	}
	return count;
}

static void on_sigterm_what_is_in_flight_is_answered(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { .email = "" };
	json_auto_t *counted = NULL;
	int acknowledged;

	test_daemon_start(daemon, NULL);
	line_client_open(&client, daemon->socket);
	person_join_new(&ann, &client);
	pipeline_work(&ann, &client);
	test_daemon_stop(daemon);
	acknowledged = count_acknowledged(&client);
	line_client_close(&client);
	test_daemon_start(daemon, NULL);
	line_client_open(&client, daemon->socket);
	counted = line_client_result(&client, "task.count", person_params(&ann, "{}"));
	assert_int_equal(integer_at(counted, "count"), acknowledged);
	test_daemon_stop(daemon);
}

static void clients_that_only_wait_do_not_hold_the_end_up(void **state)
{
	struct test_daemon *daemon = *state;
	struct line_client clients[50];

	test_daemon_start(daemon, NULL);
	for (size_t i = 0; i < COUNT_OF(clients); i++)
		line_client_open(&clients[i], daemon->socket);
	line_client_send(&clients[0], "{\"jsonrpc\":", 11);
	expect_served(daemon);
	test_daemon_stop(daemon);
	for (size_t i = 0; i < COUNT_OF(clients); i++)
		line_client_close(&clients[i]);
}

static void with_idle_exit_it_goes_when_nobody_is_connected(void **state)
{
	struct test_daemon *daemon = *state;

	test_daemon_start(daemon, &(struct test_daemon_start){ .settings = "idle_exit_seconds = 1\n" });
	assert_int_equal(test_daemon_wait(daemon, TEST_PATIENCE_MS), 0);
	assert_true(test_daemon_log_has(daemon, "nobody has been connected"));
}

/* --- reload --- */

static void reload(const struct test_daemon *daemon, const char *settings, const char *outcome)
{
	test_daemon_write_settings(daemon, settings);
	test_daemon_signal(daemon, SIGHUP);
	test_daemon_await_log(daemon, outcome);
}

static void sign_up(struct line_client *client, const char *email, const char *kind)
{
	json_t *params = json_pack("{s:s,s:s}", "email", email, "password", PERSON_PASSWORD);

	if (kind)
		line_client_refused(client, "account.signup", params, kind, NULL);
	else
		json_decref(line_client_result(client, "account.signup", params));
}

static void sighup_takes_new_settings_and_keeps_the_old_where_new_ones_are_bad(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	test_daemon_start(daemon, NULL);
	line_client_open(&client, daemon->socket);
	sign_up(&client, "ann@example.com", NULL);
	reload(daemon, "signup = operator\n", "reloaded the settings");
	sign_up(&client, "bob@example.com", "forbidden");
	reload(daemon, "signup = open\nsignup_ = open\n", "taskd.conf:2");
	sign_up(&client, "bob@example.com", "forbidden");
	reload(daemon, "signup = open\nidle_exit_seconds = 5\n", "idle_exit_seconds changes at a restart only");
	sign_up(&client, "bob@example.com", "forbidden");
	reload(daemon, "signup = open\naccess_token_minutes = 61\n", "the old settings stay");
	sign_up(&client, "bob@example.com", "forbidden");
	test_daemon_stop(daemon);
}

/* --- the service manager --- */

static int bind_socket(const char *path, int type)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0);

	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	assert_true(fd >= 0);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void a_socket_that_was_handed_over_is_served_and_left_behind(void **state)
{
	struct test_daemon *daemon = *state;
	struct test_daemon_start start = { 0 };

	test_daemon_path(daemon, "handed.sock", daemon->socket);
	start.handed_fd = bind_socket(daemon->socket, SOCK_STREAM);
	assert_int_equal(listen(start.handed_fd, 16), 0);
	test_daemon_start(daemon, &start);
	expect_served(daemon);
	test_daemon_stop(daemon);
	assert_int_equal(access(daemon->socket, F_OK), 0);
	/* Who comes between two starts waits in the socket. */
	test_daemon_start(daemon, &start);
	expect_served(daemon);
	test_daemon_stop(daemon);
	(void)close(start.handed_fd);
}

/* The next message that is not about the watchdog, or the next one that is. */
static void expect_notice(int fd, const char *text, bool is_watchdog)
{
	struct pollfd readable = { .fd = fd, .events = POLLIN };
	char message[256];
	ssize_t length;

	do {
		if (poll(&readable, 1, TEST_PATIENCE_MS) != 1)
			fail_msg("the daemon never said %s", text);
		length = recv(fd, message, sizeof(message) - 1, 0);
		assert_true(length > 0);
		message[length] = '\0';
	} while (!is_watchdog && strcmp(message, "WATCHDOG=1") == 0);
	if (strncmp(message, text, strlen(text)) != 0)
		fail_msg("the daemon said %s instead of %s", message, text);
}

static void the_manager_hears_of_readiness_reloads_health_and_the_end(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE], variable[TEST_PATH_SIZE + 16];
	AUTO_CLOSE int fd = bind_socket(test_daemon_path(daemon, "notify", path), SOCK_DGRAM);

	(void)snprintf(variable, sizeof(variable), "NOTIFY_SOCKET=%s", path);
	test_daemon_start(daemon, &(struct test_daemon_start){ .environment = (const char *const[]){
								       variable, "WATCHDOG_USEC=100000", NULL } });
	expect_notice(fd, "READY=1", false);
	test_daemon_signal(daemon, SIGHUP);
	expect_notice(fd, "RELOADING=1\nMONOTONIC_USEC=", false);
	expect_notice(fd, "READY=1", false);
	expect_notice(fd, "WATCHDOG=1", true);
	test_daemon_signal(daemon, SIGTERM);
	expect_notice(fd, "STOPPING=1", false);
	assert_int_equal(test_daemon_wait(daemon, TEST_PATIENCE_MS), 0);
}

/* --- what stops a start --- */

static void a_path_that_is_too_long_for_a_socket_is_named(void **state)
{
	struct test_daemon *daemon = *state;
	size_t length = strlen(daemon->folder);

	memcpy(daemon->socket, daemon->folder, length);
	memset(daemon->socket + length, '/', 1);
	memset(daemon->socket + length + 1, 's', 107 - length);
	daemon->socket[108] = '\0';
	expect_refused_start(daemon, EXIT_CANNOT_START, "the system allows 107");
}

static void keys_that_others_can_read_are_not_used(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE];

	test_daemon_start(daemon, NULL);
	test_daemon_stop(daemon);
	assert_int_equal(chmod(test_daemon_path(daemon, "data/keys.json", path), 0644), 0);
	expect_refused_start(daemon, EXIT_CANNOT_START, "keys.json");
	assert_int_equal(chmod(path, 0600), 0);
	test_daemon_start(daemon, NULL);
	test_daemon_stop(daemon);
}

static void lost_keys_are_not_made_anew_over_accounts_that_exist(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	char path[TEST_PATH_SIZE];

	test_daemon_start(daemon, NULL);
	line_client_open(&client, daemon->socket);
	sign_up(&client, "ann@example.com", NULL);
	test_daemon_stop(daemon);
	assert_int_equal(unlink(test_daemon_path(daemon, "data/keys.json", path)), 0);
	expect_refused_start(daemon, EXIT_CANNOT_START, "keys.json");
	assert_int_equal(access(path, F_OK), -1);
}

static void expect_untouched(struct test_daemon *daemon, const char *path, const char *reason)
{
	struct buffer before, after;

	read_file(path, &before);
	expect_refused_start(daemon, EXIT_CANNOT_START, reason);
	read_file(path, &after);
	assert_int_equal(before.length, after.length);
	assert_memory_equal(before.data, after.data, before.length);
	buffer_deinit(&before);
	buffer_deinit(&after);
}

static void a_newer_schema_is_left_untouched(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE];

	test_daemon_start(daemon, NULL);
	test_daemon_stop(daemon);
	run_sql(test_daemon_path(daemon, "data/taskd.db", path), "PRAGMA user_version = 999");
	expect_untouched(daemon, path, "the database has version 999");
}

static void what_is_no_database_is_left_untouched(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE];

	assert_int_equal(mkdir(daemon->data, 0700), 0);
	write_file(test_daemon_path(daemon, "data/taskd.db", path), "these are my notes, not a database\n", 35);
	expect_untouched(daemon, path, "taskd.db");
}

static void a_data_folder_that_cannot_be_made_is_named(void **state)
{
	struct test_daemon *daemon = *state;
	char path[TEST_PATH_SIZE];

	write_file(test_daemon_path(daemon, "file", path), "", 0);
	test_daemon_path(daemon, "file/data", daemon->data);
	expect_refused_start(daemon, EXIT_CANNOT_START, "/file: Not a directory");
}

static void a_setting_that_is_wrong_is_named_with_its_line(void **state)
{
	static const struct {
		const char *settings, *reason;
	} table[] = {
		{ "hash_queue = 16\nspeed = 11\n", "taskd.conf:2: unknown setting `speed`" },
		{ "hash_queue = many\n", "taskd.conf:1: `hash_queue` must be" },
		{ "hash_queue = 0\n", "taskd.conf:1: `hash_queue` must be" },
		{ "signup = nobody\n", "taskd.conf:1: `signup` must be" },
		{ "hash_queue\n", "taskd.conf:1: a line must be" },
	};
	struct test_daemon *daemon = *state;

	for (size_t i = 0; i < COUNT_OF(table); i++) {
		const struct test_daemon_start start = { .settings = table[i].settings };

		assert_int_equal(test_daemon_run(daemon, &start), EXIT_BAD_SETTINGS);
		if (!test_daemon_log_has(daemon, table[i].reason))
			fail_msg("the log does not say: %s", table[i].reason);
		assert_int_equal(truncate(daemon->log, 0), 0);
	}
}

static void a_setting_of_the_environment_is_named_by_its_variable(void **state)
{
	struct test_daemon *daemon = *state;
	const struct test_daemon_start start = { .environment =
							 (const char *const[]){ "TASKD_HASH_QUEUE=many", NULL } };

	assert_int_equal(test_daemon_run(daemon, &start), EXIT_BAD_SETTINGS);
	assert_true(test_daemon_log_has(daemon, "TASKD_HASH_QUEUE"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, make_daemon, remove_daemon)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_second_daemon_for_the_same_data_leaves_it_to_the_first),
		TEST(a_live_socket_is_not_taken_from_its_daemon),
		TEST(a_stale_socket_is_replaced),
		TEST(a_file_at_the_sockets_place_stays),
		TEST(only_the_owner_gets_at_what_is_made),
		TEST(on_sigterm_what_is_in_flight_is_answered),
		TEST(clients_that_only_wait_do_not_hold_the_end_up),
		TEST(with_idle_exit_it_goes_when_nobody_is_connected),
		TEST(sighup_takes_new_settings_and_keeps_the_old_where_new_ones_are_bad),
		TEST(a_socket_that_was_handed_over_is_served_and_left_behind),
		TEST(the_manager_hears_of_readiness_reloads_health_and_the_end),
		TEST(a_path_that_is_too_long_for_a_socket_is_named),
		TEST(keys_that_others_can_read_are_not_used),
		TEST(lost_keys_are_not_made_anew_over_accounts_that_exist),
		TEST(a_newer_schema_is_left_untouched),
		TEST(what_is_no_database_is_left_untouched),
		TEST(a_data_folder_that_cannot_be_made_is_named),
		TEST(a_setting_that_is_wrong_is_named_with_its_line),
		TEST(a_setting_of_the_environment_is_named_by_its_variable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
