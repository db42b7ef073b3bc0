/* What a client has brought becomes tasks: one bulk write, and one step of the history. */
#pragma once

#include "rpc/request.h"
#include "store/import_store.h"

/* What is done with a task that the account has already. */
enum import_conflict { IMPORT_UPDATE, IMPORT_SKIP, IMPORT_REFUSE };
extern const char *const import_conflict_names[]; /* "update", "skip", "refuse", NULL */

/*
 * Write all of it and the answer. In the pool. An import that is not partial is refused as a whole, naming the position
 * of what stands in the way. IMPORT_UPDATE keeps the newer of both, by `modified`.
 */
enum error import_commit(struct request *request, const struct import_row *row, enum import_conflict conflict);
