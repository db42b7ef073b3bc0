/* One act over a selection of tasks, and its answer. */
#include "methods/task_change.h"

#include "common/cleanup.h"
#include "methods/task_edit.h"
#include "methods/task_view.h"
#include "store/task_store.h"

#include <inttypes.h>

/* An act on its way through its selection. */
struct task_change_run {
	struct request *request;
	const struct task_act *act;
	struct task_selection selection;
	struct task_edit edit;
	bool is_dry;
	int64_t count;
	size_t result_start; /* in the reply */
};

static void end_run(struct task_change_run *run)
{
	task_selection_close(&run->selection);
	task_edit_deinit(&run->edit);
}

static enum error check_revision(struct request *request, const struct integer_param *if_revision)
{
	int64_t revision;
	enum error error;

	if (if_revision->presence != PARAM_GIVEN)
		return ERROR_NONE;
	error = task_store_revision(request->db, request->who.account_id, &revision);
	if (error)
		return error;
	if (revision != if_revision->value)
		return request_refuse(request, ERROR_CONFLICT, "if_revision",
			"tasks have changed: the revision is %" PRId64 ", not %" PRId64, revision, if_revision->value);
	return ERROR_NONE;
}

static enum error apply_patch(struct task_change_run *run, const struct task *before, struct task *after)
{
	enum error error = task_patch_apply(run->act->patch, after, &run->selection.arena, &run->request->refusal);

	if (!error && task_edit_differs(before, after))
		task_touch(after, run->request->now);
	return error;
}

/* ret_fits false: the act does not fit this task, and a filter found it. */
static enum error apply_act(struct task_change_run *run, const struct task *before, struct task *after, bool *ret_fits)
{
	struct request *request = run->request;
	struct refusal said;
	enum error error;

	*after = *before;
	*ret_fits = true;
	if (!run->act->transition)
		return apply_patch(run, before, after);
	error = run->act->transition(after, request->now, &said);
	*ret_fits = !error;
	if (!error || run->selection.is_by_filter)
		return ERROR_NONE;
	return request_refuse(
		request, error, run->selection.params->ids.presence == PARAM_GIVEN ? "ids" : "id", "%s", said.message);
}

static void show_task(struct task_change_run *run, const struct task *task)
{
	struct json_writer *result = &run->request->result;

	if (run->count++ < TASK_CHANGE_SHOWN && result->out->length - run->result_start < TASK_CHANGE_BYTES)
		task_view_write(result, task, run->request->now);
}

static enum error change_batch(struct task_change_run *run, const struct task *tasks, size_t count)
{
	struct task_change *changes = arena_array(&run->selection.arena, count, sizeof(*changes));
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct task_change *change = &changes[kept];
		bool fits;
		enum error error = apply_act(run, &tasks[i], &change->after, &fits);

		if (error)
			return error;
		if (!fits)
			continue;
		change->before = tasks[i];
		show_task(run, &change->after);
		kept++;
	}
	return run->is_dry ? ERROR_NONE : task_edit_save(&run->edit, changes, kept);
}

static enum error change_all(struct task_change_run *run)
{
	struct task *tasks;
	size_t count;
	enum error error = task_selection_next(&run->selection, &tasks, &count);

	while (!error && count) {
		error = change_batch(run, tasks, count);
		if (!error)
			error = task_selection_next(&run->selection, &tasks, &count);
	}
	return error;
}

static enum error write_end(struct task_change_run *run)
{
	struct request *request = run->request;
	int64_t revision = run->edit.revision;
	enum error error = ERROR_NONE;

	if (!revision)
		error = task_store_revision(request->db, request->who.account_id, &revision);
	if (error)
		return error;
	json_writer_end_array(&request->result);
	json_writer_member_integer(&request->result, "count", run->count);
	json_writer_member_integer(&request->result, "revision", revision);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

enum error task_change_run(struct request *request, const struct selection_params *params, const struct task_act *act)
{
	CLEANUP(end_run)
	struct task_change_run run = { .request = request, .act = act, .is_dry = params->dry_run.value };
	enum error error = check_revision(request, &params->if_revision);

	task_edit_init(&run.edit, request, act->action);
	if (!error)
		error = task_selection_open(&run.selection, request, params);
	if (error)
		return error;
	run.result_start = request->result.out->length;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "tasks");
	json_writer_begin_array(&request->result);
	error = change_all(&run);
	return error ? error : write_end(&run);
}
