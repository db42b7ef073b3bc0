/* The SQLite driver: statements and transactions. */
#include "store/db_sqlite.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#define OPERATIONS_BETWEEN_LOOKS 1000 /* of the virtual machine, at the clock: some 30 µs */
#define COMMITS_AVERAGED         8    /* the weight of the past in the running average, and one for the newest */
#define LOG_PAGES_TOLERATED      4096 /* 16 MiB: a log of writes that long must start anew, see checkpoint() */
#define RESTART_ATTEMPTS         5    /* a millisecond each */
#define NOT_A_PARAMETER          0

struct db_prepared {
	struct db_connection *connection;
	const struct db_statement *statement;
	sqlite3_stmt *stmt;
	bool is_select;
	bool is_started;
	unsigned number_count;
	int indexes[]; /* of the parameters: $1 is at 0. SQLite counts them in the order of their appearance */
};

static int64_t monotonic_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* --- errors --- */

static enum error constraint_error(int code)
{
	switch (code) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return ERROR_CONFLICT;
	default: /* a row that no code of ours should have written */
		return ERROR_INTERNAL;
	}
}

enum error db_sqlite_error(int code)
{
	if (code == SQLITE_IOERR_NOMEM)
		abort();
	switch (code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return ERROR_NONE;
	case SQLITE_NOMEM:
		abort();
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT:
		return ERROR_UNAVAILABLE;
	case SQLITE_ABORT: /* by a function of ours: without a callback SQLite has no use for it */
		return ERROR_DEADLINE;
	case SQLITE_TOOBIG:
		return ERROR_TOO_LARGE;
	case SQLITE_CONSTRAINT:
		return constraint_error(code);
	case SQLITE_PERM:
	case SQLITE_READONLY:
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_FULL:
	case SQLITE_CANTOPEN:
	case SQLITE_PROTOCOL:
	case SQLITE_NOLFS:
	case SQLITE_NOTADB:
		return ERROR_STORAGE;
	default:
		return ERROR_INTERNAL;
	}
}

/* Faults are logged here, where they happened; what a caller is expected to handle is not. */
enum error db_sqlite_report(const struct db_connection *connection, const char *name, int code)
{
	enum error error = db_sqlite_error(code);

	if (error == ERROR_STORAGE || error == ERROR_INTERNAL)
		log_error("database: %s: %s (%d)", name, sqlite3_errmsg(connection->sqlite), code);
	return error;
}

/* --- preparing --- */

/* The number of "$12"; 0 for anything else. */
static unsigned parameter_number(const char *name)
{
	return name && name[0] == '$' ? (unsigned)strtoul(name + 1, NULL, 10) : 0;
}

static enum error check_columns(const struct db_prepared *prepared)
{
	const struct db_statement *statement = prepared->statement;
	int count = sqlite3_column_count(prepared->stmt);
	int named = 0;

	while (statement->columns && statement->columns[named])
		named++;
	for (int i = 0; count == named && i < count; i++) {
		const char *name = sqlite3_column_name(prepared->stmt, i);

		if (name && !strcmp(name, statement->columns[i]))
			continue;
		log_error("database: %s: column %d is %s and not %s", statement->name, i, name, statement->columns[i]);
		return ERROR_INTERNAL;
	}
	if (count == named)
		return ERROR_NONE;
	log_error("database: %s: %d columns instead of %d", statement->name, count, named);
	return ERROR_INTERNAL;
}

static enum error map_parameters(struct db_prepared *prepared)
{
	for (int index = 1; index <= (int)prepared->number_count; index++) {
		unsigned number = parameter_number(sqlite3_bind_parameter_name(prepared->stmt, index));

		if (!number || number > prepared->number_count) {
			log_error("database: %s: parameters are not $1 to $%u", prepared->statement->name,
				prepared->number_count);
			return ERROR_INTERNAL;
		}
		prepared->indexes[number - 1] = index;
	}
	return ERROR_NONE;
}

static void finalize(struct db_prepared *prepared)
{
	(void)sqlite3_finalize(prepared->stmt);
	free(prepared);
}

static struct db_prepared *make_prepared(
	struct db_connection *connection, const struct db_statement *statement, sqlite3_stmt *stmt)
{
	size_t count = (size_t)sqlite3_bind_parameter_count(stmt);
	struct db_prepared *prepared = memory_array(1, sizeof(*prepared) + count * sizeof(prepared->indexes[0]));

