/* Tasks over the wire: each method, what it gives, and what it refuses without half of it done. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"
#include "harness/person.h"
#include "harness/test_daemon.h"

#include <string.h>

#define PAST   "2001-01-02T03:04:05Z"
#define FUTURE "2101-01-02T03:04:05Z"

static void open_joined(void **state, struct line_client *client, struct person *person)
{
	const struct test_daemon *daemon = *state;

	line_client_open(client, daemon->socket);
	person_join_new(person, client);
}

/* The member `task` of a result, or the only one of its `tasks`; a new reference. */
static json_t *task_of(json_t *result)
{
	json_t *tasks = json_object_get(result, "tasks");
	json_t *task = json_object_get(result, "task");

	if (tasks)
		assert_int_equal(json_array_size(tasks), 1);
	task = json_incref(tasks ? json_array_get(tasks, 0) : task);
	assert_non_null(task);
	json_decref(result);
	return task;
}

static json_t *add_task(struct line_client *client, json_t *params)
{
	return task_of(line_client_result(client, "task.add", params));
}

static json_t *get_task(struct line_client *client, const struct person *person, json_int_t id)
{
	return task_of(line_client_result(client, "task.get", person_params(person, "{s:I}", "id", id)));
}

static json_t *change_task(struct line_client *client, const struct person *person, const char *method, json_int_t id)
{
	return task_of(line_client_result(client, method, person_params(person, "{s:I}", "id", id)));
}

static json_int_t count_of(struct line_client *client, const struct person *person, const char *filter)
{
	json_auto_t *result =
		line_client_result(client, "task.count", person_params(person, "{s:s}", "filter", filter));

	return integer_at(result, "count");
}

static void expect_json(const json_t *found, const char *key, const char *text)
{
	json_auto_t *wanted = json_loads(text, JSON_DECODE_ANY, NULL);

	assert_non_null(wanted);
	if (!json_equal(json_object_get(found, key), wanted)) {
		AUTO_FREE char *whole = json_dumps(found, JSON_COMPACT);

		fail_msg("%s should be %s in %s", key, text, whole);
	}
}

static void expect_absent(const json_t *task, const char *key)
{
	assert_null(json_object_get(task, key));
}

/* --- add and get --- */

static void a_task_comes_back_as_it_was_given(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;
	json_auto_t *again = NULL;

	open_joined(state, &client, &ann);
	task = add_task(&client,
		person_params(&ann, "{s:s,s:s,s:s,s:[s,s,s],s:s,s:s,s:s}", "title", "Buy milk \xe7\x89\x9b\xe5\xa5\xb6",
			"note", "two\nlines", "project", "home.kitchen", "tags", "shop", "food", "shop", "priority",
			"H", "due", "2101-01-02T05:04:05+02:00", "wait", PAST));
	expect_json(task, "id", "1");
	expect_json(task, "title", "\"Buy milk \xe7\x89\x9b\xe5\xa5\xb6\"");
	expect_json(task, "note", "\"two\\nlines\"");
	expect_json(task, "project", "\"home.kitchen\"");
	expect_json(task, "tags", "[\"food\",\"shop\"]");
	expect_json(task, "priority", "\"H\"");
	expect_json(task, "due", "\"" FUTURE "\"");
	expect_json(task, "wait", "\"" PAST "\"");
	expect_json(task, "status", "\"pending\"");
	expect_json(task, "version", "1");
	expect_absent(task, "waiting");
	expect_absent(task, "started");
	assert_string_equal(text_at(task, "created"), text_at(task, "modified"));
	again = get_task(&client, &ann, 1);
	assert_true(json_equal(task, again));
}

static void a_task_is_found_by_its_uuid_and_by_the_beginning_of_it(void **state)
{
	static const size_t lengths[] = { 8, 9, 20, 36 };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;

	open_joined(state, &client, &ann);
	task = add_task(&client, person_params(&ann, "{s:s}", "title", "one"));
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		json_auto_t *found = task_of(line_client_result(&client, "task.get",
			person_params(&ann, "{s:o}", "id", json_stringn(text_at(task, "uuid"), lengths[i]))));

		assert_true(json_equal(task, found));
	}
	line_client_refused(&client, "task.get",
		person_params(&ann, "{s:o}", "id", json_stringn(text_at(task, "uuid"), 7)), "invalid_params", "id");
}

