/* Taskwarrior's filters in the daemon's language. */
#include "testing.h"

#include "cli/taskwarrior/tw_filter.h"

#include <stdlib.h>

#define WORDS_MOST 6u

static const struct {
	const char *words[WORDS_MOST];
	const char *filter;
	int64_t limit;
} rows[] = {
	{ { NULL }, "", 0 },
	{ { "proj:home" }, "project:home", 0 },
	{ { "project.is:home" }, "project.is:home", 0 },
	{ { "desc.cont:milk" }, "title.contains:milk", 0 },
	{ { "pri:" }, "priority:", 0 },
	{ { "entry.before:eom" }, "created.before:eom", 0 },
	{ { "end.after:today-7d" }, "completed.after:today-7d", 0 },
	{ { "due<eow" }, "due<eow", 0 },
	{ { "est:3" }, "est:3", 0 },
	{ { "project:my home" }, "project:\"my home\"", 0 },
	{ { "project:'my home'" }, "project:'my home'", 0 },
	{ { "+shop", "-work" }, "+shop -work", 0 },
	{ { "+PARENT", "-CHILD", "+DUETODAY", "+WAITING" }, "+TEMPLATE -INSTANCE +TODAY +WAITING", 0 },
	{ { "1", "3-5", "+x" }, "1,3-5 +x", 0 },
	{ { "6f1c2b9e\n", " +x " }, "6f1c2b9e +x", 0 },
	{ { "--json", "-" }, "title.has:\"--json\" title.has:\"-\"", 0 },
	{ { "milk" }, "title.has:\"milk\"", 0 },
	{ { "Buy milk" }, "title.has:\"Buy milk\"", 0 },
	{ { "/milk/" }, "/milk/", 0 },
	{ { "/m.lk/" }, "/m.lk/r", 0 },
	{ { "/a b/" }, "/a b/", 0 },
	{ { "limit:5" }, "", 5 },
	{ { "limit:page", "+x" }, "+x", -1 },
	{ { "+x", "or", "proj:y" }, "+x or project:y", 0 },
	{ { "(", "+x", "or", "+y", ")" }, "( +x or +y )", 0 },
	{ { "(+x or proj:y) and /a b/" }, "( +x or project:y ) and /a b/", 0 },
	{ { "(proj:'a b' +x)" }, "( project:'a b' +x )", 0 },
};

static void terms_are_written_as_the_daemon_has_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct word_list words = { .items = NULL };
		AUTO_FREE char *filter = NULL;
		int64_t limit;

		for (size_t at = 0; at < WORDS_MOST && rows[i].words[at]; at++)
			word_list_add(&words, rows[i].words[at], false);
		assert_int_equal(tw_filter_read(words.items, words.count, &filter, &limit, NULL), ERROR_NONE);
		assert_string_equal(filter, rows[i].filter);
		assert_int_equal(limit, rows[i].limit);
		word_list_deinit(&words);
	}
}

static void the_filter_of_a_report_is_one_text(void **state)
{
	AUTO_FREE char *filter = NULL;
	int64_t limit;

	(void)state;
	assert_int_equal(
		tw_filter_read_text("(status:pending and +CHILD) limit:page", &filter, &limit, NULL), ERROR_NONE);
	assert_string_equal(filter, "( status:pending and +INSTANCE )");
	assert_int_equal(limit, -1);
}

static void text_that_is_not_utf8_is_refused(void **state)
{
	const struct word word = { .text = "proj:\xff" };
	char *filter = NULL;
	int64_t limit;

	(void)state;
	assert_int_equal(tw_filter_read(&word, 1, &filter, &limit, NULL), ERROR_INVALID_PARAMS);
	assert_null(filter);
}

static void an_order_is_written_as_the_daemon_has_it(void **state)
{
	AUTO_FREE char *sort = tw_filter_sort("start-,due+,project+/,description,urgency-");

	(void)state;
	assert_string_equal(sort, "started-,due+,project+,title+,urgency-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_are_written_as_the_daemon_has_them),
		cmocka_unit_test(the_filter_of_a_report_is_one_text),
		cmocka_unit_test(text_that_is_not_utf8_is_refused),
		cmocka_unit_test(an_order_is_written_as_the_daemon_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
