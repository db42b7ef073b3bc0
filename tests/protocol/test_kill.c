/* An acknowledged task survives kill -9, and is there once, however often its client had to ask. */
#include "common/buffer.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLIENTS    16
#define KILLS      20
#define BETWEEN    40 /* tasks acknowledged between two kills */
#define TASKS_MOST 20000

/* What all threads share. */
struct store_run {
	const struct test_daemon *daemon;
	const char *token;
	atomic_bool is_over;
	atomic_int acknowledged;
};

struct adder {
	struct store_run *run;
	pthread_t thread;
	int number;
	int added; /* tasks 0 … added - 1 of this client were acknowledged */
};

static json_t *add_params(const struct adder *adder)
{
	char title[64];

	(void)snprintf(title, sizeof(title), "client %d task %d", adder->number, adder->added);
	/* The title is the key as well: it is asked for until it is acknowledged. */
	return json_pack(
		"{s:s, s:s, s:s}", "access_token", adder->run->token, "title", title, "idempotency_key", title);
}

/* False when the connection is lost, or the daemon has no good answer just now. */
static bool add_one(const struct adder *adder, struct line_client *client)
{
	json_auto_t *reply = line_client_try_call(client, "task.add", add_params(adder));

	return reply && json_object_get(reply, "result");
}

static void *add_until_over(void *context)
{
	struct adder *adder = context;
	struct line_client client = { .fd = -1 };

	while (!adder->run->is_over && adder->added < TASKS_MOST / CLIENTS) {
		if (client.fd < 0 && !line_client_try_open(&client, adder->run->daemon->socket)) {
			(void)usleep(1000); /* nobody listens while the daemon is restarted */
			continue;
		}
		if (add_one(adder, &client)) {
			adder->added++;
			adder->run->acknowledged++;
		} else {
			line_client_close(&client);
		}
	}
	line_client_close(&client);
	return NULL;
}

static void await_acknowledged(const struct store_run *run, int count)
{
	int64_t deadline = test_now_ms() + TEST_PATIENCE_MS;

	while (run->acknowledged < count) {
		if (test_now_ms() > deadline)
			fail_msg("only %d of %d tasks were acknowledged", run->acknowledged, count);
		(void)usleep(500);
	}
}

static void count_title(json_t *counts, const char *title)
{
	json_int_t count = json_integer_value(json_object_get(counts, title));

	(void)json_object_set_new(counts, title, json_integer(count + 1));
}

/* How often each title is there. */
static json_t *count_titles(const struct person *person, struct line_client *client)
{
	json_t *counts = json_object();
	json_auto_t *cursor = NULL;

	do {
		json_t *params = person_params(person, "{s:i}", "limit", 1000);
		json_auto_t *page = NULL;
		const json_t *tasks;

		if (cursor)
			(void)json_object_set(params, "cursor", cursor);
		page = line_client_result(client, "task.list", params);
		tasks = json_object_get(page, "tasks");
		for (size_t i = 0; i < json_array_size(tasks); i++)
			count_title(counts, text_at(json_array_get(tasks, i), "title"));
		json_decref(cursor);
		cursor = json_incref(json_object_get(page, "next_cursor"));
	} while (cursor);
	return counts;
}

static void expect_each_once(const struct adder *adders, const json_t *counts)
{
	for (int i = 0; i < CLIENTS; i++) {
		for (int task = 0; task < adders[i].added; task++) {
			char title[64];

			(void)snprintf(title, sizeof(title), "client %d task %d", i, task);
			if (json_integer_value(json_object_get(counts, title)) != 1)
				fail_msg("\"%s\" is there %d times", title,
					(int)json_integer_value(json_object_get(counts, title)));
		}
	}
}

static void expect_integrity(const struct test_daemon *daemon)
{
	char command[TEST_PATH_SIZE + 64];
	char answer[64] = "";
	FILE *output;

	(void)snprintf(command, sizeof(command), "sqlite3 %s/taskd.db 'PRAGMA integrity_check'", daemon->data);
	output = popen(command, "re"); /* NOLINT(cert-env33-c): words of our own */
	assert_non_null(output);
	(void)!fgets(answer, sizeof(answer), output);
	(void)pclose(output);
	assert_string_equal(answer, "ok\n");
}

static void what_was_acknowledged_is_there_once_after_twenty_kills(void **state)
{
	struct test_daemon *daemon = *state;
	struct store_run run = { .daemon = daemon };
	struct adder adders[CLIENTS];
	AUTO_PERSON struct person person = { .email = "" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	json_auto_t *counts = NULL;

	line_client_open(&client, daemon->socket);
	person_join(&person, &client, "ann@example.com");
	run.token = person.access_token;
	for (int i = 0; i < CLIENTS; i++) {
		adders[i] = (struct adder){ .run = &run, .number = i };
		assert_int_equal(pthread_create(&adders[i].thread, NULL, add_until_over, &adders[i]), 0);
	}
	for (int i = 0; i < KILLS; i++) {
		await_acknowledged(&run, run.acknowledged + BETWEEN);
		test_daemon_kill(daemon);
		test_daemon_start(daemon, NULL);
	}
	await_acknowledged(&run, run.acknowledged + BETWEEN);
	run.is_over = true;
	for (int i = 0; i < CLIENTS; i++)
		assert_int_equal(pthread_join(adders[i].thread, NULL), 0);
	line_client_close(&client);
	line_client_open(&client, daemon->socket);
	counts = count_titles(&person, &client);
	expect_each_once(adders, counts);
	test_daemon_kill(daemon);
	expect_integrity(daemon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_acknowledged_is_there_once_after_twenty_kills),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
