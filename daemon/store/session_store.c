/* Sessions in the database. */
#include "store/session_store.h"

#include <stdio.h>
#include <string.h>

enum {
	ADD,
	FIND,
	EACH,
	FIND_BEGINNING,
	REFRESHED,
	USED,
	REMOVE,
	REMOVE_OTHERS,
	REMOVE_ALL,
	REMOVE_OLDEST,
	COUNT,
	PRUNE,
};

enum find_column {
	ACCOUNT_ID,
	BOUND_UID,
	REFRESH_HASH,
	CLIENT,
	CREATED_AT,
	LAST_USED_AT,
	REFRESH_UNTIL,
	ABSOLUTE_UNTIL,
	EMAIL,
	STATE,
	ACCOUNT_CREATED_AT,
	PASSWORD_CHANGED_AT,
	PEER_UID,
};

enum each_column {
	EACH_ID,
	EACH_BOUND_UID,
	EACH_PEER_UID,
	EACH_CLIENT,
	EACH_CREATED_AT,
	EACH_LAST_USED_AT,
	EACH_REFRESH_UNTIL,
	EACH_ABSOLUTE_UNTIL,
};

enum error session_store_add(struct db *db, const struct session *session)
{
	struct db_query *query = db_query(db, &session_store_statements[ADD]);

	db_bind_text(query, 1, session->id);
	db_bind_int64(query, 2, session->account_id);
	db_bind_int64(query, 3, session->bound_uid);
	db_bind_blob(query, 4, session->refresh_hash, session->refresh_hash_length);
	db_bind_text(query, 5, session->client);
	db_bind_int64(query, 6, session->created_at);
	db_bind_int64(query, 7, session->last_used_at);
	db_bind_int64(query, 8, session->refresh_until);
	db_bind_int64(query, 9, session->absolute_until);
	db_bind_int64(query, 10, session->peer_uid);
	return db_run(query, NULL);
}

static const void *copy_blob(const struct db_query *query, unsigned column, struct arena *arena, size_t *ret_length)
{
	const void *bytes = db_blob(query, column, ret_length);

	return arena_strndup(arena, bytes, *ret_length);
}

static const char *copy_text(const struct db_query *query, unsigned column, struct arena *arena)
{
	size_t length;
	const char *text = db_text(query, column, &length);

	return text ? arena_strndup(arena, text, length) : NULL;
}

static void read_session(
	const struct db_query *query, const char *session_id, struct arena *arena, struct session *ret_session)
{
	*ret_session = (struct session){
		.account_id = db_int64(query, ACCOUNT_ID),
		.bound_uid = db_int64(query, BOUND_UID),
		.peer_uid = db_int64(query, PEER_UID),
		.client = copy_text(query, CLIENT, arena),
		.created_at = db_int64(query, CREATED_AT),
		.last_used_at = db_int64(query, LAST_USED_AT),
		.refresh_until = db_int64(query, REFRESH_UNTIL),
		.absolute_until = db_int64(query, ABSOLUTE_UNTIL),
	};
	ret_session->refresh_hash = copy_blob(query, REFRESH_HASH, arena, &ret_session->refresh_hash_length);
	(void)snprintf(ret_session->id, sizeof(ret_session->id), "%s", session_id);
}

static void read_account(const struct db_query *query, struct arena *arena, struct account *ret_account)
{
	*ret_account = (struct account){
		.id = db_int64(query, ACCOUNT_ID),
		.email = copy_text(query, EMAIL, arena),
		.state = account_state_parse(db_text(query, STATE, NULL)),
		.created_at = db_int64(query, ACCOUNT_CREATED_AT),
		.password_changed_at = db_int64(query, PASSWORD_CHANGED_AT),
	};
}

enum error session_store_find(struct db *db, const char *session_id, struct arena *arena, struct session *ret_session,
	struct account *ret_account)
{
	struct db_query *query = db_query(db, &session_store_statements[FIND]);
	enum error error;

	db_bind_text(query, 1, session_id);
	error = db_step_one(query);
	if (!error) {
		read_session(query, session_id, arena, ret_session);
		read_account(query, arena, ret_account);
	}
	db_finish(query);
	return error;
}

static struct session read_listed(const struct db_query *query, int64_t account_id)
{
	struct session session = {
		.account_id = account_id,
		.bound_uid = db_int64(query, EACH_BOUND_UID),
		.peer_uid = db_int64(query, EACH_PEER_UID),
		.client = db_text(query, EACH_CLIENT, NULL),
		.created_at = db_int64(query, EACH_CREATED_AT),
		.last_used_at = db_int64(query, EACH_LAST_USED_AT),
		.refresh_until = db_int64(query, EACH_REFRESH_UNTIL),
		.absolute_until = db_int64(query, EACH_ABSOLUTE_UNTIL),
	};

	(void)snprintf(session.id, sizeof(session.id), "%s", db_text(query, EACH_ID, NULL));
	return session;
}

enum error session_store_each(struct db *db, int64_t account_id, session_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &session_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	while (db_next(query, &error)) {
		struct session session = read_listed(query, account_id);

		error = on_row(context, &session);
	}
	db_finish(query);
	return error;
}

enum error session_store_find_beginning(
	struct db *db, int64_t account_id, const char *beginning, char ret_id[SESSION_ID_LENGTH + 1])
{
	struct db_query *query = db_query(db, &session_store_statements[FIND_BEGINNING]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, beginning);
	return db_read_only_text(query, ret_id, SESSION_ID_LENGTH + 1);
}

enum error session_store_refreshed(struct db *db, const char *session_id, int64_t now, int64_t refresh_until)
{
	struct db_query *query = db_query(db, &session_store_statements[REFRESHED]);

