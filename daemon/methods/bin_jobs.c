/* What becomes of tasks by themselves. */
#include "methods/bin_jobs.h"

#include "common/cleanup.h"
#include "methods/series_edit.h"
#include "methods/services.h"
#include "methods/task_purge.h"
#include "store/meta_store.h"
#include "store/task_bin.h"
#include "store/task_store.h"

#include <stdlib.h>

/* 2025-01-01, before the first release: no clock that is right shows less. */
#define CLOCK_EPOCH INT64_C(1735689600)

/* What is done to each of the tasks that were found. */
struct bin_act {
	const char *action;
	enum error (*transition)(struct task *task, int64_t now, struct refusal *refusal); /* NULL: none */
	enum error (*save)(struct task_edit *edit, struct task_change *changes, size_t count);
};

static int compare_tasks(const void *left, const void *right)
{
	const struct task_in_account *a = left;
	const struct task_in_account *b = right;

	if (a->account_id != b->account_id)
		return a->account_id < b->account_id ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

static enum error change_one(
	struct task_edit *edit, const struct bin_act *act, const struct task_in_account *place, struct arena *arena)
{
	struct request *request = edit->request;
	const struct task_ref ref = { .id = place->id };
	struct task_change change;
	enum error error =
		task_store_find(request->db, place->account_id, &ref, arena, &change.before, &request->refusal);

	if (error)
		return error;
	change.after = change.before;
	if (act->transition)
		error = act->transition(&change.after, request->now, &request->refusal);
	return error ? error : act->save(edit, &change, 1);
}

/* The places of one account, as one step. ret_count: how many those are. */
static enum error change_account(struct request *request, const struct bin_act *act,
	const struct task_in_account *places, size_t count, size_t *ret_count)
{
	CLEANUP(task_edit_deinit) struct task_edit edit;
	CLEANUP(arena_deinit) struct arena arena;
	enum error error = ERROR_NONE;
	size_t i;

	arena_init(&arena);
	request->who = (struct identity){ .account_id = places[0].account_id, .actor = BIN_JOB_ACTOR };
	task_edit_init(&edit, request, act->action);
	for (i = 0; !error && i < count && places[i].account_id == places[0].account_id; i++) {
		error = change_one(&edit, act, &places[i], &arena);
		arena_reset(&arena);
	}
	if (!error && edit.concerns_series)
		error = series_edit_advance_all(&edit);
	*ret_count = i;
	return error;
}

static enum error change_all(
	struct request *request, const struct bin_act *act, struct task_in_account *places, size_t count)
{
	size_t done = 0;
	enum error error = ERROR_NONE;

	if (count && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	qsort(places, count, sizeof(*places), compare_tasks);
	while (!error && done < count) {
		size_t changed = 0;

		error = change_account(request, act, places + done, count - done, &changed);
		done += changed;
	}
	return error;
}

static enum error expire_tasks(struct request *request, const void *params)
{
	static const struct bin_act act = { .action = "expire", .transition = task_delete, .save = task_edit_save };
	struct task_in_account *places = arena_array(request->arena, BIN_JOB_LIMIT, sizeof(*places));
	size_t count = 0;
	enum error error = task_bin_find_expired(request->db, request->now, BIN_JOB_LIMIT, places, &count);

	(void)params; /* it takes none */
	return error ? error : change_all(request, &act, places, count);
}

static enum error purge_tasks(struct request *request, const void *params)
{
	static const struct bin_act act = { .action = "purge", .save = task_purge_save };
	struct task_in_account *places = arena_array(request->arena, BIN_JOB_LIMIT, sizeof(*places));
	int64_t reading = 0;
	size_t count = 0;
	enum error error = meta_store_integer(request->db, META_PRUNE_CLOCK, &reading);

	(void)params; /* it takes none */
	/* The system's clock may have been set back since. */
	if (reading > request->now)
		reading = request->now;
	if (!error)
		error = task_bin_find_old(request->db, CLOCK_EPOCH, reading - request->services->bin_seconds,
			BIN_JOB_LIMIT, places, &count);
	return error ? error : change_all(request, &act, places, count);
}

const struct method bin_expire_job = { .name = "job.expire",
	.summary = "Put tasks into the bin whose time has passed",
	.access = ACCESS_ANYONE,
	.store = STORE_WRITE,
	.handle = expire_tasks };

const struct method bin_purge_job = { .name = "job.purge",
	.summary = "Remove what has been in the bin for long",
	.access = ACCESS_ANYONE,
	.store = STORE_WRITE,
	.handle = purge_tasks };
