/* The way of a call, with methods and hooks made for the test, and no server around it. */
#include "common/cleanup.h"
#include "rpc/dispatch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define OPERATOR_UID 1000

struct echo_params {
	struct text_param text;
};

static const struct param echo_params[] = {
	{ .name = "text",
		.summary = "what it is",
		.type = PARAM_TEXT,
		.offset = offsetof(struct echo_params, text),
		.need = PARAM_REQUIRED },
	{ 0 },
};

static enum error echo(struct request *request, const struct echo_params *params)
{
	json_writer_string(&request->result, params->text.text, params->text.length);
	return ERROR_NONE;
}

static enum error refuse_half_way(struct request *request, const struct echo_params *params)
{
	json_writer_begin_object(&request->result);
	return request_refuse(request, ERROR_CONFLICT, "text", "%s will not do", params->text.text);
}

static enum error rehearse(struct request *request, const struct echo_params *params)
{
	request->is_rehearsed = true;
	return echo(request, params);
}

static enum error keep(struct request *request, const struct echo_params *params)
{
	(void)params;
	return request_refuse_and_keep(request, ERROR_GONE, NULL, "gone, but noted");
}

static enum error defer(struct request *request, const struct echo_params *params)
{
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return echo(request, params);
}

static enum error look(struct request *request, const struct echo_params *params)
{
	request->state = arena_strdup(request->arena, params->text.text);
	return ERROR_NONE;
}

static enum error work(struct request *request, const struct echo_params *params)
{
	(void)params;
	((char *)request->state)[0] = '*';
	return ERROR_NONE;
}

static enum error finish(struct request *request, const struct echo_params *params)
{
	(void)params;
	json_writer_text(&request->result, request->state);
	return ERROR_NONE;
}

METHOD_HANDLER(echo, struct echo_params)
METHOD_HANDLER(refuse_half_way, struct echo_params)
METHOD_HANDLER(keep, struct echo_params)
METHOD_HANDLER(rehearse, struct echo_params)
METHOD_HANDLER(defer, struct echo_params)
METHOD_HANDLER(look, struct echo_params)
METHOD_HANDLER(work, struct echo_params)
METHOD_HANDLER(finish, struct echo_params)

#define ECHO_PARAMS .params = echo_params, .params_size = sizeof(struct echo_params)

static const struct method methods[] = {
	{ .name = "test.echo", .summary = "what it is", ECHO_PARAMS, .handle = echo_handler },
	{ .name = "test.refuse", .summary = "what it is", ECHO_PARAMS, .handle = refuse_half_way_handler },
	{ .name = "test.keep", .summary = "what it is", ECHO_PARAMS, .handle = keep_handler },
	{ .name = "test.rehearse", .summary = "what it is", ECHO_PARAMS, .handle = rehearse_handler },
	{ .name = "test.defer", .summary = "what it is", ECHO_PARAMS, .handle = defer_handler },
	{ .name = "test.phases",
		.summary = "what it is",
		ECHO_PARAMS,
		.read = look_handler,
		.work = work_handler,
		.handle = finish_handler },
	{ .name = "test.account",
		.summary = "what it is",
		ECHO_PARAMS,
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.handle = echo_handler },
	{ .name = "test.session",
		.summary = "what it is",
		ECHO_PARAMS,
		.access = ACCESS_ACCOUNT,
		.handle = echo_handler },
	{ .name = "test.once",
		.summary = "what it is",
		ECHO_PARAMS,
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.is_idempotent = true,
		.handle = echo_handler },
	{ .name = "test.operator",
		.summary = "what it is",
		ECHO_PARAMS,
		.access = ACCESS_OPERATOR,
		.handle = echo_handler },
	{ 0 },
};

/* What the hooks saw and what they shall answer. */
struct hook_state {
	int scopes;
	char stored[256];
	char canonical[256];
};

static enum error authenticate(void *context, struct request *request, const char *token, size_t length, void *memo)
{
	const struct hook_state *state = context;

