/* Lines in and out: strict where JSON-RPC 2.0 is strict, and the exact bytes of each reply. */
#include "testing.h"

#include "common/wire.h"

#include <stdlib.h>

static enum error parse_bytes(const char *line, size_t length, struct refusal *refusal)
{
	struct wire_message message;
	enum error error = wire_parse(line, length, &message, refusal);

	if (!error)
		wire_message_deinit(&message);
	return error;
}

static const struct {
	const char *line;
	enum error error;
	const char *message;
} lines[] = {
	{ "{}", ERROR_NONE, NULL },
	{ " { } \r", ERROR_NONE, NULL },
	{ "[{}]", ERROR_NONE, NULL },
	{ "[1]", ERROR_NONE, NULL },
	{ "", ERROR_PARSE, "not valid JSON: the line ends too early at column 1" },
	{ "   ", ERROR_PARSE, "not valid JSON: the line ends too early at column 3" },
	{ "{\"a\":}", ERROR_PARSE, "not valid JSON: a syntax error at column 6" },
	{ "{\"caf\xc3\xa9\":}", ERROR_PARSE, "not valid JSON: a syntax error at column 9" },
	{ "{\"a\":1", ERROR_PARSE, "not valid JSON: the line ends too early at column 6" },
	{ "{} {}", ERROR_PARSE, "not valid JSON: something stands behind the value at column 4" },
	{ "{\"a\":1,\"a\":2}", ERROR_PARSE, "not valid JSON: a key stands twice in one object at column 10" },
	{ "{\"a\":\"\\u0000\"}", ERROR_PARSE, "not valid JSON: a NUL character in text at column 13" },
	{ "{\"\\u0000\":1}", ERROR_PARSE, "not valid JSON: a NUL character in a key at column 9" },
	{ "{\"a\":\"\xff\"}", ERROR_PARSE, "not valid JSON: a byte is not UTF-8 at column 7" },
	{ "{\"a\":99999999999999999999}", ERROR_PARSE, "not valid JSON: a number is too large at column 25" },
	{ "[]", ERROR_INVALID_REQUEST, "an empty batch" },
	{ "1", ERROR_INVALID_REQUEST, "a request is an object" },
	{ "\"text\"", ERROR_INVALID_REQUEST, "a request is an object" },
	{ "null", ERROR_INVALID_REQUEST, "a request is an object" },
};

static void a_line_is_strict_json_or_refused_with_its_column(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++) {
		struct refusal refusal = { .error = ERROR_NONE };

		assert_int_equal(parse_bytes(lines[i].line, strlen(lines[i].line), &refusal), lines[i].error);
		assert_int_equal(refusal.error, lines[i].error);
		if (lines[i].message)
			assert_string_equal(refusal.message, lines[i].message);
	}
	assert_int_equal(parse_bytes(NULL, 0, NULL), ERROR_PARSE);
	assert_int_equal(parse_bytes("{}\0", 3, NULL), ERROR_PARSE);
	assert_int_equal(parse_bytes("{\"id\":1\0}", 9, NULL), ERROR_PARSE);
}

/* `depth` arrays or objects inside each other, with `inner` in the midst. */
static void write_nested(struct buffer *out, unsigned depth, const char *open, const char *inner, char close)
{
	buffer_truncate(out, 0);
	for (unsigned i = 0; i < depth; i++)
		buffer_append_text(out, open);
	buffer_append_text(out, inner);
	for (unsigned i = 0; i < depth; i++)
		buffer_append_char(out, close);
}

static void depth_is_limited_but_not_inside_strings(void **state)
{
	struct refusal refusal;
	struct buffer line;

	(void)state;
	buffer_init(&line);
	write_nested(&line, WIRE_DEPTH_LIMIT, "[", "1", ']');
	assert_int_equal(parse_bytes(line.data, line.length, NULL), ERROR_NONE);
	write_nested(&line, WIRE_DEPTH_LIMIT + 1, "[", "1", ']');
	assert_int_equal(parse_bytes(line.data, line.length, &refusal), ERROR_PARSE);
	assert_string_equal(refusal.message, "not valid JSON: nested too deeply at column 33");
	write_nested(&line, WIRE_DEPTH_LIMIT, "{\"a\":", "\"[[\\\"[[{{\"", '}');
	assert_int_equal(parse_bytes(line.data, line.length, NULL), ERROR_NONE);
	write_nested(&line, WIRE_DEPTH_LIMIT + 1, "{\"a\":", "1", '}');
	assert_int_equal(parse_bytes(line.data, line.length, NULL), ERROR_PARSE);
	write_nested(&line, 100000, "[", "", ']');
	assert_int_equal(parse_bytes(line.data, line.length, NULL), ERROR_PARSE);
	buffer_deinit(&line);
}

