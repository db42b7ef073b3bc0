/* Custom fields: what may be declared, the one text of each value, and the number that it is compared by. */
#include "common/cleanup.h"
#include "tasks/custom_value.h"
#include "tasks/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NOW INT64_C(1795442400) /* 2026-11-23T14:00:00Z */

static void a_name_is_a_word_that_means_nothing_else(void **state)
{
	static const struct {
		const char *name;
		bool is_right;
	} cases[] = {
		{ "cost", true },
		{ "a", true },
		{ "cost_2", true },
		{ "abcdefghijklmnopqrstuvwxyz012345", true },
		{ "abcdefghijklmnopqrstuvwxyz0123456", false },
		{ "", false },
		{ "Cost", false },
		{ "2cost", false },
		{ "_cost", false },
		{ "cost-2", false },
		{ "kosten€", false },
		{ "title", false },
		{ "due", false },
		{ "blockers", false },
		{ "pri", false },
		{ "not", false },
		{ "fields", false },
		{ "urgency", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct refusal refusal = { 0 };

		if (custom_field_check_name(cases[i].name, &refusal) != (cases[i].is_right ? 0 : ERROR_INVALID_PARAMS))
			fail_msg("%s: %s", cases[i].name, refusal.message);
		assert_string_equal(refusal.field, cases[i].is_right ? "" : "name");
	}
}

static void what_filters_ask_for_is_no_name(void **state)
{
	size_t count = 0;

	(void)state;
	for (; filter_attribute_name(count); count++)
		if (!custom_field_check_name(filter_attribute_name(count), NULL))
			fail_msg("%s is an attribute of filters", filter_attribute_name(count));
	assert_true(count > 20);
	assert_int_equal(custom_field_check_name("sched", NULL), ERROR_INVALID_PARAMS);
	assert_int_equal(custom_field_check_name("dep", NULL), ERROR_INVALID_PARAMS);
}

static void a_field_is_checked_as_a_whole(void **state)
{
	static const char *const sizes[] = { "S", "M" }, *const twice[] = { "S", "M", "S" }, *const empty[] = { "" };
	static const struct {
		struct custom_field field;
		const char *refused; /* NULL: it is right */
	} cases[] = {
		{ { "size", CUSTOM_STRING, NULL, 2, sizes }, NULL },
		{ { "size", CUSTOM_STRING, "How large", 0, NULL }, NULL },
		{ { "size", CUSTOM_NUMBER, NULL, 2, sizes }, "choices" },
		{ { "size", CUSTOM_STRING, NULL, 3, twice }, "choices" },
		{ { "size", CUSTOM_STRING, NULL, 1, empty }, "choices" },
		{ { "size", CUSTOM_STRING, "a\nb", 0, NULL }, "label" },
		{ { "size", CUSTOM_STRING, "", 0, NULL }, "label" },
		{ { "id", CUSTOM_STRING, NULL, 0, NULL }, "name" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct refusal refusal = { 0 };

		(void)custom_field_check(&cases[i].field, &refusal);
		assert_string_equal(refusal.field, cases[i].refused ? cases[i].refused : "");
	}
}

struct value_case {
	const char *text;
	const char *value; /* NULL: refused */
	const char *number;
};

static void check_values(enum custom_type type, bool is_number, const struct value_case *cases, size_t count)
{
	static const char *const choices[] = { "S", "M", "extra large" };
	const struct custom_field field = { "x", type, NULL, type == CUSTOM_STRING ? 3 : 0, choices };
	const struct date_context dates = { .now = NOW, .zone = &zone_utc };
	struct arena arena;

	arena_init(&arena);
	for (size_t i = 0; i < count; i++) {
		const struct custom_input input = { cases[i].text, strlen(cases[i].text), is_number };
		struct refusal refusal = { 0 };
		const char *value = NULL, *number;
		enum error error = custom_value_parse(&field, &input, &dates, &arena, &value, &refusal);

		if (error != (cases[i].value ? ERROR_NONE : ERROR_INVALID_PARAMS))
			fail_msg("%s: %s", cases[i].text, error ? refusal.message : value);
		assert_string_equal(refusal.field, error ? "fields.x" : "");
		if (error)
			continue;
		assert_string_equal(value, cases[i].value);
		if (type == CUSTOM_NUMBER)
			assert_int_equal(custom_value_is_number(cases[i].text), !strcmp(cases[i].text, value));
		number = custom_value_number(type, value, &arena);
		assert_string_equal(number ? number : "none", cases[i].number ? cases[i].number : "none");
	}
	arena_deinit(&arena);
}

static void a_number_is_its_shortest_decimal(void **state)
{
	static const struct value_case cases[] = {
		{ "0", "0", "0" },
		{ "-0", "0", "0" },
		{ "-0.000", "0", "0" },
		{ "007", "7", "7" },
		{ "12.50", "12.5", "12.5" },
		{ "-12.0", "-12", "-12" },
		{ "0.1", "0.1", "0.1" },
		{ "00.0010", "0.001", "0.001" },
		{ "100", "100", "100" },
		{ "1e3", "1000", "1000" },
		{ "12E-1", "1.2", "1.2" },
		{ "1.5e+2", "150", "150" },
		{ "5e-324", NULL, NULL },
		{ "1e-15", "0.000000000000001", "0.000000000000001" },
		{ "1e-16", NULL, NULL },
		{ "999999999999999", "999999999999999", "999999999999999" },
		{ "1e14", "100000000000000", "100000000000000" },
		{ "1e15", NULL, NULL },
		{ "0e99999999999999999999", "0", "0" },
		{ "123456789.123456", "123456789.123456", "123456789.123456" },
		{ "123456789.1234567", NULL, NULL },
		{ "0.30000000000000004", NULL, NULL },
		{ "1000000000000000000000000000000000000000000000000", NULL, NULL },
		{ "10000000000000000000000000000000000000000000000001", NULL, NULL },
		{ "", NULL, NULL },
		{ "-", NULL, NULL },
		{ ".5", NULL, NULL },
		{ "5.", NULL, NULL },
		{ "+5", NULL, NULL },
		{ " 5", NULL, NULL },
		{ "5 ", NULL, NULL },
		{ "1,5", NULL, NULL },
		{ "1e", NULL, NULL },
		{ "1.2.3", NULL, NULL },
		{ "inf", NULL, NULL },
		{ "nan", NULL, NULL },
		{ "0x10", NULL, NULL },
	};

	(void)state;
	check_values(CUSTOM_NUMBER, false, cases, COUNT_OF(cases));
	check_values(CUSTOM_NUMBER, true, cases, COUNT_OF(cases));
}

static void dates_durations_and_strings_have_one_text_too(void **state)
{
	static const struct value_case dates[] = {
		{ "2026-11-24", "1795478400", "1795478400" },
		{ "2026-11-24T00:00:01Z", "1795478401", "1795478401" },
		{ "tomorrow", "1795478400", "1795478400" },
		{ "due", NULL, NULL },
		{ "", NULL, NULL },
	};
	static const struct value_case durations[] = {
		{ "90min", "PT5400S", "5400" },
		{ "P1M", "P1M", "2592000" },
		{ "1mo 2d", "P1M2D", "2764800" },
		{ "soon", NULL, NULL },
		{ "90", NULL, NULL },
	};
	static const struct value_case strings[] = {
		{ "S", "S", NULL },
		{ "extra large", "extra large", NULL },
		{ "s", NULL, NULL },
		{ "a\tb", NULL, NULL },
	};
	static const struct value_case numbers[] = { { "5", NULL, NULL } };

	(void)state;
	check_values(CUSTOM_DATE, false, dates, COUNT_OF(dates));
	check_values(CUSTOM_DURATION, false, durations, COUNT_OF(durations));
	check_values(CUSTOM_STRING, false, strings, COUNT_OF(strings));
	check_values(CUSTOM_STRING, true, numbers, COUNT_OF(numbers));
}

static void a_string_is_limited(void **state)
{
	const struct custom_field field = { .name = "x", .type = CUSTOM_STRING };
	char text[TASK_CUSTOM_TEXT_LIMIT + 2];
	struct custom_input input = { text, TASK_CUSTOM_TEXT_LIMIT, false };
	const char *value;

	(void)state;
	memset(text, 'x', sizeof(text));
	text[input.length] = '\0';
	assert_int_equal(custom_value_parse(&field, &input, NULL, NULL, &value, NULL), ERROR_NONE);
	text[input.length++] = 'x';
	text[input.length] = '\0';
	assert_int_equal(custom_value_parse(&field, &input, NULL, NULL, &value, NULL), ERROR_INVALID_PARAMS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_is_a_word_that_means_nothing_else),
		cmocka_unit_test(what_filters_ask_for_is_no_name),
		cmocka_unit_test(a_field_is_checked_as_a_whole),
		cmocka_unit_test(a_number_is_its_shortest_decimal),
		cmocka_unit_test(dates_durations_and_strings_have_one_text_too),
		cmocka_unit_test(a_string_is_limited),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
