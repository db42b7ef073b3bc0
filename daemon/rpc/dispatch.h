/* The way of a call: method, limits, authentication, parameters, handler, reply. Without threads and sockets. */
#pragma once

#include "common/wire.h"
#include "rpc/method.h"

/* What rpc needs from above, handed in by daemon/. */
struct dispatch_hooks {
	void *context;
	/*
	 * Fill in request->who from the token, by request->db. `memo` is memory that lives as long as the connection,
	 * zeroed at first, `memo_size` bytes: what was verified last. ERROR_UNAUTHENTICATED with the words of
	 * taskd-protocol(7).
	 */
	enum error (*authenticate)(
		void *context, struct request *request, const char *token, size_t length, void *memo);
	size_t memo_size;
	void (*memo_wipe)(void *memo);
	/* The token that it holds, borrowed; NULL and 0: none. */
	const char *(*memo_token)(const void *memo, size_t *ret_length);
	/* The reply stored for this key. *ret_found false: there is none. ERROR_CONFLICT: stored for other parameters.
	 */
	enum error (*replay_find)(void *context, struct request *request, const char *key, const char *canonical_params,
		const char **ret_result, size_t *ret_length, bool *ret_found);
	enum error (*replay_save)(void *context, struct request *request, const char *key, const char *canonical_params,
		const char *result, size_t length);
	/*
	 * In the pool, on the write connection outside of a transaction: leave nothing on the disk of what was deleted.
	 * Where that is not possible now it is tried again later.
	 */
	void (*scrub)(void *context, struct db *db);
};

struct dispatch {
	const struct method_registry *methods;
	struct dispatch_hooks hooks;
	uid_t operator_uid; /* the daemon's own; root is always the operator */
};

/* One call on its way. Zero it, then dispatch_prepare. */
struct dispatch_call {
	struct request request;
	const json_t *id; /* NULL: a notification */
	const json_t *params_object;
	void *params; /* bound: the method's params struct */
	const char *token;
	size_t token_length;
	const char *idempotency_key;
	const char *canonical_params;
	bool is_operator;
	struct buffer *out;  /* the reply's line is written here */
	size_t out_start;    /* where this reply starts */
	size_t result_start; /* where its result starts */
};

enum dispatch_phase { DISPATCH_READ, DISPATCH_WORK, DISPATCH_HANDLE };

/* How a phase ended, for whoever decides what happens to the transaction and where the call goes next. */
enum dispatch_end {
	DISPATCH_ANSWERED,  /* the reply is written; commit */
	DISPATCH_REFUSED,   /* the error reply is written; roll back */
	DISPATCH_KEPT,      /* the error reply is written; commit */
	DISPATCH_REHEARSED, /* the reply is written; roll back */
	DISPATCH_CONTINUE,  /* the next phase */
	DISPATCH_DEFERRED,  /* run this phase again in the pool */
	DISPATCH_OVERRUN,   /* a short read ran out of its budget: run it again in the pool */
	DISPATCH_ABORTED,   /* the store ended the whole transaction; nothing is written: the caller decides */
};

/* Find the method and read the members that every method takes. DISPATCH_CONTINUE or DISPATCH_REFUSED. */
enum dispatch_end dispatch_prepare(const struct dispatch *dispatch, struct dispatch_call *call,
	const struct wire_request *wire, const struct peer *peer, struct arena *arena, struct buffer *out);

/* Run a phase in the transaction that `db` is in (NULL for DISPATCH_WORK). Starting again is always allowed. */
enum dispatch_end dispatch_run(const struct dispatch *dispatch, struct dispatch_call *call, enum dispatch_phase phase,
	struct db *db, int64_t now, enum request_place place, void *memo);

/* Replace whatever the call has written by this refusal: the group could not be committed, the queue is full. */
void dispatch_refuse(struct dispatch_call *call, const struct refusal *refusal);

/* Call request.on_end, once. */
void dispatch_end_call(struct dispatch_call *call);

/* The OpenRPC document (spec.open-rpc.org 1.3) of all methods. */
void dispatch_describe(const struct dispatch *dispatch, struct json_writer *writer);

/* The members of params that every method takes, for binding and for the manual; ends with a NULL name. */
extern const struct param dispatch_common_params[];
