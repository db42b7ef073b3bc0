/* Searching over the wire: at once after a change, in the order of rank, page by page. */
#include "task_calls.h"

#include "common/buffer.h"
#include "common/cleanup.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <string.h>

#define INDEX_LIMIT_MS 20000 /* until the index has the words of some megabytes */

/* The ids of the tasks that a search found, as "3 1 2". */
static const char *ids_of(const json_t *result)
{
	static char text[4096];
	const json_t *task;
	size_t index, length = 0;

	text[0] = '\0';
	json_array_foreach (json_object_get(result, "tasks"), index, task)
		length += (size_t)snprintf(text + length, sizeof(text) - length, "%s%" JSON_INTEGER_FORMAT,
			index ? " " : "", json_integer_value(json_object_get(task, "id")));
	return text;
}

static void expect_found(
	struct line_client *client, const struct person *person, const char *query, const char *filter, const char *ids)
{
	json_auto_t *result = line_client_result(
		client, "task.search", person_params(person, "{s:s,s:s}", "query", query, "filter", filter));

	assert_string_equal(ids_of(result), ids);
	expect_absent(result, "next_cursor");
}

static void a_change_is_found_at_once(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };

	task_calls_open(state, &client, &ann);
	person_join_new(&bob, &client);
	(void)person_add_task(&ann, &client, "Buy milk");
	(void)person_add_task(&bob, &client, "Sell milk");
	expect_found(&client, &ann, "milk", "", "1");
	expect_found(&client, &bob, "milk", "", "1");
	json_decref(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:s}", "id", 1, "title", "Buy bread")));
	expect_found(&client, &ann, "milk", "", "");
	expect_found(&client, &ann, "bread", "", "1");
	json_decref(
		line_client_result(&client, "task.modify", person_params(&ann, "{s:i,s:s}", "id", 1, "note", "rye")));
	expect_found(&client, &ann, "bread rye", "", "1");
}

static void the_best_come_first_and_of_equals_the_newest(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	json_decref(task_calls_add(
		&client, person_params(&ann, "{s:s,s:s}", "title", "Call mother", "note", "about the milk")));
	(void)person_add_task(&ann, &client, "Buy milk today");
	(void)person_add_task(&ann, &client, "Sell milk today");
	(void)person_add_task(&ann, &client, "Milk");
	expect_found(&client, &ann, "milk", "", "4 3 2 1");
	expect_found(&client, &ann, "milk -sell", "", "4 2 1");
}

static void the_filter_narrows_what_is_found(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "milk", "project", "home")));
	json_decref(task_calls_add(&client, person_params(&ann, "{s:s,s:s}", "title", "milk", "wait", FUTURE)));
	(void)person_add_task(&ann, &client, "milk");
	(void)person_add_task(&ann, &client, "milk");
	json_decref(task_calls_change(&client, &ann, "task.done", 4));
	expect_found(&client, &ann, "milk", "", "3 1");
	expect_found(&client, &ann, "milk", "project:home", "1");
	expect_found(&client, &ann, "milk", "status:waiting", "2");
	expect_found(&client, &ann, "milk", "status:completed", "4");
	expect_found(&client, &ann, "milk", "status:all", "4 3 2 1");
	expect_found(&client, &ann, "milk", "2-4", "4 3 2");
	expect_found(&client, &ann, "milk", "2-4 project:home", "");
}

