/* Accounts and tokens over the wire: who gets in, who does not, and how little either is told. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "harness/cmocka_all.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NO_CREDENTIALS "Could not validate credentials"

static json_t *credentials(const char *email, const char *password)
{
	return json_pack("{s:s,s:s}", "email", email, "password", password);
}

static void open_joined(const struct test_daemon *daemon, struct line_client *client, struct person *person)
{
	line_client_open(client, daemon->socket);
	person_join_new(person, client);
}

static void expect_me(const struct person *person, struct line_client *client)
{
	json_auto_t *me = line_client_result(client, "account.me", person_params(person, "{}"));

	assert_string_equal(text_at(me, "email"), person->email);
}

/* Refused as unauthenticated, with these words and the challenge of RFC 6750, and no hint beside them. */
static void refused_with(struct line_client *client, const char *method, json_t *params, const char *message)
{
	json_auto_t *error = line_client_error(client, method, params, "unauthenticated");
	const json_t *data = json_object_get(error, "data");

	assert_string_equal(text_at(error, "message"), message);
	assert_string_equal(text_at(data, "challenge"), "Bearer");
	assert_null(json_object_get(data, "field"));
}

static void refused_token(struct line_client *client, const char *token)
{
	refused_with(client, "account.me", json_pack("{s:s}", "access_token", token), NO_CREDENTIALS);
}

/* --- the usual life --- */

static void who_signed_up_and_logged_in_is_known_by_the_token(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *login = NULL;
	json_auto_t *me = NULL;

	open_joined(*state, &client, &ann);
	login = line_client_result(&client, "auth.login", credentials(ann.email, PERSON_PASSWORD));
	assert_string_equal(text_at(login, "token_type"), "bearer");
	assert_int_equal(integer_at(login, "expires_in"), 1800);
	assert_true(integer_at(login, "refresh_expires_in") > 1800);
	me = line_client_result(
		&client, "account.me", json_pack("{s:s}", "access_token", text_at(login, "access_token")));
	assert_string_equal(text_at(me, "email"), ann.email);
	assert_int_equal(integer_at(me, "id"), integer_at(json_object_get(login, "account"), "id"));
	assert_string_equal(text_at(json_object_get(me, "session"), "id"), text_at(login, "session_id"));
}

static void a_refresh_token_gives_a_fresh_access_token_again_and_again(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(*state, &client, &ann);
	for (int i = 0; i < 3; i++) {
		json_auto_t *grant = line_client_result(
			&client, "auth.refresh", json_pack("{s:s}", "refresh_token", ann.refresh_token));
		json_auto_t *me = line_client_result(
			&client, "account.me", json_pack("{s:s}", "access_token", text_at(grant, "access_token")));

		assert_string_equal(text_at(me, "email"), ann.email);
		assert_string_equal(text_at(grant, "refresh_token"), ann.refresh_token);
	}
	expect_me(&ann, &client);
}

static void tokens_outlive_a_restart(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client before = { .fd = -1 };
	AUTO_CLIENT struct line_client after = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(daemon, &before, &ann);
	test_daemon_stop(daemon);
	test_daemon_start(daemon, NULL);
	line_client_open(&after, daemon->socket);
	expect_me(&ann, &after);
}

/* --- logging out --- */

static void a_logout_counts_at_once_on_other_open_connections(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client here = { .fd = -1 };
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(daemon, &here, &ann);
	line_client_open(&there, daemon->socket);
	expect_me(&ann, &there);
	json_decref(line_client_result(&here, "auth.logout", person_params(&ann, "{}")));
	refused_token(&there, ann.access_token);
	refused_token(&here, ann.access_token);
	refused_with(&there, "auth.refresh", json_pack("{s:s}", "refresh_token", ann.refresh_token), NO_CREDENTIALS);
}

