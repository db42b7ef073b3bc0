/* How the tasks of a filter are found: what all of them have in common that an index knows. */
#pragma once

#include "common/arena.h"
#include "common/buffer.h"
#include "store/db.h"
#include "store/db_values.h"
#include "tasks/filter.h"

#define TASK_PLAN_PARTS      4u
#define TASK_PLAN_ANY_STATUS (-1)

/*
 * What is gone by. Those from TASK_PLAN_BY_DUE on are not in the order of ids, so that they must be few. BY_ORDER is
 * never planned: it is for a caller who adds an order that an index has.
 */
enum task_plan_way {
	TASK_PLAN_BY_STATUS, /* or all */
	TASK_PLAN_BY_IDS,
	TASK_PLAN_BY_LABEL,
	TASK_PLAN_BY_MARK,
	TASK_PLAN_BY_PRIORITY,
	TASK_PLAN_BY_PARENT,
	TASK_PLAN_BY_DEPENDS,
	TASK_PLAN_BY_DUE,
	TASK_PLAN_BY_STARTED,
	TASK_PLAN_BY_SERIES,
	TASK_PLAN_BY_BRANCHES, /* of an OR, each with a way of its own */
	TASK_PLAN_BY_ORDER,
};

struct task_plan {
	int64_t account_id;
	int64_t now;
	int parts[TASK_PLAN_PARTS]; /* a status each, or TASK_PLAN_ANY_STATUS; together they are all that may be found
				     */
	size_t part_count;          /* 0: nothing can be found */
	const struct filter **conditions; /* all of them hold; ids are looked up and ascend */
	size_t condition_count;
	enum task_plan_way way;
	const struct filter *by;    /* the condition that is gone by, NULL where it is none of them */
	const char *label;          /* of TASK_PLAN_BY_LABEL, as in task_label.h */
	const char *mark;           /* of TASK_PLAN_BY_MARK: the condition of its index */
	struct task_plan *branches; /* of TASK_PLAN_BY_BRANCHES: what each goes by, and no other condition */
	size_t branch_count;
	const int64_t *ids; /* of TASK_PLAN_BY_IDS, ascending, without duplicates */
	size_t id_count;
	const struct urgency_coefficients *coefficients; /* where a condition is of urgency */
	struct arena *arena;
};

/* Whether all tasks that are found are wanted, or the first of them in the order of ids. */
enum task_plan_want { TASK_PLAN_PAGE, TASK_PLAN_ALL };

/* Where ids or a status are not named, the default scope's condition comes to those of the filter. */
enum error task_plan_make(struct db *db, int64_t account_id, int64_t now, const struct filter *filter,
	enum task_plan_want want, struct arena *arena, struct task_plan *ret_plan);

/*
 * " FROM … WHERE …" of the tasks of a part for which everything holds, whose id comes behind (or, by ids, is) parameter
 * 2. Parameter 1 is the account; the others are added to `values`, which has these two. The task's row is `task`;
 * task_plan_id is its id as it costs least.
 */
void task_plan_write_source(const struct task_plan *plan, int part, struct db_values *values, struct buffer *sql);
const char *task_plan_id(const struct task_plan *plan);
/* Whether what is gone by is not in the order of ids. */
bool task_plan_is_sorted(enum task_plan_way way);

/* The plan that goes by a condition, which is not an OR; false: no index serves it. */
bool task_plan_try(const struct task_plan *plan, const struct filter *filter, struct task_plan *ret_plan);

/*
 * The plan that goes by the branches of an OR, where each has a way and all together find fewer tasks of the status
 * than `limit`, for they are sorted; ret_weight: how many, or `limit`.
 */
enum error task_plan_try_branches(struct db *db, const struct task_plan *plan, const struct filter *filter, int status,
	int64_t limit, struct task_plan *ret_plan, int64_t *ret_weight);

/* How many tasks of a part the way leaves, whatever the other conditions are; no more than `limit` are counted. */
enum error task_plan_count(struct db *db, const struct task_plan *plan, int part, int64_t limit, int64_t *ret_count);

extern const struct db_statement task_plan_statements[]; /* ends with a row that has no name */
