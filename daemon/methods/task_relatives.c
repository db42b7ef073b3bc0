/* The uuids of the tasks that a task refers to. */
#include "methods/task_relatives.h"

#include "store/uuid_store.h"

static enum error find_one(struct db *db, int64_t account_id, int64_t id, struct arena *arena, const char **ret_uuid)
{
	char uuid[TASK_UUID_LENGTH + 1];
	enum error error = id ? uuid_store_of(db, account_id, id, uuid) : ERROR_NOT_FOUND;

	*ret_uuid = error ? NULL : arena_strdup(arena, uuid);
	return error == ERROR_NOT_FOUND ? ERROR_NONE : error;
}

static enum error find_depends(
	struct db *db, int64_t account_id, struct arena *arena, struct task *task, struct task_relatives *relatives)
{
	const char **uuids = arena_array(arena, task->depend_count, sizeof(*uuids));
	size_t count = 0;
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < task->depend_count; i++) {
		error = find_one(db, account_id, task->depends[i], arena, &uuids[count]);
		count += uuids[count] != NULL;
	}
	task->depend_count = count;
	relatives->depends = uuids;
	return error;
}

enum error task_relatives_find(
	struct db *db, int64_t account_id, struct arena *arena, struct task *task, struct task_relatives *ret_relatives)
{
	enum error error = ERROR_NONE;

	*ret_relatives = (struct task_relatives){ .parent = NULL };
	if (task->parent)
		error = find_one(db, account_id, task->parent, arena, &ret_relatives->parent);
	if (!error && task->series)
		error = find_one(db, account_id, task->series, arena, &ret_relatives->series);
	if (!error && task->depend_count)
		error = find_depends(db, account_id, arena, task, ret_relatives);
	return error;
}
