/* What a filter finds in the database is what it says of each task. */
#include "fixture.h"

#include "common/cleanup.h"
#include "store/task_query.h"
#include "store/task_store.h"

#define TASKS       400
#define NOW         FIXTURE_NOW
#define SEED        20261123u
#define FOUND_LIMIT TASKS

static const char *const filters[] = {
	"",
	"status:all",
	"status:pending",
	"status:waiting",
	"status:completed",
	"status:deleted",
	"project:",
	"project:home",
	"project:home.garden",
	"project:hom",
	"project:none.such",
	"+a",
	"+a +b",
	"+a -b",
	"-a",
	"-a -b -c",
	"+a -a",
	"+nowhere",
	"project:home +a",
	"project:home project:work",
	"project:home -a status:all",
	"project: +c status:completed",
	"status:waiting +a",
	"status:waiting project:home",
	"status:pending status:completed",
	"1-50",
	"3,9,27,81,243,300-310",
	"1-400 +a",
	"1-400 project:work.office -b",
	"1-400 status:completed",
	"1-400 project:",
	"1-400 project:home",
	"1-400 project:home.garden +ab",
	"1-400 -ab -ca",
	"+ab +ca",
	"+a -ab",
	"399-410",
	"5 6",
};

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static struct task random_task(struct fixture *fixture, unsigned *seed)
{
	/* Some begin, end or go around another. */
	static const char *const projects[] = { NULL, "home", "home.garden", "homework", "home-work", "home/", "x",
		"work", "work.office" };
	static const char *const tags[] = { "a", "ab", "b", "c", "ca" };
	static const enum task_status statuses[] = { TASK_PENDING, TASK_PENDING, TASK_COMPLETED, TASK_DELETED };
	struct task task = task_empty;

	task.project = projects[next_random(seed) % COUNT_OF(projects)];
	task.status = statuses[next_random(seed) % 4];
	task.tags = arena_alloc(&fixture->arena, sizeof(tags));
	for (size_t i = 0; i < COUNT_OF(tags); i++)
		if (next_random(seed) % 2)
			task.tags[task.tag_count++] = tags[i];
	if (next_random(seed) % 4 == 0)
		task.wait = NOW - 2 + next_random(seed) % 5;
	return task;
}

/* --- what a filter says of one task --- */

static bool is_below(const char *project, const char *wanted)
{
	size_t length = strlen(wanted);

	if (!project || !length)
		return !project && !length;
	return strncmp(project, wanted, length) == 0 && (!project[length] || project[length] == '.');
}

static bool names_task(const struct filter *filter, const struct task *task)
{
	for (size_t i = 0; i < filter->ref_count; i++)
		if (filter->refs[i].id == task->id)
			return true;
	return false;
}

static bool holds(const struct filter *filter, const struct task *task)
{
	switch (filter->kind) {
	case FILTER_ALL:
		return true;
	case FILTER_AND:
		return holds(filter->left, task) && holds(filter->right, task);
	case FILTER_PROJECT:
		return is_below(task->project, filter->text);
	case FILTER_TAG:
		return task_has_tag(task, filter->text);
	case FILTER_NO_TAG:
		return !task_has_tag(task, filter->text);
	case FILTER_STATUS:
		return task->status == filter->status && !task_is_waiting(task, NOW);
	case FILTER_WAITING:
		return task_is_waiting(task, NOW);
	case FILTER_IDS:
		return names_task(filter, task);
	}
	return false;
}

static bool is_wanted(const struct filter *filter, const struct task *task)
{
	bool is_in_scope = filter_names_scope(filter) || (task->status == TASK_PENDING && !task_is_waiting(task, NOW));

	return is_in_scope && holds(filter, task);
}

/* --- what the database finds --- */

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

static struct task_query query_of(struct fixture *fixture, const char *text)
{
	struct task_query query = { .account_id = ANN, .now = NOW };

	assert_done(filter_parse(text, strlen(text), &fixture->arena, &query.filter, &fixture->refusal));
	return query;
}

