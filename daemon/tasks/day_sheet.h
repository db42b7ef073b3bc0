/* What falls on each of some days: what is due, what comes up, what was done. */
#pragma once

#include "tasks/period.h"
#include "tasks/task.h"

enum day_event { DAY_DUE, DAY_SCHEDULED, DAY_WAITING, DAY_DONE };

struct day_counts {
	int64_t due;
	int64_t overdue; /* of those that are due: it has passed */
	int64_t scheduled, waiting, done;
};

struct day_sheet {
	const struct periods *days; /* borrowed */
	int64_t now;
	struct day_counts *counts; /* of each day, in the arena */
};

void day_sheet_init(struct day_sheet *sheet, const struct periods *days, int64_t now, struct arena *arena);

/* One event of a task that is pending or, of DAY_DONE, completed. What lies outside of the days is passed over. */
void day_sheet_note(struct day_sheet *sheet, enum day_event event, int64_t moment);

/* All events of a task: its status, due, scheduled, wait and completed are looked at. */
void day_sheet_add(struct day_sheet *sheet, const struct task *task);

bool day_is_empty(const struct day_counts *counts);
