/* Rows for programs: what parts cells, and what a cell may hold. */
#include "testing.h"

#include "cli/rows.h"

#define BAD "\xEF\xBF\xBD" /* U+FFFD */

/* One row of these cells, ended by NULL, below headings "a" and "b". */
static void expect_rows(enum rows_form form, const char *const *cells, const char *expected)
{
	struct buffer out;
	struct rows rows = { .out = &out, .form = form };

	buffer_init(&out);
	rows_add_heading(&rows, "a");
	rows_add_heading(&rows, "b");
	rows_end(&rows);
	for (; *cells; cells++)
		rows_add(&rows, *cells, strlen(*cells));
	rows_end(&rows);
	expect_content(&out, expected);
	buffer_deinit(&out);
}

#define CELLS(...)                                                                                                     \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}

static void plain_rows_have_tabs_and_escapes(void **state)
{
	(void)state;
	expect_rows(ROWS_PLAIN, CELLS("1", "Buy milk"), "1\tBuy milk\n");
	expect_rows(ROWS_PLAIN, CELLS("", "", ""), "\t\t\n");
	expect_rows(ROWS_PLAIN, CELLS("a\tb\nc\\", "\033[1m"), "a\\tb\\nc\\\\\t\\u001b[1m\n");
}

static void csv_rows_are_those_of_rfc_4180(void **state)
{
	(void)state;
	expect_rows(ROWS_CSV, CELLS("1", "Buy milk"), "a,b\r\n1,Buy milk\r\n");
	expect_rows(ROWS_CSV, CELLS("", ""), "a,b\r\n,\r\n");
	expect_rows(ROWS_CSV, CELLS("x,y", "say \"hello\""), "a,b\r\n\"x,y\",\"say \"\"hello\"\"\"\r\n");
	expect_rows(ROWS_CSV, CELLS("one\ntwo", "a\tb\\"), "a,b\r\n\"one\ntwo\",a\tb\\\r\n");
	expect_rows(ROWS_CSV, CELLS("\033[1m", "\r"), "a,b\r\n" BAD "[1m," BAD "\r\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_rows_have_tabs_and_escapes),
		cmocka_unit_test(csv_rows_are_those_of_rfc_4180),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
