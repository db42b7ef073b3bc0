/* A line with the known token has the same outcome as without the short way. */
#include "common/cleanup.h"
#include "server/line.h"
#include "server/long_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define TOKEN     "eyJh.eyJz.c2ln"
#define LONG_TEXT 20000

static const struct known_token known = { .text = TOKEN, .length = sizeof(TOKEN) - 1 };

/* Lines in which the token stands where it should, and elsewhere; some are no JSON at all. */
static const char *const lines[] = {
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"access_token\":\"" TOKEN "\"}}",
	"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{\"a\":[1,{}],\"access_token\":\"" TOKEN
	"\",\"b\":2}}",
	"{\"params\":{\"access_token\":\"" TOKEN "\"},\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\"}",
	/* with white space, escapes and other tokens, which the long way reads */
	"{\"params\": { \"access_token\" : \"" TOKEN "\" }}",
	"{\"params\":{\"access_token\":\"" TOKEN "x\"}}",
	"{\"params\":{\"access_token\":\"eyJh.eyJz.c2l\"}}",
	"{\"params\":{\"access_token\":\"~\"}}",
	"{\"params\":{\"access\\u005ftoken\":\"" TOKEN "\"}}",
	/* elsewhere than in the parameters */
	"{\"access_token\":\"" TOKEN "\",\"params\":{}}",
	"{\"access_token\":\"" TOKEN "\"}",
	"{\"params\":{\"task\":{\"access_token\":\"" TOKEN "\"}}}",
	"[{\"params\":{\"access_token\":\"" TOKEN "\"}},{\"params\":{\"access_token\":\"" TOKEN "\"}}]",
	"{\"params\":{\"title\":\"\\\"access_token\\\":\\\"" TOKEN "\\\"\"}}",
	"{\"params\":{\"title\":\",\",\"access_token\":\"" TOKEN "\"}}",
	"{\"id\":\"{\",\"params\":{\"access_token\":\"" TOKEN "\"}}",
	/* elsewhere, with the stand-in where the token should be */
	"{\"access_token\":\"" TOKEN "\",\"params\":{\"access_token\":\"~\"}}",
	"{\"params\":{\"task\":{\"access_token\":\"" TOKEN "\"},\"access_token\":\"~\"}}",
	"{\"params\":{\"task\":{\"access_token\":\"" TOKEN "\"},\"access_token\":\"\\u007e\"}}",
	"{\"params\":{\"task\":{\"access_token\":\"" TOKEN "\"},\"access_token\":\"\\u007E\"}}",
	"{\"params\":{\"access_token\":\"" TOKEN "\",\"title\":\"~\"}}",
	/* twice */
	"{\"params\":{\"access_token\":\"" TOKEN "\",\"access_token\":\"" TOKEN "\"}}",
	"{\"params\":{\"access_token\":\"" TOKEN "\",\"access_token\":\"~\"}}",
	/* no JSON */
	"{\"params\":{\"access_token\":\"" TOKEN "\"}",
	"{\"params\":{\"access_token\":\"" TOKEN "\"}}}",
	"{\"params\":{\"access_token\":\"" TOKEN,
	"{\"params\":{\"access_token\":\"" TOKEN "\",}}",
	"{\"access_token\":\"" TOKEN "\"\n\"x\"}",
	",\"access_token\":\"" TOKEN "\"",
	"\"access_token\":\"" TOKEN "\"",
	"",
};

static char *dump(enum error error, struct wire_message *message)
{
	char *text = error ? NULL : json_dumps(message->root, JSON_COMPACT);

	if (!error)
		wire_message_deinit(message);
	return text;
}

static void expect_same(const char *line, const struct known_token *token)
{
	struct wire_message message, expected_message;
	struct refusal refusal = { 0 }, expected_refusal = { 0 };
	struct buffer scratch;
	enum error expected = wire_parse(line, strlen(line), &expected_message, &expected_refusal), error;
	AUTO_FREE char *tree = NULL, *expected_tree = dump(expected, &expected_message);

	buffer_init(&scratch);
	error = line_parse(line, strlen(line), token, &scratch, &message, &refusal);
	tree = dump(error, &message);
	assert_int_equal(error, expected);
	assert_string_equal(refusal.message, expected_refusal.message);
	if (tree)
		assert_string_equal(tree, expected_tree);
	assert_int_equal(scratch.length, 0);
	buffer_deinit(&scratch);
}

static void the_outcome_is_that_of_the_plain_parser(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		expect_same(lines[i], &known);
}

