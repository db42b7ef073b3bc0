/* Copies of a SQLite database: made of a live one, and put in the place of one. */
#include "store/db_sqlite.h"

#include "common/cleanup.h"
#include "common/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define KEPT_SUFFIX        ".before-restore"
#define KEPT_LIMIT         1000u
#define COPY_BYTES_AT_ONCE ((size_t)16 * 1024 * 1024)

static void cleanup_sqlite(sqlite3 **sqlite)
{
	(void)sqlite3_close(*sqlite);
}
#define AUTO_SQLITE CLEANUP(cleanup_sqlite) sqlite3

/* --- a copy as one file --- */

/* SQLite would make it with the umask's mode. */
static bool make_file(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	return fd >= 0;
}

static int copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");

	if (!backup)
		return sqlite3_errcode(to);
	(void)sqlite3_backup_step(backup, -1);
	return sqlite3_backup_finish(backup);
}

/* Without a log beside it, and written anew, so that of what the script deletes nothing stays between the rows. */
static int run_script(sqlite3 *sqlite, const char *script)
{
	static const char *const around[] = {
		"PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; BEGIN IMMEDIATE", NULL, "COMMIT", "VACUUM"
	};
	int code = SQLITE_OK;

	for (size_t i = 0; code == SQLITE_OK && i < COUNT_OF(around); i++)
		code = sqlite3_exec(sqlite, around[i] ? around[i] : script, NULL, NULL, NULL);
	return code;
}

static int copy_into(sqlite3 *from, const char *path, const char *script)
{
	AUTO_SQLITE *to = NULL;
	int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);

	(void)sqlite3_extended_result_codes(to, 1);
	if (code == SQLITE_OK)
		code = copy_pages(from, to);
	return code == SQLITE_OK ? run_script(to, script) : code;
}

static bool sync_path(const char *path, int flags)
{
	AUTO_CLOSE int fd = open(path, flags | O_CLOEXEC);

	return fd >= 0 && fsync(fd) == 0;
}

static void remove_copy(const char *path)
{
	static const char *const suffixes[] = { "-journal", "-wal", "-shm", "" };
	char part[PATH_MAX + 16];

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void)snprintf(part, sizeof(part), "%s%s", path, suffixes[i]);
		(void)unlink(part);
	}
}

/* A fault was logged. */
static enum error make_copy(sqlite3 *from, const char *path, const char *script)
{
	int code;

	if (!make_file(path)) {
		log_error("database: cannot make %s: %s", path, strerror(errno));
		return ERROR_STORAGE;
	}
	code = copy_into(from, path, script);
	if (code == SQLITE_OK && sync_path(path, O_RDWR))
		return ERROR_NONE;
	log_error("database: the copy %s could not be made: %s (%d)", path,
		code == SQLITE_OK ? strerror(errno) : sqlite3_errstr(code), code);
	remove_copy(path);
	return code == SQLITE_OK ? ERROR_STORAGE : db_sqlite_error(code);
}

enum error db_sqlite_backup(struct db_connection *connection, const char *path, const char *script, int64_t *ret_bytes)
{
	struct stat found;
	enum error error = make_copy(connection->sqlite, path, script);

	if (error)
		return error;
	*ret_bytes = stat(path, &found) == 0 ? (int64_t)found.st_size : 0;
	return ERROR_NONE;
}

/* --- a copy in the place of a database --- */

struct restoring {
	const char *source; /* the file that is to be put in place */
	char path[PATH_MAX - 64];
	char fresh[PATH_MAX];
	int64_t newest_version;
	struct refusal *refusal;
};

static enum error refuse_source(const struct restoring *restoring, const char *finding)
{
	return refuse(restoring->refusal, ERROR_INVALID_PARAMS, NULL, "%s cannot be restored: %s; nothing was changed",
		restoring->source, finding);
}

static enum error refuse_place(const struct restoring *restoring, const char *path)
{
	return refuse(restoring->refusal, ERROR_STORAGE, NULL, "cannot write %s: %s", path, strerror(errno));
}

