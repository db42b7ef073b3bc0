/* Bars of blocks, in eighths or in whole columns. */
#include "testing.h"

#include "cli/picture/bar.h"
#include "cli/picture/bar_chart.h"

#include <stdlib.h>

static void expect_bar(int64_t part, int64_t whole, unsigned width, enum bar_rest rest, const char *text)
{
	struct buffer out;

	buffer_init(&out);
	bar_append(&out, part, whole, width, rest);
	assert_string_equal(buffer_text(&out), text);
	buffer_deinit(&out);
}

static void eighths_of_a_column_count(void **state)
{
	(void)state;
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	expect_bar(1, 2, 4, BAR_TRACK, "██░░");
	expect_bar(1, 4, 2, BAR_TRACK, "▌░");
	expect_bar(9, 16, 2, BAR_NOTHING, "█▏");
	expect_bar(1, 1000, 4, BAR_NOTHING, "▏");
	expect_bar(999, 1000, 2, BAR_NOTHING, "█▉");
	expect_bar(5, 5, 3, BAR_TRACK, "███");
	expect_bar(7, 5, 3, BAR_TRACK, "███");
	expect_bar(0, 5, 3, BAR_TRACK, "░░░");
	expect_bar(0, 5, 3, BAR_NOTHING, "");
	expect_bar(3, 0, 3, BAR_TRACK, "░░░");
}

static void in_ascii_a_column_is_full_or_not(void **state)
{
	(void)state;
	(void)setenv("LC_ALL", "C", 1);
	expect_bar(1, 2, 4, BAR_TRACK, "##..");
	expect_bar(1, 1000, 4, BAR_TRACK, "#...");
	expect_bar(999, 1000, 4, BAR_TRACK, "###.");
	expect_bar(2, 2, 4, BAR_TRACK, "####");
}

static void a_chart_names_its_bars(void **state)
{
	static const struct bar_chart_row rows[] = { { "home <1>", "50%", 0.5 }, { "work", "150%", 1.5 } };
	static const struct bar_chart chart = { "Projects", "How far they are", "done", rows, COUNT_OF(rows) };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	bar_chart_draw_svg(&chart, &out);
	expect_words(buffer_text(&out), "home &lt;1&gt;");
	expect_words(buffer_text(&out), "width=\"200\" height=\"16\" class=\"done\"");
	expect_words(buffer_text(&out), "width=\"400\" height=\"16\" class=\"done\"");
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(eighths_of_a_column_count),
		cmocka_unit_test(in_ascii_a_column_is_full_or_not),
		cmocka_unit_test(a_chart_names_its_bars),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