static void siblings_do_not_add_up_to_depth(void **state)
{
	struct buffer line;

	(void)state;
	buffer_init(&line);
	buffer_append_text(&line, "{\"params\":[[]");
	for (int i = 0; i < 100; i++)
		buffer_append_text(&line, ",[{}]");
	buffer_append_text(&line, "]}");
	assert_int_equal(parse_bytes(line.data, line.length, NULL), ERROR_NONE);
	buffer_deinit(&line);
}

static void a_refusal_never_quotes_the_line(void **state)
{
	struct refusal refusal;
	static const char line[] = "{\"password\":\"hunter2\" hunter2}";

	(void)state;
	assert_int_equal(parse_bytes(line, strlen(line), &refusal), ERROR_PARSE);
	assert_null(strstr(refusal.message, "hunter2"));
}

static void a_batch_has_at_most_a_hundred_requests(void **state)
{
	struct wire_message message;
	struct refusal refusal;
	struct buffer line;

	(void)state;
	buffer_init(&line);
	buffer_append_text(&line, "[1");
	for (unsigned i = 1; i < WIRE_BATCH_LIMIT; i++)
		buffer_append_text(&line, ",1");
	buffer_append_char(&line, ']');
	assert_int_equal(wire_parse(line.data, line.length, &message, NULL), ERROR_NONE);
	assert_true(message.is_batch);
	assert_int_equal(message.count, WIRE_BATCH_LIMIT);
	wire_message_deinit(&message);
	buffer_truncate(&line, line.length - 1);
	buffer_append_text(&line, ",1]");
	assert_int_equal(parse_bytes(line.data, line.length, &refusal), ERROR_INVALID_REQUEST);
	assert_string_equal(refusal.message, "a batch of 101 requests; at most 100 are allowed");
	buffer_deinit(&line);
}

/* `id` is the request's id as JSON text; NULL for a notification. */
static const struct {
	const char *line;
	const char *id;
	const char *method;
	bool has_params;
} requests[] = {
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"task.add\",\"params\":{}}", "1", "task.add", true },
	{ "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"task.add\"}", "\"a\"", "task.add", false },
	{ "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"x\"}", "null", "x", false },
	{ "{\"jsonrpc\":\"2.0\",\"method\":\"x\"}", NULL, "x", false },
	{ "{\"jsonrpc\":\"2.0\",\"id\":-9007199254740991,\"method\":\"\"}", "-9007199254740991", "", false },
};

static void expect_id(const json_t *id, const char *expected)
{
	char *text = id ? json_dumps(id, JSON_ENCODE_ANY) : NULL;

	assert_int_equal(text != NULL, expected != NULL);
	if (text)
		assert_string_equal(text, expected);
	free(text);
}

static void requests_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(requests); i++) {
		struct wire_message message;
		struct wire_request request;

		assert_int_equal(wire_parse(requests[i].line, strlen(requests[i].line), &message, NULL), ERROR_NONE);
		assert_int_equal(wire_request_at(&message, 0, &request, NULL), ERROR_NONE);
		expect_id(request.id, requests[i].id);
		assert_string_equal(request.method, requests[i].method);
		assert_int_equal(request.params != NULL, requests[i].has_params);
		wire_message_deinit(&message);
	}
}

static const struct {
	const char *line;
	const char *id; /* of the reply */
	const char *field;
} bad_requests[] = {
	{ "{\"id\":1,\"method\":\"x\"}", "1", "jsonrpc" },
	{ "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}", "1", "jsonrpc" },
	{ "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"x\"}", "1", "jsonrpc" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":\"seven\"}", "\"seven\"", "method" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":1}", "1", "method" },
	{ "{\"jsonrpc\":\"2.0\",\"method\":1,\"params\":\"bar\"}", "null", "method" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":[1]}", "1", "params" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":null}", "1", "params" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"param\":{}}", "1", "param" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}", "null", "id" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":true,\"method\":\"x\"}", "null", "id" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}", "null", "id" },
	{ "{\"jsonrpc\":\"2.0\",\"id\":9007199254740992,\"method\":\"x\"}", "null", "id" },
	{ "[1]", "null", "" },
	{ "[[]]", "null", "" },
};

