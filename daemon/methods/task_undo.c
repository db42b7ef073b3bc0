/* Taking acts back, and doing them again. */
#include "methods/task_undo.h"

#include "common/cleanup.h"
#include "common/log.h"
#include "methods/task_record.h"
#include "methods/undo_series.h"
#include "store/history_store.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define BATCH_BYTES ((size_t)4 * 1024 * 1024) /* a batch ends where its texts have become this large */

void task_undo_init(
	struct task_undo *undo, struct request *request, enum task_undo_direction direction, const char *field)
{
	*undo = (struct task_undo){ .request = request, .direction = direction, .field = field };
	task_edit_init(&undo->edit, request, direction == TASK_UNDO ? "undo" : "redo");
	undo->edit.is_reversal = true;
	arena_init(&undo->arena);
}

void task_undo_deinit(struct task_undo *undo)
{
	task_edit_deinit(&undo->edit);
	arena_deinit(&undo->arena);
}

/* --- refusing --- */

__attribute__((format(printf, 2, 3))) static enum error refuse_act(struct task_undo *undo, const char *format, ...)
{
	char reason[REFUSAL_MESSAGE_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(reason, sizeof(reason), format, arguments);
	va_end(arguments);
	return request_refuse(undo->request, ERROR_CONFLICT, undo->field, "step %" PRId64 " cannot be %s: %s",
		undo->step, undo->direction == TASK_UNDO ? "taken back" : "done again", reason);
}

static enum error refuse_gone(struct task_undo *undo, int64_t task_id)
{
	return refuse_act(undo, "task %" PRId64 " is gone", task_id);
}

static enum error report_damage(const struct history_entry *entry)
{
	log_error("database: revision %" PRId64 " of account %" PRId64 " has a damaged record", entry->revision,
		entry->account_id);
	return ERROR_STORAGE;
}

/* The newest step that has changed a field and stands, of those behind the act. */
struct culprit {
	const struct task_undo *undo;
	const struct task_field *field;
	int64_t step; /* 0: not found yet */
};

static bool names_field(const struct history_entry *entry, const char *name)
{
	const char *json = entry->after ? entry->after : entry->before;
	json_t *root =
		json ? json_loadb(json, entry->after ? entry->after_length : entry->before_length, 0, NULL) : NULL;
	bool is_named = json_object_get(root, name) != NULL;

	json_decref(root);
	return is_named;
}

static enum error on_later_entry(void *context, const struct history_entry *entry)
{
	struct culprit *culprit = context;

	if (entry->is_undone || entry->step == culprit->undo->edit.step || !names_field(entry, culprit->field->name))
		return ERROR_NONE;
	culprit->step = entry->step;
	return ERROR_TOO_LARGE; /* ends the query */
}

static enum error refuse_changed(
	struct task_undo *undo, const struct history_entry *entry, const struct task_field *field)
{
	struct culprit culprit = { .undo = undo, .field = field };
	const struct history_range range = { .account_id = entry->account_id,
		.task_id = entry->task_id,
		.after = entry->revision,
		.is_newest_first = true,
		.limit = INT64_MAX };
	enum error error = history_store_list(undo->request->db, &range, on_later_entry, &culprit);

	if (culprit.step)
		return refuse_act(undo, "task %" PRId64 "'s %s was changed since, by step %" PRId64, entry->task_id,
			field->name, culprit.step);
	return error ? error : refuse_act(undo, "task %" PRId64 "'s %s was changed since", entry->task_id, field->name);
}

/* --- from an entry to the change that reverses it --- */

/* One side of an entry: the fields as they are to be found, or as they will be. */
struct side {
	const char *json; /* NULL: there is no task */
	size_t length;
};

static struct side side_of(const struct history_entry *entry, bool is_before)
{
	return is_before ? (struct side){ entry->before, entry->before_length }
			 : (struct side){ entry->after, entry->after_length };
}

/* Every field that the act has left must be as it has left it; of a new task all of them. */
static enum error check_fields(struct task_undo *undo, const struct history_entry *entry, struct side from,
	const struct task *base, const struct task *current)
{
	struct task expected = *base;

	if (!task_record_apply(from.json, from.length, &undo->arena, &expected))
		return report_damage(entry);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && task_field_differs(field, &expected, current))
			return refuse_changed(undo, entry, field);
	return ERROR_NONE;
}

