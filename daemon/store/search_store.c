/* Searching what is in the index and what is not yet, and moving rows from the one to the other. */
#include "store/search_store.h"

#include "common/buffer.h"
#include "common/log.h"
#include "store/db_driver.h"
#include "store/task_row_lists.h"
#include "tasks/search_match.h"

#include <inttypes.h>

enum {
	ANY_UNINDEXED,
	FIRST_UNINDEXED,
	UNINDEXED_OF_ACCOUNT,
	MARK_INDEXED,
	CONFIRM,
	KEY_OF,
	KEY_BEFORE,
};

enum text_column { KEY, ACCOUNT, ID, TITLE, ANNOTATIONS, NOTE };
enum hit_column { HIT_KEY, HIT_SCORE };

/* The words of one row after the other. */
struct reading {
	struct buffer title, body;
	struct arena arena; /* of a row's annotations */
	struct search_document document;
};

static void reading_init(struct reading *reading)
{
	buffer_init(&reading->title);
	buffer_init(&reading->body);
	arena_init(&reading->arena);
}

static void reading_deinit(struct reading *reading)
{
	buffer_deinit(&reading->title);
	buffer_deinit(&reading->body);
	arena_deinit(&reading->arena);
}

/* What is damaged has no words: it must not keep all that waits behind it out of the index. */
static void read_document(struct reading *reading, const struct db_query *rows)
{
	const char *annotations = db_text(rows, ANNOTATIONS, NULL);
	struct task task = task_empty;

	arena_reset(&reading->arena);
	task.title = db_text(rows, TITLE, NULL);
	task.note = db_text(rows, NOTE, NULL);
	if (annotations && !task_row_read_annotations(annotations, &reading->arena, &task))
		log_error("database: task %" PRId64 " has damaged annotations", db_int64(rows, ID));
	reading->document = search_match_document(&task, &reading->title, &reading->body);
}

/* --- indexing --- */

enum error search_store_is_complete(struct db *db, bool *ret_is_complete)
{
	struct db_query *query = db_query(db, &search_store_statements[ANY_UNINDEXED]);
	bool is_any = false;
	enum error error = db_step(query, &is_any);

	db_finish(query);
	if (!error)
		*ret_is_complete = !is_any;
	return error;
}

static enum error mark_indexed(struct db *db, int64_t key)
{
	struct db_query *query = db_query(db, &search_store_statements[MARK_INDEXED]);

	db_bind_int64(query, 1, key);
	return db_run_on_row(query, ERROR_INTERNAL);
}

static enum error put_row(struct db *db, struct reading *reading, const struct db_query *rows)
{
	int64_t key = db_int64(rows, KEY);
	int64_t account_id = db_int64(rows, ACCOUNT);
	enum error error;

	read_document(reading, rows);
	error = db_driver_of(db)->search_put(db, account_id, key, &reading->document);
	return error ? error : mark_indexed(db, key);
}

enum error search_store_index_one(struct db *db, bool *ret_was_any)
{
	struct db_query *rows = db_query(db, &search_store_statements[FIRST_UNINDEXED]);
	struct reading reading;
	bool is_any = false;
	enum error error;

	reading_init(&reading);
	error = db_step(rows, &is_any);
	if (!error && is_any)
		error = put_row(db, &reading, rows);
	db_finish(rows);
	reading_deinit(&reading);
	if (!error)
		*ret_was_any = is_any;
	return error;
}

enum error search_store_forget(struct db *db, int64_t account_id, int64_t id)
{
	struct db_query *query = db_query(db, &search_store_statements[KEY_OF]);
	int64_t key;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	error = db_read_integer(query, &key);
	return error ? error : db_driver_of(db)->search_remove(db, key);
}

/* --- finding --- */

static enum error each_indexed(struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena,
	search_store_on_hit on_hit, void *context)
{
	struct db_query *rows = db_driver_of(db)->search_find(db, account_id, query, arena);
	enum error error = ERROR_NONE;

	while (db_next(rows, &error))
		error = on_hit(context, &(struct search_store_hit){
						.key = db_int64(rows, HIT_KEY), .score = db_int64(rows, HIT_SCORE) });
	db_finish(rows);
	return error;
}

