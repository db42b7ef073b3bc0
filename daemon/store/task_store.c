/* Tasks in the database, one at a time. */
#include "store/task_store.h"

#include "common/buffer.h"
#include "store/custom_field_store.h"
#include "store/search_store.h"
#include "store/task_label.h"
#include "store/task_relation.h"
#include "store/task_row.h"
#include "store/task_time.h"
#include "tasks/search_match.h"

#include <inttypes.h>
#include <string.h>

enum { COUNT_UP, BEGIN_ACT, REVISION, INSERT, REMOVE, FIND_BY_ID, FIND_BY_UUID, FIND_REFERRER };

/* The first parameters of every statement that writes a row; the columns' follow. */
enum { ACCOUNT = 1, ID };

enum count_up_column { LAST_TASK_ID, LAST_REVISION, PREVIOUS_ACT };

static const char *const key_columns[] = { "key", NULL };

static enum error count_up(struct db_query *query, int64_t account_id, int64_t ids, int64_t revisions,
	int64_t *ret_first_id, int64_t *ret_first_revision)
{
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, ids);
	db_bind_int64(query, 3, revisions);
	error = db_step_one(query);
	if (error)
		return error;
	*ret_first_id = db_int64(query, LAST_TASK_ID) - ids + 1;
	*ret_first_revision = db_int64(query, LAST_REVISION) - revisions + 1;
	return ERROR_NONE;
}

enum error task_store_count_up(struct db *db, int64_t account_id, int64_t ids, int64_t revisions, int64_t *ret_first_id,
	int64_t *ret_first_revision)
{
	struct db_query *query = db_query(db, &task_store_statements[COUNT_UP]);
	enum error error = count_up(query, account_id, ids, revisions, ret_first_id, ret_first_revision);

	db_finish(query);
	return error;
}

enum error task_store_begin_act(struct db *db, int64_t account_id, int64_t ids, int64_t revisions,
	int64_t *ret_first_id, int64_t *ret_first_revision, int64_t *ret_previous)
{
	struct db_query *query = db_query(db, &task_store_statements[BEGIN_ACT]);
	enum error error = count_up(query, account_id, ids, revisions, ret_first_id, ret_first_revision);

	if (!error)
		*ret_previous = db_int64(query, PREVIOUS_ACT);
	db_finish(query);
	return error;
}

enum error task_store_revision(struct db *db, int64_t account_id, int64_t *ret_revision)
{
	struct db_query *query = db_query(db, &task_store_statements[REVISION]);

	db_bind_int64(query, 1, account_id);
	return db_read_integer(query, ret_revision);
}

/* --- writing --- */

static enum error insert_row(struct db *db, int64_t account_id, const struct task *task, int64_t *ret_key)
{
	struct db_query *query = db_query(db, &task_store_statements[INSERT]);
	struct task_row_room room;
	enum error error;

	task_row_room_init(&room);
	db_bind_int64(query, ACCOUNT, account_id);
	db_bind_int64(query, ID, task->id);
	task_row_bind(query, task, &room);
	error = db_run_for_key(query, ret_key);
	task_row_room_deinit(&room);
	return error;
}

/* What is kept of the task beside its row, for finding it. */
static enum error update_indexes(struct db *db, int64_t account_id, const struct task *before, const struct task *after)
{
	enum error error = task_relation_update(db, account_id, before, after);

	return error ? error : custom_field_store_update_values(db, account_id, before, after);
}

enum error task_store_insert(struct db *db, int64_t account_id, const struct task *task)
{
	int64_t key;
	enum error error = insert_row(db, account_id, task, &key);

	if (!error)
		error = task_label_add_all(db, account_id, key, task);
	return error ? error : update_indexes(db, account_id, &task_empty, task);
}

/* "UPDATE task SET title = $3, version = $4 WHERE account_id = $1 AND id = $2 RETURNING key"; false when nothing
 * differs. */
static bool write_update(struct buffer *sql, const struct task *before, const struct task *after)
{
	unsigned number = ID;
	bool has_other_words = false;

	buffer_append_text(sql, "UPDATE task SET ");
	for (const struct task_field *field = task_fields; field->name; field++) {
		if (!task_field_differs(field, before, after))
			continue;
		number++;
		has_other_words = has_other_words || search_match_reads(field);
		buffer_printf(sql, "%s%s = $%u", number > ID + 1 ? ", " : "", field->name, number);
	}
	if (has_other_words)
		buffer_append_text(sql, ", is_indexed = 0");
	buffer_append_text(sql, " WHERE account_id = $1 AND id = $2 RETURNING key");
	return number > ID;
}

