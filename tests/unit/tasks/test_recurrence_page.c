/* Every example of taskctl-recurrence(7) gives the days that the page says, and the page has every word. */
#include "page_examples.h"
#include "zones.h"

#include "tasks/recurrence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define PAGE       TEST_SOURCE_DIR "/man/taskctl-recurrence.7"
#define PAGE_DUE   INT64_C(1796112000) /* 2026-12-01T09:00+01:00, a Tuesday */
#define SHOWN      3
#define WORDS_SIZE 8192
#define REFUSED    "refused"

/* The days behind the anchor, as the page writes them. */
static void write_days(const struct recurrence_series *series, char text[128])
{
	size_t length = 0;

	text[0] = '\0';
	for (int64_t number = 1; number <= SHOWN; number++) {
		char time[ZONES_TEXT_SIZE];
		int64_t at;

		if (!recurrence_occurrence(series, number, &at))
			return;
		zones_format(series->zone, at, time);
		length += (size_t)snprintf(text + length, 128 - length, "%s%.10s", length ? " " : "", time);
	}
}

static void check_example(void *context, const char *text, const char *expected)
{
	struct recurrence recurrence;
	struct recurrence_series series = { .recurrence = &recurrence,
		.anchor = PAGE_DUE,
		.zone = zones_find("Europe/Berlin"),
		.until = INT64_MAX,
		.count = INT64_MAX };
	struct refusal refusal = { 0 };
	enum error error = recurrence_parse(text, strlen(text), "recur", &recurrence, &refusal);
	char *words = context;
	char days[128];

	(void)snprintf(words + strlen(words), WORDS_SIZE - strlen(words), " %s ", text);
	if (!error)
		error = recurrence_check(&series, "recur", &refusal);
	if (strcmp(expected, REFUSED) == 0) {
		assert_int_equal(error, ERROR_INVALID_PARAMS);
		return;
	}
	if (error)
		fail_msg("%s: %s", text, refusal.message);
	write_days(&series, days);
	if (strcmp(days, expected) != 0)
		fail_msg("%s is %s, not %s", text, days, expected);
}

static void every_example_of_the_page_gives_its_days(void **state)
{
	char words[WORDS_SIZE] = "";

	(void)state;
	assert_true(page_examples_each(PAGE, check_example, words) > 30);
}

static void the_page_has_an_example_of_every_word(void **state)
{
	char words[WORDS_SIZE] = "";
	const char *name;

	(void)state;
	(void)page_examples_each(PAGE, check_example, words);
	for (size_t i = 0; (name = recurrence_word_name(i)); i++) {
		char wanted[64];

		(void)snprintf(wanted, sizeof(wanted), " %s ", name);
		if (!strstr(words, wanted))
			fail_msg("the page has no example of %s", name);
	}
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
		cmocka_unit_test(every_example_of_the_page_gives_its_days),
		cmocka_unit_test(the_page_has_an_example_of_every_word),
	};

	return cmocka_run_group_tests(tests, NULL, tear_down);
}
