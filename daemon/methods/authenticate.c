/* The answers to what rpc asks from above: whose token is this, and was this key answered before. */
#include "methods/authenticate.h"

#include "auth/personal_token.h"
#include "auth/secret.h"
#include "auth/session.h"
#include "methods/erasure.h"
#include "methods/services.h"
#include "rpc/method.h"
#include "store/replay_store.h"

#include <string.h>

#define REPLAY_SECONDS INT64_C(86400) /* how long a stored reply is given again */

_Static_assert(REPLAY_DIGEST_SIZE == SECRET_DIGEST_SIZE, "a replay keeps a whole digest");

/* One answer for whatever is wrong with a token: which check failed is nobody's business but the debug log's. */
static enum error refuse_token(struct request *request)
{
	return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Could not validate credentials");
}

static void identify(struct request *request, const struct account *account, const char *actor, int64_t expires_at)
{
	request->who = (struct identity){
		.account_id = account->id,
		.email = account->email,
		.account_created_at = account->created_at,
		.actor = actor,
		.expires_at = expires_at,
	};
}

static enum error authenticate_session(struct request *request, const char *token, size_t length, void *memo)
{
	const struct services *services = request->services;
	struct session *session = arena_alloc(request->arena, sizeof(*session));
	struct account account;
	int64_t expires_at;
	enum error error = session_authenticate(request->db, services->keys, services->sessions, token, length,
		request->peer.uid, request->now, memo, request->arena, session, &account, &expires_at);

	if (error)
		return error;
	identify(request, &account, session->id, expires_at);
	request->who.session_id = session->id;
	return ERROR_NONE;
}

static enum error authenticate_personal(struct request *request, const char *text, size_t length)
{
	struct personal_token *token = arena_alloc(request->arena, sizeof(*token));
	struct account account;
	enum error error = personal_token_authenticate(request->db, request->services->sessions, text, length,
		request->peer.uid, request->now, request->arena, token, &account);

	if (error)
		return error;
	identify(request, &account, token->id, token->expires_at);
	request->who.token_name = token->name;
	request->who.scopes = token->scopes;
	return ERROR_NONE;
}

static enum error authenticate(void *context, struct request *request, const char *token, size_t length, void *memo)
{
	const struct services *services = request->services;
	enum error error = personal_token_is_form(token, length) ? authenticate_personal(request, token, length)
								 : authenticate_session(request, token, length, memo);

	(void)context; /* everything it needs comes with the request */
	if (error == ERROR_UNAUTHENTICATED)
		return refuse_token(request);
	if (!error)
		services->note_use(services->use_context, request->who.actor, request->now);
	return error;
}

static void digest_request(
	const struct request *request, const char *canonical_params, unsigned char ret_digest[SECRET_DIGEST_SIZE])
{
	const char *const parts[] = { request->method->name, canonical_params };

	secret_digest(parts, sizeof(parts) / sizeof(*parts), ret_digest);
}

static enum error replay_find(void *context, struct request *request, const char *key, const char *canonical_params,
	const char **ret_result, size_t *ret_length, bool *ret_found)
{
	unsigned char digest[SECRET_DIGEST_SIZE];
	struct replay replay;
	enum error error = replay_store_find(request->db, request->who.account_id, request->method->name, key,
		request->now - REPLAY_SECONDS, request->arena, &replay);

	(void)context;
	if (error == ERROR_NOT_FOUND) {
		*ret_found = false;
		return ERROR_NONE;
	}
	if (error)
		return error;
	digest_request(request, canonical_params, digest);
	if (!secret_is_equal(digest, replay.digest, sizeof(digest)))
		return request_refuse(request, ERROR_CONFLICT, "idempotency_key",
			"this idempotency_key was used with other parameters; take a new one");
	*ret_result = replay.result;
	*ret_length = replay.result_length;
	*ret_found = true;
	return ERROR_NONE;
}

static enum error replay_save(void *context, struct request *request, const char *key, const char *canonical_params,
	const char *result, size_t length)
{
	struct replay replay = { .result = result, .result_length = length };

	(void)context;
	digest_request(request, canonical_params, replay.digest);
	return replay_store_save(
		request->db, request->who.account_id, request->method->name, key, &replay, request->now);
}

struct dispatch_hooks authenticate_hooks(void)
{
	return (struct dispatch_hooks){
		.authenticate = authenticate,
		.memo_size = sizeof(struct session_memo),
		.memo_wipe = session_memo_wipe,
		.memo_token = session_memo_token,
		.replay_find = replay_find,
		.replay_save = replay_save,
		.scrub = erasure_run,
	};
}
