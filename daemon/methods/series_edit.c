/* Making the instances of series. */
#include "methods/series_edit.h"

#include "common/log.h"
#include "methods/services.h"
#include "store/series_store.h"
#include "store/task_relation.h"
#include "store/task_store.h"
#include "tasks/series.h"

#include <inttypes.h>

#define ACTION_NAME "recur" /* as the history names what the rule has done */

#define ADVANCE_BATCH 100

/* A template that cannot be read now is looked at again after a day. */
#define POSTPONED_SECONDS 86400

enum error series_edit_zone(struct request *request, const struct task *template, const struct zone **ret_zone)
{
	return zone_set_find(
		request->services->zones, template->recur_zone, request->arena, ret_zone, &request->refusal);
}

enum error series_edit_open_instance(struct request *request, const struct task *template, struct task *ret_instance)
{
	enum error error = ERROR_NOT_FOUND;

	if (template->occurrence != TASK_NO_TIME)
		error = series_store_find_instance(request->db, request->who.account_id, template->id,
			template->occurrence, request->arena, ret_instance);
	if (!error && ret_instance->status != TASK_PENDING)
		return ERROR_NOT_FOUND;
	return error;
}

/* --- the first --- */

static enum error insert_both(struct task_edit *edit, struct task *template, struct task *instance)
{
	enum error error = task_edit_insert(edit, template);

	instance->series = template->id;
	return error ? error : task_edit_insert(edit, instance);
}

enum error series_edit_begin(struct task_edit *edit, struct task *template, bool is_dry, struct task *ret_instance)
{
	struct request *request = edit->request;
	struct recurrence_instance first;
	struct series series;
	const struct zone *zone;
	enum error error = series_edit_zone(request, template, &zone);

	if (!error)
		error = series_read(template, zone, &series);
	if (error)
		return error;
	if (!series_next(&series, TASK_NO_TIME, request->now, &first))
		return request_refuse(request, ERROR_INVALID_PARAMS,
			template->until != TASK_NO_TIME ? "until" : "recur",
			"the series would have ended already; give a later due, or no until");
	series_make_instance(template, zone, &first, ret_instance);
	template->status = TASK_RECURRING;
	template->occurrence = first.number;
	if (!is_dry)
		return insert_both(edit, template, ret_instance);
	return task_edit_foresee(request, ret_instance);
}

/* --- the next --- */

/* A series at work. */
struct advance {
	struct task_edit *edit;
	struct task_change change; /* of the template */
	const struct zone *zone;
	struct series series;
};

static enum error look_again(const struct advance *advance, int64_t at)
{
	const struct request *request = advance->edit->request;

	return series_store_set_next(request->db, request->who.account_id, advance->change.before.id, at);
}

static enum error save_template(struct advance *advance)
{
	struct task_edit *edit = advance->edit;
	const char *action = edit->action;
	enum error error;

	task_touch(&advance->change.after, edit->request->now);
	edit->action = ACTION_NAME;
	error = task_edit_save(edit, &advance->change, 1);
	edit->action = action;
	return error;
}

static enum error end_series(struct advance *advance)
{
	enum error error = look_again(advance, TASK_NO_TIME);

	advance->change.after.status = TASK_COMPLETED;
	advance->change.after.completed = advance->edit->request->now;
	return error ? error : save_template(advance);
}

/* Whether a task can be referred to: it is there, and not in the bin. */
static enum error is_there(struct request *request, int64_t id, bool *ret_is_there)
{
	struct task_node node;
	enum error error = task_relation_node(request->db, request->who.account_id, id, &node);

	*ret_is_there = !error && node.status != TASK_DELETED;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

/* What the template is a part of, or depends on, may have gone since. */
static enum error drop_lost_links(struct request *request, struct task *instance)
{
	int64_t *depends = arena_array(request->arena, instance->depend_count, sizeof(*depends));
	size_t kept = 0;
	bool is_kept = true;
	enum error error = instance->parent ? is_there(request, instance->parent, &is_kept) : ERROR_NONE;

