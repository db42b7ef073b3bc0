/* Another password: by the old one, or by a code of the operator's. */
#include "auth/password.h"
#include "auth/reset_code.h"
#include "auth/secret.h"
#include "methods/attempt.h"
#include "methods/audit.h"
#include "methods/grant.h"
#include "methods/methods.h"
#include "methods/password_proof.h"
#include "methods/services.h"
#include "store/session_store.h"
#include "store/token_store.h"

#include <stddef.h>

struct account_change_password_params {
	struct text_param password;
	struct text_param new_password;
	struct text_param client;
};

static const struct param account_change_password_params[] = {
	{ .name = "password",
		.summary = "The password that it has",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_change_password_params, password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	{ .name = "new_password",
		.summary = "The password that it gets",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_change_password_params, new_password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	GRANT_CLIENT_PARAM(account_change_password_params),
	{ 0 },
};

struct account_reset_password_params {
	struct text_param email;
	struct text_param code;
	struct text_param new_password;
	struct text_param client;
};

static const struct param account_reset_password_params[] = {
	{ .name = "email",
		.summary = "The email of the account",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_reset_password_params, email),
		.need = PARAM_REQUIRED },
	{ .name = "code",
		.summary = "The one-time code that the operator gave",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_reset_password_params, code),
		.need = PARAM_REQUIRED,
		.maximum = 64,
		.is_secret = true },
	{ .name = "new_password",
		.summary = "The password that it gets",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_reset_password_params, new_password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	GRANT_CLIENT_PARAM(account_reset_password_params),
	{ 0 },
};

/* What one phase leaves for the next. */
struct new_password {
	struct password_proof proof; /* of a change */
	const char *password;        /* the new one, normalised, in the arena */
	size_t length;
	char hash[PASSWORD_HASH_SIZE];
	int64_t account_id; /* of a reset; 0: nobody's, or one that may not log in */
	int64_t noted_id;   /* whose failed attempts these are; 0: nobody's */
	struct attempt attempt;
};

static void end_new_password(void *state)
{
	struct new_password *fresh = state;

	password_proof_end(&fresh->proof);
	attempt_settle(&fresh->attempt);
	/* The arena's own copy, const only to those who read it. */
	if (fresh->password)
		secret_wipe((void *)(uintptr_t)fresh->password, fresh->length);
	secret_wipe(fresh, sizeof(*fresh));
}

static struct new_password *take_state(struct request *request)
{
	if (!request->state)
		request->state = arena_alloc(request->arena, sizeof(struct new_password));
	request->on_end = end_new_password;
	return request->state;
}

static enum error prepare(struct request *request, const struct text_param *given, const char *email,
	const struct text_param *client, struct new_password *fresh)
{
	enum error error = grant_check_client(request, client);

	if (error)
		return error;
	error = password_prepare(
		given->text, given->length, email, request->arena, &fresh->password, &fresh->length, &request->refusal);
	/* The rules are told of the parameter that broke them. */
	if (error == ERROR_INVALID_PARAMS)
		return refuse(&request->refusal, error, "new_password", "%s", request->refusal.message);
	return error;
}

static enum error hash(const struct request *request, struct new_password *fresh)
{
	return password_hash(fresh->password, fresh->length, &request->services->password_cost, fresh->hash);
}

/* Whoever knew the old password, or held a token, is out; whoever set the new one is in. */
static enum error begin_anew(struct request *request, const struct account *account, const char *expected_hash,
	const struct new_password *fresh, const struct text_param *client)
{
	enum error error =
		account_store_change_password(request->db, account->id, expected_hash, fresh->hash, request->now);

	if (!error)
		error = session_store_remove_all(request->db, account->id, NULL);
	if (!error)
		error = token_store_remove_all(request->db, account->id, NULL);
	if (!error)
		error = reset_store_remove(request->db, account->id);
	return error ? error : grant_open(request, account, client);
}

/* --- by the old one --- */

static enum error read_change(struct request *request, const struct account_change_password_params *params)
{
	struct new_password *fresh = take_state(request);
	enum error error = prepare(request, &params->new_password, request->who.email, &params->client, fresh);

	return error ? error : password_proof_read_self(request, &params->password, &fresh->proof);
}

static enum error work_change(struct request *request, const struct account_change_password_params *params)
{
	struct new_password *fresh = request->state;
	enum error error = password_proof_demand_work(request, &fresh->proof);

	(void)params; /* both were normalised on the way */
	return error ? error : hash(request, fresh);
}

static enum error change_password(struct request *request, const struct account_change_password_params *params)
{
	const struct new_password *fresh = request->state;
	struct account account;
	enum error error = password_proof_demand(request, &fresh->proof, &account);

	if (!error)
		error = audit_record(request, account.id, AUDIT_PASSWORD_CHANGED, NULL);
	return error ? error : begin_anew(request, &account, fresh->proof.hash, fresh, &params->client);
}

/* --- by a code --- */

static enum error read_reset(struct request *request, const struct account_reset_password_params *params)
{
	struct new_password *fresh = take_state(request);
	struct account account = { .id = 0 };
	enum error error = prepare(request, &params->new_password, params->email.text, &params->client, fresh);

	if (!error)
		error = attempt_charge(request, ATTEMPT_LOGIN, params->email.text, &fresh->attempt);
	if (error)
		return error;
	error = account_store_find_by_email(request->db, params->email.text, request->arena, &account);
	fresh->noted_id = error ? 0 : account.id;
	fresh->account_id = !error && account.state == ACCOUNT_ACTIVE ? account.id : 0;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

/* The code is looked at when the password has been hashed: all take the same time. */
static enum error work_reset(struct request *request, const struct account_reset_password_params *params)
{
	(void)params; /* the password was normalised on the way */
	return hash(request, request->state);
}

/* The same words for an unknown email, a wrong code, one that has expired, and one that was tried too often. */
static enum error refuse_code(struct request *request, struct new_password *fresh)
{
	if (!fresh->attempt.is_spent)
		failure_notes_add(request->services->failures, fresh->noted_id, request->peer.uid, request->now);
	fresh->attempt.is_spent = true;
	return request_refuse_and_keep(request, ERROR_UNAUTHENTICATED, NULL, "Incorrect email or code");
}

static enum error reset_password(struct request *request, const struct account_reset_password_params *params)
{
	struct new_password *fresh = request->state;
	struct account account;
	bool is_right = false;
	enum error error = reset_code_check(
		request->db, fresh->account_id, params->code.text, request->now, request->arena, &is_right);

	if (error)
		return error;
	if (!is_right)
		return refuse_code(request, fresh);
	error = account_store_find(request->db, fresh->account_id, request->arena, &account);
	if (!error && account.state != ACCOUNT_ACTIVE)
		return refuse_code(request, fresh);
	if (!error)
		error = audit_record(request, account.id, AUDIT_PASSWORD_RESET, NULL);
	return error ? error : begin_anew(request, &account, NULL, fresh, &params->client);
}

METHOD_HANDLER(read_change, struct account_change_password_params)
METHOD_HANDLER(work_change, struct account_change_password_params)
METHOD_HANDLER(change_password, struct account_change_password_params)
METHOD_HANDLER(read_reset, struct account_reset_password_params)
METHOD_HANDLER(work_reset, struct account_reset_password_params)
METHOD_HANDLER(reset_password, struct account_reset_password_params)

const struct method new_password_methods[] = {
	{ .name = "account.change_password",
		.summary = "Change the password, end every session and token, and open a fresh session",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_change_password_params,
		.params_size = sizeof(struct account_change_password_params),
		.read = read_change_handler,
		.work = work_change_handler,
		.handle = change_password_handler },
	{ .name = "account.reset_password",
		.summary = "Set a new password by a one-time code, and do as account.change_password does",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_reset_password_params,
		.params_size = sizeof(struct account_reset_password_params),
		.read = read_reset_handler,
		.work = work_reset_handler,
		.handle = reset_password_handler },
	{ 0 },
};
