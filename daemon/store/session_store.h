/* Sessions in the database: one row for each login, read at every request. */
#pragma once

#include "common/arena.h"
#include "store/account_store.h"
#include "store/db.h"

#define SESSION_ID_LENGTH 22u /* base64url of 128 random bits */

struct session {
	char id[SESSION_ID_LENGTH + 1];
	int64_t account_id;
	int64_t bound_uid;                 /* the only uid that it serves; -1: bound to none */
	int64_t peer_uid;                  /* the uid that logged in; -1: of a version that did not note it */
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

/* Called for each session; its texts are valid during the call. */
typedef enum error (*session_store_row)(void *context, const struct session *session);

/* The account's sessions, the one used last first. */
enum error session_store_each(struct db *db, int64_t account_id, session_store_row on_row, void *context);

/*
 * The one session of the account whose id begins so, into `ret_id`. ERROR_NOT_FOUND; ERROR_CONFLICT: several begin so.
 */
enum error session_store_find_beginning(
	struct db *db, int64_t account_id, const char *beginning, char ret_id[SESSION_ID_LENGTH + 1]);

enum error session_store_refreshed(struct db *db, const char *session_id, int64_t now, int64_t refresh_until);
/* Times of last use, noted in memory and written in batches. */
enum error session_store_used(struct db *db, const char *session_id, int64_t last_used_at);
enum error session_store_remove(struct db *db, const char *session_id);
/* All of the account's but this one. */
enum error session_store_remove_others(struct db *db, int64_t account_id, const char *session_id, int64_t *ret_count);
/* Every session of the account; ret_count may be NULL. */
enum error session_store_remove_all(struct db *db, int64_t account_id, int64_t *ret_count);
/* The `count` sessions of the account that have gone unused for longest. */
enum error session_store_remove_oldest(struct db *db, int64_t account_id, int64_t count);
enum error session_store_count(struct db *db, int64_t account_id, int64_t *ret_count);
/* Those past their end at `now`, at most `limit` of them. */
enum error session_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count);

extern const struct db_statement session_store_statements[]; /* ends with a row that has no name */
