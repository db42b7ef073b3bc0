/* Routes: a call goes to the reader, the writer or the work queue, by its method's row and by how its phase ended. */
#include "server/executor.h"

#include "common/memory.h"
#include "server/checkpointer.h"
#include "server/reader.h"
#include "server/writer.h"

#include <stdlib.h>
#include <time.h>

struct executor {
	const struct dispatch *dispatch;
	struct reader *reader;
	struct writer *writer;
	struct work_queue *work_queue;
	struct checkpointer *checkpointer;
	unsigned in_hand; /* calls submitted and not done */
	void (*on_quiet)(void *context);
	void *quiet_context;
	void (*on_commit)(void *context, unsigned calls);
	void *commit_context;
};

static void settle_quiet(struct executor *executor);

static void finish(struct executor *executor, struct call *call)
{
	executor->in_hand--;
	call->on_done(call);
}

/* A phase has ended somewhere: on to the next one, or done. */
static void on_phase_done(void *context, struct call *call)
{
	struct executor *executor = context;

	if (call->end != DISPATCH_CONTINUE)
		finish(executor, call);
	else if (call->phase == DISPATCH_READ && call->dispatch.request.method->work)
		work_queue_submit(executor->work_queue, call);
	else
		writer_submit(executor->writer, call);
	settle_quiet(executor);
}

static void on_committed(void *context, unsigned calls)
{
	struct executor *executor = context;

	reader_end_snapshot(executor->reader);
	checkpointer_note_commit(executor->checkpointer);
	if (executor->on_commit)
		executor->on_commit(executor->commit_context, calls);
}

struct executor *executor_new(uv_loop_t *loop, const struct dispatch *dispatch, const struct executor_stores *stores,
	const struct work_queue_limits *limits)
{
	struct executor *executor = memory_array(1, sizeof(*executor));

	executor->dispatch = dispatch;
	executor->reader = reader_new(loop, dispatch, stores->read_db, stores->long_dbs, on_phase_done, executor);
	executor->writer = writer_new(loop, dispatch, stores->write_db, on_phase_done, on_committed, executor);
	executor->work_queue = work_queue_new(loop, dispatch, limits, on_phase_done, executor);
	executor->checkpointer = checkpointer_new(loop, stores->checkpoint_db);
	return executor;
}

void executor_free(struct executor *executor)
{
	if (!executor)
		return;
	reader_free(executor->reader);
	writer_free(executor->writer);
	work_queue_free(executor->work_queue);
	checkpointer_free(executor->checkpointer);
	free(executor);
}

static void run_immediately(struct executor *executor, struct call *call)
{
	call->end = dispatch_run(executor->dispatch, &call->dispatch, call->phase, NULL, (int64_t)time(NULL),
		REQUEST_ON_LOOP, call->memo);
	finish(executor, call);
}

void executor_submit(struct executor *executor, struct call *call)
{
	executor->in_hand++;
	switch (call->route) {
	case CALL_ANSWERED:
		finish(executor, call);
		return;
	case CALL_IMMEDIATE:
		run_immediately(executor, call);
		return;
	case CALL_READ:
	case CALL_PHASED:
		reader_submit(executor->reader, call);
		return;
	case CALL_WRITE:
		writer_submit(executor->writer, call);
		return;
	}
}

void executor_turn(struct executor *executor)
{
	writer_turn(executor->writer);
	reader_end_snapshot(executor->reader);
}

bool executor_needs_turn(const struct executor *executor)
{
	return writer_needs_turn(executor->writer);
}

/* --- quiet moments --- */

static void pause_pool(struct executor *executor, bool is_paused)
{
	reader_pause(executor->reader, is_paused);
	writer_pause(executor->writer, is_paused);
	work_queue_pause(executor->work_queue, is_paused);
}

static bool is_quiet(const struct executor *executor)
{
	return !reader_active(executor->reader) && !writer_is_long(executor->writer) &&
	       !work_queue_is_active(executor->work_queue);
}

static void settle_quiet(struct executor *executor)
{
	void (*on_quiet)(void *context) = executor->on_quiet;

	if (!on_quiet || !is_quiet(executor))
		return;
	executor->on_quiet = NULL;
	on_quiet(executor->quiet_context);
	pause_pool(executor, false);
}

void executor_when_quiet(struct executor *executor, void (*on_quiet)(void *context), void *context)
{
	executor->on_quiet = on_quiet;
	executor->quiet_context = context;
	pause_pool(executor, true);
	settle_quiet(executor);
}

void executor_watch_commits(struct executor *executor, void (*on_commit)(void *context, unsigned calls), void *context)
{
	executor->on_commit = on_commit;
	executor->commit_context = context;
}

/* --- the end --- */

void executor_refuse_queued(struct executor *executor)
{
	reader_refuse_queued(executor->reader);
	work_queue_refuse_queued(executor->work_queue);
}

bool executor_is_idle(const struct executor *executor)
{
	return !executor->in_hand && writer_is_idle(executor->writer) &&
	       !checkpointer_is_active(executor->checkpointer);
}
