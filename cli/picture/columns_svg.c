/* Stacks of rectangles above an axis. */
#include "picture/columns.h"
#include "picture/svg.h"

#include <inttypes.h>
#include <stdio.h>

#define MARGIN       30
#define AXIS_WIDTH   40
#define PLOT_WIDTH   720
#define PLOT_HEIGHT  300
#define LABEL_HEIGHT 24
#define LABELS_MOST  12
#define LEGEND_WIDTH 110
#define TICKS        4

struct plot {
	const struct columns *columns;
	struct svg *svg;
	int64_t top;
	double stack; /* units from one stack to the next */
};

static int64_t sum_of(const struct columns *columns, size_t index)
{
	int64_t sum = 0;

	for (size_t i = 0; i < columns->kind_count; i++)
		sum += columns->stacks[index].values[i];
	return sum;
}

static int64_t highest(const struct columns *columns)
{
	int64_t most = 0;

	for (size_t i = 0; i < columns->stack_count; i++)
		if (sum_of(columns, i) > most)
			most = sum_of(columns, i);
	return most;
}

static double height_of(const struct plot *plot, int64_t value)
{
	return PLOT_HEIGHT * (double)value / (double)plot->top;
}

static void draw_axis(const struct plot *plot)
{
	double left = MARGIN + AXIS_WIDTH;

	for (int i = 0; i <= TICKS; i++) {
		double y = MARGIN + PLOT_HEIGHT * (1 - (double)i / TICKS);
		char number[32];

		(void)snprintf(number, sizeof(number), "%g", (double)plot->top * i / TICKS);
		svg_line(plot->svg, left, y, left + PLOT_WIDTH, y, "axis");
		svg_text(plot->svg, left - 6, y + 4, SVG_END, "faint", number);
	}
}

static void draw_stack(const struct plot *plot, size_t index)
{
	double x = MARGIN + AXIS_WIDTH + plot->stack * (double)index;
	double y = MARGIN + PLOT_HEIGHT;

	for (size_t i = 0; i < plot->columns->kind_count; i++) {
		double height = height_of(plot, plot->columns->stacks[index].values[i]);

		y -= height;
		if (height > 0)
			svg_rect(plot->svg, x + plot->stack * 0.1, y, plot->stack * 0.8, height,
				plot->columns->kinds[i].class_name);
	}
	if (index % ((plot->columns->stack_count + LABELS_MOST - 1) / LABELS_MOST) == 0)
		svg_text(plot->svg, x + plot->stack / 2, MARGIN + PLOT_HEIGHT + LABEL_HEIGHT - 6, SVG_MIDDLE, "faint",
			plot->columns->stacks[index].label);
}

static void draw_legend(const struct plot *plot)
{
	double y = MARGIN + PLOT_HEIGHT + LABEL_HEIGHT;

	for (size_t i = 0; i < plot->columns->kind_count; i++) {
		const struct columns_kind *kind = &plot->columns->kinds[plot->columns->kind_count - 1 - i];
		double x = MARGIN + AXIS_WIDTH + LEGEND_WIDTH * (double)i;

		svg_rect(plot->svg, x, y, 12, 12, kind->class_name);
		svg_text(plot->svg, x + 18, y + 11, SVG_START, "text", kind->name);
	}
}

void columns_draw_svg(const struct columns *columns, const char *description, struct buffer *out)
{
	struct svg svg;
	struct plot plot = { .columns = columns, .svg = &svg, .top = columns_round_up(highest(columns)) };

	plot.stack = columns->stack_count ? PLOT_WIDTH / (double)columns->stack_count : PLOT_WIDTH;
	svg_begin(&svg, out, 2 * MARGIN + AXIS_WIDTH + PLOT_WIDTH, 2 * MARGIN + PLOT_HEIGHT + 2 * LABEL_HEIGHT,
		columns->title, description);
	svg_text(&svg, MARGIN + AXIS_WIDTH, MARGIN - 10, SVG_START, "text", columns->title);
	draw_axis(&plot);
	for (size_t i = 0; i < columns->stack_count; i++)
		draw_stack(&plot, i);
	draw_legend(&plot);
	svg_end(&svg);
}
