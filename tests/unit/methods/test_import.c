/* Tasks in and out: what comes back is what was there, and what cannot be is refused by its place. */
#include "fixture.h"

#include "common/cleanup.h"

#define HEADER                                                                                                         \
	"{\"taskctl\":1,\"fields\":[{\"name\":\"size\",\"type\":\"number\"},"                                          \
	"{\"name\":\"mood\",\"type\":\"string\",\"choices\":[\"good\",\"bad\"]}]}\n"

#define UUID_A "11111111-1111-4111-8111-111111111111"
#define UUID_B "22222222-2222-4222-8222-222222222222"
#define UUID_C "33333333-3333-4333-8333-333333333333"

/* --- calls --- */

static json_t *call(struct fixture *fixture, const char *method, json_t *params)
{
	AUTO_FREE char *text = json_dumps(params, 0);

	json_decref(params);
	return fixture_call(fixture, method, "%s", text);
}

static json_t *begin(struct fixture *fixture, const char *format, bool is_partial)
{
	json_t *begun = call(fixture, "task.import",
		json_pack("{s:s, s:s, s:b}", "action", "begin", "format", format, "partial", is_partial));

	assert_non_null(begun);
	return begun;
}

static json_t *append(struct fixture *fixture, const json_t *begun, int part, int first, const char *text)
{
	json_t *result;

	fixture->place = REQUEST_IN_POOL;
	result = call(fixture, "task.import",
		json_pack("{s:s, s:s, s:i, s:i, s:s}", "action", "append", "import", text_at(begun, "import"), "part",
			part, "first", first, "text", text));
	assert_non_null(result);
	return result;
}

static json_t *commit(struct fixture *fixture, const json_t *begun, const char *conflict)
{
	fixture->place = REQUEST_IN_POOL;
	return call(fixture, "task.import",
		json_pack("{s:s, s:s, s:s*}", "action", "commit", "import", text_at(begun, "import"), "on_conflict",
			conflict));
}

/* The answer of the commit; NULL: it was refused. */
static json_t *import(struct fixture *fixture, const char *format, bool is_partial, const char *text)
{
	json_t *begun = begin(fixture, format, is_partial);
	json_t *result;

	json_decref(append(fixture, begun, 1, 1, text));
	result = commit(fixture, begun, NULL);
	json_decref(begun);
	return result;
}

static void import_done(struct fixture *fixture, const char *format, const char *text)
{
	json_t *result = import(fixture, format, false, text);

	if (!result)
		fail_msg("refused: %s", fixture->refusal.message);
	json_decref(result);
}

static char *export(struct fixture *fixture, const char *format)
{
	json_t *page;
	char *text;

	fixture->place = REQUEST_IN_POOL;
	page = call(fixture, "task.export", json_pack("{s:s, s:s}", "format", format, "filter", "status:all"));
	assert_non_null(page);
	text = strdup(text_at(page, "text"));
	json_decref(page);
	return text;
}

static void assert_refused(struct fixture *fixture, const char *text, const char *field, const char *words)
{
	json_t *result = import(fixture, "jsonl", false, text);

	assert_null(result);
	assert_string_equal(fixture->refusal.field, field);
	if (!strstr(fixture->refusal.message, words))
		fail_msg("%s, not: %s", fixture->refusal.message, words);
}

/* --- there and back --- */

static const char everything[] = HEADER
	"{\"uuid\":\"" UUID_A
	"\",\"title\":\"A \\\"b\\\" \\\\ é\",\"status\":\"pending\",\"created\":\"2026-01-01T00:00:00Z\","
	"\"modified\":\"2026-01-02T00:00:00Z\",\"project\":\"home.garden\",\"tags\":[\"x\",\"y\"],\"priority\":\"M\","
	"\"due\":\"2026-02-01T00:00:00Z\",\"wait\":\"2026-01-30T00:00:00Z\",\"scheduled\":\"2026-01-31T00:00:00Z\","
	"\"until\":\"2027-01-01T00:00:00Z\",\"started\":\"2026-01-02T00:00:00Z\",\"parent\":\"" UUID_B
	"\",\"spent\":60,"
	"\"depends\":[\"" UUID_C "\"],\"annotations\":[{\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"one\"},"
	"{\"at\":\"2026-01-01T00:00:00Z\",\"text\":\"two\"}],\"note\":\"a\\n\\tb\",\"fields\":{\"mood\":\"bad\","
	"\"size\":0.5}}\n"
	"{\"uuid\":\"" UUID_B "\",\"title\":\"B\",\"status\":\"completed\",\"created\":\"2026-01-01T00:00:00Z\","
	"\"modified\":\"2026-01-02T00:00:00Z\",\"completed\":\"2026-01-02T00:00:00Z\"}\n"
	"{\"uuid\":\"" UUID_C "\",\"title\":\"C\",\"status\":\"recurring\",\"created\":\"2026-01-01T00:00:00Z\","
	"\"modified\":\"2026-01-02T00:00:00Z\",\"due\":\"2030-01-01T00:00:00Z\",\"occurrence\":1,\"recur\":\"weekly\","
	"\"recur_from\":\"completion\",\"recur_count\":9,\"recur_zone\":\"Europe/Berlin\"}\n"
	"{\"uuid\":\"44444444-4444-4444-8444-444444444444\",\"title\":\"C\",\"status\":\"deleted\","
	"\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\",\"deleted\":\"2026-01-02T00:00:"
	"00Z\","
	"\"series\":\"" UUID_C "\",\"occurrence\":1}\n";

