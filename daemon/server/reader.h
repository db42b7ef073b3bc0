/* Reads: short ones on the loop, in one snapshot a turn and under a budget; long ones in the pool. */
#pragma once

#include "server/call.h"

#include <uv.h>

#define READER_LONG_SLOTS       2u
#define READER_LONG_QUEUE_LIMIT 64u

struct reader;

/* What is done with a call whose phase ended: it is finished, or it continues. */
typedef void (*reader_done)(void *context, struct call *call);

/* All borrowed. long_dbs has READER_LONG_SLOTS connections. */
struct reader *reader_new(uv_loop_t *loop, const struct dispatch *dispatch, struct db *short_db,
	struct db *const *long_dbs, reader_done on_done, void *context);
void reader_free(struct reader *reader);

/* Run the call's phase; on_done comes before this returns, or later where it goes to the pool. */
void reader_submit(struct reader *reader, struct call *call);

/* What was read so far this turn is old: the next read sees what has been committed since. */
void reader_end_snapshot(struct reader *reader);

/* Long reads that run in the pool now. */
unsigned reader_active(const struct reader *reader);
/* While paused, no long read starts; they wait. */
void reader_pause(struct reader *reader, bool is_paused);
/* Answer those that wait with 503. */
void reader_refuse_queued(struct reader *reader);
