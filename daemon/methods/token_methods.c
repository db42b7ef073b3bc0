/* Personal access tokens: making, listing and revoking them. */
#include "auth/personal_token.h"
#include "common/text.h"
#include "methods/audit.h"
#include "methods/methods.h"
#include "methods/password_proof.h"
#include "methods/services.h"
#include "methods/token_view.h"

#include <stddef.h>
#include <string.h>

#define SECONDS_PER_DAY   INT64_C(86400)
#define LIFETIME_DEFAULT  (90 * SECONDS_PER_DAY)
#define LIFETIME_MINIMUM  60
#define LIFETIME_MAXIMUM  (3650 * SECONDS_PER_DAY)
#define NAME_LIMIT        64 /* bytes */
#define BEGINNING_MINIMUM 4
#define SCOPES_LIMIT      8

struct token_create_params {
	struct text_param password;
	struct text_param name;
	struct text_list_param scopes;
	struct integer_param expires_in;
};

static const struct param token_create_params[] = {
	PASSWORD_PROOF_PARAM(token_create_params),
	{ .name = "name",
		.summary = "What the token is for; one of its own among the account's tokens",
		.type = PARAM_TEXT,
		.offset = offsetof(struct token_create_params, name),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = NAME_LIMIT },
	{ .name = "scopes",
		.summary = "What it may do: tasks:read, tasks:write",
		.type = PARAM_TEXT_LIST,
		.offset = offsetof(struct token_create_params, scopes),
		.need = PARAM_REQUIRED,
		.minimum = 1,
		.maximum = SCOPES_LIMIT },
	{ .name = "expires_in",
		.summary = "Seconds until it ends; 90 days when it is not said",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct token_create_params, expires_in),
		.minimum = LIFETIME_MINIMUM,
		.maximum = LIFETIME_MAXIMUM },
	{ 0 },
};

struct token_revoke_params {
	struct text_param id;
	struct text_param name;
	struct boolean_param all;
};

static const struct param token_revoke_params[] = {
	{ .name = "id",
		.summary = "The token, by its id or the beginning of it",
		.type = PARAM_TEXT,
		.offset = offsetof(struct token_revoke_params, id),
		.minimum = BEGINNING_MINIMUM,
		.maximum = TOKEN_ID_LENGTH },
	{ .name = "name",
		.summary = "The token, by its name",
		.type = PARAM_TEXT,
		.offset = offsetof(struct token_revoke_params, name),
		.minimum = 1,
		.maximum = NAME_LIMIT },
	{ .name = "all",
		.summary = "Every token of the account",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct token_revoke_params, all) },
	{ 0 },
};

/* --- making one --- */

static const struct scope_name *find_scope(const char *name)
{
	for (const struct scope_name *row = method_scope_names; row->name; row++)
		if (strcmp(row->name, name) == 0)
			return row;
	return NULL;
}

static enum error read_scopes(struct request *request, const struct text_list_param *names, int *ret_scopes)
{
	int scopes = 0;

	for (size_t i = 0; i < names->count; i++) {
		const struct scope_name *row = find_scope(names->texts[i]);

		if (!row)
			return request_refuse(request, ERROR_INVALID_PARAMS, "scopes",
				"there is no scope `%s`; there are tasks:read and tasks:write", names->texts[i]);
		scopes |= (int)row->scope;
	}
	*ret_scopes = scopes;
	return ERROR_NONE;
}

static enum error check_name(struct request *request, const struct text_param *name)
{
	if (!text_has_control(name->text, name->length, ""))
		return ERROR_NONE;
	return request_refuse(request, ERROR_INVALID_PARAMS, "name", "name must not hold control characters");
}

static enum error read_create(struct request *request, const struct token_create_params *params)
{
	int scopes;
	enum error error = check_name(request, &params->name);

	if (!error)
		error = read_scopes(request, &params->scopes, &scopes);
	return error ? error : password_proof_read(request, &params->password);
}

/* Expired ones neither count nor keep their names. */
static enum error check_room(struct request *request, const char *name)
{
	int64_t count = 0;
	enum error error = token_store_remove_expired(request->db, request->who.account_id, name, request->now);

	if (!error)
		error = token_store_count(request->db, request->who.account_id, request->now, &count);
	if (!error && count >= PERSONAL_TOKENS_LIMIT)
		return request_refuse(request, ERROR_CONFLICT, NULL,
			"an account has at most %d tokens; revoke one first", PERSONAL_TOKENS_LIMIT);
	return error;
}

