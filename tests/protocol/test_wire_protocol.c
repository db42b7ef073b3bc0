/* JSON-RPC 2.0 as a client meets it: strict, bounded, in order, and never the end of the connection. */
#include "common/cleanup.h"
#include "common/memory.h"
#include "common/wire.h"
#include "harness/cmocka_all.h"
#include "harness/scene.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *exchange(struct line_client *client, const char *line)
{
	line_client_send_line(client, line);
	return line_client_read_json(client);
}

static void send_text(struct line_client *client, const char *text)
{
	line_client_send(client, text, strlen(text));
}

static void expect_line_with(struct line_client *client, const char *text)
{
	AUTO_FREE char *line = line_client_read(client);

	assert_non_null(strstr(line, text));
}

/* After whatever came before, the same connection still serves. */
static void assert_alive(struct line_client *client)
{
	json_decref(line_client_result(client, "system.ping", NULL));
}

static void assert_kind(struct line_client *client, const char *line, const char *kind)
{
	json_auto_t *reply = exchange(client, line);

	expect_error(reply, kind);
}

static void malformed_lines_are_told_apart_and_the_connection_lives(void **state)
{
	static const struct {
		const char *line, *kind;
	} cases[] = {
		{ "", "parse_error" },
		{ "{", "parse_error" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"id\":2,\"method\":\"system.ping\"}", "parse_error" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"} x", "parse_error" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"\xff\"}", "parse_error" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"a\\u0000b\"}", "parse_error" },
		{ "5", "invalid_request" },
		{ "[]", "invalid_request" },
		{ "{}", "invalid_request" },
		{ "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"system.ping\"}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"system.ping\"}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"system.ping\"}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\",\"extra\":1}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\",\"params\":[1]}", "invalid_request" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.pong\"}", "unknown_method" },
		{ "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\",\"params\":{\"x\":1}}", "invalid_params" },
	};
	struct scene *scene = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_kind(&scene->client, cases[i].line, cases[i].kind);
	assert_alive(&scene->client);
}

static void an_id_comes_back_as_it_was(void **state)
{
	static const char *const ids[] = { "1", "-7", "0", "9007199254740991", "\"abc\"", "\"\\u00e9\\\"\"", "null" };
	struct scene *scene = *state;

	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		char line[256];
		json_auto_t *wanted = json_loads(ids[i], JSON_DECODE_ANY, NULL);
		json_auto_t *reply = NULL;

		(void)snprintf(
			line, sizeof(line), "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"system.ping\"}", ids[i]);
		reply = exchange(&scene->client, line);
		assert_true(json_equal(json_object_get(reply, "id"), wanted));
	}
}

static void depth_is_bounded(void **state)
{
	struct scene *scene = *state;
	char line[4001];

	memset(line, '[', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	assert_kind(&scene->client, line, "parse_error");
	assert_alive(&scene->client);
}

static void a_line_that_is_too_long_is_answered_and_skipped_to_its_end(void **state)
{
	struct scene *scene = *state;
	size_t size = (size_t)10 * 1024 * 1024;
	AUTO_FREE char *line = memory_alloc(size);
	json_auto_t *reply = NULL;

	memset(line, 'x', size);
	line[size - 1] = '\n';
	line_client_send(&scene->client, line, size);
	reply = line_client_read_json(&scene->client);
	expect_error(reply, "too_large");
	assert_true(json_is_null(json_object_get(reply, "id")));
	assert_alive(&scene->client);
}

/* A ping, of so many bytes. */
static char *ping_of_length(size_t length)
{
	static const char start[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"";
	char *line = memory_alloc(length + 1);

	memset(line, ' ', length);
	memcpy(line, start, sizeof(start) - 1);
	line[length - 1] = '}';
	line[length] = '\0';
	return line;
}

static void a_line_of_just_the_limit_is_read_and_one_byte_more_is_not(void **state)
{
	struct scene *scene = *state;
	AUTO_FREE char *just = ping_of_length(WIRE_LINE_LIMIT);
	AUTO_FREE char *over = ping_of_length(WIRE_LINE_LIMIT + 1);
	json_auto_t *reply = exchange(&scene->client, just);

	assert_non_null(json_object_get(reply, "result"));
	assert_kind(&scene->client, over, "too_large");
	assert_alive(&scene->client);
}

static void a_batch_is_answered_in_one_line_in_its_order_without_its_notifications(void **state)
{
	struct scene *scene = *state;
	json_auto_t *reply = exchange(&scene->client, "[{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"system.ping\"},"
						      "{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"},"
						      "7,"
						      "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"nope\"}]");

	assert_int_equal(json_array_size(reply), 3);
	assert_string_equal(json_string_value(json_object_get(json_array_get(reply, 0), "id")), "a");
	expect_error(json_array_get(reply, 1), "invalid_request");
	assert_string_equal(json_string_value(json_object_get(json_array_get(reply, 2), "id")), "b");
}

static void notifications_alone_are_not_answered(void **state)
{
	struct scene *scene = *state;
	json_auto_t *reply = NULL;

	send_text(&scene->client, "{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"}\n"
				  "[{\"jsonrpc\":\"2.0\",\"method\":\"system.ping\"},"
				  "{\"jsonrpc\":\"2.0\",\"method\":\"no.such\"}]\n");
	reply = exchange(&scene->client, "{\"jsonrpc\":\"2.0\",\"id\":\"next\",\"method\":\"system.ping\"}");
	assert_string_equal(json_string_value(json_object_get(reply, "id")), "next");
}

