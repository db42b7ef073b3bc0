/* What changes an account over the wire: password, email, codes, the end of it, and the record of all that. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <string.h>
#include <unistd.h>

#define NEW_PASSWORD   "a brand new phrase"
#define NO_CREDENTIALS "Could not validate credentials"
#define INDEX_LIMIT_MS 20000 /* until the words of some hundred tasks are in the index */
#define RACERS         12u

static json_t *credentials(const char *email, const char *password)
{
	return json_pack("{s:s,s:s}", "email", email, "password", password);
}

static void expect_in(struct line_client *client, const char *access_token)
{
	json_decref(line_client_result(client, "account.me", json_pack("{s:s}", "access_token", access_token)));
}

static void expect_out(struct line_client *client, const char *access_token)
{
	json_auto_t *error = line_client_error(
		client, "account.me", json_pack("{s:s}", "access_token", access_token), "unauthenticated");

	assert_string_equal(text_at(error, "message"), NO_CREDENTIALS);
}

static json_t *operator_call(struct scene *scene, const char *method, const char *email)
{
	return line_client_result(&scene->client, method, json_pack("{s:b,s:s}", "operator", 1, "email", email));
}

static json_t *make_token(struct scene *scene)
{
	return line_client_result(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script", "scopes",
			"tasks:read"));
}

/* --- another password --- */

static json_t *change_password(struct scene *scene, const char *from, const char *to)
{
	return person_params(&scene->ann, "{s:s,s:s}", "password", from, "new_password", to);
}

static void a_new_password_ends_every_session_and_token_and_opens_a_fresh_one(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	json_auto_t *token = make_token(scene);
	json_auto_t *grant = NULL;

	line_client_open(&there, scene->daemon.socket);
	expect_in(&there, scene->ann.access_token);
	grant = line_client_result(
		&scene->client, "account.change_password", change_password(scene, PERSON_PASSWORD, NEW_PASSWORD));
	expect_out(&there, scene->ann.access_token);
	expect_out(&there, text_at(token, "token"));
	json_decref(line_client_error(&there, "auth.refresh",
		json_pack("{s:s}", "refresh_token", scene->ann.refresh_token), "unauthenticated"));
	expect_in(&there, text_at(grant, "access_token"));
	json_decref(line_client_error(
		&there, "auth.login", credentials(scene->ann.email, PERSON_PASSWORD), "unauthenticated"));
	json_decref(line_client_result(&there, "auth.login", credentials(scene->ann.email, NEW_PASSWORD)));
}

static void a_password_that_may_not_be_leaves_all_as_it_was(void **state)
{
	struct scene *scene = *state;

	line_client_refused(&scene->client, "account.change_password",
		change_password(scene, "not the password", NEW_PASSWORD), "forbidden", "password");
	line_client_refused(&scene->client, "account.change_password", change_password(scene, PERSON_PASSWORD, "short"),
		"invalid_params", "new_password");
	line_client_refused(&scene->client, "account.change_password",
		change_password(scene, PERSON_PASSWORD, scene->ann.email), "invalid_params", "new_password");
	expect_in(&scene->client, scene->ann.access_token);
}

/* --- another email --- */

static void an_account_is_found_by_its_new_email_alone(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *changed = NULL;

	person_join_new(&bob, &scene->client);
	line_client_refused(&scene->client, "account.change_email",
		person_params(&scene->ann, "{s:s,s:s}", "password", PERSON_PASSWORD, "email", bob.email), "conflict",
		"email");
	line_client_refused(&scene->client, "account.change_email",
		person_params(&scene->ann, "{s:s,s:s}", "password", PERSON_PASSWORD, "email", "no email"),
		"invalid_params", "email");
	changed = line_client_result(&scene->client, "account.change_email",
		person_params(&scene->ann, "{s:s,s:s}", "password", PERSON_PASSWORD, "email", "anna@example.com"));
	assert_string_equal(text_at(changed, "email"), "anna@example.com");
	expect_in(&scene->client, scene->ann.access_token);
	json_decref(line_client_result(&scene->client, "auth.login", credentials("anna@example.com", PERSON_PASSWORD)));
	json_decref(line_client_error(
		&scene->client, "auth.login", credentials(scene->ann.email, PERSON_PASSWORD), "unauthenticated"));
}

