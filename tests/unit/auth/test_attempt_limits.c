/* How many attempts each bucket allows, how long the wait is, and whom a flood cannot reach. */
#include "../../harness/cmocka_all.h"
#include "allocated.h"

#include "auth/attempt_limits.h"
#include "auth/secret.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define ANN      "ann@example.com"
#define BOB      "bob@example.com"
#define START_MS INT64_C(86400000) /* of a machine that has run for a day */
#define HOUR_MS  INT64_C(3600000)

static const struct attempt_limit_policy usual = { .limits = {
							   [ATTEMPT_BUCKET_LOGIN] = { 10, 120 },
							   [ATTEMPT_BUCKET_LOGIN_PER_UID] = { 60, 600 },
							   [ATTEMPT_BUCKET_SIGNUP] = { 20, 20 },
							   [ATTEMPT_BUCKET_REFRESH] = { 120, 3600 },
						   } };

static struct attempt_limits *make(const struct attempt_limit_policy *policy)
{
	struct attempt_limits *limits = attempt_limits_new();

	attempt_limits_configure(limits, policy);
	return limits;
}

static int set_up(void **state)
{
	*state = secret_init() ? make(&usual) : NULL;
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	attempt_limits_free(*state);
	return 0;
}

static enum error log_in(struct attempt_limits *limits, const char *account, uid_t uid, int64_t now_ms)
{
	int64_t retry_after_ms;

	return attempt_limits_charge(limits, ATTEMPT_LOGIN, account, uid, now_ms, &retry_after_ms);
}

/* How many logins are let through at one moment, of `tries`. */
static int count_logins(struct attempt_limits *limits, const char *account, uid_t uid, int64_t now_ms, int tries)
{
	int count = 0;

	for (int i = 0; i < tries; i++)
		count += log_in(limits, account, uid, now_ms) == ERROR_NONE;
	return count;
}

static void name_of(int number, char ret_name[32])
{
	(void)snprintf(ret_name, 32, "user%d@example.com", number);
}

/* --- one bucket --- */

static void each_kind_allows_its_burst_and_then_refuses(void **state)
{
	static const struct {
		enum attempt_kind kind;
		int burst;
	} kinds[] = { { ATTEMPT_LOGIN, 10 }, { ATTEMPT_SIGNUP, 20 }, { ATTEMPT_REFRESH, 120 } };
	int64_t retry_after_ms = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		const char *account = kinds[i].kind == ATTEMPT_LOGIN ? ANN : NULL;

		for (int j = 0; j < kinds[i].burst; j++)
			assert_int_equal(
				attempt_limits_charge(*state, kinds[i].kind, account, 1000, START_MS, &retry_after_ms),
				ERROR_NONE);
		assert_int_equal(attempt_limits_charge(*state, kinds[i].kind, account, 1000, START_MS, &retry_after_ms),
			ERROR_RATE_LIMITED);
	}
}

static void a_retry_at_the_moment_that_was_said_succeeds_and_none_before(void **state)
{
	int64_t now_ms = START_MS, retry_after_ms = 0;

	assert_int_equal(count_logins(*state, ANN, 1000, now_ms, 11), 10);
	for (int i = 0; i < 50; i++) {
		now_ms += i % 7;
		if (attempt_limits_charge(*state, ATTEMPT_LOGIN, ANN, 1000, now_ms, &retry_after_ms) == ERROR_NONE)
			fail();
		assert_in_range(retry_after_ms, 1, 30000);
		assert_int_equal(log_in(*state, ANN, 1000, now_ms + retry_after_ms - 1), ERROR_RATE_LIMITED);
		now_ms += retry_after_ms;
		assert_int_equal(log_in(*state, ANN, 1000, now_ms), ERROR_NONE);
	}
}