static void without_a_known_token_it_is_the_plain_parser(void **state)
{
	static const struct known_token none = { .text = NULL };

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		expect_same(lines[i], &none);
}

/* What the short way must not do is let a line through that was cut. */
static void a_line_cut_anywhere_is_refused_alike(void **state)
{
	char line[256];

	(void)state;
	for (size_t length = strlen(lines[1]); length; length--) {
		(void)snprintf(line, sizeof(line), "%.*s", (int)length, lines[1]);
		expect_same(line, &known);
	}
}

/* What stands before and behind a long text of plain letters, and what is in it at its end. */
static const struct {
	const char *before, *end, *behind;
} long_lines[] = {
	{ "{\"id\":1,\"params\":{\"text\":\"", "", "\",\"access_token\":\"" TOKEN "\"}}" },
	{ "{\"params\":{\"access_token\":\"" TOKEN "\",\"text\":\"", "\\n\\\"\\\\ \\u0001\xc3\xa9", "\"}}" },
	/* escapes that the short way does not know */
	{ "{\"params\":{\"text\":\"", "\\u00e9", "\"}}" },
	{ "{\"params\":{\"text\":\"", "\\ud83d\\ude00", "\"}}" },
	/* what the parser refuses in a text */
	{ "{\"params\":{\"text\":\"", "\\u0000", "\"}}" },
	{ "{\"params\":{\"text\":\"", "\t", "\"}}" },
	{ "{\"params\":{\"text\":\"", "\xff", "\"}}" },
	{ "{\"params\":{\"text\":\"", "\\x", "\"}}" },
	/* elsewhere than in the parameters, with the stand-in where the text should be */
	{ "{\"text\":\"", "", "\",\"params\":{}}" },
	{ "{\"text\":\"", "", "\",\"params\":{\"text\":\"\x7f\"}}" },
	{ "{\"text\":\"", "", "\",\"params\":{\"text\":\"\\u007f\"}}" },
	{ "{\"params\":{\"a\":{\"text\":\"", "", "\"},\"text\":\"\\u007F\"}}" },
	{ "{\"params\":{\"a\":{\"text\":\"", "", "\"},\"text\":\"short\"}}" },
	{ "{\"params\":{\"\\\"text\":\"", "", "\"}}" },
	{ "[{\"params\":{\"text\":\"", "", "\"}}]" },
	/* twice */
	{ "{\"params\":{\"text\":\"", "", "\",\"text\":\"x\"}}" },
	/* no JSON */
	{ "{\"params\":{\"text\":\"", "", "\"}" },
	{ "{\"params\":{\"text\":\"", "", "" },
	{ "{\"params\":{,\"text\":\"", "", "\"}}" },
	{ "\"text\":\"", "", "\"" },
};

static void a_long_text_has_the_outcome_of_the_plain_parser(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(long_lines) / sizeof(*long_lines); i++) {
		struct buffer line;

		buffer_init(&line);
		buffer_append_text(&line, long_lines[i].before);
		for (size_t length = 0; length < LONG_TEXT; length++)
			buffer_append_char(&line, 'a');
		buffer_append_text(&line, long_lines[i].end);
		buffer_append_text(&line, long_lines[i].behind);
		expect_same(buffer_text(&line), &known);
		buffer_deinit(&line);
	}
}

/* So that the test above is not one of the plain parser alone. */
static void a_long_text_is_copied_by_the_short_way(void **state)
{
	char line[LONG_TEXT + 64];
	struct buffer text, rest;

	(void)state;
	(void)snprintf(line, sizeof(line), "{\"params\":{\"text\":\"%0*d\"}}", LONG_TEXT, 0);
	buffer_init(&text);
	buffer_init(&rest);
	assert_true(long_text_cut(line, strlen(line), &text, &rest));
	assert_int_equal(text.length, LONG_TEXT);
	assert_string_equal(buffer_text(&rest), "{\"params\":{\"text\":\"" LONG_TEXT_STAND_IN "\"}}");
	buffer_deinit(&text);
	buffer_deinit(&rest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_outcome_is_that_of_the_plain_parser),
		cmocka_unit_test(without_a_known_token_it_is_the_plain_parser),
		cmocka_unit_test(a_line_cut_anywhere_is_refused_alike),
		cmocka_unit_test(a_long_text_has_the_outcome_of_the_plain_parser),
		cmocka_unit_test(a_long_text_is_copied_by_the_short_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
