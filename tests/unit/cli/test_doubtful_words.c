/* Words of a title that were perhaps meant otherwise: which, and what is said of them. */
#include "testing.h"

#include "cli/doubtful_words.h"

#define SAID(word, instead) "`" word "` became part of the title. If that was not meant: " instead

static const struct {
	const char *words[4];
	const char *said;
} doubtful[] = {
	{ { "Meet", "due:fri 17:00" }, SAID("due:fri 17:00", "--due 'fri 17:00'") },
	{ { "Meet", "due:fri", "17:00" }, SAID("17:00", "--due 'fri 17:00'") },
	{ { "Meet", "wait:mon", "8am" }, SAID("8am", "--wait 'mon 8am'") },
	{ { "sched:tomorrow", "09:30:00" }, SAID("09:30:00", "--scheduled 'tomorrow 09:30:00'") },
	{ { "Plants", "recur:every monday" }, SAID("recur:every monday", "--recur 'every monday'") },
	{ { "Meet", "note:later" }, SAID("note:later", "--note later") },
	{ { "Meet", "tags:home" }, SAID("tags:home", "+home") },
	{ { "title:Other" }, SAID("title:Other", "--title Other") },
};

static void a_doubtful_word_is_explained(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(doubtful); i++) {
		struct word words[4];
		size_t count = 0;
		struct buffer out;

		for (; count < 4 && doubtful[i].words[count]; count++)
			words[count] = (struct word){ .text = doubtful[i].words[count] };
		buffer_init(&out);
		assert_true(doubtful_words_explain(words, count, &out));
		expect_content(&out, doubtful[i].said);
		buffer_deinit(&out);
	}
}

static const char *const certain[][4] = {
	{ "Buy", "milk" },
	{ "Meet", "due:fri", "project:home", "+shop" },
	{ "Note: bring the keys" },
	{ "note:", "bring" },
	{ "Read", "http://example.com/17:00" },
	{ "Meet", "at", "17:00" },
	{ "project:home", "17:00" },
	{ "due:fri", "17", "chairs" },
	{ "due:fri", "1:1" },
	{ "due:", "8am" },
};

static void other_words_are_not(void **state)
{
	struct word literal = { .text = "due:fri 17:00", .is_literal = true };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	for (size_t i = 0; i < COUNT_OF(certain); i++) {
		struct word words[4];
		size_t count = 0;

		for (; count < 4 && certain[i][count]; count++)
			words[count] = (struct word){ .text = certain[i][count] };
		assert_false(doubtful_words_explain(words, count, &out));
	}
	assert_false(doubtful_words_explain(&literal, 1, &out));
	assert_int_equal(out.length, 0);
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_doubtful_word_is_explained),
		cmocka_unit_test(other_words_are_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
