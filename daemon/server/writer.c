/*
 * Group commit on the one write connection, which is passed like a baton: at home it belongs to the loop; away it
 * belongs to a pool thread, which commits a group or runs one long write.
 */
#include "server/writer.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "common/memory.h"

#include <stdlib.h>
#include <time.h>

#define GROUP_LIMIT          512u
#define GROUP_BUDGET_NS      INT64_C(10000000)
#define LOOP_COMMIT_LIMIT_NS INT64_C(1000000) /* a disk that syncs faster than this earns the loop */
#define RETRY_AFTER_MS       200

enum baton { BATON_HOME, BATON_COMMITS, BATON_LONG };

struct writer {
	uv_loop_t *loop;
	const struct dispatch *dispatch;
	struct db *db;
	enum baton baton;
	bool is_turning;
	bool is_paused;
	bool is_unhealed;        /* a commit with an unknown outcome has not been completed over yet */
	struct call_queue queue; /* not run yet */
	struct call_queue group; /* run, and waiting for the commit */
	unsigned alone;          /* so many calls get a transaction of their own: a neighbour ended theirs */
	struct call *deferred;   /* asked to run in the pool: next, before the rest of the queue */
	uv_work_t work;
	enum error commit_error;
	writer_done on_done;
	writer_committed on_committed;
	void *context;
};

struct writer *writer_new(uv_loop_t *loop, const struct dispatch *dispatch, struct db *db, writer_done on_done,
	writer_committed on_committed, void *context)
{
	struct writer *writer = memory_array(1, sizeof(*writer));

	writer->loop = loop;
	writer->dispatch = dispatch;
	writer->db = db;
	writer->on_done = on_done;
	writer->on_committed = on_committed;
	writer->context = context;
	writer->work.data = writer;
	return writer;
}

void writer_free(struct writer *writer)
{
	free(writer);
}

void writer_submit(struct writer *writer, struct call *call)
{
	call->phase = DISPATCH_HANDLE;
	call_queue_push(&writer->queue, call);
}

bool writer_is_idle(const struct writer *writer)
{
	return writer->baton == BATON_HOME && !writer->queue.count && !writer->deferred;
}

bool writer_is_long(const struct writer *writer)
{
	return writer->baton == BATON_LONG;
}

void writer_pause(struct writer *writer, bool is_paused)
{
	writer->is_paused = is_paused;
}

/* --- after the commit --- */

static void refuse_storage(struct call *call, bool is_known)
{
	call_refuse(call, ERROR_STORAGE, 0,
		is_known ? "the disk refused the write (is it full?); nothing was stored"
			 : "the disk failed during the commit: the outcome is unknown, try again with the same "
			   "idempotency key");
}

/* A commit whose fate is unknown may come back after a crash: the next one goes over it before anything else does. */
static void heal(struct writer *writer)
{
	writer->is_unhealed = db_overwrite(writer->db) != ERROR_NONE;
	if (writer->is_unhealed)
		log_error("the disk still refuses writes; trying again with the next one");
}

static void finish_all(struct writer *writer, struct call_queue *calls)
{
	struct call *call;

	while ((call = call_queue_pop(calls)))
		writer->on_done(writer->context, call);
}

/* Those that were refused anyway keep their own words. */
static void refuse_changes(struct call_queue *calls, bool is_known)
{
	for (struct call *call = calls->first; call; call = call->next)
		if (call->end != DISPATCH_REFUSED)
			refuse_storage(call, is_known);
}

static void end_commit(struct writer *writer, enum error error)
{
	struct call_queue done = writer->group;

	writer->group = (struct call_queue){ 0 };
	if (error) {
		bool is_known = !db_commit_is_unknown(writer->db);

		if (db_is_in_transaction(writer->db))
			db_rollback(writer->db);
		refuse_changes(&done, is_known);
		if (!is_known)
			heal(writer);
	}
	writer->on_committed(writer->context, done.count);
	finish_all(writer, &done);
}

/* --- in the pool --- */

static void commit_in_pool(uv_work_t *work)
{
	struct writer *writer = work->data;

	writer->commit_error = db_commit(writer->db);
}

static void on_pool_commit(uv_work_t *work, int status)
{
	struct writer *writer = work->data;

	(void)status; /* nothing is ever cancelled */
	writer->baton = BATON_HOME;
	end_commit(writer, writer->commit_error);
}

static bool leaves_changes(enum dispatch_end end)
{
	return end == DISPATCH_ANSWERED || end == DISPATCH_KEPT;
}

static enum error run_in_pool(struct writer *writer, struct call *call)
{
	enum error error = db_begin(writer->db);

	call->end = DISPATCH_ABORTED;
	if (error)
		return error;
	call->end = dispatch_run(writer->dispatch, &call->dispatch, DISPATCH_HANDLE, writer->db, (int64_t)time(NULL),
		REQUEST_IN_POOL, call->memo);
	if (leaves_changes(call->end)) {
		error = db_commit(writer->db);
		if (!error && call->dispatch.request.wants_scrub)
			writer->dispatch->hooks.scrub(writer->dispatch->hooks.context, writer->db);
		return error;
	}
	if (call->end != DISPATCH_REFUSED && call->end != DISPATCH_REHEARSED)
		return ERROR_STORAGE;
	db_rollback(writer->db);
	return ERROR_NONE;
}

