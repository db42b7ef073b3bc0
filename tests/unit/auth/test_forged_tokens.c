/* Forged tokens, and two verifiers that share nothing: each refuses every one, and they never differ. */
#include "auth/secret.h"
#include "auth/token.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"
#include "forge/forged_tokens.h"
#include "forge/other_verifier.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW      INT64_C(1800000000)
#define ISSUER   "taskd:6f1c2b9e-52c3-4a8d-8c11-2f0a9d3e7b64"
#define SESSION  "AAAAAAAAAAAAAAAAAAAAAA"
#define LIFETIME 1800

struct fixture {
	struct forger forger;
	struct key_ring *ring;
};

static int set_up(void **state)
{
	struct fixture *fixture = memory_array(1, sizeof(*fixture));
	struct forger *forger = &fixture->forger;
	char folder[] = "/tmp/test-forged-tokens-XXXXXX";
	char path[96];
	struct refusal refusal;

	assert_true(secret_init());
	assert_non_null(mkdtemp(folder));
	(void)snprintf(path, sizeof(path), "%s/keys.json", folder);
	forger_init(forger, NULL, NOW);
	(void)snprintf(forger->issuer, sizeof(forger->issuer), "%s", ISSUER);
	(void)snprintf(forger->session, sizeof(forger->session), "%s", SESSION);
	forger->account_id = 7;
	forger->lifetime_limit = LIFETIME;
	assert_true(forger_write_ring(forger, path));
	assert_int_equal(key_ring_open(folder, NULL, false, KEY_HS256, NOW, &fixture->ring, &refusal), 0);
	(void)unlink(path);
	(void)rmdir(folder);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	key_ring_free(fixture->ring);
	free(fixture);
	return 0;
}

/* The daemon's verdict. Whoever is refused is told the same, and given nothing. */
static bool is_accepted(const struct fixture *fixture, const char *token, size_t length)
{
	const struct token_rules rules = { .issuer = ISSUER, .lifetime_limit = LIFETIME };
	struct token_claims claims = { .account_id = -1 };
	/* Of just its size, so that a byte read too far is seen. */
	AUTO_FREE char *copy = memory_alloc(length);
	enum error error;

	if (length)
		memcpy(copy, token, length);
	error = token_verify(fixture->ring, &rules, copy, length, NOW, &claims);
	if (error == ERROR_NONE)
		return true;
	assert_int_equal(error, ERROR_UNAUTHENTICATED);
	assert_int_equal(claims.account_id, -1);
	return false;
}

/* Whether both judge as they should. */
static bool are_right(const struct fixture *fixture, const char *name, const char *token, size_t length, bool is_good)
{
	bool first = is_accepted(fixture, token, length);
	bool second = other_verifier_accepts(&fixture->forger, token, length);

	if (first == is_good && second == is_good)
		return true;
	print_error("%s: %s by the daemon, %s by the other\n", name, first ? "accepted" : "refused",
		second ? "accepted" : "refused");
	return false;
}

static void two_verifiers_refuse_every_forged_token_and_accept_the_controls(void **state)
{
	const struct fixture *fixture = *state;
	unsigned wrong = 0;

	for (size_t i = 0; i < forged_token_count; i++) {
		const struct forgery *forgery = &forged_tokens[i];
		struct buffer token;

		buffer_init(&token);
		forger_forge(&fixture->forger, forgery, &token);
		/* Whether there is such a session is nothing that a token says. */
		wrong += !are_right(
			fixture, forgery->name, buffer_text(&token), token.length, forgery->verdict != FORGERY_REFUSED);
		buffer_deinit(&token);
	}
	assert_int_equal(wrong, 0);
}

static void what_the_daemon_issues_is_good_for_both(void **state)
{
	const struct fixture *fixture = *state;
	const struct token_rules rules = { .issuer = ISSUER, .lifetime_limit = LIFETIME };
	const struct token_claims claims = {
		.account_id = 7, .session_id = SESSION, .issued_at = NOW, .expires_at = NOW + LIFETIME
	};
	CLEANUP(arena_deinit) struct arena arena;
	const char *token;

	arena_init(&arena);
	assert_int_equal(token_issue(fixture->ring, &rules, &claims, &arena, &token), ERROR_NONE);
	assert_true(are_right(fixture, "issued", token, strlen(token), true));
}

