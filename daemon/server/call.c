/* Calls: made, queued, given back. */
#include "server/call.h"

#include "common/memory.h"
#include <stdlib.h>
#include <string.h>

#define SPARE_LIMIT    256u
#define OUT_KEPT_BYTES 16384u

void call_queue_push(struct call_queue *queue, struct call *call)
{
	call->next = NULL;
	if (queue->last)
		queue->last->next = call;
	else
		queue->first = call;
	queue->last = call;
	queue->count++;
}

struct call *call_queue_pop(struct call_queue *queue)
{
	struct call *call = queue->first;

	if (!call)
		return NULL;
	queue->first = call->next;
	if (!queue->first)
		queue->last = NULL;
	queue->count--;
	call->next = NULL;
	return call;
}

void call_queue_prepend(struct call_queue *queue, struct call_queue *front)
{
	if (!front->first)
		return;
	front->last->next = queue->first;
	queue->first = front->first;
	if (!queue->last)
		queue->last = front->last;
	queue->count += front->count;
	*front = (struct call_queue){ 0 };
}

struct call *call_new(struct call_stock *stock)
{
	struct call *call = stock->spare;

	if (call) {
		stock->spare = call->next;
		stock->spare_count--;
		call->next = NULL;
		return call;
	}
	call = memory_array(1, sizeof(*call));
	arena_init(&call->arena);
	buffer_init(&call->out);
	return call;
}

static void destroy(struct call *call)
{
	arena_deinit(&call->arena);
	buffer_deinit(&call->out);
	free(call);
}

void call_free(struct call_stock *stock, struct call *call)
{
	const struct method *method = call->dispatch.request.method;
	struct call kept;

	dispatch_end_call(&call->dispatch);
	if (method && method->is_secret) {
		buffer_wipe(&call->out);
		arena_wipe(&call->arena);
	}
	wire_message_deinit(&call->message);
	buffer_truncate(&call->out, 0);
	buffer_shrink(&call->out, OUT_KEPT_BYTES);
	arena_reset(&call->arena);
	if (stock->spare_count == SPARE_LIMIT) {
		destroy(call);
		return;
	}
	kept = (struct call){ .arena = call->arena, .out = call->out, .next = stock->spare };
	*call = kept;
	stock->spare = call;
	stock->spare_count++;
}

void call_stock_deinit(struct call_stock *stock)
{
	while (stock->spare) {
		struct call *call = stock->spare;

		stock->spare = call->next;
		destroy(call);
	}
	stock->spare_count = 0;
}

static enum call_route choose_route(const struct method *method)
{
	if (method->read)
		return CALL_PHASED;
	if (method->store == STORE_WRITE)
		return CALL_WRITE;
	if (method->store == STORE_READ || method->access == ACCESS_ACCOUNT)
		return CALL_READ;
	return CALL_IMMEDIATE;
}

void call_prepare(struct call *call, const struct dispatch *dispatch, const struct services *services,
	const struct wire_request *wire, const struct peer *peer)
{
	call->dispatch.request.services = services;
	call->end = dispatch_prepare(dispatch, &call->dispatch, wire, peer, &call->arena, &call->out);
	if (call->end == DISPATCH_REFUSED) {
		call->route = CALL_ANSWERED;
		return;
	}
	call->route = choose_route(call->dispatch.request.method);
	call->phase = call->route == CALL_PHASED ? DISPATCH_READ : DISPATCH_HANDLE;
}

void call_prepare_refused(struct call *call, const json_t *id, const struct refusal *refusal)
{
	call->dispatch.id = id;
	call->dispatch.out = &call->out;
	call->end = DISPATCH_REFUSED;
	call->route = CALL_ANSWERED;
	dispatch_refuse(&call->dispatch, refusal);
}

void call_refuse(struct call *call, enum error error, int64_t retry_after_ms, const char *message)
{
	struct refusal *refusal = &call->dispatch.request.refusal;

	refuse(refusal, error, NULL, "%s", message);
	refusal->retry_after_ms = retry_after_ms;
	call->end = DISPATCH_REFUSED;
	dispatch_refuse(&call->dispatch, refusal);
}
