/* Personal access tokens in the database. */
#include "store/token_store.h"

#include <stdio.h>

enum {
	ADD,
	FIND,
	EACH,
	FIND_BEGINNING,
	FIND_NAME,
	USED,
	REMOVE,
	REMOVE_ALL,
	REMOVE_EXPIRED,
	COUNT,
	PRUNE,
};

/* What every row that is read begins with. */
enum token_column {
	ID,
	ACCOUNT_ID,
	NAME,
	SCOPES,
	PEER_UID,
	BOUND_UID,
	CREATED_AT,
	LAST_USED_AT,
	EXPIRES_AT,
	TOKEN_COLUMN_COUNT,
};

enum find_column { HASH = TOKEN_COLUMN_COUNT, EMAIL, STATE, ACCOUNT_CREATED_AT };

enum error token_store_add(struct db *db, const struct personal_token *token)
{
	struct db_query *query = db_query(db, &token_store_statements[ADD]);

	db_bind_text(query, 1, token->id);
	db_bind_int64(query, 2, token->account_id);
	db_bind_text(query, 3, token->name);
	db_bind_blob(query, 4, token->hash, token->hash_length);
	db_bind_int64(query, 5, token->scopes);
	db_bind_int64(query, 6, token->peer_uid);
	db_bind_int64(query, 7, token->bound_uid);
	db_bind_int64(query, 8, token->created_at);
	db_bind_int64(query, 9, token->last_used_at);
	db_bind_int64(query, 10, token->expires_at);
	return db_run(query, NULL);
}

static struct personal_token read_token(const struct db_query *query)
{
	struct personal_token token = {
		.account_id = db_int64(query, ACCOUNT_ID),
		.name = db_text(query, NAME, NULL),
		.scopes = (int)db_int64(query, SCOPES),
		.peer_uid = db_int64(query, PEER_UID),
		.bound_uid = db_int64(query, BOUND_UID),
		.created_at = db_int64(query, CREATED_AT),
		.last_used_at = db_int64(query, LAST_USED_AT),
		.expires_at = db_int64(query, EXPIRES_AT),
	};

	(void)snprintf(token.id, sizeof(token.id), "%s", db_text(query, ID, NULL));
	return token;
}

static struct account read_account(const struct db_query *query, struct arena *arena)
{
	return (struct account){
		.id = db_int64(query, ACCOUNT_ID),
		.email = arena_strdup(arena, db_text(query, EMAIL, NULL)),
		.state = account_state_parse(db_text(query, STATE, NULL)),
		.created_at = db_int64(query, ACCOUNT_CREATED_AT),
	};
}

enum error token_store_find(struct db *db, const char *token_id, struct arena *arena, struct personal_token *ret_token,
	struct account *ret_account)
{
	struct db_query *query = db_query(db, &token_store_statements[FIND]);
	enum error error;

	db_bind_text(query, 1, token_id);
	error = db_step_one(query);
	if (!error) {
		const void *hash;

		*ret_token = read_token(query);
		hash = db_blob(query, HASH, &ret_token->hash_length);
		ret_token->hash = (const unsigned char *)arena_strndup(arena, hash, ret_token->hash_length);
		ret_token->name = arena_strdup(arena, ret_token->name);
		*ret_account = read_account(query, arena);
	}
	db_finish(query);
	return error;
}

enum error token_store_each(struct db *db, int64_t account_id, token_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &token_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error)) {
		struct personal_token token = read_token(query);

		error = on_row(context, &token);
	}
	db_finish(query);
	return error;
}

static enum error find_one(struct db *db, const struct db_statement *statement, int64_t account_id, const char *text,
	char ret_id[TOKEN_ID_LENGTH + 1])
{
	struct db_query *query = db_query(db, statement);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, text);
	return db_read_only_text(query, ret_id, TOKEN_ID_LENGTH + 1);
}

enum error token_store_find_beginning(
	struct db *db, int64_t account_id, const char *beginning, char ret_id[TOKEN_ID_LENGTH + 1])
{
	return find_one(db, &token_store_statements[FIND_BEGINNING], account_id, beginning, ret_id);
}

enum error token_store_find_name(struct db *db, int64_t account_id, const char *name, char ret_id[TOKEN_ID_LENGTH + 1])
{
	return find_one(db, &token_store_statements[FIND_NAME], account_id, name, ret_id);
}

enum error token_store_used(struct db *db, const char *token_id, int64_t last_used_at)
{
	struct db_query *query = db_query(db, &token_store_statements[USED]);

