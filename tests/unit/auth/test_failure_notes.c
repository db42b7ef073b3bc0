/* Failures are summed, given once whatever becomes of the transaction, and never fill more than their place. */
#include "../../harness/cmocka_all.h"
#include "allocated.h"

#include "auth/failure_notes.h"
#include "auth/secret.h"

#include <pthread.h>

#define NOW         INT64_C(1795443599) /* 2026-11-23T14:19:59Z */
#define HOUR        INT64_C(3600)
#define HOUR_OF_NOW (NOW - NOW % HOUR)

static int set_up(void **state)
{
	*state = secret_init() ? failure_notes_new() : NULL;
	return *state ? 0 : -1;
}

static int tear_down(void **state)
{
	failure_notes_free(*state);
	return 0;
}

/* A store: the failures that it counts, and the number of the last batch. */
struct store {
	int64_t batch;
	int64_t failures;
	size_t notes;
};

enum outcome { ROLLED_BACK, COMMITTED };

static struct failure_note taken[FAILURE_NOTES_LIMIT];

static void write_notes(struct failure_notes *notes, struct store *store, size_t limit, enum outcome outcome)
{
	struct store after = *store;

	after.notes = failure_notes_take(notes, store->batch, taken, limit, &after.batch);
	assert_true(after.batch > 0);
	for (size_t i = 0; i < after.notes; i++)
		after.failures += taken[i].count;
	if (outcome == COMMITTED)
		*store = after;
}

static void failures_are_summed_by_account_uid_and_hour(void **state)
{
	struct store store = { 0 };

	for (int i = 0; i < 5; i++)
		failure_notes_add(*state, 7, 1000, NOW + INT64_C(60) * i);
	failure_notes_add(*state, 7, 1001, NOW);
	failure_notes_add(*state, 8, 1000, NOW);
	failure_notes_add(*state, 7, 1000, NOW + HOUR);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.notes, 4);
	assert_int_equal(store.failures, 8);
	assert_int_equal(taken[0].account_id, 7);
	assert_int_equal(taken[0].uid, 1000);
	assert_int_equal(taken[0].hour, HOUR_OF_NOW);
	assert_int_equal(taken[0].last_at, NOW + INT64_C(240));
	assert_int_equal(taken[0].count, 5);
	assert_int_equal(taken[3].hour, HOUR_OF_NOW + HOUR);
}

static void nobodys_failures_are_not_kept(void **state)
{
	struct store store = { 0 };

	for (int i = 0; i < 5000; i++)
		failure_notes_add(*state, 0, (uid_t)i, NOW + i);
	failure_notes_add(*state, 7, 0, 0);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.notes, 1);
	assert_int_equal(taken[0].account_id, 7);
	assert_int_equal(failure_notes_lost(*state), 0);
}

static void what_was_stored_is_not_given_again(void **state)
{
	struct store store = { 0 };

	failure_notes_add(*state, 7, 1000, NOW);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.notes, 0);
	assert_int_equal(store.failures, 1);
}

static void a_transaction_that_fails_loses_nothing_and_doubles_nothing(void **state)
{
	struct store store = { 0 };

	failure_notes_add(*state, 7, 1000, NOW);
	for (int i = 0; i < 3; i++)
		write_notes(*state, &store, FAILURE_NOTES_LIMIT, ROLLED_BACK);
	failure_notes_add(*state, 7, 1000, NOW);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.failures, 2);
	/* What comes between giving and storing is for the next time. */
	failure_notes_add(*state, 7, 1000, NOW);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, ROLLED_BACK);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.failures, 3);
}

static void the_number_of_another_run_proves_nothing(void **state)
{
	struct failure_notes *earlier = failure_notes_new();
	struct store store = { 0 };

	write_notes(earlier, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	failure_notes_free(earlier);
	failure_notes_add(*state, 7, 1000, NOW);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, ROLLED_BACK);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.failures, 1);
}

static void a_few_at_a_time_are_all_given(void **state)
{
	struct store store = { 0 };

	for (int i = 1; i <= 100; i++)
		failure_notes_add(*state, i, 1000, NOW);
	for (int i = 0; i < 20; i++)
		write_notes(*state, &store, 7, i % 4 ? COMMITTED : ROLLED_BACK);
	assert_int_equal(store.failures, 100);
}

static void the_fewest_failures_give_way_when_all_places_are_taken(void **state)
{
	struct store store = { 0 };
	int64_t of_the_attacked = 0;

	for (int i = 0; i < 3; i++)
		failure_notes_add(*state, 1, 1000, NOW);
	for (int i = 2; i <= 5000; i++)
		failure_notes_add(*state, i, 1000, NOW + i / 1000);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.notes, FAILURE_NOTES_LIMIT);
	for (size_t i = 0; i < store.notes; i++)
		if (taken[i].account_id == 1)
			of_the_attacked = taken[i].count;
	assert_int_equal(of_the_attacked, 3);
	assert_int_equal(failure_notes_lost(*state), 3 + 4999 - store.failures);
}

static void what_was_given_gives_way_before_what_was_not(void **state)
{
	struct store store = { 0 };

	for (int i = 1; i <= (int)FAILURE_NOTES_LIMIT; i++)
		failure_notes_add(*state, i, 1000, NOW);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	for (int i = 1; i <= (int)FAILURE_NOTES_LIMIT; i++)
		failure_notes_add(*state, i, 1001, NOW - 1);
	assert_int_equal(failure_notes_lost(*state), 0);
	write_notes(*state, &store, FAILURE_NOTES_LIMIT, COMMITTED);
	assert_int_equal(store.failures, 2 * FAILURE_NOTES_LIMIT);
}

static void no_flood_makes_the_memory_grow(void **state)
{
	size_t before = allocated_bytes();

	for (int i = 0; i < 20000; i++)
		failure_notes_add(*state, i, (uid_t)(i % 100), NOW + i);
	assert_int_equal(allocated_bytes(), before);
}

#define THREADS    4
#define PER_THREAD 2000

static void *fail_often(void *notes)
{
	for (int i = 0; i < PER_THREAD; i++)
		failure_notes_add(notes, 1 + i % 10, 1000, NOW);
	return NULL;
}

static void threads_lose_and_double_nothing_while_a_job_writes(void **state)
{
	struct store store = { 0 };
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, fail_often, *state), 0);
	for (int i = 0; i < 200; i++)
		write_notes(*state, &store, 6, i % 3 ? COMMITTED : ROLLED_BACK);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
	for (int i = 0; i < 10; i++)
		write_notes(*state, &store, 6, COMMITTED);
	assert_int_equal(store.failures, THREADS * PER_THREAD);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(failures_are_summed_by_account_uid_and_hour),
		TEST(nobodys_failures_are_not_kept),
		TEST(what_was_stored_is_not_given_again),
		TEST(a_transaction_that_fails_loses_nothing_and_doubles_nothing),
		TEST(the_number_of_another_run_proves_nothing),
		TEST(a_few_at_a_time_are_all_given),
		TEST(the_fewest_failures_give_way_when_all_places_are_taken),
		TEST(what_was_given_gives_way_before_what_was_not),
		TEST(no_flood_makes_the_memory_grow),
		TEST(threads_lose_and_double_nothing_while_a_job_writes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
