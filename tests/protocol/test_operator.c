/* The operator's methods over the wire: what they tell, what they change, and who may not call them. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static json_t *as_operator(void)
{
	return json_pack("{s:b}", "operator", 1);
}

static json_t *about(const char *email)
{
	return json_pack("{s:b,s:s}", "operator", 1, "email", email);
}

/* The table says which methods are the operator's; none of them answers anybody who does not say so. */
static void nobody_is_the_operator_by_chance(void **state)
{
	struct scene *scene = *state;
	json_auto_t *document = line_client_result(&scene->client, "rpc.discover", NULL);
	unsigned count = 0;
	size_t i;
	json_t *method;

	json_array_foreach (json_object_get(document, "methods"), i, method) {
		const char *name = text_at(method, "name");

		if (strcmp(text_at(method, "x-access"), "operator") != 0)
			continue;
		line_client_refused(&scene->client, name, json_object(), "forbidden", "operator");
		line_client_refused(&scene->client, name, person_params(&scene->ann, "{}"), "forbidden", "operator");
		line_client_refused(&scene->client, name, person_params(&scene->ann, "{s:b}", "operator", 1),
			"invalid_params", "operator");
		count++;
	}
	assert_true(count >= 10);
}

static void the_status_tells_limits_and_keys(void **state)
{
	static const char *const names[] = { "login", "login_per_uid", "signup", "refresh" };
	struct scene *scene = *state;
	json_auto_t *status = line_client_result(&scene->client, "system.status", as_operator());
	const json_t *limits = json_object_get(status, "limits");
	const json_t *keys = json_object_get(status, "keys");

	assert_int_equal(json_array_size(limits), COUNT_OF(names));
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		assert_string_equal(text_at(json_array_get(limits, i), "name"), names[i]);
		assert_true(integer_at(json_array_get(limits, i), "burst") > 0);
		assert_true(integer_at(json_array_get(limits, i), "per_hour") > 0);
	}
	assert_int_equal(integer_at(keys, "count"), 1);
	assert_string_equal(text_at(keys, "algorithm"), "HS256");
	assert_true(json_is_false(json_object_get(keys, "is_read_only")));
	assert_string_equal(text_at(status, "signup"), "open");
	assert_int_equal(integer_at(json_object_get(status, "counts"), "accounts"), 1);
	assert_int_equal(integer_at(json_object_get(status, "counts"), "sessions"), 1);
}

static void accounts_are_listed_in_pages_with_what_they_have(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *first = NULL;
	json_auto_t *second = NULL;
	const json_t *ann;

	person_join_new(&bob, &scene->client);
	(void)person_add_task(&scene->ann, &scene->client, "one");
	first = line_client_result(
		&scene->client, "system.accounts", json_pack("{s:b,s:i}", "operator", 1, "limit", 1));
	ann = json_array_get(json_object_get(first, "accounts"), 0);
	assert_int_equal(json_array_size(json_object_get(first, "accounts")), 1);
	assert_string_equal(text_at(ann, "email"), scene->ann.email);
	assert_string_equal(text_at(ann, "state"), "active");
	assert_int_equal(integer_at(ann, "tasks"), 1);
	assert_int_equal(integer_at(ann, "sessions"), 1);
	assert_int_equal(integer_at(ann, "tokens"), 0);
	(void)text_at(ann, "last_used_at");
	second = line_client_result(&scene->client, "system.accounts",
		json_pack("{s:b,s:s}", "operator", 1, "cursor", text_at(first, "next_cursor")));
	assert_string_equal(text_at(json_array_get(json_object_get(second, "accounts"), 0), "email"), bob.email);
	assert_null(json_object_get(second, "next_cursor"));
}

static void an_account_that_is_not_there_is_said(void **state)
{
	static const char *const methods[] = { "system.disable_account", "system.enable_account", "system.reset_code" };
	struct scene *scene = *state;

	for (size_t i = 0; i < COUNT_OF(methods); i++)
		line_client_refused(&scene->client, methods[i], about("nobody@example.com"), "not_found", "email");
	line_client_refused(&scene->client, "system.add_account", about("no email"), "invalid_params", "email");
}

static bool has_event(const json_t *log, const char *event)
{
	size_t i;
	json_t *entry;

	json_array_foreach (json_object_get(log, "entries"), i, entry)
		if (strcmp(text_at(entry, "event"), event) == 0)
			return true;
	return false;
}

static void what_concerns_all_is_in_the_log_of_all_and_names_nobody(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *log = NULL;
	AUTO_FREE char *text = NULL;

	/* A reload, too: what the methods know of the daemon is still there behind it. */
	test_daemon_signal(&scene->daemon, SIGHUP);
	test_daemon_await_log(&scene->daemon, "reloaded the settings");
	json_decref(line_client_result(&scene->client, "system.disable_account", about(scene->ann.email)));
	person_join_new(&bob, &scene->client);
	json_decref(line_client_result(
		&scene->client, "account.delete", person_params(&bob, "{s:s}", "password", PERSON_PASSWORD)));
	json_decref(line_client_result(&scene->client, "system.rotate_keys", as_operator()));
	json_decref(line_client_result(&scene->client, "system.backup", as_operator()));
	log = line_client_result(&scene->client, "system.log", as_operator());
	assert_true(has_event(log, "account_deleted"));
	assert_true(has_event(log, "keys_rotated"));
	assert_true(has_event(log, "backup_made"));
	assert_true(has_event(log, "account_disabled"));
	text = json_dumps(log, 0);
	assert_null(strstr(text, bob.email));
	assert_null(strstr(text, scene->ann.email));
}

/* A copy that somebody may take away: nothing in it opens anything. */
static void a_backup_is_its_owners_alone_and_has_no_secrets_of_sessions(void **state)
{
	struct scene *scene = *state;
	json_auto_t *backup = NULL;
	struct stat found;
	char command[512];

	(void)person_add_task(&scene->ann, &scene->client, "in the backup");
	json_decref(line_client_result(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script", "scopes",
			"tasks:read")));
	backup = line_client_result(&scene->client, "system.backup", as_operator());
	assert_int_equal(stat(text_at(backup, "path"), &found), 0);
	assert_int_equal(found.st_mode & 07777, 0600);
	assert_int_equal(found.st_size, integer_at(backup, "bytes"));
	(void)snprintf(command, sizeof(command),
		"test \"$(sqlite3 '%s' 'SELECT (SELECT count(*) FROM session) || (SELECT count(*) FROM token) || "
		"(SELECT count(*) FROM reset_code) || (SELECT count(*) FROM replay) || (SELECT count(*) FROM task)')\" "
		"= 00001",
		text_at(backup, "path"));
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
}

static void a_sound_store_is_said_to_be_sound(void **state)
{
	struct scene *scene = *state;
	json_auto_t *check = line_client_result(&scene->client, "system.check", as_operator());

	assert_true(json_is_true(json_object_get(check, "ok")));
	assert_int_equal(json_array_size(json_object_get(check, "findings")), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, scene_setup, scene_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(nobody_is_the_operator_by_chance),
		TEST(the_status_tells_limits_and_keys),
		TEST(accounts_are_listed_in_pages_with_what_they_have),
		TEST(an_account_that_is_not_there_is_said),
		TEST(what_concerns_all_is_in_the_log_of_all_and_names_nobody),
		TEST(a_backup_is_its_owners_alone_and_has_no_secrets_of_sessions),
		TEST(a_sound_store_is_said_to_be_sound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