static void run_long(uv_work_t *work)
{
	struct writer *writer = work->data;

	db_set_room(writer->db, DB_ROOM_BULK);
	writer->commit_error = run_in_pool(writer, writer->group.first);
	db_set_room(writer->db, DB_ROOM_USUAL);
}

static void start_long(struct writer *writer)
{
	call_queue_push(&writer->group, TAKE(writer->deferred));
	writer->baton = BATON_LONG;
	(void)uv_queue_work(writer->loop, &writer->work, run_long, on_pool_commit); /* fails without a callback only */
}

/* --- on the loop --- */

static int64_t monotonic_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* The store itself ended the transaction under `culprit`: refuse it, and run its neighbours again, each alone. */
static void abort_group(struct writer *writer, struct call *culprit)
{
	if (db_is_in_transaction(writer->db))
		db_rollback(writer->db);
	writer->alone += writer->group.count;
	call_queue_prepend(&writer->queue, &writer->group);
	refuse_storage(culprit, true);
	writer->on_done(writer->context, culprit);
}

static enum dispatch_end run_in_savepoint(struct writer *writer, struct call *call, int64_t now)
{
	enum dispatch_end end;

	if (db_savepoint(writer->db))
		return DISPATCH_ABORTED;
	end = dispatch_run(
		writer->dispatch, &call->dispatch, DISPATCH_HANDLE, writer->db, now, REQUEST_ON_LOOP, call->memo);
	if (end == DISPATCH_ABORTED)
		return end;
	if (leaves_changes(end))
		return db_release(writer->db) ? DISPATCH_ABORTED : end;
	return db_rollback_to_savepoint(writer->db) ? DISPATCH_ABORTED : end;
}

/* False when the group ended early: the transaction is gone, or a call wants the connection for itself. */
static bool run_one(struct writer *writer, struct call *call, int64_t now)
{
	call->end = run_in_savepoint(writer, call, now);
	switch (call->end) {
	case DISPATCH_ANSWERED:
	case DISPATCH_REFUSED:
	case DISPATCH_KEPT:
	case DISPATCH_REHEARSED:
		call_queue_push(&writer->group, call);
		return true;
	case DISPATCH_DEFERRED:
	case DISPATCH_OVERRUN:
		writer->deferred = call;
		return false;
	case DISPATCH_CONTINUE:
	case DISPATCH_ABORTED:
		abort_group(writer, call);
		return false;
	}
	return false;
}

static unsigned group_limit(struct writer *writer)
{
	if (!writer->alone)
		return GROUP_LIMIT;
	writer->alone--;
	return 1;
}

static void run_group(struct writer *writer)
{
	unsigned limit = group_limit(writer);
	int64_t deadline = monotonic_ns() + GROUP_BUDGET_NS;
	int64_t now = (int64_t)time(NULL);

	while (writer->queue.count && writer->group.count < limit) {
		if (!run_one(writer, call_queue_pop(&writer->queue), now))
			return;
		if (monotonic_ns() > deadline)
			return;
	}
}

static bool commits_on_loop(const struct writer *writer)
{
	int64_t average = db_commit_average_ns(writer->db);

	return average >= 0 && average < LOOP_COMMIT_LIMIT_NS;
}

static void commit_group(struct writer *writer)
{
	if (!db_is_in_transaction(writer->db))
		return;
	if (commits_on_loop(writer)) {
		end_commit(writer, db_commit(writer->db));
		return;
	}
	writer->baton = BATON_COMMITS;
	(void)uv_queue_work(writer->loop, &writer->work, commit_in_pool, on_pool_commit);
}

/* Nothing can be written now: everybody who waits is told so. */
static void refuse_queue(struct writer *writer, enum error error)
{
	struct call_queue refused = writer->queue;

	writer->queue = (struct call_queue){ 0 };
	writer->alone = 0;
	for (struct call *call = refused.first; call; call = call->next) {
		if (error == ERROR_UNAVAILABLE)
			call_refuse(call, error, RETRY_AFTER_MS, "the store is busy");
		else
			refuse_storage(call, true);
	}
	finish_all(writer, &refused);
}

static void turn_once(struct writer *writer)
{
	enum error error;

	if (writer->is_unhealed)
		heal(writer);
	if (writer->is_unhealed) {
		refuse_queue(writer, ERROR_STORAGE);
		return;
	}
	error = db_begin(writer->db);
	if (error) {
		refuse_queue(writer, error);
		return;
	}
	run_group(writer);
	commit_group(writer);
}

bool writer_needs_turn(const struct writer *writer)
{
	if (writer->baton != BATON_HOME)
		return false;
	return writer->deferred ? !writer->is_paused : writer->queue.count > 0;
}

void writer_turn(struct writer *writer)
{
	if (writer->is_turning)
		return;
	writer->is_turning = true;
	while (writer_needs_turn(writer)) {
		if (writer->deferred)
			start_long(writer);
		else
			turn_once(writer);
	}
	writer->is_turning = false;
}
