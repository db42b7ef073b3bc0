/* Words of a style become the terminal's sequence, or are refused with what is near. */
#include "testing.h"

#include "cli/style.h"

static void words_become_one_sequence(void **state)
{
	static const struct {
		const char *words, *code;
	} rows[] = {
		{ "none", "" },
		{ "bold", "\033[1m" },
		{ "  bold \t red ", "\033[1;31m" },
		{ "red bold", "\033[1;31m" },
		{ "bold faint italic underline inverse", "\033[1;2;3;4;7m" },
		{ "black on white", "\033[30;47m" },
		{ "on blue", "\033[44m" },
		{ "bright red on bright black", "\033[91;100m" },
		{ "color0", "\033[30m" },
		{ "color15 on color8", "\033[97;100m" },
		{ "color16", "\033[38;5;16m" },
		{ "color255 on color208", "\033[38;5;255;48;5;208m" },
		{ "rgb000", "\033[38;5;16m" },
		{ "rgb035 on rgb555", "\033[38;5;39;48;5;231m" },
		{ "gray0", "\033[38;5;232m" },
		{ "grey23", "\033[38;5;255m" },
		{ "on bright cyan underline", "\033[4;106m" },
		{ "bold faint italic underline inverse color255 on color255", "\033[1;2;3;4;7;38;5;255;48;5;255m" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char code[STYLE_CODE_SIZE];

		assert_true(style_parse(rows[i].words, code, NULL));
		assert_string_equal(code, rows[i].code);
	}
}

static void what_is_no_style_is_refused_with_a_reason(void **state)
{
	static const struct {
		const char *words, *reason;
	} rows[] = {
		{ "", "there is no colour in it" },
		{ "gren", "did you mean `green`?" },
		{ "bodl red", "did you mean `bold`?" },
		{ "octarine", "`octarine` is no colour; one is" },
		{ "Red", "did you mean `red`?" },
		{ "red green", "`green` is a second colour" },
		{ "red on green blue", "`blue` is a second colour" },
		{ "red on", "`on` wants a colour" },
		{ "bright", "`bright` wants a colour" },
		{ "bright bright red", "`bright`" },
		{ "bright color3 on on red", "`on`" },
		{ "bright color99", "`color99` cannot be bright" },
		{ "none red", "`none` is no colour" },
		{ "color256", "color256" },
		{ "color-1", "color-1" },
		{ "color", "color" },
		{ "gray24", "gray24" },
		{ "rgb600", "rgb600" },
		{ "rgb0000", "rgb0000" },
		{ "\033[31m", "is no colour" },
		{ "redredredredredredredredredredredred", "is no colour" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char code[STYLE_CODE_SIZE];
		struct buffer reason;

		buffer_init(&reason);
		assert_false(style_parse(rows[i].words, code, &reason));
		expect_words(buffer_text(&reason), rows[i].reason);
		assert_false(style_parse(rows[i].words, code, NULL));
		buffer_deinit(&reason);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_become_one_sequence),
		cmocka_unit_test(what_is_no_style_is_refused_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
