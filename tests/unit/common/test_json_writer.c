/* What is written is JSON, byte for byte as expected, and reads back as what was meant. */
#include "testing.h"

#include "common/json_writer.h"

#include <float.h>
#include <math.h>

struct fixture {
	struct buffer out;
	struct json_writer writer;
};

static int set_up(void **state)
{
	static struct fixture fixture;

	buffer_init(&fixture.out);
	json_writer_init(&fixture.writer, &fixture.out);
	*state = &fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	buffer_deinit(&fixture->out);
	return 0;
}

/* Begin a document of its own. */
static struct json_writer *anew(struct fixture *fixture)
{
	buffer_truncate(&fixture->out, 0);
	json_writer_init(&fixture->writer, &fixture->out);
	return &fixture->writer;
}

static void commas_stand_between_and_nowhere_else(void **state)
{
	struct fixture *fixture = *state;
	struct json_writer *writer = &fixture->writer;

	json_writer_begin_object(writer);
	json_writer_member_integer(writer, "id", 12);
	json_writer_member_text(writer, "title", "Buy milk");
	json_writer_key(writer, "tags");
	json_writer_begin_array(writer);
	json_writer_text(writer, "shop");
	json_writer_begin_array(writer);
	json_writer_end_array(writer);
	json_writer_begin_object(writer);
	json_writer_end_object(writer);
	json_writer_null(writer);
	json_writer_end_array(writer);
	json_writer_member_boolean(writer, "waiting", true);
	json_writer_member_boolean(writer, "blocked", false);
	json_writer_member_time(writer, "due", 1795442400);
	json_writer_key(writer, "raw");
	json_writer_raw(writer, "{\"a\":1}", 7);
	json_writer_key(writer, "empty");
	json_writer_begin_object(writer);
	json_writer_end_object(writer);
	json_writer_end_object(writer);
	expect_content(&fixture->out,
		"{\"id\":12,\"title\":\"Buy milk\",\"tags\":[\"shop\",[],{},null],\"waiting\":true,\"blocked\":false,"
		"\"due\":\"2026-11-23T14:00:00Z\",\"raw\":{\"a\":1},\"empty\":{}}");
}

static const struct {
	const char *text;
	const char *json;
} strings[] = {
	{ "", "\"\"" },
	{ "plain", "\"plain\"" },
	{ "exactly8", "\"exactly8\"" },
	{ "a \"quoted\" word", "\"a \\\"quoted\\\" word\"" },
	{ "back\\slash", "\"back\\\\slash\"" },
	{ "\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"" },
	{ "\x01\x1f\x0b", "\"\\u0001\\u001f\\u000b\"" },
	{ "\x7f", "\"\x7f\"" },
	{ "caf\xc3\xa9 \xe7\x89\x9b\xe5\xa5\xb6 \xf0\x9f\xa5\x9b",
		"\"caf\xc3\xa9 \xe7\x89\x9b\xe5\xa5\xb6 \xf0\x9f\xa5\x9b\"" },
	{ "seven77\"", "\"seven77\\\"\"" },
	{ "\"\"\"\"\"\"\"\"\"\"", "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\"" },
};

static void strings_are_escaped_as_rfc_8259_says(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(strings); i++) {
		json_writer_text(anew(fixture), strings[i].text);
		expect_content(&fixture->out, strings[i].json);
	}
}

/* Every byte that may stand in UTF-8 alone, at every place relative to a machine word. */
static void every_ascii_byte_reads_back_wherever_it_stands(void **state)
{
	struct fixture *fixture = *state;
	char text[24];

	for (int byte = 1; byte < 128; byte++) {
		for (size_t place = 0; place < sizeof(text); place++) {
			json_t *read;

			memset(text, 'x', sizeof(text));
			text[place] = (char)byte;
			json_writer_string(anew(fixture), text, sizeof(text));
			read = json_loadb(fixture->out.data, fixture->out.length, JSON_DECODE_ANY, NULL);
			assert_non_null(read);
			assert_int_equal(json_string_length(read), sizeof(text));
			assert_memory_equal(json_string_value(read), text, sizeof(text));
			json_decref(read);
		}
	}
}