static void what_was_imported_is_exported_byte_for_byte(void **state)
{
	struct fixture *fixture = *state;
	char *first;
	char *second;

	import_done(fixture, "jsonl", everything);
	first = export(fixture, "jsonl");
	assert_string_equal(strchr(first, '\n'), strchr(everything, '\n'));
	fixture_become(fixture, 2);
	import_done(fixture, "jsonl", first);
	second = export(fixture, "jsonl");
	assert_string_equal(first, second);
	free(first);
	free(second);
}

/* What the export reckons itself: a number for what is open, and how urgent it is. */
static void take_reckoned(json_t *task, json_int_t id)
{
	assert_int_equal(json_integer_value(json_object_get(task, "id")), id);
	assert_true(json_is_number(json_object_get(task, "urgency")));
	assert_int_equal(json_number_value(json_object_get(task, "urgency")) > 0,
		strcmp(text_at(task, "status"), "pending") == 0);
	(void)json_object_del(task, "id");
	(void)json_object_del(task, "urgency");
}

static void taskwarrior_s_tasks_come_back_as_they_were(void **state)
{
	static const char tasks[] =
		"{\"uuid\":\"" UUID_A "\",\"description\":\"A\",\"status\":\"pending\",\"entry\":\"20260101T000000Z\","
		"\"modified\":\"20260102T000000Z\",\"wait\":\"20300101T000000Z\",\"tags\":[\"x\"],"
		"\"depends\":[\"" UUID_B
		"\"],\"annotations\":[{\"entry\":\"20260101T000000Z\",\"description\":\"n\"}],\"est\":2.5}\n"
		"{\"uuid\":\"" UUID_B
		"\",\"description\":\"B\",\"status\":\"recurring\",\"entry\":\"20260101T000000Z\","
		"\"modified\":\"20260102T000000Z\",\"due\":\"20300101T000000Z\",\"recur\":\"monthly\",\"rtype\":"
		"\"periodic\","
		"\"mask\":\"+-\"}\n"
		"{\"uuid\":\"" UUID_C
		"\",\"description\":\"B\",\"status\":\"completed\",\"entry\":\"20260101T000000Z\","
		"\"modified\":\"20260102T000000Z\",\"due\":\"20300101T000000Z\",\"end\":\"20260103T000000Z\","
		"\"parent\":\"" UUID_B "\",\"recur\":\"monthly\",\"rtype\":\"periodic\",\"imask\":0}\n"
		"{\"uuid\":\"44444444-4444-4444-8444-444444444444\",\"description\":\"B\",\"status\":\"pending\","
		"\"entry\":\"20260101T000000Z\",\"modified\":\"20260102T000000Z\",\"due\":\"20300201T000000Z\","
		"\"parent\":\"" UUID_B "\",\"recur\":\"monthly\",\"rtype\":\"periodic\",\"imask\":1}\n";
	struct fixture *fixture = *state;
	const char *line = tasks;
	json_t *back;
	char *text;

	import_done(fixture, "taskwarrior", tasks);
	text = export(fixture, "taskwarrior");
	back = json_loads(text, 0, NULL);
	assert_int_equal(json_array_size(back), 4);
	for (size_t i = 0; i < json_array_size(back); i++) {
		static const json_int_t ids[] = { 1, 2, 0, 4 };
		json_t *sent = json_loads(line, JSON_DISABLE_EOF_CHECK, NULL);

		take_reckoned(json_array_get(back, i), ids[i]);
		if (!json_equal(sent, json_array_get(back, i)))
			fail_msg("task %zu: %s", i, text);
		json_decref(sent);
		line = strchr(line, '\n') + 1;
	}
	json_decref(back);
	free(text);
}

