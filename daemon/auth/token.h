/* Access tokens: JSON Web Tokens (RFC 7519, RFC 8725), issued and validated. */
#pragma once

#include "auth/key.h"
#include "common/arena.h"

#define TOKEN_LENGTH_LIMIT       4096u
#define TOKEN_AUDIENCE           "taskctl"
#define TOKEN_CLOCK_SKEW_SECONDS 60

struct token_claims {
	int64_t account_id;      /* sub */
	char session_id[22 + 1]; /* sid: base64url of 128 bits */
	int64_t issued_at;       /* iat */
	int64_t expires_at;      /* exp */
};

struct token_rules {
	const char *issuer;     /* "taskd:" and the store's UUID */
	int64_t lifetime_limit; /* seconds: the most that exp - iat may be */
};

/*
 * Sign with the ring's active key; see key_ring_lock_to_sign for when that waits. The text is in the arena.
 * ERROR_STORAGE: it is not certain that the key outlives a crash.
 */
enum error token_issue(const struct key_ring *ring, const struct token_rules *rules, const struct token_claims *claims,
	struct arena *arena, const char **ret_token);

/*
 * Validate as taskd-protocol(7) says, form before signature before claims. ERROR_UNAUTHENTICATED for whatever is wrong,
 * without saying what (a caller is always told the same); the reason goes to the debug log. A token from another store
 * differs in its issuer.
 */
enum error token_verify(const struct key_ring *ring, const struct token_rules *rules, const char *token, size_t length,
	int64_t now, struct token_claims *ret_claims);

/*
 * Only the signature layer: three canonical segments, the key's algorithm in the header, HMAC right; with HS384 the
 * payload must be JSON. For the test vectors of others.
 */
enum error token_verify_signature(const struct key *key, const char *token, size_t length);
