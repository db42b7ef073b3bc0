/* Taskwarrior's modifications on the wire. */
#include "testing.h"

#include "cli/taskwarrior/tw_changes.h"

#include <stdlib.h>

#define WORDS_MOST 6u

static enum error read_changes(const char *const *texts, struct tw_changes *changes)
{
	json_auto_t *fields = json_pack("[{s:s}]", "name", "est");
	struct word_list words = { .items = NULL };
	bool is_literal = false;
	enum error error;

	for (size_t i = 0; i < WORDS_MOST && texts[i]; i++)
		if (strcmp(texts[i], "--") == 0)
			is_literal = true;
		else
			word_list_add(&words, texts[i], is_literal);
	error = tw_changes_read(words.items, words.count, fields, changes, NULL);
	word_list_deinit(&words);
	return error;
}

static const struct {
	const char *words[WORDS_MOST];
	const char *values;
	const char *text;
} rows[] = {
	{ { "Buy", "milk" }, "{}", "Buy milk" },
	{ { "Buy milk", "proj:home", "+shop" }, "{\"add_tags\":[\"shop\"],\"project\":\"home\"}", "Buy milk" },
	{ { "project:", "pri:" }, "{\"priority\":null,\"project\":null}", NULL },
	{ { "proj:a", "project:b" }, "{\"project\":\"b\"}", NULL },
	{ { "description:'q \\'w'" }, "{\"title\":\"q 'w\"}", NULL },
	{ { "description:\"q w\"" }, "{\"title\":\"q w\"}", NULL },
	{ { "project='x'" }, "{\"project\":\"x\"}", NULL },
	{ { "wait:+3d", "due:tomorrow" }, "{\"due\":\"tomorrow\",\"wait\":\"now+3d\"}", NULL },
	{ { "tags:a,b" }, "{\"tags\":[\"a\",\"b\"]}", NULL },
	{ { "tags:a", "+b", "-c" }, "{\"tags\":[\"a\",\"b\"]}", NULL },
	{ { "tags:a,b", "-a" }, "{\"tags\":[\"b\"]}", NULL },
	{ { "tags:" }, "{\"tags\":[]}", NULL },
	{ { "dep:3,-4" }, "{\"add_depends\":[3],\"remove_depends\":[4]}", NULL },
	{ { "est:3" }, "{\"fields\":{\"est\":\"3\"}}", NULL },
	{ { "see", "http://x", "at:noon", "+1", "-" }, "{}", "see http://x at:noon +1 -" },
	{ { "--", "proj:home", "+shop" }, "{}", "proj:home +shop" },
	{ { "a/b/c" }, "{}", "a/b/c" },
};

static void attributes_are_taken_out_of_the_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct tw_changes changes;

		tw_changes_init(&changes);
		assert_int_equal(read_changes(rows[i].words, &changes), ERROR_NONE);
		expect_json(changes.values, rows[i].values);
		assert_int_equal(!changes.text, !rows[i].text);
		if (rows[i].text)
			assert_string_equal(changes.text, rows[i].text);
		tw_changes_deinit(&changes);
	}
}

static const struct {
	const char *word;
	const char *title;
	const char *expected;
} substitutions[] = {
	{ "/a/b/", "a banana", "b banana" },
	{ "/a/b/g", "a banana", "b bbnbnb" },
	{ "/banana//", "a banana", "a " },
	{ "/\\//-/", "1/2", "1-2" },
	{ "/x/y/", "a banana", "a banana" },
};

static void a_part_of_the_description_is_replaced(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(substitutions); i++) {
		const char *words[WORDS_MOST] = { substitutions[i].word };
		struct tw_changes changes;
		AUTO_FREE char *title = NULL;

		tw_changes_init(&changes);
		assert_int_equal(read_changes(words, &changes), ERROR_NONE);
		assert_non_null(changes.from);
		title = tw_changes_substitute(&changes, substitutions[i].title);
		assert_string_equal(title, substitutions[i].expected);
		tw_changes_deinit(&changes);
	}
}

static void what_cannot_be_set_is_refused(void **state)
{
	static const char *const words[][WORDS_MOST] = { { "status:completed" }, { "uuid:1" }, { "entry:today" },
		{ "project:\xff" }, { "tags:\xff" }, { "dep:x" } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct tw_changes changes;

		tw_changes_init(&changes);
		assert_int_equal(read_changes(words[i], &changes), ERROR_INVALID_PARAMS);
		tw_changes_deinit(&changes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(attributes_are_taken_out_of_the_text),
		cmocka_unit_test(a_part_of_the_description_is_replaced),
		cmocka_unit_test(what_cannot_be_set_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
