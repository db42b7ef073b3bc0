/* Urgency over the wire: lists by it, what it is the sum of, and what an account makes of it. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

#define TASKS 60

static void add_tasks(struct line_client *client, const struct person *person)
{
	static const char *const priorities[] = { "L", "H", "M" };
	static const char *const dues[] = { FUTURE, PAST };

	for (int i = 0; i < TASKS; i++)
		json_decref(task_calls_add(
			client, person_params(person, "{s:s,s:s,s:s,s:[s]}", "title", "x", "priority",
					priorities[i % 3], "due", dues[i % 2], "tags", i % 7 ? "some" : "few")));
}

static double urgency_of(const json_t *task)
{
	const json_t *urgency = json_object_get(task, "urgency");

	assert_true(json_is_number(urgency));
	return json_number_value(urgency);
}

/* The ids in the order of the list; each page's limit is 7. Gives how many. */
static size_t list_all(struct line_client *client, const struct person *person, const char *filter, const char *sort,
	double ret_urgencies[TASKS])
{
	json_t *page = line_client_result(client, "task.list",
		person_params(person, "{s:s,s:s,s:i}", "filter", filter, "sort", sort, "limit", 7));
	size_t count = 0;

	for (;;) {
		json_t *task;
		size_t i;
		json_auto_t *before = page;

		json_array_foreach (json_object_get(page, "tasks"), i, task)
			ret_urgencies[count++] = urgency_of(task);
		if (!json_object_get(page, "next_cursor"))
			return count;
		page = line_client_result(client, "task.list",
			person_params(
				person, "{s:O,s:i}", "cursor", json_object_get(before, "next_cursor"), "limit", 7));
	}
}

static void a_list_by_urgency_falls_from_page_to_page(void **state)
{
	static const char *const filters[] = { "", "+some", "+few", "status:all", "pri:H" };
	static const size_t counts[] = { TASKS, TASKS - 9, 9, TASKS, TASKS / 3 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	double urgencies[TASKS] = { 0 };

	task_calls_open(state, &client, &ann);
	add_tasks(&client, &ann);
	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		assert_int_equal(list_all(&client, &ann, filters[i], "urgency-", urgencies), counts[i]);
		for (size_t j = 1; j < counts[i]; j++)
			assert_true(urgencies[j - 1] >= urgencies[j]);
		assert_int_equal(list_all(&client, &ann, filters[i], "urgency+", urgencies), counts[i]);
		for (size_t j = 1; j < counts[i]; j++)
			assert_true(urgencies[j - 1] <= urgencies[j]);
	}
}

static void a_cursor_brings_its_order_along(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *page = NULL;
	json_t *cursor;

	task_calls_open(state, &client, &ann);
	add_tasks(&client, &ann);
	page = line_client_result(
		&client, "task.list", person_params(&ann, "{s:s,s:i}", "sort", "due+,title-", "limit", 1));
	cursor = json_object_get(page, "next_cursor");
	line_client_refused(&client, "task.list", person_params(&ann, "{s:O,s:s}", "cursor", cursor, "sort", "due+"),
		"invalid_params", "sort");
	line_client_refused(
		&client, "task.list", person_params(&ann, "{s:s}", "sort", "dew+"), "invalid_params", "sort");
}

static void coefficients_change_the_order_for_their_account_alone(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 }, bob = { 0 };
	json_auto_t *page = NULL;
	json_auto_t *list = NULL;

	task_calls_open(state, &client, &ann);
	person_join_new(&bob, &client);
	add_tasks(&client, &ann);
	add_tasks(&client, &bob);
	json_decref(line_client_result(
		&client, "urgency.set", person_params(&ann, "{s:s,s:i}", "name", "user.tag.few", "value", 1000)));
	page = line_client_result(
		&client, "task.list", person_params(&ann, "{s:s,s:i}", "sort", "urgency-", "limit", 1));
	expect_member(json_array_get(json_object_get(page, "tasks"), 0), "tags", "[\"few\"]");
	assert_true(urgency_of(json_array_get(json_object_get(page, "tasks"), 0)) > 1000);
	list = line_client_result(&client, "urgency.list", person_params(&bob, "{}"));
	for (size_t i = 0; i < json_array_size(json_object_get(list, "coefficients")); i++)
		expect_absent(json_array_get(json_object_get(list, "coefficients"), i), "own");
	line_client_refused(&client, "urgency.set", person_params(&ann, "{s:s,s:f}", "name", "due", "value", 0.0000001),
		"invalid_params", "value");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_list_by_urgency_falls_from_page_to_page),
		cmocka_unit_test(a_cursor_brings_its_order_along),
		cmocka_unit_test(coefficients_change_the_order_for_their_account_alone),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
