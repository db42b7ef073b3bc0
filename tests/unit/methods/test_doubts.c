/* Names that were perhaps meant otherwise: in changes, and in filters. */
#include "fixture.h"

static void expect_doubts(json_t *result, const char *expected)
{
	const json_t *doubts = json_object_get(result, "doubts");
	char *text = doubts ? json_dumps(doubts, JSON_COMPACT) : NULL;

	assert_string_equal(text ? text : "", expected);
	free(text);
	json_decref(result);
}

#define DOUBT(kind, name, near) "{\"kind\":\"" kind "\",\"name\":\"" name "\",\"near\":\"" near "\"}"
#define UNKNOWN(kind, name)     "{\"kind\":\"" kind "\",\"name\":\"" name "\"}"

static void add_home(struct fixture *fixture)
{
	expect_doubts(call_done(fixture, "task.add",
			      "{\"title\":\"x\",\"project\":\"home.garden\",\"tags\":[\"shop\",\"sprint-11\"]}"),
		"");
}

static void a_new_label_near_another_is_a_doubt(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"hoem\",\"tags\":[\"shpo\"]}"),
		"[" DOUBT("project", "hoem", "home") "," DOUBT("tag", "shpo", "shop") "]");
	expect_doubts(call_done(fixture, "task.modify", "{\"id\":1,\"add_tags\":[\"shops\"]}"),
		"[" DOUBT("tag", "shops", "shop") "]");
}

static void what_tasks_have_is_none(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	add_home(fixture);
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"home\"}"), "");
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"travel\"}"), "");
}

static void counted_and_short_names_are_none(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	expect_doubts(call_done(fixture, "task.modify", "{\"id\":1,\"add_tags\":[\"sprint-12\",\"sprint-3\"]}"), "");
	expect_doubts(call_done(fixture, "task.modify", "{\"id\":1,\"add_tags\":[\"hop\"]}"), "");
}

static void a_dry_run_doubts_as_well(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"hoem\",\"dry_run\":true}"),
		"[" DOUBT("project", "hoem", "home") "]");
}

static void a_field_in_the_title_is_a_doubt(void **state)
{
	struct fixture *fixture = *state;

	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x cost:3\"}"), "");
	json_decref(call_done(fixture, "field.define", "{\"name\":\"cost\",\"type\":\"number\"}"));
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x cost:3 at 10:30 http://a.b re:\"}"),
		"[" DOUBT("field", "cost", "cost") "]");
	expect_doubts(call_done(fixture, "task.modify", "{\"id\":1,\"title\":\"csot:3\"}"),
		"[" DOUBT("field", "csot", "cost") "]");
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"the cost: much\"}"), "");
}

static void another_accounts_labels_are_nobodys_business(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	fixture_become(fixture, 2);
	expect_doubts(call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"hoem\"}"), "");
	expect_doubts(call_done(fixture, "filter.check", "{\"filter\":\"project:hoen\"}"),
		"[" DOUBT("project", "hoen", "hoem") "]");
}

static void a_filter_tells_which_labels_no_task_has(void **state)
{
	struct fixture *fixture = *state;

	add_home(fixture);
	expect_doubts(
		call_done(fixture, "filter.check", "{\"filter\":\"project:home +shop -sprint-11 due:today\"}"), "");
	expect_doubts(
		call_done(fixture, "filter.check", "{\"filter\":\"(project:hme or +shp) not -unheard +overdue\"}"),
		"[" DOUBT("project", "hme", "home") "," DOUBT("tag", "shp", "shop") "," UNKNOWN(
			"tag", "unheard") "," DOUBT("tag", "overdue", "+OVERDUE") "]");
	call_refused(fixture, ERROR_INVALID_PARAMS, "filter", "filter.check", "{\"filter\":\"due:\\\"\"}");
}

static void a_field_is_near_in_a_filter_too(void **state)
{
	struct fixture *fixture = *state;

	json_decref(call_done(fixture, "field.define", "{\"name\":\"cost\",\"type\":\"number\"}"));
	call_refused(fixture, ERROR_INVALID_PARAMS, "filter", "filter.check", "{\"filter\":\"csot:3\"}");
	assert_non_null(strstr(fixture->refusal.message, "did you mean `cost`?"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_label_near_another_is_a_doubt),
		TEST(what_tasks_have_is_none),
		TEST(counted_and_short_names_are_none),
		TEST(a_dry_run_doubts_as_well),
		TEST(a_field_in_the_title_is_a_doubt),
		TEST(another_accounts_labels_are_nobodys_business),
		TEST(a_filter_tells_which_labels_no_task_has),
		TEST(a_field_is_near_in_a_filter_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
