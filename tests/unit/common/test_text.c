/* Times, UTF-8, near words, integers and base64url against values worked out elsewhere. */
#include "testing.h"

#include "common/text.h"

#include <time.h>

static const struct {
	int64_t seconds;
	const char *text;
} times[] = {
	{ 0, "1970-01-01T00:00:00Z" },
	{ -1, "1969-12-31T23:59:59Z" },
	{ 1795442400, "2026-11-23T14:00:00Z" },
	{ 951782399, "2000-02-28T23:59:59Z" },
	{ 951782400, "2000-02-29T00:00:00Z" },
	{ 951868800, "2000-03-01T00:00:00Z" },
	{ 4107542400, "2100-03-01T00:00:00Z" },
	{ -62167219200, "0000-01-01T00:00:00Z" },
	{ -62162035201, "0000-02-29T23:59:59Z" },
	{ 253402300799, "9999-12-31T23:59:59Z" },
	{ -62167219201, "0000-01-01T00:00:00Z" },
	{ 253402300800, "9999-12-31T23:59:59Z" },
	{ INT64_MIN, "0000-01-01T00:00:00Z" },
	{ INT64_MAX, "9999-12-31T23:59:59Z" },
};

static void times_are_written_as_rfc_3339(void **state)
{
	char text[TEXT_TIME_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		text_format_time(times[i].seconds, text);
		assert_string_equal(text, times[i].text);
	}
}

/* All days from 0000 to 9999 with the C library as the judge. */
static void every_day_of_ten_thousand_years_agrees_with_gmtime(void **state)
{
	char text[TEXT_TIME_SIZE];
	char expected[64];
	struct tm tm;

	(void)state;
	for (time_t noon = -62167176000; noon < 253402300800; noon += 86400) {
		text_format_time(noon, text);
		assert_non_null(gmtime_r(&noon, &tm));
		(void)snprintf(expected, sizeof(expected), "%04d-%02d-%02dT12:00:00Z", tm.tm_year + 1900, tm.tm_mon + 1,
			tm.tm_mday);
		assert_string_equal(text, expected);
	}
}

static const struct {
	const char *bytes;
	size_t length;
	bool is_utf8;
} sequences[] = {
	{ "", 0, true },
	{ "plain", 5, true },
	{ "\0", 1, true },
	{ "\xc2\x80", 2, true },
	{ "\xed\x9f\xbf", 3, true },
	{ "\xee\x80\x80", 3, true },
	{ "\xf4\x8f\xbf\xbf", 4, true },
	{ "\x80", 1, false },
	{ "\xc3", 1, false },
	{ "\xc1\xbf", 2, false },
	{ "\xe0\x9f\xbf", 3, false },
	{ "\xed\xa0\x80", 3, false },
	{ "\xf0\x8f\xbf\xbf", 4, false },
	{ "\xf4\x90\x80\x80", 4, false },
	{ "\xf5\x80\x80\x80", 4, false },
	{ "\xe2\x82", 2, false },
	{ "\xe2\x82x", 3, false },
	{ "\xff", 1, false },
};

static void utf8_is_judged_as_rfc_3629_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sequences); i++)
		assert_int_equal(text_is_utf8(sequences[i].bytes, sequences[i].length), sequences[i].is_utf8);
}

/* A line of utf8tests.bin is NUMBER:valid:BYTES or NUMBER:invalid:BYTES. */
static void check_corpus_line(const char *line, size_t length)
{
	const char *verdict = memchr(line, ':', length);
	const char *bytes = verdict ? memchr(verdict + 1, ':', length - (size_t)(verdict + 1 - line)) : NULL;

	if (!bytes) {
		fail_msg("a line without its two colons");
		return;
	}
	bytes++;
	assert_int_equal(text_is_utf8(bytes, length - (size_t)(bytes - line)), verdict[1] == 'v');
}

static void the_utf8_corpus_is_judged_as_it_says(void **state)
{
	struct buffer corpus;
	size_t count = 0;

	(void)state;
	buffer_init(&corpus);
	if (!read_whole_file(TEST_CORPORA "/utf8tests/utf8tests.bin", &corpus)) {
		print_message("skipped: no utf8tests in %s\n", TEST_CORPORA);
		skip();
		return;
	}
	for (size_t start = 0, end; start < corpus.length; start = end + 1, count++) {
		const char *newline = memchr(corpus.data + start, '\n', corpus.length - start);

		assert_non_null(newline);
		end = (size_t)(newline - corpus.data);
		check_corpus_line(corpus.data + start, end - start);
	}
	print_message("%zu sequences\n", count);
	assert_true(count > 200);
	buffer_deinit(&corpus);
}

static const struct {
	const char *text;
	size_t length;
	size_t whole;
} cuts[] = {
	{ "", 0, 0 },
	{ "milk", 4, 4 },
	{ "a\xe2\x82\xac", 4, 4 },
	{ "a\xe2\x82", 3, 1 },
	{ "a\xe2", 2, 1 },
	{ "\xf0\x9f\xa5", 3, 0 },
	{ "\xc3\xa9", 2, 2 },
	{ "\x80\x80\x80\x80", 4, 4 },
};

static void a_cut_character_is_dropped(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cuts); i++)
		assert_int_equal(text_whole_length(cuts[i].text, cuts[i].length), cuts[i].whole);
}

static const struct {
	const char *a;
	const char *b;
	unsigned limit;
	unsigned distance;
} distances[] = {
	{ "", "", 3, 0 },
	{ "due", "due", 3, 0 },
	{ "deu", "due", 3, 1 },
	{ "ad", "add", 3, 1 },
	{ "list", "lst", 3, 1 },
	{ "kitten", "sitting", 5, 3 },
	{ "ca", "abc", 5, 3 },
	{ "", "abcdef", 10, 6 },
	{ "kitten", "sitting", 2, 3 },
	{ "abcdef", "uvwxyz", 2, 3 },
};

