/* Custom fields, from their declaration to the table of their values; and annotations. */
#include "fixture.h"

#include "common/cleanup.h"

static void define(struct fixture *fixture, const char *params)
{
	json_decref(call_done(fixture, "field.define", "{%s}", params));
}

static void define_all(struct fixture *fixture)
{
	define(fixture, "\"name\":\"cost\",\"type\":\"number\",\"label\":\"Cost\"");
	define(fixture, "\"name\":\"place\",\"type\":\"string\"");
	define(fixture, "\"name\":\"size\",\"type\":\"string\",\"choices\":[\"S\",\"M\",\"L\"]");
	define(fixture, "\"name\":\"seen\",\"type\":\"date\"");
	define(fixture, "\"name\":\"effort\",\"type\":\"duration\"");
}

static void expect_json(const json_t *result, const char *key, const char *text)
{
	json_t *wanted = json_loads(text, JSON_DECODE_ANY, NULL);
	const json_t *found = json_object_get(result, key);
	char *shown = json_dumps(found ? found : json_null(), JSON_COMPACT | JSON_ENCODE_ANY);

	if (!json_equal(found ? found : json_null(), wanted))
		fail_msg("%s is %s, not %s", key, shown, text);
	free(shown);
	json_decref(wanted);
}

static void expect_fields(struct fixture *fixture, int id, const char *text)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", id);

	expect_json(json_object_get(result, "task"), "fields", text);
	json_decref(result);
}

/* --- declaring --- */

static void what_was_declared_is_listed_by_name(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	define_all(fixture);
	define(fixture, "\"name\":\"size\",\"type\":\"string\",\"choices\":[\"small\",\"large\"],\"label\":null");
	result = call_done(fixture, "field.list", "{}");
	expect_json(result, "fields",
		"[{\"name\":\"cost\",\"type\":\"number\",\"label\":\"Cost\"},{\"name\":\"effort\",\"type\":"
		"\"duration\"},"
		"{\"name\":\"place\",\"type\":\"string\"},{\"name\":\"seen\",\"type\":\"date\"},"
		"{\"name\":\"size\",\"type\":\"string\",\"choices\":[\"small\",\"large\"]}]");
	json_decref(result);
	fixture_become(fixture, 2);
	result = call_done(fixture, "field.list", "{}");
	expect_json(result, "fields", "[]");
	json_decref(result);
}

static void a_wrong_declaration_names_what_is_wrong(void **state)
{
	static const struct {
		const char *params, *field;
	} rows[] = {
		{ "\"type\":\"string\"", "name" },
		{ "\"name\":\"x\"", "type" },
		{ "\"name\":\"x\",\"type\":\"boolean\"", "type" },
		{ "\"name\":\"X\",\"type\":\"string\"", "name" },
		{ "\"name\":\"due\",\"type\":\"date\"", "name" },
		{ "\"name\":\"x\",\"type\":\"number\",\"choices\":[\"1\"]", "choices" },
		{ "\"name\":\"x\",\"type\":\"string\",\"choices\":[]", "choices" },
		{ "\"name\":\"x\",\"type\":\"string\",\"label\":\"\"", "label" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		call_refused(*state, ERROR_INVALID_PARAMS, rows[i].field, "field.define", "{%s}", rows[i].params);
}

static void an_account_declares_at_most_64(void **state)
{
	for (int i = 0; i < 64; i++)
		json_decref(call_done(*state, "field.define", "{\"name\":\"f%d\",\"type\":\"number\"}", i));
	call_refused(*state, ERROR_CONFLICT, "name", "field.define", "{\"name\":\"more\",\"type\":\"number\"}");
	define(*state, "\"name\":\"f63\",\"type\":\"string\"");
}

static void a_field_with_values_keeps_its_type_and_stays(void **state)
{
	struct fixture *fixture = *state;

	define_all(fixture);
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\",\"fields\":{\"cost\":1}}"));
	json_decref(call_done(fixture, "task.delete", "{\"id\":1}"));
	call_refused(fixture, ERROR_CONFLICT, "name", "field.delete", "{\"name\":\"cost\"}");
	assert_non_null(strstr(fixture->refusal.message, "1 task,"));
	call_refused(fixture, ERROR_CONFLICT, "type", "field.define", "{\"name\":\"cost\",\"type\":\"string\"}");
	define(fixture, "\"name\":\"cost\",\"type\":\"number\",\"label\":\"Price\"");
	call_refused(fixture, ERROR_NOT_FOUND, "name", "field.delete", "{\"name\":\"cst\"}");
	assert_non_null(strstr(fixture->refusal.message, "did you mean cost"));
	json_decref(call_done(fixture, "task.modify", "{\"id\":1,\"fields\":{\"cost\":null}}"));
	json_decref(call_done(fixture, "field.delete", "{\"name\":\"cost\"}"));
	call_refused(fixture, ERROR_INVALID_PARAMS, "fields", "task.modify", "{\"id\":1,\"fields\":{\"cost\":2}}");
}

