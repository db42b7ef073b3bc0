/* Personal access tokens in the database. */
#pragma once

#include "store/account_store.h"
#include "store/db.h"

#define TOKEN_ID_LENGTH 22u /* base64url of 128 random bits */

struct personal_token {
	char id[TOKEN_ID_LENGTH + 1];
	int64_t account_id;
	const char *name; /* one of its own among the account's tokens */
	const unsigned char *hash;
	size_t hash_length;
	int scopes;        /* bits of enum scope */
	int64_t peer_uid;  /* the uid that made it */
	int64_t bound_uid; /* the only uid that it serves; -1: bound to none */
	int64_t created_at;
	int64_t last_used_at; /* 0: never */
	int64_t expires_at;
};

/* ERROR_CONFLICT: the account has one of that name. */
enum error token_store_add(struct db *db, const struct personal_token *token);

/* A token with its account, in one statement. ERROR_NOT_FOUND. Copied to the arena. The account's password_hash is not
 * read (NULL). */
enum error token_store_find(struct db *db, const char *token_id, struct arena *arena, struct personal_token *ret_token,
	struct account *ret_account);

/* Called for each token; its texts are valid during the call. No hash is read. */
typedef enum error (*token_store_row)(void *context, const struct personal_token *token);

/* The account's tokens, the newest first. */
enum error token_store_each(struct db *db, int64_t account_id, token_store_row on_row, void *context);

/* The one token of the account whose id begins so, or that has this name. ERROR_NOT_FOUND; ERROR_CONFLICT: several. */
enum error token_store_find_beginning(
	struct db *db, int64_t account_id, const char *beginning, char ret_id[TOKEN_ID_LENGTH + 1]);
enum error token_store_find_name(struct db *db, int64_t account_id, const char *name, char ret_id[TOKEN_ID_LENGTH + 1]);

enum error token_store_used(struct db *db, const char *token_id, int64_t last_used_at);
enum error token_store_remove(struct db *db, const char *token_id);
/* ret_count may be NULL. */
enum error token_store_remove_all(struct db *db, int64_t account_id, int64_t *ret_count);
/* The account's one of this name, if it has expired. */
enum error token_store_remove_expired(struct db *db, int64_t account_id, const char *name, int64_t now);
/* How many have not expired. */
enum error token_store_count(struct db *db, int64_t account_id, int64_t now, int64_t *ret_count);
/* Those past their end at `now`, at most `limit` of them. */
enum error token_store_prune(struct db *db, int64_t now, int64_t limit, int64_t *ret_count);

extern const struct db_statement token_store_statements[]; /* ends with a row that has no name */