/* --- codes --- */

static json_t *reset(const char *email, const char *code, const char *password)
{
	return json_pack("{s:s,s:s,s:s}", "email", email, "code", code, "new_password", password);
}

static void a_code_sets_a_new_password_once_and_ends_what_was(void **state)
{
	struct scene *scene = *state;
	json_auto_t *given = operator_call(scene, "system.reset_code", scene->ann.email);
	const char *code = text_at(given, "code");
	AUTO_FREE char *spoken = memory_strdup(code);
	json_auto_t *grant = NULL;

	assert_int_equal(strlen(code), 25 + 4);
	/* As a person would type it. */
	for (char *letter = spoken; *letter; letter++)
		*letter = (char)(*letter == '-' ? ' ' : *letter == '0' ? 'o' : *letter);
	expect_in(&scene->client, scene->ann.access_token);
	grant = line_client_result(
		&scene->client, "account.reset_password", reset(scene->ann.email, spoken, NEW_PASSWORD));
	expect_in(&scene->client, text_at(grant, "access_token"));
	expect_out(&scene->client, scene->ann.access_token);
	json_decref(line_client_error(&scene->client, "account.reset_password",
		reset(scene->ann.email, code, NEW_PASSWORD), "unauthenticated"));
}

static void a_code_may_be_tried_five_times(void **state)
{
	struct scene *scene = *state;
	json_auto_t *given = operator_call(scene, "system.reset_code", scene->ann.email);
	const char *code = text_at(given, "code");

	for (int i = 0; i < 5; i++) {
		json_auto_t *error = line_client_error(&scene->client, "account.reset_password",
			reset(scene->ann.email, "00000-00000-00000-00000-00000", NEW_PASSWORD), "unauthenticated");
		json_auto_t *unknown = line_client_error(&scene->client, "account.reset_password",
			reset("nobody@example.com", code, NEW_PASSWORD), "unauthenticated");

		assert_true(json_equal(error, unknown));
	}
	json_decref(line_client_error(&scene->client, "account.reset_password",
		reset(scene->ann.email, code, NEW_PASSWORD), "unauthenticated"));
	expect_in(&scene->client, scene->ann.access_token);
}

static void who_is_added_by_the_operator_sets_the_first_password_by_code(void **state)
{
	struct scene *scene = *state;
	json_auto_t *added = operator_call(scene, "system.add_account", "cleo@example.com");
	json_auto_t *grant = line_client_result(&scene->client, "account.reset_password",
		reset("cleo@example.com", text_at(added, "code"), NEW_PASSWORD));

	expect_in(&scene->client, text_at(grant, "access_token"));
	line_client_refused(&scene->client, "system.add_account",
		json_pack("{s:b,s:s}", "operator", 1, "email", "CLEO@example.com"), "conflict", "email");
}

/* --- disabling --- */

static void a_disabled_account_is_out_at_once_and_in_again_when_enabled(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	json_auto_t *token = make_token(scene);
	json_auto_t *disabled = NULL;

	line_client_open(&there, scene->daemon.socket);
	expect_in(&there, scene->ann.access_token);
	disabled = operator_call(scene, "system.disable_account", scene->ann.email);
	assert_string_equal(text_at(disabled, "state"), "disabled");
	expect_out(&there, scene->ann.access_token);
	expect_out(&there, text_at(token, "token"));
	json_decref(line_client_error(
		&there, "auth.login", credentials(scene->ann.email, PERSON_PASSWORD), "unauthenticated"));
	json_decref(operator_call(scene, "system.enable_account", scene->ann.email));
	expect_out(&there, scene->ann.access_token);
	expect_in(&there, text_at(token, "token"));
	json_decref(line_client_result(&there, "auth.login", credentials(scene->ann.email, PERSON_PASSWORD)));
}

