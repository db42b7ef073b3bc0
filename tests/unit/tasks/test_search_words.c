/* Searching: which words a text has, what a query asks for, and what is found by it. */
#include "common/buffer.h"
#include "common/cleanup.h"
#include "tasks/search_match.h"
#include "tasks/search_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* --- words --- */

static void check_words(const char *text, const char *expected)
{
	struct buffer words;

	buffer_init(&words);
	search_words_append(&words, text, strlen(text));
	assert_string_equal(buffer_text(&words), expected);
	buffer_deinit(&words);
}

static const struct {
	const char *text, *words;
} cases[] = {
	{ "", "" },
	{ " \t\n.,;", "" },
	{ "Buy milk, and BREAD!", "buy milk and bread" },
	{ "don't", "don t" },
	{ "e-mail to_do", "e mail to do" },
	{ "https://example.org/a?b=c#d", "https example org a b c d" },
	{ "v2.10 (3rd)", "v2 10 3rd" },
	/* Latin. */
	{ "Crème brûlée", "creme brulee" },
	{ "Cre\u0300me bru\u0302le\u0301e", "creme brulee" },
	{ "Straße STRASSE", "strasse strasse" },
	{ "Łódź Ærø Þór œuvre đ", "lodz aero thor oeuvre d" },
	{ "İSTANBUL ISPARTA ısparta istanbul", "istanbul isparta isparta istanbul" },
	{ "ﬁn ² ℡ Ⅳ ｆｕｌｌ", "fin 2 tel iv full" },
	{ "soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth" },
	/* Other alphabets. */
	{ "Купить МОЛОКО и ёлку", "купить молоко и елку" },
	{ "ΟΔΟΣ οδός", "οδοσ οδοσ" },
	{ "שָׁלוֹם", "שלום" },
	{ "كِتَــاب", "كتاب" },
	{ "कि का", "कि का" },
	/* Scripts without spaces. */
	{ "牛", "牛" },
	{ "牛奶", "牛奶 奶" },
	{ "我要买牛奶。", "我要 要买 买牛 牛奶 奶" },
	{ "牛乳を買う", "牛乳 乳を を買 買う う" },
	{ "ﾐﾙｸ コーヒー", "ミル ルク ク コー ーヒ ヒー ー" },
	{ "か\u3099", "が" },
	{ "우유를 사기", "우유 유를 를 사기 기" },
	{ "\u110b\u116e\u110b\u1172", "우유 유" },
	{ "ซื้อนม", "ซื ื้ ้อ อน นม ม" },
	{ "iPhone手机app", "iphone 手机 机 app" },
	{ "2024年", "2024 年" },
	/* Symbols. */
	{ "🥛🥛 milk", "🥛 🥛 milk" },
	{ "👍🏽 1\ufe0f\u20e3 ❤\ufe0f", "👍 1 ❤" },
	{ "👨\u200d👩\u200d👧", "👨 👩 👧" },
	{ "5 € + 3 · 2", "5 3 2" },
};

static void a_text_has_these_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		check_words(cases[i].text, cases[i].words);
}

static void what_is_no_text_has_no_words(void **state)
{
	(void)state;
	check_words("\xff milk", "");
	check_words("\xe7\x89", "");
}

static void a_long_word_is_cut_between_characters(void **state)
{
	char text[3 * SEARCH_WORD_LIMIT];
	struct buffer words;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = "я"[i % 2];
	buffer_init(&words);
	search_words_append(&words, text, sizeof(text));
	assert_int_equal(words.length, SEARCH_WORD_LIMIT - 2);
	assert_memory_equal(words.data, text, words.length);
	buffer_deinit(&words);
}

/* --- queries --- */

static void show_phrase(const struct search_phrase *phrase, struct buffer *out)
{
	if (phrase->is_excluded)
		buffer_append_char(out, '-');
	for (size_t i = 0; i < phrase->count; i++) {
		assert_int_equal(strlen(phrase->words[i].text), phrase->words[i].length);
		buffer_printf(out, "%s%s", i ? "_" : "", phrase->words[i].text);
	}
	if (phrase->is_prefix)
		buffer_append_char(out, '*');
}

