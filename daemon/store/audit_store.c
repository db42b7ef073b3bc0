/* The audit table: written with the change that it tells of, in the same transaction. */
#include "store/audit_store.h"

#define SECONDS_PER_HOUR 3600
#define FAILED_NAME      "login_failed" /* stands in the schema, too */

enum { ADD, ADD_FAILURES, EACH, REMOVE_ACCOUNT, PRUNE };

enum each_column { ID, AT, EVENT, UID, COUNT, DETAIL };

static const char *const event_names[] = {
	[AUDIT_SIGNUP] = "signup",
	[AUDIT_LOGIN] = "login",
	[AUDIT_LOGIN_FAILED] = FAILED_NAME,
	[AUDIT_PASSWORD_CHANGED] = "password_changed",
	[AUDIT_PASSWORD_RESET] = "password_reset",
	[AUDIT_EMAIL_CHANGED] = "email_changed",
	[AUDIT_ACCOUNT_EXPORTED] = "account_exported",
	[AUDIT_SESSION_REVOKED] = "session_revoked",
	[AUDIT_TOKEN_CREATED] = "token_created",
	[AUDIT_TOKEN_REVOKED] = "token_revoked",
	[AUDIT_ACCOUNT_ADDED] = "account_added",
	[AUDIT_ACCOUNT_DISABLED] = "account_disabled",
	[AUDIT_ACCOUNT_ENABLED] = "account_enabled",
	[AUDIT_ACCOUNT_DELETED] = "account_deleted",
	[AUDIT_RESET_CODE_MADE] = "reset_code_made",
	[AUDIT_KEYS_ROTATED] = "keys_rotated",
	[AUDIT_BACKUP_MADE] = "backup_made",
};

enum error audit_store_add(
	struct db *db, int64_t account_id, enum audit_event event, int64_t uid, const char *detail, int64_t now)
{
	struct db_query *query = db_query(db, &audit_store_statements[ADD]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, now);
	db_bind_text(query, 3, event_names[event]);
	db_bind_int64(query, 4, uid);
	db_bind_text(query, 5, detail);
	return db_run(query, NULL);
}

enum error audit_store_add_failures(struct db *db, int64_t account_id, int64_t uid, int64_t at, int64_t count)
{
	struct db_query *query = db_query(db, &audit_store_statements[ADD_FAILURES]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, at - at % SECONDS_PER_HOUR);
	db_bind_int64(query, 3, uid);
	db_bind_int64(query, 4, count);
	return db_run(query, NULL);
}

static struct audit_entry read_entry(const struct db_query *query, int64_t account_id)
{
	return (struct audit_entry){
		.id = db_int64(query, ID),
		.account_id = account_id,
		.at = db_int64(query, AT),
		.event = db_text(query, EVENT, NULL),
		.uid = db_int64(query, UID),
		.count = db_int64(query, COUNT),
		.detail = db_text(query, DETAIL, NULL),
	};
}

enum error audit_store_each(
	struct db *db, int64_t account_id, int64_t before_id, int64_t limit, audit_store_row on_row, void *context)
{
	struct db_query *query = db_query(db, &audit_store_statements[EACH]);
	enum error error = ERROR_NONE;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, before_id ? before_id : INT64_MAX);
	db_bind_int64(query, 3, limit);
	while (db_next(query, &error)) {
		struct audit_entry entry = read_entry(query, account_id);

		error = on_row(context, &entry);
	}
	db_finish(query);
	return error;
}

enum error audit_store_remove_account(struct db *db, int64_t account_id)
{
	struct db_query *query = db_query(db, &audit_store_statements[REMOVE_ACCOUNT]);

	db_bind_int64(query, 1, account_id);
	return db_run(query, NULL);
}

enum error audit_store_prune(struct db *db, int64_t not_before, int64_t limit, int64_t *ret_count)
{
	struct db_query *query = db_query(db, &audit_store_statements[PRUNE]);

	db_bind_int64(query, 1, not_before);
	db_bind_int64(query, 2, limit);
	return db_run(query, ret_count);
}

const struct db_statement audit_store_statements[] = {
	[ADD] = { .name = "audit_add",
		.sql = "INSERT INTO audit (account_id, at, event, uid, count, detail) "
		       "VALUES ($1, $2, $3, $4, 1, $5)" },
	/* WHERE behind SELECT keeps ON CONFLICT from being read as a join's ON. */
	[ADD_FAILURES] = { .name = "audit_add_failures",
		.sql = "INSERT INTO audit (account_id, at, event, uid, count) "
		       "SELECT account.id, $2, '" FAILED_NAME "', $3, $4 FROM account WHERE account.id = $1 "
		       "ON CONFLICT (account_id, at, uid) WHERE event = '" FAILED_NAME "' "
		       "DO UPDATE SET count = audit.count + excluded.count" },
	[EACH] = { .name = "audit_each",
		.sql = "SELECT id, at, event, uid, count, detail FROM audit "
		       "WHERE account_id = $1 AND id < $2 "
		       "ORDER BY id DESC LIMIT $3",
		.columns = (const char *const[]){ [ID] = "id",
			[AT] = "at",
			[EVENT] = "event",
			[UID] = "uid",
			[COUNT] = "count",
			[DETAIL] = "detail",
			NULL } },
	[REMOVE_ACCOUNT] = { .name = "audit_remove_account", .sql = "DELETE FROM audit WHERE account_id = $1" },
	[PRUNE] = { .name = "audit_prune",
		.sql = "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE at < $1 ORDER BY at LIMIT $2)" },
	{ 0 },
};