static void taskwarrior_s_tasks_can_be_lines(void **state)
{
	struct fixture *fixture = *state;
	char *text = export(fixture, "taskwarrior-lines");

	assert_string_equal(text, "");
	free(text);
	import_done(fixture, "jsonl", "{\"title\":\"A\"}\n{\"title\":\"B\"}\n");
	text = export(fixture, "taskwarrior-lines");
	assert_int_equal(strncmp(text, "{\"id\":1,", 8), 0);
	assert_non_null(strstr(text, "}\n{\"id\":2,"));
	assert_int_equal(text[strlen(text) - 1], '\n');
	free(text);
}

static void older_forms_of_taskwarrior_are_read(void **state)
{
	struct fixture *fixture = *state;
	char *text;

	import_done(fixture, "taskwarrior",
		"{\"uuid\":\"" UUID_A
		"\",\"description\":\"two\\nlines\",\"entry\":\"1700000000\",\"status\":\"waiting\","
		"\"tags\":\"b,a\",\"depends\":\"" UUID_B "," UUID_C
		"\",\"github.Url\":\"http://x\",\"priority\":\"\"}\n"
		"{\"uuid\":\"" UUID_B "\",\"description\":\"B\",\"entry\":1700000000,\"start\":1700000000,"
		"\"end\":1700000060,\"status\":\"completed\"}\n"
		"{\"uuid\":\"" UUID_C
		"\",\"description\":\"C\",\"entry\":\"2023-11-14T22:13:20Z\",\"status\":\"deleted\"}\n");
	text = export(fixture, "jsonl");
	assert_non_null(strstr(text, "\"title\":\"two lines\""));
	assert_non_null(strstr(text, "\"tags\":[\"a\",\"b\"]"));
	assert_non_null(strstr(text, "\"depends\":[\"" UUID_B "\",\"" UUID_C "\"]"));
	assert_non_null(strstr(text, "\"fields\":{\"github_url\":\"http://x\"}"));
	assert_non_null(strstr(text, "\"spent\":60"));
	assert_non_null(strstr(text, "\"deleted\":\"2023-11-14T22:13:20Z\""));
	free(text);
}

/* --- refusals --- */

static void what_is_wrong_is_refused_by_its_position(void **state)
{
	static const char *const wrong[] = { "{\"title\":\"x\"", "[]", "{\"titel\":\"x\"}", "{\"title\":\"\"}", "{}",
		"{\"title\":\"x\",\"status\":\"open\"}", "{\"title\":\"x\",\"due\":\"someday soon\"}",
		"{\"title\":\"x\",\"uuid\":\"1\"}", "{\"title\":\"x\",\"status\":\"recurring\"}",
		"{\"title\":\"x\",\"recur\":\"weekly\"}", "{\"title\":\"x\",\"tags\":[\"a b\"]}",
		"{\"title\":\"x\",\"completed\":\"today\"}", "{\"title\":\"x\",\"spent\":-1}",
		"{\"title\":\"x\",\"fields\":{\"Size\":1}}", "{\"title\":\"x\",\"annotations\":[{\"text\":\"x\"}]}",
		"{\"title\":\"x\",\"title\":\"y\"}" };
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		json_t *begun = begin(fixture, "jsonl", false);
		AUTO_FREE char *text = NULL;
		json_t *result;

		assert_true(asprintf(&text, "\n%s\n{\"title\":\"good\"}\n", wrong[i]) > 0);
		result = append(fixture, begun, 1, 1, text);
		assert_int_equal(integer_at(result, "taken"), 1);
		assert_int_equal(integer_at(result, "refused.0.position"), 2);
		json_decref(result);
		assert_null(commit(fixture, begun, NULL));
		assert_string_equal(fixture->refusal.field, "import");
		json_decref(call(fixture, "task.import",
			json_pack("{s:s, s:s}", "action", "abort", "import", text_at(begun, "import"))));
		json_decref(begun);
	}
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 0);
}

static void what_is_partial_takes_the_rest(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = import(fixture, "jsonl", true, "{\"title\":\"a\"}\n{\"titel\":\"b\"}\n{\"title\":\"c\"}\n");

	assert_int_equal(integer_at(result, "added"), 2);
	json_decref(result);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 2);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM import_part"), 0);
}

static void a_uuid_stands_there_once(void **state)
{
	struct fixture *fixture = *state;

	assert_refused(fixture,
		"{\"title\":\"a\",\"uuid\":\"" UUID_A "\"}\n{\"title\":\"b\",\"uuid\":\"" UUID_A "\"}\n", "uuid",
		"line 2: this uuid stands in line 1 already");
}

