/* Logging in, staying logged in, logging out. */
#include "auth/password.h"
#include "auth/personal_token.h"
#include "auth/secret.h"
#include "auth/session.h"
#include "methods/attempt.h"
#include "methods/audit.h"
#include "methods/grant.h"
#include "methods/introspection.h"
#include "methods/methods.h"
#include "methods/password_proof.h"
#include "methods/services.h"

#include <stddef.h>

struct auth_login_params {
	struct text_param email;
	struct text_param password;
	struct text_param client;
};

static const struct param auth_login_params[] = {
	{ .name = "email",
		.summary = "The email of the account",
		.type = PARAM_TEXT,
		.offset = offsetof(struct auth_login_params, email),
		.need = PARAM_REQUIRED },
	{ .name = "password",
		.summary = "Its password",
		.type = PARAM_TEXT,
		.offset = offsetof(struct auth_login_params, password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	GRANT_CLIENT_PARAM(auth_login_params),
	{ 0 },
};

struct auth_refresh_params {
	struct text_param refresh_token;
};

static const struct param auth_refresh_params[] = {
	{ .name = "refresh_token",
		.summary = "The refresh token that the login gave",
		.type = PARAM_TEXT,
		.offset = offsetof(struct auth_refresh_params, refresh_token),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	{ 0 },
};

struct auth_introspect_params {
	struct text_param token;
};

static const struct param auth_introspect_params[] = {
	{ .name = "token",
		.summary = "An access token, a refresh token or a personal token",
		.type = PARAM_TEXT,
		.offset = offsetof(struct auth_introspect_params, token),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	{ 0 },
};

/* --- login --- */

struct login {
	struct password_proof proof;
	char new_hash[PASSWORD_HASH_SIZE]; /* empty: the stored one is good enough */
};

static void end_login(void *state)
{
	struct login *login = state;

	password_proof_end(&login->proof);
	secret_wipe(login, sizeof(*login));
}

/* The same words for an unknown email, a wrong password and a disabled account. */
static enum error refuse_login(struct request *request)
{
	return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Incorrect email or password");
}

static enum error read_login(struct request *request, const struct auth_login_params *params)
{
	struct login *login = request->state ? request->state : arena_alloc(request->arena, sizeof(*login));
	enum error error = grant_check_client(request, &params->client);

	request->state = login;
	request->on_end = end_login;
	if (error)
		return error;
	return password_proof_read_email(request, params->email.text, &params->password, &login->proof);
}

static enum error work_login(struct request *request, const struct auth_login_params *params)
{
	const struct password_cost *cost = &request->services->password_cost;
	struct login *login = request->state;
	struct password_proof *proof = &login->proof;
	bool holds;
	enum error error = password_proof_work(request, proof, &holds);

	(void)params; /* the password was normalised on the way */
	if (error)
		return error;
	if (!holds)
		return refuse_login(request);
	if (!password_needs_rehash(proof->hash, cost))
		return ERROR_NONE;
	return password_hash(proof->password, proof->password_length, cost, login->new_hash);
}

static enum error auth_login(struct request *request, const struct auth_login_params *params)
{
	const struct login *login = request->state;
	struct account account;
	bool holds;
	enum error error = password_proof_still_holds(request, &login->proof, &account, &holds);

	if (error)
		return error;
	if (!holds)
		return refuse_login(request);
	if (login->new_hash[0])
		error = account_store_replace_hash(request->db, account.id, login->proof.hash, login->new_hash);
	if (!error)
		error = audit_record(request, account.id, AUDIT_LOGIN, params->client.text);
	return error ? error : grant_open(request, &account, &params->client);
}

/* --- refresh, logout --- */

static void end_refresh(void *state)
{
	attempt_settle(state);
}

static enum error refuse_refresh(struct request *request, struct attempt *attempt)
{
	attempt->is_spent = true;
	return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Could not validate credentials");
}

static enum error auth_refresh(struct request *request, const struct auth_refresh_params *params)
{
	const struct services *services = request->services;
	struct session_grant grant;
	struct session session;
	struct account account;
	struct attempt *attempt = request->state ? request->state : arena_alloc(request->arena, sizeof(*attempt));
	enum error error;

	request->state = attempt;
	request->on_end = end_refresh;
	error = attempt_charge(request, ATTEMPT_REFRESH, NULL, attempt);
	if (error)
		return error;
	error = session_refresh(request->db, services->keys, services->sessions, params->refresh_token.text,
		params->refresh_token.length, request->peer.uid, request->now, request->arena, &grant);
	if (error == ERROR_UNAUTHENTICATED)
		return refuse_refresh(request, attempt);
	if (!error)
		error = session_store_find(request->db, grant.session_id, request->arena, &session, &account);
	if (!error)
		grant_write(request, &grant, &account);
	return error;
}

static enum error auth_logout_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	enum error error = session_store_remove(request->db, request->who.session_id);

	(void)params; /* it takes none */
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_text(result, "session_id", request->who.session_id);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- introspection --- */

static enum error auth_introspect(struct request *request, const struct auth_introspect_params *params)
{
	return introspection_write(request, params->token.text, params->token.length);
}

METHOD_HANDLER(read_login, struct auth_login_params)
METHOD_HANDLER(work_login, struct auth_login_params)
METHOD_HANDLER(auth_login, struct auth_login_params)
METHOD_HANDLER(auth_refresh, struct auth_refresh_params)
METHOD_HANDLER(auth_introspect, struct auth_introspect_params)

const struct method auth_methods[] = {
	{ .name = "auth.login",
		.summary = "Open a session for an account",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = auth_login_params,
		.params_size = sizeof(struct auth_login_params),
		.read = read_login_handler,
		.work = work_login_handler,
		.handle = auth_login_handler },
	{ .name = "auth.refresh",
		.summary = "Give a fresh access token for a refresh token",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = auth_refresh_params,
		.params_size = sizeof(struct auth_refresh_params),
		.handle = auth_refresh_handler },
	{ .name = "auth.logout",
		.summary = "End the session of the access token",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_SESSION_ONLY,
		.store = STORE_WRITE,
		.handle = auth_logout_handler },
	{ .name = "auth.introspect",
		.summary = "Say whether a token is good for the caller, and what it claims",
		.access = ACCESS_ANYONE,
		.store = STORE_READ,
		.is_secret = true,
		.params = auth_introspect_params,
		.params_size = sizeof(struct auth_introspect_params),
		.handle = auth_introspect_handler },
	{ 0 },
};
