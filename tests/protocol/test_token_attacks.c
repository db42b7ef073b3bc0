/* Every forged token against a live daemon: refused in the same words wherever it stands, and nothing comes of it. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "forge/forged_tokens.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define NO_CREDENTIALS "Could not validate credentials"

struct attack {
	struct scene scene;
	struct forger forger;
	json_t *words; /* of a refusal: the whole error */
};

/* --- what the forger knows --- */

static void read_active_key(const struct test_daemon *daemon, struct forger_key *ret_key)
{
	char path[TEST_PATH_SIZE + 16];
	json_auto_t *root = NULL;
	const json_t *key;
	const char *secret;

	(void)snprintf(path, sizeof(path), "%s/keys.json", daemon->data);
	root = json_load_file(path, 0, NULL);
	key = json_array_get(json_object_get(root, "keys"), 0);
	secret = text_at(key, "k");
	assert_string_equal(text_at(key, "alg"), hmac_names[HMAC_SHA256]);
	*ret_key = (struct forger_key){ .hash = HMAC_SHA256 };
	(void)snprintf(ret_key->id, sizeof(ret_key->id), "%s", text_at(key, "kid"));
	assert_true(text_base64url_decode(secret, strlen(secret), ret_key->secret, &ret_key->size));
}

/* What a token of its own says of the account, the session and the store. */
static void read_claims(const char *token, struct forger *forger)
{
	const char *payload = strchr(token, '.') + 1;
	char bytes[1024];
	size_t length;
	json_auto_t *claims = NULL;

	assert_true(text_base64url_decode(payload, strcspn(payload, "."), bytes, &length));
	claims = json_loadb(bytes, length, 0, NULL);
	(void)snprintf(forger->issuer, sizeof(forger->issuer), "%s", text_at(claims, "iss"));
	(void)snprintf(forger->session, sizeof(forger->session), "%s", text_at(claims, "sid"));
	assert_true(text_parse_integer(text_at(claims, "sub"), 1, INT64_MAX, &forger->account_id));
	forger->lifetime_limit = integer_at(claims, "exp") - integer_at(claims, "iat");
}

/* The daemon gets the forger's whole ring, in which its own key stays the active one. */
static void share_ring(const struct test_daemon *daemon, struct forger *forger)
{
	char path[TEST_PATH_SIZE + 16];
	struct forger_key active;

	read_active_key(daemon, &active);
	forger_init(forger, &active, time(NULL));
	(void)snprintf(path, sizeof(path), "%s/keys.json", daemon->data);
	assert_true(forger_write_ring(forger, path));
	test_daemon_signal(daemon, SIGHUP);
	test_daemon_await_log(daemon, "reloaded the settings and the keys");
}

static json_t *token_params(const char *token, size_t length)
{
	json_t *params = json_pack("{s:o}", "access_token", memory_require(json_stringn(token, length)));

	return memory_require(params);
}

static int set_up(void **state)
{
	struct attack *attack = memory_array(1, sizeof(*attack));

	scene_open(&attack->scene, NULL);
	share_ring(&attack->scene.daemon, &attack->forger);
	read_claims(attack->scene.ann.access_token, &attack->forger);
	attack->forger.delay = TEST_PATIENCE_MS / 1000;
	attack->words =
		line_client_error(&attack->scene.client, "account.me", token_params("none", 4), "unauthenticated");
	assert_string_equal(text_at(attack->words, "message"), NO_CREDENTIALS);
	*state = attack;
	return 0;
}

static int tear_down(void **state)
{
	struct attack *attack = *state;

	json_decref(attack->words);
	scene_close(&attack->scene);
	free(attack);
	return 0;
}

/* --- the places where a token may stand --- */

static void expect_words(const struct attack *attack, const char *name, const json_t *reply)
{
	const json_t *error = json_object_get(reply, "error");
	AUTO_FREE char *text = NULL;

	if (json_object_size(reply) == 3 && json_equal(error, attack->words))
		return;
	text = json_dumps(reply, JSON_COMPACT);
	fail_msg("%s: %.300s", name, text);
}

static void refused_in_a_call(struct attack *attack, const char *name, const json_t *params)
{
	json_auto_t *reply = line_client_call(&attack->scene.client, "account.me", json_deep_copy(params));

	expect_words(attack, name, reply);
}

/* Takes the reference of `params`. Without an id: a notification. */
static json_t *make_request(const char *method, json_t *params, int id)
{
	json_t *request = json_pack("{s:s,s:s,s:o}", "jsonrpc", "2.0", "method", method, "params", params);

	if (id)
		(void)json_object_set_new(request, "id", json_integer(id));
	return memory_require(request);
}

