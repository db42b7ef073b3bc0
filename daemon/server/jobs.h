/* Periodic work, and what is left over by commits: a table of jobs that go through dispatch like any request. */
#pragma once

#include "server/call.h"
#include "server/executor.h"

#include <uv.h>

/* One row. A table ends with a row whose method is NULL. */
struct server_job {
	const struct method *method; /* takes no parameters; ACCESS_ANYONE, and in no registry */
	int64_t interval_s;
	bool runs_at_start; /* at once, too: what fell due while nobody ran */
	bool runs_at_stop;  /* once more, so that nothing stays in memory */
	/*
	 * For what need not be done before a write is answered. The job runs so long after a commit, which others may
	 * follow in the meantime; 0: commits are nothing to it. While a run says that there is more (wants_again), the
	 * next one comes pause_ms later, and ten times as much later while others write.
	 */
	int64_t after_commit_ms;
	int64_t pause_ms;
};

struct jobs;

/* The first run of each job is one interval after the start, but at most a minute, or at once where its row says so. */
struct jobs *jobs_new(uv_loop_t *loop, struct executor *executor, const struct dispatch *dispatch,
	const struct services *services, const struct server_job *table);
/* Run those that want it a last time, and start no more; those that run are finished by the executor. */
void jobs_stop(struct jobs *jobs);
void jobs_free(struct jobs *jobs);