static void check_query(const char *text, const char *expected)
{
	struct search_query query;
	struct arena arena;
	struct buffer shown;

	arena_init(&arena);
	buffer_init(&shown);
	assert_int_equal(search_query_parse(text, strlen(text), &arena, &query, NULL), ERROR_NONE);
	for (size_t i = 0; i < query.count; i++) {
		assert_int_equal(query.phrases[i].is_excluded, i >= query.wanted);
		if (i)
			buffer_append_char(&shown, ' ');
		show_phrase(&query.phrases[i], &shown);
	}
	assert_string_equal(buffer_text(&shown), expected);
	buffer_deinit(&shown);
	arena_deinit(&arena);
}

static void a_query_asks_for_this(void **state)
{
	(void)state;
	check_query("milk", "milk*");
	check_query("  Buy\tMILK ", "buy milk*");
	check_query("mil* buy", "mil* buy*");
	check_query("\"buy milk\"", "buy_milk");
	check_query("\"buy mil\"* now", "buy_mil* now*");
	check_query("\"buy milk", "buy_milk");
	check_query("milk -soy", "milk -soy");
	check_query("-soy milk", "milk* -soy");
	check_query("milk -\"oat drink\" -ric*", "milk -oat_drink -ric*");
	check_query("e-mail", "e_mail*");
	check_query("salt & pepper - now", "salt pepper now*");
	check_query("say\"hello there\"", "say hello_there");
	check_query("OR AND NOT NEAR(a, 5) title:x ^b {c}", "or and not near_a 5 title_x b c*");
	check_query("milk *", "milk*");
	check_query("crème", "creme*");
}

static void a_query_in_a_script_without_spaces_asks_for_a_part_of_a_run(void **state)
{
	(void)state;
	check_query("牛", "牛*");
	check_query("牛奶", "牛奶");
	check_query("买牛奶 buy", "买牛_牛奶 buy*");
	check_query("\"牛奶 奶\"", "牛奶_奶_奶*");
	check_query("手机app", "手机_机_app*");
	check_query("app手机", "app_手机");
	check_query("app手", "app_手*");
	check_query("茶 -牛", "茶* -牛*");
}