static void what_is_pipelined_behind_a_logout_comes_too_late(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *logout = NULL;
	json_auto_t *add = NULL;

	open_joined(*state, &client, &ann);
	expect_me(&ann, &client);
	line_client_request(&client, "auth.logout", person_params(&ann, "{}"));
	line_client_request(&client, "task.add", person_params(&ann, "{s:s}", "title", "too late"));
	logout = line_client_read_json(&client);
	add = line_client_read_json(&client);
	assert_non_null(json_object_get(logout, "result"));
	expect_error(add, "unauthenticated");
}

static void a_logout_ends_its_own_session_only(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *other = NULL;

	open_joined(*state, &client, &ann);
	other = line_client_result(&client, "auth.login", credentials(ann.email, PERSON_PASSWORD));
	json_decref(line_client_result(
		&client, "auth.logout", json_pack("{s:s}", "access_token", text_at(other, "access_token"))));
	expect_me(&ann, &client);
}

/* --- who does not get in --- */

static void a_wrong_password_and_an_unknown_email_are_told_the_same(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *wrong = NULL;
	json_auto_t *unknown = NULL;

	open_joined(*state, &client, &ann);
	wrong = line_client_error(&client, "auth.login", credentials(ann.email, "not my password"), "unauthenticated");
	unknown = line_client_error(
		&client, "auth.login", credentials("nobody@example.com", PERSON_PASSWORD), "unauthenticated");
	assert_string_equal(text_at(wrong, "message"), "Incorrect email or password");
	assert_true(json_equal(wrong, unknown));
}

/*
 * A hash takes 64 MiB, and the daemon has made none before: that it grows by so much is no question of time. How little
 * the times differ is measured in tests/bench, where no figure decides a test.
 */
static void for_an_unknown_email_a_password_is_hashed_as_well(void **state)
{
	static const struct test_daemon_start dear = { .settings = "password_memory_kib = 65536\n" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	struct test_daemon daemon;
	long before;

	(void)state;
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, &dear);
	line_client_open(&client, daemon.socket);
	json_decref(line_client_result(&client, "system.ping", NULL));
	before = test_daemon_peak_kib(&daemon);
	refused_with(&client, "auth.login", credentials("nobody@example.com", PERSON_PASSWORD),
		"Incorrect email or password");
	assert_true(test_daemon_peak_kib(&daemon) - before > 48L * 1024);
	test_daemon_stop(&daemon);
	test_daemon_deinit(&daemon);
}

static void without_a_token_nobody_is_authenticated(void **state)
{
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, daemon->socket);
	refused_with(&client, "account.me", NULL, "Not authenticated");
	refused_with(&client, "task.list", json_object(), "Not authenticated");
	refused_with(&client, "task.add", json_pack("{s:n,s:s}", "access_token", "title", "x"), "Not authenticated");
	/* What else is wrong with the request is not told to strangers. */
	refused_with(&client, "task.add", json_pack("{s:i}", "title", 5), "Not authenticated");
}

static void an_email_is_given_once_whatever_its_case(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_FREE char *shouted = NULL;

	open_joined(*state, &client, &ann);
	shouted = memory_strdup(ann.email);
	shouted[0] = 'P';
	line_client_refused(&client, "account.signup", credentials(ann.email, PERSON_PASSWORD), "conflict", "email");
	line_client_refused(&client, "account.signup", credentials(shouted, PERSON_PASSWORD), "conflict", "email");
	json_decref(line_client_result(&client, "auth.login", credentials(shouted, PERSON_PASSWORD)));
}

static void of_two_who_sign_up_at_once_with_one_email_one_gets_it(void **state)
{
	const struct test_daemon *daemon = *state;
	struct line_client clients[2];
	int made = 0;

	for (size_t i = 0; i < COUNT_OF(clients); i++)
		line_client_open(&clients[i], daemon->socket);
	for (size_t i = 0; i < COUNT_OF(clients); i++)
		line_client_request(&clients[i], "account.signup", credentials("race@example.com", PERSON_PASSWORD));
	for (size_t i = 0; i < COUNT_OF(clients); i++) {
		json_auto_t *reply = line_client_read_json(&clients[i]);

		if (json_object_get(reply, "result"))
			made++;
		else
			expect_error(reply, "conflict");
		line_client_close(&clients[i]);
	}
	assert_int_equal(made, 1);
}

