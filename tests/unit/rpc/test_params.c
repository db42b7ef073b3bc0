/* Binding parameters: every type, every refusal, and the field that it names. */
#include "common/cleanup.h"
#include "rpc/params.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct everything {
	struct text_param title;
	struct text_param note;
	struct integer_param limit;
	struct boolean_param dry_run;
	struct text_list_param tags;
	struct text_param id;
	struct text_list_param ids;
	struct value_map_param fields;
};

static const struct param everything_params[] = {
	{ .name = "title",
		.summary = "what it is",
		.type = PARAM_TEXT,
		.offset = offsetof(struct everything, title),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = 8 },
	{ .name = "note",
		.summary = "what it is",
		.type = PARAM_TEXT,
		.offset = offsetof(struct everything, note),
		.null = PARAM_NULLABLE },
	{ .name = "limit",
		.summary = "what it is",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct everything, limit),
		.minimum = 1,
		.maximum = 1000 },
	{ .name = "dry_run",
		.summary = "what it is",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct everything, dry_run) },
	{ .name = "tags",
		.summary = "what it is",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct everything, tags),
		.maximum = 2 },
	{ .name = "id", .summary = "what it is", .type = PARAM_REF, .offset = offsetof(struct everything, id) },
	{ .name = "ids",
		.summary = "what it is",
		.type = PARAM_REF_LIST,
		.offset = offsetof(struct everything, ids),
		.minimum = 1 },
	{ .name = "fields",
		.summary = "what it is",
		.type = PARAM_VALUE_MAP,
		.offset = offsetof(struct everything, fields),
		.maximum = 9 },
	{ 0 },
};

static const struct param common_params[] = {
	{ .name = "access_token", .summary = "what it is", .type = PARAM_TEXT },
	{ 0 },
};

struct fixture {
	struct arena arena;
	json_t *object;
	struct everything bound;
	struct refusal refusal;
};

static enum error bind(struct fixture *fixture, const char *json)
{
	arena_init(&fixture->arena);
	fixture->object = json_loads(json, 0, NULL);
	assert_non_null(fixture->object);
	return params_bind(
		everything_params, common_params, fixture->object, &fixture->arena, &fixture->bound, &fixture->refusal);
}

static void release(struct fixture *fixture)
{
	json_decref(fixture->object);
	arena_deinit(&fixture->arena);
}

static void every_type_is_bound(void **state)
{
	struct fixture fixture = { 0 };

	(void)state;
	assert_int_equal(
		bind(&fixture, "{\"title\":\"Milk\",\"limit\":7,\"dry_run\":true,\"tags\":[\"a\",\"b\"],\"id\":12,"
			       "\"ids\":[3,\"6f1c0a52\"],\"access_token\":\"x\"}"),
		ERROR_NONE);
	assert_string_equal(fixture.bound.title.text, "Milk");
	assert_int_equal(fixture.bound.title.length, 4);
	assert_int_equal(fixture.bound.limit.value, 7);
	assert_true(fixture.bound.dry_run.value);
	assert_int_equal(fixture.bound.tags.count, 2);
	assert_string_equal(fixture.bound.tags.texts[1], "b");
	assert_string_equal(fixture.bound.id.text, "12");
	assert_string_equal(fixture.bound.ids.texts[0], "3");
	assert_string_equal(fixture.bound.ids.texts[1], "6f1c0a52");
	release(&fixture);
}

static void absent_null_and_given_are_three_things(void **state)
{
	struct fixture absent = { 0 }, cleared = { 0 }, given = { 0 };

	(void)state;
	assert_int_equal(bind(&absent, "{\"title\":\"x\"}"), ERROR_NONE);
	assert_int_equal(bind(&cleared, "{\"title\":\"x\",\"note\":null}"), ERROR_NONE);
	assert_int_equal(bind(&given, "{\"title\":\"x\",\"note\":\"\"}"), ERROR_NONE);
	assert_int_equal(absent.bound.note.presence, PARAM_ABSENT);
	assert_int_equal(cleared.bound.note.presence, PARAM_CLEARED);
	assert_int_equal(given.bound.note.presence, PARAM_GIVEN);
	release(&absent);
	release(&cleared);
	release(&given);
}

static void values_keep_their_names_and_what_they_were(void **state)
{
	static const struct {
		const char *name;
		bool is_number;
		const char *text;
	} expected[] = {
		{ "text", false, "4.50" },
		{ "none", false, NULL },
		{ "whole", true, "-9007199254740991" },
		{ "real", true, "4.5" },
		{ "tenth", true, "0.1" },
		{ "sum", true, "0.30000000000000004" },
		{ "large", true, "1e+20" },
		{ "empty", false, "" },
	};
	struct fixture fixture = { 0 };
	size_t found = 0;

	(void)state;
	assert_int_equal(
		bind(&fixture,
			"{\"title\":\"x\",\"fields\":{\"text\":\"4.50\",\"none\":null,\"whole\":-9007199254740991,"
			"\"real\":4.50,\"tenth\":0.1,\"sum\":0.30000000000000004,\"large\":1e20,\"empty\":\"\"}}"),
		ERROR_NONE);
	assert_int_equal(fixture.bound.fields.presence, PARAM_GIVEN);
	assert_int_equal(fixture.bound.fields.count, COUNT_OF(expected));
	for (size_t i = 0; i < COUNT_OF(expected); i++)
		for (size_t j = 0; j < COUNT_OF(expected); j++) {
			const struct value_member *member = &fixture.bound.fields.members[j];

			if (strcmp(member->name, expected[i].name) != 0)
				continue;
			found++;
			assert_int_equal(member->is_number, expected[i].is_number);
			assert_int_equal(member->presence, expected[i].text ? PARAM_GIVEN : PARAM_CLEARED);
			if (expected[i].text)
				assert_string_equal(member->text, expected[i].text);
		}
	assert_int_equal(found, COUNT_OF(expected));
	release(&fixture);
}

