/* Changing tasks: selections, all or nothing, conflicts, and what the history keeps of it. */
#include "fixture.h"
#include "store/history_store.h"

static void add(struct fixture *fixture, int number, const char *more)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"%s}", more));
}

static json_t *get(struct fixture *fixture, int id)
{
	return call_done(fixture, "task.get", "{\"id\":%d}", id);
}

static int64_t count(struct fixture *fixture, const char *filter)
{
	json_t *result = call_done(fixture, "task.count", "{\"filter\":\"%s\"}", filter);
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

/* Change, and give the count that it answered. */
#define change(fixture, method, ...) take_count(call_done(fixture, method, __VA_ARGS__))

static int64_t take_count(json_t *result)
{
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

/* --- the history --- */

struct entries {
	json_t *list;
};

static enum error on_entry(void *context, const struct history_entry *entry)
{
	struct entries *entries = context;
	json_t *row = json_pack("{s:I,s:I,s:s,s:s,s:I,s:o,s:o}", "revision", (json_int_t)entry->revision, "step",
		(json_int_t)entry->step, "actor", entry->actor, "action", entry->action, "task",
		(json_int_t)entry->task_id, "before",
		entry->before ? json_loadb(entry->before, entry->before_length, 0, NULL) : json_null(), "after",
		json_loadb(entry->after, entry->after_length, 0, NULL));

	assert_non_null(row);
	return json_array_append_new(entries->list, row) ? ERROR_INTERNAL : ERROR_NONE;
}

static json_t *read_history(struct fixture *fixture, int64_t after_revision)
{
	struct entries entries = { .list = json_array() };

	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(
		history_store_each(fixture->db, fixture->who.account_id, 0, after_revision, 1000, on_entry, &entries),
		0);
	assert_int_equal(db_commit(fixture->db), 0);
	return entries.list;
}

static void assert_json(const json_t *json, const char *member, const char *expected)
{
	char *text = json_dumps(json_object_get(json, member), JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	assert_string_equal(text, expected);
	free(text);
}

static void every_change_leaves_one_entry_of_what_changed(void **state)
{
	struct fixture *fixture = *state;
	json_t *added = call_done(fixture, "task.add", "{\"title\":\"x\",\"project\":\"p\",\"tags\":[\"b\",\"a\"]}");
	json_t *history;

	assert_int_equal(change(fixture, "task.modify",
				 "{\"id\":1,\"title\":\"y\",\"project\":null,\"priority\":\"L\",\"add_tags\":[\"c\"],"
				 "\"due\":\"2026-11-24T00:00:00Z\"}"),
		1);
	assert_int_equal(change(fixture, "task.done", "{\"id\":1}"), 1);
	history = read_history(fixture, 0);
	assert_int_equal(json_array_size(history), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(integer_at(json_array_get(history, i), "revision"), (int64_t)i + 1);
		assert_int_equal(integer_at(json_array_get(history, i), "step"), (int64_t)i + 1);
		assert_int_equal(integer_at(json_array_get(history, i), "task"), 1);
		assert_string_equal(text_at(json_array_get(history, i), "actor"), fixture->who.session_id);
	}
	assert_string_equal(text_at(history, "0.action"), "add");
	assert_json(json_array_get(history, 0), "before", "null");
	assert_string_equal(text_at(history, "0.after.uuid"), text_at(added, "task.uuid"));
	assert_string_equal(text_at(history, "0.after.status"), "pending");
	assert_string_equal(text_at(history, "0.after.tags.1"), "b");
	assert_false(has_member(history, "0.after.due"));
	assert_string_equal(text_at(history, "1.action"), "modify");
	assert_json(json_array_get(history, 1), "before",
		"{\"due\":null,\"priority\":null,\"project\":\"p\",\"tags\":[\"a\",\"b\"],\"title\":\"x\"}");
	assert_json(json_array_get(history, 1), "after",
		"{\"due\":\"2026-11-24T00:00:00Z\",\"priority\":\"L\",\"project\":null,\"tags\":[\"a\",\"b\",\"c\"],"
		"\"title\":\"y\"}");
	assert_string_equal(text_at(history, "2.action"), "done");
	assert_json(json_array_get(history, 2), "before", "{\"completed\":null,\"status\":\"pending\"}");
	assert_json(json_array_get(history, 2), "after",
		"{\"completed\":\"2026-11-23T14:00:00Z\",\"status\":\"completed\"}");
	json_decref(history);
	json_decref(added);
}

static void one_act_is_one_step_of_gapless_revisions(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;
	json_t *history;

	add(fixture, 3, "");
	result = call_done(fixture, "task.start", "{\"filter\":\"\"}");
	assert_int_equal(integer_at(result, "count"), 3);
	assert_int_equal(integer_at(result, "revision"), 6);
	json_decref(result);
	history = read_history(fixture, 3);
	assert_int_equal(json_array_size(history), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(integer_at(json_array_get(history, i), "revision"), (int64_t)i + 4);
		assert_int_equal(integer_at(json_array_get(history, i), "step"), 4);
		assert_int_equal(integer_at(json_array_get(history, i), "task"), (int64_t)i + 1);
	}
	json_decref(history);
}

/* --- states --- */

static void acts_follow_the_state(void **state)
{
	static const struct {
		const char *act;
		enum error error;
		const char *status; /* afterwards */
	} rows[] = {
		{ "task.stop", ERROR_CONFLICT, "pending" },
		{ "task.restore", ERROR_CONFLICT, "pending" },
		{ "task.start", ERROR_NONE, "pending" },
		{ "task.start", ERROR_CONFLICT, "pending" },
		{ "task.stop", ERROR_NONE, "pending" },
		{ "task.start", ERROR_NONE, "pending" },
		{ "task.done", ERROR_NONE, "completed" },
		{ "task.done", ERROR_CONFLICT, "completed" },
		{ "task.start", ERROR_CONFLICT, "completed" },
		{ "task.stop", ERROR_CONFLICT, "completed" },
		{ "task.delete", ERROR_NONE, "deleted" },
		{ "task.delete", ERROR_CONFLICT, "deleted" },
		{ "task.done", ERROR_CONFLICT, "deleted" },
		{ "task.restore", ERROR_NONE, "pending" },
	};
	int64_t version = 1;

	add(*state, 1, "");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		json_t *task;

		if (rows[i].error)
			call_refused(*state, rows[i].error, "id", rows[i].act, "{\"id\":1}");
		else
			assert_int_equal(change(*state, rows[i].act, "{\"id\":1}"), 1);
		version += rows[i].error == ERROR_NONE;
		task = get(*state, 1);
		assert_string_equal(text_at(task, "task.status"), rows[i].status);
		assert_int_equal(integer_at(task, "task.version"), version);
		json_decref(task);
	}
}

static void answer_shows_the_tasks_as_they_are_now(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;
	json_t *task;

	add(fixture, 1, "");
	fixture->now += 5;
	result = call_done(fixture, "task.start", "{\"id\":1}");
	assert_string_equal(text_at(result, "tasks.0.started"), "2026-11-23T14:00:05Z");
	assert_string_equal(text_at(result, "tasks.0.modified"), "2026-11-23T14:00:05Z");
	assert_int_equal(integer_at(result, "tasks.0.version"), 2);
	assert_int_equal(integer_at(result, "revision"), 2);
	task = get(fixture, 1);
	assert_true(json_equal(json_object_get(task, "task"), json_array_get(json_object_get(result, "tasks"), 0)));
	json_decref(task);
	json_decref(result);
}

/* --- fields --- */

static void null_clears_and_absent_leaves(void **state)
{
	json_t *task;

	add(*state, 1,
		",\"note\":\"n\",\"project\":\"p\",\"tags\":[\"a\"],\"priority\":\"M\",\"due\":\"2026-11-24T00:00:"
		"00Z\","
		"\"wait\":\"2026-11-24T00:00:00Z\"");
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"title\":\"t\"}"), 1);
	task = get(*state, 1);
	assert_string_equal(text_at(task, "task.note"), "n");
	assert_string_equal(text_at(task, "task.priority"), "M");
	assert_string_equal(text_at(task, "task.tags.0"), "a");
	json_decref(task);
	assert_int_equal(change(*state, "task.modify",
				 "{\"id\":1,\"note\":null,\"project\":null,\"tags\":null,\"priority\":null,"
				 "\"due\":null,\"wait\":null}"),
		1);
	task = get(*state, 1);
	assert_string_equal(text_at(task, "task.title"), "t");
	assert_int_equal(json_object_size(json_object_get(task, "task")), 9);
	assert_false(has_member(task, "task.tags.0"));
	json_decref(task);
	call_refused(*state, ERROR_INVALID_PARAMS, "title", "task.modify", "{\"id\":1,\"title\":null}");
}