	(void)memo;
	if (length != 4 || memcmp(token, "good", 4) != 0)
		return request_refuse(request, ERROR_UNAUTHENTICATED, NULL, "Could not validate credentials");
	request->who = (struct identity){
		.account_id = 1, .session_id = state->scopes ? NULL : "a session", .scopes = state->scopes
	};
	return ERROR_NONE;
}

static enum error replay_find(void *context, struct request *request, const char *key, const char *canonical_params,
	const char **ret_result, size_t *ret_length, bool *ret_found)
{
	struct hook_state *state = context;

	(void)key;
	*ret_found = state->stored[0] != '\0';
	if (*ret_found && strcmp(state->canonical, canonical_params) != 0)
		return request_refuse(request, ERROR_CONFLICT, "idempotency_key", "used for something else");
	*ret_result = state->stored;
	*ret_length = strlen(state->stored);
	return ERROR_NONE;
}

static enum error replay_save(void *context, struct request *request, const char *key, const char *canonical_params,
	const char *result, size_t length)
{
	struct hook_state *state = context;

	(void)request;
	(void)key;
	assert_true(length < sizeof(state->stored));
	memcpy(state->stored, result, length);
	(void)strncpy(state->canonical, canonical_params, sizeof(state->canonical) - 1);
	return ERROR_NONE;
}

static void memo_wipe(void *memo)
{
	(void)memo;
}

/* A line from a peer, through all phases; the reply is in `out`. */
struct fixture {
	struct hook_state hooks;
	struct dispatch dispatch;
	struct arena arena;
	struct buffer out;
	struct peer peer;
	enum dispatch_end prepared, end;
};

static int set_up(void **state)
{
	static const struct method *const tables[] = { methods, NULL };
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	arena_init(&fixture->arena);
	buffer_init(&fixture->out);
	fixture->peer.uid = 7;
	fixture->dispatch = (struct dispatch){
		.methods = method_registry_new(tables),
		.operator_uid = OPERATOR_UID,
		.hooks = { .context = &fixture->hooks,
			.authenticate = authenticate,
			.memo_size = 1,
			.memo_wipe = memo_wipe,
			.replay_find = replay_find,
			.replay_save = replay_save },
	};
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	method_registry_free((struct method_registry *)(uintptr_t)fixture->dispatch.methods);
	arena_deinit(&fixture->arena);
	buffer_deinit(&fixture->out);
	free(fixture);
	return 0;
}

static const char *call_at(struct fixture *fixture, const char *line, enum request_place place)
{
	struct wire_message message;
	struct wire_request wire;
	struct dispatch_call call = { 0 };
	struct refusal refusal = { 0 };

	buffer_truncate(&fixture->out, 0);
	assert_int_equal(wire_parse(line, strlen(line), &message, &refusal), ERROR_NONE);
	assert_int_equal(wire_request_at(&message, 0, &wire, &refusal), ERROR_NONE);
	fixture->prepared =
		dispatch_prepare(&fixture->dispatch, &call, &wire, &fixture->peer, &fixture->arena, &fixture->out);
	if (fixture->prepared == DISPATCH_CONTINUE) {
		enum dispatch_phase phase = call.request.method->read ? DISPATCH_READ : DISPATCH_HANDLE;

		do
			fixture->end = dispatch_run(&fixture->dispatch, &call, phase++, NULL, 1000, place, NULL);
		while (fixture->end == DISPATCH_CONTINUE);
	}
	dispatch_end_call(&call);
	wire_message_deinit(&message);
	return buffer_text(&fixture->out);
}

static const char *call(struct fixture *fixture, const char *line)
{
	return call_at(fixture, line, REQUEST_ON_LOOP);
}

#define LINE(method, params) "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" method "\",\"params\":" params "}"
#define RESULT(json)         "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" json "}"

static void a_call_is_answered_with_its_result(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(call(fixture, LINE("test.echo", "{\"text\":\"hello\"}")), RESULT("\"hello\""));
	assert_int_equal(fixture->end, DISPATCH_ANSWERED);
}

