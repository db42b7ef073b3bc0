/*
 * Two passes over what has come: the first gives each task its id, in the order in which they came, so that the second
 * knows what any of them refers to.
 */
#include "methods/import_commit.h"

#include "common/cleanup.h"
#include "methods/import_fields.h"
#include "methods/import_item.h"
#include "methods/import_notes.h"
#include "methods/services.h"
#include "methods/task_edit.h"
#include "methods/uuid_table.h"
#include "store/series_store.h"
#include "store/task_relation.h"
#include "store/task_store.h"
#include "store/uuid_store.h"
#include "tasks/custom_value.h"
#include "tasks/id_table.h"
#include "tasks/task_field.h"

#include <inttypes.h>
#include <string.h>

#define BATCH       200u
#define ARENA_BYTES ((size_t)4 * 1024 * 1024)

#define UUID_START (sizeof("{\"uuid\":\"") - 1) /* in every line that waits */

const char *const import_conflict_names[] = {
	[IMPORT_UPDATE] = "update",
	[IMPORT_SKIP] = "skip",
	[IMPORT_REFUSE] = "refuse",
	NULL,
};

struct import_run {
	struct request *request;
	const struct import_row *row;
	enum import_conflict conflict;
	struct uuid_table table;
	struct task_edit edit;
	struct arena arena; /* of a batch */
	struct custom_field_list fields;
	const struct zone *zone;
	struct id_list recounted; /* tasks that were named before they were there */
	struct task_change changes[BATCH];
	int64_t positions[BATCH];
	size_t change_count;
	int64_t new_count; /* tasks that the account does not have */
	int64_t next_id;
	int64_t added, updated, unchanged;
	struct import_notes refused, warnings;
};

/* --- lines --- */

typedef enum error (*line_visitor)(struct import_run *run, const char *line, size_t length, int64_t position);

struct line_walk {
	struct import_run *run;
	line_visitor visit;
};

static enum error walk_part(void *context, const struct import_part *part)
{
	const struct line_walk *walk = context;
	const char *line = part->text;
	const char *end = line + part->length;
	int64_t position = part->first;
	enum error error = ERROR_NONE;

	for (; !error && line < end; position++) {
		const char *feed = memchr(line, '\n', (size_t)(end - line));
		size_t length = (size_t)((feed ? feed : end) - line);

		if (length)
			error = walk->visit(walk->run, line, length, position);
		line += length + 1;
	}
	return error;
}

static enum error walk_lines(struct import_run *run, line_visitor visit)
{
	struct line_walk walk = { run, visit };
	struct request *request = run->request;

	return import_store_each_part(request->db, request->who.account_id, run->row->id, walk_part, &walk);
}

/* All or nothing, or all but this. */
static enum error refuse_item(
	struct import_run *run, enum error error, int64_t position, const char *field, const char *message)
{
	if (!run->row->is_partial)
		return request_refuse(
			run->request, error, field, "%s %" PRId64 ": %s", run->row->unit, position, message);
	import_notes_add(&run->refused, position, field, message);
	return ERROR_NONE;
}

/* --- the first pass: ids --- */

static enum error refuse_double(struct import_run *run, int64_t position, const struct uuid_entry *first)
{
	char message[128];

	(void)snprintf(message, sizeof(message), "this uuid stands in %s %" PRId64 " already", run->row->unit,
		first->position);
	return refuse_item(run, ERROR_CONFLICT, position, "uuid", message);
}

static enum error note_uuid(struct import_run *run, const char *line, size_t length, int64_t position)
{
	char uuid[TASK_UUID_LENGTH + 1] = "";
	struct uuid_entry *entry;
	bool is_new;
	enum error error;

	if (length < UUID_START + TASK_UUID_LENGTH)
		return ERROR_INTERNAL;
	memcpy(uuid, line + UUID_START, TASK_UUID_LENGTH);
	entry = uuid_table_add(&run->table, uuid, &is_new);
	if (!is_new)
		return refuse_double(run, position, entry);
	entry->position = position;
	error = uuid_store_find(run->request->db, run->request->who.account_id, uuid, &entry->id);
	entry->is_new = error == ERROR_NOT_FOUND;
	run->new_count += entry->is_new;
	return entry->is_new ? ERROR_NONE : error;
}

static enum error give_ids(struct import_run *run)
{
	struct request *request = run->request;
	int64_t no_revision;

	if (!run->new_count)
		return ERROR_NONE;
	return task_store_count_up(
		request->db, request->who.account_id, run->new_count, 0, &run->next_id, &no_revision);
}

/* In the same order as the second pass. */
static enum error give_id(struct import_run *run, const char *line, size_t length, int64_t position)
{
	char uuid[TASK_UUID_LENGTH + 1] = "";
	struct uuid_entry *entry;

	(void)length;
	memcpy(uuid, line + UUID_START, TASK_UUID_LENGTH);
	entry = uuid_table_find(&run->table, uuid);
	if (entry->position == position && entry->is_new)
		entry->id = run->next_id++;
	return ERROR_NONE;
}

/* --- the second pass: tasks --- */