static void a_nul_and_an_empty_range_are_written_too(void **state)
{
	struct fixture *fixture = *state;

	json_writer_string(anew(fixture), "a\0b", 3);
	expect_content(&fixture->out, "\"a\\u0000b\"");
	json_writer_string(anew(fixture), NULL, 0);
	expect_content(&fixture->out, "\"\"");
}

static const struct {
	int64_t value;
	const char *json;
} integers[] = {
	{ 0, "0" },
	{ 7, "7" },
	{ -7, "-7" },
	{ 10, "10" },
	{ 1234567890, "1234567890" },
	{ 9007199254740991, "9007199254740991" },
	{ INT64_MAX, "9223372036854775807" },
	{ INT64_MIN, "-9223372036854775808" },
};

static void integers_are_written_in_full(void **state)
{
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(integers); i++) {
		json_writer_integer(anew(fixture), integers[i].value);
		expect_content(&fixture->out, integers[i].json);
	}
}

static void reals_read_back_as_the_same_number(void **state)
{
	static const double values[] = { 0, 1, -1.5, 0.1, 1.0 / 3, 12.34, 1e300, -2.5e-300, DBL_MAX, DBL_MIN, 5e-324 };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(values); i++) {
		json_t *read;

		json_writer_real(anew(fixture), values[i]);
		read = json_loadb(fixture->out.data, fixture->out.length, JSON_DECODE_ANY, NULL);
		assert_non_null(read);
		assert_true(json_number_value(read) == values[i]);
		json_decref(read);
	}
	json_writer_real(anew(fixture), 0.1);
	expect_content(&fixture->out, "0.1");
}

static void what_is_not_finite_is_null(void **state)
{
	static const double values[] = { NAN, INFINITY, -INFINITY };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(values); i++) {
		json_writer_real(anew(fixture), values[i]);
		expect_content(&fixture->out, "null");
	}
}

static void a_tree_is_written_compactly_in_its_order(void **state)
{
	struct fixture *fixture = *state;
	json_t *tree = json_pack("{s:i, s:[s, b, n], s:{}}", "z", 1, "a", "x", 1, "m");

	json_writer_begin_array(&fixture->writer);
	json_writer_integer(&fixture->writer, 1);
	json_writer_tree(&fixture->writer, tree);
	json_writer_integer(&fixture->writer, 2);
	json_writer_end_array(&fixture->writer);
	expect_content(&fixture->out, "[1,{\"z\":1,\"a\":[\"x\",true,null],\"m\":{}},2]");
	json_decref(tree);
}

static void a_tree_of_every_kind_is_written_as_it_was_read(void **state)
{
	static const char text[] =
		"[{\"a \\\"name\\\"\\n\":[[],{}],\"\":-9007199254740991,\"\xc3\xa9\":[0.5,1.0,-0.0,false]},"
		"\"\\u0001\\\\\\\"\xf0\x9f\x98\x80\",null,true]";
	struct fixture *fixture = *state;
	json_t *tree = json_loads(text, 0, NULL);

	assert_non_null(tree);
	json_writer_tree(&fixture->writer, tree);
	expect_content(&fixture->out, text);
	json_decref(tree);
}

static void a_long_text_full_of_escapes_grows_the_buffer(void **state)
{
	struct fixture *fixture = *state;
	char text[5000];

	memset(text, 1, sizeof(text));
	json_writer_string(&fixture->writer, text, sizeof(text));
	assert_int_equal(fixture->out.length, 6 * sizeof(text) + 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(commas_stand_between_and_nowhere_else, set_up, tear_down),
		cmocka_unit_test_setup_teardown(strings_are_escaped_as_rfc_8259_says, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_ascii_byte_reads_back_wherever_it_stands, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_nul_and_an_empty_range_are_written_too, set_up, tear_down),
		cmocka_unit_test_setup_teardown(integers_are_written_in_full, set_up, tear_down),
		cmocka_unit_test_setup_teardown(reals_read_back_as_the_same_number, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_not_finite_is_null, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_tree_is_written_compactly_in_its_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_tree_of_every_kind_is_written_as_it_was_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_text_full_of_escapes_grows_the_buffer, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("json_writer", tests, NULL, NULL);
}
