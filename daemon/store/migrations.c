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

/*
 * All fields of a task. The table is written anew, so that the note stands last again. Rows that are not yet in the
 * index of words are found by task_unindexed, and templates that have to be looked at by an index of their own, over
 * all accounts. The urgency of tasks from before is to be found out at once: it has long changed.
 */
static const char task_fields_sqlite[] =
	"CREATE TABLE task_all ("
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
	"	scheduled INTEGER,"
	"	until INTEGER,"
	"	started INTEGER,"
	"	completed INTEGER,"
	"	deleted INTEGER,"
	"	created INTEGER NOT NULL,"
	"	modified INTEGER NOT NULL,"
	"	version INTEGER NOT NULL,"
	"	parent INTEGER,"
	"	series INTEGER,"
	"	occurrence INTEGER,"
	"	spent INTEGER NOT NULL DEFAULT 0,"
	"	is_indexed INTEGER NOT NULL DEFAULT 0,"
	"	blockers INTEGER NOT NULL DEFAULT 0,"
	"	dependents INTEGER NOT NULL DEFAULT 0,"
	"	children INTEGER NOT NULL DEFAULT 0,"
	"	open_children INTEGER NOT NULL DEFAULT 0,"
	"	urgency_class INTEGER NOT NULL DEFAULT 0,"
	"	urgency_intercept INTEGER NOT NULL DEFAULT 0,"
	"	urgency_change INTEGER,"
	"	recur TEXT,"
	"	recur_from TEXT,"
	"	recur_count INTEGER,"
	"	recur_zone TEXT,"
	"	recur_base INTEGER NOT NULL DEFAULT 0,"
	"	recur_next INTEGER,"
	"	depends TEXT,"
	"	custom TEXT,"
	"	annotations TEXT,"
	"	note TEXT,"
	"	UNIQUE (account_id, id),"
	"	UNIQUE (account_id, uuid)"
	") STRICT;"
	"INSERT INTO task_all (key, account_id, id, uuid, title, status, project, tags, priority, due, wait, started,"
	"	completed, deleted, created, modified, version, urgency_change, note)"
	" SELECT key, account_id, id, uuid, title, status, project, tags, priority, due, wait, started,"
	"	completed, deleted, created, modified, version, CASE status WHEN 'pending' THEN 0 END, note FROM task;"
	"DROP TABLE task;"
	"ALTER TABLE task_all RENAME TO task;"
	"CREATE INDEX task_by_status ON task (account_id, status, id, wait);"
	"CREATE INDEX task_by_status_with_wait ON task (account_id, status, id, wait) WHERE wait IS NOT NULL;"
	"CREATE INDEX task_by_due ON task (account_id, status, due, id) WHERE due IS NOT NULL;"
	"CREATE INDEX task_by_started ON task (account_id, started) WHERE started IS NOT NULL;"
	"CREATE INDEX task_by_parent ON task (account_id, parent, id) WHERE parent IS NOT NULL;"
	"CREATE UNIQUE INDEX task_by_series ON task (account_id, series, occurrence) WHERE series IS NOT NULL;"
	"CREATE INDEX task_by_recur_next ON task (recur_next) WHERE recur_next IS NOT NULL;"
	"CREATE INDEX task_by_until ON task (until) WHERE until IS NOT NULL AND status = 'pending';"
	"CREATE INDEX task_by_deleted ON task (deleted) WHERE status = 'deleted';"
	"CREATE INDEX task_by_urgency ON task (account_id, status, urgency_class, urgency_intercept DESC, id);"
	"CREATE INDEX task_by_urgency_change ON task (account_id, urgency_change)"
	" WHERE urgency_change IS NOT NULL AND status = 'pending';"
	"CREATE INDEX task_unindexed ON task (key) WHERE is_indexed = 0;";

/* What tasks refer to, and what an account has said about its tasks as a whole. */
static const char task_relations_sqlite[] =
	"CREATE TABLE task_dependency ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	task_id INTEGER NOT NULL,"
	"	on_id INTEGER NOT NULL,"
	"	PRIMARY KEY (account_id, task_id, on_id)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX task_dependency_by_on ON task_dependency (account_id, on_id, task_id);"
	""
	"CREATE TABLE task_time ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	task_id INTEGER NOT NULL,"
	"	started INTEGER NOT NULL,"
	"	stopped INTEGER NOT NULL,"
	"	PRIMARY KEY (account_id, started, task_id)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX task_time_by_task ON task_time (account_id, task_id, started);"
	""
	"CREATE TABLE custom_field ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	type TEXT NOT NULL,"
	"	label TEXT,"
	"	choices TEXT,"
	"	PRIMARY KEY (account_id, name)"
	") STRICT, WITHOUT ROWID;"
	""
	"CREATE TABLE task_value ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	task_id INTEGER NOT NULL,"
	"	text TEXT NOT NULL,"
	"	number REAL,"
	"	PRIMARY KEY (account_id, name, task_id)"
	") STRICT, WITHOUT ROWID;"
	""
	"CREATE TABLE context ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	read_filter TEXT NOT NULL,"
	"	write_defaults TEXT NOT NULL,"
	"	PRIMARY KEY (account_id, name)"
	") STRICT, WITHOUT ROWID;"
	""
	"CREATE TABLE report ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	definition TEXT NOT NULL,"
	"	PRIMARY KEY (account_id, name)"
	") STRICT, WITHOUT ROWID;"
	""
	"CREATE TABLE urgency_coefficient ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	name TEXT NOT NULL,"
	"	value INTEGER NOT NULL,"
	"	PRIMARY KEY (account_id, name)"
	") STRICT, WITHOUT ROWID;";

/*
 * See act_store.h. The acts from before are those of people, and all are done. by_step: the step that has undone it.
 */
