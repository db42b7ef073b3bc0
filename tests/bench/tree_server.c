/* task.list as it is usually written: the rows become a jansson tree, and the tree becomes text. */
#include "bench/line_server.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "common/text.h"

#include <jansson.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define AGE_COEFFICIENT 2.0
#define AGE_SECONDS     (365.0 * 86400)

enum member_type { MEMBER_INTEGER, MEMBER_TEXT, MEMBER_TIME, MEMBER_TAGS, MEMBER_PRIORITY, MEMBER_URGENCY };

/* The members of a task, in the order of the statement's columns. */
static const struct {
	const char *name;
	enum member_type type;
} members[] = {
	{ "id", MEMBER_INTEGER },
	{ "uuid", MEMBER_TEXT },
	{ "title", MEMBER_TEXT },
	{ "note", MEMBER_TEXT },
	{ "status", MEMBER_TEXT },
	{ "project", MEMBER_TEXT },
	{ "tags", MEMBER_TAGS },
	{ "priority", MEMBER_PRIORITY },
	{ "due", MEMBER_TIME },
	{ "urgency", MEMBER_URGENCY },
	{ "wait", MEMBER_TIME },
	{ "started", MEMBER_TIME },
	{ "completed", MEMBER_TIME },
	{ "deleted", MEMBER_TIME },
	{ "created", MEMBER_TIME },
	{ "modified", MEMBER_TIME },
	{ "version", MEMBER_INTEGER },
};

static const char select_sql[] =
	"SELECT id, uuid, title, note, status, project, tags, priority, due, urgency_intercept, wait, started,"
	" completed, deleted, created, modified, version "
	"FROM task "
	"WHERE account_id = 1 AND status = 'pending' AND id > 0 AND (wait IS NULL OR wait <= unixepoch()) "
	"ORDER BY id LIMIT 100";

static const char *text_at(sqlite3_stmt *rows, int column)
{
	return (const char *)sqlite3_column_text(rows, column);
}

static json_t *make_time(int64_t seconds)
{
	char text[TEXT_TIME_SIZE];

	text_format_time(seconds, text);
	return json_string(text);
}

static json_t *make_tags(const char *tags)
{
	json_t *array = json_array();

	while (*tags) {
		size_t length = strcspn(tags, " ");

		json_array_append_new(array, json_stringn(tags, length));
		tags += length + (tags[length] == ' ');
	}
	return array;
}

static json_t *make_priority(int number)
{
	static const char *const names[] = { NULL, "L", "M", "H" };

	return names[number] ? json_string(names[number]) : NULL;
}

/* All tasks that are compared are younger than a year and due long after that: only their age moves their urgency. */
static json_t *make_urgency(int64_t intercept)
{
	double now = (double)time(NULL);

	return json_real(round((double)intercept / 1e6 + now * AGE_COEFFICIENT * 1e3 / AGE_SECONDS) / 1e3);
}

static json_t *make_member(sqlite3_stmt *rows, int column)
{
	switch (members[column].type) {
	case MEMBER_INTEGER:
		return json_integer(sqlite3_column_int64(rows, column));
	case MEMBER_TEXT:
		return json_string(text_at(rows, column));
	case MEMBER_TIME:
		return make_time(sqlite3_column_int64(rows, column));
	case MEMBER_TAGS:
		return make_tags(text_at(rows, column));
	case MEMBER_PRIORITY:
		return make_priority(sqlite3_column_int(rows, column));
	case MEMBER_URGENCY:
		return make_urgency(sqlite3_column_int64(rows, column));
	}
	return NULL;
}

static json_t *make_task(sqlite3_stmt *rows)
{
	json_t *task = json_object();

	for (int i = 0; i < (int)COUNT_OF(members); i++) {
		json_t *value = sqlite3_column_type(rows, i) == SQLITE_NULL ? NULL : make_member(rows, i);

		if (value)
			json_object_set_new(task, members[i].name, value);
	}
	return task;
}

static json_t *make_tasks(sqlite3_stmt *rows)
{
	json_t *tasks = json_array();

	while (sqlite3_step(rows) == SQLITE_ROW)
		json_array_append_new(tasks, make_task(rows));
	(void)sqlite3_reset(rows);
	return tasks;
}

static void answer(void *context, const char *line, size_t length, struct buffer *out)
{
	json_auto_t *request = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
	json_auto_t *reply = json_pack("{s:s, s:O, s:{s:o}}", "jsonrpc", "2.0", "id", json_object_get(request, "id"),
		"result", "tasks", make_tasks(context));
	AUTO_FREE char *text = memory_require(json_dumps(reply, JSON_COMPACT));

	buffer_append_text(out, text);
	buffer_append_char(out, '\n');
}

static void *prepare(const void *database)
{
	sqlite3 *sqlite;
	sqlite3_stmt *rows;

	if (sqlite3_open_v2(database, &sqlite, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
		sqlite3_prepare_v3(sqlite, select_sql, -1, SQLITE_PREPARE_PERSISTENT, &rows, NULL) != SQLITE_OK)
		_exit(1);
	return rows;
}

void tree_server_start(struct line_server *server, const char *path, const char *database)
{
	line_server_start(server, path, prepare, database, answer);
}