static void no_lock_out_is_for_good(void **state)
{
	int64_t now_ms = START_MS, retry_after_ms = 0;

	for (int i = 0; i < 100000; i++) {
		now_ms += i % 3;
		(void)log_in(*state, ANN, 1000, now_ms);
	}
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_LOGIN, ANN, 1000, now_ms, &retry_after_ms), ERROR_RATE_LIMITED);
	assert_in_range(retry_after_ms, 1, HOUR_MS / 120);
	assert_int_equal(log_in(*state, ANN, 1000, now_ms + retry_after_ms), ERROR_NONE);
	assert_int_equal(count_logins(*state, ANN, 1000, now_ms + HOUR_MS, 20), 10);
}

static void rates_that_divide_no_hour_are_kept_too(void **state)
{
	struct attempt_limit_policy policy = usual;
	int64_t retry_after_ms;
	int count = 0;

	policy.limits[ATTEMPT_BUCKET_SIGNUP] = (struct attempt_limit){ 3, 7 };
	attempt_limits_configure(*state, &policy);
	for (int64_t now_ms = START_MS; now_ms <= START_MS + 240 * HOUR_MS; now_ms += 1000)
		count += attempt_limits_charge(*state, ATTEMPT_SIGNUP, NULL, 1000, now_ms, &retry_after_ms) ==
			 ERROR_NONE;
	assert_in_range(count, 3 + 240 * 7 - 1, 3 + 240 * 7);
}

static void the_largest_limits_and_times_do_not_overflow(void **state)
{
	struct attempt_limit_policy policy = usual;
	int64_t late_ms = (INT64_C(1) << 42) - 1, retry_after_ms = 0;

	policy.limits[ATTEMPT_BUCKET_SIGNUP] = (struct attempt_limit){ ATTEMPT_LIMIT_MAXIMUM, 1 };
	policy.limits[ATTEMPT_BUCKET_REFRESH] = (struct attempt_limit){ 1, ATTEMPT_LIMIT_MAXIMUM };
	attempt_limits_configure(*state, &policy);
	for (int i = 0; i < ATTEMPT_LIMIT_MAXIMUM; i++)
		if (attempt_limits_charge(*state, ATTEMPT_SIGNUP, NULL, 1000, late_ms, &retry_after_ms))
			fail();
	assert_int_equal(attempt_limits_charge(*state, ATTEMPT_SIGNUP, NULL, 1000, late_ms, &retry_after_ms),
		ERROR_RATE_LIMITED);
	assert_int_equal(retry_after_ms, HOUR_MS);
	assert_int_equal(attempt_limits_charge(*state, ATTEMPT_REFRESH, NULL, 1000, 0, &retry_after_ms), ERROR_NONE);
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_REFRESH, NULL, 1000, 0, &retry_after_ms), ERROR_RATE_LIMITED);
	assert_int_equal(retry_after_ms, 4); /* 3.6 ms */
}

/* --- the two buckets of a login --- */

static void a_refused_login_takes_from_neither_bucket(void **state)
{
	char name[32];

	/* Refused by the account's bucket a thousand times: the uid's still holds 50. */
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 1010), 10);
	for (int i = 0; i < 5; i++) {
		name_of(i, name);
		assert_int_equal(count_logins(*state, name, 1000, START_MS, 10), 10);
	}
	assert_int_equal(log_in(*state, BOB, 1000, START_MS), ERROR_RATE_LIMITED);
	/* Refused by the uid's bucket: Bob's is untouched, as the same moment shows once the uid's holds more. */
	assert_int_equal(count_logins(*state, BOB, 1000, START_MS, 1000), 0);
	for (int i = 0; i < 60; i++)
		attempt_limits_give_back(*state, ATTEMPT_LOGIN, "x", 1000, START_MS);
	assert_int_equal(count_logins(*state, BOB, 1000, START_MS, 20), 10);
}

