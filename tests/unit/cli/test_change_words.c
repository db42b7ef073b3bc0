/* Changes in words: what is an attribute, what its value is, and what is a title. */
#include "testing.h"

#include "cli/change_words.h"

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
	error = change_words_read(words.items, words.count, changes, trouble);
	word_list_deinit(&words);
	return error;
}

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
	{ { "scheduled:mon" }, "{\"scheduled\":\"mon\"}" },
	{ { "sched:mon", "until:eom" }, "{\"scheduled\":\"mon\",\"until\":\"eom\"}" },
	{ { "recur:2wk" }, "{\"recur\":\"2wk\"}" },
	{ { "parent:3" }, "{\"parent\":3}" },
	{ { "parent:6f1c2b9e" }, "{\"parent\":\"6f1c2b9e\"}" },
	{ { "depends:3" }, "{\"add_depends\":[3]}" },
	{ { "dep:3,5-7,-9,-6f1c2b9e" }, "{\"add_depends\":[3,5,6,7],\"remove_depends\":[9,\"6f1c2b9e\"]}" },
	{ { "depends:", "depends:3" }, "{\"depends\":[3]}" },
	{ { "depends:3", "depends:-4-5" }, "{\"add_depends\":[3],\"remove_depends\":[4,5]}" },
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
	{ { "dev:", "fix", "the", "build" }, "dev: fix the build" },
	{ { "set:size=3", "cost:5" }, "set:size=3 cost:5" },
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
	{ "sceduled:mon", "`scheduled:mon`" },
	{ "schd:mon", "`sched:mon`" },
	{ "sch:mon", "`scheduled:mon`" },
	{ "untill:mon", "`until:mon`" },
	{ "dependson:3", "`depends:3`" },
	{ "depend:3", "`depends:3`" },
	{ "parnt:3", "`parent:3`" },
	{ "recurs:weekly", "`recur:weekly`" },
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
	{ "sched:1d", "scheduled:2d" },
	{ "parent:3", "parent:4" },
	{ "depends:", "depends:" },
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
	assert_int_equal(change_words_set(changes, "title", "Other", NULL), ERROR_NONE);
	assert_int_equal(read_changes(words, changes, &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "the title is given twice");
	expect_json(changes, "{\"title\":\"Other\"}");
}

static void nothing_behind_the_colon_clears(void **state)
{
	json_auto_t *changes = json_object();
	const char *const words[] = { "due:", "project:", "pri:", "wait:", "", "parent:", "depends:", NULL };

	(void)state;
	assert_int_equal(read_changes(words, changes, NULL), ERROR_NONE);
	expect_json(changes, "{\"depends\":null,\"due\":null,\"parent\":null,\"priority\":null,\"project\":null,"
			     "\"title\":null,\"wait\":null}");
}

static void an_empty_tag_is_refused(void **state)
{
	json_auto_t *changes = json_object();
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(change_words_set(changes, "tag", "", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "--tag");
	assert_int_equal(change_words_set(changes, "untag", "", &trouble), ERROR_INVALID_PARAMS);
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

static const struct {
	const char *word;
	const char *part;
} bad_values[] = {
	{ "depends:milk", "ids such as 3" },
	{ "depends:3,", "ids such as 3" },
	{ "depends:--3", "ids such as 3" },
	{ "depends:-", "ids such as 3" },
	{ "depends:1-100000", "ids such as 3" },
	{ "parent:3,4", "the id of a task" },
	{ "parent:3-4", "the id of a task" },
	{ "parent:milk", "the id of a task" },
};

static void what_is_no_id_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad_values); i++) {
		json_auto_t *changes = json_object();
		struct trouble trouble = { .exit_status = 0 };
		const char *const words[] = { bad_values[i].word, NULL };

		assert_int_equal(read_changes(words, changes, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, bad_values[i].part);
	}
}

static void custom_fields_are_set_by_name(void **state)
{
	json_auto_t *changes = json_object();
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(change_words_set(changes, "set", "cost=12=3", NULL), ERROR_NONE);
	assert_int_equal(change_words_set(changes, "set", "size=", NULL), ERROR_NONE);
	expect_json(changes, "{\"fields\":{\"cost\":\"12=3\",\"size\":null}}");
	assert_int_equal(change_words_set(changes, "set", "cost=1", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "cost is set twice");
	assert_int_equal(change_words_set(changes, "set", "cost", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "NAME=VALUE");
	assert_int_equal(change_words_set(changes, "set", "=1", &trouble), ERROR_INVALID_PARAMS);
}

static void a_number_of_times_is_a_number(void **state)
{
	json_auto_t *changes = json_object();
	struct trouble trouble = { .exit_status = 0 };

	(void)state;
	assert_int_equal(change_words_set(changes, "recur-count", "0", &trouble), ERROR_INVALID_PARAMS);
	expect_words(trouble.refusal.message, "a number from 1 on");
	assert_int_equal(change_words_set(changes, "recur-count", "12", NULL), ERROR_NONE);
	assert_int_equal(change_words_set(changes, "recur-from", "completion", NULL), ERROR_NONE);
	expect_json(changes, "{\"recur_count\":12,\"recur_from\":\"completion\"}");
}

static void a_new_task_has_what_is_put_on_and_clears_nothing(void **state)
{
	const char *const words[] = { "Text", "+a", "depends:3", "due:", "parent:", NULL };
	json_auto_t *changes = json_object();

	(void)state;
	assert_int_equal(read_changes(words, changes, NULL), ERROR_NONE);
	assert_int_equal(change_words_set(changes, "set", "size=", NULL), ERROR_NONE);
	assert_int_equal(change_words_set(changes, "set", "cost=1", NULL), ERROR_NONE);
	assert_int_equal(change_words_make_new(changes, NULL), ERROR_NONE);
	expect_json(changes, "{\"depends\":[3],\"fields\":{\"cost\":\"1\"},\"tags\":[\"a\"],\"title\":\"Text\"}");
}

static void a_new_task_can_lose_nothing(void **state)
{
	static const char *const losses[] = { "-shop", "depends:-3" };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(losses); i++) {
		const char *const words[] = { "Text", losses[i], NULL };
		json_auto_t *changes = json_object();
		struct trouble trouble = { .exit_status = 0 };

		assert_int_equal(read_changes(words, changes, NULL), ERROR_NONE);
		assert_int_equal(change_words_make_new(changes, &trouble), ERROR_INVALID_PARAMS);
		expect_words(trouble.refusal.message, "take");
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
		cmocka_unit_test(what_is_no_id_is_refused),
		cmocka_unit_test(custom_fields_are_set_by_name),
		cmocka_unit_test(a_number_of_times_is_a_number),
		cmocka_unit_test(a_new_task_has_what_is_put_on_and_clears_nothing),
		cmocka_unit_test(a_new_task_can_lose_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
