/* Taking back what was done, and doing it again. */
#include "common/cleanup.h"
#include "methods/methods.h"
#include "methods/task_change.h"
#include "methods/task_undo.h"
#include "methods/task_view.h"
#include "store/act_store.h"
#include "store/history_store.h"
#include "store/task_store.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#define STEPS_LIMIT 1000

struct history_undo_params {
	struct integer_param steps;
	struct integer_param step;
	struct integer_param if_revision;
	struct boolean_param dry_run;
};

/* clang-format off */
#define UNDO_PARAMS(steps_summary)                                                                                     \
	{ .name = "steps",                                                                                             \
		.summary = steps_summary,                                                                              \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(struct history_undo_params, steps),                                                 \
		.minimum = 1,                                                                                          \
		.maximum = STEPS_LIMIT },                                                                              \
	{ .name = "if_revision",                                                                                       \
		.summary = "Only if no task of the account has changed since this revision",                           \
		.type = PARAM_INTEGER,                                                                                 \
		.offset = offsetof(struct history_undo_params, if_revision) },                                         \
	{ .name = "dry_run",                                                                                           \
		.summary = "Say what would be changed, and change nothing",                                            \
		.type = PARAM_BOOLEAN,                                                                                 \
		.offset = offsetof(struct history_undo_params, dry_run) }
/* clang-format on */

static const struct param history_undo_params[] = {
	UNDO_PARAMS("How many of the newest steps, one unless said"),
	{ .name = "step",
		.summary = "A certain older step in their place",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct history_undo_params, step),
		.minimum = 1 },
	{ 0 },
};

static const struct param history_redo_params[] = {
	UNDO_PARAMS("How many steps, one unless said"),
	{ 0 },
};

/* --- which acts --- */

/* What is to be done, in this order. */
struct plan {
	struct request *request;
	struct act *acts;
	int64_t *ends;    /* the revision behind each act */
	bool is_stripped; /* nothing is left of the last one */
	size_t count;
	int64_t change_count;
	int64_t newest_done; /* act, now; then: once the plan is carried out */
};

/* Once more changes come together than the loop has time for, it is left. */
static enum error plan_act(struct plan *plan, int64_t step)
{
	struct request *request = plan->request;
	struct act *act = &plan->acts[plan->count];
	enum error error = act_store_find(request->db, request->who.account_id, step, request->arena, act);

	if (!error)
		error = act_store_end(request->db, request->who.account_id, step, &plan->ends[plan->count]);
	if (!error)
		error = act_store_is_stripped(
			request->db, request->who.account_id, step, plan->ends[plan->count], &plan->is_stripped);
	if (error)
		return error;
	plan->change_count += plan->ends[plan->count] - step;
	plan->count++;
	if (plan->change_count > (int64_t)TASK_UNDO_BATCH && request->place == REQUEST_ON_LOOP)
		return request_defer(request);
	return ERROR_NONE;
}

/* The newest act from `step` down that is done. One that is no longer kept is taken for done. */
static enum error find_done(struct request *request, int64_t step, int64_t *ret_step)
{
	enum error error = ERROR_NONE;

	while (!error && step) {
		struct act act;

		error = act_store_find(request->db, request->who.account_id, step, request->arena, &act);
		if (error || !act.is_undone)
			break;
		step = act.previous;
	}
	*ret_step = step;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error refuse_nothing(struct request *request, int64_t newest_done)
{
	if (newest_done)
		return request_refuse(request, ERROR_GONE, "steps",
			"there is nothing left to undo: step %" PRId64 " is too old, and is no longer kept",
			newest_done);
	return request_refuse(request, ERROR_CONFLICT, "steps", "there is nothing to undo");
}

static enum error plan_newest(struct plan *plan, int64_t steps)
{
	enum error error = ERROR_NONE;

	while (!error && plan->newest_done && (int64_t)plan->count < steps) {
		error = plan_act(plan, plan->newest_done);
		if (!error)
			error = find_done(plan->request, plan->acts[plan->count - 1].previous, &plan->newest_done);
		plan->count -= !error && plan->is_stripped; /* it stands in no other's way */
	}
	if (error && error != ERROR_NOT_FOUND)
		return error;
	return plan->count ? ERROR_NONE : refuse_nothing(plan->request, plan->newest_done);
}

static enum error on_oldest(void *context, const struct history_entry *entry)
{
	*(int64_t *)context = entry->revision;
	return ERROR_NONE;
}

static enum error refuse_missing(struct request *request, int64_t step)
{
	int64_t oldest = 0;
	enum error error = history_store_each(request->db, request->who.account_id, 0, 0, 1, on_oldest, &oldest);

