/* Sessions and personal tokens over the wire: what lists them, what ends them, and what each may do. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NO_CREDENTIALS "Could not validate credentials"

static json_t *credentials(const struct person *person)
{
	return json_pack("{s:s,s:s}", "email", person->email, "password", PERSON_PASSWORD);
}

static json_t *log_in(struct scene *scene, const char *client)
{
	json_t *params = credentials(&scene->ann);

	(void)json_object_set_new(params, "client", json_string(client));
	return line_client_result(&scene->client, "auth.login", params);
}

static json_t *with_token(const char *token)
{
	return json_pack("{s:s}", "access_token", token);
}

static void refused_token(struct line_client *client, const char *token)
{
	json_auto_t *error = line_client_error(client, "account.me", with_token(token), "unauthenticated");

	assert_string_equal(text_at(error, "message"), NO_CREDENTIALS);
}

static json_t *list_sessions(struct scene *scene)
{
	json_auto_t *result = line_client_result(&scene->client, "session.list", person_params(&scene->ann, "{}"));

	return json_incref(json_object_get(result, "sessions"));
}

static const json_t *find_by(const json_t *list, const char *key, const char *value)
{
	size_t i;
	json_t *item;

	json_array_foreach ((json_t *)(uintptr_t)list, i, item) {
		const char *found = json_string_value(json_object_get(item, key));

		if (found && strcmp(found, value) == 0)
			return item;
	}
	return NULL;
}

static json_int_t revoke_sessions(struct scene *scene, json_t *params)
{
	json_auto_t *result = line_client_result(&scene->client, "session.revoke", params);

	return integer_at(result, "count");
}

/* --- sessions --- */

static void the_list_names_each_session_and_marks_the_one_that_asks(void **state)
{
	struct scene *scene = *state;
	json_auto_t *other = log_in(scene, "the other one");
	json_auto_t *sessions = list_sessions(scene);
	const json_t *listed = find_by(sessions, "id", text_at(other, "session_id"));
	size_t i, current = 0;
	json_t *session;

	assert_int_equal(json_array_size(sessions), 2);
	assert_string_equal(text_at(listed, "client"), "the other one");
	assert_int_equal(integer_at(listed, "uid"), getuid());
	assert_false(json_is_true(json_object_get(listed, "is_current")));
	(void)text_at(listed, "created_at");
	(void)text_at(listed, "last_used_at");
	(void)text_at(listed, "expires_at");
	json_array_foreach (sessions, i, session)
		current += json_is_true(json_object_get(session, "is_current"));
	assert_int_equal(current, 1);
}

static void a_revoked_session_is_refused_at_once_also_where_its_token_is_known(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	json_auto_t *other = log_in(scene, "phone");
	const char *token = text_at(other, "access_token");
	char beginning[9];

	(void)snprintf(beginning, sizeof(beginning), "%s", text_at(other, "session_id"));
	line_client_open(&there, scene->daemon.socket);
	json_decref(line_client_result(&there, "account.me", with_token(token)));
	assert_int_equal(revoke_sessions(scene, person_params(&scene->ann, "{s:s}", "id", beginning)), 1);
	refused_token(&there, token);
	json_decref(line_client_error(&there, "auth.refresh",
		json_pack("{s:s}", "refresh_token", text_at(other, "refresh_token")), "unauthenticated"));
	json_decref(line_client_result(&scene->client, "account.me", person_params(&scene->ann, "{}")));
}

static void others_are_revoked_without_the_one_that_asks_and_all_with_it(void **state)
{
	struct scene *scene = *state;
	json_auto_t *one = log_in(scene, "one");
	json_auto_t *two = log_in(scene, "two");

	assert_int_equal(revoke_sessions(scene, person_params(&scene->ann, "{s:b}", "others", 1)), 2);
	refused_token(&scene->client, text_at(one, "access_token"));
	refused_token(&scene->client, text_at(two, "access_token"));
	assert_int_equal(revoke_sessions(scene, person_params(&scene->ann, "{s:b}", "all", 1)), 1);
	refused_token(&scene->client, scene->ann.access_token);
}

