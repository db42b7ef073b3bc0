/* A flood of logins: what it costs, whom it holds up, and what is left of it. */
#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CROWD      200u
#define WAITING    16 /* passwords that may wait */
#define BURST      20 /* more than can be under way at a time */
#define ASKED      20
#define HASHES_KIB (144L * 1024) /* a hash of 64 MiB, another one's pages that are not yet given back, and 16 MiB */
#define MARGIN_KIB (TEST_IS_SANITIZED ? 64L * 1024 : 0)

/* A hash as it is installed, and nothing that flows back while the test runs. */
static const char settings[] = "password_memory_kib = 65536\nhash_queue = 16\nhash_queue_per_uid = 16\n"
			       "login_burst = 20\nlogin_per_hour = 1\n";

/* Freed memory that AddressSanitizer keeps back would hide what the daemon holds. */
static const char *const lean_environment[] = { "ASAN_OPTIONS=quarantine_size_mb=0:thread_local_quarantine_size_kb=0",
	NULL };

static json_t *credentials(const struct scene *scene, const char *password)
{
	return json_pack("{s:s,s:s}", "email", scene->ann.email, "password", password);
}

static void ask_all(const struct scene *scene, struct line_client crowd[CROWD])
{
	for (size_t i = 0; i < CROWD; i++)
		line_client_open(&crowd[i], scene->daemon.socket);
	for (size_t i = 0; i < CROWD; i++)
		line_client_request(&crowd[i], "auth.login", credentials(scene, PERSON_PASSWORD));
}

static unsigned count_unanswered(const struct line_client crowd[CROWD])
{
	unsigned count = 0;

	for (size_t i = 0; i < CROWD; i++) {
		struct pollfd readable = { .fd = crowd[i].fd, .events = POLLIN };

		count += poll(&readable, 1, 0) == 0;
	}
	return count;
}

/* Decided by order, not by a clock: others have their replies while logins still wait for theirs. */
static void expect_others_are_served(struct scene *scene, const struct line_client crowd[CROWD])
{
	for (int i = 0; i < ASKED; i++)
		json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
	assert_true(count_unanswered(crowd) > 0);
}

/* Let in, or told when to come again: how many were let in. */
static unsigned hear_all(struct line_client crowd[CROWD])
{
	unsigned count = 0;

	for (size_t i = 0; i < CROWD; i++) {
		json_auto_t *reply = line_client_read_json(&crowd[i]);
		const json_t *data = json_object_get(json_object_get(reply, "error"), "data");

		line_client_close(&crowd[i]);
		if (json_object_get(reply, "result")) {
			count++;
			continue;
		}
		expect_error(reply, "unavailable");
		assert_true(integer_at(data, "retry_after_ms") > 0);
	}
	return count;
}

/* Whoever was turned away has guessed nothing. */
static void expect_every_attempt_is_there(struct scene *scene)
{
	json_decref(line_client_result(&scene->client, "auth.login", credentials(scene, PERSON_PASSWORD)));
	for (int i = 0; i < BURST; i++)
		json_decref(line_client_error(
			&scene->client, "auth.login", credentials(scene, "not my password"), "unauthenticated"));
	json_decref(
		line_client_error(&scene->client, "auth.login", credentials(scene, PERSON_PASSWORD), "rate_limited"));
}

static void two_hundred_logins_cost_a_bounded_amount_hold_nobody_up_and_use_nothing_up(void **state)
{
	struct line_client crowd[CROWD];
	struct scene scene;
	long quiet_kib;
	unsigned count;

	(void)state;
	scene_open(&scene, &(struct test_daemon_start){ .settings = settings, .environment = lean_environment });
	quiet_kib = test_daemon_rss_kib(&scene.daemon);
	ask_all(&scene, crowd);
	expect_others_are_served(&scene, crowd);
	count = hear_all(crowd);
	assert_in_range(count, WAITING, CROWD - 1);
	print_message(
		"%u of %u let in; %ld KiB over quiet\n", count, CROWD, test_daemon_peak_kib(&scene.daemon) - quiet_kib);
	assert_true(test_daemon_peak_kib(&scene.daemon) < quiet_kib + HASHES_KIB + MARGIN_KIB);
	expect_every_attempt_is_there(&scene);
	/* And no session has ended for it. */
	json_decref(line_client_result(&scene.client, "account.me", person_params(&scene.ann, "{}")));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_hundred_logins_cost_a_bounded_amount_hold_nobody_up_and_use_nothing_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
