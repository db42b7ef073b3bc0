/* Tasks on their way in. */
#include "store/import_store.h"

enum { BEGIN, FIND, COUNT, TOTALS, ADD_PART, TOUCH, EACH_PART, END, PRUNE };

enum find_column { FORMAT, UNIT, IS_PARTIAL };
enum totals_column { PARTS, BYTES, TAKEN, REFUSED };
enum part_column { NUMBER, FIRST, DECLARATIONS, TEXT };

enum error import_store_begin(struct db *db, int64_t account_id, const struct import_row *row, int64_t now)
{
	struct db_query *query = db_query(db, &import_store_statements[BEGIN]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, row->id);
	db_bind_text(query, 3, row->format);
	db_bind_text(query, 4, row->unit);
	db_bind_int64(query, 5, row->is_partial);
	db_bind_int64(query, 6, now);
	return db_run(query, NULL);
}

enum error import_store_find(
	struct db *db, int64_t account_id, const char *id, struct arena *arena, struct import_row *ret_row)
{
	struct db_query *query = db_query(db, &import_store_statements[FIND]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	error = db_step_one(query);
	if (!error)
		*ret_row = (struct import_row){ .id = arena_strdup(arena, id),
			.format = arena_strdup(arena, db_text(query, FORMAT, NULL)),
			.unit = arena_strdup(arena, db_text(query, UNIT, NULL)),
			.is_partial = db_int64(query, IS_PARTIAL) != 0 };
	db_finish(query);
	return error;
}

enum error import_store_count(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &import_store_statements[COUNT]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_count);
}

enum error import_store_totals(struct db *db, int64_t account_id, const char *id, struct import_totals *ret_totals)
{
	struct db_query *query = db_query(db, &import_store_statements[TOTALS]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	error = db_step_one(query);
	if (!error)
		*ret_totals = (struct import_totals){ .parts = db_int64(query, PARTS),
			.bytes = db_int64(query, BYTES),
			.taken = db_int64(query, TAKEN),
			.refused = db_int64(query, REFUSED) };
	db_finish(query);
	return error;
}

/* --- parts --- */

static enum error touch(struct db *db, int64_t account_id, const char *id, int64_t now)
{
	struct db_query *query = db_query(db, &import_store_statements[TOUCH]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	db_bind_int64(query, 3, now);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error import_store_add_part(
	struct db *db, int64_t account_id, const char *id, const struct import_part *part, int64_t now)
{
	struct db_query *query;
	enum error error = touch(db, account_id, id, now);

	if (error)
		return error;
	query = db_query(db, &import_store_statements[ADD_PART]);
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	db_bind_int64(query, 3, part->number);
	db_bind_int64(query, 4, part->first);
	db_bind_int64(query, 5, part->taken);
	db_bind_int64(query, 6, part->refused);
	db_bind_text(query, 7, part->declarations);
	db_bind_int64(query, 8, (int64_t)part->length);
	db_bind_text_length(query, 9, part->text, part->length);
	return db_run(query, NULL);
}

static struct import_part read_part(const struct db_query *query)
{
	struct import_part part = { .number = db_int64(query, NUMBER),
		.first = db_int64(query, FIRST),
		.declarations = db_text(query, DECLARATIONS, NULL) };

	part.text = db_text(query, TEXT, &part.length);
	return part;
}

enum error import_store_each_part(
	struct db *db, int64_t account_id, const char *id, import_store_part on_part, void *context)
{
	struct db_query *query = db_query(db, &import_store_statements[EACH_PART]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	while (db_next(query, &error)) {
		struct import_part part = read_part(query);

		error = on_part(context, &part);
	}
	db_finish(query);
	return error;
}

/* --- the end --- */

enum error import_store_end(struct db *db, int64_t account_id, const char *id)
{
	struct db_query *query = db_query(db, &import_store_statements[END]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, id);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error import_store_prune(struct db *db, int64_t not_before, int64_t limit)
{
	struct db_query *query = db_query(db, &import_store_statements[PRUNE]);

	db_bind_int64(query, 1, not_before);
	db_bind_int64(query, 2, limit);
	return db_run(query, NULL);
}

const struct db_statement import_store_statements[] = {
	[BEGIN] = { .name = "import_begin",
		.sql = "INSERT INTO import (account_id, id, format, unit, is_partial, touched_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6)" },
	[FIND] = { .name = "import_find",
		.sql = "SELECT format, unit, is_partial FROM import WHERE account_id = $1 AND id = $2",
		.columns =
			(const char *const[]){
				[FORMAT] = "format", [UNIT] = "unit", [IS_PARTIAL] = "is_partial", NULL } },
	[COUNT] = { .name = "import_count",
		.sql = "SELECT count(*) AS count FROM import WHERE account_id = $1",
		.columns = (const char *const[]){ "count", NULL } },
	[TOTALS] = { .name = "import_totals",
		.sql = "SELECT count(*) AS parts, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(taken), 0) AS taken, "
		       "coalesce(sum(refused), 0) AS refused "
		       "FROM import_part WHERE account_id = $1 AND import_id = $2",
		.columns = (const char *const[]){ [PARTS] = "parts",
			[BYTES] = "bytes",
			[TAKEN] = "taken",
			[REFUSED] = "refused",
			NULL } },
	[ADD_PART] = { .name = "import_add_part",
		.sql = "INSERT INTO import_part "
		       "(account_id, import_id, number, first, taken, refused, declarations, bytes, text) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)" },
	[TOUCH] = { .name = "import_touch",
		.sql = "UPDATE import SET touched_at = $3 WHERE account_id = $1 AND id = $2" },
	[EACH_PART] = { .name = "import_each_part",
		.sql = "SELECT number, first, declarations, text FROM import_part "
		       "WHERE account_id = $1 AND import_id = $2 "
		       "ORDER BY number",
		.columns = (const char *const[]){ [NUMBER] = "number",
			[FIRST] = "first",
			[DECLARATIONS] = "declarations",
			[TEXT] = "text",
			NULL } },
	[END] = { .name = "import_end", .sql = "DELETE FROM import WHERE account_id = $1 AND id = $2" },
	[PRUNE] = { .name = "import_prune",
		.sql = "DELETE FROM import WHERE (account_id, id) IN ("
		       "  SELECT account_id, id FROM import WHERE touched_at < $1 ORDER BY touched_at LIMIT $2)" },
	{ 0 },
};
