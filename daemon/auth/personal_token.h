/* Personal access tokens: opaque, for scripts, with a scope and an end. */
#pragma once

#include "auth/session.h"
#include "common/arena.h"
#include "store/token_store.h"

#define PERSONAL_TOKEN_PREFIX "tkp_"
#define PERSONAL_TOKENS_LIMIT 100 /* live ones of an account */

/* Whether it has the form of one: only then is it looked up. */
bool personal_token_is_form(const char *token, size_t length);

/*
 * Make one: `token` says for whom, its name, scopes and end; its id, hash and binding are filled in. The text, which is
 * told once and stored as a hash only, is in the arena. ERROR_CONFLICT: the name is taken.
 */
enum error personal_token_make(struct db *db, const struct session_policy *policy, uid_t peer_uid, int64_t now,
	struct arena *arena, struct personal_token *token, const char **ret_text);

/* The token and its account. ERROR_UNAUTHENTICATED for anything wrong: form, hash, end, uid, account. */
enum error personal_token_authenticate(struct db *db, const struct session_policy *policy, const char *text,
	size_t length, uid_t peer_uid, int64_t now, struct arena *arena, struct personal_token *ret_token,
	struct account *ret_account);
