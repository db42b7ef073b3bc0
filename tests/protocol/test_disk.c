/* A slow disk and a full one: nothing is acknowledged early, nothing is lost, and readers do not wait. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- slow --- */

/* Each sync takes this long. */
#define SYNC_MS 1000
#define INJECT  "inject=fdatasync,fsync:delay_enter=1000000"
#define ADDERS  32

static bool can_trace(void)
{
	/* A container may forbid it. */
	return system("strace -o /dev/null true >/dev/null 2>&1") == 0; /* NOLINT(cert-env33-c): words of our own */
}

static void start_slow(struct test_daemon *daemon, const char *trace)
{
	const char *const wrapper[] = { "strace", "-D", "-f", "-q", "-o", trace, "-e", "trace=fdatasync,fsync", "-e",
		INJECT, NULL };

	/* Leaks cannot be looked for in a process that is traced. */
	test_daemon_start(
		daemon, &(struct test_daemon_start){ .wrapper = wrapper,
				.environment = (const char *const[]){ "ASAN_OPTIONS=detect_leaks=0", NULL } });
}

static int count_syncs(const char *trace)
{
	AUTO_FCLOSE FILE *file = fopen(trace, "re");
	AUTO_FREE char *line = NULL;
	size_t size = 0;
	int count = 0;

	assert_non_null(file);
	while (getline(&line, &size, file) > 0)
		count += strstr(line, "sync(") != NULL;
	return count;
}

static void send_add(const struct person *person, struct line_client *client)
{
	line_client_request(client, "task.add", person_params(person, "{s:s}", "title", "slow"));
}

static void expect_added(struct line_client *client)
{
	json_auto_t *reply = line_client_read_json(client);

	assert_non_null(json_object_get(json_object_get(reply, "result"), "task"));
}

static void while_the_disk_is_slow_adds_wait_together_and_readers_do_not(void **state)
{
	struct test_daemon daemon;
	struct line_client adders[ADDERS];
	AUTO_CLIENT struct line_client reader = { .fd = -1 };
	AUTO_PERSON struct person ann = { .email = "" };
	char trace[TEST_PATH_SIZE];
	int64_t sent_at, rest;
	int before;

	(void)state;
	if (!can_trace()) {
		print_message("skipped: strace cannot trace here\n");
		skip();
	}
	test_daemon_init(&daemon);
	start_slow(&daemon, test_daemon_path(&daemon, "trace", trace));
	line_client_open(&reader, daemon.socket);
	person_join_new(&ann, &reader);
	for (size_t i = 0; i < ADDERS; i++)
		line_client_open(&adders[i], daemon.socket);
	before = count_syncs(trace);
	sent_at = test_now_ms();
	for (size_t i = 0; i < ADDERS; i++)
		send_add(&ann, &adders[i]);
	json_decref(line_client_result(&reader, "account.me", person_params(&ann, "{}")));
	/* The reader is answered, and whoever adds is not, before the sync is over that was begun for them. */
	rest = sent_at + SYNC_MS / 2 - test_now_ms();
	line_client_expect_silence(&adders[0], rest > 0 ? (int)rest : 0);
	for (size_t i = 0; i < ADDERS; i++)
		expect_added(&adders[i]);
	/* One for whoever came first, one or a few for all others. */
	assert_in_range(count_syncs(trace) - before, 1, ADDERS / 4);
	for (size_t i = 0; i < ADDERS; i++)
		line_client_close(&adders[i]);
	test_daemon_kill(&daemon);
	test_daemon_deinit(&daemon);
}

/* --- full --- */

#define FILE_LIMIT "1048576" /* bytes that any file may have */
#define NOTE_BYTES 20000

static json_t *long_task(const struct person *person)
{
	AUTO_FREE char *note = memory_alloc(NOTE_BYTES + 1);

	memset(note, 'n', NOTE_BYTES);
	note[NOTE_BYTES] = '\0';
	return person_params(person, "{s:s,s:s}", "title", "large", "note", note);
}

/* Adds until the disk is full: how many were acknowledged. */
static int fill(const struct person *person, struct line_client *client)
{
	for (int count = 0; count < 1000; count++) {
		json_auto_t *reply = line_client_call(client, "task.add", long_task(person));

		if (json_object_get(reply, "result"))
			continue;
		expect_error(reply, "storage");
		return count;
	}
	fail_msg("1000 large tasks fitted");
	return 0;
}

static void expect_count(const struct person *person, struct line_client *client, int count)
{
	json_auto_t *counted = line_client_result(client, "task.count", person_params(person, "{}"));

	assert_int_equal(integer_at(counted, "count"), count);
}

static void on_a_full_disk_adds_fail_reads_go_on_and_nothing_is_lost(void **state)
{
	static const char *const wrapper[] = { "prlimit", "--fsize=" FILE_LIMIT, NULL };
	struct test_daemon daemon;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { .email = "" };
	int count;

	(void)state;
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, &(struct test_daemon_start){ .wrapper = wrapper });
	line_client_open(&client, daemon.socket);
	person_join_new(&ann, &client);
	count = fill(&ann, &client);
	assert_true(count > 0);
	expect_count(&ann, &client, count);
	line_client_refused(&client, "task.add", long_task(&ann), "storage", NULL);
	test_daemon_stop(&daemon);
	line_client_close(&client);
	/* There is room again. */
	test_daemon_start(&daemon, NULL);
	line_client_open(&client, daemon.socket);
	expect_count(&ann, &client, count);
	json_decref(line_client_result(&client, "task.add", long_task(&ann)));
	expect_count(&ann, &client, count + 1);
	test_daemon_stop(&daemon);
	test_daemon_deinit(&daemon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(while_the_disk_is_slow_adds_wait_together_and_readers_do_not),
		cmocka_unit_test(on_a_full_disk_adds_fail_reads_go_on_and_nothing_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
