/* An account's tasks in a few numbers. */
#include "tasks/task_stats.h"

#include "tasks/calendar.h"
#include "tasks/label_tally.h"

#include <string.h>

struct task_stats_labels {
	struct label_tally *projects, *tags;
};

const char *const task_stats_fields[] = { "status", "project", "tags", "due", "wait", "started", "completed", "created",
	"spent", "blockers", "dependents", "recur", "annotations", NULL };

void task_stats_init(struct task_stats *stats, int64_t now, struct arena *arena)
{
	*stats = (struct task_stats){ .now = now,
		.oldest = TASK_NO_TIME,
		.newest = TASK_NO_TIME,
		.labels = arena_alloc(arena, sizeof(*stats->labels)) };
	stats->labels->projects = label_tally_new(arena);
	stats->labels->tags = label_tally_new(arena);
	id_list_init(&stats->chain, arena);
}

/* One more name, if it is new. */
static int64_t note_name(struct label_tally *tally, const char *name)
{
	return label_tally_at(tally, name, strlen(name))->pending++ == 0;
}

static void add_labels(struct task_stats *stats, const struct task *task)
{
	stats->tagged += task->tag_count > 0;
	for (size_t i = 0; i < task->tag_count; i++)
		stats->tags += note_name(stats->labels->tags, task->tags[i]);
	if (task->project)
		stats->projects += note_name(stats->labels->projects, task->project);
}

static void add_open(struct task_stats *stats, const struct task *task)
{
	bool is_waiting = task_is_waiting(task, stats->now);
	bool is_started = task_is_started(task);

	stats->waiting += is_waiting;
	stats->pending += !is_waiting;
	stats->active += is_started;
	stats->overdue += task->due != TASK_NO_TIME && task->due < stats->now;
	stats->blocked += task_is_blocked(task);
	stats->blocking += task_is_blocking(task);
	stats->age_sum += stats->now - task->created;
	if (is_started && task->started < stats->now)
		stats->spent += stats->now - task->started;
	if (task->blockers || task->dependents)
		id_list_add(&stats->chain, task->id);
}

static void add_status(struct task_stats *stats, const struct task *task)
{
	switch (task->status) {
	case TASK_PENDING:
		add_open(stats, task);
		return;
	case TASK_COMPLETED:
		stats->completed++;
		if (task->completed > task->created)
			stats->completion_sum += task->completed - task->created;
		return;
	case TASK_DELETED:
		stats->deleted++;
		return;
	case TASK_RECURRING:
		return;
	}
}

void task_stats_add(struct task_stats *stats, const struct task *task)
{
	if (task->recur) {
		stats->series += task->status == TASK_RECURRING;
		return;
	}
	add_status(stats, task);
	add_labels(stats, task);
	stats->annotated += task->annotation_count > 0;
	stats->annotations += (int64_t)task->annotation_count;
	stats->spent += task->spent;
	if (stats->oldest == TASK_NO_TIME || task->created < stats->oldest)
		stats->oldest = task->created;
	if (task->created > stats->newest)
		stats->newest = task->created;
}

int64_t task_stats_total(const struct task_stats *stats)
{
	return stats->pending + stats->waiting + stats->completed + stats->deleted;
}

double task_stats_days(const struct task_stats *stats)
{
	double days;

	if (stats->oldest == TASK_NO_TIME)
		return 0;
	days = (double)(stats->now - stats->oldest) / (double)CALENDAR_DAY_SECONDS;
	return days < 1 ? 1 : days;
}
