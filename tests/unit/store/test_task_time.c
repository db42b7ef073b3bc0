/* Work that has ended is a row, and work that is taken back is none. */
#include "fixture.h"

#include "store/task_store.h"
#include "store/task_time.h"

#define HOUR INT64_C(3600)

static struct task worked(int64_t id, int64_t started, int64_t spent)
{
	struct task task = task_empty;

	task.id = id;
	task.started = started;
	task.spent = spent;
	return task;
}

static void update(struct fixture *fixture, const struct task *before, const struct task *after)
{
	assert_done(db_begin(fixture->db));
	assert_done(task_time_update(fixture->db, ANN, before, after));
	assert_done(db_commit(fixture->db));
}

static int64_t rows(struct fixture *fixture)
{
	return fixture_integer(fixture->db, "SELECT count(*) AS value FROM task_time");
}

static int64_t total(struct fixture *fixture)
{
	return fixture_integer(fixture->db, "SELECT coalesce(sum(stopped - started), 0) AS value FROM task_time");
}

static void work_that_ends_is_a_row_and_goes_when_it_is_taken_back(void **state)
{
	struct fixture *fixture = *state;
	struct task running = worked(7, FIXTURE_NOW, 100), ended = worked(7, TASK_NO_TIME, 100 + HOUR);

	update(fixture, &running, &ended);
	assert_int_equal(rows(fixture), 1);
	assert_int_equal(fixture_integer(fixture->db, "SELECT account_id AS value FROM task_time"), ANN);
	assert_int_equal(fixture_integer(fixture->db, "SELECT task_id AS value FROM task_time"), 7);
	assert_int_equal(fixture_integer(fixture->db, "SELECT started AS value FROM task_time"), FIXTURE_NOW);
	assert_int_equal(fixture_integer(fixture->db, "SELECT stopped AS value FROM task_time"), FIXTURE_NOW + HOUR);
	update(fixture, &ended, &running);
	assert_int_equal(rows(fixture), 0);
	update(fixture, &running, &ended);
	assert_int_equal(total(fixture), HOUR);
}

static void other_changes_are_no_work(void **state)
{
	static const struct {
		int64_t started_before, spent_before, started_after, spent_after;
	} cases[] = {
		{ TASK_NO_TIME, 0, FIXTURE_NOW, 0 },    /* begun */
		{ FIXTURE_NOW, 0, TASK_NO_TIME, 0 },    /* ended in the second in which it was begun */
		{ FIXTURE_NOW, 5, FIXTURE_NOW, 5 },     /* under way */
		{ TASK_NO_TIME, 5, TASK_NO_TIME, 9 },   /* not by work */
		{ TASK_NO_TIME, 9, TASK_NO_TIME, 5 },   /* and back */
		{ FIXTURE_NOW, 5, FIXTURE_NOW + 1, 9 }, /* another start */
		{ FIXTURE_NOW, 9, TASK_NO_TIME, 5 },    /* ended, and there is less */
		{ TASK_NO_TIME, 5, FIXTURE_NOW, 9 },    /* begun, and there is more */
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct task before = worked(7, cases[i].started_before, cases[i].spent_before);
		struct task after = worked(7, cases[i].started_after, cases[i].spent_after);

		update(fixture, &before, &after);
		assert_int_equal(rows(fixture), 0);
	}
}

static void work_begun_twice_in_one_second_is_one_row_of_both_lengths(void **state)
{
	struct fixture *fixture = *state;
	struct task first = worked(7, FIXTURE_NOW, 0), first_ended = worked(7, TASK_NO_TIME, HOUR);
	struct task second = worked(7, FIXTURE_NOW, HOUR), second_ended = worked(7, TASK_NO_TIME, 3 * HOUR);
	struct task other = worked(8, FIXTURE_NOW, 0), other_ended = worked(8, TASK_NO_TIME, HOUR);

	update(fixture, &first, &first_ended);
	update(fixture, &second, &second_ended);
	update(fixture, &other, &other_ended);
	assert_int_equal(rows(fixture), 2);
	assert_int_equal(total(fixture), 4 * HOUR);
	update(fixture, &second_ended, &second);
	assert_int_equal(rows(fixture), 2);
	assert_int_equal(total(fixture), 2 * HOUR);
	update(fixture, &first_ended, &first);
	assert_int_equal(rows(fixture), 1);
}

/* The one place where a task's row is written. */
static void every_update_of_a_task_keeps_the_rows(void **state)
{
	struct fixture *fixture = *state;
	struct task like = task_empty, before, after;

	like.title = "x";
	like.started = FIXTURE_NOW;
	before = fixture_add_task(fixture, ANN, &like);
	after = before;
	assert_done(task_complete(&after, FIXTURE_NOW + HOUR, NULL));
	assert_done(db_begin(fixture->db));
	assert_done(task_store_update(fixture->db, ANN, &before, &after));
	assert_int_equal(total(fixture), HOUR);
	assert_done(task_store_update(fixture->db, ANN, &after, &before));
	assert_int_equal(rows(fixture), 0);
	assert_done(db_commit(fixture->db));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(work_that_ends_is_a_row_and_goes_when_it_is_taken_back),
		TEST(other_changes_are_no_work),
		TEST(work_begun_twice_in_one_second_is_one_row_of_both_lengths),
		TEST(every_update_of_a_task_keeps_the_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
