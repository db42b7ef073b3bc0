/* A client's bytes in, its replies out, in order: a read waits for the commit of the same client's earlier writes. */
#include "server/connection.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"
#include "server/line.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define IN_FLIGHT_LIMIT   256u
#define INPUT_AHEAD_BYTES 65536u   /* read so far ahead of what can be started */
#define OUTPUT_SEND_BYTES 65536u   /* more than this is sent before the next call starts */
#define BATCH_OUT_BYTES   4194304u /* replies of one batch */
#define KEPT_BYTES        4096u    /* buffers keep this while nothing waits */
#define RETRY_AFTER_MS    1000

/* An array of requests: its items are calls of their own, its replies leave together. */
struct batch {
	struct wire_message message; /* owns what the items borrow */
	size_t next;                 /* the item to start next */
	size_t done;
	struct buffer out;
};

struct connection {
	uv_pipe_t pipe;
	struct hub *hub;
	struct connection_links links;
	struct peer peer;
	void *memo; /* of the last verified token */
	struct buffer in;
	size_t in_start;     /* what is before was consumed */
	size_t scanned;      /* no LF between in_start and here */
	bool is_skipping;    /* inside a line that is too long */
	struct batch *batch; /* whose items are being started */
	struct call *held;   /* prepared, but not its turn yet */
	unsigned in_flight;  /* calls started and not done */
	bool is_exclusive;   /* the one in flight is no plain write: nothing starts beside it */
	struct buffer out;
	struct buffer sending; /* belongs to the write request while is_sending */
	uv_write_t write;
	bool is_sending;
	bool has_secrets; /* something in out or sending is to be wiped */
	uint64_t sending_since;
	size_t charged; /* bytes that the budget knows of */
	bool is_reading, is_at_eof, is_closing, is_closed, is_turning;
};

/* --- what the hub asks --- */

struct connection_links *connection_links(struct connection *connection)
{
	return &connection->links;
}

uid_t connection_uid(const struct connection *connection)
{
	return connection->peer.uid;
}

uint64_t connection_waiting_since(const struct connection *connection)
{
	return connection->is_sending ? connection->sending_since : 0;
}

size_t connection_held_bytes(const struct connection *connection)
{
	return connection->charged;
}

static void charge(struct connection *connection)
{
	size_t bytes = connection->in.length + connection->out.length + connection->sending.length;

	if (connection->batch)
		bytes += connection->batch->out.length;
	budget_change(&connection->hub->budget, connection->peer.uid, connection->charged, bytes);
	connection->charged = bytes;
}

/* --- the end of a connection --- */

static void batch_free(struct batch *batch)
{
	wire_message_deinit(&batch->message);
	buffer_wipe(&batch->out); /* it may hold tokens */
	buffer_deinit(&batch->out);
	free(batch);
}

static void unlink_connection(struct connection *connection)
{
	struct connection_links *links = &connection->links;

	if (links->previous)
		connection_links(links->previous)->next = links->next;
	else
		connection->hub->connections = links->next;
	if (links->next)
		connection_links(links->next)->previous = links->previous;
}

/* Once the pipe is closed and no call knows the connection any more. */
static void destroy_when_unused(struct connection *connection)
{
	if (!connection->is_closed || connection->in_flight || connection->links.is_ready || connection->is_turning)
		return;
	if (connection->memo) {
		connection->hub->dispatch->hooks.memo_wipe(connection->memo);
		free(connection->memo);
	}
	buffer_wipe(&connection->in);
	if (connection->has_secrets) {
		buffer_wipe(&connection->out);
		buffer_wipe(&connection->sending);
	}
	buffer_deinit(&connection->in);
	buffer_deinit(&connection->out);
	buffer_deinit(&connection->sending);
	free(connection);
}

static void on_closed(uv_handle_t *handle)
{
	struct connection *connection = handle->data;

	connection->is_closed = true;
	destroy_when_unused(connection);
}

