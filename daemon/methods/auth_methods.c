/* Logging in, staying logged in, logging out. */
#include "auth/password.h"
#include "auth/secret.h"
#include "auth/session.h"
#include "methods/methods.h"
#include "methods/services.h"

#include <stddef.h>
#include <string.h>

#define CLIENT_NAME_LIMIT 64 /* bytes */

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
	{ .name = "client",
		.summary = "A name for the session, such as the program's",
		.type = PARAM_TEXT,
		.offset = offsetof(struct auth_login_params, client),
		.minimum = 1,
		.maximum = CLIENT_NAME_LIMIT },
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

/* --- login --- */

/* What one phase of a login leaves for the next. Nobody's login goes the whole way of somebody's, up to its refusal. */
struct login {
	int64_t account_id; /* 0: no such account, or one that may not log in */
	char *password;     /* normalised, in the arena */
	size_t password_length;
	const char *hash;                  /* what the password is held against */
	char new_hash[PASSWORD_HASH_SIZE]; /* empty: the stored one is good enough */
};

static void wipe_login(void *state)
{
	struct login *login = state;

	secret_wipe(login->password, login->password_length);
	secret_wipe(login, sizeof(*login));
}

/* The same words for an unknown email, a wrong password and a disabled account. */
static enum error refuse_login(struct request *request)
{
	return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Incorrect email or password");
}

static bool may_log_in(const struct account *account)
{
	return account->state == ACCOUNT_ACTIVE;
}

static void keep_password(struct request *request, const struct text_param *given, struct login *login)
{
	const char *password;

	password_normalise(given->text, given->length, request->arena, &password, &login->password_length);
	/* The arena's own copy, const only to those who read it. */
	login->password = (char *)(uintptr_t)password;
	request->state = login;
	request->on_end = wipe_login;
}

static enum error read_login(struct request *request, const struct auth_login_params *params)
{
	struct login *login = arena_alloc(request->arena, sizeof(*login));
	struct account account;
	enum error error = account_store_find_by_email(request->db, params->email.text, request->arena, &account);

	if (error && error != ERROR_NOT_FOUND)
		return error;
	login->hash = request->services->dummy_hash;
	if (!error && may_log_in(&account)) {
		login->account_id = account.id;
		login->hash = account.password_hash;
	}
	keep_password(request, &params->password, login);
	return ERROR_NONE;
}

static enum error work_login(struct request *request, const struct auth_login_params *params)
{
	const struct password_cost *cost = &request->services->password_cost;
	struct login *login = request->state;
	bool matches;
	enum error error = password_verify(login->hash, login->password, login->password_length, &matches);

	(void)params; /* the password was normalised on the way */
	if (error)
		return error;
	if (!matches || !login->account_id)
		return refuse_login(request);
	if (!password_needs_rehash(login->hash, cost))
		return ERROR_NONE;
	return password_hash(login->password, login->password_length, cost, login->new_hash);
}

/* While the password was being verified it may have been changed, or the account disabled or deleted. */
static enum error check_still_holds(struct request *request, const struct login *login, struct account *ret_account)
{
	enum error error = account_store_find(request->db, login->account_id, request->arena, ret_account);

	if (error == ERROR_NOT_FOUND)
		return refuse_login(request);
	if (error)
		return error;
	if (!may_log_in(ret_account) || strcmp(ret_account->password_hash, login->hash) != 0)
		return refuse_login(request);
	return ERROR_NONE;
}

/* --- what a login and a refresh give: the names of RFC 6749 §5.1 --- */

static void write_grant(struct request *request, const struct session_grant *grant, const struct account *account)
{
	struct json_writer *result = &request->result;

	json_writer_begin_object(result);
	json_writer_member_text(result, "access_token", grant->access_token);
	json_writer_member_text(result, "token_type", "bearer");
	json_writer_member_integer(result, "expires_in", grant->expires_in);
	json_writer_member_text(result, "refresh_token", grant->refresh_token);
	json_writer_member_integer(result, "refresh_expires_in", grant->refresh_expires_in);
	json_writer_member_text(result, "session_id", grant->session_id);
	json_writer_key(result, "account");
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", account->id);
	json_writer_member_text(result, "email", account->email);
	json_writer_end_object(result);
	json_writer_member_text(result, "instance", request->services->instance);
	json_writer_end_object(result);
}

static enum error auth_login(struct request *request, const struct auth_login_params *params)
{
	const struct services *services = request->services;
	const struct login *login = request->state;
	struct session_grant grant;
	struct account account;
	enum error error = check_still_holds(request, login, &account);

	if (!error && login->new_hash[0])
		error = account_store_replace_hash(request->db, account.id, login->hash, login->new_hash);
	if (!error)
		error = session_open(request->db, services->keys, services->sessions, account.id, request->peer.uid,
			params->client.text, request->now, request->arena, &grant);
	if (!error)
		write_grant(request, &grant, &account);
	return error;
}

static enum error auth_refresh(struct request *request, const struct auth_refresh_params *params)
{
	const struct services *services = request->services;
	struct session_grant grant;
	struct session session;
	struct account account;
	enum error error = session_refresh(request->db, services->keys, services->sessions, params->refresh_token.text,
		params->refresh_token.length, request->peer.uid, request->now, request->arena, &grant);

	if (error == ERROR_UNAUTHENTICATED)
		return request_refuse(request, error, NULL, "Could not validate credentials");
	if (!error)
		error = session_store_find(request->db, grant.session_id, request->arena, &session, &account);
	if (!error)
		write_grant(request, &grant, &account);
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

METHOD_HANDLER(read_login, struct auth_login_params)
METHOD_HANDLER(work_login, struct auth_login_params)
METHOD_HANDLER(auth_login, struct auth_login_params)
METHOD_HANDLER(auth_refresh, struct auth_refresh_params)

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
	{ 0 },
};
