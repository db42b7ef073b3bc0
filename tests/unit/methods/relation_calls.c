/* Tasks that need each other or are parts of each other, and what their rows say of it. */
#include "relation_calls.h"

#include "common/cleanup.h"

void add_with(struct fixture *fixture, int number, const char *more)
{
	for (int i = 0; i < number; i++)
		json_decref(call_done(fixture, "task.add", "{\"title\":\"task\"%s}", more));
}

void add_many(struct fixture *fixture, int first, int number, bool are_parts)
{
	char sql[600];

	(void)snprintf(sql, sizeof(sql),
		"INSERT INTO task (account_id, id, uuid, title, status, tags, priority, created, modified, version, "
		"parent, "
		"depends, blockers) "
		"WITH RECURSIVE number (id) AS (SELECT %d UNION ALL SELECT id + 1 FROM number WHERE id < %d) "
		"SELECT 1, id, printf('%%08x-0000-4000-8000-000000000000', id), 'one of many', 'pending', '', 0, 0, 0, "
		"1, "
		"%s FROM number",
		first, first + number - 1, are_parts ? "1, NULL, 0" : "NULL, '1', 1");
	(void)fixture_query(fixture, sql);
	(void)fixture_query(
		fixture, "INSERT INTO task_dependency SELECT account_id, id, 1 FROM task WHERE depends = '1'");
	(void)snprintf(sql, sizeof(sql), "UPDATE task SET %s = %d WHERE id = 1",
		are_parts ? "open_children" : "dependents", number);
	(void)fixture_query(fixture, sql);
	if (are_parts)
		(void)fixture_query(fixture, "UPDATE task SET children = open_children WHERE id = 1");
}

void expect_member(struct fixture *fixture, int id, const char *key, const char *text)
{
	json_t *result = call_done(fixture, "task.get", "{\"id\":%d}", id);
	const json_t *member = json_object_get(json_object_get(result, "task"), key);
	char *found = member ? json_dumps(member, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;

	assert_string_equal(found ? found : "nothing", text ? text : "nothing");
	free(found);
	json_decref(result);
}

static const char *const recounts[] = {
	"SELECT COUNT(*) AS value FROM task WHERE blockers <> ("
	"  SELECT COUNT(*) FROM task_dependency AS link JOIN task AS other"
	"  ON other.account_id = link.account_id AND other.id = link.on_id AND other.status = 'pending'"
	"  WHERE link.account_id = task.account_id AND link.task_id = task.id)",
	"SELECT COUNT(*) AS value FROM task WHERE dependents <> ("
	"  SELECT COUNT(*) FROM task_dependency AS link JOIN task AS other"
	"  ON other.account_id = link.account_id AND other.id = link.task_id AND other.status = 'pending'"
	"  WHERE link.account_id = task.account_id AND link.on_id = task.id)",
	"SELECT COUNT(*) AS value FROM task WHERE children <> ("
	"  SELECT COUNT(*) FROM task AS part WHERE part.account_id = task.account_id AND part.parent = task.id"
	"  AND part.status IN ('pending', 'completed'))",
	"SELECT COUNT(*) AS value FROM task WHERE open_children <> ("
	"  SELECT COUNT(*) FROM task AS part WHERE part.account_id = task.account_id AND part.parent = task.id"
	"  AND part.status = 'pending')",
	"SELECT COUNT(*) AS value FROM task WHERE coalesce(depends, '') <> coalesce(("
	"  SELECT group_concat(on_id, ' ') FROM (SELECT on_id FROM task_dependency AS link"
	"  WHERE link.account_id = task.account_id AND link.task_id = task.id ORDER BY on_id)), '')",
};

/* In one go, because each query of the fixture is a transaction. */
void expect_right_counts(struct fixture *fixture)
{
	struct buffer sql;
	int64_t wrong;

	buffer_init(&sql);
	buffer_append_text(&sql, "SELECT 0");
	for (size_t i = 0; i < COUNT_OF(recounts); i++)
		buffer_printf(&sql, " + (%s) * %d", recounts[i], 1 << (6 * i));
	buffer_append_text(&sql, " AS value");
	wrong = fixture_query(fixture, buffer_text(&sql));
	buffer_deinit(&sql);
	if (wrong)
		fail_msg("wrong counts, six bits for each query: %llx", (unsigned long long)wrong);
}
