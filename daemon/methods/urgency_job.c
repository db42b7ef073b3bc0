/* A job: what lists by urgency go by follows the clock. */
#include "methods/urgency_job.h"

#include "store/urgency_store.h"

#define TASK_LIMIT 20000 /* of a run */

static enum error refresh(struct request *request, const void *params)
{
	int64_t count;

	(void)params;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return urgency_store_refresh(request->db, request->now - URGENCY_STORE_LAG, TASK_LIMIT, &count);
}

const struct method urgency_job = {
	.name = "job.urgency",
	.summary = "Write how the urgency of tasks goes on from here",
	.access = ACCESS_ANYONE,
	.store = STORE_WRITE,
	.handle = refresh,
};
