/* Accounts, their sessions, and the replies that are kept for them. */
#include "fixture.h"

#include "store/account_store.h"
#include "store/replay_store.h"
#include "store/session_store.h"

#define DAY INT64_C(86400)

static const unsigned char hash[32] = { 1, 2, 3 };

/* --- accounts --- */

static void an_account_is_found_by_id_and_by_email_whatever_its_case(void **state)
{
	static const char *const spellings[] = { "ann@example.com", "ANN@example.com", "Ann@Example.Com" };
	struct fixture *fixture = *state;
	struct account account;

	assert_done(account_store_find(fixture->db, ANN, &fixture->arena, &account));
	assert_string_equal(account.email, "ann@example.com");
	assert_string_equal(account.password_hash, "$hash");
	assert_int_equal(account.state, ACCOUNT_ACTIVE);
	assert_int_equal(account.created_at, FIXTURE_NOW);
	for (size_t i = 0; i < 3; i++) {
		assert_done(account_store_find_by_email(fixture->db, spellings[i], &fixture->arena, &account));
		assert_int_equal(account.id, ANN);
	}
	assert_int_equal(account_store_find_by_email(fixture->db, "eve@example.com", &fixture->arena, &account),
		ERROR_NOT_FOUND);
	assert_int_equal(account_store_find(fixture->db, 3, &fixture->arena, &account), ERROR_NOT_FOUND);
}

static void an_email_is_given_once(void **state)
{
	struct fixture *fixture = *state;
	int64_t id;

	assert_int_equal(account_store_add(fixture->db, "ANN@EXAMPLE.COM", "$h", FIXTURE_NOW, &id), ERROR_CONFLICT);
	assert_int_equal(fixture_integer(fixture->db, "SELECT count(*) AS value FROM account"), 2);
}

static void the_id_of_a_deleted_account_is_not_given_again(void **state)
{
	struct fixture *fixture = *state;
	int64_t id;

	assert_done(db_run(db_query_text(fixture->db, "test", "DELETE FROM account WHERE id = 2", NULL), NULL));
	assert_done(account_store_add(fixture->db, "bob@example.com", "$h", FIXTURE_NOW, &id));
	assert_int_equal(id, 3);
}

static void a_hash_is_replaced_only_while_it_is_the_one_that_was_checked(void **state)
{
	struct fixture *fixture = *state;
	struct account account;

	assert_int_equal(account_store_replace_hash(fixture->db, ANN, "$other", "$new"), ERROR_CONFLICT);
	assert_done(account_store_replace_hash(fixture->db, ANN, "$hash", "$new"));
	assert_done(account_store_find(fixture->db, ANN, &fixture->arena, &account));
	assert_string_equal(account.password_hash, "$new");
	assert_done(account_store_find(fixture->db, BOB, &fixture->arena, &account));
	assert_string_equal(account.password_hash, "$hash");
}

static void a_state_that_is_not_known_keeps_the_account_out(void **state)
{
	(void)state;
	assert_int_equal(account_state_parse("active"), ACCOUNT_ACTIVE);
	assert_int_equal(account_state_parse("disabled"), ACCOUNT_DISABLED);
	assert_int_equal(account_state_parse("frozen"), ACCOUNT_DISABLED);
	assert_int_equal(account_state_parse(""), ACCOUNT_DISABLED);
}

/* --- sessions --- */

static struct session session_of(int64_t account_id, const char *id)
{
	struct session session = {
		.account_id = account_id,
		.bound_uid = 1000,
		.refresh_hash = hash,
		.refresh_hash_length = sizeof(hash),
		.client = "taskctl",
		.created_at = FIXTURE_NOW,
		.last_used_at = FIXTURE_NOW,
		.refresh_until = FIXTURE_NOW + 14 * DAY,
		.absolute_until = FIXTURE_NOW + 90 * DAY,
	};

	(void)snprintf(session.id, sizeof(session.id), "%s", id);
	return session;
}

static void add_session(struct fixture *fixture, int64_t account_id, const char *id, int64_t last_used_at)
{
	struct session session = session_of(account_id, id);

	session.last_used_at = last_used_at;
	assert_done(session_store_add(fixture->db, &session));
}

static int64_t count_sessions(struct fixture *fixture, int64_t account_id)
{
	int64_t count;

	assert_done(session_store_count(fixture->db, account_id, &count));
	return count;
}