static void ids_count_up_for_each_account_and_none_is_given_twice(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };

	open_joined(state, &client, &ann);
	person_join_new(&bob, &client);
	assert_int_equal(person_add_task(&ann, &client, "first"), 1);
	assert_int_equal(person_add_task(&ann, &client, "second"), 2);
	json_decref(change_task(&client, &ann, "task.delete", 2));
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

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *params = json_loads(cases[i].params, 0, NULL);

		assert_non_null(params);
		json_object_set_new(params, "access_token", json_string(ann.access_token));
		line_client_refused(&client, "task.add", params, "invalid_params", cases[i].field);
	}
	assert_int_equal(count_of(&client, &ann, "status:all"), 0);
}

static void date_words_are_refused_with_an_example_of_what_is_understood(void **state)
{
	static const char *const words[] = { "tomorrow", "eow", "monday", "in 3 days", "2026-11-23" };
	static const char *const fields[] = { "due", "wait" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(words) * COUNT_OF(fields); i++) {
		const char *field = fields[i % COUNT_OF(fields)];
		json_auto_t *error = line_client_error(&client, "task.add",
			person_params(&ann, "{s:s,s:s}", "title", "x", field, words[i / COUNT_OF(fields)]),
			"invalid_params");

		assert_string_equal(text_at(json_object_get(error, "data"), "field"), field);
		assert_non_null(strstr(text_at(error, "message"), "T14:00:00Z"));
	}
}

static void long_values_are_taken_up_to_their_limit(void **state)
{
	static const struct {
		const char *field;
		size_t limit;
	} cases[] = { { "title", 1024 }, { "note", (size_t)256 * 1024 }, { "project", 255 } };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
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

	open_joined(state, &client, &ann);
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

	open_joined(state, &client, &ann);
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

	open_joined(state, &client, &ann);
	memset(note, 'n', 200000);
	note[200000] = '\0';
	for (int i = 0; i < 5; i++)
		json_decref(add_task(&client, person_params(&ann, "{s:s,s:s}", "title", "long", "note", note)));
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

	open_joined(state, &client, &ann);
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

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(limits); i++)
		line_client_refused(&client, "task.list", person_params(&ann, "{s:i}", "limit", limits[i]),
			"invalid_params", "limit");
	json_decref(list_page(&client, person_params(&ann, "{s:i}", "limit", 1000)));
}

/* 1 home.garden +a +b; 2 home +b; 3 no project; 4 waiting; 5 done; 6 deleted; 7 homework */
static void add_a_few(struct line_client *client, const struct person *ann)
{
	json_decref(add_task(client,
		person_params(ann, "{s:s,s:s,s:[s,s]}", "title", "1", "project", "home.garden", "tags", "a", "b")));
	json_decref(
		add_task(client, person_params(ann, "{s:s,s:s,s:[s]}", "title", "2", "project", "home", "tags", "b")));
	json_decref(add_task(client, person_params(ann, "{s:s}", "title", "3")));
	json_decref(add_task(client, person_params(ann, "{s:s,s:s}", "title", "4", "wait", FUTURE)));
	json_decref(add_task(client, person_params(ann, "{s:s}", "title", "5")));
	json_decref(add_task(client, person_params(ann, "{s:s}", "title", "6")));
	json_decref(add_task(client, person_params(ann, "{s:s,s:s}", "title", "7", "project", "homework")));
	json_decref(change_task(client, ann, "task.done", 5));
	json_decref(change_task(client, ann, "task.delete", 6));
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
	assert_int_equal(count_of(client, ann, filter), strlen(titles));
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
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	add_a_few(&client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		expect_found(&client, &ann, cases[i].filter, cases[i].titles);
}

static void a_filter_that_is_not_understood_is_refused_by_name(void **state)
{
	static const struct {
		const char *filter, *named;
	} cases[] = {
		{ "due.before:eow", "due.before" },
		{ "+a or +b", "or" },
		{ "( +a )", "(" },
		{ "not +a", "not" },
		{ "/words/", "/words/" },
		{ "pri:H", "pri" },
		{ "colour:red", "colour" },
		{ "milk", "milk" },
		{ "status:closed", "closed" },
		{ "due<eow", "due" },
		{ "7-3", "7-3" },
		{ "+", "+" },
	};
	static const char *const methods[] = { "task.list", "task.count", "task.delete" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases) * COUNT_OF(methods); i++) {
		const char *named = cases[i / COUNT_OF(methods)].named;
		json_auto_t *error = line_client_error(&client, methods[i % COUNT_OF(methods)],
			person_params(&ann, "{s:s}", "filter", cases[i / COUNT_OF(methods)].filter), "invalid_params");

		assert_string_equal(text_at(json_object_get(error, "data"), "field"), "filter");
		if (!strstr(text_at(error, "message"), named))
			fail_msg("`%s` is not named: %s", named, text_at(error, "message"));
	}
}