static void distance_counts_the_slips_of_a_typist(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(distances); i++) {
		assert_int_equal(
			text_distance(distances[i].a, distances[i].b, distances[i].limit), distances[i].distance);
		assert_int_equal(
			text_distance(distances[i].b, distances[i].a, distances[i].limit), distances[i].distance);
	}
}

static void very_long_words_are_near_to_nothing(void **state)
{
	char word[1000];

	(void)state;
	memset(word, 'a', sizeof(word));
	word[sizeof(word) - 1] = '\0';
	assert_int_equal(text_distance(word, word, 2), 3);
	assert_int_equal(text_distance("a", word, 2), 3);
}

static void the_nearest_word_is_found_or_none(void **state)
{
	static const char *const words[] = { "add", "list", "delete", "due", "project", "access_token_minutes", NULL };
	static const struct {
		const char *word;
		const char *nearest;
	} cases[] = {
		{ "lsit", "list" },
		{ "deu", "due" },
		{ "ad", "add" },
		{ "delte", "delete" },
		{ "acces_token_minute", "access_token_minutes" },
		{ "projcet", "project" },
		{ "banana", NULL },
		{ "x", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *nearest = text_nearest(cases[i].word, words);

		assert_int_equal(nearest != NULL, cases[i].nearest != NULL);
		if (nearest)
			assert_string_equal(nearest, cases[i].nearest);
	}
}

static const struct {
	const char *text;
	int64_t minimum, maximum;
	bool is_accepted;
	int64_t value;
} integers[] = {
	{ "0", 0, 10, true, 0 },
	{ "10", 0, 10, true, 10 },
	{ "11", 0, 10, false, 0 },
	{ "-1", 0, 10, false, 0 },
	{ "-5", -5, 10, true, -5 },
	{ "9223372036854775807", INT64_MIN, INT64_MAX, true, INT64_MAX },
	{ "-9223372036854775808", INT64_MIN, INT64_MAX, true, INT64_MIN },
	{ "9223372036854775808", INT64_MIN, INT64_MAX, false, 0 },
	{ "-9223372036854775809", INT64_MIN, INT64_MAX, false, 0 },
	{ "99999999999999999999999", INT64_MIN, INT64_MAX, false, 0 },
	{ "", INT64_MIN, INT64_MAX, false, 0 },
	{ "-", INT64_MIN, INT64_MAX, false, 0 },
	{ "+1", INT64_MIN, INT64_MAX, false, 0 },
	{ " 1", INT64_MIN, INT64_MAX, false, 0 },
	{ "1 ", INT64_MIN, INT64_MAX, false, 0 },
	{ "1x", INT64_MIN, INT64_MAX, false, 0 },
	{ "--1", INT64_MIN, INT64_MAX, false, 0 },
	{ "1.0", INT64_MIN, INT64_MAX, false, 0 },
};

static void integers_are_whole_and_within_their_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(integers); i++) {
		int64_t value = 4711;

		assert_int_equal(text_parse_integer(integers[i].text, integers[i].minimum, integers[i].maximum, &value),
			integers[i].is_accepted);
		assert_int_equal(value, integers[i].is_accepted ? integers[i].value : 4711);
	}
}

/* RFC 4648 §10, without the padding. */
static const struct {
	const char *bytes;
	const char *text;
} encodings[] = {
	{ "", "" },
	{ "f", "Zg" },
	{ "fo", "Zm8" },
	{ "foo", "Zm9v" },
	{ "foob", "Zm9vYg" },
	{ "fooba", "Zm9vYmE" },
	{ "foobar", "Zm9vYmFy" },
	{ "\xfb\xff\xfe", "-__-" },
};

static void base64url_goes_both_ways(void **state)
{
	char text[16];
	char bytes[16];
	size_t length;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(encodings); i++) {
		const char *encoded = encodings[i].text;

		length = text_base64url_encode(encodings[i].bytes, strlen(encodings[i].bytes), text);
		assert_int_equal(length, strlen(encoded));
		assert_string_equal(text, encoded);
		assert_true(text_base64url_decode(encoded, strlen(encoded), bytes, &length));
		assert_int_equal(length, strlen(encodings[i].bytes));
		assert_memory_equal(bytes, encodings[i].bytes, length);
	}
}

static void base64url_takes_the_canonical_form_only(void **state)
{
	static const char *const refused[] = { "Z", "A", "AAAAA", "Zg=", "Zg==", "Zh", "Zm9", "Zm9vY", "Zm8 ", "Zm+v",
		"Zm/v", "Z\n9v", "Zm9\xc3" };
	char bytes[16];
	size_t length = 4711;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_false(text_base64url_decode(refused[i], strlen(refused[i]), bytes, &length));
	assert_int_equal(length, 4711);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(times_are_written_as_rfc_3339),
		cmocka_unit_test(every_day_of_ten_thousand_years_agrees_with_gmtime),
		cmocka_unit_test(utf8_is_judged_as_rfc_3629_says),
		cmocka_unit_test(the_utf8_corpus_is_judged_as_it_says),
		cmocka_unit_test(a_cut_character_is_dropped),
		cmocka_unit_test(distance_counts_the_slips_of_a_typist),
		cmocka_unit_test(very_long_words_are_near_to_nothing),
		cmocka_unit_test(the_nearest_word_is_found_or_none),
		cmocka_unit_test(integers_are_whole_and_within_their_limits),
		cmocka_unit_test(base64url_goes_both_ways),
		cmocka_unit_test(base64url_takes_the_canonical_form_only),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