static bool has_session(struct fixture *fixture, const char *id)
{
	struct session session;
	struct account account;

	return session_store_find(fixture->db, id, &fixture->arena, &session, &account) == ERROR_NONE;
}

static void a_session_comes_with_its_account(void **state)
{
	struct fixture *fixture = *state;
	struct session session;
	struct account account;

	add_session(fixture, BOB, "one", FIXTURE_NOW);
	assert_done(session_store_find(fixture->db, "one", &fixture->arena, &session, &account));
	assert_int_equal(session.account_id, BOB);
	assert_int_equal(session.bound_uid, 1000);
	assert_int_equal(session.refresh_hash_length, sizeof(hash));
	assert_memory_equal(session.refresh_hash, hash, sizeof(hash));
	assert_string_equal(session.client, "taskctl");
	assert_int_equal(session.refresh_until, FIXTURE_NOW + 14 * DAY);
	assert_int_equal(session.absolute_until, FIXTURE_NOW + 90 * DAY);
	assert_string_equal(account.email, "bob@example.com");
	assert_null(account.password_hash);
	assert_false(has_session(fixture, "two"));
}

static void a_refresh_moves_the_idle_limit_of_its_session_only(void **state)
{
	struct fixture *fixture = *state;
	struct session session;
	struct account account;

	add_session(fixture, ANN, "one", FIXTURE_NOW);
	add_session(fixture, ANN, "two", FIXTURE_NOW);
	assert_done(session_store_refreshed(fixture->db, "one", FIXTURE_NOW + DAY, FIXTURE_NOW + 15 * DAY));
	assert_done(session_store_find(fixture->db, "one", &fixture->arena, &session, &account));
	assert_int_equal(session.refresh_until, FIXTURE_NOW + 15 * DAY);
	assert_int_equal(session.last_used_at, FIXTURE_NOW + DAY);
	assert_int_equal(session.absolute_until, FIXTURE_NOW + 90 * DAY);
	assert_done(session_store_find(fixture->db, "two", &fixture->arena, &session, &account));
	assert_int_equal(session.refresh_until, FIXTURE_NOW + 14 * DAY);
}

static void sessions_are_removed_one_all_or_the_oldest_and_no_others(void **state)
{
	struct fixture *fixture = *state;
	int64_t count;

	add_session(fixture, ANN, "old", FIXTURE_NOW - 3);
	add_session(fixture, ANN, "older", FIXTURE_NOW - 9);
	add_session(fixture, ANN, "new", FIXTURE_NOW);
	add_session(fixture, ANN, "gone", FIXTURE_NOW - 20);
	add_session(fixture, BOB, "bobs", FIXTURE_NOW - 99);
	assert_done(session_store_remove(fixture->db, "gone"));
	assert_false(has_session(fixture, "gone"));
	assert_done(session_store_remove_oldest(fixture->db, ANN, 1));
	assert_false(has_session(fixture, "older"));
	assert_true(has_session(fixture, "old"));
	assert_true(has_session(fixture, "bobs"));
	assert_int_equal(count_sessions(fixture, ANN), 2);
	assert_done(session_store_remove_all(fixture->db, ANN, &count));
	assert_int_equal(count, 2);
	assert_int_equal(count_sessions(fixture, ANN), 0);
	assert_int_equal(count_sessions(fixture, BOB), 1);
}

static void what_is_past_either_end_is_pruned_a_few_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	struct session idle = session_of(ANN, "idle"), ended = session_of(ANN, "ended");
	int64_t count;

	idle.refresh_until = FIXTURE_NOW - 1;
	ended.absolute_until = FIXTURE_NOW - 1;
	assert_done(session_store_add(fixture->db, &idle));
	assert_done(session_store_add(fixture->db, &ended));
	add_session(fixture, ANN, "alive", FIXTURE_NOW);
	assert_done(session_store_prune(fixture->db, FIXTURE_NOW, 1, &count));
	assert_int_equal(count, 1);
	assert_done(session_store_prune(fixture->db, FIXTURE_NOW, 10, &count));
	assert_int_equal(count, 1);
	assert_done(session_store_prune(fixture->db, FIXTURE_NOW, 10, &count));
	assert_int_equal(count, 0);
	assert_true(has_session(fixture, "alive"));
}