static void pages_follow_each_other_without_a_gap(void **state)
{
	enum { TASKS = 600, PAGE = 70 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_t *params;
	json_int_t next = TASKS;
	bool is_last = false;

	task_calls_open(state, &client, &ann);
	for (int i = 0; i < TASKS; i++)
		(void)person_add_task(&ann, &client, "one of many");
	params = person_params(&ann, "{s:s,s:i}", "query", "many", "limit", PAGE);
	while (!is_last) {
		json_auto_t *page = line_client_result(&client, "task.search", params);
		const json_t *task, *cursor = json_object_get(page, "next_cursor");
		size_t index;

		json_array_foreach (json_object_get(page, "tasks"), index, task)
			assert_int_equal(json_integer_value(json_object_get(task, "id")), next--);
		assert_true(!cursor || json_array_size(json_object_get(page, "tasks")) == PAGE);
		is_last = !cursor;
		if (cursor)
			params = person_params(&ann, "{s:s,s:i}", "cursor", json_string_value(cursor), "limit", PAGE);
	}
	assert_int_equal(next, 0);
}

/* The pages behind the first are those of the same context, whatever has become of it. */
static void a_context_narrows_what_is_found(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *page = NULL, *next = NULL;
	const char *cursor;

	task_calls_open(state, &client, &ann);
	for (int i = 1; i <= 6; i++)
		json_decref(task_calls_add(&client,
			person_params(&ann, "{s:s,s:s}", "title", "milk", "project", i % 2 ? "home" : "work")));
	json_decref(line_client_result(&client, "context.set",
		person_params(&ann, "{s:s,s:s}", "name", "work", "read_filter", "project:work")));
	page = line_client_result(&client, "task.search",
		person_params(&ann, "{s:s,s:s,s:i}", "query", "milk", "context", "work", "limit", 2));
	assert_string_equal(ids_of(page), "6 4");
	cursor = json_string_value(json_object_get(page, "next_cursor"));
	assert_non_null(cursor);
	line_client_refused(&client, "task.search",
		person_params(&ann, "{s:s,s:s}", "cursor", cursor, "context", "work"), "invalid_params", "cursor");
	json_decref(line_client_result(&client, "context.delete", person_params(&ann, "{s:s}", "name", "work")));
	next = line_client_result(&client, "task.search", person_params(&ann, "{s:s}", "cursor", cursor));
	assert_string_equal(ids_of(next), "2");
	line_client_refused(&client, "task.search",
		person_params(&ann, "{s:s,s:s}", "query", "milk", "context", "work"), "not_found", "context");
}

static void what_cannot_be_searched_for_is_refused(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	line_client_refused(&client, "task.search", person_params(&ann, "{}"), "invalid_params", "query");
	line_client_refused(
		&client, "task.search", person_params(&ann, "{s:s}", "query", "- *"), "invalid_params", "query");
	line_client_refused(
		&client, "task.search", person_params(&ann, "{s:s}", "query", "-milk"), "invalid_params", "query");
	line_client_refused(&client, "task.search",
		person_params(&ann, "{s:s,s:s}", "query", "milk", "filter", "status:x"), "invalid_params", "filter");
	line_client_refused(&client, "task.search", person_params(&ann, "{s:s,s:s}", "query", "milk", "cursor", "e30"),
		"invalid_params", "cursor");
	line_client_refused(
		&client, "task.search", person_params(&ann, "{s:s}", "cursor", "e30"), "invalid_params", "cursor");
}

/* Words that mean something to the index are words here. */
static void nothing_of_a_query_is_taken_for_another_language(void **state)
{
	static const char *const queries[] = { "milk OR NOT", "title:milk", "{title} : milk", "milk) OR (a",
		"NEAR(milk)", "^milk", "1:milk", "\"milk\" + \"a\"", "milk' OR '1", "milk\\\"", "\"\"milk" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	task_calls_open(state, &client, &ann);
	(void)person_add_task(&ann, &client, "soap");
	for (size_t i = 0; i < COUNT_OF(queries); i++)
		expect_found(&client, &ann, queries[i], "", "");
}

/* --- the index --- */

static bool file_holds(const struct test_daemon *daemon, const char *name, const char *text)
{
	char command[512];

	(void)snprintf(command, sizeof(command), "grep -q -a -F -e '%s' '%s/%s'", text, daemon->data, name);
	return system(command) == 0; /* NOLINT(cert-env33-c): words of our own */
}

/* In the index a word has its account and a colon in front, which no text has in any other place. */
static void await_index(const struct test_daemon *daemon, const char *word)
{
	int64_t deadline = test_now_ms() + INDEX_LIMIT_MS;

	while (!file_holds(daemon, "taskd.db", word) && !file_holds(daemon, "taskd.db-wal", word))
		assert_true(test_now_ms() < deadline);
}

/* So much that several runs are needed, of which only the first follows a commit. */
static void all_words_come_into_the_index(void **state)
{
	enum { TASKS = 20, NUMBERS = 30000 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	struct buffer note;

	task_calls_open(state, &client, &ann);
	buffer_init(&note);
	for (int i = 0; i < NUMBERS; i++)
		buffer_printf(&note, "%d ", 10000 + i);
	for (int i = 0; i < TASKS; i++)
		json_decref(task_calls_add(
			&client, person_params(&ann, "{s:s,s:s}", "title", i + 1 < TASKS ? "long" : "thelastoflongones",
					 "note", buffer_text(&note))));
	buffer_deinit(&note);
	await_index(*state, ":thelastoflongones");
	expect_found(&client, &ann, "thelastoflongones 39999", "", "20");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_is_found_at_once),
		cmocka_unit_test(the_best_come_first_and_of_equals_the_newest),
		cmocka_unit_test(the_filter_narrows_what_is_found),
		cmocka_unit_test(a_context_narrows_what_is_found),
		cmocka_unit_test(pages_follow_each_other_without_a_gap),
		cmocka_unit_test(what_cannot_be_searched_for_is_refused),
		cmocka_unit_test(nothing_of_a_query_is_taken_for_another_language),
		cmocka_unit_test(all_words_come_into_the_index),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
