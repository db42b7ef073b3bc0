/* Bytes and lines over a Unix socket, each with a deadline. */
#include "harness/line_client.h"

#include "common/cleanup.h"
#include "common/error.h"
#include "common/memory.h"
#include "common/wire.h"
#include "harness/cmocka_all.h"
#include "harness/test_daemon.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define READ_BYTES 65536u

/* --- open and close --- */

bool line_client_try_open(struct line_client *client, const char *socket_path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };

	*client = (struct line_client){ .fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0) };
	buffer_init(&client->in);
	(void)snprintf(address.sun_path, sizeof(address.sun_path), "%s", socket_path);
	if (client->fd >= 0 && connect(client->fd, (const struct sockaddr *)&address, sizeof(address)) == 0)
		return true;
	line_client_close(client);
	return false;
}

void line_client_open(struct line_client *client, const char *socket_path)
{
	if (!line_client_try_open(client, socket_path))
		fail_msg("cannot connect to %s: %s", socket_path, strerror(errno));
}

void line_client_close(struct line_client *client)
{
	if (client->fd >= 0)
		(void)close(client->fd);
	client->fd = -1;
	buffer_deinit(&client->in);
}

void line_client_shut(struct line_client *client)
{
	assert_int_equal(shutdown(client->fd, SHUT_WR), 0);
}

/* --- bytes out --- */

static bool wait_for(const struct line_client *client, short events, int64_t deadline)
{
	struct pollfd ready = { .fd = client->fd, .events = events };
	int64_t left = deadline - test_now_ms();

	return client->fd >= 0 && poll(&ready, 1, left > 0 ? (int)left : 0) > 0;
}

bool line_client_try_send(struct line_client *client, const void *bytes, size_t length)
{
	const char *next = bytes;
	int64_t deadline = test_now_ms() + TEST_PATIENCE_MS;

	while (length) {
		ssize_t sent = send(client->fd, next, length, MSG_NOSIGNAL | MSG_DONTWAIT);

		if (sent < 0 && errno != EAGAIN && errno != EINTR)
			return false;
		if (sent < 0 && !wait_for(client, POLLOUT, deadline))
			return false;
		next += sent > 0 ? sent : 0;
		length -= sent > 0 ? (size_t)sent : 0;
	}
	return true;
}

void line_client_send(struct line_client *client, const void *bytes, size_t length)
{
	if (!line_client_try_send(client, bytes, length))
		fail_msg("the daemon does not take %zu bytes: %s", length, strerror(errno));
}

void line_client_send_line(struct line_client *client, const char *text)
{
	struct buffer line;
	bool is_sent;

	buffer_init(&line);
	buffer_append_text(&line, text);
	buffer_append_char(&line, '\n');
	is_sent = line_client_try_send(client, line.data, line.length);
	buffer_deinit(&line);
	if (!is_sent)
		fail_msg("the daemon does not take a line: %s", strerror(errno));
}

size_t line_client_send_some(struct line_client *client, const void *bytes, size_t length)
{
	ssize_t sent = send(client->fd, bytes, length, MSG_NOSIGNAL | MSG_DONTWAIT);

	return sent > 0 ? (size_t)sent : 0;
}

/* --- lines in --- */

static bool take_line(struct line_client *client, char **ret_line, size_t *ret_length)
{
	const char *end = client->in.length ? memchr(client->in.data, '\n', client->in.length) : NULL;
	size_t length;

	if (!end)
		return false;
	length = (size_t)(end - client->in.data);
	*ret_line = memory_strndup(client->in.data, length);
	if (ret_length)
		*ret_length = length;
	buffer_consume(&client->in, length + 1);
	return true;
}

static bool receive_more(struct line_client *client)
{
	char *room = buffer_reserve(&client->in, READ_BYTES);
	ssize_t length = recv(client->fd, room, READ_BYTES, 0);

	if (length <= 0)
		return false;
	client->in.length += (size_t)length;
	return true;
}

bool line_client_try_read(struct line_client *client, int limit_ms, char **ret_line, size_t *ret_length)
{
	int64_t deadline = test_now_ms() + limit_ms;

	while (!take_line(client, ret_line, ret_length))
		if (!wait_for(client, POLLIN, deadline) || !receive_more(client))
			return false;
	return true;
}

char *line_client_read(struct line_client *client)
{
	char *line;

	if (!line_client_try_read(client, TEST_PATIENCE_MS, &line, NULL))
		fail_msg("no line came from the daemon");
	return line;
}

json_t *line_client_read_json(struct line_client *client)
{
	AUTO_FREE char *line = line_client_read(client);
	json_error_t error;
	json_t *root = json_loads(line, JSON_REJECT_DUPLICATES, &error);

	if (!root)
		fail_msg("the daemon said what is not JSON: %s: %.200s", error.text, line);
	return root;
}

