/* IDS from standard input: what is read, what takes their place, and what is refused. */
#include "testing.h"

#include "cli/id_input.h"

#include <stdio.h>

static enum error read_from(
	const char *input, enum command_words kind, struct arguments *arguments, struct trouble *trouble)
{
	FILE *stream = fmemopen((void *)(uintptr_t)input, strlen(input), "r");
	enum error error;

	assert_non_null(stream);
	error = id_input_read(arguments, kind, stream, trouble);
	(void)fclose(stream);
	return error;
}

static void expect_read(const char *const *words, enum command_words kind, const char *input, const char *expected)
{
	struct arguments arguments;
	struct trouble trouble = { .exit_status = 0 };
	struct buffer found;

	arguments_init(&arguments);
	for (; *words; words++)
		word_list_add(&arguments.words, *words, false);
	assert_int_equal(read_from(input, kind, &arguments, &trouble), ERROR_NONE);
	buffer_init(&found);
	for (size_t i = 0; i < arguments.words.count; i++)
		buffer_printf(&found, "%s%s", i ? " " : "", arguments.words.items[i].text);
	expect_content(&found, expected);
	buffer_deinit(&found);
	arguments_deinit(&arguments);
}

#define WORDS(...)                                                                                                     \
	(const char *const[])                                                                                          \
	{                                                                                                              \
		__VA_ARGS__, NULL                                                                                      \
	}

static void a_dash_becomes_what_is_read(void **state)
{
	(void)state;
	expect_read(WORDS("-"), COMMAND_IDS, "3\n", "3");
	expect_read(WORDS("-"), COMMAND_IDS, "3\n\n 5 7-9\r\n6f1c2b9e,4", "3,5,7-9,6f1c2b9e,4");
	expect_read(WORDS("1", "-"), COMMAND_IDS, "3\n", "1 3");
	expect_read(WORDS("project:home", "-"), COMMAND_TERMS, "3\n", "project:home 3");
	expect_read(WORDS("-", "pri:H"), COMMAND_CHANGES, "3\n4\n", "3,4 pri:H");
}

static void a_dash_in_a_text_stays(void **state)
{
	(void)state;
	expect_read(WORDS("3", "milk", "-", "soy"), COMMAND_CHANGES, "4\n", "3 milk - soy");
}

static void literal_words_and_filters_leave_the_stream_alone(void **state)
{
	struct arguments arguments;

	(void)state;
	arguments_init(&arguments);
	word_list_add(&arguments.words, "-", true);
	assert_int_equal(read_from("x", COMMAND_IDS, &arguments, NULL), ERROR_NONE);
	arguments.words.items[0].is_literal = false;
	arguments.filter = "+shop";
	assert_int_equal(read_from("x", COMMAND_IDS, &arguments, NULL), ERROR_NONE);
	assert_string_equal(arguments.words.items[0].text, "-");
	arguments_deinit(&arguments);
}

static void expect_refusal(const char *input, size_t dashes, enum error expected, const char *message)
{
	struct arguments arguments;
	struct trouble trouble = { .exit_status = 0 };

	arguments_init(&arguments);
	while (dashes--)
		word_list_add(&arguments.words, "-", false);
	assert_int_equal(read_from(input, COMMAND_IDS, &arguments, &trouble), expected);
	assert_non_null(strstr(trouble.refusal.message, message));
	arguments_deinit(&arguments);
}

static void what_is_no_id_is_refused_by_its_line(void **state)
{
	(void)state;
	expect_refusal(" \n\n", 1, ERROR_NOT_FOUND, "no ids on standard input");
	expect_refusal("3\n4 milk\n", 1, ERROR_INVALID_PARAMS, "line 2 of standard input: `milk`");
	expect_refusal("3,,4\n", 1, ERROR_INVALID_PARAMS, "line 1");
	expect_refusal("3\n", 2, ERROR_INVALID_PARAMS, "two dashes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_dash_becomes_what_is_read),
		cmocka_unit_test(a_dash_in_a_text_stays),
		cmocka_unit_test(literal_words_and_filters_leave_the_stream_alone),
		cmocka_unit_test(what_is_no_id_is_refused_by_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