static json_t *adding_params(const json_t *params, const char *title)
{
	json_t *adding = json_deep_copy(params);

	(void)json_object_set_new(adding, "title", json_string(title));
	return adding;
}

static void send_json(struct line_client *client, const json_t *request)
{
	AUTO_FREE char *line = json_dumps(request, JSON_COMPACT);

	line_client_send_line(client, memory_require(line));
}

static json_int_t count_tasks(struct attack *attack)
{
	json_auto_t *counted =
		line_client_result(&attack->scene.client, "task.count", person_params(&attack->scene.ann, "{}"));

	return integer_at(counted, "count");
}

/* A notification is never answered, so whether it was refused shows in what there is. */
static void refused_as_a_notification(struct attack *attack, const char *name, const json_t *params)
{
	json_auto_t *request = make_request("task.add", adding_params(params, name), 0);

	send_json(&attack->scene.client, request);
	if (count_tasks(attack))
		fail_msg("%s: a notification added a task", name);
}

/* Between requests with a good token, which the connection remembers. */
static void refused_inside_a_batch(struct attack *attack, const char *name, const json_t *params)
{
	struct scene *scene = &attack->scene;
	json_auto_t *batch = json_pack("[o,o,o,o,o]", make_request("account.me", person_params(&scene->ann, "{}"), 1),
		make_request("account.me", json_deep_copy(params), 2),
		make_request("task.add", adding_params(params, name), 3),
		make_request("task.add", adding_params(params, name), 0),
		make_request("account.me", person_params(&scene->ann, "{}"), 5));
	json_auto_t *replies = NULL;
	size_t i;
	json_t *reply;

	send_json(&scene->client, batch);
	replies = line_client_read_json(&scene->client);
	assert_int_equal(json_array_size(replies), 4);
	json_array_foreach (replies, i, reply) {
		json_int_t id = integer_at(reply, "id");

		if (id == 2 || id == 3)
			expect_words(attack, name, reply);
		else
			assert_non_null(json_object_get(reply, "result"));
	}
	assert_int_equal(count_tasks(attack), 0);
}

static void refused_everywhere(struct attack *attack, const char *name, const char *token, size_t length)
{
	json_auto_t *params = token_params(token, length);

	refused_in_a_call(attack, name, params);
	refused_as_a_notification(attack, name, params);
	refused_inside_a_batch(attack, name, params);
}

static void refused_as_refresh_token(struct attack *attack, const char *name, const char *token)
{
	json_auto_t *reply =
		line_client_call(&attack->scene.client, "auth.refresh", json_pack("{s:s}", "refresh_token", token));

	expect_words(attack, name, reply);
}

/* --- forged tokens --- */

static void forge_now(struct attack *attack, const struct forgery *forgery, struct buffer *token)
{
	buffer_init(token);
	attack->forger.now = time(NULL);
	forger_forge(&attack->forger, forgery, token);
}

static void every_forged_token_is_refused_in_the_same_words_wherever_it_stands(void **state)
{
	struct attack *attack = *state;
	unsigned count = 0;

	for (size_t i = 0; i < forged_token_count; i++) {
		const struct forgery *forgery = &forged_tokens[i];
		struct buffer token;

		if (forgery->verdict == FORGERY_GOOD)
			continue;
		forge_now(attack, forgery, &token);
		refused_everywhere(attack, forgery->name, buffer_text(&token), token.length);
		buffer_deinit(&token);
		count++;
	}
	assert_true(count >= 150);
	json_decref(line_client_result(&attack->scene.client, "system.ping", NULL));
}

/* Without it the test above would prove nothing: the forger knows all that a token is made of. */
static void the_controls_are_accepted(void **state)
{
	struct attack *attack = *state;

	for (size_t i = 0; i < forged_token_count; i++) {
		const struct forgery *forgery = &forged_tokens[i];
		json_auto_t *reply = NULL;
		struct buffer token;

		if (forgery->verdict != FORGERY_GOOD)
			continue;
		forge_now(attack, forgery, &token);
		reply = line_client_call(
			&attack->scene.client, "account.me", token_params(buffer_text(&token), token.length));
		buffer_deinit(&token);
		if (!json_object_get(reply, "result"))
			fail_msg("%s: refused", forgery->name);
	}
}

/* And so would those of the notifications. */
static void a_notification_with_a_good_token_adds_a_task(void **state)
{
	struct attack *attack = *state;
	json_auto_t *request = make_request("task.add", person_params(&attack->scene.ann, "{s:s}", "title", "mine"), 0);

	send_json(&attack->scene.client, request);
	assert_int_equal(count_tasks(attack), 1);
	json_decref(line_client_result(&attack->scene.client, "task.delete",
		person_params(&attack->scene.ann, "{s:s}", "filter", "status:all")));
	assert_int_equal(count_tasks(attack), 0);
}