/* --- modify --- */

static void what_is_modified_changes_and_nothing_else(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *before = NULL;
	json_auto_t *after = NULL;
	json_auto_t *again = NULL;

	open_joined(state, &client, &ann);
	before = add_task(&client,
		person_params(&ann, "{s:s,s:s,s:s,s:[s]}", "title", "old", "note", "kept", "due", FUTURE, "tags", "x"));
	after = task_of(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:i,s:s,s:s}", "id", 1, "title", "new", "project", "home")));
	expect_json(after, "version", "2");
	expect_json(after, "project", "\"home\"");
	expect_json(after, "title", "\"new\"");
	again = get_task(&client, &ann, 1);
	assert_true(json_equal(after, again));
	json_object_set_new(before, "title", json_string("new"));
	json_object_set_new(before, "project", json_string("home"));
	json_object_set_new(before, "version", json_integer(2));
	json_object_set(before, "modified", json_object_get(after, "modified"));
	assert_true(json_equal(before, after));
}

static void null_clears(void **state)
{
	static const char *const fields[] = { "note", "project", "priority", "due", "wait" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *task = NULL;

	open_joined(state, &client, &ann);
	json_decref(
		add_task(&client, person_params(&ann, "{s:s,s:s,s:s,s:s,s:s,s:s,s:[s]}", "title", "x", "note", "n",
					  "project", "p", "priority", "L", "due", PAST, "wait", FUTURE, "tags", "t")));
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		json_auto_t *changed = task_of(line_client_result(
			&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, fields[i])));

		expect_absent(changed, fields[i]);
		expect_absent(changed, i + 1 == COUNT_OF(fields) ? "waiting" : fields[i]);
	}
	task = task_of(line_client_result(&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, "tags")));
	expect_json(task, "tags", "[]");
	line_client_refused(
		&client, "task.modify", person_params(&ann, "{s:i,s:n}", "id", 1, "title"), "invalid_params", "title");
}

static void tags_are_replaced_added_and_removed(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *replaced = NULL;
	json_auto_t *changed = NULL;

	open_joined(state, &client, &ann);
	json_decref(add_task(&client, person_params(&ann, "{s:s,s:[s,s]}", "title", "x", "tags", "a", "b")));
	replaced = task_of(line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:[s,s]}", "id", 1, "tags", "d", "c")));
	expect_json(replaced, "tags", "[\"c\",\"d\"]");
	changed = task_of(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s,s],s:[s,s]}", "id", 1, "add_tags", "a", "c", "remove_tags", "d", "z")));
	expect_json(changed, "tags", "[\"a\",\"c\"]");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s],s:[s]}", "id", 1, "tags", "a", "add_tags", "b"), "invalid_params",
		"tags");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:[s],s:[s]}", "id", 1, "remove_tags", "q", "add_tags", "q"),
		"invalid_params", "remove_tags");
}

