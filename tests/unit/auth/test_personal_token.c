/* Personal access tokens: who gets in with one, and who does not. */
#include "../store/fixture.h"

#include "auth/personal_token.h"
#include "auth/secret.h"

#define UID  1000
#define HOUR INT64_C(3600)

static const struct session_policy strict = { .binding = SESSION_BIND_STRICT };
static const struct session_policy unbound = { .binding = SESSION_BIND_OFF };

static int set_up(void **state)
{
	return secret_init() ? fixture_set_up(state) : -1;
}

static const char *make(struct fixture *fixture, const struct session_policy *policy, const char *name)
{
	struct personal_token token = {
		.account_id = ANN, .name = name, .scopes = 1, .expires_at = FIXTURE_NOW + HOUR
	};
	const char *text = NULL;

	assert_done(personal_token_make(fixture->db, policy, UID, FIXTURE_NOW, &fixture->arena, &token, &text));
	return text;
}

static enum error authenticate(
	struct fixture *fixture, const struct session_policy *policy, const char *text, uid_t uid, int64_t now)
{
	struct personal_token token;
	struct account account;
	enum error error = personal_token_authenticate(
		fixture->db, policy, text, strlen(text), uid, now, &fixture->arena, &token, &account);

	if (!error) {
		assert_int_equal(token.scopes, 1);
		assert_int_equal(account.id, ANN);
	}
	return error;
}

static void a_token_is_good_until_the_second_of_its_end(void **state)
{
	struct fixture *fixture = *state;
	const char *text = make(fixture, &strict, "script");

	assert_done(authenticate(fixture, &strict, text, UID, FIXTURE_NOW));
	assert_done(authenticate(fixture, &strict, text, UID, FIXTURE_NOW + HOUR - 1));
	assert_int_equal(authenticate(fixture, &strict, text, UID, FIXTURE_NOW + HOUR), ERROR_UNAUTHENTICATED);
}

static void a_token_serves_the_uid_that_made_it(void **state)
{
	struct fixture *fixture = *state;
	const char *bound = make(fixture, &strict, "bound");
	const char *free_one = make(fixture, &unbound, "free");

	assert_int_equal(authenticate(fixture, &strict, bound, UID + 1, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_int_equal(authenticate(fixture, &strict, bound, 65534, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_done(authenticate(fixture, &unbound, bound, UID + 1, FIXTURE_NOW));
	assert_done(authenticate(fixture, &strict, free_one, UID + 1, FIXTURE_NOW));
}

static void a_token_that_is_changed_anywhere_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char text[128];
	size_t length;

	(void)snprintf(text, sizeof(text), "%s", make(fixture, &strict, "script"));
	length = strlen(text);
	for (size_t i = 0; i < length; i++) {
		text[i] ^= 1;
		assert_int_equal(authenticate(fixture, &strict, text, UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
		text[i] ^= 1;
	}
	text[length - 1] = '\0';
	assert_int_equal(authenticate(fixture, &strict, text, UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_int_equal(authenticate(fixture, &strict, "", UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
}

static void a_disabled_account_keeps_its_tokens_out(void **state)
{
	struct fixture *fixture = *state;
	const char *text = make(fixture, &strict, "script");

	assert_done(account_store_set_state(fixture->db, ANN, ACCOUNT_DISABLED));
	assert_int_equal(authenticate(fixture, &strict, text, UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_done(account_store_set_state(fixture->db, ANN, ACCOUNT_ACTIVE));
	assert_done(authenticate(fixture, &strict, text, UID, FIXTURE_NOW));
}

static void a_name_is_taken_once_by_each_account(void **state)
{
	struct fixture *fixture = *state;
	struct personal_token again = { .account_id = ANN, .name = "script", .scopes = 1, .expires_at = INT64_MAX };
	struct personal_token bobs = { .account_id = BOB, .name = "script", .scopes = 1, .expires_at = INT64_MAX };
	const char *text = NULL;

	(void)make(fixture, &strict, "script");
	assert_int_equal(personal_token_make(fixture->db, &strict, UID, FIXTURE_NOW, &fixture->arena, &again, &text),
		ERROR_CONFLICT);
	assert_null(text);
	assert_done(personal_token_make(fixture->db, &strict, UID, FIXTURE_NOW, &fixture->arena, &bobs, &text));
}

/* The store knows what it can check the token by, and nothing that it could be made of. */
static void the_text_is_not_in_the_store(void **state)
{
	struct fixture *fixture = *state;
	const char *text = make(fixture, &strict, "script");
	char sql[256];

	(void)snprintf(sql, sizeof(sql),
		"SELECT COUNT(*) AS value FROM token WHERE INSTR(CAST(hash AS TEXT), '%s') OR INSTR(id, '%s')",
		text + 26, text + 26);
	assert_int_equal(fixture_integer(fixture->db, sql), 0);
	assert_int_equal(fixture_integer(fixture->db, "SELECT LENGTH(hash) AS value FROM token"), 32);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_is_good_until_the_second_of_its_end),
		TEST(a_token_serves_the_uid_that_made_it),
		TEST(a_token_that_is_changed_anywhere_is_refused),
		TEST(a_disabled_account_keeps_its_tokens_out),
		TEST(a_name_is_taken_once_by_each_account),
		TEST(the_text_is_not_in_the_store),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
