/* The contexts of accounts. */
#include "store/context_store.h"

enum { EACH, FIND, COUNT, SET, REMOVE };

enum context_column { NAME, READ_FILTER, WRITE_DEFAULTS };

enum error context_store_each(struct db *db, int64_t account_id, context_row on_row, void *context)
{
	struct db_query *query = db_query(db, &context_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error)) {
		const struct context row = { .name = db_text(query, NAME, NULL),
			.read_filter = db_text(query, READ_FILTER, NULL),
			.write_defaults = db_text(query, WRITE_DEFAULTS, NULL) };

		error = on_row(context, &row);
	}
	db_finish(query);
	return error;
}

enum error context_store_find(
	struct db *db, int64_t account_id, const char *name, struct arena *arena, struct context *ret_row)
{
	struct db_query *query = db_query(db, &context_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	error = db_step_one(query);
	if (!error)
		*ret_row = (struct context){ .name = arena_strdup(arena, db_text(query, NAME, NULL)),
			.read_filter = arena_strdup(arena, db_text(query, READ_FILTER, NULL)),
			.write_defaults = arena_strdup(arena, db_text(query, WRITE_DEFAULTS, NULL)) };
	db_finish(query);
	return error;
}

enum error context_store_count(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &context_store_statements[COUNT]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_count);
}

enum error context_store_set(struct db *db, int64_t account_id, const struct context *row)
{
	struct db_query *query = db_query(db, &context_store_statements[SET]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, row->name);
	db_bind_text(query, 3, row->read_filter);
	db_bind_text(query, 4, row->write_defaults);
	return db_run(query, NULL);
}

enum error context_store_remove(struct db *db, int64_t account_id, const char *name)
{
	struct db_query *query = db_query(db, &context_store_statements[REMOVE]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

static const char *const context_columns[] = {
	[NAME] = "name", [READ_FILTER] = "read_filter", [WRITE_DEFAULTS] = "write_defaults", NULL
};

const struct db_statement context_store_statements[] = {
	[EACH] = { .name = "context_each",
		.sql = "SELECT name, read_filter, write_defaults FROM context WHERE account_id = $1 ORDER BY name",
		.columns = context_columns },
	[FIND] = { .name = "context_find",
		.sql = "SELECT name, read_filter, write_defaults FROM context WHERE account_id = $1 AND name = $2",
		.columns = context_columns },
	[COUNT] = { .name = "context_count",
		.sql = "SELECT COUNT(*) AS count FROM context WHERE account_id = $1",
		.columns = (const char *const[]){ "count", NULL } },
	[SET] = { .name = "context_set",
		.sql = "INSERT INTO context (account_id, name, read_filter, write_defaults) "
		       "VALUES ($1, $2, $3, $4) "
		       "ON CONFLICT (account_id, name) DO UPDATE SET read_filter = $3, write_defaults = $4" },
	[REMOVE] = { .name = "context_remove", .sql = "DELETE FROM context WHERE account_id = $1 AND name = $2" },
	{ 0 },
};
