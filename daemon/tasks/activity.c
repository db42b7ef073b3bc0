/* What was done to tasks in each of some periods. */
#include "tasks/activity.h"

void activity_init(struct activity *activity, const struct periods *periods, struct arena *arena)
{
	*activity = (struct activity){ .periods = periods,
		.counts = arena_array(arena, periods->count, sizeof(*activity->counts)),
		.first = periods->count - 1 };
}

static struct activity_count *count_at(struct activity *activity, int64_t moment)
{
	size_t found = periods_find(activity->periods, moment);

	if (found == PERIODS_NONE)
		return NULL;
	if (found < activity->first)
		activity->first = found;
	return &activity->counts[found];
}

/* Before all periods lies TASK_NO_TIME as well. */
void activity_add(struct activity *activity, const struct task *task)
{
	struct activity_count *count;

	if (task->recur)
		return;
	if ((count = count_at(activity, task->created)))
		count->added++;
	if ((count = count_at(activity, task->completed)))
		count->done++;
	if ((count = count_at(activity, task->deleted)))
		count->deleted++;
}
