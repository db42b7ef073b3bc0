/* Writes: those of one turn of the loop join one transaction, and their replies leave when it is on disk. */
#pragma once

#include "server/call.h"

#include <uv.h>

struct writer;
typedef void (*writer_done)(void *context, struct call *call);
/* After each commit, on the loop: what was read before is old. `calls`: how many it was for. */
typedef void (*writer_committed)(void *context, unsigned calls);

/* `db` is the one write connection. All borrowed. */
struct writer *writer_new(uv_loop_t *loop, const struct dispatch *dispatch, struct db *db, writer_done on_done,
	writer_committed on_committed, void *context);
void writer_free(struct writer *writer);

/* Queue the call; it runs at the next turn, or with the next group while the connection is away. */
void writer_submit(struct writer *writer, struct call *call);

/* Run and commit what is queued. Before the loop blocks: in uv_check and in uv_prepare. */
void writer_turn(struct writer *writer);

/* The connection is at home, and something could run on it. */
bool writer_needs_turn(const struct writer *writer);
/* Nothing queued, nothing on its way to the disk. */
bool writer_is_idle(const struct writer *writer);
/* A long write runs in the pool. */
bool writer_is_long(const struct writer *writer);
/* While paused, no long write starts. */
void writer_pause(struct writer *writer, bool is_paused);
