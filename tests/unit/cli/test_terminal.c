/* The terminal: it is given nothing that it would obey, and what it shows is measured. */
#include "testing.h"

#include "cli/terminal.h"

#include <pty.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAD   "\xEF\xBF\xBD" /* U+FFFD */
#define E     "\xC3\xA9"     /* U+00E9, composed */
#define ACUTE "\xCC\x81"     /* U+0301, combining */
#define HAN   "\xE6\xBC\xA2" /* U+6F22 */
#define ZWJ   "\xE2\x80\x8D"
#define VS16  "\xEF\xB8\x8F"
#define WOMAN "\xF0\x9F\x91\xA9"
#define GIRL  "\xF0\x9F\x91\xA7"
#define SKIN  "\xF0\x9F\x8F\xBD" /* U+1F3FD */
#define HEART "\xE2\x9D\xA4"     /* U+2764, narrow by itself */
#define FLAG  "\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA"

#define FAMILY WOMAN ZWJ WOMAN ZWJ GIRL

/* --- cleaning --- */

typedef void cleaner(struct buffer *out, const char *text, size_t length);

static void expect_clean(cleaner *clean, const char *text, size_t length, const char *expected)
{
	struct buffer out;

	buffer_init(&out);
	clean(&out, text, length);
	expect_content(&out, expected);
	buffer_deinit(&out);
}

static const struct {
	const char *text;
	const char *clean;
} cleanings[] = {
	{ "", "" },
	{ "Buy milk", "Buy milk" },
	{ E HAN FAMILY FLAG "e" ACUTE, E HAN FAMILY FLAG "e" ACUTE },
	{ "\033[31mred\033]0;title\a", BAD "[31mred" BAD "]0;title" BAD },
	{ "a\nb\tc\rd\be", "a" BAD "b" BAD "c" BAD "d" BAD "e" },
	{ "\x1F \x7F", BAD " " BAD },
	{ "\xC2\x80 \xC2\x9B \xC2\x9F", BAD " " BAD " " BAD }, /* C1, of which 9B is CSI */
	{ "\xC2\xA0", "\xC2\xA0" },
	{ "\xE2\x80\xAA\xE2\x80\xAB\xE2\x80\xAC\xE2\x80\xAD\xE2\x80\xAE", BAD BAD BAD BAD BAD },
	{ "\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA8\xE2\x81\xA9", BAD BAD BAD BAD },
	{ "\xE2\x80\xA8 \xE2\x80\xA9", BAD " " BAD }, /* line and paragraph separators */
	{ "\xE2\x80\xA9\xE2\x80\xAF", BAD "\xE2\x80\xAF" },
	{ "a\xFF"
	  "b",
		"a" BAD "b" },
	{ "\x80\xBF", BAD BAD },
	{ "\xC0\xAF", BAD BAD },                 /* overlong */
	{ "\xED\xA0\x80", BAD BAD BAD },         /* a surrogate */
	{ "\xF4\x90\x80\x80", BAD BAD BAD BAD }, /* behind U+10FFFF */
	{ "x\xE6\xBC", "x" BAD BAD },            /* cut off */
	{ "\xE6\xBC"
	  "A",
		BAD BAD "A" },
	{ BAD, BAD },
};

static void what_a_terminal_obeys_becomes_a_replacement(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cleanings); i++)
		expect_clean(terminal_clean, cleanings[i].text, strlen(cleanings[i].text), cleanings[i].clean);
}

static void no_single_byte_or_character_of_control_goes_through(void **state)
{
	(void)state;
	for (unsigned byte = 0; byte < 0x100; byte++) {
		bool is_plain = byte >= 0x20 && byte < 0x7F;
		const char text[] = { (char)byte, '\0' };

		expect_clean(terminal_clean, text, 1, is_plain ? text : BAD);
	}
	for (unsigned character = 0x80; character < 0xA0; character++) {
		const char text[] = { '\xC2', (char)character };

		expect_clean(terminal_clean, text, sizeof(text), BAD);
	}
}

static void lines_and_tabs_stay_in_text_of_several_lines(void **state)
{
	(void)state;
	expect_clean(terminal_clean_lines, "a\n\tb\r\n\033", 7, "a\n\tb" BAD "\n" BAD);
	expect_clean(terminal_clean_lines, "a\0b", 3, "a" BAD "b");
	expect_clean(terminal_clean_lines, "\xE2\x80\xAE\v", 4, BAD BAD);
}

