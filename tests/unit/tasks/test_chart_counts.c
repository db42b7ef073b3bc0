/* Counts by day and period, beside a recount of each moment for itself. */
#include "tasks/activity.h"
#include "tasks/burndown.h"
#include "tasks/day_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define NOW     INT64_C(1795442400) /* 2026-11-23T14:00:00Z */
#define DAY     CALENDAR_DAY_SECONDS
#define TASKS   40
#define PERIODS 12
#define WORK    4
#define ROUNDS  400

/* Everything that a round is about. */
struct scene {
	struct arena arena;
	struct periods periods;
	struct task tasks[TASKS];
	struct time_span work[TASKS][WORK];
	size_t work_count[TASKS];
	uint64_t seed;
};

/* Knuth's MMIX generator; its high bits are the good ones. */
static int64_t below(struct scene *scene, int64_t end)
{
	scene->seed = scene->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((scene->seed >> 33) % (uint64_t)end);
}

/* Around what is shown, into the future, and now and then exactly where something begins. */
static int64_t some_time(struct scene *scene)
{
	if (!below(scene, 4))
		return scene->periods.begins[below(scene, PERIODS + 1)] - below(scene, 2);
	return NOW - below(scene, 16 * DAY) + 2 * DAY;
}

static int64_t maybe_time(struct scene *scene, int64_t odds)
{
	return below(scene, odds) ? TASK_NO_TIME : some_time(scene);
}

static int compare_spans(const void *left, const void *right)
{
	const struct time_span *a = left;
	const struct time_span *b = right;

	return (a->started > b->started) - (a->started < b->started);
}

static void make_work(struct scene *scene, size_t i)
{
	scene->work_count[i] = (size_t)below(scene, WORK + 1);
	for (size_t k = 0; k < scene->work_count[i]; k++) {
		int64_t started = some_time(scene);

		scene->work[i][k] =
			(struct time_span){ .started = started, .stopped = started + below(scene, 3 * DAY) };
	}
	qsort(scene->work[i], scene->work_count[i], sizeof(struct time_span), compare_spans);
}

/* As an import may bring them: in any order of their times. */
static void make_task(struct scene *scene, size_t i)
{
	struct task *task = &scene->tasks[i];

	*task = task_empty;
	task->id = (int64_t)i + 1;
	task->status = (enum task_status)below(scene, TASK_RECURRING);
	task->created = some_time(scene);
	task->completed = maybe_time(scene, 2);
	task->deleted = maybe_time(scene, 3);
	task->started = maybe_time(scene, 3);
	task->due = maybe_time(scene, 2);
	task->wait = maybe_time(scene, 2);
	task->scheduled = maybe_time(scene, 2);
	task->recur = below(scene, 10) ? NULL : "weekly";
	make_work(scene, i);
}

static void make_scene(struct scene *scene, uint64_t seed)
{
	*scene = (struct scene){ .seed = seed };
	arena_init(&scene->arena);
	periods_make(
		PERIOD_DAY, calendar_day_of(NOW) - PERIODS + 1, PERIODS, &zone_utc, &scene->arena, &scene->periods);
	for (size_t i = 0; i < TASKS; i++)
		make_task(scene, i);
}

/* --- the recount --- */

static bool has_come(int64_t time, int64_t moment)
{
	return time != TASK_NO_TIME && time <= moment;
}

static bool is_open(const struct task *task, int64_t moment)
{
	return !task->recur && has_come(task->created, moment) && !has_come(task->completed, moment) &&
	       !has_come(task->deleted, moment);
}

static bool is_worked_on(const struct scene *scene, size_t i, int64_t moment)
{
	bool is_running = has_come(scene->tasks[i].started, moment);

	for (size_t k = 0; k < scene->work_count[i]; k++)
		is_running |= scene->work[i][k].started <= moment && moment < scene->work[i][k].stopped;
	return is_running;
}

static bool is_done(const struct scene *scene, const struct task *task, int64_t moment)
{
	return !task->recur && has_come(task->completed, moment) && !has_come(task->deleted, moment) &&
	       task->completed >= scene->periods.begins[0];
}

static struct burndown_count recount(const struct scene *scene, int64_t moment)
{
	struct burndown_count count = { 0 };

	for (size_t i = 0; i < TASKS; i++) {
		const struct task *task = &scene->tasks[i];

		count.done += is_done(scene, task, moment);
		if (!is_open(task, moment))
			continue;
		count.started += is_worked_on(scene, i, moment);
		count.pending += !is_worked_on(scene, i, moment);
	}
	return count;
}

static int64_t is_shown(const struct scene *scene, int64_t time)
{
	return time >= scene->periods.begins[0] && time <= NOW;
}

static struct burndown_totals recount_totals(const struct scene *scene)
{
	struct burndown_totals totals = { 0 };

	for (size_t i = 0; i < TASKS; i++) {
		const struct task *task = &scene->tasks[i];

		if (task->recur)
			continue;
		totals.added += is_shown(scene, task->created);
		totals.done += is_shown(scene, task->completed);
		totals.deleted += is_shown(scene, task->deleted) && !has_come(task->completed, task->deleted);
	}
	return totals;
}

/* --- beside it --- */

