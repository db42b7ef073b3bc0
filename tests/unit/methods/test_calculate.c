/* task.calculate: the clock of the request's zone, and the week of the request. */
#include "fixture.h"

/* FIXTURE_NOW is 2026-11-23T14:00:00Z, a Monday. */
static const struct {
	const char *params;
	const char *kind;
	const char *text;
} rows[] = {
	{ "\"expression\":\"1 + 1\"", "number", "2" },
	{ "\"expression\":\"2h / 2\"", "duration", "PT1H" },
	{ "\"expression\":\"1 < 2\"", "boolean", "true" },
	{ "\"expression\":\"now\",\"timezone\":\"UTC\"", "date", "2026-11-23T14:00:00" },
	{ "\"expression\":\"now + 1h\",\"timezone\":\"Europe/Berlin\"", "date", "2026-11-23T16:00:00" },
	{ "\"expression\":\"today\",\"timezone\":\"Asia/Tokyo\"", "date", "2026-11-23T00:00:00" },
	{ "\"expression\":\"sow\",\"timezone\":\"UTC\",\"week_start\":\"monday\"", "date", "2026-11-23T00:00:00" },
	{ "\"expression\":\"sow\",\"timezone\":\"UTC\",\"week_start\":\"sunday\"", "date", "2026-11-22T00:00:00" },
};

static void an_expression_is_worked_out_where_the_person_is(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *result = call_done(fixture, "task.calculate", "{%s}", rows[i].params);

		if (strcmp(text_at(result, "text"), rows[i].text) != 0)
			fail_msg("%s is %s", rows[i].params, text_at(result, "text"));
		assert_string_equal(text_at(result, "kind"), rows[i].kind);
		json_decref(result);
	}
}

static void what_is_not_understood_is_refused(void **state)
{
	static const struct {
		const char *field, *params;
	} cases[] = {
		{ "expression", "" },
		{ "expression", "\"expression\":\"1 +\"" },
		{ "timezone", "\"expression\":\"now\",\"timezone\":\"Nowhere/Land\"" },
		{ "week_start", "\"expression\":\"sow\",\"week_start\":\"noday\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		call_refused((struct fixture *)*state, ERROR_INVALID_PARAMS, cases[i].field, "task.calculate", "{%s}",
			cases[i].params);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_expression_is_worked_out_where_the_person_is),
		TEST(what_is_not_understood_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
