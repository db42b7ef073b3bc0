/* The job that makes what series are due: in the pool, for many may fall due at midnight. */
#include "methods/series_job.h"

#include "methods/series_edit.h"
#include "store/series_store.h"

#define BATCH 200 /* series in a run: the rest follows at once, with others' writes in between */

static enum error advance_one(struct request *request, const struct task_in_account *row)
{
	struct task_edit edit;
	enum error error;

	request->who = (struct identity){ .account_id = row->account_id, .actor = "taskd" };
	task_edit_init(&edit, request, "recur");
	error = series_edit_advance(&edit, row->id);
	task_edit_deinit(&edit);
	return error;
}

static enum error run(struct request *request, const void *params)
{
	struct task_in_account *rows = arena_array(request->arena, BATCH, sizeof(*rows));
	size_t count;
	enum error error = series_store_each_due(request->db, request->now, BATCH, rows, &count);

	(void)params;
	if (!error && count && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	for (size_t i = 0; !error && i < count; i++)
		error = advance_one(request, &rows[i]);
	request->wants_again = !error && count == BATCH;
	return error;
}

const struct method series_job = {
	.name = "job.series",
	.summary = "Make the tasks that come again",
	.access = ACCESS_ANYONE,
	.store = STORE_WRITE,
	.handle = run,
};