/* --- the record --- */

static const json_t *find_event(const json_t *log, const char *event)
{
	size_t i;
	json_t *entry;

	json_array_foreach (json_object_get(log, "entries"), i, entry)
		if (strcmp(text_at(entry, "event"), event) == 0)
			return entry;
	return NULL;
}

static void the_log_tells_the_owner_what_happened_and_sums_failures(void **state)
{
	static const char *const events[] = { "signup", "login", "token_created", "token_revoked", "session_revoked",
		"email_changed", "reset_code_made" };
	struct scene *scene = *state;
	json_auto_t *token = make_token(scene);
	json_auto_t *log = NULL;

	(void)token;
	for (int i = 0; i < 3; i++)
		json_decref(line_client_error(
			&scene->client, "auth.login", credentials(scene->ann.email, "not mine"), "unauthenticated"));
	json_decref(line_client_result(&scene->client, "token.revoke", person_params(&scene->ann, "{s:b}", "all", 1)));
	json_decref(line_client_result(&scene->client, "auth.login", credentials(scene->ann.email, PERSON_PASSWORD)));
	json_decref(
		line_client_result(&scene->client, "session.revoke", person_params(&scene->ann, "{s:b}", "others", 1)));
	json_decref(line_client_result(&scene->client, "account.change_email",
		person_params(&scene->ann, "{s:s,s:s}", "password", PERSON_PASSWORD, "email", "new@example.com")));
	json_decref(operator_call(scene, "system.reset_code", "new@example.com"));
	log = line_client_result(&scene->client, "account.log", person_params(&scene->ann, "{}"));
	for (size_t i = 0; i < COUNT_OF(events); i++)
		if (!find_event(log, events[i]))
			fail_msg("the log has no %s", events[i]);
	/* Over the turn of an hour they are two sums. */
	assert_non_null(find_event(log, "login_failed"));
	assert_int_equal(integer_at(find_event(log, "signup"), "uid"), getuid());
}

static void a_log_comes_in_pages(void **state)
{
	struct scene *scene = *state;
	json_auto_t *first = NULL;
	json_auto_t *second = NULL;
	const json_t *one, *two;

	json_decref(make_token(scene));
	first = line_client_result(&scene->client, "account.log", person_params(&scene->ann, "{s:i}", "limit", 1));
	second = line_client_result(&scene->client, "account.log",
		person_params(&scene->ann, "{s:i,s:s}", "limit", 1, "cursor", text_at(first, "next_cursor")));
	one = json_array_get(json_object_get(first, "entries"), 0);
	two = json_array_get(json_object_get(second, "entries"), 0);
	assert_true(integer_at(one, "id") > integer_at(two, "id"));
	assert_string_equal(text_at(one, "event"), "token_created");
	line_client_refused(&scene->client, "account.log", person_params(&scene->ann, "{s:s}", "cursor", "x"),
		"invalid_params", "cursor");
}

/* --- export --- */

