/* One slow phase at a time, first come first served, within limits for all and for each uid. */
#include "server/work_queue.h"

#include "common/memory.h"
#include <stdlib.h>
#include <time.h>

#define RETRY_AFTER_MS_EACH 100 /* about what one hash takes */

struct work_queue {
	uv_loop_t *loop;
	const struct dispatch *dispatch;
	const struct work_queue_limits *limits;
	uv_work_t work;
	struct call *current; /* NULL: none at work */
	struct call_queue waiting;
	bool is_paused;
	work_queue_done on_done;
	void *context;
};

struct work_queue *work_queue_new(uv_loop_t *loop, const struct dispatch *dispatch,
	const struct work_queue_limits *limits, work_queue_done on_done, void *context)
{
	struct work_queue *queue = memory_array(1, sizeof(*queue));

	queue->loop = loop;
	queue->dispatch = dispatch;
	queue->limits = limits;
	queue->on_done = on_done;
	queue->context = context;
	return queue;
}

void work_queue_free(struct work_queue *queue)
{
	free(queue);
}

static void run_work(uv_work_t *work)
{
	struct work_queue *queue = work->data;
	struct call *call = queue->current;

	call->end = dispatch_run(
		queue->dispatch, &call->dispatch, DISPATCH_WORK, NULL, (int64_t)time(NULL), REQUEST_IN_POOL, NULL);
}

static void start_next(struct work_queue *queue);

static void on_work_done(uv_work_t *work, int status)
{
	struct work_queue *queue = work->data;
	struct call *call = queue->current;

	(void)status; /* nothing is ever cancelled */
	queue->current = NULL;
	start_next(queue);
	queue->on_done(queue->context, call);
}

static void start_next(struct work_queue *queue)
{
	if (queue->current || queue->is_paused)
		return;
	queue->current = call_queue_pop(&queue->waiting);
	if (!queue->current)
		return;
	queue->work.data = queue;
	(void)uv_queue_work(queue->loop, &queue->work, run_work, on_work_done); /* fails without a callback only */
}

static uid_t call_uid(const struct call *call)
{
	return call->dispatch.request.peer.uid;
}

static unsigned count_of_uid(const struct work_queue *queue, uid_t uid)
{
	unsigned count = queue->current && call_uid(queue->current) == uid;

	for (const struct call *call = queue->waiting.first; call; call = call->next)
		count += call_uid(call) == uid;
	return count;
}

static unsigned count_all(const struct work_queue *queue)
{
	return queue->waiting.count + (queue->current != NULL);
}

void work_queue_submit(struct work_queue *queue, struct call *call)
{
	unsigned all = count_all(queue);

	if (all >= queue->limits->waiting || count_of_uid(queue, call_uid(call)) >= queue->limits->waiting_per_uid) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS_EACH * (int64_t)(all + 1),
			"too many passwords are being checked at once");
		queue->on_done(queue->context, call);
		return;
	}
	call->phase = DISPATCH_WORK;
	call_queue_push(&queue->waiting, call);
	start_next(queue);
}

bool work_queue_is_active(const struct work_queue *queue)
{
	return queue->current != NULL;
}

void work_queue_pause(struct work_queue *queue, bool is_paused)
{
	queue->is_paused = is_paused;
	start_next(queue);
}

void work_queue_refuse_queued(struct work_queue *queue)
{
	struct call *call;

	while ((call = call_queue_pop(&queue->waiting))) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS_EACH, "the daemon is stopping");
		queue->on_done(queue->context, call);
	}
}