static void tasks_that_would_need_themselves_are_refused(void **state)
{
	static const char circle[] = "{\"title\":\"a\",\"uuid\":\"" UUID_A "\",\"depends\":[\"" UUID_B "\"]}\n"
				     "{\"title\":\"b\",\"uuid\":\"" UUID_B "\",\"parent\":\"" UUID_C "\"}\n"
				     "{\"title\":\"c\",\"uuid\":\"" UUID_C "\",\"parent\":\"" UUID_A "\"}\n";
	struct fixture *fixture = *state;
	json_t *result;

	assert_refused(fixture, "{\"title\":\"a\",\"uuid\":\"" UUID_A "\",\"depends\":[\"" UUID_A "\"]}\n", "depends",
		"line 1: it would need itself");
	assert_refused(fixture,
		"{\"title\":\"a\",\"uuid\":\"" UUID_A "\",\"depends\":[\"" UUID_B "\"]}\n"
		"{\"title\":\"b\",\"uuid\":\"" UUID_B "\",\"depends\":[\"" UUID_A "\"]}\n",
		"depends", "line 2: it would need itself");
	result = import(fixture, "jsonl", true, circle);
	assert_true(!result || integer_at(result, "added") == 3);
	json_decref(result);
}

static void what_is_not_there_is_left_out_and_said(void **state)
{
	struct fixture *fixture = *state;
	json_t *result = import(
		fixture, "jsonl", false, "{\"title\":\"a\",\"depends\":[\"" UUID_B "\"],\"parent\":\"" UUID_C "\"}\n");

	assert_int_equal(integer_at(result, "added"), 1);
	assert_int_equal(integer_at(result, "warning_count"), 2);
	assert_int_equal(integer_at(result, "warnings.0.position"), 1);
	json_decref(result);
}

static void a_value_that_is_none_of_its_field_s_is_refused(void **state)
{
	struct fixture *fixture = *state;

	assert_refused(fixture, HEADER "{\"title\":\"a\",\"fields\":{\"size\":\"large\"}}\n", "fields.size",
		"line 2: fields.size must be a number");
	assert_refused(fixture, HEADER "{\"title\":\"a\",\"fields\":{\"mood\":\"odd\"}}\n", "fields.mood", "line 2");
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM custom_field"), 0);
}

/* --- tasks that are there already --- */

