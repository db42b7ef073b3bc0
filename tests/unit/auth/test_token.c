/* What is a token of ours, and the many things that are not. */
#include "auth/token.h"

#include "auth/secret.h"
#include "common/buffer.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOW      INT64_C(1800000000)
#define LIFETIME INT64_C(1800)
#define ISSUER   "taskd:6f1c2b9e-52c3-4a8d-8c11-2f0a9d3e7b64"
#define SESSION  "AAAAAAAAAAAAAAAAAAAAAA"

struct fixture {
	char folder[64];
	struct key_ring *ring;
	struct arena arena;
};

static const struct token_rules rules = { .issuer = ISSUER, .lifetime_limit = 3600 };

static int set_up(void **state)
{
	struct fixture *fixture = memory_array(1, sizeof(*fixture));
	struct refusal refusal;

	(void)snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/test-token-XXXXXX");
	assert_true(secret_init());
	assert_non_null(mkdtemp(fixture->folder));
	assert_int_equal(key_ring_open(fixture->folder, NULL, true, KEY_HS256, NOW, &fixture->ring, &refusal), 0);
	arena_init(&fixture->arena);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char path[96];

	(void)snprintf(path, sizeof(path), "%s/keys.json", fixture->folder);
	key_ring_free(fixture->ring);
	arena_deinit(&fixture->arena);
	(void)unlink(path);
	(void)rmdir(fixture->folder);
	free(fixture);
	return 0;
}

/* --- an issuer of our own, which makes whatever it is asked for --- */

static char *encode(const void *bytes, size_t length)
{
	char *text = memory_alloc(length * 2 + 4);

	(void)text_base64url_encode(bytes, length, text);
	return text;
}

enum mac { MAC_HS256, MAC_HS512, MAC_NONE };

static size_t sign(const struct key *key, enum mac mac, const char *input, unsigned char *ret_mac)
{
	const unsigned char *bytes = (const unsigned char *)input;
	crypto_auth_hmacsha256_state state256;
	crypto_auth_hmacsha512_state state512;

	if (mac == MAC_NONE)
		return 0;
	if (mac == MAC_HS256) {
		(void)crypto_auth_hmacsha256_init(&state256, key->secret, key->secret_size);
		(void)crypto_auth_hmacsha256_update(&state256, bytes, strlen(input));
		(void)crypto_auth_hmacsha256_final(&state256, ret_mac);
		return crypto_auth_hmacsha256_BYTES;
	}
	(void)crypto_auth_hmacsha512_init(&state512, key->secret, key->secret_size);
	(void)crypto_auth_hmacsha512_update(&state512, bytes, strlen(input));
	(void)crypto_auth_hmacsha512_final(&state512, ret_mac);
	return crypto_auth_hmacsha512_BYTES;
}

/* The caller frees. */
static char *forge_bytes(const struct key *key, enum mac mac, const void *header, size_t header_length,
	const void *payload, size_t payload_length)
{
	AUTO_FREE char *first = encode(header, header_length);
	AUTO_FREE char *second = encode(payload, payload_length);
	AUTO_FREE char *input = NULL;
	AUTO_FREE char *third = NULL;
	unsigned char bytes[64];
	char *token;

	assert_true(asprintf(&input, "%s.%s", first, second) > 0);
	third = encode(bytes, sign(key, mac, input, bytes));
	assert_true(asprintf(&token, "%s.%s", input, third) > 0);
	return token;
}

static char *forge(const struct key *key, enum mac mac, const char *header, const char *payload)
{
	return forge_bytes(key, mac, header, strlen(header), payload, strlen(payload));
}

/* The text with its "%s", where it has one, replaced. The caller frees. */
static char *fill(const char *text, const char *value)
{
	const char *place = strstr(text, "%s");
	char *filled;

	if (!place)
		return memory_strdup(text);
	assert_true(asprintf(&filled, "%.*s%s%s", (int)(place - text), text, value, place + 2) > 0);
	return filled;
}

static char *make_header(const struct key *key, const char *text)
{
	return fill(text, key->id);
}

