/* Reports: what is built in, and what an account defines. */
#include "fixture.h"
#include "tasks/report.h"

static void set(struct fixture *fixture, const char *params)
{
	json_decref(call_done(fixture, "report.set", "{%s}", params));
}

static void expect_json(json_t *result, const char *expected)
{
	char *text = json_dumps(result, JSON_COMPACT);

	assert_string_equal(text, expected);
	free(text);
	json_decref(result);
}

static void every_wanted_report_is_built_in(void **state)
{
	static const struct {
		const char *name, *kind;
	} wanted[] = {
		{ "active", "tasks" },
		{ "all", "tasks" },
		{ "blocked", "tasks" },
		{ "blocking", "tasks" },
		{ "completed", "tasks" },
		{ "list", "tasks" },
		{ "next", "tasks" },
		{ "overdue", "tasks" },
		{ "projects", "projects" },
		{ "ready", "tasks" },
		{ "recurring", "tasks" },
		{ "summary", "summary" },
		{ "tags", "tags" },
		{ "timesheet", "timesheet" },
		{ "waiting", "tasks" },
	};
	json_t *result = call_done((struct fixture *)*state, "report.list", "{}");
	char path[32];

	assert_int_equal(json_array_size(json_object_get(result, "reports")), sizeof(wanted) / sizeof(*wanted));
	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++) {
		(void)snprintf(path, sizeof(path), "reports.%d.name", (int)i);
		assert_string_equal(text_at(result, path), wanted[i].name);
		(void)snprintf(path, sizeof(path), "reports.%d.kind", (int)i);
		assert_string_equal(text_at(result, path), wanted[i].kind);
	}
	json_decref(result);
}

/* What is built in is what anybody could define. */
static void what_is_built_in_is_sound(void **state)
{
	struct fixture *fixture = *state;

	for (const struct report *report = report_builtin; report->name; report++) {
		json_t *result = call_done(fixture, "report.get", "{\"name\":\"%s\"}", report->name);
		json_t *definition = json_object_get(result, "report");
		char *params;

		if (report->kind == REPORT_TASKS) {
			json_object_del(definition, "kind");
			params = json_dumps(definition, JSON_COMPACT);
			json_decref(call_done(fixture, "report.set", "%s", params));
			free(params);
		}
		json_decref(result);
	}
}

static void an_own_report_is_defined_shown_and_deleted(void **state)
{
	struct fixture *fixture = *state;

	set(fixture,
		"\"name\":\"mine\",\"title\":\"My tasks\",\"columns\":[\"id\",\"title\"],\"sort\":\"due,urgency-\","
		"\"filter\":\"project:home +a\",\"limit\":5");
	expect_json(call_done(fixture, "report.get", "{\"name\":\"mine\"}"),
		"{\"report\":{\"name\":\"mine\",\"title\":\"My "
		"tasks\",\"kind\":\"tasks\",\"columns\":[\"id\",\"title\"],"
		"\"sort\":\"due,urgency-\",\"filter\":\"project:home +a\",\"limit\":5,\"is_own\":true}}");
	set(fixture, "\"name\":\"mine\",\"columns\":[\"title\"]");
	expect_json(call_done(fixture, "report.get", "{\"name\":\"mine\"}"),
		"{\"report\":{\"name\":\"mine\",\"title\":\"mine\",\"kind\":\"tasks\",\"columns\":[\"title\"],\"is_"
		"own\":true}}");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_NOT_FOUND, "name", "report.get", "{\"name\":\"mine\"}");
	fixture_become(fixture, 1);
	json_decref(call_done(fixture, "report.delete", "{\"name\":\"mine\"}"));
	call_refused(fixture, ERROR_NOT_FOUND, "name", "report.get", "{\"name\":\"mine\"}");
	call_refused(fixture, ERROR_NOT_FOUND, "name", "report.delete", "{\"name\":\"mine\"}");
}

