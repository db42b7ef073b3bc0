/* Attempts over the wire: how many are free, how long one waits then, and whom all this slows: nobody else. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WRONG_PASSWORD "not my password"
#define NO_CREDENTIALS "Could not validate credentials"
#define NOBODY         "nobody@example.com"
#define HOUR_MS        3600000
#define GRAIN_MS       2 /* what two clocks that cut off their milliseconds may differ by */

/* Nothing flows back while a test runs, on however slow a machine. */
#define SCARCE "login_burst = 3\nlogin_per_hour = 1\nlogin_burst_per_uid = 1000000\nlogin_per_hour_per_uid = 1000000\n"

static void open_scene(struct scene *scene, const char *settings)
{
	scene_open(scene, &(struct test_daemon_start){ .settings = settings });
}

static json_t *credentials(const char *email, const char *password)
{
	return json_pack("{s:s,s:s}", "email", email, "password", password);
}

static void log_in(struct line_client *client, const char *email)
{
	json_decref(line_client_result(client, "auth.login", credentials(email, PERSON_PASSWORD)));
}

static void fail_to_log_in(struct line_client *client, const char *email)
{
	json_decref(line_client_error(client, "auth.login", credentials(email, WRONG_PASSWORD), "unauthenticated"));
}

/* Rate-limited: the milliseconds after which it says that an attempt is let through. */
static json_int_t wait_of(struct line_client *client, const char *method, json_t *params)
{
	json_auto_t *error = line_client_error(client, method, params, "rate_limited");
	json_int_t wait_ms = integer_at(json_object_get(error, "data"), "retry_after_ms");

	assert_true(wait_ms > 0);
	return wait_ms;
}

static json_int_t wait_of_login(struct line_client *client, const char *email, const char *password)
{
	return wait_of(client, "auth.login", credentials(email, password));
}

/* By the clock that the daemon counts by, and no longer than that. */
static void sleep_ms(json_int_t duration_ms)
{
	struct timespec left = { .tv_sec = duration_ms / 1000, .tv_nsec = duration_ms % 1000 * 1000000 };

	while (clock_nanosleep(CLOCK_BOOTTIME, 0, &left, &left) == EINTR)
		continue;
}

/* --- failures --- */

/* What is left of an hour is known as exactly as the moments between which the first attempt was made. */
static json_t *exhaust_exactly(struct scene *scene, const char *email)
{
	int64_t sent_at = test_now_ms(), answered_at = 0, asked_at;
	json_int_t wait_ms;
	json_t *error;

	for (int i = 0; i < 3; i++) {
		fail_to_log_in(&scene->client, email);
		answered_at = i ? answered_at : test_now_ms();
	}
	asked_at = test_now_ms();
	error = line_client_error(&scene->client, "auth.login", credentials(email, PERSON_PASSWORD), "rate_limited");
	wait_ms = integer_at(json_object_get(error, "data"), "retry_after_ms");
	assert_true(wait_ms >= HOUR_MS - (test_now_ms() - sent_at) - GRAIN_MS);
	assert_true(wait_ms <= HOUR_MS - (asked_at - answered_at) + GRAIN_MS);
	return error;
}

static void an_unknown_email_is_slowed_as_a_known_one_word_for_word(void **state)
{
	struct scene scene;
	json_auto_t *known = NULL;
	json_auto_t *unknown = NULL;

	(void)state;
	open_scene(&scene, SCARCE);
	known = exhaust_exactly(&scene, scene.ann.email);
	unknown = exhaust_exactly(&scene, NOBODY);
	/* The number was held against the clock; the rest is the same. */
	(void)json_object_del(json_object_get(known, "data"), "retry_after_ms");
	(void)json_object_del(json_object_get(unknown, "data"), "retry_after_ms");
	assert_true(json_equal(known, unknown));
	scene_close(&scene);
}

static void the_case_of_an_email_gives_no_further_attempts(void **state)
{
	struct scene scene;
	AUTO_FREE char *shouted = NULL;

	(void)state;
	open_scene(&scene, SCARCE);
	shouted = memory_strdup(scene.ann.email);
	shouted[0] = 'P';
	fail_to_log_in(&scene.client, scene.ann.email);
	fail_to_log_in(&scene.client, shouted);
	fail_to_log_in(&scene.client, scene.ann.email);
	(void)wait_of_login(&scene.client, shouted, WRONG_PASSWORD);
	scene_close(&scene);
}