#define HEADER "{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}"
#define PAYLOAD                                                                                                        \
	"{\"iss\":\"" ISSUER "\",\"aud\":\"taskctl\",\"sub\":\"7\",\"sid\":\"" SESSION                                 \
	"\",\"iat\":1800000000,\"exp\":1800001800}"

static bool is_accepted_at(const struct fixture *fixture, const char *token, size_t length, int64_t now)
{
	struct token_claims claims;
	/* Of just its size, so that a byte read too far is seen. */
	AUTO_FREE char *copy = memory_alloc(length);

	memcpy(copy, token, length);
	return token_verify(fixture->ring, &rules, copy, length, now, &claims) == ERROR_NONE;
}

static bool is_accepted(const struct fixture *fixture, const char *token)
{
	return is_accepted_at(fixture, token, strlen(token), NOW);
}

static const char *issue(struct fixture *fixture)
{
	const struct token_claims claims = {
		.account_id = 7, .session_id = SESSION, .issued_at = NOW, .expires_at = NOW + LIFETIME
	};
	const char *token;

	assert_int_equal(token_issue(fixture->ring, &rules, &claims, &fixture->arena, &token), ERROR_NONE);
	return token;
}

/* --- tests --- */

static void what_is_issued_is_accepted_and_says_what_it_was_issued_for(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);
	struct token_claims claims;

	assert_int_equal(token_verify(fixture->ring, &rules, token, strlen(token), NOW, &claims), ERROR_NONE);
	assert_int_equal(claims.account_id, 7);
	assert_string_equal(claims.session_id, SESSION);
	assert_int_equal(claims.issued_at, NOW);
	assert_int_equal(claims.expires_at, NOW + LIFETIME);
}

static void what_is_issued_is_right_for_another_verifier(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);
	const char *dot = strrchr(token, '.');
	AUTO_FREE char *input = memory_strndup(token, (size_t)(dot - token));
	unsigned char mac[64], found[64];
	size_t length;

	assert_true(text_base64url_decode(dot + 1, strlen(dot + 1), found, &length));
	assert_int_equal(length, sign(key_ring_active(fixture->ring), MAC_HS256, input, mac));
	assert_memory_equal(found, mac, length);
}

/* Without it, the tests below would prove nothing. */
static void the_forger_can_make_a_good_one(void **state)
{
	struct fixture *fixture = *state;
	const struct key *key = key_ring_active(fixture->ring);
	AUTO_FREE char *header = make_header(key, HEADER);
	AUTO_FREE char *token = forge(key, MAC_HS256, header, PAYLOAD);

	assert_true(is_accepted(fixture, token));
}

static void a_token_of_which_any_character_was_changed_is_refused(void **state)
{
	struct fixture *fixture = *state;
	AUTO_FREE char *token = memory_strdup(issue(fixture));
	size_t count = 0;

	for (size_t i = 0; token[i]; i++) {
		char was = token[i];

		token[i] = was == 'A' ? 'B' : 'A';
		if (is_accepted(fixture, token))
			fail_msg("accepted with character %zu changed", i);
		token[i] = was;
		count++;
	}
	assert_true(count > 150);
	assert_true(is_accepted(fixture, token));
}

static void a_token_cut_anywhere_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);

	for (size_t length = 0; length < strlen(token); length++)
		assert_false(is_accepted_at(fixture, token, length, NOW));
	assert_true(is_accepted_at(fixture, token, strlen(token), NOW));
}

