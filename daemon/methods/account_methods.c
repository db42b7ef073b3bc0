/* Accounts: signing up, and who am I. */
#include "auth/email.h"
#include "auth/password.h"
#include "auth/secret.h"
#include "methods/methods.h"
#include "methods/services.h"
#include "store/account_store.h"

#include <stddef.h>

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
		.summary = "The password, 8 to 1024 bytes",
		.type = PARAM_TEXT,
		.offset = offsetof(struct account_signup_params, password),
		.need = PARAM_REQUIRED,
		.is_secret = true },
	{ 0 },
};

/* What one phase of a sign-up leaves for the next. */
struct signup {
	const char *password; /* normalised, in the arena */
	size_t password_length;
	char hash[PASSWORD_HASH_SIZE];
};

static void wipe_signup(void *state)
{
	struct signup *signup = state;

	/* The arena's own copy, const only to those who read it. */
	secret_wipe((void *)(uintptr_t)signup->password, signup->password_length);
	secret_wipe(signup, sizeof(*signup));
}

static enum error refuse_taken(struct request *request)
{
	return request_refuse(request, ERROR_CONFLICT, "email", "there is an account with this email already");
}

static enum error check_email(struct request *request, const struct text_param *email)
{
	struct account account;
	enum error error = email_check(email->text, email->length, &request->refusal);

	if (error)
		return error;
	error = account_store_find_by_email(request->db, email->text, request->arena, &account);
	if (error == ERROR_NOT_FOUND)
		return ERROR_NONE;
	return error ? error : refuse_taken(request);
}

static enum error read_signup(struct request *request, const struct account_signup_params *params)
{
	struct signup *signup;
	const char *password;
	size_t length;
	enum error error;

	if (request->services->signup == SIGNUP_OPERATOR && !request->is_operator)
		return request_refuse(request, ERROR_FORBIDDEN, NULL,
			"signing up is for the operator here; ask whoever runs this daemon");
	error = check_email(request, &params->email);
	if (!error)
		error = password_prepare(params->password.text, params->password.length, params->email.text,
			request->arena, &password, &length, &request->refusal);
	if (error)
		return error;
	signup = arena_alloc(request->arena, sizeof(*signup));
	signup->password = password;
	signup->password_length = length;
	request->state = signup;
	request->on_end = wipe_signup;
	return ERROR_NONE;
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
	const struct signup *signup = request->state;
	struct json_writer *result = &request->result;
	int64_t id;
	enum error error = account_store_add(request->db, params->email.text, signup->hash, request->now, &id);

	if (error == ERROR_CONFLICT)
		return refuse_taken(request);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", id);
	json_writer_member_text(result, "email", params->email.text);
	json_writer_end_object(result);
	return ERROR_NONE;
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
	json_writer_key(result, "session");
	json_writer_begin_object(result);
	json_writer_member_text(result, "id", who->session_id);
	json_writer_member_time(result, "expires_at", who->session_expires_at);
	json_writer_end_object(result);
	json_writer_end_object(result);
	return ERROR_NONE;
}

METHOD_HANDLER(read_signup, struct account_signup_params)
METHOD_HANDLER(work_signup, struct account_signup_params)
METHOD_HANDLER(account_signup, struct account_signup_params)

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
	{ 0 },
};
