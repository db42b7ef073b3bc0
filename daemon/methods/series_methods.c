/* Series: looking at them, changing them, passing over an instance. */
#include "methods/methods.h"
#include "methods/page.h"
#include "methods/series_edit.h"
#include "methods/series_fields.h"
#include "methods/task_patch.h"
#include "methods/task_selection.h"
#include "methods/task_view.h"
#include "store/series_store.h"
#include "store/task_query.h"
#include "tasks/series.h"
#include "tasks/task_field.h"

#include <inttypes.h>

#define PAGE_BYTES ((size_t)512 * 1024)

/* --- series.list --- */

struct series_page {
	struct request *request;
	struct task_view view;
	size_t start; /* in the reply */
	int64_t room;
	int64_t last_id;
	bool is_full;
};

static enum error on_template(void *context, const struct task *template)
{
	struct series_page *page = context;
	struct json_writer *result = &page->request->result;

	if (page->room == 0 || result->out->length - page->start >= PAGE_BYTES) {
		page->is_full = true;
		return ERROR_TOO_LARGE; /* ends the query; series_list knows */
	}
	page->room--;
	page->last_id = template->id;
	return task_view_write(&page->view, template);
}

static enum error series_list(struct request *request, const struct page_params *params)
{
	static const struct filter every_template = {
		.kind = FILTER_STATUS, .status = TASK_RECURRING, .ends_scope = true
	};
	struct series_page page = { .request = request };
	struct task_query query = { .account_id = request->who.account_id,
		.now = request->now,
		.filter = &every_template,
		.want = TASK_QUERY_SHOWN };
	enum error error = page_read(request, params, &page.room, &query.after_id);

	if (error)
		return error;
	task_view_init(&page.view, request, request->now);
	query.limit = page.room + 1;
	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "series");
	json_writer_begin_array(&request->result);
	page.start = request->result.out->length;
	error = task_query_each(request->db, &query, request->arena, on_template, &page);
	if (error && !page.is_full)
		return error;
	json_writer_end_array(&request->result);
	if (page.is_full)
		page_write_next(&request->result, page.last_id);
	json_writer_end_object(&request->result);
	return ERROR_NONE;
}

/* --- naming a series --- */

static enum error find_template(struct request *request, const char *ref, struct task *ret_template)
{
	enum error error = task_selection_find(request, ref, "id", request->arena, ret_template);
	int64_t id = error ? 0 : ret_template->id;

	if (!error && ret_template->series) {
		const char *series = arena_printf(request->arena, "%" PRId64, ret_template->series);

		error = task_selection_find(request, series, "id", request->arena, ret_template);
	}
	if (error)
		return error;
	if (ret_template->status != TASK_RECURRING)
		return request_refuse(request, ERROR_CONFLICT, "id",
			ret_template->recur ? "the series of task %" PRId64 " has ended"
					    : "task %" PRId64 " belongs to no series",
			id);
	return ERROR_NONE;
}

/* --- series.modify --- */

struct series_modify_params {
	struct text_param id;
	struct integer_param if_version;
	struct task_fields fields;
	struct series_fields series;
};

static const struct param series_modify_params[] = {
	{ .name = "id",
		.summary = "The series, by its own number or that of one of its tasks",
		.type = PARAM_REF,
		.offset = offsetof(struct series_modify_params, id),
		.need = PARAM_REQUIRED },
	{ .name = "if_version",
		.summary = "Only if the series still has this version",
		.type = PARAM_INTEGER,
		.offset = offsetof(struct series_modify_params, if_version),
		.minimum = 1 },
	TASK_FIELDS_MODIFY_PARAMS(struct series_modify_params),
	SERIES_FIELDS_PARAMS(struct series_modify_params, PARAM_NULLABLE),
	{ 0 },
};

/* A change of a whole series on its way. */
struct series_change {
	struct request *request;
	const struct series_modify_params *params;
	const struct zone *zone;
	struct task_change template;
	struct task_change instance; /* the open one */
	bool has_instance;
};

