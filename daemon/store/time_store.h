/* When tasks were worked on: table task_time holds what has ended, the tasks what runs. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/time_sheet.h"

/* Called for each span in the order in which they began; its texts are valid during the call. Not ERROR_NONE stops. */
typedef enum error (*time_store_row)(void *context, const struct time_span *span);

/* Projects are the tasks', whose rows are read for them. */
enum time_store_projects { TIME_STORE_WITHOUT_PROJECTS, TIME_STORE_WITH_PROJECTS };

/* What ended behind `from` and began before `before`. */
enum error time_store_each(struct db *db, int64_t account_id, int64_t from, int64_t before,
	enum time_store_projects projects, time_store_row on_row, void *context);

/* What ended behind `from`, in the order of tasks and then of time; without projects. */
enum error time_store_each_by_task(
	struct db *db, int64_t account_id, int64_t from, time_store_row on_row, void *context);

/* What began before `now` and runs: it is given up to then. */
enum error time_store_each_running(
	struct db *db, int64_t account_id, int64_t now, time_store_row on_row, void *context);

/* All that has ended, but for the first `skipped`; without projects. */
enum error time_store_list(
	struct db *db, int64_t account_id, int64_t skipped, int64_t limit, time_store_row on_row, void *context);

struct time_task {
	const char *title;
	const char *project; /* NULL: none */
};

/* The task that time belongs to; its texts are copied to the arena. ERROR_NOT_FOUND. */
enum error time_store_find_task(
	struct db *db, int64_t account_id, int64_t id, struct arena *arena, struct time_task *ret_task);

extern const struct db_statement time_store_statements[]; /* ends with a row that has no name */