static enum error find_task(struct task_undo *undo, int64_t id, struct task *ret_task)
{
	const struct task_ref ref = { .id = id };
	struct request *request = undo->request;
	enum error error =
		task_store_find(request->db, request->who.account_id, &ref, &undo->arena, ret_task, &request->refusal);

	return error == ERROR_NOT_FOUND ? refuse_gone(undo, id) : error;
}

static enum error change_back(struct task_undo *undo, const struct history_entry *entry, struct side from,
	struct side to, struct task_change *ret_change)
{
	enum error error = find_task(undo, entry->task_id, &ret_change->before);

	if (!error)
		error = check_fields(undo, entry, from, &ret_change->before, &ret_change->before);
	if (error)
		return error;
	ret_change->after = ret_change->before;
	if (!task_record_apply(to.json, to.length, &undo->arena, &ret_change->after))
		return report_damage(entry);
	task_touch(&ret_change->after, undo->request->now);
	return ERROR_NONE;
}

static enum error take_away(
	struct task_undo *undo, const struct history_entry *entry, struct side from, struct task_change *ret_change)
{
	enum error error = find_task(undo, entry->task_id, &ret_change->before);

	ret_change->after = task_empty;
	return error ? error : check_fields(undo, entry, from, &task_empty, &ret_change->before);
}

/* How a task was when it went. */
struct departure {
	struct task_undo *undo;
	struct task task;
	bool is_known;
};

static enum error on_newest_entry(void *context, const struct history_entry *entry)
{
	struct departure *departure = context;

	departure->task = task_empty;
	departure->is_known = entry->before && !entry->after;
	if (departure->is_known &&
		!task_record_apply(entry->before, entry->before_length, &departure->undo->arena, &departure->task))
		return report_damage(entry);
	return ERROR_NONE;
}

/* Its version goes on from where it was when it went, so that none is ever given twice. */
static enum error give_back(
	struct task_undo *undo, const struct history_entry *entry, struct side to, struct task_change *ret_change)
{
	struct departure departure = { .undo = undo };
	const struct history_range range = {
		.account_id = entry->account_id, .task_id = entry->task_id, .is_newest_first = true, .limit = 1
	};
	struct task task = task_empty;
	enum error error = history_store_list(undo->request->db, &range, on_newest_entry, &departure);

	if (error)
		return error;
	if (!departure.is_known)
		return refuse_gone(undo, entry->task_id);
	if (!task_record_apply(to.json, to.length, &undo->arena, &task))
		return report_damage(entry);
	task.id = entry->task_id;
	task.version = departure.task.version;
	task_touch(&task, undo->request->now);
	*ret_change = (struct task_change){ .before = task_empty, .after = task };
	return ERROR_NONE;
}

static enum error make_change(struct task_undo *undo, const struct history_entry *entry, struct task_change *ret_change)
{
	struct side from = side_of(entry, undo->direction == TASK_REDO);
	struct side to = side_of(entry, undo->direction == TASK_UNDO);

	if (from.json && to.json)
		return change_back(undo, entry, from, to, ret_change);
	if (from.json)
		return take_away(undo, entry, from, ret_change);
	return to.json ? give_back(undo, entry, to, ret_change) : refuse_gone(undo, entry->task_id);
}

/* --- what holds between tasks --- */

static int64_t task_of(const struct task_change *change)
{
	return change->before.id ? change->before.id : change->after.id;
}

static enum error check_exists(struct task_undo *undo, int64_t task_id, int64_t id)
{
	const struct task_ref ref = { .id = id };
	struct request *request = undo->request;
	struct task task;
	enum error error = task_store_find(request->db, request->who.account_id, &ref, &undo->arena, &task, NULL);

	if (error == ERROR_NOT_FOUND)
		return refuse_act(
			undo, "task %" PRId64 ", which task %" PRId64 " would refer to, is gone", id, task_id);
	return error;
}

static bool depends_on(const struct task *task, int64_t id)
{
	for (size_t i = 0; i < task->depend_count; i++)
		if (task->depends[i] == id)
			return true;
	return false;
}

/* Those that it comes to have: what it has anyway is nobody's fault here. */
static enum error check_references(struct task_undo *undo, const struct task *before, const struct task *after)
{
	enum error error = ERROR_NONE;

