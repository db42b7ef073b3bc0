/* Series: their tasks are made one at a time, when it is time, and exactly once. */
#include "fixture.h"
#include "methods/series_job.h"

#define DAY INT64_C(86400)

/* FIXTURE_NOW is a Monday, 2026-11-23T14:00:00Z. */

static int64_t count(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter);
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

/* Add one; gives the id of its series, which the first instance follows. */
static int64_t add(struct fixture *fixture, const char *more)
{
	json_t *result = call_done(fixture, "task.add", "{\"title\":\"Water the plants\",%s}", more);
	int64_t series = integer_at(result, "task.series");

	assert_int_equal(integer_at(result, "task.id"), series + 1);
	json_decref(result);
	return series;
}

static void expect_due(struct fixture *fixture, int64_t id, const char *due)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", (int)id);

	assert_string_equal(text_at(result, "task.due"), due);
	assert_string_equal(text_at(result, "task.status"), "pending");
	json_decref(result);
}

static void finish(struct fixture *fixture, const char *method, int64_t id)
{
	json_decref(call_done(fixture, method, "{\"id\":%d}", (int)id));
}

static void at(struct fixture *fixture, int64_t now)
{
	fixture->now = now;
	(void)fixture_run_job(fixture, &series_job);
}

static void first_instance_is_made_at_once(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add",
		"{\"title\":\"Pay the rent\",\"due\":\"2026-11-30\",\"wait\":\"due-3d\",\"recur\":\"monthly\","
		"\"project\":\"home\",\"tags\":[\"money\"]}");

	assert_string_equal(text_at(result, "task.due"), "2026-11-30T23:59:59Z");
	assert_string_equal(text_at(result, "task.wait"), "2026-11-27T23:59:59Z");
	assert_string_equal(text_at(result, "task.project"), "home");
	assert_string_equal(text_at(result, "task.tags.0"), "money");
	assert_false(has_member(result, "task.recur"));
	json_decref(result);
	result = call_done(fixture, "series.list", "{}");
	assert_string_equal(text_at(result, "series.0.status"), "recurring");
	assert_string_equal(text_at(result, "series.0.recur"), "monthly");
	assert_string_equal(text_at(result, "series.0.recur_from"), "due");
	assert_false(has_member(result, "series.1"));
	json_decref(result);
}

static void what_is_tried_is_not_stored(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(
		fixture, "task.add", "{\"title\":\"x\",\"due\":\"2026-11-30\",\"recur\":\"weekly\",\"dry_run\":true}");

	assert_string_equal(text_at(result, "task.due"), "2026-11-30T23:59:59Z");
	assert_false(has_member(result, "task.id"));
	json_decref(result);
	assert_int_equal(count(fixture, "status:all"), 0);
}

/* Done before its day: the next one comes when that day is over. */
static void next_one_is_made_when_its_time_comes_and_once(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-29\",\"recur\":\"weekly\"");

	finish(fixture, "task.done", series + 1);
	assert_int_equal(count(fixture, "status:pending"), 0);
	at(fixture, FIXTURE_NOW + 5 * DAY);
	assert_int_equal(count(fixture, "status:pending"), 0);
	at(fixture, FIXTURE_NOW + 7 * DAY); /* Monday: Sunday's end has passed */
	assert_int_equal(count(fixture, "status:pending"), 1);
	expect_due(fixture, series + 2, "2026-12-06T23:59:59Z");
	at(fixture, FIXTURE_NOW + 7 * DAY);
	at(fixture, FIXTURE_NOW + 8 * DAY);
	assert_int_equal(count(fixture, "status:pending"), 1);
}

/* A run is short, so that others can write; the rest need not wait for the clock. */
static void many_that_are_due_are_made_in_runs_that_follow_at_once(void **state)
{
	struct fixture *fixture = *state;
	const int series = 201;

	fixture->place = REQUEST_IN_POOL;
	for (int i = 0; i < series; i++)
		(void)add(fixture, "\"due\":\"2026-11-29\",\"recur\":\"weekly\"");
	json_decref(call_done(fixture, "task.done", "{\"filter\":\"status:pending\"}"));
	fixture->now = FIXTURE_NOW + 7 * DAY;
	assert_true(fixture_run_job(fixture, &series_job));
	assert_int_equal(count(fixture, "status:pending"), series - 1);
	assert_false(fixture_run_job(fixture, &series_job));
	assert_int_equal(count(fixture, "status:pending"), series);
}

