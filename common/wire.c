/* JSON-RPC 2.0 lines: parsed strictly, written without a tree. */
#include "common/wire.h"

#include "common/json_writer.h"

#include <assert.h>
#include <string.h>

void wire_init(void)
{
	json_object_seed(0);
}

/* jansson's own words quote the input, which may be a password; these do not. */
static const char *words_of(enum json_error_code code)
{
	static const char *const words[] = {
		[json_error_premature_end_of_input] = "the line ends too early",
		[json_error_end_of_input_expected] = "something stands behind the value",
		[json_error_invalid_utf8] = "a byte is not UTF-8",
		[json_error_null_character] = "a NUL character in text",
		[json_error_null_byte_in_key] = "a NUL character in a key",
		[json_error_duplicate_key] = "a key stands twice in one object",
		[json_error_numeric_overflow] = "a number is too large",
	};

	return (size_t)code < sizeof(words) / sizeof(words[0]) && words[code] ? words[code] : "a syntax error";
}

/* Characters are counted, not bytes, and from 1, as an editor does. */
static size_t column_of(const char *line, size_t position)
{
	size_t column = 1;

	for (size_t i = 0; i < position; i++)
		column += ((unsigned char)line[i] & 0xC0) != 0x80;
	return column;
}

static enum error refuse_at(struct refusal *refusal, const char *line, size_t position, const char *what)
{
	return refuse(refusal, ERROR_PARSE, NULL, "not valid JSON: %s at column %zu", what, column_of(line, position));
}

/* The place of the bracket that opens one level too many, or `length`. Until its first error jansson sees the same
 * strings. */
static size_t find_excess_depth(const char *line, size_t length)
{
	unsigned depth = 0;
	bool is_in_string = false;

	for (size_t i = 0; i < length; i++) {
		char byte = line[i];

		if (is_in_string && byte == '\\')
			i++;
		else if (byte == '"')
			is_in_string = !is_in_string;
		else if (is_in_string)
			continue;
		else if ((byte == '{' || byte == '[') && ++depth > WIRE_DEPTH_LIMIT)
			return i;
		else if ((byte == '}' || byte == ']') && depth > 0)
			depth--;
	}
	return length;
}

/* jansson counts the bytes that it has taken: the last of them is at fault, but a byte that is not UTF-8 is not taken.
 */
static size_t failing_position(const json_error_t *failure, size_t length)
{
	size_t taken = failure->position > 0 ? (size_t)failure->position : 0;

	if (taken > length)
		taken = length;
	return taken > 0 && json_error_code(failure) != json_error_invalid_utf8 ? taken - 1 : taken;
}

/*
 * Any JSON value of the strict kind. Two things are looked at first: the depth, because jansson recurses as deep as
 * 2048, and NUL bytes, because jansson passes over one that stands behind a number.
 */
static enum error parse_strictly(const char *line, size_t length, json_t **ret_root, struct refusal *refusal)
{
	size_t excess = find_excess_depth(line, length);
	const char *nul = length ? memchr(line, '\0', length) : NULL;
	json_error_t failure;
	json_t *root;

	if (excess < length)
		return refuse_at(refusal, line, excess, "nested too deeply");
	if (nul)
		return refuse_at(refusal, line, (size_t)(nul - line), "a NUL byte");
	root = json_loadb(line, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failure);
	if (!root)
		return refuse_at(
			refusal, line, failing_position(&failure, length), words_of(json_error_code(&failure)));
	*ret_root = root;
	return ERROR_NONE;
}

static enum error check_batch(size_t count, struct refusal *refusal)
{
	if (count == 0)
		return refuse(refusal, ERROR_INVALID_REQUEST, NULL, "an empty batch");
	if (count > WIRE_BATCH_LIMIT)
		return refuse(refusal, ERROR_INVALID_REQUEST, NULL, "a batch of %zu requests; at most %u are allowed",
			count, WIRE_BATCH_LIMIT);
	return ERROR_NONE;
}

static enum error check_root(const json_t *root, struct refusal *refusal)
{
	if (json_is_array(root))
		return check_batch(json_array_size(root), refusal);
	if (!json_is_object(root))
		return refuse(refusal, ERROR_INVALID_REQUEST, NULL, "a request is an object");
	return ERROR_NONE;
}

