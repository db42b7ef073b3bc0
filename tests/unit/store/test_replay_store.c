/* Replies that are kept for idempotency keys: whose they are, for how long, and with which write they go. */
#include "fixture.h"

#include "store/replay_store.h"

#define DAY    INT64_C(86400)
#define METHOD "task.add"

static struct replay reply_of(unsigned char first, const char *result)
{
	struct replay replay = { .result = result, .result_length = strlen(result) };

	for (size_t i = 0; i < REPLAY_DIGEST_SIZE; i++)
		replay.digest[i] = (unsigned char)(first + i);
	return replay;
}

static enum error save(struct fixture *fixture, int64_t account_id, const char *key, const char *result, int64_t at)
{
	struct replay replay = reply_of(0, result);

	return replay_store_save(fixture->db, account_id, METHOD, key, &replay, at);
}

static enum error find(
	struct fixture *fixture, int64_t account_id, const char *key, int64_t not_before, struct replay *ret_replay)
{
	return replay_store_find(fixture->db, account_id, METHOD, key, not_before, &fixture->arena, ret_replay);
}

static void expect_kept(struct fixture *fixture, int64_t account_id, const char *key, const char *result)
{
	struct replay replay;

	assert_done(find(fixture, account_id, key, 0, &replay));
	assert_int_equal(replay.result_length, strlen(result));
	assert_string_equal(replay.result, result);
}

static void expect_gone(struct fixture *fixture, int64_t account_id, const char *key)
{
	struct replay replay;

	assert_int_equal(find(fixture, account_id, key, 0, &replay), ERROR_NOT_FOUND);
}

static int64_t count_replies(struct fixture *fixture)
{
	return fixture_integer(fixture->db, "SELECT count(*) AS value FROM replay");
}

static void a_reply_comes_back_byte_for_byte(void **state)
{
	struct fixture *fixture = *state;
	/* The digest has zeros and bytes that are no text. */
	const struct replay saved = reply_of(0xf0, "{\"title\":\"\xC3\xA4\\u0000\"}");
	struct replay found;

	assert_done(replay_store_save(fixture->db, ANN, METHOD, "k", &saved, FIXTURE_NOW));
	assert_done(find(fixture, ANN, "k", FIXTURE_NOW, &found));
	assert_memory_equal(found.digest, saved.digest, REPLAY_DIGEST_SIZE);
	assert_int_equal(found.result_length, saved.result_length);
	assert_string_equal(found.result, saved.result);
}

static void a_reply_outlives_the_row_that_it_was_read_from(void **state)
{
	struct fixture *fixture = *state;
	struct replay found;

	assert_done(save(fixture, ANN, "k", "first", FIXTURE_NOW));
	assert_done(find(fixture, ANN, "k", 0, &found));
	assert_done(save(fixture, ANN, "k", "other", FIXTURE_NOW));
	expect_kept(fixture, ANN, "k", "other");
	assert_string_equal(found.result, "first");
}

static void keys_are_told_apart_byte_by_byte(void **state)
{
	static const char *const keys[] = { "k", "K", "k ", " k", "kk", "", "k'", "k%", "\xC3\xA9", "e\xCC\x81" };
	struct fixture *fixture = *state;
	size_t count = sizeof(keys) / sizeof(*keys);

	for (size_t i = 0; i < count; i++) {
		expect_gone(fixture, ANN, keys[i]);
		assert_done(save(fixture, ANN, keys[i], keys[i], FIXTURE_NOW));
	}
	for (size_t i = 0; i < count; i++)
		expect_kept(fixture, ANN, keys[i], keys[i]);
	assert_int_equal(count_replies(fixture), count);
}

static void the_same_key_of_two_accounts_keeps_two_replies(void **state)
{
	struct fixture *fixture = *state;

	assert_done(save(fixture, ANN, "k", "anns", FIXTURE_NOW));
	assert_done(save(fixture, BOB, "k", "bobs", FIXTURE_NOW));
	expect_kept(fixture, ANN, "k", "anns");
	expect_kept(fixture, BOB, "k", "bobs");
}

static void a_later_reply_takes_the_place_of_the_one_before(void **state)
{
	struct fixture *fixture = *state;
	const struct replay later = reply_of(100, "later");
	struct replay found;

	assert_done(save(fixture, ANN, "k", "before", FIXTURE_NOW - 2 * DAY));
	assert_done(replay_store_save(fixture->db, ANN, METHOD, "k", &later, FIXTURE_NOW));
	assert_done(find(fixture, ANN, "k", FIXTURE_NOW, &found));
	assert_memory_equal(found.digest, later.digest, REPLAY_DIGEST_SIZE);
	assert_string_equal(found.result, "later");
	assert_int_equal(count_replies(fixture), 1);
}

