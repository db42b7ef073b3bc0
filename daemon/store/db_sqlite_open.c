/* Opening a SQLite database the way we want it, or saying what is wrong with it and what to do. */
#include "store/db_sqlite.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct opening {
	const char *folder;
	enum db_mode mode;
	char path[PATH_MAX];
	sqlite3 *sqlite;
	struct refusal *refusal;
};

/* --- refusals --- */

static enum error refuse_folder(const struct opening *opening, const char *reason)
{
	return refuse(opening->refusal, ERROR_STORAGE, "data",
		"the data folder %s cannot be used: %s; make it readable and writable for this user, or name another "
		"one",
		opening->folder, reason);
}

static const char *advice_for(int code)
{
	switch (code & 0xff) {
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return "it is damaged or no taskd database; move it away together with its -wal and -shm files, or put "
		       "a backup in its place";
	case SQLITE_FULL:
		return "make room on the disk and start again";
	case SQLITE_PERM:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
		return "it and its folder must be writable for this user, and must not be symbolic links";
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return "another program is using it; end that one and start again";
	default:
		return "look at the disk (is it full, or failing?) and start again";
	}
}

static enum error refuse_sqlite(const struct opening *opening)
{
	int code = sqlite3_extended_errcode(opening->sqlite);

	(void)db_sqlite_error(code);
	return refuse(opening->refusal, ERROR_STORAGE, "data", "the database %s cannot be opened: %s (%d); %s",
		opening->path, sqlite3_errmsg(opening->sqlite), code, advice_for(code));
}

/* --- the file --- */

/* SQLite would make it with the umask's mode; -wal and -shm take theirs from it. */
static enum error create_file(const struct opening *opening)
{
	AUTO_CLOSE int fd = open(opening->path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	return fd < 0 ? refuse_folder(opening, strerror(errno)) : ERROR_NONE;
}

/*
 * Looked at by its path only: closing a descriptor of ours would drop the POSIX locks that another connection of this
 * process holds on the file.
 */
static enum error find_file(const struct opening *opening)
{
	struct stat found;

	if (lstat(opening->path, &found)) {
		if (errno != ENOENT)
			return refuse_folder(opening, strerror(errno));
		if (opening->mode == DB_READ_WRITE)
			return create_file(opening);
		return refuse(opening->refusal, ERROR_STORAGE, "data", "there is no database %s", opening->path);
	}
	if (!S_ISREG(found.st_mode))
		return refuse(opening->refusal, ERROR_STORAGE, "data",
			"%s is not a regular file; move it away and start again", opening->path);
	if (opening->mode == DB_READ_WRITE && (found.st_mode & 077) && chmod(opening->path, 0600))
		log_warning("%s is open to others, and that cannot be changed: %s", opening->path, strerror(errno));
	return ERROR_NONE;
}

/* Symbolic links on the way to the folder are the user's affair; SQLITE_OPEN_NOFOLLOW would refuse those as well. */
static enum error find_folder(struct opening *opening)
{
	char real[PATH_MAX];

