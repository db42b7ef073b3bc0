/* Sessions: from a login to its end; who an access or refresh token belongs to. */
#pragma once

#include "auth/binding.h"
#include "auth/key.h"
#include "auth/token.h"
#include "common/arena.h"
#include "store/session_store.h"

#include <sys/types.h>

#define SESSION_REFRESH_TOKEN_PREFIX "tkr_"
#define SESSIONS_PER_ACCOUNT_LIMIT   100

struct session_policy {
	struct token_rules token; /* issuer and the longest lifetime */
	int64_t access_seconds;   /* of an access token */
	int64_t refresh_idle_seconds;
	int64_t refresh_absolute_seconds;
	enum session_binding binding;
};

/* What a login or a refresh gives. Texts are in the arena. */
struct session_grant {
	const char *session_id;
	const char *access_token;
	int64_t expires_in; /* seconds */
	const char *refresh_token;
	int64_t refresh_expires_in; /* seconds */
};

/* What a connection remembers of its last verified token: the same bytes skip the signature, never expiry or session.
 */
struct session_memo {
	char token[1024];
	size_t token_length; /* 0: nothing */
	uint64_t generation; /* of the key ring */
	struct token_claims claims;
};
void session_memo_wipe(void *memo);
/* The token, borrowed; NULL and 0: nothing is remembered. It is to be checked again like any other. */
const char *session_memo_token(const void *memo, size_t *ret_length);

/* Open one for an account that has proved itself. ERROR_CONFLICT at 100 live sessions: the oldest unused one is ended
 * instead. */
enum error session_open(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	int64_t account_id, uid_t peer_uid, const char *client, int64_t now, struct arena *arena,
	struct session_grant *ret_grant);

/* The session of a refresh token that is good for this peer. ERROR_UNAUTHENTICATED, as for session_refresh. */
enum error session_find_refreshable(struct db *db, const struct session_policy *policy, const char *refresh_token,
	size_t length, uid_t peer_uid, int64_t now, struct arena *arena, struct session *ret_session,
	struct account *ret_account);

/* A fresh access token for a refresh token. ERROR_UNAUTHENTICATED for anything wrong: form, hash, uid, limits, account.
 */
enum error session_refresh(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	const char *refresh_token, size_t length, uid_t peer_uid, int64_t now, struct arena *arena,
	struct session_grant *ret_grant);

/* The session and account of a valid access token; nothing of it is left to the caller. ERROR_UNAUTHENTICATED. */
enum error session_authenticate(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	const char *token, size_t length, uid_t peer_uid, int64_t now, struct session_memo *memo, struct arena *arena,
	struct session *ret_session, struct account *ret_account, int64_t *ret_expires_at);
