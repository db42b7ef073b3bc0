/* Where a call runs is decided here, and nowhere else: loop, snapshot, group, pool. */
#pragma once

#include "server/call.h"
#include "server/work_queue.h"

#include <uv.h>

#define EXECUTOR_LONG_READS 2u

/* All borrowed. Each connection is used by one thread at a time. */
struct executor_stores {
	struct db *write_db;
	struct db *read_db;
	struct db *long_dbs[EXECUTOR_LONG_READS];
	struct db *checkpoint_db;
};

struct executor;

struct executor *executor_new(uv_loop_t *loop, const struct dispatch *dispatch, const struct executor_stores *stores,
	const struct work_queue_limits *limits);
void executor_free(struct executor *executor);

/* Run a prepared call; call->on_done comes on the loop, perhaps before this returns. */
void executor_submit(struct executor *executor, struct call *call);

/* Commit what the turn brought. To be called before the loop blocks: in uv_check and in uv_prepare. */
void executor_turn(struct executor *executor);
/* Writes wait that a turn would run now. */
bool executor_needs_turn(const struct executor *executor);

/*
 * Call `on_quiet` once nothing of a call runs in the pool, and start nothing there before it has returned: for changing
 * what handlers only read (keys, policies). One at a time; a second request joins the first.
 */
void executor_when_quiet(struct executor *executor, void (*on_quiet)(void *context), void *context);

/* Call `on_commit` after each commit, before its calls are done; `calls`: how many it was for. */
void executor_watch_commits(struct executor *executor, void (*on_commit)(void *context, unsigned calls), void *context);

/* Answer with 503 what waits for the pool; what runs is finished. */
void executor_refuse_queued(struct executor *executor);
bool executor_is_idle(const struct executor *executor);
