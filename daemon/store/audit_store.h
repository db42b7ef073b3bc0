/* The record of what concerns the security of an account, or of the whole store. */
#pragma once

#include "store/db.h"

#define AUDIT_STORE_WIDE 0 /* the account id of what concerns them all */

/* What is recorded; the names stand in the table of audit_store.c, and in taskd-protocol(7). */
enum audit_event {
	AUDIT_SIGNUP,
	AUDIT_LOGIN,
	AUDIT_LOGIN_FAILED, /* summed for an hour and a uid: count */
	AUDIT_PASSWORD_CHANGED,
	AUDIT_PASSWORD_RESET,
	AUDIT_EMAIL_CHANGED,
	AUDIT_ACCOUNT_EXPORTED,
	AUDIT_SESSION_REVOKED,
	AUDIT_TOKEN_CREATED,
	AUDIT_TOKEN_REVOKED,
	AUDIT_ACCOUNT_ADDED,
	AUDIT_ACCOUNT_DISABLED,
	AUDIT_ACCOUNT_ENABLED,
	AUDIT_ACCOUNT_DELETED,
	AUDIT_RESET_CODE_MADE,
	AUDIT_KEYS_ROTATED,
	AUDIT_BACKUP_MADE,
};

struct audit_entry {
	int64_t id; /* given by the store; grows */
	int64_t account_id;
	int64_t at;         /* seconds since the epoch; of AUDIT_LOGIN_FAILED: the beginning of the hour */
	const char *event;  /* its name; as read */
	int64_t uid;        /* of the peer */
	int64_t count;      /* 1 but for sums */
	const char *detail; /* no secret and nobody's email; NULL: nothing more */
};

enum error audit_store_add(
	struct db *db, int64_t account_id, enum audit_event event, int64_t uid, const char *detail, int64_t now);

/* Add to the failed logins of the hour that `at` lies in. An account that is gone is passed over. */
enum error audit_store_add_failures(struct db *db, int64_t account_id, int64_t uid, int64_t at, int64_t count);

/* Called for each entry; its texts are valid during the call. */
typedef enum error (*audit_store_row)(void *context, const struct audit_entry *entry);

/* The newest first, of ids below `before_id` (0: from the newest), at most `limit`. */
enum error audit_store_each(
	struct db *db, int64_t account_id, int64_t before_id, int64_t limit, audit_store_row on_row, void *context);

enum error audit_store_remove_account(struct db *db, int64_t account_id);
/* What is older than `not_before`, at most `limit`. */
enum error audit_store_prune(struct db *db, int64_t not_before, int64_t limit, int64_t *ret_count);

extern const struct db_statement audit_store_statements[]; /* ends with a row that has no name */
