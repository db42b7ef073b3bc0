/* Coefficients are an account's own, and the phases of its tasks follow them and the clock. */
#include "fixture.h"

#include "common/cleanup.h"
#include "store/task_store.h"
#include "store/urgency_store.h"

#define NOW   FIXTURE_NOW
#define DAY   INT64_C(86400)
#define TASKS 600

static struct urgency_coefficients coefficients_of(struct fixture *fixture, int64_t account_id)
{
	struct urgency_coefficients coefficients;

	assert_done(urgency_store_read(fixture->db, account_id, &fixture->arena, &coefficients));
	return coefficients;
}

static void coefficients_belong_to_their_account(void **state)
{
	struct fixture *fixture = *state;
	const struct urgency_coefficient *own;
	size_t count;

	assert_done(urgency_store_set(fixture->db, ANN, &(struct urgency_coefficient){ "due", 7 }));
	assert_done(urgency_store_set(fixture->db, ANN, &(struct urgency_coefficient){ "due", 8 }));
	assert_done(urgency_store_set(fixture->db, ANN, &(struct urgency_coefficient){ "age", 9 }));
	assert_int_equal(coefficients_of(fixture, ANN).terms[URGENCY_DUE], 8);
	assert_int_equal(coefficients_of(fixture, ANN).terms[URGENCY_AGE], 9);
	assert_int_equal(coefficients_of(fixture, BOB).terms[URGENCY_DUE], 12 * URGENCY_MILLIONTHS);
	assert_done(urgency_store_list(fixture->db, ANN, &fixture->arena, &own, &count));
	assert_int_equal(count, 2);
	assert_string_equal(own[0].name, "age");
	assert_done(urgency_store_unset(fixture->db, ANN, "due"));
	assert_int_equal(urgency_store_unset(fixture->db, ANN, "due"), ERROR_NOT_FOUND);
	assert_int_equal(coefficients_of(fixture, ANN).terms[URGENCY_DUE], 12 * URGENCY_MILLIONTHS);
}

static void their_number_is_limited(void **state)
{
	struct fixture *fixture = *state;
	char name[32];

	assert_done(db_begin(fixture->db));
	for (unsigned i = 0; i <= URGENCY_OWN_LIMIT; i++) {
		(void)snprintf(name, sizeof(name), "user.tag.t%u", i);
		assert_int_equal(urgency_store_set(fixture->db, ANN, &(struct urgency_coefficient){ name, 1 }),
			i < URGENCY_OWN_LIMIT ? ERROR_NONE : ERROR_CONFLICT);
	}
	db_rollback(fixture->db);
}

/* --- phases --- */

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* As they would have been stored some days ago. */
static void add_tasks(struct fixture *fixture, int64_t account_id, struct task *ret_tasks, size_t count)
{
	static const enum task_status statuses[] = { TASK_PENDING, TASK_PENDING, TASK_PENDING, TASK_COMPLETED };
	unsigned seed = 7;

	for (size_t i = 0; i < count; i++) {
		struct task like = task_empty;

		like.status = statuses[next_random(&seed) % 4];
		like.priority = next_random(&seed) % 4;
		like.created = NOW;
		if (next_random(&seed) % 2)
			like.due = NOW - 20 * DAY + next_random(&seed) % (40 * DAY);
		if (next_random(&seed) % 3 == 0)
			like.scheduled = NOW - 10 * DAY + next_random(&seed) % (20 * DAY);
		urgency_classify(&like, &urgency_defaults, NOW - 10 * DAY);
		ret_tasks[i] = fixture_add_task(fixture, account_id, &like);
	}
}

static struct task find(struct fixture *fixture, int64_t account_id, int64_t id)
{
	struct task task;

	assert_done(task_store_find(
		fixture->db, account_id, &(struct task_ref){ .id = id }, &fixture->arena, &task, &fixture->refusal));
	return task;
}