static void the_table_is_long_and_says_nothing_twice(void **state)
{
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < forged_token_count; i++) {
		refused += forged_tokens[i].verdict == FORGERY_REFUSED;
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(forged_tokens[i].name, forged_tokens[j].name);
	}
	assert_true(refused >= 150);
}

/* Two rows that make one token test one thing. */
static void no_two_rows_make_the_same_token(void **state)
{
	const struct fixture *fixture = *state;
	json_auto_t *seen = json_object();

	for (size_t i = 0; i < forged_token_count; i++) {
		struct buffer token;
		AUTO_FREE char *text = NULL;

		buffer_init(&token);
		forger_forge(&fixture->forger, &forged_tokens[i], &token);
		text = memory_alloc(token.length * 2 + 4);
		(void)text_base64url_encode(buffer_text(&token), token.length, text);
		buffer_deinit(&token);
		if (json_object_get(seen, text))
			fail_msg("\"%s\" makes the token of \"%s\"", forged_tokens[i].name,
				json_string_value(json_object_get(seen, text)));
		(void)json_object_set_new(seen, text, json_string(forged_tokens[i].name));
	}
}

/* Every character of every control, with each of its bits changed, and the control cut there. */
static void check_near(const struct fixture *fixture, const struct forgery *forgery)
{
	struct buffer token;

	buffer_init(&token);
	forger_forge(&fixture->forger, forgery, &token);
	for (size_t i = 0; i < token.length; i++) {
		for (unsigned bit = 0; bit < 8; bit++) {
			token.data[i] = (char)(token.data[i] ^ 1 << bit);
			assert_true(are_right(fixture, forgery->name, token.data, token.length, false));
			token.data[i] = (char)(token.data[i] ^ 1 << bit);
		}
		assert_true(are_right(fixture, forgery->name, token.data, i, false));
	}
	buffer_deinit(&token);
}

static void two_verifiers_refuse_whatever_is_one_bit_from_a_good_token(void **state)
{
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < forged_token_count; i++)
		if (forged_tokens[i].verdict == FORGERY_GOOD)
			check_near(fixture, &forged_tokens[i]);
}

/* --- published vectors --- */

/* What strict base64url, and nothing else, makes of four of them. */
static const struct {
	json_int_t id;
	bool is_good;
} overruled[] = {
	{ 367, true },  /* labelled for padding that it does not have: byte for byte test 357, which is valid */
	{ 370, true },  /* the same */
	{ 372, false }, /* a "?" inside the header, which is to be passed over */
	{ 373, false }, /* inside the payload */
};

static bool is_good_vector(const json_t *test)
{
	json_int_t id = json_integer_value(json_object_get(test, "tcId"));

	for (size_t i = 0; i < COUNT_OF(overruled); i++)
		if (overruled[i].id == id)
			return overruled[i].is_good;
	return !strcmp(json_string_value(json_object_get(test, "result")), "valid");
}

static bool read_vector_key(const json_t *jwk, struct forger_key *ret_key)
{
	const char *text = json_string_value(json_object_get(jwk, "k"));
	const char *algorithm = json_string_value(json_object_get(jwk, "alg"));

	*ret_key = (struct forger_key){ .hash = HMAC_SHA256 };
	return text && algorithm && !strcmp(algorithm, "HS256") &&
	       text_base64url_decode(text, strlen(text), ret_key->secret, &ret_key->size);
}

