/* What the files of the SQLite driver share, and what its own tests look into. */
#pragma once

#include "store/db_driver.h"

#include <sqlite3.h>

#define DB_SQLITE_FILE_NAME "taskd.db"
#define DB_SQLITE_APPLICATION_ID                                                                                       \
	1952543595                    /* "task": the mark of our files, set together with the schema's version         \
				       */
#define DB_SQLITE_BUSY_TIMEOUT_MS 100 /* the loop may be waiting */

enum db_sqlite_control {
	CONTROL_BEGIN,
	CONTROL_COMMIT,
	CONTROL_ROLLBACK,
	CONTROL_SAVEPOINT,
	CONTROL_RELEASE,
	CONTROL_ROLLBACK_TO,
	CONTROL_COUNT
};

struct db_connection {
	sqlite3 *sqlite;
	char *wal_path;
	sqlite3_stmt *controls[CONTROL_COUNT];
	int64_t deadline_ns; /* CLOCK_MONOTONIC; 0: none */
	bool is_selecting;   /* a SELECT is being stepped: the only kind of statement that may be interrupted */
	bool was_interrupted;
	bool commit_is_unknown;
	int64_t commit_average_ns; /* -1: none yet */
	int64_t changes_at_begin;
};

/* Open the file with all that a connection of ours has set. The caller prepares nothing: the controls are ready. */
enum error db_sqlite_open(
	const char *folder, enum db_mode mode, struct db_connection **ret_connection, struct refusal *refusal);
void db_sqlite_close(struct db_connection *connection);
void db_sqlite_set_room(struct db_connection *connection, enum db_room room);

/* What task_match.h promises. False: out of memory, or the like. */
bool db_sqlite_add_functions(sqlite3 *sqlite);

/* SQLite's extended result code as ours. Out of memory ends the process. */
enum error db_sqlite_error(int code);
/* The same, and a fault is logged with the name of what was done. */
enum error db_sqlite_report(const struct db_connection *connection, const char *name, int code);

/* What db_driver's functions of these names do, each in a file of its own. */
enum error db_sqlite_check_each(
	struct db_connection *connection, db_check_finding on_finding, void *context, int64_t *ret_count);
enum error db_sqlite_scrub(struct db_connection *connection);
enum error db_sqlite_backup(struct db_connection *connection, const char *path, const char *script, int64_t *ret_bytes);
enum error db_sqlite_restore(
	const char *folder, const char *path, int64_t newest_version, const char *script, struct refusal *refusal);
enum error db_sqlite_search_put(struct db *db, int64_t account_id, int64_t key, const struct search_document *document);
enum error db_sqlite_search_remove(struct db *db, int64_t key);
struct db_query *db_sqlite_search_find(
	struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena);

/* What a connection needs before it can search. False: this SQLite has no FTS5. */
bool db_sqlite_search_prepare(sqlite3 *sqlite);
/* Take out of the index what no task has, and write the rest anew; not within a transaction. SQLite's code. */
int db_sqlite_search_scrub(sqlite3 *sqlite);
extern const struct db_statement db_sqlite_search_statements[]; /* ends with a row that has no name */