static void an_export_has_all_that_is_known(void **state)
{
	static const struct {
		const char *name;
		size_t least; /* items */
	} sections[] = {
		{ "account", 1 },
		{ "sessions", 1 },
		{ "tokens", 1 },
		{ "log", 1 },
		{ "fields", 1 },
		{ "tasks", 2 },
		{ "history", 2 },
		{ "times", 0 }, /* nothing was worked on for a second */
		{ "contexts", 1 },
		{ "reports", 1 },
		{ "urgency", 1 },
		{ "replies", 1 },
	};
	struct scene *scene = *state;
	json_t *page;

	(void)person_add_task(&scene->ann, &scene->client, "an exported task");
	json_decref(line_client_result(&scene->client, "task.add",
		person_params(&scene->ann, "{s:s,s:s}", "title", "with a key", "idempotency_key", "k1")));
	json_decref(make_token(scene));
	json_decref(line_client_result(&scene->client, "field.define",
		person_params(&scene->ann, "{s:s,s:s}", "name", "cost", "type", "number")));
	json_decref(line_client_result(&scene->client, "context.set",
		person_params(&scene->ann, "{s:s,s:{s:s}}", "name", "work", "write", "project", "work")));
	json_decref(line_client_result(
		&scene->client, "urgency.set", person_params(&scene->ann, "{s:s,s:f}", "name", "due", "value", 10.5)));
	json_decref(line_client_result(&scene->client, "report.set",
		person_params(&scene->ann, "{s:s,s:[s]}", "name", "mine", "columns", "title")));
	page = line_client_result(
		&scene->client, "account.export", person_params(&scene->ann, "{s:s}", "password", PERSON_PASSWORD));
	for (size_t i = 0; i < COUNT_OF(sections); i++) {
		json_t *next = NULL;

		assert_string_equal(text_at(page, "section"), sections[i].name);
		assert_true(json_array_size(json_object_get(page, "items")) >= sections[i].least);
		if (i + 1 < COUNT_OF(sections))
			next = line_client_result(&scene->client, "account.export",
				person_params(&scene->ann, "{s:s}", "cursor", text_at(page, "next_cursor")));
		else
			assert_null(json_object_get(page, "next_cursor"));
		json_decref(page);
		page = next;
	}
}

static void an_export_goes_on_for_its_own_session_only(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *page = NULL;

	person_join_new(&bob, &scene->client);
	line_client_refused(&scene->client, "account.export",
		person_params(&scene->ann, "{s:s}", "password", "not the password"), "forbidden", "password");
	line_client_refused(
		&scene->client, "account.export", person_params(&scene->ann, "{}"), "invalid_params", "password");
	page = line_client_result(
		&scene->client, "account.export", person_params(&scene->ann, "{s:s}", "password", PERSON_PASSWORD));
	line_client_refused(&scene->client, "account.export",
		person_params(&bob, "{s:s}", "cursor", text_at(page, "next_cursor")), "invalid_params", "cursor");
	line_client_refused(&scene->client, "account.export", person_params(&scene->ann, "{s:s}", "cursor", "1.0.9"),
		"invalid_params", "cursor");
}

/* --- the end of an account --- */

static bool file_holds(const char *folder, const char *name, const char *text)
{
	char command[512];

	(void)snprintf(command, sizeof(command), "grep -q -a -F -e '%s' '%s/%s' 2>/dev/null", text, folder, name);
	return system(command) == 0; /* NOLINT(cert-env33-c): words of our own */
}

static bool any_file_holds(const char *folder, const char *text)
{
	return file_holds(folder, "taskd.db", text) || file_holds(folder, "taskd.db-wal", text);
}

/* Words stand in the index with the account in front of them. */
static void await_index(const struct scene *scene, const char *word)
{
	int64_t deadline = test_now_ms() + INDEX_LIMIT_MS;

	while (!any_file_holds(scene->daemon.data, word))
		assert_true(test_now_ms() < deadline);
}

static void of_a_deleted_account_not_a_byte_is_left(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *count = NULL;

	person_join_new(&bob, &scene->client);
	for (int i = 0; i < 300; i++) {
		json_decref(line_client_result(&scene->client, "task.add",
			person_params(&scene->ann, "{s:s,s:s,s:s}", "title", "annsmarker in a title", "note",
				"annsmarker in a note", "project", "annsmarker.project")));
		(void)person_add_task(&bob, &scene->client, "bobsmarker stays");
	}
	assert_true(any_file_holds(scene->daemon.data, "annsmarker"));
	await_index(scene, ":annsmarker");
	await_index(scene, ":bobsmarker");
	line_client_refused(&scene->client, "account.delete",
		person_params(&scene->ann, "{s:s}", "password", "not the password"), "forbidden", "password");
	json_decref(line_client_result(
		&scene->client, "account.delete", person_params(&scene->ann, "{s:s}", "password", PERSON_PASSWORD)));
	expect_out(&scene->client, scene->ann.access_token);
	assert_false(file_holds(scene->daemon.data, "taskd.db", "annsmarker"));
	assert_false(file_holds(scene->daemon.data, "taskd.db-wal", "annsmarker"));
	assert_false(file_holds(scene->daemon.data, "taskd.db", scene->ann.email));
	assert_false(any_file_holds(scene->daemon.data, "nnsmarker"));
	assert_true(file_holds(scene->daemon.data, "taskd.db", "bobsmarker"));
	count = line_client_result(&scene->client, "task.count", person_params(&bob, "{}"));
	assert_int_equal(integer_at(count, "count"), 300);
	/* The email is free again, and its account is another. */
	json_decref(
		line_client_result(&scene->client, "account.signup", credentials(scene->ann.email, PERSON_PASSWORD)));
}

