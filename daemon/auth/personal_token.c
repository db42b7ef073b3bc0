/* tkp_, the token's id, and 256 random bits. */
#include "auth/personal_token.h"

#include "auth/secret.h"
#include "common/text.h"

#include <stdio.h>
#include <string.h>

#define SECRET_BYTES  32u
#define SECRET_TEXT   43u /* base64url of SECRET_BYTES */
#define PREFIX_LENGTH (sizeof(PERSONAL_TOKEN_PREFIX) - 1)
#define TOKEN_LENGTH  (PREFIX_LENGTH + TOKEN_ID_LENGTH + SECRET_TEXT)

bool personal_token_is_form(const char *token, size_t length)
{
	return length == TOKEN_LENGTH && strlen(token) == length &&
	       !memcmp(token, PERSONAL_TOKEN_PREFIX, PREFIX_LENGTH);
}

static void digest_text(const char *text, unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	const char *const parts[] = { "personal token", text };

	secret_digest(parts, 2, ret_digest);
}

static const char *make_text(const struct personal_token *token, struct arena *arena)
{
	unsigned char bytes[SECRET_BYTES];
	char secret[SECRET_TEXT + 2];
	const char *text;

	secret_random(bytes, sizeof(bytes));
	(void)text_base64url_encode(bytes, sizeof(bytes), secret);
	secret_wipe(bytes, sizeof(bytes));
	text = arena_printf(arena, PERSONAL_TOKEN_PREFIX "%s%s", token->id, secret);
	secret_wipe(secret, sizeof(secret));
	return text;
}

enum error personal_token_make(struct db *db, const struct session_policy *policy, uid_t peer_uid, int64_t now,
	struct arena *arena, struct personal_token *token, const char **ret_text)
{
	unsigned char digest[SECRET_DIGEST_SIZE];
	const char *text;
	enum error error;

	secret_id(token->id);
	text = make_text(token, arena);
	digest_text(text, digest);
	token->hash = digest;
	token->hash_length = sizeof(digest);
	token->peer_uid = (int64_t)peer_uid;
	token->bound_uid = binding_of(policy->binding, peer_uid);
	token->created_at = now;
	error = token_store_add(db, token);
	token->hash = NULL;
	if (!error)
		*ret_text = text;
	return error;
}

static bool is_right(const struct personal_token *token, const char *text)
{
	unsigned char digest[SECRET_DIGEST_SIZE];

	digest_text(text, digest);
	return token->hash_length == sizeof(digest) && secret_is_equal(token->hash, digest, sizeof(digest));
}

enum error personal_token_authenticate(struct db *db, const struct session_policy *policy, const char *text,
	size_t length, uid_t peer_uid, int64_t now, struct arena *arena, struct personal_token *ret_token,
	struct account *ret_account)
{
	char id[TOKEN_ID_LENGTH + 1];
	struct personal_token token;
	struct account account;
	enum error error;

	if (!personal_token_is_form(text, length))
		return ERROR_UNAUTHENTICATED;
	(void)snprintf(id, sizeof(id), "%.*s", (int)TOKEN_ID_LENGTH, text + PREFIX_LENGTH);
	error = token_store_find(db, id, arena, &token, &account);
	if (error)
		return error == ERROR_NOT_FOUND ? ERROR_UNAUTHENTICATED : error;
	if (!is_right(&token, text) || account.state != ACCOUNT_ACTIVE || now >= token.expires_at ||
		!binding_serves(policy->binding, token.bound_uid, peer_uid))
		return ERROR_UNAUTHENTICATED;
	*ret_token = token;
	*ret_account = account;
	return ERROR_NONE;
}
