/* Stacks beside each other, as they are drawn. */
#include "testing.h"

#include "cli/picture/columns.h"

#include <stdlib.h>

static const struct columns_kind kinds[] = {
	{ .name = "done", .class_name = "done", .block = "░", .ascii = '.' },
	{ .name = "started", .class_name = "started", .block = "▓", .ascii = '+' },
	{ .name = "pending", .class_name = "pending", .block = "█", .ascii = '#' },
};

static const struct columns_stack stacks[] = {
	{ "11-23", { 0, 0, 4 } },
	{ "11-24", { 1, 1, 2 } },
	{ "11-25", { 3, 0, 0 } },
};

static const struct columns columns = { "Burndown", kinds, COUNT_OF(kinds), stacks, COUNT_OF(stacks) };

static void expect_drawing(const struct columns *drawn, unsigned width, unsigned height, const char *text)
{
	struct theme theme;
	struct buffer out;

	theme_init_plain(&theme);
	buffer_init(&out);
	columns_draw(drawn, width, height, &theme, &out);
	assert_string_equal(buffer_text(&out), text);
	buffer_deinit(&out);
}

static void stacks_stand_above_the_axis(void **state)
{
	(void)state;
	(void)setenv("LC_ALL", "C.UTF-8", 1);
	expect_drawing(&columns, 40, 9,
		"Burndown\n"
		"4 │██████ ██████\n"
		"  │██████ ██████ ░░░░░░\n"
		"2 │██████ ▓▓▓▓▓▓ ░░░░░░\n"
		"  │██████ ░░░░░░ ░░░░░░\n"
		"0 └─────────────────────\n"
		"   11-23  11-24  11-25\n"
		"\n"
		"██ pending   ▓▓ started   ░░ done\n");
}

static void in_ascii_they_differ_too(void **state)
{
	(void)state;
	(void)setenv("LC_ALL", "C", 1);
	expect_drawing(&columns, 16, 9,
		"Burndown\n"
		"4 |### ###\n"
		"  |### ### ...\n"
		"2 |### +++ ...\n"
		"  |### ... ...\n"
		"0 `------------\n"
		"   11-23\n"
		"\n"
		"## pending   ++ started   .. done\n");
}

static void only_the_last_that_fit_are_seen(void **state)
{
	struct columns_stack many[60];
	struct columns all = columns;
	struct theme theme;
	struct buffer out;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(many); i++)
		many[i] = (struct columns_stack){ .label = "x", .values = { 0, 0, (int64_t)i } };
	all.stacks = many;
	all.stack_count = COUNT_OF(many);
	theme_init_plain(&theme);
	for (unsigned width = 10; width <= 200; width += 10) {
		size_t line = 0;

		buffer_init(&out);
		columns_draw(&all, width, 20, &theme, &out);
		for (const char *at = buffer_text(&out); *at; at++) {
			line = *at == '\n' ? 0 : line + 1;
			if (line > width && width >= 40)
				fail_msg("a line of %zu columns for %u", line, width);
		}
		buffer_deinit(&out);
	}
}

static void axes_end_at_round_numbers(void **state)
{
	static const int64_t cases[][2] = { { 0, 1 }, { 1, 1 }, { 3, 3 }, { 7, 8 }, { 9, 10 }, { 11, 15 }, { 26, 30 },
		{ 101, 150 }, { 310, 400 }, { 61000, 80000 } };

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(columns_round_up(cases[i][0]), cases[i][1]);
}

static void a_picture_has_a_rectangle_for_each_part(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out);
	columns_draw_svg(&columns, "How it went & goes", &out);
	expect_words(buffer_text(&out), "How it went &amp; goes");
	expect_words(buffer_text(&out), "height=\"300\" class=\"pending\"");
	expect_words(buffer_text(&out), "height=\"225\" class=\"done\"");
	expect_words(buffer_text(&out), ">11-25</text>");
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stacks_stand_above_the_axis),
		cmocka_unit_test(in_ascii_they_differ_too),
		cmocka_unit_test(only_the_last_that_fit_are_seen),
		cmocka_unit_test(axes_end_at_round_numbers),
		cmocka_unit_test(a_picture_has_a_rectangle_for_each_part),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
