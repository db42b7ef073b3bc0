/* A session's tokens as a result. */
#include "methods/grant.h"

#include "common/text.h"
#include "methods/services.h"

enum error grant_check_client(struct request *request, const struct text_param *client)
{
	if (client->presence != PARAM_GIVEN || !text_has_control(client->text, client->length, ""))
		return ERROR_NONE;
	return request_refuse(request, ERROR_INVALID_PARAMS, "client", "client must not hold control characters");
}

void grant_write(struct request *request, const struct session_grant *grant, const struct account *account)
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

enum error grant_open(struct request *request, const struct account *account, const struct text_param *client)
{
	const struct services *services = request->services;
	struct session_grant grant;
	enum error error = session_open(request->db, services->keys, services->sessions, account->id, request->peer.uid,
		client->text, request->now, request->arena, &grant);

	if (!error)
		grant_write(request, &grant, account);
	return error;
}