static void escaped_text_is_one_line_that_can_be_taken_back(void **state)
{
	static const char text[] = "a\tb\nc\rd\\e\033f\xC2\x9Bg\xE2\x80\xAEh\xFFi" E;

	(void)state;
	expect_clean(terminal_escape, text, sizeof(text) - 1, "a\\tb\\nc\\rd\\\\e\\u001bf\\u009bg\\u202eh" BAD "i" E);
	expect_clean(terminal_escape, "\0", 1, "\\u0000");
}

static void cleaned_text_is_appended(void **state)
{
	struct buffer out;

	(void)state;
	buffer_init(&out);
	terminal_clean(&out, "ab", 1);
	terminal_clean(&out, "c", 1);
	expect_content(&out, "ac");
	buffer_deinit(&out);
}

/* --- width --- */

static const struct {
	const char *text;
	size_t width;
} widths[] = {
	{ "", 0 }, { "abc", 3 }, { E, 1 }, { "e" ACUTE, 1 }, { "e" ACUTE ACUTE ACUTE, 1 }, { HAN, 2 },
	{ HAN "a" HAN, 5 }, { "\xEF\xBC\xA1", 2 }, /* fullwidth A */
	{ "\xEA\xB0\x80", 2 },                     /* Hangul, composed */
	{ "\xE1\x84\x80\xE1\x85\xA1", 2 },         /* the same in parts */
	{ WOMAN, 2 }, { WOMAN SKIN, 2 }, { FAMILY, 2 }, { FAMILY FAMILY, 4 }, { HEART VS16, 2 }, { FLAG, 2 },
	{ FLAG FLAG, 4 }, { ACUTE, 0 }, { "\xE2\x80\x8B", 0 }, /* zero width space */
	{ BAD, 1 }, { "\xE2\x80\xA6", 1 },                     /* the ellipsis */
};

static void a_cluster_is_as_wide_as_it_is_shown(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(widths); i++) {
		size_t width = terminal_text_width(widths[i].text, strlen(widths[i].text));

		if (width != widths[i].width)
			fail_msg("`%s` takes %zu columns, not %zu", widths[i].text, width, widths[i].width);
	}
}

/* --- fitting --- */

static const struct {
	const char *text;
	size_t limit;
	const char *kept;
	size_t width;
} fits[] = {
	{ "abc", 0, "", 0 },
	{ "abc", 2, "ab", 2 },
	{ "abc", 3, "abc", 3 },
	{ "abc", 9, "abc", 3 },
	{ HAN HAN, 1, "", 0 },
	{ HAN HAN, 3, HAN, 2 },
	{ "a" HAN, 2, "a", 1 },
	{ "e" ACUTE "x", 1, "e" ACUTE, 1 },
	{ FAMILY "x", 1, "", 0 },
	{ FAMILY "x", 2, FAMILY, 2 },
	{ WOMAN SKIN WOMAN, 3, WOMAN SKIN, 2 },
	{ FLAG FLAG, 3, FLAG, 2 },
	{ HEART VS16, 1, "", 0 },
	{ "ab" ACUTE, 1, "a", 1 },
};

static void no_cluster_is_ever_split(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(fits); i++) {
		size_t width = 99;
		size_t length = terminal_fit(fits[i].text, strlen(fits[i].text), fits[i].limit, &width);

		if (length != strlen(fits[i].kept) || width != fits[i].width)
			fail_msg("`%s` in %zu columns: %zu bytes and %zu columns", fits[i].text, fits[i].limit, length,
				width);
	}
}

static void what_fits_never_takes_more_than_its_columns(void **state)
{
	static const char text[] = "a" HAN FAMILY "e" ACUTE FLAG HEART VS16 "z" WOMAN SKIN;
	const size_t length = sizeof(text) - 1;
	const size_t whole = terminal_text_width(text, length);
	size_t before = 0;

	(void)state;
	for (size_t limit = 0; limit <= whole; limit++) {
		size_t width;
		size_t kept = terminal_fit(text, length, limit, &width);

		assert_true(width <= limit && width + 1 >= limit);
		assert_int_equal(terminal_text_width(text, kept), width);
		assert_int_equal(terminal_text_width(text + kept, length - kept), whole - width);
		assert_true(kept >= before);
		before = kept;
	}
	assert_int_equal(before, length);
}

/* --- the terminal itself --- */