static void while_one_account_waits_another_gets_in(void **state)
{
	AUTO_PERSON struct person bob = { 0 };
	struct scene scene;

	(void)state;
	open_scene(&scene, SCARCE);
	person_join_new(&bob, &scene.client);
	for (int i = 0; i < 3; i++)
		fail_to_log_in(&scene.client, scene.ann.email);
	(void)wait_of_login(&scene.client, scene.ann.email, PERSON_PASSWORD);
	log_in(&scene.client, bob.email);
	/* Who is in already is not slowed at all. */
	json_decref(line_client_result(&scene.client, "account.me", person_params(&scene.ann, "{}")));
	json_decref(line_client_result(
		&scene.client, "auth.refresh", json_pack("{s:s}", "refresh_token", scene.ann.refresh_token)));
	scene_close(&scene);
}

static void all_accounts_of_a_user_together_are_limited_too(void **state)
{
	AUTO_PERSON struct person bob = { 0 };
	struct scene scene;
	char email[32];

	(void)state;
	open_scene(&scene, "login_burst_per_uid = 4\nlogin_per_hour_per_uid = 1\n");
	person_join_new(&bob, &scene.client);
	for (int i = 0; i < 4; i++) {
		(void)snprintf(email, sizeof(email), "nobody%d@example.com", i);
		fail_to_log_in(&scene.client, email);
	}
	(void)wait_of_login(&scene.client, bob.email, PERSON_PASSWORD);
	(void)wait_of_login(&scene.client, "nobody0@example.com", WRONG_PASSWORD);
	scene_close(&scene);
}

/* The same guesses by another door. */
static void what_asks_for_the_password_again_is_charged_to_the_login(void **state)
{
	static const char *const methods[] = { "account.delete", "account.export", "account.change_email" };
	struct scene scene;

	(void)state;
	open_scene(&scene, SCARCE);
	for (size_t i = 0; i < COUNT_OF(methods); i++) {
		json_t *params = person_params(&scene.ann, "{s:s}", "password", WRONG_PASSWORD);

		if (!strcmp(methods[i], "account.change_email"))
			(void)json_object_set_new(params, "email", json_string("anna@example.com"));
		line_client_refused(&scene.client, methods[i], params, "forbidden", "password");
	}
	(void)wait_of_login(&scene.client, scene.ann.email, PERSON_PASSWORD);
	(void)wait_of(&scene.client, "account.export", person_params(&scene.ann, "{s:s}", "password", PERSON_PASSWORD));
	(void)wait_of(&scene.client, "account.reset_password",
		json_pack("{s:s,s:s,s:s}", "email", scene.ann.email, "code", "00000-00000-00000-00000-00000",
			"new_password", "a brand new phrase"));
	scene_close(&scene);
}

/* --- successes --- */

static void a_success_is_given_back(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene, "login_burst = 3\nlogin_per_hour = 1\nlogin_burst_per_uid = 3\nlogin_per_hour_per_uid = 1\n"
			   "refresh_burst = 3\nrefresh_per_hour = 1\n");
	for (int i = 0; i < 50; i++) {
		log_in(&scene.client, scene.ann.email);
		json_decref(line_client_result(
			&scene.client, "auth.refresh", json_pack("{s:s}", "refresh_token", scene.ann.refresh_token)));
	}
	for (int i = 0; i < 3; i++)
		fail_to_log_in(&scene.client, scene.ann.email);
	(void)wait_of_login(&scene.client, scene.ann.email, PERSON_PASSWORD);
	scene_close(&scene);
}

/* --- waiting --- */

/* Fails until it must wait: how long. Attempts flow back meanwhile, so that it may fail more often than the burst. */
static json_int_t fail_until_limited(struct line_client *client, const char *method, json_t *params, int burst)
{
	json_auto_t *owned = params;

	for (int count = 0; count < 1000; count++) {
		json_auto_t *reply = line_client_call(client, method, json_incref(owned));
		const json_t *data = json_object_get(json_object_get(reply, "error"), "data");

		if (json_is_integer(json_object_get(data, "retry_after_ms"))) {
			expect_error(reply, "rate_limited");
			assert_true(count >= burst);
			return integer_at(data, "retry_after_ms");
		}
		expect_error(reply, "unauthenticated");
	}
	fail_msg("1000 failures, and no end");
	return 0;
}

