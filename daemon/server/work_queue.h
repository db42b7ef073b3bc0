/* The slow pure phase of a call (Argon2id): one at a time in the pool, a bounded number waiting. */
#pragma once

#include "server/call.h"

#include <uv.h>

struct work_queue_limits {
	unsigned waiting;         /* calls in the queue or at work, of everybody */
	unsigned waiting_per_uid; /* of one peer's uid */
};

struct work_queue;
typedef void (*work_queue_done)(void *context, struct call *call);

/* `dispatch` and `limits` are borrowed; limits may change between calls. */
struct work_queue *work_queue_new(uv_loop_t *loop, const struct dispatch *dispatch,
	const struct work_queue_limits *limits, work_queue_done on_done, void *context);
void work_queue_free(struct work_queue *queue);

/* Run the call's DISPATCH_WORK phase. A full queue refuses with 503; on_done may come before this returns. */
void work_queue_submit(struct work_queue *queue, struct call *call);

bool work_queue_is_active(const struct work_queue *queue);
void work_queue_pause(struct work_queue *queue, bool is_paused);
void work_queue_refuse_queued(struct work_queue *queue);