/* What may still be found must not be pruned, and what is not found any more must not stay. */
static void finding_and_pruning_draw_the_same_line(void **state)
{
	static const struct {
		int64_t created_at;
		bool is_kept;
	} rows[] = { { FIXTURE_NOW - 1, false }, { FIXTURE_NOW, true }, { FIXTURE_NOW + 1, true } };
	struct fixture *fixture = *state;
	struct replay found;
	int64_t count;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_done(save(fixture, ANN, "k", "1", rows[i].created_at));
		assert_int_equal(
			find(fixture, ANN, "k", FIXTURE_NOW, &found), rows[i].is_kept ? ERROR_NONE : ERROR_NOT_FOUND);
		assert_done(replay_store_prune(fixture->db, FIXTURE_NOW, 10, &count));
		assert_int_equal(count, !rows[i].is_kept);
		assert_int_equal(count_replies(fixture), rows[i].is_kept);
	}
}

static void the_oldest_are_pruned_first(void **state)
{
	struct fixture *fixture = *state;
	int64_t count;

	assert_done(save(fixture, ANN, "middle", "1", FIXTURE_NOW - 2 * DAY));
	assert_done(save(fixture, BOB, "oldest", "1", FIXTURE_NOW - 3 * DAY));
	assert_done(save(fixture, ANN, "newest", "1", FIXTURE_NOW - 1 * DAY));
	assert_done(replay_store_prune(fixture->db, FIXTURE_NOW, 1, &count));
	assert_int_equal(count, 1);
	expect_gone(fixture, BOB, "oldest");
	assert_done(replay_store_prune(fixture->db, FIXTURE_NOW, 1, &count));
	assert_int_equal(count, 1);
	expect_gone(fixture, ANN, "middle");
	expect_kept(fixture, ANN, "newest", "1");
}

static void a_reply_goes_with_the_write_that_it_answers(void **state)
{
	struct fixture *fixture = *state;

	assert_done(db_begin(fixture->db));
	assert_done(db_savepoint(fixture->db));
	assert_done(save(fixture, ANN, "kept", "1", FIXTURE_NOW));
	assert_done(db_release(fixture->db));
	assert_done(db_savepoint(fixture->db));
	assert_done(save(fixture, ANN, "refused", "1", FIXTURE_NOW));
	assert_done(db_rollback_to_savepoint(fixture->db));
	assert_done(db_commit(fixture->db));
	expect_kept(fixture, ANN, "kept", "1");
	expect_gone(fixture, ANN, "refused");

	assert_done(db_begin(fixture->db));
	assert_done(save(fixture, ANN, "kept", "2", FIXTURE_NOW));
	db_rollback(fixture->db);
	expect_kept(fixture, ANN, "kept", "1");
}

static void with_an_account_go_its_replies(void **state)
{
	struct fixture *fixture = *state;

	assert_done(save(fixture, ANN, "k", "1", FIXTURE_NOW));
	assert_done(save(fixture, BOB, "k", "1", FIXTURE_NOW));
	assert_done(db_run(db_query_text(fixture->db, "test", "DELETE FROM account WHERE id = 1", NULL), NULL));
	expect_gone(fixture, ANN, "k");
	expect_kept(fixture, BOB, "k", "1");
	assert_int_equal(save(fixture, ANN, "k", "1", FIXTURE_NOW), ERROR_INTERNAL);
	assert_int_equal(count_replies(fixture), 1);
}

static void a_digest_of_another_length_is_a_fault_and_no_match(void **state)
{
	struct fixture *fixture = *state;
	struct replay found;

	assert_done(save(fixture, ANN, "k", "1", FIXTURE_NOW));
	assert_done(db_run(db_query_text(fixture->db, "test", "UPDATE replay SET digest = x'00ff'", NULL), NULL));
	assert_int_equal(find(fixture, ANN, "k", 0, &found), ERROR_INTERNAL);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_reply_comes_back_byte_for_byte),
		TEST(a_reply_outlives_the_row_that_it_was_read_from),
		TEST(keys_are_told_apart_byte_by_byte),
		TEST(the_same_key_of_two_accounts_keeps_two_replies),
		TEST(a_later_reply_takes_the_place_of_the_one_before),
		TEST(finding_and_pruning_draw_the_same_line),
		TEST(the_oldest_are_pruned_first),
		TEST(a_reply_goes_with_the_write_that_it_answers),
		TEST(with_an_account_go_its_replies),
		TEST(a_digest_of_another_length_is_a_fault_and_no_match),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
