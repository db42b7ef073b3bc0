/* Long work on a whole SQLite database: looking whether it is sound, and writing it anew. */
#include "store/db_sqlite.h"

#include <stdio.h>

/* --- soundness --- */

struct checking {
	db_check_finding on_finding;
	void *context;
	int64_t count;
};

static void find(struct checking *checking, const char *finding)
{
	checking->on_finding(checking->context, finding);
	checking->count++;
}

/* integrity_check gives one row with "ok", or a row for each finding. */
static void take_damage(struct checking *checking, sqlite3_stmt *row)
{
	const char *text = (const char *)sqlite3_column_text(row, 0);

	if (text && sqlite3_stricmp(text, "ok") != 0)
		find(checking, text);
}

/* foreign_key_check gives a row for each that refers to nothing: table, rowid, what it refers to. */
static void take_orphan(struct checking *checking, sqlite3_stmt *row)
{
	const char *table = (const char *)sqlite3_column_text(row, 0);
	const char *parent = (const char *)sqlite3_column_text(row, 2);
	char finding[192];

	(void)snprintf(finding, sizeof(finding), "a row of %.60s refers to a row of %.60s that is not there",
		table ? table : "?", parent ? parent : "?");
	find(checking, finding);
}

static const struct {
	const char *sql;
	void (*take)(struct checking *checking, sqlite3_stmt *row);
} checks[] = {
	{ "PRAGMA integrity_check(20)", take_damage },
	{ "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check LIMIT 20", take_orphan },
};

/* What cannot even be looked at is a finding, not a fault: that is what was asked. */
static void run_check(struct db_connection *connection, size_t check, struct checking *checking)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(connection->sqlite, checks[check].sql, -1, &stmt, NULL);

	while (code == SQLITE_OK || code == SQLITE_ROW) {
		code = sqlite3_step(stmt);
		if (code == SQLITE_ROW)
			checks[check].take(checking, stmt);
	}
	if (code != SQLITE_DONE)
		find(checking, sqlite3_errmsg(connection->sqlite));
	(void)sqlite3_finalize(stmt);
}

enum error db_sqlite_check_each(
	struct db_connection *connection, db_check_finding on_finding, void *context, int64_t *ret_count)
{
	struct checking checking = { on_finding, context, 0 };

	for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++)
		run_check(connection, i, &checking);
	*ret_count = checking.count;
	return ERROR_NONE;
}

/* --- scrubbing --- */

/*
 * secure_delete overwrites what is deleted, but rows that had moved between pages before left copies in the unused part
 * of those: only a file that is written anew has none. VACUUM attaches a database, which is forbidden otherwise, and
 * keeps it in a file so that it costs no memory.
 */
static int rebuild(struct db_connection *connection)
{
	sqlite3 *sqlite = connection->sqlite;
	int attached = sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, 1);
	int code = sqlite3_exec(sqlite, "PRAGMA temp_store = FILE; VACUUM", NULL, NULL, NULL);

	(void)sqlite3_exec(sqlite, "PRAGMA temp_store = MEMORY", NULL, NULL, NULL);
	(void)sqlite3_limit(sqlite, SQLITE_LIMIT_ATTACHED, attached);
	return code;
}

enum error db_sqlite_scrub(struct db_connection *connection)
{
	int code = db_sqlite_search_scrub(connection->sqlite);

	if (code == SQLITE_OK)
		code = rebuild(connection);
	if (code == SQLITE_OK)
		code = sqlite3_wal_checkpoint_v2(connection->sqlite, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	return code == SQLITE_OK ? ERROR_NONE : db_sqlite_report(connection, "scrub", code);
}
