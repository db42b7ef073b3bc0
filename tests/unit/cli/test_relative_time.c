/* How long, in words: units, their edges, and what is no time. */
#include "testing.h"

#include "cli/relative_time.h"

static const struct {
	int64_t seconds;
	const char *text;
} lengths[] = {
	{ 0, "0s" },
	{ 59, "59s" },
	{ 60, "1min" },
	{ 3599, "59min" },
	{ 3600, "1h" },
	{ 86399, "23h" },
	{ 86400, "1d" },
	{ INT64_C(13) * 86400 + 86399, "13d" },
	{ INT64_C(14) * 86400, "2w" },
	{ INT64_C(29) * 86400, "4w" },
	{ INT64_C(30) * 86400, "1mo" },
	{ INT64_C(364) * 86400, "12mo" },
	{ INT64_C(365) * 86400, "1y" },
	{ INT64_C(10000) * 365 * 86400, "10000y" },
	{ -INT64_C(2) * 3600, "-2h" },
	{ -1, "-1s" },
	{ -INT64_C(3) * 86400, "-3d" },
};

static void a_length_reads_in_its_largest_unit(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		struct buffer out;

		buffer_init(&out);
		relative_time_append(&out, lengths[i].seconds);
		expect_content(&out, lengths[i].text);
		buffer_deinit(&out);
	}
}

static const struct {
	int64_t seconds;
	const char *text;
} worked[] = {
	{ 0, "0s" },
	{ 45, "45s" },
	{ 60, "1min" },
	{ 3599, "59min" },
	{ 3600, "1h" },
	{ 4800, "1h 20min" },
	{ 3659, "1h" },
	{ INT64_C(26) * 3600, "26h" },
	{ INT64_C(100) * 3600 + 60, "100h 1min" },
};

static void work_is_counted_in_hours(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(worked); i++) {
		struct buffer out;

		buffer_init(&out);
		relative_time_append_spent(&out, worked[i].seconds);
		expect_content(&out, worked[i].text);
		buffer_deinit(&out);
	}
}

static void only_a_whole_time_in_utc_is_one(void **state)
{
	static const char *const others[] = { "", "2026-11-23", "2026-11-23T14:00:00", "2026-11-23T14:00:00Zx", "x" };
	int64_t seconds = 7;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		assert_false(relative_time_parse(others[i], &seconds));
	assert_false(relative_time_parse(NULL, &seconds));
	assert_int_equal(seconds, 7);
	assert_true(relative_time_parse("1970-01-02T00:00:01Z", &seconds));
	assert_int_equal(seconds, 86401);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_length_reads_in_its_largest_unit),
		cmocka_unit_test(work_is_counted_in_hours),
		cmocka_unit_test(only_a_whole_time_in_utc_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