static void bind_update(struct db_query *query, int64_t account_id, const struct task *before, const struct task *after,
	struct task_row_room *room)
{
	unsigned number = ID;

	db_bind_int64(query, ACCOUNT, account_id);
	db_bind_int64(query, ID, after->id);
	for (const struct task_field *field = task_fields; field->name; field++)
		if (task_field_differs(field, before, after))
			task_row_bind_field(query, ++number, field, after, room);
}

static enum error run_update(struct db *db, const char *sql, int64_t account_id, const struct task *before,
	const struct task *after, int64_t *ret_key)
{
	struct db_query *query = db_query_text(db, "task_update", sql, key_columns);
	struct task_row_room room;
	enum error error;

	task_row_room_init(&room);
	bind_update(query, account_id, before, after, &room);
	error = db_read_integer(query, ret_key);
	task_row_room_deinit(&room);
	return error;
}

/* Only what differs is named: SQLite would write the indexes of every column that is, changed or not. */
enum error task_store_update(struct db *db, int64_t account_id, const struct task *before, const struct task *after)
{
	struct buffer sql;
	int64_t key;
	enum error error = ERROR_NONE;

	buffer_init(&sql);
	if (write_update(&sql, before, after)) {
		error = run_update(db, buffer_text(&sql), account_id, before, after, &key);
		if (!error)
			error = task_label_update(db, account_id, key, before, after);
		if (!error)
			error = task_time_update(db, account_id, before, after);
		if (!error)
			error = update_indexes(db, account_id, before, after);
	}
	buffer_deinit(&sql);
	return error;
}

static enum error remove_row(struct db *db, int64_t account_id, int64_t id, int64_t *ret_key)
{
	struct db_query *query = db_query(db, &task_store_statements[REMOVE]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return db_read_integer(query, ret_key);
}

enum error task_store_remove(struct db *db, int64_t account_id, const struct task *task)
{
	int64_t key;
	enum error error = search_store_forget(db, account_id, task->id);

	if (!error)
		error = remove_row(db, account_id, task->id, &key);
	if (!error)
		error = task_label_remove_all(db, account_id, key, task);
	return error ? error : update_indexes(db, account_id, task, &task_empty);
}

/* --- finding --- */

static enum error read_copy(const struct db_query *query, struct arena *arena, struct task *ret_task)
{
	struct task_row_room room;
	struct task task;
	enum error error;

	task_row_room_init(&room);
	error = task_row_read(query, &room, &task);
	if (!error)
		task_copy(&task, arena, ret_task);
	task_row_room_deinit(&room);
	return error;
}

static enum error find_by_id(struct db *db, int64_t account_id, int64_t id, struct arena *arena, struct task *ret_task)
{
	struct db_query *query = db_query(db, &task_store_statements[FIND_BY_ID]);
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	error = db_step_one(query);
	if (!error)
		error = read_copy(query, arena, ret_task);
	db_finish(query);
	return error;
}

/* One row, and none behind it: else ERROR_CONFLICT. */
static enum error read_only_one(struct db_query *query, struct arena *arena, struct task *ret_task)
{
	bool has_another = false;
	enum error error = db_step_one(query);

	if (!error)
		error = read_copy(query, arena, ret_task);
	if (!error)
		error = db_step(query, &has_another);
	if (error)
		return error;
	return has_another ? ERROR_CONFLICT : ERROR_NONE;
}

static enum error find_by_uuid(
	struct db *db, int64_t account_id, const char *prefix, struct arena *arena, struct task *ret_task)
{
	struct db_query *query = db_query(db, &task_store_statements[FIND_BY_UUID]);
	char end[TASK_UUID_LENGTH + 1];
	struct task task;
	enum error error;

	task_store_uuid_end(prefix, end);
	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, prefix);
	db_bind_text(query, 3, end);
	error = read_only_one(query, arena, &task);
	db_finish(query);
	if (!error)
		*ret_task = task;
	return error;
}

static enum error refuse_missing(const struct task_ref *ref, struct refusal *refusal)
{
	if (ref->id)
		return refuse(refusal, ERROR_NOT_FOUND, "id", "there is no task %" PRId64, ref->id);
	return refuse(refusal, ERROR_NOT_FOUND, "id", "there is no task whose uuid begins with %s", ref->uuid);
}

