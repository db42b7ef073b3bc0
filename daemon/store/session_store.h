/* Sessions in the database: one row for each login, read at every request. */
#pragma once

#include "common/arena.h"
#include "store/account_store.h"
#include "store/db.h"

#define SESSION_ID_LENGTH 22u /* base64url of 128 random bits */

struct session {
	char id[SESSION_ID_LENGTH + 1];
	int64_t account_id;
	int64_t bound_uid;                 /* the peer's uid that logged in; -1: bound to none */
	const unsigned char *refresh_hash; /* of the refresh token */
	size_t refresh_hash_length;
	const char *client; /* the name that the client gave, or NULL */
	int64_t created_at;
	int64_t last_used_at;
	int64_t refresh_until;  /* the idle limit, moved by each refresh */
	int64_t absolute_until; /* the end whatever happens */
};

enum error session_store_add(struct db *db, const struct session *session);

/*
 * A session with its account, in one statement: the question of every request. ERROR_NOT_FOUND.
 * Texts and hashes are copied to the arena. The account's password_hash is not read (NULL).
 */
enum error session_store_find(struct db *db, const char *session_id, struct arena *arena, struct session *ret_session,
	struct account *ret_account);

enum error session_store_refreshed(struct db *db, const char *session_id, int64_t now, int64_t refresh_until);
/* Times of last use, noted in memory and written in batches. */
enum error session_store_used(struct db *db, const char *session_id, int64_t last_used_at);
enum error session_store_remove(struct db *db, const char *session_id);
/* Every session of the account; ret_count may be NULL. */
enum error session_store_remove_all(struct db *db, int64_t account_id, int64_t *ret_count);
/* The `count` sessions of the account that have gone unused for longest. */
enum error session_store_remove_oldest(struct db *db, int64_t account_id, int64_t count);
enum error session_store_count(struct db *db, int64_t account_id, int64_t *ret_count);
/* Those past their end at `now`, at most `limit` of them. */
enum error session_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count);

extern const struct db_statement session_store_statements[]; /* ends with a row that has no name */
