/* A look at the log's size every so many commits, and a pool job when it is large. */
#include "server/checkpointer.h"

#include "common/log.h"
#include "common/memory.h"

#include <inttypes.h>
#include <stdlib.h>

#define COMMITS_BETWEEN_LOOKS 32u
#define WAL_BYTES_WANTED      (INT64_C(4) * 1024 * 1024)

struct checkpointer {
	uv_loop_t *loop;
	struct db *db;
	uv_work_t work;
	unsigned commits; /* since the last look */
	bool is_active;
	enum error error;
	int64_t wal_bytes;
};

struct checkpointer *checkpointer_new(uv_loop_t *loop, struct db *db)
{
	struct checkpointer *checkpointer = memory_array(1, sizeof(*checkpointer));

	checkpointer->loop = loop;
	checkpointer->db = db;
	checkpointer->work.data = checkpointer;
	return checkpointer;
}

void checkpointer_free(struct checkpointer *checkpointer)
{
	free(checkpointer);
}

static void run_checkpoint(uv_work_t *work)
{
	struct checkpointer *checkpointer = work->data;

	checkpointer->error = db_checkpoint(checkpointer->db, &checkpointer->wal_bytes);
}

static void on_checkpoint_done(uv_work_t *work, int status)
{
	struct checkpointer *checkpointer = work->data;

	(void)status; /* nothing is ever cancelled */
	checkpointer->is_active = false;
	if (checkpointer->error)
		log_warning("checkpoint: %s", error_info(checkpointer->error)->message);
	else
		log_debug("checkpoint: %" PRId64 " bytes left in the log of writes", checkpointer->wal_bytes);
}

void checkpointer_note_commit(struct checkpointer *checkpointer)
{
	if (++checkpointer->commits < COMMITS_BETWEEN_LOOKS || checkpointer->is_active)
		return;
	checkpointer->commits = 0;
	if (db_wal_bytes(checkpointer->db) < WAL_BYTES_WANTED)
		return;
	checkpointer->is_active = true;
	(void)uv_queue_work(checkpointer->loop, &checkpointer->work, run_checkpoint, on_checkpoint_done);
}

bool checkpointer_is_active(const struct checkpointer *checkpointer)
{
	return checkpointer->is_active;
}
