/* A client: bytes to lines to calls, and replies back in the order of the lines. */
#pragma once

#include "server/hub.h"

/* Take the next connection of a listening pipe. Where there are too many it is answered with 503 and closed. */
void connection_accept(struct hub *hub, uv_stream_t *listener);

/* For the hub. A turn has two halves: start what may start, then send what may leave. */
void connection_begin_turn(struct connection *connection);
void connection_end_turn(struct connection *connection);
void connection_close(struct connection *connection);
uid_t connection_uid(const struct connection *connection);
/* Since when its client has not taken what it asked for (uv_now, milliseconds); 0: it is not waited for. */
uint64_t connection_waiting_since(const struct connection *connection);
size_t connection_held_bytes(const struct connection *connection);

/* The links of the hub's lists. */
struct connection_links {
	struct connection *previous, *next;
	struct connection *next_ready; /* in the queue, while is_ready */
	struct connection *next_turn;  /* in the round that has its turn */
	bool is_ready;
};
struct connection_links *connection_links(struct connection *connection);