/* The first column of the first row as a number; -1: it cannot be read. */
static int64_t read_number(sqlite3 *sqlite, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int64_t value = -1;

	if (sqlite3_prepare_v2(sqlite, sql, -1, &stmt, NULL) == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		value = sqlite3_column_int64(stmt, 0);
	(void)sqlite3_finalize(stmt);
	return value;
}

static void ignore_finding(void *context, const char *finding)
{
	(void)context;
	log_error("restore: %s", finding);
}

static enum error check_source(const struct restoring *restoring, sqlite3 *source)
{
	struct db_connection connection = { .sqlite = source };
	int64_t version = read_number(source, "PRAGMA user_version");
	int64_t findings = 0;
	char finding[128];

	if (read_number(source, "PRAGMA application_id") != DB_SQLITE_APPLICATION_ID)
		return refuse_source(restoring, "it is no database of taskd");
	(void)snprintf(finding, sizeof(finding),
		"it has version %" PRId64 ", and this program knows versions up to %" PRId64, version,
		restoring->newest_version);
	if (version < 1 || version > restoring->newest_version)
		return refuse_source(restoring, finding);
	/* We make neither, and would run them. */
	if (read_number(source, "SELECT COUNT(*) FROM sqlite_schema WHERE type IN ('trigger', 'view')") != 0)
		return refuse_source(restoring, "it has triggers or views, which no database of taskd has");
	(void)db_sqlite_check_each(&connection, ignore_finding, NULL, &findings);
	return findings ? refuse_source(restoring, "it is damaged") : ERROR_NONE;
}

static bool copy_bytes(int from, int to)
{
	ssize_t count;

	do
		count = sendfile(to, from, NULL, COPY_BYTES_AT_ONCE);
	while (count > 0);
	return count == 0;
}

/* Bytes, so that SQLite writes nothing beside the source. A source without this part of a database is fine. */
static enum error copy_part(const struct restoring *restoring, const char *suffix)
{
	char from_path[PATH_MAX + 8], to_path[PATH_MAX + 8];
	AUTO_CLOSE int from = -1;
	AUTO_CLOSE int to = -1;

	(void)snprintf(from_path, sizeof(from_path), "%s%s", restoring->source, suffix);
	(void)snprintf(to_path, sizeof(to_path), "%s%s", restoring->fresh, suffix);
	(void)unlink(to_path);
	from = open(from_path, O_RDONLY | O_CLOEXEC);
	if (from < 0)
		return errno == ENOENT && suffix[0] ? ERROR_NONE : refuse_source(restoring, strerror(errno));
	to = open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (to < 0 || !copy_bytes(from, to))
		return refuse_place(restoring, to_path);
	return ERROR_NONE;
}

static enum error prepare_copy(const struct restoring *restoring, const char *script)
{
	AUTO_SQLITE *copy = NULL;
	int code = sqlite3_open_v2(
		restoring->fresh, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	enum error error;

	if (code != SQLITE_OK)
		return refuse_source(restoring, sqlite3_errstr(code));
	(void)sqlite3_db_config(copy, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(copy, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	error = check_source(restoring, copy);
	if (error)
		return error;
	code = run_script(copy, script);
	return code == SQLITE_OK
		       ? ERROR_NONE
		       : refuse(restoring->refusal, ERROR_STORAGE, NULL, "cannot write %s: %s; nothing was changed",
				 restoring->fresh, sqlite3_errstr(code));
}

static enum error copy_source(const struct restoring *restoring, const char *script)
{
	struct stat found;
	enum error error;

	if (stat(restoring->source, &found) == 0 && !S_ISREG(found.st_mode))
		return refuse_source(restoring, "it is no regular file");
	error = copy_part(restoring, "");
	if (!error)
		error = copy_part(restoring, "-wal");
	if (!error)
		error = prepare_copy(restoring, script);
	if (!error && !sync_path(restoring->fresh, O_RDWR))
		error = refuse_place(restoring, restoring->fresh);
	return error;
}

/*
 * What its log holds goes into the database, and the log goes. A damaged one cannot, and keeps its log. A connection
 * that has read nothing does not know of the log.
 */
static void fold_log(const struct restoring *restoring)
{
	AUTO_SQLITE *sqlite = NULL;

	if (sqlite3_open_v2(restoring->path, &sqlite, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
		(void)sqlite3_exec(sqlite, "SELECT COUNT(*) FROM sqlite_schema; PRAGMA wal_checkpoint(TRUNCATE)", NULL,
			NULL, NULL);
}

/* Under another name as well, so that there is no moment without it. Not under one that an earlier restore took. */
static enum error keep_file(const struct restoring *restoring, const char *suffix)
{
	char from[PATH_MAX], to[PATH_MAX];
	unsigned number = 1;

	(void)snprintf(from, sizeof(from), "%s%s", restoring->path, suffix);
	do {
		char digits[16] = "";

		if (number > 1)
			(void)snprintf(digits, sizeof(digits), "-%u", number);
		(void)snprintf(to, sizeof(to), "%s" KEPT_SUFFIX "%s%s", restoring->path, digits, suffix);
		if (link(from, to) == 0 || errno == ENOENT)
			return ERROR_NONE;
		number++;
	} while (errno == EEXIST && number < KEPT_LIMIT);
	return refuse_place(restoring, to);
}

/* A log that stayed would be taken for the new database's. */
static enum error remove_log(const struct restoring *restoring)
{
	static const char *const suffixes[] = { "-wal", "-shm" };
	char path[PATH_MAX];

	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		(void)snprintf(path, sizeof(path), "%s%s", restoring->path, suffixes[i]);
		if (unlink(path) && errno != ENOENT)
			return refuse_place(restoring, path);
	}
	return ERROR_NONE;
}

static enum error put_in_place(const struct restoring *restoring, const char *folder)
{
	enum error error;

	fold_log(restoring);
	error = keep_file(restoring, "");
	if (!error)
		error = keep_file(restoring, "-wal");
	if (!error)
		error = remove_log(restoring);
	if (error)
		return error;
	if (rename(restoring->fresh, restoring->path) || !sync_path(folder, O_RDONLY | O_DIRECTORY))
		return refuse_place(restoring, restoring->path);
	return ERROR_NONE;
}

enum error db_sqlite_restore(
	const char *folder, const char *path, int64_t newest_version, const char *script, struct refusal *refusal)
{
	struct restoring restoring = { .source = path, .newest_version = newest_version, .refusal = refusal };
	enum error error;

	if (snprintf(restoring.path, sizeof(restoring.path), "%s/" DB_SQLITE_FILE_NAME, folder) >=
		(int)sizeof(restoring.path))
		return refuse(refusal, ERROR_INVALID_PARAMS, "data", "the path of the data folder is too long");
	(void)snprintf(restoring.fresh, sizeof(restoring.fresh), "%s.restoring", restoring.path);
	error = copy_source(&restoring, script);
	if (!error)
		error = put_in_place(&restoring, folder);
	if (error)
		remove_copy(restoring.fresh);
	return error;
}
