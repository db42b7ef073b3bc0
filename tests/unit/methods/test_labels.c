/* Projects and tags: lists with counts, and other names. */
#include "fixture.h"

static void add(struct fixture *fixture, const char *more)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"x\"%s}", more));
}

static void change(struct fixture *fixture, const char *method, const char *params)
{
	json_decref(call_done(fixture, method, "{%s}", params));
}

static void expect_json(json_t *result, const char *expected)
{
	char *text = json_dumps(result, JSON_COMPACT);

	assert_string_equal(text, expected);
	free(text);
	json_decref(result);
}

static int64_t count(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter);
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

#define HOME        ",\"project\":\"home\",\"tags\":[\"a\",\"b\"]"
#define HOME_GARDEN ",\"project\":\"home.garden\",\"tags\":[\"b\"]"
#define WORK        ",\"project\":\"work\",\"tags\":[\"c\"]"

/* 1 home, 2 and 3 home.garden (3 waits), 4 work (completed), 5 none, 6 work (deleted); and one of another account. */
static void add_tasks(struct fixture *fixture)
{
	add(fixture, HOME);
	add(fixture, HOME_GARDEN);
	add(fixture, HOME_GARDEN ",\"wait\":\"2027-01-01T00:00:00Z\"");
	add(fixture, WORK);
	add(fixture, "");
	add(fixture, WORK);
	change(fixture, "task.done", "\"id\":4");
	change(fixture, "task.delete", "\"id\":6");
	fixture_become(fixture, 2);
	add(fixture, HOME);
	fixture_become(fixture, 1);
}

#define COUNTS(pending, waiting, completed, deleted)                                                                   \
	"\"pending\":" #pending ",\"waiting\":" #waiting ",\"completed\":" #completed ",\"deleted\":" #deleted "}"

static void projects_are_counted_with_what_is_below_them(void **state)
{
	struct fixture *fixture = *state;

	add_tasks(fixture);
	expect_json(call_done(fixture, "project.list", "{}"),
		"{\"projects\":[{\"project\":\"home\"," COUNTS(2, 1, 0, 0) ",{\"project\":\"home.garden\"," COUNTS(
			1, 1, 0, 0) "],\"none\":{" COUNTS(1, 0, 0, 0) "}");
	expect_json(call_done(fixture, "project.list", "{\"all\":true}"),
		"{\"projects\":[{\"project\":\"home\"," COUNTS(2, 1, 0, 0) ",{\"project\":\"home.garden\"," COUNTS(
			1, 1, 0, 0) ",{\"project\":\"work\"," COUNTS(0, 0, 1, 1) "],\"none\":{" COUNTS(1, 0, 0, 0) "}");
}

static void tags_are_counted(void **state)
{
	struct fixture *fixture = *state;

	add_tasks(fixture);
	expect_json(call_done(fixture, "tag.list", "{}"),
		"{\"tags\":[{\"tag\":\"a\"," COUNTS(1, 0, 0, 0) ",{\"tag\":\"b\"," COUNTS(2, 1, 0, 0) "]}");
	expect_json(call_done(fixture, "tag.list", "{\"all\":true,\"filter\":\"project:work\"}"),
		"{\"tags\":[{\"tag\":\"c\"," COUNTS(0, 0, 1, 1) "]}");
}

/* By the index of labels and by the tasks themselves, the same comes out. */
static void a_filter_that_finds_all_gives_the_same(void **state)
{
	static const char *const methods[] = { "project.list", "tag.list" };
	struct fixture *fixture = *state;

	add_tasks(fixture);
	fixture->now += 1000;
	for (size_t i = 0; i < 2; i++) {
		json_t *by_index = call_done(fixture, methods[i], "{\"all\":true,\"ages\":true}");
		json_t *by_filter =
			call_done(fixture, methods[i], "{\"all\":true,\"ages\":true,\"filter\":\"status:all\"}");

		assert_true(json_equal(by_index, by_filter));
		json_decref(by_index);
		json_decref(by_filter);
	}
}

/* By the index, in pages and of a filter. */
static void names_alone_are_those_that_are_counted(void **state)
{
	struct fixture *fixture = *state;

	add_tasks(fixture);
	add(fixture, HOME);
	expect_json(call_done(fixture, "project.list", "{\"names\":true}"),
		"{\"projects\":[{\"project\":\"home\"},{\"project\":\"home.garden\"}]}");
	expect_json(call_done(fixture, "project.list", "{\"names\":true,\"all\":true}"),
		"{\"projects\":[{\"project\":\"home\"},{\"project\":\"home.garden\"},{\"project\":\"work\"}]}");
	expect_json(call_done(fixture, "tag.list", "{\"names\":true}"), "{\"tags\":[{\"tag\":\"a\"},{\"tag\":\"b\"}]}");
	expect_json(call_done(fixture, "tag.list", "{\"names\":true,\"all\":true,\"filter\":\"project:work\"}"),
		"{\"tags\":[{\"tag\":\"c\"}]}");
	fixture_become(fixture, 3);
	expect_json(call_done(fixture, "tag.list", "{\"names\":true,\"all\":true}"), "{\"tags\":[]}");
}

