/* Each term counts what it should; and what an index keeps of a task is its urgency until it says otherwise. */
#include "common/cleanup.h"
#include "tasks/urgency.h"

#include <inttypes.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW  INT64_C(1795442400)
#define DAY  INT64_C(86400)
#define SEED 20261124u

static struct task fresh_task(void)
{
	struct task task = task_empty;

	task.id = 1;
	task.title = "x";
	task.created = NOW;
	task.modified = NOW;
	return task;
}

static void expect_urgency(const struct task *task, const char *what, double expected)
{
	double urgency = urgency_of(task, &urgency_defaults, NOW);

	if (fabs(urgency - expected) > 1e-9)
		fail_msg("%s: %.9f instead of %.9f", what, urgency, expected);
}

/* --- term by term --- */

static void of_when_something_is_due(void **state)
{
	static const struct {
		int64_t ahead; /* seconds */
		double factor;
	} cases[] = {
		{ 100 * DAY, 0.2 },
		{ 14 * DAY + 1, 0.2 },
		{ 14 * DAY, 0.2 },
		{ 7 * DAY, 0.2 + 0.8 * 7 / 21 },
		{ 0, 0.2 + 0.8 * 14 / 21 },
		{ -1, 0.2 + 0.8 * (14 * 86400 + 1) / (21 * 86400) },
		{ -7 * DAY, 1.0 },
		{ -7 * DAY - 1, 1.0 },
		{ -1000 * DAY, 1.0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task task = fresh_task();

		task.due = NOW + cases[i].ahead;
		expect_urgency(&task, "due", 12 * cases[i].factor);
	}
}

static void of_its_age(void **state)
{
	static const struct {
		int64_t age;
		double factor;
	} cases[] = { { -DAY, 0 }, { 0, 0 }, { DAY / 2, 0.5 / 365 }, { DAY, 1.0 / 365 }, { 364 * DAY, 364.0 / 365 },
		{ 365 * DAY, 1 }, { 366 * DAY, 1 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task task = fresh_task();

		task.created = NOW - cases[i].age;
		expect_urgency(&task, "age", 2 * cases[i].factor);
	}
}

static void of_its_priority(void **state)
{
	static const double expected[] = { [TASK_PRIORITY_NONE] = 0,
		[TASK_PRIORITY_LOW] = 1.8,
		[TASK_PRIORITY_MEDIUM] = 3.9,
		[TASK_PRIORITY_HIGH] = 6 };
	struct task task = fresh_task();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		task.priority = (enum task_priority)i;
		expect_urgency(&task, "priority", expected[i]);
	}
}

static void of_how_many_tags_and_annotations_it_has(void **state)
{
	static const double expected[] = { 0, 0.8, 0.9, 1, 1 };
	static const char *tags[] = { "a", "b", "c", "d" };
	static const struct task_annotation annotations[] = { { 1, "a" }, { 2, "b" }, { 3, "c" }, { 4, "d" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		struct task task = fresh_task();

		task.tags = tags;
		task.tag_count = i;
		expect_urgency(&task, "tags", expected[i]);
		task.annotations = annotations;
		task.annotation_count = i;
		expect_urgency(&task, "annotations", 2 * expected[i]);
	}
}

static void of_what_it_is_in(void **state)
{
	static const char *tags[] = { "next" };
	struct task task = fresh_task();

	(void)state;
	task.project = "home";
	expect_urgency(&task, "project", 1);
	task = fresh_task();
	task.tags = tags;
	task.tag_count = 1;
	expect_urgency(&task, "the tag next", 15 + 0.8);
	task = fresh_task();
	task.started = NOW - 5;
	expect_urgency(&task, "active", 4);
	task = fresh_task();
	task.blockers = 2;
	expect_urgency(&task, "blocked", -5);
	task.dependents = 3;
	expect_urgency(&task, "blocked and blocking", 3);
}

static void of_whether_its_time_has_come(void **state)
{
	struct task task = fresh_task();

	(void)state;
	task.scheduled = NOW;
	expect_urgency(&task, "scheduled now", 5);
	task.scheduled = NOW + 1;
	expect_urgency(&task, "scheduled ahead", 0);
	task.wait = NOW + 1;
	expect_urgency(&task, "waiting", -3);
	task.wait = NOW;
	expect_urgency(&task, "no longer waiting", 0);
}

static void only_what_is_pending_is_urgent(void **state)
{
	static const enum task_status statuses[] = { TASK_COMPLETED, TASK_DELETED, TASK_RECURRING };
	struct task task = fresh_task();
	struct urgency_phase phase;

	(void)state;
	task.priority = TASK_PRIORITY_HIGH;
	task.due = NOW;
	task.created = NOW - DAY;
	for (size_t i = 0; i < COUNT_OF(statuses); i++) {
		task.status = statuses[i];
		expect_urgency(&task, task_status_names[statuses[i]], 0);
		phase = urgency_phase_of(&task, &urgency_defaults, NOW);
		assert_int_equal(phase.class, 0);
		assert_int_equal(phase.intercept, 0);
		assert_true(phase.change == TASK_NO_TIME);
	}
}

/* --- what an account says --- */

static const struct urgency_coefficient own[] = {
	{ "due", 1 },
	{ "age.max", 10 * URGENCY_MILLIONTHS },
	{ "user.project.home", 2 * URGENCY_MILLIONTHS },
	{ "user.project.home.garden", -500000 },
	{ "user.tag.next", 0 },
	{ "user.tag.shop", 3 * URGENCY_MILLIONTHS },
	{ "user.field.size", 7 * URGENCY_MILLIONTHS },
	{ "user.field.size.1.5", 20 * URGENCY_MILLIONTHS },
};

struct rules {
	struct arena arena;
	struct urgency_coefficients coefficients;
};

static void rules_init(struct rules *rules)
{
	arena_init(&rules->arena);
	urgency_coefficients_make(own, COUNT_OF(own), &rules->arena, &rules->coefficients);
}

static void what_the_account_says_counts_instead(void **state)
{
	static const char *tags[] = { "next", "shop" };
	static const struct {
		const char *project;
		size_t first_tag, tags;
		struct task_value value;
		double expected;
	} cases[] = {
		{ .project = "home", .expected = 1 + 2 },
		{ .project = "home.garden", .expected = 1 + 2 - 0.5 },
		{ .project = "home.garden.front", .expected = 1 + 2 - 0.5 },
		{ .project = "homework", .expected = 1 },
		{ .tags = 1, .expected = 0.8 },
		{ .tags = 1, .first_tag = 1, .expected = 0.8 + 3 },
		{ .tags = 2, .expected = 0.9 + 3 },
		{ .value = { "size", "2" }, .expected = 7 },
		{ .value = { "size", "1.5" }, .expected = 27 },
		{ .value = { "sizes", "1.5" }, .expected = 0 },
	};
	struct rules rules;

	(void)state;
	rules_init(&rules);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct task task = fresh_task();

		task.project = cases[i].project;
		task.tags = tags + cases[i].first_tag;
		task.tag_count = cases[i].tags;
		task.custom = &cases[i].value;
		task.custom_count = cases[i].value.name != NULL;
		if (fabs(urgency_of(&task, &rules.coefficients, NOW) - cases[i].expected) > 1e-9)
			fail_msg("case %zu: %f", i, urgency_of(&task, &rules.coefficients, NOW));
	}
	arena_deinit(&rules.arena);
}

static void the_parts_are_named_and_make_the_sum(void **state)
{
	static const char *tags[] = { "next" };
	static const struct urgency_part expected[] = {
		{ "project", 1, 1, 1 },
		{ "priority.L", 1, 1.8, 1.8 },
		{ "blocked", 1, -5, -5 },
		{ "tags", 0.8, 1, 0.8 },
		{ "due", 1, 12, 12 },
		{ "age", 0.2, 2, 0.4 },
		{ "user.tag.next", 1, 15, 15 },
	};
	struct task task = fresh_task();
	const struct urgency_part *parts;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	task.project = "home";
	task.priority = TASK_PRIORITY_LOW;
	task.blockers = 1;
	task.tags = tags;
	task.tag_count = 1;
	task.due = NOW - 30 * DAY;
	task.created = NOW - 73 * DAY;
	assert_int_equal(urgency_explain(&task, &urgency_defaults, NOW, &arena, &parts), COUNT_OF(expected));
	for (size_t i = 0; i < COUNT_OF(expected); i++) {
		assert_string_equal(parts[i].name, expected[i].name);
		assert_true(fabs(parts[i].factor - expected[i].factor) < 1e-9);
		assert_true(fabs(parts[i].coefficient - expected[i].coefficient) < 1e-9);
		assert_true(fabs(parts[i].product - expected[i].product) < 1e-9);
	}
	expect_urgency(&task, "all of it", 1 + 1.8 - 5 + 0.8 + 12 + 0.4 + 15);
	arena_deinit(&arena);
}

/* --- lines --- */

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

static int64_t random_time(unsigned *seed, int64_t around, int64_t days)
{
	return around + (int64_t)(next_random(seed) % (unsigned)(2 * days * DAY)) - days * DAY;
}

static struct task random_task(unsigned *seed)
{
	static const char *tags[] = { "a", "next", "shop" };
	static const struct task_value size = { "size", "1.5" };
	struct task task = fresh_task();

	task.created = random_time(seed, NOW - 200 * DAY, 250);
	task.priority = next_random(seed) % 4;
	task.blockers = next_random(seed) % 2;
	task.dependents = next_random(seed) % 2;
	task.tags = tags;
	task.tag_count = next_random(seed) % 4;
	task.project = next_random(seed) % 2 ? "home.garden" : NULL;
	task.custom = &size;
	task.custom_count = next_random(seed) % 2;
	if (next_random(seed) % 3)
		task.due = random_time(seed, NOW, 40);
	if (next_random(seed) % 3 == 0)
		task.wait = random_time(seed, NOW, 10);
	if (next_random(seed) % 3 == 0)
		task.scheduled = random_time(seed, NOW, 10);
	if (next_random(seed) % 3 == 0)
		task.started = NOW;
	return task;
}

/* At these seconds, which lie before the change, and at the very last one. */
static void expect_line(
	const struct task *task, const struct urgency_coefficients *coefficients, int64_t now, unsigned *seed)
{
	struct urgency_phase phase = urgency_phase_of(task, coefficients, now);
	int64_t end = phase.change == TASK_NO_TIME ? now + 2000 * DAY : phase.change;

	assert_true(end > now);
	assert_in_range(phase.class, 0, URGENCY_CLASS_COUNT - 1);
	for (unsigned i = 0; i < 8; i++) {
		int64_t at = i == 0 ? now : i == 1 ? end - 1 : now + next_random(seed) % (end - now);
		double line = (double)(phase.intercept + urgency_rise(phase.class, coefficients, at)) /
			      (double)URGENCY_BILLIONTHS;
		double urgency = urgency_of(task, coefficients, at);

		if (fabs(line - urgency) > 1e-6)
			fail_msg("%" PRId64 " s later the line is at %.9f, urgency at %.9f", at - now, line, urgency);
	}
}

static void the_line_is_the_urgency_until_it_changes(void **state)
{
	unsigned seed = SEED;
	struct rules rules;

	(void)state;
	rules_init(&rules);
	for (unsigned i = 0; i < 20000; i++) {
		struct task task = random_task(&seed);

		expect_line(&task, i % 2 ? &urgency_defaults : &rules.coefficients, random_time(&seed, NOW, 60), &seed);
	}
	arena_deinit(&rules.arena);
}

/* Seen at different moments of one phase, a task has the same line: so those alike are neighbours in the index. */
static void a_phase_is_the_same_whenever_it_is_seen(void **state)
{
	unsigned seed = SEED;

	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		struct task task = random_task(&seed);
		struct urgency_phase first = urgency_phase_of(&task, &urgency_defaults, NOW);
		int64_t end = first.change == TASK_NO_TIME ? NOW + 1000 * DAY : first.change;
		struct urgency_phase last = urgency_phase_of(&task, &urgency_defaults, end - 1);

		assert_int_equal(first.class, last.class);
		assert_int_equal(first.intercept, last.intercept);
		assert_true(first.change == last.change);
	}
}