static void a_notification_is_done_and_not_answered(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(
		call(fixture, "{\"jsonrpc\":\"2.0\",\"method\":\"test.echo\",\"params\":{\"text\":\"x\"}}"), "");
	assert_int_equal(fixture->end, DISPATCH_ANSWERED);
	assert_string_equal(call(fixture, "{\"jsonrpc\":\"2.0\",\"method\":\"no.such\"}"), "");
}

static void a_refusal_leaves_nothing_of_the_result(void **state)
{
	struct fixture *fixture = *state;
	const char *reply = call(fixture, LINE("test.refuse", "{\"text\":\"this\"}"));

	assert_int_equal(fixture->end, DISPATCH_REFUSED);
	assert_null(strstr(reply, "result"));
	assert_non_null(strstr(reply, "\"code\":409"));
	assert_non_null(strstr(reply, "this will not do"));
	assert_non_null(strstr(reply, "\"field\":\"text\""));
}

static void refused_and_kept_is_told_apart(void **state)
{
	struct fixture *fixture = *state;

	(void)call(fixture, LINE("test.keep", "{\"text\":\"x\"}"));
	assert_int_equal(fixture->end, DISPATCH_KEPT);
}

static void a_rehearsal_is_answered_and_rolled_back(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(call(fixture, LINE("test.rehearse", "{\"text\":\"x\"}")), RESULT("\"x\""));
	assert_int_equal(fixture->end, DISPATCH_REHEARSED);
}

static void a_deferred_call_answers_in_the_pool(void **state)
{
	struct fixture *fixture = *state;

	(void)call(fixture, LINE("test.defer", "{\"text\":\"x\"}"));
	assert_int_equal(fixture->end, DISPATCH_DEFERRED);
	assert_string_equal(call_at(fixture, LINE("test.defer", "{\"text\":\"x\"}"), REQUEST_IN_POOL), RESULT("\"x\""));
}

static void phases_hand_their_state_on(void **state)
{
	struct fixture *fixture = *state;

	assert_string_equal(call(fixture, LINE("test.phases", "{\"text\":\"abc\"}")), RESULT("\"*bc\""));
	assert_int_equal(fixture->end, DISPATCH_ANSWERED);
}

static void an_unknown_method_is_named_with_its_neighbour(void **state)
{
	struct fixture *fixture = *state;
	const char *reply = call(fixture, LINE("test.ecco", "{}"));

	assert_int_equal(fixture->prepared, DISPATCH_REFUSED);
	assert_non_null(strstr(reply, "-32601"));
	assert_non_null(strstr(reply, "test.echo"));
}

static void no_token_and_a_bad_one_have_their_fixed_words(void **state)
{
	struct fixture *fixture = *state;
	static const char *const bad[] = { "\"bad\"", "5", "[]", "{}", "true", "\"\"" };

	assert_non_null(strstr(call(fixture, LINE("test.account", "{\"text\":\"x\"}")), "Not authenticated"));
	assert_non_null(strstr(
		call(fixture, LINE("test.account", "{\"text\":\"x\",\"access_token\":null}")), "Not authenticated"));
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		char line[256];

		(void)snprintf(
			line, sizeof(line), LINE("test.account", "{\"text\":\"x\",\"access_token\":%s}"), bad[i]);
		assert_non_null(strstr(call(fixture, line), "Could not validate credentials"));
	}
}

static void authentication_comes_before_the_parameters(void **state)
{
	struct fixture *fixture = *state;

	assert_non_null(strstr(call(fixture, LINE("test.account", "{\"nonsense\":1}")), "\"code\":401"));
	assert_non_null(
		strstr(call(fixture, LINE("test.account", "{\"access_token\":\"good\",\"nonsense\":1}")), "-32602"));
}

static void a_token_with_scopes_reaches_only_these(void **state)
{
	struct fixture *fixture = *state;

	fixture->hooks.scopes = SCOPE_TASKS_READ;
	(void)call(fixture, LINE("test.account", "{\"access_token\":\"good\",\"text\":\"x\"}"));
	assert_int_equal(fixture->end, DISPATCH_ANSWERED);
	assert_non_null(strstr(
		call(fixture, LINE("test.session", "{\"access_token\":\"good\",\"text\":\"x\"}")), "\"code\":403"));
	assert_non_null(
		strstr(call(fixture, LINE("test.once", "{\"access_token\":\"good\",\"text\":\"x\"}")), "\"code\":403"));
}

