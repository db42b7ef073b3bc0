/* The way of a call through its phases, without threads and sockets. */
#include "rpc/dispatch.h"

#include "common/log.h"
#include "common/memory.h"

#include <string.h>

/* What every method takes. Bound by dispatch itself; the table is for passing over them, and for the manual. */
struct common_params {
	struct text_param access_token;
	struct text_param timezone;
	struct text_param week_start;
	struct boolean_param operator;
	struct text_param idempotency_key;
};

const struct param dispatch_common_params[] = {
	{ .name = "access_token",
		.summary = "The access token of the caller",
		.type = PARAM_TEXT,
		.offset = offsetof(struct common_params, access_token),
		.null = PARAM_NULLABLE,
		.is_secret = true },
	{ .name = "timezone",
		.summary = "IANA name of the zone in which dates are read",
		.type = PARAM_TEXT,
		.offset = offsetof(struct common_params, timezone),
		.null = PARAM_NULLABLE,
		.minimum = 1,
		.maximum = 64 },
	{ .name = "week_start",
		.summary = "The day that weeks begin with in dates that are read: monday or sunday",
		.type = PARAM_TEXT,
		.offset = offsetof(struct common_params, week_start),
		.null = PARAM_NULLABLE,
		.minimum = 1,
		.maximum = 16 },
	{ .name = "operator",
		.summary = "Ask as the operator: root or the daemon's own user, without a token",
		.type = PARAM_BOOLEAN,
		.offset = offsetof(struct common_params, operator) },
	{ .name = "idempotency_key",
		.summary = "Do this once: the same key gets the same reply for 24 hours",
		.type = PARAM_TEXT,
		.offset = offsetof(struct common_params, idempotency_key),
		.minimum = 1,
		.maximum = 128 },
	{ 0 },
};

/* --- writing the reply --- */

static void begin_reply(struct dispatch_call *call)
{
	buffer_truncate(call->out, call->out_start);
	wire_begin_result(call->out, call->id);
	call->result_start = call->out->length;
	json_writer_init(&call->request.result, call->out);
}

static void end_reply(struct dispatch_call *call)
{
	if (!call->id) {
		buffer_truncate(call->out, call->out_start);
		return;
	}
	wire_end_result(call->out);
}

void dispatch_refuse(struct dispatch_call *call, const struct refusal *refusal)
{
	buffer_truncate(call->out, call->out_start);
	if (call->id)
		wire_write_error(call->out, call->id, refusal);
}

/* --- what every method takes --- */

/* What is wrong with a token is never said, not even its type: one that is no string is an empty one. */
static void read_token(struct dispatch_call *call)
{
	const json_t *token = json_object_get(call->params_object, "access_token");

	if (!token || json_is_null(token))
		return;
	call->token = json_is_string(token) ? json_string_value(token) : "";
	call->token_length = json_is_string(token) ? json_string_length(token) : 0;
}

static enum error read_common(struct dispatch_call *call, struct refusal *refusal)
{
	struct common_params common = { 0 };
	enum error error;

	read_token(call);
	error = params_bind_present(dispatch_common_params, call->params_object, &common, refusal);
	if (error)
		return error;
	call->request.timezone = common.timezone.text;
	call->request.week_start = common.week_start.text;
	call->is_operator = common.operator.value;
	call->idempotency_key = common.idempotency_key.text;
	if (call->idempotency_key && !call->request.method->is_idempotent)
		return refuse(refusal, ERROR_INVALID_PARAMS, "idempotency_key", "%s takes no idempotency_key",
			call->request.method->name);
	return ERROR_NONE;
}

static enum error find_method(
	const struct dispatch *dispatch, const char *name, const struct method **ret_method, struct refusal *refusal)
{
	const struct method *method = method_find(dispatch->methods, name);
	const char *nearest;

	if (method) {
		*ret_method = method;
		return ERROR_NONE;
	}
	nearest = method_nearest(dispatch->methods, name);
	if (nearest)
		return refuse(refusal, ERROR_UNKNOWN_METHOD, "method", "unknown method `%.64s`; did you mean `%s`?",
			name, nearest);
	return refuse(refusal, ERROR_UNKNOWN_METHOD, "method", "unknown method `%.64s`", name);
}

