/* Accounts in the database. */
#include "store/account_store.h"

#include <string.h>

enum { ADD, ADD_COUNTER, FIND, FIND_BY_EMAIL, REPLACE_HASH, ANY };

enum account_column { ID, EMAIL, PASSWORD_HASH, STATE, CREATED_AT, PASSWORD_CHANGED_AT };

static enum error add_counter(struct db *db, int64_t account_id)
{
	struct db_query *query = db_query(db, &account_store_statements[ADD_COUNTER]);

	db_bind_int64(query, 1, account_id);
	return db_run(query, NULL);
}

enum error account_store_add(struct db *db, const char *email, const char *password_hash, int64_t now, int64_t *ret_id)
{
	struct db_query *query = db_query(db, &account_store_statements[ADD]);
	int64_t id = 0;
	enum error error;

	db_bind_text(query, 1, email);
	db_bind_text(query, 2, password_hash);
	db_bind_int64(query, 3, now);
	error = db_step_one(query);
	if (!error)
		id = db_int64(query, 0);
	db_finish(query);
	if (!error)
		error = add_counter(db, id);
	if (!error)
		*ret_id = id;
	return error;
}

static void read_account(const struct db_query *query, struct arena *arena, struct account *ret_account)
{
	const char *state = db_text(query, STATE, NULL);

	*ret_account = (struct account){
		.id = db_int64(query, ID),
		.email = arena_strdup(arena, db_text(query, EMAIL, NULL)),
		.password_hash = arena_strdup(arena, db_text(query, PASSWORD_HASH, NULL)),
		.state = account_state_parse(state),
		.created_at = db_int64(query, CREATED_AT),
		.password_changed_at = db_int64(query, PASSWORD_CHANGED_AT),
	};
}

static enum error find(struct db_query *query, struct arena *arena, struct account *ret_account)
{
	enum error error = db_step_one(query);

	if (!error)
		read_account(query, arena, ret_account);
	db_finish(query);
	return error;
}

enum error account_store_find(struct db *db, int64_t id, struct arena *arena, struct account *ret_account)
{
	struct db_query *query = db_query(db, &account_store_statements[FIND]);

	db_bind_int64(query, 1, id);
	return find(query, arena, ret_account);
}

enum error account_store_find_by_email(
	struct db *db, const char *email, struct arena *arena, struct account *ret_account)
{
	struct db_query *query = db_query(db, &account_store_statements[FIND_BY_EMAIL]);

	db_bind_text(query, 1, email);
	return find(query, arena, ret_account);
}

enum error account_store_replace_hash(struct db *db, int64_t id, const char *expected_hash, const char *password_hash)
{
	struct db_query *query = db_query(db, &account_store_statements[REPLACE_HASH]);
	int64_t changed = 0;
	enum error error;

	db_bind_int64(query, 1, id);
	db_bind_text(query, 2, expected_hash);
	db_bind_text(query, 3, password_hash);
	error = db_run(query, &changed);
	if (error)
		return error;
	return changed ? ERROR_NONE : ERROR_CONFLICT;
}

enum error account_store_is_any(struct db *db, bool *ret_is_any)
{
	struct db_query *query = db_query(db, &account_store_statements[ANY]);
	enum error error = db_step(query, ret_is_any);

	db_finish(query);
	return error;
}

enum account_state account_state_parse(const char *text)
{
	return !strcmp(text, "active") ? ACCOUNT_ACTIVE : ACCOUNT_DISABLED;
}

#define ACCOUNT_COLUMNS "id, email, password_hash, state, created_at, password_changed_at"

static const char *const account_columns[] = { [ID] = "id",
	[EMAIL] = "email",
	[PASSWORD_HASH] = "password_hash",
	[STATE] = "state",
	[CREATED_AT] = "created_at",
	[PASSWORD_CHANGED_AT] = "password_changed_at",
	NULL };

const struct db_statement account_store_statements[] = {
	[ADD] = { .name = "account_add",
		.sql = "INSERT INTO account (email, password_hash, state, created_at, password_changed_at) "
		       "VALUES ($1, $2, 'active', $3, $3) "
		       "RETURNING id",
		.columns = (const char *const[]){ "id", NULL } },
	[ADD_COUNTER] = { .name = "account_add_counter",
		.sql = "INSERT INTO account_counter (account_id, last_task_id, last_revision) VALUES ($1, 0, 0)" },
	[FIND] = { .name = "account_find",
		.sql = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = $1",
		.columns = account_columns },
	[FIND_BY_EMAIL] = { .name = "account_find_by_email",
		.sql = "SELECT " ACCOUNT_COLUMNS " FROM account WHERE email = $1",
		.columns = account_columns },
	[REPLACE_HASH] = { .name = "account_replace_hash",
		.sql = "UPDATE account SET password_hash = $3 WHERE id = $1 AND password_hash = $2" },
	[ANY] = { .name = "account_any",
		.sql = "SELECT id FROM account LIMIT 1",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