static void the_wait_is_that_of_the_bucket_which_takes_longer(void **state)
{
	struct attempt_limit_policy policy = usual;
	int64_t retry_after_ms = 0;

	policy.limits[ATTEMPT_BUCKET_LOGIN_PER_UID] = (struct attempt_limit){ 10, 60 };
	attempt_limits_configure(*state, &policy);
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 11), 10);
	(void)attempt_limits_charge(*state, ATTEMPT_LOGIN, ANN, 1000, START_MS, &retry_after_ms);
	assert_int_equal(retry_after_ms, 60000);
	(void)attempt_limits_charge(*state, ATTEMPT_LOGIN, BOB, 1000, START_MS, &retry_after_ms);
	assert_int_equal(retry_after_ms, 60000);
}

static void rightful_attempts_never_slow_anybody(void **state)
{
	for (int i = 0; i < 10000; i++) {
		assert_int_equal(log_in(*state, ANN, 1000, START_MS), ERROR_NONE);
		attempt_limits_give_back(*state, ATTEMPT_LOGIN, ANN, 1000, START_MS);
	}
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 20), 10);
}

static void what_is_given_back_never_makes_more_than_the_burst(void **state)
{
	for (int i = 0; i < 100; i++)
		attempt_limits_give_back(*state, ATTEMPT_LOGIN, ANN, 1000, START_MS);
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 20), 10);
}

static void an_account_is_one_name_in_any_case(void **state)
{
	char longest[256];

	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 10), 10);
	assert_int_equal(log_in(*state, "ANN@Example.COM", 1000, START_MS), ERROR_RATE_LIMITED);
	assert_int_equal(log_in(*state, "ann@example.co", 1000, START_MS), ERROR_NONE);
	assert_int_equal(log_in(*state, "ann@example.comm", 1000, START_MS), ERROR_NONE);
	assert_int_equal(log_in(*state, "", 1000, START_MS), ERROR_NONE);
	memset(longest, 'a', sizeof(longest) - 1);
	longest[255] = '\0';
	assert_int_equal(count_logins(*state, longest, 1000, START_MS, 20), 10);
	longest[254] = 'b';
	assert_int_equal(log_in(*state, longest, 1000, START_MS), ERROR_RATE_LIMITED);
	longest[253] = 'b';
	assert_int_equal(log_in(*state, longest, 1000, START_MS), ERROR_NONE);
}

/* --- floods --- */

static void a_flood_by_one_uid_never_slows_another(void **state)
{
	char name[32];
	int64_t retry_after_ms = 0;

	for (int i = 0; i < 200000; i++) {
		name_of(i, name);
		(void)log_in(*state, i % 2 ? ANN : name, 1000, START_MS + i / 100);
		(void)attempt_limits_charge(
			*state, i % 3 ? ATTEMPT_SIGNUP : ATTEMPT_REFRESH, NULL, 1000, START_MS, &retry_after_ms);
	}
	assert_int_equal(log_in(*state, ANN, 1000, START_MS + 2000), ERROR_RATE_LIMITED);
	assert_int_equal(count_logins(*state, ANN, 1001, START_MS + 2000, 20), 10);
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_SIGNUP, NULL, 1001, START_MS, &retry_after_ms), ERROR_NONE);
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_REFRESH, NULL, 1001, START_MS, &retry_after_ms), ERROR_NONE);
}

/* So that a flood can be large: per uid everything is allowed, and nothing flows back. */
static const struct attempt_limit_policy generous = { .limits = {
							      [ATTEMPT_BUCKET_LOGIN] = { 8, 1 },
							      [ATTEMPT_BUCKET_LOGIN_PER_UID] = { 100000, 1 },
							      [ATTEMPT_BUCKET_SIGNUP] = { 1, 1 },
							      [ATTEMPT_BUCKET_REFRESH] = { 1, 1 },
						      } };

static void a_flood_of_emails_cannot_push_out_the_bucket_of_its_uid(void **state)
{
	char name[32];

	attempt_limits_configure(*state, &generous);
	for (int i = 0; i < 100000; i++) {
		name_of(i, name);
		assert_int_equal(log_in(*state, name, 1000, START_MS), ERROR_NONE);
	}
	assert_int_equal(log_in(*state, ANN, 1000, START_MS), ERROR_RATE_LIMITED);
	assert_int_equal(log_in(*state, ANN, 1001, START_MS), ERROR_NONE);
}

