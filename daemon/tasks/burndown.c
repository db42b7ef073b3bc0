/* How many tasks were pending, started and done at the end of each of some periods. */
#include "tasks/burndown.h"

/* From its first moment up to `before`, which is without. */
struct span {
	int64_t from, before;
};

void burndown_init(struct burndown *burndown, const struct periods *periods, int64_t now, struct arena *arena)
{
	size_t count = periods->count;

	*burndown = (struct burndown){ .begin = periods->begins[0],
		.now = now,
		.count = count,
		.begins = periods->begins,
		.ends = arena_array(arena, count, sizeof(*burndown->ends)),
		.counts = arena_array(arena, count + 1, sizeof(*burndown->counts)),
		.first = count - 1 };
	for (size_t i = 0; i < count; i++)
		burndown->ends[i] = periods->begins[i + 1] <= now ? periods->begins[i + 1] : now + 1;
}

/* --- what one task adds --- */

static int64_t or_never(int64_t time)
{
	return time == TASK_NO_TIME ? INT64_MAX : time;
}

static struct span span_within(struct span span, struct span bounds)
{
	return (struct span){ .from = span.from > bounds.from ? span.from : bounds.from,
		.before = span.before < bounds.before ? span.before : bounds.before };
}

/* The periods at whose last moment the span lasts: from *ret_from up to *ret_before, which is without. */
static bool find_ends(const struct burndown *burndown, struct span span, size_t *ret_from, size_t *ret_before)
{
	if (span.from >= span.before)
		return false;
	*ret_from = period_count_until(burndown->ends, burndown->count, span.from);
	*ret_before = period_count_until(burndown->ends, burndown->count, span.before);
	return true;
}

static void add_open(struct burndown *burndown, struct span span)
{
	size_t from, before;

	if (!find_ends(burndown, span, &from, &before))
		return;
	burndown->counts[from].pending++;
	burndown->counts[before].pending--;
}

/* It is open all the while, and counted as pending. */
static void add_started(struct burndown *burndown, struct span span)
{
	size_t from, before;

	if (!find_ends(burndown, span, &from, &before))
		return;
	burndown->counts[from].started++;
	burndown->counts[from].pending--;
	burndown->counts[before].started--;
	burndown->counts[before].pending++;
}

static void add_done(struct burndown *burndown, struct span span)
{
	size_t from, before;

	if (!find_ends(burndown, span, &from, &before))
		return;
	burndown->counts[from].done++;
	burndown->counts[before].done--;
}

/* Pieces of work that overlap are one: the task was started once. What runs covers all that follows. */
static void add_work(struct burndown *burndown, const struct task *task, const struct time_span *work, size_t count,
	struct span open)
{
	int64_t running = or_never(task->started);

	for (size_t i = 0; i < count && work[i].started < running; i++) {
		struct span span = span_within((struct span){ work[i].started, work[i].stopped }, open);

		add_started(burndown, span);
		open.from = span.before > open.from ? span.before : open.from;
	}
	add_started(burndown, span_within((struct span){ running, INT64_MAX }, open));
}

/* --- the totals --- */

static bool is_shown(const struct burndown *burndown, int64_t moment)
{
	return moment >= burndown->begin && moment <= burndown->now;
}

static int64_t note(struct burndown *burndown, int64_t moment)
{
	size_t period;

	if (!is_shown(burndown, moment))
		return 0;
	period = period_count_until(burndown->begins, burndown->count, moment) - 1;
	if (period < burndown->first)
		burndown->first = period;
	return 1;
}

void burndown_add(struct burndown *burndown, const struct task *task, const struct time_span *work, size_t work_count)
{
	int64_t completed = or_never(task->completed);
	int64_t deleted = or_never(task->deleted);
	struct span open = { .from = task->created, .before = completed < deleted ? completed : deleted };

	if (task->recur)
		return;
	add_open(burndown, open);
	add_work(burndown, task, work, work_count, open);
	if (completed >= burndown->begin)
		add_done(burndown, (struct span){ .from = completed, .before = deleted });
	burndown->totals.added += note(burndown, task->created);
	burndown->totals.done += note(burndown, completed);
	if (deleted < completed)
		burndown->totals.deleted += note(burndown, deleted);
}

void burndown_finish(struct burndown *burndown)
{
	for (size_t i = 1; i < burndown->count; i++) {
		burndown->counts[i].pending += burndown->counts[i - 1].pending;
		burndown->counts[i].started += burndown->counts[i - 1].started;
		burndown->counts[i].done += burndown->counts[i - 1].done;
	}
}

/* --- what may be expected --- */

struct burndown_rate burndown_rate(const struct burndown *burndown, size_t first)
{
	const struct burndown_totals *totals = &burndown->totals;
	double days = (double)(burndown->now + 1 - burndown->begins[first]) / (double)CALENDAR_DAY_SECONDS;
	struct burndown_rate rate;

	if (days < 1)
		days = 1;
	rate.added = (double)totals->added / days;
	rate.done = (double)totals->done / days;
	rate.deleted = (double)totals->deleted / days;
	rate.net = (double)(totals->added - totals->done - totals->deleted) / days;
	return rate;
}

bool burndown_estimate(const struct burndown *burndown, const struct burndown_rate *rate, int64_t *ret_moment)
{
	const struct burndown_count *last = &burndown->counts[burndown->count - 1];
	int64_t open = last->pending + last->started;
	double seconds;

	if (!open || rate->net >= 0)
		return false;
	seconds = (double)open / -rate->net * (double)CALENDAR_DAY_SECONDS;
	if (seconds > (double)(CALENDAR_TIME_MAXIMUM - burndown->now))
		return false;
	*ret_moment = burndown->now + (int64_t)seconds;
	return true;
}