enum dispatch_end dispatch_prepare(const struct dispatch *dispatch, struct dispatch_call *call,
	const struct wire_request *wire, const struct peer *peer, struct arena *arena, struct buffer *out)
{
	struct request *request = &call->request;
	struct refusal refusal = { 0 };

	call->id = wire->id;
	call->params_object = wire->params;
	call->out = out;
	call->out_start = out->length;
	request->arena = arena;
	request->peer = *peer;
	if (find_method(dispatch, wire->method, &request->method, &refusal) || read_common(call, &refusal)) {
		dispatch_refuse(call, &refusal);
		return DISPATCH_REFUSED;
	}
	return DISPATCH_CONTINUE;
}

/* --- who is asking --- */

static enum error check_operator(const struct dispatch *dispatch, struct dispatch_call *call)
{
	struct request *request = &call->request;
	uid_t uid = request->peer.uid;

	if (call->token)
		return request_refuse(request, ERROR_INVALID_PARAMS, "operator",
			"a request says operator or carries an access_token, not both");
	if (uid == PEER_OVERFLOW_UID || (uid != 0 && uid != dispatch->operator_uid))
		return request_refuse(
			request, ERROR_FORBIDDEN, "operator", "only root and the daemon's own user are its operator");
	request->is_operator = true;
	return ERROR_NONE;
}

static enum error check_scope(struct request *request)
{
	int allowed = (int)request->method->scope;

	if (request->who.session_id || (request->who.scopes & allowed) || allowed == SCOPE_ANY_TOKEN)
		return ERROR_NONE;
	return request_refuse(
		request, ERROR_FORBIDDEN, "access_token", "this token does not reach %s", request->method->name);
}

static enum error check_access(const struct dispatch *dispatch, struct dispatch_call *call, void *memo)
{
	struct request *request = &call->request;
	enum error error;

	if (call->is_operator || request->method->access == ACCESS_OPERATOR) {
		if (!call->is_operator)
			return request_refuse(request, ERROR_FORBIDDEN, "operator",
				"%s is for the operator: say operator:true", request->method->name);
		error = check_operator(dispatch, call);
		if (error)
			return error;
	}
	if (request->method->access != ACCESS_ACCOUNT)
		return ERROR_NONE;
	if (!call->token)
		return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Not authenticated");
	error = dispatch->hooks.authenticate(dispatch->hooks.context, request, call->token, call->token_length, memo);
	return error ? error : check_scope(request);
}

/* --- the parameters --- */

static enum error bind_params(struct dispatch_call *call)
{
	const struct method *method = call->request.method;
	void *params;
	enum error error;

	if (call->params)
		return ERROR_NONE;
	params = arena_alloc(call->request.arena, method->params_size);
	error = params_bind(method->params, dispatch_common_params, call->params_object, call->request.arena, params,
		&call->request.refusal);
	if (!error)
		call->params = params;
	return error;
}

/* The parameters as text that does not depend on their order, without token and key: what an idempotency key stands
 * for. */
static void write_canonical_params(struct dispatch_call *call)
{
	json_t *copy;
	char *text;

	if (call->canonical_params)
		return;
	copy = json_object();
	json_object_update(copy, (json_t *)(uintptr_t)call->params_object);
	json_object_del(copy, "access_token");
	json_object_del(copy, "idempotency_key");
	text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
	call->canonical_params = arena_strdup(call->request.arena, text);
	free(text);
	json_decref(copy);
}

/* --- running --- */

static enum error replay(const struct dispatch *dispatch, struct dispatch_call *call, bool *ret_found)
{
	const char *result = NULL;
	size_t length = 0;
	enum error error;

	*ret_found = false;
	if (!call->idempotency_key)
		return ERROR_NONE;
	write_canonical_params(call);
	error = dispatch->hooks.replay_find(dispatch->hooks.context, &call->request, call->idempotency_key,
		call->canonical_params, &result, &length, ret_found);
	if (!error && *ret_found)
		json_writer_raw(&call->request.result, result, length);
	return error;
}

static enum error handle(const struct dispatch *dispatch, struct dispatch_call *call)
{
	struct request *request = &call->request;
	bool is_replayed;
	enum error error = replay(dispatch, call, &is_replayed);

	if (error || is_replayed)
		return error;
	error = request->method->handle(request, call->params);
	if (error || !call->idempotency_key)
		return error;
	return dispatch->hooks.replay_save(dispatch->hooks.context, request, call->idempotency_key,
		call->canonical_params, call->out->data + call->result_start, call->out->length - call->result_start);
}

static enum error run_phase(
	const struct dispatch *dispatch, struct dispatch_call *call, enum dispatch_phase phase, void *memo)
{
	struct request *request = &call->request;
	enum error error;

	if (phase == DISPATCH_WORK)
		return request->method->work(request, call->params);
	/* A method in phases was let in by `read`; its `handle` checks again what can have changed. */
	if (phase == DISPATCH_READ || !request->method->read) {
		error = check_access(dispatch, call, memo);
		if (error)
			return error;
		error = bind_params(call);
		if (error)
			return error;
	}
	if (phase == DISPATCH_READ && request->method->read)
		return request->method->read(request, call->params);
	return handle(dispatch, call);
}

