/* Texts matched without regard to case, and regular expressions within their limits. */
#include "common/cleanup.h"
#include "tasks/text_match.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static bool matches(enum text_match match, const char *pattern_text, const char *text)
{
	struct text_pattern *pattern;
	struct refusal refusal = { 0 };
	bool is_matched = false;

	if (text_pattern_new(match, pattern_text, strlen(pattern_text), &pattern, &refusal))
		fail_msg("%s: %s", pattern_text, refusal.message);
	if (text_pattern_matches(pattern, text, strlen(text), &is_matched))
		fail_msg("%s takes too long for %s", pattern_text, text);
	text_pattern_free(pattern);
	return is_matched;
}

static void case_makes_no_difference(void **state)
{
	static const struct {
		enum text_match match;
		const char *pattern, *text;
		bool is_matched;
	} rows[] = {
		{ TEXT_IS, "milk", "milk", true },
		{ TEXT_IS, "milk", "Milk", false },
		{ TEXT_IS, "milk", "milk ", false },
		{ TEXT_HAS, "MILK", "Buy milk", true },
		{ TEXT_HAS, "milk", "mil", false },
		{ TEXT_HAS, "milk", "", false },
		{ TEXT_HAS, "ÄPFEL", "drei äpfel", true },
		{ TEXT_HAS, "apfel", "Äpfel", false },        /* another letter */
		{ TEXT_HAS, "A\xcc\x88pfel", "Äpfel", true }, /* the same letter, in two characters */
		{ TEXT_HAS, "strasse", "Die Straße", true },
		{ TEXT_HAS, "STRASSE", "straße", true },
		{ TEXT_HAS, "σίσυφος", "ΣΊΣΥΦΟΣ", true },
		{ TEXT_HAS, "k", "\xe2\x84\xaa", true }, /* KELVIN SIGN */
		{ TEXT_HAS, "奶", "买牛奶吧", true },
		{ TEXT_HAS, "e", "\xff\xfe", false }, /* no UTF-8: as it is */
		{ TEXT_STARTS, "BUY", "buy milk", true },
		{ TEXT_STARTS, "milk", "buy milk", false },
		{ TEXT_STARTS, "é", "Écrire", true },
		{ TEXT_ENDS, "MILK", "buy milk", true },
		{ TEXT_ENDS, "buy", "buy milk", false },
		{ TEXT_ENDS, "Я", "земля", true },
		{ TEXT_WORD, "milk", "buy milk", true },
		{ TEXT_WORD, "milk", "Milk, please", true },
		{ TEXT_WORD, "milk", "milkman", false },
		{ TEXT_WORD, "milk", "buttermilk", false },
		{ TEXT_WORD, "milk", "milkman's milk", true },
		{ TEXT_WORD, "milk", "a-milk-b", true },
		{ TEXT_WORD, "milk", "milk2", false },
		{ TEXT_WORD, "cr", "écrire", false },
		{ TEXT_WORD, "à", "écrire à Zoé", true },
		{ TEXT_WORD, "zo", "Zoé", false },
		{ TEXT_REGEX, "^b.*K$", "Buy milk", true },
		{ TEXT_REGEX, "^milk", "Buy milk", false },
		{ TEXT_REGEX, "mil(k|l)\\b", "a mill", true },
		{ TEXT_REGEX, "^\\w+$", "Écrire", true },
		{ TEXT_REGEX, "É", "é", true },
		{ TEXT_REGEX, "^.$", "奶", true },
		{ TEXT_REGEX, "x*", "", true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (matches(rows[i].match, rows[i].pattern, rows[i].text) != rows[i].is_matched)
			fail_msg("%d %s %s", (int)rows[i].match, rows[i].pattern, rows[i].text);
}

static void what_is_no_regular_expression_is_refused_at_its_column(void **state)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "a(", "no regular expression: missing closing parenthesis at column 3" },
		{ "é[", "no regular expression: missing terminating ] for character class at column 3" },
		{ "*", "no regular expression: quantifier does not follow a repeatable item at column 1" },
		{ "((((a{1,100}){1,100}){1,100}){1,100})", "no regular expression: regular expression is too large at "
							   "column 38" },
		{ "\\C", "no regular expression: using \\C is disabled by the application at column 3" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text_pattern *pattern = NULL;
		struct refusal refusal = { 0 };

		assert_int_equal(text_pattern_new(TEXT_REGEX, rows[i].text, strlen(rows[i].text), &pattern, &refusal),
			ERROR_INVALID_PARAMS);
		assert_null(pattern);
		assert_string_equal(refusal.message, rows[i].message);
	}
}

static void a_regular_expression_has_a_length(void **state)
{
	char text[TEXT_REGEX_LIMIT + 1];
	struct text_pattern *pattern;

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(text_pattern_new(TEXT_REGEX, text, TEXT_REGEX_LIMIT, &pattern, NULL), ERROR_NONE);
	text_pattern_free(pattern);
	assert_int_equal(text_pattern_new(TEXT_REGEX, text, sizeof(text), &pattern, NULL), ERROR_INVALID_PARAMS);
}

static void a_regular_expression_ends_at_its_limits(void **state)
{
	static const char *const patterns[] = { "(a+)+$", "(a|aa)+$", "(?:a?){50}a{60}$" };
	char text[201];

	(void)state;
	memset(text, 'a', sizeof(text) - 1);
	memcpy(text + sizeof(text) - 2, "b", 2);
	for (size_t i = 0; i < COUNT_OF(patterns); i++) {
		struct text_pattern *pattern;
		bool is_matched;

		assert_int_equal(
			text_pattern_new(TEXT_REGEX, patterns[i], strlen(patterns[i]), &pattern, NULL), ERROR_NONE);
		if (text_pattern_matches(pattern, text, strlen(text), &is_matched) != ERROR_DEADLINE)
			fail_msg("%s", patterns[i]);
		text_pattern_free(pattern);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(case_makes_no_difference),
		cmocka_unit_test(what_is_no_regular_expression_is_refused_at_its_column),
		cmocka_unit_test(a_regular_expression_has_a_length),
		cmocka_unit_test(a_regular_expression_ends_at_its_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
