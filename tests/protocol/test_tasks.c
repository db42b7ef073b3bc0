/* Tasks over the wire: what is added comes back, and lists find what they should. */
#include "task_calls.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

/* --- add and get --- */

static void a_task_comes_back_as_it_was_given(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;
	json_auto_t *again = NULL;

	task_calls_open(state, &client, &ann);
	task = task_calls_add(&client,
		person_params(&ann, "{s:s,s:s,s:s,s:[s,s,s],s:s,s:s,s:s}", "title", "Buy milk \xe7\x89\x9b\xe5\xa5\xb6",
			"note", "two\nlines", "project", "home.kitchen", "tags", "shop", "food", "shop", "priority",
			"H", "due", "2101-01-02T05:04:05+02:00", "wait", PAST));
	expect_member(task, "id", "1");
	expect_member(task, "title", "\"Buy milk \xe7\x89\x9b\xe5\xa5\xb6\"");
	expect_member(task, "note", "\"two\\nlines\"");
	expect_member(task, "project", "\"home.kitchen\"");
	expect_member(task, "tags", "[\"food\",\"shop\"]");
	expect_member(task, "priority", "\"H\"");
	expect_member(task, "due", "\"" FUTURE "\"");
	expect_member(task, "wait", "\"" PAST "\"");
	expect_member(task, "status", "\"pending\"");
	expect_member(task, "version", "1");
	expect_absent(task, "waiting");
	expect_absent(task, "started");
	assert_string_equal(text_at(task, "created"), text_at(task, "modified"));
	again = task_calls_get(&client, &ann, 1);
	expect_same_task(task, again);
}

static void a_task_is_found_by_its_uuid_and_by_the_beginning_of_it(void **state)
{
	static const size_t lengths[] = { 8, 9, 20, 36 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;

	task_calls_open(state, &client, &ann);
	task = task_calls_add(&client, person_params(&ann, "{s:s}", "title", "one"));
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		json_auto_t *found = task_calls_task(line_client_result(&client, "task.get",
			person_params(&ann, "{s:o}", "id", json_stringn(text_at(task, "uuid"), lengths[i]))));

		expect_same_task(task, found);
	}
	line_client_refused(&client, "task.get",
		person_params(&ann, "{s:o}", "id", json_stringn(text_at(task, "uuid"), 7)), "invalid_params", "id");
}

static void ids_count_up_for_each_account_and_none_is_given_twice(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };

	task_calls_open(state, &client, &ann);
	person_join_new(&bob, &client);
	assert_int_equal(person_add_task(&ann, &client, "first"), 1);
	assert_int_equal(person_add_task(&ann, &client, "second"), 2);
	json_decref(task_calls_change(&client, &ann, "task.delete", 2));
	assert_int_equal(person_add_task(&ann, &client, "third"), 3);
	assert_int_equal(person_add_task(&bob, &client, "first"), 1);
}

