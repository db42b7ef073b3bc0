/* The days of tasks by the indexes that know them: when they are due, scheduled, waited for, completed. */
#pragma once

#include "store/db.h"
#include "tasks/day_sheet.h"

/* Called for each. Not ERROR_NONE stops. */
typedef enum error (*day_store_event)(void *context, enum day_event event, int64_t moment);

/* Those of pending tasks and, of DAY_DONE, of completed ones, from the moment `from` up to `before`, which is without.
 */
enum error day_store_each(
	struct db *db, int64_t account_id, int64_t from, int64_t before, day_store_event on_event, void *context);

extern const struct db_statement day_store_statements[]; /* ends with a row that has no name */