static void whoever_waits_as_long_as_was_said_gets_in_and_nobody_is_locked_out_for_good(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene, "login_burst = 2\nlogin_per_hour = 1200\n");
	for (int round = 0; round < 3; round++) {
		json_int_t wait_ms = fail_until_limited(
			&scene.client, "auth.login", credentials(scene.ann.email, WRONG_PASSWORD), round ? 0 : 2);

		assert_in_range(wait_ms, 1, 3000);
		sleep_ms(wait_ms);
		log_in(&scene.client, scene.ann.email);
	}
	scene_close(&scene);
}

static void the_right_password_waits_too_and_a_refused_attempt_costs_nothing(void **state)
{
	struct scene scene;
	json_int_t first_ms, later_ms = 0;

	(void)state;
	open_scene(&scene, "login_burst = 1\nlogin_per_hour = 900\n");
	first_ms = fail_until_limited(&scene.client, "auth.login", credentials(scene.ann.email, WRONG_PASSWORD), 1);
	assert_in_range(first_ms, 1, 4000);
	for (int i = 0; i < 20; i++) {
		json_auto_t *reply =
			line_client_call(&scene.client, "auth.login", credentials(scene.ann.email, PERSON_PASSWORD));

		if (json_object_get(reply, "result"))
			break; /* the machine is so slow that the wait is over */
		expect_error(reply, "rate_limited");
		later_ms = integer_at(json_object_get(json_object_get(reply, "error"), "data"), "retry_after_ms");
		assert_true(later_ms <= first_ms);
	}
	sleep_ms(later_ms);
	log_in(&scene.client, scene.ann.email);
	scene_close(&scene);
}

/* --- sign-ups, refreshes --- */

static void sign_ups_of_a_user_are_limited_and_the_operators_are_not(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene, "signup_burst = 3\nsignup_per_hour = 1\n");
	/* The scene's own was the first. Whether an email is taken is told twice, and to nobody who asks more often. */
	line_client_refused(
		&scene.client, "account.signup", credentials(scene.ann.email, PERSON_PASSWORD), "conflict", "email");
	json_decref(
		line_client_result(&scene.client, "account.signup", credentials("bob@example.com", PERSON_PASSWORD)));
	(void)wait_of(&scene.client, "account.signup", credentials("eve@example.com", PERSON_PASSWORD));
	(void)wait_of(&scene.client, "account.signup", credentials(scene.ann.email, PERSON_PASSWORD));
	json_decref(line_client_result(&scene.client, "account.signup",
		json_pack("{s:s,s:s,s:b}", "email", "eve@example.com", "password", PERSON_PASSWORD, "operator", 1)));
	/* Nothing of the login's was used up. */
	log_in(&scene.client, "eve@example.com");
	scene_close(&scene);
}

static json_t *refresh_with(const char *token)
{
	return json_pack("{s:s}", "refresh_token", token);
}

static void refreshes_with_bad_tokens_are_limited(void **state)
{
	struct scene scene;
	AUTO_FREE char *wrong = NULL;

	(void)state;
	open_scene(&scene, "refresh_burst = 3\nrefresh_per_hour = 1200\n");
	wrong = memory_strdup(scene.ann.refresh_token);
	wrong[strlen(wrong) - 2] = (char)(wrong[strlen(wrong) - 2] == 'A' ? 'B' : 'A');
	sleep_ms(fail_until_limited(&scene.client, "auth.refresh", refresh_with(wrong), 3));
	json_decref(line_client_result(&scene.client, "auth.refresh", refresh_with(scene.ann.refresh_token)));
	log_in(&scene.client, scene.ann.email);
	scene_close(&scene);
}

/* --- settings --- */

