/* Sessions: opened by a login, kept by refreshes, asked for at every request. */
#include "auth/session.h"

#include "auth/secret.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

#define REFRESH_BYTES  32u
#define REFRESH_TEXT   43u /* base64url of REFRESH_BYTES */
#define PREFIX_LENGTH  (sizeof(SESSION_REFRESH_TOKEN_PREFIX) - 1)
#define REFRESH_LENGTH (PREFIX_LENGTH + SESSION_ID_LENGTH + REFRESH_TEXT)

void session_memo_wipe(void *memo)
{
	secret_wipe(memo, sizeof(struct session_memo));
}

const char *session_memo_token(const void *memo, size_t *ret_length)
{
	const struct session_memo *remembered = memo;

	*ret_length = remembered->token_length;
	return remembered->token_length ? remembered->token : NULL;
}

static bool serves_uid(const struct session *session, const struct session_policy *policy, uid_t uid)
{
	return binding_serves(policy->binding, session->bound_uid, uid);
}

static void digest_refresh_token(const char *token, unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	const char *const parts[] = { "refresh token", token };

	secret_digest(parts, 2, ret_digest);
}

static int64_t earlier(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* --- what is given --- */

static enum error issue_access_token(const struct key_ring *ring, const struct session_policy *policy,
	const struct session *session, int64_t now, struct arena *arena, struct session_grant *grant)
{
	int64_t expires_at = earlier(now + policy->access_seconds, session->absolute_until);
	struct token_claims claims = { .account_id = session->account_id, .issued_at = now, .expires_at = expires_at };

	(void)snprintf(claims.session_id, sizeof(claims.session_id), "%s", session->id);
	grant->session_id = arena_strdup(arena, session->id);
	grant->expires_in = expires_at - now;
	grant->refresh_expires_in = session->refresh_until - now;
	return token_issue(ring, &policy->token, &claims, arena, &grant->access_token);
}

/* The oldest unused ones make room. */
static enum error make_room(struct db *db, int64_t account_id)
{
	int64_t count;
	enum error error = session_store_count(db, account_id, &count);

	if (!error && count >= SESSIONS_PER_ACCOUNT_LIMIT)
		error = session_store_remove_oldest(db, account_id, count - SESSIONS_PER_ACCOUNT_LIMIT + 1);
	return error;
}

static const char *make_refresh_token(const struct session *session, struct arena *arena)
{
	unsigned char bytes[REFRESH_BYTES];
	char text[REFRESH_TEXT + 2];
	const char *token;

	secret_random(bytes, sizeof(bytes));
	(void)text_base64url_encode(bytes, sizeof(bytes), text);
	secret_wipe(bytes, sizeof(bytes));
	token = arena_printf(arena, SESSION_REFRESH_TOKEN_PREFIX "%s%s", session->id, text);
	secret_wipe(text, sizeof(text));
	return token;
}

enum error session_open(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	int64_t account_id, uid_t peer_uid, const char *client, int64_t now, struct arena *arena,
	struct session_grant *ret_grant)
{
	unsigned char digest[SECRET_DIGEST_SIZE];
	struct session session = { .account_id = account_id,
		.bound_uid = binding_of(policy->binding, peer_uid),
		.peer_uid = (int64_t)peer_uid,
		.refresh_hash = digest,
		.refresh_hash_length = sizeof(digest),
		.client = client,
		.created_at = now,
		.last_used_at = now,
		.absolute_until = now + policy->refresh_absolute_seconds };
	struct session_grant grant = { 0 };
	enum error error = make_room(db, account_id);

	if (error)
		return error;
	secret_id(session.id);
	session.refresh_until = earlier(now + policy->refresh_idle_seconds, session.absolute_until);
	grant.refresh_token = make_refresh_token(&session, arena);
	digest_refresh_token(grant.refresh_token, digest);
	error = session_store_add(db, &session);
	if (!error)
		error = issue_access_token(ring, policy, &session, now, arena, &grant);
	if (!error)
		*ret_grant = grant;
	return error;
}

/* --- refreshing --- */

static bool is_refresh_token(const char *token, size_t length)
{
	return length == REFRESH_LENGTH && strlen(token) == length &&
	       !memcmp(token, SESSION_REFRESH_TOKEN_PREFIX, PREFIX_LENGTH);
}

static bool may_refresh(const struct session *session, const struct account *account, const char *token)
{
	unsigned char digest[SECRET_DIGEST_SIZE];

	digest_refresh_token(token, digest);
	return account->state == ACCOUNT_ACTIVE && session->refresh_hash_length == sizeof(digest) &&
	       secret_is_equal(session->refresh_hash, digest, sizeof(digest));
}

enum error session_find_refreshable(struct db *db, const struct session_policy *policy, const char *refresh_token,
	size_t length, uid_t peer_uid, int64_t now, struct arena *arena, struct session *ret_session,
	struct account *ret_account)
{
	char id[SESSION_ID_LENGTH + 1];
	struct session session;
	struct account account;
	enum error error;

	if (!is_refresh_token(refresh_token, length))
		return ERROR_UNAUTHENTICATED;
	(void)snprintf(id, sizeof(id), "%.*s", (int)SESSION_ID_LENGTH, refresh_token + PREFIX_LENGTH);
	error = session_store_find(db, id, arena, &session, &account);
	if (error)
		return error == ERROR_NOT_FOUND ? ERROR_UNAUTHENTICATED : error;
	if (!may_refresh(&session, &account, refresh_token) || !serves_uid(&session, policy, peer_uid) ||
		now >= session.refresh_until || now >= session.absolute_until)
		return ERROR_UNAUTHENTICATED;
	*ret_session = session;
	*ret_account = account;
	return ERROR_NONE;
}

enum error session_refresh(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	const char *refresh_token, size_t length, uid_t peer_uid, int64_t now, struct arena *arena,
	struct session_grant *ret_grant)
{
	struct session session;
	struct account account;
	struct session_grant grant = { .refresh_token = refresh_token };
	enum error error =
		session_find_refreshable(db, policy, refresh_token, length, peer_uid, now, arena, &session, &account);

	if (error)
		return error;
	session.refresh_until = earlier(now + policy->refresh_idle_seconds, session.absolute_until);
	error = session_store_refreshed(db, session.id, now, session.refresh_until);
	if (!error)
		error = issue_access_token(ring, policy, &session, now, arena, &grant);
	if (!error)
		*ret_grant = grant;
	return error;
}

/* --- every request --- */

static bool remembers(const struct session_memo *memo, const struct key_ring *ring, const char *token, size_t length)
{
	return memo->token_length == length && memo->generation == key_ring_generation(ring) &&
	       secret_is_equal(memo->token, token, length);
}

static void remember(struct session_memo *memo, uint64_t generation, const char *token, size_t length,
	const struct token_claims *claims)
{
	if (length > sizeof(memo->token))
		return;
	memcpy(memo->token, token, length);
	memo->token_length = length;
	memo->generation = generation;
	memo->claims = *claims;
}

static enum error read_token(const struct key_ring *ring, const struct session_policy *policy, const char *token,
	size_t length, int64_t now, struct session_memo *memo, struct token_claims *ret_claims)
{
	/* Before the signature: what the old ring verified is never remembered as the new one's. */
	uint64_t generation = key_ring_generation(ring);
	enum error error;

	if (length && memo && remembers(memo, ring, token, length)) {
		*ret_claims = memo->claims;
		return ret_claims->expires_at <= now ? ERROR_UNAUTHENTICATED : ERROR_NONE;
	}
	error = token_verify(ring, &policy->token, token, length, now, ret_claims);
	if (!error && memo)
		remember(memo, generation, token, length, ret_claims);
	return error;
}

enum error session_authenticate(struct db *db, const struct key_ring *ring, const struct session_policy *policy,
	const char *token, size_t length, uid_t peer_uid, int64_t now, struct session_memo *memo, struct arena *arena,
	struct session *ret_session, struct account *ret_account, int64_t *ret_expires_at)
{
	struct token_claims claims;
	struct session session;
	struct account account;
	enum error error = read_token(ring, policy, token, length, now, memo, &claims);

	if (error)
		return error;
	error = session_store_find(db, claims.session_id, arena, &session, &account);
	if (error)
		return error == ERROR_NOT_FOUND ? ERROR_UNAUTHENTICATED : error;
	if (session.account_id != claims.account_id || account.state != ACCOUNT_ACTIVE ||
		now >= session.absolute_until || !serves_uid(&session, policy, peer_uid))
		return ERROR_UNAUTHENTICATED;
	*ret_session = session;
	*ret_account = account;
	*ret_expires_at = claims.expires_at;
	return ERROR_NONE;
}
