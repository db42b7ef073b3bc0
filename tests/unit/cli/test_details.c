/* Details: what is long goes on as far in as it began, and nothing that could be copied is torn. */
#include "testing.h"

#include "cli/details.h"

#include <stdlib.h>

#define HAN "\xE6\xBC\xA2" /* U+6F22, two columns */

static void expect_details(unsigned width, const char *heading, const char *content, const char *expected)
{
	struct view_frame frame = { .width = width };
	struct buffer out;

	buffer_init(&out);
	details_append(&out, &frame, 8, heading, content);
	assert_string_equal(buffer_text(&out), expected);
	buffer_deinit(&out);
}

static void content_stands_beside_its_heading(void **state)
{
	(void)state;
	expect_details(0, "Title", "Buy milk", "Title   Buy milk\n");
	expect_details(0, "Title", "", "Title\n");
	expect_details(0, "A long name", "x", "A long name x\n");
	expect_details(0, HAN, "x", HAN "      x\n");
	expect_details(0, "Notes", "one\ntwo\n\nfour\n", "Notes   one\n        two\n\n        four\n");
}

static void long_content_goes_on_below_between_words(void **state)
{
	(void)state;
	expect_details(
		24, "Title", "sixteen columns and some more", "Title   sixteen columns\n        and some more\n");
	expect_details(1, "Title", "sixteen columns and some more", "Title   sixteen columns\n        and some more\n");
	expect_details(24, "Path", "at /a/path/longer/than/a/line/is there",
		"Path    at\n        /a/path/longer/than/a/line/is\n        there\n");
}

static void headings_have_a_style(void **state)
{
	struct setting_pairs own = { .count = 0 };
	struct view_frame frame = { .width = 0 };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	theme_init(&frame.theme, THEME_DARK, &own);
	details_append(&out, &frame, 8, "Title", "x");
	details_append_text(&out, &frame, "a\nb");
	expect_content(&out, "\033[1mTitle\033[0m   x\na\nb\n");
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(content_stands_beside_its_heading),
		cmocka_unit_test(long_content_goes_on_below_between_words),
		cmocka_unit_test(headings_have_a_style),
	};

	(void)setenv("LC_ALL", "C.UTF-8", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