static void expect_limit(struct scene *scene, const char *name, json_int_t burst, json_int_t per_hour)
{
	json_auto_t *status = line_client_result(&scene->client, "system.status", json_pack("{s:b}", "operator", 1));
	size_t i;
	json_t *limit;

	json_array_foreach (json_object_get(status, "limits"), i, limit) {
		if (strcmp(text_at(limit, "name"), name) != 0)
			continue;
		assert_int_equal(integer_at(limit, "burst"), burst);
		assert_int_equal(integer_at(limit, "per_hour"), per_hour);
		return;
	}
	fail_msg("no limit %s", name);
}

static void the_settings_are_seen_by_the_operator(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene,
		"login_burst = 11\nlogin_per_hour = 12\nlogin_burst_per_uid = 13\nlogin_per_hour_per_uid = 14\n"
		"signup_burst = 15\nsignup_per_hour = 16\nrefresh_burst = 17\nrefresh_per_hour = 18\n");
	expect_limit(&scene, "login", 11, 12);
	expect_limit(&scene, "login_per_uid", 13, 14);
	expect_limit(&scene, "signup", 15, 16);
	expect_limit(&scene, "refresh", 17, 18);
	scene_close(&scene);
}

/* Once in the life of a daemon: the log then says so for good. */
static void reload(const struct scene *scene, const char *settings)
{
	test_daemon_write_settings(&scene->daemon, settings);
	test_daemon_signal(&scene->daemon, SIGHUP);
	test_daemon_await_log(&scene->daemon, "reloaded the settings");
}

static void larger_limits_help_at_once(void **state)
{
	struct scene scene;

	(void)state;
	open_scene(&scene, SCARCE);
	for (int i = 0; i < 3; i++)
		fail_to_log_in(&scene.client, scene.ann.email);
	(void)wait_of_login(&scene.client, scene.ann.email, PERSON_PASSWORD);
	reload(&scene, "login_burst = 5\nlogin_per_hour = 1\n");
	expect_limit(&scene, "login", 5, 1);
	/* What is owed stays owed. */
	log_in(&scene.client, scene.ann.email);
	fail_to_log_in(&scene.client, scene.ann.email);
	fail_to_log_in(&scene.client, scene.ann.email);
	(void)wait_of_login(&scene.client, scene.ann.email, PERSON_PASSWORD);
	scene_close(&scene);
}

/* --- other users --- */

#define OTHER_UID    61234u
#define OVERFLOW_UID 65534u

static void require_root(void)
{
	if (geteuid() == 0)
		return;
	print_message("skipped: only root can be a second user\n");
	skip();
}

/* The daemon's folders and its socket let others in, as those of a system-wide daemon do. */
static void let_others_in(const struct test_daemon *daemon)
{
	char run[TEST_PATH_SIZE];

	assert_int_equal(chmod(daemon->folder, 0711), 0);
	assert_int_equal(chmod(test_daemon_path(daemon, "run", run), 0711), 0);
	assert_int_equal(chmod(daemon->socket, 0666), 0);
}

/* The kernel attests who connected, not who sends. */
static void open_as(struct line_client *client, const struct test_daemon *daemon, uid_t uid)
{
	bool is_open;

	assert_int_equal(seteuid(uid), 0);
	is_open = line_client_try_open(client, daemon->socket);
	assert_int_equal(seteuid(0), 0);
	assert_true(is_open);
}

static void one_user_is_not_slowed_by_another(void **state)
{
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	struct scene scene;

	(void)state;
	require_root();
	open_scene(&scene, "login_burst = 2\nlogin_per_hour = 1\nlogin_burst_per_uid = 2\nlogin_per_hour_per_uid = 1\n"
			   "signup_burst = 1\nsignup_per_hour = 1\nrefresh_burst = 1\nrefresh_per_hour = 1\n");
	let_others_in(&scene.daemon);
	open_as(&other, &scene.daemon, OTHER_UID);
	fail_to_log_in(&other, scene.ann.email);
	fail_to_log_in(&other, scene.ann.email);
	json_decref(line_client_error(&other, "auth.refresh", refresh_with(""), "unauthenticated"));
	json_decref(line_client_result(&other, "account.signup", credentials("eve@example.com", PERSON_PASSWORD)));
	(void)wait_of_login(&other, scene.ann.email, PERSON_PASSWORD);
	(void)wait_of(&other, "auth.refresh", refresh_with(""));
	(void)wait_of(&other, "account.signup", credentials("eva@example.com", PERSON_PASSWORD));
	log_in(&scene.client, scene.ann.email);
	json_decref(line_client_result(&scene.client, "auth.refresh", refresh_with(scene.ann.refresh_token)));
	/* Its owner's sign-up was the first; this is the second. */
	(void)wait_of(&scene.client, "account.signup", credentials("ada@example.com", PERSON_PASSWORD));
	scene_close(&scene);
}

