/* What a copy of the store must not have, in one script. */
#include "store/backup_store.h"

#include "store/db_driver.h"
#include "store/meta_store.h"
#include "store/migrations.h"

#include <inttypes.h>
#include <stdio.h>

#define MARK_NAME "backup"

/* Stored replies hold no secret, but belong to requests of the original. */
static const char forget_script[] = "DELETE FROM session;"
				    "DELETE FROM token;"
				    "DELETE FROM reset_code;"
				    "DELETE FROM replay;";

/* As a copy of any version understands it. */
static void write_mark_script(int64_t now, char *ret_script, size_t size)
{
	(void)snprintf(ret_script, size,
		"INSERT OR REPLACE INTO meta (name, value) VALUES ('" MARK_NAME "', '%" PRId64 "');", now);
}

enum error backup_store_make(struct db *db, const char *path, int64_t now, int64_t *ret_bytes)
{
	char mark[128], script[sizeof(forget_script) + sizeof(mark)];

	write_mark_script(now, mark, sizeof(mark));
	(void)snprintf(script, sizeof(script), "%s%s", forget_script, mark);
	return db_backup(db, path, script, ret_bytes);
}

/* Its tables may be those of an older version: what it must forget it forgets when it is started. */
enum error backup_store_restore(
	const struct db_driver *driver, const char *folder, const char *path, int64_t now, struct refusal *refusal)
{
	char mark[128];

	write_mark_script(now, mark, sizeof(mark));
	return db_restore(driver, folder, path, migrations_newest(), mark, refusal);
}

enum error backup_store_is_marked(struct db *db, bool *ret_is_marked)
{
	int64_t marked_at = 0;
	enum error error = meta_store_integer(db, MARK_NAME, &marked_at);

	*ret_is_marked = marked_at != 0;
	return error;
}

static enum error renew(struct db *db, const char *uuid)
{
	enum error error = db_driver_of(db)->execute(db_connection_of(db), "backup_forget", forget_script);

	if (!error)
		error = meta_store_set_uuid(db, uuid);
	return error ? error : meta_store_set_integer(db, MARK_NAME, 0);
}

enum error backup_store_renew(struct db *db, const char *uuid)
{
	enum error error = db_begin(db);

	if (error)
		return error;
	error = renew(db, uuid);
	if (!error)
		error = db_commit(db);
	if (error)
		db_rollback(db);
	return error;
}