	if (error)
		return error;
	if (step < oldest)
		return request_refuse(request, ERROR_GONE, "step",
			"step %" PRId64 " is too old: the history is kept from revision %" PRId64 " on", step, oldest);
	return request_refuse(request, ERROR_NOT_FOUND, "step", "there is no step %" PRId64, step);
}

static enum error check_act(struct request *request, const struct act *act)
{
	if (act->is_undone)
		return request_refuse(request, ERROR_CONFLICT, "step", "step %" PRId64 " is undone already", act->step);
	if (act->is_a_persons)
		return ERROR_NONE;
	if (!strcmp(act->action, "purge"))
		return request_refuse(request, ERROR_CONFLICT, "step",
			"step %" PRId64 " is a purge, and nothing takes it back", act->step);
	if (!strcmp(act->action, "undo"))
		return request_refuse(request, ERROR_CONFLICT, "step",
			"step %" PRId64 " is an undo, which history.redo takes back", act->step);
	if (!strcmp(act->action, "redo"))
		return request_refuse(request, ERROR_CONFLICT, "step",
			"step %" PRId64 " is a redo: undo the step that it did again", act->step);
	return request_refuse(request, ERROR_CONFLICT, "step",
		"step %" PRId64 " is the daemon's own, and would only be done again", act->step);
}

static enum error plan_certain(struct plan *plan, int64_t step)
{
	enum error error = plan_act(plan, step);

	if (error == ERROR_NOT_FOUND)
		return refuse_missing(plan->request, step);
	if (!error)
		error = check_act(plan->request, &plan->acts[0]);
	if (!error && step == plan->newest_done)
		error = find_done(plan->request, plan->acts[0].previous, &plan->newest_done);
	return error;
}

static enum error plan_undone(struct plan *plan, int64_t steps)
{
	struct request *request = plan->request;
	int64_t *found = arena_array(request->arena, (size_t)steps, sizeof(*found));
	size_t count = 0;
	enum error error = act_store_find_undone(request->db, request->who.account_id, (size_t)steps, found, &count);

	for (size_t i = 0; !error && i < count; i++) {
		error = plan_act(plan, found[i]);
		if (found[i] > plan->newest_done)
			plan->newest_done = found[i];
	}
	if (!error && !count)
		return request_refuse(request, ERROR_CONFLICT, "steps",
			"there is nothing to redo: nothing was undone since the newest change");
	return error;
}

static enum error make_plan(struct request *request, enum task_undo_direction direction,
	const struct history_undo_params *params, struct plan *ret_plan)
{
	int64_t steps = params->steps.presence == PARAM_GIVEN ? params->steps.value : 1;
	enum error error;

	*ret_plan = (struct plan){ .request = request,
		.acts = arena_array(request->arena, (size_t)steps, sizeof(struct act)),
		.ends = arena_array(request->arena, (size_t)steps, sizeof(int64_t)) };
	if (params->step.presence == PARAM_GIVEN && params->steps.presence == PARAM_GIVEN)
		return request_refuse(request, ERROR_INVALID_PARAMS, "step",
			"give one of steps, how many of the newest, and step, a certain one");
	error = act_store_newest_done(request->db, request->who.account_id, &ret_plan->newest_done);
	if (error)
		return error;
	if (direction == TASK_REDO)
		return plan_undone(ret_plan, steps);
	return params->step.presence == PARAM_GIVEN ? plan_certain(ret_plan, params->step.value)
						    : plan_newest(ret_plan, steps);
}

/* --- carrying it out --- */

static enum error carry_out_act(struct task_undo *undo, const struct act *act, int64_t end)
{
	struct db *db = undo->request->db;
	int64_t account_id = undo->request->who.account_id;
	enum error error = task_undo_act(undo, act->step, end);

	if (error)
		return error;
	if (undo->direction == TASK_REDO)
		return act_store_redone(db, account_id, act->step);
	return act_store_undone(db, account_id, act->step, undo->edit.step);
}

static enum error carry_out(struct task_undo *undo, const struct plan *plan)
{
	struct request *request = undo->request;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < plan->count; i++)
		error = carry_out_act(undo, &plan->acts[i], plan->ends[i]);
	return error ? error : act_store_set_newest_done(request->db, request->who.account_id, plan->newest_done);
}

