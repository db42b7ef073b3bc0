/* system.ping travels with the first request of a connection, so that it costs no round trip of its own. */
#include "client.h"

#include "common/cleanup.h"
#include "common/wire.h"
#include "common/wire_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#define ATTEMPTS      5
#define PAUSE_MS      INT64_C(100)
#define PAUSE_MOST_MS INT64_C(2000)

void client_init(struct client *client, const struct route *route)
{
	*client = (struct client){ .route = *route, .connected.fd = -1 };
	channel_init(&client->channel);
	wire_init();
}

void client_close(struct client *client)
{
	channel_close(&client->channel);
	client->connected.fd = -1;
	client->identity = (struct daemon_identity){ .version = "" };
}

/* --- one line out, one line in --- */

/* The request as a line; what it holds may be secret, so the caller wipes it. */
static int64_t append_request(struct client *client, struct buffer *out, const char *method, const json_t *params)
{
	wire_write_request(out, ++client->last_id, method, params);
	return client->last_id;
}

static enum error refuse_lost(const struct client *client, enum error error, struct trouble *trouble)
{
	if (client->connected.was_launched && !client->identity.version[0]) {
		launch_explain_death(client->route.paths, trouble);
		return ERROR_UNAVAILABLE;
	}
	if (error == ERROR_DEADLINE) {
		(void)trouble_set(trouble, error, "no answer from %s within %d seconds", client->connected.socket,
			CHANNEL_TIMEOUT_S);
		trouble_advise(trouble, "look at it: taskctl daemon status");
		return error;
	}
	(void)trouble_set(
		trouble, ERROR_UNAVAILABLE, "the daemon at %s went away before it answered", client->connected.socket);
	trouble_advise(trouble, "whether it did what you asked is not known; look before you try again");
	return ERROR_UNAVAILABLE;
}

static enum error refuse_foreign(const struct client *client, struct trouble *trouble)
{
	(void)trouble_no_daemon(trouble, "what answers at %s is no taskd", client->connected.socket);
	trouble_advise(trouble, "name the socket of one: taskctl --socket PATH");
	return ERROR_INTERNAL;
}

/* A long text goes past the parser, which would take longer over it than all else does. */
static enum error parse_reply(
	const struct client *client, const char *line, size_t length, int64_t id, struct wire_reply *ret_reply)
{
	struct buffer rest;
	enum error error;

	if (!client->text)
		return wire_parse_reply(line, length, id, ret_reply);
	buffer_init(&rest);
	if (wire_text_take(line, length, client->text, &rest))
		error = wire_parse_reply(rest.data, rest.length, id, ret_reply);
	else
		error = wire_parse_reply(line, length, id, ret_reply);
	buffer_deinit(&rest);
	return error;
}

static enum error receive(struct client *client, int64_t id, struct wire_reply *ret_reply, struct trouble *trouble)
{
	const char *line;
	size_t length;
	enum error error = channel_receive(&client->channel, &line, &length);

	if (error)
		return refuse_lost(client, error, trouble);
	return parse_reply(client, line, length, id, ret_reply) ? refuse_foreign(client, trouble) : ERROR_NONE;
}

/* --- who is there --- */

static void copy_text(const json_t *object, const char *key, char *ret_text, size_t size)
{
	const char *text = json_string_value(json_object_get(object, key));

	(void)snprintf(ret_text, size, "%s", text ? text : "");
}

static enum error receive_identity(struct client *client, int64_t id, struct trouble *trouble)
{
	struct wire_reply reply = { 0 };
	const char *name;
	enum error error = receive(client, id, &reply, trouble);

	if (error)
		return error;
	name = json_string_value(json_object_get(reply.result, "name"));
	if (reply.refusal.error) {
		error = trouble_refused(trouble, &reply.refusal);
	} else if (!name || strcmp(name, "taskd") != 0) {
		error = refuse_foreign(client, trouble);
	} else {
		copy_text(reply.result, "version", client->identity.version, sizeof(client->identity.version));
		copy_text(reply.result, "instance", client->identity.instance, sizeof(client->identity.instance));
	}
	wire_reply_deinit(&reply);
	return error;
}

static enum error open_connection(struct client *client, struct trouble *trouble)
{
	enum error error;

	if (client->channel.fd >= 0)
		return ERROR_NONE;
	error = launch_connect(&client->route, &client->connected, trouble);
	if (!error)
		channel_open(&client->channel, client->connected.fd);
	return error;
}

static enum error exchange(struct client *client, const char *method, const json_t *params,
	struct wire_reply *ret_reply, struct trouble *trouble)
{
	bool is_new = !client->identity.version[0];
	int64_t ping_id = 0;
	int64_t id = 0;
	struct buffer out;
	enum error error;

