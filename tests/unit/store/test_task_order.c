/* A list in an order is what sorting all tasks by it gives: at any time, page by page, and along the indexes. */
#include "fixture.h"

#include "common/cleanup.h"
#include "store/task_legs.h"
#include "store/task_order.h"
#include "store/task_store.h"
#include "store/urgency_store.h"

#define TASKS 500
#define NOW   FIXTURE_NOW
#define DAY   INT64_C(86400)
#define LATER (NOW + 2 * DAY)
#define SEED  20261124u

static const char *const sorts[] = { "urgency-", "urgency+", "urgency", "due+", "due-", "id-", "wait+", "scheduled-",
	"created-", "modified+", "completed-", "started+", "priority-", "priority+", "project+", "title-",
	"due+,urgency-", "priority-,project+,title+", "project-,id-", "urgency-,due+,title-",
	"priority-,urgency-,id-" };

static const char *const filters[] = { "", "status:all", "status:completed", "status:waiting", "+rare", "+often",
	"-often", "project:home", "project: +often", "1-50", "3 17 200 4711", "+nowhere", "status:all +often" };

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static bool is_one_in(unsigned *seed, unsigned count)
{
	return next_random(seed) % count == 0;
}

static int64_t random_time(unsigned *seed, int64_t days)
{
	return NOW + (int64_t)(next_random(seed) % (unsigned)(2 * days * DAY)) - days * DAY;
}

/* Few different ones of each, so that many are alike. */
static struct task random_task(struct fixture *fixture, unsigned *seed)
{
	static const char *const projects[] = { NULL, NULL, "home", "home.garden", "work" };
	static const enum task_status statuses[] = { TASK_PENDING, TASK_PENDING, TASK_PENDING, TASK_PENDING,
		TASK_COMPLETED, TASK_DELETED };
	static const char *const titles[] = { "a", "B", "b", "é" };
	struct task task = task_empty;

	task.title = titles[next_random(seed) % COUNT_OF(titles)];
	task.project = projects[next_random(seed) % COUNT_OF(projects)];
	task.status = statuses[next_random(seed) % COUNT_OF(statuses)];
	task.priority = next_random(seed) % 4;
	task.tags = arena_alloc(&fixture->arena, 2 * sizeof(*task.tags));
	if (is_one_in(seed, 2))
		task.tags[task.tag_count++] = "often";
	if (is_one_in(seed, 60))
		task.tags[task.tag_count++] = "rare";
	if (is_one_in(seed, 2))
		task.due = is_one_in(seed, 3) ? NOW + 3 * DAY : random_time(seed, 30);
	if (is_one_in(seed, 5))
		task.wait = random_time(seed, 3);
	if (is_one_in(seed, 5))
		task.scheduled = random_time(seed, 3);
	if (is_one_in(seed, 8))
		task.started = NOW - DAY;
	if (is_one_in(seed, 5))
		task.until = random_time(seed, 30);
	task.spent = next_random(seed) % 3;
	if (task.status == TASK_COMPLETED)
		task.completed = random_time(seed, 5);
	return task;
}

/* As they are now: of some the phase will end soon. */
static struct task *add_tasks(struct fixture *fixture, const struct urgency_coefficients *coefficients)
{
	struct task *tasks = arena_array(&fixture->arena, TASKS, sizeof(*tasks));
	unsigned seed = SEED;

	assert_done(db_begin(fixture->db));
	for (size_t i = 0; i < TASKS; i++) {
		struct task like = random_task(fixture, &seed);

		like.created = NOW; /* what the fixture makes of it */
		urgency_classify(&like, coefficients, NOW);
		tasks[i] = fixture_add_task(fixture, ANN, &like);
		(void)fixture_add_task(fixture, BOB, &like);
	}
	assert_done(db_commit(fixture->db));
	return tasks;
}

/* --- the model --- */

struct ids {
	int64_t ids[TASKS];
	size_t count;
};

static enum error on_row(void *context, const struct task *task)
{
	struct ids *ids = context;

	assert_true(ids->count < TASKS);
	ids->ids[ids->count++] = task->id;
	return ERROR_NONE;
}

struct model {
	const struct task *tasks;
	const struct task_order *order;
};

static struct task_place place_of(const struct model *model, int64_t id)
{
	const struct task_order *order = model->order;
	struct task task = model->tasks[id - 1];
	struct task_place place;

	urgency_classify(&task, order->coefficients, order->now);
	task_sort_find_place(order->sort, &task, order->coefficients, order->now, &place);
	return place;
}

static int compare_ids(const void *left, const void *right, void *context)
{
	struct task_place a = place_of(context, *(const int64_t *)left);
	struct task_place b = place_of(context, *(const int64_t *)right);

	return task_sort_compare(((struct model *)context)->order->sort, &a, &b);
}