static void tags_replace_add_and_remove(void **state)
{
	json_t *task;

	add(*state, 1, ",\"tags\":[\"a\",\"b\"]");
	assert_int_equal(
		change(*state, "task.modify", "{\"id\":1,\"add_tags\":[\"c\",\"a\"],\"remove_tags\":[\"b\",\"x\"]}"),
		1);
	task = get(*state, 1);
	assert_json(json_object_get(task, "task"), "tags", "[\"a\",\"c\"]");
	json_decref(task);
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"tags\":[\"z\",\"y\"]}"), 1);
	task = get(*state, 1);
	assert_json(json_object_get(task, "task"), "tags", "[\"y\",\"z\"]");
	json_decref(task);
	call_refused(*state, ERROR_INVALID_PARAMS, "tags", "task.modify",
		"{\"id\":1,\"tags\":[\"q\"],\"add_tags\":[\"r\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "tags", "task.modify",
		"{\"id\":1,\"tags\":null,\"remove_tags\":[\"r\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "remove_tags", "task.modify",
		"{\"id\":1,\"add_tags\":[\"r\"],\"remove_tags\":[\"r\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "add_tags", "task.modify", "{\"id\":1,\"add_tags\":[\"a b\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "add_tags", "task.modify", "{\"id\":1,\"add_tags\":[\"DUE\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "tags", "task.modify", "{\"id\":1,\"tags\":[\"y\",\"DUE\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "tags", "task.add", "{\"title\":\"x\",\"tags\":[\"DUE\"]}");
}

static void number_of_tags_is_limited(void **state)
{
	struct buffer tags;

	buffer_init(&tags);
	for (int i = 0; i < 64; i++)
		buffer_printf(&tags, "%s\"t%d\"", i ? "," : "", i);
	add(*state, 1, "");
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"tags\":[%s]}", buffer_text(&tags)), 1);
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"add_tags\":[\"t5\"]}"), 1);
	call_refused(*state, ERROR_INVALID_PARAMS, "add_tags", "task.modify", "{\"id\":1,\"add_tags\":[\"more\"]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "tags", "task.add", "{\"title\":\"x\",\"tags\":[%s,\"more\"]}",
		buffer_text(&tags));
	buffer_deinit(&tags);
}