static void a_bad_email_or_password_is_refused_by_name(void **state)
{
	static const struct {
		const char *email, *password, *field;
	} cases[] = {
		{ "", PERSON_PASSWORD, "email" },
		{ "ann", PERSON_PASSWORD, "email" },
		{ " eve@example.com", PERSON_PASSWORD, "email" },
		{ "eve@example.com ", PERSON_PASSWORD, "email" },
		{ "eve@example.com.", PERSON_PASSWORD, "email" },
		{ "eve\t@example.com", PERSON_PASSWORD, "email" },
		{ "\xc3\xa9ve@example.com", PERSON_PASSWORD, "email" },
		{ "eve@example.com", "", "password" },
		{ "eve@example.com", "seven77", "password" },
		{ "eve@example.com", "eve@example.com", "password" },
		{ "eve@example.com", "PassWord1", "password" },
	};
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, daemon->socket);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		line_client_refused(&client, "account.signup", credentials(cases[i].email, cases[i].password),
			"invalid_params", cases[i].field);
	line_client_refused(&client, "account.signup", json_pack("{s:s}", "email", "eve@example.com"), "invalid_params",
		"password");
	line_client_refused(&client, "account.signup",
		json_pack("{s:s,s:i}", "email", "eve@example.com", "password", 5), "invalid_params", "password");
}

static void where_the_operator_signs_people_up_nobody_else_does(void **state)
{
	static const struct test_daemon_start closed = { .settings = "signup = operator\n" };
	struct test_daemon daemon;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	(void)state;
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, &closed);
	line_client_open(&client, daemon.socket);
	line_client_refused(
		&client, "account.signup", credentials("eve@example.com", PERSON_PASSWORD), "forbidden", NULL);
	json_decref(line_client_result(&client, "account.signup",
		json_pack("{s:s,s:s,s:b}", "email", "eve@example.com", "password", PERSON_PASSWORD, "operator", 1)));
	test_daemon_stop(&daemon);
	test_daemon_deinit(&daemon);
}

static void the_operator_says_so_and_carries_no_token(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *status = NULL;

	open_joined(*state, &client, &ann);
	status = line_client_result(&client, "system.status", json_pack("{s:b}", "operator", 1));
	assert_true(integer_at(status, "uptime_s") >= 0);
	line_client_refused(&client, "system.status", json_object(), "forbidden", "operator");
	line_client_refused(
		&client, "system.status", person_params(&ann, "{s:b}", "operator", 1), "invalid_params", "operator");
}

/* --- tokens that are none --- */

struct segments {
	char *header, *payload, *signature;
};

static void split_token(const char *token, struct segments *ret_segments)
{
	const char *first = strchr(token, '.');
	const char *second = strchr(first + 1, '.');

	ret_segments->header = memory_strndup(token, (size_t)(first - token));
	ret_segments->payload = memory_strndup(first + 1, (size_t)(second - first - 1));
	ret_segments->signature = memory_strdup(second + 1);
}

static void free_segments(struct segments *segments)
{
	free(segments->header);
	free(segments->payload);
	free(segments->signature);
}

static char *encode(const char *json)
{
	char *text = memory_alloc(strlen(json) / 3 * 4 + 8);

	text_base64url_encode(json, strlen(json), text);
	return text;
}

static void refused_parts(struct line_client *client, const char *header, const char *payload, const char *signature)
{
	struct buffer token;

	buffer_init(&token);
	buffer_printf(&token, "%s.%s.%s", header, payload, signature);
	refused_token(client, buffer_text(&token));
	buffer_deinit(&token);
}