static void expect_found(struct fixture *fixture, const struct task *tasks, const char *text)
{
	struct task_query query = query_of(fixture, text);
	struct found found = { .count = 0 };
	int64_t counted;
	size_t expected = 0;

	assert_done(task_query_each(fixture->db, &query, &fixture->arena, on_row, &found));
	for (size_t i = 0; i < TASKS; i++) {
		if (!is_wanted(query.filter, &tasks[i]))
			continue;
		if (expected >= found.count || found.ids[expected] != tasks[i].id)
			fail_msg("`%s` does not find task %d in its place", text, (int)tasks[i].id);
		expected++;
	}
	if (found.count != expected)
		fail_msg("`%s` finds %zu tasks instead of %zu", text, found.count, expected);
	assert_done(task_query_count(fixture->db, &query, &fixture->arena, &counted));
	assert_int_equal(counted, expected);
}

static void expect_pages(struct fixture *fixture, const char *text)
{
	struct task_query query = query_of(fixture, text);
	struct found whole = { .count = 0 }, paged = { .count = 0 };
	size_t before;

	assert_done(task_query_each(fixture->db, &query, &fixture->arena, on_row, &whole));
	query.limit = 7;
	do {
		before = paged.count;
		assert_done(task_query_each(fixture->db, &query, &fixture->arena, on_row, &paged));
		assert_true(paged.count - before <= 7);
		query.after_id = paged.count ? paged.ids[paged.count - 1] : 0;
	} while (paged.count > before);
	assert_int_equal(paged.count, whole.count);
	assert_memory_equal(paged.ids, whole.ids, whole.count * sizeof(whole.ids[0]));
}

/* Ann's tasks, with as many of Bob's between them. */
static void add_tasks(struct fixture *fixture, struct task *ret_tasks)
{
	unsigned seed = SEED;

	assert_done(db_begin(fixture->db));
	for (size_t i = 0; i < TASKS; i++) {
		struct task like = random_task(fixture, &seed);

		ret_tasks[i] = fixture_add_task(fixture, ANN, &like);
		like = random_task(fixture, &seed);
		(void)fixture_add_task(fixture, BOB, &like);
	}
	assert_done(db_commit(fixture->db));
}

static void every_filter_finds_what_it_says(void **state)
{
	static struct task tasks[TASKS];

	add_tasks(*state, tasks);
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++)
		expect_found(*state, tasks, filters[i]);
}

static void pages_together_are_the_whole(void **state)
{
	static struct task tasks[TASKS];

	add_tasks(*state, tasks);
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++)
		expect_pages(*state, filters[i]);
}

/* Labels follow the tasks: found by what it is now, no longer by what it was. */
static void what_was_changed_is_found_by_what_it_is(void **state)
{
	static const struct {
		const char *project, *tag;
		enum task_status status;
	} changes[] = {
		{ "work.office", "b", TASK_PENDING },
		{ "work", "b", TASK_COMPLETED },
		{ NULL, NULL, TASK_COMPLETED },
		{ "home.garden", "a", TASK_DELETED },
		{ "homework", "c", TASK_PENDING },
	};
	struct fixture *fixture = *state;
	static struct task tasks[TASKS];

	add_tasks(fixture, tasks);
	assert_done(db_begin(fixture->db));
	for (size_t i = 0; i < TASKS; i++) {
		struct task after = tasks[i];
		size_t change = i % (sizeof(changes) / sizeof(*changes));

		after.project = changes[change].project;
		after.tag_count = changes[change].tag ? 1 : 0;
		after.tags = arena_alloc(&fixture->arena, sizeof(*after.tags));
		after.tags[0] = changes[change].tag;
		after.status = changes[change].status;
		assert_done(task_store_update(fixture->db, ANN, &tasks[i], &after));
		tasks[i] = after;
	}
	assert_done(db_commit(fixture->db));
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++)
		expect_found(fixture, tasks, filters[i]);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_filter_finds_what_it_says),
		TEST(pages_together_are_the_whole),
		TEST(what_was_changed_is_found_by_what_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
