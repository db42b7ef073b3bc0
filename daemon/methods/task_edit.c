/* The one place through which every change of a task goes. */
#include "methods/task_edit.h"

#include "auth/secret.h"
#include "common/cleanup.h"
#include "methods/task_derive.h"
#include "methods/task_links.h"
#include "methods/task_record.h"
#include "methods/task_urgency.h"
#include "store/history_store.h"
#include "store/series_store.h"
#include "store/task_store.h"

#include <string.h>

void task_edit_init(struct task_edit *edit, struct request *request, const char *action)
{
	*edit = (struct task_edit){ .request = request, .action = action };
	buffer_init(&edit->before);
	buffer_init(&edit->after);
}

void task_edit_deinit(struct task_edit *edit)
{
	buffer_deinit(&edit->before);
	buffer_deinit(&edit->after);
}

/* --- revisions --- */

/* What the daemon does by itself is no act, and neither is taking one back. */
static bool is_act(const struct task_edit *edit)
{
	const struct identity *who = &edit->request->who;

	return !edit->is_reversal && (who->session_id || who->token_name);
}

/* New ids and new revisions in one go; the first ones of an act open it. */
static enum error count_up(struct task_edit *edit, int64_t ids, int64_t revisions, int64_t *ret_first_id)
{
	struct db *db = edit->request->db;
	int64_t account_id = edit->request->who.account_id;
	int64_t first;
	enum error error;

	if (edit->step || !is_act(edit))
		error = task_store_count_up(db, account_id, ids, revisions, ret_first_id, &first);
	else
		error = task_store_begin_act(db, account_id, ids, revisions, ret_first_id, &first, &edit->previous);
	if (error)
		return error;
	edit->revision = first - 1;
	if (!edit->step)
		edit->step = first;
	return ERROR_NONE;
}

/* Empty is as good as NULL: no record is empty. */
static enum error record(struct task_edit *edit, int64_t task_id)
{
	const struct request *request = edit->request;
	int64_t revision = ++edit->revision;
	const struct history_entry entry = { .account_id = request->who.account_id,
		.revision = revision,
		.step = edit->step,
		.is_act = revision == edit->step && is_act(edit),
		.previous = edit->previous,
		.at = request->now,
		.actor = request->who.actor,
		.action = edit->action,
		.task_id = task_id,
		.before = edit->before.length ? edit->before.data : NULL,
		.before_length = edit->before.length,
		.after = edit->after.length ? edit->after.data : NULL,
		.after_length = edit->after.length };

	return history_store_add(request->db, &entry);
}

enum error task_edit_record_purged(struct task_edit *edit, int64_t task_id)
{
	buffer_truncate(&edit->before, 0);
	buffer_truncate(&edit->after, 0);
	return record(edit, task_id);
}

/* --- writing --- */

static enum error save_new(struct task_edit *edit, const struct task *task)
{
	struct request *request = edit->request;
	struct task row = *task;
	enum error error = task_urgency_classify(request, &row);

	if (!error)
		error = task_store_insert(request->db, request->who.account_id, &row);
	if (error)
		return error;
	buffer_truncate(&edit->before, 0);
	task_record_write_new(&edit->after, task);
	return record(edit, task->id);
}

static enum error save_removed(struct task_edit *edit, const struct task *task)
{
	enum error error = task_store_remove(edit->request->db, edit->request->who.account_id, task);

	if (error)
		return error;
	task_record_write_removed(&edit->before, task);
	buffer_truncate(&edit->after, 0);
	return record(edit, task->id);
}

static enum error save_fields(struct task_edit *edit, const struct task_change *change)
{
	struct request *request = edit->request;
	struct task row = change->after;
	enum error error = task_urgency_classify(request, &row);

	if (!error)
		error = task_store_update(request->db, request->who.account_id, &change->before, &row);
	if (error)
		return error;
	task_record_write_difference(&edit->before, &change->before, &change->after);
	task_record_write_difference(&edit->after, &change->after, &change->before);
	return record(edit, change->after.id);
}

static bool is_changed(const struct task_change *change)
{
	return change->before.version != change->after.version;
}

static bool closes_instance(const struct task_change *change)
{
	return change->after.series && change->before.status == TASK_PENDING && change->after.status != TASK_PENDING;
}

static bool revives_template(const struct task_change *change)
{
	return change->before.status != TASK_RECURRING && change->after.status == TASK_RECURRING;
}

