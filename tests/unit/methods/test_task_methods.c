/* Adding tasks and looking at them. */
#include "fixture.h"

static void add(struct fixture *fixture, const char *params)
{
	json_decref(call_done(fixture, "task.add", "%s", params));
}

static int64_t count(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter);
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

static void added_task_has_all_that_was_given(void **state)
{
	json_t *result = call_done(*state, "task.add",
		"{\"title\":\"Buy milk\",\"note\":\"*fresh*\",\"project\":\"home.shop\",\"tags\":[\"b\",\"a\",\"b\"],"
		"\"priority\":\"H\",\"due\":\"2026-11-24T15:00:00+01:00\",\"wait\":\"2026-11-23T14:00:01Z\"}");

	assert_int_equal(integer_at(result, "task.id"), 1);
	assert_int_equal(strlen(text_at(result, "task.uuid")), 36);
	assert_string_equal(text_at(result, "task.title"), "Buy milk");
	assert_string_equal(text_at(result, "task.note"), "*fresh*");
	assert_string_equal(text_at(result, "task.status"), "pending");
	assert_true(json_is_true(json_object_get(json_object_get(result, "task"), "waiting")));
	assert_string_equal(text_at(result, "task.project"), "home.shop");
	assert_string_equal(text_at(result, "task.tags.0"), "a");
	assert_string_equal(text_at(result, "task.tags.1"), "b");
	assert_false(has_member(result, "task.tags.2"));
	assert_string_equal(text_at(result, "task.priority"), "H");
	assert_string_equal(text_at(result, "task.due"), "2026-11-24T14:00:00Z");
	assert_string_equal(text_at(result, "task.wait"), "2026-11-23T14:00:01Z");
	assert_string_equal(text_at(result, "task.created"), "2026-11-23T14:00:00Z");
	assert_string_equal(text_at(result, "task.modified"), "2026-11-23T14:00:00Z");
	assert_int_equal(integer_at(result, "task.version"), 1);
	json_decref(result);
}

static void what_a_task_has_not_is_left_out(void **state)
{
	static const char *const absent[] = { "task.note", "task.waiting", "task.project", "task.priority", "task.due",
		"task.wait", "task.started", "task.completed", "task.deleted", "task.tags.0" };
	json_t *result = call_done(*state, "task.add", "{\"title\":\"x\",\"note\":\"\"}");

	assert_true(has_member(result, "task.tags"));
	for (size_t i = 0; i < sizeof(absent) / sizeof(*absent); i++)
		assert_false(has_member(result, absent[i]));
	json_decref(result);
}

static void what_get_shows_is_what_add_showed(void **state)
{
	json_t *added = call_done(*state, "task.add",
		"{\"title\":\"\\\"x\\\" 牛\",\"note\":\"a\\n\\tb\",\"tags\":[\"t\"],\"due\":\"2026-11-24T15:00:00Z\"}");
	json_t *by_id = call_done(*state, "task.get", "{\"id\":1}");
	json_t *by_text = call_done(*state, "task.get", "{\"id\":\"1\"}");
	json_t *by_uuid = call_done(*state, "task.get", "{\"id\":\"%s\"}", text_at(added, "task.uuid"));
	json_t *by_prefix = call_done(*state, "task.get", "{\"id\":\"%.8s\"}", text_at(added, "task.uuid"));

	assert_true(json_equal(added, by_id));
	assert_true(json_equal(added, by_text));
	assert_true(json_equal(added, by_uuid));
	assert_true(json_equal(added, by_prefix));
	json_decref(added);
	json_decref(by_id);
	json_decref(by_text);
	json_decref(by_uuid);
	json_decref(by_prefix);
}

static void digits_alone_can_be_the_beginning_of_a_uuid(void **state)
{
	json_t *result;

	add(*state, "{\"title\":\"x\"}");
	(void)fixture_query(*state, "UPDATE task SET uuid = '12345678-0f0f-4abc-8abc-0123456789ab' WHERE id = 1");
	result = call_done(*state, "task.get", "{\"id\":\"12345678\"}");
	assert_int_equal(integer_at(result, "task.id"), 1);
	json_decref(result);
	assert_int_equal(count(*state, "12345678"), 1);
	call_refused(*state, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":87654321}");
}