static enum error make(struct request *request, const struct token_create_params *params, int64_t account_id,
	struct personal_token *ret_token, const char **ret_text)
{
	int64_t lifetime = params->expires_in.presence == PARAM_GIVEN ? params->expires_in.value : LIFETIME_DEFAULT;
	struct personal_token token = {
		.account_id = account_id, .name = params->name.text, .expires_at = request->now + lifetime
	};
	enum error error = read_scopes(request, &params->scopes, &token.scopes);

	if (!error)
		error = personal_token_make(request->db, request->services->sessions, request->peer.uid, request->now,
			request->arena, &token, ret_text);
	if (error == ERROR_CONFLICT)
		return request_refuse(request, error, "name",
			"there is a token with the name %s; revoke it, or take another name", token.name);
	if (!error)
		*ret_token = token;
	return error;
}

static enum error token_create(struct request *request, const struct token_create_params *params)
{
	struct json_writer *result = &request->result;
	struct personal_token token = { .name = NULL };
	struct account account;
	const char *text = NULL;
	enum error error = password_proof_demand(request, request->state, &account);

	if (!error)
		error = check_room(request, params->name.text);
	if (!error)
		error = make(request, params, account.id, &token, &text);
	if (!error)
		error = audit_record(request, account.id, AUDIT_TOKEN_CREATED, token.name);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_text(result, "token", text);
	token_view_write_members(result, &token);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* --- listing --- */

static enum error write_token(void *context, const struct personal_token *token)
{
	struct request *request = context;

	if (token->expires_at <= request->now)
		return ERROR_NONE;
	json_writer_begin_object(&request->result);
	token_view_write_members(&request->result, token);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

static enum error token_list_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	enum error error;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_key(result, "tokens");
	json_writer_begin_array(result);
	error = token_store_each(request->db, request->who.account_id, write_token, request);
	json_writer_end_array(result);
	json_writer_end_object(result);
	return error;
}

/* --- revoking --- */

static enum error find(struct request *request, const struct token_revoke_params *params, char *ret_id)
{
	int64_t account_id = request->who.account_id;
	bool by_id = params->id.presence == PARAM_GIVEN;
	const struct text_param *given = by_id ? &params->id : &params->name;
	const char *field = by_id ? "id" : "name";
	enum error error = by_id ? token_store_find_beginning(request->db, account_id, given->text, ret_id)
				 : token_store_find_name(request->db, account_id, given->text, ret_id);

	if (error == ERROR_NOT_FOUND)
		return request_refuse(request, error, field, "there is no token %s", given->text);
	if (error == ERROR_CONFLICT)
		return request_refuse(request, ERROR_INVALID_PARAMS, field,
			"several tokens begin with %s; give more of the id", given->text);
	return error;
}

static enum error revoke_one(
	struct request *request, const struct token_revoke_params *params, const char **ret_name, int64_t *ret_count)
{
	char id[TOKEN_ID_LENGTH + 1];
	struct personal_token token = { .name = NULL };
	struct account account;
	enum error error = find(request, params, id);

	if (!error)
		error = token_store_find(request->db, id, request->arena, &token, &account);
	if (!error)
		error = token_store_remove(request->db, id);
	*ret_name = token.name;
	*ret_count = 1;
	return error;
}

static enum error token_revoke(struct request *request, const struct token_revoke_params *params)
{
	struct json_writer *result = &request->result;
	const char *name = "all";
	int64_t count = 0;
	enum error error;

	if ((params->id.presence == PARAM_GIVEN) + (params->name.presence == PARAM_GIVEN) + params->all.value != 1)
		return request_refuse(request, ERROR_INVALID_PARAMS, "id", "give exactly one of id, name and all:true");
	error = params->all.value ? token_store_remove_all(request->db, request->who.account_id, &count)
				  : revoke_one(request, params, &name, &count);
	if (!error && count)
		error = audit_record(request, request->who.account_id, AUDIT_TOKEN_REVOKED, name);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "count", count);
	json_writer_end_object(result);
	return ERROR_NONE;
}

METHOD_HANDLER(read_create, struct token_create_params)
METHOD_HANDLER(token_create, struct token_create_params)
METHOD_HANDLER(token_revoke, struct token_revoke_params)

const struct method token_methods[] = {
	{ .name = "token.create",
		.summary = "Make a personal access token, which is told this once",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.is_secret = true,
		.params = token_create_params,
		.params_size = sizeof(struct token_create_params),
		.read = read_create_handler,
		.work = password_proof_work_handler,
		.handle = token_create_handler },
	{ .name = "token.list",
		.summary = "List the account's personal access tokens",
		.access = ACCESS_ACCOUNT,
		.store = STORE_READ,
		.handle = token_list_handler },
	{ .name = "token.revoke",
		.summary = "End personal access tokens",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.params = token_revoke_params,
		.params_size = sizeof(struct token_revoke_params),
		.handle = token_revoke_handler },
	{ 0 },
};
