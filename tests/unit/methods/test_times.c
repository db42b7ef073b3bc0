/* task.time: totals over what has ended and what runs. */
#include "fixture.h"
#include "store/time_store.h"

#define HOUR INT64_C(3600)

/* 1 home, 2 work (completed), 3 none; FIXTURE_NOW is 2026-11-23T14:00:00Z. */
static void add_work(struct fixture *fixture)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"sow\",\"project\":\"home\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"write\",\"project\":\"work\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"call\"}"));
	json_decref(call_done(fixture, "task.done", "{\"id\":2}"));
	/* 22nd 22:00 to 23rd 01:00; 23rd 08:00 to 09:00; 20th 08:00 to 10:00; and another account's. */
	(void)fixture_query(fixture, "INSERT INTO task_time (account_id, task_id, started, stopped) VALUES "
				     "(1, 1, 1795442400 - 16 * 3600, 1795442400 - 13 * 3600),"
				     "(1, 2, 1795442400 - 6 * 3600, 1795442400 - 5 * 3600),"
				     "(1, 2, 1795442400 - 78 * 3600, 1795442400 - 76 * 3600),"
				     "(2, 1, 1795442400 - 6 * 3600, 1795442400 - 5 * 3600)");
	json_decref(call_done(fixture, "task.start", "{\"id\":3}"));
	fixture->now += HOUR / 2;
}

static void expect_rows(struct fixture *fixture, const char *params, const char *expected)
{
	json_t *result = call_done(fixture, "task.time", "{%s}", params);
	char *rows = json_dumps(json_object_get(result, "rows"), JSON_COMPACT);
	int64_t total = 0;

	assert_string_equal(rows, expected);
	for (size_t i = 0; i < json_array_size(json_object_get(result, "rows")); i++)
		total += json_integer_value(
			json_object_get(json_array_get(json_object_get(result, "rows"), i), "seconds"));
	assert_int_equal(integer_at(result, "total"), total);
	free(rows);
	json_decref(result);
}

static void time_is_totalled_by_task_project_and_day(void **state)
{
	struct fixture *fixture = *state;

	add_work(fixture);
	expect_rows(fixture, "",
		"[{\"id\":1,\"title\":\"sow\",\"project\":\"home\",\"seconds\":10800},"
		"{\"id\":2,\"title\":\"write\",\"project\":\"work\",\"seconds\":10800},"
		"{\"id\":3,\"title\":\"call\",\"seconds\":1800}]");
	expect_rows(fixture, "\"by\":\"project\"",
		"[{\"seconds\":1800},{\"project\":\"home\",\"seconds\":10800},{\"project\":\"work\",\"seconds\":10800}"
		"]");
	expect_rows(fixture, "\"by\":\"day\"",
		"[{\"day\":\"2026-11-20\",\"seconds\":7200},{\"day\":\"2026-11-22\",\"seconds\":7200},"
		"{\"day\":\"2026-11-23\",\"seconds\":9000}]");
	expect_rows(fixture, "\"by\":\"day\",\"timezone\":\"Europe/Berlin\"",
		"[{\"day\":\"2026-11-20\",\"seconds\":7200},{\"day\":\"2026-11-22\",\"seconds\":3600},"
		"{\"day\":\"2026-11-23\",\"seconds\":12600}]");
}

