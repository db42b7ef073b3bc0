/* One JSON line <-> request, reply, event: JSON-RPC 2.0, strict, with its limits at the door. */
#pragma once

#include "common/buffer.h"
#include "common/error.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WIRE_PROTOCOL    1        /* what system.ping answers as `protocol` */
#define WIRE_LINE_LIMIT  1048576u /* bytes of a line without its LF */
#define WIRE_DEPTH_LIMIT 32u      /* of nested arrays and objects */
#define WIRE_BATCH_LIMIT 100u     /* requests in an array */
#define WIRE_ID_LIMIT    256u     /* bytes of a string id */

/* 2^53 - 1: what every JSON reader keeps exact (RFC 7493 §2.2). */
#define WIRE_INTEGER_LIMIT INT64_C(9007199254740991)

/* Seed jansson's hash with random bytes: once, before any thread starts and any line is parsed. */
void wire_init(void);

/* What a line holds: one request, or a batch of them. Owns the tree; the requests borrow from it. */
struct wire_message {
	json_t *root;
	bool is_batch;
	size_t count;
};

struct wire_request {
	const json_t *id; /* a string, an integer or null; NULL: a notification, which is done and not answered */
	const char *method;
	json_t *params; /* an object, or NULL when absent */
};

/*
 * Parse a line (without its LF; a CR before it counts as white space). ERROR_PARSE: not JSON, duplicate keys, depth
 * over the limit, bad UTF-8, NUL; the message says where. ERROR_INVALID_REQUEST: an empty or too long batch, or
 * neither object nor array. After an error there is nothing to release.
 */
enum error wire_parse(const char *line, size_t length, struct wire_message *ret_message, struct refusal *refusal);
void wire_message_deinit(struct wire_message *message);

/*
 * The request at `index`, checked: "jsonrpc" is "2.0", method a string, params an object, id of an allowed type, no
 * other member. On ERROR_INVALID_REQUEST ret_request->id still says whom to answer: the id where it was readable,
 * else JSON null (never NULL, so that it is answered).
 */
enum error wire_request_at(
	const struct wire_message *message, size_t index, struct wire_request *ret_request, struct refusal *refusal);

/*
 * A reply is written in three steps, so that a result goes straight to its place:
 * begin, then the result's JSON by whoever has it, then end. Nothing of this writes the LF of a line: wire_end_line
 * does, because replies of a batch share one.
 */
void wire_begin_result(struct buffer *out, const json_t *id);
void wire_end_result(struct buffer *out);
/* A whole error reply. `id` NULL is written as null. 401 carries data.challenge "Bearer" (RFC 6750 §3). */
void wire_write_error(struct buffer *out, const json_t *id, const struct refusal *refusal);
void wire_end_line(struct buffer *out);

/* The client's side. Write a whole line; `params` is borrowed and may be NULL. */
void wire_write_request(struct buffer *out, int64_t id, const char *method, const json_t *params);

struct wire_reply {
	json_t *root;           /* owned: wire_reply_deinit */
	json_t *result;         /* borrowed; NULL on an error */
	struct refusal refusal; /* with error ERROR_NONE on success */
};

/* ERROR_PARSE when it is no JSON-RPC reply to `id`. An error reply is ERROR_NONE here and stands in the refusal. */
enum error wire_parse_reply(const char *line, size_t length, int64_t id, struct wire_reply *ret_reply);
void wire_reply_deinit(struct wire_reply *reply);
