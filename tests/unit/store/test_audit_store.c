/* The audit table: what is told to whom, what is summed, and what goes. */
#include "fixture.h"

#include "store/account_store.h"
#include "store/audit_store.h"

#define HOUR INT64_C(3600)

struct listing {
	size_t count;
	int64_t ids[16];
	char events[16][24];
	int64_t counts[16];
};

static enum error note(void *context, const struct audit_entry *entry)
{
	struct listing *listing = context;

	assert_true(listing->count < 16);
	listing->ids[listing->count] = entry->id;
	listing->counts[listing->count] = entry->count;
	(void)snprintf(listing->events[listing->count++], 24, "%s", entry->event);
	return ERROR_NONE;
}

static struct listing list(struct fixture *fixture, int64_t account_id, int64_t before_id, int64_t limit)
{
	struct listing listing = { .count = 0 };

	assert_done(audit_store_each(fixture->db, account_id, before_id, limit, note, &listing));
	return listing;
}

static void an_account_reads_its_own_newest_first_and_page_by_page(void **state)
{
	struct fixture *fixture = *state;
	struct listing first, second;

	assert_done(audit_store_add(fixture->db, ANN, AUDIT_SIGNUP, 1000, NULL, FIXTURE_NOW));
	assert_done(audit_store_add(fixture->db, BOB, AUDIT_SIGNUP, 1000, NULL, FIXTURE_NOW));
	assert_done(audit_store_add(fixture->db, ANN, AUDIT_LOGIN, 1000, "taskctl", FIXTURE_NOW + 1));
	assert_done(audit_store_add(fixture->db, AUDIT_STORE_WIDE, AUDIT_KEYS_ROTATED, 0, NULL, FIXTURE_NOW + 2));
	first = list(fixture, ANN, 0, 1);
	assert_int_equal(first.count, 1);
	assert_string_equal(first.events[0], "login");
	second = list(fixture, ANN, first.ids[0], 10);
	assert_int_equal(second.count, 1);
	assert_string_equal(second.events[0], "signup");
	assert_string_equal(list(fixture, AUDIT_STORE_WIDE, 0, 10).events[0], "keys_rotated");
}

static void failures_are_summed_for_an_hour_and_a_uid(void **state)
{
	struct fixture *fixture = *state;
	int64_t hour = FIXTURE_NOW - FIXTURE_NOW % HOUR;
	struct listing listing;

	assert_done(audit_store_add_failures(fixture->db, ANN, 1000, hour, 2));
	assert_done(audit_store_add_failures(fixture->db, ANN, 1000, hour + HOUR - 1, 3));
	assert_done(audit_store_add_failures(fixture->db, ANN, 1001, hour, 1));
	assert_done(audit_store_add_failures(fixture->db, ANN, 1000, hour + HOUR, 1));
	listing = list(fixture, ANN, 0, 10);
	assert_int_equal(listing.count, 3);
	assert_int_equal(listing.counts[2], 5);
}

/* Emails that nobody has, and accounts that have gone in the meantime. */
static void failures_of_nobody_leave_nothing(void **state)
{
	struct fixture *fixture = *state;

	assert_done(audit_store_add_failures(fixture->db, 0, 1000, FIXTURE_NOW, 2));
	assert_done(audit_store_add_failures(fixture->db, 4711, 1000, FIXTURE_NOW, 2));
	assert_int_equal(fixture_integer(fixture->db, "SELECT COUNT(*) AS value FROM audit"), 0);
}

static void what_is_old_goes_a_few_at_a_time_and_an_accounts_all_at_once(void **state)
{
	struct fixture *fixture = *state;
	int64_t count = 0;

	for (int64_t i = 0; i < 4; i++)
		assert_done(audit_store_add(fixture->db, ANN, AUDIT_LOGIN, 1000, NULL, FIXTURE_NOW + i));
	assert_done(audit_store_add(fixture->db, BOB, AUDIT_LOGIN, 1000, NULL, FIXTURE_NOW + 9));
	assert_done(audit_store_prune(fixture->db, FIXTURE_NOW + 3, 2, &count));
	assert_int_equal(count, 2);
	assert_done(audit_store_prune(fixture->db, FIXTURE_NOW + 3, 10, &count));
	assert_int_equal(count, 1);
	assert_done(audit_store_remove_account(fixture->db, ANN));
	assert_int_equal(list(fixture, ANN, 0, 10).count, 0);
	assert_int_equal(list(fixture, BOB, 0, 10).count, 1);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_account_reads_its_own_newest_first_and_page_by_page),
		TEST(failures_are_summed_for_an_hour_and_a_uid),
		TEST(failures_of_nobody_leave_nothing),
		TEST(what_is_old_goes_a_few_at_a_time_and_an_accounts_all_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
