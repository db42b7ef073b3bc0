/* Every example of taskctl-dates(7) is read as the page says, and the page has every word. */
#include "page_examples.h"
#include "zones.h"

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
	(void)snprintf(place, sizeof(place), "at column %s;", expected + sizeof(REFUSED_AT) - 1);
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

/* The first columns go into `context`, each with a space before and behind it. */
static void on_example(void *context, const char *text, const char *expected)
{
	char *words = context;
	size_t length = strlen(words);

	check_example(text, expected);
	assert_true(length + strlen(text) + 3 < WORDS_SIZE);
	(void)snprintf(words + length, WORDS_SIZE - length, " %s ", text);
}

static void every_example_of_the_page_is_read_as_it_says(void **state)
{
	char words[WORDS_SIZE] = "";

	(void)state;
	assert_true(page_examples_each(PAGE, on_example, words) > 200);
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
	char words[WORDS_SIZE] = "";
	const char *name;

	(void)state;
	(void)page_examples_each(PAGE, on_example, words);
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
