/* Quick words: which tasks are meant. */
#include "testing.h"

#include "cli/quick_words.h"

#include <stdlib.h>

#define WORDS_MOST 6u

/* Those behind "--" come as literal words. */
static void split(const char *const *texts, struct word_list *words)
{
	bool is_literal = false;

	for (; *texts; texts++) {
		if (!is_literal && strcmp(*texts, "--") == 0)
			is_literal = true;
		else
			word_list_add(words, *texts, is_literal);
	}
}

static void a_tag_to_take_off_is_told_from_options_by_its_looks(void **state)
{
	(void)state;
	assert_true(quick_words_is_untag("-work"));
	assert_true(quick_words_is_untag("-a1"));
	assert_false(quick_words_is_untag("-q"));
	assert_false(quick_words_is_untag("-"));
	assert_false(quick_words_is_untag("--"));
	assert_false(quick_words_is_untag("--json"));
	assert_false(quick_words_is_untag("work"));
	assert_false(quick_words_is_untag(""));
}

/* --- ids --- */

static const struct {
	const char *text;
	bool is_ids;
} looks[] = {
	{ "3", true },
	{ "3-7,9", true },
	{ "3-3", true },
	{ "0", true },
	{ "999999999999999", true },
	{ "deadbeef", true },
	{ "12345678", true },
	{ "6F1C2B9E", true },
	{ "6f1c2b9e-8d4a-7c3b-9e2f-0a1b2c3d4e5f", true },
	{ "6f1c2b9e-8d4a", true },
	{ "3,deadbeef,5-6", true },
	{ "7-3", false },
	{ "3,7-3", false },
	{ "deadbee", false },
	{ "6f1c2b9e-8d4a-7c3b-9e2f-0a1b2c3d4e5f0", false },
	{ "deadbeef-x", false },
	{ "", false },
	{ ",", false },
	{ "3,", false },
	{ ",3", false },
	{ "3,,4", false },
	{ "3-", false },
	{ "-3", false },
	{ "3-4-5", false },
	{ "3x", false },
	{ "3 4", false },
	{ "+3", false },
	{ "milk", false },
};

static void ids_are_numbers_ranges_and_beginnings_of_uuids(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(looks); i++)
		if (quick_words_is_ids(&(struct word){ .text = looks[i].text }) != looks[i].is_ids)
			fail_msg("`%s`", looks[i].text);
	assert_false(quick_words_is_ids(&(struct word){ .text = "3", .is_literal = true }));
}

static void ids_are_counted_from_the_first_word_on(void **state)
{
	const struct word words[] = { { .text = "3" }, { .text = "5-6" }, { .text = "milk" }, { .text = "7" } };

	(void)state;
	assert_int_equal(quick_words_count_ids(words, 4), 2);
	assert_int_equal(quick_words_count_ids(words, 1), 1);
	assert_int_equal(quick_words_count_ids(words + 2, 2), 0);
	assert_int_equal(quick_words_count_ids(words, 0), 0);
}

static const struct {
	const char *words[WORDS_MOST];
	const char *params;
} selections[] = {
	{ { "3" }, "{\"id\":3}" },
	{ { "deadbeef" }, "{\"id\":\"deadbeef\"}" },
	{ { "12345678" }, "{\"id\":\"12345678\"}" },
	{ { "1234567" }, "{\"id\":1234567}" },
	{ { "3,9" }, "{\"ids\":[3,9]}" },
	{ { "3", "9,deadbeef" }, "{\"ids\":[3,9,\"deadbeef\"]}" },
	{ { "3-7,9" }, "{\"filter\":\"3-7,9\"}" },
	{ { "3", "5-6" }, "{\"filter\":\"3,5-6\"}" },
};

static void one_is_an_id_several_are_ids_and_a_range_is_a_filter(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(selections); i++) {
		struct word_list words = { .items = NULL };
		json_auto_t *params = json_object();

		split(selections[i].words, &words);
		quick_words_read_selection(words.items, words.count, params);
		expect_json(params, selections[i].params);
		word_list_deinit(&words);
	}
}

static const struct {
	const char *words[WORDS_MOST];
	const char *filter;
} filters[] = {
	{ { NULL }, "" },
	{ { "3" }, "3" },
	{ { "3", "5-6", "deadbeef" }, "3,5-6,deadbeef" },
	{ { "project:home", "-work" }, "project:home -work" },
	{ { "3", "project:home", "9" }, "3,9 project:home" },
	{ { "+shop", "--", "7" }, "+shop 7" },
	{ { "+shop", "or", "3" }, "+shop or 3" },
	{ { "+shop", "or", "3", "5-6" }, "+shop or 3,5-6" },
	{ { "+shop", "or", "(3", "and", "-work)" }, "+shop or (3 and -work)" },
	{ { "+shop", "!", "3" }, "+shop ! 3" },
	{ { "+shop", "!3" }, "+shop !3" },
	{ { "+shop or +work", "3" }, "+shop or +work 3" },
};

static void ids_in_a_filter_are_one_term(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(filters); i++) {
		struct word_list words = { .items = NULL };
		AUTO_FREE char *filter = NULL;

		split(filters[i].words, &words);
		filter = quick_words_read_filter(words.items, words.count);
		assert_string_equal(filter, filters[i].filter);
		word_list_deinit(&words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_tag_to_take_off_is_told_from_options_by_its_looks),
		cmocka_unit_test(ids_are_numbers_ranges_and_beginnings_of_uuids),
		cmocka_unit_test(ids_are_counted_from_the_first_word_on),
		cmocka_unit_test(one_is_an_id_several_are_ids_and_a_range_is_a_filter),
		cmocka_unit_test(ids_in_a_filter_are_one_term),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