static void what_does_not_fit_is_refused_by_name(void **state)
{
	static const struct {
		const char *json, *field, *words;
	} cases[] = {
		{ "{}", "title", "required" },
		{ "{\"title\":\"\"}", "title", "empty" },
		{ "{\"title\":\"123456789\"}", "title", "longer than 8" },
		{ "{\"title\":null}", "title", "null" },
		{ "{\"title\":5}", "title", "a string" },
		{ "{\"title\":\"x\",\"limit\":0}", "limit", "between 1 and 1000" },
		{ "{\"title\":\"x\",\"limit\":1001}", "limit", "between 1 and 1000" },
		{ "{\"title\":\"x\",\"limit\":1.0}", "limit", "an integer" },
		{ "{\"title\":\"x\",\"limit\":\"1\"}", "limit", "an integer" },
		{ "{\"title\":\"x\",\"dry_run\":1}", "dry_run", "true or false" },
		{ "{\"title\":\"x\",\"tags\":\"a\"}", "tags", "an array" },
		{ "{\"title\":\"x\",\"tags\":[\"a\",1]}", "tags", "array of strings" },
		{ "{\"title\":\"x\",\"tags\":[\"a\",\"b\",\"c\"]}", "tags", "more than 2" },
		{ "{\"title\":\"x\",\"id\":0}", "id", "positive" },
		{ "{\"title\":\"x\",\"id\":-4}", "id", "positive" },
		{ "{\"title\":\"x\",\"id\":9007199254740992}", "id", "positive" },
		{ "{\"title\":\"x\",\"id\":true}", "id", "positive" },
		{ "{\"title\":\"x\",\"ids\":[]}", "ids", "at least 1" },
		{ "{\"title\":\"x\",\"ids\":[[]]}", "ids", "positive" },
		{ "{\"title\":\"x\",\"fields\":[]}", "fields", "an object" },
		{ "{\"title\":\"x\",\"fields\":{\"a\":true}}", "fields", "strings, numbers or null" },
		{ "{\"title\":\"x\",\"fields\":{\"a\":[1]}}", "fields", "strings, numbers or null" },
		{ "{\"title\":\"x\",\"fields\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":"
		  "1,"
		  "\"j\":1}}",
			"fields", "more than 9" },
		{ "{\"titel\":\"x\"}", "titel", "did you mean `title`" },
		{ "{\"title\":\"x\",\"zzzzzzzz\":1}", "zzzzzzzz", "unknown parameter" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fixture fixture = { 0 };

		assert_int_equal(bind(&fixture, cases[i].json), ERROR_INVALID_PARAMS);
		assert_string_equal(fixture.refusal.field, cases[i].field);
		assert_non_null(strstr(fixture.refusal.message, cases[i].words));
		release(&fixture);
	}
}

static void no_object_is_an_empty_one(void **state)
{
	struct everything bound = { 0 };
	struct refusal refusal = { 0 };

	(void)state;
	assert_int_equal(params_bind(everything_params, NULL, NULL, NULL, &bound, &refusal), ERROR_INVALID_PARAMS);
	assert_string_equal(refusal.field, "title");
	assert_int_equal(params_bind(NULL, NULL, NULL, NULL, &bound, &refusal), ERROR_NONE);
}

static void description_lists_each_row_as_json(void **state)
{
	struct buffer out;
	struct json_writer writer;
	json_t *tree;

	(void)state;
	buffer_init(&out);
	json_writer_init(&writer, &out);
	params_describe(everything_params, &writer);
	tree = json_loadb(out.data, out.length, 0, NULL);
	assert_int_equal(json_array_size(tree), COUNT_OF(everything_params) - 1);
	assert_true(json_is_true(json_object_get(json_array_get(tree, 0), "required")));
	assert_string_equal(json_string_value(json_object_get(json_array_get(tree, 2), "name")), "limit");
	json_decref(tree);
	buffer_deinit(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_type_is_bound),
		cmocka_unit_test(absent_null_and_given_are_three_things),
		cmocka_unit_test(values_keep_their_names_and_what_they_were),
		cmocka_unit_test(what_does_not_fit_is_refused_by_name),
		cmocka_unit_test(no_object_is_an_empty_one),
		cmocka_unit_test(description_lists_each_row_as_json),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
