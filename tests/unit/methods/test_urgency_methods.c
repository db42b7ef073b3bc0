/* Urgency is shown and explained, and its coefficients are an account's own. */
#include "fixture.h"

#include "common/cleanup.h"
#include "tasks/urgency.h"

#include <math.h>

#define DAY 86400

static double urgency_at(const json_t *result)
{
	const json_t *task = json_object_get(result, "task");
	const json_t *urgency = json_object_get(task ? task : result, "urgency");

	assert_true(json_is_number(urgency));
	return json_number_value(urgency);
}

static double get(struct fixture *fixture)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":1}");
	double urgency = urgency_at(result);

	json_decref(result);
	return urgency;
}

static void expect_near(double value, double expected)
{
	if (fabs(value - expected) > 1e-9)
		fail_msg("%f instead of %f", value, expected);
}

/* A coefficient of urgency.list; NULL: it is not there. */
static const json_t *find(const json_t *result, const char *name)
{
	const json_t *item;
	size_t i;

	json_array_foreach (json_object_get(result, "coefficients"), i, item)
		if (strcmp(json_string_value(json_object_get(item, "name")), name) == 0)
			return item;
	return NULL;
}

static void expect_coefficient(const json_t *result, const char *name, double value, double usual, bool is_own)
{
	const json_t *item = find(result, name);

	assert_non_null(item);
	expect_near(json_number_value(json_object_get(item, "value")), value);
	expect_near(json_number_value(json_object_get(item, "default")), usual);
	assert_int_equal(json_is_true(json_object_get(item, "own")), is_own);
}

static void every_answer_with_a_pending_task_has_its_urgency(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "task.add", "{\"title\":\"x\",\"priority\":\"H\",\"project\":\"p\"}");

	expect_near(urgency_at(result), 7);
	json_decref(result);
	result = call_done(fixture, "task.add", "{\"title\":\"x\",\"priority\":\"L\",\"dry_run\":true}");
	expect_near(urgency_at(result), 1.8);
	json_decref(result);
	result = call_done(fixture, "task.modify", "{\"id\":1,\"priority\":\"M\"}");
	expect_near(urgency_at(json_array_get(json_object_get(result, "tasks"), 0)), 4.9);
	json_decref(result);
	result = call_done(fixture, "task.list", "{}");
	expect_near(urgency_at(json_array_get(json_object_get(result, "tasks"), 0)), 4.9);
	json_decref(result);
	fixture->now += 365 * DAY / 3;
	expect_near(get(fixture), 4.9 + 0.667);
	json_decref(call_done(fixture, "task.done", "{\"id\":1}"));
	result = call_done(fixture, "task.get", "{\"id\":1}");
	assert_false(has_member(result, "task.urgency"));
	json_decref(result);
}

static void its_terms_are_told_when_asked_for(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	json_decref(call_done(fixture, "task.add",
		"{\"title\":\"x\",\"priority\":\"L\",\"tags\":[\"next\"],\"due\":\"2026-11-30T14:00:00Z\"}"));
	result = call_done(fixture, "task.get", "{\"id\":1}");
	assert_false(has_member(result, "urgency_terms"));
	json_decref(result);
	result = call_done(fixture, "task.get", "{\"id\":1,\"explain\":true}");
	assert_string_equal(text_at(result, "urgency_terms.0.name"), "priority.L");
	assert_string_equal(text_at(result, "urgency_terms.1.name"), "tags");
	assert_string_equal(text_at(result, "urgency_terms.2.name"), "due");
	assert_string_equal(text_at(result, "urgency_terms.3.name"), "user.tag.next");
	assert_false(has_member(result, "urgency_terms.4"));
	json_decref(result);
}