static void the_operator_is_root_or_the_daemon_and_says_so(void **state)
{
	static const struct {
		uid_t uid;
		const char *params;
		const char *words;
	} cases[] = {
		{ 0, "{\"operator\":true,\"text\":\"x\"}", "\"result\":\"x\"" },
		{ OPERATOR_UID, "{\"operator\":true,\"text\":\"x\"}", "\"result\":\"x\"" },
		{ OPERATOR_UID, "{\"text\":\"x\"}", "\"code\":403" },
		{ 7, "{\"operator\":true,\"text\":\"x\"}", "\"code\":403" },
		{ PEER_OVERFLOW_UID, "{\"operator\":true,\"text\":\"x\"}", "\"code\":403" },
		{ 0, "{\"operator\":true,\"access_token\":\"good\",\"text\":\"x\"}", "-32602" },
	};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char line[256];

		fixture->peer.uid = cases[i].uid;
		(void)snprintf(line, sizeof(line), LINE("test.operator", "%s"), cases[i].params);
		assert_non_null(strstr(call(fixture, line), cases[i].words));
	}
}

static void an_idempotency_key_gives_the_stored_reply_whatever_the_order_of_members(void **state)
{
	struct fixture *fixture = *state;

	(void)call(fixture, LINE("test.once", "{\"access_token\":\"good\",\"text\":\"x\",\"idempotency_key\":\"k\"}"));
	assert_string_equal(fixture->hooks.stored, "\"x\"");
	assert_null(strstr(fixture->hooks.canonical, "good"));
	(void)strcpy(fixture->hooks.stored, "\"from the store\"");
	assert_string_equal(
		call(fixture,
			LINE("test.once", "{\"idempotency_key\":\"k\",\"text\":\"x\",\"access_token\":\"good\"}")),
		RESULT("\"from the store\""));
	assert_non_null(
		strstr(call(fixture, LINE("test.once",
					     "{\"idempotency_key\":\"k\",\"text\":\"y\",\"access_token\":\"good\"}")),
			"\"code\":409"));
}

static void a_method_that_takes_no_key_refuses_one(void **state)
{
	struct fixture *fixture = *state;

	assert_non_null(strstr(call(fixture, LINE("test.echo", "{\"text\":\"x\",\"idempotency_key\":\"k\"}")),
		"\"field\":\"idempotency_key\""));
}

static void the_description_names_every_method(void **state)
{
	struct fixture *fixture = *state;
	struct json_writer writer;
	json_t *tree;

	buffer_truncate(&fixture->out, 0);
	json_writer_init(&writer, &fixture->out);
	dispatch_describe(&fixture->dispatch, &writer);
	tree = json_loadb(fixture->out.data, fixture->out.length, 0, NULL);
	assert_non_null(tree);
	assert_int_equal(json_array_size(json_object_get(tree, "methods")), COUNT_OF(methods) - 1);
	json_decref(tree);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_call_is_answered_with_its_result),
		TEST(a_notification_is_done_and_not_answered),
		TEST(a_refusal_leaves_nothing_of_the_result),
		TEST(refused_and_kept_is_told_apart),
		TEST(a_rehearsal_is_answered_and_rolled_back),
		TEST(a_deferred_call_answers_in_the_pool),
		TEST(phases_hand_their_state_on),
		TEST(an_unknown_method_is_named_with_its_neighbour),
		TEST(no_token_and_a_bad_one_have_their_fixed_words),
		TEST(authentication_comes_before_the_parameters),
		TEST(a_token_with_scopes_reaches_only_these),
		TEST(the_operator_is_root_or_the_daemon_and_says_so),
		TEST(an_idempotency_key_gives_the_stored_reply_whatever_the_order_of_members),
		TEST(a_method_that_takes_no_key_refuses_one),
		TEST(the_description_names_every_method),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
