/* Common filters are found along an index, and the first page of a list costs no more than the page. */
#include "fixture.h"

#include "common/cleanup.h"
#include "store/db_values.h"
#include "store/task_plan.h"
#include "store/task_query.h"

#include <inttypes.h>

#define MANY "5000" /* more than may be sorted for a page */

static const struct filter *parse(struct fixture *fixture, const char *text)
{
	const struct filter_context context = { .now = FIXTURE_NOW };
	const struct filter *filter = NULL;

	if (filter_parse(text, strlen(text), &context, &fixture->arena, &filter, &fixture->refusal))
		fail_msg("%s: %s", text, fixture->refusal.message);
	return filter;
}

static struct task_plan plan_of(struct fixture *fixture, const char *text, enum task_plan_want want)
{
	struct task_plan plan;

	assert_done(task_plan_make(fixture->db, ANN, FIXTURE_NOW, parse(fixture, text), want, &fixture->arena, &plan));
	return plan;
}

/* What SQLite says that it does for the first part of a plan, line for line. */
static const char *explain(struct fixture *fixture, const struct task_plan *plan)
{
	static const char *const columns[] = { "id", "parent", "notused", "detail", NULL };
	const char *details = "";
	struct db_values values;
	struct buffer sql;
	struct db_query *query;
	enum error error = ERROR_NONE;

	db_values_init(&values, &fixture->arena);
	(void)db_values_add_int64(&values, ANN);
	(void)db_values_reserve(&values);
	buffer_init(&sql);
	buffer_printf(&sql, "EXPLAIN QUERY PLAN SELECT %s AS id, task.note", task_plan_id(plan));
	task_plan_write_source(plan, plan->parts[0], &values, &sql);
	buffer_append_text(&sql, plan->way == TASK_PLAN_BY_IDS ? "" : " ORDER BY id LIMIT 100");
	query = db_query_text(fixture->db, "test", buffer_text(&sql), columns);
	db_values_bind(&values, query);
	db_bind_int64(query, 2, 0);
	while (db_next(query, &error))
		details = arena_printf(&fixture->arena, "%s%s\n", details, db_text(query, 3, NULL));
	assert_done(error);
	db_finish(query);
	buffer_deinit(&sql);
	return details;
}

static void expect_line(const char *text, const char *details, const char *line)
{
	if (!strstr(details, line))
		fail_msg("`%s` is not answered by %s but by:\n%s", text, line, details);
}

static void expect_no_line(const char *text, const char *details, const char *line)
{
	if (strstr(details, line))
		fail_msg("`%s` is answered by %s:\n%s", text, line, details);
}

static void run_sql(struct fixture *fixture, const char *sql)
{
	assert_done(db_run(db_query_text(fixture->db, "test", sql, NULL), NULL));
}

/* Pending tasks with this due date, from an id on. */
static void add_many(struct fixture *fixture, int64_t first_id, int64_t due)
{
	run_sql(fixture,
		arena_printf(&fixture->arena,
			"INSERT INTO task (account_id, id, uuid, title, status, tags, priority, due, created, modified,"
			" version)"
			" WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " MANY ")"
			" SELECT 1, %" PRId64 " + i, printf('%%036d', %" PRId64 " + i), 'x', 'pending', '', 0, %" PRId64
			", 0, 0, 1 FROM n",
			first_id, first_id, due));
}

#define STATUS_INDEX     "task_by_status (account_id=? AND status=? AND id>?)"
#define MARK_INDEX(name) "task_with_" name " (account_id=? AND status=? AND id>?)"
#define DUE_INDEX        "task_by_due (account_id=? AND status=? AND due"