static void a_token_under_another_header_is_not_accepted(void **state)
{
	static const char *const headers[] = {
		"{\"alg\":\"none\",\"typ\":\"JWT\"}",
		"{\"alg\":\"None\"}",
		"{\"alg\":\"HS512\",\"typ\":\"JWT\"}",
		"{\"alg\":\"RS256\",\"typ\":\"JWT\"}",
		"{\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"../../dev/null\"}",
		"{}",
		"[]",
		"",
		"not json",
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	CLEANUP(free_segments) struct segments segments = { 0 };

	open_joined(*state, &client, &ann);
	split_token(ann.access_token, &segments);
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		AUTO_FREE char *header = encode(headers[i]);

		refused_parts(&client, header, segments.payload, segments.signature);
		refused_parts(&client, header, segments.payload, "");
	}
	expect_me(&ann, &client);
}

/* Another character of base64url. */
static char other_than(char character)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_A";
	const char *found = strchr(alphabet, character);

	return (char)(found ? found[1] : '-');
}

static void a_token_with_a_changed_byte_anywhere_is_not_accepted(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_FREE char *token = NULL;

	open_joined(*state, &client, &ann);
	expect_me(&ann, &client);
	token = memory_strdup(ann.access_token);
	for (size_t i = 0; token[i]; i++) {
		char kept = token[i];

		/* Of the last byte it is the unused bits that differ: not canonical. */
		token[i] = other_than(kept);
		refused_token(&client, token);
		token[i] = kept;
	}
	expect_me(&ann, &client);
}

static void a_token_cut_anywhere_is_not_accepted(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(*state, &client, &ann);
	for (size_t length = 0; ann.access_token[length]; length++) {
		AUTO_FREE char *token = memory_strndup(ann.access_token, length);

		refused_token(&client, token);
	}
	expect_me(&ann, &client);
}

static void what_is_added_to_a_token_is_not_overlooked(void **state)
{
	static const struct {
		const char *before, *behind;
	} additions[] = { { "", "=" }, { "", "." }, { "", " " }, { " ", "" }, { "", "\n" }, { "Bearer ", "" },
		{ "", ".x" }, { ".", "" }, { "", "A" } };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(*state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(additions); i++) {
		struct buffer token;

		buffer_init(&token);
		buffer_printf(&token, "%s%s%s", additions[i].before, ann.access_token, additions[i].behind);
		refused_token(&client, buffer_text(&token));
		buffer_deinit(&token);
	}
}

static void a_token_of_another_type_is_not_accepted(void **state)
{
	static const char *const values[] = { "5", "true", "[]", "{}", "\"\"", "[\"x\"]" };
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, daemon->socket);
	for (size_t i = 0; i < COUNT_OF(values); i++)
		refused_with(&client, "account.me",
			json_pack("{s:o}", "access_token", json_loads(values[i], JSON_DECODE_ANY, NULL)),
			NO_CREDENTIALS);
}

static void each_kind_of_token_serves_only_its_purpose(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(*state, &client, &ann);
	refused_token(&client, ann.refresh_token);
	refused_with(&client, "auth.refresh", json_pack("{s:s}", "refresh_token", ann.access_token), NO_CREDENTIALS);
	refused_with(&client, "auth.refresh", json_pack("{s:s}", "refresh_token", ""), NO_CREDENTIALS);
	ann.refresh_token[strlen(ann.refresh_token) - 1] ^= 1;
	refused_with(&client, "auth.refresh", json_pack("{s:s}", "refresh_token", ann.refresh_token), NO_CREDENTIALS);
}

static void a_token_of_another_daemon_is_not_accepted(void **state)
{
	struct test_daemon *daemon = *state;
	struct test_daemon other;
	AUTO_CLIENT struct line_client here = { .fd = -1 };
	AUTO_CLIENT struct line_client there = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	test_daemon_init(&other);
	test_daemon_start(&other, NULL);
	open_joined(&other, &there, &ann);
	line_client_open(&here, daemon->socket);
	refused_token(&here, ann.access_token);
	refused_with(&here, "auth.refresh", json_pack("{s:s}", "refresh_token", ann.refresh_token), NO_CREDENTIALS);
	test_daemon_stop(&other);
	test_daemon_deinit(&other);
}

