/* The statements that adding a task takes, and nothing around them. */
#include "bench/raw_store.h"

#include "bench/samples.h"
#include "common/cleanup.h"
#include "common/memory.h"
#include "harness/cmocka_all.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#define UUID_SIZE 37

enum { BEGIN, COUNT_UP, ADD_TASK, ADD_LABEL, ADD_HISTORY, COMMIT, STATEMENT_COUNT };

static const char count_up_sql[] = "UPDATE account_counter "
				   "SET last_task_id = last_task_id + 1, last_revision = last_revision + 1 "
				   "WHERE account_id = 1 "
				   "RETURNING last_task_id, last_revision";

static const char add_task_sql[] =
	"INSERT INTO task (account_id, id, uuid, title, status, project, tags, priority, due, created, modified,"
	" version, urgency_class, urgency_intercept, urgency_change) "
	"VALUES (1, ?1, ?2, 'Buy tulip bulbs before the frost', 'pending', 'home.garden', 'shop weekend', 0,"
	" 1921672800, 1795442400, 1795442400, 1, 2, -109566187214, 1826978400)";

static const char add_label_sql[] = "INSERT INTO task_label (account_id, label, status, task_id, task_key) "
				    "VALUES (1, ?2, 'pending', ?1, last_insert_rowid())";

static const char add_history_sql[] =
	"INSERT INTO history (account_id, revision, step, at, actor, action, task_id, after) "
	"VALUES (1, ?2, ?2, 1795442400, '00112233445566778899aabbccddeeff', 'add', ?1, ?3)";

static const char *const statements[STATEMENT_COUNT] = {
	[BEGIN] = "BEGIN IMMEDIATE",
	[COUNT_UP] = count_up_sql,
	[ADD_TASK] = add_task_sql,
	[ADD_LABEL] = add_label_sql,
	[ADD_HISTORY] = add_history_sql,
	[COMMIT] = "COMMIT",
};

static const char *const labels[] = { ":home", ":home.garden", "+shop", "+weekend" };

/* As taskd opens it. Checkpoints are SQLite's own, as a program that does nothing about them has them. */
static const char pragmas[] = "PRAGMA journal_mode = WAL;"
			      "PRAGMA synchronous = FULL;"
			      "PRAGMA foreign_keys = ON;"
			      "PRAGMA cache_size = -8192;";

struct raw_store {
	sqlite3 *sqlite;
	sqlite3_stmt *prepared[STATEMENT_COUNT];
};

static void require(const struct raw_store *store, bool is_right)
{
	if (!is_right)
		fail_msg("SQLite: %s", sqlite3_errmsg(store->sqlite));
}

struct raw_store *raw_store_open(const char *path)
{
	struct raw_store *store = memory_array(1, sizeof(*store));

	require(store, sqlite3_open_v2(path, &store->sqlite, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	require(store, sqlite3_exec(store->sqlite, pragmas, NULL, NULL, NULL) == SQLITE_OK);
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		require(store, sqlite3_prepare_v3(store->sqlite, statements[i], -1, SQLITE_PREPARE_PERSISTENT,
				       &store->prepared[i], NULL) == SQLITE_OK);
	return store;
}

void raw_store_close(struct raw_store *store)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++)
		(void)sqlite3_finalize(store->prepared[i]);
	(void)sqlite3_close(store->sqlite);
	free(store);
}

/* --- one task --- */

static void make_uuid(char ret_uuid[UUID_SIZE])
{
	uint16_t words[8];

	assert_true(getrandom(words, sizeof(words), 0) == sizeof(words));
	(void)snprintf(ret_uuid, UUID_SIZE, "%04x%04x-%04x-4%03x-8%03x-%04x%04x%04x", words[0], words[1], words[2],
		words[3] & 0xfffu, words[4] & 0xfffu, words[5], words[6], words[7]);
}

static void run(const struct raw_store *store, int number)
{
	require(store, sqlite3_step(store->prepared[number]) == SQLITE_DONE);
	(void)sqlite3_reset(store->prepared[number]);
}

static void bind_text(const struct raw_store *store, int number, int parameter, const char *text)
{
	require(store, sqlite3_bind_text(store->prepared[number], parameter, text, -1, SQLITE_TRANSIENT) == SQLITE_OK);
}

static void bind_integer(const struct raw_store *store, int number, int parameter, int64_t value)
{
	require(store, sqlite3_bind_int64(store->prepared[number], parameter, value) == SQLITE_OK);
}

static void count_up(const struct raw_store *store, int64_t *ret_id, int64_t *ret_revision)
{
	sqlite3_stmt *query = store->prepared[COUNT_UP];

	require(store, sqlite3_step(query) == SQLITE_ROW);
	*ret_id = sqlite3_column_int64(query, 0);
	*ret_revision = sqlite3_column_int64(query, 1);
	run(store, COUNT_UP);
}

static void add_task(const struct raw_store *store, int64_t id, const char *uuid)
{
	bind_integer(store, ADD_TASK, 1, id);
	bind_text(store, ADD_TASK, 2, uuid);
	run(store, ADD_TASK);
	for (size_t i = 0; i < COUNT_OF(labels); i++) {
		bind_integer(store, ADD_LABEL, 1, id);
		bind_text(store, ADD_LABEL, 2, labels[i]);
		run(store, ADD_LABEL);
	}
}

static void add_history(const struct raw_store *store, int64_t id, int64_t revision, const char *uuid)
{
	char after[320];

	(void)snprintf(after, sizeof(after),
		"{\"uuid\":\"%s\",\"created\":\"2026-11-23T14:00:00Z\",\"title\":\"Buy tulip bulbs before the frost\","
		"\"status\":\"pending\",\"project\":\"home.garden\",\"tags\":[\"shop\",\"weekend\"],"
		"\"due\":\"2030-11-23T14:00:00Z\"}",
		uuid);
	bind_integer(store, ADD_HISTORY, 1, id);
	bind_integer(store, ADD_HISTORY, 2, revision);
	bind_text(store, ADD_HISTORY, 3, after);
	run(store, ADD_HISTORY);
}

static void add(const struct raw_store *store)
{
	char uuid[UUID_SIZE];
	int64_t id, revision;

	make_uuid(uuid);
	run(store, BEGIN);
	count_up(store, &id, &revision);
	add_task(store, id, uuid);
	add_history(store, id, revision, uuid);
	run(store, COMMIT);
}

double raw_store_add_rate(struct raw_store *store, int64_t duration_ms)
{
	int64_t start = clock_now_ns();
	size_t count = 0;

	while (clock_ms_since(start) < (double)duration_ms) {
		add(store);
		count++;
	}
	return (double)count * 1e3 / clock_ms_since(start);
}
