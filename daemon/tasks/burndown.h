/*
 * How many tasks were pending, started and done at the end of each of some periods: from when each was added, worked
 * on, completed and deleted, as far as the tasks themselves remember it.
 */
#pragma once

#include "tasks/period.h"
#include "tasks/task.h"
#include "tasks/time_sheet.h"

struct burndown_count {
	int64_t pending; /* open, and not being worked on */
	int64_t started; /* open, and being worked on */
	int64_t done;    /* completed since the beginning of the first period, and not deleted since */
};

/* How many in all the periods. What is deleted here was open until then. */
struct burndown_totals {
	int64_t added, done, deleted;
};

struct burndown {
	int64_t begin, now; /* of the first period; what lies behind now has not happened */
	size_t count;       /* of periods */
	const int64_t *begins;
	int64_t *ends;                 /* the first moment behind each period, or behind now */
	struct burndown_count *counts; /* while tasks are added, the differences to the period before */
	size_t first;                  /* the first period in which anything happened; the last one, if nothing did */
	struct burndown_totals totals;
};

/* `periods`, of which the last holds `now`, are borrowed; the rest lives in the arena. */
void burndown_init(struct burndown *burndown, const struct periods *periods, int64_t now, struct arena *arena);

/*
 * Of the task its created, started, completed, deleted and recur are looked at; the template of a series is no task.
 * `work`: when it was worked on before, in the order of time.
 */
void burndown_add(struct burndown *burndown, const struct task *task, const struct time_span *work, size_t work_count);

/* When all are added: the counts are then as they are called. */
void burndown_finish(struct burndown *burndown);

/* What a day brought on the average, from the beginning of the period `first` on; a time below a day counts as one. */
struct burndown_rate {
	double added, done, deleted;
	double net; /* by how many the open ones became more */
};
struct burndown_rate burndown_rate(const struct burndown *burndown, size_t first);

/* When nothing will be open if it goes on at that rate. False: the open ones do not become fewer, or there are none. */
bool burndown_estimate(const struct burndown *burndown, const struct burndown_rate *rate, int64_t *ret_moment);
