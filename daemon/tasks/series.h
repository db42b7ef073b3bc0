/*
 * Series: tasks that come again. A template (TASK_RECURRING) holds the rule and what its instances look like; they are
 * made one at a time, each when its time has come. Pure rules: the template, the zone and the time are arguments.
 */
#pragma once

#include "common/arena.h"
#include "tasks/recurrence.h"
#include "tasks/task.h"

enum series_from { SERIES_FROM_DUE, SERIES_FROM_COMPLETION };

extern const char *const series_from_names[]; /* "due", "completion", NULL */

struct series {
	struct recurrence recurrence;
	enum series_from from;
	struct recurrence_series occurrences; /* from the anchor on, which is occurrence `base` of the series */
	int64_t base;
	int64_t newest; /* number of the newest instance; base - 1 or less: none of this rule */
};

/*
 * What a template says, on the calendar of `zone`. ret_series points into itself and is not to be copied.
 * ERROR_STORAGE: the template holds no rule that we have written.
 */
enum error series_read(const struct task *template, const struct zone *zone, struct series *ret_series);

/* ERROR_INVALID_PARAMS: of a new or changed template, what cannot be: no due, a rule that names no day behind it. */
enum error series_check(const struct task *template, const struct zone *zone, struct refusal *refusal);

/* The instance that is to be made next, when none is open. `closed_at`: when the newest was completed or deleted, for
 * series that go from completion; TASK_NO_TIME: there is none. False: the series has ended. */
bool series_next(const struct series *series, int64_t closed_at, int64_t now, struct recurrence_instance *ret_instance);

/*
 * The task that the instance is, without id and uuid: as the template, with its due; wait and scheduled lie as far from
 * it, by the clock, as the template's lie from its own. Its texts are the template's.
 */
void series_make_instance(const struct task *template, const struct zone *zone,
	const struct recurrence_instance *instance, struct task *ret_task);

/* As far from `due`, by the clock, as `time` is from `old_due`; TASK_NO_TIME for no time. */
int64_t series_move_along(int64_t time, int64_t old_due, int64_t due, const struct zone *zone);