/* --- good secrets in the wrong place --- */

/* Every kind of secret that is no access token has a row here. */
static void no_other_secret_is_an_access_token(void **state)
{
	struct attack *attack = *state;
	const struct {
		const char *name, *secret;
	} secrets[] = {
		{ "a refresh token", attack->scene.ann.refresh_token },
		{ "the session's id", attack->forger.session },
		{ "the password", PERSON_PASSWORD },
		{ "the email", attack->scene.ann.email },
	};

	for (size_t i = 0; i < COUNT_OF(secrets); i++)
		refused_everywhere(attack, secrets[i].name, secrets[i].secret, strlen(secrets[i].secret));
}

static void no_other_secret_is_a_refresh_token(void **state)
{
	struct attack *attack = *state;
	json_auto_t *made = line_client_result(&attack->scene.client, "token.create",
		person_params(&attack->scene.ann, "{s:s,s:s,s:[s]}", "password", PERSON_PASSWORD, "name", "script",
			"scopes", "tasks:read"));
	const struct {
		const char *name, *secret;
	} secrets[] = {
		{ "a personal token", text_at(made, "token") },
		{ "an access token", attack->scene.ann.access_token },
		{ "the session's id", attack->forger.session },
		{ "the password", PERSON_PASSWORD },
	};

	for (size_t i = 0; i < COUNT_OF(secrets); i++)
		refused_as_refresh_token(attack, secrets[i].name, secrets[i].secret);
}

/* --- tokens that were good --- */

static void end_by_logout(struct attack *attack, const struct person *person)
{
	json_decref(line_client_result(&attack->scene.client, "auth.logout", person_params(person, "{}")));
}

static void call(struct attack *attack, const char *method, json_t *params)
{
	json_decref(line_client_result(&attack->scene.client, method, params));
}

static void end_by_revocation(struct attack *attack, const struct person *person)
{
	call(attack, "session.revoke", person_params(person, "{s:b}", "all", 1));
}

static void end_by_new_password(struct attack *attack, const struct person *person)
{
	call(attack, "account.change_password",
		person_params(person, "{s:s,s:s}", "password", PERSON_PASSWORD, "new_password", "another phrase"));
}

static void end_by_code(struct attack *attack, const struct person *person)
{
	json_auto_t *made = line_client_result(&attack->scene.client, "system.reset_code",
		json_pack("{s:b,s:s}", "operator", 1, "email", person->email));

	call(attack, "account.reset_password",
		json_pack("{s:s,s:s,s:s}", "email", person->email, "code", text_at(made, "code"), "new_password",
			"another phrase"));
}

static void end_by_disabling(struct attack *attack, const struct person *person)
{
	call(attack, "system.disable_account", json_pack("{s:b,s:s}", "operator", 1, "email", person->email));
}

static void end_by_deletion(struct attack *attack, const struct person *person)
{
	call(attack, "account.delete", person_params(person, "{s:s}", "password", PERSON_PASSWORD));
}

/* Every way in which a session or an account ends before its tokens expire has a row here. */
static const struct {
	const char *name;
	void (*end)(struct attack *attack, const struct person *person);
} endings[] = {
	{ "logged out", end_by_logout },
	{ "revoked", end_by_revocation },
	{ "another password", end_by_new_password },
	{ "another password by a code", end_by_code },
	{ "disabled", end_by_disabling },
	{ "deleted", end_by_deletion },
};

static void a_token_ends_with_what_it_stands_for(void **state)
{
	struct attack *attack = *state;

	for (size_t i = 0; i < COUNT_OF(endings); i++) {
		AUTO_PERSON struct person bob = { 0 };

		person_join_new(&bob, &attack->scene.client);
		json_decref(line_client_result(&attack->scene.client, "account.me", person_params(&bob, "{}")));
		endings[i].end(attack, &bob);
		refused_everywhere(attack, endings[i].name, bob.access_token, strlen(bob.access_token));
		refused_as_refresh_token(attack, endings[i].name, bob.refresh_token);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_controls_are_accepted),
		cmocka_unit_test(a_notification_with_a_good_token_adds_a_task),
		cmocka_unit_test(every_forged_token_is_refused_in_the_same_words_wherever_it_stands),
		cmocka_unit_test(no_other_secret_is_an_access_token),
		cmocka_unit_test(no_other_secret_is_a_refresh_token),
		cmocka_unit_test(a_token_ends_with_what_it_stands_for),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