/* What an error without words becomes, and whether it ends the transaction for everybody. */
static enum dispatch_end end_refused(struct dispatch_call *call, enum dispatch_phase phase, enum error error)
{
	struct request *request = &call->request;
	bool in_transaction = phase != DISPATCH_WORK && request->db;

	if (request->is_deferred)
		return DISPATCH_DEFERRED;
	if (in_transaction && !db_is_in_transaction(request->db))
		return DISPATCH_ABORTED;
	if (in_transaction && db_was_interrupted(request->db))
		return DISPATCH_OVERRUN;
	if (request->refusal.error != error)
		refuse_plainly(&request->refusal, error);
	dispatch_refuse(call, &request->refusal);
	return request->is_kept ? DISPATCH_KEPT : DISPATCH_REFUSED;
}

enum dispatch_end dispatch_run(const struct dispatch *dispatch, struct dispatch_call *call, enum dispatch_phase phase,
	struct db *db, int64_t now, enum request_place place, void *memo)
{
	struct request *request = &call->request;
	enum error error;

	request->db = db;
	request->now = now;
	request->place = place;
	request->refusal = (struct refusal){ 0 };
	request->is_kept = false;
	request->is_rehearsed = false;
	request->is_deferred = false;
	request->wants_scrub = false;
	request->urgency = NULL;
	request->wants_again = false;
	begin_reply(call);
	error = run_phase(dispatch, call, phase, memo);
	request->db = error ? request->db : NULL;
	if (error)
		return end_refused(call, phase, error);
	if (request->method->read && phase != DISPATCH_HANDLE && !request->is_answered)
		return DISPATCH_CONTINUE;
	end_reply(call);
	return request->is_rehearsed ? DISPATCH_REHEARSED : DISPATCH_ANSWERED;
}

void dispatch_end_call(struct dispatch_call *call)
{
	struct request *request = &call->request;

	if (request->on_end)
		request->on_end(request->state);
	request->on_end = NULL;
	request->state = NULL;
}

/* --- rpc.discover --- */

/* Which personal tokens reach it. */
static void describe_scope(const struct method *method, struct json_writer *writer)
{
	const char *name = method->scope == SCOPE_ANY_TOKEN ? "any" : "none";

	for (const struct scope_name *row = method_scope_names; row->name; row++)
		if (row->scope == method->scope)
			name = row->name;
	json_writer_member_text(writer, "x-scope", name);
}

static void describe_method(const struct method *method, struct json_writer *writer)
{
	static const char *const access_names[] = {
		[ACCESS_ANYONE] = "anyone", [ACCESS_ACCOUNT] = "account", [ACCESS_OPERATOR] = "operator"
	};

	json_writer_begin_object(writer);
	json_writer_member_text(writer, "name", method->name);
	json_writer_member_text(writer, "summary", method->summary);
	json_writer_member_text(writer, "paramStructure", "by-name");
	json_writer_member_text(writer, "x-access", access_names[method->access]);
	if (method->access == ACCESS_ACCOUNT)
		describe_scope(method, writer);
	json_writer_member_boolean(writer, "x-idempotent", method->is_idempotent);
	json_writer_key(writer, "params");
	params_describe(method->params, writer);
	json_writer_key(writer, "result");
	json_writer_raw(writer, "{\"name\":\"result\",\"schema\":{\"type\":\"object\"}}",
		sizeof("{\"name\":\"result\",\"schema\":{\"type\":\"object\"}}") - 1);
	json_writer_end_object(writer);
}

void dispatch_describe(const struct dispatch *dispatch, struct json_writer *writer)
{
	const struct method *method;

	json_writer_begin_object(writer);
	json_writer_member_text(writer, "openrpc", "1.3.2");
	json_writer_key(writer, "info");
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "title", "taskd");
	json_writer_member_text(writer, "version", TASKCTL_VERSION);
	json_writer_end_object(writer);
	json_writer_key(writer, "methods");
	json_writer_begin_array(writer);
	for (size_t i = 0; (method = method_at(dispatch->methods, i)); i++)
		describe_method(method, writer);
	json_writer_end_array(writer);
	json_writer_key(writer, "x-common-params");
	params_describe(dispatch_common_params, writer);
	json_writer_end_object(writer);
}
