/* task.calendar, task.burndown, task.activity, task.stats. */
#include "fixture.h"
#include "random_tasks.h"
#include "tasks/calendar.h"

#define DAY   CALENDAR_DAY_SECONDS
#define DAYS  20
#define STEPS 12 /* a day, at random */

static void add(struct fixture *fixture, const char *params)
{
	json_decref(call_done(fixture, "task.add", "{\"title\":\"one\"%s%s}", *params ? "," : "", params));
}

static void call(struct fixture *fixture, const char *method, int id)
{
	json_decref(call_done(fixture, method, "{\"id\":%d}", id));
}

/* The member of the result, as text. */
static void expect(
	struct fixture *fixture, const char *method, const char *params, const char *key, const char *expected)
{
	json_t *result = call_done(fixture, method, "{%s}", params);
	char *found = json_dumps(json_object_get(result, key), JSON_COMPACT | JSON_ENCODE_ANY);

	assert_string_equal(found ? found : "none", expected);
	free(found);
	json_decref(result);
}

/* --- task.calendar --- */

/* FIXTURE_NOW is 2026-11-23T14:00:00Z, a Monday. */
static void add_days(struct fixture *fixture)
{
	add(fixture, "\"due\":\"2026-11-23T10:00:00Z\"");
	add(fixture, "\"due\":\"2026-11-23T23:30:00Z\",\"tags\":[\"late\"]");
	add(fixture, "\"scheduled\":\"2026-11-25\",\"wait\":\"2026-11-24\"");
	add(fixture, "\"due\":\"2026-11-26\"");
	add(fixture, "\"due\":\"2026-11-26\"");
	call(fixture, "task.done", 4);
	call(fixture, "task.delete", 5);
	fixture_become(fixture, 2);
	add(fixture, "\"due\":\"2026-11-24\"");
	fixture_become(fixture, 1);
}

#define NOVEMBER "\"from\":\"2026-11-01\",\"to\":\"2026-11-30\""

static void a_calendar_says_what_falls_on_each_day(void **state)
{
	struct fixture *fixture = *state;

	add_days(fixture);
	expect(fixture, "task.calendar", NOVEMBER, "days",
		"[{\"date\":\"2026-11-23\",\"due\":2,\"overdue\":1,\"scheduled\":0,\"waiting\":0,\"done\":1},"
		"{\"date\":\"2026-11-24\",\"due\":0,\"overdue\":0,\"scheduled\":0,\"waiting\":1,\"done\":0},"
		"{\"date\":\"2026-11-25\",\"due\":0,\"overdue\":0,\"scheduled\":1,\"waiting\":0,\"done\":0}]");
	expect(fixture, "task.calendar", NOVEMBER, "from", "\"2026-11-01\"");
	expect(fixture, "task.calendar", NOVEMBER, "to", "\"2026-11-30\"");
	expect(fixture, "task.calendar", "\"from\":\"today\",\"to\":\"today\",\"timezone\":\"Asia/Tokyo\"", "days",
		"[{\"date\":\"2026-11-23\",\"due\":1,\"overdue\":1,\"scheduled\":0,\"waiting\":0,\"done\":1}]");
	expect(fixture, "task.calendar", "\"from\":\"2026-11-24\",\"to\":\"2026-11-24\",\"timezone\":\"Asia/Tokyo\"",
		"days", "[{\"date\":\"2026-11-24\",\"due\":1,\"overdue\":0,\"scheduled\":0,\"waiting\":1,\"done\":0}]");
}

