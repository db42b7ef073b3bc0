/* Facts about the store itself, each a name and a text. */
#include "store/meta_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SCRUB_NAME "scrub_pending"

enum { UUID, SET_UUID, VALUE, SET_VALUE };

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

enum error meta_store_integer(struct db *db, const char *name, int64_t *ret_value)
{
	struct db_query *query = db_query(db, &meta_store_statements[VALUE]);
	bool has_row = false;
	enum error error;

	db_bind_text(query, 1, name);
	error = db_step(query, &has_row);
	if (!error)
		*ret_value = has_row ? strtoll(db_text(query, 0, NULL), NULL, 10) : 0;
	db_finish(query);
	return error;
}

enum error meta_store_set_integer(struct db *db, const char *name, int64_t value)
{
	struct db_query *query = db_query(db, &meta_store_statements[SET_VALUE]);
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, value);
	db_bind_text(query, 1, name);
	db_bind_text(query, 2, text);
	return db_run(query, NULL);
}

enum error meta_store_scrub_is_pending(struct db *db, bool *ret_is_pending)
{
	int64_t value = 0;
	enum error error = meta_store_integer(db, SCRUB_NAME, &value);

	*ret_is_pending = value != 0;
	return error;
}

enum error meta_store_set_scrub_pending(struct db *db, bool is_pending)
{
	return meta_store_set_integer(db, SCRUB_NAME, is_pending);
}

const struct db_statement meta_store_statements[] = {
	[UUID] = { .name = "meta_uuid",
		.sql = "SELECT value FROM meta WHERE name = 'uuid'",
		.columns = (const char *const[]){ "value", NULL } },
	[SET_UUID] = { .name = "meta_set_uuid",
		.sql = "INSERT INTO meta (name, value) VALUES ('uuid', $1) "
		       "ON CONFLICT (name) DO UPDATE SET value = excluded.value" },
	[VALUE] = { .name = "meta_value",
		.sql = "SELECT value FROM meta WHERE name = $1",
		.columns = (const char *const[]){ "value", NULL } },
	[SET_VALUE] = { .name = "meta_set_value",
		.sql = "INSERT INTO meta (name, value) VALUES ($1, $2) "
		       "ON CONFLICT (name) DO UPDATE SET value = excluded.value" },
	{ 0 },
};