static json_t *make_token(struct scene *scene)
{
	return line_client_result(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script", "scopes",
			"tasks:read"));
}

static json_t *with_token(const char *token)
{
	return json_pack("{s:s}", "access_token", token);
}

/* Two calls that must be refused, and that nobody can tell apart. */
static void expect_same_refusal(struct line_client *client, const char *method, json_t *params, json_t *bad_params)
{
	json_auto_t *error = line_client_error(client, method, params, "unauthenticated");
	json_auto_t *bad = line_client_error(client, method, bad_params, "unauthenticated");

	assert_string_equal(text_at(error, "message"), NO_CREDENTIALS);
	assert_true(json_equal(error, bad));
}

static bool is_active(struct line_client *client, const char *token)
{
	json_auto_t *said = line_client_result(client, "auth.introspect", json_pack("{s:s}", "token", token));

	if (json_is_true(json_object_get(said, "active")))
		return true;
	assert_int_equal(json_object_size(said), 1);
	return false;
}

static void what_was_given_to_one_user_is_refused_to_another_as_a_bad_token_is(void **state)
{
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	json_auto_t *made = NULL;
	struct scene scene;
	const char *personal;

	(void)state;
	require_root();
	open_scene(&scene, NULL);
	let_others_in(&scene.daemon);
	made = make_token(&scene);
	personal = text_at(made, "token");
	open_as(&other, &scene.daemon, OTHER_UID);
	expect_same_refusal(&other, "account.me", with_token(scene.ann.access_token), with_token("a.b.c"));
	expect_same_refusal(&other, "account.me", with_token(personal), with_token("tkp_"));
	expect_same_refusal(&other, "task.list", with_token(personal), with_token("tkp_"));
	expect_same_refusal(&other, "auth.refresh", refresh_with(scene.ann.refresh_token), refresh_with("tkr_"));
	assert_false(is_active(&other, scene.ann.access_token));
	assert_false(is_active(&other, scene.ann.refresh_token));
	assert_false(is_active(&other, personal));
	/* None of that harmed its owner; and the same person gets in from there by the password. */
	assert_true(is_active(&scene.client, scene.ann.access_token));
	assert_true(is_active(&scene.client, scene.ann.refresh_token));
	assert_true(is_active(&scene.client, personal));
	log_in(&other, scene.ann.email);
	scene_close(&scene);
}

static void check_unbound(bool is_bound_before)
{
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	json_auto_t *made = NULL;
	struct scene scene;

	/* What was bound before is free from then on, too. */
	open_scene(&scene, is_bound_before ? NULL : "bind_uid = off\n");
	let_others_in(&scene.daemon);
	made = make_token(&scene);
	if (is_bound_before)
		reload(&scene, "bind_uid = off\n");
	open_as(&other, &scene.daemon, OTHER_UID);
	json_decref(line_client_result(&other, "account.me", with_token(scene.ann.access_token)));
	json_decref(line_client_result(&other, "account.me", with_token(text_at(made, "token"))));
	json_decref(line_client_result(&other, "auth.refresh", refresh_with(scene.ann.refresh_token)));
	assert_true(is_active(&other, scene.ann.refresh_token));
	scene_close(&scene);
}

static void where_nothing_is_bound_it_serves_whoever_holds_it(void **state)
{
	(void)state;
	require_root();
	check_unbound(false);
	check_unbound(true);
}

static void expect_no_operator(struct line_client *client)
{
	line_client_refused(client, "system.status", json_pack("{s:b}", "operator", 1), "forbidden", "operator");
	line_client_refused(client, "system.rotate_keys", json_pack("{s:b}", "operator", 1), "forbidden", "operator");
}

