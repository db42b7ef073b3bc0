/* Whatever is done, undone and done again in whatever order: each time every task is as it was. */
#include "common/cleanup.h"
#include "fixture.h"
#include "methods/task_edit.h"
#include "random_tasks.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

#define STATES_LIMIT 200
#define TASKS_LIMIT  200
#define SECONDS_STEP 40000 /* within a test, days pass */

/* The states that undo and redo go back and forth between, as a person would keep them on paper. */
struct model {
	struct fixture *fixture;
	struct random_tasks random;
	bool is_by_methods; /* alone: states then follow each other as they do for people */
	char *states[STATES_LIMIT];
	size_t count, at;
	int64_t versions[TASKS_LIMIT]; /* the newest that was seen of each task */
};

/* --- all that there is of the tasks --- */

#define COLUMN(number, name, type, role) COLUMN_##role(name)
#define COLUMN_GIVEN(name)
#define COLUMN_DERIVED(name)
#define COLUMN_OWN(name) " || ' ' || quote(" #name ")"

/* But for version, modified, what is waiting by the clock, and what follows from other tasks. */
static const char dump_sql[] = "SELECT coalesce(group_concat(line, char(10)), '') AS text FROM ("
			       "SELECT 'task ' || id || ' ' || uuid || ' ' || created" TASK_FIELDS(
				       COLUMN) " AS line FROM (SELECT * FROM task WHERE account_id = 1 ORDER BY id) "
					       "UNION ALL SELECT 'time ' || task_id || ' ' || started || ' ' || "
					       "stopped FROM (SELECT * FROM task_time ORDER BY task_id, started) "
					       "UNION ALL SELECT 'label ' || label || ' ' || status || ' ' || "
					       "task_id FROM (SELECT * FROM task_label ORDER BY label, task_id))";

static char *dump_rows(struct fixture *fixture)
{
	static const char *const columns[] = { "text", NULL };
	struct db_query *query;
	char *text;

	assert_int_equal(db_begin(fixture->db), 0);
	query = db_query_text(fixture->db, "test", dump_sql, columns);
	assert_int_equal(db_step_one(query), 0);
	text = strdup(db_text(query, 0, NULL));
	db_finish(query);
	db_rollback(fixture->db);
	return text;
}

/* The TASK objects without what goes on growing, which is held against what was seen before. */
static char *dump_view(struct model *model)
{
	json_t *result = call_done(model->fixture, "task.list", "{\"filter\":\"status:all\",\"limit\":1000}");
	size_t i;
	json_t *task;
	char *text;

	json_array_foreach (json_object_get(result, "tasks"), i, task) {
		int64_t *version = &model->versions[integer_at(task, "id")];

		assert_true(integer_at(task, "version") >= *version);
		*version = integer_at(task, "version");
		json_object_del(task, "version");
		json_object_del(task, "modified");
		json_object_del(task, "waiting"); /* which the clock changes, as the next */
		json_object_del(task, "urgency");
	}
	text = json_dumps(result, JSON_SORT_KEYS);
	json_decref(result);
	return text;
}

/* What task.export gives, as it is but for `modified`. */
static char *dump_export(struct fixture *fixture)
{
	static const char modified[] = "\"modified\":\"";
	enum request_place place = fixture->place;
	json_t *page;
	char *text, *at;

	fixture->place = REQUEST_IN_POOL;
	page = call_done(fixture, "task.export", "{\"format\":\"jsonl\",\"filter\":\"status:all\"}");
	fixture->place = place;
	assert_false(has_member(page, "next_cursor"));
	text = strdup(text_at(page, "text"));
	json_decref(page);
	for (at = text; (at = strstr(at, modified));) {
		at += sizeof(modified) - 1;
		memset(at, '-', strcspn(at, "\""));
	}
	return text;
}

static char *dump(struct model *model)
{
	AUTO_FREE char *rows = dump_rows(model->fixture);
	AUTO_FREE char *view = dump_view(model);
	AUTO_FREE char *text = dump_export(model->fixture);
	char *whole;

	assert_true(asprintf(&whole, "%s\n%s\n%s", rows, view, text) >= 0);
	return whole;
}

static void expect_state(struct model *model)
{
	AUTO_FREE char *found = dump(model);

	if (strcmp(found, model->states[model->at]) != 0)
		print_error("found:\n%sexpected:\n%s", found, model->states[model->at]);
	assert_true(!strcmp(found, model->states[model->at]));
}