static void refused_long(struct line_client *client, size_t length, const char *kind)
{
	struct buffer line;
	json_auto_t *reply = NULL;

	buffer_init(&line);
	buffer_append_text(
		&line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"account.me\",\"params\":{\"access_token\":\"");
	memset(buffer_reserve(&line, length), 'a', length);
	line.length += length;
	buffer_append_text(&line, "\"}}");
	line_client_send_line(client, buffer_text(&line));
	buffer_deinit(&line);
	reply = line_client_read_json(client);
	expect_error(reply, kind);
}

static void a_long_token_is_refused_however_long(void **state)
{
	const struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, daemon->socket);
	refused_long(&client, 4096, "unauthenticated");
	refused_long(&client, 4097, "unauthenticated");
	refused_long(&client, (size_t)1000 * 1000, "unauthenticated");
	refused_long(&client, (size_t)10 * 1000 * 1000, "too_large");
	json_decref(line_client_result(&client, "system.ping", NULL));
}

/* --- what belongs to somebody else --- */

static const char *const methods_of_a_task[] = { "task.get", "task.modify", "task.start", "task.stop", "task.done",
	"task.delete", "task.restore" };

static json_t *ask_for(struct line_client *client, const struct person *person, const char *method, json_t *id)
{
	json_t *params = person_params(person, "{s:o}", "id", id);

	if (!strcmp(method, "task.modify"))
		json_object_set_new(params, "title", json_string("mine now"));
	return line_client_error(client, method, params, "not_found");
}

static void anothers_id_is_told_as_one_that_never_was(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };

	open_joined(*state, &client, &ann);
	person_join_new(&bob, &client);
	for (size_t i = 0; i < COUNT_OF(methods_of_a_task); i++) {
		json_int_t next = (json_int_t)i + 1;
		json_auto_t *before = ask_for(&client, &bob, methods_of_a_task[i], json_integer(next));
		json_int_t id = person_add_task(&ann, &client, "private");
		json_auto_t *after = ask_for(&client, &bob, methods_of_a_task[i], json_integer(id));

		assert_int_equal(id, next);
		assert_true(json_equal(before, after));
	}
}

/* The message ends in the reference; what is before is the same for everybody. */
static void expect_same_words(const json_t *error, const json_t *other, size_t reference_length)
{
	const char *words = text_at(error, "message");
	const char *other_words = text_at(other, "message");

	assert_int_equal(strlen(words), strlen(other_words));
	assert_true(strlen(words) > reference_length);
	assert_memory_equal(words, other_words, strlen(words) - reference_length);
	assert_true(json_equal(json_object_get(error, "data"), json_object_get(other, "data")));
	assert_int_equal(integer_at(error, "code"), integer_at(other, "code"));
}