static void another_user_is_not_the_operator_and_root_is(void **state)
{
	static const uid_t others[] = { OTHER_UID, OVERFLOW_UID };
	struct scene scene;

	(void)state;
	require_root();
	open_scene(&scene, NULL);
	let_others_in(&scene.daemon);
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		AUTO_CLIENT struct line_client other = { .fd = -1 };

		open_as(&other, &scene.daemon, others[i]);
		expect_no_operator(&other);
	}
	json_decref(line_client_result(&scene.client, "system.status", json_pack("{s:b}", "operator", 1)));
	scene_close(&scene);
}

/* --- user namespaces --- */

static bool can_unshare(const char *command)
{
	return system(command) == 0; /* NOLINT(cert-env33-c): words of our own */
}

/* Without a map the daemon is nobody to itself, and so is everybody else: it serves, and has no operator. */
static void in_a_user_namespace_whoever_has_no_name_gets_in_and_is_not_the_operator(void **state)
{
	static const char *const wrapper[] = { "unshare", "--user", NULL };
	struct scene scene;

	(void)state;
	if (!can_unshare("unshare --user true >/dev/null 2>&1")) {
		print_message("skipped: no user namespaces here\n");
		skip();
	}
	scene_open(&scene, &(struct test_daemon_start){ .wrapper = wrapper });
	json_decref(line_client_result(&scene.client, "account.me", person_params(&scene.ann, "{}")));
	json_decref(line_client_result(&scene.client, "auth.refresh", refresh_with(scene.ann.refresh_token)));
	expect_no_operator(&scene.client);
	scene_close(&scene);
}

/* What such a one was given is bound to nobody, or all who have no name would be each other. */
static void in_a_user_namespace_with_a_map_those_outside_of_it_are_nobody(void **state)
{
	static const char *const wrapper[] = { "unshare", "--user", "--map-root-user", NULL };
	AUTO_CLIENT struct line_client other = { .fd = -1 };
	AUTO_PERSON struct person eve = { 0 };
	struct scene scene;

	(void)state;
	require_root();
	if (!can_unshare("unshare --user --map-root-user true >/dev/null 2>&1")) {
		print_message("skipped: no user namespaces here\n");
		skip();
	}
	scene_open(&scene, &(struct test_daemon_start){ .wrapper = wrapper });
	let_others_in(&scene.daemon);
	open_as(&other, &scene.daemon, OTHER_UID);
	person_join_new(&eve, &other);
	json_decref(line_client_result(&other, "account.me", person_params(&eve, "{}")));
	expect_no_operator(&other);
	/* Whoever has a name keeps what was given to that name. */
	json_decref(line_client_error(&other, "account.me", person_params(&scene.ann, "{}"), "unauthenticated"));
	json_decref(line_client_result(&scene.client, "system.status", json_pack("{s:b}", "operator", 1)));
	scene_close(&scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unknown_email_is_slowed_as_a_known_one_word_for_word),
		cmocka_unit_test(the_case_of_an_email_gives_no_further_attempts),
		cmocka_unit_test(while_one_account_waits_another_gets_in),
		cmocka_unit_test(all_accounts_of_a_user_together_are_limited_too),
		cmocka_unit_test(what_asks_for_the_password_again_is_charged_to_the_login),
		cmocka_unit_test(a_success_is_given_back),
		cmocka_unit_test(whoever_waits_as_long_as_was_said_gets_in_and_nobody_is_locked_out_for_good),
		cmocka_unit_test(the_right_password_waits_too_and_a_refused_attempt_costs_nothing),
		cmocka_unit_test(sign_ups_of_a_user_are_limited_and_the_operators_are_not),
		cmocka_unit_test(refreshes_with_bad_tokens_are_limited),
		cmocka_unit_test(the_settings_are_seen_by_the_operator),
		cmocka_unit_test(larger_limits_help_at_once),
		cmocka_unit_test(one_user_is_not_slowed_by_another),
		cmocka_unit_test(what_was_given_to_one_user_is_refused_to_another_as_a_bad_token_is),
		cmocka_unit_test(where_nothing_is_bound_it_serves_whoever_holds_it),
		cmocka_unit_test(another_user_is_not_the_operator_and_root_is),
		cmocka_unit_test(in_a_user_namespace_whoever_has_no_name_gets_in_and_is_not_the_operator),
		cmocka_unit_test(in_a_user_namespace_with_a_map_those_outside_of_it_are_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