	db_bind_text(query, 1, session_id);
	db_bind_int64(query, 2, now);
	db_bind_int64(query, 3, refresh_until);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error session_store_used(struct db *db, const char *session_id, int64_t last_used_at)
{
	struct db_query *query = db_query(db, &session_store_statements[USED]);

	db_bind_text(query, 1, session_id);
	db_bind_int64(query, 2, last_used_at);
	return db_run(query, NULL);
}

enum error session_store_remove(struct db *db, const char *session_id)
{
	struct db_query *query = db_query(db, &session_store_statements[REMOVE]);

	db_bind_text(query, 1, session_id);
	return db_run_on_row(query, ERROR_NOT_FOUND);
}

enum error session_store_remove_others(struct db *db, int64_t account_id, const char *session_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &session_store_statements[REMOVE_OTHERS]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, session_id);
	return db_run(query, ret_count);
}

enum error session_store_remove_all(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &session_store_statements[REMOVE_ALL]);

	db_bind_int64(query, 1, account_id);
	return db_run(query, ret_count);
}

enum error session_store_remove_oldest(struct db *db, int64_t account_id, int64_t count)
{
	struct db_query *query = db_query(db, &session_store_statements[REMOVE_OLDEST]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, count);
	return db_run(query, NULL);
}

enum error session_store_count(struct db *db, int64_t account_id, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &session_store_statements[COUNT]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_count);
}

enum error session_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &session_store_statements[PRUNE]);

	db_bind_int64(query, 1, now);
	db_bind_int64(query, 2, limit);
	return db_run(query, ret_count);
}

const struct db_statement session_store_statements[] = {
	[ADD] = { .name = "session_add",
		.sql = "INSERT INTO session (id, account_id, bound_uid, refresh_hash, client, created_at, "
		       "last_used_at, "
		       "  refresh_until, absolute_until, peer_uid) "
		       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" },
	[FIND] = { .name = "session_find",
		.sql = "SELECT session.account_id AS account_id, session.bound_uid AS bound_uid, "
		       "  session.refresh_hash AS refresh_hash, session.client AS client, "
		       "  session.created_at AS created_at, session.last_used_at AS last_used_at, "
		       "  session.refresh_until AS refresh_until, session.absolute_until AS absolute_until, "
		       "  account.email AS email, account.state AS state, account.created_at AS account_created_at, "
		       "  account.password_changed_at AS password_changed_at, session.peer_uid AS peer_uid "
		       "FROM session "
		       "JOIN account ON account.id = session.account_id "
		       "WHERE session.id = $1",
		.columns = (const char *const[]){ [ACCOUNT_ID] = "account_id",
			[BOUND_UID] = "bound_uid",
			[REFRESH_HASH] = "refresh_hash",
			[CLIENT] = "client",
			[CREATED_AT] = "created_at",
			[LAST_USED_AT] = "last_used_at",
			[REFRESH_UNTIL] = "refresh_until",
			[ABSOLUTE_UNTIL] = "absolute_until",
			[EMAIL] = "email",
			[STATE] = "state",
			[ACCOUNT_CREATED_AT] = "account_created_at",
			[PASSWORD_CHANGED_AT] = "password_changed_at",
			[PEER_UID] = "peer_uid",
			NULL } },
	[EACH] = { .name = "session_each",
		.sql = "SELECT id, bound_uid, peer_uid, client, created_at, last_used_at, refresh_until, "
		       "  absolute_until "
		       "FROM session "
		       "WHERE account_id = $1 "
		       "ORDER BY last_used_at DESC, id",
		.columns = (const char *const[]){ [EACH_ID] = "id",
			[EACH_BOUND_UID] = "bound_uid",
			[EACH_PEER_UID] = "peer_uid",
			[EACH_CLIENT] = "client",
			[EACH_CREATED_AT] = "created_at",
			[EACH_LAST_USED_AT] = "last_used_at",
			[EACH_REFRESH_UNTIL] = "refresh_until",
			[EACH_ABSOLUTE_UNTIL] = "absolute_until",
			NULL } },
	[FIND_BEGINNING] = { .name = "session_find_beginning",
		.sql = "SELECT id FROM session WHERE account_id = $1 AND SUBSTR(id, 1, LENGTH($2)) = $2 LIMIT 2",
		.columns = (const char *const[]){ "id", NULL } },
	[REFRESHED] = { .name = "session_refreshed",
		.sql = "UPDATE session SET last_used_at = $2, refresh_until = $3 WHERE id = $1" },
	[USED] = { .name = "session_used",
		.sql = "UPDATE session SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2" },
	[REMOVE] = { .name = "session_remove", .sql = "DELETE FROM session WHERE id = $1" },
	[REMOVE_OTHERS] = { .name = "session_remove_others",
		.sql = "DELETE FROM session WHERE account_id = $1 AND id <> $2" },
	[REMOVE_ALL] = { .name = "session_remove_all", .sql = "DELETE FROM session WHERE account_id = $1" },
	[REMOVE_OLDEST] = { .name = "session_remove_oldest",
		.sql = "DELETE FROM session WHERE id IN"
		       " (SELECT id FROM session WHERE account_id = $1 ORDER BY last_used_at, id LIMIT $2)" },
	[COUNT] = { .name = "session_count",
		.sql = "SELECT COUNT(*) AS count FROM session WHERE account_id = $1",
		.columns = (const char *const[]){ "count", NULL } },
	[PRUNE] = { .name = "session_prune",
		.sql = "DELETE FROM session WHERE id IN ("
		       "  SELECT id FROM session WHERE refresh_until <= $1 OR absolute_until <= $1 LIMIT $2)" },
	{ 0 },
};
