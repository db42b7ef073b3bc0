/* How long was worked, by task, project or day. */
#pragma once

#include "common/arena.h"
#include "tasks/zone.h"

#include <stddef.h>
#include <stdint.h>

enum time_sheet_by { TIME_SHEET_BY_TASK, TIME_SHEET_BY_PROJECT, TIME_SHEET_BY_DAY };

/* A span of work: from its first moment up to `stopped`, which is without. */
struct time_span {
	int64_t task_id;
	int64_t started, stopped; /* seconds since the epoch */
	const char *project;      /* NULL: none */
};

struct time_row {
	int64_t number;      /* the task's id; the day, counted from 1970-01-01 */
	const char *project; /* NULL: none, or not by project */
	int64_t seconds;
};

struct time_sheet;

/* Of what lies from `from` up to `before`. Days are those of the zone, which is borrowed, as all lives in the arena. */
struct time_sheet *time_sheet_new(
	struct arena *arena, enum time_sheet_by by, const struct zone *zone, int64_t from, int64_t before);

/* What of it lies in the sheet's time; by day it is divided at each midnight. */
void time_sheet_add(struct time_sheet *sheet, const struct time_span *span);

/* In the order of ids, names or days. Nothing may be added after that. */
const struct time_row *time_sheet_rows(struct time_sheet *sheet, size_t *ret_count);
int64_t time_sheet_total(const struct time_sheet *sheet); /* seconds */