/* By the rows, and by the indexes. */
static void a_filter_that_finds_all_makes_no_difference(void **state)
{
	struct fixture *fixture = *state;
	json_t *all, *filtered;

	add_days(fixture);
	all = call_done(fixture, "task.calendar", "{" NOVEMBER "}");
	filtered = call_done(fixture, "task.calendar", "{" NOVEMBER ",\"filter\":\"status:all\"}");
	assert_true(json_equal(all, filtered));
	json_decref(all);
	json_decref(filtered);
	expect(fixture, "task.calendar", NOVEMBER ",\"filter\":\"+late\"", "days",
		"[{\"date\":\"2026-11-23\",\"due\":1,\"overdue\":0,\"scheduled\":0,\"waiting\":0,\"done\":0}]");
	json_decref(call_done(fixture, "context.set", "{\"name\":\"late\",\"read_filter\":\"+late\"}"));
	expect(fixture, "task.calendar", NOVEMBER ",\"context\":\"late\"", "days",
		"[{\"date\":\"2026-11-23\",\"due\":1,\"overdue\":0,\"scheduled\":0,\"waiting\":0,\"done\":0}]");
	expect(fixture, "task.stats", "\"context\":\"late\"", "total", "1");
}

static void a_calendar_has_at_most_five_years(void **state)
{
	struct fixture *fixture = *state;

	expect(fixture, "task.calendar", "\"from\":\"2024-01-01\",\"to\":\"2028-12-31\"", "days", "[]");
	call_refused(fixture, ERROR_INVALID_PARAMS, "to", "task.calendar",
		"{\"from\":\"2024-01-01\",\"to\":\"2029-01-05\"}");
}

/* --- periods --- */

static void activity_has_every_period_of_its_span(void **state)
{
	struct fixture *fixture = *state;

	expect(fixture, "task.activity", "\"unit\":\"year\"", "periods",
		"[{\"begin\":\"2026-01-01\",\"added\":0,\"done\":0,\"deleted\":0}]");
	add(fixture, "");
	add(fixture, "\"due\":\"2026-11-30\",\"recur\":\"weekly\"");
	fixture->now += 2 * DAY;
	add(fixture, "");
	call(fixture, "task.done", 1);
	call(fixture, "task.delete", 1);
	expect(fixture, "task.activity", "\"unit\":\"day\"", "periods",
		"[{\"begin\":\"2026-11-23\",\"added\":2,\"done\":0,\"deleted\":0},"
		"{\"begin\":\"2026-11-24\",\"added\":0,\"done\":0,\"deleted\":0},"
		"{\"begin\":\"2026-11-25\",\"added\":1,\"done\":1,\"deleted\":1}]");
	/* It is 14:00 in UTC, and tomorrow where it is 13 hours later. */
	expect(fixture, "task.activity", "\"unit\":\"day\",\"periods\":1,\"timezone\":\"Pacific/Auckland\"", "periods",
		"[{\"begin\":\"2026-11-26\",\"added\":1,\"done\":1,\"deleted\":1}]");
	expect(fixture, "task.activity", "\"unit\":\"week\",\"week_start\":\"sunday\",\"periods\":2", "periods",
		"[{\"begin\":\"2026-11-15\",\"added\":0,\"done\":0,\"deleted\":0},"
		"{\"begin\":\"2026-11-22\",\"added\":3,\"done\":1,\"deleted\":1}]");
	expect(fixture, "task.activity", "\"unit\":\"month\",\"periods\":1", "periods",
		"[{\"begin\":\"2026-11-01\",\"added\":3,\"done\":1,\"deleted\":1}]");
}

static void a_burndown_tells_how_it_goes(void **state)
{
	struct fixture *fixture = *state;

	for (int i = 0; i < 6; i++)
		add(fixture, "");
	call(fixture, "task.start", 1);
	fixture->now += 2 * DAY;
	call(fixture, "task.done", 1);
	call(fixture, "task.done", 2);
	call(fixture, "task.start", 3);
	call(fixture, "task.delete", 4);
	expect(fixture, "task.burndown", "\"unit\":\"day\"", "periods",
		"[{\"begin\":\"2026-11-23\",\"pending\":5,\"started\":1,\"done\":0},"
		"{\"begin\":\"2026-11-24\",\"pending\":5,\"started\":1,\"done\":0},"
		"{\"begin\":\"2026-11-25\",\"pending\":2,\"started\":1,\"done\":2}]");
	expect(fixture, "task.burndown", "\"unit\":\"day\",\"periods\":1", "rate",
		"{\"added\":0,\"done\":2,\"deleted\":1,\"net\":-3}");
	expect(fixture, "task.burndown", "\"unit\":\"day\",\"periods\":1", "estimate", "\"2026-11-26\"");
	expect(fixture, "task.burndown", "\"unit\":\"day\"", "estimate", "none");
	expect(fixture, "task.burndown", "\"unit\":\"month\",\"filter\":\"status:completed\"", "periods",
		"[{\"begin\":\"2026-11-01\",\"pending\":0,\"started\":0,\"done\":2}]");
}

