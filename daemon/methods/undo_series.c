/* Series of which an instance is open again. */
#include "methods/undo_series.h"

#include "methods/series_edit.h"
#include "methods/task_record.h"
#include "store/history_store.h"
#include "store/task_store.h"
#include "tasks/task_field.h"

#include <string.h>

/* The newest instance beside the one that is open again. */
struct rival {
	struct task_undo *undo;
	const struct task *reopened;
	struct task template;
	struct task newest;
	bool is_made_since; /* by the daemon itself, behind the act that is reversed */
	bool is_as_made;
};

static bool is_opened_again(const struct task_change *change)
{
	return change->before.id && change->after.series && change->after.status == TASK_PENDING &&
	       change->before.status != TASK_PENDING;
}

/* ERROR_NOT_FOUND: the series is gone or has ended, or has no other task that is open. */
static enum error find_rival(struct rival *rival)
{
	struct request *request = rival->undo->request;
	const struct task_ref ref = { .id = rival->reopened->series };
	enum error error =
		task_store_find(request->db, request->who.account_id, &ref, request->arena, &rival->template, NULL);

	if (!error && rival->template.status != TASK_RECURRING)
		return ERROR_NOT_FOUND;
	if (!error)
		error = series_edit_open_instance(request, &rival->template, &rival->newest);
	if (!error && rival->newest.id == rival->reopened->id)
		return ERROR_NOT_FOUND;
	return error;
}

static bool has_own_fields_of(const struct task *a, const struct task *b)
{
	for (const struct task_field *field = task_fields; field->name; field++)
		if (field->role == TASK_FIELD_OWN && task_field_differs(field, a, b))
			return false;
	return true;
}

static enum error on_first_entry(void *context, const struct history_entry *entry)
{
	struct rival *rival = context;
	struct task made = task_empty;

	rival->is_made_since = entry->revision > rival->undo->step && strcmp(entry->actor, "taskd") == 0;
	rival->is_as_made = !entry->before && entry->after && strcmp(entry->action, "recur") == 0 &&
			    task_record_apply(entry->after, entry->after_length, rival->undo->request->arena, &made) &&
			    has_own_fields_of(&made, &rival->newest);
	return ERROR_NONE;
}

/* Whether nobody has had to do with it: ret_is_free false, it stays. */
static enum error look_at_rival(struct rival *rival, bool *ret_is_free)
{
	const struct request *request = rival->undo->request;
	const struct history_range range = {
		.account_id = request->who.account_id, .task_id = rival->newest.id, .limit = 1
	};
	int64_t referrer;
	enum error error = history_store_list(request->db, &range, on_first_entry, rival);

	*ret_is_free = false;
	if (error || !rival->is_made_since || !rival->is_as_made)
		return error;
	error = task_store_find_referrer(request->db, request->who.account_id, rival->newest.id, &referrer);
	*ret_is_free = error == ERROR_NOT_FOUND;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error take_rival_away(struct rival *rival)
{
	struct task_undo *undo = rival->undo;
	struct task_change changes[] = {
		{ .before = rival->newest, .after = task_empty },
		{ .before = rival->template, .after = rival->template },
	};
	enum error error;

	changes[1].after.occurrence = rival->reopened->occurrence;
	task_touch(&changes[1].after, undo->request->now);
	error = task_edit_save(&undo->edit, &changes[0], 1);
	if (!error)
		error = task_edit_save(&undo->edit, &changes[1], 1);
	if (!error)
		task_undo_remember(undo, rival->newest.id);
	return error;
}

static enum error settle(struct task_undo *undo, const struct task *reopened)
{
	struct rival rival = { .undo = undo, .reopened = reopened };
	bool is_free;
	enum error error = find_rival(&rival);

	if (!error)
		error = look_at_rival(&rival, &is_free);
	if (error)
		return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
	if (is_free)
		return take_rival_away(&rival);
	if (rival.is_made_since && undo->also_open_count < TASK_UNDO_SHOWN)
		undo->also_open[undo->also_open_count++] = rival.newest.id;
	return ERROR_NONE;
}

enum error undo_series_settle(struct task_undo *undo, const struct task_change *changes, size_t count)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		if (is_opened_again(&changes[i]))
			error = settle(undo, &changes[i].after);
	return error;
}