static void find_expected(struct fixture *fixture, struct model *model, struct ids *expected)
{
	const struct task_query query = { .account_id = ANN, .now = model->order->now, .filter = model->order->filter };

	expected->count = 0;
	assert_done(task_query_each(fixture->db, &query, &fixture->arena, on_row, expected));
	qsort_r(expected->ids, expected->count, sizeof(expected->ids[0]), compare_ids, model);
}

/* --- the database --- */

static struct task_order order_of(struct fixture *fixture, const char *filter, int64_t now,
	const struct task_sort *sort, const struct urgency_coefficients *coefficients)
{
	struct task_order order = {
		.account_id = ANN, .now = now, .sort = sort, .coefficients = coefficients, .limit = TASKS
	};

	assert_done(filter_parse(filter, strlen(filter), &(struct filter_context){ .now = now }, &fixture->arena,
		&order.filter, &fixture->refusal));
	return order;
}

static void expect_same(const char *filter, const char *sort, const struct ids *found, const struct ids *expected)
{
	if (found->count != expected->count)
		fail_msg("`%s` by %s gives %zu tasks instead of %zu", filter, sort, found->count, expected->count);
	for (size_t i = 0; i < found->count; i++)
		if (found->ids[i] != expected->ids[i])
			fail_msg("`%s` by %s: task %d instead of %d at %zu", filter, sort, (int)found->ids[i],
				(int)expected->ids[i], i);
}

static void find_pages(struct fixture *fixture, const struct model *model, int64_t limit, struct ids *found)
{
	struct task_order order = *model->order;
	struct task_place after;
	size_t before;

	found->count = 0;
	order.limit = limit;
	do {
		before = found->count;
		assert_done(task_order_each(fixture->db, &order, &fixture->arena, on_row, found));
		assert_true(found->count - before <= (size_t)limit);
		if (found->count)
			after = place_of(model, found->ids[found->count - 1]);
		order.after = &after;
	} while (found->count > before);
}

static void expect_order(struct fixture *fixture, const struct task *tasks, const char *filter, const char *text,
	int64_t now, const struct urgency_coefficients *coefficients)
{
	struct ids expected, found = { .count = 0 };
	struct task_sort sort;
	struct task_order order;
	struct model model = { .tasks = tasks, .order = &order };

	assert_done(task_sort_parse(text, strlen(text), &sort, &fixture->refusal));
	order = order_of(fixture, filter, now, &sort, coefficients);
	find_expected(fixture, &model, &expected);
	assert_done(task_order_each(fixture->db, &order, &fixture->arena, on_row, &found));
	expect_same(filter, text, &found, &expected);
	find_pages(fixture, &model, 23, &found);
	expect_same(filter, text, &found, &expected);
}

static void every_order_is_that_of_a_full_sort(void **state)
{
	struct fixture *fixture = *state;
	struct task *tasks = add_tasks(fixture, &urgency_defaults);

	for (size_t i = 0; i < COUNT_OF(filters); i++)
		for (size_t j = 0; j < COUNT_OF(sorts); j++)
			expect_order(fixture, tasks, filters[i], sorts[j], LATER, &urgency_defaults);
}

static void urgency_is_that_of_any_time(void **state)
{
	struct fixture *fixture = *state;
	struct task *tasks = add_tasks(fixture, &urgency_defaults);
	unsigned seed = SEED;

	for (unsigned i = 0; i < 40; i++) {
		int64_t now = NOW + next_random(&seed) % (40 * DAY);

		expect_order(fixture, tasks, "", "urgency-", now, &urgency_defaults);
		expect_order(fixture, tasks, "status:all", "priority+,urgency-", now, &urgency_defaults);
	}
}

/* Coefficients that turn the slopes, and let much be the same. */
static void urgency_is_by_the_coefficients_of_the_account(void **state)
{
	static const struct urgency_coefficient own[] = { { "due", -7 * URGENCY_MILLIONTHS }, { "age", 0 },
		{ "priority.H", 1000 * URGENCY_MILLIONTHS }, { "tags", 0 }, { "user.project.home", 5000000 } };
	struct fixture *fixture = *state;
	struct urgency_coefficients coefficients;
	struct task *tasks;

	urgency_coefficients_make(own, COUNT_OF(own), &fixture->arena, &coefficients);
	tasks = add_tasks(fixture, &coefficients);
	for (int64_t days = 0; days < 20; days += 3)
		expect_order(fixture, tasks, "", "urgency-", NOW + days * DAY, &coefficients);
}

