/* The reports that accounts have defined. */
#include "store/report_store.h"

enum { EACH, FIND, COUNT, SET, REMOVE };

enum report_column { NAME, DEFINITION };

enum error report_store_each(struct db *db, int64_t account_id, report_row_visitor on_row, void *context)
{
	struct db_query *query = db_query(db, &report_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error)) {
		const struct report_row row = { .name = db_text(query, NAME, NULL),
			.definition = db_text(query, DEFINITION, NULL) };

		error = on_row(context, &row);
	}
	db_finish(query);
	return error;
}

enum error report_store_find(
	struct db *db, int64_t account_id, const char *name, struct arena *arena, struct report_row *ret_row)
{
	struct db_query *query = db_query(db, &report_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	error = db_step_one(query);
	if (!error)
		*ret_row = (struct report_row){ .name = arena_strdup(arena, db_text(query, NAME, NULL)),
			.definition = arena_strdup(arena, db_text(query, DEFINITION, NULL)) };
	db_finish(query);
	return error;
}

enum error report_store_count(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &report_store_statements[COUNT]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_count);
}

enum error report_store_set(struct db *db, int64_t account_id, const struct report_row *row)
{
	struct db_query *query = db_query(db, &report_store_statements[SET]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, row->name);
	db_bind_text(query, 3, row->definition);
	return db_run(query, NULL);
}

enum error report_store_remove(struct db *db, int64_t account_id, const char *name)
{
	struct db_query *query = db_query(db, &report_store_statements[REMOVE]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

static const char *const report_columns[] = { [NAME] = "name", [DEFINITION] = "definition", NULL };

const struct db_statement report_store_statements[] = {
	[EACH] = { .name = "report_each",
		.sql = "SELECT name, definition FROM report WHERE account_id = $1 ORDER BY name",
		.columns = report_columns },
	[FIND] = { .name = "report_find",
		.sql = "SELECT name, definition FROM report WHERE account_id = $1 AND name = $2",
		.columns = report_columns },
	[COUNT] = { .name = "report_count",
		.sql = "SELECT COUNT(*) AS count FROM report WHERE account_id = $1",
		.columns = (const char *const[]){ "count", NULL } },
	[SET] = { .name = "report_set",
		.sql = "INSERT INTO report (account_id, name, definition) "
		       "VALUES ($1, $2, $3) "
		       "ON CONFLICT (account_id, name) DO UPDATE SET definition = $3" },
	[REMOVE] = { .name = "report_remove", .sql = "DELETE FROM report WHERE account_id = $1 AND name = $2" },
	{ 0 },
};
