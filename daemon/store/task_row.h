/* A task as a row: how its fields are bound and read. */
#pragma once

#include "common/buffer.h"
#include "store/db.h"
#include "tasks/task_field.h"

#define TASK_ROW_AFTER_COMMA(number, name, type, role) ", task." #name

/* What follows a SELECT's id: the id is the result's first column, and these are the others. */
#define TASK_ROW_SELECTED TASK_FIELDS(TASK_ROW_AFTER_COMMA)
#define TASK_ROW_SHOWN    TASK_SHOWN_FIELDS(TASK_ROW_AFTER_COMMA) /* for task_row_read_shown */

extern const char *const task_row_columns[]; /* of a result: "id" and the fields' names */
extern const char *const task_row_shown_columns[];

/* Where the texts and lists of a row are spread out. */
struct task_row_room {
	const char *tags[TASK_TAGS_LIMIT];
	char text[TASK_TAGS_LIMIT * (TASK_TAG_LIMIT + 1)]; /* of the tags */
	struct arena arena;                                /* of what few tasks have */
};

void task_row_room_init(struct task_row_room *room);
void task_row_room_deinit(struct task_row_room *room);

/* `room` holds the text that is bound, until db_finish. */
void task_row_bind_field(struct db_query *query, unsigned number, const struct task_field *field,
	const struct task *task, struct task_row_room *room);
/* All of them, each as its number. */
void task_row_bind(struct db_query *query, const struct task *task, struct task_row_room *room);

/* The current row. Its texts are the query's and the room's, until the next row: task_copy keeps them. ERROR_STORAGE:
 * no such row can have been written by us. */
enum error task_row_read(const struct db_query *query, struct task_row_room *room, struct task *ret_task);
/* The same of what clients see of it; the other fields are task_empty's. A third of the time of a list is SQLite's
 * decoding of columns. */
enum error task_row_read_shown(const struct db_query *query, struct task_row_room *room, struct task *ret_task);

/* Some of the fields, for whoever goes through many tasks and needs little of each. Lives in an arena. */
struct task_row_part {
	const char **columns; /* of a result: "id" and the fields' names */
	const struct task_field **fields;
	size_t count;
};

/* `names`, which are borrowed and end with NULL, are those of fields. */
void task_row_part_init(struct task_row_part *part, const char *const *names, struct arena *arena);
/* What follows a SELECT's id. */
void task_row_part_write(const struct task_row_part *part, struct buffer *sql);
/* As task_row_read; the other fields are those of task_empty. */
enum error task_row_part_read(const struct task_row_part *part, const struct db_query *query,
	struct task_row_room *room, struct task *ret_task);
