/* Tasks whose phase of urgency has ended, so that their rows no longer say how urgent they are: a few at any time. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/urgency.h"

struct task_ended {
	int64_t id;
	int64_t rank; /* see urgency_rank */
};

/* All of an account, ascending by id, as urgent as they are at `now`. In the arena. */
enum error task_ended_read(struct db *db, int64_t account_id, const struct urgency_coefficients *coefficients,
	int64_t now, struct arena *arena, const struct task_ended **ret_ended, size_t *ret_count);

extern const struct db_statement task_ended_statements[]; /* ends with a row that has no name */
