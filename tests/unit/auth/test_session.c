/* From a login to its end: what opens, refreshes and ends a session, and who it serves. */
#include "../store/fixture.h"

#include "auth/secret.h"
#include "auth/session.h"
#include "store/db_driver.h"

#define UID    1000
#define MINUTE INT64_C(60)
#define DAY    INT64_C(86400)
#define ISSUER "taskd:" FIXTURE_UUID

static const struct session_policy policy = {
	.token = { .issuer = ISSUER, .lifetime_limit = 30 * MINUTE },
	.access_seconds = 30 * MINUTE,
	.refresh_idle_seconds = 14 * DAY,
	.refresh_absolute_seconds = 90 * DAY,
	.binding = SESSION_BIND_STRICT,
};

static struct key_ring *ring;

static int set_up(void **state)
{
	struct fixture *fixture;

	if (!secret_init() || fixture_set_up(state))
		return -1;
	fixture = *state;
	return (int)key_ring_open(fixture->folder, NULL, true, KEY_HS256, FIXTURE_NOW, &ring, &fixture->refusal);
}

static int tear_down(void **state)
{
	key_ring_free(ring);
	return fixture_tear_down(state);
}

static struct session_grant log_in(struct fixture *fixture, int64_t account_id, int64_t now)
{
	struct session_grant grant;

	assert_done(session_open(fixture->db, ring, &policy, account_id, UID, "test", now, &fixture->arena, &grant));
	return grant;
}

static enum error authenticate_as(
	struct fixture *fixture, const char *token, uid_t uid, int64_t now, struct session_memo *memo)
{
	struct session session;
	struct account account;
	int64_t expires_at;

	return session_authenticate(fixture->db, ring, &policy, token, strlen(token), uid, now, memo, &fixture->arena,
		&session, &account, &expires_at);
}

static enum error authenticate(struct fixture *fixture, const char *token, uid_t uid, int64_t now)
{
	struct session_memo memo = { .token_length = 0 };

	return authenticate_as(fixture, token, uid, now, &memo);
}

static enum error refresh(
	struct fixture *fixture, const char *token, uid_t uid, int64_t now, struct session_grant *ret_grant)
{
	return session_refresh(fixture->db, ring, &policy, token, strlen(token), uid, now, &fixture->arena, ret_grant);
}

static void a_login_gives_tokens_that_last_as_long_as_is_said(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW);

	assert_int_equal(strlen(grant.session_id), SESSION_ID_LENGTH);
	assert_int_equal(grant.expires_in, 30 * MINUTE);
	assert_int_equal(grant.refresh_expires_in, 14 * DAY);
	assert_int_equal(strncmp(grant.refresh_token, SESSION_REFRESH_TOKEN_PREFIX, 4), 0);
	assert_done(authenticate(fixture, grant.access_token, UID, FIXTURE_NOW));
	assert_done(authenticate(fixture, grant.access_token, UID, FIXTURE_NOW + 30 * MINUTE - 1));
	assert_int_equal(
		authenticate(fixture, grant.access_token, UID, FIXTURE_NOW + 31 * MINUTE), ERROR_UNAUTHENTICATED);
}

static void a_token_serves_the_uid_that_logged_in(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW), fresh;

	assert_int_equal(authenticate(fixture, grant.access_token, UID + 1, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_int_equal(refresh(fixture, grant.refresh_token, UID + 1, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
	assert_done(refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW, &fresh));
}

static void what_was_remembered_ends_with_its_session(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW);
	struct session_memo memo = { .token_length = 0 };

	assert_done(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo));
	assert_int_equal(memo.token_length, strlen(grant.access_token));
	assert_int_equal(
		authenticate_as(fixture, grant.access_token, UID + 1, FIXTURE_NOW, &memo), ERROR_UNAUTHENTICATED);
	assert_int_equal(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW + 31 * MINUTE, &memo),
		ERROR_UNAUTHENTICATED);
	assert_done(session_store_remove(fixture->db, grant.session_id));
	assert_int_equal(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo), ERROR_UNAUTHENTICATED);
}

static void what_was_remembered_ends_with_the_keys_that_signed_it(void **state)
{
	struct key_rotation rotation = { .now = FIXTURE_NOW, .verify_seconds = 10 * MINUTE };
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW);
	struct session_memo memo = { .token_length = 0 };

	assert_done(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo));
	assert_done(key_ring_rotate(ring, &rotation, &fixture->refusal));
	assert_done(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW + 9 * MINUTE, &memo));
	assert_int_equal(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW + 10 * MINUTE, &memo),
		ERROR_UNAUTHENTICATED);
	rotation.revoke_old = true;
	assert_done(key_ring_rotate(ring, &rotation, &fixture->refusal));
	assert_int_equal(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo), ERROR_UNAUTHENTICATED);
}

static bool revokes_behind_verification;

enum error __real_token_verify(const struct key_ring *keys, const struct token_rules *rules, const char *token,
	size_t length, int64_t now, struct token_claims *ret_claims);
enum error __wrap_token_verify(const struct key_ring *keys, const struct token_rules *rules, const char *token,
	size_t length, int64_t now, struct token_claims *ret_claims);

