/* Which coefficients an account may set, and to what. */
#include "common/cleanup.h"
#include "tasks/urgency_coefficient.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void terms_and_rules_are_names(void **state)
{
	static const char *const good[] = { "due", "priority.H", "age.max", "user.tag.shop", "user.project.home.garden",
		"user.project.Home Garden", "user.field.size", "user.field.size.1.5", "user.field.a_1.two words" };
	static const char *const bad[] = { "", "Due", "priority", "priority.X", "user", "user.", "user.tag.",
		"user.tag.a b", "user.tag.+a", "user.project.", "user.project..a", "user.field.", "user.field.Size",
		"user.field.1a", "user.field.size.", "user.keyword.x" };
	struct refusal refusal;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++)
		assert_int_equal(urgency_check_name(good[i], strlen(good[i]), &refusal), ERROR_NONE);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		if (urgency_check_name(bad[i], strlen(bad[i]), &refusal) != ERROR_INVALID_PARAMS)
			fail_msg("`%s` is taken", bad[i]);
		assert_string_equal(refusal.field, "name");
	}
	assert_int_equal(urgency_check_name("blockin", 7, &refusal), ERROR_INVALID_PARAMS);
	assert_non_null(strstr(refusal.message, "blocking"));
}

static void values_have_bounds_and_six_decimals(void **state)
{
	static const struct {
		const char *name;
		double value;
		int64_t millionths; /* INT64_MIN: refused */
	} cases[] = {
		{ "due", 12, 12000000 },
		{ "due", 3.9, 3900000 },
		{ "due", -0.000001, -1 },
		{ "due", 999.999999, 999999999 },
		{ "due", 1000, 1000000000 },
		{ "due", -1000, -1000000000 },
		{ "due", 1000.000001, INT64_MIN },
		{ "due", 0.0000001, INT64_MIN },
		{ "due", 1e300, INT64_MIN },
		{ "age.max", 365, 365000000 },
		{ "age.max", 0, 0 },
		{ "age.max", 36500, INT64_C(36500000000) },
		{ "age.max", 36501, INT64_MIN },
		{ "age.max", 1.5, INT64_MIN },
		{ "age.max", -1, INT64_MIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct refusal refusal;
		int64_t value = INT64_MIN;

		if (!urgency_read_value(cases[i].name, cases[i].value, &value, &refusal) !=
				(cases[i].millionths != INT64_MIN) ||
			value != cases[i].millionths)
			fail_msg("%s = %.7f", cases[i].name, cases[i].value);
	}
}

static void what_is_said_stands_in_the_place_of_the_default(void **state)
{
	static const struct urgency_coefficient own[] = {
		{ "user.tag.zoo", 3 },
		{ "due", 1 },
		{ "user.tag.next", 2 },
		{ "user.field.size.1.5", 4 },
		{ "nothing", 5 },
	};
	struct urgency_coefficients coefficients;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	urgency_coefficients_make(own, COUNT_OF(own), &arena, &coefficients);
	assert_int_equal(coefficients.terms[URGENCY_DUE], 1);
	assert_int_equal(coefficients.terms[URGENCY_AGE], 2 * URGENCY_MILLIONTHS);
	assert_int_equal(coefficients.rule_count, 3);
	assert_string_equal(coefficients.rules[0].key, "size");
	assert_string_equal(coefficients.rules[0].value, "1.5");
	assert_string_equal(coefficients.rules[1].key, "next");
	assert_int_equal(coefficients.rules[1].coefficient, 2);
	assert_string_equal(coefficients.rules[2].key, "zoo");
	assert_int_equal(urgency_default_of("user.tag.next"), 15 * URGENCY_MILLIONTHS);
	assert_int_equal(urgency_default_of("user.tag.zoo"), 0);
	assert_int_equal(urgency_default_of("waiting"), -3 * URGENCY_MILLIONTHS);
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_and_rules_are_names),
		cmocka_unit_test(values_have_bounds_and_six_decimals),
		cmocka_unit_test(what_is_said_stands_in_the_place_of_the_default),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
