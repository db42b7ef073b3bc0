/* The answers to what rpc asks from above: whose token is this, and was this key answered before. */
#include "methods/authenticate.h"

#include "auth/secret.h"
#include "auth/session.h"
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

static enum error authenticate(void *context, struct request *request, const char *token, size_t length, void *memo)
{
	const struct services *services = request->services;
	struct session *session = arena_alloc(request->arena, sizeof(*session));
	struct account account;
	int64_t expires_at;
	enum error error;

	(void)context; /* everything it needs comes with the request */
	error = session_authenticate(request->db, services->keys, services->sessions, token, length, request->peer.uid,
		request->now, memo, request->arena, session, &account, &expires_at);
	if (error == ERROR_UNAUTHENTICATED)
		return refuse_token(request);
	if (error)
		return error;
	request->who = (struct identity){
		.account_id = account.id,
		.email = account.email,
		.account_created_at = account.created_at,
		.session_id = session->id,
		.session_expires_at = expires_at,
	};
	services->note_use(services->use_context, session->id, request->now);
	return ERROR_NONE;
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
	};
}