static void a_bad_request_names_the_member_and_whom_to_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad_requests); i++) {
		struct wire_message message;
		struct wire_request request;
		struct refusal refusal;

		assert_int_equal(
			wire_parse(bad_requests[i].line, strlen(bad_requests[i].line), &message, NULL), ERROR_NONE);
		assert_int_equal(wire_request_at(&message, 0, &request, &refusal), ERROR_INVALID_REQUEST);
		expect_id(request.id, bad_requests[i].id);
		assert_string_equal(refusal.field, bad_requests[i].field);
		assert_null(request.method);
		wire_message_deinit(&message);
	}
}

static void a_string_id_has_at_most_256_bytes(void **state)
{
	char line[512];

	(void)state;
	for (int length = (int)WIRE_ID_LIMIT; length <= (int)WIRE_ID_LIMIT + 1; length++) {
		struct wire_message message;
		struct wire_request request;
		int size = snprintf(
			line, sizeof(line), "{\"jsonrpc\":\"2.0\",\"id\":\"%0*d\",\"method\":\"x\"}", length, 7);

		assert_int_equal(wire_parse(line, (size_t)size, &message, NULL), ERROR_NONE);
		assert_int_equal(wire_request_at(&message, 0, &request, NULL),
			length == (int)WIRE_ID_LIMIT ? ERROR_NONE : ERROR_INVALID_REQUEST);
		wire_message_deinit(&message);
	}
}

static void each_request_of_a_batch_stands_for_itself(void **state)
{
	static const char line[] =
		"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\"},7,{\"jsonrpc\":\"2.0\",\"method\":\"b\"}]";
	struct wire_message message;
	struct wire_request request;

	(void)state;
	assert_int_equal(wire_parse(line, strlen(line), &message, NULL), ERROR_NONE);
	assert_int_equal(message.count, 3);
	assert_int_equal(wire_request_at(&message, 0, &request, NULL), ERROR_NONE);
	assert_string_equal(request.method, "a");
	assert_int_equal(wire_request_at(&message, 1, &request, NULL), ERROR_INVALID_REQUEST);
	expect_id(request.id, "null");
	assert_int_equal(wire_request_at(&message, 2, &request, NULL), ERROR_NONE);
	assert_string_equal(request.method, "b");
	assert_null(request.id);
	wire_message_deinit(&message);
}

static void a_result_has_its_exact_form(void **state)
{
	json_t *id = json_string("a\"b");
	struct buffer out;

	(void)state;
	buffer_init(&out);
	wire_begin_result(&out, id);
	buffer_append_text(&out, "{\"count\":3}");
	wire_end_result(&out);
	wire_end_line(&out);
	expect_content(&out, "{\"jsonrpc\":\"2.0\",\"id\":\"a\\\"b\",\"result\":{\"count\":3}}\n");
	json_decref(id);
	buffer_deinit(&out);
}

static const struct {
	struct refusal refusal;
	const char *error; /* the JSON of the error object */
} error_replies[] = {
	{ { .error = ERROR_NOT_FOUND, .field = "id", .message = "no task 7" },
		"{\"code\":404,\"message\":\"no task "
		"7\",\"data\":{\"kind\":\"not_found\",\"field\":\"id\",\"retryable\":false}}" },
	{ { .error = ERROR_UNAUTHENTICATED, .message = "Not authenticated" },
		"{\"code\":401,\"message\":\"Not "
		"authenticated\",\"data\":{\"kind\":\"unauthenticated\",\"retryable\":false,"
		"\"challenge\":\"Bearer\"}}" },
	{ { .error = ERROR_UNAVAILABLE, .message = "busy", .retry_after_ms = 250 },
		"{\"code\":503,\"message\":\"busy\",\"data\":{\"kind\":\"unavailable\",\"retryable\":true,"
		"\"retry_after_ms\":250}}" },
	{ { .error = ERROR_PARSE, .message = "a \"quote\"" },
		"{\"code\":-32700,\"message\":\"a "
		"\\\"quote\\\"\",\"data\":{\"kind\":\"parse_error\",\"retryable\":false}}" },
};

static void an_error_has_its_exact_form(void **state)
{
	struct buffer expected;
	struct buffer out;

	(void)state;
	buffer_init(&expected);
	buffer_init(&out);
	for (size_t i = 0; i < COUNT_OF(error_replies); i++) {
		buffer_truncate(&out, 0);
		buffer_truncate(&expected, 0);
		buffer_printf(&expected, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":%s}", error_replies[i].error);
		wire_write_error(&out, NULL, &error_replies[i].refusal);
		expect_content(&out, buffer_text(&expected));
	}
	buffer_deinit(&expected);
	buffer_deinit(&out);
}

