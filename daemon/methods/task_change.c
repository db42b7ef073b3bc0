/* One act over a selection of tasks, and its answer. */
#include "methods/task_change.h"

#include "common/cleanup.h"
#include "methods/series_edit.h"
#include "methods/task_view.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

#include <inttypes.h>

/* An act on its way through its selection. */
struct task_change_run {
	struct request *request;
	const struct task_act *act;
	struct task_selection selection;
	struct task_edit edit;
	struct task_view view;
	bool is_dry;
	int64_t count;
	size_t result_start; /* in the reply */
	int64_t shown[TASK_CHANGE_SHOWN];
	size_t shown_count;
	int64_t derived_when_shown; /* edit.derived; when it has grown since, what was shown may be out of date */
	struct id_list roots;       /* tasks with parts that the act's rule is to be asked about */
	struct id_list chosen;      /* of a rehearsal: the tasks that it would have changed */
};

static void end_run(struct task_change_run *run)
{
	task_selection_close(&run->selection);
	task_edit_deinit(&run->edit);
}

static void begin_result(struct task_change_run *run)
{
	struct json_writer *result = &run->request->result;

	json_writer_init(result, result->out);
	json_writer_begin_object(result);
	json_writer_key(result, "tasks");
	json_writer_begin_array(result);
}

enum error task_change_check_revision(struct request *request, const struct integer_param *if_revision)
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

/* ret_fits false: it is a template, whose fields belong together, and a filter found it. */
static enum error check_series(struct task_change_run *run, const struct task *before, bool *ret_fits)
{
	*ret_fits = !run->act->series_advice || before->status != TASK_RECURRING;
	if (*ret_fits || run->selection.is_by_filter)
		return ERROR_NONE;
	return request_refuse(run->request, ERROR_CONFLICT, "series", "task %" PRId64 " is a series; %s", before->id,
		run->act->series_advice);
}

static enum error apply_fields(
	struct task_change_run *run, const struct task *before, struct task *after, bool *ret_fits)
{
	const struct task_act *act = run->act;
	struct request *request = run->request;
	struct arena *arena = &run->selection.arena;
	enum error error = check_series(run, before, ret_fits);

	if (error || !*ret_fits)
		return error;
	error = act->apply ? act->apply(act->apply_context, after, arena, &request->refusal)
			   : task_patch_apply(act->patch, after, arena, &request->refusal);
	if (!error && task_fields_differ(before, after))
		task_touch(after, request->now);
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
		return apply_fields(run, before, after, ret_fits);
	error = run->act->transition(after, request->now, &said);
	*ret_fits = !error;
	if (!error || run->selection.is_by_filter)
		return ERROR_NONE;
	return request_refuse(
		request, error, run->selection.params->ids.presence == PARAM_GIVEN ? "ids" : "id", "%s", said.message);
}

/* --- showing --- */

static bool has_room(const struct task_change_run *run)
{
	return run->shown_count < TASK_CHANGE_SHOWN &&
	       run->request->result.out->length - run->result_start < TASK_CHANGE_BYTES;
}

static enum error show_batch(struct task_change_run *run, const struct task_change *changes, size_t count)
{
	enum error error = ERROR_NONE;

	if (!run->shown_count)
		run->derived_when_shown = run->edit.derived;
	for (size_t i = 0; !error && i < count && has_room(run); i++) {
		run->shown[run->shown_count++] = changes[i].after.id;
		error = task_view_write(&run->view, &changes[i].after);
	}
	run->count += (int64_t)count;
	return error;
}

static enum error show_stored(struct task_change_run *run, int64_t id)
{
	struct request *request = run->request;
	const struct task_ref ref = { .id = id };
	struct task task;
	enum error error;

	arena_reset(&run->selection.arena);
	error = task_store_find(
		request->db, request->who.account_id, &ref, &run->selection.arena, &task, &request->refusal);
	return error ? error : task_view_write(&run->view, &task);
}

/* What came later may have changed the counts of those that were shown, unless they are gone. */
static enum error show_again(struct task_change_run *run)
{
	struct json_writer *result = &run->request->result;
	enum error error = ERROR_NONE;

	if (run->is_dry || run->act->save || run->edit.derived == run->derived_when_shown)
		return ERROR_NONE;
	buffer_truncate(result->out, run->result_start);
	begin_result(run);
	for (size_t i = 0; !error && i < run->shown_count; i++)
		error = show_stored(run, run->shown[i]);
	return error;
}