static void a_bucket_that_owes_outlives_those_that_have_recovered(void **state)
{
	char name[32];

	attempt_limits_configure(*state, &generous);
	assert_int_equal(log_in(*state, ANN, 1000, START_MS), ERROR_NONE);
	for (int i = 0; i < 50000; i++) {
		name_of(i, name);
		assert_int_equal(log_in(*state, name, 1000, START_MS), ERROR_NONE);
		attempt_limits_give_back(*state, ATTEMPT_LOGIN, name, 1000, START_MS);
	}
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 20), 7);
}

static void a_bucket_that_owes_much_outlives_many_that_owe_less(void **state)
{
	char name[32];

	attempt_limits_configure(*state, &generous);
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 20), 8);
	for (int i = 0; i < 50000; i++) {
		name_of(i, name);
		assert_int_equal(log_in(*state, name, 1000, START_MS), ERROR_NONE);
	}
	assert_int_equal(log_in(*state, ANN, 1000, START_MS), ERROR_RATE_LIMITED);
}

static void no_flood_makes_the_memory_grow(void **state)
{
	size_t before = allocated_bytes();
	char name[32];

	for (int i = 0; i < 100000; i++) {
		name_of(i, name);
		(void)log_in(*state, name, (uid_t)i, START_MS + i);
	}
	assert_int_equal(allocated_bytes(), before);
}

/* --- settings --- */

static void new_settings_count_at_once_and_shorten_what_is_owed(void **state)
{
	struct attempt_limit_policy policy = usual, read_back;
	int64_t retry_after_ms = 0;

	attempt_limits_configure(*state, &generous);
	assert_int_equal(count_logins(*state, ANN, 1000, START_MS, 20), 8);
	policy.limits[ATTEMPT_BUCKET_LOGIN] = (struct attempt_limit){ 2, 3600 };
	attempt_limits_configure(*state, &policy);
	attempt_limits_policy(*state, &read_back);
	assert_memory_equal(&read_back, &policy, sizeof(policy));
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_LOGIN, ANN, 1000, START_MS, &retry_after_ms), ERROR_RATE_LIMITED);
	assert_int_equal(retry_after_ms, 6000); /* the uid owes its 60, at 600 an hour */
	policy.limits[ATTEMPT_BUCKET_LOGIN_PER_UID] = (struct attempt_limit){ 10000, 1000000 };
	attempt_limits_configure(*state, &policy);
	assert_int_equal(
		attempt_limits_charge(*state, ATTEMPT_LOGIN, ANN, 1000, START_MS, &retry_after_ms), ERROR_RATE_LIMITED);
	assert_int_equal(retry_after_ms, 1000);
}

static void every_bucket_has_the_name_that_the_operator_knows(void **state)
{
	static const char *const names[] = { "login", "login_per_uid", "signup", "refresh" };

	(void)state;
	for (size_t i = 0; i < ATTEMPT_BUCKET_COUNT; i++)
		assert_string_equal(attempt_bucket_names[i], names[i]);
}

/* --- held against the bucket as one would draw it --- */

#define MODEL_ACCOUNTS 3
#define MODEL_UIDS     3

/* Attempts in a bucket, in units of 1/3600000 so that a millisecond adds whole ones. */
struct model_bucket {
	int64_t content;
	int64_t at_ms;
};

struct model {
	struct attempt_limit_policy policy;
	struct model_bucket accounts[MODEL_UIDS][MODEL_ACCOUNTS];
	struct model_bucket uids[MODEL_UIDS];
};

static void fill(struct model_bucket *bucket, const struct attempt_limit *limit, int64_t now_ms)
{
	bucket->content += (now_ms - bucket->at_ms) * limit->per_hour;
	if (bucket->content > limit->burst * HOUR_MS)
		bucket->content = limit->burst * HOUR_MS;
	bucket->at_ms = now_ms;
}

