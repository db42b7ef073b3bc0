/* Tasks that go for good. */
#include "methods/task_purge.h"

#include "common/cleanup.h"
#include "store/history_store.h"
#include "store/task_bin.h"
#include "store/task_store.h"

#define REFERRERS_BATCH 100u

/* --- those that name it --- */

static void drop_dependency(struct task *task, int64_t id, struct arena *arena)
{
	int64_t *depends = arena_array(arena, task->depend_count, sizeof(*depends));
	size_t kept = 0;

	for (size_t i = 0; i < task->depend_count; i++)
		if (task->depends[i] != id)
			depends[kept++] = task->depends[i];
	task->depends = depends;
	task->depend_count = kept;
}

static enum error detach(struct task_edit *edit, int64_t referrer_id, int64_t id, struct arena *arena)
{
	struct request *request = edit->request;
	const struct task_ref ref = { .id = referrer_id };
	struct task_change change;
	enum error error =
		task_store_find(request->db, request->who.account_id, &ref, arena, &change.before, &request->refusal);

	if (error)
		return error;
	change.after = change.before;
	if (change.after.parent == id)
		change.after.parent = 0;
	drop_dependency(&change.after, id, arena);
	task_touch(&change.after, request->now);
	return task_edit_save(edit, &change, 1);
}

static enum error detach_batch(
	struct task_edit *edit, const int64_t *referrer_ids, size_t count, int64_t id, struct arena *arena)
{
	enum error error = ERROR_NONE;

	for (size_t i = 0; !error && i < count; i++)
		error = detach(edit, referrer_ids[i], id, arena);
	return error;
}

static enum error detach_all(struct task_edit *edit, int64_t id)
{
	CLEANUP(arena_deinit) struct arena arena;
	int64_t ids[REFERRERS_BATCH];
	int64_t after_id = 0;
	size_t count;
	enum error error;

	arena_init(&arena);
	do {
		error = task_bin_find_referrers(
			edit->request->db, edit->request->who.account_id, id, after_id, REFERRERS_BATCH, ids, &count);
		if (error || !count)
			return error;
		error = detach_batch(edit, ids, count, id, &arena);
		after_id = ids[count - 1];
		arena_reset(&arena);
	} while (!error);
	return error;
}

/* --- itself --- */

static enum error remove_task(struct task_edit *edit, const struct task *task)
{
	struct db *db = edit->request->db;
	int64_t account_id = edit->request->who.account_id;
	enum error error = task_bin_remove(db, account_id, task);

	if (!error)
		error = history_store_strip(db, account_id, task->id);
	return error ? error : task_edit_record_purged(edit, task->id);
}

enum error task_purge_save(struct task_edit *edit, struct task_change *changes, size_t count)
{
	enum error error = ERROR_NONE;

	if (!count)
		return ERROR_NONE;
	edit->is_reversal = true; /* what cannot be taken back is no act, and stands in no other's way */
	for (size_t i = 0; !error && i < count; i++)
		error = detach_all(edit, changes[i].before.id);
	if (!error)
		error = task_edit_count_up(edit, (int64_t)count);
	for (size_t i = 0; !error && i < count; i++)
		error = remove_task(edit, &changes[i].before);
	return error;
}
