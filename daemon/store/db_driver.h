/* What a database must offer to carry the store: functions at the level of the statement. */
#pragma once

#include "store/db.h"

struct arena;
struct search_document;
struct search_query;

/* Both are the driver's own. */
struct db_connection;
struct db_prepared;

/* Table definitions are written for each dialect; everything else is one text for all. */
enum db_dialect { DB_DIALECT_SQLITE, DB_DIALECT_COUNT };

/*
 * Faults are logged by the driver, once, with the statement's name. What a function promises is what the function of
 * the same name in db.h does.
 */
struct db_driver {
	const char *name;
	enum db_dialect dialect;

	enum error (*open)(
		const char *folder, enum db_mode mode, struct db_connection **ret_connection, struct refusal *refusal);
	void (*close)(struct db_connection *connection); /* all its statements have been finalized */

	/* `statement` is borrowed until finalize, its text and columns for the call. */
	enum error (*prepare)(struct db_connection *connection, const struct db_statement *statement,
		struct db_prepared **ret_prepared);
	void (*finalize)(struct db_prepared *prepared);
	/* Bytes are borrowed until the reset. A number that the text has not is ERROR_INTERNAL. */
	enum error (*bind_int64)(struct db_prepared *prepared, unsigned number, int64_t value);
	enum error (*bind_text)(struct db_prepared *prepared, unsigned number, const char *text, size_t length);
	enum error (*bind_blob)(struct db_prepared *prepared, unsigned number, const void *bytes, size_t length);
	enum error (*bind_null)(struct db_prepared *prepared, unsigned number);
	enum error (*step)(struct db_prepared *prepared, bool *ret_has_row);
	int64_t (*changes)(const struct db_prepared *prepared); /* rows, by the step before */
	int64_t (*made_key)(const struct db_prepared *prepared);
	void (*reset)(struct db_prepared *prepared); /* and forget what was bound */
	bool (*is_null)(const struct db_prepared *prepared, unsigned column);
	int64_t (*int64)(const struct db_prepared *prepared, unsigned column);
	const char *(*text)(const struct db_prepared *prepared, unsigned column, size_t *ret_length);
	const void *(*blob)(const struct db_prepared *prepared, unsigned column, size_t *ret_length);

	enum error (*begin)(struct db_connection *connection);
	enum error (*commit)(struct db_connection *connection);
	void (*rollback)(struct db_connection *connection);
	bool (*is_in_transaction)(const struct db_connection *connection);
	bool (*commit_is_unknown)(const struct db_connection *connection);
	enum error (*savepoint)(struct db_connection *connection);
	enum error (*release)(struct db_connection *connection);
	enum error (*rollback_to_savepoint)(struct db_connection *connection);
	void (*set_budget)(struct db_connection *connection, int64_t budget_ns);
	bool (*was_interrupted)(const struct db_connection *connection);
	void (*set_room)(struct db_connection *connection, enum db_room room);

	/* Table definitions: any number of statements in one text. */
	enum error (*execute)(struct db_connection *connection, const char *name, const char *script);
	/* The schema's version, changed with the transaction that changes the schema; 0 in an empty database. */
	enum error (*schema_version)(struct db_connection *connection, int64_t *ret_version);
	enum error (*set_schema_version)(struct db_connection *connection, int64_t version);

	enum error (*checkpoint)(struct db_connection *connection, int64_t *ret_wal_bytes);
	int64_t (*wal_bytes)(const struct db_connection *connection);
	enum error (*check_each)(
		struct db_connection *connection, db_check_finding on_finding, void *context, int64_t *ret_count);
	enum error (*backup)(
		struct db_connection *connection, const char *path, const char *script, int64_t *ret_bytes);
	enum error (*restore)(const char *folder, const char *path, int64_t newest_version, const char *script,
		struct refusal *refusal);
	enum error (*scrub)(struct db_connection *connection);
	int64_t (*commit_average_ns)(const struct db_connection *connection);

	/*
	 * Full text search. These use statements of their own, and so take the connection that keeps statements.
	 * search_put: these words for the row of the table of tasks with this key, in place of those that it had.
	 * search_remove: none any more.
	 * search_find: the rows "key", "score" (see search_match.h) of what was put for the account and has what is
	 * asked for; what it binds lives in the arena.
	 */
	enum error (*search_put)(
		struct db *db, int64_t account_id, int64_t key, const struct search_document *document);
	enum error (*search_remove)(struct db *db, int64_t key);
	struct db_query *(*search_find)(
		struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena);
};

/* For migrations, and for tests of one driver. */
const struct db_driver *db_driver_of(const struct db *db);
struct db_connection *db_connection_of(const struct db *db);
