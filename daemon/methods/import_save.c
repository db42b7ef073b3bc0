/* In batches, so that what tasks derive from each other is looked at once for many. */
#include "methods/import_save.h"

#include "store/series_store.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

#define ARENA_BYTES ((size_t)4 * 1024 * 1024)

/* It needs itself, by way of others. Where the rest is to be taken it is without its links. */
static enum error save_without_links(struct import_run *run, struct task_change *change, int64_t position)
{
	enum error error = import_run_refuse(run, ERROR_CONFLICT, position, "depends",
		"it would need itself, by what it and others depend on and are parts of; or it lies too deep");

	if (error)
		return error;
	change->after.parent = change->before.parent;
	change->after.depends = change->before.depends;
	change->after.depend_count = change->before.depend_count;
	return task_edit_save(&run->edit, change, 1);
}

/* One of them cannot be: which? */
static enum error save_singly(struct import_run *run)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < run->change_count; i++) {
		error = task_edit_save(&run->edit, &run->changes[i], 1);
		if (error == ERROR_CONFLICT)
			error = save_without_links(run, &run->changes[i], run->positions[i]);
	}
	return error;
}

enum error import_save_rest(struct import_run *run)
{
	enum error error = task_edit_save(&run->edit, run->changes, run->change_count);

	if (error == ERROR_CONFLICT)
		error = save_singly(run);
	run->change_count = 0;
	return error;
}

/* What is in hand is written before its texts are given up. */
enum error import_save_make_room(struct import_run *run)
{
	enum error error = ERROR_NONE;

	if (run->arena.total > ARENA_BYTES)
		error = import_save_rest(run);
	if (!run->change_count && run->arena.block)
		arena_reset(&run->arena);
	return error;
}

static enum error set_next(struct import_run *run, const struct task *task)
{
	struct request *request = run->request;

	return series_store_set_next(request->db, request->who.account_id, task->id, SERIES_STORE_AT_ONCE);
}

static enum error add_change(
	struct import_run *run, const struct task *before, const struct task *after, int64_t position)
{
	enum error error = ERROR_NONE;
	bool is_template = after->status == TASK_RECURRING;

	run->positions[run->change_count] = position;
	run->changes[run->change_count++] = (struct task_change){ .before = *before, .after = *after };
	if (run->change_count == IMPORT_BATCH || is_template)
		error = import_save_rest(run);
	return error || !is_template ? error : set_next(run, after);
}

/* Two instances of a series have not the same number: whoever comes later loses it. */
static enum error free_occurrence(struct import_run *run, struct task *task, int64_t position)
{
	struct task other;
	enum error error;

	if (!task->series || task->occurrence == TASK_NO_TIME)
		return ERROR_NONE;
	error = import_save_rest(run);
	if (!error)
		error = series_store_find_instance(run->request->db, run->request->who.account_id, task->series,
			task->occurrence, &run->arena, &other);
	if (error == ERROR_NOT_FOUND || (!error && other.id == task->id))
		return ERROR_NONE;
	if (error)
		return error;
	import_notes_add(&run->warnings, position, "occurrence",
		"its number was left out: the series has another task of that number");
	task->occurrence = TASK_NO_TIME;
	return ERROR_NONE;
}

static enum error add_new(struct import_run *run, struct task *task, int64_t position)
{
	task->version = 1;
	if (task->modified == TASK_NO_TIME)
		task->modified = run->request->now;
	run->added++;
	return add_change(run, &task_empty, task, position);
}

/* What the daemon gives stays as it is, what follows from other tasks too. */
static void adopt_given(const struct task *before, struct task *after)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_DERIVED)
			*(int64_t *)(void *)((char *)after + field->offset) = task_field_integer(field, before);
	after->created = before->created;
	after->version = before->version;
}

static enum error update(struct import_run *run, struct task *task, int64_t position)
{
	struct request *request = run->request;
	const struct task_ref ref = { .id = task->id };
	bool is_dated = task->modified != TASK_NO_TIME;
	struct task before;
	enum error error =
		task_store_find(request->db, request->who.account_id, &ref, &run->arena, &before, &request->refusal);

	if (error)
		return error;
	adopt_given(&before, task);
	if ((is_dated && task->modified <= before.modified) || !task_fields_differ(&before, task)) {
		run->unchanged++;
		return ERROR_NONE;
	}
	task_touch(task, is_dated ? task->modified : request->now);
	run->updated++;
	return add_change(run, &before, task, position);
}

static enum error put_task(struct import_run *run, struct task *task, bool is_new, int64_t position)
{
	if (is_new)
		return add_new(run, task, position);
	switch (run->conflict) {
	case IMPORT_UPDATE:
		return update(run, task, position);
	case IMPORT_SKIP:
		run->unchanged++;
		return ERROR_NONE;
	case IMPORT_REFUSE:
		break;
	}
	return import_run_refuse(run, ERROR_CONFLICT, position, "uuid", "the account has this task already");
}

enum error import_save_put(struct import_run *run, struct task *task, bool is_new, int64_t position)
{
	enum error error = free_occurrence(run, task, position);

	return error ? error : put_task(run, task, is_new, position);
}
