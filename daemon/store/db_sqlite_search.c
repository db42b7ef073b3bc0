/*
 * Full text search by FTS5. The table holds words that are cut already (see search_words.h); each has its account in
 * front, as in "7:milk": what an account looks for goes along its own words alone, and costs it nothing that others
 * have written.
 *
 * The table keeps a copy of the words. Without it (content='') it would be half as large and no faster, but then what a
 * changed task used to be would have to be told to the word when its entry goes.
 */
#include "store/db_sqlite.h"

#include "common/buffer.h"
#include "tasks/search_match.h"

#include <inttypes.h>
#include <string.h>

enum { REMOVE, PUT, FIND };

/* --- the rank --- */

/* Of a wanted phrase, in the row. SQLite's code. */
static int count_phrase(const Fts5ExtensionApi *api, Fts5Context *row, int phrase, struct search_count *count)
{
	Fts5PhraseIter iterator;
	int column = -1, offset;
	int code = api->xPhraseFirst(row, phrase, &iterator, &column, &offset);

	for (; code == SQLITE_OK && column >= 0; api->xPhraseNext(row, &iterator, &column, &offset)) {
		if (column == 0)
			count->title++;
		else
			count->body++;
	}
	return code;
}

/* For rows of the index what search_match does for words at hand. The argument: how many phrases are wanted. */
static void score(
	const Fts5ExtensionApi *api, Fts5Context *row, sqlite3_context *result, int value_count, sqlite3_value **values)
{
	struct search_count counts[SEARCH_WORDS_MOST] = { 0 };
	int wanted = value_count == 1 ? sqlite3_value_int(values[0]) : 0;
	int words = 0;
	int code = wanted > 0 && wanted <= api->xPhraseCount(row) && wanted <= (int)SEARCH_WORDS_MOST ? SQLITE_OK
												      : SQLITE_MISUSE;

	if (code == SQLITE_OK)
		code = api->xColumnSize(row, -1, &words);
	for (int phrase = 0; code == SQLITE_OK && phrase < wanted; phrase++)
		code = count_phrase(api, row, phrase, &counts[phrase]);
	if (code == SQLITE_OK)
		sqlite3_result_int64(result, search_match_score(counts, (size_t)wanted, words));
	else
		sqlite3_result_error_code(result, code);
}

/* How FTS5 hands its interface out (sqlite.org/fts5.html, section 7). */
static fts5_api *find_interface(sqlite3 *sqlite)
{
	fts5_api *api = NULL;
	sqlite3_stmt *stmt;

	if (sqlite3_prepare_v2(sqlite, "SELECT fts5(?1)", -1, &stmt, NULL) != SQLITE_OK)
		return NULL;
	(void)sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
	(void)sqlite3_step(stmt);
	(void)sqlite3_finalize(stmt);
	return api;
}

bool db_sqlite_search_prepare(sqlite3 *sqlite)
{
	fts5_api *api = find_interface(sqlite);

	return api && api->xCreateFunction(api, "search_score", NULL, score, NULL) == SQLITE_OK;
}

/* --- writing --- */

static void write_word(struct buffer *out, int64_t account_id, const char *word, size_t length)
{
	buffer_printf(out, "%" PRId64 ":", account_id);
	buffer_append(out, word, length);
	buffer_append_char(out, ' ');
}

static void write_words(struct buffer *out, int64_t account_id, const char *words, size_t length)
{
	const char *end;

	if (!length)
		return; /* and `words` may be NULL */
	end = words + length;
	for (const char *word = words; word < end;) {
		const char *space = memchr(word, ' ', (size_t)(end - word));
		size_t word_length = (size_t)((space ? space : end) - word);

		write_word(out, account_id, word, word_length);
		word += word_length + 1;
	}
}

enum error db_sqlite_search_remove(struct db *db, int64_t key)
{
	struct db_query *query = db_query(db, &db_sqlite_search_statements[REMOVE]);

