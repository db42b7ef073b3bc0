/* What the rows count of their relatives is right after anything. */
#include "relation_calls.h"

#include "common/cleanup.h"

static void counts_are_no_change_of_the_task_but_of_its_urgency(void **state)
{
	struct fixture *fixture = *state;

	add_with(fixture, 2, "");
	(void)fixture_query(fixture, "UPDATE task SET urgency_change = 77");
	modify(fixture, 2, "\"depends\":[1],\"parent\":null");
	expect_member(fixture, 1, "version", "1");
	expect_member(fixture, 2, "version", "2");
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM history"), 3);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 1"), 0);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 2"), 0);
	(void)fixture_query(fixture, "UPDATE task SET urgency_change = 77");
	add_with(fixture, 1, ",\"depends\":[1]"); /* one more dependent is nothing new to its urgency */
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 1"), 77);
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task WHERE id = 2"), 0);
}

static unsigned random_below(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 8) % limit;
}

#define RANDOM_TASKS 14

/* The text with ids in the place of # and @. */
static void write_ids(const char *text, unsigned one, unsigned other, char *ret_text, size_t size)
{
	size_t length = 0;

	ret_text[0] = '\0';
	for (; *text; text++)
		if (*text == '#' || *text == '@')
			length += (size_t)snprintf(ret_text + length, size - length, "%u", *text == '#' ? one : other);
		else
			length += (size_t)snprintf(ret_text + length, size - length, "%c", *text);
}

/* Any change of any tasks; what is refused changes nothing. */
static void change_anything(struct fixture *fixture, unsigned *seed)
{
	static const struct {
		const char *method, *more;
	} acts[] = {
		{ "task.done", "" },
		{ "task.done", ",\"children\":\"complete\"" },
		{ "task.done", ",\"children\":\"keep\"" },
		{ "task.delete", ",\"children\":\"keep\"" },
		{ "task.delete", ",\"children\":\"delete\"" },
		{ "task.restore", "" },
		{ "task.restore", "" },
		{ "task.modify", ",\"parent\":null" },
		{ "task.modify", ",\"depends\":null" },
		{ "task.modify", ",\"parent\":#" },
		{ "task.modify", ",\"depends\":[#,@]" },
		{ "task.modify", ",\"add_depends\":[#]" },
		{ "task.modify", ",\"remove_depends\":[#]" },
		{ "task.modify", ",\"add_depends\":[#],\"parent\":@" },
		{ "task.start", "" },
	};
	static const char *const reversals[] = { "history.undo", "history.redo" };
	unsigned act = random_below(seed, COUNT_OF(acts));
	unsigned one = 1 + random_below(seed, RANDOM_TASKS), other = 1 + random_below(seed, RANDOM_TASKS);
	unsigned first = 1 + random_below(seed, RANDOM_TASKS), last = first + random_below(seed, 4);
	char more[128];

	if (random_below(seed, 6) == 0) {
		json_decref(fixture_call(fixture, reversals[random_below(seed, 2)], "{\"steps\":%u}", one % 4 + 1));
		return;
	}
	write_ids(acts[act].more, one, other, more, sizeof(more));
	json_decref(fixture_call(fixture, acts[act].method, "{\"filter\":\"%u-%u\"%s}", first, last, more));
}

static bool has_cycle(struct fixture *fixture)
{
	return fixture_query(fixture,
		"SELECT value FROM (WITH RECURSIVE needs(task, need) AS ("
		"  SELECT task_id, on_id FROM task_dependency UNION SELECT parent, id FROM task WHERE parent IS NOT "
		"NULL"
		"), reached(task, need) AS ("
		"  SELECT task, need FROM needs UNION SELECT reached.task, needs.need FROM reached"
		"  JOIN needs ON needs.task = reached.need"
		") SELECT COUNT(*) AS value FROM reached WHERE task = need)");
}

static void counts_equal_a_recount_after_any_changes(void **state)
{
	struct fixture *fixture = *state;
	unsigned seed = 1;
	unsigned done = 0;

	add_with(fixture, RANDOM_TASKS, "");
	for (int i = 0; i < 700; i++) {
		change_anything(fixture, &seed);
		assert_true(fixture->refusal.error == ERROR_NONE || fixture->refusal.error == ERROR_CONFLICT ||
			    fixture->refusal.error == ERROR_NOT_FOUND ||
			    fixture->refusal.error == ERROR_INVALID_PARAMS);
		done += fixture->refusal.error == ERROR_NONE;
		expect_right_counts(fixture);
	}
	assert_false(has_cycle(fixture));
	assert_true(done > 300);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(counts_are_no_change_of_the_task_but_of_its_urgency),
		EACH(counts_equal_a_recount_after_any_changes),
	};
#undef EACH

	return cmocka_run_group_tests(tests, NULL, NULL);
}