static void a_change_says_exactly_what_it_is_for(void **state)
{
	static const struct {
		const char *params, *field;
	} cases[] = {
		{ "{\"title\":\"x\"}", "id" },
		{ "{\"title\":\"x\",\"id\":1,\"ids\":[1]}", "id" },
		{ "{\"title\":\"x\",\"id\":1,\"filter\":\"\"}", "id" },
		{ "{\"title\":\"x\",\"id\":0}", "id" },
		{ "{\"title\":\"x\",\"id\":-1}", "id" },
		{ "{\"title\":\"x\",\"id\":1.5}", "id" },
		{ "{\"title\":\"x\",\"id\":null}", "id" },
		{ "{\"title\":\"x\",\"ids\":[]}", "ids" },
		{ "{\"title\":\"x\",\"ids\":[1,null]}", "ids" },
		{ "{\"title\":\"x\",\"ids\":1}", "ids" },
		{ "{\"title\":\"x\",\"ids\":[1],\"if_version\":1}", "if_version" },
		{ "{\"id\":1}", "title" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_t *params = json_loads(cases[i].params, 0, NULL);

		assert_non_null(params);
		json_object_set_new(params, "access_token", json_string(ann.access_token));
		line_client_refused(&client, "task.modify", params, "invalid_params", cases[i].field);
	}
}

static void a_stale_version_or_revision_is_a_conflict(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *changed = NULL;
	json_auto_t *task = NULL;
	json_int_t revision;

	open_joined(state, &client, &ann);
	(void)person_add_task(&ann, &client, "old");
	changed = line_client_result(
		&client, "task.modify", person_params(&ann, "{s:i,s:s,s:i}", "id", 1, "title", "new", "if_version", 1));
	revision = integer_at(changed, "revision");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:i,s:s,s:i}", "id", 1, "title", "newer", "if_version", 1), "conflict",
		"if_version");
	line_client_refused(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "newer", "if_revision", revision - 1),
		"conflict", "if_revision");
	task = get_task(&client, &ann, 1);
	expect_json(task, "title", "\"new\"");
	json_decref(line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "newer", "if_revision", revision)));
}

/* --- states --- */

static void a_task_goes_through_its_states(void **state)
{
	static const struct {
		const char *method, *status, *present, *absent;
	} steps[] = {
		{ "task.start", "\"pending\"", "started", "completed" },
		{ "task.stop", "\"pending\"", "created", "started" },
		{ "task.start", "\"pending\"", "started", "completed" },
		{ "task.done", "\"completed\"", "completed", "started" },
		{ "task.restore", "\"pending\"", "created", "completed" },
		{ "task.delete", "\"deleted\"", "deleted", "started" },
		{ "task.restore", "\"pending\"", "created", "deleted" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	(void)person_add_task(&ann, &client, "one");
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		json_auto_t *task = change_task(&client, &ann, steps[i].method, 1);
		json_auto_t *again = get_task(&client, &ann, 1);

		expect_json(task, "status", steps[i].status);
		(void)text_at(task, steps[i].present);
		expect_absent(task, steps[i].absent);
		assert_int_equal(integer_at(task, "version"), i + 2);
		assert_true(json_equal(task, again));
	}
}

static void a_state_that_forbids_the_act_is_a_conflict(void **state)
{
	static const struct {
		const char *before, *method;
	} cases[] = {
		{ NULL, "task.stop" },
		{ NULL, "task.restore" },
		{ "task.start", "task.start" },
		{ "task.done", "task.done" },
		{ "task.done", "task.start" },
		{ "task.delete", "task.delete" },
		{ "task.delete", "task.done" },
	};
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		json_int_t id = person_add_task(&ann, &client, "one");

		if (cases[i].before)
			json_decref(change_task(&client, &ann, cases[i].before, id));
		line_client_refused(&client, cases[i].method, person_params(&ann, "{s:I}", "id", id), "conflict", "id");
	}
}

static void a_filter_passes_over_what_the_act_does_not_fit(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;
	json_auto_t *none = NULL;

	open_joined(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	json_decref(change_task(&client, &ann, "task.start", 2));
	result = line_client_result(&client, "task.start", person_params(&ann, "{s:s}", "filter", ""));
	assert_int_equal(integer_at(result, "count"), 2);
	none = line_client_result(&client, "task.done", person_params(&ann, "{s:s}", "filter", "+nothing"));
	assert_int_equal(integer_at(none, "count"), 0);
	expect_json(none, "tasks", "[]");
	assert_int_equal(integer_at(none, "revision"), integer_at(result, "revision"));
}

/* --- several at once --- */

static void ids_are_changed_all_or_none(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;

	open_joined(state, &client, &ann);
	for (int i = 0; i < 3; i++)
		(void)person_add_task(&ann, &client, "one of three");
	line_client_refused(
		&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 9), "not_found", "ids");
	assert_int_equal(count_of(&client, &ann, "status:completed"), 0);
	json_decref(change_task(&client, &ann, "task.done", 3));
	line_client_refused(
		&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 3), "conflict", "ids");
	assert_int_equal(count_of(&client, &ann, "status:completed"), 1);
	result = line_client_result(&client, "task.done", person_params(&ann, "{s:[i,i,i]}", "ids", 1, 2, 1));
	assert_int_equal(integer_at(result, "count"), 2);
	assert_int_equal(count_of(&client, &ann, "status:completed"), 3);
}