static void a_header_that_is_not_ours_is_refused_although_it_is_signed(void **state)
{
	static const char *const headers[] = {
		"{\"alg\":\"none\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"None\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"hs256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS384\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS512\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":null,\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":5,\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":[\"HS256\"],\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS256\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\"}",
		"{\"alg\":\"HS256\",\"typ\":\"jwt\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"x%s\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":null}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"../../keys.json\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\",\"crit\":[\"exp\"]}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\",\"jwk\":{\"kty\":\"oct\",\"k\":\"\"}}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\",\"jku\":\"file:///\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\",\"x\":1}",
		"{\"alg\":\"HS256\",\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"none\",\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}{}",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"} x",
		"[{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}]",
		"{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"%s\"",
		"\"HS256\"",
		"{}",
		" ",
	};
	struct fixture *fixture = *state;
	const struct key *key = key_ring_active(fixture->ring);

	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		AUTO_FREE char *header = make_header(key, headers[i]);

		for (enum mac mac = MAC_HS256; mac <= MAC_NONE; mac++) {
			AUTO_FREE char *token = forge(key, mac, header, PAYLOAD);

			if (is_accepted(fixture, token))
				fail_msg("accepted: %s", header);
		}
	}
}

static void the_right_header_with_another_signature_is_refused(void **state)
{
	struct fixture *fixture = *state;
	const struct key *key = key_ring_active(fixture->ring);
	const struct key empty = { .secret = (const unsigned char *)"", .secret_size = 0 };
	AUTO_FREE char *header = make_header(key, HEADER);
	AUTO_FREE char *none = forge(key, MAC_NONE, header, PAYLOAD);
	AUTO_FREE char *long_one = forge(key, MAC_HS512, header, PAYLOAD);
	AUTO_FREE char *no_key = forge(&empty, MAC_HS256, header, PAYLOAD);

	assert_false(is_accepted(fixture, none));
	assert_false(is_accepted(fixture, long_one));
	assert_false(is_accepted(fixture, no_key));
}

/* One claim wrong each, with a right signature. */
static void claims_that_are_not_ours_are_refused_although_they_are_signed(void **state)
{
#define SUB   "\"sub\":\"7\","
#define SID   "\"sid\":\"" SESSION "\","
#define ISS   "\"iss\":\"" ISSUER "\","
#define AUD   "\"aud\":\"taskctl\","
#define TIMES "\"iat\":1800000000,\"exp\":1800001800"
	static const char *const payloads[] = {
		"{" AUD SUB SID TIMES "}",
		"{" ISS SUB SID TIMES "}",
		"{" ISS AUD SID TIMES "}",
		"{" ISS AUD SUB TIMES "}",
		"{" ISS AUD SUB SID "\"iat\":1800000000}",
		"{" ISS AUD SUB SID "\"exp\":1800001800}",
		"{" ISS AUD SUB SID TIMES ",\"x\":1}",
		"{" ISS AUD SUB SID TIMES ",\"role\":\"operator\"}",
		"{" ISS AUD SUB SID TIMES ",\"nbf\":0}",
		"{" ISS AUD SUB SUB SID TIMES "}",
		"{" ISS AUD SUB "\"sub\":\"8\"," SID TIMES "}",
		"{\"iss\":\"taskd:\"," AUD SUB SID TIMES "}",
		"{\"iss\":\"" ISSUER "x\"," AUD SUB SID TIMES "}",
		"{\"iss\":[\"" ISSUER "\"]," AUD SUB SID TIMES "}",
		"{\"iss\":null," AUD SUB SID TIMES "}",
		"{" ISS "\"aud\":\"TASKCTL\"," SUB SID TIMES "}",
		"{" ISS "\"aud\":[\"taskctl\"]," SUB SID TIMES "}",
		"{" ISS "\"aud\":\"taskctl\\u0000x\"," SUB SID TIMES "}",
		"{" ISS AUD "\"sub\":7," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"0\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"07\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"-7\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"+7\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\" 7\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"7 \"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"7.0\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"9223372036854775808\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":\"ann@example.com\"," SID TIMES "}",
		"{" ISS AUD "\"sub\":true," SID TIMES "}",
		"{" ISS AUD SUB "\"sid\":\"\"," TIMES "}",
		"{" ISS AUD SUB "\"sid\":\"AAAA\"," TIMES "}",
		"{" ISS AUD SUB "\"sid\":\"AAAAAAAAAAAAAAAAAAAAAB\"," TIMES "}",
		"{" ISS AUD SUB "\"sid\":\"AAAAAAAAAAAAAAAAAAAAA=\"," TIMES "}",
		"{" ISS AUD SUB "\"sid\":\"AAAAAAAAAAAAAAAAAAAAAAA\"," TIMES "}",
		"{" ISS AUD SUB "\"sid\":1," TIMES "}",
		"{" ISS AUD SUB SID "\"iat\":\"1800000000\",\"exp\":1800001800}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":\"1800001800\"}",
		"{" ISS AUD SUB SID "\"iat\":1800000000.0,\"exp\":1800001800}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":1800001800.5}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":1e18}",
		"{" ISS AUD SUB SID "\"iat\":-1,\"exp\":1800001800}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":null}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":true}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":1800000000}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":1799999999}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":1800003601}",
		"{" ISS AUD SUB SID "\"iat\":1800000061,\"exp\":1800001800}",
		"{" ISS AUD SUB SID "\"iat\":1799990000,\"exp\":1799999999}",
		"{" ISS AUD SUB SID "\"iat\":1800000000,\"exp\":99999999999999999999}",
		"{" ISS AUD SUB SID TIMES "}{}",
		"{" ISS AUD SUB SID TIMES "",
		"[" TIMES "]",
		"{}",
		"null",
		"x",
	};
	struct fixture *fixture = *state;
	const struct key *key = key_ring_active(fixture->ring);
	AUTO_FREE char *header = make_header(key, HEADER);

	for (size_t i = 0; i < COUNT_OF(payloads); i++) {
		AUTO_FREE char *token = forge(key, MAC_HS256, header, payloads[i]);

		if (is_accepted(fixture, token))
			fail_msg("accepted: %s", payloads[i]);
	}
}

