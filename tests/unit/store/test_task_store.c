/* Single tasks: stored, found by id and uuid, and invisible to everybody else; and the record of their changes. */
#include "fixture.h"

#include "common/cleanup.h"
#include "store/history_store.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

static enum error find(struct fixture *fixture, int64_t account_id, const char *text, struct task *ret_task)
{
	struct task_ref ref;

	assert_done(task_ref_parse(text, strlen(text), &ref, &fixture->refusal));
	return task_store_find(fixture->db, account_id, &ref, &fixture->arena, ret_task, &fixture->refusal);
}

static struct task full_task(void)
{
	static const char *tags[] = { "a", "b" };
	static const int64_t depends[] = { 2, 5, 70 };
	static const struct task_annotation annotations[] = { { FIXTURE_NOW, "asked twice" }, { FIXTURE_NOW + 9, "" } };
	static const struct task_value custom[] = { { "cost", "12.5" }, { "place", "by the  window" } };
	struct task task = task_empty;

	task.title = "Water the plants";
	task.note = "with rain water";
	task.project = "home.garden";
	task.priority = TASK_PRIORITY_HIGH;
	task.tags = tags;
	task.tag_count = 2;
	task.due = FIXTURE_NOW + 1;
	task.wait = FIXTURE_NOW + 2;
	task.started = FIXTURE_NOW + 3;
	task.scheduled = FIXTURE_NOW + 4;
	task.until = FIXTURE_NOW + 5;
	task.parent = 3;
	task.spent = 99;
	task.series = 8;
	task.occurrence = 0;
	task.recur = "monthly";
	task.recur_from = "due";
	task.recur_count = 12;
	task.recur_zone = "Europe/Berlin";
	task.recur_next = FIXTURE_NOW + 6;
	task.blockers = 1;
	task.dependents = 2;
	task.children = 4;
	task.open_children = 3;
	task.urgency_class = 5;
	task.urgency_intercept = -1000;
	task.urgency_change = FIXTURE_NOW + 7;
	task.depends = depends;
	task.depend_count = COUNT_OF(depends);
	task.annotations = annotations;
	task.annotation_count = COUNT_OF(annotations);
	task.custom = custom;
	task.custom_count = COUNT_OF(custom);
	return task;
}

static void expect_same(const struct task *task, const struct task *expected)
{
	assert_int_equal(task->id, expected->id);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (task_field_differs(field, task, expected))
			fail_msg("%s differs", field->name);
}

static void a_task_comes_back_as_it_was_stored(void **state)
{
	struct fixture *fixture = *state;
	struct task like = full_task(), found;
	struct task full = fixture_add_task(fixture, ANN, &like), empty = fixture_add_task(fixture, ANN, &task_empty);

	assert_done(find(fixture, ANN, "1", &found));
	expect_same(&found, &full);
	assert_done(find(fixture, ANN, "2", &found));
	expect_same(&found, &empty);
}

static void an_update_writes_every_field(void **state)
{
	struct fixture *fixture = *state;
	struct task like = full_task(), found;
	struct task full = fixture_add_task(fixture, ANN, &like), after = task_empty;

	memcpy(after.uuid, full.uuid, sizeof(after.uuid));
	after.id = full.id;
	after.title = "Mow";
	after.status = TASK_COMPLETED;
	after.completed = FIXTURE_NOW + 9;
	after.created = full.created;
	after.modified = FIXTURE_NOW + 9;
	after.version = 2;
	assert_done(task_store_update(fixture->db, ANN, &full, &after));
	assert_done(find(fixture, ANN, "1", &found));
	expect_same(&found, &after);
	assert_done(task_store_update(fixture->db, ANN, &after, &full));
	assert_done(find(fixture, ANN, "1", &found));
	expect_same(&found, &full);
}

static void ids_and_revisions_count_up_for_each_account(void **state)
{
	struct fixture *fixture = *state;
	int64_t id, revision;

	assert_done(task_store_count_up(fixture->db, ANN, 3, 5, &id, &revision));
	assert_int_equal(id, 1);
	assert_int_equal(revision, 1);
	assert_done(task_store_count_up(fixture->db, ANN, 1, 1, &id, &revision));
	assert_int_equal(id, 4);
	assert_int_equal(revision, 6);
	assert_done(task_store_count_up(fixture->db, BOB, 1, 1, &id, &revision));
	assert_int_equal(id, 1);
	assert_int_equal(revision, 1);
	assert_done(task_store_revision(fixture->db, ANN, &revision));
	assert_int_equal(revision, 6);
}

static void a_uuid_is_found_by_its_beginning_while_that_is_its_own(void **state)
{
	struct fixture *fixture = *state;
	struct task like = task_empty, found;

	(void)snprintf(like.uuid, sizeof(like.uuid), "abcdef12-0000-4000-8000-000000000001");
	(void)fixture_add_task(fixture, ANN, &like);
	assert_done(find(fixture, ANN, "abcdef12", &found));
	assert_int_equal(found.id, 1);
	assert_done(find(fixture, ANN, "ABCDEF12-0000-4000-8000-000000000001", &found));
	(void)snprintf(like.uuid, sizeof(like.uuid), "abcdef12-0000-4000-8000-000000000002");
	(void)fixture_add_task(fixture, ANN, &like);
	assert_int_equal(find(fixture, ANN, "abcdef12", &found), ERROR_CONFLICT);
	assert_done(find(fixture, ANN, "abcdef12-0000-4000-8000-000000000002", &found));
	assert_int_equal(found.id, 2);
	assert_int_equal(find(fixture, ANN, "abcdef13", &found), ERROR_NOT_FOUND);
}

