/* The bin: what goes for good, by hand and by itself, and what does not. */
#include "fixture.h"
#include "methods/bin_jobs.h"
#include "methods/series_job.h"
#include "prune_clock.h"
#include "store/meta_store.h"

#define DAY INT64_C(86400)

static void add(struct fixture *fixture, const char *title, const char *more)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"%s\"%s}", title, more));
}

static void change(struct fixture *fixture, const char *method, const char *selection)
{
	json_decref(call_done(fixture, method, "{%s}", selection));
}

static int64_t purge_by_filter(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.purge", "{\"filter\":\"%s\"}", filter);
	int64_t count = integer_at(result, "count");

	json_decref(result);
	return count;
}

static void expect_gone(struct fixture *fixture, int id)
{
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":%d}", id);
}

static void expect_status(struct fixture *fixture, int id, const char *status)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", id);

	assert_string_equal(text_at(result, "task.status"), status);
	json_decref(result);
}

/* --- by hand --- */

static void only_deleted_tasks_are_purged(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "pending", "");
	add(fixture, "completed", "");
	add(fixture, "deleted", "");
	change(fixture, "task.done", "\"id\":2");
	change(fixture, "task.delete", "\"id\":3");
	call_refused(fixture, ERROR_CONFLICT, "id", "task.purge", "{\"id\":1}");
	assert_string_equal(fixture->refusal.message, "task 1 is pending; only deleted tasks can be purged");
	call_refused(fixture, ERROR_CONFLICT, "ids", "task.purge", "{\"ids\":[3,2]}");
	expect_status(fixture, 3, "deleted");
	assert_int_equal(purge_by_filter(fixture, "status:all"), 1);
	expect_gone(fixture, 3);
	expect_status(fixture, 1, "pending");
	expect_status(fixture, 2, "completed");
}

static void a_dry_run_purges_nothing(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, "deleted", "");
	change(fixture, "task.delete", "\"id\":1");
	result = call_done(fixture, "task.purge", "{\"id\":1,\"dry_run\":true}");
	assert_int_equal(integer_at(result, "count"), 1);
	assert_string_equal(text_at(result, "tasks.0.title"), "deleted");
	json_decref(result);
	expect_status(fixture, 1, "deleted");
}

static void nothing_of_a_purged_task_stays(void **state)
{
	static const char *const counts[] = {
		"SELECT count(*) AS value FROM task WHERE id = 1",
		"SELECT count(*) AS value FROM task_label WHERE task_id = 1",
		"SELECT count(*) AS value FROM task_value WHERE task_id = 1",
		"SELECT count(*) AS value FROM task_time WHERE task_id = 1",
		"SELECT count(*) AS value FROM task_dependency WHERE task_id = 1 OR on_id = 1",
		"SELECT count(*) AS value FROM history WHERE task_id = 1 AND (before IS NOT NULL OR after IS NOT NULL)",
		"SELECT count(*) AS value FROM history WHERE before LIKE '%secret%' OR after LIKE '%secret%'",
	};
	struct fixture *fixture = *state;

	json_decref(call_done(fixture, "field.define", "{\"name\":\"size\",\"type\":\"number\"}"));
	add(fixture, "a secret",
		",\"project\":\"p.q\",\"tags\":[\"x\",\"y\"],\"note\":\"secret\",\"fields\":{\"size\":3}");
	add(fixture, "another", ",\"project\":\"p.q\",\"tags\":[\"x\"],\"fields\":{\"size\":3}");
	add(fixture, "a third", ",\"depends\":[2]");
	change(fixture, "task.modify", "\"id\":1,\"depends\":[2]");
	(void)fixture_query(fixture, "INSERT INTO task_time VALUES (1, 1, 10, 20), (1, 2, 10, 20)");
	change(fixture, "task.modify", "\"id\":1,\"title\":\"still a secret\"");
	change(fixture, "task.delete", "\"id\":1");
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		assert_int_not_equal(fixture_query(fixture, counts[i]), 0);
	change(fixture, "task.purge", "\"id\":1");
	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		assert_int_equal(fixture_query(fixture, counts[i]), 0);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task_label WHERE task_id = 2"), 3);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task_value"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task_time"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task_dependency"), 1);
}