static void a_nul_byte_behind_a_number_is_refused(void **state)
{
	static const char payload[] = "{" ISS AUD SUB SID "\"iat\":1800000000\0,\"exp\":1800001800}";
	struct fixture *fixture = *state;
	const struct key *key = key_ring_active(fixture->ring);
	AUTO_FREE char *header = make_header(key, HEADER);
	AUTO_FREE char *token = forge_bytes(key, MAC_HS256, header, strlen(header), payload, sizeof(payload) - 1);

	assert_false(is_accepted(fixture, token));
}

static void the_form_is_exactly_three_canonical_segments(void **state)
{
	static const char *const formats[] = { "%s.", ".%s", "%s.AAAA", " %s", "%s ", "%s\n", "%s=", "%s==", "%s!",
		"Bearer %s", "\"%s\"", "%s/", "%s+" };
	struct fixture *fixture = *state;
	const char *good = issue(fixture);

	for (size_t i = 0; i < COUNT_OF(formats); i++) {
		AUTO_FREE char *token = fill(formats[i], good);

		if (is_accepted(fixture, token))
			fail_msg("accepted: %s", formats[i]);
	}
	assert_false(is_accepted(fixture, ""));
	assert_false(is_accepted(fixture, "."));
	assert_false(is_accepted(fixture, ".."));
	assert_false(is_accepted(fixture, "..."));
	assert_false(is_accepted(fixture, "AAAA..AAAA"));
}

/* The last character of an HMAC-SHA256 has two bits that mean nothing: only one way of writing it counts. */
static void unused_bits_are_zero(void **state)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	struct fixture *fixture = *state;
	AUTO_FREE char *token = memory_strdup(issue(fixture));
	char *last = token + strlen(token) - 1;
	unsigned accepted = 0;

	for (const char *character = alphabet; *character; character++) {
		*last = *character;
		accepted += is_accepted(fixture, token);
	}
	assert_int_equal(accepted, 1);
}

static void a_very_long_token_is_refused_at_once(void **state)
{
	struct fixture *fixture = *state;
	size_t length = (size_t)10 * 1024 * 1024;
	AUTO_FREE char *token = memory_alloc(length);

	memset(token, 'A', length);
	token[length / 3] = token[2 * length / 3] = '.';
	assert_false(is_accepted_at(fixture, token, length, NOW));
	assert_false(is_accepted_at(fixture, token, TOKEN_LENGTH_LIMIT, NOW));
	assert_false(is_accepted_at(fixture, token, TOKEN_LENGTH_LIMIT + 1, NOW));
}