static void check_signature(const struct forger_key *key, const char *token, json_int_t id, bool is_good)
{
	const struct key own = { .algorithm = KEY_HS256, .secret = key->secret, .secret_size = key->size };
	size_t length = strlen(token);
	bool first = token_verify_signature(&own, token, length) == ERROR_NONE;
	bool second = other_verifier_is_signed(key, token, length);

	if (first != is_good || second != is_good)
		fail_msg("vector %" JSON_INTEGER_FORMAT " is %s: %s by the daemon, %s by the other", id,
			is_good ? "good" : "bad", first ? "accepted" : "refused", second ? "accepted" : "refused");
}

/* Of the vectors' tokens none is one of ours. */
static void check_vector(const struct fixture *fixture, const struct forger_key *key, const json_t *test)
{
	const char *token = json_string_value(json_object_get(test, "jws"));

	assert_non_null(token);
	check_signature(key, token, json_integer_value(json_object_get(test, "tcId")), is_good_vector(test));
	assert_true(are_right(fixture, token, token, strlen(token), false));
}

/* The right HMAC under a header that names another. */
static void the_signature_layer_does_not_pass_over_the_header(void **state)
{
	static const struct {
		const char *header;
		bool is_good;
	} headers[] = {
		{ "{\"alg\":\"HS256\"}", true },
		{ "{\"alg\":\"HS512\"}", false },
		{ "{\"alg\":\"none\"}", false },
		{ "{\"typ\":\"JWT\"}", false },
		{ "HS256", false },
	};
	const struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		const struct forgery forgery = { .header = headers[i].header, .payload = "no JSON" };
		struct buffer token;

		buffer_init(&token);
		forger_forge(&fixture->forger, &forgery, &token);
		check_signature(
			&fixture->forger.keys[FORGER_ACTIVE], buffer_text(&token), (json_int_t)i, headers[i].is_good);
		buffer_deinit(&token);
	}
}

static json_t *load(const char *name)
{
	char path[512];
	json_t *root;

	(void)snprintf(path, sizeof(path), "%s/wycheproof/%s", TEST_CORPORA, name);
	root = json_load_file(path, 0, NULL);
	if (!root)
		print_message("skipped: %s is not here\n", path);
	return root;
}

static void two_verifiers_judge_published_signatures_alike(void **state)
{
	json_auto_t *root = load("testvectors_v1/json_web_signature_test.json");
	size_t count = 0, i, j;
	json_t *group, *test;

	if (!root)
		skip();
	json_array_foreach (json_object_get(root, "testGroups"), i, group) {
		struct forger_key key;

		if (!read_vector_key(json_object_get(group, "private"), &key))
			continue;
		json_array_foreach (json_object_get(group, "tests"), j, test) {
			check_vector(*state, &key, test);
			count++;
		}
	}
	assert_int_equal(count, 40);
}

static void two_verifiers_accept_the_signature_of_rfc_7515_and_not_its_claims(void **state)
{
	const struct fixture *fixture = *state;
	json_auto_t *root = load("rfc7515_a1.json");
	const char *token = json_string_value(json_object_get(root, "jws"));
	const char *text = json_string_value(json_object_get(json_object_get(root, "key_jwk"), "k"));
	struct forger_key key = { .hash = HMAC_SHA256 };

	if (!root)
		skip();
	assert_true(text_base64url_decode(text, strlen(text), key.secret, &key.size));
	check_signature(&key, token, 0, true);
	assert_true(are_right(fixture, "RFC 7515", token, strlen(token), false));
	key.secret[0] ^= 1;
	check_signature(&key, token, 0, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_verifiers_refuse_every_forged_token_and_accept_the_controls),
		cmocka_unit_test(what_the_daemon_issues_is_good_for_both),
		cmocka_unit_test(the_table_is_long_and_says_nothing_twice),
		cmocka_unit_test(no_two_rows_make_the_same_token),
		cmocka_unit_test(two_verifiers_refuse_whatever_is_one_bit_from_a_good_token),
		cmocka_unit_test(the_signature_layer_does_not_pass_over_the_header),
		cmocka_unit_test(two_verifiers_judge_published_signatures_alike),
		cmocka_unit_test(two_verifiers_accept_the_signature_of_rfc_7515_and_not_its_claims),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