static void expect_phases(struct fixture *fixture, int64_t account_id, const struct task *tasks, size_t count,
	const struct urgency_coefficients *coefficients, int64_t now)
{
	for (size_t i = 0; i < count; i++) {
		struct task task = find(fixture, account_id, tasks[i].id);
		struct urgency_phase phase = urgency_phase_of(&task, coefficients, now);

		if (phase.class != task.urgency_class || phase.intercept != task.urgency_intercept ||
			phase.change != task.urgency_change)
			fail_msg("task %d has another phase", (int)task.id);
		assert_int_equal(task.version, tasks[i].version);
	}
}

static void what_is_pending_is_classified_batch_by_batch(void **state)
{
	static struct task tasks[TASKS];
	struct fixture *fixture = *state;
	struct urgency_coefficients coefficients;
	int64_t after_id = 0;
	unsigned batches = 0;
	bool is_end = false;

	add_tasks(fixture, ANN, tasks, TASKS);
	assert_done(urgency_store_set(fixture->db, ANN, &(struct urgency_coefficient){ "priority.H", -5000000 }));
	coefficients = coefficients_of(fixture, ANN);
	for (; !is_end; batches++)
		assert_done(urgency_store_classify(fixture->db, ANN, &coefficients, NOW, &after_id, &is_end));
	assert_int_equal(batches, 2);
	expect_phases(fixture, ANN, tasks, TASKS, &coefficients, NOW);
}

static void phases_that_ended_are_written_anew_in_all_accounts(void **state)
{
	static struct task anns[TASKS], bobs[TASKS];
	static const char stale[] = "SELECT count(*) AS value FROM task WHERE status = 'pending' AND "
				    "urgency_change <= 1800000000";
	struct fixture *fixture = *state;
	struct urgency_coefficients coefficients;
	int64_t stale_count;
	int64_t count = 0, all = 0;

	assert_done(db_begin(fixture->db));
	add_tasks(fixture, ANN, anns, TASKS);
	add_tasks(fixture, BOB, bobs, TASKS);
	assert_done(db_commit(fixture->db));
	assert_done(urgency_store_set(fixture->db, BOB, &(struct urgency_coefficient){ "due", 5000000 }));
	coefficients = coefficients_of(fixture, BOB);
	stale_count = fixture_integer(fixture->db, stale);
	assert_true(stale_count > 300);
	do {
		assert_done(urgency_store_refresh(fixture->db, NOW, 100, &count));
		assert_true(count <= 100 + URGENCY_STORE_BATCH);
		all += count;
	} while (count);
	assert_int_equal(all, stale_count);
	assert_int_equal(fixture_integer(fixture->db, stale), 0);
	expect_phases(fixture, ANN, anns, TASKS, &urgency_defaults, NOW);
	for (size_t i = 0; i < TASKS; i++)
		if (bobs[i].urgency_change != TASK_NO_TIME && bobs[i].urgency_change <= NOW)
			expect_phases(fixture, BOB, &bobs[i], 1, &coefficients, NOW);
}

/* Both go along an index and stop where they are full. */
static void looking_for_what_ended_needs_no_sorting(void **state)
{
	static const char *const plan[] = { "id", "parent", "notused", "detail", NULL };
	struct fixture *fixture = *state;

	for (const struct db_statement *statement = urgency_store_statements; statement->name; statement++) {
		char sql[4096];
		struct db_query *query;
		enum error error = ERROR_NONE;

		if (strncmp(statement->sql, "SELECT", 6) != 0)
			continue;
		(void)snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s", statement->sql);
		query = db_query_text(fixture->db, "test", sql, plan);
		while (db_next(query, &error)) {
			const char *detail = db_text(query, 3, NULL);

			if (strstr(detail, "SCAN") || strstr(detail, "TEMP"))
				fail_msg("%s: %s", statement->name, detail);
			if (strcmp(statement->name, "urgency_ended") == 0 ||
				strcmp(statement->name, "urgency_next_account") == 0)
				assert_non_null(strstr(detail, "task_by_urgency_change"));
		}
		assert_done(error);
		db_finish(query);
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(coefficients_belong_to_their_account),
		TEST(their_number_is_limited),
		TEST(what_is_pending_is_classified_batch_by_batch),
		TEST(phases_that_ended_are_written_anew_in_all_accounts),
		TEST(looking_for_what_ended_needs_no_sorting),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
