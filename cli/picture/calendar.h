/* Months beside each other, with what falls on their days. Pure. */
#pragma once

#include "common/buffer.h"
#include "picture/month.h"
#include "theme.h"

#include <jansson.h>

/* What falls on a day, as task.calendar counts it. */
struct calendar_day {
	int64_t due;
	int64_t overdue;
	int64_t scheduled;
	int64_t waiting;
	int64_t done;
};

struct calendar {
	struct month first;
	int count; /* of months */
	bool starts_on_sunday;
	int64_t today; /* the number of the day, see month.h */
	int64_t first_day;
	int64_t day_count;
	struct calendar_day *days; /* from the first day on; owned */
};

/* The days of so many months, without anything on them. */
void calendar_init(struct calendar *calendar, struct month first, int count, bool starts_on_sunday, int64_t today);
void calendar_deinit(struct calendar *calendar);

/* Take over the `days` of an answer of task.calendar; those that lie elsewhere are passed over. */
void calendar_take(struct calendar *calendar, const json_t *days);

/* How many months fit beside each other; at least one. */
int calendar_months_in(unsigned width);

/* The months, a legend, and the days that have something due, where those are few. `width` 0 is that of one year. */
void calendar_draw(const struct calendar *calendar, unsigned width, const struct theme *theme, struct buffer *out);

/* The same as a picture. */
void calendar_draw_svg(const struct calendar *calendar, struct buffer *out);
