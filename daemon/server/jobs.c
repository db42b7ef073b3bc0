/* A timer for each row of the job table. */
#include "server/jobs.h"

#include "common/log.h"
#include "common/memory.h"

#include <stdlib.h>
#include <unistd.h>

/* A daemon that stops when it is idle may never live for a whole interval. */
#define FIRST_RUN_LIMIT_MS UINT64_C(60000)

struct job {
	uv_timer_t timer;
	struct jobs *jobs;
	const struct server_job *row;
	bool is_running;
};

struct jobs {
	struct executor *executor;
	const struct dispatch *dispatch;
	const struct services *services;
	struct call_stock stock;
	size_t count;
	struct job *jobs;
};

static void on_job_done(struct call *call)
{
	struct job *job = call->owner;

	if (call->end != DISPATCH_ANSWERED)
		log_warning("%s: %s", job->row->method->name, call->dispatch.request.refusal.message);
	job->is_running = false;
	call_free(&job->jobs->stock, call);
}

/* The job's call, as if a client had sent it as a notification: nobody waits for its reply. */
static void run_job(struct job *job)
{
	struct call *call = call_new(&job->jobs->stock);

	job->is_running = true;
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

struct jobs *jobs_new(uv_loop_t *loop, struct executor *executor, const struct dispatch *dispatch,
	const struct services *services, const struct server_job *table)
{
	struct jobs *jobs = memory_array(1, sizeof(*jobs));

	*jobs = (struct jobs){ .executor = executor, .dispatch = dispatch, .services = services };
	jobs->count = count_rows(table);
	jobs->jobs = memory_array(jobs->count + 1, sizeof(struct job));
	for (size_t i = 0; i < jobs->count; i++) {
		struct job *job = &jobs->jobs[i];
		uint64_t interval_ms = (uint64_t)table[i].interval_s * 1000;

		*job = (struct job){ .jobs = jobs, .row = &table[i] };
		job->timer.data = job;
		(void)uv_timer_init(loop, &job->timer);
		(void)uv_timer_start(&job->timer, on_timer,
			interval_ms < FIRST_RUN_LIMIT_MS ? interval_ms : FIRST_RUN_LIMIT_MS, interval_ms);
	}
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