static void ids_are_small_and_per_account(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, "{\"title\":\"one\"}");
	add(fixture, "{\"title\":\"two\"}");
	fixture_become(fixture, 2);
	result = call_done(fixture, "task.add", "{\"title\":\"bob's\"}");
	assert_int_equal(integer_at(result, "task.id"), 1);
	json_decref(result);
}

static void task_of_another_is_as_one_that_never_was(void **state)
{
	struct fixture *fixture = *state;
	json_t *added = call_done(fixture, "task.add", "{\"title\":\"ann's\"}");
	char foreign[sizeof(fixture->refusal.message)];

	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":1}");
	(void)snprintf(foreign, sizeof(foreign), "%s", fixture->refusal.message);
	fixture_become(fixture, 1);
	json_decref(call_done(fixture, "task.delete", "{\"id\":1}"));
	(void)fixture_query(fixture, "DELETE FROM task");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":1}");
	assert_string_equal(fixture->refusal.message, foreign);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.get", "{\"id\":\"%s\"}", text_at(added, "task.uuid"));
	assert_int_equal(count(fixture, "status:all"), 0);
	json_decref(added);
}

static void bad_values_name_their_field(void **state)
{
	static const struct {
		const char *params;
		const char *field;
	} rows[] = {
		{ "{}", "title" },
		{ "{\"title\":\" \"}", "title" },
		{ "{\"title\":null}", "title" },
		{ "{\"title\":5}", "title" },
		{ "{\"title\":\"x\",\"note\":\"\\u001b\"}", "note" },
		{ "{\"title\":\"x\",\"project\":\"a..b\"}", "project" },
		{ "{\"title\":\"x\",\"project\":\"\"}", "project" },
		{ "{\"title\":\"x\",\"tags\":[\"a b\"]}", "tags" },
		{ "{\"title\":\"x\",\"tags\":\"a\"}", "tags" },
		{ "{\"title\":\"x\",\"priority\":\"high\"}", "priority" },
		{ "{\"title\":\"x\",\"due\":\"tomorow\"}", "due" },
		{ "{\"title\":\"x\",\"wait\":\"2026-02-30T00:00:00Z\"}", "wait" },
		{ "{\"title\":\"x\",\"wait\":\"due-2d\"}", "wait" },
		{ "{\"title\":\"x\",\"wait\":\"due-2parsecs\"}", "wait" },
		{ "{\"title\":\"x\",\"due\":\"today\",\"timezone\":\"Europe/Berln\"}", "timezone" },
		{ "{\"title\":\"x\",\"due\":\"today\",\"timezone\":\"../../../etc/passwd\"}", "timezone" },
		{ "{\"title\":\"x\",\"add_tags\":[\"a\"]}", "add_tags" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		call_refused(*state, ERROR_INVALID_PARAMS, rows[i].field, "task.add", "%s", rows[i].params);
	assert_int_equal(count(*state, "status:all"), 0);
	call_refused(*state, ERROR_INVALID_PARAMS, "id", "task.get", "{\"id\":\"abc\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "filter", "task.count", "{\"filter\":\"due:tody\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "timezone", "task.count",
		"{\"filter\":\"due:today\",\"timezone\":\"Europe/Berln\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "week_start", "task.count",
		"{\"filter\":\"due:today\",\"week_start\":\"saturday\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "week_start", "task.add",
		"{\"title\":\"x\",\"due\":\"eow\",\"week_start\":\"\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "limit", "task.list", "{\"limit\":1001}");
	call_refused(*state, ERROR_INVALID_PARAMS, "limit", "task.list", "{\"limit\":0}");
}

/* `now` is 2026-11-23T14:00:00Z, a Monday. */
static void dates_are_read_in_the_zone_of_the_request(void **state)
{
	static const struct {
		const char *zone, *due, *wait, *due_at, *wait_at;
	} rows[] = {
		{ "UTC", "tomorrow", "tomorrow", "2026-11-24T23:59:59Z", "2026-11-24T00:00:00Z" },
		{ "Europe/Berlin", "tomorrow", "tomorrow", "2026-11-24T22:59:59Z", "2026-11-23T23:00:00Z" },
		{ "Pacific/Apia", "today", "today", "2026-11-24T10:59:59Z", "2026-11-23T11:00:00Z" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "fri 17:00", "due-2d", "2026-11-27T16:00:00Z", "2026-11-25T16:00:00Z" },
		{ "Asia/Kolkata", "wait + 1h", "2026-12-01 9:00", "2026-12-01T04:30:00Z", "2026-12-01T03:30:00Z" },
		{ "UTC", "created + 1d", "due", "2026-11-24T14:00:00Z", "2026-11-24T14:00:00Z" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *added = call_done(*state, "task.add",
			"{\"title\":\"x\",\"timezone\":\"%s\",\"due\":\"%s\",\"wait\":\"%s\"}", rows[i].zone,
			rows[i].due, rows[i].wait);

		assert_string_equal(text_at(added, "task.due"), rows[i].due_at);
		assert_string_equal(text_at(added, "task.wait"), rows[i].wait_at);
		json_decref(added);
	}
}

/* The same Monday. */
static void weeks_begin_where_the_request_says(void **state)
{
	struct fixture *fixture = *state;
	static const struct {
		const char *week_start, *end;
	} rows[] = {
		{ "monday", "2026-11-29T23:59:59Z" },
		{ "sunday", "2026-11-28T23:59:59Z" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *added = call_done(fixture, "task.add",
			"{\"title\":\"x\",\"timezone\":\"UTC\",\"due\":\"eow\",\"week_start\":\"%s\"}",
			rows[i].week_start);
		json_t *found = call_done(fixture, "task.count",
			"{\"timezone\":\"UTC\",\"filter\":\"due.after:sow due:eow\",\"week_start\":\"%s\"}",
			rows[i].week_start);
		json_t *sheet = call_done(fixture, "task.time",
			"{\"timezone\":\"UTC\",\"from\":\"sow\",\"to\":\"eow\",\"week_start\":\"%s\"}",
			rows[i].week_start);

		assert_string_equal(text_at(added, "task.due"), rows[i].end);
		assert_int_equal(integer_at(found, "count"), 1);
		assert_string_equal(text_at(sheet, "to"), rows[i].end);
		json_decref(sheet);
		json_decref(found);
		json_decref(added);
	}
}

static void a_sum_starts_from_each_task_by_itself(void **state)
{
	struct fixture *fixture = *state;
	json_t *changed;

	add(fixture, "{\"title\":\"a\",\"due\":\"2026-12-01T12:00:00Z\"}");
	add(fixture, "{\"title\":\"b\",\"due\":\"2027-03-31T12:00:00Z\"}");
	add(fixture, "{\"title\":\"c\"}");
	changed = call_done(fixture, "task.modify", "{\"filter\":\"1-2\",\"due\":\"due - 1mo\",\"wait\":\"due-1h\"}");
	assert_string_equal(text_at(changed, "tasks.0.due"), "2026-11-01T12:00:00Z");
	assert_string_equal(text_at(changed, "tasks.0.wait"), "2026-11-01T11:00:00Z");
	assert_string_equal(text_at(changed, "tasks.1.due"), "2027-02-28T12:00:00Z");
	assert_string_equal(text_at(changed, "tasks.1.wait"), "2027-02-28T11:00:00Z");
	json_decref(changed);
	call_refused(fixture, ERROR_INVALID_PARAMS, "due", "task.modify", "{\"filter\":\"1-3\",\"due\":\"due+1d\"}");
}

static void default_scope_is_pending_and_not_waiting(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, "{\"title\":\"pending\",\"tags\":[\"a\"],\"project\":\"p\"}");
	add(fixture, "{\"title\":\"waiting\",\"tags\":[\"a\"],\"wait\":\"2026-11-23T14:00:01Z\"}");
	add(fixture, "{\"title\":\"completed\",\"tags\":[\"a\"],\"project\":\"p.q\"}");
	add(fixture, "{\"title\":\"deleted\"}");
	json_decref(call_done(fixture, "task.done", "{\"id\":3}"));
	json_decref(call_done(fixture, "task.delete", "{\"id\":4}"));
	assert_int_equal(count(fixture, ""), 1);
	assert_int_equal(count(fixture, "+a"), 1);
	assert_int_equal(count(fixture, "-a"), 0);
	assert_int_equal(count(fixture, "status:waiting"), 1);
	assert_int_equal(count(fixture, "status:pending"), 1);
	assert_int_equal(count(fixture, "status:completed project:p"), 1);
	assert_int_equal(count(fixture, "status:all"), 4);
	assert_int_equal(count(fixture, "status:all and +a"), 3);
	assert_int_equal(count(fixture, "status:all project:"), 2);
	assert_int_equal(count(fixture, "2-4"), 3);
	result = call_done(fixture, "task.count", "{}");
	assert_int_equal(integer_at(result, "count"), 1);
	json_decref(result);
	fixture->now++;
	assert_int_equal(count(fixture, ""), 2);
}

static void add_many(struct fixture *fixture, int number, const char *more)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"%s}", more));
}

static void list_goes_on_by_its_cursor(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;
	json_t *next;

	add_many(fixture, 5, ",\"tags\":[\"a\"]");
	add_many(fixture, 1, "");
	page = call_done(fixture, "task.list", "{\"filter\":\"+a\",\"limit\":3}");
	assert_int_equal(json_array_size(json_object_get(page, "tasks")), 3);
	assert_int_equal(integer_at(page, "tasks.2.id"), 3);
	next = call_done(fixture, "task.list", "{\"limit\":3,\"cursor\":\"%s\"}", text_at(page, "next_cursor"));
	assert_int_equal(json_array_size(json_object_get(next, "tasks")), 2);
	assert_int_equal(integer_at(next, "tasks.0.id"), 4);
	assert_false(has_member(next, "next_cursor"));
	json_decref(page);
	json_decref(next);
	page = call_done(fixture, "task.list", "{\"filter\":\"+a\",\"limit\":5}");
	assert_false(has_member(page, "next_cursor"));
	json_decref(page);
}

static void pages_of_a_list_see_the_same_tasks_waiting(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;
	json_t *next;

	add_many(fixture, 2, "");
	add_many(fixture, 1, ",\"wait\":\"2026-11-23T14:00:01Z\"");
	page = call_done(fixture, "task.list", "{\"limit\":1}");
	fixture->now += 60;
	next = call_done(fixture, "task.list", "{\"cursor\":\"%s\"}", text_at(page, "next_cursor"));
	assert_int_equal(json_array_size(json_object_get(next, "tasks")), 1);
	assert_int_equal(integer_at(next, "tasks.0.id"), 2);
	json_decref(page);
	json_decref(next);
}

static void page_is_limited_in_bytes_too(void **state)
{
	struct fixture *fixture = *state;
	char note[100 * 1024 + 1];
	json_t *page;

	memset(note, 'n', sizeof(note) - 1);
	note[sizeof(note) - 1] = '\0';
	for (int i = 0; i < 8; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"long\",\"note\":\"%s\"}", note));
	page = call_done(fixture, "task.list", "{}");
	assert_int_equal(json_array_size(json_object_get(page, "tasks")), 6);
	assert_true(has_member(page, "next_cursor"));
	json_decref(page);
}

static void list_has_100_tasks_unless_said(void **state)
{
	json_t *page;

	add_many(*state, 101, "");
	page = call_done(*state, "task.list", "{}");
	assert_int_equal(json_array_size(json_object_get(page, "tasks")), 100);
	assert_true(has_member(page, "next_cursor"));
	json_decref(page);
}

static void cursor_stands_alone_and_whole(void **state)
{
	json_t *page;

	add_many(*state, 2, "");
	page = call_done(*state, "task.list", "{\"limit\":1}");
	call_refused(*state, ERROR_INVALID_PARAMS, "filter", "task.list", "{\"filter\":\"\",\"cursor\":\"%s\"}",
		text_at(page, "next_cursor"));
	call_refused(*state, ERROR_INVALID_PARAMS, "cursor", "task.list", "{\"cursor\":\"%s\"}",
		text_at(page, "next_cursor") + 4);
	call_refused(*state, ERROR_INVALID_PARAMS, "cursor", "task.list", "{\"cursor\":\"\"}");
	json_decref(page);
}

static void a_regular_expression_that_takes_too_long_is_refused(void **state)
{
	static const char *const methods[] = { "task.list", "task.count", "task.delete" };

	add(*state, "{\"title\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"}");
	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		call_refused(*state, ERROR_INVALID_PARAMS, "filter", methods[i], "{\"filter\":\"/^(a+)+$/r\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "filter", "task.list",
		"{\"filter\":\"/^(a+)+$/r\",\"sort\":\"urgency-\"}");
	assert_int_equal(count(*state, "/^(a+)+b$/r"), 1);
}

/* The titles of a list, page by page. */
static void expect_titles(struct fixture *fixture, const char *sort, const char *expected)
{
	json_t *page = call_done(fixture, "task.list", "{\"sort\":\"%s\",\"limit\":2}", sort);
	char titles[64] = "";

	for (;;) {
		const json_t *task;
		size_t i;
		char *cursor;

		json_array_foreach (json_object_get(page, "tasks"), i, task)
			(void)strncat(titles, json_string_value(json_object_get(task, "title")), 4);
		if (!has_member(page, "next_cursor"))
			break;
		cursor = strdup(text_at(page, "next_cursor"));
		json_decref(page);
		page = call_done(fixture, "task.list", "{\"limit\":2,\"cursor\":\"%s\"}", cursor);
		free(cursor);
	}
	json_decref(page);
	if (strcmp(titles, expected) != 0)
		fail_msg("%s: %s instead of %s", sort, titles, expected);
}

static void lists_have_the_order_that_is_asked_for(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;

	json_decref(call_done(fixture, "task.add", "{\"title\":\"a\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"b\",\"priority\":\"H\",\"due\":\"2026-12-24\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"c\",\"due\":\"2026-11-20\",\"project\":\"p\"}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"d\",\"priority\":\"L\",\"tags\":[\"next\"]}"));
	json_decref(call_done(fixture, "task.add", "{\"title\":\"e\",\"priority\":\"L\"}"));
	expect_titles(fixture, "id", "abcde");
	expect_titles(fixture, "id-", "edcba");
	expect_titles(fixture, "urgency-", "dcbea");
	expect_titles(fixture, "urgency+", "aebcd");
	expect_titles(fixture, "due+", "cbade");
	expect_titles(fixture, "priority-,title-", "bedca");
	expect_titles(fixture, "project+,id-", "cedba");
	page = call_done(fixture, "task.list", "{\"sort\":\"urgency-\",\"limit\":1}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"due\",\"cursor\":\"%s\"}",
		text_at(page, "next_cursor"));
	json_decref(page);
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"urgent-\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"due,due-\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"due,\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "sort", "task.list", "{\"sort\":\"due,wait,title,project,id\"}");
}

static void a_dry_run_of_add_checks_everything_and_adds_nothing(void **state)
{
	json_t *result = call_done(*state, "task.add", "{\"title\":\"x\",\"tags\":[\"b\",\"a\"],\"dry_run\":true}");
	json_t *task = json_object_get(result, "task");

	assert_string_equal(json_string_value(json_object_get(task, "title")), "x");
	assert_null(json_object_get(task, "id"));
	assert_null(json_object_get(task, "uuid"));
	json_decref(result);
	call_refused(*state, ERROR_INVALID_PARAMS, "priority", "task.add",
		"{\"title\":\"x\",\"priority\":\"Z\",\"dry_run\":true}");
	assert_int_equal(count(*state, "status:all"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(added_task_has_all_that_was_given, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			a_regular_expression_that_takes_too_long_is_refused, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			a_dry_run_of_add_checks_everything_and_adds_nothing, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(what_a_task_has_not_is_left_out, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(what_get_shows_is_what_add_showed, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			digits_alone_can_be_the_beginning_of_a_uuid, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(ids_are_small_and_per_account, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			task_of_another_is_as_one_that_never_was, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(bad_values_name_their_field, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			dates_are_read_in_the_zone_of_the_request, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(weeks_begin_where_the_request_says, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			a_sum_starts_from_each_task_by_itself, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			default_scope_is_pending_and_not_waiting, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(list_goes_on_by_its_cursor, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			pages_of_a_list_see_the_same_tasks_waiting, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(page_is_limited_in_bytes_too, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(list_has_100_tasks_unless_said, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			lists_have_the_order_that_is_asked_for, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(cursor_stands_alone_and_whole, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