static void a_bad_value_is_refused_by_the_name_of_its_field(void **state)
{
	static const struct {
		const char *params, *field;
	} cases[] = {
		{ "{}", "title" },
		{ "{\"title\":\"\"}", "title" },
		{ "{\"title\":\" \"}", "title" },
		{ "{\"title\":null}", "title" },
		{ "{\"title\":7}", "title" },
		{ "{\"title\":\"two\\nlines\"}", "title" },
		{ "{\"title\":\"\\u001b[2J\"}", "title" },
		{ "{\"title\":\"x\",\"titel\":\"y\"}", "titel" },
		{ "{\"title\":\"x\",\"note\":\"\\u0007\"}", "note" },
		{ "{\"title\":\"x\",\"project\":\"\"}", "project" },
		{ "{\"title\":\"x\",\"project\":\"a..b\"}", "project" },
		{ "{\"title\":\"x\",\"project\":[\"a\"]}", "project" },
		{ "{\"title\":\"x\",\"tags\":\"a\"}", "tags" },
		{ "{\"title\":\"x\",\"tags\":[1]}", "tags" },
		{ "{\"title\":\"x\",\"tags\":[\"a b\"]}", "tags" },
		{ "{\"title\":\"x\",\"tags\":[\"\"]}", "tags" },
		{ "{\"title\":\"x\",\"priority\":\"h\"}", "priority" },
		{ "{\"title\":\"x\",\"priority\":1}", "priority" },
		{ "{\"title\":\"x\",\"due\":\"2026-02-30T00:00:00Z\"}", "due" },
		{ "{\"title\":\"x\",\"due\":1795000000}", "due" },
		{ "{\"title\":\"x\",\"wait\":\"\"}", "wait" },
		{ "{\"title\":\"x\",\"dry_run\":1}", "dry_run" },
		{ "{\"title\":\"x\",\"timezone\":7}", "timezone" },
		{ "{\"title\":\"x\",\"idempotency_key\":\"\"}", "idempotency_key" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *params = json_loads(cases[i].params, 0, NULL);

		assert_non_null(params);
		json_object_set_new(params, "access_token", json_string(ann.access_token));
		line_client_refused(&client, "task.add", params, "invalid_params", cases[i].field);
	}
	assert_int_equal(task_calls_count(&client, &ann, "status:all"), 0);
}

static void dates_that_are_not_understood_are_refused_with_a_caret_and_an_example(void **state)
{
	static const struct {
		const char *text, *caret;
	} words[] = {
		{ "tomorow", "\ntomorow\n^" },
		{ "fri 25:00", "\nfri 25:00\n    ^" },
		{ "05/04/2026", "\n05/04/2026\n^" },
		{ "eom - 1parsec", "\neom - 1parsec\n       ^" },
	};
	static const char *const fields[] = { "due", "wait" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(words) * COUNT_OF(fields); i++) {
		const char *field = fields[i % COUNT_OF(fields)];
		json_auto_t *error = line_client_error(&client, "task.add",
			person_params(&ann, "{s:s,s:s}", "title", "x", field, words[i / COUNT_OF(fields)].text),
			"invalid_params");

		assert_string_equal(text_at(json_object_get(error, "data"), "field"), field);
		assert_non_null(strstr(text_at(error, "message"), "2026-11-23 14:00"));
		assert_non_null(strstr(text_at(error, "message"), words[i / COUNT_OF(fields)].caret));
	}
}

/* The sandbox leaves zoneinfo readable: each zone is first read when a request names it. */
static void dates_are_read_in_the_zone_that_a_request_names(void **state)
{
	static const struct {
		const char *zone, *due;
	} rows[] = {
		{ "UTC", "2101-05-04T23:59:59Z" },
		{ "Europe/Berlin", "2101-05-04T21:59:59Z" },
		{ "America/New_York", "2101-05-05T03:59:59Z" },
		{ "Asia/Kolkata", "2101-05-04T18:29:59Z" },
		{ "Pacific/Apia", "2101-05-04T10:59:59Z" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *error = NULL;

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		json_auto_t *task = task_calls_add(&client, person_params(&ann, "{s:s,s:s,s:s}", "title", "x",
								    "timezone", rows[i].zone, "due", "2101-05-04"));

		assert_string_equal(text_at(task, "due"), rows[i].due);
	}
	error = line_client_error(&client, "task.add",
		person_params(&ann, "{s:s,s:s,s:s}", "title", "x", "timezone", "berlin", "due", "today"),
		"invalid_params");
	assert_string_equal(text_at(json_object_get(error, "data"), "field"), "timezone");
	assert_non_null(strstr(text_at(error, "message"), "did you mean `Europe/Berlin`"));
}

static void long_values_are_taken_up_to_their_limit(void **state)
{
	static const struct {
		const char *field;
		size_t limit;
	} cases[] = { { "title", 1024 }, { "note", (size_t)256 * 1024 }, { "project", 255 } };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		AUTO_FREE char *text = memory_alloc(cases[i].limit + 2);
		json_t *params = person_params(&ann, "{s:s}", "title", "x");

		memset(text, 'x', cases[i].limit + 1);
		text[cases[i].limit + 1] = '\0';
		json_object_set_new(params, cases[i].field, json_string(text));
		line_client_refused(&client, "task.add", json_incref(params), "invalid_params", cases[i].field);
		text[cases[i].limit] = '\0';
		json_object_set_new(params, cases[i].field, json_string(text));
		json_decref(line_client_result(&client, "task.add", params));
	}
}

/* --- list and count --- */

static json_t *list_page(struct line_client *client, json_t *params)
{
	return line_client_result(client, "task.list", params);
}

/* All ids of the pages, in their order, held against 1, 2, 3 … */
static void a_list_comes_in_pages_and_each_task_once(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_FREE char *cursor = NULL;
	json_int_t next = 1;
	int pages = 0;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 25; i++)
		(void)person_add_task(&ann, &client, "one of many");
	do {
		json_auto_t *page = list_page(
			&client, cursor ? person_params(&ann, "{s:i,s:s}", "limit", 10, "cursor", cursor)
					: person_params(&ann, "{s:i,s:s}", "limit", 10, "filter", "status:all"));
		const json_t *tasks = json_object_get(page, "tasks");
		const json_t *more = json_object_get(page, "next_cursor");

		for (size_t i = 0; i < json_array_size(tasks); i++)
			assert_int_equal(integer_at(json_array_get(tasks, i), "id"), next++);
		free(cursor);
		cursor = more ? memory_strdup(json_string_value(more)) : NULL;
		pages++;
	} while (cursor);
	assert_int_equal(next, 26);
	assert_int_equal(pages, 3);
}