/* A terminal of so many columns, as a stream. */
static FILE *open_terminal(unsigned short columns, int *ret_master)
{
	const struct winsize size = { .ws_row = 24, .ws_col = columns };
	int slave;

	assert_int_equal(openpty(ret_master, &slave, NULL, NULL, &size), 0);
	return fdopen(slave, "w");
}

static void the_width_is_the_terminals_else_that_of_columns(void **state)
{
	AUTO_CLOSE int master = -1;
	AUTO_FCLOSE FILE *terminal = open_terminal(57, &master);
	AUTO_FCLOSE FILE *file = tmpfile();

	(void)state;
	assert_int_equal(setenv("COLUMNS", "72", 1), 0);
	assert_int_equal(terminal_width(terminal), 57);
	assert_int_equal(terminal_width(file), 72);
	assert_int_equal(unsetenv("COLUMNS"), 0);
	assert_int_equal(terminal_width(file), TERMINAL_UNLIMITED);
}

static void columns_that_are_no_number_count_as_unset(void **state)
{
	static const char *const values[] = { "", "0", "-5", "wide", "80x", "10001" };
	AUTO_FCLOSE FILE *file = tmpfile();

	(void)state;
	for (size_t i = 0; i < COUNT_OF(values); i++) {
		assert_int_equal(setenv("COLUMNS", values[i], 1), 0);
		assert_int_equal(terminal_width(file), TERMINAL_UNLIMITED);
	}
	assert_int_equal(unsetenv("COLUMNS"), 0);
}

static void colors_are_for_terminals_that_want_them(void **state)
{
	AUTO_CLOSE int master = -1;
	AUTO_FCLOSE FILE *terminal = open_terminal(80, &master);
	AUTO_FCLOSE FILE *file = tmpfile();

	(void)state;
	assert_int_equal(setenv("TERM", "xterm", 1), 0);
	assert_int_equal(unsetenv("NO_COLOR"), 0);
	assert_true(terminal_has_colors(terminal, COLOR_AUTO));
	assert_false(terminal_has_colors(file, COLOR_AUTO));
	assert_true(terminal_has_colors(file, COLOR_ALWAYS));
	assert_false(terminal_has_colors(terminal, COLOR_NEVER));
	assert_int_equal(setenv("NO_COLOR", "", 1), 0);
	assert_true(terminal_has_colors(terminal, COLOR_AUTO));
	assert_int_equal(setenv("NO_COLOR", "1", 1), 0);
	assert_false(terminal_has_colors(terminal, COLOR_AUTO));
	assert_true(terminal_has_colors(terminal, COLOR_ALWAYS));
	assert_int_equal(unsetenv("NO_COLOR"), 0);
	assert_int_equal(setenv("TERM", "dumb", 1), 0);
	assert_false(terminal_has_colors(terminal, COLOR_AUTO));
	assert_int_equal(unsetenv("TERM"), 0);
	assert_false(terminal_has_colors(terminal, COLOR_AUTO));
}

/* --- direction --- */

static void what_is_written_from_the_right_is_known(void **state)
{
	static const struct {
		const char *text;
		bool is_bidirectional;
	} rows[] = {
		{ "", false }, { "Buy milk 123", false }, { E HAN FAMILY FLAG, false },
		{ "a \xD7\x90", true },       /* Hebrew: R */
		{ "\xD8\xA7 b", true },       /* Arabic: AL */
		{ "1 \xD9\xA1", true },       /* a digit of Arabic: AN */
		{ "\xF0\x90\xA4\x80", true }, /* Phoenician, beyond the first plane */
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(
			terminal_is_bidirectional(rows[i].text, strlen(rows[i].text)), rows[i].is_bidirectional);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_from_the_right_is_known),
		cmocka_unit_test(what_a_terminal_obeys_becomes_a_replacement),
		cmocka_unit_test(no_single_byte_or_character_of_control_goes_through),
		cmocka_unit_test(lines_and_tabs_stay_in_text_of_several_lines),
		cmocka_unit_test(escaped_text_is_one_line_that_can_be_taken_back),
		cmocka_unit_test(cleaned_text_is_appended),
		cmocka_unit_test(a_cluster_is_as_wide_as_it_is_shown),
		cmocka_unit_test(no_cluster_is_ever_split),
		cmocka_unit_test(what_fits_never_takes_more_than_its_columns),
		cmocka_unit_test(the_width_is_the_terminals_else_that_of_columns),
		cmocka_unit_test(columns_that_are_no_number_count_as_unset),
		cmocka_unit_test(colors_are_for_terminals_that_want_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