/* Another rule or another day is counted from a day of its own: that of the open instance, or of the next one. */
static bool moves_anchor(const struct series_change *change)
{
	const struct series_modify_params *params = change->params;

	return params->fields.due.presence != PARAM_ABSENT || params->series.recur.presence != PARAM_ABSENT;
}

/* Where the old rule would have gone on. */
static enum error anchor_at_next(struct series_change *change)
{
	struct recurrence_instance next;
	struct task *after = &change->template.after;
	struct series series;
	enum error error = series_read(&change->template.before, change->zone, &series);

	if (error)
		return error;
	if (series_next(&series, TASK_NO_TIME, change->request->now, &next)) {
		after->wait = series_move_along(after->wait, after->due, next.due, change->zone);
		after->scheduled = series_move_along(after->scheduled, after->due, next.due, change->zone);
		after->due = next.due;
	}
	after->recur_base = after->occurrence == TASK_NO_TIME ? 0 : after->occurrence + 1;
	return ERROR_NONE;
}

static enum error change_instance(struct series_change *change, const struct task_patch *patch)
{
	struct task_change *instance = &change->instance;
	struct request *request = change->request;

	instance->after = instance->before;
	return task_patch_apply(patch, &instance->after, request->arena, &request->refusal);
}

/* After the open instance was changed: the template's times are the instance's, or lie as far from its due. */
static void take_times(struct series_change *change)
{
	const struct task *instance = &change->instance.after;
	struct task *template = &change->template.after;
	int64_t due = moves_anchor(change) ? instance->due : template->due;

	if (moves_anchor(change))
		template->recur_base = instance->occurrence;
	template->due = due;
	if (instance->due == TASK_NO_TIME)
		return;
	template->wait = series_move_along(instance->wait, instance->due, due, change->zone);
	template->scheduled = series_move_along(instance->scheduled, instance->due, due, change->zone);
}

static enum error change_template(struct series_change *change, const struct task_patch *patch)
{
	struct request *request = change->request;
	struct task *after = &change->template.after;
	enum error error = ERROR_NONE;

	*after = change->template.before;
	if (!change->has_instance && moves_anchor(change))
		error = anchor_at_next(change);
	if (!error)
		error = task_patch_apply(patch, after, request->arena, &request->refusal);
	if (!error && change->has_instance)
		take_times(change);
	if (!error && !series_fields_are_empty(&change->params->series))
		error = series_fields_apply(request, &change->params->series, after);
	return error ? error : series_check(after, change->zone, &request->refusal);
}

static enum error save_both(struct series_change *change)
{
	struct request *request = change->request;
	struct task_change changes[2];
	struct task_edit edit;
	size_t count = 0;
	enum error error;

	if (task_fields_differ(&change->template.before, &change->template.after))
		task_touch(&change->template.after, request->now);
	changes[count++] = change->template;
	if (change->has_instance && task_fields_differ(&change->instance.before, &change->instance.after))
		task_touch(&change->instance.after, request->now);
	if (change->has_instance)
		changes[count++] = change->instance;
	task_edit_init(&edit, request, "modify");
	error = task_edit_save(&edit, changes, count);
	change->template = changes[0];
	change->instance = changes[count - 1];
	if (!error)
		error = series_edit_advance(&edit, change->template.before.id);
	task_edit_deinit(&edit);
	return error;
}

static enum error write_change(const struct series_change *change)
{
	struct json_writer *result = &change->request->result;
	enum error error;

	json_writer_begin_object(result);
	json_writer_key(result, "series");
	error = task_view_show(change->request, &change->template.after);
	if (!error && change->has_instance) {
		json_writer_key(result, "task");
		error = task_view_show(change->request, &change->instance.after);
	}
	json_writer_end_object(result);
	return error;
}

static enum error find_both(struct series_change *change)
{
	struct request *request = change->request;
	const struct integer_param *if_version = &change->params->if_version;
	struct task *template = &change->template.before;
	enum error error = find_template(request, change->params->id.text, template);