/* The linker puts it in place of token_verify: another thread comes between the verification and the remembering. */
enum error __wrap_token_verify(const struct key_ring *keys, const struct token_rules *rules, const char *token,
	size_t length, int64_t now, struct token_claims *ret_claims)
{
	const struct key_rotation rotation = { .now = now, .verify_seconds = MINUTE, .revoke_old = true };
	enum error error = __real_token_verify(keys, rules, token, length, now, ret_claims);

	if (revokes_behind_verification)
		assert_int_equal(key_ring_rotate(ring, &rotation, NULL), ERROR_NONE);
	revokes_behind_verification = false;
	return error;
}

static void what_the_old_keys_verified_is_not_remembered_as_the_new_ones(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW);
	struct session_memo memo = { .token_length = 0 };

	revokes_behind_verification = true;
	assert_done(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo));
	assert_int_equal(authenticate_as(fixture, grant.access_token, UID, FIXTURE_NOW, &memo), ERROR_UNAUTHENTICATED);
}

static void a_refresh_keeps_the_refresh_token_and_moves_the_idle_limit(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW), fresh;

	assert_done(refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW + 13 * DAY, &fresh));
	assert_done(authenticate(fixture, fresh.access_token, UID, FIXTURE_NOW + 13 * DAY));
	assert_done(refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW + 26 * DAY, &fresh));
	assert_int_equal(
		refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW + 41 * DAY, &fresh), ERROR_UNAUTHENTICATED);
}

static void no_refresh_goes_beyond_the_absolute_end(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW), fresh;
	int64_t day;

	for (day = 10; day < 90; day += 10)
		assert_done(refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW + day * DAY, &fresh));
	assert_true(fresh.refresh_expires_in <= 10 * DAY);
	assert_int_equal(
		refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW + day * DAY, &fresh), ERROR_UNAUTHENTICATED);
}

static void a_refresh_token_that_is_changed_anywhere_is_refused(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW), fresh;
	size_t length = strlen(grant.refresh_token);
	char changed[256];

	assert_true(length < sizeof(changed) - 1);
	for (size_t i = 0; i < length; i++) {
		(void)snprintf(changed, sizeof(changed), "%s", grant.refresh_token);
		changed[i] = changed[i] == 'x' ? 'y' : 'x';
		assert_int_equal(refresh(fixture, changed, UID, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
		(void)snprintf(changed, sizeof(changed), "%.*s", (int)i, grant.refresh_token);
		assert_int_equal(refresh(fixture, changed, UID, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
	}
	(void)snprintf(changed, sizeof(changed), "%sA", grant.refresh_token);
	assert_int_equal(refresh(fixture, changed, UID, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
	assert_int_equal(refresh(fixture, grant.access_token, UID, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
	assert_int_equal(authenticate(fixture, grant.refresh_token, UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
}

static void a_disabled_account_is_out_at_once(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant grant = log_in(fixture, ANN, FIXTURE_NOW), fresh;

	assert_done(db_run(
		db_query_text(fixture->db, "test", "UPDATE account SET state = 'disabled' WHERE id = 1", NULL), NULL));
	assert_int_equal(authenticate(fixture, grant.access_token, UID, FIXTURE_NOW), ERROR_UNAUTHENTICATED);
	assert_int_equal(refresh(fixture, grant.refresh_token, UID, FIXTURE_NOW, &fresh), ERROR_UNAUTHENTICATED);
}

static void a_hundred_sessions_are_kept_and_the_one_unused_for_longest_goes(void **state)
{
	struct fixture *fixture = *state;
	struct session_grant first, second;
	int64_t count;

	assert_done(db_begin(fixture->db));
	first = log_in(fixture, ANN, FIXTURE_NOW);
	second = log_in(fixture, ANN, FIXTURE_NOW + 1);
	for (int i = 2; i < SESSIONS_PER_ACCOUNT_LIMIT + 1; i++)
		(void)log_in(fixture, ANN, FIXTURE_NOW + i);
	assert_done(db_commit(fixture->db));
	assert_done(session_store_count(fixture->db, ANN, &count));
	assert_int_equal(count, SESSIONS_PER_ACCOUNT_LIMIT);
	assert_int_equal(authenticate(fixture, first.access_token, UID, FIXTURE_NOW + 200), ERROR_UNAUTHENTICATED);
	assert_done(authenticate(fixture, second.access_token, UID, FIXTURE_NOW + 200));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_login_gives_tokens_that_last_as_long_as_is_said),
		TEST(a_token_serves_the_uid_that_logged_in),
		TEST(what_was_remembered_ends_with_its_session),
		TEST(what_was_remembered_ends_with_the_keys_that_signed_it),
		TEST(what_the_old_keys_verified_is_not_remembered_as_the_new_ones),
		TEST(a_refresh_keeps_the_refresh_token_and_moves_the_idle_limit),
		TEST(no_refresh_goes_beyond_the_absolute_end),
		TEST(a_refresh_token_that_is_changed_anywhere_is_refused),
		TEST(a_disabled_account_is_out_at_once),
		TEST(a_hundred_sessions_are_kept_and_the_one_unused_for_longest_goes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