static void the_history_keeps_that_it_was_there(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", "");
	change(fixture, "task.delete", "\"id\":1");
	change(fixture, "task.purge", "\"id\":1");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM history WHERE task_id = 1"), 3);
	assert_int_equal(fixture_query(fixture,
				 "SELECT revision AS value FROM history WHERE action = 'purge' AND step = revision "
				 "AND actor = 'annannannannannannanna'"),
		3);
	add(fixture, "y", "");
	expect_gone(fixture, 1);
	expect_status(fixture, 2, "pending");
}

/* --- what it means for undo --- */

static int64_t undo(struct fixture *fixture, const char *params)
{
	json_t *result = call_done(fixture, "history.undo", "{%s}", params);
	int64_t count = integer_at(result, "count");

	json_decref(result);
	return count;
}

/* Neither the purge nor what was done to the task stands in the way of what was done before. */
static void undo_passes_over_what_was_purged(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "stays", "");
	change(fixture, "task.modify", "\"id\":1,\"priority\":\"H\"");
	add(fixture, "goes", "");
	change(fixture, "task.delete", "\"id\":2");
	change(fixture, "task.purge", "\"id\":2");
	assert_int_equal(undo(fixture, ""), 1);
	assert_int_equal(fixture_query(fixture, "SELECT priority AS value FROM task WHERE id = 1"), 0);
	assert_int_equal(undo(fixture, "\"steps\":5"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 0);
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.undo", "{}");
	call_refused(fixture, ERROR_CONFLICT, "step", "history.undo", "{\"step\":4}");
	call_refused(fixture, ERROR_CONFLICT, "step", "history.undo", "{\"step\":5}");
	assert_string_equal(fixture->refusal.message, "step 5 is a purge, and nothing takes it back");
}

static void what_is_left_of_an_act_is_not_taken_back(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 3; i++)
		add(fixture, "x", "");
	change(fixture, "task.delete", "\"ids\":[1,2,3]");
	change(fixture, "task.purge", "\"id\":2");
	call_refused(fixture, ERROR_CONFLICT, "steps", "history.undo", "{}");
	assert_string_equal(fixture->refusal.message, "step 4 cannot be taken back: task 2 is gone");
	expect_status(fixture, 1, "deleted");
}

/* Others name it as their parent, or wait for it. */
static void who_names_a_purged_task_ceases_to(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "goes", "");
	add(fixture, "part of it", "");
	add(fixture, "waits for it", "");
	change(fixture, "task.modify", "\"id\":2,\"parent\":1");
	change(fixture, "task.modify", "\"id\":3,\"depends\":[1,2]");
	change(fixture, "task.delete", "\"id\":1,\"children\":\"keep\"");
	change(fixture, "task.purge", "\"id\":1");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE parent IS NOT NULL"), 0);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE depends = '2'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task_dependency"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT version AS value FROM task WHERE id = 3"), 3);
	assert_int_equal(
		fixture_query(fixture, "SELECT count(DISTINCT step) AS value FROM history WHERE action = 'purge'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM history WHERE action = 'purge'"), 3);
}

static void an_instance_outlives_its_purged_series(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", ",\"due\":\"2026-11-25\",\"recur\":\"daily\"");
	change(fixture, "task.delete", "\"id\":1");
	change(fixture, "task.purge", "\"id\":1");
	change(fixture, "task.done", "\"id\":2");
	expect_status(fixture, 2, "completed");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 1);
	change(fixture, "task.restore", "\"id\":2");
	change(fixture, "task.delete", "\"id\":2");
	change(fixture, "task.purge", "\"id\":2");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 0);
}

static void a_series_goes_on_behind_its_purged_instance(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", ",\"due\":\"2026-11-24T12:00:00Z\",\"recur\":\"daily\"");
	change(fixture, "task.delete", "\"id\":2");
	change(fixture, "task.purge", "\"id\":2");
	fixture->now += 3 * DAY;
	(void)fixture_run_job(fixture, &series_job);
	expect_status(fixture, 3, "pending");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 2);
}

static void a_large_bin_is_emptied(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 450; i++)
		add(fixture, "x", "");
	fixture->place = REQUEST_IN_POOL;
	change(fixture, "task.delete", "\"filter\":\"status:pending\"");
	assert_int_equal(purge_by_filter(fixture, "status:deleted"), 450);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 0);
	assert_int_equal(
		fixture_query(fixture, "SELECT max(revision) - count(*) AS value FROM history WHERE account_id = 1"),
		0);
}