static void bounds_cut_what_lies_across_them(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_work(fixture);
	expect_rows(fixture, "\"by\":\"day\",\"from\":\"2026-11-22\",\"to\":\"2026-11-22\"",
		"[{\"day\":\"2026-11-22\",\"seconds\":7200}]");
	expect_rows(fixture, "\"by\":\"day\",\"from\":\"today\"", "[{\"day\":\"2026-11-23\",\"seconds\":9000}]");
	expect_rows(fixture, "\"by\":\"day\",\"to\":\"2026-11-22T23:30:00Z\"",
		"[{\"day\":\"2026-11-20\",\"seconds\":7200},{\"day\":\"2026-11-22\",\"seconds\":5400}]");
	/* What runs has not run into the future. */
	expect_rows(fixture, "\"from\":\"2026-11-23T14:10:00Z\",\"to\":\"tomorrow\"",
		"[{\"id\":3,\"title\":\"call\",\"seconds\":1200}]");
	result = call_done(fixture, "task.time", "{\"from\":\"2026-11-22\",\"to\":\"2026-11-22\"}");
	assert_string_equal(text_at(result, "from"), "2026-11-22T00:00:00Z");
	assert_string_equal(text_at(result, "to"), "2026-11-23T00:00:00Z");
	assert_string_equal(text_at(result, "by"), "task");
	json_decref(result);
}

static void a_filter_names_the_tasks(void **state)
{
	struct fixture *fixture = *state;

	add_work(fixture);
	expect_rows(fixture, "\"filter\":\"project:work\"",
		"[{\"id\":2,\"title\":\"write\",\"project\":\"work\",\"seconds\":10800}]");
	expect_rows(fixture, "\"filter\":\"status:pending project:work\"", "[]");
	expect_rows(fixture, "\"filter\":\"+nothing\",\"by\":\"day\"", "[]");
}

static void long_sheets_come_in_pages(void **state)
{
	struct fixture *fixture = *state;
	json_t *first;
	json_t *second;

	add_work(fixture);
	first = call_done(fixture, "task.time", "{\"limit\":2}");
	assert_int_equal(json_array_size(json_object_get(first, "rows")), 2);
	second = call_done(fixture, "task.time", "{\"limit\":2,\"cursor\":\"%s\"}", text_at(first, "next_cursor"));
	assert_int_equal(json_array_size(json_object_get(second, "rows")), 1);
	assert_int_equal(integer_at(second, "rows.0.id"), 3);
	assert_int_equal(integer_at(second, "total"), integer_at(first, "total"));
	assert_false(has_member(second, "next_cursor"));
	json_decref(first);
	json_decref(second);
}

static enum error add_up(void *context, const struct time_span *span)
{
	*(int64_t *)context += span->stopped - span->started;
	return ERROR_NONE;
}

/* As the export reads it. */
static void all_that_has_ended_is_listed_in_order(void **state)
{
	static const int64_t hours[] = { 2, 3, 1 };
	struct fixture *fixture = *state;
	int64_t sum;

	add_work(fixture);
	for (int64_t skipped = 0; skipped < 4; skipped++) {
		sum = 0;
		assert_int_equal(time_store_list(fixture->db, 1, skipped, 1, add_up, &sum), 0);
		assert_int_equal(sum, skipped < 3 ? hours[skipped] * HOUR : 0);
	}
	sum = 0;
	assert_int_equal(time_store_list(fixture->db, 1, 0, 100, add_up, &sum), 0);
	assert_int_equal(sum, 6 * HOUR);
}

static void what_is_not_understood_is_refused(void **state)
{
	static const struct {
		const char *field, *params;
	} cases[] = {
		{ "by", "\"by\":\"week\"" },
		{ "from", "\"from\":\"somewhen\"" },
		{ "to", "\"to\":\"somewhen\"" },
		{ "to", "\"from\":\"2026-11-23\",\"to\":\"2026-11-22\"" },
		{ "to", "\"from\":\"tomorrow\"" },
		{ "filter", "\"filter\":\"status:wrong\"" },
		{ "timezone", "\"timezone\":\"Nowhere/Land\"" },
		{ "cursor", "\"cursor\":\"x\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		call_refused((struct fixture *)*state, ERROR_INVALID_PARAMS, cases[i].field, "task.time", "{%s}",
			cases[i].params);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(time_is_totalled_by_task_project_and_day),
		TEST(bounds_cut_what_lies_across_them),
		TEST(a_filter_names_the_tasks),
		TEST(long_sheets_come_in_pages),
		TEST(all_that_has_ended_is_listed_in_order),
		TEST(what_is_not_understood_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
