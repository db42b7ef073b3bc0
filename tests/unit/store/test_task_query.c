/* What a filter finds in the database is what it says of each task. */
#include "filter_model.h"
#include "fixture.h"

#include "common/cleanup.h"
#include "store/custom_field_store.h"
#include "store/task_query.h"
#include "store/task_store.h"
#include "store/urgency_store.h"
#include "tasks/task_field.h"

#include <inttypes.h>

#define TASKS       200
#define ROUNDS      1500
#define PAGE        7
#define LEAVES      7
#define SEED        20261123u
#define FOUND_LIMIT TASKS

static void add_task(struct fixture *fixture, int64_t account_id, const struct task *task)
{
	assert_done(task_store_insert(fixture->db, account_id, task));
}

static void declare_custom(struct fixture *fixture)
{
	for (size_t i = 0; filter_model_custom[i].name; i++) {
		struct db_query *query = db_query_text(fixture->db, "test",
			"INSERT INTO custom_field (account_id, name, type) VALUES ($1, $2, $3)", NULL);

		db_bind_int64(query, 1, ANN);
		db_bind_text(query, 2, filter_model_custom[i].name);
		db_bind_text(query, 3, filter_model_custom[i].type);
		assert_done(db_run(query, NULL));
	}
}

static void set_coefficients(struct fixture *fixture)
{
	for (size_t i = 0; filter_model_coefficients[i].name; i++)
		assert_done(urgency_store_set(fixture->db, ANN, &filter_model_coefficients[i]));
}

/* Ann's tasks, with as many of Bob's between them. */
static void add_tasks(struct fixture *fixture, unsigned *seed, struct task *ret_tasks)
{
	assert_done(db_begin(fixture->db));
	declare_custom(fixture);
	set_coefficients(fixture);
	for (size_t i = 0; i < TASKS; i++) {
		const struct task other = filter_model_task(seed, (int64_t)i + 1, TASKS, &fixture->arena);

		ret_tasks[i] = filter_model_task(seed, (int64_t)i + 1, TASKS, &fixture->arena);
		add_task(fixture, ANN, &ret_tasks[i]);
		add_task(fixture, BOB, &other);
	}
	assert_done(db_commit(fixture->db));
}

/* --- filters --- */

static enum error find_field(void *context, const char *name, enum custom_type *ret_type)
{
	const struct fixture *fixture = context;

	return custom_field_store_find_type(fixture->db, ANN, name, ret_type);
}

static struct task_query query_of(struct fixture *fixture, struct arena *arena, const char *text)
{
	const struct filter_context context = { .now = MODEL_NOW, .context = fixture, .find_field = find_field };
	struct task_query query = { .account_id = ANN, .now = MODEL_NOW };

	if (filter_parse(text, strlen(text), &context, arena, &query.filter, &fixture->refusal))
		fail_msg("`%s`: %s", text, fixture->refusal.message);
	return query;
}

struct found {
	int64_t ids[FOUND_LIMIT];
	size_t count;
};

static enum error on_row(void *context, const struct task *task)
{
	struct found *found = context;

	assert_true(found->count < FOUND_LIMIT);
	found->ids[found->count++] = task->id;
	return ERROR_NONE;
}

static struct found find_all(struct fixture *fixture, struct arena *arena, const char *text)
{
	struct task_query query = query_of(fixture, arena, text);
	struct found found = { .count = 0 };

	if (task_query_each(fixture->db, &query, arena, on_row, &found))
		fail_msg("`%s` cannot be asked", text);
	return found;
}

static void expect_same(const struct found *found, const struct found *expected, const char *what, const char *text)
{
	for (size_t i = 0; i < found->count && i < expected->count; i++)
		if (found->ids[i] != expected->ids[i])
			fail_msg("`%s`: %s: task %" PRId64 " instead of %" PRId64, text, what, found->ids[i],
				expected->ids[i]);
	if (found->count != expected->count)
		fail_msg("`%s`: %s: %zu tasks instead of %zu", text, what, found->count, expected->count);
}

static void expect_count(struct fixture *fixture, struct arena *arena, const char *text, size_t expected)
{
	struct task_query query = query_of(fixture, arena, text);
	int64_t counted;

	query.limit = 1; /* does not count */
	assert_done(task_query_count(fixture->db, &query, arena, &counted));
	if (counted != (int64_t)expected)
		fail_msg("`%s` counts %" PRId64 " tasks instead of %zu", text, counted, expected);
}

static void expect_pages(struct fixture *fixture, struct arena *arena, const char *text, const struct found *expected)
{
	struct task_query query = query_of(fixture, arena, text);
	struct found paged = { .count = 0 };
	size_t before;

	query.limit = PAGE;
	do {
		before = paged.count;
		assert_done(task_query_each(fixture->db, &query, arena, on_row, &paged));
		assert_true(paged.count - before <= PAGE);
		query.after_id = paged.count ? paged.ids[paged.count - 1] : 0;
	} while (paged.count > before);
	expect_same(&paged, expected, "page by page", text);
}

static struct found expected_of(const struct model_node *model, const struct task *tasks)
{
	struct found expected = { .count = 0 };

