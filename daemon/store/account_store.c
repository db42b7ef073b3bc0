/* Accounts in the database. */
#include "store/account_store.h"

#include <string.h>

enum {
	ADD,
	ADD_COUNTER,
	FIND,
	FIND_BY_EMAIL,
	REPLACE_HASH,
	CHANGE_PASSWORD,
	CHANGE_EMAIL,
	SET_STATE,
	REMOVE,
	EACH,
	TOTALS,
	ANY,
};

enum account_column { ID, EMAIL, PASSWORD_HASH, STATE, CREATED_AT, PASSWORD_CHANGED_AT };

enum each_column {
	EACH_ID,
	EACH_EMAIL,
	EACH_STATE,
	EACH_CREATED_AT,
	EACH_SESSIONS,
	EACH_TOKENS,
	EACH_TASKS,
	EACH_SESSION_USED,
	EACH_TOKEN_USED,
};

static const char *const state_names[] = { [ACCOUNT_ACTIVE] = "active", [ACCOUNT_DISABLED] = "disabled" };

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

	db_bind_int64(query, 1, id);
	db_bind_text(query, 2, expected_hash);
	db_bind_text(query, 3, password_hash);
	return db_run_on_row(query, ERROR_CONFLICT);
}

enum error account_store_change_password(
	struct db *db, int64_t id, const char *expected_hash, const char *password_hash, int64_t now)
{
	struct db_query *query = db_query(db, &account_store_statements[CHANGE_PASSWORD]);

	db_bind_int64(query, 1, id);
	db_bind_text(query, 2, expected_hash);
	db_bind_text(query, 3, password_hash);
	db_bind_int64(query, 4, now);
	return db_run_on_row(query, ERROR_CONFLICT);
}

enum error account_store_change_email(struct db *db, int64_t id, const char *email)
{
	struct db_query *query = db_query(db, &account_store_statements[CHANGE_EMAIL]);

	db_bind_int64(query, 1, id);
	db_bind_text(query, 2, email);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error account_store_set_state(struct db *db, int64_t id, enum account_state state)
{
	struct db_query *query = db_query(db, &account_store_statements[SET_STATE]);

	db_bind_int64(query, 1, id);
	db_bind_text(query, 2, account_state_name(state));
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error account_store_remove(struct db *db, int64_t id)
{
	struct db_query *query = db_query(db, &account_store_statements[REMOVE]);

	db_bind_int64(query, 1, id);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static struct account_summary read_summary(const struct db_query *query)
{
	return (struct account_summary){
		.id = db_int64(query, EACH_ID),
		.email = db_text(query, EACH_EMAIL, NULL),
		.state = db_text(query, EACH_STATE, NULL),
		.created_at = db_int64(query, EACH_CREATED_AT),
		.sessions = db_int64(query, EACH_SESSIONS),
		.tokens = db_int64(query, EACH_TOKENS),
		.tasks = db_int64(query, EACH_TASKS),
		.last_used_at = later(db_int64(query, EACH_SESSION_USED), db_int64(query, EACH_TOKEN_USED)),
	};
}

enum error account_store_each(struct db *db, int64_t after_id, int64_t limit, account_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &account_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, after_id);
	db_bind_int64(query, 2, limit);
	while (db_next(query, &error)) {
		struct account_summary summary = read_summary(query);

		error = on_row(context, &summary);
	}
	db_finish(query);
	return error;
}

enum error account_store_totals(struct db *db, struct account_totals *ret_totals)
{
	struct db_query *query = db_query(db, &account_store_statements[TOTALS]);
	enum error error = db_step_one(query);

	if (!error)
		*ret_totals = (struct account_totals){ .accounts = db_int64(query, 0),
			.sessions = db_int64(query, 1),
			.tokens = db_int64(query, 2),
			.tasks = db_int64(query, 3) };
	db_finish(query);
	return error;
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
	return !strcmp(text, state_names[ACCOUNT_ACTIVE]) ? ACCOUNT_ACTIVE : ACCOUNT_DISABLED;
}

const char *account_state_name(enum account_state state)
{
	return state_names[state];
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
	[CHANGE_PASSWORD] = { .name = "account_change_password",
		.sql = "UPDATE account SET password_hash = $3, password_changed_at = $4 "
		       "WHERE id = $1 AND (CAST($2 AS TEXT) IS NULL OR password_hash = $2)" },
	[CHANGE_EMAIL] = { .name = "account_change_email", .sql = "UPDATE account SET email = $2 WHERE id = $1" },
	[SET_STATE] = { .name = "account_set_state", .sql = "UPDATE account SET state = $2 WHERE id = $1" },
	[REMOVE] = { .name = "account_remove", .sql = "DELETE FROM account WHERE id = $1" },
	[EACH] = { .name = "account_each",
		.sql = "SELECT account.id AS id, account.email AS email, account.state AS state, "
		       "  account.created_at AS created_at, "
		       "  (SELECT COUNT(*) FROM session WHERE session.account_id = account.id) AS sessions, "
		       "  (SELECT COUNT(*) FROM token WHERE token.account_id = account.id) AS tokens, "
		       "  (SELECT COUNT(*) FROM task WHERE task.account_id = account.id) AS tasks, "
		       "  (SELECT MAX(last_used_at) FROM session WHERE session.account_id = account.id) "
		       "    AS session_used, "
		       "  (SELECT MAX(last_used_at) FROM token WHERE token.account_id = account.id) AS token_used "
		       "FROM account "
		       "WHERE account.id > $1 "
		       "ORDER BY account.id LIMIT $2",
		.columns = (const char *const[]){ [EACH_ID] = "id",
			[EACH_EMAIL] = "email",
			[EACH_STATE] = "state",
			[EACH_CREATED_AT] = "created_at",
			[EACH_SESSIONS] = "sessions",
			[EACH_TOKENS] = "tokens",
			[EACH_TASKS] = "tasks",
			[EACH_SESSION_USED] = "session_used",
			[EACH_TOKEN_USED] = "token_used",
			NULL } },
	/* Task ids are given once and counted up: summing the counters would tell how many there ever were. */
	[TOTALS] = { .name = "account_totals",
		.sql = "SELECT (SELECT COUNT(*) FROM account) AS accounts, "
		       "  (SELECT COUNT(*) FROM session) AS sessions, "
		       "  (SELECT COUNT(*) FROM token) AS tokens, "
		       "  (SELECT COUNT(*) FROM task) AS tasks",
		.columns = (const char *const[]){ "accounts", "sessions", "tokens", "tasks", NULL } },
	[ANY] = { .name = "account_any",
		.sql = "SELECT id FROM account LIMIT 1",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