/* A batch goes with its last item; one with items left to start goes here. */
static void drop_unstarted(struct connection *connection)
{
	struct batch *batch = TAKE(connection->batch);
	struct call *held = TAKE(connection->held);

	if (held) {
		if (held->batch)
			held->batch->done++;
		call_free(&connection->hub->stock, held);
	}
	if (!batch)
		return;
	batch->done += batch->message.count - batch->next;
	batch->next = batch->message.count;
	if (batch->done == batch->message.count)
		batch_free(batch);
}

void connection_close(struct connection *connection)
{
	struct hub *hub = connection->hub;

	if (connection->is_closing)
		return;
	connection->is_closing = true;
	drop_unstarted(connection);
	unlink_connection(connection);
	budget_change(&hub->budget, connection->peer.uid, connection->charged, 0);
	connection->charged = 0;
	budget_leave(&hub->budget, connection->peer.uid);
	uv_close((uv_handle_t *)&connection->pipe, on_closed);
	hub->on_count(hub->context, hub->budget.connections);
}

/* --- bytes out --- */

static void wipe_sent(struct connection *connection, struct buffer *sent)
{
	if (connection->has_secrets)
		buffer_wipe(sent);
	buffer_truncate(sent, 0);
	buffer_shrink(sent, KEPT_BYTES);
	if (!connection->out.length && !connection->sending.length)
		connection->has_secrets = false;
}

static void on_written(uv_write_t *write, int status)
{
	struct connection *connection = write->data;

	connection->is_sending = false;
	wipe_sent(connection, &connection->sending);
	if (status < 0)
		connection_close(connection);
	else
		hub_ready(connection->hub, connection);
}

/* What the socket would not take at once goes with a write request; nothing is read meanwhile. */
static void send_rest(struct connection *connection, size_t sent)
{
	struct buffer rest = connection->out;
	uv_buf_t bytes = uv_buf_init(rest.data + sent, (unsigned)(rest.length - sent));

	connection->out = connection->sending;
	connection->sending = rest;
	connection->is_sending = true;
	connection->sending_since = uv_now(connection->hub->loop);
	connection->write.data = connection;
	if (uv_write(&connection->write, (uv_stream_t *)&connection->pipe, &bytes, 1, on_written)) {
		connection->is_sending = false;
		connection_close(connection);
	}
}

static void flush(struct connection *connection)
{
	uv_buf_t bytes = uv_buf_init(connection->out.data, (unsigned)connection->out.length);
	int sent;

	if (connection->is_sending || connection->is_closing || !bytes.len)
		return;
	sent = uv_try_write((uv_stream_t *)&connection->pipe, &bytes, 1);
	if (sent < 0 && sent != UV_EAGAIN) {
		connection_close(connection);
		return;
	}
	if (sent == (int)bytes.len)
		wipe_sent(connection, &connection->out);
	else
		send_rest(connection, sent > 0 ? (size_t)sent : 0);
}

/* --- a call is done --- */

static void end_batch(struct connection *connection, struct batch *batch)
{
	if (batch->out.length) {
		buffer_append_char(&batch->out, ']');
		buffer_append(&connection->out, batch->out.data, batch->out.length);
		wire_end_line(&connection->out);
	}
	if (connection->batch == batch)
		connection->batch = NULL;
	batch_free(batch);
}

static void reply_in_batch(struct connection *connection, struct batch *batch, const struct call *call)
{
	if (call->out.length) {
		buffer_append_char(&batch->out, batch->out.length ? ',' : '[');
		buffer_append(&batch->out, call->out.data, call->out.length);
	}
	if (++batch->done == batch->message.count)
		end_batch(connection, batch);
}

/* A long reply that nothing waits before is handed over rather than copied. */
static void queue_reply(struct connection *connection, struct call *call)
{
	struct buffer room = connection->out;

	if (room.length || call->out.length <= room.capacity) {
		buffer_append(&connection->out, call->out.data, call->out.length);
		return;
	}
	connection->out = call->out;
	call->out = room;
}

