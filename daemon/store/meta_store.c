/* Facts about the store itself: its UUID. */
#include "store/meta_store.h"

#include <stdio.h>

enum { UUID, SET_UUID };

enum error meta_store_uuid(struct db *db, char ret_uuid[37])
{
	struct db_query *query = db_query(db, &meta_store_statements[UUID]);
	enum error error = db_step_one(query);

	if (!error)
		(void)snprintf(ret_uuid, 37, "%s", db_text(query, 0, NULL));
	db_finish(query);
	return error;
}

enum error meta_store_set_uuid(struct db *db, const char *uuid)
{
	struct db_query *query = db_query(db, &meta_store_statements[SET_UUID]);

	db_bind_text(query, 1, uuid);
	return db_run(query, NULL);
}

const struct db_statement meta_store_statements[] = {
	[UUID] = { .name = "meta_uuid",
		.sql = "SELECT value FROM meta WHERE name = 'uuid'",
		.columns = (const char *const[]){ "value", NULL } },
	[SET_UUID] = { .name = "meta_set_uuid", .sql = "INSERT INTO meta (name, value) VALUES ('uuid', $1)" },
	{ 0 },
};