	if (!is_kept)
		instance->parent = 0;
	for (size_t i = 0; !error && i < instance->depend_count; i++) {
		error = is_there(request, instance->depends[i], &is_kept);
		if (is_kept)
			depends[kept++] = instance->depends[i];
	}
	instance->depends = depends;
	instance->depend_count = kept;
	return error;
}

/* Where other tasks have come to need this one, so that it would need itself, it is made without its links. */
static enum error insert_instance(struct task_edit *edit, struct task *instance)
{
	enum error error = drop_lost_links(edit->request, instance);

	if (!error)
		error = task_edit_insert(edit, instance);
	if (error != ERROR_CONFLICT)
		return error;
	instance->parent = 0;
	instance->depend_count = 0;
	return task_edit_insert(edit, instance);
}

static enum error make_instance(struct advance *advance, const struct recurrence_instance *next)
{
	struct task_edit *edit = advance->edit;
	const char *action = edit->action;
	struct task instance;
	enum error error;

	series_make_instance(&advance->change.before, advance->zone, next, &instance);
	edit->action = ACTION_NAME;
	error = insert_instance(edit, &instance);
	edit->action = action;
	advance->change.after.occurrence = next->number;
	if (!error)
		error = save_template(advance);
	return error ? error : look_again(advance, TASK_NO_TIME);
}

/* When the newest instance was closed; TASK_NO_TIME when there is none. ret_is_open: it is not. */
static enum error find_closing(const struct advance *advance, bool *ret_is_open, int64_t *ret_closed_at)
{
	const struct request *request = advance->edit->request;
	const struct task *template = &advance->change.before;
	struct task newest;
	enum error error = series_store_find_instance(
		request->db, request->who.account_id, template->id, template->occurrence, request->arena, &newest);

	*ret_is_open = !error && newest.status == TASK_PENDING;
	*ret_closed_at = TASK_NO_TIME;
	if (!error)
		*ret_closed_at = newest.completed != TASK_NO_TIME ? newest.completed : newest.deleted;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error go_on(struct advance *advance)
{
	int64_t now = advance->edit->request->now;
	struct recurrence_instance next;
	int64_t closed_at;
	bool is_open;
	enum error error = find_closing(advance, &is_open, &closed_at);

	if (error)
		return error;
	if (is_open)
		return look_again(advance, TASK_NO_TIME);
	if (!series_next(&advance->series, closed_at, now, &next))
		return end_series(advance);
	return next.opens > now ? look_again(advance, next.opens) : make_instance(advance, &next);
}

/* The zone is not known here any more, or the rule cannot be read: that concerns this series alone. */
static enum error postpone(const struct advance *advance)
{
	int64_t now = advance->edit->request->now;

	log_warning("the series of task %" PRId64 " of account %" PRId64 " cannot be gone on with; it is tried again "
		    "in a day",
		advance->change.before.id, advance->edit->request->who.account_id);
	return look_again(advance, now + POSTPONED_SECONDS);
}

enum error series_edit_advance(struct task_edit *edit, int64_t template_id)
{
	struct request *request = edit->request;
	struct advance advance = { .edit = edit };
	struct task_ref ref = { .id = template_id };
	enum error error = task_store_find(
		request->db, request->who.account_id, &ref, request->arena, &advance.change.before, &request->refusal);

	if (error)
		return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
	if (advance.change.before.status != TASK_RECURRING)
		return ERROR_NONE;
	advance.change.after = advance.change.before;
	if (series_edit_zone(request, &advance.change.before, &advance.zone) ||
		series_read(&advance.change.before, advance.zone, &advance.series))
		return postpone(&advance);
	return go_on(&advance);
}

/* Of those that are to be looked at now, the ones of this account. Gives how many it went on with. */
static enum error advance_batch(struct task_edit *edit, size_t *ret_count)
{
	struct request *request = edit->request;
	struct task_in_account rows[ADVANCE_BATCH];
	size_t count;
	enum error error = series_store_each_of_account(
		request->db, request->who.account_id, SERIES_STORE_AT_ONCE, ADVANCE_BATCH, rows, &count);

	for (size_t i = 0; !error && i < count; i++)
		error = series_edit_advance(edit, rows[i].id);
	*ret_count = count;
	return error;
}

enum error series_edit_advance_all(struct task_edit *edit)
{
	size_t count;
	enum error error;

	do
		error = advance_batch(edit, &count);
	while (!error && count == ADVANCE_BATCH);
	return error;
}
