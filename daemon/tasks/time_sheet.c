/* How long was worked: pieces, sorted and put together. */
#include "tasks/time_sheet.h"

#include "tasks/calendar.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_CAPACITY 64u
#define ROOM_TO_MERGE  4096u /* pieces: with more, equal ones are put together before there is more room */

struct time_sheet {
	struct arena *arena;
	enum time_sheet_by by;
	const struct zone *zone;
	int64_t from, before;
	struct time_row *rows;
	size_t count;
	size_t capacity;
	int64_t total;
};

struct time_sheet *time_sheet_new(
	struct arena *arena, enum time_sheet_by by, const struct zone *zone, int64_t from, int64_t before)
{
	struct time_sheet *sheet = arena_alloc(arena, sizeof(*sheet));

	*sheet = (struct time_sheet){
		.arena = arena, .by = by, .zone = zone, .from = from, .before = before, .capacity = FIRST_CAPACITY
	};
	sheet->rows = arena_array(arena, sheet->capacity, sizeof(*sheet->rows));
	return sheet;
}

/* --- putting together --- */

static int compare(const void *left, const void *right)
{
	const struct time_row *a = left;
	const struct time_row *b = right;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return strcmp(a->project ? a->project : "", b->project ? b->project : "");
}

static void merge(struct time_sheet *sheet)
{
	size_t kept = 0;

	qsort(sheet->rows, sheet->count, sizeof(*sheet->rows), compare);
	for (size_t i = 0; i < sheet->count; i++) {
		if (kept && !compare(&sheet->rows[kept - 1], &sheet->rows[i]))
			sheet->rows[kept - 1].seconds += sheet->rows[i].seconds;
		else
			sheet->rows[kept++] = sheet->rows[i];
	}
	sheet->count = kept;
}

static void make_room(struct time_sheet *sheet)
{
	struct time_row *rows;

	if (sheet->count >= ROOM_TO_MERGE)
		merge(sheet);
	if (sheet->count <= sheet->capacity / 2)
		return;
	rows = arena_array(sheet->arena, 2 * sheet->capacity, sizeof(*rows));
	memcpy(rows, sheet->rows, sheet->count * sizeof(*rows));
	sheet->rows = rows;
	sheet->capacity *= 2;
}

static void add_row(struct time_sheet *sheet, struct time_row row)
{
	sheet->total += row.seconds;
	if (sheet->count && !compare(&sheet->rows[sheet->count - 1], &row)) {
		sheet->rows[sheet->count - 1].seconds += row.seconds;
		return;
	}
	if (sheet->count == sheet->capacity)
		make_room(sheet);
	if (row.project)
		row.project = arena_strdup(sheet->arena, row.project);
	sheet->rows[sheet->count++] = row;
}

/* --- adding --- */

/* A day that the clock of the zone leaves out has no moments: the next one begins where it would. */
static void add_days(struct time_sheet *sheet, int64_t from, int64_t before)
{
	int64_t day = calendar_day_of(from + zone_offset(sheet->zone, from));

	while (from < before) {
		int64_t next = zone_day_start(sheet->zone, day + 1);
		int64_t end = next < before ? next : before;

		if (end > from)
			add_row(sheet, (struct time_row){ .number = day, .seconds = end - from });
		from = end > from ? end : from;
		day++;
	}
}

void time_sheet_add(struct time_sheet *sheet, const struct time_span *span)
{
	int64_t from = span->started > sheet->from ? span->started : sheet->from;
	int64_t before = span->stopped < sheet->before ? span->stopped : sheet->before;

	if (from >= before)
		return;
	switch (sheet->by) {
	case TIME_SHEET_BY_TASK:
		add_row(sheet, (struct time_row){ .number = span->task_id, .seconds = before - from });
		return;
	case TIME_SHEET_BY_PROJECT:
		add_row(sheet, (struct time_row){ .project = span->project, .seconds = before - from });
		return;
	case TIME_SHEET_BY_DAY:
		add_days(sheet, from, before);
		return;
	}
}

const struct time_row *time_sheet_rows(struct time_sheet *sheet, size_t *ret_count)
{
	merge(sheet);
	*ret_count = sheet->count;
	return sheet->rows;
}

int64_t time_sheet_total(const struct time_sheet *sheet)
{
	return sheet->total;
}
