/* Prepared statements by the address of their definition or by their text, over whatever driver there is. */
#include "store/db.h"

#include "common/cleanup.h"
#include "common/memory.h"
#include "store/db_driver.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXTS_LIMIT       64u
#define TEXT_LENGTH_LIMIT 8192u /* a longer one is prepared for one use: its program would take too much memory */
#define STATEMENTS_START  64u   /* a power of two */

struct db_query {
	struct db *db;
	struct db_prepared *prepared; /* NULL: not prepared, see error */
	enum error error;             /* of preparing or binding; shows at the first step */
	bool is_active;
	bool is_transient;                    /* goes when it is given back */
	const struct db_statement *statement; /* its identity; for a text, `made` */
	struct db_statement made;             /* of a text: sql is a copy */
	uint64_t hash;                        /* of the text */
	uint64_t used_at;                     /* of a text: the connection's count of texts */
};

struct db {
	const struct db_driver *driver;
	struct db_connection *connection;
	bool is_begun;             /* by db_begin, and not ended by us */
	struct db_query **queries; /* open addressing by the address of the statement */
	size_t query_count;
	size_t query_capacity; /* a power of two */
	struct db_query *texts[TEXTS_LIMIT];
	uint64_t text_clock;
};

static const struct db_statement overwrite_statement = { .name = "db_overwrite",
	.sql = "UPDATE commit_probe SET count = count + 1" };

/* --- connections --- */

enum error db_open(const struct db_driver *driver, const char *folder, enum db_mode mode, struct db **ret_db,
	struct refusal *refusal)
{
	struct db_connection *connection;
	struct db *db;
	enum error error = driver->open(folder, mode, &connection, refusal);

	if (error)
		return error;
	db = memory_array(1, sizeof(*db));
	db->driver = driver;
	db->connection = connection;
	db->query_capacity = STATEMENTS_START;
	db->queries = memory_array(db->query_capacity, sizeof(struct db_query *));
	*ret_db = db;
	return ERROR_NONE;
}

static void free_query(struct db_query *query)
{
	if (!query)
		return;
	if (query->prepared)
		query->db->driver->finalize(query->prepared);
	if (query->statement == &query->made)
		free((void *)(uintptr_t)query->made.sql);
	free(query);
}

void db_close(struct db *db)
{
	if (!db)
		return;
	for (size_t i = 0; i < db->query_capacity; i++)
		free_query(db->queries[i]);
	for (size_t i = 0; i < TEXTS_LIMIT; i++)
		free_query(db->texts[i]);
	db->driver->close(db->connection);
	free(db->queries);
	free(db);
}

const struct db_driver *db_driver_of(const struct db *db)
{
	return db->driver;
}

struct db_connection *db_connection_of(const struct db *db)
{
	return db->connection;
}

/* --- transactions --- */

enum error db_begin(struct db *db)
{
	enum error error = db->driver->begin(db->connection);

	db->is_begun = !error;
	return error;
}

enum error db_commit(struct db *db)
{
	bool is_there = db->driver->is_in_transaction(db->connection);
	enum error error = is_there ? db->driver->commit(db->connection) : ERROR_STORAGE;

	db->is_begun = db->driver->is_in_transaction(db->connection);
	return error;
}

void db_rollback(struct db *db)
{
	db->driver->rollback(db->connection);
	db->is_begun = false;
}

bool db_commit_is_unknown(const struct db *db)
{
	return db->driver->commit_is_unknown(db->connection);
}

enum error db_overwrite(struct db *db)
{
	enum error error = db_begin(db);

	if (error)
		return error;
	error = db_run(db_query(db, &overwrite_statement), NULL);
	if (!error)
		error = db_commit(db);
	if (error)
		db_rollback(db);
	return error;
}

bool db_is_in_transaction(const struct db *db)
{
	return db->driver->is_in_transaction(db->connection);
}

/*
 * The store ended the transaction under us. What follows would each be a transaction of its own, and so be stored
 * though what came before is gone.
 */
static bool has_lost_transaction(const struct db *db)
{
	return db->is_begun && !db->driver->is_in_transaction(db->connection);
}

enum error db_savepoint(struct db *db)
{
	return has_lost_transaction(db) ? ERROR_STORAGE : db->driver->savepoint(db->connection);
}

enum error db_release(struct db *db)
{
	return has_lost_transaction(db) ? ERROR_STORAGE : db->driver->release(db->connection);
}

enum error db_rollback_to_savepoint(struct db *db)
{
	return has_lost_transaction(db) ? ERROR_STORAGE : db->driver->rollback_to_savepoint(db->connection);
}

void db_set_room(struct db *db, enum db_room room)
{
	db->driver->set_room(db->connection, room);
}

