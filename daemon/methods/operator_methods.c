/* For the operator: the accounts of others, and what happened to the store. */
#include "auth/email.h"
#include "auth/password.h"
#include "auth/reset_code.h"
#include "methods/audit.h"
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/services.h"
#include "store/account_store.h"
#include "store/session_store.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>

struct operator_account_params {
	struct text_param email;
};

static const struct param operator_account_params[] = {
	{ .name = "email",
		.summary = "The email of the account",
		.type = PARAM_TEXT,
		.offset = offsetof(struct operator_account_params, email),
		.need = PARAM_REQUIRED },
	{ 0 },
};

/* --- listing --- */

struct account_page {
	struct json_writer *result;
	int64_t limit, count;
	int64_t last_id;
};

static enum error write_account(void *context, const struct account_summary *summary)
{
	struct account_page *page = context;
	struct json_writer *result = page->result;

	/* One more than wanted was asked for: whether there is another page. */
	if (++page->count > page->limit)
		return ERROR_NONE;
	page->last_id = summary->id;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "id", summary->id);
	json_writer_member_text(result, "email", summary->email);
	json_writer_member_text(result, "state", summary->state);
	json_writer_member_time(result, "created_at", summary->created_at);
	json_writer_member_integer(result, "sessions", summary->sessions);
	json_writer_member_integer(result, "tokens", summary->tokens);
	json_writer_member_integer(result, "tasks", summary->tasks);
	if (summary->last_used_at)
		json_writer_member_time(result, "last_used_at", summary->last_used_at);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error system_accounts(struct request *request, const struct page_params *params)
{
	struct account_page page = { .result = &request->result };
	int64_t after_id;
	enum error error = page_read(request, params, &page.limit, &after_id);

	if (error)
		return error;
	json_writer_begin_object(page.result);
	json_writer_key(page.result, "accounts");
	json_writer_begin_array(page.result);
	error = account_store_each(request->db, after_id, page.limit + 1, write_account, &page);
	json_writer_end_array(page.result);
	if (page.count > page.limit)
		page_write_next(page.result, page.last_id);
	json_writer_end_object(page.result);
	return error;
}

static enum error system_log(struct request *request, const struct page_params *params)
{
	int64_t limit, before_id;
	enum error error = page_read(request, params, &limit, &before_id);

	return error ? error : audit_write_page(request, AUDIT_STORE_WIDE, before_id, limit);
}

/* --- one account --- */

static enum error find_account(
	struct request *request, const struct operator_account_params *params, struct account *ret_account)
{
	enum error error = account_store_find_by_email(request->db, params->email.text, request->arena, ret_account);

	if (error == ERROR_NOT_FOUND)
		return request_refuse(request, error, "email", "there is no account %s", params->email.text);
	return error;
}

static void begin_answer(struct request *request, int64_t id, const char *email)
{
	json_writer_begin_object(&request->result);
	json_writer_member_integer(&request->result, "id", id);
	json_writer_member_text(&request->result, "email", email);
}

/* In the account's log, and in that of the store, which outlives the account and names nobody. */
static enum error record_act(struct request *request, int64_t account_id, enum audit_event event)
{
	char detail[32];
	enum error error = audit_record(request, account_id, event, "by the operator");

	(void)snprintf(detail, sizeof(detail), "account %" PRId64, account_id);
	return error ? error : audit_record(request, AUDIT_STORE_WIDE, event, detail);
}

static enum error set_state(struct request *request, const struct operator_account_params *params,
	enum account_state state, enum audit_event event, struct account *ret_account)
{
	enum error error = find_account(request, params, ret_account);

	if (!error)
		error = account_store_set_state(request->db, ret_account->id, state);
	if (!error)
		error = record_act(request, ret_account->id, event);
	return error;
}

static enum error system_disable_account(struct request *request, const struct operator_account_params *params)
{
	struct account account;
	int64_t sessions = 0;
	enum error error = set_state(request, params, ACCOUNT_DISABLED, AUDIT_ACCOUNT_DISABLED, &account);