/* Urgency goes with the clock, whatever becomes of a task. */
static void expect_same_but_urgency(json_t *before, json_t *after)
{
	(void)json_object_del(before, "urgency");
	(void)json_object_del(after, "urgency");
	assert_true(json_equal(before, after));
}

static void change_of_nothing_counts_but_writes_nothing(void **state)
{
	struct fixture *fixture = *state;
	json_t *before;
	json_t *result;

	add(fixture, 1, ",\"tags\":[\"a\"],\"due\":\"2026-11-24T00:00:00Z\"");
	before = get(fixture, 1);
	fixture->now += 60;
	result = call_done(fixture, "task.modify",
		"{\"id\":1,\"title\":\"task\",\"tags\":[\"a\",\"a\"],\"note\":null,\"due\":\"2026-11-24T01:00:00+01:"
		"00\"}");
	assert_int_equal(integer_at(result, "count"), 1);
	assert_int_equal(integer_at(result, "revision"), 1);
	expect_same_but_urgency(json_object_get(before, "task"), json_array_get(json_object_get(result, "tasks"), 0));
	json_decref(result);
	result = get(fixture, 1);
	expect_same_but_urgency(json_object_get(before, "task"), json_object_get(result, "task"));
	json_decref(result);
	json_decref(before);
	call_refused(fixture, ERROR_INVALID_PARAMS, "title", "task.modify", "{\"id\":1}");
	call_refused(fixture, ERROR_INVALID_PARAMS, "add_tags", "task.modify", "{\"id\":1,\"add_tags\":[]}");
}

static void only_what_changed_is_written_and_recorded(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;
	json_t *history;

	add(fixture, 1, ",\"priority\":\"H\"");
	add(fixture, 1, "");
	add(fixture, 1, ",\"priority\":\"H\"");
	result = call_done(fixture, "task.modify", "{\"filter\":\"\",\"priority\":\"H\"}");
	assert_int_equal(integer_at(result, "count"), 3);
	assert_int_equal(integer_at(result, "revision"), 4);
	assert_int_equal(integer_at(result, "tasks.0.version"), 1);
	assert_int_equal(integer_at(result, "tasks.1.version"), 2);
	json_decref(result);
	history = read_history(fixture, 3);
	assert_int_equal(json_array_size(history), 1);
	assert_int_equal(integer_at(history, "0.task"), 2);
	json_decref(history);
}