static void an_own_report_takes_the_place_of_a_built_in_one(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	set(fixture, "\"name\":\"aaa\",\"columns\":[\"id\"]");
	set(fixture, "\"name\":\"next\",\"columns\":[\"id\"]");
	set(fixture, "\"name\":\"zzz\",\"columns\":[\"id\"]");
	result = call_done(fixture, "report.list", "{}");
	assert_int_equal(json_array_size(json_object_get(result, "reports")), 17);
	assert_string_equal(text_at(result, "reports.0.name"), "aaa");
	assert_string_equal(text_at(result, "reports.7.name"), "next");
	assert_true(has_member(result, "reports.7.is_own"));
	assert_string_equal(text_at(result, "reports.8.name"), "overdue");
	assert_string_equal(text_at(result, "reports.16.name"), "zzz");
	json_decref(result);
	json_decref(call_done(fixture, "report.delete", "{\"name\":\"next\"}"));
	result = call_done(fixture, "report.get", "{\"name\":\"next\"}");
	assert_false(has_member(result, "report.is_own"));
	json_decref(result);
	call_refused(fixture, ERROR_CONFLICT, "name", "report.delete", "{\"name\":\"next\"}");
}

static void custom_fields_are_columns(void **state)
{
	struct fixture *fixture = *state;

	call_refused(fixture, ERROR_INVALID_PARAMS, "columns", "report.set",
		"{\"name\":\"x\",\"columns\":[\"id\",\"size\"]}");
	json_decref(call_done(fixture, "field.define", "{\"name\":\"size\",\"type\":\"number\"}"));
	set(fixture, "\"name\":\"x\",\"columns\":[\"id\",\"size\"]");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_INVALID_PARAMS, "columns", "report.set",
		"{\"name\":\"x\",\"columns\":[\"id\",\"size\"]}");
}

static void what_cannot_be_a_report_is_refused(void **state)
{
	static const struct {
		const char *field, *params;
	} cases[] = {
		{ "name", "\"name\":\"a b\",\"columns\":[\"id\"]" },
		{ "columns", "\"name\":\"x\"" },
		{ "columns", "\"name\":\"x\",\"columns\":[]" },
		{ "columns", "\"name\":\"x\",\"columns\":[\"id\",\"tittle\"]" },
		{ "columns", "\"name\":\"x\",\"columns\":[\"\"]" },
		{ "title", "\"name\":\"x\",\"columns\":[\"id\"],\"title\":\"a\\u001bb\"" },
		{ "filter", "\"name\":\"x\",\"columns\":[\"id\"],\"filter\":\"status:wrong\"" },
		{ "filter", "\"name\":\"x\",\"columns\":[\"id\"],\"filter\":\"project:\\\"a\\u001bb\\\"\"" },
		{ "limit", "\"name\":\"x\",\"columns\":[\"id\"],\"limit\":0" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\"\"" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\"due+,\"" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\",due+\"" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\"due++\"" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\"due urgency\"" },
		{ "sort", "\"name\":\"x\",\"columns\":[\"id\"],\"sort\":\"tags+\"" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		call_refused(fixture, ERROR_INVALID_PARAMS, cases[i].field, "report.set", "{%s}", cases[i].params);
	call_refused(
		fixture, ERROR_INVALID_PARAMS, "columns", "report.set", "{\"name\":\"x\",\"columns\":[\"tittle\"]}");
	assert_string_equal(fixture->refusal.message, "there is no column `tittle`; did you mean `title`?");
	call_refused(fixture, ERROR_NOT_FOUND, "name", "report.get", "{\"name\":\"netx\"}");
	assert_string_equal(fixture->refusal.message, "there is no report `netx`; did you mean `next`?");
}

static void an_account_has_at_most_100(void **state)
{
	struct fixture *fixture = *state;
	char params[64];

	for (int i = 0; i < 100; i++) {
		(void)snprintf(params, sizeof(params), "\"name\":\"r%d\",\"columns\":[\"id\"]", i);
		set(fixture, params);
	}
	call_refused(fixture, ERROR_CONFLICT, "name", "report.set", "{\"name\":\"more\",\"columns\":[\"id\"]}");
	set(fixture, "\"name\":\"r7\",\"columns\":[\"title\"]");
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_wanted_report_is_built_in),
		TEST(what_is_built_in_is_sound),
		TEST(an_own_report_is_defined_shown_and_deleted),
		TEST(an_own_report_takes_the_place_of_a_built_in_one),
		TEST(custom_fields_are_columns),
		TEST(what_cannot_be_a_report_is_refused),
		TEST(an_account_has_at_most_100),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