/* In portions: the daemon reads no more while its replies wait for us. */
static void add_many(struct line_client *client, const struct person *person, int count)
{
	const int portion = 100;

	for (int added = 0; added < count; added += portion) {
		for (int i = 0; i < portion; i++)
			line_client_request(client, "task.add", person_params(person, "{s:s}", "title", "one of many"));
		for (int i = 0; i < portion; i++)
			json_decref(line_client_read_json(client));
	}
}

static void a_large_change_is_done_whole_and_shows_a_hundred(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *result = NULL;
	const int count = 1500;

	open_joined(state, &client, &ann);
	add_many(&client, &ann, count);
	result = line_client_result(
		&client, "task.modify", person_params(&ann, "{s:s,s:[s]}", "filter", "", "add_tags", "all"));
	assert_int_equal(integer_at(result, "count"), count);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 100);
	assert_int_equal(count_of(&client, &ann, "+all"), count);
}

/* --- dry runs --- */

static void a_dry_run_shows_what_would_be_and_changes_nothing(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *before = NULL;
	json_auto_t *dry = NULL;
	json_auto_t *after = NULL;
	json_auto_t *wet = NULL;

	open_joined(state, &client, &ann);
	before = add_task(&client, person_params(&ann, "{s:s}", "title", "old"));
	dry = line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:b}", "filter", "", "title", "new", "dry_run", 1));
	expect_json(json_array_get(json_object_get(dry, "tasks"), 0), "title", "\"new\"");
	assert_int_equal(integer_at(dry, "count"), 1);
	after = get_task(&client, &ann, 1);
	assert_true(json_equal(before, after));
	wet = line_client_result(&client, "task.modify",
		person_params(&ann, "{s:s,s:s,s:I}", "filter", "", "title", "new", "if_revision",
			integer_at(dry, "revision")));
	assert_int_equal(integer_at(wet, "revision"), integer_at(dry, "revision") + 1);
}

static void a_dry_add_takes_no_id(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *dry = NULL;

	open_joined(state, &client, &ann);
	dry = add_task(&client, person_params(&ann, "{s:s,s:b}", "title", "maybe", "dry_run", 1));
	expect_json(dry, "title", "\"maybe\"");
	expect_absent(dry, "id");
	expect_absent(dry, "uuid");
	assert_int_equal(person_add_task(&ann, &client, "surely"), 1);
}

/* --- idempotency --- */