static void common_filters_are_served_by_an_index(void **state)
{
	static const struct {
		const char *text;
		const char *index;
	} rows[] = {
		{ "", STATUS_INDEX },
		{ "status:pending", STATUS_INDEX },
		{ "+PENDING", STATUS_INDEX },
		{ "status:waiting", "task_by_status_with_wait (account_id=? AND status=? AND id>?)" },
		{ "status:completed", STATUS_INDEX },
		{ "+DELETED", STATUS_INDEX },
		{ "+TEMPLATE", STATUS_INDEX },
		{ "status:completed or status:deleted", STATUS_INDEX },
		{ "status.isnt:completed", STATUS_INDEX },
		{ "status:all", "sqlite_autoindex_task_1 (account_id=? AND id>?)" },
		{ "+shop", "SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=? AND task_id>?)" },
		{ "project:home",
			"SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=? AND task_id>?)" },
		{ "project:", "SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=? AND task_id>?)" },
		{ "+shop /milk/ pri:H", "SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=?" },
		{ "-shop", STATUS_INDEX },
		{ "+READY", STATUS_INDEX },
		{ "-BLOCKED", STATUS_INDEX },
		{ "+BLOCKED", MARK_INDEX("blockers") },
		{ "+BLOCKED pri:H", MARK_INDEX("blockers") },
		{ "+BLOCKING", MARK_INDEX("dependents") },
		{ "+PARENT", MARK_INDEX("children") },
		{ "+PARENT status:completed", MARK_INDEX("children") },
		{ "+CHILD", MARK_INDEX("parent") },
		{ "+SCHEDULED", MARK_INDEX("scheduled") },
		{ "+SCHEDULED status:all", MARK_INDEX("scheduled") },
		{ "scheduled<=today", MARK_INDEX("scheduled") },
		{ "scheduled:", STATUS_INDEX },
		{ "+UNTIL", MARK_INDEX("until") },
		{ "until.before:eow", MARK_INDEX("until") },
		{ "+ANNOTATED", MARK_INDEX("annotations") },
		{ "+a or +b", "SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=?" },
		{ "+a or due:tomorrow /x/", DUE_INDEX },
		{ "+a or due:tomorrow", "SEARCH task USING INTEGER PRIMARY KEY (rowid=?)" },
		{ "+a or /x/", STATUS_INDEX },
		{ "+a or (+b priority:H)", "SEARCH found USING PRIMARY KEY (account_id=? AND label=? AND status=?" },
		{ "not (+a xor project:x)", STATUS_INDEX },
		{ "/milk/", STATUS_INDEX },
		{ "priority:H", "task_by_priority (account_id=? AND status=? AND priority=? AND id>?)" },
		{ "priority:", STATUS_INDEX },
		{ "+OVERDUE", DUE_INDEX },
		{ "+DUE", DUE_INDEX },
		{ "+TODAY", DUE_INDEX },
		{ "+TOMORROW", DUE_INDEX },
		{ "+WEEK", DUE_INDEX },
		{ "+MONTH", DUE_INDEX },
		{ "+YEAR", DUE_INDEX },
		{ "due:tomorrow", DUE_INDEX },
		{ "due.before:eow", DUE_INDEX },
		{ "due>tomorrow /x/", DUE_INDEX },
		{ "due<eow status:completed", DUE_INDEX },
		{ "due:now", DUE_INDEX },
		{ "+ACTIVE", "task_by_started (account_id=?" },
		{ "start.any:", "task_by_started (account_id=?" },
		{ "parent:3", "task_by_parent (account_id=? AND parent=? AND id>?)" },
		{ "series:3 status:all", "task_by_series (account_id=? AND series=?)" },
		{ "depends:3", "task_dependency_by_on (account_id=? AND on_id=? AND task_id>?)" },
		{ "3-7,9", "sqlite_autoindex_task_1 (account_id=? AND id=?)" },
		{ "+LATEST", "sqlite_autoindex_task_1 (account_id=? AND id=?)" },
		{ "3 or 5", "sqlite_autoindex_task_1 (account_id=? AND id=?)" },
		{ "(3-7 or 9) and +shop", "sqlite_autoindex_task_1 (account_id=? AND id=?)" },
		{ "uuid:6f1cdead", "sqlite_autoindex_task_1 (account_id=? AND id=?)" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct task_plan plan = plan_of(fixture, rows[i].text, TASK_PLAN_PAGE);
		const char *details = explain(fixture, &plan);

		expect_line(rows[i].text, details, rows[i].index);
		expect_no_line(rows[i].text, details, "SCAN task");
		if (plan.way < TASK_PLAN_BY_DUE)
			expect_no_line(rows[i].text, details, "B-TREE");
	}
}

static void conditions_look_up_other_tables_by_their_keys(void **state)
{
	struct fixture *fixture = *state;
	struct task_plan plan = plan_of(fixture, "depends:3-5 or parent:4", TASK_PLAN_PAGE);
	const char *details = explain(fixture, &plan);

	expect_line("depends:3-5", details, "SEARCH task_dependency USING PRIMARY KEY (account_id=? AND task_id=?)");
}

/* Sorting thousands of tasks for a hundred would cost more than passing over some. */
static void what_is_common_is_not_sorted(void **state)
{
	struct fixture *fixture = *state;

	add_many(fixture, 1, FIXTURE_NOW - 100);
	add_many(fixture, 10001, FIXTURE_NOW + INT64_C(2592000));
	assert_int_equal(plan_of(fixture, "+OVERDUE", TASK_PLAN_PAGE).way, TASK_PLAN_BY_STATUS);
	assert_int_equal(plan_of(fixture, "+OVERDUE", TASK_PLAN_ALL).way, TASK_PLAN_BY_DUE);
	assert_int_equal(plan_of(fixture, "+OVERDUE +TODAY", TASK_PLAN_PAGE).way, TASK_PLAN_BY_STATUS);
	assert_int_equal(plan_of(fixture, "due:tomorrow", TASK_PLAN_PAGE).way, TASK_PLAN_BY_DUE);
	assert_int_equal(plan_of(fixture, "+OVERDUE +shop", TASK_PLAN_PAGE).way, TASK_PLAN_BY_LABEL);
	assert_int_equal(plan_of(fixture, "due:tomorrow +OVERDUE", TASK_PLAN_PAGE).way, TASK_PLAN_BY_DUE);
	assert_int_equal(plan_of(fixture, "+OVERDUE or +shop", TASK_PLAN_PAGE).way, TASK_PLAN_BY_STATUS);
	assert_int_equal(plan_of(fixture, "due:tomorrow or +shop", TASK_PLAN_PAGE).way, TASK_PLAN_BY_BRANCHES);
	assert_int_equal(
		plan_of(fixture, "+OVERDUE (due:tomorrow or +shop)", TASK_PLAN_PAGE).way, TASK_PLAN_BY_BRANCHES);
}

static void nothing_is_asked_where_nothing_can_be_found(void **state)
{
	static const char *const texts[] = { "status:pending status:completed", "+OVERDUE status:deleted",
		"+COMPLETED not status.isnt:deleted" };

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		assert_int_equal(plan_of(*state, texts[i], TASK_PLAN_PAGE).part_count, 0);
}

/* --- limits --- */

static enum error count(struct fixture *fixture, const char *text, int64_t *ret_count)
{
	const struct task_query query = { .account_id = ANN, .now = FIXTURE_NOW, .filter = parse(fixture, text) };

	return task_query_count(fixture->db, &query, &fixture->arena, ret_count);
}

static void expect_count(struct fixture *fixture, const char *text, int64_t expected)
{
	int64_t found = -1;

	if (count(fixture, text, &found) || found != expected)
		fail_msg("`%.60s…` finds %" PRId64 " tasks instead of %" PRId64, text, found, expected);
}

static const char *repeat(struct fixture *fixture, const char *text, size_t times)
{
	struct buffer repeated;
	const char *copy;

	buffer_init(&repeated);
	for (size_t i = 0; i < times; i++)
		buffer_append_text(&repeated, text);
	copy = arena_strndup(&fixture->arena, repeated.data, repeated.length);
	buffer_deinit(&repeated);
	return copy;
}

static const char *deep(struct fixture *fixture, const char *inmost, size_t depth)
{
	return arena_printf(&fixture->arena, "%s%s%s", repeat(fixture, "+a or +b xor -c and not (", depth), inmost,
		repeat(fixture, ")", depth));
}

/* What the parser lets through, SQL takes: the deepest, the longest, the most of each. */
static void the_largest_filters_can_be_asked(void **state)
{
	struct fixture *fixture = *state;
	struct task task = task_empty;

	(void)fixture_add_task(fixture, ANN, &task);
	for (size_t depth = 1; depth <= FILTER_DEPTH_LIMIT; depth++) {
		expect_count(fixture, deep(fixture, "depends:4-5", depth),
			depth % 2 ? 1 : 0); /* each `not` turns it round */
		expect_count(fixture, deep(fixture, "urgency:5", depth), depth % 2 ? 1 : 0);
	}
	expect_count(fixture, repeat(fixture, "-a ", 256), 1);
	expect_count(fixture, arena_printf(&fixture->arena, "%s-a", repeat(fixture, "-a xor ", 255)), 0);
	expect_count(fixture, repeat(fixture, "+READY ", 100), 1);
	expect_count(fixture, repeat(fixture, "-READY ", 100), 0);
	expect_count(fixture, repeat(fixture, "urgency!=5 ", 256), 1);
	expect_count(fixture, repeat(fixture, "not /x/ ", 150), 1);
	expect_count(fixture,
		arena_printf(&fixture->arena, "%s+a", repeat(fixture, "due<tomorrow or status:all or ", 100)), 1);
}

static void many_different_values_can_be_asked(void **state)
{
	struct fixture *fixture = *state;
	struct task task = task_empty;
	struct buffer text;

	task.version = 1;
	(void)fixture_add_task(fixture, ANN, &task);
	buffer_init(&text);
	for (int i = 0; i < 250; i++)
		buffer_printf(&text, "%sversion:%d", i ? " or " : "", i);
	expect_count(fixture, buffer_text(&text), 1);
	buffer_deinit(&text);
}

static void a_regular_expression_cannot_run_away(void **state)
{
	struct fixture *fixture = *state;
	struct task task = task_empty;
	int64_t found;

	task.title = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
	(void)fixture_add_task(fixture, ANN, &task);
	assert_int_equal(count(fixture, "title.regex:'(a+)+$'", &found), ERROR_DEADLINE);
	expect_count(fixture, "title.regex:'^a+b$'", 1);
	expect_count(fixture, "title.regex:'^a+$'", 0);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(common_filters_are_served_by_an_index),
		TEST(conditions_look_up_other_tables_by_their_keys),
		TEST(what_is_common_is_not_sorted),
		TEST(nothing_is_asked_where_nothing_can_be_found),
		TEST(the_largest_filters_can_be_asked),
		TEST(many_different_values_can_be_asked),
		TEST(a_regular_expression_cannot_run_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
