/* Named bars below each other, as a picture. Pure. */
#pragma once

#include "common/buffer.h"

#include <stddef.h>

struct bar_chart_row {
	const char *label;
	const char *text; /* behind the bar */
	double share;     /* of the longest that may be: 0 to 1 */
};

struct bar_chart {
	const char *title;
	const char *description;
	const char *class_name; /* of the bars, see svg.h */
	const struct bar_chart_row *rows;
	size_t count;
};

void bar_chart_draw_svg(const struct bar_chart *chart, struct buffer *out);
