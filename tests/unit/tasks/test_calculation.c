/* Expressions: what they come to, and what is said about those that come to nothing. */
#include "common/cleanup.h"
#include "tasks/calculation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* 2026-11-24T14:30:00Z, a Tuesday. */
#define NOW INT64_C(1795530600)

static const struct {
	const char *expression;
	const char *value;
} rows[] = {
	{ "1+1", "2" },
	{ " 1 + 2 * 3 ", "7" },
	{ "(1 + 2) * 3", "9" },
	{ "2^3^2", "512" },
	{ "-2^2", "-4" },
	{ "2^-1", "0.5" },
	{ "7 % 3", "1" },
	{ "7 - 3 - 2", "2" },
	{ "2 - -3", "5" },
	{ "1/3", "0.333333" },
	{ "0.1 + 0.2", "0.3" },
	{ "1e3", "1000" },
	{ "1000000 * 1000000", "1000000000000" },
	{ "1 day + 2 hours", "P1DT2H" },
	{ "P1DT2H", "P1DT2H" },
	{ "90s", "PT1M30S" },
	{ "0s", "PT0S" },
	{ "1 month", "P30D" },
	{ "13 months", "P390D" },
	{ "1y", "P365D" },
	{ "monthly", "P30D" },
	{ "2h * 3", "PT6H" },
	{ "3 * 2h", "PT6H" },
	{ "2h / 2", "PT1H" },
	{ "2h / 30min", "4" },
	{ "5d - 6d", "-P1D" },
	{ "2h + 1", "PT2H1S" },
	{ "now", "2026-11-24T14:30:00" },
	{ "now + 1d", "2026-11-25T14:30:00" },
	{ "1d + now", "2026-11-25T14:30:00" },
	{ "now + 60", "2026-11-24T14:31:00" },
	{ "now + 1d - now", "P1D" },
	{ "tomorrow - today", "P1D" },
	{ "today", "2026-11-24T00:00:00" },
	{ "eom", "2026-11-30T23:59:59" },
	{ "12:00", "2026-11-25T12:00:00" },
	{ "2015-01-01 + 1w", "2015-01-08T00:00:00" },
	{ "2015-01-01-1s", "2014-12-31T23:59:59" },
	{ "2015-01-01T12:00:00 + 1h", "2015-01-01T13:00:00" },
	{ "now - 2015-01-01 > 100d", "true" },
	{ "1h == 60min", "true" },
	{ "1 = 1", "true" },
	{ "1 != 1", "false" },
	{ "1 <= 1 and 2 >= 3", "false" },
	{ "3 > 2 or 1 < 0", "true" },
	{ "1 xor 1", "false" },
	{ "true && !false", "true" },
	{ "not 1", "false" },
};

static void expressions_come_to_values(void **state)
{
	const struct date_context context = { .now = NOW, .zone = &zone_utc };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct calculation_value value;
		struct refusal refusal = { 0 };
		char text[CALCULATION_TEXT_SIZE];

		if (calculation_evaluate(rows[i].expression, strlen(rows[i].expression), &context, &value, &refusal))
			fail_msg("%s: %s", rows[i].expression, refusal.message);
		calculation_format(&value, context.zone, text);
		if (strcmp(text, rows[i].value) != 0)
			fail_msg("%s is %s, not %s", rows[i].expression, text, rows[i].value);
	}
}

static const struct {
	const char *expression;
	const char *reason;
} refusals[] = {
	{ "", "expected a number, a date or a length of time at column 1" },
	{ "1 +", "expected a number, a date or a length of time at column 4" },
	{ "foo", "expected a number, a date or a length of time at column 1" },
	{ "1 1", "expected an operator at column 3" },
	{ "((1)", "expected `)` at column 5" },
	{ "1/0", "these two do not go together at column 2" },
	{ "10^400", "these two do not go together" },
	{ "today + today", "these two do not go together" },
	{ "1 - today", "these two do not go together" },
	{ "today * 2", "these two do not go together" },
	{ "2h ^ 2", "these two do not go together" },
	{ "9999-12-31 + 400d", "these two do not go together" },
	{ "-today", "there is no negative date at column 1" },
	{ "1e999", "this number is too large" },
};

static void what_comes_to_nothing_is_refused_with_its_place(void **state)
{
	const struct date_context context = { .now = NOW, .zone = &zone_utc };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(refusals); i++) {
		const char *expression = refusals[i].expression;
		struct calculation_value value;
		struct refusal refusal = { 0 };

		assert_int_equal(calculation_evaluate(expression, strlen(expression), &context, &value, &refusal),
			ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, "expression");
		if (!strstr(refusal.message, refusals[i].reason))
			fail_msg("%s: %s", expression, refusal.message);
	}
}

static void what_is_nested_too_deeply_is_refused(void **state)
{
	const struct date_context context = { .now = NOW, .zone = &zone_utc };
	struct calculation_value value;
	struct refusal refusal = { 0 };
	char text[CALCULATION_TEXT_LIMIT];

	(void)state;
	memset(text, '(', sizeof(text));
	assert_int_equal(calculation_evaluate(text, sizeof(text), &context, &value, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "nested too deeply"));
	memset(text, '-', sizeof(text));
	assert_int_equal(calculation_evaluate(text, sizeof(text), &context, &value, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "nested too deeply"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_come_to_values),
		cmocka_unit_test(what_comes_to_nothing_is_refused_with_its_place),
		cmocka_unit_test(what_is_nested_too_deeply_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