static int64_t wait_of(const struct model_bucket *bucket, const struct attempt_limit *limit)
{
	int64_t missing = HOUR_MS - bucket->content;

	return missing > 0 ? (missing + limit->per_hour - 1) / limit->per_hour : 0;
}

/* What must come of an attempt: 0, or the wait. With `amount` HOUR_MS taken, with -HOUR_MS given back. */
static int64_t model_try(struct model *model, int account, int uid, int64_t now_ms, int64_t amount)
{
	const struct attempt_limit *per_account = &model->policy.limits[ATTEMPT_BUCKET_LOGIN];
	const struct attempt_limit *per_uid = &model->policy.limits[ATTEMPT_BUCKET_LOGIN_PER_UID];
	struct model_bucket *of_account = &model->accounts[uid][account], *of_uid = &model->uids[uid];
	int64_t wait = 0;

	fill(of_account, per_account, now_ms);
	fill(of_uid, per_uid, now_ms);
	if (amount > 0)
		wait = wait_of(of_account, per_account) > wait_of(of_uid, per_uid) ? wait_of(of_account, per_account)
										   : wait_of(of_uid, per_uid);
	if (wait)
		return wait;
	of_account->content -= amount;
	of_uid->content -= amount;
	fill(of_account, per_account, now_ms);
	fill(of_uid, per_uid, now_ms);
	return 0;
}

static uint32_t draw(uint64_t *random, uint32_t below)
{
	*random = *random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((*random >> 33) % below);
}

/* Rates whose interval is whole in nanoseconds, so that the two agree to the millisecond. */
static struct attempt_limit draw_limit(uint64_t *random)
{
	static const int64_t rates[] = { 1, 2, 20, 120, 600, 3600, 36000, 1000000 };

	return (struct attempt_limit){ 1 + draw(random, 12), rates[draw(random, sizeof(rates) / sizeof(*rates))] };
}

static void start_model(struct model *model, uint64_t *random)
{
	*model = (struct model){ .policy = usual };
	model->policy.limits[ATTEMPT_BUCKET_LOGIN] = draw_limit(random);
	model->policy.limits[ATTEMPT_BUCKET_LOGIN_PER_UID] = draw_limit(random);
	for (int uid = 0; uid < MODEL_UIDS; uid++) {
		model->uids[uid].content = INT64_C(1) << 50;
		for (int account = 0; account < MODEL_ACCOUNTS; account++)
			model->accounts[uid][account].content = INT64_C(1) << 50;
	}
}

/* Now nothing, now a few milliseconds, now as long as an attempt takes to flow back, now hours. */
static int64_t draw_pause(uint64_t *random, const struct model *model)
{
	int64_t interval = HOUR_MS / model->policy.limits[draw(random, 2)].per_hour;

	switch (draw(random, 5)) {
	case 0:
	case 1:
		return 0;
	case 2:
		return draw(random, 10);
	case 3:
		return draw(random, (uint32_t)(2 * interval + 2));
	default:
		return draw(random, 100) ? interval : draw(random, (uint32_t)(20 * HOUR_MS));
	}
}

struct tally {
	int refused, given_back;
};

/* One attempt of somebody's, and now and then it was rightful. */
static void compare_attempt(
	struct attempt_limits *limits, struct model *model, uint64_t *random, int64_t *now_ms, struct tally *tally)
{
	static const char *const accounts[MODEL_ACCOUNTS] = { ANN, BOB, "eve@example.com" };
	int account = (int)draw(random, MODEL_ACCOUNTS), uid = (int)draw(random, MODEL_UIDS);
	int64_t retry_after_ms = 0, expected;

