/* Quick words: what is an attribute, what is a title, and which tasks are meant. */
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

static enum error read_changes(const char *const *texts, json_t *changes, struct trouble *trouble)
{
	struct word_list words = { .items = NULL };
	enum error error;

	split(texts, &words);
	error = quick_words_read_changes(words.items, words.count, changes, trouble);
	word_list_deinit(&words);
	return error;
}

/* --- changes --- */

static const struct {
	const char *words[WORDS_MOST];
	const char *changes;
} readings[] = {
	{ { NULL }, "{}" },
	{ { "Buy", "milk" }, "{\"title\":\"Buy milk\"}" },
	{ { "project:home" }, "{\"project\":\"home\"}" },
	{ { "pri:H" }, "{\"priority\":\"H\"}" },
	{ { "priority:M" }, "{\"priority\":\"M\"}" },
	{ { "due:tomorrow" }, "{\"due\":\"tomorrow\"}" },
	{ { "wait:2026-12-01" }, "{\"wait\":\"2026-12-01\"}" },
	{ { "due:12:30" }, "{\"due\":\"12:30\"}" },
	{ { "+shop" }, "{\"add_tags\":[\"shop\"]}" },
	{ { "+a", "+b", "-c", "-d" }, "{\"add_tags\":[\"a\",\"b\"],\"remove_tags\":[\"c\",\"d\"]}" },
	{ { "Call", "+phone", "Ann", "pri:L", "back" },
		"{\"add_tags\":[\"phone\"],\"priority\":\"L\",\"title\":\"Call Ann back\"}" },
};

static void attributes_and_tags_are_taken_out_of_the_title(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(readings); i++) {
		json_auto_t *changes = json_object();

		assert_int_equal(read_changes(readings[i].words, changes, NULL), ERROR_NONE);
		expect_json(changes, readings[i].changes);
	}
}

static const struct {
	const char *words[WORDS_MOST];
	const char *title;
} titles[] = {
	{ { "project: home sweet home" }, "project: home sweet home" },
	{ { "due:\ttomorrow" }, "due:\ttomorrow" },
	{ { "+1 for this" }, "+1 for this" },
	{ { "-5 degrees\n" }, "-5 degrees\n" },
	{ { "--", "project:home", "+shop", "-work", "deu:x" }, "project:home +shop -work deu:x" },
	{ { "see", "https://example.com/" }, "see https://example.com/" },
	{ { "ratio:3" }, "ratio:3" },
	{ { ":", "+", "-" }, ": + -" },
	{ { "title:x", "note:y" }, "title:x note:y" },
	{ { "at", "10:30" }, "at 10:30" },
	{ { "due" }, "due" },
};

static void white_space_and_a_double_dash_make_a_title(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(titles); i++) {
		json_auto_t *changes = json_object();

		assert_int_equal(read_changes(titles[i].words, changes, NULL), ERROR_NONE);
		assert_int_equal(json_object_size(changes), 1);
		assert_string_equal(json_string_value(json_object_get(changes, "title")), titles[i].title);
	}
}

static const struct {
	const char *word;
	const char *correction;
} slips[] = {
	{ "deu:tomorrow", "`due:tomorrow`" },
	{ "dur:1d", "`due:1d`" },
	{ "proj:home", "`project:home`" },
	{ "pro:home", "`project:home`" },
	{ "porject:home", "`project:home`" },
	{ "prio:H", "`priority:H`" },
	{ "prj:home", "`pri:home`" },
	{ "wiat:1d", "`wait:1d`" },
	{ "Project:home", "`project:home`" },
};

static void a_near_miss_is_refused_with_the_correction(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(slips); i++) {
		json_auto_t *changes = json_object();
		struct trouble trouble = { .exit_status = 0 };
		const char *const words[] = { "Text", slips[i].word, NULL };

		assert_int_equal(read_changes(words, changes, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, slips[i].correction);
		expect_words(trouble.advice, "--");
		assert_int_equal(json_object_size(changes), 0);
	}
}

static const char *const repeated[][WORDS_MOST] = {
	{ "project:a", "project:b" },
	{ "pri:H", "priority:L" },
	{ "due:1d", "due:" },
	{ "due:", "due:1d" },
	{ "wait:1d", "wait:1d" },
};

static void an_attribute_given_twice_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(repeated); i++) {
		json_auto_t *changes = json_object();
		struct trouble trouble = { .exit_status = 0 };

		assert_int_equal(read_changes(repeated[i], changes, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, "is given twice");
	}
}

static void a_title_by_option_and_by_words_is_refused(void **state)
{
	json_auto_t *changes = json_object();
	const char *const words[] = { "Text", NULL };
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(quick_words_set(changes, "title", "Other", NULL), ERROR_NONE);
	assert_int_equal(read_changes(words, changes, &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "the title is given twice");
	expect_json(changes, "{\"title\":\"Other\"}");
}

static void nothing_behind_the_colon_clears(void **state)
{
	json_auto_t *changes = json_object();
	const char *const words[] = { "due:", "project:", "pri:", "wait:", "", NULL };

	(void)state;
	assert_int_equal(read_changes(words, changes, NULL), ERROR_NONE);
	expect_json(changes, "{\"due\":null,\"priority\":null,\"project\":null,\"title\":null,\"wait\":null}");
}

static void an_empty_tag_is_refused(void **state)
{
	json_auto_t *changes = json_object();
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(quick_words_set(changes, "tag", "", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "--tag");
	assert_int_equal(quick_words_set(changes, "untag", "", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "--untag");
	assert_int_equal(json_object_size(changes), 0);
}

static const char *const broken[][WORDS_MOST] = {
	{ "Buy \xFF milk" },
	{ "project:\xC3" },
	{ "+\xED\xA0\x80" },
	{ "--", "\x80" },
};

static void text_that_is_not_utf8_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(broken); i++) {
		json_auto_t *changes = json_object();
		struct trouble trouble = { .exit_status = 0 };

		assert_int_equal(read_changes(broken[i], changes, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, "not UTF-8");
		assert_int_equal(json_object_size(changes), 0);
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
		cmocka_unit_test(attributes_and_tags_are_taken_out_of_the_title),
		cmocka_unit_test(white_space_and_a_double_dash_make_a_title),
		cmocka_unit_test(a_near_miss_is_refused_with_the_correction),
		cmocka_unit_test(an_attribute_given_twice_is_refused),
		cmocka_unit_test(a_title_by_option_and_by_words_is_refused),
		cmocka_unit_test(nothing_behind_the_colon_clears),
		cmocka_unit_test(an_empty_tag_is_refused),
		cmocka_unit_test(text_that_is_not_utf8_is_refused),
		cmocka_unit_test(a_tag_to_take_off_is_told_from_options_by_its_looks),
		cmocka_unit_test(ids_are_numbers_ranges_and_beginnings_of_uuids),
		cmocka_unit_test(ids_are_counted_from_the_first_word_on),
		cmocka_unit_test(one_is_an_id_several_are_ids_and_a_range_is_a_filter),
		cmocka_unit_test(ids_in_a_filter_are_one_term),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