static void reply(struct connection *connection, struct call *call)
{
	const struct method *method = call->dispatch.request.method;

	if (method && method->is_secret)
		connection->has_secrets = true;
	if (call->batch) {
		reply_in_batch(connection, call->batch, call);
		return;
	}
	if (!call->out.length)
		return;
	queue_reply(connection, call);
	wire_end_line(&connection->out);
}

static void on_call_done(struct call *call)
{
	struct connection *connection = call->owner;

	reply(connection, call);
	call_free(&connection->hub->stock, call);
	if (!--connection->in_flight)
		connection->is_exclusive = false;
	if (connection->is_closing)
		destroy_when_unused(connection);
	else if (!connection->is_turning)
		hub_ready(connection->hub, connection);
}

/* --- lines to calls --- */

static struct call *new_call(struct connection *connection)
{
	struct call *call = call_new(&connection->hub->stock);

	call->owner = connection;
	call->on_done = on_call_done;
	call->memo = connection->memo;
	return call;
}

static struct call *new_refused(struct connection *connection, const struct refusal *refusal)
{
	struct call *call = new_call(connection);

	call_prepare_refused(call, json_null(), refusal);
	return call;
}

static void prepare_item(
	struct connection *connection, struct call *call, const struct wire_message *message, size_t index)
{
	struct wire_request wire;
	struct refusal refusal = { 0 };
	const struct hub *hub = connection->hub;

	if (wire_request_at(message, index, &wire, &refusal))
		call_prepare_refused(call, wire.id, &refusal);
	else
		call_prepare(call, hub->dispatch, hub->services, &wire, &connection->peer);
}

static struct call *next_of_batch(struct connection *connection)
{
	struct batch *batch = connection->batch;
	struct call *call = new_call(connection);

	call->batch = batch;
	prepare_item(connection, call, &batch->message, batch->next++);
	if (batch->out.length > BATCH_OUT_BYTES) {
		call_refuse(call, ERROR_TOO_LARGE, 0,
			"the replies of this batch are longer than 4 MiB: send fewer requests");
		call->route = CALL_ANSWERED;
	}
	return call;
}

static struct call *start_batch(struct connection *connection, struct call *call)
{
	struct batch *batch = memory_array(1, sizeof(*batch));

	buffer_init(&batch->out);
	batch->message = call->message;
	call->message = (struct wire_message){ 0 };
	call_free(&connection->hub->stock, call);
	connection->batch = batch;
	return next_of_batch(connection);
}

/* What is in flight may be writing down its token, in another thread. */
static struct known_token known_token(const struct connection *connection)
{
	struct known_token token = { .text = NULL };

	if (!connection->in_flight)
		token.text = connection->hub->dispatch->hooks.memo_token(connection->memo, &token.length);
	return token;
}

static struct call *call_of_line(struct connection *connection, char *line, size_t length)
{
	const struct known_token token = known_token(connection);
	struct call *call = new_call(connection);
	struct refusal refusal = { 0 };

	if (line_parse(line, length, &token, &connection->hub->line_scratch, &call->message, &refusal)) {
		call_prepare_refused(call, json_null(), &refusal);
		return call;
	}
	if (call->message.is_batch) {
		explicit_bzero(line, length); /* its items are not known yet: any of them may carry a secret */
		return start_batch(connection, call);
	}
	prepare_item(connection, call, &call->message, 0);
	if (call->dispatch.request.method && call->dispatch.request.method->is_secret)
		explicit_bzero(line, length);
	return call;
}

static size_t unread_length(const struct connection *connection)
{
	return connection->in.length - connection->in_start;
}

static void consume(struct connection *connection, size_t length)
{
	connection->in_start += length;
	connection->scanned = connection->in_start;
	if (connection->in_start < connection->in.length)
		return;
	buffer_truncate(&connection->in, 0);
	connection->in_start = connection->scanned = 0;
}

