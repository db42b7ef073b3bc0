/* Tables: they fit, they say where they are cut, and show nothing that is empty. */
#include "testing.h"

#include "cli/terminal.h"
#include "cli/view.h"

#include <stdlib.h>

#define HAN   "\xE6\xBC\xA2" /* U+6F22, two columns */
#define BAD   "\xEF\xBF\xBD" /* U+FFFD */
#define ENDS  "\xE2\x80\xA6" /* the ellipsis */
#define FSI   "\xE2\x81\xA8"
#define PDI   "\xE2\x81\xA9"
#define ACUTE "\xCC\x81" /* U+0301, combining */

/* Four letters of Hebrew, and the first of them. */
#define SHALOM     "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"
#define SHALOM_CUT "\xD7\xA9"

enum { CELLS = 5 };

/* Like a list of tasks: the number and the title are kept, the tags give way first. */
static const struct view_column columns[] = {
	{ .heading = "ID", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Due", .least = 10, .shrinks = 3 },
	{ .heading = "Project", .least = 8, .shrinks = 2 },
	{ .heading = "Tags", .least = 6, .shrinks = 1 },
	{ .heading = "Title", .is_kept = true, .wraps = true, .least = 12, .shrinks = 4 },
	{ .heading = NULL },
};

struct row {
	enum theme_role role;
	const char *cells[CELLS];
};

static const struct row rows[] = {
	{ ROLE_PLAIN, { "1", "2026-11-23 14:00", "home.garden.roses", "shop,outside,spring", "Buy three roses" } },
	{ ROLE_OVERDUE, { "23", "", "home", "", "Call the gardener about the hedge" } },
	{ ROLE_PLAIN, { "4", "2026-12-01 09:30", "", "work", "Write" } },
};

static void write_with(const struct view_column *of, const struct row *rows_of, size_t count, unsigned width,
	enum view_overflow overflow, struct buffer *out)
{
	AUTO_TABLE struct view_table *table = view_table_new(of);
	struct view_frame frame = { .width = width, .overflow = overflow };

	for (size_t i = 0; i < count; i++) {
		view_table_begin_row(table, rows_of[i].role);
		for (size_t cell = 0; cell < CELLS && of[cell].heading && rows_of[i].cells[cell]; cell++)
			view_table_add_cell(table, rows_of[i].cells[cell]);
	}
	view_table_write(table, &frame, out);
}

static void write_table(
	const struct view_column *of, const struct row *rows_of, size_t count, unsigned width, struct buffer *out)
{
	write_with(of, rows_of, count, width, VIEW_ELLIPSIS, out);
}

static void expect_table(
	const struct view_column *of, const struct row *rows_of, size_t count, unsigned width, const char *text)
{
	struct buffer out;

	buffer_init(&out);
	write_table(of, rows_of, count, width, &out);
	assert_string_equal(buffer_text(&out), text);
	buffer_deinit(&out);
}

/* The widest line, without spaces at any line's end. */
static size_t widest_line(const struct buffer *text)
{
	size_t widest = 0;

	for (size_t at = 0; at < text->length;) {
		const char *line = text->data + at;
		size_t length = (size_t)((const char *)memchr(line, '\n', text->length - at) - line);
		size_t width = terminal_text_width(line, length);

		assert_true(length > 0 && line[length - 1] != ' ');
		widest = width > widest ? width : widest;
		at += length + 1;
	}
	return widest;
}

static void an_unlimited_table_shows_everything(void **state)
{
	(void)state;
	expect_table(columns, rows, COUNT_OF(rows), TERMINAL_UNLIMITED,
		"ID  Due               Project            Tags                 Title\n"
		" 1  2026-11-23 14:00  home.garden.roses  shop,outside,spring  Buy three roses\n"
		"23                    home                                    Call the gardener about the hedge\n"
		" 4  2026-12-01 09:30                     work                 Write\n");
}

static void sixty_columns_shrink_in_turn_with_an_ellipsis(void **state)
{
	(void)state;
	expect_table(columns, rows, COUNT_OF(rows), 60,
		"ID  Due         Project   Tags    Title\n"
		" 1  2026-11-2" ENDS "  home.ga" ENDS "  shop," ENDS "  Buy three roses\n"
		"23              home              Call the gardener about t" ENDS "\n"
		" 4  2026-12-0" ENDS "            work    Write\n");
}

static void forty_columns_leave_the_first_to_give_way_out(void **state)
{
	(void)state;
	expect_table(columns, rows, COUNT_OF(rows), 40,
		"ID  Due         Project   Title\n"
		" 1  2026-11-2" ENDS "  home.ga" ENDS "  Buy three ros" ENDS "\n"
		"23              home      Call the gard" ENDS "\n"
		" 4  2026-12-0" ENDS "            Write\n");
}

static void what_is_not_needed_is_not_taken(void **state)
{
	(void)state;
	expect_table(columns, rows, COUNT_OF(rows), 94,
		"ID  Due               Project            Tags                Title\n"
		" 1  2026-11-23 14:00  home.garden.roses  shop,outside,spri" ENDS "  Buy three roses\n"
		"23                    home                                   Call the gardener about the hedge\n"
		" 4  2026-12-01 09:30                     work                Write\n");
}

static void every_width_from_the_least_on_is_kept_to(void **state)
{
	const unsigned least = 2 + 2 + 12;

	(void)state;
	for (unsigned width = least; width <= 120; width++) {
		struct buffer out;

		buffer_init(&out);
		write_table(columns, rows, COUNT_OF(rows), width, &out);
		assert_true(widest_line(&out) <= width);
		buffer_deinit(&out);
	}
}

static void what_cannot_fit_runs_over_with_what_is_kept(void **state)
{
	(void)state;
	expect_table(columns, rows, COUNT_OF(rows), 1,
		"ID  Title\n"
		" 1  Buy three r" ENDS "\n"
		"23  Call the ga" ENDS "\n"
		" 4  Write\n");
}

static void a_column_without_content_is_left_out(void **state)
{
	static const struct row sparse[] = {
		{ ROLE_PLAIN, { "1", "", "", "", "Write" } },
		{ ROLE_PLAIN, { "2", "", "", "work", "" } },
		{ ROLE_PLAIN, { "3" } },
	};

	(void)state;
	expect_table(columns, sparse, COUNT_OF(sparse), 80,
		"ID  Tags  Title\n"
		" 1        Write\n"
		" 2  work\n"
		" 3\n");
}

static void a_table_without_rows_has_what_is_kept_as_headings(void **state)
{
	(void)state;
	expect_table(columns, NULL, 0, 80, "ID  Title\n");
}

static void a_column_without_a_least_width_never_shrinks(void **state)
{
	static const struct view_column stiff[] = {
		{ .heading = "A", .shrinks = 1 },
		{ .heading = "B", .is_kept = true },
		{ .heading = NULL },
	};
	static const struct row row = { ROLE_PLAIN, { "abcdefgh", "x" } };

	(void)state;
	expect_table(stiff, &row, 1, 11, "A         B\nabcdefgh  x\n");
	expect_table(stiff, &row, 1, 10, "B\nx\n");
}

static const struct view_column one_column[] = {
	{ .heading = "T", .is_kept = true, .least = 2, .shrinks = 1 },
	{ .heading = "N", .is_kept = true },
	{ .heading = NULL },
};

static void wide_characters_are_cut_whole(void **state)
{
	static const struct row wide = { ROLE_PLAIN, { HAN HAN HAN, "x" } };

	(void)state;
	expect_table(one_column, &wide, 1, 9, "T       N\n" HAN HAN HAN "  x\n");
	expect_table(one_column, &wide, 1, 8, "T      N\n" HAN HAN ENDS "  x\n");
	expect_table(one_column, &wide, 1, 7, "T     N\n" HAN ENDS "   x\n");
	expect_table(one_column, &wide, 1, 5, "T   N\n" ENDS "   x\n");
}

static void combining_characters_take_no_column(void **state)
{
	static const struct row combined = { ROLE_PLAIN, { "e" ACUTE "e" ACUTE "e" ACUTE, "x" } };

	(void)state;
	expect_table(one_column, &combined, 1, 6, "T    N\ne" ACUTE "e" ACUTE "e" ACUTE "  x\n");
	expect_table(one_column, &combined, 1, 5, "T   N\ne" ACUTE ENDS "  x\n");
}

static void no_line_ends_in_spaces(void **state)
{
	static const struct row spaces = { ROLE_PLAIN, { "a", "b  " } };
	static const struct row blank = { ROLE_PLAIN, { "a", "   " } };

	(void)state;
	expect_table(one_column, &spaces, 1, 0, "T  N\na  b\n");
	expect_table(one_column, &blank, 1, 0, "T  N\na\n");
}

static void a_cell_is_one_line_without_control(void **state)
{
	static const struct row hostile = { ROLE_PLAIN, { "a\nb\033[2J", "\xE2\x80\xAE" } };

	(void)state;
	expect_table(one_column, &hostile, 1, 0, "T        N\na" BAD "b" BAD "[2J  " BAD "\n");
}

static void styles_are_written_where_there_are_colors(void **state)
{
	AUTO_TABLE struct view_table *table = view_table_new(one_column);
	struct setting_pairs own = { .count = 0 };
	struct view_frame frame = { .width = 0 };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	view_table_begin_row(table, ROLE_PLAIN);
	view_table_add_cell(table, "a");
	view_table_begin_row(table, ROLE_OVERDUE);
	view_table_add_cell(table, "bcd");
	view_table_write(table, &frame, &out);
	expect_content(&out, "T    N\na\nbcd\n");
	buffer_truncate(&out, 0);
	theme_init(&frame.theme, THEME_DARK, &own);
	view_table_write(table, &frame, &out);
	expect_content(&out, "\033[1;4mT  \033[0m  \033[1;4mN\033[0m\na\n\033[31mbcd\033[0m\n");
	buffer_deinit(&out);
}

static void parts_of_a_cell_have_styles_of_their_own(void **state)
{
	AUTO_TABLE struct view_table *table = view_table_new(one_column);
	struct setting_pairs own = { .count = 0 };
	struct view_frame frame = { .width = 0 };
	struct buffer out;

	(void)state;
	buffer_init(&out);
	theme_init(&frame.theme, THEME_DARK, &own);
	view_table_begin_row(table, ROLE_OVERDUE);
	view_table_add_cell(table, "");
	view_table_extend_cell(table, "ab", "\033[32m");
	view_table_extend_cell(table, ",", "");
	view_table_extend_cell(table, "cd", "\033[34m");
	view_table_add_styled(table, "x", "\033[1m");
	view_table_write(table, &frame, &out);
	expect_content(&out, "\033[1;4mT    \033[0m  \033[1;4mN\033[0m\n"
			     "\033[31m\033[0m\033[32mab\033[0m\033[31m,\033[0m\033[34mcd\033[0m\033[31m  "
			     "\033[0m\033[1mx\033[0m\033[31m\033[0m\n");
	buffer_truncate(&out, 0);
	frame.width = 7;
	view_table_write(table, &frame, &out);
	expect_words(buffer_text(&out), "ab\033[0m\033[31m," ENDS "  \033[0m\033[1mx");
	buffer_deinit(&out);
}

static void text_goes_on_below_where_the_person_wants_that(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out);
	write_with(columns, rows, COUNT_OF(rows), 40, VIEW_WRAP, &out);
	assert_string_equal(buffer_text(&out), "ID  Due         Project   Title\n"
					       " 1  2026-11-2" ENDS "  home.ga" ENDS "  Buy three\n"
					       "                          roses\n"
					       "23              home      Call the\n"
					       "                          gardener about\n"
					       "                          the hedge\n"
					       " 4  2026-12-0" ENDS "            Write\n");
	buffer_deinit(&out);
}