/* Done after its day: the next one is made with it, in the same step. */
static void what_is_done_late_is_followed_at_once(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"weekly\"");

	fixture->now = FIXTURE_NOW + 3 * DAY;
	finish(fixture, "task.done", series + 1);
	expect_due(fixture, series + 2, "2026-12-01T23:59:59Z");
	assert_int_equal(
		fixture_query(fixture, "SELECT count(DISTINCT step) AS value FROM history WHERE revision > 2"), 1);
}

/* The laptop slept, or nobody did it: there is one task, not a flood of them. */
static void missed_ones_are_passed_over(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"daily\"");

	at(fixture, FIXTURE_NOW + 365 * DAY);
	assert_int_equal(count(fixture, "status:pending"), 1);
	expect_due(fixture, series + 1, "2026-11-24T23:59:59Z");
	finish(fixture, "task.done", series + 1);
	assert_int_equal(count(fixture, "status:pending"), 1);
	expect_due(fixture, series + 2, "2027-11-23T23:59:59Z");
}

static void the_31st_does_not_drift(void **state)
{
	static const char *const dues[] = { "2027-01-31T23:59:59Z", "2027-02-28T23:59:59Z", "2027-03-31T23:59:59Z",
		"2027-04-30T23:59:59Z", "2027-05-31T23:59:59Z" };
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2027-01-31\",\"recur\":\"monthly\"");

	for (int64_t i = 0; i < 5; i++) {
		expect_due(fixture, series + 1 + i, dues[i]);
		fixture->now = FIXTURE_NOW + (70 + 31 * i) * DAY;
		finish(fixture, "task.done", series + 1 + i);
	}
}

static void from_completion_the_period_starts_when_it_is_done(void **state)
{
	struct fixture *fixture = *state;
	int64_t series =
		add(fixture, "\"due\":\"2026-11-24T08:00:00Z\",\"recur\":\"3d\",\"recur_from\":\"completion\"");

	fixture->now = FIXTURE_NOW + 10 * DAY;
	finish(fixture, "task.done", series + 1);
	expect_due(fixture, series + 2, "2026-12-06T14:00:00Z");
}

static void a_count_and_an_until_end_it(void **state)
{
	struct fixture *fixture = *state;
	int64_t twice = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"daily\",\"recur_count\":2");
	int64_t until = add(fixture, "\"due\":\"2026-11-24\",\"until\":\"2026-11-25\",\"recur\":\"daily\"");

	fixture->now = FIXTURE_NOW + DAY + DAY / 2;
	finish(fixture, "task.done", twice + 1);
	finish(fixture, "task.done", until + 1);
	assert_int_equal(count(fixture, "status:pending"), 2);
	assert_int_equal(count(fixture, "status:recurring"), 2);
	fixture->now = FIXTURE_NOW + 3 * DAY;
	finish(fixture, "task.done", until + 3);
	finish(fixture, "task.done", until + 2);
	assert_int_equal(count(fixture, "status:pending"), 0);
	assert_int_equal(count(fixture, "status:recurring"), 0);
	assert_int_equal(count(fixture, "status:completed"), 6);
}

static void skipping_passes_over_one(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"weekly\"");
	json_t *result = call_done(fixture, "series.skip", "{\"id\":%d}", (int)series + 1);

	assert_string_equal(text_at(result, "skipped.status"), "deleted");
	assert_false(has_member(result, "task"));
	json_decref(result);
	call_refused(fixture, ERROR_CONFLICT, "id", "series.skip", "{\"id\":%d}", (int)series);
	at(fixture, FIXTURE_NOW + 2 * DAY);
	expect_due(fixture, series + 2, "2026-12-01T23:59:59Z");
}

/* A filter that also matches what the series makes next must not run after it. */
static void bulk_completion_does_not_chase_its_own_instances(void **state)
{
	struct fixture *fixture = *state;

	fixture->place = REQUEST_IN_POOL;
	for (int i = 0; i < 250; i++)
		(void)add(fixture,
			"\"due\":\"2026-11-24\",\"recur\":\"daily\",\"recur_from\":\"completion\",\"tags\":[\"x\"]");
	json_decref(call_done(fixture, "task.done", "{\"filter\":\"+x\"}"));
	assert_int_equal(count(fixture, "status:completed"), 250);
	assert_int_equal(count(fixture, "status:pending"), 250);
}

