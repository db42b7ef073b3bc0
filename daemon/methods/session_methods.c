/* The account's sessions: which there are, and ending them. */
#include "methods/audit.h"
#include "methods/methods.h"
#include "store/session_store.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define BEGINNING_MINIMUM 4

struct session_revoke_params {
	struct text_param id;
	struct boolean_param others;
	struct boolean_param all;
};

static const struct param session_revoke_params[] = {
	{ .name = "id",
		.summary = "The session, by its id or the beginning of it",
		.type = PARAM_TEXT,
		.offset = offsetof(struct session_revoke_params, id),
		.minimum = BEGINNING_MINIMUM,
		.maximum = SESSION_ID_LENGTH },
	{ .name = "others",
		.summary = "Every session but the one that asks",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct session_revoke_params, others) },
	{ .name = "all",
		.summary = "Every session, the one that asks too",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct session_revoke_params, all) },
	{ 0 },
};

/* --- listing --- */

static enum error write_session(void *context, const struct session *session)
{
	struct request *request = context;
	struct json_writer *result = &request->result;
	int64_t end =
		session->refresh_until < session->absolute_until ? session->refresh_until : session->absolute_until;

	if (end <= request->now)
		return ERROR_NONE;
	json_writer_begin_object(result);
	json_writer_member_text(result, "id", session->id);
	if (session->client)
		json_writer_member_text(result, "client", session->client);
	json_writer_member_integer(result, "uid", session->peer_uid);
	json_writer_member_time(result, "created_at", session->created_at);
	json_writer_member_time(result, "last_used_at", session->last_used_at);
	json_writer_member_time(result, "expires_at", end);
	json_writer_member_boolean(result, "is_current", strcmp(session->id, request->who.session_id) == 0);
	json_writer_end_object(result);
	return ERROR_NONE;
}

static enum error session_list_handler(struct request *request, const void *params)
{
	struct json_writer *result = &request->result;
	enum error error;

	(void)params; /* it takes none */
	json_writer_begin_object(result);
	json_writer_key(result, "sessions");
	json_writer_begin_array(result);
	error = session_store_each(request->db, request->who.account_id, write_session, request);
	json_writer_end_array(result);
	json_writer_end_object(result);
	return error;
}

/* --- ending --- */

static enum error revoke_one(struct request *request, const struct text_param *beginning, int64_t *ret_count)
{
	char id[SESSION_ID_LENGTH + 1];
	enum error error = session_store_find_beginning(request->db, request->who.account_id, beginning->text, id);

	if (error == ERROR_NOT_FOUND)
		return request_refuse(request, error, "id", "there is no session %s", beginning->text);
	if (error == ERROR_CONFLICT)
		return request_refuse(request, ERROR_INVALID_PARAMS, "id",
			"several sessions begin with %s; give more of the id", beginning->text);
	if (!error)
		error = session_store_remove(request->db, id);
	*ret_count = 1;
	return error;
}

static enum error revoke(struct request *request, const struct session_revoke_params *params, int64_t *ret_count)
{
	int64_t account_id = request->who.account_id;

	if (params->id.presence == PARAM_GIVEN)
		return revoke_one(request, &params->id, ret_count);
	if (params->others.value)
		return session_store_remove_others(request->db, account_id, request->who.session_id, ret_count);
	return session_store_remove_all(request->db, account_id, ret_count);
}

static enum error session_revoke(struct request *request, const struct session_revoke_params *params)
{
	struct json_writer *result = &request->result;
	int64_t count = 0;
	char detail[32];
	enum error error;

	if ((params->id.presence == PARAM_GIVEN) + params->others.value + params->all.value != 1)
		return request_refuse(
			request, ERROR_INVALID_PARAMS, "id", "give exactly one of id, others:true and all:true");
	error = revoke(request, params, &count);
	(void)snprintf(detail, sizeof(detail), "%" PRId64 " session%s", count, count == 1 ? "" : "s");
	if (!error && count)
		error = audit_record(request, request->who.account_id, AUDIT_SESSION_REVOKED, detail);
	if (error)
		return error;
	json_writer_begin_object(result);
	json_writer_member_integer(result, "count", count);
	json_writer_end_object(result);
	return ERROR_NONE;
}

METHOD_HANDLER(session_revoke, struct session_revoke_params)

const struct method session_methods[] = {
	{ .name = "session.list",
		.summary = "List the account's sessions",
		.access = ACCESS_ACCOUNT,
		.store = STORE_READ,
		.handle = session_list_handler },
	{ .name = "session.revoke",
		.summary = "End sessions: one, the others, or all",
		.access = ACCESS_ACCOUNT,
		.store = STORE_WRITE,
		.params = session_revoke_params,
		.params_size = sizeof(struct session_revoke_params),
		.handle = session_revoke_handler },
	{ 0 },
};