static void what_is_revoked_is_said_exactly(void **state)
{
	struct scene *scene = *state;
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *bobs = NULL;

	person_join_new(&bob, &scene->client);
	bobs = line_client_result(&scene->client, "account.me", person_params(&bob, "{}"));
	line_client_refused(&scene->client, "session.revoke", person_params(&scene->ann, "{}"), "invalid_params", "id");
	line_client_refused(&scene->client, "session.revoke",
		person_params(&scene->ann, "{s:b,s:b}", "all", 1, "others", 1), "invalid_params", "id");
	line_client_refused(&scene->client, "session.revoke", person_params(&scene->ann, "{s:s}", "id", "abc"),
		"invalid_params", "id");
	/* Another's session is told as one that never was. */
	line_client_refused(&scene->client, "session.revoke",
		person_params(&scene->ann, "{s:s}", "id", text_at(json_object_get(bobs, "session"), "id")), "not_found",
		"id");
	json_decref(line_client_result(&scene->client, "account.me", person_params(&bob, "{}")));
}

/* --- personal tokens --- */

static json_t *make_token(struct scene *scene, const char *name, json_t *scopes)
{
	return line_client_result(&scene->client, "token.create",
		person_params(
			&scene->ann, "{s:s,s:s,s:o}", "password", PERSON_PASSWORD, "name", name, "scopes", scopes));
}

static void a_personal_token_says_what_it_is_and_is_told_once(void **state)
{
	struct scene *scene = *state;
	json_auto_t *made = make_token(scene, "backup script", json_pack("[s,s]", "tasks:read", "tasks:write"));
	json_auto_t *me = line_client_result(&scene->client, "account.me", with_token(text_at(made, "token")));
	json_auto_t *listed = line_client_result(&scene->client, "token.list", person_params(&scene->ann, "{}"));
	const json_t *token = find_by(json_object_get(listed, "tokens"), "name", "backup script");
	AUTO_FREE char *text = json_dumps(listed, 0);

	assert_memory_equal(text_at(made, "token"), "tkp_", 4);
	assert_string_equal(text_at(me, "email"), scene->ann.email);
	assert_null(json_object_get(me, "session"));
	assert_string_equal(text_at(json_object_get(me, "token"), "name"), "backup script");
	assert_int_equal(json_array_size(json_object_get(token, "scopes")), 2);
	assert_string_equal(text_at(token, "id"), text_at(made, "id"));
	assert_null(strstr(text, text_at(made, "token")));
}

/* What each kind of token may call, by the description that the daemon gives of its own table. */
static bool answers(struct scene *scene, const char *method, const char *token)
{
	json_auto_t *reply = line_client_call(&scene->client, method, with_token(token));
	const char *kind =
		json_string_value(json_object_get(json_object_get(json_object_get(reply, "error"), "data"), "kind"));
	const char *field =
		json_string_value(json_object_get(json_object_get(json_object_get(reply, "error"), "data"), "field"));

	/* The refusal for a scope names the token; any other is for the missing parameters. */
	return !(kind && !strcmp(kind, "forbidden") && field && !strcmp(field, "access_token"));
}

static bool is_in(const char *scope, const char *const *scopes)
{
	for (; *scopes; scopes++)
		if (!strcmp(scope, *scopes))
			return true;
	return false;
}

static unsigned hold_against_table(struct scene *scene, const char *token, const char *const *scopes)
{
	json_auto_t *document = line_client_result(&scene->client, "rpc.discover", NULL);
	unsigned allowed = 0;
	size_t i;
	json_t *method;

	json_array_foreach (json_object_get(document, "methods"), i, method) {
		const char *name = text_at(method, "name");
		const char *scope = json_string_value(json_object_get(method, "x-scope"));
		bool expected = scope && is_in(scope, scopes);

		if (strcmp(text_at(method, "x-access"), "account") != 0)
			continue;
		if (answers(scene, name, token) != expected)
			fail_msg("%s is %s", name, expected ? "refused" : "allowed");
		allowed += expected;
	}
	return allowed;
}