	if (!realpath(opening->folder, real))
		return refuse_folder(opening, strerror(errno));
	if ((size_t)snprintf(opening->path, sizeof(opening->path), "%s/" DB_SQLITE_FILE_NAME, real) >=
		sizeof(opening->path))
		return refuse_folder(opening, strerror(ENAMETOOLONG));
	return ERROR_NONE;
}

/* --- the connection --- */

static const struct {
	int id;
	int value;
} limits[] = {
	{ SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024 },
	{ SQLITE_LIMIT_SQL_LENGTH, 256 * 1024 },
	{ SQLITE_LIMIT_COLUMN, 128 },
	{ SQLITE_LIMIT_EXPR_DEPTH, 1000 },
	{ SQLITE_LIMIT_COMPOUND_SELECT, 8 },
	{ SQLITE_LIMIT_FUNCTION_ARG, 8 },
	{ SQLITE_LIMIT_ATTACHED, 0 },
	{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 128 },
	{ SQLITE_LIMIT_VARIABLE_NUMBER, 2048 },
	{ SQLITE_LIMIT_TRIGGER_DEPTH, 8 },
	{ SQLITE_LIMIT_WORKER_THREADS, 0 },
};

static const struct {
	int option;
	int value;
} options[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
};

/* secure_delete costs nothing that can be measured here, since hardly anything is ever deleted. */
static const char every_pragma[] = "PRAGMA cell_size_check = ON;"
				   "PRAGMA mmap_size = 0;"
				   "PRAGMA temp_store = MEMORY;"
				   "PRAGMA secure_delete = ON;";

/*
 * The limit on the journal cuts the log of writes back to 3 MiB when it starts anew: a file that is overwritten syncs
 * faster than one that grows, and still its size says when the next checkpoint is due (4 MiB).
 */
#define USUAL_ROOM "PRAGMA cache_size = -8192;" /* KiB */
#define BULK_ROOM  "PRAGMA cache_size = -65536;"

static const char writing_pragmas[] = "PRAGMA synchronous = FULL;"
				      "PRAGMA wal_autocheckpoint = 0;"
				      "PRAGMA journal_size_limit = 3145728;"
				      USUAL_ROOM;

static const char reading_pragmas[] = "PRAGMA query_only = ON;"
				      "PRAGMA cache_size = -2048;";

/* What was freed is no longer ours: the pages of a bulk write lie all over the heap. */
void db_sqlite_set_room(struct db_connection *connection, enum db_room room)
{
	(void)sqlite3_exec(connection->sqlite, room == DB_ROOM_BULK ? BULK_ROOM : USUAL_ROOM, NULL, NULL, NULL);
	if (room == DB_ROOM_BULK)
		return;
	(void)sqlite3_db_release_memory(connection->sqlite);
	(void)malloc_trim(0);
}

static bool configure(const struct opening *opening)
{
	sqlite3 *sqlite = opening->sqlite;
	const char *pragmas = opening->mode == DB_READ_WRITE ? writing_pragmas : reading_pragmas;

	for (size_t i = 0; i < COUNT_OF(limits); i++)
		(void)sqlite3_limit(sqlite, limits[i].id, limits[i].value);
	for (size_t i = 0; i < COUNT_OF(options); i++)
		if (sqlite3_db_config(sqlite, options[i].option, options[i].value, NULL) != SQLITE_OK)
			return false;
	return sqlite3_extended_result_codes(sqlite, 1) == SQLITE_OK && db_sqlite_add_functions(sqlite) &&
	       sqlite3_busy_timeout(sqlite, DB_SQLITE_BUSY_TIMEOUT_MS) == SQLITE_OK &&
	       sqlite3_exec(sqlite, every_pragma, NULL, NULL, NULL) == SQLITE_OK &&
	       sqlite3_exec(sqlite, pragmas, NULL, NULL, NULL) == SQLITE_OK;
}

/* The first column of the first row; false on any error. */
static bool read_value(sqlite3 *sqlite, const char *sql, char *ret_text, size_t size)
{
	sqlite3_stmt *statement;
	bool is_read = false;

	if (sqlite3_prepare_v2(sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_step(statement) == SQLITE_ROW) {
		const unsigned char *text = sqlite3_column_text(statement, 0);

		(void)snprintf(ret_text, size, "%s", text ? (const char *)text : "");
		is_read = true;
	}
	return sqlite3_finalize(statement) == SQLITE_OK && is_read;
}

/* Somebody else's database has tables and not our mark. */
static enum error check_owner(const struct opening *opening)
{
	char id[24], tables[24];

	if (!read_value(opening->sqlite, "PRAGMA application_id", id, sizeof(id)) ||
		!read_value(opening->sqlite, "SELECT COUNT(*) FROM sqlite_schema", tables, sizeof(tables)))
		return refuse_sqlite(opening);
	if (strtoll(id, NULL, 10) == DB_SQLITE_APPLICATION_ID || (!strcmp(id, "0") && !strcmp(tables, "0")))
		return ERROR_NONE;
	return refuse(opening->refusal, ERROR_STORAGE, "data",
		"%s is another program's database; move it away, or name another data folder", opening->path);
}

/* An existing database is in this mode already, and then nothing is written. */
static enum error enter_wal(const struct opening *opening)
{
	char mode[16];

	if (!read_value(opening->sqlite, "PRAGMA journal_mode = WAL", mode, sizeof(mode)))
		return refuse_sqlite(opening);
	if (!strcmp(mode, "wal"))
		return ERROR_NONE;
	return refuse(opening->refusal, ERROR_STORAGE, "data",
		"the file system of %s cannot share memory between processes, which the database needs; name a data "
		"folder on a local disk",
		opening->path);
}

/*
 * Where the sandbox lets temporary files be. A global of SQLite's, which may be changed only while nothing runs: the
 * first connection for writing is opened before any thread starts.
 */
static void set_temporary_folder(const struct opening *opening)
{
	if (opening->mode != DB_READ_WRITE || sqlite3_temp_directory)
		return;
	sqlite3_temp_directory = memory_require(sqlite3_mprintf(
		"%.*s", (int)(strlen(opening->path) - sizeof("/" DB_SQLITE_FILE_NAME) + 1), opening->path));
}

static enum error open_sqlite(struct opening *opening)
{
	int access = opening->mode == DB_READ_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int flags = access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW;
	enum error error;

	if (sqlite3_open_v2(opening->path, &opening->sqlite, flags, NULL) != SQLITE_OK || !configure(opening) ||
		!db_sqlite_search_prepare(opening->sqlite))
		return refuse_sqlite(opening);
	error = check_owner(opening);
	if (!error && opening->mode == DB_READ_WRITE)
		error = enter_wal(opening);
	return error;
}

static enum error prepare_controls(const struct opening *opening, struct db_connection *connection)
{
	const char *const texts[CONTROL_COUNT] = {
		[CONTROL_BEGIN] = opening->mode == DB_READ_WRITE ? "BEGIN IMMEDIATE" : "BEGIN",
		[CONTROL_COMMIT] = "COMMIT",
		[CONTROL_ROLLBACK] = "ROLLBACK",
		[CONTROL_SAVEPOINT] = "SAVEPOINT call",
		[CONTROL_RELEASE] = "RELEASE call",
		[CONTROL_ROLLBACK_TO] = "ROLLBACK TO call",
	};

	for (size_t i = 0; i < CONTROL_COUNT; i++)
		if (sqlite3_prepare_v3(opening->sqlite, texts[i], -1, SQLITE_PREPARE_PERSISTENT,
			    &connection->controls[i], NULL) != SQLITE_OK)
			return refuse_sqlite(opening);
	return ERROR_NONE;
}

static enum error make_connection(const struct opening *opening, struct db_connection **ret_connection)
{
	struct db_connection *connection = memory_array(1, sizeof(*connection));
	enum error error;

	connection->sqlite = opening->sqlite;
	connection->commit_average_ns = -1;
	connection->wal_path = memory_require(sqlite3_mprintf("%s-wal", opening->path));
	error = prepare_controls(opening, connection);
	if (error) {
		db_sqlite_close(connection);
		return error;
	}
	*ret_connection = connection;
	return ERROR_NONE;
}

enum error db_sqlite_open(
	const char *folder, enum db_mode mode, struct db_connection **ret_connection, struct refusal *refusal)
{
	struct opening opening = { .folder = folder, .mode = mode, .refusal = refusal };
	enum error error = find_folder(&opening);

	/* Statistics of memory cost a lock at each allocation; refused, without harm, once SQLite is in use. */
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (!error)
		error = find_file(&opening);
	if (error)
		return error;
	set_temporary_folder(&opening);
	error = open_sqlite(&opening);
	if (!error)
		return make_connection(&opening, ret_connection);
	(void)sqlite3_close(opening.sqlite);
	return error;
}

void db_sqlite_close(struct db_connection *connection)
{
	for (size_t i = 0; i < CONTROL_COUNT; i++)
		(void)sqlite3_finalize(connection->controls[i]);
	if (sqlite3_close(connection->sqlite) != SQLITE_OK)
		log_error("a database connection was not closed: %s", sqlite3_errmsg(connection->sqlite));
	sqlite3_free(connection->wal_path);
	free(connection);
}