/* 0: it is neither here nor there, and is left out. */
static enum error resolve(
	struct import_run *run, const char *field, const char *uuid, int64_t position, int64_t *ret_id)
{
	const struct uuid_entry *entry = uuid_table_find(&run->table, uuid);
	enum error error = ERROR_NONE;
	char message[128];

	*ret_id = entry ? entry->id : 0;
	if (entry && entry->is_new && entry->position > position)
		id_list_add(&run->recounted, entry->id);
	if (!entry)
		error = uuid_store_find(run->request->db, run->request->who.account_id, uuid, ret_id);
	if (error != ERROR_NOT_FOUND)
		return error;
	*ret_id = 0;
	(void)snprintf(message, sizeof(message), "%s was left out: there is no task %s", field, uuid);
	import_notes_add(&run->warnings, position, field, message);
	return ERROR_NONE;
}

static int compare_ids(const void *left, const void *right)
{
	const int64_t *a = left;
	const int64_t *b = right;

	return (*a > *b) - (*a < *b);
}

static enum error resolve_depends(struct import_run *run, struct import_item *item, int64_t position)
{
	struct task *task = &item->task;
	int64_t *ids = arena_array(&run->arena, task->depend_count, sizeof(*ids));
	size_t count = 0;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < task->depend_count; i++) {
		error = resolve(run, "depends", item->relatives.depends[i], position, &ids[count]);
		count += ids[count] != 0;
	}
	if (count)
		qsort(ids, count, sizeof(*ids), compare_ids);
	task->depends = ids;
	task->depend_count = count;
	return error;
}

static enum error resolve_relatives(struct import_run *run, struct import_item *item, int64_t position)
{
	struct task *task = &item->task;
	enum error error = ERROR_NONE;

	if (item->relatives.parent)
		error = resolve(run, "parent", item->relatives.parent, position, &task->parent);
	if (!error && item->relatives.series)
		error = resolve(run, "series", item->relatives.series, position, &task->series);
	if (!error && task->depend_count)
		error = resolve_depends(run, item, position);
	if (!task->series && !task->recur)
		task->occurrence = TASK_NO_TIME;
	return error;
}

/* What waits was written by import_stage, so no rule has to be looked at again. */
static enum error read_item(struct import_run *run, const char *line, size_t length, struct import_item *ret_item)
{
	struct import_reader reader = {
		.arena = &run->arena, .zone = &zone_utc, .now = run->request->now, .refusal = &run->request->refusal
	};
	json_t *object = json_loadb(line, length, 0, NULL);
	enum error error = object ? import_line_read(&reader, object, ret_item) : ERROR_INTERNAL;

	json_decref(object);
	return error ? ERROR_INTERNAL : ERROR_NONE;
}

/* --- writing --- */

/* It needs itself, by way of others. Where the rest is to be taken it is without its links. */
static enum error save_without_links(struct import_run *run, struct task_change *change, int64_t position)
{
	enum error error = refuse_item(run, ERROR_CONFLICT, position, "depends",
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

static enum error save_batch(struct import_run *run)
{
	enum error error = task_edit_save(&run->edit, run->changes, run->change_count);

	if (error == ERROR_CONFLICT)
		error = save_singly(run);
	run->change_count = 0;
	return error;
}

/* What is in hand is written before its texts are given up. */
static enum error make_room(struct import_run *run)
{
	enum error error = ERROR_NONE;

	if (run->arena.total > ARENA_BYTES)
		error = save_batch(run);
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
	if (run->change_count == BATCH || is_template)
		error = save_batch(run);
	return error || !is_template ? error : set_next(run, after);
}

/* Two instances of a series have not the same number: whoever comes later loses it. */
static enum error free_occurrence(struct import_run *run, struct task *task, int64_t position)
{
	struct task other;
	enum error error;

	if (!task->series || task->occurrence == TASK_NO_TIME)
		return ERROR_NONE;
	error = save_batch(run);
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

static enum error put(struct import_run *run, struct task *task, bool is_new, int64_t position)
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
	return refuse_item(run, ERROR_CONFLICT, position, "uuid", "the account has this task already");
}

static enum error leave_out_value(struct import_run *run, int64_t position, const struct refusal *refusal)
{
	if (!run->row->is_partial)
		return refuse_item(run, refusal->error, position, refusal->field, refusal->message);
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
	enum error error = resolve_relatives(run, item, position);

	if (!error)
		error = free_occurrence(run, &item->task, position);
	if (!error && item->task.custom_count)
		error = settle_values(run, &item->task, position);
	return error ? error : put(run, &item->task, is_new, position);
}

static enum error take_line(struct import_run *run, const char *line, size_t length, int64_t position)
{
	struct import_item item;
	const struct uuid_entry *entry;
	enum error error = make_room(run);

	if (!error)
		error = read_item(run, line, length, &item);
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
		error = walk_lines(run, note_uuid);
	if (!error)
		error = give_ids(run);
	if (!error && run->new_count)
		error = walk_lines(run, give_id);
	if (!error)
		error = walk_lines(run, take_line);
	if (!error)
		error = save_batch(run);
	if (!error)
		error = recount(run);
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