	*now_ms += draw_pause(random, model);
	expected = model_try(model, account, uid, *now_ms, HOUR_MS);
	assert_int_equal(
		attempt_limits_charge(limits, ATTEMPT_LOGIN, accounts[account], (uid_t)uid, *now_ms, &retry_after_ms),
		expected ? ERROR_RATE_LIMITED : ERROR_NONE);
	assert_int_equal(retry_after_ms, expected);
	tally->refused += expected > 0;
	if (expected || draw(random, 3))
		return;
	*now_ms += draw_pause(random, model);
	(void)model_try(model, account, uid, *now_ms, -HOUR_MS);
	attempt_limits_give_back(limits, ATTEMPT_LOGIN, accounts[account], (uid_t)uid, *now_ms);
	tally->given_back++;
}

static void a_bucket_does_what_the_bucket_that_one_would_draw_does(void **state)
{
	uint64_t random = 20261123;
	struct tally tally = { 0 };

	(void)state;
	for (int round = 0; round < 200; round++) {
		struct model model;
		struct attempt_limits *limits;
		int64_t now_ms = draw(&random, 1000);

		start_model(&model, &random);
		limits = make(&model.policy);
		for (int i = 0; i < 500; i++)
			compare_attempt(limits, &model, &random, &now_ms, &tally);
		attempt_limits_free(limits);
	}
	/* Of 100 000: else the draw has missed what it is for. */
	assert_in_range(tally.refused, 5000, 95000);
	assert_in_range(tally.given_back, 5000, 95000);
}

/* --- threads --- */

#define THREADS 4

struct crowd {
	struct attempt_limits *limits;
	int let_through;
};

static void *press(void *argument)
{
	struct crowd *crowd = argument;
	int64_t retry_after_ms;
	char name[32];

	for (int i = 0; i < 5000; i++) {
		crowd->let_through += log_in(crowd->limits, ANN, 1000, START_MS) == ERROR_NONE;
		name_of(i % 50, name);
		if (!attempt_limits_charge(
			    crowd->limits, ATTEMPT_LOGIN, name, (uid_t)(2000 + i), START_MS, &retry_after_ms))
			attempt_limits_give_back(crowd->limits, ATTEMPT_LOGIN, name, (uid_t)(2000 + i), START_MS);
		if (i % 100 == 0)
			attempt_limits_configure(crowd->limits, &usual);
	}
	return NULL;
}

static void threads_together_get_no_more_than_one_would(void **state)
{
	struct crowd crowds[THREADS];
	pthread_t threads[THREADS];
	int let_through = 0;

	for (int i = 0; i < THREADS; i++) {
		crowds[i] = (struct crowd){ .limits = *state };
		assert_int_equal(pthread_create(&threads[i], NULL, press, &crowds[i]), 0);
	}
	for (int i = 0; i < THREADS; i++) {
		assert_int_equal(pthread_join(threads[i], NULL), 0);
		let_through += crowds[i].let_through;
	}
	assert_int_equal(let_through, 10);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_kind_allows_its_burst_and_then_refuses),
		TEST(a_retry_at_the_moment_that_was_said_succeeds_and_none_before),
		TEST(no_lock_out_is_for_good),
		TEST(rates_that_divide_no_hour_are_kept_too),
		TEST(the_largest_limits_and_times_do_not_overflow),
		TEST(a_refused_login_takes_from_neither_bucket),
		TEST(the_wait_is_that_of_the_bucket_which_takes_longer),
		TEST(rightful_attempts_never_slow_anybody),
		TEST(what_is_given_back_never_makes_more_than_the_burst),
		TEST(an_account_is_one_name_in_any_case),
		TEST(a_flood_by_one_uid_never_slows_another),
		TEST(a_flood_of_emails_cannot_push_out_the_bucket_of_its_uid),
		TEST(a_bucket_that_owes_outlives_those_that_have_recovered),
		TEST(a_bucket_that_owes_much_outlives_many_that_owe_less),
		TEST(no_flood_makes_the_memory_grow),
		TEST(new_settings_count_at_once_and_shorten_what_is_owed),
		TEST(every_bucket_has_the_name_that_the_operator_knows),
		TEST(a_bucket_does_what_the_bucket_that_one_would_draw_does),
		TEST(threads_together_get_no_more_than_one_would),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
