/* The steps of the schema: what has been released is never changed, only added to. */
#include "store/migrations.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "store/account_store.h"
#include "store/db_driver.h"
#include "store/meta_store.h"

#include <inttypes.h>

/* Table definitions are the one thing that is written for each dialect. */
struct migration {
	const char *name;
	const char *scripts[DB_DIALECT_COUNT];
};

/* Account ids are never reused: AUTOINCREMENT. NOCASE compares ASCII letters only, as emails are. */
static const char accounts_sqlite[] =
	"CREATE TABLE meta ("
	"	name TEXT NOT NULL PRIMARY KEY,"
	"	value TEXT NOT NULL"
	") STRICT, WITHOUT ROWID;"
	""
	"CREATE TABLE commit_probe ("
	"	id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),"
	"	count INTEGER NOT NULL"
	") STRICT;"
	"INSERT INTO commit_probe (id, count) VALUES (1, 0);"
	""
	"CREATE TABLE account ("
	"	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
	"	email TEXT NOT NULL COLLATE NOCASE UNIQUE,"
	"	password_hash TEXT NOT NULL,"
	"	state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),"
	"	created_at INTEGER NOT NULL,"
	"	password_changed_at INTEGER NOT NULL"
	") STRICT;"
	""
	"CREATE TABLE account_counter ("
	"	account_id INTEGER NOT NULL PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,"
	"	last_task_id INTEGER NOT NULL,"
	"	last_revision INTEGER NOT NULL"
	") STRICT;";

static const char sessions_sqlite[] = "CREATE TABLE session ("
				      "	id TEXT NOT NULL PRIMARY KEY,"
				      "	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
				      "	bound_uid INTEGER NOT NULL,"
				      "	refresh_hash BLOB NOT NULL,"
				      "	client TEXT,"
				      "	created_at INTEGER NOT NULL,"
				      "	last_used_at INTEGER NOT NULL,"
				      "	refresh_until INTEGER NOT NULL,"
				      "	absolute_until INTEGER NOT NULL"
				      ") STRICT, WITHOUT ROWID;"
				      "CREATE INDEX session_by_account ON session (account_id);"
				      "CREATE INDEX session_by_refresh_until ON session (refresh_until);"
				      "CREATE INDEX session_by_absolute_until ON session (absolute_until);";

/*
 * task.tags and task.project are what is shown; task_label is what is searched (see task_label.h). The note stands
 * last: what lies behind a long one costs a walk through its pages.
 */
static const char tasks_sqlite[] =
	"CREATE TABLE task ("
	"	key INTEGER NOT NULL PRIMARY KEY,"
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	id INTEGER NOT NULL,"
	"	uuid TEXT NOT NULL,"
	"	title TEXT NOT NULL,"
	"	status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'deleted', 'recurring')),"
	"	project TEXT,"
	"	tags TEXT NOT NULL,"
	"	priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),"
	"	due INTEGER,"
	"	wait INTEGER,"
	"	started INTEGER,"
	"	completed INTEGER,"
	"	deleted INTEGER,"
	"	created INTEGER NOT NULL,"
	"	modified INTEGER NOT NULL,"
	"	version INTEGER NOT NULL,"
	"	note TEXT,"
	"	UNIQUE (account_id, id),"
	"	UNIQUE (account_id, uuid)"
	") STRICT;"
	"CREATE INDEX task_by_status ON task (account_id, status, id, wait);"
	"CREATE INDEX task_by_status_with_wait ON task (account_id, status, id, wait) WHERE wait IS NOT NULL;"
	""
	"CREATE TABLE task_label ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	label TEXT NOT NULL,"
	"	status TEXT NOT NULL,"
	"	task_id INTEGER NOT NULL,"
	"	task_key INTEGER NOT NULL,"
	"	PRIMARY KEY (account_id, label, status, task_id)"
	") STRICT, WITHOUT ROWID;";

static const char history_sqlite[] = "CREATE TABLE history ("
				     "	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
				     "	revision INTEGER NOT NULL,"
				     "	step INTEGER NOT NULL,"
				     "	at INTEGER NOT NULL,"
				     "	actor TEXT NOT NULL,"
				     "	action TEXT NOT NULL,"
				     "	task_id INTEGER NOT NULL,"
				     "	before TEXT,"
				     "	after TEXT,"
				     "	PRIMARY KEY (account_id, revision)"
				     ") STRICT, WITHOUT ROWID;"
				     "CREATE INDEX history_by_task ON history (account_id, task_id, revision);";

static const char replays_sqlite[] = "CREATE TABLE replay ("
				     "	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
				     "	method TEXT NOT NULL,"
				     "	idempotency_key TEXT NOT NULL,"
				     "	created_at INTEGER NOT NULL,"
				     "	digest BLOB NOT NULL,"
				     "	result TEXT NOT NULL,"
				     "	PRIMARY KEY (account_id, method, idempotency_key)"
				     ") STRICT, WITHOUT ROWID;"
				     "CREATE INDEX replay_by_age ON replay (created_at);";

/* Whoever logged in, told from whom the session is bound to: that may be nobody. */
static const char session_peers_sqlite[] = "ALTER TABLE session ADD COLUMN peer_uid INTEGER NOT NULL DEFAULT -1;";