/* --- races --- */

/* Logins under way while `method` runs: afterwards no token of any of them is good. */
static void race_logins(struct scene *scene, const char *method, json_t *params)
{
	struct line_client racers[RACERS];

	for (size_t i = 0; i < RACERS; i++)
		line_client_open(&racers[i], scene->daemon.socket);
	for (size_t i = 0; i < RACERS / 2; i++)
		line_client_request(&racers[i], "auth.login", credentials(scene->ann.email, PERSON_PASSWORD));
	line_client_request(&scene->client, method, params);
	for (size_t i = RACERS / 2; i < RACERS; i++)
		line_client_request(&racers[i], "auth.login", credentials(scene->ann.email, PERSON_PASSWORD));
	json_decref(line_client_read_json(&scene->client));
	for (size_t i = 0; i < RACERS; i++) {
		json_auto_t *reply = line_client_read_json(&racers[i]);
		const json_t *grant = json_object_get(reply, "result");

		if (grant)
			expect_out(&racers[i], text_at(grant, "access_token"));
		line_client_close(&racers[i]);
	}
}

static int open_with_queue(void **state)
{
	struct scene *scene = memory_array(1, sizeof(*scene));

	*state = scene;
	scene_open(scene, &(struct test_daemon_start){ .settings = "hash_queue = 64\nhash_queue_per_uid = 64\n" });
	return 0;
}

static void no_session_survives_a_new_password(void **state)
{
	race_logins(*state, "account.change_password", change_password(*state, PERSON_PASSWORD, NEW_PASSWORD));
}

static void no_session_survives_a_deletion(void **state)
{
	const struct scene *scene = *state;

	race_logins(*state, "account.delete", person_params(&scene->ann, "{s:s}", "password", PERSON_PASSWORD));
}

static void no_session_survives_a_disabling(void **state)
{
	const struct scene *scene = *state;

	race_logins(*state, "system.disable_account", json_pack("{s:b,s:s}", "operator", 1, "email", scene->ann.email));
}

#define SCENE_TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)
#define RACE_TEST(name)  cmocka_unit_test_setup_teardown(name, open_with_queue, scene_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SCENE_TEST(a_new_password_ends_every_session_and_token_and_opens_a_fresh_one),
		SCENE_TEST(a_password_that_may_not_be_leaves_all_as_it_was),
		SCENE_TEST(an_account_is_found_by_its_new_email_alone),
		SCENE_TEST(a_code_sets_a_new_password_once_and_ends_what_was),
		SCENE_TEST(a_code_may_be_tried_five_times),
		SCENE_TEST(who_is_added_by_the_operator_sets_the_first_password_by_code),
		SCENE_TEST(a_disabled_account_is_out_at_once_and_in_again_when_enabled),
		SCENE_TEST(the_log_tells_the_owner_what_happened_and_sums_failures),
		SCENE_TEST(a_log_comes_in_pages),
		SCENE_TEST(an_export_has_all_that_is_known),
		SCENE_TEST(an_export_goes_on_for_its_own_session_only),
		SCENE_TEST(of_a_deleted_account_not_a_byte_is_left),
		RACE_TEST(no_session_survives_a_new_password),
		RACE_TEST(no_session_survives_a_deletion),
		RACE_TEST(no_session_survives_a_disabling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