static void a_token_is_good_until_the_second_of_its_expiry(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);

	assert_true(is_accepted_at(fixture, token, strlen(token), NOW + LIFETIME - 1));
	assert_false(is_accepted_at(fixture, token, strlen(token), NOW + LIFETIME));
	assert_true(is_accepted_at(fixture, token, strlen(token), NOW - 60));
	assert_false(is_accepted_at(fixture, token, strlen(token), NOW - 61));
}

static void a_token_of_another_ring_is_refused(void **state)
{
	struct fixture *fixture = *state;
	void *other = NULL;
	const char *token;

	set_up(&other);
	token = issue(other);
	assert_true(is_accepted(other, token));
	assert_false(is_accepted(fixture, token));
	tear_down(&other);
}

/* RFC 7515, appendix A.1: the signature layer accepts it. Published vectors: no token of theirs is one of ours. */
static void published_vectors_are_judged_rightly(void **state)
{
	static const char path[] = TEST_CORPORA "/wycheproof/testvectors_v1/json_web_signature_test.json";
	struct fixture *fixture = *state;
	json_auto_t *root = json_load_file(path, 0, NULL);
	size_t count = 0, i, j;
	json_t *group, *test;

	if (!root) {
		print_message("skipped: %s is not here\n", path);
		skip();
	}
	json_array_foreach (json_object_get(root, "testGroups"), i, group)
		json_array_foreach (json_object_get(group, "tests"), j, test) {
			const char *token = json_string_value(json_object_get(test, "jws"));

			count += token != NULL;
			assert_false(token && is_accepted(fixture, token));
		}
	assert_true(count >= 300);
}

static void the_example_of_rfc_7515_passes_the_signature_layer_alone(void **state)
{
	static const char path[] = TEST_CORPORA "/wycheproof/rfc7515_a1.json";
	struct fixture *fixture = *state;
	json_auto_t *root = json_load_file(path, 0, NULL);
	const char *token = json_string_value(json_object_get(root, "jws"));
	const char *text = json_string_value(json_object_get(json_object_get(root, "key_jwk"), "k"));
	unsigned char secret[96];
	struct key key = { .id = "a1", .algorithm = KEY_HS256, .secret = secret };

	if (!root) {
		print_message("skipped: %s is not here\n", path);
		skip();
	}
	assert_true(text_base64url_decode(text, strlen(text), secret, &key.secret_size));
	assert_int_equal(token_verify_signature(&key, token, strlen(token)), ERROR_NONE);
	secret[0] ^= 1;
	assert_int_equal(token_verify_signature(&key, token, strlen(token)), ERROR_UNAUTHENTICATED);
	assert_false(is_accepted(fixture, token));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_issued_is_accepted_and_says_what_it_was_issued_for),
		cmocka_unit_test(what_is_issued_is_right_for_another_verifier),
		cmocka_unit_test(the_forger_can_make_a_good_one),
		cmocka_unit_test(a_token_of_which_any_character_was_changed_is_refused),
		cmocka_unit_test(a_token_cut_anywhere_is_refused),
		cmocka_unit_test(a_header_that_is_not_ours_is_refused_although_it_is_signed),
		cmocka_unit_test(the_right_header_with_another_signature_is_refused),
		cmocka_unit_test(claims_that_are_not_ours_are_refused_although_they_are_signed),
		cmocka_unit_test(a_nul_byte_behind_a_number_is_refused),
		cmocka_unit_test(the_form_is_exactly_three_canonical_segments),
		cmocka_unit_test(unused_bits_are_zero),
		cmocka_unit_test(a_very_long_token_is_refused_at_once),
		cmocka_unit_test(a_token_is_good_until_the_second_of_its_expiry),
		cmocka_unit_test(a_token_of_another_ring_is_refused),
		cmocka_unit_test(published_vectors_are_judged_rightly),
		cmocka_unit_test(the_example_of_rfc_7515_passes_the_signature_layer_alone),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