	for (size_t i = 0; i < TASKS; i++)
		if (filter_model_finds(model, &tasks[i], TASKS))
			expected.ids[expected.count++] = tasks[i].id;
	return expected;
}

static void check_round(struct fixture *fixture, const struct task *tasks, unsigned *seed, size_t leaves)
{
	struct arena arena;
	struct buffer text;
	const struct model_node *model;
	struct found expected, found;

	arena_init(&arena);
	buffer_init(&text);
	model = filter_model_random(seed, leaves, &arena);
	filter_model_write(model, seed, &text);
	expected = expected_of(model, tasks);
	found = find_all(fixture, &arena, buffer_text(&text));
	expect_same(&found, &expected, "found", buffer_text(&text));
	expect_count(fixture, &arena, buffer_text(&text), expected.count);
	expect_pages(fixture, &arena, buffer_text(&text), &expected);
	buffer_deinit(&text);
	arena_deinit(&arena);
}

static unsigned seed_of_run(void)
{
	const char *text = getenv("TASKCTL_SEED");
	unsigned seed = text ? (unsigned)strtoul(text, NULL, 10) : SEED;

	print_message("TASKCTL_SEED=%u\n", seed);
	return seed;
}

static size_t rounds_of_run(void)
{
	const char *text = getenv("TASKCTL_ROUNDS");

	return text ? strtoul(text, NULL, 10) : ROUNDS;
}

static void random_filters_find_what_they_say(void **state)
{
	static struct task tasks[TASKS];
	unsigned seed = seed_of_run();
	size_t rounds = rounds_of_run();

	add_tasks(*state, &seed, tasks);
	for (size_t i = 0; i < rounds; i++)
		check_round(*state, tasks, &seed, 1 + filter_model_random_below(&seed, LEAVES));
}

/* Long and deep ones, which are asked in another way. */
static void long_filters_find_what_they_say(void **state)
{
	static struct task tasks[TASKS];
	unsigned seed = seed_of_run();

	add_tasks(*state, &seed, tasks);
	for (size_t i = 0; i < rounds_of_run() / 50; i++)
		check_round(*state, tasks, &seed, 20 + filter_model_random_below(&seed, 40));
}

/* Labels follow the tasks: found by what it is now, no longer by what it was. */
static void what_was_changed_is_found_by_what_it_is(void **state)
{
	struct fixture *fixture = *state;
	static struct task tasks[TASKS];
	unsigned seed = seed_of_run();

	add_tasks(fixture, &seed, tasks);
	assert_done(db_begin(fixture->db));
	for (size_t i = 0; i < TASKS; i++) {
		struct task after = filter_model_task(&seed, tasks[i].id, TASKS, &fixture->arena);

		/* Their tables do not follow here. */
		after.depends = tasks[i].depends;
		after.depend_count = tasks[i].depend_count;
		after.custom = tasks[i].custom;
		after.custom_count = tasks[i].custom_count;
		assert_done(task_store_update(fixture->db, ANN, &tasks[i], &after));
		tasks[i] = after;
	}
	assert_done(db_commit(fixture->db));
	for (size_t i = 0; i < rounds_of_run() / 5; i++)
		check_round(fixture, tasks, &seed, 1 + filter_model_random_below(&seed, LEAVES));
}

/* --- what is read of a task --- */

#define NAME_OF_FIELD(number, name, type, role) #name,

static bool is_shown(const char *name)
{
	static const char *const names[] = { TASK_SHOWN_FIELDS(NAME_OF_FIELD) };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

struct rows {
	struct arena *arena;
	struct task tasks[TASKS];
	size_t count;
};

static enum error keep_row(void *context, const struct task *task)
{
	struct rows *rows = context;

	assert_true(rows->count < TASKS);
	task_copy(task, rows->arena, &rows->tasks[rows->count++]);
	return ERROR_NONE;
}

static void expect_shown(const struct task *shown, const struct task *whole)
{
	assert_int_equal(shown->id, whole->id);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (task_field_differs(field, shown, is_shown(field->name) ? whole : &task_empty))
			fail_msg("task %" PRId64 " is read with another %s", whole->id, field->name);
}

static void what_clients_see_is_read_as_it_is_of_the_whole(void **state)
{
	struct fixture *fixture = *state;
	struct task_query query = query_of(fixture, &fixture->arena, "status:all");
	static struct task tasks[TASKS];
	static struct rows whole, shown;
	unsigned seed = seed_of_run();

	whole = shown = (struct rows){ .arena = &fixture->arena };
	add_tasks(fixture, &seed, tasks);
	assert_done(task_query_each(fixture->db, &query, &fixture->arena, keep_row, &whole));
	query.want = TASK_QUERY_SHOWN;
	assert_done(task_query_each(fixture->db, &query, &fixture->arena, keep_row, &shown));
	assert_int_equal(whole.count, TASKS);
	assert_int_equal(shown.count, TASKS);
	for (size_t i = 0; i < TASKS; i++)
		expect_shown(&shown.tasks[i], &whole.tasks[i]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(random_filters_find_what_they_say),
		TEST(long_filters_find_what_they_say),
		TEST(what_was_changed_is_found_by_what_it_is),
		TEST(what_clients_see_is_read_as_it_is_of_the_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
