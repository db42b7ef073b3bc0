/* Checkpoints: the log of writes goes into the database in the pool, never on the loop. */
#pragma once

#include "store/db.h"

#include <uv.h>

struct checkpointer;

/* `db` is a connection of its own, borrowed. */
struct checkpointer *checkpointer_new(uv_loop_t *loop, struct db *db);
void checkpointer_free(struct checkpointer *checkpointer);

/* After each commit: starts a checkpoint when the log has grown enough. */
void checkpointer_note_commit(struct checkpointer *checkpointer);
bool checkpointer_is_active(const struct checkpointer *checkpointer);