	prepared->connection = connection;
	prepared->statement = statement;
	prepared->stmt = stmt;
	prepared->is_select = statement->columns && sqlite3_stmt_readonly(stmt);
	prepared->number_count = (unsigned)count;
	return prepared;
}

static enum error prepare(
	struct db_connection *connection, const struct db_statement *statement, struct db_prepared **ret_prepared)
{
	struct db_prepared *prepared;
	sqlite3_stmt *stmt;
	int code = sqlite3_prepare_v3(connection->sqlite, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
	enum error error;

	if (code != SQLITE_OK)
		return db_sqlite_report(connection, statement->name, code);
	prepared = make_prepared(connection, statement, stmt);
	error = map_parameters(prepared);
	if (!error)
		error = check_columns(prepared);
	if (error) {
		finalize(prepared);
		return error;
	}
	*ret_prepared = prepared;
	return ERROR_NONE;
}

/* --- binding --- */

static int index_of(const struct db_prepared *prepared, unsigned number)
{
	return number && number <= prepared->number_count ? prepared->indexes[number - 1] : NOT_A_PARAMETER;
}

static enum error end_bind(const struct db_prepared *prepared, int code)
{
	return code == SQLITE_OK ? ERROR_NONE : db_sqlite_report(prepared->connection, prepared->statement->name, code);
}

static enum error bind_int64(struct db_prepared *prepared, unsigned number, int64_t value)
{
	return end_bind(prepared, sqlite3_bind_int64(prepared->stmt, index_of(prepared, number), value));
}

static enum error bind_text(struct db_prepared *prepared, unsigned number, const char *text, size_t length)
{
	return end_bind(prepared, sqlite3_bind_text64(prepared->stmt, index_of(prepared, number), text, length,
					  SQLITE_STATIC, SQLITE_UTF8));
}

static enum error bind_blob(struct db_prepared *prepared, unsigned number, const void *bytes, size_t length)
{
	return end_bind(prepared,
		sqlite3_bind_blob64(prepared->stmt, index_of(prepared, number), bytes, length, SQLITE_STATIC));
}

static enum error bind_null(struct db_prepared *prepared, unsigned number)
{
	return end_bind(prepared, sqlite3_bind_null(prepared->stmt, index_of(prepared, number)));
}

/* --- stepping --- */

static bool is_overdue(const struct db_connection *connection)
{
	return connection->deadline_ns && monotonic_ns() > connection->deadline_ns;
}

/* Not 0 interrupts what runs. SQLite would end the whole transaction if that were a write. */
static int on_progress(void *context)
{
	const struct db_connection *connection = context;

	return connection->is_selecting && is_overdue(connection);
}

/* Many short SELECTs never run for long enough to meet the progress handler, so each start looks at the clock too. */
static int step_select(struct db_prepared *prepared)
{
	struct db_connection *connection = prepared->connection;
	int code = SQLITE_INTERRUPT;

	if (prepared->is_started || !is_overdue(connection)) {
		connection->is_selecting = true;
		code = sqlite3_step(prepared->stmt);
		connection->is_selecting = false;
	}
	if (code == SQLITE_INTERRUPT)
		connection->was_interrupted = true;
	return code;
}

static enum error step(struct db_prepared *prepared, bool *ret_has_row)
{
	int code = prepared->is_select ? step_select(prepared) : sqlite3_step(prepared->stmt);

