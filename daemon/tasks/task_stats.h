/* An account's tasks in a few numbers. */
#pragma once

#include "tasks/id_table.h"
#include "tasks/task.h"

struct task_stats_labels; /* the names of projects and tags so far */

struct task_stats {
	int64_t now;

	/* How many there are; the template of a series is no task but a series. */
	int64_t pending; /* and not waiting */
	int64_t waiting;
	int64_t completed, deleted;
	int64_t series; /* that go on */

	/* Of those that are pending or waiting. */
	int64_t active; /* being worked on */
	int64_t overdue, blocked, blocking;
	int64_t age_sum;      /* seconds since each was added */
	struct id_list chain; /* those that depend on others, or others on them; ascending if the tasks came so */

	/* Of all tasks. */
	int64_t tagged, annotated, annotations;
	int64_t projects, tags; /* different ones */
	int64_t oldest, newest; /* when the first and the last was added; TASK_NO_TIME: there is none */
	int64_t completion_sum; /* of the completed ones, seconds from when each was added */
	int64_t spent;          /* seconds of work, with what runs */

	struct task_stats_labels *labels;
};

/* The names of the fields that are looked at, NULL behind the last. */
extern const char *const task_stats_fields[];

/* What it grows to lives in the arena. */
void task_stats_init(struct task_stats *stats, int64_t now, struct arena *arena);
void task_stats_add(struct task_stats *stats, const struct task *task);

/* All but series. */
int64_t task_stats_total(const struct task_stats *stats);
/* From when the first was added up to now, at least one; 0: there is no task. */
double task_stats_days(const struct task_stats *stats);
