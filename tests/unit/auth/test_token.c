/* What is issued is accepted, as it is and while it lasts; the forged ones are in test_forged_tokens. */
#include "auth/token.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "common/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
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

static void a_nul_byte_ends_no_token(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);

	assert_false(is_accepted_at(fixture, token, strlen(token) + 1, NOW));
	assert_false(is_accepted_at(fixture, "", 1, NOW));
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

static void rotate(struct fixture *fixture, int64_t now, int64_t verify_seconds)
{
	const struct key_rotation rotation = { .algorithm = KEY_HS256, .now = now, .verify_seconds = verify_seconds };

	assert_int_equal(key_ring_rotate(fixture->ring, &rotation, NULL), ERROR_NONE);
}

static void an_old_token_is_good_until_its_key_ends(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);
	struct token_claims claims;

	rotate(fixture, NOW + 10, 1000);
	assert_true(is_accepted_at(fixture, token, strlen(token), NOW + 1009));
	assert_false(is_accepted_at(fixture, token, strlen(token), NOW + 1010));
	assert_int_equal(token_verify(fixture->ring, &rules, token, strlen(token), NOW + 10, &claims), ERROR_NONE);
	assert_int_equal(claims.expires_at, NOW + 1010);
	token = issue(fixture);
	assert_true(is_accepted_at(fixture, token, strlen(token), NOW + LIFETIME - 1));
}

static void a_token_of_the_second_of_the_retirement_is_good(void **state)
{
	struct fixture *fixture = *state;
	const char *token = issue(fixture);

	rotate(fixture, NOW, LIFETIME);
	assert_true(is_accepted_at(fixture, token, strlen(token), NOW + LIFETIME - 1));
}

static void revoked_tokens_are_refused_at_once(void **state)
{
	const struct key_rotation rotation = {
		.algorithm = KEY_HS256, .now = NOW, .verify_seconds = LIFETIME, .revoke_old = true
	};
	struct fixture *fixture = *state;
	const char *first = issue(fixture), *second;

	rotate(fixture, NOW, LIFETIME);
	second = issue(fixture);
	assert_int_equal(key_ring_rotate(fixture->ring, &rotation, NULL), ERROR_NONE);
	assert_false(is_accepted(fixture, first));
	assert_false(is_accepted(fixture, second));
	assert_true(is_accepted(fixture, issue(fixture)));
}

/* Tokens of each second, judged in the last second of their lives, which are as short or as long as may be set. */
static void thirty_rotations_in_thirty_seconds_refuse_no_valid_token(void **state)
{
	static const int64_t lifetimes[] = { 60, LIFETIME };
	struct fixture *fixture = *state;
	const char *tokens[30];

	for (size_t l = 0; l < COUNT_OF(lifetimes); l++) {
		const int64_t start = NOW + (int64_t)l * 10000;

		for (int64_t i = 0; i < 30; i++) {
			const struct token_claims claims = { .account_id = 7,
				.session_id = SESSION,
				.issued_at = start + i,
				.expires_at = start + i + lifetimes[l] };

			assert_int_equal(token_issue(fixture->ring, &rules, &claims, &fixture->arena, &tokens[i]), 0);
			rotate(fixture, start + i, lifetimes[l]);
		}
		for (int64_t i = 0; i < 30; i++)
			assert_true(
				is_accepted_at(fixture, tokens[i], strlen(tokens[i]), start + i + lifetimes[l] - 1));
	}
}

#define WITH_RING_OF_ITS_OWN(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_issued_is_accepted_and_says_what_it_was_issued_for),
		cmocka_unit_test(a_token_of_which_any_character_was_changed_is_refused),
		cmocka_unit_test(a_token_cut_anywhere_is_refused),
		cmocka_unit_test(a_nul_byte_ends_no_token),
		cmocka_unit_test(unused_bits_are_zero),
		cmocka_unit_test(a_very_long_token_is_refused_at_once),
		cmocka_unit_test(a_token_is_good_until_the_second_of_its_expiry),
		cmocka_unit_test(a_token_of_another_ring_is_refused),
		WITH_RING_OF_ITS_OWN(an_old_token_is_good_until_its_key_ends),
		WITH_RING_OF_ITS_OWN(a_token_of_the_second_of_the_retirement_is_good),
		WITH_RING_OF_ITS_OWN(revoked_tokens_are_refused_at_once),
		WITH_RING_OF_ITS_OWN(thirty_rotations_in_thirty_seconds_refuse_no_valid_token),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
