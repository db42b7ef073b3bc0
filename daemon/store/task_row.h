/* A task as a row: the one list of columns from which its statements are made, and by which rows are bound and read. */
#pragma once

#include "store/db.h"
#include "tasks/task.h"

enum task_column_type {
	TASK_COLUMN_TEXT, /* const char *, NULL for NULL */
	TASK_COLUMN_UUID,
	TASK_COLUMN_INTEGER, /* int64_t */
	TASK_COLUMN_TIME,    /* int64_t, NULL for TASK_NO_TIME */
	TASK_COLUMN_STATUS,  /* by its name */
	TASK_COLUMN_PRIORITY,
	TASK_COLUMN_TAGS, /* one text, separated by spaces, which no tag has */
};

/*
 * COLUMN(NUMBER, NAME, TYPE): the parameter that it is in an INSERT; the column, and the member of struct task. Before
 * them come $1, account_id, and $2, id. A new column is a row here and a step in migrations.c.
 */
#define TASK_COLUMNS(COLUMN)                                                                                           \
	COLUMN(3, uuid, UUID)                                                                                          \
	COLUMN(4, title, TEXT)                                                                                         \
	COLUMN(5, status, STATUS)                                                                                      \
	COLUMN(6, project, TEXT)                                                                                       \
	COLUMN(7, tags, TAGS)                                                                                          \
	COLUMN(8, priority, PRIORITY)                                                                                  \
	COLUMN(9, due, TIME)                                                                                           \
	COLUMN(10, wait, TIME)                                                                                         \
	COLUMN(11, started, TIME)                                                                                      \
	COLUMN(12, completed, TIME)                                                                                    \
	COLUMN(13, deleted, TIME)                                                                                      \
	COLUMN(14, created, INTEGER)                                                                                   \
	COLUMN(15, modified, INTEGER)                                                                                  \
	COLUMN(16, version, INTEGER)                                                                                   \
	COLUMN(17, note, TEXT)

#define TASK_COLUMN_AFTER_COMMA(number, name, type) ", task." #name

/* What follows a SELECT's id: the id is the result's first column, and these are the others. */
#define TASK_ROW_SELECTED TASK_COLUMNS(TASK_COLUMN_AFTER_COMMA)

struct task_column {
	const char *name;
	enum task_column_type type;
	size_t offset; /* in struct task */
};

extern const struct task_column task_columns[]; /* ends with a row that has no name */
extern const char *const task_row_columns[];    /* of a result: "id" and the columns' names */

bool task_column_differs(const struct task_column *column, const struct task *a, const struct task *b);

/* Where the tags of a row are spread out. */
struct task_row_tags {
	const char *tags[TASK_TAGS_LIMIT];
	char text[TASK_TAGS_LIMIT * (TASK_TAG_LIMIT + 1)];
};

/* `room` holds the text that is bound, until db_finish. */
void task_row_bind_column(struct db_query *query, unsigned number, const struct task_column *column,
	const struct task *task, struct task_row_tags *room);
/* All of them, each as its number. */
void task_row_bind(struct db_query *query, const struct task *task, struct task_row_tags *room);

/* The current row. Its texts are the query's and the room's: task_copy keeps them. ERROR_STORAGE: no such row can have
 * been written by us. */
enum error task_row_read(const struct db_query *query, struct task_row_tags *room, struct task *ret_task);
