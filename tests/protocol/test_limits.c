/* What a client may make the daemon hold: connections, input, output, passwords that wait; and that others are served.
 */
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/wire.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <string.h>
#include <sys/socket.h>

/* Freed memory that AddressSanitizer keeps back would hide what the daemon holds. */
static const char *const lean_environment[] = { "ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0",
	NULL };

#define MIB_OF_KIB  1024L
#define CHUNK_BYTES ((size_t)1024 * 1024)
#define RSS_MARGIN  (TEST_IS_SANITIZED ? 64 * MIB_OF_KIB : 8 * MIB_OF_KIB)

static void open_scene(struct scene *scene, const char *settings)
{
	scene_open(scene, &(struct test_daemon_start){ .settings = settings, .environment = lean_environment });
}

/* So that task.list answers with about 500 KiB. */
static void add_long_tasks(struct scene *scene)
{
	AUTO_FREE char *note = memory_alloc(100001);

	memset(note, 'n', 100000);
	note[100000] = '\0';
	for (int i = 0; i < 5; i++)
		json_decref(line_client_result(&scene->client, "task.add",
			person_params(&scene->ann, "{s:s,s:s}", "title", "long", "note", note)));
}

static char *request_line(const struct person *person, const char *method)
{
	struct buffer line;
	json_auto_t *params = person_params(person, "{}");

	buffer_init(&line);
	wire_write_request(&line, 1, method, params);
	buffer_append_char(&line, '\0');
	return line.data;
}

static void expect_served(struct scene *scene)
{
	json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
}

/* --- connections --- */

static void expect_turned_away(const struct test_daemon *daemon)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	json_auto_t *reply = NULL;

	line_client_open(&client, daemon->socket);
	reply = line_client_read_json(&client);
	expect_error(reply, "unavailable");
	assert_true(integer_at(json_object_get(json_object_get(reply, "error"), "data"), "retry_after_ms") > 0);
	line_client_expect_end(&client);
}

/* A place becomes free when the daemon has seen the end of the connection that had it. */
static void await_place(const struct test_daemon *daemon)
{
	int64_t deadline = test_now_ms() + TEST_PATIENCE_MS;
	json_t *reply = NULL;

	while (!json_object_get(reply, "result")) {
		AUTO_CLIENT struct line_client client = { .fd = -1 };

		json_decref(reply);
		assert_true(test_now_ms() < deadline);
		line_client_open(&client, daemon->socket);
		reply = line_client_try_call(&client, "system.ping", NULL);
	}
	json_decref(reply);
}

static void check_connection_limit(const char *settings)
{
	struct line_client others[3];
	struct scene scene;

	open_scene(&scene, settings);
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		line_client_open(&others[i], scene.daemon.socket);
		json_decref(line_client_result(&others[i], "system.ping", NULL));
	}
	expect_turned_away(&scene.daemon);
	expect_turned_away(&scene.daemon);
	expect_served(&scene);
	line_client_close(&others[0]);
	await_place(&scene.daemon);
	for (size_t i = 1; i < COUNT_OF(others); i++) {
		json_decref(line_client_result(&others[i], "system.ping", NULL));
		line_client_close(&others[i]);
	}
	scene_close(&scene);
}

static void a_user_with_too_many_connections_is_turned_away_until_one_is_free(void **state)
{
	(void)state;
	check_connection_limit("max_connections_per_uid = 4\n");
}

static void too_many_connections_of_all_are_turned_away_until_one_is_free(void **state)
{
	(void)state;
	check_connection_limit("max_connections = 4\n");
}

/* --- passwords --- */

static void passwords_wait_in_a_bounded_queue_and_hold_nobody_up(void **state)
{
	struct line_client crowd[16];
	int answered = 0, refused = 0;
	struct scene scene;

	(void)state;
	open_scene(&scene, "hash_queue = 4\nhash_queue_per_uid = 4\npassword_operations = 8\n");
	for (size_t i = 0; i < COUNT_OF(crowd); i++) {
		line_client_open(&crowd[i], scene.daemon.socket);
		line_client_request(&crowd[i], "auth.login",
			json_pack("{s:s,s:s}", "email", scene.ann.email, "password", PERSON_PASSWORD));
	}
	expect_served(&scene);
	for (size_t i = 0; i < COUNT_OF(crowd); i++) {
		json_auto_t *reply = line_client_read_json(&crowd[i]);

		if (json_object_get(reply, "result")) {
			answered++;
		} else {
			expect_error(reply, "unavailable");
			refused++;
		}
		line_client_close(&crowd[i]);
	}
	assert_true(answered >= 4);
	assert_true(refused > 0);
	scene_close(&scene);
}

