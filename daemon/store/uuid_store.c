/* Ids and uuids of an account's tasks. */
#include "store/uuid_store.h"

enum { OF_ID, FIND };

enum error uuid_store_of(struct db *db, int64_t account_id, int64_t id, char ret_uuid[TASK_UUID_LENGTH + 1])
{
	struct db_query *query = db_query(db, &uuid_store_statements[OF_ID]);

	db_bind_int64(query, 1, account_id);
	db_bind_int64(query, 2, id);
	return db_read_only_text(query, ret_uuid, TASK_UUID_LENGTH + 1);
}

enum error uuid_store_find(struct db *db, int64_t account_id, const char *uuid, int64_t *ret_id)
{
	struct db_query *query = db_query(db, &uuid_store_statements[FIND]);

	db_bind_int64(query, 1, account_id);
	db_bind_text(query, 2, uuid);
	return db_read_integer(query, ret_id);
}

const struct db_statement uuid_store_statements[] = {
	[OF_ID] = { .name = "uuid_of",
		.sql = "SELECT uuid FROM task WHERE account_id = $1 AND id = $2",
		.columns = (const char *const[]){ "uuid", NULL } },
	[FIND] = { .name = "uuid_find",
		.sql = "SELECT id FROM task WHERE account_id = $1 AND uuid = $2",
		.columns = (const char *const[]){ "id", NULL } },
	{ 0 },
};