void line_client_expect_end(struct line_client *client)
{
	char *line;
	bool is_line = line_client_try_read(client, TEST_PATIENCE_MS, &line, NULL);

	if (is_line)
		fail_msg("the daemon said something instead of closing: %.200s", line);
	if (!wait_for(client, POLLIN, test_now_ms()) || client->in.length)
		fail_msg("the daemon does not close the connection");
}

void line_client_expect_silence(struct line_client *client, int duration_ms)
{
	char *line;

	if (line_client_try_read(client, duration_ms, &line, NULL))
		fail_msg("the daemon should have said nothing: %.200s", line);
}

/* --- calls --- */

bool line_client_try_request(struct line_client *client, const char *method, json_t *params)
{
	struct buffer line;
	bool is_sent;

	buffer_init(&line);
	wire_write_request(&line, ++client->last_id, method, params);
	is_sent = line_client_try_send(client, line.data, line.length);
	buffer_deinit(&line);
	json_decref(params);
	return is_sent;
}

void line_client_request(struct line_client *client, const char *method, json_t *params)
{
	if (!line_client_try_request(client, method, params))
		fail_msg("the daemon does not take a request: %s", strerror(errno));
}

static bool is_reply_to(const json_t *reply, int64_t id)
{
	const json_t *version = json_object_get(reply, "jsonrpc");
	bool is_result = json_object_get(reply, "result") != NULL;
	bool is_error = json_is_object(json_object_get(reply, "error"));

	return json_is_string(version) && strcmp(json_string_value(version), "2.0") == 0 &&
	       json_integer_value(json_object_get(reply, "id")) == id && is_result != is_error &&
	       json_object_size(reply) == 3;
}

json_t *line_client_try_call(struct line_client *client, const char *method, json_t *params)
{
	AUTO_FREE char *line = NULL;
	json_t *reply;

	if (!line_client_try_request(client, method, params) ||
		!line_client_try_read(client, TEST_PATIENCE_MS, &line, NULL))
		return NULL;
	reply = json_loads(line, JSON_REJECT_DUPLICATES, NULL);
	if (is_reply_to(reply, client->last_id))
		return reply;
	json_decref(reply);
	return NULL;
}

json_t *line_client_call(struct line_client *client, const char *method, json_t *params)
{
	json_t *reply;

	line_client_request(client, method, params);
	reply = line_client_read_json(client);
	if (!is_reply_to(reply, client->last_id)) {
		AUTO_FREE char *text = json_dumps(reply, JSON_COMPACT);

		fail_msg("not a reply to %s with id %lld: %.300s", method, (long long)client->last_id, text);
	}
	return reply;
}

static void fail_with(const char *method, const char *wanted, const json_t *reply)
{
	AUTO_FREE char *text = json_dumps(reply, JSON_COMPACT);

	fail_msg("%s: wanted %s, and got %.600s", method, wanted, text);
}

json_t *line_client_result(struct line_client *client, const char *method, json_t *params)
{
	json_auto_t *reply = line_client_call(client, method, params);
	json_t *result = json_object_get(reply, "result");

	if (!result)
		fail_with(method, "a result", reply);
	return json_incref(result);
}

static const struct error_info *find_kind(const char *kind)
{
	return error_info(error_from_kind(kind));
}

static bool is_error_of(const json_t *error, const char *kind)
{
	const json_t *data = json_object_get(error, "data");
	const char *found = json_string_value(json_object_get(data, "kind"));
	const struct error_info *info = found ? find_kind(found) : NULL;

	return info && (!kind || strcmp(found, kind) == 0) && strcmp(info->kind, found) == 0 &&
	       json_integer_value(json_object_get(error, "code")) == info->code &&
	       json_is_string(json_object_get(error, "message")) &&
	       json_is_true(json_object_get(data, "retryable")) == info->is_retryable;
}

void expect_error(const json_t *reply, const char *kind)
{
	if (!is_error_of(json_object_get(reply, "error"), kind))
		fail_with("a request", kind ? kind : "an error", reply);
}

json_t *line_client_error(struct line_client *client, const char *method, json_t *params, const char *kind)
{
	json_auto_t *reply = line_client_call(client, method, params);
	json_t *error = json_object_get(reply, "error");

	if (!is_error_of(error, kind))
		fail_with(method, kind ? kind : "an error", reply);
	return json_incref(error);
}

void line_client_refused(
	struct line_client *client, const char *method, json_t *params, const char *kind, const char *field)
{
	json_auto_t *error = line_client_error(client, method, params, kind);
	const char *found = json_string_value(json_object_get(json_object_get(error, "data"), "field"));

	if (!found != !field || (field && strcmp(found, field) != 0))
		fail_with(method, field ? field : "no field", error);
}

const char *text_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_string(value))
		fail_with(key, "text", object);
	return json_string_value(value);
}

json_int_t integer_at(const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (!json_is_integer(value))
		fail_with(key, "an integer", object);
	return json_integer_value(value);
}