static void check_refused(const char *text, size_t length)
{
	struct search_query query;
	struct refusal refusal = { 0 };
	struct arena arena;

	arena_init(&arena);
	assert_int_equal(search_query_parse(text, length, &arena, &query, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "query");
	arena_deinit(&arena);
}

static void a_query_without_a_word_is_refused(void **state)
{
	(void)state;
	check_refused("", 0);
	check_refused("&", 1);
	check_refused("*", 1);
	check_refused("\"", 1);
	check_refused("-", 1);
	check_refused("-milk", 5);
	check_refused("milk\xff", 5);
}

static void a_query_of_too_many_words_is_refused(void **state)
{
	char text[SEARCH_TEXT_LIMIT + 1];

	(void)state;
	memset(text, ' ', sizeof(text));
	for (size_t i = 0; i <= SEARCH_WORDS_MOST; i++)
		text[2 * i] = 'a';
	check_refused(text, SEARCH_TEXT_LIMIT);
	memset(text, 'a', sizeof(text));
	check_refused(text, sizeof(text));
}

/* --- matching --- */

static bool finds(const char *text, const struct task *task, int64_t *ret_score)
{
	struct search_query query;
	struct search_document document;
	struct buffer title, body;
	struct arena arena;
	bool is_found;

	arena_init(&arena);
	buffer_init(&title);
	buffer_init(&body);
	assert_int_equal(search_query_parse(text, strlen(text), &arena, &query, NULL), ERROR_NONE);
	document = search_match_document(task, &title, &body);
	is_found = search_match(&query, &document, ret_score);
	buffer_deinit(&title);
	buffer_deinit(&body);
	arena_deinit(&arena);
	return is_found;
}

static bool finds_title(const char *text, const char *title)
{
	struct task task = task_empty;
	int64_t score;

	task.title = title;
	return finds(text, &task, &score);
}

static void all_words_must_occur(void **state)
{
	(void)state;
	assert_true(finds_title("milk buy", "Buy milk"));
	assert_false(finds_title("milk bread", "Buy milk"));
	assert_true(finds_title("buy mil", "Buy milk"));
	assert_false(finds_title("mil buy", "Buy milk"));
	assert_true(finds_title("mil* buy", "Buy milk"));
	assert_false(finds_title("\"buy mil\"", "Buy milk"));
	assert_true(finds_title("\"buy mil\"*", "Buy milk"));
	assert_false(finds_title("\"milk buy\"", "Buy milk"));
	assert_false(finds_title("milk -buy", "Buy milk"));
	assert_true(finds_title("milk -bread", "Buy milk"));
	assert_true(finds_title("milk -bu", "Buy milk"));
	assert_false(finds_title("milk -bu*", "Buy milk"));
}

static void a_word_inside_of_a_run_is_found(void **state)
{
	(void)state;
	assert_true(finds_title("牛奶", "我要买牛奶回家"));
	assert_true(finds_title("奶", "我要买牛奶回家"));
	assert_true(finds_title("家", "我要买牛奶回家"));
	assert_true(finds_title("买牛奶 回家", "我要买牛奶回家"));
	assert_false(finds_title("奶牛", "我要买牛奶回家"));
	assert_false(finds_title("买牛奶家", "我要买牛奶回家"));
	assert_true(finds_title("牛乳", "牛乳を買う"));
	assert_true(finds_title("우유", "우유를 사기"));
	assert_true(finds_title("นม", "ซื้อนม"));
	assert_true(finds_title("手机", "iPhone手机app"));
	assert_true(finds_title("机app", "iPhone手机app"));
	assert_false(finds_title("手app", "iPhone手机app"));
}

static void notes_and_annotations_are_searched(void **state)
{
	const struct task_annotation annotations[] = { { 0, "with oats" }, { 0, "and honey" } };
	struct task task = task_empty;
	int64_t score;

	(void)state;
	task.title = "Breakfast";
	task.note = "one bowl";
	task.annotations = annotations;
	task.annotation_count = 2;
	assert_true(finds("breakfast bowl honey", &task, &score));
	assert_true(finds("\"with oats\"", &task, &score));
	assert_false(finds("\"oats and\"", &task, &score));
	assert_false(finds("\"bowl with\"", &task, &score));
	assert_false(finds("\"breakfast one\"", &task, &score));
}

static int64_t score_of(const char *query, const char *title, const char *note)
{
	struct task task = task_empty;
	int64_t score = 0;

	task.title = title;
	task.note = note;
	assert_true(finds(query, &task, &score));
	return score;
}

static void what_fits_better_ranks_higher(void **state)
{
	(void)state;
	assert_true(score_of("milk", "milk", NULL) > score_of("milk", "buy milk", NULL));
	assert_true(score_of("milk", "buy milk now", NULL) > score_of("milk", "buy now", "milk"));
	assert_true(score_of("milk", "buy", "milk and milk") > score_of("milk", "buy", "milk and tea"));
	assert_int_equal(score_of("milk -tea", "buy milk", NULL), score_of("milk -bread", "buy milk", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_has_these_words),
		cmocka_unit_test(what_is_no_text_has_no_words),
		cmocka_unit_test(a_long_word_is_cut_between_characters),
		cmocka_unit_test(a_query_asks_for_this),
		cmocka_unit_test(a_query_in_a_script_without_spaces_asks_for_a_part_of_a_run),
		cmocka_unit_test(a_query_without_a_word_is_refused),
		cmocka_unit_test(a_query_of_too_many_words_is_refused),
		cmocka_unit_test(all_words_must_occur),
		cmocka_unit_test(a_word_inside_of_a_run_is_found),
		cmocka_unit_test(notes_and_annotations_are_searched),
		cmocka_unit_test(what_fits_better_ranks_higher),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
