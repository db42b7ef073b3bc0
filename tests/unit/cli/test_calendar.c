/* Months as they are drawn, and what a person may call them. */
#include "testing.h"

#include "cli/picture/calendar.h"

static const struct month november = { 2026, 11 };

/* What falls on some of its days, on Wednesday the 25th. */
static void fill(struct calendar *calendar, int count, bool starts_on_sunday)
{
	json_t *days = json_loads("[{\"date\":\"2026-11-24\",\"due\":2,\"overdue\":1},"
				  "{\"date\":\"2026-11-25\",\"done\":3},"
				  "{\"date\":\"2026-11-29\",\"scheduled\":1},"
				  "{\"date\":\"2026-11-30\",\"due\":1},"
				  "{\"date\":\"2030-01-01\",\"due\":1},{\"date\":\"nonsense\",\"due\":1}]",
		0, NULL);

	assert_non_null(days);
	calendar_init(calendar, november, count, starts_on_sunday, month_day_number(november, 25));
	calendar_take(calendar, days);
	json_decref(days);
}

static void expect_drawing(int count, bool starts_on_sunday, unsigned width, const char *text)
{
	struct calendar calendar;
	struct theme theme;
	struct buffer out;

	theme_init_plain(&theme);
	buffer_init(&out);
	fill(&calendar, count, starts_on_sunday);
	calendar_draw(&calendar, width, &theme, &out);
	assert_string_equal(buffer_text(&out), text);
	calendar_deinit(&calendar);
	buffer_deinit(&out);
}

#define BELOW                                                                                                          \
	"\n< today  * due  ! overdue  + scheduled\n\n"                                                                 \
	"Tu 2026-11-24  2 due, 1 overdue\n"                                                                            \
	"Mo 2026-11-30  1 due\n"

static void a_month_has_its_weeks_and_signs(void **state)
{
	(void)state;
	expect_drawing(1, false, 40,
		"       November 2026\n"
		"   Mo Tu We Th Fr Sa Su\n"
		"44                    1\n"
		"45  2  3  4  5  6  7  8\n"
		"46  9 10 11 12 13 14 15\n"
		"47 16 17 18 19 20 21 22\n"
		"48 23 24!25<26 27 28 29+\n"
		"49 30*\n" BELOW);
	expect_drawing(1, true, 40,
		"       November 2026\n"
		"   Su Mo Tu We Th Fr Sa\n"
		"45  1  2  3  4  5  6  7\n"
		"46  8  9 10 11 12 13 14\n"
		"47 15 16 17 18 19 20 21\n"
		"48 22 23 24!25<26 27 28\n"
		"49 29+30*\n" BELOW);
}

static void months_stand_beside_each_other_as_far_as_they_fit(void **state)
{
	(void)state;
	expect_drawing(3, false, 60,
		"       November 2026             December 2026\n"
		"   Mo Tu We Th Fr Sa Su      Mo Tu We Th Fr Sa Su\n"
		"44                    1   49     1  2  3  4  5  6\n"
		"45  2  3  4  5  6  7  8   50  7  8  9 10 11 12 13\n"
		"46  9 10 11 12 13 14 15   51 14 15 16 17 18 19 20\n"
		"47 16 17 18 19 20 21 22   52 21 22 23 24 25 26 27\n"
		"48 23 24!25<26 27 28 29+  53 28 29 30 31\n"
		"49 30*\n\n"
		"       January 2027\n"
		"   Mo Tu We Th Fr Sa Su\n"
		"53              1  2  3\n"
		" 1  4  5  6  7  8  9 10\n"
		" 2 11 12 13 14 15 16 17\n"
		" 3 18 19 20 21 22 23 24\n"
		" 4 25 26 27 28 29 30 31\n" BELOW);
	assert_int_equal(calendar_months_in(24), 1);
	assert_int_equal(calendar_months_in(10), 1);
	assert_int_equal(calendar_months_in(49), 1);
	assert_int_equal(calendar_months_in(50), 2);
	assert_int_equal(calendar_months_in(76), 3);
	assert_int_equal(calendar_months_in(300), 3);
	assert_int_equal(calendar_months_in(0), 3);
}

static void months_have_many_names(void **state)
{
	static const struct {
		const char *text;
		struct month first;
		int count;
	} cases[] = {
		{ "2026-02", { 2026, 2 }, 1 },
		{ "nov", { 2026, 11 }, 1 },
		{ "MARCH", { 2026, 3 }, 1 },
		{ "+1", { 2026, 12 }, 1 },
		{ "+2", { 2027, 1 }, 1 },
		{ "-11", { 2025, 12 }, 1 },
		{ "2024", { 2024, 1 }, 12 },
	};
	static const char *const others[] = { "", "no", "novembre", "2026-13", "2026-1", "13", "+", "+x", "99999" };
	struct month first;
	int count;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(month_parse(cases[i].text, november, &first, &count));
		assert_int_equal(first.year, cases[i].first.year);
		assert_int_equal(first.number, cases[i].first.number);
		assert_int_equal(count, cases[i].count);
	}
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(month_parse(others[i], november, &first, &count));
}

static void days_are_days_of_the_calendar(void **state)
{
	int64_t number;

	(void)state;
	assert_true(month_parse_day("1970-01-02", &number));
	assert_int_equal(number, 1);
	assert_true(month_parse_day("2024-02-29", &number));
	assert_false(month_parse_day("2026-02-29", &number));
	assert_false(month_parse_day("2026-02-01x", &number));
	assert_int_equal(month_week(month_day_number((struct month){ 2027, 1 }, 3)), 53);
	assert_int_equal(month_week(month_day_number((struct month){ 2027, 1 }, 4)), 1);
	assert_int_equal(month_length((struct month){ 2024, 2 }), 29);
}

static void a_picture_has_a_cell_for_each_day(void **state)
{
	struct calendar calendar;
	struct buffer out;

	(void)state;
	buffer_init(&out);
	fill(&calendar, 1, false);
	calendar_draw_svg(&calendar, &out);
	expect_words(buffer_text(&out), "1 months from November 2026: 3 tasks are due, 1 of them overdue");
	expect_words(buffer_text(&out), "class=\"overdue\"");
	expect_words(buffer_text(&out), "class=\"due\"");
	expect_words(buffer_text(&out), "class=\"today\"");
	expect_words(buffer_text(&out), ">30</text>");
	calendar_deinit(&calendar);
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_month_has_its_weeks_and_signs),
		cmocka_unit_test(months_stand_beside_each_other_as_far_as_they_fit),
		cmocka_unit_test(months_have_many_names),
		cmocka_unit_test(days_are_days_of_the_calendar),
		cmocka_unit_test(a_picture_has_a_cell_for_each_day),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