static void every_width_is_kept_to_when_text_goes_on_below(void **state)
{
	static const struct row long_words[] = {
		{ ROLE_PLAIN,
			{ "1", "", "", "", "averyveryverylongwordwithoutanyspace and more " HAN HAN HAN HAN HAN } },
		{ ROLE_PLAIN, { "2", "", "", "", "   " } },
		{ ROLE_PLAIN, { "3", "", "", "", "two  spaces   between  and   behind   " } },
	};

	(void)state;
	for (unsigned width = 16; width <= 60; width++) {
		struct buffer out;

		buffer_init(&out);
		write_with(columns, long_words, COUNT_OF(long_words), width, VIEW_WRAP, &out);
		assert_true(widest_line(&out) <= width);
		buffer_deinit(&out);
	}
}

static void what_runs_from_the_right_to_the_left_stays_in_its_cell(void **state)
{
	static const struct row row = { ROLE_PLAIN, { SHALOM, "x" } };
	static const struct row pair = { ROLE_PLAIN, { "a " SHALOM " " SHALOM, SHALOM } };

	(void)state;
	expect_table(one_column, &row, 1, 0, "T     N\n" FSI SHALOM PDI "  x\n");
	expect_table(one_column, &pair, 1, 10, "T     N\n" FSI "a " SHALOM_CUT ENDS PDI "  " FSI SHALOM PDI "\n");
	(void)setenv("LC_ALL", "C", 1);
	expect_table(one_column, &row, 1, 0, "T     N\n" SHALOM "  x\n");
	(void)setenv("LC_ALL", "C.UTF-8", 1);
}