static void a_page_that_ends_the_list_has_no_cursor(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *page = NULL;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	page = list_page(&client, person_params(&ann, "{s:i}", "limit", 3));
	assert_int_equal(json_array_size(json_object_get(page, "tasks")), 3);
	expect_absent(page, "next_cursor");
}

static void a_page_ends_at_half_a_mebibyte(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_FREE char *note = memory_alloc(200001);
	json_auto_t *page = NULL;
	json_auto_t *rest = NULL;

	task_calls_open(state, &client, &ann);
	memset(note, 'n', 200000);
	note[200000] = '\0';
	for (int i = 0; i < 5; i++)
		json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "long", "note", note)));
	page = list_page(&client, person_params(&ann, "{}"));
	assert_int_equal(json_array_size(json_object_get(page, "tasks")), 3);
	rest = list_page(&client, person_params(&ann, "{s:s}", "cursor", text_at(page, "next_cursor")));
	assert_int_equal(json_array_size(json_object_get(rest, "tasks")), 2);
}

static void a_cursor_is_taken_whole_and_alone(void **state)
{
	static const char *const broken[] = { "", "x", "e30", "eyJhIjoxfQ", "////", "=" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *page = NULL;
	AUTO_FREE char *cursor = NULL;

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "first");
	(void)person_add_task(&ann, &client, "second");
	page = list_page(&client, person_params(&ann, "{s:i}", "limit", 1));
	cursor = memory_strdup(text_at(page, "next_cursor"));
	line_client_refused(&client, "task.list", person_params(&ann, "{s:s,s:s}", "cursor", cursor, "filter", "+x"),
		"invalid_params", "filter");
	cursor[strlen(cursor) - 1] = '\0';
	line_client_refused(
		&client, "task.list", person_params(&ann, "{s:s}", "cursor", cursor), "invalid_params", "cursor");
	for (size_t i = 0; i < COUNT_OF(broken); i++)
		line_client_refused(&client, "task.list", person_params(&ann, "{s:s}", "cursor", broken[i]),
			"invalid_params", "cursor");
}

static void a_limit_is_between_one_and_a_thousand(void **state)
{
	static const int limits[] = { 0, -1, 1001 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(limits); i++)
		line_client_refused(&client, "task.list", person_params(&ann, "{s:i}", "limit", limits[i]),
			"invalid_params", "limit");
	json_decref(list_page(&client, person_params(&ann, "{s:i}", "limit", 1000)));
}

/* 1 home.garden +a +b; 2 home +b; 3 no project; 4 waiting; 5 done; 6 deleted; 7 homework */
static void add_a_few(struct line_client *client, const struct person *ann)
{
	json_decref(task_calls_add(client,
		person_params(ann, "{s:s,s:s,s:[s,s]}", "title", "1", "project", "home.garden", "tags", "a", "b")));
	json_decref(task_calls_add(
		client, person_params(ann, "{s:s,s:s,s:[s]}", "title", "2", "project", "home", "tags", "b")));
	json_decref(task_calls_add(client, person_params(ann, "{s:s}", "title", "3")));
	json_decref(task_calls_add(client, person_params(ann, "{s:s,s:s}", "title", "4", "wait", FUTURE)));
	json_decref(task_calls_add(client, person_params(ann, "{s:s}", "title", "5")));
	json_decref(task_calls_add(client, person_params(ann, "{s:s}", "title", "6")));
	json_decref(task_calls_add(client, person_params(ann, "{s:s,s:s}", "title", "7", "project", "homework")));
	json_decref(task_calls_change(client, ann, "task.done", 5));
	json_decref(task_calls_change(client, ann, "task.delete", 6));
}