	prepared->is_started = true;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return db_sqlite_report(prepared->connection, prepared->statement->name, code);
	*ret_has_row = code == SQLITE_ROW;
	return ERROR_NONE;
}

static int64_t changes(const struct db_prepared *prepared)
{
	return sqlite3_changes64(prepared->connection->sqlite);
}

static int64_t made_key(const struct db_prepared *prepared)
{
	return sqlite3_last_insert_rowid(prepared->connection->sqlite);
}

static void reset(struct db_prepared *prepared)
{
	prepared->is_started = false;
	(void)sqlite3_reset(prepared->stmt); /* repeats the error of the step, which was reported there */
	(void)sqlite3_clear_bindings(prepared->stmt);
}

static bool is_null(const struct db_prepared *prepared, unsigned column)
{
	return sqlite3_column_type(prepared->stmt, (int)column) == SQLITE_NULL;
}

static int64_t column_int64(const struct db_prepared *prepared, unsigned column)
{
	return sqlite3_column_int64(prepared->stmt, (int)column);
}

static const char *text(const struct db_prepared *prepared, unsigned column, size_t *ret_length)
{
	const unsigned char *bytes = sqlite3_column_text(prepared->stmt, (int)column);

	if (ret_length)
		*ret_length = (size_t)sqlite3_column_bytes(prepared->stmt, (int)column);
	return (const char *)bytes;
}

static const void *blob(const struct db_prepared *prepared, unsigned column, size_t *ret_length)
{
	const void *bytes = sqlite3_column_blob(prepared->stmt, (int)column);

	if (ret_length)
		*ret_length = (size_t)sqlite3_column_bytes(prepared->stmt, (int)column);
	return bytes;
}

/* --- transactions --- */

static enum error control(struct db_connection *connection, enum db_sqlite_control which)
{
	sqlite3_stmt *stmt = connection->controls[which];
	int code = sqlite3_step(stmt);
	enum error error = code == SQLITE_DONE ? ERROR_NONE : db_sqlite_report(connection, sqlite3_sql(stmt), code);

	(void)sqlite3_reset(stmt);
	return error;
}

static enum error begin(struct db_connection *connection)
{
	connection->changes_at_begin = sqlite3_total_changes64(connection->sqlite);
	return control(connection, CONTROL_BEGIN);
}

static bool is_in_transaction(const struct db_connection *connection)
{
	return !sqlite3_get_autocommit(connection->sqlite);
}

static void note_commit_time(struct db_connection *connection, int64_t elapsed_ns)
{
	int64_t average = connection->commit_average_ns;

	connection->commit_average_ns = average < 0 ? elapsed_ns : average + (elapsed_ns - average) / COMMITS_AVERAGED;
}

/*
 * Which failed commits may still be found after a crash: all that failed in the input and output, since the frame that
 * commits may be in the log already (a failed fsync; a shared index that could not grow, which comes after the log). A
 * full disk or a busy one refuses before that frame is whole.
 */
static enum error commit(struct db_connection *connection)
{
	bool has_changes = sqlite3_total_changes64(connection->sqlite) != connection->changes_at_begin;
	int64_t started = monotonic_ns();
	enum error error = control(connection, CONTROL_COMMIT);

	connection->commit_is_unknown = error && (sqlite3_extended_errcode(connection->sqlite) & 0xff) == SQLITE_IOERR;
	if (!error && has_changes)
		note_commit_time(connection, monotonic_ns() - started);
	return error;
}

static bool commit_is_unknown(const struct db_connection *connection)
{
	return connection->commit_is_unknown;
}

static void rollback(struct db_connection *connection)
{
	if (is_in_transaction(connection))
		(void)control(connection, CONTROL_ROLLBACK);
}

static enum error savepoint(struct db_connection *connection)
{
	return control(connection, CONTROL_SAVEPOINT);
}

static enum error release(struct db_connection *connection)
{
	return control(connection, CONTROL_RELEASE);
}

/* Going back leaves the savepoint open: it has to be released as well. */
static enum error rollback_to_savepoint(struct db_connection *connection)
{
	enum error error = control(connection, CONTROL_ROLLBACK_TO);

	return error ? error : control(connection, CONTROL_RELEASE);
}

static void set_budget(struct db_connection *connection, int64_t budget_ns)
{
	connection->deadline_ns = budget_ns ? monotonic_ns() + budget_ns : 0;
	if (budget_ns)
		connection->was_interrupted = false;
}

static bool was_interrupted(const struct db_connection *connection)
{
	return connection->was_interrupted;
}

/* --- the schema --- */

static enum error execute(struct db_connection *connection, const char *name, const char *script)
{
	int code = sqlite3_exec(connection->sqlite, script, NULL, NULL, NULL);

	return code == SQLITE_OK ? ERROR_NONE : db_sqlite_report(connection, name, code);
}

static enum error schema_version(struct db_connection *connection, int64_t *ret_version)
{
	sqlite3_stmt *stmt;
	int64_t version = 0;
	int code = sqlite3_prepare_v2(connection->sqlite, "PRAGMA user_version", -1, &stmt, NULL);

