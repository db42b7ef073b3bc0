/* What falls on each of some days. */
#include "tasks/day_sheet.h"

void day_sheet_init(struct day_sheet *sheet, const struct periods *days, int64_t now, struct arena *arena)
{
	*sheet = (struct day_sheet){
		.days = days, .now = now, .counts = arena_array(arena, days->count, sizeof(*sheet->counts))
	};
}

void day_sheet_note(struct day_sheet *sheet, enum day_event event, int64_t moment)
{
	size_t day = periods_find(sheet->days, moment);
	struct day_counts *counts;

	if (day == PERIODS_NONE)
		return;
	counts = &sheet->counts[day];
	switch (event) {
	case DAY_DUE:
		counts->due++;
		counts->overdue += moment < sheet->now;
		return;
	case DAY_SCHEDULED:
		counts->scheduled++;
		return;
	case DAY_WAITING:
		counts->waiting++;
		return;
	case DAY_DONE:
		counts->done++;
		return;
	}
}

/* TASK_NO_TIME lies before all days. */
void day_sheet_add(struct day_sheet *sheet, const struct task *task)
{
	if (task->status == TASK_COMPLETED)
		day_sheet_note(sheet, DAY_DONE, task->completed);
	if (task->status != TASK_PENDING)
		return;
	day_sheet_note(sheet, DAY_DUE, task->due);
	day_sheet_note(sheet, DAY_SCHEDULED, task->scheduled);
	day_sheet_note(sheet, DAY_WAITING, task->wait);
}

bool day_is_empty(const struct day_counts *counts)
{
	return !counts->due && !counts->scheduled && !counts->waiting && !counts->done;
}