static void anothers_uuid_is_told_as_one_that_never_was(void **state)
{
	static const char never[] = "00000000-0000-4000-8000-000000000000";
	static const size_t lengths[] = { 8, 13, sizeof(never) - 1 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *added = NULL;
	const char *uuid;

	open_joined(*state, &client, &ann);
	person_join_new(&bob, &client);
	added = line_client_result(&client, "task.add", person_params(&ann, "{s:s}", "title", "private"));
	uuid = text_at(json_object_get(added, "task"), "uuid");
	for (size_t i = 0; i < COUNT_OF(lengths) * COUNT_OF(methods_of_a_task); i++) {
		const char *method = methods_of_a_task[i % COUNT_OF(methods_of_a_task)];
		size_t length = lengths[i / COUNT_OF(methods_of_a_task)];
		json_auto_t *anns = ask_for(&client, &bob, method, json_stringn(uuid, length));
		json_auto_t *nobodys = ask_for(&client, &bob, method, json_stringn(never, length));

		expect_same_words(anns, nobodys, length);
	}
}

static void expect_count(struct line_client *client, const char *method, json_t *params, json_int_t count)
{
	json_auto_t *result = line_client_result(client, method, params);

	assert_int_equal(integer_at(result, "count"), count);
}

static void filters_reach_only_tasks_of_ones_own(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *list = NULL;

	open_joined(*state, &client, &ann);
	person_join_new(&bob, &client);
	(void)person_add_task(&ann, &client, "private");
	list = line_client_result(&client, "task.list", person_params(&bob, "{s:s}", "filter", "status:all"));
	assert_int_equal(json_array_size(json_object_get(list, "tasks")), 0);
	expect_count(&client, "task.count", person_params(&bob, "{s:s}", "filter", "1"), 0);
	expect_count(&client, "task.delete", person_params(&bob, "{s:s}", "filter", "status:all"), 0);
	expect_count(&client, "task.count", person_params(&ann, "{}"), 1);
}

/* --- secrets --- */

static void the_log_holds_no_secret_however_much_it_says(void **state)
{
	static const struct test_daemon_start talkative = { .settings = "log_level = debug\n" };
	struct test_daemon daemon;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	(void)state;
	test_daemon_init(&daemon);
	test_daemon_start(&daemon, &talkative);
	open_joined(&daemon, &client, &ann);
	expect_me(&ann, &client);
	refused_token(&client, ann.refresh_token);
	line_client_refused(&client, "auth.login",
		json_pack(
			"{s:s,s:s,s:s}", "email", ann.email, "password", PERSON_PASSWORD, "passwort", PERSON_PASSWORD),
		"invalid_params", "passwort");
	test_daemon_stop(&daemon);
	assert_true(test_daemon_log_has(&daemon, "SIGTERM"));
	assert_false(test_daemon_log_has(&daemon, PERSON_PASSWORD));
	assert_false(test_daemon_log_has(&daemon, ann.access_token));
	assert_false(test_daemon_log_has(&daemon, ann.refresh_token));
	test_daemon_deinit(&daemon);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_signed_up_and_logged_in_is_known_by_the_token),
		cmocka_unit_test(a_refresh_token_gives_a_fresh_access_token_again_and_again),
		cmocka_unit_test(tokens_outlive_a_restart),
		cmocka_unit_test(a_logout_counts_at_once_on_other_open_connections),
		cmocka_unit_test(what_is_pipelined_behind_a_logout_comes_too_late),
		cmocka_unit_test(a_logout_ends_its_own_session_only),
		cmocka_unit_test(a_wrong_password_and_an_unknown_email_are_told_the_same),
		cmocka_unit_test(for_an_unknown_email_a_password_is_hashed_as_well),
		cmocka_unit_test(without_a_token_nobody_is_authenticated),
		cmocka_unit_test(an_email_is_given_once_whatever_its_case),
		cmocka_unit_test(of_two_who_sign_up_at_once_with_one_email_one_gets_it),
		cmocka_unit_test(a_bad_email_or_password_is_refused_by_name),
		cmocka_unit_test(where_the_operator_signs_people_up_nobody_else_does),
		cmocka_unit_test(the_operator_says_so_and_carries_no_token),
		cmocka_unit_test(a_token_under_another_header_is_not_accepted),
		cmocka_unit_test(a_token_with_a_changed_byte_anywhere_is_not_accepted),
		cmocka_unit_test(a_token_cut_anywhere_is_not_accepted),
		cmocka_unit_test(what_is_added_to_a_token_is_not_overlooked),
		cmocka_unit_test(a_token_of_another_type_is_not_accepted),
		cmocka_unit_test(each_kind_of_token_serves_only_its_purpose),
		cmocka_unit_test(a_token_of_another_daemon_is_not_accepted),
		cmocka_unit_test(a_long_token_is_refused_however_long),
		cmocka_unit_test(anothers_id_is_told_as_one_that_never_was),
		cmocka_unit_test(anothers_uuid_is_told_as_one_that_never_was),
		cmocka_unit_test(filters_reach_only_tasks_of_ones_own),
		cmocka_unit_test(the_log_holds_no_secret_however_much_it_says),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
