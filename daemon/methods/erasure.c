/* The note that it has to be done is older than the deletion's reply, so that a crash in between loses nothing. */
#include "methods/erasure.h"

#include "common/log.h"
#include "store/meta_store.h"

static enum error forget_note(struct db *db)
{
	enum error error = db_begin(db);

	if (error)
		return error;
	error = meta_store_set_scrub_pending(db, false);
	if (!error)
		error = db_commit(db);
	if (error && db_is_in_transaction(db))
		db_rollback(db);
	return error;
}

void erasure_run(void *context, struct db *db)
{
	enum error error = db_scrub(db);

	(void)context;
	if (!error)
		error = forget_note(db);
	if (error)
		log_warning("what was deleted is still on the disk; it is tried again in some minutes");
}
