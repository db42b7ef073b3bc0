/* Virtual tags, each spelled out. */
#include "filter_model_leaf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_pending(const struct task *task)
{
	return task->status == TASK_PENDING;
}

static bool is_within(const struct task *task, int64_t first_day, int64_t end_day)
{
	return task->due != TASK_NO_TIME && task->due >= TODAY + first_day * DAY && task->due < TODAY + end_day * DAY;
}

static bool is_virtual(const struct leaf *leaf, const struct task *task)
{
	const char *tag = leaf->value;

	if (!strcmp(tag, "ACTIVE"))
		return is_pending(task) && task->started != TASK_NO_TIME;
	if (!strcmp(tag, "READY"))
		return is_pending(task) && !filter_model_waits(task) && !task->blockers &&
		       (task->scheduled == TASK_NO_TIME || task->scheduled <= MODEL_NOW);
	if (!strcmp(tag, "BLOCKED"))
		return is_pending(task) && task->blockers;
	if (!strcmp(tag, "UNBLOCKED"))
		return !is_pending(task) || !task->blockers;
	if (!strcmp(tag, "BLOCKING"))
		return is_pending(task) && task->dependents;
	if (!strcmp(tag, "OVERDUE"))
		return is_pending(task) && task->due != TASK_NO_TIME && task->due < MODEL_NOW;
	if (!strcmp(tag, "DUE"))
		return is_pending(task) && task->due != TASK_NO_TIME && task->due <= MODEL_NOW + 7 * DAY;
	if (!strcmp(tag, "TODAY"))
		return is_within(task, 0, 1);
	if (!strcmp(tag, "YESTERDAY"))
		return is_within(task, -1, 0);
	if (!strcmp(tag, "TOMORROW"))
		return is_within(task, 1, 2);
	if (!strcmp(tag, "WEEK"))
		return is_within(task, -4, 3); /* from Monday, 11 January */
	if (!strcmp(tag, "MONTH"))
		return is_within(task, -14, 17);
	if (!strcmp(tag, "QUARTER"))
		return is_within(task, -14, 76);
	if (!strcmp(tag, "YEAR"))
		return is_within(task, -14, 351);
	if (!strcmp(tag, "SCHEDULED"))
		return task->scheduled != TASK_NO_TIME;
	if (!strcmp(tag, "UNTIL"))
		return task->until != TASK_NO_TIME;
	if (!strcmp(tag, "PRIORITY"))
		return task->priority != TASK_PRIORITY_NONE;
	if (!strcmp(tag, "PROJECT"))
		return task->project;
	if (!strcmp(tag, "TAGGED"))
		return task->tag_count;
	if (!strcmp(tag, "ANNOTATED"))
		return task->annotation_count;
	if (!strcmp(tag, "PARENT"))
		return task->children;
	if (!strcmp(tag, "CHILD"))
		return task->parent;
	if (!strcmp(tag, "INSTANCE"))
		return task->series;
	if (!strcmp(tag, "LATEST"))
		return task->id == leaf->latest;
	abort();
}

void filter_model_make_virtual(struct leaf *leaf, unsigned *seed)
{
	static const char *const tags[] = { "ACTIVE", "READY", "BLOCKED", "UNBLOCKED", "BLOCKING", "OVERDUE", "DUE",
		"TODAY", "YESTERDAY", "TOMORROW", "WEEK", "MONTH", "QUARTER", "YEAR", "SCHEDULED", "UNTIL", "PRIORITY",
		"PROJECT", "TAGGED", "ANNOTATED", "PARENT", "CHILD", "INSTANCE", "LATEST" };

	leaf->holds = is_virtual;
	leaf->value = PICK(seed, tags);
	leaf->is_negated = below(seed, 4) == 0;
	(void)snprintf(leaf->text, sizeof(leaf->text), "%c%s", leaf->is_negated ? '-' : '+', leaf->value);
}