	db_bind_text(query, 1, token_id);
	db_bind_int64(query, 2, last_used_at);
	return db_run(query, NULL);
}

enum error token_store_remove(struct db *db, const char *token_id)
{
	struct db_query *query = db_query(db, &token_store_statements[REMOVE]);

	db_bind_text(query, 1, token_id);
	return db_run(query, NULL);
}

enum error token_store_remove_all(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &token_store_statements[REMOVE_ALL]);

	db_bind_int64(query, 1, account_id);
	return db_run(query, ret_count);
}

enum error token_store_remove_expired(struct db *db, int64_t account_id, const char *name, int64_t now)
{
	struct db_query *query = db_query(db, &token_store_statements[REMOVE_EXPIRED]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, name);
	db_bind_int64(query, 3, now);
	return db_run(query, NULL);
}

enum error token_store_count(struct db *db, int64_t account_id, int64_t now, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &token_store_statements[COUNT]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, now);
	return db_read_integer(query, ret_count);
}

enum error token_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &token_store_statements[PRUNE]);

	db_bind_int64(query, 1, now);
	db_bind_int64(query, 2, limit);
	return db_run(query, ret_count);
}

#define TOKEN_COLUMNS                                                                                                  \
	"token.id AS id, token.account_id AS account_id, token.name AS name, token.scopes AS scopes, "                 \
	"token.peer_uid AS peer_uid, token.bound_uid AS bound_uid, token.created_at AS created_at, "                   \
	"token.last_used_at AS last_used_at, token.expires_at AS expires_at"

#define TOKEN_COLUMN_NAMES                                                                                             \
	[ID] = "id", [ACCOUNT_ID] = "account_id", [NAME] = "name", [SCOPES] = "scopes", [PEER_UID] = "peer_uid",       \
	[BOUND_UID] = "bound_uid", [CREATED_AT] = "created_at", [LAST_USED_AT] = "last_used_at",                       \
	[EXPIRES_AT] = "expires_at"

static const char *const id_column[] = { "id", NULL };

const struct db_statement token_store_statements[] = {
	[ADD] = { .name = "token_add",
		.sql = "INSERT INTO token (id, account_id, name, hash, scopes, peer_uid, bound_uid, created_at, "
		       "  last_used_at, expires_at) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" },
	[FIND] = { .name = "token_find",
		.sql = "SELECT " TOKEN_COLUMNS ", token.hash AS hash, account.email AS email, account.state AS state, "
		       "  account.created_at AS account_created_at "
		       "FROM token "
		       "JOIN account ON account.id = token.account_id "
		       "WHERE token.id = $1",
		.columns = (const char *const[]){ TOKEN_COLUMN_NAMES, [HASH] = "hash", [EMAIL] = "email",
			[STATE] = "state", [ACCOUNT_CREATED_AT] = "account_created_at", NULL } },
	[EACH] = { .name = "token_each",
		.sql = "SELECT " TOKEN_COLUMNS " FROM token "
		       "WHERE token.account_id = $1 "
		       "ORDER BY token.created_at DESC, token.id",
		.columns = (const char *const[]){ TOKEN_COLUMN_NAMES, NULL } },
	[FIND_BEGINNING] = { .name = "token_find_beginning",
		.sql = "SELECT id FROM token WHERE account_id = $1 AND SUBSTR(id, 1, LENGTH($2)) = $2 LIMIT 2",
		.columns = id_column },
	[FIND_NAME] = { .name = "token_find_name",
		.sql = "SELECT id FROM token WHERE account_id = $1 AND name = $2",
		.columns = id_column },
	[USED] = { .name = "token_used",
		.sql = "UPDATE token SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2" },
	[REMOVE] = { .name = "token_remove", .sql = "DELETE FROM token WHERE id = $1" },
	[REMOVE_ALL] = { .name = "token_remove_all", .sql = "DELETE FROM token WHERE account_id = $1" },
	[REMOVE_EXPIRED] = { .name = "token_remove_expired",
		.sql = "DELETE FROM token WHERE account_id = $1 AND name = $2 AND expires_at <= $3" },
	[COUNT] = { .name = "token_count",
		.sql = "SELECT COUNT(*) AS count FROM token WHERE account_id = $1 AND expires_at > $2",
		.columns = (const char *const[]){ "count", NULL } },
	[PRUNE] = { .name = "token_prune",
		.sql = "DELETE FROM token WHERE id IN (SELECT id FROM token WHERE expires_at <= $1 LIMIT $2)" },
	{ 0 },
};
