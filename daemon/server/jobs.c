/* A timer for each row of the job table: for its interval, or for less when there is something to do. */
#include "server/jobs.h"

#include "common/log.h"
#include "common/memory.h"

#include <stdlib.h>
#include <unistd.h>

/* A daemon that stops when it is idle may never live for a whole interval. */
#define FIRST_RUN_LIMIT_MS UINT64_C(60000)
#define BUSY_PAUSES        10 /* that a job leaves to others while they write */

struct job {
	uv_timer_t timer;
	struct jobs *jobs;
	const struct server_job *row;
	bool is_running;
	bool is_soon;        /* the timer is not at its interval */
	bool has_neighbours; /* others have written since the run began, or in the same commit */
	bool had_neighbours; /* the same, of the run before */
};

struct jobs {
	struct executor *executor;
	const struct dispatch *dispatch;
	const struct services *services;
	struct call_stock stock;
	size_t count;
	struct job *jobs;
};

static void on_timer(uv_timer_t *timer);

static uint64_t interval_ms(const struct job *job)
{
	return (uint64_t)job->row->interval_s * 1000;
}

/* Not once the timer is closed, which refuses it. */
static void run_soon(struct job *job, int64_t delay_ms)
{
	job->is_soon = true;
	(void)uv_timer_start(&job->timer, on_timer, (uint64_t)delay_ms, interval_ms(job));
}

/*
 * What came in the same commit as a run may have come behind it. A commit with nothing but the run is its own, or came
 * before it began: then it saw what that brought.
 */
static void note_commit(struct job *job, unsigned calls)
{
	if (!job->row->after_commit_ms || (job->is_running && calls <= 1))
		return;
	job->has_neighbours = true;
	if (!job->is_running && !job->is_soon)
		run_soon(job, job->row->after_commit_ms);
}

static void on_commit(void *context, unsigned calls)
{
	struct jobs *jobs = context;

	for (size_t i = 0; i < jobs->count; i++)
		note_commit(&jobs->jobs[i], calls);
}

static void plan_next(struct job *job, bool wants_again)
{
	if (wants_again)
		run_soon(job, job->row->pause_ms * (job->had_neighbours ? BUSY_PAUSES : 1));
	else if (job->has_neighbours)
		run_soon(job, job->row->after_commit_ms);
}

static void on_job_done(struct call *call)
{
	struct job *job = call->owner;

	if (call->end != DISPATCH_ANSWERED)
		log_warning("%s: %s", job->row->method->name, call->dispatch.request.refusal.message);
	job->is_running = false;
	plan_next(job, call->end == DISPATCH_ANSWERED && call->dispatch.request.wants_again);
	call_free(&job->jobs->stock, call);
}

/* The job's call, as if a client had sent it as a notification: nobody waits for its reply. */
static void run_job(struct job *job)
{
	struct call *call = call_new(&job->jobs->stock);

	job->is_running = true;
	job->is_soon = false;
	job->had_neighbours = job->has_neighbours;
	job->has_neighbours = false;
	call->owner = job;
	call->on_done = on_job_done;
	call->route = CALL_WRITE;
	call->dispatch.out = &call->out;
	call->dispatch.request.method = job->row->method;
	call->dispatch.request.services = job->jobs->services;
	call->dispatch.request.arena = &call->arena;
	call->dispatch.request.peer = (struct peer){ .uid = geteuid(), .gid = getegid(), .pid = getpid() };
	executor_submit(job->jobs->executor, call);
}

static void on_timer(uv_timer_t *timer)
{
	struct job *job = timer->data;

	if (!job->is_running)
		run_job(job);
}

static size_t count_rows(const struct server_job *table)
{
	size_t count = 0;

	while (table[count].method)
		count++;
	return count;
}

static uint64_t first_run_ms(const struct job *job)
{
	if (job->row->runs_at_start)
		return 0;
	return interval_ms(job) < FIRST_RUN_LIMIT_MS ? interval_ms(job) : FIRST_RUN_LIMIT_MS;
}

struct jobs *jobs_new(uv_loop_t *loop, struct executor *executor, const struct dispatch *dispatch,
	const struct services *services, const struct server_job *table)
{
	struct jobs *jobs = memory_array(1, sizeof(*jobs));

	*jobs = (struct jobs){ .executor = executor, .dispatch = dispatch, .services = services };
	jobs->count = count_rows(table);
	jobs->jobs = memory_array(jobs->count + 1, sizeof(struct job));
	for (size_t i = 0; i < jobs->count; i++) {
		struct job *job = &jobs->jobs[i];

		*job = (struct job){ .jobs = jobs, .row = &table[i] };
		job->timer.data = job;
		(void)uv_timer_init(loop, &job->timer);
		(void)uv_timer_start(&job->timer, on_timer, first_run_ms(job), interval_ms(job));
	}
	executor_watch_commits(executor, on_commit, jobs);
	return jobs;
}

void jobs_stop(struct jobs *jobs)
{
	for (size_t i = 0; i < jobs->count; i++) {
		struct job *job = &jobs->jobs[i];

		uv_close((uv_handle_t *)&job->timer, NULL);
		if (job->row->runs_at_stop && !job->is_running)
			run_job(job);
	}
}

void jobs_free(struct jobs *jobs)
{
	if (!jobs)
		return;
	call_stock_deinit(&jobs->stock);
	free(jobs->jobs);
	free(jobs);
}
