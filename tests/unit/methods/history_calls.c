/* Acts, and what comes of them, in one line each. */
#include "history_calls.h"

#include "common/cleanup.h"
#include "methods/task_edit.h"
#include "store/task_store.h"

int64_t take_count(json_t *result)
{
	int64_t value = integer_at(result, "count");

	json_decref(result);
	return value;
}

void add(struct fixture *fixture, int number)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"}"));
}

void modify(struct fixture *fixture, int id, const char *fields)
{
	assert_int_equal(change(fixture, "task.modify", "{\"id\":%d,%s}", id, fields), 1);
}

int64_t query(struct fixture *fixture, const char *expression)
{
	char sql[512];

	(void)snprintf(sql, sizeof(sql), "SELECT %s AS value", expression);
	return fixture_query(fixture, sql);
}

int64_t tasks_there(struct fixture *fixture)
{
	return query(fixture, "(SELECT count(*) FROM task)");
}

void expect_title(struct fixture *fixture, int id, const char *title)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", id);

	assert_string_equal(text_at(result, "task.title"), title);
	json_decref(result);
}

void expect_words(const struct fixture *fixture, const char *words)
{
	if (!strstr(fixture->refusal.message, words))
		fail_msg("\"%s\" should say \"%s\"", fixture->refusal.message, words);
}

void change_by_daemon(struct fixture *fixture, int64_t id, const char *title)
{
	struct request request = { .arena = &fixture->arena,
		.db = fixture->db,
		.now = fixture->now,
		.who = { .account_id = 1, .actor = "taskd" } };
	const struct task_ref ref = { .id = id };
	CLEANUP(task_edit_deinit) struct task_edit edit;
	struct task_change change;

	task_edit_init(&edit, &request, "tidy");
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(task_store_find(fixture->db, 1, &ref, &fixture->arena, &change.before, NULL), 0);
	change.after = change.before;
	change.after.title = title;
	task_touch(&change.after, fixture->now);
	assert_int_equal(task_edit_save(&edit, &change, 1), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

void execute(struct fixture *fixture, const char *sql)
{
	assert_int_equal(db_begin(fixture->db), 0);
	assert_int_equal(db_run(db_query_text(fixture->db, "test", sql, NULL), NULL), 0);
	assert_int_equal(db_commit(fixture->db), 0);
}

void purge(struct fixture *fixture, int id)
{
	char sql[256];

	(void)snprintf(sql, sizeof(sql), "DELETE FROM task_label WHERE task_id = %d", id);
	execute(fixture, sql);
	(void)snprintf(sql, sizeof(sql), "DELETE FROM task WHERE id = %d", id);
	execute(fixture, sql);
	(void)snprintf(sql, sizeof(sql), "UPDATE history SET before = NULL, after = NULL WHERE task_id = %d", id);
	execute(fixture, sql);
}