static void what_is_not_understood_is_refused(void **state)
{
	static const struct {
		const char *method, *field, *params;
	} cases[] = {
		{ "task.calendar", "from", "\"to\":\"today\"" },
		{ "task.calendar", "to", "\"from\":\"today\"" },
		{ "task.calendar", "to", "\"from\":\"today\",\"to\":\"yesterday\"" },
		{ "task.calendar", "from", "\"from\":\"somewhen\",\"to\":\"today\"" },
		{ "task.calendar", "filter", NOVEMBER ",\"filter\":\"status:wrong\"" },
		{ "task.calendar", "timezone", NOVEMBER ",\"timezone\":\"Nowhere/Land\"" },
		{ "task.burndown", "unit", "\"unit\":\"year\"" },
		{ "task.burndown", "periods", "\"unit\":\"day\",\"periods\":401" },
		{ "task.activity", "unit", "" },
		{ "task.activity", "unit", "\"unit\":\"decade\"" },
		{ "task.activity", "periods", "\"unit\":\"day\",\"periods\":0" },
		{ "task.activity", "week_start", "\"unit\":\"day\",\"week_start\":\"friday\"" },
		{ "task.stats", "filter", "\"filter\":\"(\"" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		call_refused((struct fixture *)*state, ERROR_INVALID_PARAMS, cases[i].field, cases[i].method, "{%s}",
			cases[i].params);
	call_refused((struct fixture *)*state, ERROR_NOT_FOUND, "context", "task.stats", "{\"context\":\"none\"}");
}

/* --- what was looked at when it was so --- */

struct evening {
	int64_t pending, started, done, added, deleted;
};

static int64_t count(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter);
	int64_t found = integer_at(result, "count");

	json_decref(result);
	return found;
}

/* Something that may well be refused. */
static void do_something(struct fixture *fixture, struct random_tasks *random, int64_t newest)
{
	static const char *const methods[] = { "task.start", "task.start", "task.stop", "task.done", "task.delete" };

	json_decref(fixture_call(
		fixture, methods[random_below(random, 5)], "{\"id\":%u}", 1 + random_below(random, (uint32_t)newest)));
}

static struct evening live_a_day(struct fixture *fixture, struct random_tasks *random, int64_t *newest)
{
	struct evening evening = { .deleted = -count(fixture, "status:deleted") };

	for (int i = 0; i < STEPS; i++) {
		fixture->now += random_below(random, DAY / STEPS);
		if (!*newest || random_below(random, 3) == 0) {
			add(fixture, "");
			evening.added++;
			++*newest;
		} else {
			do_something(fixture, random, *newest);
		}
	}
	evening.started = count(fixture, "status:pending +ACTIVE");
	evening.pending = count(fixture, "status:pending") - evening.started;
	evening.done = count(fixture, "status:completed");
	evening.deleted += count(fixture, "status:deleted");
	return evening;
}

static void expect_evenings(struct fixture *fixture, const struct evening *evenings)
{
	json_t *burndown = call_done(fixture, "task.burndown", "{\"unit\":\"day\",\"periods\":%d}", DAYS);
	json_t *activity = call_done(fixture, "task.activity", "{\"unit\":\"day\"}");

	assert_int_equal(json_array_size(json_object_get(activity, "periods")), DAYS);
	for (size_t i = 0; i < DAYS; i++) {
		const json_t *shown = json_array_get(json_object_get(burndown, "periods"), i);
		const json_t *acts = json_array_get(json_object_get(activity, "periods"), i);

		assert_int_equal(integer_at(shown, "pending"), evenings[i].pending);
		assert_int_equal(integer_at(shown, "started"), evenings[i].started);
		assert_int_equal(integer_at(shown, "done"), evenings[i].done);
		assert_int_equal(integer_at(acts, "added"), evenings[i].added);
		assert_int_equal(integer_at(acts, "deleted"), evenings[i].deleted);
	}
	json_decref(burndown);
	json_decref(activity);
}

static void the_past_is_as_it_was_seen_then(void **state)
{
	struct fixture *fixture = *state;
	struct evening evenings[DAYS];
	struct random_tasks random = { .state = 5 };
	int64_t midnight = FIXTURE_NOW - FIXTURE_NOW % DAY;
	int64_t newest = 0;

	for (int i = 0; i < DAYS; i++) {
		fixture->now = midnight + i * DAY;
		evenings[i] = live_a_day(fixture, &random, &newest);
	}
	expect_evenings(fixture, evenings);
}

/* --- task.stats --- */

static void stats_are_of_the_account_alone(void **state)
{
	struct fixture *fixture = *state;

	expect(fixture, "task.stats", "", "total", "0");
	expect(fixture, "task.stats", "", "oldest", "none");
	add(fixture, "\"project\":\"home\",\"tags\":[\"a\",\"b\"]");
	add(fixture, "\"depends\":[1]");
	add(fixture, "\"depends\":[2],\"wait\":\"tomorrow\"");
	add(fixture, "\"due\":\"2026-11-30\",\"recur\":\"weekly\"");
	json_decref(call_done(fixture, "task.annotate", "{\"id\":1,\"text\":\"so\"}"));
	fixture->now += 4 * DAY;
	add(fixture, "");
	expect(fixture, "task.stats", "", "total", "5");
	expect(fixture, "task.stats", "", "series", "1");
	expect(fixture, "task.stats", "", "longest_chain", "3");
	expect(fixture, "task.stats", "", "blocked", "2");
	expect(fixture, "task.stats", "", "tags", "2");
	expect(fixture, "task.stats", "", "projects", "1");
	expect(fixture, "task.stats", "", "annotations", "1");
	expect(fixture, "task.stats", "", "oldest", "\"2026-11-23T14:00:00Z\"");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "longest_chain", "2");
	expect(fixture, "task.stats", "\"filter\":\"id:2,3\"", "longest_chain", "2");
	expect(fixture, "task.stats", "\"filter\":\"id:1,3\"", "longest_chain", "0");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "average_age", "345600");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "added_per_day", "0.5");
	call(fixture, "task.done", 1);
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "done_per_day", "0.25");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "deleted_per_day", "0");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "average_completion", "345600");
	expect(fixture, "task.stats", "\"filter\":\"id:1,2\"", "longest_chain", "0");
	fixture_become(fixture, 2);
	expect(fixture, "task.stats", "", "total", "0");
}