static void the_ellipsis_is_ascii_where_the_terminal_is(void **state)
{
	static const struct row row = { ROLE_PLAIN, { "abcdefgh", "x" } };

	(void)state;
	(void)setenv("LC_ALL", "C", 1);
	expect_table(one_column, &row, 1, 10, "T        N\nabcd...  x\n");
	expect_table(one_column, &row, 1, 5, "T   N\n..  x\n");
	(void)setenv("LC_ALL", "C.UTF-8", 1);
}

static void a_table_grows_with_its_rows(void **state)
{
	AUTO_TABLE struct view_table *table = view_table_new(one_column);
	struct buffer out;
	size_t lines = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		view_table_begin_row(table, ROLE_PLAIN);
		view_table_add_cell(table, "a");
	}
	buffer_init(&out);
	view_table_write(table, &(struct view_frame){ .width = 80 }, &out);
	for (size_t i = 0; i < out.length; i++)
		lines += out.data[i] == '\n';
	assert_int_equal(lines, 1001);
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_unlimited_table_shows_everything),
		cmocka_unit_test(sixty_columns_shrink_in_turn_with_an_ellipsis),
		cmocka_unit_test(forty_columns_leave_the_first_to_give_way_out),
		cmocka_unit_test(what_is_not_needed_is_not_taken),
		cmocka_unit_test(every_width_from_the_least_on_is_kept_to),
		cmocka_unit_test(what_cannot_fit_runs_over_with_what_is_kept),
		cmocka_unit_test(a_column_without_content_is_left_out),
		cmocka_unit_test(a_table_without_rows_has_what_is_kept_as_headings),
		cmocka_unit_test(a_column_without_a_least_width_never_shrinks),
		cmocka_unit_test(wide_characters_are_cut_whole),
		cmocka_unit_test(combining_characters_take_no_column),
		cmocka_unit_test(no_line_ends_in_spaces),
		cmocka_unit_test(a_cell_is_one_line_without_control),
		cmocka_unit_test(styles_are_written_where_there_are_colors),
		cmocka_unit_test(parts_of_a_cell_have_styles_of_their_own),
		cmocka_unit_test(text_goes_on_below_where_the_person_wants_that),
		cmocka_unit_test(every_width_is_kept_to_when_text_goes_on_below),
		cmocka_unit_test(what_runs_from_the_right_to_the_left_stays_in_its_cell),
		cmocka_unit_test(the_ellipsis_is_ascii_where_the_terminal_is),
		cmocka_unit_test(a_table_grows_with_its_rows),
	};

	(void)setenv("LC_ALL", "C.UTF-8", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