static void a_batch_has_at_most_a_hundred_requests(void **state)
{
	struct scene *scene = *state;
	struct buffer line;

	buffer_init(&line);
	buffer_append_char(&line, '[');
	for (int i = 0; i < 101; i++)
		buffer_printf(&line, "%s{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"system.ping\"}", i ? "," : "", i);
	buffer_append_char(&line, ']');
	assert_kind(&scene->client, buffer_text(&line), "invalid_request");
	buffer_deinit(&line);
}

static void lines_may_come_in_any_pieces(void **state)
{
	static const char two[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\r\n"
				  "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.ping\"}\n";
	struct scene *scene = *state;

	for (size_t i = 0; i < sizeof(two) - 1; i++)
		line_client_send(&scene->client, &two[i], 1);
	expect_line_with(&scene->client, "\"id\":1");
	expect_line_with(&scene->client, "\"id\":2");
}

static void a_client_that_has_said_all_still_gets_its_replies(void **state)
{
	struct scene *scene = *state;
	AUTO_CLIENT struct line_client client = { .fd = -1 };

	line_client_open(&client, scene->daemon.socket);
	send_text(&client, "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\n"
			   "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"system.ping\"}");
	line_client_shut(&client);
	expect_line_with(&client, "\"id\":1");
	expect_line_with(&client, "\"id\":2");
	line_client_expect_end(&client);
}

/* A long reply is handed over to the connection instead of being copied, but not over what waits there. */
static void a_long_reply_stands_between_the_short_ones_around_it(void **state)
{
	static const char three[] = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"system.ping\"}\n"
				    "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"rpc.discover\"}\n"
				    "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"system.ping\"}\n";
	struct scene *scene = *state;

	for (int i = 0; i < 3; i++) {
		send_text(&scene->client, three);
		expect_line_with(&scene->client, "\"id\":1,");
		expect_line_with(&scene->client, "\"id\":2,");
		expect_line_with(&scene->client, "\"id\":3,");
	}
	send_text(&scene->client, strchr(three, '\n') + 1); /* the long one first */
	expect_line_with(&scene->client, "\"id\":2,");
	expect_line_with(&scene->client, "\"id\":3,");
}

static json_int_t count_tasks(struct scene *scene)
{
	json_auto_t *result = line_client_result(&scene->client, "task.count", person_params(&scene->ann, "{}"));

	return integer_at(result, "count");
}

static void effects_of_a_connection_happen_in_the_order_of_its_lines(void **state)
{
	struct scene *scene = *state;
	struct line_client *client = &scene->client;
	json_int_t count = count_tasks(scene);

	for (int i = 0; i < 200; i++) {
		line_client_request(client, "task.add", person_params(&scene->ann, "{s:s}", "title", "one more"));
		if (i % 10 == 9)
			line_client_request(client, "task.count", person_params(&scene->ann, "{}"));
	}
	for (int i = 0; i < 200; i++) {
		expect_line_with(client, "one more");
		count++;
		if (i % 10 == 9) {
			json_auto_t *reply = line_client_read_json(client);

			assert_int_equal(integer_at(json_object_get(reply, "result"), "count"), count);
		}
	}
}

static bool is_described(const json_t *methods, const char *name)
{
	for (size_t i = 0; i < json_array_size(methods); i++)
		if (!strcmp(text_at(json_array_get(methods, i), "name"), name))
			return true;
	return false;
}

static void the_description_names_every_method(void **state)
{
	static const char *const names[] = { "system.ping", "system.status", "rpc.discover", "account.signup",
		"account.me", "auth.login", "auth.refresh", "auth.logout", "task.add", "task.get", "task.list",
		"task.count", "task.modify", "task.start", "task.stop", "task.done", "task.delete", "task.restore" };
	struct scene *scene = *state;
	json_auto_t *document = line_client_result(&scene->client, "rpc.discover", json_object());

	for (size_t i = 0; i < COUNT_OF(names); i++)
		assert_true(is_described(json_object_get(document, "methods"), names[i]));
}

static void every_described_method_answers_and_refuses_unknown_parameters_by_name(void **state)
{
	struct scene *scene = *state;
	json_auto_t *document = line_client_result(&scene->client, "rpc.discover", json_object());
	const json_t *methods = json_object_get(document, "methods");

	for (size_t i = 0; i < json_array_size(methods); i++) {
		const json_t *method = json_array_get(methods, i);
		bool is_for_operator = !strcmp(text_at(method, "x-access"), "operator");
		json_t *params = is_for_operator ? json_pack("{s:b,s:i}", "operator", 1, "no_such_parameter", 1)
						 : person_params(&scene->ann, "{s:i}", "no_such_parameter", 1);

		line_client_refused(
			&scene->client, text_at(method, "name"), params, "invalid_params", "no_such_parameter");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_lines_are_told_apart_and_the_connection_lives),
		cmocka_unit_test(an_id_comes_back_as_it_was),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(a_line_that_is_too_long_is_answered_and_skipped_to_its_end),
		cmocka_unit_test(a_line_of_just_the_limit_is_read_and_one_byte_more_is_not),
		cmocka_unit_test(a_batch_is_answered_in_one_line_in_its_order_without_its_notifications),
		cmocka_unit_test(notifications_alone_are_not_answered),
		cmocka_unit_test(a_batch_has_at_most_a_hundred_requests),
		cmocka_unit_test(lines_may_come_in_any_pieces),
		cmocka_unit_test(a_long_reply_stands_between_the_short_ones_around_it),
		cmocka_unit_test(a_client_that_has_said_all_still_gets_its_replies),
		cmocka_unit_test(effects_of_a_connection_happen_in_the_order_of_its_lines),
		cmocka_unit_test(the_description_names_every_method),
		cmocka_unit_test(every_described_method_answers_and_refuses_unknown_parameters_by_name),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
