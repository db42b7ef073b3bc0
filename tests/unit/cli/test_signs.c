/* What we draw is ASCII wherever the terminal's text may not be UTF-8. */
#include "testing.h"

#include "cli/signs.h"

#include <stdlib.h>

static void set_locale(const char *all, const char *ctype, const char *lang)
{
	const struct {
		const char *name, *value;
	} variables[] = { { "LC_ALL", all }, { "LC_CTYPE", ctype }, { "LANG", lang } };

	for (size_t i = 0; i < COUNT_OF(variables); i++) {
		if (variables[i].value)
			(void)setenv(variables[i].name, variables[i].value, 1);
		else
			(void)unsetenv(variables[i].name);
	}
}

static void the_first_variable_that_is_set_names_the_codeset(void **state)
{
	static const struct {
		const char *all, *ctype, *lang;
		bool is_utf8;
	} rows[] = {
		{ NULL, NULL, NULL, false },
		{ NULL, NULL, "C", false },
		{ NULL, NULL, "POSIX", false },
		{ NULL, NULL, "C.UTF-8", true },
		{ NULL, NULL, "en_US.utf8", true },
		{ NULL, NULL, "en_US.UTF8", true },
		{ NULL, NULL, "sr_RS.UTF-8@latin", true },
		{ NULL, NULL, "en_US.Utf_8", true },
		{ NULL, "UTF-8", "C", true },
		{ NULL, NULL, "en_US", false },
		{ NULL, NULL, "en_US.ISO-8859-1", false },
		{ NULL, NULL, "de_DE@euro", false },
		{ NULL, NULL, "ja_JP.UTF-16", false },
		{ NULL, NULL, "x.utf88", false },
		{ NULL, NULL, "x.utf", false },
		{ NULL, NULL, ".", false },
		{ "C", "C.UTF-8", "C.UTF-8", false },
		{ "", "C.UTF-8", "C", true },
		{ "C.UTF-8", "C", "C", true },
		{ "", "", "C.UTF-8", true },
		{ NULL, "C", "C.UTF-8", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		set_locale(rows[i].all, rows[i].ctype, rows[i].lang);
		assert_int_equal(signs_are_utf8(), rows[i].is_utf8);
	}
}

static void every_sign_has_both_spellings(void **state)
{
	(void)state;
	for (enum sign sign = 0; sign < SIGN_COUNT; sign++) {
		const char *ascii;

		set_locale("C.UTF-8", NULL, NULL);
		assert_true((unsigned char)sign_text(sign)[0] >= 0x80);
		set_locale("C", NULL, NULL);
		ascii = sign_text(sign);
		assert_true(ascii[0]);
		for (size_t i = 0; ascii[i]; i++)
			assert_in_range(ascii[i], 0x20, 0x7E);
	}
}

static void expect_appended(const char *locale, const char *text, const char *expected)
{
	struct buffer out;

	set_locale(locale, NULL, NULL);
	buffer_init(&out);
	signs_append(&out, text);
	expect_content(&out, expected);
	buffer_deinit(&out);
}

static void a_text_of_ours_is_spelt_as_the_terminal_wants_it(void **state)
{
	(void)state;
	expect_appended("C.UTF-8", "ID\xE2\x80\xA6 \xE2\x86\x92 [--]", "ID\xE2\x80\xA6 \xE2\x86\x92 [--]");
	expect_appended("C", "ID\xE2\x80\xA6 \xE2\x86\x92 [--]", "ID... -> [--]");
	expect_appended("C",
		"0\xE2\x80\x93"
		"9\xE2\x80",
		"0-9\xE2\x80");
	expect_appended("C", "\xE6\xBC\xA2", "\xE6\xBC\xA2");
	expect_appended("C", "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_variable_that_is_set_names_the_codeset),
		cmocka_unit_test(every_sign_has_both_spellings),
		cmocka_unit_test(a_text_of_ours_is_spelt_as_the_terminal_wants_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
