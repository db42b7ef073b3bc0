/* Rows that the clock has overtaken. */
#include "store/task_ended.h"

#include "common/buffer.h"
#include "store/task_row.h"

#include <string.h>

enum { ENDED };

static enum error read_all(struct db_query *query, const struct urgency_coefficients *coefficients, int64_t now,
	struct task_row_room *room, struct buffer *items)
{
	enum error error = ERROR_NONE;

	while (db_next(query, &error)) {
		struct task task;

		error = task_row_read(query, room, &task);
		if (!error)
			buffer_append(items,
				&(struct task_ended){ .id = task.id, .rank = urgency_rank(&task, coefficients, now) },
				sizeof(struct task_ended));
	}
	db_finish(query);
	return error;
}

enum error task_ended_read(struct db *db, int64_t account_id, const struct urgency_coefficients *coefficients,
	int64_t now, struct arena *arena, const struct task_ended **ret_ended, size_t *ret_count)
{
	struct db_query *query = db_query(db, &task_ended_statements[ENDED]);
	struct task_ended *ended;
	struct task_row_room room;
	struct buffer items;
	enum error error;

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, now);
	task_row_room_init(&room);
	buffer_init(&items);
	error = read_all(query, coefficients, now, &room, &items);
	*ret_count = items.length / sizeof(*ended);
	ended = arena_array(arena, *ret_count, sizeof(*ended));
	if (items.length)
		memcpy(ended, items.data, items.length);
	*ret_ended = ended;
	buffer_deinit(&items);
	task_row_room_deinit(&room);
	return error;
}

const struct db_statement task_ended_statements[] = {
	[ENDED] = { .name = "task_ended",
		.sql = "SELECT task.id AS id" TASK_ROW_SELECTED " FROM task "
		       "WHERE account_id = $1 AND status = 'pending' AND urgency_change <= $2 ORDER BY id",
		.columns = task_row_columns },
	{ 0 },
};
