/* Content lines of iCalendar: folds, parameters and texts, read and written. */
#include "testing.h"

#include "common/ical_line.h"
#include "common/ical_writer.h"
#include "common/text.h"

#include <stdlib.h>

#define LONGEST 75

/* The lines of a text, without folds, each with its number in front. */
static void unfold(const char *text, struct buffer *out)
{
	struct ical_source source = { .at = text, .end = text + strlen(text), .number = 1 };
	struct buffer line;
	int64_t number;

	buffer_init(&line);
	while (ical_source_next(&source, &line, &number))
		buffer_printf(out, "%d %s|", (int)number, buffer_text(&line));
	buffer_deinit(&line);
}

static void folded_lines_are_one(void **state)
{
	static const struct {
		const char *text, *lines;
	} rows[] = {
		{ "A:1\r\nB:2\r\n", "1 A:1|2 B:2|" },
		{ "A:1\nB:2", "1 A:1|2 B:2|" },
		{ "A:1\r\n 2\r\n\t3\r\nB:\r\n", "1 A:123|4 B:|" },
		{ "\r\n\r\nA:1\r\n  2\r\n", "3 A:1 2|" },
		{ "A:caf\xc3\r\n \xa9\r\n", "1 A:café|" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buffer found;

		buffer_init(&found);
		unfold(rows[i].text, &found);
		expect_content(&found, rows[i].lines);
		buffer_deinit(&found);
	}
}

static void a_line_is_name_parameters_and_value(void **state)
{
	static const char text[] = "attendee;cn=\"Ann; O'Dell\";X-A=a^nb^^c^'d^x;ROLE=A,\"B\":mailto:a@b;c";
	struct refusal refusal;
	struct ical_line line;
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_int_equal(ical_line_parse(text, strlen(text), &arena, &line, &refusal), ERROR_NONE);
	assert_string_equal(line.name, "ATTENDEE");
	assert_string_equal(ical_line_param(&line, "CN"), "Ann; O'Dell");
	assert_string_equal(ical_line_param(&line, "X-A"), "a\nb^c\"d^x");
	assert_string_equal(ical_line_param(&line, "ROLE"), "A,B");
	assert_null(ical_line_param(&line, "TZID"));
	assert_string_equal(line.value, "mailto:a@b;c");
	assert_string_equal(line.rest, text + strlen("attendee"));
	assert_false(ical_line_is(&line, "ATTENDEE", "mailto:a@b"));
	assert_true(ical_line_is(&line, "ATTENDEE", "MAILTO:A@B;C"));
	arena_deinit(&arena);
}

static void what_is_no_line_is_refused_by_its_name(void **state)
{
	static const struct {
		const char *text;
		size_t length;
		const char *field, *words;
	} rows[] = {
		{ "no colon", 8, "", "NAME:value" },
		{ ":x", 2, "", "NAME:value" },
		{ "DUE;TZID:x", 10, "DUE", "NAME=value" },
		{ "DUE;=x:y", 8, "DUE", "NAME=value" },
		{ "DUE;TZID=\"x:y", 13, "DUE", "no end" },
		{ "DUE;TZID=x", 10, "DUE", "no value" },
		{ "X:\xff", 3, "", "UTF-8" },
		{ "X:a\0b", 5, "", "NUL" },
	};
	struct arena arena;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct refusal refusal = { 0 };
		struct ical_line line;

		assert_int_equal(
			ical_line_parse(rows[i].text, rows[i].length, &arena, &line, &refusal), ERROR_INVALID_PARAMS);
		assert_string_equal(refusal.field, rows[i].field);
		if (!strstr(refusal.message, rows[i].words))
			fail_msg("%s: %s", rows[i].text, refusal.message);
	}
	arena_deinit(&arena);
}

static void texts_are_taken_out_of_their_escapes(void **state)
{
	const char *list = "a\\,b,,c\\;\\\\,\\n";
	struct arena arena;

	(void)state;
	arena_init(&arena);
	assert_string_equal(ical_line_text("a\\nb\\N\\,\\;\\\\\\\"c\\", &arena), "a\nb\n,;\\\"c\\");
	assert_string_equal(ical_line_next_text(&list, &arena), "a,b");
	assert_string_equal(ical_line_next_text(&list, &arena), "");
	assert_string_equal(ical_line_next_text(&list, &arena), "c;\\");
	assert_string_equal(ical_line_next_text(&list, &arena), "\n");
	assert_null(ical_line_next_text(&list, &arena));
	arena_deinit(&arena);
}

/* --- there and back --- */

/* Anything that a line may hold: one to four bytes a character, and whatever has a meaning. */
static const char *random_text(struct arena *arena)
{
	static const char *const pieces[] = { "a", " ", "\t", "é", "語", "🌱", ":", ";", ",", "\\", "\"", "^", "\n", "n",
		"=" };
	struct buffer text;
	const char *copy;
	int count = rand() % 120;

	buffer_init(&text);
	while (count--)
		buffer_append_text(&text, pieces[(size_t)rand() % COUNT_OF(pieces)]);
	copy = arena_strdup(arena, buffer_text(&text));
	buffer_deinit(&text);
	return copy;
}

static void check_physical_lines(const struct buffer *out)
{
	const char *at = out->data;
	const char *end = at + out->length;

	while (at < end) {
		const char *feed = memmem(at, (size_t)(end - at), "\r\n", 2);

		assert_non_null(feed);
		assert_true(feed - at <= LONGEST);
		assert_true(text_is_utf8(at, (size_t)(feed - at)));
		at = feed + 2;
	}
}

static void check_round_trip(const char *text, const char *param, struct arena *arena)
{
	struct ical_source source = { .number = 1 };
	struct ical_writer writer;
	struct buffer out, line;
	struct ical_line parsed;
	int64_t number;

	buffer_init(&out);
	buffer_init(&line);
	ical_writer_init(&writer, &out);
	ical_writer_begin(&writer, "COMMENT");
	ical_writer_param(&writer, "X-P", param);
	ical_writer_end_text(&writer, text);
	check_physical_lines(&out);
	source.at = out.data;
	source.end = out.data + out.length;
	assert_true(ical_source_next(&source, &line, &number));
	assert_int_equal(ical_line_parse(line.data, line.length, arena, &parsed, NULL), ERROR_NONE);
	assert_string_equal(ical_line_text(parsed.value, arena), text);
	assert_string_equal(ical_line_param(&parsed, "X-P"), param);
	assert_false(ical_source_next(&source, &line, &number));
	buffer_deinit(&out);
	buffer_deinit(&line);
}

static void what_is_written_reads_back(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena);
	srand(5545);
	for (int i = 0; i < 5000; i++) {
		check_round_trip(random_text(&arena), random_text(&arena), &arena);
		arena_reset(&arena);
	}
	arena_deinit(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folded_lines_are_one),
		cmocka_unit_test(a_line_is_name_parameters_and_value),
		cmocka_unit_test(what_is_no_line_is_refused_by_its_name),
		cmocka_unit_test(texts_are_taken_out_of_their_escapes),
		cmocka_unit_test(what_is_written_reads_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