/* Batch by batch: what changed in others since the first tasks were shown is no reason to look for these again. */
static void a_large_bin_that_others_wait_for_is_emptied(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	for (int i = 0; i < 250; i++)
		add(fixture, "x", "");
	add(fixture, "waits", ",\"depends\":[240]");
	fixture->place = REQUEST_IN_POOL;
	change(fixture, "task.delete", "\"filter\":\"1-250\"");
	result = call_done(fixture, "task.purge", "{\"filter\":\"status:deleted\"}");
	assert_int_equal(integer_at(result, "count"), 250);
	assert_int_equal(integer_at(result, "tasks.0.id"), 1);
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE depends IS NULL"), 1);
}

/* --- by itself --- */

static void set_prune_clock(struct fixture *fixture, int64_t reading)
{
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(meta_store_set_integer(fixture->db, META_PRUNE_CLOCK, reading), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

static void what_lies_in_the_bin_for_long_goes(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "old", "");
	add(fixture, "young", "");
	fixture_become(fixture, 2);
	add(fixture, "old of another account", "");
	change(fixture, "task.delete", "\"id\":1");
	fixture_become(fixture, 1);
	change(fixture, "task.delete", "\"id\":1");
	fixture->now += DAY;
	change(fixture, "task.delete", "\"id\":2");
	fixture->now = FIXTURE_NOW + 30 * DAY;
	set_prune_clock(fixture, fixture->now);
	(void)fixture_run_job(fixture, &bin_purge_job);
	expect_status(fixture, 1, "deleted");
	fixture->now++;
	set_prune_clock(fixture, fixture->now);
	(void)fixture_run_job(fixture, &bin_purge_job);
	expect_gone(fixture, 1);
	expect_status(fixture, 2, "deleted");
	fixture_become(fixture, 2);
	expect_gone(fixture, 1);
	assert_int_equal(fixture_query(fixture,
				 "SELECT count(*) AS value FROM history WHERE action = 'purge' AND actor = 'taskd'"),
		2);
}

/* Ten years ahead for a day, and ten years back: the prune clock follows slowly or at once, and nothing goes. */
static void a_leaping_clock_purges_nothing(void **state)
{
	struct fixture *fixture = *state;
	int64_t reading = FIXTURE_NOW;

	add(fixture, "x", "");
	change(fixture, "task.delete", "\"id\":1");
	(void)fixture_run_job(fixture, &bin_purge_job);
	set_prune_clock(fixture, reading);
	fixture->now += 3650 * DAY;
	(void)fixture_run_job(fixture, &bin_purge_job);
	for (int hour = 0; hour < 24; hour++) {
		reading = prune_clock_advance(reading, fixture->now, 3600);
		set_prune_clock(fixture, reading);
		(void)fixture_run_job(fixture, &bin_purge_job);
	}
	expect_status(fixture, 1, "deleted");
	fixture->now = FIXTURE_NOW + DAY;
	(void)fixture_run_job(fixture, &bin_purge_job);
	expect_status(fixture, 1, "deleted");
}

/* Set back below what the prune clock has seen: the earlier of the two counts. */
static void a_clock_that_goes_back_takes_the_bin_along(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", "");
	change(fixture, "task.delete", "\"id\":1");
	set_prune_clock(fixture, FIXTURE_NOW + 100 * DAY);
	(void)fixture_run_job(fixture, &bin_purge_job);
	expect_status(fixture, 1, "deleted");
}

static void what_was_deleted_by_a_clock_that_was_not_set_stays(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", "");
	fixture->now = 1000;
	change(fixture, "task.delete", "\"id\":1");
	fixture->now = FIXTURE_NOW;
	set_prune_clock(fixture, FIXTURE_NOW);
	(void)fixture_run_job(fixture, &bin_purge_job);
	expect_status(fixture, 1, "deleted");
	change(fixture, "task.purge", "\"id\":1");
	expect_gone(fixture, 1);
}

static void what_is_no_longer_worth_doing_goes_to_the_bin(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "passed", ",\"until\":\"2026-11-24T00:00:00Z\"");
	add(fixture, "ahead", ",\"until\":\"2026-11-26T00:00:00Z\"");
	add(fixture, "done in time", ",\"until\":\"2026-11-24T00:00:00Z\"");
	change(fixture, "task.done", "\"id\":3");
	change(fixture, "task.start", "\"id\":1");
	(void)fixture_run_job(fixture, &bin_expire_job);
	expect_status(fixture, 1, "pending");
	fixture->now += 2 * DAY;
	(void)fixture_run_job(fixture, &bin_expire_job);
	expect_status(fixture, 1, "deleted");
	expect_status(fixture, 2, "pending");
	expect_status(fixture, 3, "completed");
	assert_int_equal(fixture_query(fixture,
				 "SELECT task_id AS value FROM history WHERE action = 'expire' AND actor = 'taskd' "
				 "AND before LIKE '%pending%'"),
		1);
	assert_int_equal(fixture_query(fixture, "SELECT spent AS value FROM task WHERE id = 1"), 2 * DAY);
}