static void the_rank_follows_the_clock_past_a_change(void **state)
{
	struct task task = fresh_task();

	(void)state;
	task.scheduled = NOW + 10;
	urgency_classify(&task, &urgency_defaults, NOW);
	assert_int_equal(task.urgency_change, NOW + 10);
	assert_in_range(urgency_rank(&task, &urgency_defaults, NOW + 9), 0, 1000);
	assert_in_range(urgency_rank(&task, &urgency_defaults, NOW + 10), 5 * URGENCY_BILLIONTHS,
		5 * URGENCY_BILLIONTHS + 1000);
}

static void an_age_of_no_days_is_full_at_once(void **state)
{
	static const struct urgency_coefficient no_days = { "age.max", 0 };
	struct urgency_coefficients coefficients;
	struct task task = fresh_task();
	struct arena arena;

	(void)state;
	arena_init(&arena);
	urgency_coefficients_make(&no_days, 1, &arena, &coefficients);
	assert_true(urgency_of(&task, &coefficients, NOW) == 2.0);
	urgency_classify(&task, &coefficients, NOW);
	assert_int_equal(urgency_rank(&task, &coefficients, NOW), 2 * URGENCY_BILLIONTHS);
	assert_true(task.urgency_change == TASK_NO_TIME);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_when_something_is_due),
		cmocka_unit_test(of_its_age),
		cmocka_unit_test(of_its_priority),
		cmocka_unit_test(of_how_many_tags_and_annotations_it_has),
		cmocka_unit_test(of_what_it_is_in),
		cmocka_unit_test(of_whether_its_time_has_come),
		cmocka_unit_test(only_what_is_pending_is_urgent),
		cmocka_unit_test(what_the_account_says_counts_instead),
		cmocka_unit_test(the_parts_are_named_and_make_the_sum),
		cmocka_unit_test(the_line_is_the_urgency_until_it_changes),
		cmocka_unit_test(a_phase_is_the_same_whenever_it_is_seen),
		cmocka_unit_test(the_rank_follows_the_clock_past_a_change),
		cmocka_unit_test(an_age_of_no_days_is_full_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
