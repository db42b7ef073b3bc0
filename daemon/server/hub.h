/* What all connections share, and the order in which they get their turn. */
#pragma once

#include "server/budget.h"
#include "server/call.h"
#include "server/executor.h"

#include <uv.h>

#define HUB_SCRATCH_SIZE 65536u

struct connection;

struct hub {
	uv_loop_t *loop;
	const struct dispatch *dispatch;
	const struct services *services;
	struct executor *executor;
	struct call_stock stock;
	struct budget budget;
	struct connection *connections; /* all, newest first */
	struct connection *ready_first, *ready_last;
	char *scratch;              /* where every read lands first; wiped behind it */
	struct buffer line_scratch; /* see line_parse */
	bool is_stopping;
	void (*on_count)(void *context, unsigned connections); /* one came or went */
	void *context;
};

void hub_init(struct hub *hub, uv_loop_t *loop, const struct dispatch *dispatch, const struct services *services,
	struct executor *executor, const struct budget_limits *limits);
void hub_deinit(struct hub *hub);

/* The connection wants a turn: it has lines, or its replies may leave. */
void hub_ready(struct hub *hub, struct connection *connection);
/*
 * Give every ready connection its turn, until none is. Replies leave when a whole round has had its turn, so that a
 * client that waits for several is woken once.
 */
void hub_settle(struct hub *hub);
/* While connections hold too much together, close those of the heaviest uid that have been waited for longest. */
void hub_enforce_budget(struct hub *hub);
/* Read nothing more, refuse what waits with 503, and close each connection when its replies have left. */
void hub_stop(struct hub *hub);