/* --- values --- */

static void values_are_read_and_shown_by_their_types(void **state)
{
	struct fixture *fixture = *state;

	define_all(fixture);
	json_decref(call_done(fixture, "task.add",
		"{\"title\":\"x\",\"timezone\":\"Europe/Berlin\",\"fields\":{\"cost\":12.50,\"place\":\"by the  sea\","
		"\"size\":\"M\",\"seen\":\"2026-11-24\",\"effort\":\"90min\"}}"));
	expect_fields(fixture, 1,
		"{\"cost\":12.5,\"effort\":\"PT5400S\",\"place\":\"by the  sea\",\"seen\":\"2026-11-23T23:00:00Z\","
		"\"size\":\"M\"}");
	json_decref(call_done(fixture, "task.modify",
		"{\"id\":1,\"fields\":{\"cost\":\"-3\",\"place\":null,\"size\":\"\",\"seen\":null}}"));
	expect_fields(fixture, 1, "{\"cost\":-3,\"effort\":\"PT5400S\"}");
	json_decref(call_done(fixture, "task.modify", "{\"id\":1,\"fields\":{\"cost\":null,\"effort\":null}}"));
	expect_fields(fixture, 1, "null");
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task_value"), 0);
}

static void a_value_that_does_not_fit_names_its_field(void **state)
{
	static const struct {
		const char *fields, *field;
	} rows[] = {
		{ "\"cost\":\"much\"", "fields.cost" },
		{ "\"cost\":1e300", "fields.cost" },
		{ "\"cost\":0.30000000000000004", "fields.cost" },
		{ "\"cost\":\"\"", "fields.cost" },
		{ "\"place\":5", "fields.place" },
		{ "\"place\":\"a\\nb\"", "fields.place" },
		{ "\"size\":\"XL\"", "fields.size" },
		{ "\"seen\":\"never\"", "fields.seen" },
		{ "\"effort\":\"long\"", "fields.effort" },
		{ "\"costs\":1", "fields" },
		{ "\"nothing\":1", "fields" },
		{ "\"nothing\":null", "fields" },
		{ "\"cost\":true", "fields" },
	};
	struct fixture *fixture = *state;

	define_all(fixture);
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\"}"));
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		call_refused(fixture, ERROR_INVALID_PARAMS, rows[i].field, "task.modify", "{\"id\":1,\"fields\":{%s}}",
			rows[i].fields);
	call_refused(fixture, ERROR_INVALID_PARAMS, "fields", "task.modify", "{\"id\":1,\"fields\":{\"costs\":1}}");
	assert_non_null(strstr(fixture->refusal.message, "did you mean cost"));
	call_refused(fixture, ERROR_INVALID_PARAMS, "title", "task.modify", "{\"id\":1,\"fields\":{}}");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_INVALID_PARAMS, "fields", "task.add", "{\"title\":\"x\",\"fields\":{\"cost\":1}}");
}

static void values_lie_by_field_with_the_number_they_are_compared_by(void **state)
{
	static const struct {
		const char *name;
		int64_t number;
	} rows[] = { { "cost", -13 }, { "seen", 1795478400 }, { "effort", 2592000 + 3600 } };
	struct fixture *fixture = *state;
	char sql[200];

	define_all(fixture);
	json_decref(call_done(fixture, "task.add",
		"{\"title\":\"x\",\"fields\":{\"cost\":-12,\"size\":\"S\",\"seen\":\"2026-11-24\",\"effort\":\"1mo "
		"1h\"}}"));
	json_decref(call_done(fixture, "task.modify", "{\"id\":1,\"fields\":{\"cost\":-12.75}}"));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		(void)snprintf(sql, sizeof(sql),
			"SELECT CAST(round(number) AS INTEGER) AS value FROM task_value WHERE name = '%s' AND task_id "
			"= 1",
			rows[i].name);
		assert_int_equal(fixture_query(fixture, sql), rows[i].number);
	}
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task_value "
						"WHERE number IS NULL AND name = 'size' AND text = 'S'"),
		1);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task_value"), 4);
	assert_int_equal(
		fixture_query(fixture, "SELECT COUNT(*) AS value FROM history "
				       "WHERE after = '{\"custom\":{\"cost\":\"-12.75\",\"effort\":\"P1MT3600S\","
				       "\"seen\":\"1795478400\",\"size\":\"S\"}}'"),
		1);
}