/* Scopes are the bits of enum scope; a name is the account's own. */
static const char tokens_sqlite[] = "CREATE TABLE token ("
				    "	id TEXT NOT NULL PRIMARY KEY,"
				    "	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
				    "	name TEXT NOT NULL,"
				    "	hash BLOB NOT NULL,"
				    "	scopes INTEGER NOT NULL,"
				    "	peer_uid INTEGER NOT NULL,"
				    "	bound_uid INTEGER NOT NULL,"
				    "	created_at INTEGER NOT NULL,"
				    "	last_used_at INTEGER NOT NULL,"
				    "	expires_at INTEGER NOT NULL,"
				    "	UNIQUE (account_id, name)"
				    ") STRICT, WITHOUT ROWID;"
				    "CREATE INDEX token_by_expiry ON token (expires_at);"
				    ""
				    "CREATE TABLE reset_code ("
				    "	account_id INTEGER NOT NULL PRIMARY KEY"
				    "	  REFERENCES account (id) ON DELETE CASCADE,"
				    "	hash BLOB NOT NULL,"
				    "	created_at INTEGER NOT NULL,"
				    "	expires_at INTEGER NOT NULL,"
				    "	tries_left INTEGER NOT NULL"
				    ") STRICT;";

/* Account 0 is the store's own: a column that may be null would not tell failures of one hour apart. */
static const char audit_sqlite[] =
	"CREATE TABLE audit ("
	"	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
	"	account_id INTEGER NOT NULL,"
	"	at INTEGER NOT NULL,"
	"	event TEXT NOT NULL,"
	"	uid INTEGER NOT NULL,"
	"	count INTEGER NOT NULL,"
	"	detail TEXT"
	") STRICT;"
	"CREATE INDEX audit_by_account ON audit (account_id, id);"
	"CREATE INDEX audit_by_time ON audit (at);"
	"CREATE UNIQUE INDEX audit_failures ON audit (account_id, at, uid) WHERE event = 'login_failed';";

/* The row's place is its version, from 1. */
static const struct migration migrations[] = {
	{ .name = "accounts", .scripts = { [DB_DIALECT_SQLITE] = accounts_sqlite } },
	{ .name = "sessions", .scripts = { [DB_DIALECT_SQLITE] = sessions_sqlite } },
	{ .name = "tasks", .scripts = { [DB_DIALECT_SQLITE] = tasks_sqlite } },
	{ .name = "history", .scripts = { [DB_DIALECT_SQLITE] = history_sqlite } },
	{ .name = "replays", .scripts = { [DB_DIALECT_SQLITE] = replays_sqlite } },
	{ .name = "session_peers", .scripts = { [DB_DIALECT_SQLITE] = session_peers_sqlite } },
	{ .name = "tokens", .scripts = { [DB_DIALECT_SQLITE] = tokens_sqlite } },
	{ .name = "audit", .scripts = { [DB_DIALECT_SQLITE] = audit_sqlite } },
};

int64_t migrations_newest(void)
{
	return (int64_t)COUNT_OF(migrations);
}

enum error migrations_current(struct db *db, int64_t *ret_version)
{
	return db_driver_of(db)->schema_version(db_connection_of(db), ret_version);
}

static enum error run_step(struct db *db, int64_t version, const char *uuid)
{
	const struct migration *migration = &migrations[version - 1];
	const struct db_driver *driver = db_driver_of(db);
	struct db_connection *connection = db_connection_of(db);
	enum error error = driver->execute(connection, migration->name, migration->scripts[driver->dialect]);

	if (!error && version == 1)
		error = meta_store_set_uuid(db, uuid);
	return error ? error : driver->set_schema_version(connection, version);
}

static enum error apply_step(struct db *db, int64_t version, const char *uuid)
{
	enum error error = db_begin(db);

	if (error)
		return error;
	error = run_step(db, version, uuid);
	if (!error)
		error = db_commit(db);
	if (error)
		db_rollback(db);
	else
		log_debug("database: version %" PRId64 ": %s", version, migrations[version - 1].name);
	return error;
}

static enum error refuse_newer(int64_t version, struct refusal *refusal)
{
	return refuse(refusal, ERROR_STORAGE, NULL,
		"the database has version %" PRId64 " and this program knows versions up to %" PRId64
		"; it was not touched; start the newer taskd that made it",
		version, migrations_newest());
}

enum error migrations_apply_until(struct db *db, int64_t version, const char *uuid, struct refusal *refusal)
{
	int64_t current = 0;
	enum error error = migrations_current(db, &current);

	if (!error && current > migrations_newest())
		return refuse_newer(current, refusal);
	while (!error && current < version)
		error = apply_step(db, ++current, uuid);
	if (!error)
		return ERROR_NONE;
	return refuse(refusal, error, NULL,
		"the database could not be brought to version %" PRId64 " (%s); make sure that the disk has room, "
		"and start again",
		current, error_info(error)->kind);
}

enum error migrations_apply(struct db *db, const char *uuid, bool *ret_is_new, struct refusal *refusal)
{
	bool is_any = false;
	enum error error = migrations_apply_until(db, migrations_newest(), uuid, refusal);

	if (error)
		return error;
	error = account_store_is_any(db, &is_any);
	if (error)
		return refuse(refusal, error, NULL, "the accounts in the database cannot be read");
	*ret_is_new = !is_any;
	return ERROR_NONE;
}
