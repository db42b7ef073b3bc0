/* Contexts: what they narrow, what they fill in, and what they leave alone. */
#include "fixture.h"

static void set(struct fixture *fixture, const char *params)
{
	json_decref(call_done(fixture, "context.set", "{%s}", params));
}

static void add(struct fixture *fixture, const char *more)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\"%s}", more));
}

static int64_t count(struct fixture *fixture, const char *params)
{
	json_t *result = call_done(fixture, "task.count", "{%s}", params);
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

static void expect_added(struct fixture *fixture, const char *more, const char *member, const char *expected)
{
	json_t *result = call_done(fixture, "task.add", "{\"title\":\"the title\",\"context\":\"work\"%s}", more);
	json_t *task = json_object_get(result, "task");
	char *text = json_dumps(json_object_get(task, member), JSON_COMPACT | JSON_ENCODE_ANY);

	assert_string_equal(text, expected);
	free(text);
	json_decref(result);
}

static void contexts_are_listed_replaced_and_deleted(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	set(fixture,
		"\"name\":\"work\",\"read_filter\":\"project:work\",\"write\":{\"project\":\"work\",\"tags\":[\"a\"]}");
	set(fixture, "\"name\":\"At_home-2\",\"read_filter\":\"+home\"");
	set(fixture, "\"name\":\"work\",\"read_filter\":\"+work\"");
	result = call_done(fixture, "context.list", "{}");
	assert_int_equal(json_array_size(json_object_get(result, "contexts")), 2);
	assert_string_equal(text_at(result, "contexts.0.name"), "At_home-2");
	assert_string_equal(text_at(result, "contexts.1.read_filter"), "+work");
	assert_false(has_member(result, "contexts.1.write.project"));
	json_decref(result);
	fixture_become(fixture, 2);
	result = call_done(fixture, "context.list", "{}");
	assert_int_equal(json_array_size(json_object_get(result, "contexts")), 0);
	json_decref(result);
	call_refused(fixture, ERROR_NOT_FOUND, "name", "context.delete", "{\"name\":\"work\"}");
	fixture_become(fixture, 1);
	json_decref(call_done(fixture, "context.delete", "{\"name\":\"work\"}"));
	call_refused(fixture, ERROR_NOT_FOUND, "name", "context.delete", "{\"name\":\"work\"}");
}

static void what_cannot_be_a_context_is_refused(void **state)
{
	static const struct {
		const char *field, *params;
	} cases[] = {
		{ "name", "\"name\":\"\"" },
		{ "name", "\"name\":\"a b\"" },
		{ "name", "\"name\":\"\xc3\xa9t\xc3\xa9\"" },
		{ "name", "\"name\":\"abcdefghijklmnopqrstuvwxyzabcdefg\"" },
		{ "read_filter", "\"name\":\"x\",\"read_filter\":\"status:wrong\"" },
		{ "read_filter", "\"name\":\"x\",\"read_filter\":\"project:\\\"a\\u001bb\\\"\"" },
		{ "write", "\"name\":\"x\",\"write\":[]" },
		{ "write.title", "\"name\":\"x\",\"write\":{\"title\":\"t\"}" },
		{ "write.project", "\"name\":\"x\",\"write\":{\"project\":\"a..b\"}" },
		{ "write.tags", "\"name\":\"x\",\"write\":{\"tags\":[\"a b\"]}" },
		{ "write.priority", "\"name\":\"x\",\"write\":{\"priority\":\"high\"}" },
		{ "write.due", "\"name\":\"x\",\"write\":{\"due\":\"somewhen\"}" },
		{ "write.wait", "\"name\":\"x\",\"write\":{\"wait\":null}" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		call_refused(fixture, ERROR_INVALID_PARAMS, cases[i].field, "context.set", "{%s}", cases[i].params);
	call_refused(fixture, ERROR_INVALID_PARAMS, "read_filter", "context.set",
		"{\"name\":\"x\",\"read_filter\":\"project:a status:wrong\"}");
	assert_non_null(strstr(fixture->refusal.message, "11"));
}

static void an_account_has_at_most_100(void **state)
{
	struct fixture *fixture = *state;
	char params[64];

	for (int i = 0; i < 100; i++) {
		(void)snprintf(params, sizeof(params), "\"name\":\"c%d\"", i);
		set(fixture, params);
	}
	call_refused(fixture, ERROR_CONFLICT, "name", "context.set", "{\"name\":\"one_more\"}");
	set(fixture, "\"name\":\"c7\",\"read_filter\":\"+x\"");
}

static void lists_and_counts_are_narrowed(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	set(fixture, "\"name\":\"work\",\"read_filter\":\"project:work\"");
	set(fixture, "\"name\":\"nothing\"");
	add(fixture, ",\"project\":\"work\",\"tags\":[\"a\"]");
	add(fixture, ",\"project\":\"work.office\"");
	add(fixture, ",\"project\":\"home\",\"tags\":[\"a\"]");
	assert_int_equal(count(fixture, "\"context\":\"work\""), 2);
	assert_int_equal(count(fixture, "\"context\":\"nothing\""), 3);
	assert_int_equal(count(fixture, "\"context\":\"work\",\"filter\":\"+a\""), 1);
	result = call_done(fixture, "task.list", "{\"context\":\"work\",\"filter\":\"+a\"}");
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 1);
	assert_int_equal(integer_at(result, "tasks.0.id"), 1);
	json_decref(result);
}

/* Whoever names a task means it. */
static void ids_are_found_in_any_context(void **state)
{
	struct fixture *fixture = *state;

	set(fixture, "\"name\":\"work\",\"read_filter\":\"project:work\"");
	add(fixture, ",\"project\":\"home\"");
	assert_int_equal(count(fixture, "\"context\":\"work\",\"filter\":\"1\""), 1);
	assert_int_equal(count(fixture, "\"context\":\"work\",\"filter\":\"+a or 1\""), 1);
	assert_int_equal(count(fixture, "\"context\":\"work\",\"filter\":\"status:all\""), 0);
}

/* A page goes on in the context as it was. */
static void pages_stay_in_the_context(void **state)
{
	struct fixture *fixture = *state;
	json_t *first;
	json_t *second;

	set(fixture, "\"name\":\"work\",\"read_filter\":\"project:work\"");
	for (int i = 0; i < 3; i++) {
		add(fixture, ",\"project\":\"work\"");
		add(fixture, ",\"project\":\"home\"");
	}
	first = call_done(fixture, "task.list", "{\"context\":\"work\",\"limit\":2}");
	set(fixture, "\"name\":\"work\",\"read_filter\":\"project:home\"");
	second = call_done(fixture, "task.list", "{\"cursor\":\"%s\"}", text_at(first, "next_cursor"));
	assert_int_equal(json_array_size(json_object_get(second, "tasks")), 1);
	assert_string_equal(text_at(second, "tasks.0.project"), "work");
	call_refused(fixture, ERROR_INVALID_PARAMS, "context", "task.list", "{\"cursor\":\"%s\",\"context\":\"work\"}",
		text_at(first, "next_cursor"));
	json_decref(first);
	json_decref(second);
}

static void new_tasks_get_what_is_not_given(void **state)
{
	struct fixture *fixture = *state;

	set(fixture, "\"name\":\"work\",\"write\":{\"project\":\"work\",\"tags\":[\"b\",\"c\"],\"priority\":\"H\","
		     "\"due\":\"2026-12-01T00:00:00Z\",\"wait\":\"tomorrow\"}");
	expect_added(fixture, "", "title", "\"the title\"");
	expect_added(fixture, "", "project", "\"work\"");
	expect_added(fixture, ",\"project\":\"home\"", "project", "\"home\"");
	expect_added(fixture, "", "tags", "[\"b\",\"c\"]");
	expect_added(fixture, ",\"tags\":[\"c\",\"a\"]", "tags", "[\"a\",\"b\",\"c\"]");
	expect_added(fixture, "", "priority", "\"H\"");
	expect_added(fixture, "", "due", "\"2026-12-01T00:00:00Z\"");
	expect_added(fixture, "", "wait", "\"2026-11-24T00:00:00Z\"");
	fixture->now += 86400;
	expect_added(fixture, "", "wait", "\"2026-11-25T00:00:00Z\"");
	expect_added(fixture, ",\"timezone\":\"Asia/Kolkata\"", "wait", "\"2026-11-24T18:30:00Z\"");
}

static void an_unknown_context_is_refused_with_the_nearest(void **state)
{
	static const char *const calls[][2] = {
		{ "task.list", "{\"context\":\"wrok\"}" },
		{ "task.count", "{\"context\":\"wrok\"}" },
		{ "task.add", "{\"title\":\"x\",\"context\":\"wrok\"}" },
	};
	struct fixture *fixture = *state;

	set(fixture, "\"name\":\"work\"");
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		call_refused(fixture, ERROR_NOT_FOUND, "context", calls[i][0], "%s", calls[i][1]);
		assert_string_equal(fixture->refusal.message, "there is no context `wrok`; did you mean `work`?");
	}
	call_refused(fixture, ERROR_NOT_FOUND, "context", "task.list", "{\"context\":\"other\"}");
	assert_string_equal(fixture->refusal.message, "there is no context `other`");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(contexts_are_listed_replaced_and_deleted),
		TEST(what_cannot_be_a_context_is_refused),
		TEST(an_account_has_at_most_100),
		TEST(lists_and_counts_are_narrowed),
		TEST(ids_are_found_in_any_context),
		TEST(pages_stay_in_the_context),
		TEST(new_tasks_get_what_is_not_given),
		TEST(an_unknown_context_is_refused_with_the_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
