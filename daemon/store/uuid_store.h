/* Ids and uuids of an account's tasks, one in exchange for the other. */
#pragma once

#include "store/db.h"
#include "tasks/task.h"

/* ERROR_NOT_FOUND: there is no such task. */
enum error uuid_store_of(struct db *db, int64_t account_id, int64_t id, char ret_uuid[TASK_UUID_LENGTH + 1]);
enum error uuid_store_find(struct db *db, int64_t account_id, const char *uuid, int64_t *ret_id);

extern const struct db_statement uuid_store_statements[]; /* ends with a row that has no name */