static void a_request_is_written_as_one_line_that_reads_back(void **state)
{
	json_t *params = json_pack("{s:s}", "title", "two\nlines");
	struct wire_message message;
	struct wire_request request;
	struct buffer out;

	(void)state;
	buffer_init(&out);
	wire_write_request(&out, 7, "task.add", params);
	expect_content(&out,
		"{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"task.add\",\"params\":{\"title\":\"two\\nlines\"}}\n");
	assert_int_equal(wire_parse(out.data, out.length - 1, &message, NULL), ERROR_NONE);
	assert_int_equal(wire_request_at(&message, 0, &request, NULL), ERROR_NONE);
	assert_true(json_equal(request.params, params));
	wire_message_deinit(&message);
	buffer_truncate(&out, 0);
	wire_write_request(&out, 8, "system.ping", NULL);
	expect_content(&out, "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"system.ping\"}\n");
	json_decref(params);
	buffer_deinit(&out);
}

static void a_result_reaches_the_client(void **state)
{
	static const char line[] = "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{\"count\":1}}";
	struct wire_reply reply;

	(void)state;
	assert_int_equal(wire_parse_reply(line, strlen(line), 3, &reply), ERROR_NONE);
	assert_int_equal(reply.refusal.error, ERROR_NONE);
	assert_int_equal(json_integer_value(json_object_get(reply.result, "count")), 1);
	wire_reply_deinit(&reply);
}

static void a_refusal_reaches_the_client_as_it_was_made(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(error_replies); i++) {
		const struct refusal *sent = &error_replies[i].refusal;
		struct wire_reply reply;
		struct buffer out;

		buffer_init(&out);
		wire_write_error(&out, NULL, sent);
		assert_int_equal(wire_parse_reply(out.data, out.length, 3, &reply), ERROR_NONE);
		assert_null(reply.result);
		assert_int_equal(reply.refusal.error, sent->error);
		assert_string_equal(reply.refusal.message, sent->message);
		assert_string_equal(reply.refusal.field, sent->field);
		assert_int_equal(reply.refusal.retry_after_ms, sent->retry_after_ms);
		wire_reply_deinit(&reply);
		buffer_deinit(&out);
	}
}

static void what_is_no_reply_is_refused(void **state)
{
	static const char *const replies[] = {
		"",
		"{}",
		"[]",
		"7",
		"{\"jsonrpc\":\"2.0\",\"id\":3}",
		"{\"jsonrpc\":\"2.0\",\"id\":4,\"result\":1}",
		"{\"jsonrpc\":\"2.0\",\"id\":\"3\",\"result\":1}",
		"{\"jsonrpc\":\"2.0\",\"id\":null,\"result\":1}",
		"{\"jsonrpc\":\"2.0\",\"result\":1}",
		"{\"id\":3,\"result\":1}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1,\"error\":{\"code\":1,\"message\":\"x\"}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":\"x\"}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":\"1\",\"message\":\"x\"}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":1} x",
	};
	struct wire_reply reply;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(replies); i++)
		assert_int_equal(wire_parse_reply(replies[i], strlen(replies[i]), 3, &reply), ERROR_PARSE);
}

static void an_error_of_a_newer_daemon_is_internal(void **state)
{
	static const char *const replies[] = {
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1,\"message\":\"x\",\"data\":{\"kind\":\"new\"}}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1,\"message\":\"x\",\"data\":7}}",
		"{\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":1,\"message\":\"x\"}}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(replies); i++) {
		struct wire_reply reply;

		assert_int_equal(wire_parse_reply(replies[i], strlen(replies[i]), 3, &reply), ERROR_NONE);
		assert_int_equal(reply.refusal.error, ERROR_INTERNAL);
		assert_string_equal(reply.refusal.message, "x");
		wire_reply_deinit(&reply);
	}
}

/* The suite calls these valid; our wire refuses them: duplicate keys, and NUL inside a string. */
static const char *const stricter_than_json[] = { "y_object_duplicated_key.json",
	"y_object_duplicated_key_and_value.json", "y_object_escaped_null_in_key.json", "y_string_null_escape.json" };

static bool must_parse(const char *name)
{
	for (size_t i = 0; i < COUNT_OF(stricter_than_json); i++)
		if (strcmp(name, stricter_than_json[i]) == 0)
			return false;
	return name[0] == 'y';
}

static void check_suite_line(const char *name, const struct buffer *line)
{
	bool is_json = parse_bytes(line->data, line->length, NULL) != ERROR_PARSE;

	if (name[0] != 'i' && is_json != must_parse(name))
		fail_msg("%s: %s", name, is_json ? "was accepted" : "was refused");
}

