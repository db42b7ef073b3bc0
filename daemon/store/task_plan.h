/* What a filter asks of the database, as far as its indexes are concerned. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/filter.h"

/* Of a pending task's wait. */
enum task_plan_wait { TASK_PLAN_WAIT_ANY, TASK_PLAN_WAIT_OVER, TASK_PLAN_WAIT_AHEAD };

#define TASK_PLAN_STATUS(status) (1u << (unsigned)(status))
#define TASK_PLAN_STATUSES                                                                                             \
	(TASK_PLAN_STATUS(TASK_PENDING) | TASK_PLAN_STATUS(TASK_COMPLETED) | TASK_PLAN_STATUS(TASK_DELETED) |          \
		TASK_PLAN_STATUS(TASK_RECURRING))

struct task_plan_label {
	const char *label; /* as in task_label.h */
	bool is_wanted;    /* else it must be absent */
};

struct task_plan {
	unsigned statuses; /* TASK_PLAN_STATUS of those wanted; 0: nothing can be found */
	enum task_plan_wait wait;
	struct task_plan_label *labels;
	size_t label_count;
	size_t driver; /* the label to go by, the rarest; label_count: none */
	bool has_ids;
	int64_t *ids; /* ascending, without duplicates */
	size_t id_count;
};

enum error task_plan_make(struct db *db, int64_t account_id, const struct filter *filter, struct arena *arena,
	struct task_plan *ret_plan);

extern const struct db_statement task_plan_statements[]; /* ends with a row that has no name */