/* What the row says is what the task as it was stored says. */
static void the_phase_is_stored_with_every_change(void **state)
{
	static const char columns[] = "SELECT urgency_class * 1000 + urgency_intercept / 1000000000 AS value FROM task";
	struct fixture *fixture = *state;

	json_decref(call_done(fixture, "urgency.set", "{\"name\":\"age.max\",\"value\":0}"));
	json_decref(call_done(
		fixture, "task.add", "{\"title\":\"x\",\"priority\":\"H\",\"scheduled\":\"2026-11-23T14:01:00Z\"}"));
	assert_int_equal(fixture_query(fixture, columns), 6 + 2);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_change AS value FROM task"), FIXTURE_NOW + 60);
	fixture->now += 61;
	json_decref(call_done(fixture, "task.start", "{\"id\":1}"));
	assert_int_equal(fixture_query(fixture, columns), 6 + 2 + 5 + 4);
	assert_int_equal(fixture_query(fixture, "SELECT coalesce(urgency_change, -1) AS value FROM task"), -1);
	json_decref(call_done(fixture, "task.done", "{\"id\":1}"));
	assert_int_equal(fixture_query(fixture, columns), 0);
}

static void coefficients_are_set_and_given_back(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "urgency.list", "{}");

	expect_coefficient(result, "due", 12, 12, false);
	expect_coefficient(result, "user.tag.next", 15, 15, false);
	json_decref(result);
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\",\"priority\":\"H\",\"tags\":[\"shop\"]}"));
	expect_near(get(fixture), 6.8);
	result = call_done(fixture, "urgency.set", "{\"name\":\"user.tag.shop\",\"value\":-2.5}");
	expect_near(json_number_value(json_object_get(json_object_get(result, "coefficient"), "value")), -2.5);
	json_decref(result);
	json_decref(call_done(fixture, "urgency.set", "{\"name\":\"priority.H\",\"value\":1}"));
	expect_near(get(fixture), 1 + 0.8 - 2.5);
	assert_int_equal(fixture_query(fixture, "SELECT urgency_intercept < 0 AS value FROM task"), 1);
	result = call_done(fixture, "urgency.list", "{}");
	expect_coefficient(result, "priority.H", 1, 6, true);
	expect_coefficient(result, "user.tag.shop", -2.5, 0, true);
	json_decref(result);
	json_decref(call_done(fixture, "urgency.set", "{\"name\":\"user.tag.shop\",\"value\":null}"));
	json_decref(call_done(fixture, "urgency.set", "{\"name\":\"user.tag.shop\",\"value\":null}"));
	expect_near(get(fixture), 1.8);
	result = call_done(fixture, "urgency.list", "{}");
	assert_null(find(result, "user.tag.shop"));
	json_decref(result);
	fixture_become(fixture, 2);
	result = call_done(fixture, "urgency.list", "{}");
	expect_coefficient(result, "priority.H", 6, 6, false);
	json_decref(result);
}

static void what_makes_no_sense_is_refused(void **state)
{
	call_refused(*state, ERROR_INVALID_PARAMS, "name", "urgency.set", "{\"name\":\"dew\",\"value\":1}");
	call_refused(*state, ERROR_INVALID_PARAMS, "value", "urgency.set", "{\"name\":\"due\",\"value\":1001}");
	call_refused(*state, ERROR_INVALID_PARAMS, "value", "urgency.set", "{\"name\":\"due\",\"value\":\"1\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "value", "urgency.set", "{\"name\":\"due\"}");
}

static void many_tasks_are_classified_in_the_pool(void **state)
{
	struct fixture *fixture = *state;

	for (unsigned i = 0; i < 300; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"x\",\"priority\":\"H\"}"));
	fixture->place = REQUEST_ON_LOOP;
	assert_null(fixture_call(fixture, "urgency.set", "{\"name\":\"priority.H\",\"value\":-100}"));
	assert_true(fixture->was_deferred);
	fixture->place = REQUEST_IN_POOL;
	json_decref(call_done(fixture, "urgency.set", "{\"name\":\"priority.H\",\"value\":-100}"));
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE urgency_intercept < 0"), 300);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_answer_with_a_pending_task_has_its_urgency),
		TEST(its_terms_are_told_when_asked_for),
		TEST(the_phase_is_stored_with_every_change),
		TEST(coefficients_are_set_and_given_back),
		TEST(what_makes_no_sense_is_refused),
		TEST(many_tasks_are_classified_in_the_pool),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
