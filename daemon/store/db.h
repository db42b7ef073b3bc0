/*
 * Statements and transactions over a driver. All SQL of the store goes through here, as text that SQLite and
 * PostgreSQL both understand ($1 parameters, RETURNING, ON CONFLICT, CAST); what one dialect alone knows lives
 * behind the driver's named functions.
 *
 * A connection is used by one thread at a time; it may be passed on.
 */
#pragma once

#include "common/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;       /* a connection with its prepared statements */
struct db_query; /* a statement that is being run: at most one at a time for each statement of a connection */
struct db_driver;

enum db_mode { DB_READ_ONLY, DB_READ_WRITE };

/*
 * A statement of a *_store.c, defined once as a static constant: its address is its identity. `columns` are the names
 * of the result's columns in order; they are checked when it is prepared, so that db_int64(query, COLUMN) by an enum
 * reads what was meant.
 */
struct db_statement {
	const char *name; /* its call site, for the log: "task_insert" */
	const char *sql;
	const char *const *columns; /* NULL-terminated; NULL when it gives no rows */
};

/* --- connections --- */

extern const struct db_driver db_sqlite_driver;

/* Open the database in `folder` (created where it is missing and mode is DB_READ_WRITE). Errors are logged. */
enum error db_open(const struct db_driver *driver, const char *folder, enum db_mode mode, struct db **ret_db,
	struct refusal *refusal);
void db_close(struct db *db);

/* --- transactions --- */

/* A writing connection takes the write lock at once (BEGIN IMMEDIATE); a reading one fixes its snapshot at its first
 * SELECT. */
enum error db_begin(struct db *db);

/*
 * ERROR_STORAGE when the commit failed. If db_commit_is_unknown then says so, the rows may still be back after a
 * crash (a failed fsync), and a commit must succeed over them (db_overwrite) before anything else is served.
 */
enum error db_commit(struct db *db);
void db_rollback(struct db *db);
bool db_commit_is_unknown(const struct db *db);
enum error db_overwrite(struct db *db);

/* False once the store itself has ended the transaction (full disk, an interrupted write): everything in it is gone. */
bool db_is_in_transaction(const struct db *db);

/* One level, around one call of a group. */
enum error db_savepoint(struct db *db);
enum error db_release(struct db *db);
enum error db_rollback_to_savepoint(struct db *db);

/*
 * From now on SELECTs are interrupted when `budget_ns` of wall time have passed; 0 ends it. db_was_interrupted says
 * whether that happened since the budget was set. Writes are never interrupted (SQLite would end the whole
 * transaction).
 */
void db_set_budget(struct db *db, int64_t budget_ns);
bool db_was_interrupted(const struct db *db);

/*
 * How much of what a transaction changes is held in memory before it is written where it waits for the commit. A bulk
 * write touches the same pages again and again: with the usual room it would write each many times. Going back to the
 * usual gives the memory back to the system.
 */
enum db_room { DB_ROOM_USUAL, DB_ROOM_BULK };
void db_set_room(struct db *db, enum db_room room);

/* --- statements --- */

/* Start a statement. Never NULL: an error (unprepared, out of disk) shows at the first db_step or db_run. */
struct db_query *db_query(struct db *db, const struct db_statement *statement);

/*
 * The same for text made at run time (filters): cached by its text, a bounded number of them. `sql` and `columns` are
 * borrowed until db_finish.
 */
struct db_query *db_query_text(struct db *db, const char *name, const char *sql, const char *const *columns);

/* Bind $NUMBER. Text and blobs are borrowed until db_finish. A NULL text binds NULL. */
void db_bind_int64(struct db_query *query, unsigned number, int64_t value);
void db_bind_text(struct db_query *query, unsigned number, const char *text);
void db_bind_text_length(struct db_query *query, unsigned number, const char *text, size_t length);
void db_bind_blob(struct db_query *query, unsigned number, const void *bytes, size_t length);
void db_bind_null(struct db_query *query, unsigned number);
void db_bind_optional_int64(struct db_query *query, unsigned number, bool is_given, int64_t value);