	if (after->parent && after->parent != before->parent)
		error = check_exists(undo, after->id, after->parent);
	if (!error && after->series && after->series != before->series)
		error = check_exists(undo, after->id, after->series);
	for (size_t i = 0; !error && i < after->depend_count; i++)
		if (!depends_on(before, after->depends[i]))
			error = check_exists(undo, after->id, after->depends[i]);
	return error;
}

static enum error check_unreferred(struct task_undo *undo, int64_t id)
{
	struct request *request = undo->request;
	int64_t referrer;
	enum error error = task_store_find_referrer(request->db, request->who.account_id, id, &referrer);

	if (error == ERROR_NOT_FOUND)
		return ERROR_NONE;
	return error ? error : refuse_act(undo, "task %" PRId64 " refers to task %" PRId64, referrer, id);
}

/* When a batch is written: its changes may rely on each other. */
static enum error check_relations(struct task_undo *undo, const struct task_change *change)
{
	if (change->after.id)
		return check_references(undo, &change->before, &change->after);
	return check_unreferred(undo, change->before.id);
}

/* --- batch by batch --- */

static bool is_full(const struct task_undo *undo, int64_t task_id)
{
	if (undo->count == TASK_UNDO_BATCH || (undo->count && undo->arena.total > BATCH_BYTES))
		return true;
	/* A task that an act has changed twice must be found as the first change leaves it. */
	for (size_t i = 0; i < undo->count; i++)
		if (task_of(&undo->changes[i]) == task_id)
			return true;
	return false;
}

static enum error on_entry(void *context, const struct history_entry *entry)
{
	struct task_undo *undo = context;
	enum error error;

	undo->has_more = is_full(undo, entry->task_id);
	if (undo->has_more)
		return ERROR_TOO_LARGE; /* ends the query; read_batch knows */
	error = make_change(undo, entry, &undo->changes[undo->count]);
	if (error)
		return error;
	undo->count++;
	undo->position = entry->revision;
	return ERROR_NONE;
}

/* The newest entry is taken back first, and the oldest is done again first. */
static enum error read_batch(struct task_undo *undo, int64_t end)
{
	bool is_undo = undo->direction == TASK_UNDO;
	const struct history_range range = { .account_id = undo->request->who.account_id,
		.after = is_undo ? undo->step - 1 : undo->position,
		.before = is_undo ? undo->position : end,
		.is_newest_first = is_undo,
		.limit = TASK_UNDO_BATCH + 1 };
	enum error error;

	arena_reset(&undo->arena);
	undo->changes = arena_array(&undo->arena, TASK_UNDO_BATCH, sizeof(*undo->changes));
	undo->count = 0;
	undo->has_more = false;
	error = history_store_list(undo->request->db, &range, on_entry, undo);
	return undo->has_more ? ERROR_NONE : error;
}

void task_undo_remember(struct task_undo *undo, int64_t id)
{
	if (undo->shown_count == TASK_UNDO_SHOWN)
		return;
	for (size_t i = 0; i < undo->shown_count; i++)
		if (undo->shown[i] == id)
			return;
	undo->shown[undo->shown_count++] = id;
}

/* A rule between tasks has words of its own; else it was the store. */
static enum error refuse_conflict(struct task_undo *undo)
{
	const struct refusal said = undo->request->refusal;

	if (said.error == ERROR_CONFLICT)
		return refuse_act(undo, "%s", said.message);
	return refuse_act(undo, "a task that was made since has the place of one of its tasks");
}

static enum error write_batch(struct task_undo *undo)
{
	enum error error = task_edit_save(&undo->edit, undo->changes, undo->count);

	if (error == ERROR_CONFLICT)
		return refuse_conflict(undo);
	for (size_t i = 0; !error && i < undo->count; i++) {
		error = check_relations(undo, &undo->changes[i]);
		task_undo_remember(undo, task_of(&undo->changes[i]));
	}
	undo->change_count += (int64_t)undo->count;
	return error ? error : undo_series_settle(undo, undo->changes, undo->count);
}

enum error task_undo_act(struct task_undo *undo, int64_t step, int64_t end)
{
	enum error error;

	undo->step = step;
	undo->position = undo->direction == TASK_UNDO ? end : step - 1;
	do {
		error = read_batch(undo, end);
		if (!error)
			error = write_batch(undo);
	} while (!error && undo->has_more);
	return error;
}