/* The rest of a line that was too long goes unread. False while its end is not in sight. */
static bool skip_line(struct connection *connection)
{
	const char *start = connection->in.data + connection->in_start;
	const char *end = unread_length(connection) ? memchr(start, '\n', unread_length(connection)) : NULL;

	consume(connection, end ? (size_t)(end - start) + 1 : unread_length(connection));
	connection->is_skipping = !end;
	return end != NULL;
}

/* The next line without its LF; at the end of the input the last one may lack it. False: there is none yet. */
static bool find_line(struct connection *connection, char **ret_line, size_t *ret_length)
{
	char *start = connection->in.data + connection->in_start;
	char *end = NULL;

	if (connection->scanned < connection->in.length)
		end = memchr(
			connection->in.data + connection->scanned, '\n', connection->in.length - connection->scanned);
	connection->scanned = connection->in.length;
	if (!end && !(connection->is_at_eof && unread_length(connection)))
		return false;
	*ret_line = start;
	*ret_length = end ? (size_t)(end - start) : unread_length(connection);
	return true;
}

static struct call *next_call(struct connection *connection)
{
	struct refusal refusal = { 0 };
	struct call *call;
	char *line;
	size_t length;

	if (connection->batch && connection->batch->next < connection->batch->message.count)
		return next_of_batch(connection);
	if (connection->is_skipping && !skip_line(connection))
		return NULL;
	if (find_line(connection, &line, &length) && length <= WIRE_LINE_LIMIT) {
		call = call_of_line(connection, line, length);
		consume(connection, length + (connection->in_start + length < connection->in.length));
		return call;
	}
	if (unread_length(connection) <= WIRE_LINE_LIMIT)
		return NULL;
	refuse(&refusal, ERROR_TOO_LARGE, NULL, "a line is at most %u bytes", WIRE_LINE_LIMIT);
	skip_line(connection);
	return new_refused(connection, &refusal);
}

/* --- turns --- */

/* Only plain writes share a commit; everything else waits until what came before is done, and nothing passes it. */
static bool may_start(const struct connection *connection, const struct call *call)
{
	if (!connection->in_flight)
		return true;
	return call->route == CALL_WRITE && !connection->is_exclusive && connection->in_flight < IN_FLIGHT_LIMIT;
}

static void start(struct connection *connection, struct call *call)
{
	if (connection->hub->is_stopping && call->route != CALL_ANSWERED) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS, "the daemon is stopping");
		call->route = CALL_ANSWERED;
	}
	connection->in_flight++;
	connection->is_exclusive = call->route != CALL_WRITE;
	executor_submit(connection->hub->executor, call);
}

static void start_calls(struct connection *connection)
{
	while (!connection->is_closing && !connection->is_sending) {
		struct call *call = connection->held ? TAKE(connection->held) : next_call(connection);

		if (!call)
			return;
		if (!may_start(connection, call)) {
			connection->held = call;
			return;
		}
		start(connection, call);
		if (connection->out.length > OUTPUT_SEND_BYTES)
			flush(connection);
	}
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *ret_bytes)
{
	struct connection *connection = handle->data;

	(void)suggested;
	*ret_bytes = uv_buf_init(connection->hub->scratch, HUB_SCRATCH_SIZE);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *bytes)
{
	struct connection *connection = stream->data;

	if (length == 0)
		return;
	if (length > 0) {
		buffer_append(&connection->in, bytes->base, (size_t)length);
		explicit_bzero(bytes->base, (size_t)length);
	} else if (length == UV_EOF) {
		connection->is_at_eof = true;
	} else {
		connection_close(connection);
		return;
	}
	hub_ready(connection->hub, connection);
}