/* The series goes on, as if the instance had been deleted by hand. */
static void after_an_expired_instance_comes_the_next(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, "x", ",\"due\":\"2026-11-24T12:00:00Z\",\"recur\":\"daily\"");
	change(fixture, "task.modify", "\"id\":2,\"until\":\"2026-11-24T18:00:00Z\"");
	fixture->now += 2 * DAY;
	(void)fixture_run_job(fixture, &bin_expire_job);
	expect_status(fixture, 2, "deleted");
	expect_status(fixture, 3, "pending");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 3);
}

static void what_goes_together_is_one_step_of_each_account(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 4; i++) {
		fixture_become(fixture, 1 + i % 2);
		add(fixture, "x", ",\"until\":\"2026-11-23T13:00:00Z\"");
		(void)fixture_query(fixture, "UPDATE task SET until = until + 1");
	}
	(void)fixture_run_job(fixture, &bin_expire_job);
	for (int i = 1; i <= 2; i++) {
		fixture_become(fixture, i);
		expect_status(fixture, 1, "deleted");
		expect_status(fixture, 2, "deleted");
	}
	assert_int_equal(fixture_query(fixture, "SELECT count(DISTINCT account_id * 1000 + step) AS value FROM history "
						"WHERE action = 'expire'"),
		2);
}

static void a_run_is_bounded_and_the_next_goes_on(void **state)
{
	struct fixture *fixture = *state;

	(void)fixture_query(fixture, "UPDATE account_counter SET last_task_id = 2000 WHERE account_id = 1");
	(void)fixture_query(fixture, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) "
				     "INSERT INTO task (account_id, id, uuid, title, status, tags, priority, until, "
				     "created, modified, version) "
				     "SELECT 1, i, printf('%08d-0000-4000-8000-000000000000', i), 'x', 'pending', '', "
				     "0, 100 + i, 1, 1, 1 FROM n");
	(void)fixture_query(fixture, "INSERT INTO task_label (account_id, label, status, task_id, task_key) "
				     "SELECT 1, ':', 'pending', id, key FROM task");
	(void)fixture_run_job(fixture, &bin_expire_job);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE status = 'pending'"), 500);
	assert_int_equal(fixture_query(fixture, "SELECT min(until) AS value FROM task WHERE status = 'pending'"), 1101);
	(void)fixture_run_job(fixture, &bin_expire_job);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE status = 'pending'"), 0);
	assert_int_equal(
		fixture_query(fixture, "SELECT count(*) AS value FROM task_label WHERE status = 'deleted'"), 1500);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_deleted_tasks_are_purged),
		TEST(a_dry_run_purges_nothing),
		TEST(nothing_of_a_purged_task_stays),
		TEST(the_history_keeps_that_it_was_there),
		TEST(undo_passes_over_what_was_purged),
		TEST(what_is_left_of_an_act_is_not_taken_back),
		TEST(who_names_a_purged_task_ceases_to),
		TEST(an_instance_outlives_its_purged_series),
		TEST(a_series_goes_on_behind_its_purged_instance),
		TEST(a_large_bin_is_emptied),
		TEST(a_large_bin_that_others_wait_for_is_emptied),
		TEST(what_lies_in_the_bin_for_long_goes),
		TEST(a_leaping_clock_purges_nothing),
		TEST(a_clock_that_goes_back_takes_the_bin_along),
		TEST(what_was_deleted_by_a_clock_that_was_not_set_stays),
		TEST(what_is_no_longer_worth_doing_goes_to_the_bin),
		TEST(after_an_expired_instance_comes_the_next),
		TEST(what_goes_together_is_one_step_of_each_account),
		TEST(a_run_is_bounded_and_the_next_goes_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
