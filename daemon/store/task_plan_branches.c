/* Going by an OR: what any of its branches finds by an index, seen as any other tasks then. */
#include "store/task_plan.h"

#define BRANCHES_LIMIT 16

struct branching {
	struct db *db;
	int status;
	int64_t limit;
	int64_t weight; /* how many tasks all branches so far have found; at `limit` they are too many */
	struct task_plan *plan;
};

/* A condition of a branch, where it is rarer than what the branch went by so far. */
static enum error improve_branch(
	const struct branching *branching, const struct filter *filter, struct task_plan *branch, int64_t *least)
{
	struct task_plan plan;
	int64_t count = 0;
	enum error error;

	if (filter->kind == FILTER_AND) {
		error = improve_branch(branching, filter->left, branch, least);
		return error ? error : improve_branch(branching, filter->right, branch, least);
	}
	if (!task_plan_try(branching->plan, filter, &plan))
		return ERROR_NONE;
	error = task_plan_count(branching->db, &plan, branching->status, *least, &count);
	if (!error && count < *least) {
		*least = count;
		*branch = plan;
	}
	return error;
}

/* One that finds too many ends the search. */
static enum error add_branches(struct branching *branching, const struct filter *filter)
{
	struct task_plan *plan = branching->plan;
	int64_t least = branching->limit;
	enum error error;

	if (filter->kind == FILTER_OR) {
		error = add_branches(branching, filter->left);
		return error ? error : add_branches(branching, filter->right);
	}
	if (plan->branch_count == BRANCHES_LIMIT)
		branching->weight = branching->limit;
	if (branching->weight >= branching->limit)
		return ERROR_NONE;
	error = improve_branch(branching, filter, &plan->branches[plan->branch_count++], &least);
	branching->weight += least;
	return error;
}

enum error task_plan_try_branches(struct db *db, const struct task_plan *plan, const struct filter *filter, int status,
	int64_t limit, struct task_plan *ret_plan, int64_t *ret_weight)
{
	struct branching branching = { .db = db, .status = status, .limit = limit, .plan = ret_plan };
	enum error error;

	*ret_plan = *plan;
	ret_plan->way = TASK_PLAN_BY_BRANCHES;
	ret_plan->by = filter;
	ret_plan->branches = arena_array(plan->arena, BRANCHES_LIMIT, sizeof(*ret_plan->branches));
	ret_plan->branch_count = 0;
	error = add_branches(&branching, filter);
	*ret_weight = branching.weight < limit ? branching.weight : limit;
	return error;
}