	buffer_init(&out);
	if (is_new)
		ping_id = append_request(client, &out, "system.ping", NULL);
	if (method)
		id = append_request(client, &out, method, params);
	error = channel_send(&client->channel, out.data, out.length);
	buffer_wipe(&out);
	buffer_deinit(&out);
	/* One that refuses us says why before it closes, so there may be something to read even now. */
	if (error == ERROR_DEADLINE)
		return refuse_lost(client, error, trouble);
	error = is_new ? receive_identity(client, ping_id, trouble) : ERROR_NONE;
	return error || !method ? error : receive(client, id, ret_reply, trouble);
}

enum error client_connect(struct client *client, struct trouble *trouble)
{
	enum error error = open_connection(client, trouble);

	if (!error && !client->identity.version[0])
		error = exchange(client, NULL, NULL, NULL, trouble);
	if (error)
		client_close(client);
	return error;
}

/* --- calls --- */

static enum error call_once(
	struct client *client, const char *method, const json_t *params, json_t **ret_result, struct trouble *trouble)
{
	struct wire_reply reply = { 0 };
	enum error error = open_connection(client, trouble);

	client->was_answered = false;
	if (!error)
		error = exchange(client, method, params, &reply, trouble);
	if (error) {
		client_close(client);
		return error;
	}
	client->was_answered = true;
	error = reply.refusal.error ? trouble_refused(trouble, &reply.refusal) : ERROR_NONE;
	if (!error)
		*ret_result = json_incref(reply.result);
	wire_reply_deinit(&reply);
	return error;
}

static void pause_before(const struct trouble *trouble, int attempt)
{
	int64_t pause_ms = trouble->refusal.retry_after_ms ? trouble->refusal.retry_after_ms : attempt * PAUSE_MS;

	if (pause_ms > PAUSE_MOST_MS)
		pause_ms = PAUSE_MOST_MS;
	(void)nanosleep(&(struct timespec){ .tv_sec = pause_ms / 1000, .tv_nsec = pause_ms % 1000 * 1000000 }, NULL);
}

/* Nobody to talk to will not change by asking again; a daemon that is busy, stopping, or just gone may. */
static bool may_pass(enum error error, const struct trouble *trouble)
{
	return error == ERROR_UNAVAILABLE && trouble->exit_status != EXIT_NO_DAEMON;
}

enum error client_call_now(struct client *client, const char *method, const json_t *params, enum client_repeat repeat,
	json_t **ret_result, struct trouble *trouble)
{
	enum error error = call_once(client, method, params, ret_result, trouble);

	for (int attempt = 1; repeat == CLIENT_REPEATABLE && attempt < ATTEMPTS && may_pass(error, trouble);
		attempt++) {
		pause_before(trouble, attempt);
		error = call_once(client, method, params, ret_result, trouble);
	}
	return error;
}

/* --- coming back later --- */

/* A reply that was lost is another matter: what it refused is not known. */
static bool wants_us_later(const struct client *client, enum error error)
{
	return client->was_answered && (error == ERROR_RATE_LIMITED || error == ERROR_UNAVAILABLE);
}

static int64_t seconds_to_wait(const struct trouble *trouble)
{
	int64_t seconds = (trouble->refusal.retry_after_ms + 999) / 1000;

	return seconds > 0 ? seconds : 1;
}

bool client_wait(struct client *client, enum error error, struct trouble *trouble)
{
	struct timespec left = { .tv_nsec = 0 };

	if (!wants_us_later(client, error))
		return false;
	left.tv_sec = seconds_to_wait(trouble);
	if (!client->is_patient) {
		trouble_advise(trouble, "try again in %lld second%s, or use --wait", (long long)left.tv_sec,
			left.tv_sec == 1 ? "" : "s");
		return false;
	}
	if (!client->is_quiet)
		trouble_warn("%s; waiting for %lld second%s", trouble->refusal.message, (long long)left.tv_sec,
			left.tv_sec == 1 ? "" : "s");
	/* A connection without a request would be closed meanwhile. */
	client_close(client);
	while (nanosleep(&left, &left) && errno == EINTR)
		continue;
	return true;
}

enum error client_call(struct client *client, const char *method, const json_t *params, enum client_repeat repeat,
	json_t **ret_result, struct trouble *trouble)
{
	enum error error;

	do
		error = client_call_now(client, method, params, repeat, ret_result, trouble);
	while (client_wait(client, error, trouble));
	return error;
}

void client_make_key(char ret_key[CLIENT_KEY_SIZE])
{
	unsigned char bytes[(CLIENT_KEY_SIZE - 1) / 2];

	if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
		abort();
	for (size_t i = 0; i < sizeof(bytes); i++)
		(void)snprintf(ret_key + 2 * i, 3, "%02x", bytes[i]);
}