/* An undo may bring back a value after its field was deleted. */
static void a_value_without_its_field_is_shown_and_can_be_cleared(void **state)
{
	struct fixture *fixture = *state;

	define_all(fixture);
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\",\"fields\":{\"cost\":1,\"place\":\"here\"}}"));
	(void)fixture_query(fixture, "DELETE FROM custom_field WHERE name = 'cost'");
	expect_fields(fixture, 1, "{\"cost\":\"1\",\"place\":\"here\"}");
	call_refused(fixture, ERROR_CONFLICT, "type", "field.define", "{\"name\":\"cost\",\"type\":\"date\"}");
	json_decref(call_done(fixture, "task.modify", "{\"id\":1,\"fields\":{\"cost\":null}}"));
	expect_fields(fixture, 1, "{\"place\":\"here\"}");
	define(fixture, "\"name\":\"cost\",\"type\":\"date\"");
}

/* --- annotations --- */

static void annotations_come_and_go(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\"}"));
	json_decref(call_done(fixture, "task.annotate", "{\"id\":1,\"text\":\"asked Bob\"}"));
	json_decref(call_done(fixture, "task.annotate", "{\"id\":1,\"text\":\"asked Eve\"}"));
	fixture->now += 60;
	result = call_done(fixture, "task.annotate", "{\"id\":1,\"text\":\"Bob said no\"}");
	expect_json(json_array_get(json_object_get(result, "tasks"), 0), "annotations",
		"[{\"at\":\"2026-11-23T14:00:00Z\",\"text\":\"asked Bob\"},"
		"{\"at\":\"2026-11-23T14:00:00Z\",\"text\":\"asked Eve\"},"
		"{\"at\":\"2026-11-23T14:01:00Z\",\"text\":\"Bob said no\"}]");
	json_decref(result);
	call_refused(fixture, ERROR_CONFLICT, "text", "task.denotate", "{\"id\":1,\"text\":\"asked\"}");
	call_refused(fixture, ERROR_CONFLICT, "text", "task.denotate", "{\"id\":1,\"text\":\"Carol\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "text", "task.denotate", "{\"id\":1,\"text\":\"\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "text", "task.annotate", "{\"id\":1,\"text\":\"a\\tb\"}");
	json_decref(call_done(fixture, "task.denotate", "{\"id\":1,\"text\":\"said\",\"dry_run\":true}"));
	result = call_done(fixture, "task.denotate", "{\"id\":1,\"text\":\"said\"}");
	assert_int_equal(integer_at(result, "tasks.0.version"), 5);
	assert_true(has_member(result, "tasks.0.annotations.1"));
	assert_false(has_member(result, "tasks.0.annotations.2"));
	json_decref(result);
	assert_int_equal(
		fixture_query(fixture, "SELECT COUNT(*) AS value FROM history WHERE task_id = 1 "
				       "AND action IN ('annotate', 'denotate') "
				       "AND after LIKE '{\"annotations\":[%' AND before LIKE '{\"annotations\":[%'"),
		4);
}

static void one_that_is_not_on_every_task_changes_none(void **state)
{
	struct fixture *fixture = *state;

	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\"}"));
	json_decref(call_done(fixture, "task.annotate", "{\"filter\":\"\",\"text\":\"called\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"y\"}"));
	call_refused(fixture, ERROR_CONFLICT, "text", "task.denotate", "{\"filter\":\"\",\"text\":\"called\"}");
	assert_int_equal(
		fixture_query(fixture, "SELECT COUNT(*) AS value FROM task WHERE annotations LIKE '%called%'"), 1);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		EACH(what_was_declared_is_listed_by_name),
		EACH(a_wrong_declaration_names_what_is_wrong),
		EACH(an_account_declares_at_most_64),
		EACH(a_field_with_values_keeps_its_type_and_stays),
		EACH(values_are_read_and_shown_by_their_types),
		EACH(a_value_that_does_not_fit_names_its_field),
		EACH(values_lie_by_field_with_the_number_they_are_compared_by),
		EACH(a_value_without_its_field_is_shown_and_can_be_cleared),
		EACH(annotations_come_and_go),
		EACH(one_that_is_not_on_every_task_changes_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
