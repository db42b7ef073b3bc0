/* Reads: a snapshot for the turn, a budget for the call, two slots for what is long. */
#include "server/reader.h"

#include "common/log.h"
#include "common/memory.h"

#include <stdlib.h>
#include <time.h>

#define SHORT_BUDGET_NS INT64_C(2000000)
#define LONG_BUDGET_NS  INT64_C(30000000000)
#define RETRY_AFTER_MS  1000

struct long_slot {
	uv_work_t work;
	struct reader *reader;
	struct db *db;
	struct call *call; /* NULL: free */
};

struct reader {
	uv_loop_t *loop;
	const struct dispatch *dispatch;
	struct db *db;
	bool has_snapshot;
	bool is_paused;
	struct long_slot slots[READER_LONG_SLOTS];
	struct call_queue waiting;
	reader_done on_done;
	void *context;
};

struct reader *reader_new(uv_loop_t *loop, const struct dispatch *dispatch, struct db *short_db,
	struct db *const *long_dbs, reader_done on_done, void *context)
{
	struct reader *reader = memory_array(1, sizeof(*reader));

	reader->loop = loop;
	reader->dispatch = dispatch;
	reader->db = short_db;
	reader->on_done = on_done;
	reader->context = context;
	for (unsigned i = 0; i < READER_LONG_SLOTS; i++)
		reader->slots[i] = (struct long_slot){ .reader = reader, .db = long_dbs[i] };
	return reader;
}

void reader_free(struct reader *reader)
{
	if (!reader)
		return;
	reader_end_snapshot(reader);
	free(reader);
}

void reader_end_snapshot(struct reader *reader)
{
	if (reader->has_snapshot)
		db_rollback(reader->db);
	reader->has_snapshot = false;
}

/* --- long reads --- */

static void run_long(uv_work_t *work)
{
	struct long_slot *slot = work->data;
	struct call *call = slot->call;

	if (db_begin(slot->db)) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS, "the store is busy");
		return;
	}
	db_set_budget(slot->db, LONG_BUDGET_NS);
	call->end = dispatch_run(slot->reader->dispatch, &call->dispatch, call->phase, slot->db, (int64_t)time(NULL),
		REQUEST_IN_POOL, call->memo);
	db_set_budget(slot->db, 0);
	db_rollback(slot->db);
	if (call->end == DISPATCH_OVERRUN)
		call_refuse(call, ERROR_DEADLINE, 0, "this read took longer than 30 seconds and was given up");
	else if (call->end == DISPATCH_ABORTED || call->end == DISPATCH_DEFERRED)
		call_refuse(call, ERROR_INTERNAL, 0, "the read was given up");
}

static void start_long(struct reader *reader);

static void on_long_done(uv_work_t *work, int status)
{
	struct long_slot *slot = work->data;
	struct call *call = slot->call;

	(void)status; /* nothing is ever cancelled */
	slot->call = NULL;
	start_long(slot->reader);
	slot->reader->on_done(slot->reader->context, call);
}

static struct long_slot *find_free_slot(struct reader *reader)
{
	for (unsigned i = 0; i < READER_LONG_SLOTS; i++)
		if (!reader->slots[i].call)
			return &reader->slots[i];
	return NULL;
}

static void start_long(struct reader *reader)
{
	struct long_slot *slot;

	while (!reader->is_paused && reader->waiting.count && (slot = find_free_slot(reader))) {
		slot->call = call_queue_pop(&reader->waiting);
		slot->work.data = slot;
		(void)uv_queue_work(
			reader->loop, &slot->work, run_long, on_long_done); /* fails without a callback only */
	}
}

static void submit_long(struct reader *reader, struct call *call)
{
	if (reader->waiting.count >= READER_LONG_QUEUE_LIMIT) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS, "too many long reads are waiting");
		reader->on_done(reader->context, call);
		return;
	}
	call_queue_push(&reader->waiting, call);
	start_long(reader);
}

unsigned reader_active(const struct reader *reader)
{
	unsigned active = 0;

	for (unsigned i = 0; i < READER_LONG_SLOTS; i++)
		active += reader->slots[i].call != NULL;
	return active;
}

void reader_pause(struct reader *reader, bool is_paused)
{
	reader->is_paused = is_paused;
	start_long(reader);
}

void reader_refuse_queued(struct reader *reader)
{
	struct call *call;

	while ((call = call_queue_pop(&reader->waiting))) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS, "the daemon is stopping");
		reader->on_done(reader->context, call);
	}
}

/* --- short reads --- */

static enum error begin_snapshot(struct reader *reader)
{
	enum error error = reader->has_snapshot ? ERROR_NONE : db_begin(reader->db);

	reader->has_snapshot = !error;
	return error;
}

void reader_submit(struct reader *reader, struct call *call)
{
	if (begin_snapshot(reader)) {
		call_refuse(call, ERROR_UNAVAILABLE, RETRY_AFTER_MS, "the store is busy");
		reader->on_done(reader->context, call);
		return;
	}
	db_set_budget(reader->db, SHORT_BUDGET_NS);
	call->end = dispatch_run(reader->dispatch, &call->dispatch, call->phase, reader->db, (int64_t)time(NULL),
		REQUEST_ON_LOOP, call->memo);
	db_set_budget(reader->db, 0);
	if (call->end == DISPATCH_ABORTED)
		reader_end_snapshot(reader);
	if (call->end == DISPATCH_OVERRUN || call->end == DISPATCH_DEFERRED || call->end == DISPATCH_ABORTED)
		submit_long(reader, call);
	else
		reader->on_done(reader->context, call);
}
