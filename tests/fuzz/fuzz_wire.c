/* Any bytes as a line from a client and as one from a daemon; what is accepted must hold the promises of wire.h. */
#include "common/buffer.h"
#include "common/text.h"
#include "common/wire.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_kept)
{
	if (!is_kept)
		abort();
}

static void check_refusal(const struct refusal *refusal, enum error error)
{
	require(refusal->error == error && refusal->message[0] != '\0');
	require(text_is_utf8(refusal->message, strlen(refusal->message)));
	require(text_is_utf8(refusal->field, strlen(refusal->field)));
}

/* A refusal, written as a reply, reaches a client as it was made. */
static void check_error_reply(const json_t *id, const struct refusal *refusal)
{
	int64_t reply_id = json_is_integer(id) ? json_integer_value(id) : 0;
	struct wire_reply reply;
	struct buffer out;

	buffer_init(&out);
	wire_write_error(&out, json_is_integer(id) ? id : NULL, refusal);
	require(wire_parse_reply(out.data, out.length, reply_id, &reply) == ERROR_NONE);
	require(reply.refusal.error == refusal->error && strcmp(reply.refusal.message, refusal->message) == 0);
	wire_reply_deinit(&reply);
	buffer_deinit(&out);
}

/* What was read, written by our own writer, is the same request. */
static void check_round_trip(const struct wire_request *request)
{
	struct wire_message again;
	struct wire_request read;
	struct buffer out;

	buffer_init(&out);
	wire_write_request(&out, 1, request->method, request->params);
	require(wire_parse(out.data, out.length - 1, &again, NULL) == ERROR_NONE);
	require(wire_request_at(&again, 0, &read, NULL) == ERROR_NONE);
	require(strcmp(read.method, request->method) == 0);
	require(!request->params == !read.params);
	require(!read.params || json_equal(read.params, request->params));
	wire_message_deinit(&again);
	buffer_deinit(&out);
}

static void check_request(const struct wire_message *message, size_t index)
{
	struct wire_request request;
	struct refusal refusal;
	enum error error = wire_request_at(message, index, &request, &refusal);

	if (!error) {
		check_round_trip(&request);
		return;
	}
	require(error == ERROR_INVALID_REQUEST && request.id != NULL);
	check_refusal(&refusal, error);
	check_error_reply(request.id, &refusal);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wire_message message;
	struct wire_reply reply;
	struct refusal refusal;
	enum error error = wire_parse((const char *)data, size, &message, &refusal);

	if (error)
		check_refusal(&refusal, error);
	else {
		for (size_t i = 0; i < message.count; i++)
			check_request(&message, i);
		wire_message_deinit(&message);
	}
	if (wire_parse_reply((const char *)data, size, 1, &reply) == ERROR_NONE)
		wire_reply_deinit(&reply);
	return 0;
}
