/* Two walks over what has come: the first finds out what is new, the second numbers it. */
#include "methods/import_ids.h"

#include "methods/import_pack.h"
#include "store/task_store.h"
#include "store/uuid_store.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* --- giving --- */

static enum error refuse_double(struct import_run *run, int64_t position, const struct uuid_entry *first)
{
	char message[128];

	(void)snprintf(message, sizeof(message), "this uuid stands in %s %" PRId64 " already", run->row->unit,
		first->position);
	return import_run_refuse(run, ERROR_CONFLICT, position, "uuid", message);
}

static enum error note_uuid(struct import_run *run, const char *packed, size_t length, int64_t position)
{
	char uuid[TASK_UUID_LENGTH + 1];
	struct uuid_entry *entry;
	bool is_new;
	enum error error;

	if (!import_pack_uuid(packed, length, uuid))
		return ERROR_INTERNAL;
	entry = uuid_table_add(&run->table, uuid, &is_new);
	if (!is_new)
		return refuse_double(run, position, entry);
	entry->position = position;
	error = uuid_store_find(run->request->db, run->request->who.account_id, uuid, &entry->id);
	entry->is_new = error == ERROR_NOT_FOUND;
	run->new_count += entry->is_new;
	return entry->is_new ? ERROR_NONE : error;
}

static enum error count_up(struct import_run *run)
{
	struct request *request = run->request;
	int64_t no_revision;

	if (!run->new_count)
		return ERROR_NONE;
	return task_store_count_up(
		request->db, request->who.account_id, run->new_count, 0, &run->next_id, &no_revision);
}

/* In the same order as the second pass. */
static enum error give_id(struct import_run *run, const char *packed, size_t length, int64_t position)
{
	char uuid[TASK_UUID_LENGTH + 1];
	struct uuid_entry *entry;

	if (!import_pack_uuid(packed, length, uuid))
		return ERROR_INTERNAL;
	entry = uuid_table_find(&run->table, uuid);
	if (entry->position == position && entry->is_new)
		entry->id = run->next_id++;
	return ERROR_NONE;
}

/* All of them are noted first: how many are new says how far the account's ids are counted up. */
enum error import_ids_give(struct import_run *run)
{
	enum error error = import_run_walk(run, note_uuid);

	if (!error)
		error = count_up(run);
	return error || !run->new_count ? error : import_run_walk(run, give_id);
}

/* --- finding --- */

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

enum error import_ids_resolve(struct import_run *run, struct import_item *item, int64_t position)
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