/* --- input --- */

static void a_line_without_an_end_costs_a_bounded_amount(void **state)
{
	AUTO_CLIENT struct line_client endless = { .fd = -1 };
	AUTO_FREE char *chunk = memory_alloc(CHUNK_BYTES);
	json_auto_t *reply = NULL;
	struct scene scene;
	long before_kib;

	(void)state;
	open_scene(&scene, NULL);
	line_client_open(&endless, scene.daemon.socket);
	memset(chunk, 'x', CHUNK_BYTES);
	before_kib = test_daemon_rss_kib(&scene.daemon);
	for (int i = 0; i < 128; i++)
		line_client_send(&endless, chunk, CHUNK_BYTES);
	expect_served(&scene);
	assert_true(test_daemon_rss_kib(&scene.daemon) < before_kib + RSS_MARGIN);
	line_client_send(&endless, "\n", 1);
	reply = line_client_read_json(&endless);
	expect_error(reply, "too_large");
	json_decref(line_client_result(&endless, "system.ping", NULL));
	scene_close(&scene);
}

static void send_one_of_many(struct scene *scene, int number)
{
	if (number % 7)
		line_client_request(
			&scene->client, "task.add", person_params(&scene->ann, "{s:s}", "title", "one of many"));
	else
		line_client_request(&scene->client, "task.count", person_params(&scene->ann, "{}"));
}

/* More wait than the daemon has in flight for one connection, and not more than the socket holds. */
static void what_is_pipelined_is_answered_in_its_order_however_much_it_is(void **state)
{
	const int count = 5000, window = 400;
	struct scene scene;
	json_int_t first_id;

	(void)state;
	open_scene(&scene, NULL);
	first_id = scene.client.last_id + 1;
	for (int i = 0; i < count + window; i++) {
		json_auto_t *reply = i >= window ? line_client_read_json(&scene.client) : NULL;

		if (i < count)
			send_one_of_many(&scene, i);
		if (!reply)
			continue;
		assert_non_null(json_object_get(reply, "result"));
		assert_int_equal(integer_at(reply, "id"), first_id + i - window);
	}
	scene_close(&scene);
}

/* --- output --- */

/*
 * Send the line again and again and read nothing, until the daemon takes no more of it although it has had its turn a
 * hundred times meanwhile. Gives the bytes that it took.
 */
static size_t send_until_full(struct scene *scene, struct line_client *client, const char *line, size_t limit)
{
	size_t length = strlen(line);
	size_t taken = 0;
	int idle_turns = 0;

	while (idle_turns < 100 && taken < limit) {
		size_t sent = line_client_send_some(client, line + taken % length, length - taken % length);

		taken += sent;
		idle_turns = sent ? 0 : idle_turns + 1;
		if (!sent)
			expect_served(scene);
	}
	return taken;
}

static void expect_rest(struct line_client *client, const char *line, size_t taken)
{
	size_t length = strlen(line);
	size_t count = taken / length + (taken % length != 0);

	if (taken % length)
		line_client_send(client, line + taken % length, length - taken % length);
	for (size_t i = 0; i < count; i++) {
		json_auto_t *reply = line_client_read_json(client);

		assert_int_equal(json_array_size(json_object_get(json_object_get(reply, "result"), "tasks")), 5);
	}
}

