/* Tasks in a certain order, one after the other. */
#include "store/task_stream.h"

#define ID 2 /* see task_plan_write_source: from the start */

void task_stream_init(struct task_stream *stream, struct db *db)
{
	*stream = (struct task_stream){ .db = db };
	task_row_room_init(&stream->room);
}

void task_stream_deinit(struct task_stream *stream)
{
	db_finish(stream->query);
	task_row_room_deinit(&stream->room);
}

static void start_leg(struct task_stream *stream)
{
	const struct task_stream_leg *leg = &stream->legs[stream->at];

	stream->query = db_query_text(stream->db, "task_stream", leg->sql, task_row_columns);
	db_values_bind(&leg->values, stream->query);
	db_bind_int64(stream->query, ID, 0);
}

enum error task_stream_step(struct task_stream *stream)
{
	enum error error = ERROR_NONE;

	stream->has_task = false;
	while (!error && !stream->has_task && stream->at < stream->leg_count) {
		if (!stream->query)
			start_leg(stream);
		error = db_step(stream->query, &stream->has_task);
		if (error || stream->has_task)
			break;
		db_finish(stream->query);
		stream->query = NULL;
		stream->at++;
	}
	if (!error && stream->has_task)
		error = task_row_read(stream->query, &stream->room, &stream->task);
	return error;
}