/* --- selections --- */

static void exactly_one_way_of_selecting(void **state)
{
	add(*state, 1, "");
	call_refused(*state, ERROR_INVALID_PARAMS, "id", "task.done", "{}");
	call_refused(*state, ERROR_INVALID_PARAMS, "id", "task.done", "{\"id\":1,\"filter\":\"\"}");
	call_refused(*state, ERROR_INVALID_PARAMS, "id", "task.done", "{\"id\":1,\"ids\":[1]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "ids", "task.done", "{\"ids\":[]}");
	call_refused(*state, ERROR_INVALID_PARAMS, "filter", "task.done", "{\"filter\":\"nonsense\"}");
	assert_int_equal(count(*state, ""), 1);
}

static void ids_are_all_or_nothing(void **state)
{
	add(*state, 3, "");
	call_refused(*state, ERROR_NOT_FOUND, "ids", "task.done", "{\"ids\":[1,2,99]}");
	assert_int_equal(count(*state, ""), 3);
	assert_int_equal(change(*state, "task.done", "{\"id\":3}"), 1);
	call_refused(*state, ERROR_CONFLICT, "ids", "task.done", "{\"ids\":[1,2,3]}");
	assert_int_equal(count(*state, ""), 2);
	call_refused(*state, ERROR_INVALID_PARAMS, "ids", "task.done", "{\"ids\":[1,\"x\"]}");
	assert_int_equal(change(*state, "task.done", "{\"ids\":[2,1]}"), 2);
	assert_int_equal(count(*state, ""), 0);
}

static void task_named_twice_is_changed_once(void **state)
{
	json_t *task;

	add(*state, 1, "");
	task = get(*state, 1);
	assert_int_equal(change(*state, "task.start", "{\"ids\":[1,\"1\",\"%s\",\"%.8s\"]}", text_at(task, "task.uuid"),
				 text_at(task, "task.uuid")),
		1);
	json_decref(task);
	task = get(*state, 1);
	assert_int_equal(integer_at(task, "task.version"), 2);
	json_decref(task);
}

static void filter_passes_over_what_the_act_does_not_fit(void **state)
{
	add(*state, 4, "");
	assert_int_equal(change(*state, "task.done", "{\"id\":2}"), 1);
	assert_int_equal(change(*state, "task.start", "{\"id\":3}"), 1);
	assert_int_equal(change(*state, "task.start", "{\"filter\":\"status:all\"}"), 2);
	assert_int_equal(change(*state, "task.done", "{\"filter\":\"1-4\"}"), 3);
	assert_int_equal(change(*state, "task.done", "{\"filter\":\"+none\"}"), 0);
	assert_int_equal(count(*state, "status:completed"), 4);
}

static void tasks_of_others_are_out_of_reach(void **state)
{
	struct fixture *fixture = *state;

	add(fixture, 1, "");
	fixture_become(fixture, 2);
	call_refused(fixture, ERROR_NOT_FOUND, "id", "task.delete", "{\"id\":1}");
	call_refused(fixture, ERROR_NOT_FOUND, "ids", "task.delete", "{\"ids\":[1]}");
	assert_int_equal(change(fixture, "task.delete", "{\"filter\":\"status:all\"}"), 0);
	fixture_become(fixture, 1);
	assert_int_equal(count(fixture, ""), 1);
}

/* --- conflicts and rehearsals --- */

static void stale_version_is_a_conflict(void **state)
{
	add(*state, 1, "");
	assert_int_equal(change(*state, "task.modify", "{\"id\":1,\"title\":\"a\",\"if_version\":1}"), 1);
	call_refused(
		*state, ERROR_CONFLICT, "if_version", "task.modify", "{\"id\":1,\"title\":\"b\",\"if_version\":1}");
	call_refused(*state, ERROR_CONFLICT, "if_version", "task.done", "{\"id\":1,\"if_version\":3}");
	call_refused(*state, ERROR_INVALID_PARAMS, "if_version", "task.done", "{\"ids\":[1],\"if_version\":2}");
	assert_int_equal(change(*state, "task.done", "{\"id\":1,\"if_version\":2}"), 1);
}

static void dry_run_rehearses_and_its_revision_guards_the_show(void **state)
{
	struct fixture *fixture = *state;
	json_t *rehearsal;

	add(fixture, 2, "");
	rehearsal = call_done(fixture, "task.done", "{\"filter\":\"\",\"dry_run\":true}");
	assert_int_equal(integer_at(rehearsal, "count"), 2);
	assert_int_equal(integer_at(rehearsal, "revision"), 2);
	assert_string_equal(text_at(rehearsal, "tasks.1.status"), "completed");
	json_decref(rehearsal);
	assert_int_equal(count(fixture, ""), 2);
	add(fixture, 1, "");
	call_refused(fixture, ERROR_CONFLICT, "if_revision", "task.done", "{\"filter\":\"\",\"if_revision\":2}");
	assert_int_equal(count(fixture, ""), 3);
	assert_int_equal(change(fixture, "task.done", "{\"filter\":\"\",\"if_revision\":3}"), 3);
}

/* --- many --- */

static void bulk_change_leaves_the_loop_before_it_writes(void **state)
{
	struct fixture *fixture = *state;
	json_t *result;

	add(fixture, 450, "");
	fixture->place = REQUEST_ON_LOOP;
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"filter\":\"\"}");
	assert_true(fixture->was_deferred);
	assert_int_equal(count(fixture, ""), 450);
	assert_int_equal(change(fixture, "task.start", "{\"filter\":\"1-200\"}"), 200);
	fixture->place = REQUEST_IN_POOL;
	result = call_done(fixture, "task.done", "{\"filter\":\"\"}");
	assert_int_equal(integer_at(result, "count"), 450);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 100);
	assert_int_equal(integer_at(result, "tasks.99.id"), 100);
	assert_int_equal(integer_at(result, "revision"), 450 + 200 + 450);
	assert_int_equal(fixture_query(fixture, "SELECT MIN(step) AS value FROM history WHERE action = 'done'"), 651);
	assert_int_equal(fixture_query(fixture, "SELECT MAX(step) AS value FROM history WHERE action = 'done'"), 651);
	assert_int_equal(count(fixture, "status:completed"), 450);
	json_decref(result);
}