/* --- acts --- */

static int64_t revision(struct fixture *fixture)
{
	return fixture_query(fixture, "SELECT last_revision AS value FROM account_counter WHERE account_id = 1");
}

static int64_t task_count(struct fixture *fixture)
{
	return fixture_query(fixture, "SELECT last_task_id AS value FROM account_counter WHERE account_id = 1");
}

static bool exists(struct fixture *fixture, int64_t id)
{
	const struct task_ref ref = { .id = id };
	struct task task;

	return !task_store_find(fixture->db, 1, &ref, &fixture->arena, &task, NULL);
}

/* No method lets a task name one that is not there. */
static void drop_dead_references(struct fixture *fixture, struct task *task)
{
	int64_t *kept = arena_array(&fixture->arena, task->depend_count, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < task->depend_count; i++)
		if (exists(fixture, task->depends[i]))
			kept[count++] = task->depends[i];
	task->depends = kept;
	task->depend_count = count;
	task->parent = exists(fixture, task->parent) ? task->parent : 0;
	task->series = exists(fixture, task->series) ? task->series : 0;
}

/* Nobody sets it by hand. */
static void set_spent(const struct task *before, struct task *after)
{
	after->spent = before->spent;
	if (task_is_started(before) && !task_is_started(after))
		after->spent += 60;
}

/* Any field of any task, as methods that are not of this test would change them: one act in several saves. */
static void edit_anything(struct model *model)
{
	struct fixture *fixture = model->fixture;
	struct request request = {
		.arena = &fixture->arena, .db = fixture->db, .now = fixture->now, .who = fixture->who
	};
	CLEANUP(task_edit_deinit) struct task_edit edit;

	task_edit_init(&edit, &request, "edit");
	assert_int_equal(db_begin(fixture->db), 0);
	for (uint32_t i = 0; i <= random_below(&model->random, 4); i++) {
		const struct task_ref ref = { .id = 1 + random_below(&model->random, 6) };
		struct task_change change;
		enum error error;

		if (task_store_find(fixture->db, 1, &ref, &fixture->arena, &change.before, NULL))
			continue;
		change.after = change.before;
		random_change(&model->random, &change.after, &fixture->arena);
		drop_dead_references(fixture, &change.after);
		set_spent(&change.before, &change.after);
		if (task_fields_differ(&change.before, &change.after))
			task_touch(&change.after, fixture->now);
		error = task_edit_save(&edit, &change, 1);
		assert_true(!error || error == ERROR_CONFLICT); /* tasks would need themselves: nothing is written */
	}
	assert_int_equal(db_commit(fixture->db), 0);
}

/* Templates and their instances, wherever there are some. */
static void call_about_series(struct model *model)
{
	struct random_tasks *random = &model->random;
	unsigned id = 1 + random_below(random, 12);

	switch (random_below(random, 4)) {
	case 0:
		json_decref(fixture_call(model->fixture, "task.add",
			"{\"title\":\"again\",\"due\":\"tomorrow\",\"recur\":\"%s\"}", id % 2 ? "daily" : "weekly"));
		return;
	case 1:
		json_decref(fixture_call(model->fixture, "series.modify", "{\"id\":%u,\"tags\":[\"t4\"]}", id));
		return;
	case 2:
		json_decref(fixture_call(model->fixture, "series.skip", "{\"id\":%u}", id));
		return;
	default:
		json_decref(fixture_call(model->fixture, id % 2 ? "task.done" : "task.delete", "{\"id\":%u}", id));
	}
}

static void call_any_method(struct model *model)
{
	static const char *const methods[] = { "task.start", "task.stop", "task.restore", "task.start", "task.stop",
		"task.restore", "task.done", "task.delete" };
	static const char *const fields[] = { "\"project\":\"p\"", "\"add_tags\":[\"t2\",\"t3\"]",
		"\"due\":\"monday\",\"remove_tags\":[\"t1\"]",
		"\"title\":\"changed\",\"note\":\"one\\ntwo\",\"tags\":null,\"wait\":\"tomorrow\"" };
	struct random_tasks *random = &model->random;
	unsigned id = 1 + random_below(random, 8);

	if (!random_below(random, 4))
		call_about_series(model);
	else if (!random_below(random, 3))
		json_decref(fixture_call(model->fixture, "task.add", "{\"title\":\"new\",\"tags\":[\"t%u\"]}", id));
	else if (random_below(random, 3))
		json_decref(fixture_call(model->fixture, methods[random_below(random, 8)], "{\"filter\":\"%u-%u\"}", id,
			id + random_below(random, 3)));
	else if (random_below(random, 2))
		json_decref(fixture_call(
			model->fixture, "task.modify", "{\"id\":%u,%s}", id, fields[random_below(random, 4)]));
	else
		json_decref(fixture_call(model->fixture, "task.modify", "{\"filter\":\"%s\",%s}",
			random_below(random, 2) ? "" : "status:all", fields[random_below(random, 4)]));
}