/* --- the answer --- */

static void write_acts(struct json_writer *result, const struct plan *plan)
{
	json_writer_key(result, "steps");
	json_writer_begin_array(result);
	for (size_t i = 0; i < plan->count; i++) {
		json_writer_begin_object(result);
		json_writer_member_integer(result, "step", plan->acts[i].step);
		json_writer_member_time(result, "at", plan->acts[i].at);
		json_writer_member_text(result, "action", plan->acts[i].action);
		json_writer_member_integer(result, "count", plan->ends[i] - plan->acts[i].step);
		json_writer_end_object(result);
	}
	json_writer_end_array(result);
}

/* The tasks as they have become; those that went are remembered in `ret_removed`. */
static enum error write_tasks(struct task_undo *undo, int64_t *ret_removed, size_t *ret_count)
{
	struct request *request = undo->request;
	struct json_writer *result = &request->result;
	size_t start = result->out->length;
	struct task_view view;
	enum error error = ERROR_NONE;

	task_view_init(&view, request, request->now);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
	*ret_count = 0;
	for (size_t i = 0; !error && i < undo->shown_count; i++) {
		const struct task_ref ref = { .id = undo->shown[i] };
		struct task task;

		arena_reset(&undo->arena);
		error = task_store_find(request->db, request->who.account_id, &ref, &undo->arena, &task, NULL);
		if (!error && result->out->length - start < TASK_CHANGE_BYTES)
			error = task_view_write(&view, &task);
		if (error != ERROR_NOT_FOUND)
			continue;
		ret_removed[(*ret_count)++] = undo->shown[i];
		error = ERROR_NONE;
	}
	json_writer_end_array(result);
	return error;
}

static void write_ids(struct json_writer *result, const char *name, const int64_t *ids, size_t count)
{
	json_writer_key(result, name);
	json_writer_begin_array(result);
	for (size_t i = 0; i < count; i++)
		json_writer_integer(result, ids[i]);
	json_writer_end_array(result);
}

static enum error write_answer(struct task_undo *undo, const struct plan *plan, int64_t revision)
{
	struct json_writer *result = &undo->request->result;
	int64_t removed[TASK_UNDO_SHOWN];
	size_t removed_count;
	enum error error;

	json_writer_begin_object(result);
	write_acts(result, plan);
	error = write_tasks(undo, removed, &removed_count);
	if (error)
		return error;
	write_ids(result, "removed", removed, removed_count);
	if (undo->also_open_count)
		write_ids(result, "also_open", undo->also_open, undo->also_open_count);
	json_writer_member_integer(result, "count", undo->change_count);
	json_writer_member_integer(result, "revision", revision);
	json_writer_end_object(result);
	return ERROR_NONE;
}

/* A rehearsal is the thing itself, and then rolled back: so it cannot differ from it. */
static enum error run(
	struct request *request, enum task_undo_direction direction, const struct history_undo_params *params)
{
	CLEANUP(task_undo_deinit) struct task_undo undo;
	struct plan plan;
	int64_t revision = 0;
	enum error error = task_change_check_revision(request, &params->if_revision);

	task_undo_init(&undo, request, direction, params->step.presence == PARAM_GIVEN ? "step" : "steps");
	request->is_rehearsed = params->dry_run.value;
	if (!error)
		error = task_store_revision(request->db, request->who.account_id, &revision);
	if (!error)
		error = make_plan(request, direction, params, &plan);
	if (!error)
		error = carry_out(&undo, &plan);
	if (error)
		return error;
	return write_answer(&undo, &plan, params->dry_run.value ? revision : undo.edit.revision);
}

static enum error history_undo(struct request *request, const struct history_undo_params *params)
{
	return run(request, TASK_UNDO, params);
}

static enum error history_redo(struct request *request, const struct history_undo_params *params)
{
	return run(request, TASK_REDO, params);
}

METHOD_HANDLER(history_undo, struct history_undo_params)
METHOD_HANDLER(history_redo, struct history_undo_params)

const struct method undo_methods[] = {
	{ .name = "history.undo",
		.summary = "Take back the newest steps, or a certain one",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = history_undo_params,
		.params_size = sizeof(struct history_undo_params),
		.handle = history_undo_handler },
	{ .name = "history.redo",
		.summary = "Do again what was undone last",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = history_redo_params,
		.params_size = sizeof(struct history_undo_params),
		.handle = history_redo_handler },
	{ 0 },
};
