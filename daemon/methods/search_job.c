/* Indexing words: a little at a time, in the pool, between the writes of others. */
#include "methods/search_job.h"

#include "store/search_store.h"

#include <time.h>

#define RUN_NS INT64_C(10000000)

static int64_t monotonic_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static enum error index_some(struct request *request)
{
	int64_t deadline = monotonic_ns() + RUN_NS;
	bool was_any = true;
	enum error error = ERROR_NONE;

	while (!error && was_any && monotonic_ns() < deadline)
		error = search_store_index_one(request->db, &was_any);
	request->wants_again = was_any;
	return error;
}

static enum error index_words(struct request *request, const void *params)
{
	bool is_complete = false;
	enum error error = search_store_is_complete(request->db, &is_complete);

	(void)params;
	if (error || is_complete)
		return error;
	if (request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return index_some(request);
}

const struct method search_job = { .name = "job.index_words",
	.summary = "Bring the words of tasks into the index",
	.access = ACCESS_ANYONE,
	.store = STORE_WRITE,
	.handle = index_words };