enum error task_store_find(struct db *db, int64_t account_id, const struct task_ref *ref, struct arena *arena,
	struct task *ret_task, struct refusal *refusal)
{
	enum error error = ref->id ? find_by_id(db, account_id, ref->id, arena, ret_task) : ERROR_NOT_FOUND;

	if (error == ERROR_NOT_FOUND && ref->uuid[0])
		error = find_by_uuid(db, account_id, ref->uuid, arena, ret_task);
	if (error == ERROR_NOT_FOUND)
		return refuse_missing(ref, refusal);
	if (error == ERROR_CONFLICT)
		return refuse(refusal, ERROR_CONFLICT, "id",
			"the uuids of several tasks begin with %s; write more of the one that is meant", ref->uuid);
	return error;
}

enum error task_store_find_referrer(struct db *db, int64_t account_id, int64_t id, int64_t *ret_id)
{
	struct db_query *query = db_query(db, &task_store_statements[FIND_REFERRER]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return db_read_integer(query, ret_id);
}

void task_store_uuid_end(const char *prefix, char ret_end[TASK_UUID_LENGTH + 1])
{
	size_t length = strlen(prefix);

	memcpy(ret_end, prefix, length + 1);
	ret_end[length - 1]++;
}

#define INSERT_COLUMN(number, name, type, role)    ", " #name
#define INSERT_PARAMETER(number, name, type, role) ", $" #number
#define INSERT_COLUMNS                             TASK_FIELDS(INSERT_COLUMN)
#define INSERT_PARAMETERS                          TASK_FIELDS(INSERT_PARAMETER)

const struct db_statement task_store_statements[] = {
	[COUNT_UP] = { .name = "task_count_up",
		.sql = "UPDATE account_counter "
		       "SET last_task_id = last_task_id + $2, last_revision = last_revision + $3 "
		       "WHERE account_id = $1 "
		       "RETURNING last_task_id, last_revision",
		.columns =
			(const char *const[]){
				[LAST_TASK_ID] = "last_task_id", [LAST_REVISION] = "last_revision", NULL } },
	[BEGIN_ACT] = { .name = "task_begin_act",
		.sql = "UPDATE account_counter "
		       "SET last_task_id = last_task_id + $2, last_revision = last_revision + $3, "
		       "previous_act = done_act, done_act = last_revision + 1, newest_act = last_revision + 1 "
		       "WHERE account_id = $1 "
		       "RETURNING last_task_id, last_revision, previous_act",
		.columns = (const char *const[]){ [LAST_TASK_ID] = "last_task_id",
			[LAST_REVISION] = "last_revision",
			[PREVIOUS_ACT] = "previous_act",
			NULL } },
	[REVISION] = { .name = "task_revision",
		.sql = "SELECT last_revision FROM account_counter WHERE account_id = $1",
		.columns = (const char *const[]){ "last_revision", NULL } },
	[INSERT] = { .name = "task_insert",
		.sql = "INSERT INTO task (account_id, id" INSERT_COLUMNS ") "
		       "VALUES ($1, $2" INSERT_PARAMETERS ")" },
	[REMOVE] = { .name = "task_remove_row",
		.sql = "DELETE FROM task WHERE account_id = $1 AND id = $2 RETURNING key",
		.columns = key_columns },
	[FIND_BY_ID] = { .name = "task_find_by_id",
		.sql = "SELECT task.id" TASK_ROW_SELECTED " FROM task WHERE account_id = $1 AND id = $2",
		.columns = task_row_columns },
	[FIND_BY_UUID] = { .name = "task_find_by_uuid",
		.sql = "SELECT task.id" TASK_ROW_SELECTED " FROM task "
		       "WHERE account_id = $1 AND uuid >= $2 AND uuid < $3 "
		       "LIMIT 2",
		.columns = task_row_columns },
	[FIND_REFERRER] = { .name = "task_find_referrer",
		.sql = "SELECT id FROM task WHERE account_id = $1 AND parent = $2 "
		       "UNION ALL SELECT id FROM task WHERE account_id = $1 AND series = $2 "
		       "UNION ALL SELECT task_id FROM task_dependency WHERE account_id = $1 AND on_id = $2 "
		       "LIMIT 1",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