static void expect_burndown(struct scene *scene)
{
	struct burndown_totals totals;
	struct burndown burndown;

	burndown_init(&burndown, &scene->periods, NOW, &scene->arena);
	for (size_t i = 0; i < TASKS; i++)
		burndown_add(&burndown, &scene->tasks[i], scene->work[i], scene->work_count[i]);
	burndown_finish(&burndown);
	totals = recount_totals(scene);
	assert_memory_equal(&burndown.totals, &totals, sizeof(totals));
	for (size_t i = 0; i < PERIODS; i++) {
		int64_t end = scene->periods.begins[i + 1] - 1;
		struct burndown_count count = recount(scene, end < NOW ? end : NOW);

		assert_int_equal(burndown.counts[i].pending, count.pending);
		assert_int_equal(burndown.counts[i].started, count.started);
		assert_int_equal(burndown.counts[i].done, count.done);
	}
}

static int64_t is_within(const struct scene *scene, size_t i, int64_t time)
{
	return time >= scene->periods.begins[i] && time < scene->periods.begins[i + 1];
}

static void expect_activity(struct scene *scene)
{
	struct activity activity;

	activity_init(&activity, &scene->periods, &scene->arena);
	for (size_t i = 0; i < TASKS; i++)
		activity_add(&activity, &scene->tasks[i]);
	for (size_t i = 0; i < PERIODS; i++) {
		struct activity_count count = { 0 };

		for (size_t k = 0; k < TASKS; k++) {
			const struct task *task = &scene->tasks[k];

			count.added += !task->recur && is_within(scene, i, task->created);
			count.done += !task->recur && is_within(scene, i, task->completed);
			count.deleted += !task->recur && is_within(scene, i, task->deleted);
		}
		assert_memory_equal(&activity.counts[i], &count, sizeof(count));
	}
}

static void expect_days(struct scene *scene)
{
	struct day_sheet sheet;

	day_sheet_init(&sheet, &scene->periods, NOW, &scene->arena);
	for (size_t i = 0; i < TASKS; i++)
		day_sheet_add(&sheet, &scene->tasks[i]);
	for (size_t i = 0; i < PERIODS; i++) {
		struct day_counts count = { 0 };

		for (size_t k = 0; k < TASKS; k++) {
			const struct task *task = &scene->tasks[k];
			bool is_pending = task->status == TASK_PENDING;

			count.due += is_pending && is_within(scene, i, task->due);
			count.overdue += is_pending && is_within(scene, i, task->due) && task->due < NOW;
			count.scheduled += is_pending && is_within(scene, i, task->scheduled);
			count.waiting += is_pending && is_within(scene, i, task->wait);
			count.done += task->status == TASK_COMPLETED && is_within(scene, i, task->completed);
		}
		assert_memory_equal(&sheet.counts[i], &count, sizeof(count));
	}
}

static void counts_are_those_of_a_recount(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
		struct scene scene;

		make_scene(&scene, seed);
		expect_burndown(&scene);
		expect_activity(&scene);
		expect_days(&scene);
		arena_deinit(&scene.arena);
	}
}

/* --- what may be expected --- */

/* Ten days, each begins at midnight; the tasks were added before. */
static void chart(struct burndown *burndown, struct arena *arena, int open, int done)
{
	static struct periods periods;

	periods_make(PERIOD_DAY, calendar_day_of(NOW) - 9, 10, &zone_utc, arena, &periods);
	burndown_init(burndown, &periods, periods.begins[10] - 1, arena);
	for (int i = 0; i < open + done; i++) {
		struct task task = task_empty;

		task.created = periods.begins[0] - 1;
		task.completed = i < done ? periods.begins[5] : TASK_NO_TIME;
		burndown_add(burndown, &task, NULL, 0);
	}
	burndown_finish(burndown);
}

static void the_end_is_where_the_line_leads(void **state)
{
	struct burndown burndown;
	struct burndown_rate rate;
	struct arena arena;
	int64_t moment;

	(void)state;
	arena_init(&arena);
	chart(&burndown, &arena, 30, 20); /* two a day, so fifteen days */
	rate = burndown_rate(&burndown, 0);
	assert_float_equal(rate.done, 2, 1e-9);
	assert_float_equal(rate.net, -2, 1e-9);
	assert_true(burndown_estimate(&burndown, &rate, &moment));
	assert_int_equal(calendar_day_of(moment), calendar_day_of(burndown.now) + 15);
	arena_deinit(&arena);
}

static void where_nothing_becomes_less_no_end_is_named(void **state)
{
	struct burndown burndown;
	struct burndown_rate rate;
	struct arena arena;
	int64_t moment;

	(void)state;
	arena_init(&arena);
	chart(&burndown, &arena, 30, 0);
	rate = burndown_rate(&burndown, 0);
	assert_false(burndown_estimate(&burndown, &rate, &moment));
	chart(&burndown, &arena, 0, 30);
	rate = burndown_rate(&burndown, 0);
	assert_false(burndown_estimate(&burndown, &rate, &moment));
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_those_of_a_recount),
		cmocka_unit_test(the_end_is_where_the_line_leads),
		cmocka_unit_test(where_nothing_becomes_less_no_end_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
