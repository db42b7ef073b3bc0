/* Signing up, and asking who one is. */
#include "auth/password.h"
#include "fixture.h"
#include "store/account_store.h"

#define CARL "{\"email\":\"Carl@example.com\",\"password\":\"a horse of a colour\"}"

static void find_account(struct fixture *fixture, const char *email, struct account *ret_account)
{
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(account_store_find_by_email(fixture->db, email, &fixture->arena, ret_account), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static void signup_makes_an_account_with_its_password(void **state)
{
	json_t *result = call_done(*state, "account.signup", CARL);
	struct account account;
	bool matches;

	assert_int_equal(integer_at(result, "id"), 3);
	assert_string_equal(text_at(result, "email"), "Carl@example.com");
	find_account(*state, "carl@EXAMPLE.com", &account);
	assert_int_equal(account.id, 3);
	assert_int_equal(account.created_at, FIXTURE_NOW);
	assert_int_equal(account.state, ACCOUNT_ACTIVE);
	assert_int_equal(password_verify(account.password_hash, "a horse of a colour", 19, &matches), 0);
	assert_true(matches);
	json_decref(result);
}

static void taken_email_is_a_conflict_in_any_case(void **state)
{
	call_refused(*state, ERROR_CONFLICT, "email", "account.signup",
		"{\"email\":\"ANN@example.com\",\"password\":\"a horse of a colour\"}");
	json_decref(call_done(*state, "account.signup", CARL));
	call_refused(*state, ERROR_CONFLICT, "email", "account.signup", CARL);
}

static void take_email(struct fixture *fixture)
{
	int64_t id;

	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(account_store_add(fixture->db, "carl@example.com", "hash", FIXTURE_NOW, &id), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static void email_taken_while_hashing_is_a_conflict_too(void **state)
{
	struct fixture *fixture = *state;

	fixture->between = take_email;
	call_refused(fixture, ERROR_CONFLICT, "email", "account.signup", CARL);
	assert_string_equal(fixture->refusal.message, "there is an account with this email already");
}

static void bad_email_and_password_name_their_field(void **state)
{
	call_refused(*state, ERROR_INVALID_PARAMS, "email", "account.signup",
		"{\"email\":\"carl\",\"password\":\"a horse of a colour\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "email", "account.signup",
		"{\"email\":\" carl@example.com\",\"password\":\"a horse of a colour\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "password", "account.signup",
		"{\"email\":\"carl@example.com\",\"password\":\"short\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "password", "account.signup",
		"{\"email\":\"carl@example.com\",\"password\":\"carl@example.com\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "password", "account.signup", "{\"email\":\"carl@example.com\"}");
}

static void policy_can_leave_signing_up_to_the_operator(void **state)
{
	struct fixture *fixture = *state;

	fixture->services.signup = SIGNUP_OPERATOR;
	call_refused(fixture, ERROR_FORBIDDEN, NULL, "account.signup", CARL);
	/* Nor does it tell then who has an account. */
	call_refused(fixture, ERROR_FORBIDDEN, NULL, "account.signup",
		"{\"email\":\"ann@example.com\",\"password\":\"a horse of a colour\"}");
	fixture->is_operator = true;
	json_decref(call_done(fixture, "account.signup", CARL));
}

static void me_says_whose_token_it_is(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "account.me", "{}");

	assert_int_equal(integer_at(result, "id"), 1);
	assert_string_equal(text_at(result, "email"), "ann@example.com");
	assert_string_equal(text_at(result, "created_at"), "2026-11-23T14:00:00Z");
	assert_string_equal(text_at(result, "session.id"), fixture->who.session_id);
	assert_string_equal(text_at(result, "session.expires_at"), "2026-11-23T14:30:00Z");
	json_decref(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			signup_makes_an_account_with_its_password, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			taken_email_is_a_conflict_in_any_case, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			email_taken_while_hashing_is_a_conflict_too, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			bad_email_and_password_name_their_field, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			policy_can_leave_signing_up_to_the_operator, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(me_says_whose_token_it_is, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
