/* What series need beyond single tasks: an instance by its number, and when templates are to be looked at again. */
#pragma once

#include "common/arena.h"
#include "store/task_store.h"

/* ERROR_NOT_FOUND. Texts are copied to the arena. */
enum error series_store_find_instance(struct db *db, int64_t account_id, int64_t series, int64_t occurrence,
	struct arena *arena, struct task *ret_task);

#define SERIES_STORE_AT_ONCE INT64_C(0) /* its instance has been closed */

/* When the template is to be looked at again; TASK_NO_TIME: not before its instance is closed. No change of the task.
 */
enum error series_store_set_next(struct db *db, int64_t account_id, int64_t template_id, int64_t at);

/* The templates of all accounts whose time has come, the longest first; gives how many of `limit` there were. */
enum error series_store_each_due(
	struct db *db, int64_t now, size_t limit, struct task_in_account *ret_rows, size_t *ret_count);
/* The same of one account. */
enum error series_store_each_of_account(struct db *db, int64_t account_id, int64_t now, size_t limit,
	struct task_in_account *ret_rows, size_t *ret_count);

/* Called for each instance in the order of their numbers. Not ERROR_NONE stops. */
typedef enum error (*series_store_instance)(void *context, int64_t occurrence, enum task_status status);
enum error series_store_each_instance(
	struct db *db, int64_t account_id, int64_t series, series_store_instance on_instance, void *context);

extern const struct db_statement series_store_statements[]; /* ends with a row that has no name */