static void with_an_account_go_its_sessions(void **state)
{
	struct fixture *fixture = *state;

	add_session(fixture, ANN, "anns", FIXTURE_NOW);
	add_session(fixture, BOB, "bobs", FIXTURE_NOW);
	assert_done(db_run(db_query_text(fixture->db, "test", "DELETE FROM account WHERE id = 1", NULL), NULL));
	assert_false(has_session(fixture, "anns"));
	assert_true(has_session(fixture, "bobs"));
}

static void a_session_belongs_to_an_account_that_is_there(void **state)
{
	struct fixture *fixture = *state;
	struct session session = session_of(77, "nobodys");

	assert_true(session_store_add(fixture->db, &session) != ERROR_NONE);
	assert_false(has_session(fixture, "nobodys"));
}

/* --- replies that are kept --- */

static void save_reply(struct fixture *fixture, int64_t account_id, const char *key, const char *result, int64_t at)
{
	struct replay replay = { .digest = { 7 }, .result = result, .result_length = strlen(result) };

	assert_done(replay_store_save(fixture->db, account_id, "task.add", key, &replay, at));
}

static bool is_kept(
	struct fixture *fixture, int64_t account_id, const char *method, const char *key, int64_t not_before)
{
	struct replay replay;

	return replay_store_find(fixture->db, account_id, method, key, not_before, &fixture->arena, &replay) ==
	       ERROR_NONE;
}

static void a_reply_belongs_to_account_method_and_key(void **state)
{
	struct fixture *fixture = *state;
	struct replay replay;

	save_reply(fixture, ANN, "k", "{\"task\":1}", FIXTURE_NOW);
	assert_done(replay_store_find(fixture->db, ANN, "task.add", "k", FIXTURE_NOW - DAY, &fixture->arena, &replay));
	assert_int_equal(replay.result_length, 10);
	assert_memory_equal(replay.result, "{\"task\":1}", 10);
	assert_int_equal(replay.digest[0], 7);
	assert_false(is_kept(fixture, BOB, "task.add", "k", FIXTURE_NOW - DAY));
	assert_false(is_kept(fixture, ANN, "task.done", "k", FIXTURE_NOW - DAY));
	assert_false(is_kept(fixture, ANN, "task.add", "K", FIXTURE_NOW - DAY));
}

static void a_reply_that_is_too_old_is_not_given_and_is_replaced(void **state)
{
	struct fixture *fixture = *state;

	save_reply(fixture, ANN, "k", "1", FIXTURE_NOW - 2 * DAY);
	assert_false(is_kept(fixture, ANN, "task.add", "k", FIXTURE_NOW - DAY));
	save_reply(fixture, ANN, "k", "2", FIXTURE_NOW);
	assert_true(is_kept(fixture, ANN, "task.add", "k", FIXTURE_NOW - DAY));
}

static void old_replies_are_pruned_a_few_at_a_time(void **state)
{
	struct fixture *fixture = *state;
	int64_t count;

	save_reply(fixture, ANN, "a", "1", FIXTURE_NOW - 3 * DAY);
	save_reply(fixture, ANN, "b", "1", FIXTURE_NOW - 2 * DAY);
	save_reply(fixture, BOB, "c", "1", FIXTURE_NOW);
	assert_done(replay_store_prune(fixture->db, FIXTURE_NOW - DAY, 1, &count));
	assert_int_equal(count, 1);
	assert_done(replay_store_prune(fixture->db, FIXTURE_NOW - DAY, 10, &count));
	assert_int_equal(count, 1);
	assert_true(is_kept(fixture, BOB, "task.add", "c", FIXTURE_NOW - DAY));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_account_is_found_by_id_and_by_email_whatever_its_case),
		TEST(an_email_is_given_once),
		TEST(the_id_of_a_deleted_account_is_not_given_again),
		TEST(a_hash_is_replaced_only_while_it_is_the_one_that_was_checked),
		TEST(a_state_that_is_not_known_keeps_the_account_out),
		TEST(a_session_comes_with_its_account),
		TEST(a_refresh_moves_the_idle_limit_of_its_session_only),
		TEST(sessions_are_removed_one_all_or_the_oldest_and_no_others),
		TEST(what_is_past_either_end_is_pruned_a_few_at_a_time),
		TEST(with_an_account_go_its_sessions),
		TEST(a_session_belongs_to_an_account_that_is_there),
		TEST(a_reply_belongs_to_account_method_and_key),
		TEST(a_reply_that_is_too_old_is_not_given_and_is_replaced),
		TEST(old_replies_are_pruned_a_few_at_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