/* What may have to look at every task leaves the loop first. */
static void long_counts_leave_the_loop(void **state)
{
	static const char *const calls[][2] = {
		{ "task.stats", "" },
		{ "task.activity", "\"unit\":\"day\"" },
		{ "task.burndown", "\"unit\":\"day\"" },
		{ "task.calendar", NOVEMBER ",\"filter\":\"+late\"" },
	};
	struct fixture *fixture = *state;

	fixture->place = REQUEST_ON_LOOP;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		json_decref(fixture_call(fixture, calls[i][0], "{%s}", calls[i][1]));
		assert_true(fixture->was_deferred);
	}
	json_decref(call_done(fixture, "task.calendar", "{" NOVEMBER "}"));
	assert_false(fixture->was_deferred);
}

static int set_up(void **state)
{
	int failed = fixture_set_up(state);

	((struct fixture *)*state)->place = REQUEST_IN_POOL;
	return failed;
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_calendar_says_what_falls_on_each_day),
		TEST(a_filter_that_finds_all_makes_no_difference),
		TEST(a_calendar_has_at_most_five_years),
		TEST(activity_has_every_period_of_its_span),
		TEST(a_burndown_tells_how_it_goes),
		TEST(what_is_not_understood_is_refused),
		TEST(the_past_is_as_it_was_seen_then),
		TEST(stats_are_of_the_account_alone),
		TEST(long_counts_leave_the_loop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