/* Whoever did it, and be it an undo: the series is looked at again, by this act or else by the job. */
static enum error note_series(struct task_edit *edit, const struct task_change *change)
{
	struct request *request = edit->request;
	bool is_closing = closes_instance(change);

	if (!is_closing && !revives_template(change))
		return ERROR_NONE;
	edit->concerns_series = true;
	return series_store_set_next(request->db, request->who.account_id,
		is_closing ? change->after.series : change->after.id, SERIES_STORE_AT_ONCE);
}

static enum error save_change(struct task_edit *edit, const struct task_change *change)
{
	enum error error;

	if (!change->after.id)
		return save_removed(edit, &change->before);
	if (!change->before.id)
		error = save_new(edit, &change->after);
	else
		error = save_fields(edit, change);
	return error ? error : note_series(edit, change);
}

enum error task_edit_count_up(struct task_edit *edit, int64_t revisions)
{
	int64_t no_id;

	return count_up(edit, 0, revisions, &no_id);
}

static void adopt_counts(struct task_derive *derive, struct task_change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		task_derive_adopt(derive, &changes[i].after);
}

static enum error note_change(struct task_derive *derive, const struct task_change *change)
{
	return task_derive_note(
		derive, change->before.id ? &change->before : NULL, change->after.id ? &change->after : NULL);
}

static enum error save_changes(
	struct task_edit *edit, struct task_change *changes, size_t count, struct task_derive *derive)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++) {
		if (!is_changed(&changes[i]))
			continue;
		error = save_change(edit, &changes[i]);
		if (!error)
			error = note_change(derive, &changes[i]);
	}
	if (!error)
		error = task_derive_save(derive);
	adopt_counts(derive, changes, count);
	edit->derived += (int64_t)derive->count;
	return error;
}

enum error task_edit_save(struct task_edit *edit, struct task_change *changes, size_t count)
{
	struct task_derive derive;
	int64_t changed = 0;
	enum error error;

	for (size_t i = 0; i < count; i++)
		changed += is_changed(&changes[i]);
	if (!changed)
		return ERROR_NONE;
	error = task_links_check(edit->request, changes, count);
	if (!error)
		error = task_edit_count_up(edit, changed);
	if (error)
		return error;
	task_derive_init(&derive, edit->request);
	error = save_changes(edit, changes, count, &derive);
	task_derive_deinit(&derive);
	return error;
}

enum error task_edit_try(struct task_edit *edit, struct task_change *changes, size_t count)
{
	struct task_derive derive;
	enum error error = task_links_check(edit->request, changes, count);

	task_derive_init(&derive, edit->request);
	for (size_t i = 0; !error && i < count; i++)
		error = note_change(&derive, &changes[i]);
	adopt_counts(&derive, changes, count);
	task_derive_deinit(&derive);
	return error;
}

/* --- a new task --- */

/* Before it has an id: nothing can depend on it yet. */
static enum error check_new(struct request *request, struct task *task)
{
	struct task_change change = { .before = task_empty, .after = *task };

	task->created = request->now;
	task->modified = request->now;
	task->version = 1;
	return task_links_check(request, &change, 1);
}

enum error task_edit_foresee(struct request *request, struct task *task)
{
	struct task_derive derive;
	enum error error = check_new(request, task);

	task_derive_init(&derive, request);
	if (!error)
		error = task_derive_note(&derive, NULL, task);
	task_derive_adopt(&derive, task);
	task_derive_deinit(&derive);
	return error;
}

/* Nothing refers to it yet. */
static enum error derive_new(struct task_edit *edit, struct task *task)
{
	struct task_derive derive;
	enum error error;

	if (!task->parent && !task->depend_count)
		return ERROR_NONE;
	task_derive_init(&derive, edit->request);
	error = task_derive_note(&derive, NULL, task);
	if (!error)
		error = task_derive_save(&derive);
	task_derive_adopt(&derive, task);
	edit->derived += (int64_t)derive.count;
	task_derive_deinit(&derive);
	return error;
}

enum error task_edit_insert(struct task_edit *edit, struct task *task)
{
	enum error error = check_new(edit->request, task);

	if (!error)
		error = count_up(edit, 1, 1, &task->id);
	if (error)
		return error;
	secret_uuid(task->uuid);
	error = save_new(edit, task);
	return error ? error : derive_new(edit, task);
}