static const char acts_sqlite[] =
	"ALTER TABLE account_counter ADD COLUMN done_act INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE account_counter ADD COLUMN newest_act INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE account_counter ADD COLUMN previous_act INTEGER NOT NULL DEFAULT 0;"
	"ALTER TABLE history ADD COLUMN previous INTEGER;"
	"UPDATE history SET previous = coalesce((SELECT earlier.step FROM history AS earlier"
	" WHERE earlier.account_id = history.account_id AND earlier.revision = history.revision - 1), 0)"
	" WHERE revision = step;"
	"UPDATE account_counter SET done_act = coalesce((SELECT step FROM history"
	" WHERE history.account_id = account_counter.account_id ORDER BY revision DESC LIMIT 1), 0);"
	"UPDATE account_counter SET newest_act = done_act;"
	""
	"CREATE TABLE history_undone ("
	"	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
	"	step INTEGER NOT NULL,"
	"	by_step INTEGER NOT NULL,"
	"	PRIMARY KEY (account_id, step)"
	") STRICT, WITHOUT ROWID;"
	"CREATE INDEX history_undone_by ON history_undone (account_id, by_step DESC, step);";

/*
 * The words of tasks (see db_sqlite_search.c), split at spaces by FTS5's simplest tokenizer: what is not ASCII belongs
 * to a word. Rows that wait are found by account, so that nobody looks through another's.
 */
static const char search_sqlite[] = "CREATE VIRTUAL TABLE search USING fts5("
				    "	title, body, tokenize = \"ascii tokenchars ':'\""
				    ");"
				    "DROP INDEX task_unindexed;"
				    "CREATE INDEX task_unindexed ON task (account_id, key) WHERE is_indexed = 0;";

/*
 * What few tasks have, and is asked for, in the order of ids: an index of those alone. Their conditions are worded as
 * no other is, so that SQLite takes them where they were chosen (see task_plan.c), and nowhere else.
 */
static const char marks_sqlite[] =
	"CREATE INDEX task_with_blockers ON task (account_id, status, id) WHERE blockers > 0;"
	"CREATE INDEX task_with_dependents ON task (account_id, status, id) WHERE dependents > 0;"
	"CREATE INDEX task_with_children ON task (account_id, status, id) WHERE children > 0;"
	"CREATE INDEX task_with_parent ON task (account_id, status, id) WHERE (parent IS NOT NULL) = 1;"
	"CREATE INDEX task_with_scheduled ON task (account_id, status, id) WHERE (scheduled IS NOT NULL) = 1;"
	"CREATE INDEX task_with_until ON task (account_id, status, id) WHERE (until IS NOT NULL) = 1;"
	"CREATE INDEX task_with_annotations ON task (account_id, status, id) WHERE (annotations IS NOT NULL) = 1;";

/* Most tasks have no priority, and are not in it. In the order of ids, as lists are. */
static const char priorities_sqlite[] =
	"CREATE INDEX task_by_priority ON task (account_id, status, priority, id) WHERE priority > 0;";

/* What clients have brought and not committed yet. The parts' text stands last: it is long. */
static const char imports_sqlite[] = "CREATE TABLE import ("
				     "	account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,"
				     "	id TEXT NOT NULL,"
				     "	format TEXT NOT NULL,"
				     "	unit TEXT NOT NULL,"
				     "	is_partial INTEGER NOT NULL,"
				     "	touched_at INTEGER NOT NULL,"
				     "	PRIMARY KEY (account_id, id)"
				     ") STRICT, WITHOUT ROWID;"
				     "CREATE INDEX import_by_touched ON import (touched_at);"
				     ""
				     "CREATE TABLE import_part ("
				     "	key INTEGER NOT NULL PRIMARY KEY,"
				     "	account_id INTEGER NOT NULL,"
				     "	import_id TEXT NOT NULL,"
				     "	number INTEGER NOT NULL,"
				     "	first INTEGER NOT NULL,"
				     "	taken INTEGER NOT NULL,"
				     "	refused INTEGER NOT NULL,"
				     "	bytes INTEGER NOT NULL,"
				     "	declarations TEXT,"
				     "	text TEXT NOT NULL,"
				     "	UNIQUE (account_id, import_id, number),"
				     "	FOREIGN KEY (account_id, import_id) REFERENCES import (account_id, id)"
				     "		ON DELETE CASCADE"
				     ") STRICT;";

/* What a calendar asks for, without a look at any row. Worded as no other condition is, as with the marks. */
static const char days_sqlite[] =
	"CREATE INDEX task_day_scheduled ON task (account_id, status, scheduled) WHERE (scheduled IS NOT NULL) = 1;"
	"CREATE INDEX task_day_wait ON task (account_id, status, wait) WHERE (wait IS NOT NULL) = 1;"
	"CREATE INDEX task_day_completed ON task (account_id, status, completed) WHERE (completed IS NOT NULL) = 1;";

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
	{ .name = "task_fields", .scripts = { [DB_DIALECT_SQLITE] = task_fields_sqlite } },
	{ .name = "task_relations", .scripts = { [DB_DIALECT_SQLITE] = task_relations_sqlite } },
	{ .name = "acts", .scripts = { [DB_DIALECT_SQLITE] = acts_sqlite } },
	{ .name = "search", .scripts = { [DB_DIALECT_SQLITE] = search_sqlite } },
	{ .name = "marks", .scripts = { [DB_DIALECT_SQLITE] = marks_sqlite } },
	{ .name = "priorities", .scripts = { [DB_DIALECT_SQLITE] = priorities_sqlite } },
	{ .name = "imports", .scripts = { [DB_DIALECT_SQLITE] = imports_sqlite } },
	{ .name = "days", .scripts = { [DB_DIALECT_SQLITE] = days_sqlite } },
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