/* Phases that are written anew between two pages move nothing in a list from before. */
static void a_list_stays_as_it_was_while_phases_are_written_anew(void **state)
{
	struct fixture *fixture = *state;
	struct task *tasks = add_tasks(fixture, &urgency_defaults);
	struct ids expected, found = { .count = 0 };
	struct task_sort sort;
	struct task_order order;
	struct task_place after;
	struct model model = { .tasks = tasks, .order = &order };
	int64_t count;
	size_t before;

	assert_done(task_sort_parse("urgency-", 8, &sort, &fixture->refusal));
	order = order_of(fixture, "", LATER, &sort, &urgency_defaults);
	find_expected(fixture, &model, &expected);
	order.limit = 25;
	for (int64_t page = 0; page == 0 || found.count > before; page++) {
		before = found.count;
		assert_done(task_order_each(fixture->db, &order, &fixture->arena, on_row, &found));
		after = place_of(&model, found.ids[found.count - 1]);
		order.after = &after;
		assert_done(urgency_store_refresh(fixture->db, LATER - 60 + page, 10, &count));
	}
	expect_same("", "urgency-", &found, &expected);
}

/* --- how it is found --- */

/* What SQLite says that it would do. */
static const char *explain(struct fixture *fixture, const char *sql)
{
	static const char *const columns[] = { "id", "parent", "notused", "detail", NULL };
	char *text = arena_printf(&fixture->arena, "EXPLAIN QUERY PLAN %s", sql);
	struct db_query *query = db_query_text(fixture->db, "test", text, columns);
	const char *said = "";
	enum error error = ERROR_NONE;

	while (db_next(query, &error))
		said = arena_printf(&fixture->arena, "%s%s; ", said, db_text(query, 3, NULL));
	assert_done(error);
	db_finish(query);
	return said;
}

static void expect_along(
	struct fixture *fixture, struct task_stream *stream, const char *const indexes[TASK_STREAM_LEGS])
{
	assert_true(stream->leg_count > 0);
	for (size_t i = 0; i < TASK_STREAM_LEGS && i < stream->leg_count; i++) {
		const char *said = explain(fixture, stream->legs[i].sql);

		if (!strstr(said, indexes[i]) || strstr(said, "TEMP B-TREE") || strstr(said, "SCAN task") ||
			strstr(said, "MATERIALIZE"))
			fail_msg("%s\n%s", stream->legs[i].sql, said);
	}
	task_stream_deinit(stream);
}

typedef void (*leg_writer)(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream);

static void write_class(
	const struct task_order *order, const struct task_plan *plan, struct arena *arena, struct task_stream *stream)
{
	task_legs_of_class(order, plan, URGENCY_AGE_MOVES, arena, stream);
}

/* The first page, and one behind a place that has a value. */
static void expect_both_along(struct fixture *fixture, const char *filter, const char *text, leg_writer write,
	const char *const *first, const char *const *next)
{
	static const struct task_place after = { .values = { { .integer = NOW }, { .integer = 7 } } };
	struct task_stream stream;
	struct task_sort sort;
	struct task_order order;
	struct task_plan plan;

	assert_done(task_sort_parse(text, strlen(text), &sort, &fixture->refusal));
	order = order_of(fixture, filter, NOW, &sort, &urgency_defaults);
	assert_done(task_plan_make(fixture->db, ANN, NOW, order.filter, TASK_PLAN_ALL, &fixture->arena, &plan));
	plan.way = TASK_PLAN_BY_ORDER;
	plan.by = NULL;
	task_stream_init(&stream, fixture->db);
	write(&order, &plan, &fixture->arena, &stream);
	expect_along(fixture, &stream, first);
	order.after = &after;
	task_stream_init(&stream, fixture->db);
	write(&order, &plan, &fixture->arena, &stream);
	expect_along(fixture, &stream, next);
}

static void pages_by_urgency_and_due_go_along_indexes(void **state)
{
	static const char class_first[] = "task_by_urgency (account_id=? AND status=? AND urgency_class=?)";
	static const char class_tie[] =
		"task_by_urgency (account_id=? AND status=? AND urgency_class=? AND urgency_intercept=? AND id>?)";
	static const char class_next[] =
		"task_by_urgency (account_id=? AND status=? AND urgency_class=? AND urgency_intercept<?)";
	static const char ended[] = "task_by_urgency_change (account_id=? AND urgency_change<?)";
	static const char due[] = "task_by_due (account_id=? AND status=?";
	static const char no_due[] = "task_by_status (account_id=? AND status=?";

	for (size_t i = 0; i < 2; i++) {
		const char *filter = i ? "+often project:home" : "";

		expect_both_along(*state, filter, "urgency-", write_class,
			(const char *const[]){ class_first, class_first },
			(const char *const[]){ class_tie, class_next });
		expect_both_along(*state, filter, "urgency-", task_legs_ended, (const char *const[]){ ended, ended },
			(const char *const[]){ ended, ended });
		expect_both_along(*state, filter, "due+", task_legs_by_due, (const char *const[]){ due, no_due },
			(const char *const[]){ due, no_due });
	}
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_order_is_that_of_a_full_sort),
		TEST(urgency_is_that_of_any_time),
		TEST(urgency_is_by_the_coefficients_of_the_account),
		TEST(a_list_stays_as_it_was_while_phases_are_written_anew),
		TEST(pages_by_urgency_and_due_go_along_indexes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