void db_set_budget(struct db *db, int64_t budget_ns)
{
	db->driver->set_budget(db->connection, budget_ns);
}

bool db_was_interrupted(const struct db *db)
{
	return db->driver->was_interrupted(db->connection);
}

/* --- statements by address --- */

static size_t slot_of(const struct db *db, const struct db_statement *statement)
{
	uint64_t bits = (uint64_t)(uintptr_t)statement * UINT64_C(0x9e3779b97f4a7c15); /* Fibonacci hashing */

	return (size_t)(bits >> 32) & (db->query_capacity - 1);
}

/* Where the statement is, or would be. */
static struct db_query **find_slot(const struct db *db, const struct db_statement *statement)
{
	size_t slot = slot_of(db, statement);

	while (db->queries[slot] && db->queries[slot]->statement != statement)
		slot = (slot + 1) & (db->query_capacity - 1);
	return &db->queries[slot];
}

static void grow_queries(struct db *db)
{
	struct db_query **old = db->queries;
	size_t old_capacity = db->query_capacity;

	db->query_capacity *= 2;
	db->queries = memory_array(db->query_capacity, sizeof(struct db_query *));
	for (size_t i = 0; i < old_capacity; i++)
		if (old[i])
			*find_slot(db, old[i]->statement) = old[i];
	free(old);
}

static struct db_query *add_query(struct db *db, const struct db_statement *statement)
{
	struct db_query *query = memory_array(1, sizeof(*query));

	if (2 * ++db->query_count > db->query_capacity)
		grow_queries(db);
	query->db = db;
	query->statement = statement;
	*find_slot(db, statement) = query;
	return query;
}

static struct db_query *start(struct db_query *query)
{
	assert(!query->is_active);
	query->is_active = true;
	query->error = ERROR_NONE;
	if (!query->prepared)
		query->error = query->db->driver->prepare(query->db->connection, query->statement, &query->prepared);
	return query;
}

struct db_query *db_query(struct db *db, const struct db_statement *statement)
{
	struct db_query *query = *find_slot(db, statement);

	return start(query ? query : add_query(db, statement));
}

/* --- statements by text --- */

/* FNV-1a. */
static uint64_t hash_text(const char *text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return hash;
}

static struct db_query *find_text(const struct db *db, const char *sql, uint64_t hash)
{
	for (size_t i = 0; i < TEXTS_LIMIT; i++) {
		struct db_query *query = db->texts[i];

		if (query && query->hash == hash && !query->is_active && !strcmp(query->made.sql, sql))
			return query;
	}
	return NULL;
}

/* A free place, else that of the one unused for longest; NULL when all of them are running. */
static struct db_query **find_text_place(struct db *db)
{
	struct db_query **oldest = NULL;

	for (size_t i = 0; i < TEXTS_LIMIT; i++) {
		struct db_query **place = &db->texts[i];

		if (!*place)
			return place;
		if (!(*place)->is_active && (!oldest || (*place)->used_at < (*oldest)->used_at))
			oldest = place;
	}
	return oldest;
}

static struct db_query *make_text(struct db *db, const char *name, const char *sql, const char *const *columns)
{
	struct db_query *query = memory_array(1, sizeof(*query));

	query->db = db;
	query->made = (struct db_statement){ .name = name, .sql = memory_strdup(sql), .columns = columns };
	query->statement = &query->made;
	return query;
}

static struct db_query *add_text(
	struct db *db, const char *name, const char *sql, const char *const *columns, uint64_t hash)
{
	struct db_query *query = make_text(db, name, sql, columns);
	struct db_query **place = strlen(sql) > TEXT_LENGTH_LIMIT ? NULL : find_text_place(db);

	query->hash = hash;
	query->is_transient = !place;
	if (!place)
		return query;
	free_query(*place);
	*place = query;
	return query;
}

struct db_query *db_query_text(struct db *db, const char *name, const char *sql, const char *const *columns)
{
	uint64_t hash = hash_text(sql);
	struct db_query *query = find_text(db, sql, hash);

	if (!query)
		query = add_text(db, name, sql, columns, hash);
	query->made.columns = columns;
	query->used_at = ++db->text_clock;
	return start(query);
}

/* --- binding --- */

static bool can_bind(const struct db_query *query)
{
	return !query->error;
}

void db_bind_int64(struct db_query *query, unsigned number, int64_t value)
{
	if (can_bind(query))
		query->error = query->db->driver->bind_int64(query->prepared, number, value);
}

void db_bind_text_length(struct db_query *query, unsigned number, const char *text, size_t length)
{
	if (!text)
		db_bind_null(query, number);
	else if (can_bind(query))
		query->error = query->db->driver->bind_text(query->prepared, number, text, length);
}

