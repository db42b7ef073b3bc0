/* Whose token is this, and was this key answered before. */
#include "auth/session.h"
#include "fixture.h"
#include "methods/authenticate.h"
#include "methods/methods.h"

struct asking {
	struct dispatch_hooks hooks;
	struct fixture *fixture;
	struct request request;
	void *memo;
	const char *token; /* of a session of account 1 */
};

static struct asking ask(struct fixture *fixture)
{
	struct asking asking = { .hooks = authenticate_hooks(), .fixture = fixture };
	struct session_grant grant;

	asking.memo = arena_alloc(&fixture->arena, asking.hooks.memo_size);
	asking.request = (struct request){ .method = method_find(fixture->methods, "task.add"),
		.services = &fixture->services,
		.arena = &fixture->arena,
		.db = fixture->db,
		.now = fixture->now,
		.peer = { .uid = fixture->uid } };
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(session_open(fixture->db, fixture->keys, &fixture->sessions, 1, fixture->uid, NULL,
				 fixture->now, &fixture->arena, &grant),
		0);
	asking.token = grant.access_token;
	return asking;
}

static void end(struct asking *asking)
{
	assert_int_equal(db_commit(asking->fixture->db), 0);
}

static enum error authenticate(struct asking *asking, const char *token)
{
	return asking->hooks.authenticate(asking->hooks.context, &asking->request, token, strlen(token), asking->memo);
}

static void assert_refused(struct asking *asking, const char *token)
{
	assert_int_equal(authenticate(asking, token), ERROR_UNAUTHENTICATED);
	assert_string_equal(asking->request.refusal.message, "Could not validate credentials");
	assert_string_equal(asking->request.refusal.field, "");
	assert_int_equal(asking->request.who.account_id, 0);
	assert_int_equal(asking->fixture->uses_noted, 0);
}

static void valid_token_says_who_asks(void **state)
{
	struct asking asking = ask(*state);
	const struct identity *who = &asking.request.who;

	assert_int_equal(authenticate(&asking, asking.token), ERROR_NONE);
	assert_int_equal(who->account_id, 1);
	assert_string_equal(who->email, "ann@example.com");
	assert_int_equal(who->account_created_at, FIXTURE_NOW);
	assert_int_equal(strlen(who->session_id), 22);
	assert_int_equal(who->expires_at, FIXTURE_NOW + 1800);
	assert_int_equal(who->scopes, 0);
	assert_int_equal(asking.fixture->uses_noted, 1);
	assert_int_equal(authenticate(&asking, asking.token), ERROR_NONE);
	end(&asking);
}

static void whatever_is_wrong_gets_the_same_words(void **state)
{
	struct asking asking = ask(*state);
	char *token = arena_strdup(&asking.fixture->arena, asking.token);

	assert_refused(&asking, "");
	assert_refused(&asking, "nonsense");
	token[strlen(token) / 2] ^= 1;
	assert_refused(&asking, token);
	asking.request.now += 1800;
	assert_refused(&asking, asking.token);
	asking.request.now = FIXTURE_NOW;
	asking.request.peer.uid++;
	assert_refused(&asking, asking.token);
	end(&asking);
}

static enum error find(struct asking *asking, const char *params, const char **ret_result, bool *ret_found)
{
	size_t length = 0;
	enum error error = asking->hooks.replay_find(
		asking->hooks.context, &asking->request, "key", params, ret_result, &length, ret_found);

	if (!error && *ret_found)
		*ret_result = arena_strndup(&asking->fixture->arena, *ret_result, length);
	return error;
}

static void save(struct asking *asking, const char *params, const char *result)
{
	assert_int_equal(asking->hooks.replay_save(
				 asking->hooks.context, &asking->request, "key", params, result, strlen(result)),
		ERROR_NONE);
}

static void same_key_and_params_give_the_same_reply(void **state)
{
	struct asking asking = ask(*state);
	const char *result = NULL;
	bool found = true;

	asking.request.who.account_id = 1;
	assert_int_equal(find(&asking, "{\"a\":1}", &result, &found), ERROR_NONE);
	assert_false(found);
	save(&asking, "{\"a\":1}", "{\"task\":{}}");
	assert_int_equal(find(&asking, "{\"a\":1}", &result, &found), ERROR_NONE);
	assert_true(found);
	assert_string_equal(result, "{\"task\":{}}");
	end(&asking);
}

static void same_key_with_other_params_is_a_conflict(void **state)
{
	struct asking asking = ask(*state);
	const char *result;
	bool found;

	asking.request.who.account_id = 1;
	save(&asking, "{\"a\":1}", "{}");
	assert_int_equal(find(&asking, "{\"a\":2}", &result, &found), ERROR_CONFLICT);
	assert_string_equal(asking.request.refusal.field, "idempotency_key");
	end(&asking);
}

static void key_is_of_one_account_and_method(void **state)
{
	struct asking asking = ask(*state);
	const char *result;
	bool found = true;

	asking.request.who.account_id = 1;
	save(&asking, "{}", "{}");
	asking.request.who.account_id = 2;
	assert_int_equal(find(&asking, "{}", &result, &found), ERROR_NONE);
	assert_false(found);
	found = true;
	asking.request.who.account_id = 1;
	asking.request.method = method_find(asking.fixture->methods, "task.done");
	assert_int_equal(find(&asking, "{}", &result, &found), ERROR_NONE);
	assert_false(found);
	end(&asking);
}

static void reply_lives_for_a_day(void **state)
{
	struct asking asking = ask(*state);
	const char *result;
	bool found;

	asking.request.who.account_id = 1;
	save(&asking, "{\"a\":1}", "\"old\"");
	asking.request.now = FIXTURE_NOW + 86399;
	assert_int_equal(find(&asking, "{\"a\":1}", &result, &found), ERROR_NONE);
	assert_true(found);
	asking.request.now = FIXTURE_NOW + 86401;
	assert_int_equal(find(&asking, "{\"a\":2}", &result, &found), ERROR_NONE);
	assert_false(found);
	save(&asking, "{\"a\":2}", "\"new\"");
	assert_int_equal(find(&asking, "{\"a\":2}", &result, &found), ERROR_NONE);
	assert_string_equal(result, "\"new\"");
	end(&asking);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(valid_token_says_who_asks, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			whatever_is_wrong_gets_the_same_words, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			same_key_and_params_give_the_same_reply, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			same_key_with_other_params_is_a_conflict, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(key_is_of_one_account_and_method, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(reply_lives_for_a_day, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
