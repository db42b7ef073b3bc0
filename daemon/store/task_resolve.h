/* A filter that no longer asks which tasks are meant: uuids and LATEST have become ids, and so has what no row says. */
#pragma once

#include "common/arena.h"
#include "store/db.h"
#include "tasks/filter.h"
#include "tasks/urgency_coefficient.h"

struct task_resolve {
	int64_t account_id;
	int64_t now; /* when tasks are as urgent as asked */
	const struct filter *filter;
};

/*
 * A copy in the arena, with FILTER_REFS by ids alone, ascending and without duplicates, and without FILTER_LATEST. A
 * FILTER_RANGE of urgency has as refs those tasks in it whose phase has ended. The coefficients are NULL where nothing
 * is asked of urgency.
 */
enum error task_resolve(struct db *db, const struct task_resolve *wanted, struct arena *arena,
	const struct filter **ret_filter, const struct urgency_coefficients **ret_coefficients);

extern const struct db_statement task_resolve_statements[]; /* ends with a row that has no name */
