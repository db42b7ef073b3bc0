/* Words as a shell splits them. */
#include "testing.h"

#include "cli/shell_words.h"

static const struct {
	const char *text;
	const char *words; /* joined by | */
} rows[] = {
	{ "", "" },
	{ "  \t ", "" },
	{ "list", "list" },
	{ "  list   due:today\t+shop ", "list|due:today|+shop" },
	{ "list -f 'pri:H or +x'", "list|-f|pri:H or +x" },
	{ "add \"a \\\"b\\\" \\c \\\\\"", "add|a \"b\" \\c \\" },
	{ "a'b c'\"d e\"f", "ab cd ef" },
	{ "a '' \"\" b", "a|||b" },
	{ "a\\ b \\'c", "a b|'c" },
	{ "'a\\b' $HOME * ~ # `x`", "a\\b|$HOME|*|~|#|`x`" },
	{ "a b c d e f g", "a|b|c|d|e|f|g" },
};

static const char *const open_ended[] = { "'", "list 'a", "\"a", "\"a\\\"", "a \\" };

static void words_are_those_of_a_shell(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct arena arena;
		struct buffer joined;
		char **words;
		size_t count;

		arena_init(&arena);
		buffer_init(&joined);
		assert_int_equal(shell_words_split(rows[i].text, &arena, &words, &count, NULL), ERROR_NONE);
		assert_null(words[count]);
		for (size_t j = 0; j < count; j++)
			buffer_printf(&joined, "%s%s", j ? "|" : "", words[j]);
		expect_content(&joined, rows[i].words);
		buffer_deinit(&joined);
		arena_deinit(&arena);
	}
}

static void what_is_left_open_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(open_ended); i++) {
		struct trouble trouble;
		struct arena arena;
		char **words;
		size_t count;

		arena_init(&arena);
		assert_int_equal(
			shell_words_split(open_ended[i], &arena, &words, &count, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, open_ended[i]);
		arena_deinit(&arena);
	}
}

static void what_is_quoted_is_one_word_again(void **state)
{
	static const char *const texts[] = { "", "list", "a b", "it's", "''", "\\ \" $x" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct buffer quoted;
		struct arena arena;
		char **words;
		size_t count;

		arena_init(&arena);
		buffer_init(&quoted);
		shell_words_quote(&quoted, texts[i]);
		assert_int_equal(shell_words_split(buffer_text(&quoted), &arena, &words, &count, NULL), ERROR_NONE);
		assert_int_equal(count, 1);
		assert_string_equal(words[0], texts[i]);
		buffer_deinit(&quoted);
		arena_deinit(&arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_those_of_a_shell),
		cmocka_unit_test(what_is_quoted_is_one_word_again),
		cmocka_unit_test(what_is_left_open_is_refused),
	};

	return cmocka_run_group_tests_name("shell_words", tests, NULL, NULL);
}