static enum error each_unindexed(
	struct db *db, int64_t account_id, const struct search_query *query, search_store_on_hit on_hit, void *context)
{
	struct db_query *rows = db_query(db, &search_store_statements[UNINDEXED_OF_ACCOUNT]);
	struct reading reading;
	int64_t score;
	enum error error = ERROR_NONE;

	reading_init(&reading);
	db_bind_int64(rows, 1, account_id);
	while (db_next(rows, &error)) {
		read_document(&reading, rows);
		if (search_match(query, &reading.document, &score))
			error = on_hit(context,
				&(struct search_store_hit){
					.key = db_int64(rows, KEY), .score = score, .id = db_int64(rows, ID) });
	}
	db_finish(rows);
	reading_deinit(&reading);
	return error;
}

enum error search_store_each(struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena,
	search_store_on_hit on_hit, void *context)
{
	enum error error = each_indexed(db, account_id, query, arena, on_hit, context);

	return error ? error : each_unindexed(db, account_id, query, on_hit, context);
}

/* The integer that is the first row's only column; 0: there is none. */
static enum error read_or_zero(struct db_query *query, int64_t *ret_value)
{
	int64_t value = 0;
	enum error error = db_read_integer(query, &value);

	if (error && error != ERROR_NOT_FOUND)
		return error;
	*ret_value = value;
	return ERROR_NONE;
}

enum error search_store_confirm(struct db *db, int64_t account_id, const struct search_store_hit *hit, int64_t *ret_id)
{
	struct db_query *query;

	if (hit->id) {
		*ret_id = hit->id;
		return ERROR_NONE;
	}
	query = db_query(db, &search_store_statements[CONFIRM]);
	db_bind_int64(query, 1, hit->key);
	db_bind_int64(query, 2, account_id);
	return read_or_zero(query, ret_id);
}

enum error search_store_key_before(struct db *db, int64_t account_id, int64_t id, int64_t *ret_key)
{
	struct db_query *query = db_query(db, &search_store_statements[KEY_BEFORE]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return read_or_zero(query, ret_key);
}

#define TEXT_COLUMNS "key, account_id, id, title, annotations, note"

static const char *const text_columns[] = { [KEY] = "key",
	[ACCOUNT] = "account_id",
	[ID] = "id",
	[TITLE] = "title",
	[ANNOTATIONS] = "annotations",
	[NOTE] = "note",
	NULL };

const struct db_statement search_store_statements[] = {
	[ANY_UNINDEXED] = { .name = "search_any_unindexed",
		.sql = "SELECT key FROM task WHERE is_indexed = 0 LIMIT 1",
		.columns = (const char *const[]){ "key", NULL } },
	[FIRST_UNINDEXED] = { .name = "search_first_unindexed",
		.sql = "SELECT " TEXT_COLUMNS " FROM task "
		       "WHERE is_indexed = 0 "
		       "ORDER BY account_id, key "
		       "LIMIT 1",
		.columns = text_columns },
	[UNINDEXED_OF_ACCOUNT] = { .name = "search_unindexed_of_account",
		.sql = "SELECT " TEXT_COLUMNS " FROM task WHERE account_id = $1 AND is_indexed = 0",
		.columns = text_columns },
	[MARK_INDEXED] = { .name = "search_mark_indexed", .sql = "UPDATE task SET is_indexed = 1 WHERE key = $1" },
	[CONFIRM] = { .name = "search_confirm",
		.sql = "SELECT id FROM task WHERE key = $1 AND account_id = $2 AND is_indexed = 1",
		.columns = (const char *const[]){ "id", NULL } },
	[KEY_OF] = { .name = "search_key_of",
		.sql = "SELECT key FROM task WHERE account_id = $1 AND id = $2",
		.columns = (const char *const[]){ "key", NULL } },
	[KEY_BEFORE] = { .name = "search_key_before",
		.sql = "SELECT key FROM task WHERE account_id = $1 AND id < $2 ORDER BY id DESC LIMIT 1",
		.columns = (const char *const[]){ "key", NULL } },
	{ 0 },
};