/* --- going through the selection --- */

static enum error save_changes(struct task_change_run *run, struct task_change *changes, size_t count)
{
	return run->act->save ? run->act->save(&run->edit, changes, count) : task_edit_save(&run->edit, changes, count);
}

static enum error try_changes(struct task_change_run *run, struct task_change *changes, size_t count)
{
	if (run->act->save)
		return run->act->try ? run->act->try(&run->edit, changes, count) : ERROR_NONE;
	return task_edit_try(&run->edit, changes, count);
}

/* What was made here may match the same filter. */
static void end_before_new(struct task_change_run *run, const struct task_change *changes, size_t count)
{
	if (count && !run->selection.end_id && changes[0].after.id > changes[0].before.id)
		run->selection.end_id = changes[0].after.id;
}

static void note_for_parts(struct task_change_run *run, const struct task_change *change)
{
	if (run->act->parts == TASK_PARTS_STAY)
		return;
	if (change->before.children)
		id_list_add(&run->roots, change->before.id);
	if (run->is_dry)
		id_list_add(&run->chosen, change->before.id);
}

static enum error make_changes(struct task_change_run *run, struct task_change *changes, size_t count)
{
	enum error error = run->is_dry ? try_changes(run, changes, count) : save_changes(run, changes, count);

	if (!error)
		end_before_new(run, changes, count);
	return error ? error : show_batch(run, changes, count);
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
		note_for_parts(run, change);
		kept++;
	}
	return make_changes(run, changes, kept);
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

/* --- the parts that follow --- */

static enum error change_parts(struct task_change_run *run, const int64_t *ids, size_t count)
{
	struct request *request = run->request;
	struct arena *arena = &run->selection.arena;
	struct task_change *changes = arena_array(arena, count, sizeof(*changes));
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++) {
		const struct task_ref ref = { .id = ids[i] };

		error = task_store_find(
			request->db, request->who.account_id, &ref, arena, &changes[i].before, &request->refusal);
		changes[i].after = changes[i].before;
		if (!error)
			error = run->act->transition(&changes[i].after, request->now, &request->refusal);
	}
	return error ? error : make_changes(run, changes, count);
}

static enum error follow(struct task_change_run *run, const struct id_list *parts)
{
	enum error error = ERROR_NONE;

	if (parts->count > TASK_SELECTION_BATCH && run->request->place == REQUEST_ON_LOOP)
		return request_defer(run->request);
	for (size_t i = 0; !error && i < parts->count; i += TASK_SELECTION_BATCH) {
		size_t left = parts->count - i;

		arena_reset(&run->selection.arena);
		error = change_parts(run, parts->ids + i, left < TASK_SELECTION_BATCH ? left : TASK_SELECTION_BATCH);
	}
	return error;
}

/* When all that was selected is done, so that its parts that were selected too are no longer in the way. */
static enum error settle_parts(struct task_change_run *run)
{
	struct id_list parts;
	enum error error;

	if (!run->roots.count)
		return ERROR_NONE;
	error = task_parts_find(run->request, &run->roots, &run->chosen, run->act->parts, &parts);
	if (error || !parts.count)
		return error;
	if (run->act->parts == TASK_PARTS_ASK)
		return task_parts_refuse(run->request, &run->roots, &parts, run->act->parts_word);
	return follow(run, &parts);
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
	error = show_again(run);
	if (error)
		return error;
	json_writer_end_array(&request->result);
	json_writer_member_integer(&request->result, "count", run->count);
	json_writer_member_integer(&request->result, "revision", revision);
	if (run->act->doubts)
		doubts_write(run->act->doubts, &request->result);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

enum error task_change_run(struct request *request, const struct selection_params *params, const struct task_act *act)
{
	CLEANUP(end_run)
	struct task_change_run run = { .request = request, .act = act, .is_dry = params->dry_run.value };
	enum error error = task_change_check_revision(request, &params->if_revision);

	task_edit_init(&run.edit, request, act->action);
	task_view_init(&run.view, request, request->now);
	id_list_init(&run.roots, request->arena);
	id_list_init(&run.chosen, request->arena);
	if (!error)
		error = task_selection_open(&run.selection, request, params);
	if (error)
		return error;
	run.result_start = request->result.out->length;
	begin_result(&run);
	error = change_all(&run);
	if (!error)
		error = settle_parts(&run);
	if (!error && run.edit.concerns_series)
		error = series_edit_advance_all(&run.edit);
	return error ? error : write_end(&run);
}
