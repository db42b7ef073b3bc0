/* Every example of taskctl-dates(7) is read as the page says, and the page has every word. */
#include "zones.h"

#include "common/cleanup.h"
#include "tasks/date.h"
#include "tasks/date_words.h"
#include "tasks/duration.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PAGE       TEST_SOURCE_DIR "/man/taskctl-dates.7"
#define PAGE_NOW   INT64_C(1795530600) /* 2026-11-24T15:30+01:00 */
#define PAGE_DUE   INT64_C(1796112000) /* 2026-12-01T09:00+01:00 */
#define WORDS_SIZE 16384
#define REFUSED_AT "refused at column "

static enum date_attribute find_due(void *context, const char *name, size_t length, int64_t *ret_seconds)
{
	(void)context;
	*ret_seconds = PAGE_DUE;
	return length == 3 && memcmp(name, "due", 3) == 0 ? DATE_ATTRIBUTE_TIME : DATE_ATTRIBUTE_UNKNOWN;
}

static enum error read_date(const char *text, char ret_text[ZONES_TEXT_SIZE], struct refusal *refusal)
{
	const struct date_attributes attributes = { .find = find_due };
	const struct date_context context = {
		.now = PAGE_NOW, .zone = zones_find("Europe/Berlin"), .edge = DATE_DAY_END, .attributes = &attributes
	};
	int64_t seconds = 0;
	enum error error = date_parse(text, strlen(text), &context, "due", &seconds, refusal);

	if (!error)
		zones_format(context.zone, seconds, ret_text);
	return error;
}

static void check_refused(const char *text, const char *expected)
{
	struct refusal refusal = { 0 };
	char found[ZONES_TEXT_SIZE], place[32];

	if (!read_date(text, found, &refusal))
		fail_msg("%s is %s", text, found);
	(void)snprintf(place, sizeof(place), "at column %s,", expected + sizeof(REFUSED_AT) - 1);
	if (!strstr(refusal.message, place))
		fail_msg("%s: %s", text, refusal.message);
}

static void check_duration(const char *text, const char *expected)
{
	struct duration found, meant;
	struct refusal refusal = { 0 };

	if (duration_parse(text, strlen(text), "duration", &found, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	assert_int_equal(duration_parse(expected, strlen(expected), "duration", &meant, NULL), ERROR_NONE);
	if (found.months != meant.months || found.days != meant.days || found.seconds != meant.seconds)
		fail_msg("%s is not %s", text, expected);
}

static void check_date(const char *text, const char *expected)
{
	struct refusal refusal = { 0 };
	char found[ZONES_TEXT_SIZE];

	if (read_date(text, found, &refusal))
		fail_msg("%s: %s", text, refusal.message);
	if (strcmp(found, expected) != 0)
		fail_msg("%s is %s, not %s", text, found, expected);
}

static void check_example(const char *text, const char *expected)
{
	if (strncmp(expected, REFUSED_AT, sizeof(REFUSED_AT) - 1) == 0)
		check_refused(text, expected);
	else if (expected[0] == 'P')
		check_duration(text, expected);
	else
		check_date(text, expected);
}

/* Both columns of a line of an example, which has two spaces or more in between. */
static const char *split(char *line)
{
	char *gap = strstr(line, "  ");
	char *second = gap;

	line[strcspn(line, "\n")] = '\0';
	if (!gap) {
		fail_msg("%s has no second column", line);
		return line;
	}
	while (*second == ' ')
		second++;
	*gap = '\0';
	return second;
}

/* Run all examples; their first columns go into `ret_words`, each with a space before and behind every word. */
static size_t run_page(char ret_words[WORDS_SIZE])
{
	AUTO_FCLOSE FILE *page = fopen(PAGE, "re");
	bool is_example = false;
	size_t count = 0, length = 0;
	char line[256];

	assert_non_null(page);
	while (fgets(line, sizeof(line), page)) {
		const char *expected;

		if (line[0] == '.') {
			is_example = strncmp(line, ".Bd", 3) == 0;
			continue;
		}
		if (!is_example)
			continue;
		expected = split(line);
		check_example(line, expected);
		length += (size_t)snprintf(ret_words + length, WORDS_SIZE - length, " %s ", line);
		assert_true(length < WORDS_SIZE);
		count++;
	}
	return count;
}

static void every_example_of_the_page_is_read_as_it_says(void **state)
{
	char words[WORDS_SIZE];

	(void)state;
	assert_true(run_page(words) > 200);
}

static void expect_word(const char *words, const char *word)
{
	char wanted[64];

	(void)snprintf(wanted, sizeof(wanted), " %s ", word);
	if (!strstr(words, wanted))
		fail_msg("taskctl-dates(7) has no example of %s", word);
}

static void the_page_has_an_example_of_every_word(void **state)
{
	char words[WORDS_SIZE];
	const char *name;

	(void)state;
	(void)run_page(words);
	for (size_t i = 0; (name = date_word_name(i)); i++)
		expect_word(words, name);
	for (size_t i = 0; (name = duration_unit_name(i)); i++)
		expect_word(words, name);
}

static int tear_down(void **state)
{
	(void)state;
	zones_free();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_example_of_the_page_is_read_as_it_says),
		cmocka_unit_test(the_page_has_an_example_of_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