static void ages_are_those_of_pending_tasks(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_tasks(fixture);
	fixture->now += 500;
	add(fixture, HOME);
	fixture->now += 500;
	result = call_done(fixture, "project.list", "{\"all\":true,\"ages\":true}");
	assert_int_equal(integer_at(result, "projects.0.average_age"), 875);
	assert_int_equal(integer_at(result, "projects.1.average_age"), 1000);
	assert_false(has_member(result, "projects.2.average_age"));
	json_decref(result);
}

static void a_filter_names_the_tasks_that_count(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_tasks(fixture);
	result = call_done(fixture, "project.list", "{\"filter\":\"+b status:pending\"}");
	assert_int_equal(integer_at(result, "projects.0.pending"), 2);
	assert_int_equal(integer_at(result, "projects.0.waiting"), 0);
	json_decref(result);
	call_refused(fixture, ERROR_INVALID_PARAMS, "filter", "project.list", "{\"filter\":\"status:wrong\"}");
}

static void long_lists_come_in_pages(void **state)
{
	struct fixture *fixture = *state;
	json_t *page;
	int64_t seen = 0;
	char cursor[64] = "";

	for (int i = 0; i < 25; i++) {
		char more[64];

		(void)snprintf(more, sizeof(more), ",\"project\":\"p%02d\"", i);
		add(fixture, more);
	}
	for (int pages = 1;; pages++) {
		page = call_done(fixture, "project.list", "{\"limit\":10%s}", cursor);
		for (size_t i = 0; i < json_array_size(json_object_get(page, "projects")); i++) {
			char expected[8], path[32];

			(void)snprintf(expected, sizeof(expected), "p%02d", (int)seen++);
			(void)snprintf(path, sizeof(path), "projects.%d.project", (int)i);
			assert_string_equal(text_at(page, path), expected);
		}
		if (!has_member(page, "next_cursor")) {
			assert_int_equal(pages, 3);
			break;
		}
		(void)snprintf(cursor, sizeof(cursor), ",\"cursor\":\"%s\"", text_at(page, "next_cursor"));
		json_decref(page);
	}
	json_decref(page);
	assert_int_equal(seen, 25);
}

/* --- other names --- */

static void a_project_is_renamed_with_what_is_below_it(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_tasks(fixture);
	add(fixture, ",\"project\":\"homework\"");
	change(fixture, "task.delete", "\"id\":1");
	result = call_done(fixture, "project.rename", "{\"from\":\"home\",\"to\":\"house.old\"}");
	assert_int_equal(integer_at(result, "count"), 3);
	json_decref(result);
	assert_int_equal(count(fixture, "status:all project:home"), 0);
	assert_int_equal(count(fixture, "status:all project:house"), 3);
	assert_int_equal(count(fixture, "status:all project:house.old.garden"), 2);
	assert_int_equal(count(fixture, "project:homework"), 1);
	assert_int_equal(
		fixture_query(fixture, "SELECT count(DISTINCT step) AS value FROM history WHERE action = 'rename'"), 1);
	assert_int_equal(
		fixture_query(fixture, "SELECT count(*) AS value FROM task WHERE account_id = 2 AND project = 'home'"),
		1);
}

static void names_that_a_filter_would_take_apart_are_renamed(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, ",\"project\":\"my \\\"big\\\" \\\\ plan\"");
	add(fixture, ",\"project\":\"other\"");
	change(fixture, "project.rename", "\"from\":\"my \\\"big\\\" \\\\ plan\",\"to\":\"plan\"");
	assert_int_equal(count(fixture, "project:plan"), 1);
	assert_int_equal(count(fixture, "project:other"), 1);
}

static void a_project_below_itself_is_no_loop(void **state)
{
	struct fixture *fixture = *state;

	add_tasks(fixture);
	change(fixture, "project.rename", "\"from\":\"home\",\"to\":\"home.home\"");
	assert_int_equal(count(fixture, "status:all project:home.home"), 3);
	assert_int_equal(count(fixture, "status:all project:home.home.home"), 0);
	change(fixture, "project.rename", "\"from\":\"home.home\",\"to\":\"home\"");
	assert_int_equal(count(fixture, "status:all project:home.garden"), 2);
}