	if (error)
		return error;
	if (if_version->presence == PARAM_GIVEN && if_version->value != template->version)
		return request_refuse(request, ERROR_CONFLICT, "if_version",
			"series %" PRId64 " has changed: its version is %" PRId64 ", not %" PRId64, template->id,
			template->version, if_version->value);
	error = series_edit_open_instance(request, template, &change->instance.before);
	change->has_instance = !error;
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error series_modify(struct request *request, const struct series_modify_params *params)
{
	struct series_change change = { .request = request, .params = params };
	struct task_patch patch;
	enum error error = task_patch_read(request, &params->fields, &patch);

	if (error)
		return error;
	if (task_patch_is_empty(&patch) && series_fields_are_empty(&params->series))
		return request_refuse(request, ERROR_INVALID_PARAMS, "recur",
			"there is nothing to change; give at least one field, such as recur or title");
	error = find_both(&change);
	if (!error)
		error = series_edit_zone(request, &change.template.before, &change.zone);
	if (!error && change.has_instance)
		error = change_instance(&change, &patch);
	if (!error)
		error = change_template(&change, &patch);
	if (!error)
		error = save_both(&change);
	return error ? error : write_change(&change);
}

/* --- series.skip --- */

struct series_skip_params {
	struct text_param id;
};

static const struct param series_skip_params[] = {
	{ .name = "id",
		.summary = "The series, by its own number or that of one of its tasks",
		.type = PARAM_REF,
		.offset = offsetof(struct series_skip_params, id),
		.need = PARAM_REQUIRED },
	{ 0 },
};

static enum error delete_and_advance(struct request *request, struct task_change *change)
{
	struct task_edit edit;
	enum error error = task_delete(&change->after, request->now, &request->refusal);

	if (error)
		return error;
	task_edit_init(&edit, request, "skip");
	error = task_edit_save(&edit, change, 1);
	if (!error)
		error = series_edit_advance(&edit, change->after.series);
	task_edit_deinit(&edit);
	return error;
}

static enum error write_skipped(struct request *request, const struct task *skipped)
{
	const char *series = arena_printf(request->arena, "%" PRId64, skipped->series);
	struct task template, next;
	enum error error;

	json_writer_begin_object(&request->result);
	json_writer_key(&request->result, "skipped");
	error = task_view_show(request, skipped);
	if (!error)
		error = find_template(request, series, &template);
	if (!error)
		error = series_edit_open_instance(request, &template, &next);
	if (!error) {
		json_writer_key(&request->result, "task");
		error = task_view_show(request, &next);
	}
	json_writer_end_object(&request->result);
	/* No next one: its time has not come, or this was the last. */
	return error == ERROR_NOT_FOUND || error == ERROR_CONFLICT ? ERROR_NONE : error;
}

static enum error series_skip(struct request *request, const struct series_skip_params *params)
{
	struct task template;
	struct task_change change;
	enum error error = find_template(request, params->id.text, &template);

	if (error)
		return error;
	error = series_edit_open_instance(request, &template, &change.before);
	if (error == ERROR_NOT_FOUND)
		return request_refuse(request, ERROR_CONFLICT, "id",
			"series %" PRId64 " has no open task that could be skipped", template.id);
	if (error)
		return error;
	change.after = change.before;
	error = delete_and_advance(request, &change);
	return error ? error : write_skipped(request, &change.after);
}

METHOD_HANDLER(series_list, struct page_params)
METHOD_HANDLER(series_modify, struct series_modify_params)
METHOD_HANDLER(series_skip, struct series_skip_params)

const struct method series_methods[] = {
	{ .name = "series.list",
		.summary = "List the series of tasks that come again",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_READ,
		.store = STORE_READ,
		.params = page_params,
		.params_size = sizeof(struct page_params),
		.handle = series_list_handler },
	{ .name = "series.modify",
		.summary = "Change a series and its open task",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = series_modify_params,
		.params_size = sizeof(struct series_modify_params),
		.handle = series_modify_handler },
	{ .name = "series.skip",
		.summary = "Pass over the open task of a series",
		.access = ACCESS_ACCOUNT,
		.scope = SCOPE_TASKS_WRITE,
		.store = STORE_WRITE,
		.is_idempotent = true,
		.params = series_skip_params,
		.params_size = sizeof(struct series_skip_params),
		.handle = series_skip_handler },
	{ 0 },
};
