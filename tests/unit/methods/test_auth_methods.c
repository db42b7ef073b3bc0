/* Logging in, staying logged in, logging out. */
#include "auth/password.h"
#include "fixture.h"
#include "store/account_store.h"

#define PASSWORD "a horse of a colour"
#define LOGIN    "{\"email\":\"ann@example.com\",\"password\":\"" PASSWORD "\"}"

static void find_ann(struct fixture *fixture, struct account *ret_account)
{
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(account_store_find(fixture->db, 1, &fixture->arena, ret_account), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static void set_password_of_ann(struct fixture *fixture, const char *password)
{
	char hash[PASSWORD_HASH_SIZE];
	struct account ann;

	find_ann(fixture, &ann);
	assert_int_equal(password_hash(password, strlen(password), &password_cost_minimum, hash), 0);
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(account_store_replace_hash(fixture->db, 1, ann.password_hash, hash), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static int set_up(void **state)
{
	if (fixture_set_up(state))
		return -1;
	set_password_of_ann(*state, PASSWORD);
	return 0;
}

static int64_t session_count(struct fixture *fixture)
{
	return fixture_query(fixture, "SELECT count(*) AS value FROM session");
}

static void disable_ann(struct fixture *fixture)
{
	(void)fixture_query(fixture, "UPDATE account SET state = 'disabled' WHERE id = 1");
}

static void login_opens_a_session(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "auth.login",
		"{\"email\":\"ANN@example.com\",\"password\":\"" PASSWORD "\\n\",\"client\":\"taskctl\"}");

	assert_string_equal(text_at(result, "token_type"), "bearer");
	assert_int_equal(integer_at(result, "expires_in"), 1800);
	assert_int_equal(integer_at(result, "refresh_expires_in"), 14 * 86400);
	assert_memory_equal(text_at(result, "refresh_token"), "tkr_", 4);
	assert_int_equal(strlen(text_at(result, "session_id")), 22);
	assert_int_equal(integer_at(result, "account.id"), 1);
	assert_string_equal(text_at(result, "account.email"), "ann@example.com");
	assert_string_equal(text_at(result, "instance"), fixture->instance);
	assert_true(strlen(text_at(result, "access_token")) > 100);
	assert_int_equal(session_count(fixture), 1);
	json_decref(result);
}

static void fail_at_the_last_phase(struct fixture *fixture)
{
	(void)fixture;
	fail_msg("a login that fails comes to no writing");
}

static void every_failed_login_gets_the_same_words_and_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	static const char *const rows[] = {
		"{\"email\":\"nobody@example.com\",\"password\":\"" PASSWORD "\"}",
		"{\"email\":\"not an email\",\"password\":\"" PASSWORD "\"}",
		"{\"email\":\"ann@example.com\",\"password\":\"wrong\"}",
		"{\"email\":\"ann@example.com\",\"password\":\"\"}", LOGIN, /* of an account that is disabled by then */
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		fixture->between = fail_at_the_last_phase;
		if (i + 1 == sizeof(rows) / sizeof(*rows))
			disable_ann(fixture);
		call_refused(fixture, ERROR_UNAUTHENTICATED, NULL, "auth.login", "%s", rows[i]);
		assert_string_equal(fixture->refusal.message, "Incorrect email or password");
	}
	assert_int_equal(session_count(fixture), 0);
}

static void change_password_of_ann(struct fixture *fixture)
{
	set_password_of_ann(fixture, "another horse");
}

static void remove_ann(struct fixture *fixture)
{
	(void)fixture_query(fixture, "DELETE FROM account WHERE id = 1");
}

static void login_holds_only_if_the_account_is_as_it_was_verified(void **state)
{
	static void (*const events[])(struct fixture *) = { change_password_of_ann, disable_ann, remove_ann };
	/* Whoever gets so far knew a password that was right: the next attempt is held against the new one. */
	static const enum error errors[] = { ERROR_UNAVAILABLE, ERROR_UNAUTHENTICATED, ERROR_UNAUTHENTICATED };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++) {
		fixture->between = NULL;
		if (i == 1)
			set_password_of_ann(fixture, PASSWORD);
		if (i == 2)
			(void)fixture_query(fixture, "UPDATE account SET state = 'active'");
		json_decref(call_done(fixture, "auth.login", LOGIN));
		(void)fixture_query(fixture, "DELETE FROM session");
		fixture->between = events[i];
		call_refused(fixture, errors[i], NULL, "auth.login", LOGIN);
		if (errors[i] == ERROR_UNAUTHENTICATED)
			assert_string_equal(fixture->refusal.message, "Incorrect email or password");
		assert_int_equal(session_count(fixture), 0);
	}
}

static void login_makes_a_new_hash_when_the_cost_rose(void **state)
{
	struct fixture *fixture = *state;
	struct account before;
	struct account after;

	find_ann(fixture, &before);
	json_decref(call_done(fixture, "auth.login", LOGIN));
	find_ann(fixture, &after);
	assert_string_equal(after.password_hash, before.password_hash);
	fixture->services.password_cost.operations++;
	json_decref(call_done(fixture, "auth.login", LOGIN));
	find_ann(fixture, &after);
	assert_string_not_equal(after.password_hash, before.password_hash);
	assert_false(password_needs_rehash(after.password_hash, &fixture->services.password_cost));
	json_decref(call_done(fixture, "auth.login", LOGIN));
}

static void refresh_gives_a_fresh_token_of_the_same_session(void **state)
{
	struct fixture *fixture = *state;
	json_t *login = call_done(fixture, "auth.login", LOGIN);
	json_t *refreshed;

	fixture->now += 600;
	refreshed = call_done(fixture, "auth.refresh", "{\"refresh_token\":\"%s\"}", text_at(login, "refresh_token"));
	assert_string_equal(text_at(refreshed, "session_id"), text_at(login, "session_id"));
	assert_string_not_equal(text_at(refreshed, "access_token"), text_at(login, "access_token"));
	assert_int_equal(integer_at(refreshed, "account.id"), 1);
	assert_string_equal(text_at(refreshed, "account.email"), "ann@example.com");
	assert_int_equal(json_object_size(refreshed), json_object_size(login));
	json_decref(refreshed);
	json_decref(login);
}

static void bad_refresh_tokens_all_get_the_same_words(void **state)
{
	struct fixture *fixture = *state;
	json_t *login = call_done(fixture, "auth.login", LOGIN);

	call_refused(fixture, ERROR_UNAUTHENTICATED, NULL, "auth.refresh", "{\"refresh_token\":\"\"}");
	assert_string_equal(fixture->refusal.message, "Could not validate credentials");
	call_refused(fixture, ERROR_UNAUTHENTICATED, NULL, "auth.refresh", "{\"refresh_token\":\"%sx\"}",
		text_at(login, "refresh_token"));
	fixture->uid++;
	call_refused(fixture, ERROR_UNAUTHENTICATED, NULL, "auth.refresh", "{\"refresh_token\":\"%s\"}",
		text_at(login, "refresh_token"));
	assert_string_equal(fixture->refusal.message, "Could not validate credentials");
	json_decref(login);
}

static void logout_ends_the_session_for_good(void **state)
{
	struct fixture *fixture = *state;
	json_t *login = call_done(fixture, "auth.login", LOGIN);
	json_t *result;

	fixture->who.session_id = text_at(login, "session_id");
	result = call_done(fixture, "auth.logout", "{}");
	assert_string_equal(text_at(result, "session_id"), text_at(login, "session_id"));
	assert_int_equal(session_count(fixture), 0);
	call_refused(fixture, ERROR_UNAUTHENTICATED, NULL, "auth.refresh", "{\"refresh_token\":\"%s\"}",
		text_at(login, "refresh_token"));
	json_decref(result);
	json_decref(login);
}

static void password_is_wiped_when_a_call_ends(void **state)
{
	struct fixture *fixture = *state;
	static const char secret[] = "zzqx-never-left-behind";

	for (size_t i = 0; i < 2; i++) {
		const char *method = i ? "account.signup" : "auth.login";

		fixture_clear_arena(fixture);
		json_decref(
			fixture_call(fixture, method, "{\"email\":\"carl@example.com\",\"password\":\"%s\"}", secret));
		assert_false(fixture_arena_holds(fixture, secret, sizeof(secret) - 1));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(login_opens_a_session, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			every_failed_login_gets_the_same_words_and_leaves_nothing, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			login_holds_only_if_the_account_is_as_it_was_verified, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(login_makes_a_new_hash_when_the_cost_rose, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			refresh_gives_a_fresh_token_of_the_same_session, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(bad_refresh_tokens_all_get_the_same_words, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(logout_ends_the_session_for_good, set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(password_is_wiped_when_a_call_ends, set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