	db_bind_int64(query, 1, key);
	return db_run(query, NULL);
}

static enum error put(struct db *db, int64_t key, const struct buffer *title, const struct buffer *body)
{
	struct db_query *query = db_query(db, &db_sqlite_search_statements[PUT]);

	db_bind_int64(query, 1, key);
	db_bind_text_length(query, 2, title->data ? title->data : "", title->length);
	db_bind_text_length(query, 3, body->data ? body->data : "", body->length);
	return db_run(query, NULL);
}

enum error db_sqlite_search_put(struct db *db, int64_t account_id, int64_t key, const struct search_document *document)
{
	struct buffer title, body;
	enum error error;

	buffer_init(&title);
	buffer_init(&body);
	write_words(&title, account_id, document->title, document->title_length);
	write_words(&body, account_id, document->body, document->body_length);
	error = db_sqlite_search_remove(db, key);
	if (!error)
		error = put(db, key, &title, &body);
	buffer_deinit(&title);
	buffer_deinit(&body);
	return error;
}

/* --- finding --- */

/* In quotes, of which no word has one: none of it can be taken for the query language of FTS5. */
static void write_phrase(struct buffer *out, int64_t account_id, const struct search_phrase *phrase)
{
	buffer_append_char(out, '"');
	for (size_t i = 0; i < phrase->count; i++)
		write_word(out, account_id, phrase->words[i].text, phrase->words[i].length);
	buffer_append_text(out, phrase->is_prefix ? "\" *" : "\"");
}

/* ("7:buy " AND "7:mil " *) NOT "7:soy " */
static const char *write_expression(const struct search_query *query, int64_t account_id, struct arena *arena)
{
	struct buffer out;
	const char *expression;

	buffer_init(&out);
	for (size_t i = 0; i < query->count; i++) {
		buffer_append_text(&out, i == 0 ? "(" : query->phrases[i].is_excluded ? " NOT " : " AND ");
		write_phrase(&out, account_id, &query->phrases[i]);
		if (i + 1 == query->wanted)
			buffer_append_char(&out, ')');
	}
	expression = arena_strndup(arena, out.data, out.length);
	buffer_deinit(&out);
	return expression;
}

struct db_query *db_sqlite_search_find(
	struct db *db, int64_t account_id, const struct search_query *query, struct arena *arena)
{
	struct db_query *rows = db_query(db, &db_sqlite_search_statements[FIND]);

	db_bind_text(rows, 1, write_expression(query, account_id, arena));
	db_bind_int64(rows, 2, (int64_t)query->wanted);
	return rows;
}

/* --- scrubbing --- */

/* One segment is left of the index, and in it nothing of the words that were taken out. */
static const char scrub_script[] = "BEGIN IMMEDIATE;"
				   "DELETE FROM search"
				   " WHERE rowid NOT IN (SELECT key FROM task WHERE is_indexed = 1);"
				   "INSERT INTO search (search) VALUES ('optimize');"
				   "COMMIT;";

int db_sqlite_search_scrub(sqlite3 *sqlite)
{
	int code = sqlite3_exec(sqlite, scrub_script, NULL, NULL, NULL);

	if (!sqlite3_get_autocommit(sqlite))
		(void)sqlite3_exec(sqlite, "ROLLBACK", NULL, NULL, NULL);
	return code;
}

const struct db_statement db_sqlite_search_statements[] = {
	[REMOVE] = { .name = "search_remove", .sql = "DELETE FROM search WHERE rowid = $1" },
	[PUT] = { .name = "search_put", .sql = "INSERT INTO search (rowid, title, body) VALUES ($1, $2, $3)" },
	[FIND] = { .name = "search_find",
		.sql = "SELECT rowid AS key, search_score(search, $2) AS score FROM search WHERE search MATCH $1",
		.columns = (const char *const[]){ "key", "score", NULL } },
	{ 0 },
};