static void many_ids_leave_the_loop_too(void **state)
{
	struct fixture *fixture = *state;
	struct buffer ids;

	buffer_init(&ids);
	for (int i = 0; i < 201; i++)
		buffer_printf(&ids, "%s%d", i ? "," : "", i + 1);
	add(fixture, 200, "");
	/* Before the first of them is looked up: that the last is missing is found out in the pool. */
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"ids\":[%s]}", buffer_text(&ids));
	assert_true(fixture->was_deferred);
	add(fixture, 1, "");
	fixture->place = REQUEST_IN_POOL;
	assert_int_equal(change(fixture, "task.done", "{\"ids\":[%s]}", buffer_text(&ids)), 201);
	buffer_deinit(&ids);
}

static void batch_of_long_notes_is_limited_in_bytes(void **state)
{
	struct fixture *fixture = *state;
	char note[200 * 1024 + 1];
	json_t *result;

	memset(note, 'n', sizeof(note) - 1);
	note[sizeof(note) - 1] = '\0';
	for (int i = 0; i < 40; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"long\",\"note\":\"%s\"}", note));
	call_refused(fixture, ERROR_UNAVAILABLE, NULL, "task.done", "{\"filter\":\"\"}");
	assert_true(fixture->was_deferred);
	fixture->place = REQUEST_IN_POOL;
	result = call_done(fixture, "task.done", "{\"filter\":\"\"}");
	assert_int_equal(integer_at(result, "count"), 40);
	assert_int_equal(json_array_size(json_object_get(result, "tasks")), 3); /* of 200 KiB: 512 KiB are full */
	assert_int_equal(count(fixture, "status:completed"), 40);
	json_decref(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_change_leaves_one_entry_of_what_changed, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			one_act_is_one_step_of_gapless_revisions, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(acts_follow_the_state, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			answer_shows_the_tasks_as_they_are_now, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(null_clears_and_absent_leaves, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(tags_replace_add_and_remove, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(number_of_tags_is_limited, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			change_of_nothing_counts_but_writes_nothing, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			only_what_changed_is_written_and_recorded, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(exactly_one_way_of_selecting, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(ids_are_all_or_nothing, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(task_named_twice_is_changed_once, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			filter_passes_over_what_the_act_does_not_fit, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(tasks_of_others_are_out_of_reach, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(stale_version_is_a_conflict, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			dry_run_rehearses_and_its_revision_guards_the_show, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			bulk_change_leaves_the_loop_before_it_writes, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(many_ids_leave_the_loop_too, fixture_set_up, fixture_tear_down),
		cmocka_unit_test_setup_teardown(
			batch_of_long_notes_is_limited_in_bytes, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