static void a_client_that_does_not_read_is_not_read_and_costs_a_bounded_amount(void **state)
{
	AUTO_CLIENT struct line_client slow = { .fd = -1 };
	AUTO_FREE char *line = NULL;
	struct scene scene;
	long before_kib;
	size_t taken;

	(void)state;
	open_scene(&scene, NULL);
	add_long_tasks(&scene);
	line = request_line(&scene.ann, "task.list");
	before_kib = test_daemon_rss_kib(&scene.daemon);
	line_client_open(&slow, scene.daemon.socket);
	taken = send_until_full(&scene, &slow, line, (size_t)16 * CHUNK_BYTES);
	assert_true(taken < (size_t)2 * CHUNK_BYTES);
	if (test_daemon_rss_kib(&scene.daemon) > before_kib + RSS_MARGIN)
		fail_msg("%ld KiB, and %ld before", test_daemon_rss_kib(&scene.daemon), before_kib);
	expect_rest(&slow, line, taken);
	scene_close(&scene);
}

static void the_replies_of_a_batch_are_bounded_together(void **state)
{
	AUTO_FREE char *line = NULL;
	json_auto_t *reply = NULL;
	struct buffer batch;
	struct scene scene;

	(void)state;
	open_scene(&scene, NULL);
	add_long_tasks(&scene);
	line = request_line(&scene.ann, "task.list");
	line[strcspn(line, "\n")] = '\0';
	buffer_init(&batch);
	for (int i = 0; i < 100; i++)
		buffer_printf(&batch, "%c%s", i ? ',' : '[', line);
	buffer_append_char(&batch, ']');
	line_client_send_line(&scene.client, buffer_text(&batch));
	buffer_deinit(&batch);
	reply = line_client_read_json(&scene.client);
	assert_int_equal(json_array_size(reply), 100);
	assert_non_null(json_object_get(json_array_get(reply, 0), "result"));
	expect_error(json_array_get(reply, 99), "too_large");
	expect_served(&scene);
	scene_close(&scene);
}

static bool is_open(struct line_client *client)
{
	char byte;

	return recv(client->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}

/* Reads what there is; true when all of it came, false when the connection ended before. */
static bool read_list(struct line_client *client)
{
	AUTO_FREE char *line = NULL;

	return line_client_try_read(client, TEST_PATIENCE_MS, &line, NULL);
}

static void many_clients_that_do_not_read_stay_within_one_budget(void **state)
{
	struct line_client slow[40];
	AUTO_FREE char *line = NULL;
	struct scene scene;
	int complete = 0;
	long before_kib;

	(void)state;
	open_scene(&scene, "waiting_budget_kib = 4096\n");
	add_long_tasks(&scene);
	line = request_line(&scene.ann, "task.list");
	before_kib = test_daemon_rss_kib(&scene.daemon);
	for (size_t i = 0; i < COUNT_OF(slow); i++) {
		line_client_open(&slow[i], scene.daemon.socket);
		line_client_send(&slow[i], line, strlen(line));
		expect_served(&scene);
	}
	test_daemon_await_log(&scene.daemon, "exceeds the budget");
	assert_true(test_daemon_rss_kib(&scene.daemon) < before_kib + 4 * MIB_OF_KIB + RSS_MARGIN);
	expect_served(&scene);
	for (size_t i = 0; i < COUNT_OF(slow); i++)
		complete += read_list(&slow[i]);
	/* The latest ones have waited least, and were spared. */
	assert_true(complete > 0 && complete < (int)COUNT_OF(slow));
	assert_true(is_open(&slow[COUNT_OF(slow) - 1]));
	for (size_t i = 0; i < COUNT_OF(slow); i++)
		line_client_close(&slow[i]);
	expect_served(&scene);
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_user_with_too_many_connections_is_turned_away_until_one_is_free),
		cmocka_unit_test(too_many_connections_of_all_are_turned_away_until_one_is_free),
		cmocka_unit_test(passwords_wait_in_a_bounded_queue_and_hold_nobody_up),
		cmocka_unit_test(a_line_without_an_end_costs_a_bounded_amount),
		cmocka_unit_test(what_is_pipelined_is_answered_in_its_order_however_much_it_is),
		cmocka_unit_test(a_client_that_does_not_read_is_not_read_and_costs_a_bounded_amount),
		cmocka_unit_test(the_replies_of_a_batch_are_bounded_together),
		cmocka_unit_test(many_clients_that_do_not_read_stay_within_one_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