static void act(struct model *model)
{
	int64_t before = revision(model->fixture);

	model->fixture->now += random_below(&model->random, SECONDS_STEP);
	model->fixture->who.actor = model->fixture->who.session_id =
		random_below(&model->random, 2) ? "annannannannannannanna" : "annsother9annsother9an";
	if (!model->is_by_methods && random_below(&model->random, 2))
		edit_anything(model);
	else
		call_any_method(model);
	if (revision(model->fixture) == before)
		return;
	while (model->count > model->at + 1)
		free(model->states[--model->count]);
	assert_true(model->count < STATES_LIMIT && task_count(model->fixture) < TASKS_LIMIT);
	model->states[model->count++] = dump(model);
	model->at++;
}

/* --- back and forth --- */

static void undo(struct model *model, size_t steps)
{
	size_t expected = steps < model->at ? steps : model->at;
	json_t *result;

	if (!expected) {
		call_refused(model->fixture, ERROR_CONFLICT, "steps", "history.undo", "{\"steps\":%zu}", steps);
		return;
	}
	result = call_done(model->fixture, "history.undo", "{\"steps\":%zu}", steps);
	assert_int_equal(json_array_size(json_object_get(result, "steps")), expected);
	assert_int_equal(integer_at(result, "revision"), revision(model->fixture));
	json_decref(result);
	model->at -= expected;
	expect_state(model);
}

static void redo(struct model *model, size_t steps)
{
	size_t left = model->count - 1 - model->at;
	size_t expected = steps < left ? steps : left;
	json_t *result;

	if (!expected) {
		call_refused(model->fixture, ERROR_CONFLICT, "steps", "history.redo", "{\"steps\":%zu}", steps);
		return;
	}
	result = call_done(model->fixture, "history.redo", "{\"steps\":%zu}", steps);
	assert_int_equal(json_array_size(json_object_get(result, "steps")), expected);
	json_decref(result);
	model->at += expected;
	expect_state(model);
}

static void go_back_or_forth(struct model *model)
{
	AUTO_FREE char *before = NULL;
	AUTO_FREE char *after = NULL;

	model->fixture->now += random_below(&model->random, SECONDS_STEP);
	if (!random_below(&model->random, 4)) {
		before = dump(model);
		json_decref(fixture_call(model->fixture, "history.undo", "{\"steps\":3,\"dry_run\":true}"));
		after = dump(model);
		assert_string_equal(before, after);
	}
	if (random_below(&model->random, 2))
		undo(model, 1 + random_below(&model->random, 3));
	else
		redo(model, 1 + random_below(&model->random, 3));
}

static void run_model(struct fixture *fixture, uint64_t seed)
{
	struct model model = {
		.fixture = fixture, .random = { .state = seed, .now = FIXTURE_NOW }, .is_by_methods = seed % 2 == 0
	};

	fixture->place = REQUEST_IN_POOL;
	model.states[model.count++] = dump(&model);
	for (int i = 0; i < 150; i++) {
		if (random_below(&model.random, 4))
			act(&model);
		else
			go_back_or_forth(&model);
		fixture_clear_arena(fixture);
	}
	undo(&model, 1000);
	assert_int_equal(model.at, 0);
	redo(&model, 1000);
	assert_int_equal(model.at + 1, model.count);
	while (model.at)
		undo(&model, 1);
	while (model.at + 1 < model.count)
		redo(&model, 1);
	for (size_t i = 0; i < model.count; i++)
		free(model.states[i]);
}

static void every_state_comes_back_byte_for_byte(void **state)
{
	for (uint64_t seed = 1; seed <= 12; seed++) {
		print_message("seed %d\n", (int)seed);
		run_model(*state, seed);
		assert_int_equal(fixture_tear_down(state), 0);
		assert_int_equal(fixture_set_up(state), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			every_state_comes_back_byte_for_byte, fixture_set_up, fixture_tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
