/* Tables: they fit, they say where they are cut, and show nothing that is empty. */
#include "testing.h"

#include "cli/terminal.h"
#include "cli/view.h"

#define HAN   "\xE6\xBC\xA2" /* U+6F22, two columns */
#define BAD   "\xEF\xBF\xBD" /* U+FFFD */
#define ENDS  "\xE2\x80\xA6" /* the ellipsis */
#define ACUTE "\xCC\x81"     /* U+0301, combining */

enum { CELLS = 5 };

/* Like a list of tasks: the number and the title are kept, the tags give way first. */
static const struct view_column columns[] = {
	{ .heading = "ID", .align = VIEW_RIGHT, .is_kept = true },
	{ .heading = "Due", .least = 10, .shrinks = 3 },
	{ .heading = "Project", .least = 8, .shrinks = 2 },
	{ .heading = "Tags", .least = 6, .shrinks = 1 },
	{ .heading = "Title", .is_kept = true, .least = 12, .shrinks = 4 },
	{ .heading = NULL },
};

struct row {
	enum view_style style;
	const char *cells[CELLS];
};

static const struct row rows[] = {
	{ VIEW_PLAIN, { "1", "2026-11-23 14:00", "home.garden.roses", "shop,outside,spring", "Buy three roses" } },
	{ VIEW_ALERT, { "23", "", "home", "", "Call the gardener about the hedge" } },
	{ VIEW_PLAIN, { "4", "2026-12-01 09:30", "", "work", "Write" } },
};

static void write_table(
	const struct view_column *of, const struct row *rows_of, size_t count, unsigned width, struct buffer *out)
{
	AUTO_TABLE struct view_table *table = view_table_new(of);

	for (size_t i = 0; i < count; i++) {
		view_table_begin_row(table, rows_of[i].style);
		for (size_t cell = 0; cell < CELLS && of[cell].heading && rows_of[i].cells[cell]; cell++)
			view_table_add_cell(table, rows_of[i].cells[cell]);
	}
	view_table_write(table, width, false, out);
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
		{ VIEW_PLAIN, { "1", "", "", "", "Write" } },
		{ VIEW_PLAIN, { "2", "", "", "work", "" } },
		{ VIEW_PLAIN, { "3" } },
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
	static const struct row row = { VIEW_PLAIN, { "abcdefgh", "x" } };

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
	static const struct row wide = { VIEW_PLAIN, { HAN HAN HAN, "x" } };

	(void)state;
	expect_table(one_column, &wide, 1, 9, "T       N\n" HAN HAN HAN "  x\n");
	expect_table(one_column, &wide, 1, 8, "T      N\n" HAN HAN ENDS "  x\n");
	expect_table(one_column, &wide, 1, 7, "T     N\n" HAN ENDS "   x\n");
	expect_table(one_column, &wide, 1, 5, "T   N\n" ENDS "   x\n");
}

static void combining_characters_take_no_column(void **state)
{
	static const struct row combined = { VIEW_PLAIN, { "e" ACUTE "e" ACUTE "e" ACUTE, "x" } };

	(void)state;
	expect_table(one_column, &combined, 1, 6, "T    N\ne" ACUTE "e" ACUTE "e" ACUTE "  x\n");
	expect_table(one_column, &combined, 1, 5, "T   N\ne" ACUTE ENDS "  x\n");
}

static void a_cell_is_one_line_without_control(void **state)
{
	static const struct row hostile = { VIEW_PLAIN, { "a\nb\033[2J", "\xE2\x80\xAE" } };

	(void)state;
	expect_table(one_column, &hostile, 1, 0, "T        N\na" BAD "b" BAD "[2J  " BAD "\n");
}

static void styles_are_written_where_there_are_colors(void **state)
{
	AUTO_TABLE struct view_table *table = view_table_new(one_column);
	struct buffer out;

	(void)state;
	buffer_init(&out);
	view_table_begin_row(table, VIEW_PLAIN);
	view_table_add_cell(table, "a");
	view_table_begin_row(table, VIEW_ALERT);
	view_table_add_cell(table, "b");
	view_table_write(table, 0, true, &out);
	expect_content(&out, "\033[1mT  N\033[0m\na\n\033[31mb\033[0m\n");
	buffer_truncate(&out, 0);
	view_append_styled(&out, VIEW_FAINT, true, "x");
	view_append_styled(&out, VIEW_FAINT, false, "y");
	view_append_styled(&out, VIEW_PLAIN, true, "z");
	expect_content(&out, "\033[2mx\033[0myz");
	buffer_deinit(&out);
}

static void a_table_grows_with_its_rows(void **state)
{
	AUTO_TABLE struct view_table *table = view_table_new(one_column);
	struct buffer out;
	size_t lines = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		view_table_begin_row(table, VIEW_PLAIN);
		view_table_add_cell(table, "a");
	}
	buffer_init(&out);
	view_table_write(table, 80, false, &out);
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
		cmocka_unit_test(a_cell_is_one_line_without_control),
		cmocka_unit_test(styles_are_written_where_there_are_colors),
		cmocka_unit_test(a_table_grows_with_its_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