static void expect_found(struct line_client *client, const struct person *ann, const char *filter, const char *titles)
{
	json_auto_t *page = list_page(client, person_params(ann, "{s:s}", "filter", filter));
	const json_t *tasks = json_object_get(page, "tasks");
	char found[16] = "";

	assert_true(json_array_size(tasks) < sizeof(found));
	for (size_t i = 0; i < json_array_size(tasks); i++)
		found[i] = text_at(json_array_get(tasks, i), "title")[0];
	if (strcmp(found, titles) != 0)
		fail_msg("`%s` found %s, not %s", filter, found, titles);
	assert_int_equal(task_calls_count(client, ann, filter), strlen(titles));
}

static void a_filter_finds_what_it_says_and_counts_the_same(void **state)
{
	static const struct {
		const char *filter, *titles;
	} cases[] = {
		{ "", "1237" },
		{ "project:home", "12" },
		{ "project:home.garden", "1" },
		{ "project:", "3" },
		{ "project:nowhere", "" },
		{ "+b", "12" },
		{ "-b", "37" },
		{ "+b -a", "2" },
		{ "+b and project:home and +a", "1" },
		{ "status:pending", "1237" },
		{ "status:waiting", "4" },
		{ "status:completed", "5" },
		{ "status:deleted", "6" },
		{ "status:recurring", "" },
		{ "status:all", "1234567" },
		{ "status:all -b", "34567" },
		{ "5", "5" },
		{ "2-4,6", "2346" },
		{ "2-4,6 +b", "2" },
		{ "99", "" },
		{ "+a or project:", "13" },
		{ "not +b", "37" },
		{ "(3-5 or +a) and not +b", "345" },
		{ "/5/ status:all", "5" },
		{ "+LATEST", "7" },
		{ "due:today", "" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	add_a_few(&client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		expect_found(&client, &ann, cases[i].filter, cases[i].titles);
}

static void a_filter_that_is_not_understood_is_refused_by_name(void **state)
{
	static const struct {
		const char *filter, *named;
	} cases[] = {
		{ "due.befor:eow", "due.befor" },
		{ "+a or", "or" },
		{ "( +a", "column 1" },
		{ "not", "not" },
		{ "/words", "column 1" },
		{ "pri:X", "pri" },
		{ "colour:red", "colour" },
		{ "milk", "milk" },
		{ "status:closed", "closed" },
		{ "due<oew", "oew" },
		{ "7-3", "7-3" },
		{ "+", "+" },
	};
	static const char *const methods[] = { "task.list", "task.count", "task.delete" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases) * COUNT_OF(methods); i++) {
		const char *named = cases[i / COUNT_OF(methods)].named;
		json_auto_t *error = line_client_error(&client, methods[i % COUNT_OF(methods)],
			person_params(&ann, "{s:s}", "filter", cases[i / COUNT_OF(methods)].filter), "invalid_params");

		assert_string_equal(text_at(json_object_get(error, "data"), "field"), "filter");
		if (!strstr(text_at(error, "message"), named))
			fail_msg("`%s` is not named: %s", named, text_at(error, "message"));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_task_comes_back_as_it_was_given),
		cmocka_unit_test(a_task_is_found_by_its_uuid_and_by_the_beginning_of_it),
		cmocka_unit_test(ids_count_up_for_each_account_and_none_is_given_twice),
		cmocka_unit_test(a_bad_value_is_refused_by_the_name_of_its_field),
		cmocka_unit_test(dates_that_are_not_understood_are_refused_with_a_caret_and_an_example),
		cmocka_unit_test(dates_are_read_in_the_zone_that_a_request_names),
		cmocka_unit_test(long_values_are_taken_up_to_their_limit),
		cmocka_unit_test(a_list_comes_in_pages_and_each_task_once),
		cmocka_unit_test(a_page_that_ends_the_list_has_no_cursor),
		cmocka_unit_test(a_page_ends_at_half_a_mebibyte),
		cmocka_unit_test(a_cursor_is_taken_whole_and_alone),
		cmocka_unit_test(a_limit_is_between_one_and_a_thousand),
		cmocka_unit_test(a_filter_finds_what_it_says_and_counts_the_same),
		cmocka_unit_test(a_filter_that_is_not_understood_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