static void two_names_become_one(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add_tasks(fixture);
	result = call_done(fixture, "tag.rename", "{\"from\":\"b\",\"to\":\"a\"}");
	assert_int_equal(integer_at(result, "count"), 3);
	json_decref(result);
	assert_int_equal(count(fixture, "status:all +b"), 0);
	assert_int_equal(count(fixture, "+a"), 2);
	result = call_done(fixture, "task.get", "{\"id\":1}");
	assert_int_equal(json_array_size(json_object_get(json_object_get(result, "task"), "tags")), 1);
	json_decref(result);
	change(fixture, "project.rename", "\"from\":\"work\",\"to\":\"home\"");
	assert_int_equal(count(fixture, "status:all project:home"), 5);
}

static void run_sql(struct fixture *fixture, const char *sql)
{
	assert_int_equal(db_run(db_query_text(fixture->db, "test", sql, NULL), NULL), ERROR_NONE);
}

/* In a filter +READY asks for what can be begun. No task is given such a tag now; some may have one of old. */
static void a_tag_may_be_called_like_a_virtual_one(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, ",\"tags\":[\"rready\"],\"wait\":\"2027-01-01T00:00:00Z\"");
	add(fixture, "");
	run_sql(fixture, "UPDATE task SET tags = 'READY' WHERE tags = 'rready'");
	run_sql(fixture, "UPDATE task_label SET label = '+READY' WHERE label = '+rready'");
	assert_int_equal(count(fixture, "status:all tags:READY"), 1);
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "tag.rename", "{\"from\":\"READY\",\"to\":\"DUE\"}");
	result = call_done(fixture, "tag.rename", "{\"from\":\"READY\",\"to\":\"soon\"}");
	assert_int_equal(integer_at(result, "count"), 1);
	assert_string_equal(text_at(result, "tasks.0.tags.0"), "soon");
	json_decref(result);
}

static void a_series_gets_the_new_name_too(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, HOME ",\"due\":\"2026-11-24\",\"recur\":\"daily\"");
	result = call_done(fixture, "project.rename", "{\"from\":\"home\",\"to\":\"house\"}");
	assert_int_equal(integer_at(result, "count"), 2);
	json_decref(result);
	assert_int_equal(fixture_query(fixture,
				 "SELECT count(*) AS value FROM task WHERE status = 'recurring' AND project = 'house'"),
		1);
}

static void a_dry_run_renames_nothing(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;
	int64_t revision;

	add_tasks(fixture);
	result = call_done(fixture, "project.rename", "{\"from\":\"home\",\"to\":\"house\",\"dry_run\":true}");
	assert_int_equal(integer_at(result, "count"), 3);
	assert_string_equal(text_at(result, "tasks.0.project"), "house");
	revision = integer_at(result, "revision");
	json_decref(result);
	assert_int_equal(count(fixture, "status:all project:house"), 0);
	call_refused(fixture, ERROR_CONFLICT, "if_revision", "project.rename",
		"{\"from\":\"home\",\"to\":\"house\",\"if_revision\":%d}", (int)revision - 1);
	json_decref(call_done(
		fixture, "project.rename", "{\"from\":\"home\",\"to\":\"house\",\"if_revision\":%d}", (int)revision));
}

static void what_cannot_be_renamed_is_refused(void **state)
{
	struct fixture *fixture = *state;
	char name[256];

	memset(name, 'x', 250);
	name[250] = '\0';
	add_tasks(fixture);
	call_refused(fixture, ERROR_NOT_FOUND, "from", "project.rename", "{\"from\":\"hone\",\"to\":\"house\"}");
	assert_string_equal(fixture->refusal.message, "no task has the project `hone`; did you mean `home`?");
	call_refused(fixture, ERROR_NOT_FOUND, "from", "tag.rename", "{\"from\":\"unheard\",\"to\":\"a\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "project.rename", "{\"from\":\"home\",\"to\":\"home\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "project.rename", "{\"from\":\"home\",\"to\":\"a..b\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "from", "tag.rename", "{\"from\":\"a b\",\"to\":\"c\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "tag.rename", "{\"from\":\"a\",\"to\":\"\"}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "project.rename", "{\"from\":\"home\",\"to\":\"%s\"}", name);
	assert_int_equal(count(fixture, "status:all project:home"), 3);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(projects_are_counted_with_what_is_below_them),
		TEST(tags_are_counted),
		TEST(a_filter_that_finds_all_gives_the_same),
		TEST(names_alone_are_those_that_are_counted),
		TEST(ages_are_those_of_pending_tasks),
		TEST(a_filter_names_the_tasks_that_count),
		TEST(long_lists_come_in_pages),
		TEST(a_project_is_renamed_with_what_is_below_it),
		TEST(names_that_a_filter_would_take_apart_are_renamed),
		TEST(a_project_below_itself_is_no_loop),
		TEST(two_names_become_one),
		TEST(a_tag_may_be_called_like_a_virtual_one),
		TEST(a_series_gets_the_new_name_too),
		TEST(a_dry_run_renames_nothing),
		TEST(what_cannot_be_renamed_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
