/*
 * Two passes over what has come: the first gives each task its id, in the order in which they came, so that the second
 * knows what any of them refers to.
 */
#include "methods/import_commit.h"

#include "common/cleanup.h"
#include "methods/import_fields.h"
#include "methods/import_ids.h"
#include "methods/import_pack.h"
#include "methods/import_save.h"
#include "methods/services.h"
#include "store/task_relation.h"
#include "store/urgency_store.h"
#include "tasks/custom_value.h"

#include <inttypes.h>
#include <string.h>

const char *const import_conflict_names[] = {
	[IMPORT_UPDATE] = "update",
	[IMPORT_SKIP] = "skip",
	[IMPORT_REFUSE] = "refuse",
	NULL,
};

/* --- an item --- */

static enum error leave_out_value(struct import_run *run, int64_t position, const struct refusal *refusal)
{
	if (!run->row->is_partial)
		return import_run_refuse(run, refusal->error, position, refusal->field, refusal->message);
	import_notes_add(&run->warnings, position, refusal->field, refusal->message);
	return ERROR_NONE;
}

/* In the text that each is kept as. One that is none of its field's is left out where the rest is to be taken. */
static enum error settle_values(struct import_run *run, struct task *task, int64_t position)
{
	const struct date_context dates = { .now = run->request->now, .zone = run->zone };
	struct task_value *values = arena_array(&run->arena, task->custom_count, sizeof(*values));
	size_t count = 0;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < task->custom_count; i++) {
		const struct task_value *given = &task->custom[i];
		const struct custom_input input = { .text = given->value, .length = strlen(given->value) };
		struct refusal refusal;

		values[count].name = given->name;
		if (custom_value_parse(custom_field_find(&run->fields, given->name), &input, &dates, &run->arena,
			    &values[count].value, &refusal))
			error = leave_out_value(run, position, &refusal);
		else
			count++;
	}
	task->custom = values;
	task->custom_count = count;
	return error;
}

static enum error take_task(struct import_run *run, struct import_item *item, bool is_new, int64_t position)
{
	enum error error = import_ids_resolve(run, item, position);

	if (!error && item->task.custom_count)
		error = settle_values(run, &item->task, position);
	return error ? error : import_save_put(run, &item->task, is_new, position);
}

static enum error take_item(struct import_run *run, const char *packed, size_t length, int64_t position)
{
	struct import_item item;
	const struct uuid_entry *entry;
	enum error error = import_save_make_room(run);

	/* What waits was written by import_stage, so no rule has to be looked at again. */
	if (!error && !import_pack_read(packed, length, &run->arena, &item))
		error = ERROR_INTERNAL;
	if (error)
		return error;
	entry = uuid_table_find(&run->table, item.task.uuid);
	if (entry->position != position)
		return ERROR_NONE; /* it stood there twice, and was refused */
	item.task.id = entry->id;
	return take_task(run, &item, entry->is_new, position);
}

/* --- all of it --- */

static enum error check_totals(struct import_run *run)
{
	struct request *request = run->request;
	struct import_totals totals;
	enum error error = import_store_totals(request->db, request->who.account_id, run->row->id, &totals);

	if (!error && totals.refused && !run->row->is_partial)
		return request_refuse(request, ERROR_CONFLICT, "import",
			"%" PRId64 " of the tasks cannot be taken, so none is; begin with partial to leave them out",
			totals.refused);
	return error;
}

static enum error merge_fields(void *context, const struct import_part *part)
{
	if (part->declarations)
		import_fields_merge(context, part->declarations);
	return ERROR_NONE;
}

static enum error declare_fields(struct import_run *run)
{
	struct request *request = run->request;
	struct import_fields fields;
	enum error error;

	import_fields_init(&fields);
	error = import_store_each_part(request->db, request->who.account_id, run->row->id, merge_fields, &fields);
	if (!error)
		error = import_fields_apply(&fields, request, &run->fields);
	import_fields_deinit(&fields);
	return error;
}

/* Their counts could not grow before they were there. */
static enum error recount(struct import_run *run)
{
	struct request *request = run->request;
	enum error error = ERROR_NONE;

	id_list_sort(&run->recounted);
	for (size_t i = 0; !error && i < run->recounted.count; i++)
		error = task_relation_recount(request->db, request->who.account_id, run->recounted.ids[i]);
	return error;
}

/* Tasks whose relatives came behind them wait for the job; thousands of them would make every list slow until then. */
static enum error settle_urgency(struct import_run *run)
{
	struct request *request = run->request;
	int64_t count;

	return urgency_store_refresh(request->db, request->now - URGENCY_STORE_LAG, run->added + run->updated, &count);
}

static enum error run_all(struct import_run *run)
{
	struct request *request = run->request;
	enum error error = check_totals(run);

	if (!error)
		error = zone_set_find(
			request->services->zones, request->timezone, request->arena, &run->zone, &request->refusal);
	if (!error)
		error = declare_fields(run);
	if (!error)
		error = import_ids_give(run);
	if (!error)
		error = import_run_walk(run, take_item);
	if (!error)
		error = import_save_rest(run);
	if (!error)
		error = recount(run);
	if (!error)
		error = settle_urgency(run);
	return error ? error : import_store_end(request->db, request->who.account_id, run->row->id);
}

static void write_result(const struct import_run *run)
{
	struct json_writer *result = &run->request->result;

	json_writer_begin_object(result);
	json_writer_member_integer(result, "added", run->added);
	json_writer_member_integer(result, "updated", run->updated);
	json_writer_member_integer(result, "unchanged", run->unchanged);
	import_notes_write(&run->refused, result, "refused", "refused_count");
	import_notes_write(&run->warnings, result, "warnings", "warning_count");
	json_writer_end_object(result);
}

static void end_run(struct import_run **run)
{
	import_notes_deinit(&(*run)->refused);
	import_notes_deinit(&(*run)->warnings);
	arena_deinit(&(*run)->arena);
	task_edit_deinit(&(*run)->edit);
	uuid_table_deinit(&(*run)->table);
}

enum error import_commit(struct request *request, const struct import_row *row, enum import_conflict conflict)
{
	CLEANUP(end_run) struct import_run *run = arena_alloc(request->arena, sizeof(*run));
	enum error error;

	run->request = request;
	run->row = row;
	run->conflict = conflict;
	uuid_table_init(&run->table);
	task_edit_init(&run->edit, request, "import");
	arena_init(&run->arena);
	id_list_init(&run->recounted, request->arena);
	import_notes_init(&run->refused);
	import_notes_init(&run->warnings);
	error = run_all(run);
	if (!error)
		write_result(run);
	return error;
}
