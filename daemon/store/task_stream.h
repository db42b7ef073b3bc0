/* Tasks in a certain order, one after the other: of one statement, or of some that follow each other. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "store/db_values.h"
#include "store/task_row.h"

#define TASK_STREAM_LEGS 2u

struct task_stream_leg {
	const char *sql;         /* rows of task_row_columns; no other stream of its time has the same */
	struct db_values values; /* parameter 2 is 0 */
};

struct task_stream {
	struct db *db;
	struct task_stream_leg legs[TASK_STREAM_LEGS];
	size_t leg_count;
	size_t at; /* the leg that runs */
	struct db_query *query;
	struct task_row_room room;
	struct task task; /* while has_task; it and its texts are valid until the next step */
	bool has_task;
};

void task_stream_init(struct task_stream *stream, struct db *db);
void task_stream_deinit(struct task_stream *stream);

/* Go on to the next task, or to the first. */
enum error task_stream_step(struct task_stream *stream);