void db_bind_text(struct db_query *query, unsigned number, const char *text)
{
	db_bind_text_length(query, number, text, text ? strlen(text) : 0);
}

void db_bind_blob(struct db_query *query, unsigned number, const void *bytes, size_t length)
{
	if (can_bind(query))
		query->error = query->db->driver->bind_blob(query->prepared, number, bytes, length);
}

void db_bind_null(struct db_query *query, unsigned number)
{
	if (can_bind(query))
		query->error = query->db->driver->bind_null(query->prepared, number);
}

void db_bind_optional_int64(struct db_query *query, unsigned number, bool is_given, int64_t value)
{
	if (is_given)
		db_bind_int64(query, number, value);
	else
		db_bind_null(query, number);
}

/* --- running --- */

enum error db_step(struct db_query *query, bool *ret_has_row)
{
	if (query->error)
		return query->error;
	if (has_lost_transaction(query->db))
		return ERROR_STORAGE;
	return query->db->driver->step(query->prepared, ret_has_row);
}

bool db_is_null(const struct db_query *query, unsigned column)
{
	return query->db->driver->is_null(query->prepared, column);
}

int64_t db_int64(const struct db_query *query, unsigned column)
{
	return query->db->driver->int64(query->prepared, column);
}

const char *db_text(const struct db_query *query, unsigned column, size_t *ret_length)
{
	return query->db->driver->text(query->prepared, column, ret_length);
}

const void *db_blob(const struct db_query *query, unsigned column, size_t *ret_length)
{
	return query->db->driver->blob(query->prepared, column, ret_length);
}

void db_finish(struct db_query *query)
{
	if (!query)
		return;
	assert(query->is_active);
	query->is_active = false;
	if (query->prepared)
		query->db->driver->reset(query->prepared);
	if (query->is_transient)
		free_query(query);
}

enum error db_run(struct db_query *query, int64_t *ret_changes)
{
	bool has_row = true;
	enum error error = ERROR_NONE;

	while (!error && has_row)
		error = db_step(query, &has_row);
	if (!error && ret_changes)
		*ret_changes = query->db->driver->changes(query->prepared);
	db_finish(query);
	return error;
}

enum error db_run_for_key(struct db_query *query, int64_t *ret_key)
{
	bool has_row;
	enum error error = db_step(query, &has_row);

	if (!error)
		*ret_key = query->db->driver->made_key(query->prepared);
	db_finish(query);
	return error;
}

enum error db_run_on_row(struct db_query *query, enum error otherwise)
{
	int64_t changed = 0;
	enum error error = db_run(query, &changed);

	if (error)
		return error;
	return changed ? ERROR_NONE : otherwise;
}

bool db_next(struct db_query *query, enum error *error)
{
	bool has_row = false;

	if (!*error)
		*error = db_step(query, &has_row);
	return has_row && !*error;
}

enum error db_read_integer(struct db_query *query, int64_t *ret_value)
{
	enum error error = db_step_one(query);

	if (!error)
		*ret_value = db_int64(query, 0);
	db_finish(query);
	return error;
}

enum error db_read_only_text(struct db_query *query, char *ret_text, size_t size)
{
	bool has_more = false;
	enum error error = db_step_one(query);

	if (!error)
		(void)snprintf(ret_text, size, "%s", db_text(query, 0, NULL));
	if (!error)
		error = db_step(query, &has_more);
	db_finish(query);
	return has_more ? ERROR_CONFLICT : error;
}

enum error db_step_one(struct db_query *query)
{
	bool has_row;
	enum error error = db_step(query, &has_row);

	if (error)
		return error;
	return has_row ? ERROR_NONE : ERROR_NOT_FOUND;
}

/* --- what only a dialect knows --- */

enum error db_checkpoint(struct db *db, int64_t *ret_wal_bytes)
{
	return db->driver->checkpoint(db->connection, ret_wal_bytes);
}

int64_t db_wal_bytes(const struct db *db)
{
	return db->driver->wal_bytes(db->connection);
}

enum error db_check_each(struct db *db, db_check_finding on_finding, void *context, int64_t *ret_count)
{
	return db->driver->check_each(db->connection, on_finding, context, ret_count);
}

enum error db_backup(struct db *db, const char *path, const char *script, int64_t *ret_bytes)
{
	return db->driver->backup(db->connection, path, script, ret_bytes);
}

enum error db_restore(const struct db_driver *driver, const char *folder, const char *path, int64_t newest_version,
	const char *script, struct refusal *refusal)
{
	return driver->restore(folder, path, newest_version, script, refusal);
}

enum error db_scrub(struct db *db)
{
	return db->driver->scrub(db->connection);
}

int64_t db_commit_average_ns(const struct db *db)
{
	return db->driver->commit_average_ns(db->connection);
}