static bool wants_input(const struct connection *connection)
{
	bool is_behind = connection->held || connection->in_flight;
	size_t limit = is_behind ? INPUT_AHEAD_BYTES : WIRE_LINE_LIMIT + INPUT_AHEAD_BYTES;

	return !connection->is_at_eof && !connection->hub->is_stopping && !connection->is_sending &&
	       !connection->out.length && unread_length(connection) < limit;
}

static void update_reading(struct connection *connection)
{
	bool wants = wants_input(connection);

	if (wants == connection->is_reading)
		return;
	connection->is_reading = wants;
	if (wants)
		(void)uv_read_start((uv_stream_t *)&connection->pipe, on_alloc, on_read);
	else
		(void)uv_read_stop((uv_stream_t *)&connection->pipe);
}

static bool is_finished(const struct connection *connection)
{
	if (!connection->is_at_eof && !connection->hub->is_stopping)
		return false;
	return !connection->in_flight && !connection->held && !connection->is_sending && !connection->out.length;
}

static void tidy_input(struct connection *connection)
{
	buffer_consume(&connection->in, connection->in_start);
	connection->scanned -= connection->in_start;
	connection->in_start = 0;
	if (!connection->in.length)
		buffer_shrink(&connection->in, KEPT_BYTES);
}

void connection_begin_turn(struct connection *connection)
{
	connection->is_turning = true;
	start_calls(connection);
}

void connection_end_turn(struct connection *connection)
{
	flush(connection);
	connection->is_turning = false;
	if (connection->is_closing) {
		destroy_when_unused(connection);
		return;
	}
	tidy_input(connection);
	charge(connection);
	if (is_finished(connection))
		connection_close(connection);
	else
		update_reading(connection);
	hub_enforce_budget(connection->hub);
}

/* --- the beginning --- */

static bool read_peer(const uv_pipe_t *pipe, struct peer *ret_peer)
{
	struct ucred credentials;
	socklen_t length = sizeof(credentials);
	uv_os_fd_t fd;

	if (uv_fileno((const uv_handle_t *)pipe, &fd) || getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &length))
		return false;
	*ret_peer = (struct peer){ credentials.uid, credentials.gid, credentials.pid };
	return true;
}

static void on_rejected(uv_handle_t *handle)
{
	free(handle->data);
}

static void reject(struct connection *connection, bool is_crowded)
{
	struct refusal refusal = { 0 };
	uv_buf_t bytes;

	if (is_crowded) {
		refuse(&refusal, ERROR_UNAVAILABLE, NULL, "too many connections");
		refusal.retry_after_ms = RETRY_AFTER_MS;
		wire_write_error(&connection->out, json_null(), &refusal);
		wire_end_line(&connection->out);
		bytes = uv_buf_init(connection->out.data, (unsigned)connection->out.length);
		(void)uv_try_write((uv_stream_t *)&connection->pipe, &bytes, 1);
	}
	buffer_deinit(&connection->out);
	uv_close((uv_handle_t *)&connection->pipe, on_rejected);
}

static void link_connection(struct connection *connection)
{
	struct hub *hub = connection->hub;

	connection->links.next = hub->connections;
	if (hub->connections)
		connection_links(hub->connections)->previous = connection;
	hub->connections = connection;
	hub->on_count(hub->context, hub->budget.connections);
}

void connection_accept(struct hub *hub, uv_stream_t *listener)
{
	struct connection *connection = memory_array(1, sizeof(*connection));
	bool is_accepted;

	connection->hub = hub;
	connection->pipe.data = connection;
	(void)uv_pipe_init(hub->loop, &connection->pipe, 0);
	is_accepted = uv_accept(listener, (uv_stream_t *)&connection->pipe) == 0;
	if (!is_accepted || !read_peer(&connection->pipe, &connection->peer)) {
		reject(connection, false);
		return;
	}
	if (!budget_enter(&hub->budget, connection->peer.uid)) {
		reject(connection, true);
		return;
	}
	connection->memo = memory_array(1, hub->dispatch->hooks.memo_size);
	link_connection(connection);
	update_reading(connection);
}