static void the_newer_of_both_is_kept(void **state)
{
	static const char old[] = "{\"title\":\"old\",\"uuid\":\"" UUID_A "\",\"modified\":\"2026-01-01T00:00:00Z\"}\n";
	static const char newer[] =
		"{\"title\":\"new\",\"uuid\":\"" UUID_A "\",\"modified\":\"2026-01-02T00:00:00Z\"}\n";
	struct fixture *fixture = *state;
	json_t *begun;
	json_t *result;

	import_done(fixture, "jsonl", old);
	result = import(fixture, "jsonl", false, newer);
	assert_int_equal(integer_at(result, "updated"), 1);
	json_decref(result);
	result = import(fixture, "jsonl", false, old);
	assert_int_equal(integer_at(result, "unchanged"), 1);
	json_decref(result);
	assert_int_equal(
		fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE title = 'new' AND version = 2"), 1);
	begun = begin(fixture, "jsonl", false);
	json_decref(append(fixture, begun, 1, 1, newer));
	assert_null(commit(fixture, begun, "refuse"));
	assert_int_equal(fixture->refusal.error, ERROR_CONFLICT);
	result = commit(fixture, begun, "skip");
	assert_int_equal(integer_at(result, "unchanged"), 1);
	json_decref(result);
	json_decref(begun);
}

static void another_account_s_task_is_nobody_s_business(void **state)
{
	static const char task[] = "{\"title\":\"a\",\"uuid\":\"" UUID_A "\"}\n";
	struct fixture *fixture = *state;
	json_t *result;
	json_t *begun;

	import_done(fixture, "jsonl", task);
	begun = begin(fixture, "jsonl", false);
	fixture_become(fixture, 2);
	assert_null(commit(fixture, begun, NULL));
	assert_int_equal(fixture->refusal.error, ERROR_NOT_FOUND);
	result = import(fixture, "jsonl", false, task);
	assert_int_equal(integer_at(result, "added"), 1);
	json_decref(result);
	json_decref(begun);
}

/* --- as a whole --- */

static void counts_are_right_whatever_the_order(void **state)
{
	struct fixture *fixture = *state;
	struct buffer text;

	buffer_init(&text);
	buffer_append_text(&text, "{\"title\":\"first\",\"depends\":[\"" UUID_B "\"],\"parent\":\"" UUID_A "\"}\n");
	for (int i = 0; i < 300; i++)
		buffer_append_text(&text, "{\"title\":\"between\"}\n");
	buffer_append_text(&text, "{\"title\":\"last\",\"uuid\":\"" UUID_B "\"}\n");
	buffer_append_text(&text, "{\"title\":\"parent\",\"uuid\":\"" UUID_A "\"}\n");
	import_done(fixture, "jsonl", buffer_text(&text));
	buffer_deinit(&text);
	assert_int_equal(fixture_query(fixture, "SELECT blockers AS value FROM task WHERE title = 'first'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT dependents AS value FROM task WHERE title = 'last'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT open_children AS value FROM task WHERE title = 'parent'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT count(DISTINCT step) AS value FROM history"), 1);
}

static void an_import_is_one_step_that_is_taken_back(void **state)
{
	struct fixture *fixture = *state;
	char *text;
	json_t *undone;

	import_done(fixture, "jsonl", everything);
	fixture->place = REQUEST_IN_POOL;
	undone = fixture_call(fixture, "history.undo", "{}");
	if (!undone)
		fail_msg("undo: %s", fixture->refusal.message);
	json_decref(undone);
	assert_int_equal(fixture_query(fixture, "SELECT count(*) AS value FROM task"), 0);
	undone = fixture_call(fixture, "history.redo", "{}");
	assert_non_null(undone);
	json_decref(undone);
	text = export(fixture, "jsonl");
	assert_non_null(strstr(text, UUID_A));
	free(text);
}

static void a_part_that_is_sent_again_counts_once(void **state)
{
	struct fixture *fixture = *state;
	json_t *begun = begin(fixture, "jsonl", false);
	json_t *result;

	json_decref(append(fixture, begun, 1, 1, "{\"title\":\"a\"}\n"));
	json_decref(append(fixture, begun, 1, 1, "{\"title\":\"a\"}\n"));
	json_decref(append(fixture, begun, 2, 2, "{\"title\":\"b\"}\n"));
	result = commit(fixture, begun, NULL);
	assert_int_equal(integer_at(result, "added"), 2);
	json_decref(result);
	assert_null(commit(fixture, begun, NULL));
	assert_int_equal(fixture->refusal.error, ERROR_NOT_FOUND);
	json_decref(begun);
}

static void imports_that_are_left_are_bounded(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 8; i++)
		json_decref(begin(fixture, "jsonl", false));
	call_refused(fixture, ERROR_CONFLICT, "action", "task.import", "{\"action\":\"begin\"}");
}

/* Whose relatives came behind them: a list by urgency would have to look at each of them. */
static void no_urgency_waits_for_the_job(void **state)
{
	struct fixture *fixture = *state;

	import_done(fixture, "jsonl",
		"{\"uuid\":\"" UUID_A "\",\"title\":\"last\",\"depends\":[\"" UUID_B "\"]}\n"
		"{\"uuid\":\"" UUID_B "\",\"title\":\"first\"}\n");
	assert_int_equal(fixture_query(fixture, "SELECT blockers AS value FROM task WHERE title = 'last'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT dependents AS value FROM task WHERE title = 'first'"), 1);
	assert_int_equal(fixture_query(fixture, "SELECT COUNT(*) AS value FROM task WHERE urgency_change = 0"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_set_up, fixture_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(what_was_imported_is_exported_byte_for_byte),
		TEST(taskwarrior_s_tasks_come_back_as_they_were),
		TEST(taskwarrior_s_tasks_can_be_lines),
		TEST(older_forms_of_taskwarrior_are_read),
		TEST(what_is_wrong_is_refused_by_its_position),
		TEST(what_is_partial_takes_the_rest),
		TEST(a_uuid_stands_there_once),
		TEST(tasks_that_would_need_themselves_are_refused),
		TEST(what_is_not_there_is_left_out_and_said),
		TEST(a_value_that_is_none_of_its_field_s_is_refused),
		TEST(the_newer_of_both_is_kept),
		TEST(another_account_s_task_is_nobody_s_business),
		TEST(counts_are_right_whatever_the_order),
		TEST(an_import_is_one_step_that_is_taken_back),
		TEST(a_part_that_is_sent_again_counts_once),
		TEST(imports_that_are_left_are_bounded),
		TEST(no_urgency_waits_for_the_job),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