	if (code == SQLITE_OK) {
		code = sqlite3_step(stmt);
		version = sqlite3_column_int64(stmt, 0);
		(void)sqlite3_finalize(stmt);
	}
	if (code != SQLITE_ROW)
		return db_sqlite_report(connection, "schema_version", code);
	*ret_version = version;
	return ERROR_NONE;
}

static enum error set_schema_version(struct db_connection *connection, int64_t version)
{
	char script[128];

	(void)snprintf(script, sizeof(script), "PRAGMA application_id = %d; PRAGMA user_version = %" PRId64,
		DB_SQLITE_APPLICATION_ID, version);
	return execute(connection, "set_schema_version", script);
}

/* --- upkeep --- */

static int64_t wal_bytes(const struct db_connection *connection)
{
	struct stat found;

	return stat(connection->wal_path, &found) ? 0 : (int64_t)found.st_size;
}

/* Wait for a writer between two of its transactions, but not for a reader: meanwhile no write could begin. */
static int wait_briefly(void *context, int attempts)
{
	(void)context;
	(void)sqlite3_sleep(1);
	return attempts < RESTART_ATTEMPTS;
}

/*
 * The log starts anew by itself once all of it is copied and nobody reads in it, which never happens under steady load.
 * So one that has become long is completed with the writers kept out for a moment; the bulk was copied before that.
 */
static enum error restart_log(struct db_connection *connection)
{
	int code;

	(void)sqlite3_busy_handler(connection->sqlite, wait_briefly, NULL);
	code = sqlite3_wal_checkpoint_v2(connection->sqlite, "main", SQLITE_CHECKPOINT_RESTART, NULL, NULL);
	(void)sqlite3_busy_timeout(connection->sqlite, DB_SQLITE_BUSY_TIMEOUT_MS);
	if (code == SQLITE_OK || code == SQLITE_BUSY)
		return ERROR_NONE;
	return db_sqlite_report(connection, "checkpoint", code);
}

static enum error checkpoint(struct db_connection *connection, int64_t *ret_wal_bytes)
{
	int pages = 0;
	enum error error = ERROR_NONE;
	int code = sqlite3_wal_checkpoint_v2(connection->sqlite, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, NULL);

	if (code != SQLITE_OK && code != SQLITE_BUSY)
		return db_sqlite_report(connection, "checkpoint", code);
	if (pages > LOG_PAGES_TOLERATED)
		error = restart_log(connection);
	if (!error)
		*ret_wal_bytes = wal_bytes(connection);
	return error;
}

static int64_t commit_average_ns(const struct db_connection *connection)
{
	return connection->commit_average_ns;
}

static enum error open_connection(
	const char *folder, enum db_mode mode, struct db_connection **ret_connection, struct refusal *refusal)
{
	enum error error = db_sqlite_open(folder, mode, ret_connection, refusal);

	if (error)
		log_error("database: %s", refusal ? refusal->message : folder);
	else
		sqlite3_progress_handler(
			(*ret_connection)->sqlite, OPERATIONS_BETWEEN_LOOKS, on_progress, *ret_connection);
	return error;
}

const struct db_driver db_sqlite_driver = {
	.name = "sqlite",
	.dialect = DB_DIALECT_SQLITE,
	.open = open_connection,
	.close = db_sqlite_close,
	.prepare = prepare,
	.finalize = finalize,
	.bind_int64 = bind_int64,
	.bind_text = bind_text,
	.bind_blob = bind_blob,
	.bind_null = bind_null,
	.step = step,
	.changes = changes,
	.made_key = made_key,
	.reset = reset,
	.is_null = is_null,
	.int64 = column_int64,
	.text = text,
	.blob = blob,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.is_in_transaction = is_in_transaction,
	.commit_is_unknown = commit_is_unknown,
	.savepoint = savepoint,
	.release = release,
	.rollback_to_savepoint = rollback_to_savepoint,
	.set_budget = set_budget,
	.was_interrupted = was_interrupted,
	.set_room = db_sqlite_set_room,
	.execute = execute,
	.schema_version = schema_version,
	.set_schema_version = set_schema_version,
	.checkpoint = checkpoint,
	.wal_bytes = wal_bytes,
	.check_each = db_sqlite_check_each,
	.backup = db_sqlite_backup,
	.restore = db_sqlite_restore,
	.scrub = db_sqlite_scrub,
	.commit_average_ns = commit_average_ns,
	.search_put = db_sqlite_search_put,
	.search_remove = db_sqlite_search_remove,
	.search_find = db_sqlite_search_find,
};