static void one_instance_is_changed_alone(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"weekly\"");

	json_decref(call_done(
		fixture, "task.modify", "{\"id\":%d,\"title\":\"y\",\"due\":\"2026-11-26\"}", (int)series + 1));
	call_refused(fixture, ERROR_CONFLICT, "series", "task.modify", "{\"id\":%d,\"title\":\"y\"}", (int)series);
	fixture->now = FIXTURE_NOW + 3 * DAY;
	finish(fixture, "task.done", series + 1);
	expect_due(fixture, series + 2, "2026-12-01T23:59:59Z");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE title = 'y'"), 1);
}

static void whole_series_is_changed_with_its_open_task(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"weekly\"");
	json_t *result = call_done(fixture, "series.modify",
		"{\"id\":%d,\"title\":\"y\",\"due\":\"2026-11-25\",\"recur\":\"FREQ=DAILY;INTERVAL=2\"}",
		(int)series + 1);

	assert_string_equal(text_at(result, "task.title"), "y");
	assert_string_equal(text_at(result, "task.due"), "2026-11-25T23:59:59Z");
	assert_string_equal(text_at(result, "series.due"), "2026-11-25T23:59:59Z");
	json_decref(result);
	fixture->now = FIXTURE_NOW + 3 * DAY;
	finish(fixture, "task.done", series + 1);
	expect_due(fixture, series + 2, "2026-11-27T23:59:59Z");
}

static void deleting_the_series_ends_it_and_restoring_goes_on(void **state)
{
	struct fixture *fixture = *state;
	int64_t series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"daily\"");

	finish(fixture, "task.delete", series);
	at(fixture, FIXTURE_NOW + 3 * DAY);
	finish(fixture, "task.done", series + 1);
	at(fixture, FIXTURE_NOW + 4 * DAY);
	assert_int_equal(count(fixture, "status:pending"), 0);
	finish(fixture, "task.restore", series);
	at(fixture, FIXTURE_NOW + 4 * DAY);
	assert_int_equal(count(fixture, "status:pending"), 1);
	expect_due(fixture, series + 2, "2026-11-27T23:59:59Z");
}

/* What the series was a part of, and depended on, may be gone, or may have come to need its tasks. */
static void what_is_gone_does_not_hold_it_up(void **state)
{
	struct fixture *fixture = *state;
	int64_t series;

	json_decref(call_done(fixture, "task.add", "{\"title\":\"the whole\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"before\"}"));
	series = add(fixture, "\"due\":\"2026-11-24\",\"recur\":\"daily\",\"parent\":1,\"depends\":[2]");
	json_decref(call_done(fixture, "task.delete", "{\"id\":1,\"children\":\"keep\"}"));
	fixture->now = FIXTURE_NOW + 3 * DAY;
	finish(fixture, "task.done", series + 1);
	assert_int_equal(fixture_query(fixture, "SELECT parent IS NULL AS value FROM task WHERE id = 5"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT depends = '2' AS value FROM task WHERE id = 5"), 1);
	finish(fixture, "task.delete", 2);
	fixture->now = FIXTURE_NOW + 6 * DAY;
	finish(fixture, "task.done", series + 2);
	assert_int_equal(fixture_query(fixture, "SELECT depends IS NULL AS value FROM task WHERE id = 6"), 1);
}

static void what_cannot_be_is_refused(void **state)
{
	struct fixture *fixture = *state;

	call_refused(fixture, ERROR_INVALID_PARAMS, "due", "task.add", "{\"title\":\"x\",\"recur\":\"daily\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "recur", "task.add",
		"{\"title\":\"x\",\"due\":\"2026-11-24\",\"recur\":\"hourly\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "recur", "task.add",
		"{\"title\":\"x\",\"due\":\"2026-11-24\",\"recur_count\":3}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "recur_from", "task.add",
		"{\"title\":\"x\",\"due\":\"2026-11-24\",\"recur\":\"daily\",\"recur_from\":\"x\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "until", "task.add",
		"{\"title\":\"x\",\"due\":\"2026-11-24\",\"until\":\"2026-11-23\",\"recur\":\"daily\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "until", "task.add",
		"{\"title\":\"x\",\"due\":\"2026-11-20\",\"until\":\"2026-11-22\",\"recur\":\"daily\"}");
	assert_int_equal(count(fixture, "status:all"), 0);
}

/* Its clock, not UTC's: on the night of 2027-03-28 Berlin's clocks go forward. */
static void the_clock_of_the_zone_is_kept(void **state)
{
	struct fixture *fixture = *state;
	int64_t series =
		add(fixture, "\"due\":\"2027-03-27 09:00\",\"recur\":\"daily\",\"timezone\":\"Europe/Berlin\"");

	expect_due(fixture, series + 1, "2027-03-27T08:00:00Z");
	fixture->now = INT64_C(1806192000); /* 2027-03-28T00:00:00Z */
	finish(fixture, "task.done", series + 1);
	expect_due(fixture, series + 2, "2027-03-28T07:00:00Z");
}

/* --- undone, when the next one is there already --- */

/* Task 2 of series 1 is done, and the day after, task 3 is there. */
static void go_on_to_the_next(struct fixture *fixture)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"water\",\"due\":\"2026-11-23\",\"recur\":\"daily\"}"));
	finish(fixture, "task.done", 2);
	at(fixture, FIXTURE_NOW + 86400);
	expect_due(fixture, 3, "2026-11-24T23:59:59Z");
}

