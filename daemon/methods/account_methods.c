/* Accounts: signing up, who am I, another email, and the end. */
#include "auth/email.h"
#include "auth/password.h"
#include "auth/secret.h"
#include "methods/attempt.h"
#include "methods/audit.h"
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/password_proof.h"
#include "methods/services.h"
#include "methods/token_view.h"
#include "store/account_store.h"
#include "store/meta_store.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

struct account_signup_params {
	struct text_param email;
	struct text_param password;
};

static const struct param account_signup_params[] = {
	{ .name = "email",
		.summary = "The email address that names the account",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_signup_params, email),
		.need = PARAM_REQUIRED },
	{ .name = "password",
		.summary = "The password, 8 to 1024 bytes, and none of the common ones",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_signup_params, password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	{ 0 },
};

struct account_change_email_params {
	struct text_param password;
	struct text_param email;
};

static const struct param account_change_email_params[] = {
	PASSWORD_PROOF_PARAM(account_change_email_params),
	{ .name = "email",
		.summary = "The email address that names the account from now on",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_change_email_params, email),
		.need = PARAM_REQUIRED },
	{ 0 },
};

struct account_delete_params {
	struct text_param password;
};

static const struct param account_delete_params[] = {
	PASSWORD_PROOF_PARAM(account_delete_params),
	{ 0 },
};

/* --- signing up --- */

/* What one phase of a sign-up leaves for the next. */
struct signup {
	const char *password; /* normalised, in the arena */
	size_t password_length;
	char hash[PASSWORD_HASH_SIZE];
	struct attempt attempt;
};

static void end_signup(void *state)
{
	struct signup *signup = state;

	attempt_settle(&signup->attempt);
	/* The arena's own copy, const only to those who read it. */
	if (signup->password)
		secret_wipe((void *)(uintptr_t)signup->password, signup->password_length);
	secret_wipe(signup, sizeof(*signup));
}

static enum error refuse_taken(struct request *request)
{
	return request_refuse(request, ERROR_CONFLICT, "email", "there is an account with this email already");
}

static enum error check_policy(struct request *request)
{
	if (request->services->signup == SIGNUP_OPEN || request->is_operator)
		return ERROR_NONE;
	return request_refuse(
		request, ERROR_FORBIDDEN, NULL, "signing up is for the operator here; ask whoever runs this daemon");
}

static enum error read_signup(struct request *request, const struct account_signup_params *params)
{
	struct signup *signup = request->state ? request->state : arena_alloc(request->arena, sizeof(*signup));
	enum error error = check_policy(request);

	request->state = signup;
	request->on_end = end_signup;
	if (!error)
		error = email_check(params->email.text, params->email.length, &request->refusal);
	if (!error)
		error = password_prepare(params->password.text, params->password.length, params->email.text,
			request->arena, &signup->password, &signup->password_length, &request->refusal);
	if (error || request->is_operator)
		return error;
	/* Whether the email is taken is told once the password is hashed: who asks for either pays the same. */
	return attempt_charge(request, ATTEMPT_SIGNUP, NULL, &signup->attempt);
}

static enum error work_signup(struct request *request, const struct account_signup_params *params)
{
	struct signup *signup = request->state;

	(void)params; /* the password was normalised on the way */
	return password_hash(
		signup->password, signup->password_length, &request->services->password_cost, signup->hash);
}

static enum error account_signup(struct request *request, const struct account_signup_params *params)
{
	struct signup *signup = request->state;
	struct json_writer *result = &request->result;
	int64_t id;
	enum error error = account_store_add(request->db, params->email.text, signup->hash, request->now, &id);

	signup->attempt.is_spent = true;
	if (error == ERROR_CONFLICT)
		return refuse_taken(request);
	if (!error)
		error = audit_record(request, id, AUDIT_SIGNUP, NULL);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", id);
	json_writer_member_text(result, "email", params->email.text);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- who am I --- */

static void write_token(struct json_writer *result, const struct identity *who)
{
	json_writer_key(result, "token");
	json_writer_begin_object(result);
	json_writer_member_text(result, "id", who->actor);
	json_writer_member_text(result, "name", who->token_name);
	token_view_write_scopes(result, who->scopes);
	json_writer_member_time(result, "expires_at", who->expires_at);
	json_writer_end_object(result);
}

static void write_session(struct json_writer *result, const struct identity *who)
{
	json_writer_key(result, "session");
	json_writer_begin_object(result);
	json_writer_member_text(result, "id", who->session_id);
	json_writer_member_time(result, "expires_at", who->expires_at);
	json_writer_end_object(result);
}

static enum error account_me_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	const struct identity *who = &request->who;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", who->account_id);
	json_writer_member_text(result, "email", who->email);
	json_writer_member_time(result, "created_at", who->account_created_at);
	if (who->session_id)
		write_session(result, who);
	else
		write_token(result, who);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- what asks for the password again --- */

static enum error read_change_email(struct request *request, const struct account_change_email_params *params)
{
	enum error error = email_check(params->email.text, params->email.length, &request->refusal);