static void each_scope_reaches_its_methods_and_no_other(void **state)
{
	struct scene *scene = *state;
	json_auto_t *reader = make_token(scene, "reader", json_pack("[s]", "tasks:read"));
	json_auto_t *writer = make_token(scene, "writer", json_pack("[s]", "tasks:write"));
	json_auto_t *both = make_token(scene, "both", json_pack("[s,s]", "tasks:write", "tasks:read"));
	unsigned reads =
		hold_against_table(scene, text_at(reader, "token"), (const char *const[]){ "tasks:read", "any", NULL });
	unsigned writes = hold_against_table(
		scene, text_at(writer, "token"), (const char *const[]){ "tasks:write", "any", NULL });

	assert_true(reads >= 4);
	assert_true(writes >= 7);
	assert_int_equal(hold_against_table(scene, text_at(both, "token"),
				 (const char *const[]){ "tasks:write", "tasks:read", "any", NULL }),
		reads + writes - 1);
}

static void what_a_token_did_stands_under_its_own_id(void **state)
{
	struct scene *scene = *state;
	json_auto_t *made = make_token(scene, "adder", json_pack("[s]", "tasks:write"));
	json_auto_t *added = line_client_result(&scene->client, "task.add",
		json_pack("{s:s,s:s}", "access_token", text_at(made, "token"), "title", "by script"));
	json_auto_t *first = line_client_result(
		&scene->client, "account.export", person_params(&scene->ann, "{s:s}", "password", PERSON_PASSWORD));
	json_auto_t *page = json_incref(first);

	(void)added;
	while (strcmp(text_at(page, "section"), "history") != 0) {
		json_t *next = line_client_result(&scene->client, "account.export",
			person_params(&scene->ann, "{s:s}", "cursor", text_at(page, "next_cursor")));

		json_decref(page);
		page = next;
	}
	assert_string_equal(text_at(json_array_get(json_object_get(page, "items"), 0), "actor"), text_at(made, "id"));
}

static void a_revoked_or_expired_token_is_refused_at_once(void **state)
{
	struct scene *scene = *state;
	json_auto_t *one = make_token(scene, "one", json_pack("[s]", "tasks:read"));
	json_auto_t *two = make_token(scene, "two", json_pack("[s]", "tasks:read"));

	json_decref(
		line_client_result(&scene->client, "token.revoke", person_params(&scene->ann, "{s:s}", "name", "one")));
	refused_token(&scene->client, text_at(one, "token"));
	json_decref(line_client_result(&scene->client, "account.me", with_token(text_at(two, "token"))));
	json_decref(line_client_result(
		&scene->client, "token.revoke", person_params(&scene->ann, "{s:s}", "id", text_at(two, "id"))));
	refused_token(&scene->client, text_at(two, "token"));
	line_client_refused(&scene->client, "token.revoke", person_params(&scene->ann, "{s:s}", "name", "two"),
		"not_found", "name");
}

static void a_bad_request_for_a_token_is_refused_by_name(void **state)
{
	static const struct {
		const char *params, *kind, *field;
	} cases[] = {
		{ "{\"password\":\"wrong wrong\",\"name\":\"x\",\"scopes\":[\"tasks:read\"]}", "forbidden",
			"password" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"\",\"scopes\":[\"tasks:read\"]}", "invalid_params",
			"name" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"a\\u0007b\",\"scopes\":[\"tasks:read\"]}",
			"invalid_params", "name" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"x\",\"scopes\":[]}", "invalid_params", "scopes" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"x\",\"scopes\":[\"admin\"]}", "invalid_params",
			"scopes" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"x\",\"scopes\":[\"tasks:read\"],\"expires_in\":1}",
			"invalid_params", "expires_in" },
		{ "{\"password\":\"" PERSON_PASSWORD "\",\"name\":\"taken\",\"scopes\":[\"tasks:read\"]}", "conflict",
			"name" },
	};
	struct scene *scene = *state;

	json_decref(make_token(scene, "taken", json_pack("[s]", "tasks:read")));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *params = json_loads(cases[i].params, 0, NULL);

		(void)json_object_set_new(params, "access_token", json_string(scene->ann.access_token));
		line_client_refused(&scene->client, "token.create", params, cases[i].kind, cases[i].field);
	}
}