static void expect_open(struct fixture *fixture, int64_t count)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"\"}");

	assert_int_equal(integer_at(result, "count"), count);
	json_decref(result);
}

static void undoing_done_takes_the_next_one_along(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	go_on_to_the_next(fixture);
	result = call_done(fixture, "history.undo", "{}");
	assert_int_equal(integer_at(result, "removed.0"), 3);
	assert_false(has_member(result, "also_open"));
	json_decref(result);
	expect_open(fixture, 1);
	expect_due(fixture, 2, "2026-11-23T23:59:59Z");
	at(fixture, FIXTURE_NOW + 86400);
	expect_open(fixture, 1);
	finish(fixture, "task.done", 2);
	at(fixture, FIXTURE_NOW + 86400);
	expect_due(fixture, 4, "2026-11-24T23:59:59Z");
	expect_open(fixture, 1);
}

static void redoing_it_goes_on_with_the_series(void **state)
{
	struct fixture *fixture = *state;

	go_on_to_the_next(fixture);
	json_decref(call_done(fixture, "history.undo", "{}"));
	json_decref(call_done(fixture, "history.redo", "{}"));
	at(fixture, FIXTURE_NOW + 86400);
	expect_due(fixture, 4, "2026-11-24T23:59:59Z");
	expect_open(fixture, 1);
}

static void the_next_one_stays_when_somebody_has_changed_it(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	go_on_to_the_next(fixture);
	finish(fixture, "task.start", 3);
	result = call_done(fixture, "history.undo", "{\"step\":%d}", 3);
	assert_int_equal(integer_at(result, "also_open.0"), 3);
	json_decref(result);
	expect_open(fixture, 2);
}

/* Two were open before, because somebody wanted it so. */
static void what_was_there_before_the_act_stays(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	go_on_to_the_next(fixture);
	finish(fixture, "task.restore", 2);
	finish(fixture, "task.done", 2);
	result = call_done(fixture, "history.undo", "{}");
	assert_false(has_member(result, "also_open"));
	json_decref(result);
	expect_open(fixture, 2);
}

static void the_next_one_stays_when_another_task_needs_it(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	go_on_to_the_next(fixture);
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\",\"depends\":[3]}"));
	result = call_done(fixture, "history.undo", "{\"step\":%d}", 3);
	assert_int_equal(integer_at(result, "also_open.0"), 3);
	json_decref(result);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(undoing_done_takes_the_next_one_along),
		TEST(redoing_it_goes_on_with_the_series),
		TEST(the_next_one_stays_when_somebody_has_changed_it),
		TEST(what_was_there_before_the_act_stays),
		TEST(the_next_one_stays_when_another_task_needs_it),
		TEST(first_instance_is_made_at_once),
		TEST(what_is_tried_is_not_stored),
		TEST(next_one_is_made_when_its_time_comes_and_once),
		TEST(many_that_are_due_are_made_in_runs_that_follow_at_once),
		TEST(what_is_done_late_is_followed_at_once),
		TEST(missed_ones_are_passed_over),
		TEST(the_31st_does_not_drift),
		TEST(from_completion_the_period_starts_when_it_is_done),
		TEST(a_count_and_an_until_end_it),
		TEST(skipping_passes_over_one),
		TEST(bulk_completion_does_not_chase_its_own_instances),
		TEST(one_instance_is_changed_alone),
		TEST(whole_series_is_changed_with_its_open_task),
		TEST(deleting_the_series_ends_it_and_restoring_goes_on),
		TEST(what_is_gone_does_not_hold_it_up),
		TEST(what_cannot_be_is_refused),
		TEST(the_clock_of_the_zone_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