static void the_same_key_is_done_once_and_answered_the_same(void **state)
{
	struct test_daemon *daemon = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_CLIENT struct line_client later = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	json_auto_t *first = NULL;
	json_auto_t *second = NULL;
	json_auto_t *third = NULL;

	open_joined(state, &client, &ann);
	first = add_task(&client, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1"));
	second = add_task(&client, person_params(&ann, "{s:s,s:s}", "idempotency_key", "k1", "title", "once"));
	assert_true(json_equal(first, second));
	test_daemon_stop(daemon);
	test_daemon_start(daemon, NULL);
	line_client_open(&later, daemon->socket);
	third = add_task(&later, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1"));
	assert_true(json_equal(first, third));
	assert_int_equal(count_of(&later, &ann, ""), 1);
}

static void the_same_key_for_something_else_is_a_conflict(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	json_decref(add_task(&client, person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "k1")));
	line_client_refused(&client, "task.add",
		person_params(&ann, "{s:s,s:s}", "title", "other", "idempotency_key", "k1"), "conflict",
		"idempotency_key");
	line_client_refused(&client, "task.add",
		person_params(&ann, "{s:s,s:s,s:[s]}", "title", "once", "idempotency_key", "k1", "tags", "t"),
		"conflict", "idempotency_key");
	assert_int_equal(count_of(&client, &ann, ""), 1);
}

static void a_key_belongs_to_its_account_and_its_method(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };
	AUTO_PERSON struct person bob = { 0 };
	json_auto_t *bobs = NULL;

	open_joined(state, &client, &ann);
	person_join_new(&bob, &client);
	json_decref(add_task(&client, person_params(&ann, "{s:s,s:s}", "title", "anns", "idempotency_key", "k1")));
	bobs = add_task(&client, person_params(&bob, "{s:s,s:s}", "title", "bobs", "idempotency_key", "k1"));
	expect_json(bobs, "title", "\"bobs\"");
	json_decref(line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1")));
}

static void what_was_refused_may_be_tried_again_with_its_key(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	line_client_refused(&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1"),
		"not_found", "id");
	(void)person_add_task(&ann, &client, "here now");
	json_decref(line_client_result(
		&client, "task.done", person_params(&ann, "{s:i,s:s}", "id", 1, "idempotency_key", "k1")));
}

static void twins_in_one_group_are_done_once(void **state)
{
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	for (int i = 0; i < 20; i++)
		line_client_request(&client, "task.add",
			person_params(&ann, "{s:s,s:s}", "title", "once", "idempotency_key", "twin"));
	for (int i = 0; i < 20; i++) {
		json_auto_t *reply = line_client_read_json(&client);

		expect_json(json_object_get(json_object_get(reply, "result"), "task"), "id", "1");
	}
	assert_int_equal(count_of(&client, &ann, ""), 1);
}

static void methods_that_change_no_task_take_no_key(void **state)
{
	static const char *const methods[] = { "task.list", "task.count", "account.me", "auth.logout" };
	AUTO_CLIENT struct line_client client = { .fd = -1 };
	AUTO_PERSON struct person ann = { 0 };

	open_joined(state, &client, &ann);
	for (size_t i = 0; i < COUNT_OF(methods); i++)
		line_client_refused(&client, methods[i], person_params(&ann, "{s:s}", "idempotency_key", "k"),
			"invalid_params", "idempotency_key");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_task_comes_back_as_it_was_given),
		cmocka_unit_test(a_task_is_found_by_its_uuid_and_by_the_beginning_of_it),
		cmocka_unit_test(ids_count_up_for_each_account_and_none_is_given_twice),
		cmocka_unit_test(a_bad_value_is_refused_by_the_name_of_its_field),
		cmocka_unit_test(date_words_are_refused_with_an_example_of_what_is_understood),
		cmocka_unit_test(long_values_are_taken_up_to_their_limit),
		cmocka_unit_test(a_list_comes_in_pages_and_each_task_once),
		cmocka_unit_test(a_page_that_ends_the_list_has_no_cursor),
		cmocka_unit_test(a_page_ends_at_half_a_mebibyte),
		cmocka_unit_test(a_cursor_is_taken_whole_and_alone),
		cmocka_unit_test(a_limit_is_between_one_and_a_thousand),
		cmocka_unit_test(a_filter_finds_what_it_says_and_counts_the_same),
		cmocka_unit_test(a_filter_that_is_not_understood_is_refused_by_name),
		cmocka_unit_test(what_is_modified_changes_and_nothing_else),
		cmocka_unit_test(null_clears),
		cmocka_unit_test(tags_are_replaced_added_and_removed),
		cmocka_unit_test(a_change_says_exactly_what_it_is_for),
		cmocka_unit_test(a_stale_version_or_revision_is_a_conflict),
		cmocka_unit_test(a_task_goes_through_its_states),
		cmocka_unit_test(a_state_that_forbids_the_act_is_a_conflict),
		cmocka_unit_test(a_filter_passes_over_what_the_act_does_not_fit),
		cmocka_unit_test(ids_are_changed_all_or_none),
		cmocka_unit_test(a_large_change_is_done_whole_and_shows_a_hundred),
		cmocka_unit_test(a_dry_run_shows_what_would_be_and_changes_nothing),
		cmocka_unit_test(a_dry_add_takes_no_id),
		cmocka_unit_test(the_same_key_is_done_once_and_answered_the_same),
		cmocka_unit_test(the_same_key_for_something_else_is_a_conflict),
		cmocka_unit_test(a_key_belongs_to_its_account_and_its_method),
		cmocka_unit_test(what_was_refused_may_be_tried_again_with_its_key),
		cmocka_unit_test(twins_in_one_group_are_done_once),
		cmocka_unit_test(methods_that_change_no_task_take_no_key),
	};

	return cmocka_run_group_tests(tests, test_daemon_setup, test_daemon_teardown);
}