	return error ? error : password_proof_read(request, &params->password);
}

static enum error read_delete(struct request *request, const struct account_delete_params *params)
{
	return password_proof_read(request, &params->password);
}

static enum error account_change_email(struct request *request, const struct account_change_email_params *params)
{
	struct password_proof *proof = request->state;
	struct json_writer *result = &request->result;
	struct account account;
	enum error error = password_proof_demand(request, proof, &account);

	if (!error)
		error = account_store_change_email(request->db, account.id, params->email.text);
	if (error == ERROR_CONFLICT) {
		proof->attempt.is_spent = true; /* who has an account is told to nobody who asks too often */
		return refuse_taken(request);
	}
	if (!error)
		error = audit_record(request, account.id, AUDIT_EMAIL_CHANGED, NULL);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", account.id);
	json_writer_member_text(result, "email", params->email.text);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* The rows of the account go by their foreign keys; what is kept of it is that it is gone. */
static enum error remove_account(struct request *request, int64_t id)
{
	char detail[32];
	enum error error = account_store_remove(request->db, id);

	(void)snprintf(detail, sizeof(detail), "account %" PRId64, id);
	if (!error)
		error = audit_store_remove_account(request->db, id);
	if (!error)
		error = audit_record(request, AUDIT_STORE_WIDE, AUDIT_ACCOUNT_DELETED, detail);
	return error ? error : meta_store_set_scrub_pending(request->db, true);
}

static enum error account_delete(struct request *request, const struct account_delete_params *params)
{
	struct json_writer *result = &request->result;
	struct account account;
	enum error error;

	(void)params;
	/* As long as the account is large, and the bytes are to be gone before it is answered. */
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	error = password_proof_demand(request, request->state, &account);
	if (!error)
		error = remove_account(request, account.id);
	if (error)
		return error;
	request->wants_scrub = true;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", account.id);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- what happened --- */

static enum error account_log(struct request *request, const struct page_params *params)
{
	int64_t limit, before_id;
	enum error error = page_read(request, params, &limit, &before_id);

	if (!error)
		error = audit_write_failures(request);
	return error ? error : audit_write_page(request, request->who.account_id, before_id, limit);
}

METHOD_HANDLER(read_signup, struct account_signup_params)
METHOD_HANDLER(work_signup, struct account_signup_params)
METHOD_HANDLER(account_signup, struct account_signup_params)
METHOD_HANDLER(read_change_email, struct account_change_email_params)
METHOD_HANDLER(account_change_email, struct account_change_email_params)
METHOD_HANDLER(read_delete, struct account_delete_params)
METHOD_HANDLER(account_delete, struct account_delete_params)
METHOD_HANDLER(account_log, struct page_params)

const struct method account_methods[] = {
	{ .name = "account.signup",
		.summary = "Make an account",
		.access = ACCESS_ANYONE,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_signup_params,
		.params_size = sizeof(struct account_signup_params),
		.read = read_signup_handler,
		.work = work_signup_handler,
		.handle = account_signup_handler },
	{ .name = "account.me",
		.summary = "Say whose token this is",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_ANY_TOKEN,
		.store = STORE_READ,
		.handle = account_me_handler },
	{ .name = "account.change_email",
		.summary = "Name the account by another email",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_change_email_params,
		.params_size = sizeof(struct account_change_email_params),
		.read = read_change_email_handler,
		.work = password_proof_work_handler,
		.handle = account_change_email_handler },
	{ .name = "account.delete",
		.summary = "Remove the account and everything that is its own",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = account_delete_params,
		.params_size = sizeof(struct account_delete_params),
		.read = read_delete_handler,
		.work = password_proof_work_handler,
		.handle = account_delete_handler },
	/* A write, because what was noted in memory is written before it is read. */
	{ .name = "account.log",
		.summary = "List what happened to the account: logins, failures, changes",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.params = page_params,
		.params_size = sizeof(struct page_params),
		.handle = account_log_handler },
	{ 0 },
};