enum error wire_parse(const char *line, size_t length, struct wire_message *ret_message, struct refusal *refusal)
{
	json_auto_t *root = NULL;
	enum error error = parse_strictly(line, length, &root, refusal);

	if (!error)
		error = check_root(root, refusal);
	if (error)
		return error;
	*ret_message = (struct wire_message){
		.root = json_incref(root),
		.is_batch = json_is_array(root),
		.count = json_is_array(root) ? json_array_size(root) : 1,
	};
	return ERROR_NONE;
}

void wire_message_deinit(struct wire_message *message)
{
	json_decref(message->root);
	*message = (struct wire_message){ 0 };
}

static bool is_in_limits(json_int_t value)
{
	return value >= -WIRE_INTEGER_LIMIT && value <= WIRE_INTEGER_LIMIT;
}

static bool is_valid_id(const json_t *id)
{
	if (json_is_string(id))
		return json_string_length(id) <= WIRE_ID_LIMIT;
	if (json_is_integer(id))
		return is_in_limits(json_integer_value(id));
	return json_is_null(id);
}

static bool is_request_member(const char *name)
{
	static const char *const names[] = { "jsonrpc", "id", "method", "params" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

static const char *find_foreign_member(json_t *object)
{
	const char *name;
	json_t *value;

	json_object_foreach (object, name, value)
		if (!is_request_member(name))
			return name;
	return NULL;
}

static bool text_is(const json_t *value, const char *text)
{
	return json_is_string(value) && strcmp(json_string_value(value), text) == 0;
}

static enum error check_request(json_t *object, struct refusal *refusal)
{
	const json_t *id = json_object_get(object, "id");
	const json_t *params = json_object_get(object, "params");
	const char *foreign = find_foreign_member(object);

	if (!text_is(json_object_get(object, "jsonrpc"), "2.0"))
		return refuse(refusal, ERROR_INVALID_REQUEST, "jsonrpc", "jsonrpc must be \"2.0\"");
	if (id && !is_valid_id(id))
		return refuse(refusal, ERROR_INVALID_REQUEST, "id",
			"id must be a string of at most %u bytes, an integer within 2^53 - 1, or null", WIRE_ID_LIMIT);
	if (!json_is_string(json_object_get(object, "method")))
		return refuse(refusal, ERROR_INVALID_REQUEST, "method", "method must be a string");
	if (params && !json_is_object(params))
		return refuse(refusal, ERROR_INVALID_REQUEST, "params", "params must be an object of named values");
	if (foreign)
		return refuse(refusal, ERROR_INVALID_REQUEST, foreign, "a request has no member `%s`", foreign);
	return ERROR_NONE;
}

enum error wire_request_at(
	const struct wire_message *message, size_t index, struct wire_request *ret_request, struct refusal *refusal)
{
	json_t *object = message->is_batch ? json_array_get(message->root, index) : message->root;
	const json_t *id = json_object_get(object, "id");
	enum error error;

	assert(index < message->count);
	error = json_is_object(object) ? check_request(object, refusal)
				       : refuse(refusal, ERROR_INVALID_REQUEST, NULL, "a request is an object");
	if (error) {
		*ret_request = (struct wire_request){ .id = id && is_valid_id(id) ? id : json_null() };
		return error;
	}
	*ret_request = (struct wire_request){
		.id = id,
		.method = json_string_value(json_object_get(object, "method")),
		.params = json_object_get(object, "params"),
	};
	return ERROR_NONE;
}

static void write_id(struct json_writer *writer, const json_t *id)
{
	json_writer_key(writer, "id");
	if (json_is_integer(id))
		json_writer_integer(writer, json_integer_value(id));
	else if (json_is_string(id))
		json_writer_string(writer, json_string_value(id), json_string_length(id));
	else
		json_writer_null(writer);
}

/* What every message begins with: {"jsonrpc":"2.0","id":… */
static void begin_message(struct json_writer *writer, struct buffer *out, const json_t *id)
{
	json_writer_init(writer, out);
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "jsonrpc", "2.0");
	write_id(writer, id);
}

void wire_begin_result(struct buffer *out, const json_t *id)
{
	struct json_writer writer;

	begin_message(&writer, out, id);
	json_writer_key(&writer, "result");
}

void wire_end_result(struct buffer *out)
{
	buffer_append_char(out, '}');
}

static void write_error_data(struct json_writer *writer, const struct refusal *refusal)
{
	const struct error_info *info = error_info(refusal->error);

	json_writer_key(writer, "data");
	json_writer_begin_object(writer);
	json_writer_member_text(writer, "kind", info->kind);
	if (refusal->field[0])
		json_writer_member_text(writer, "field", refusal->field);
	json_writer_member_boolean(writer, "retryable", info->is_retryable);
	if (refusal->retry_after_ms > 0)
		json_writer_member_integer(writer, "retry_after_ms", refusal->retry_after_ms);
	if (refusal->error == ERROR_UNAUTHENTICATED)
		json_writer_member_text(writer, "challenge", "Bearer");
	json_writer_end_object(writer);
}

void wire_write_error(struct buffer *out, const json_t *id, const struct refusal *refusal)
{
	struct json_writer writer;

	begin_message(&writer, out, id);
	json_writer_key(&writer, "error");
	json_writer_begin_object(&writer);
	json_writer_member_integer(&writer, "code", error_info(refusal->error)->code);
	json_writer_member_text(&writer, "message", refusal->message);
	write_error_data(&writer, refusal);
	json_writer_end_object(&writer);
	json_writer_end_object(&writer);
}

void wire_end_line(struct buffer *out)
{
	buffer_append_char(out, '\n');
}

void wire_write_request(struct buffer *out, int64_t id, const char *method, const json_t *params)
{
	struct json_writer writer;

	json_writer_init(&writer, out);
	json_writer_begin_object(&writer);
	json_writer_member_text(&writer, "jsonrpc", "2.0");
	json_writer_member_integer(&writer, "id", id);
	json_writer_member_text(&writer, "method", method);
	if (params) {
		json_writer_key(&writer, "params");
		json_writer_tree(&writer, params);
	}
	json_writer_end_object(&writer);
	wire_end_line(out);
}

/* An error with id null answers a line that the daemon could not read: ours, since we sent only one. */
static bool answers(const json_t *root, int64_t id)
{
	const json_t *reply_id = json_object_get(root, "id");

	if (json_is_null(reply_id))
		return json_object_get(root, "error") != NULL;
	return json_is_integer(reply_id) && json_integer_value(reply_id) == id;
}

static const char *text_or_empty(const json_t *value)
{
	return json_is_string(value) ? json_string_value(value) : "";
}

static enum error read_refusal(const json_t *failure, struct refusal *ret_refusal)
{
	const json_t *message = json_object_get(failure, "message");
	const json_t *data = json_object_get(failure, "data");
	const json_t *retry_after_ms = json_object_get(data, "retry_after_ms");
	enum error error = error_from_kind(text_or_empty(json_object_get(data, "kind")));

	if (!json_is_integer(json_object_get(failure, "code")) || !json_is_string(message))
		return ERROR_PARSE;
	(void)refuse(
		ret_refusal, error, text_or_empty(json_object_get(data, "field")), "%s", json_string_value(message));
	ret_refusal->retry_after_ms = json_integer_value(retry_after_ms);
	return ERROR_NONE;
}

static enum error read_reply(json_t *root, int64_t id, struct wire_reply *ret_reply)
{
	json_t *result = json_object_get(root, "result");
	const json_t *failure = json_object_get(root, "error");
	struct refusal refusal = { .error = ERROR_NONE };
	enum error error = ERROR_NONE;

	if (!text_is(json_object_get(root, "jsonrpc"), "2.0") || !answers(root, id) || !result == !failure)
		return ERROR_PARSE;
	if (failure)
		error = read_refusal(failure, &refusal);
	if (error)
		return error;
	*ret_reply = (struct wire_reply){ .root = json_incref(root), .result = result, .refusal = refusal };
	return ERROR_NONE;
}

enum error wire_parse_reply(const char *line, size_t length, int64_t id, struct wire_reply *ret_reply)
{
	json_auto_t *root = NULL;
	enum error error = parse_strictly(line, length, &root, NULL);

	return error ? error : read_reply(root, id, ret_reply);
}

void wire_reply_deinit(struct wire_reply *reply)
{
	json_decref(reply->root);
	*reply = (struct wire_reply){ .root = NULL };
}