	if (!error)
		error = session_store_remove_all(request->db, account.id, &sessions);
	if (!error)
		error = reset_store_remove(request->db, account.id);
	if (error)
		return error;
	begin_answer(request, account.id, account.email);
	json_writer_member_text(&request->result, "state", account_state_name(ACCOUNT_DISABLED));
	json_writer_member_integer(&request->result, "sessions", sessions);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

static enum error system_enable_account(struct request *request, const struct operator_account_params *params)
{
	struct account account;
	enum error error = set_state(request, params, ACCOUNT_ACTIVE, AUDIT_ACCOUNT_ENABLED, &account);

	if (error)
		return error;
	begin_answer(request, account.id, account.email);
	json_writer_member_text(&request->result, "state", account_state_name(ACCOUNT_ACTIVE));
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- codes --- */

static enum error give_code(struct request *request, int64_t account_id, const char *email, enum audit_event event)
{
	const char *code = NULL;
	int64_t expires_at = 0;
	enum error error = reset_code_make(request->db, account_id, request->now, request->arena, &code, &expires_at);

	if (!error)
		error = record_act(request, account_id, event);
	if (error)
		return error;
	begin_answer(request, account_id, email);
	json_writer_member_text(&request->result, "code", code);
	json_writer_member_time(&request->result, "expires_at", expires_at);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

static enum error system_reset_code(struct request *request, const struct operator_account_params *params)
{
	struct account account;
	enum error error = find_account(request, params, &account);

	return error ? error : give_code(request, account.id, account.email, AUDIT_RESET_CODE_MADE);
}

/* No password matches until the code has set one, so that nobody but its owner ever knows it. */
static enum error system_add_account(struct request *request, const struct operator_account_params *params)
{
	char hash[PASSWORD_HASH_SIZE];
	int64_t id;
	enum error error = email_check(params->email.text, params->email.length, &request->refusal);

	if (!error)
		error = password_dummy_hash(&request->services->password_cost, hash);
	if (!error)
		error = account_store_add(request->db, params->email.text, hash, request->now, &id);
	if (error == ERROR_CONFLICT)
		return request_refuse(request, error, "email", "there is an account with this email already");
	return error ? error : give_code(request, id, params->email.text, AUDIT_ACCOUNT_ADDED);
}

METHOD_HANDLER(system_accounts, struct page_params)
METHOD_HANDLER(system_log, struct page_params)
METHOD_HANDLER(system_disable_account, struct operator_account_params)
METHOD_HANDLER(system_enable_account, struct operator_account_params)
METHOD_HANDLER(system_reset_code, struct operator_account_params)
METHOD_HANDLER(system_add_account, struct operator_account_params)

#define FOR_OPERATOR .access = ACCESS_OPERATOR
#define PAGE_PARAMS  .params = page_params, .params_size = sizeof(struct page_params)
#define ACCOUNT_PARAMS                                                                                                 \
	.params = operator_account_params, .params_size = sizeof(struct operator_account_params), .store = STORE_WRITE

const struct method operator_methods[] = {
	{ .name = "system.accounts",
		.summary = "List the accounts, and how much each has",
		FOR_OPERATOR,
		PAGE_PARAMS,
		.store = STORE_READ,
		.handle = system_accounts_handler },
	{ .name = "system.log",
		.summary = "List what happened to the store as a whole",
		FOR_OPERATOR,
		PAGE_PARAMS,
		.store = STORE_READ,
		.handle = system_log_handler },
	{ .name = "system.add_account",
		.summary = "Make an account, and a one-time code by which its owner sets the password",
		FOR_OPERATOR,
		ACCOUNT_PARAMS,
		.is_secret = true,
		.handle = system_add_account_handler },
	{ .name = "system.disable_account",
		.summary = "Keep an account out, and end its sessions",
		FOR_OPERATOR,
		ACCOUNT_PARAMS,
		.handle = system_disable_account_handler },
	{ .name = "system.enable_account",
		.summary = "Let an account in again",
		FOR_OPERATOR,
		ACCOUNT_PARAMS,
		.handle = system_enable_account_handler },
	{ .name = "system.reset_code",
		.summary = "Make a one-time code by which the account's owner sets a new password",
		FOR_OPERATOR,
		ACCOUNT_PARAMS,
		.is_secret = true,
		.handle = system_reset_code_handler },
	{ 0 },
};
