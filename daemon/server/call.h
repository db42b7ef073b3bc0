/* One call on its way through the server, and the stock of them. */
#pragma once

#include "common/arena.h"
#include "common/buffer.h"
#include "common/wire.h"
#include "rpc/dispatch.h"

/* Where a call goes first. */
enum call_route {
	CALL_ANSWERED,  /* refused before it began: its reply only waits for its turn */
	CALL_IMMEDIATE, /* needs no store */
	CALL_READ,
	CALL_WRITE,
	CALL_PHASED, /* read, work in the pool, write */
};

struct batch;

struct call {
	struct dispatch_call dispatch;
	struct arena arena;
	struct buffer out;           /* its reply, without LF */
	struct wire_message message; /* what a single line held; empty for an item of a batch */
	enum call_route route;
	enum dispatch_phase phase;          /* the one to run next */
	enum dispatch_end end;              /* how the last one ended */
	void *memo;                         /* the connection's last verified token, or NULL */
	struct batch *batch;                /* the connection's, when the call is an item of one */
	void *owner;                        /* whom on_done knows: a connection, the jobs */
	void (*on_done)(struct call *call); /* on the loop, when the reply may leave; the owner gives the call back */
	struct call *next;                  /* in the one queue that holds it */
};

/* Calls that wait, first come first served. Zero it. */
struct call_queue {
	struct call *first, *last;
	unsigned count;
};

void call_queue_push(struct call_queue *queue, struct call *call);
struct call *call_queue_pop(struct call_queue *queue); /* NULL: empty */
/* Put all of `front` before what `queue` holds; front is empty then. */
void call_queue_prepend(struct call_queue *queue, struct call_queue *front);

/* Used ones, kept for the next. Zero it. */
struct call_stock {
	struct call *spare;
	unsigned spare_count;
};

struct call *call_new(struct call_stock *stock);
/* Wipes what a secret method left. */
void call_free(struct call_stock *stock, struct call *call);
void call_stock_deinit(struct call_stock *stock);

/* Parse and route a request that a line or a batch held: from here on the call can be submitted. */
void call_prepare(struct call *call, const struct dispatch *dispatch, const struct services *services,
	const struct wire_request *wire, const struct peer *peer);
/* It is answered with a refusal at once. */
void call_prepare_refused(struct call *call, const json_t *id, const struct refusal *refusal);
/* Refuse it now, whatever it has written. */
void call_refuse(struct call *call, enum error error, int64_t retry_after_ms, const char *message);