/* 99 are put in from outside; hashing a password for each would take its time. */
static void an_account_has_at_most_a_hundred_live_tokens_and_expired_ones_do_not_count(void **state)
{
	struct scene *scene = *state;
	char command[640];

	(void)snprintf(command, sizeof(command),
		"sqlite3 '%s/taskd.db' '.timeout 5000' \"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM "
		"n WHERE "
		"i < 110) INSERT INTO token SELECT 'made' || i, 1, 'name' || i, x'00', 1, 0, 0, 0, 0, "
		"CASE WHEN i < 100 THEN 9000000000 ELSE 1 END FROM n\"",
		scene->daemon.data);
	assert_int_equal(system(command), 0); /* NOLINT(cert-env33-c): words of our own */
	/* The hundredth takes the name of one that has expired. */
	json_decref(make_token(scene, "name105", json_pack("[s]", "tasks:read")));
	line_client_refused(&scene->client, "token.create",
		person_params(&scene->ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "one more", "scopes",
			"tasks:read"),
		"conflict", NULL);
}

/* --- introspection --- */

static json_t *introspect(struct scene *scene, const char *token)
{
	return line_client_result(&scene->client, "auth.introspect", json_pack("{s:s}", "token", token));
}

static void expect_active(struct scene *scene, const char *token, const char *type)
{
	json_auto_t *said = introspect(scene, token);

	assert_true(json_is_true(json_object_get(said, "active")));
	assert_string_equal(text_at(said, "token_type"), type);
	assert_string_equal(text_at(said, "username"), scene->ann.email);
	assert_true(integer_at(said, "exp") > integer_at(said, "iat"));
}

static void expect_inactive(struct scene *scene, const char *token)
{
	json_auto_t *said = introspect(scene, token);

	assert_int_equal(json_object_size(said), 1);
	assert_true(json_is_false(json_object_get(said, "active")));
}

static void a_token_is_introspected_and_nothing_is_said_of_a_bad_one(void **state)
{
	struct scene *scene = *state;
	json_auto_t *made = make_token(scene, "inspected", json_pack("[s]", "tasks:read"));
	json_auto_t *said = introspect(scene, text_at(made, "token"));
	AUTO_FREE char *changed = memory_strdup(text_at(made, "token"));

	expect_active(scene, scene->ann.access_token, "access_token");
	expect_active(scene, scene->ann.refresh_token, "refresh_token");
	expect_active(scene, text_at(made, "token"), "personal_token");
	assert_string_equal(text_at(said, "scope"), "tasks:read");
	assert_string_equal(text_at(said, "jti"), text_at(made, "id"));
	changed[strlen(changed) - 1] ^= 1;
	expect_inactive(scene, changed);
	expect_inactive(scene, "");
	expect_inactive(scene, "tkp_");
	expect_inactive(scene, "a.b.c");
	json_decref(
		line_client_result(&scene->client, "session.revoke", person_params(&scene->ann, "{s:b}", "all", 1)));
	expect_inactive(scene, scene->ann.access_token);
	expect_inactive(scene, scene->ann.refresh_token);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_list_names_each_session_and_marks_the_one_that_asks, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(a_revoked_session_is_refused_at_once_also_where_its_token_is_known,
			scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			others_are_revoked_without_the_one_that_asks_and_all_with_it, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(what_is_revoked_is_said_exactly, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_personal_token_says_what_it_is_and_is_told_once, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			each_scope_reaches_its_methods_and_no_other, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(what_a_token_did_stands_under_its_own_id, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_revoked_or_expired_token_is_refused_at_once, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_bad_request_for_a_token_is_refused_by_name, scene_setup, scene_teardown),
		cmocka_unit_test_setup_teardown(
			an_account_has_at_most_a_hundred_live_tokens_and_expired_ones_do_not_count, scene_setup,
			scene_teardown),
		cmocka_unit_test_setup_teardown(
			a_token_is_introspected_and_nothing_is_said_of_a_bad_one, scene_setup, scene_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
