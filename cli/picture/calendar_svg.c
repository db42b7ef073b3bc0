/* A month is a grid of cells, three beside each other; a cell is filled by what its day has. */
#include "picture/calendar.h"
#include "picture/svg.h"

#include <inttypes.h>
#include <stdio.h>

#define CELL_WIDTH   30
#define CELL_HEIGHT  24
#define WEEK_WIDTH   30
#define BLOCK_WIDTH  (WEEK_WIDTH + 7 * CELL_WIDTH)
#define BLOCK_HEIGHT (2 * CELL_HEIGHT + 6 * CELL_HEIGHT)
#define GAP          24
#define BESIDE       3
#define BASE_LINE    17 /* of a text, below the top of its cell */

struct place {
	double x;
	double y;
};

static const struct calendar_day *find_day(const struct calendar *calendar, int64_t day_number)
{
	return &calendar->days[day_number - calendar->first_day];
}

static int column_of(const struct calendar *calendar, int64_t day_number)
{
	int weekday = month_weekday(day_number);

	return calendar->starts_on_sunday ? weekday : (weekday + 6) % 7;
}

static void draw_heading(const struct calendar *calendar, struct svg *svg, struct month month, struct place place)
{
	char title[32];

	(void)snprintf(title, sizeof(title), "%s %d", month_names[month.number - 1], month.year);
	svg_text(svg, place.x + WEEK_WIDTH + 3.5 * CELL_WIDTH, place.y + BASE_LINE, SVG_MIDDLE, "text", title);
	for (int column = 0; column < 7; column++)
		svg_text(svg, place.x + WEEK_WIDTH + (column + 0.5) * CELL_WIDTH, place.y + CELL_HEIGHT + BASE_LINE,
			SVG_MIDDLE, "faint", weekday_names[(column + !calendar->starts_on_sunday) % 7]);
}

static void draw_day(const struct calendar *calendar, struct svg *svg, int64_t day_number, int day, struct place place)
{
	const struct calendar_day *found = find_day(calendar, day_number);
	char number[8];

	if (found->due)
		svg_rect(svg, place.x + 2, place.y + 2, CELL_WIDTH - 4, CELL_HEIGHT - 4,
			found->overdue ? "overdue" : "due");
	if (day_number == calendar->today)
		svg_rect(svg, place.x + 1, place.y + 1, CELL_WIDTH - 2, CELL_HEIGHT - 2, "today");
	(void)snprintf(number, sizeof(number), "%d", day);
	svg_text(svg, place.x + CELL_WIDTH / 2.0, place.y + BASE_LINE, SVG_MIDDLE, "text", number);
}

static void draw_week_number(const struct calendar *calendar, struct svg *svg, int64_t day_number, struct place place)
{
	char number[8];

	(void)snprintf(number, sizeof(number), "%d", month_week(day_number + calendar->starts_on_sunday));
	svg_text(svg, place.x + WEEK_WIDTH - 8, place.y + BASE_LINE, SVG_END, "faint", number);
}

static void draw_month(const struct calendar *calendar, struct svg *svg, struct month month, struct place place)
{
	int64_t first = month_day_number(month, 1);
	int before = column_of(calendar, first);

	draw_heading(calendar, svg, month, place);
	for (int day = 1; day <= month_length(month); day++) {
		int cell = before + day - 1;
		int week = cell / 7;
		struct place of_day = { .x = place.x + WEEK_WIDTH + cell % 7 * CELL_WIDTH,
			.y = place.y + (2 + week) * CELL_HEIGHT };

		if (day == 1 || cell % 7 == 0)
			draw_week_number(
				calendar, svg, first + day - 1 - cell % 7, (struct place){ place.x, of_day.y });
		draw_day(calendar, svg, first + day - 1, day, of_day);
	}
}

static void describe(const struct calendar *calendar, char *ret_text, size_t size)
{
	int64_t due = 0;
	int64_t overdue = 0;

	for (int64_t i = 0; i < calendar->day_count; i++) {
		due += calendar->days[i].due;
		overdue += calendar->days[i].overdue;
	}
	(void)snprintf(ret_text, size, "%d months from %s %d: %" PRId64 " tasks are due, %" PRId64 " of them overdue",
		calendar->count, month_names[calendar->first.number - 1], calendar->first.year, due, overdue);
}

void calendar_draw_svg(const struct calendar *calendar, struct buffer *out)
{
	int beside = calendar->count < BESIDE ? calendar->count : BESIDE;
	int rows = (calendar->count + beside - 1) / beside;
	char description[160];
	struct svg svg;

	describe(calendar, description, sizeof(description));
	svg_begin(&svg, out, beside * (BLOCK_WIDTH + GAP) + GAP, rows * (BLOCK_HEIGHT + GAP) + GAP, "Calendar",
		description);
	for (int i = 0; i < calendar->count; i++) {
		int row = i / beside;
		struct place place = { .x = GAP + i % beside * (BLOCK_WIDTH + GAP),
			.y = GAP + row * (BLOCK_HEIGHT + GAP) };

		draw_month(calendar, &svg, month_add(calendar->first, i), place);
	}
	svg_end(&svg);
}