/* The next row. ret_has_row false: the end. ERROR_STORAGE (disk), ERROR_UNAVAILABLE (busy, or interrupted),
 * ERROR_INTERNAL. */
enum error db_step(struct db_query *query, bool *ret_has_row);

/* Columns of the current row; text and blobs are valid until the next step. NULL columns give 0, NULL and length 0. */
bool db_is_null(const struct db_query *query, unsigned column);
int64_t db_int64(const struct db_query *query, unsigned column);
const char *db_text(const struct db_query *query, unsigned column, size_t *ret_length); /* ret_length may be NULL */
const void *db_blob(const struct db_query *query, unsigned column, size_t *ret_length);

/* Give the statement back. Required after db_query unless db_run was called; NULL is allowed. */
void db_finish(struct db_query *query);

/* Run to the end and finish: for statements without rows. ret_changes (may be NULL): rows changed. ERROR_CONFLICT: a
 * UNIQUE or PRIMARY KEY constraint refused it. */
enum error db_run(struct db_query *query, int64_t *ret_changes);

/*
 * The same for one that inserts a row into a table whose integer primary key the database makes: that key. RETURNING
 * would say it too, by way of a table of its own for each row, which is a seventh of the time that an insert takes.
 */
enum error db_run_for_key(struct db_query *query, int64_t *ret_key);

/* The same for one that changes a certain row: `otherwise` when that row was not there, or not as it was wanted. */
enum error db_run_on_row(struct db_query *query, enum error otherwise);

/*
 * For a loop over rows: whether there is a row to read. False at the end, or on an error, which may also be one that
 * the loop itself has set. db_finish is still to come.
 */
bool db_next(struct db_query *query, enum error *error);

/* The integer that is the first row's only column, and finish. ERROR_NOT_FOUND. */
enum error db_read_integer(struct db_query *query, int64_t *ret_value);
/* The same for a text of fewer than `size` bytes. ERROR_CONFLICT: there are more rows. */
enum error db_read_only_text(struct db_query *query, char *ret_text, size_t size);

/* Exactly one row wanted: ERROR_NOT_FOUND when there is none. On success the row can be read until db_finish. */
enum error db_step_one(struct db_query *query);

/* --- what only a dialect knows --- */

/* Copy what the log of writes holds into the database file. Long: never on the loop. ret_wal_bytes: what is left. */
enum error db_checkpoint(struct db *db, int64_t *ret_wal_bytes);
/* Bytes in the log of writes right now, from the file's size. */
int64_t db_wal_bytes(const struct db *db);
/* Called with each thing that is wrong with the database, in words for whoever looks after it. */
typedef void (*db_check_finding)(void *context, const char *finding);

/* PRAGMA integrity_check or its like, and whether what refers to something finds it. Long. At most 20 findings of each.
 */
enum error db_check_each(struct db *db, db_check_finding on_finding, void *context, int64_t *ret_count);

/*
 * A consistent copy as one file at `path`, which must not be there, for its owner alone and on the disk when this
 * returns; on an error nothing is left of it. `script` is run in the copy before that, in one transaction, and of what
 * it deletes no byte stays. Long; from a reading connection, in a transaction or not. ERROR_STORAGE.
 */
enum error db_backup(struct db *db, const char *path, const char *script, int64_t *ret_bytes);

/*
 * Put the database in the file at `path`, a sound one of ours whose version is at most `newest_version`, in the place
 * of the one in `folder`, which nobody may have open; `script` is run in it first. What was there is kept beside it as
 * *.before-restore. A crash leaves the old one or the new one. ERROR_INVALID_PARAMS: that file is none; ERROR_STORAGE.
 */
enum error db_restore(const struct db_driver *driver, const char *folder, const char *path, int64_t newest_version,
	const char *script, struct refusal *refusal);

/*
 * Write the database anew and empty the log, so that of what was deleted no byte stays in the files. Long, on a writing
 * connection outside of a transaction. ERROR_UNAVAILABLE: somebody reads what was before; try again later.
 */
enum error db_scrub(struct db *db);
/* fdatasync's running average in this process, as commits on this connection showed it; -1 before the first. */
int64_t db_commit_average_ns(const struct db *db);