/* Each file as a line of its own, and as a member of a valid request. */
static void check_suite_file(const char *name)
{
	struct buffer content;
	struct buffer path;
	struct buffer line;

	buffer_init(&content);
	buffer_init(&path);
	buffer_init(&line);
	buffer_printf(&path, "%s/jsontestsuite/test_parsing/%s", TEST_CORPORA, name);
	assert_true(read_whole_file(buffer_text(&path), &content));
	check_suite_line(name, &content);
	buffer_append_text(&line, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"x\",\"params\":{\"value\":");
	buffer_append(&line, content.data, content.length);
	buffer_append_text(&line, "}}");
	check_suite_line(name, &line);
	buffer_deinit(&content);
	buffer_deinit(&path);
	buffer_deinit(&line);
}

static void the_json_test_suite_is_judged_as_it_says(void **state)
{
	DIR *folder = opendir(TEST_CORPORA "/jsontestsuite/test_parsing");
	size_t count = 0;

	(void)state;
	if (!folder) {
		print_message("skipped: no jsontestsuite in %s\n", TEST_CORPORA);
		skip();
		return;
	}
	for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
		if (entry->d_name[0] == '.')
			continue;
		check_suite_file(entry->d_name);
		count++;
	}
	closedir(folder);
	print_message("%zu files\n", count);
	assert_true(count > 300);
}

/* A title with these bytes: valid ones arrive as they are, invalid ones are refused. */
static void check_title(const char *bytes, size_t length, bool is_valid)
{
	struct wire_message message;
	struct buffer line;
	enum error error;

	buffer_init(&line);
	buffer_append_text(&line, "{\"title\":\"");
	buffer_append(&line, bytes, length);
	buffer_append_text(&line, "\"}");
	error = wire_parse(line.data, line.length, &message, NULL);
	assert_int_equal(error, is_valid ? ERROR_NONE : ERROR_PARSE);
	if (!error) {
		const json_t *title = json_object_get(message.root, "title");

		assert_int_equal(json_string_length(title), length);
		assert_memory_equal(json_string_value(title), bytes, length);
		wire_message_deinit(&message);
	}
	buffer_deinit(&line);
}

static bool has_control(const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char)bytes[i] < 0x20)
			return true;
	return false;
}

static void the_utf8_corpus_goes_through_a_title(void **state)
{
	struct buffer corpus;
	size_t count = 0;

	(void)state;
	buffer_init(&corpus);
	if (!read_whole_file(TEST_CORPORA "/utf8tests/utf8tests.bin", &corpus)) {
		print_message("skipped: no utf8tests in %s\n", TEST_CORPORA);
		skip();
		return;
	}
	for (char *line = corpus.data; line < corpus.data + corpus.length; count++) {
		char *end = memchr(line, '\n', (size_t)(corpus.data + corpus.length - line));
		char *verdict = strchr(line, ':') + 1;
		char *bytes = strchr(verdict, ':') + 1;
		size_t length = (size_t)(end - bytes);

		check_title(bytes, length, verdict[0] == 'v' && !has_control(bytes, length));
		line = end + 1;
	}
	print_message("%zu titles\n", count);
	assert_true(count > 200);
	buffer_deinit(&corpus);
}

static int seed(void **state)
{
	(void)state;
	wire_init();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_strict_json_or_refused_with_its_column),
		cmocka_unit_test(depth_is_limited_but_not_inside_strings),
		cmocka_unit_test(siblings_do_not_add_up_to_depth),
		cmocka_unit_test(a_refusal_never_quotes_the_line),
		cmocka_unit_test(a_batch_has_at_most_a_hundred_requests),
		cmocka_unit_test(requests_are_read),
		cmocka_unit_test(a_bad_request_names_the_member_and_whom_to_answer),
		cmocka_unit_test(a_string_id_has_at_most_256_bytes),
		cmocka_unit_test(each_request_of_a_batch_stands_for_itself),
		cmocka_unit_test(a_result_has_its_exact_form),
		cmocka_unit_test(an_error_has_its_exact_form),
		cmocka_unit_test(a_request_is_written_as_one_line_that_reads_back),
		cmocka_unit_test(a_result_reaches_the_client),
		cmocka_unit_test(a_refusal_reaches_the_client_as_it_was_made),
		cmocka_unit_test(what_is_no_reply_is_refused),
		cmocka_unit_test(an_error_of_a_newer_daemon_is_internal),
		cmocka_unit_test(the_json_test_suite_is_judged_as_it_says),
		cmocka_unit_test(the_utf8_corpus_goes_through_a_title),
	};

	return cmocka_run_group_tests_name("wire", tests, seed, NULL);
}
