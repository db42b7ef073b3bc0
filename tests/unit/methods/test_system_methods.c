/* The daemon about itself. */
#include "common/cleanup.h"
#include "fixture.h"

static void ping_says_which_daemon_this_is(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "system.ping", "{}");

	assert_string_equal(text_at(result, "name"), "taskd");
	assert_string_equal(text_at(result, "version"), "0.1.0");
	assert_int_equal(integer_at(result, "protocol"), 1);
	assert_string_equal(text_at(result, "instance"), fixture->instance);
	assert_string_equal(text_at(result, "time"), "2026-11-23T14:00:00Z");
	json_decref(result);
}

static void status_says_since_when_it_runs(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = call_done(fixture, "system.status", "{}");

	assert_string_equal(text_at(result, "started_at"), "2026-11-23T13:59:00Z");
	assert_int_equal(integer_at(result, "uptime_s"), 60);
	assert_in_range(integer_at(result, "rss_kib"), 100, 100 * 1024 * 1024);
	json_decref(result);
}

static void discover_gives_the_document_of_the_daemon(void **state)
{
	json_t *result = call_done(*state, "rpc.discover", "{}");

	assert_string_equal(text_at(result, "openrpc"), "1.3.2");
	json_decref(result);
}

static void parameters_are_refused_where_there_are_none(void **state)
{
	call_refused(*state, ERROR_INVALID_PARAMS, "verbose", "system.ping", "{\"verbose\":true}");
}

static bool is_of_tasks(const char *name)
{
	static const char *const namespaces[] = { "task.", "series.", "history.", "project.", "tag.", "context.",
		"report.", "field.", "filter.", "urgency." };

	for (size_t i = 0; i < COUNT_OF(namespaces); i++)
		if (!strncmp(name, namespaces[i], strlen(namespaces[i])))
			return true;
	return false;
}

/* What a personal token or a stranger may reach is decided by these rows alone. */
static void every_method_says_who_may_call_it(void **state)
{
	struct fixture *fixture = *state;
	const struct method *method;

	for (size_t i = 0; (method = method_at(fixture->methods, i)); i++) {
		bool is_task = is_of_tasks(method->name);

		assert_non_null(method->handle);
		assert_true(strlen(method->summary) > 0);
		assert_int_equal(is_task, method->scope == SCOPE_TASKS_READ || method->scope == SCOPE_TASKS_WRITE);
		assert_int_equal(is_task && method->store == STORE_WRITE, method->is_idempotent);
		if (is_task)
			assert_int_equal(method->access, ACCESS_ACCOUNT);
	}
	assert_int_equal(method_find(fixture->methods, "system.status")->access, ACCESS_OPERATOR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ping_says_which_daemon_this_is, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(status_says_since_when_it_runs, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			discover_gives_the_document_of_the_daemon, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			parameters_are_refused_where_there_are_none, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(every_method_says_who_may_call_it, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
