/* Periodic work: a table of jobs that go through dispatch like any request. */
#pragma once

#include "server/call.h"
#include "server/executor.h"

#include <uv.h>

/* One row. A table ends with a row whose method is NULL. */
struct server_job {
	const struct method *method; /* takes no parameters; ACCESS_ANYONE, and in no registry */
	int64_t interval_s;
	bool runs_at_stop; /* once more, so that nothing stays in memory */
};

struct jobs;

/* The first run of each job is one interval after the start, but at most a minute. */
struct jobs *jobs_new(uv_loop_t *loop, struct executor *executor, const struct dispatch *dispatch,
	const struct services *services, const struct server_job *table);
/* Run those that want it a last time, and start no more; those that run are finished by the executor. */
void jobs_stop(struct jobs *jobs);
void jobs_free(struct jobs *jobs);
