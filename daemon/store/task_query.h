/* Filters as SQL: a tree of terms compiled to one statement with bound parameters. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/filter.h"
#include "tasks/task.h"

/* What of each task is read: all of it, or what clients see (TASK_SHOWN_FIELDS), which costs less. */
enum task_query_want { TASK_QUERY_WHOLE, TASK_QUERY_SHOWN };

struct task_query {
	int64_t account_id;
	int64_t now;
	const struct filter *filter;
	int64_t after_id; /* a page starts behind this id; 0: at the start */
	int64_t limit;    /* rows at most; 0: all */
	enum task_query_want want;
};

/* Called for each row in the order of ids; the task and its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*task_query_row)(void *context, const struct task *task);

enum error task_query_each(
	struct db *db, const struct task_query *query, struct arena *arena, task_query_row on_row, void *context);
/* The same with some fields alone, whose names end with NULL: of many tasks that is several times as quick. */
enum error task_query_each_part(struct db *db, const struct task_query *query, const char *const *fields,
	struct arena *arena, task_query_row on_row, void *context);
/* How many there are behind after_id; the limit does not count. */
enum error task_query_count(struct db *db, const struct task_query *query, struct arena *arena, int64_t *ret_count);