static void anothers_task_is_as_if_it_never_was(void **state)
{
	static const char *const names[] = { "1", "abcdef12", "abcdef12-0000-4000-8000-000000000001" };
	struct fixture *fixture = *state;
	struct task like = task_empty, found;

	(void)snprintf(like.uuid, sizeof(like.uuid), "%s", names[2]);
	for (size_t i = 0; i < 3; i++) {
		struct refusal never;

		assert_int_equal(find(fixture, BOB, names[i], &found), ERROR_NOT_FOUND);
		never = fixture->refusal;
		if (i == 0)
			(void)fixture_add_task(fixture, ANN, &like);
		assert_int_equal(find(fixture, BOB, names[i], &found), ERROR_NOT_FOUND);
		assert_string_equal(fixture->refusal.message, never.message);
	}
}

static void an_update_reaches_the_tasks_of_its_account_only(void **state)
{
	struct fixture *fixture = *state;
	struct task anns = fixture_add_task(fixture, ANN, &task_empty), after = anns, found;

	after.title = "stolen";
	after.version++;
	(void)task_store_update(fixture->db, BOB, &anns, &after);
	assert_done(find(fixture, ANN, "1", &found));
	assert_string_equal(found.title, "a task");
	assert_int_equal(find(fixture, BOB, "1", &found), ERROR_NOT_FOUND);
}

/* --- history --- */

static void record(struct fixture *fixture, int64_t account_id, int64_t revision, int64_t task_id)
{
	const struct history_entry entry = {
		.account_id = account_id,
		.revision = revision,
		.step = revision,
		.at = FIXTURE_NOW,
		.actor = "session",
		.action = "modify",
		.task_id = task_id,
		.after = "{\"title\":\"x\"}",
		.after_length = 13,
	};

	assert_done(history_store_add(fixture->db, &entry));
}

struct seen {
	int64_t revisions[16];
	size_t count;
};

static enum error on_entry(void *context, const struct history_entry *entry)
{
	struct seen *seen = context;

	assert_string_equal(entry->actor, "session");
	assert_string_equal(entry->action, "modify");
	assert_null(entry->before);
	assert_int_equal(entry->after_length, 13);
	assert_memory_equal(entry->after, "{\"title\":\"x\"}", 13);
	seen->revisions[seen->count++] = entry->revision;
	return ERROR_NONE;
}

static void expect_entries(struct fixture *fixture, int64_t account_id, int64_t task_id, int64_t after, int64_t limit,
	const int64_t *revisions, size_t count)
{
	struct seen seen = { .count = 0 };

	assert_done(history_store_each(fixture->db, account_id, task_id, after, limit, on_entry, &seen));
	assert_int_equal(seen.count, count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(seen.revisions[i], revisions[i]);
}

static void changes_are_read_in_their_order_by_account_and_task(void **state)
{
	struct fixture *fixture = *state;

	for (int64_t i = 1; i <= 6; i++)
		record(fixture, ANN, i, 1 + i % 2);
	record(fixture, BOB, 1, 1);
	expect_entries(fixture, ANN, 0, 0, 10, (const int64_t[]){ 1, 2, 3, 4, 5, 6 }, 6);
	expect_entries(fixture, ANN, 0, 2, 3, (const int64_t[]){ 3, 4, 5 }, 3);
	expect_entries(fixture, ANN, 2, 0, 10, (const int64_t[]){ 1, 3, 5 }, 3);
	expect_entries(fixture, ANN, 1, 2, 10, (const int64_t[]){ 4, 6 }, 2);
	expect_entries(fixture, BOB, 0, 0, 10, (const int64_t[]){ 1 }, 1);
	expect_entries(fixture, BOB, 2, 0, 10, NULL, 0);
}

static void a_revision_is_given_once(void **state)
{
	struct fixture *fixture = *state;
	struct history_entry again = {
		.account_id = ANN, .revision = 1, .step = 1, .actor = "s", .action = "add", .task_id = 1
	};

	record(fixture, ANN, 1, 1);
	assert_int_equal(history_store_add(fixture->db, &again), ERROR_CONFLICT);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_set_up, fixture_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_task_comes_back_as_it_was_stored),
		TEST(an_update_writes_every_field),
		TEST(ids_and_revisions_count_up_for_each_account),
		TEST(a_uuid_is_found_by_its_beginning_while_that_is_its_own),
		TEST(anothers_task_is_as_if_it_never_was),
		TEST(an_update_reaches_the_tasks_of_its_account_only),
		TEST(changes_are_read_in_their_order_by_account_and_task),
		TEST(a_revision_is_given_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
